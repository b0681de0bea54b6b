// SPDX-License-Identifier: Apache-2.0
#include "interval.h"

#include <core/base/text.h>
#include <core/candidate/featurefigures.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** 95 % quantile of the normal distribution: 5 % on either side are left out. */
constexpr double normal95 = 1.6449;
/** Errors have heavier tails than a normal; beyond this an interval says nothing. */
constexpr double largestSigma = 1.5;
/** Assumed, as there are no measurements: error of the time of drafts and of steps that verify, and of adapters. */
constexpr double sigmaDraft = 0.12;
constexpr double sigmaAdapters = 0.10;

double sigmaOfClass(bool moe, double bits, const Coefficients& c)
{
    if (bits >= 16)
        return moe ? c.sigmaExperts : c.sigmaDense;
    if (bits >= 8)
        return moe ? c.sigmaExpertsEightBit : c.sigmaDenseEightBit;
    return moe ? c.sigmaExpertsFourBit : c.sigmaDenseFourBit;
}

std::string precisionLabel(const ModelArchitecture& architecture)
{
    return architecture.quantization.label();
}

/** Features of the model that no measurement behind the coefficients covers. */
void addModelCaveats(const ModelArchitecture& architecture, Confidence& result)
{
    const auto uses = [&](auto kind) {
        return std::any_of(architecture.groups.begin(), architecture.groups.end(),
                           [&](const LayerGroup& g) { return g.mixer.kind == kind; });
    };
    if (uses(MixerKind::Mla))
        result.caveats.push_back(
            "Multi-head latent attention: computed from its figures, not fitted.");
    if (uses(MixerKind::Recurrent))
        result.caveats.push_back("Recurrent layers: computed from their state size, not fitted.");
    if (uses(MixerKind::SlidingWindow) || uses(MixerKind::ChunkedAttention))
        result.caveats.push_back("Windowed attention: the fit has no contexts beyond the window.");
    for (const auto& text : architecture.approximations)
        result.caveats.push_back("Model approximated: " + text);
}

/** Settings without measurements; returns how many doublings of uncertainty they stand for. */
int addParallelismCaveats(const Candidate& candidate, const Coefficients& c, Confidence& result)
{
    const Parallelism& p = candidate.topology.pool.parallelism;
    int steps = 0;
    if (p.tensor > c.calibratedTensorParallel) {
        steps += static_cast<int>(std::ceil(std::log2(p.tensor / c.calibratedTensorParallel)));
        result.caveats.push_back("Tensor parallelism above "
                                 + printNumber(c.calibratedTensorParallel)
                                 + ": collectives are extrapolated.");
    }
    if (p.tensor > 1 && candidate.gpu->scaleUp != ScaleUpKind::Switched) {
        steps += 1;
        result.caveats.push_back(
            "Tensor parallelism without a switched link: collectives from datasheet figures.");
    }
    if (p.gpus() > candidate.gpu->gpusPerNode && p.gpus() > candidate.gpu->scaleUpDomain) {
        steps += 1;
        result.caveats.push_back(
            "A replica over several nodes: the network is assumed, not measured.");
    }
    if (p.pipeline > 1) {
        steps += 1;
        result.caveats.push_back("Pipeline parallelism: no measurements.");
    }
    if (p.data > 1 || p.expert) {
        // The few closed-loop points with data-parallel attention are slower than predicted, by a third at most.
        steps += p.data > 1 ? 3 : 1;
        result.caveats.push_back(
            "Data or expert parallelism: few measurements, likely slower than predicted.");
    }
    if (candidate.engine.enforceEager) {
        steps += 1;
        result.caveats.push_back("Without CUDA graphs: launch cost assumed.");
    }
    return steps;
}

/** ln of the tokens per step with this acceptance of the first guess. */
double logTokens(SpeculativeDecoding speculative, double acceptance)
{
    speculative.acceptance = acceptance;
    return std::log(speculative.tokensPerStep());
}

/** Settings that no measurement behind the coefficients has; returns the standard deviation of ln(ITL) that they add. */
double addFeatureCaveats(const EngineSettings& engine, Confidence& result)
{
    double variance = 0;
    if (engine.speculative) {
        const SpeculativeDecoding& speculative = *engine.speculative;
        const AcceptancePrior& prior = standardFeatureFigures().prior(speculative.method);
        const std::string what =
            printRounded(100 * speculative.acceptance) + " % of the first guesses";
        double sigma = sigmaDraft;
        if (speculative.stated) {
            result.caveats.push_back(
                "Speculative decoding: acceptance of " + what
                + " as stated; draft and verification are computed, not "
                  "fitted, and answers of lucky and unlucky requests differ more.");
        } else {
            const double spread =
                logTokens(speculative, prior.high) - logTokens(speculative, prior.low);
            sigma = std::hypot(sigma, spread / (2 * normal95));
            result.caveats.push_back("Speculative decoding: acceptance of " + what
                                     + " is a prior and not measured on your texts ("
                                     + prior.source.date + ": " + prior.source.text + ").");
        }
        variance += sigma * sigma;
    }
    if (engine.lora) {
        variance += sigmaAdapters * sigmaAdapters;
        result.caveats.push_back(
            engine.lora->adapters > engine.lora->slotCount
                ? "LoRA: fewer slots than adapters, so that requests wait for the one they need; "
                  "loads of adapters are not counted."
                : "LoRA: launches of the low-rank products from one published figure, not fitted.");
    }
    if (engine.offload.any()) {
        result.uncertainFirstToken = true;
        result.caveats.push_back(
            "KV cache outside the GPU: transfer times from datasheets, not measured.");
    }
    return std::sqrt(variance);
}

} // namespace

Confidence confidence(const Candidate& candidate, const Coefficients& c)
{
    Confidence result;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Gpu& gpu = *candidate.gpu;
    const bool measuredGpu = c.factors(gpu.architecture).measured;
    const bool moe = architecture.isMoe();
    const double ofGpu = gpu.architecture == "Hopper" ? 0
        : measuredGpu                                 ? c.sigmaOtherGpu
                                                      : c.sigmaUnmeasuredGpu;
    const auto& quantization = architecture.quantization;
    const ParameterGroup linear = moe ? ParameterGroup::RoutedExperts : ParameterGroup::Attention;
    const double bits = bitsPerValue(quantization.of(linear).values);
    const bool lowPrecision = bits < 16;
    double sigma = std::hypot(sigmaOfClass(moe, bits, c), ofGpu);
    std::string distance = std::string(moe ? "mixture-of-experts" : "dense") + " model, "
        + precisionLabel(architecture) + ", on " + gpu.name + ": ";
    if (lowPrecision) {
        result.caveats.push_back("Weights in " + precisionLabel(architecture)
                                 + ": few measurements, kernels differ between checkpoints.");
    }
    if (!measuredGpu)
        result.caveats.push_back("GPU generation " + gpu.architecture
                                 + ": no measurements in the fit.");
    addModelCaveats(architecture, result);
    const int steps = addParallelismCaveats(candidate, c, result);
    sigma += steps * c.sigmaPerDoublingOfTensorParallel;
    result.uncertainFirstToken = moe || !measuredGpu || lowPrecision;
    result.stepSigma = std::hypot(sigma, addFeatureCaveats(candidate.engine, result));
    result.experts = moe;
    distance += result.caveats.empty() ? "within the calibrated range."
        : measuredGpu && steps == 0    ? "near the calibrated range."
                                       : "extrapolated from the calibrated range.";
    result.distance = std::move(distance);
    return result;
}

IntervalFactors interval(double sigma)
{
    const double half = normal95 * std::clamp(sigma, 0.0, largestSigma);
    return { std::exp(-half), std::exp(half) };
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/units.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** How one GPU generation differs from what its datasheet promises, relative to Hopper. */
struct ArchitectureFactors
{
    std::string architecture; ///< as in `Gpu::architecture`
    double weightBandwidth = 1; ///< on the achieved share of bandwidth for weights
    double kvBandwidth = 1; ///< the same for the KV cache
    double compute = 1; ///< on the achieved share of the dense matrix rate
    double overlap = 1; ///< of memory traffic and arithmetic in one kernel; 0 = one after the other
    Seconds layerOverhead; ///< added per layer
    /** Added per layer to steps that carry a prompt where scheduling is not asynchronous yet. */
    Seconds earlyMixedLayerOverhead;
    bool measured = false; ///< serving measurements of this generation are in the fit
    std::string reading;

    bool operator==(const ArchitectureFactors&) const = default;
};

/**
 * The few shared constants of the step-time physics and the latency composition. Everything else comes from the
 * model's shape and the GPU's datasheet. The values live in `resources/performance/coefficients.yaml`, each with unit,
 * range and reading.
 */
struct Coefficients
{
    std::string version; ///< fit date and data, for provenance
    std::string data; ///< what was fitted to
    std::vector<std::string> measuredGpus; ///< ids of the GPUs in it
    std::vector<ArchitectureFactors> architectures;

    // Shares of datasheet rates.
    double weightBandwidth = 1;
    double expertBandwidth = 1;
    double nativeFourBitBandwidth =
        1; ///< on dense layers' weights in FP4 that are multiplied as they are
    double kvBandwidth = 1;
    double decodeCompute = 1;
    double prefillCompute = 1;
    double expertPrefillCompute = 1; ///< on the one above for grouped GEMMs of routed experts
    double lowPrecisionCompute = 1; ///< on the two above where operands have fewer than 16 bits
    double linkEfficiency = 1;
    bool smoothMaximum =
        true; ///< (W³ + C³)^(1/3) where memory and compute overlap; else the plain maximum

    // Rates of one GPU where instructions and not memory or matrix units set the pace; 0 = no limit.
    double unpackRate = 0; ///< B/s of 4-bit weights that are unpacked before the multiplication
    double unpackedCompute = 0; ///< FLOP/s on them

    // Seconds.
    double layerOverhead = 0;
    double expertLayerOverhead = 0;
    double tensorParallelLayerOverhead = 0;
    double quantizedLayerOverhead = 0;
    double blockScaleLayerOverhead = 0; ///< where one scale belongs to a square block of weights
    double stepOverhead = 0;
    double synchronousStepOverhead = 0; ///< CPU work between steps without asynchronous scheduling
    double synchronousSequenceOverhead = 0; ///< the same, per sequence
    double sequenceOverhead = 0; ///< per sequence and step, in any case
    double eagerLayerOverhead = 0;
    double mixedLayerOverhead = 0;
    double oneShotLatency = 0;
    double twoShotLatency = 0;
    double pcieHopLatency = 0;
    double interNodeLatency = 0;
    double allToAllLatency = 0; ///< of tokens on their way to experts, and as much on the way back
    double pipelineHopLatency = 0;
    double samplerOverhead = 0;
    double penaltyOverhead = 0;
    double requestOverhead = 0;
    double promptTokenOverhead = 0; ///< tokenizer and copies, per prompt token

    // Plain numbers.
    double samplerSortPasses = 0;
    double samplerFusedPasses = 0;
    double graphPadding = 0;
    double stepsToFirstToken = 0;
    double expertImbalance = 0;
    double expertTokenPasses = 0; ///< over the routed copies of a token, in memory traffic
    double expertPopularityShape = 0; ///< 0 = all experts are equally popular
    double batchFeedback = 0;

    // Uncertainty: standard deviations of log(measured / predicted) on models that were left out of the fit.
    // Of the step time, by class of model and stored precision of the weights that dominate it:
    double sigmaDense = 0; ///< 16 bit
    double sigmaDenseEightBit = 0;
    double sigmaDenseFourBit = 0;
    double sigmaExperts = 0; ///< 16 bit
    double sigmaExpertsEightBit = 0;
    double sigmaExpertsFourBit = 0;
    // Added in quadrature:
    double sigmaOtherGpu = 0; ///< measured generations other than the reference
    double sigmaUnmeasuredGpu = 0;
    double sigmaPerDoublingOfTensorParallel = 0; ///< added, per step away from what is measured
    // Of the first token and of the tails, for dense 16-bit models and for all others:
    double sigmaTtft = 0;
    double sigmaTtftUncertain = 0;
    double sigmaTailE2e = 0;
    double sigmaTailE2eExperts = 0;
    double sigmaTailTtft = 0;
    double sigmaTailTtftUncertain = 0;
    double sigmaTailTtftExperts = 0;
    double calibratedTensorParallel = 1;

    bool operator==(const Coefficients&) const = default;
    /** Factors of a GPU generation; all ones with `measured` false for one that is not listed. */
    [[nodiscard]] const ArchitectureFactors& factors(std::string_view architecture) const;
};

/** Name in the data file and place in the struct of one coefficient. */
struct CoefficientField
{
    std::string_view id;
    std::string_view unit; ///< "1", "us", "ms"
    double Coefficients::*member = nullptr;
};
/** All of them in file order; the values of the struct are in base units (seconds). */
[[nodiscard]] std::span<const CoefficientField> coefficientFields();
/** Base units per `unit` of the data file: 1e-6 for "us". */
[[nodiscard]] double unitScale(std::string_view unit);

/** Reads a coefficient file. Every field must be there with its unit, finite and within its range. */
[[nodiscard]] Result<Coefficients> readCoefficients(std::string_view yaml,
                                                    const std::string& fileName);
/** Those that are compiled in. The file is checked by a test, so that reading it cannot fail. */
[[nodiscard]] const Coefficients& standardCoefficients();
/** Datasheet rates, no overhead of any kind, hard maximum: the textbook roofline. */
[[nodiscard]] Coefficients rooflineCoefficients();

} // namespace llmd

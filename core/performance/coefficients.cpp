// SPDX-License-Identifier: Apache-2.0
#include "coefficients.h"

#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <array>

namespace llmd {

namespace {

using C = Coefficients;

constexpr std::array fields {
    CoefficientField { "weight_bandwidth", "1", &C::weightBandwidth },
    CoefficientField { "expert_bandwidth", "1", &C::expertBandwidth },
    CoefficientField { "native_four_bit_bandwidth", "1", &C::nativeFourBitBandwidth },
    CoefficientField { "kv_bandwidth", "1", &C::kvBandwidth },
    CoefficientField { "decode_compute", "1", &C::decodeCompute },
    CoefficientField { "prefill_compute", "1", &C::prefillCompute },
    CoefficientField { "expert_prefill_compute", "1", &C::expertPrefillCompute },
    CoefficientField { "low_precision_compute", "1", &C::lowPrecisionCompute },
    CoefficientField { "unpack_rate", "TB/s", &C::unpackRate },
    CoefficientField { "unpacked_compute", "TFLOP/s", &C::unpackedCompute },
    CoefficientField { "link_efficiency", "1", &C::linkEfficiency },
    CoefficientField { "layer_overhead", "us", &C::layerOverhead },
    CoefficientField { "expert_layer_overhead", "us", &C::expertLayerOverhead },
    CoefficientField { "tensor_parallel_layer_overhead", "us", &C::tensorParallelLayerOverhead },
    CoefficientField { "quantized_layer_overhead", "us", &C::quantizedLayerOverhead },
    CoefficientField { "block_scale_layer_overhead", "us", &C::blockScaleLayerOverhead },
    CoefficientField { "step_overhead", "us", &C::stepOverhead },
    CoefficientField { "synchronous_step_overhead", "us", &C::synchronousStepOverhead },
    CoefficientField { "synchronous_sequence_overhead", "us", &C::synchronousSequenceOverhead },
    CoefficientField { "sequence_overhead", "us", &C::sequenceOverhead },
    CoefficientField { "eager_layer_overhead", "us", &C::eagerLayerOverhead },
    CoefficientField { "one_shot_latency", "us", &C::oneShotLatency },
    CoefficientField { "two_shot_latency", "us", &C::twoShotLatency },
    CoefficientField { "pcie_hop_latency", "us", &C::pcieHopLatency },
    CoefficientField { "inter_node_latency", "us", &C::interNodeLatency },
    CoefficientField { "all_to_all_latency", "us", &C::allToAllLatency },
    CoefficientField { "pipeline_hop_latency", "us", &C::pipelineHopLatency },
    CoefficientField { "sampler_overhead", "us", &C::samplerOverhead },
    CoefficientField { "penalty_overhead", "us", &C::penaltyOverhead },
    CoefficientField { "request_overhead", "ms", &C::requestOverhead },
    CoefficientField { "prompt_token_overhead", "us", &C::promptTokenOverhead },
    CoefficientField { "sampler_sort_passes", "1", &C::samplerSortPasses },
    CoefficientField { "sampler_fused_passes", "1", &C::samplerFusedPasses },
    CoefficientField { "graph_padding", "tokens", &C::graphPadding },
    CoefficientField { "mixed_layer_overhead", "us", &C::mixedLayerOverhead },
    CoefficientField { "steps_to_first_token", "steps", &C::stepsToFirstToken },
    CoefficientField { "expert_imbalance", "1", &C::expertImbalance },
    CoefficientField { "expert_token_passes", "1", &C::expertTokenPasses },
    CoefficientField { "expert_popularity_shape", "1", &C::expertPopularityShape },
    CoefficientField { "batch_feedback", "1", &C::batchFeedback },
    CoefficientField { "sigma_dense", "1", &C::sigmaDense },
    CoefficientField { "sigma_dense_8_bit", "1", &C::sigmaDenseEightBit },
    CoefficientField { "sigma_dense_4_bit", "1", &C::sigmaDenseFourBit },
    CoefficientField { "sigma_experts", "1", &C::sigmaExperts },
    CoefficientField { "sigma_experts_8_bit", "1", &C::sigmaExpertsEightBit },
    CoefficientField { "sigma_experts_4_bit", "1", &C::sigmaExpertsFourBit },
    CoefficientField { "sigma_other_gpu", "1", &C::sigmaOtherGpu },
    CoefficientField { "sigma_unmeasured_gpu", "1", &C::sigmaUnmeasuredGpu },
    CoefficientField { "sigma_per_doubling_of_tensor_parallel", "1",
                       &C::sigmaPerDoublingOfTensorParallel },
    CoefficientField { "sigma_ttft", "1", &C::sigmaTtft },
    CoefficientField { "sigma_ttft_uncertain", "1", &C::sigmaTtftUncertain },
    CoefficientField { "sigma_tail_e2e", "1", &C::sigmaTailE2e },
    CoefficientField { "sigma_tail_e2e_experts", "1", &C::sigmaTailE2eExperts },
    CoefficientField { "sigma_tail_ttft", "1", &C::sigmaTailTtft },
    CoefficientField { "sigma_tail_ttft_uncertain", "1", &C::sigmaTailTtftUncertain },
    CoefficientField { "sigma_tail_ttft_experts", "1", &C::sigmaTailTtftExperts },
    CoefficientField { "calibrated_tensor_parallel", "GPUs", &C::calibratedTensorParallel },
};

constexpr std::string_view resourcePath = "performance/coefficients.yaml";

tl::unexpected<Error> bad(const YamlNode& node, std::string text)
{
    return failure(ErrorCode::InvalidArgument, node.path() + ": " + std::move(text),
                   node.location());
}

/** One entry "name: {value, unit, range: [low, high], …}" in base units. */
Result<double> readField(const YamlNode& root, const CoefficientField& field)
{
    const YamlNode node = root[field.id];
    if (!node.isMapping()) {
        return failure(ErrorCode::MissingField,
                       "coefficients." + std::string(field.id)
                           + ": expected a mapping with value, unit and range",
                       root.location());
    }
    const auto unit = node["unit"].asString();
    if (!unit || *unit != field.unit)
        return bad(node, "the unit must be '" + std::string(field.unit) + "'");
    const auto value = node["value"].asNumber();
    if (!value)
        return tl::unexpected(value.error());
    const auto low = node["range"][std::size_t { 0 }].asNumber();
    const auto high = node["range"][std::size_t { 1 }].asNumber();
    if (!low || !high)
        return bad(node, "expected 'range: [low, high]'");
    if (*value < *low || *value > *high) {
        return bad(node,
                   "the value " + printNumber(*value) + " is outside its range " + printNumber(*low)
                       + " to " + printNumber(*high));
    }
    return *value * unitScale(field.unit);
}

Result<ArchitectureFactors> readFactors(const YamlNode& node)
{
    ArchitectureFactors factors;
    const auto name = node["architecture"].asString();
    if (!name)
        return tl::unexpected(name.error());
    factors.architecture = *name;
    const auto number = [&](std::string_view key, double& target) -> Result<> {
        const auto value = node[key].asNumber();
        if (!value)
            return tl::unexpected(value.error());
        if (*value < 0)
            return bad(node[key], "expected a number that is not negative");
        target = *value;
        return {};
    };
    double overhead = 0;
    double earlyMixed = 0;
    for (const auto& result :
         { number("weight_bandwidth", factors.weightBandwidth),
           number("kv_bandwidth", factors.kvBandwidth), number("compute", factors.compute),
           number("overlap", factors.overlap), number("layer_overhead_us", overhead),
           number("early_mixed_layer_overhead_us", earlyMixed) }) {
        if (!result)
            return tl::unexpected(result.error());
    }
    if (!(factors.weightBandwidth > 0 && factors.kvBandwidth > 0 && factors.compute > 0))
        return bad(node, "the factors must be positive");
    if (factors.overlap > 1)
        return bad(node["overlap"], "expected a number from 0 to 1");
    factors.layerOverhead = microseconds(overhead);
    factors.earlyMixedLayerOverhead = microseconds(earlyMixed);
    const auto measured = node["measured"].asBool();
    if (!measured)
        return tl::unexpected(measured.error());
    factors.measured = *measured;
    factors.reading = node["reading"].asString().value_or("");
    return factors;
}

} // namespace

std::span<const CoefficientField> coefficientFields()
{
    return fields;
}

double unitScale(std::string_view unit)
{
    if (unit == "TB/s" || unit == "TFLOP/s")
        return 1e12;
    return unit == "us" ? 1e-6 : unit == "ms" ? 1e-3 : 1;
}

const ArchitectureFactors& Coefficients::factors(std::string_view architecture) const
{
    static const ArchitectureFactors unknown;
    for (const auto& entry : architectures) {
        if (entry.architecture == architecture)
            return entry;
    }
    return unknown;
}

Result<Coefficients> readCoefficients(std::string_view yaml, const std::string& fileName)
{
    const auto root = parseYaml(yaml, fileName);
    if (!root)
        return tl::unexpected(root.error());
    Coefficients result;
    const auto version = (*root)["version"].asString();
    const auto data = (*root)["data"].asString();
    const auto gpus = (*root)["measured_gpus"].asString();
    if (!version || !data || !gpus)
        return failure(ErrorCode::MissingField,
                       "expected the texts 'version', 'data' and 'measured_gpus'",
                       root->location());
    result.version = *version;
    result.data = *data;
    for (const std::string_view gpu : split(*gpus, ','))
        result.measuredGpus.emplace_back(trimmed(gpu));
    const YamlNode values = (*root)["coefficients"];
    for (const auto& field : fields) {
        const auto value = readField(values, field);
        if (!value)
            return tl::unexpected(value.error());
        result.*field.member = *value;
    }
    const YamlNode architectures = (*root)["architectures"];
    for (std::size_t i = 0; i < architectures.size(); ++i) {
        auto factors = readFactors(architectures[i]);
        if (!factors)
            return tl::unexpected(factors.error());
        result.architectures.push_back(std::move(*factors));
    }
    return result;
}

const Coefficients& standardCoefficients()
{
    static const Coefficients standard = readBuiltin(resourcePath, &readCoefficients);
    return standard;
}

Coefficients rooflineCoefficients()
{
    Coefficients result;
    result.version = "datasheet";
    result.data = "no measurements: datasheet rates at 100 %, no overheads";
    result.smoothMaximum = false;
    result.stepsToFirstToken =
        1.5; // half of the running step, then its own: no asynchronous scheduling
    // Peers' datasheet rooflines miss measured E2E by about 40 %, TTFT by several times
    // (table in the accuracy notes): the intervals say so.
    result.sigmaDense = result.sigmaDenseEightBit = result.sigmaDenseFourBit = 0.5;
    result.sigmaExperts = result.sigmaExpertsEightBit = result.sigmaExpertsFourBit = 0.5;
    result.sigmaTtft = result.sigmaTtftUncertain = 1.2;
    result.sigmaTailE2e = result.sigmaTailE2eExperts = 0.6;
    result.sigmaTailTtft = result.sigmaTailTtftUncertain = result.sigmaTailTtftExperts = 1.4;
    return result;
}

} // namespace llmd

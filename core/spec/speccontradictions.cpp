// SPDX-License-Identifier: Apache-2.0
#include "speccontradictions.h"

#include "specproblem.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace llmd {

namespace {

using Level = SpecFinding::Level;
using Kind = SpecFinding::Kind;

/** Ranks that vLLM's LoRA kernels accept (`--max-lora-rank`, vLLM 0.22 to 0.31). */
constexpr std::array loraRanks { 1, 8, 16, 32, 64, 128, 256, 320, 512 };

class Contradictions
{
public:
    explicit Contradictions(const InferenceService& service)
        : m_spec(service)
    { }

    std::vector<SpecFinding> run()
    {
        checkLatency();
        checkScaling();
        checkThresholds();
        checkCounts();
        checkAdapters();
        checkBatching();
        checkWorkload();
        return std::move(m_findings);
    }

private:
    SpecFinding& add(Level level, std::string field, std::string text, std::string suggestion,
                     std::vector<SpecEdit> edits = {})
    {
        SpecFinding finding;
        finding.level = level;
        finding.field = std::move(field);
        finding.text = std::move(text);
        finding.suggestion = std::move(suggestion);
        finding.edits = std::move(edits);
        m_findings.push_back(std::move(finding));
        return m_findings.back();
    }

    void ordered(const char* name, const std::optional<Seconds>& median,
                 const std::optional<Seconds>& tail)
    {
        if (!median || !tail || *median <= *tail)
            return;
        const std::string field = std::string("spec.serving.latency.") + name + "P50";
        add(Level::Error, field,
            fmt::format("the median may be {}, the 99th percentile only {}: the median is never "
                        "above it",
                        printDuration(*median), printDuration(*tail)),
            fmt::format("Set {}P50 to at most {}.", name, printDuration(*tail)),
            { { field, printDuration(*tail) } });
    }

    void checkLatency()
    {
        const LatencySpec& latency = m_spec.serving.latency;
        ordered("ttft", latency.ttftP50, latency.ttftP99);
        ordered("tpot", latency.tpotP50, latency.tpotP99);
        ordered("e2e", latency.e2eP50, latency.e2eP99);
        if (latency == LatencySpec {}) {
            add(Level::Warning, "spec.serving.latency",
                "no latency is limited: the plan loads every replica up to saturation",
                "State ttftP99 and tpotP99.");
        }
        checkEndToEnd("P50", latency.e2eP50, latency.ttftP50);
        checkEndToEnd("P99", latency.e2eP99, latency.ttftP99);
    }

    void checkEndToEnd(const char* percentile, const std::optional<Seconds>& whole,
                       const std::optional<Seconds>& first)
    {
        if (!whole || !first || *whole > *first)
            return;
        const std::string field = std::string("spec.serving.latency.ttft") + percentile;
        add(Level::Error, field,
            fmt::format("the first token may take {}, the whole response only {}",
                        printDuration(*first), printDuration(*whole)),
            fmt::format("Set ttft{} well below {}.", percentile, printDuration(*whole)),
            { { field, printDuration(*whole * 0.5) } });
    }

    void checkScaling()
    {
        const ScalingSpec& scaling = m_spec.serving.scaling;
        const ResourceSpec& resources = m_spec.resources;
        if (scaling.minReplicas && scaling.maxReplicas
            && *scaling.minReplicas > *scaling.maxReplicas) {
            const char* field = "spec.serving.scaling.maxReplicas";
            add(Level::Error, field,
                fmt::format("at most {} replicas and at least {} contradict each other",
                            *scaling.maxReplicas, *scaling.minReplicas),
                fmt::format("Raise maxReplicas to {}.", *scaling.minReplicas),
                { { field, std::to_string(*scaling.minReplicas) } });
        }
        if (scaling.minReplicas && resources.maxGpus && *scaling.minReplicas > *resources.maxGpus) {
            const char* field = "spec.resources.maxGPUs";
            add(Level::Error, field,
                fmt::format("{} replicas need at least as many GPUs, {} may be used",
                            *scaling.minReplicas, *resources.maxGpus),
                fmt::format("Raise maxGPUs to at least {}.", *scaling.minReplicas),
                { { field, std::to_string(*scaling.minReplicas) } })
                .figure = { static_cast<double>(*scaling.minReplicas),
                            static_cast<double>(*resources.maxGpus), "GPUs" };
        }
    }

    void checkThresholds()
    {
        const ScalingSpec& scaling = m_spec.serving.scaling;
        const ScalingThresholds used = scalingThresholds(scaling);
        const std::string prefix = "spec.serving.scaling.";
        if (used.down >= used.up) {
            add(Level::Error, prefix + "scaleDownThreshold",
                fmt::format("replicas are removed below {} and added above {}: every load asks for "
                            "both",
                            printNumber(used.down), printNumber(used.up)),
                "Set it to at most half of scaleUpThreshold.",
                { { prefix + "scaleDownThreshold", printNumber(used.up / 2) } });
            return;
        }
        if (used.target >= used.up) {
            add(Level::Error, prefix + "targetUtilization",
                fmt::format("a plan for {} utilisation is already above the threshold {} at which "
                            "replicas are added",
                            printNumber(used.target), printNumber(used.up)),
                "Set it below scaleUpThreshold.",
                { { prefix + "targetUtilization", printNumber(used.up * 0.9) } });
        }
        if (used.target <= used.down) {
            add(Level::Error, prefix + "scaleDownThreshold",
                fmt::format("at the planned utilisation of {} replicas would be removed again",
                            printNumber(used.target)),
                "Set it to at most half of targetUtilization.",
                { { prefix + "scaleDownThreshold", printNumber(used.target / 2) } });
        } else if (used.down * 2 > used.up) {
            add(Level::Warning, prefix + "scaleDownThreshold",
                fmt::format("when one of two replicas is removed below {}, the other is at up to "
                            "{}, above {}: it is added again",
                            printNumber(used.down), printNumber(used.down * 2),
                            printNumber(used.up)),
                "Set it to at most half of scaleUpThreshold.",
                { { prefix + "scaleDownThreshold", printNumber(used.up / 2) } });
        }
    }

    void checkCounts()
    {
        const auto& need = m_spec.serving.throughput;
        if (!need.minTokensPerSecond && !m_spec.workload.requestRate) {
            add(Level::Warning, "spec.serving.throughput.minTokensPerSecond",
                "no load is stated; the plan is for one request per second",
                "State minTokensPerSecond, or workload.requestRate.");
        }
        if (!m_spec.resources.maxGpus) {
            add(Level::Warning, "spec.resources.maxGPUs", "the number of GPUs is not limited",
                "State how many GPUs there are.");
        }
    }

    void checkAdapters()
    {
        if (!m_spec.model.adapters)
            return;
        const AdapterSpec& adapters = *m_spec.model.adapters;
        const auto& rank = adapters.maxAdapterRank;
        if (!rank || std::find(loraRanks.begin(), loraRanks.end(), *rank) != loraRanks.end())
            return;
        const int next = *std::lower_bound(loraRanks.begin(), loraRanks.end(), *rank);
        const char* field = "spec.model.adapters.maxAdapterRank";
        add(Level::Error, field,
            fmt::format("vLLM has no kernels for rank {}; adapters of a lower rank run in a larger "
                        "one",
                        *rank),
            fmt::format("Write {}.", next), { { field, std::to_string(next) } });
    }

    void checkBatching()
    {
        if (m_spec.serving.batching.strategy != BatchStrategy::Static)
            return;
        const char* field = "spec.serving.batching.strategy";
        add(Level::Error, field, "vLLM batches continuously, there are no static batches",
            "Write continuous or auto.", { { field, "continuous" } });
    }

    void checkWorkload()
    {
        const WorkloadSpec& workload = m_spec.workload;
        const auto& prefix = workload.sharedPrefixTokens;
        if (prefix && workload.promptTokens && *prefix > *workload.promptTokens) {
            const char* field = "spec.workload.sharedPrefixTokens";
            add(Level::Error, field,
                fmt::format("the shared prefix of {} tokens is longer than the mean prompt of {} "
                            "that contains it",
                            printNumber(*prefix), printNumber(*workload.promptTokens)),
                "Count the prefix into promptTokens.",
                { { field, printNumber(*workload.promptTokens) } });
        }
    }

    const InferenceService& m_spec;
    std::vector<SpecFinding> m_findings;
};

} // namespace

std::vector<SpecFinding> specContradictions(const InferenceService& service)
{
    return Contradictions(service).run();
}

} // namespace llmd

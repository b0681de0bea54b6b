// SPDX-License-Identifier: Apache-2.0
#include "specrequirements.h"

#include "specanalysis.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace llmd {

namespace {

/** Where a field of a spec lands in a need; the longest path that fits comes first. */
struct Counterpart
{
    std::string_view spec;
    std::string_view need;
};
constexpr std::array counterparts {
    Counterpart { "metadata.name", "title" },
    Counterpart { "spec.model.name", "models" },
    Counterpart { "spec.model.quantization", "quantizations" },
    Counterpart { "spec.model.maxContextLength", "context_tokens" },
    Counterpart { "spec.serving.latency.ttft", "ttft" },
    Counterpart { "spec.serving.latency.tpot", "itl" },
    Counterpart { "spec.serving.latency.e2e", "e2e" },
    Counterpart { "spec.serving.throughput.minTokensPerSecond", "rate" },
    Counterpart { "spec.serving.quality", "quantizations" },
    Counterpart { "spec.serving.scaling.minReplicas", "min_replicas" },
    Counterpart { "spec.serving.scaling.targetUtilization", "headroom" },
    Counterpart { "spec.resources.maxGPUs", "max_gpus" },
    Counterpart { "spec.resources.gpu", "gpus" },
    Counterpart { "spec.workload.useCase", "use_case" },
    Counterpart { "spec.workload.promptTokens", "prompt_tokens" },
    Counterpart { "spec.workload.outputTokens", "output_tokens" },
    Counterpart { "spec.workload.promptVariation", "prompt_variation" },
    Counterpart { "spec.workload.outputVariation", "output_variation" },
    Counterpart { "spec.workload.requestRate", "rate" },
    Counterpart { "spec.workload.sharedPrefixTokens", "shared_prefix_tokens" },
    Counterpart { "spec.workload.prefixGroups", "prefix_groups" },
};

/** What a need does not hold; of groups the group itself. */
constexpr std::array<std::string_view, 13> onlyInSpecs {
    "metadata.namespace",
    "spec.model.revision",
    "spec.model.adapters",
    "spec.model.speculative",
    "spec.serving.throughput.maxConcurrentRequests",
    "spec.serving.scaling.maxReplicas",
    "spec.serving.scaling.scaleUpThreshold",
    "spec.serving.scaling.scaleDownThreshold",
    "spec.serving.scaling.scaleUpCooldown",
    "spec.serving.scaling.scaleDownCooldown",
    "spec.serving.batching",
    "spec.resources.cpuMemoryPerNode",
    "spec.resources.nvmePerNode",
};

std::string needField(const std::string& specField)
{
    for (const Counterpart& each : counterparts) {
        if (specField.starts_with(each.spec))
            return std::string(each.need);
    }
    return specField;
}

Severity severityOf(SpecFinding::Level level)
{
    switch (level) {
    case SpecFinding::Level::Ok:
        return Severity::Info;
    case SpecFinding::Level::Warning:
        return Severity::Warning;
    case SpecFinding::Level::Error:
        break;
    }
    return Severity::Error;
}

class Converter
{
public:
    explicit Converter(const SpecDocument& document)
        : m_document(document)
    { }

    Loaded<Requirements> run(std::shared_ptr<const Catalog> catalog)
    {
        const SpecAnalysis analysis = analyseSpec(m_document.service, catalog);
        m_result.value = analysis.problem.requirements;
        if (!m_document.service.resources.maxGpus)
            m_result.value.inventory.clear();
        takeFindings(m_document.findings);
        takeFindings(analysis.findings);
        for (const SpecAssumption& each : analysis.assumptions)
            add(Severity::Info, each.field, fmt::format("assumed {}", each.text));
        const LatencySpec& latency = m_document.service.serving.latency;
        describeLimit("ttft", latency.ttftP50, latency.ttftP99);
        describeLimit("tpot", latency.tpotP50, latency.tpotP99);
        if (latency.e2eP50 && latency.e2eP99)
            oneLimit("e2e");
        for (const std::string_view field : onlyInSpecs) {
            const bool usual =
                field == "spec.model.revision" && m_document.service.model.revision == "main";
            if (m_document.positions.contains(std::string(field)) && !usual)
                add(Severity::Info, std::string(field),
                    "a plan made by hand has no place for it; 'llmd compile' obeys it");
        }
        if (analysis.catalog != catalog)
            add(Severity::Warning, "spec.resources",
                "a plan made by hand takes links and bandwidths from the catalog; 'llmd compile' "
                "takes the stated ones");
        return std::move(m_result);
    }

private:
    void add(Severity severity, const std::string& field, std::string text)
    {
        m_result.issues.push_back({ severity, ErrorCode::InvalidArgument,
                                    fmt::format("{}: {}", field.empty() ? "spec" : field, text),
                                    needField(field), m_document.locate(field) });
    }

    void takeFindings(const std::vector<SpecFinding>& findings)
    {
        for (const SpecFinding& finding : findings) {
            if (finding.level == SpecFinding::Level::Ok)
                continue;
            add(severityOf(finding.level), finding.field,
                finding.suggestion.empty()
                    ? finding.text
                    : fmt::format("{}. {}", finding.text, finding.suggestion));
            if (finding.where)
                m_result.issues.back().where = finding.where;
        }
    }

    void oneLimit(const char* name)
    {
        const std::string prefix = std::string("spec.serving.latency.") + name;
        add(Severity::Warning, prefix + "P50",
            fmt::format("a plan made by hand has one limit for each latency: {}P99 is taken, this "
                        "one is not; 'llmd compile' obeys both",
                        name));
    }

    /** TTFT and TPOT of a need are never open: where the spec has no limit, the use case gives one. */
    void describeLimit(const char* name, const std::optional<Seconds>& median,
                       const std::optional<Seconds>& tail)
    {
        if (median && tail)
            oneLimit(name);
        else if (!median && !tail)
            add(Severity::Info, std::string("spec.serving.latency.") + name + "P99",
                "not limited by the spec; the limit of the use case is used");
    }

    const SpecDocument& m_document;
    Loaded<Requirements> m_result;
};

} // namespace

Loaded<Requirements> requirementsOf(const SpecDocument& document,
                                    std::shared_ptr<const Catalog> catalog)
{
    return Converter(document).run(std::move(catalog));
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "relaxation.h"

#include "checkpointchoice.h"
#include "specdocument.h"

#include <core/base/text.h>
#include <core/search/space.h>
#include <core/search/wording.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace llmd {

namespace {

/** Where a selection is changed instead of a figure; after all figures. */
constexpr double reselected = 1e6;
constexpr std::array latencyAllowances { 1.02, 1.1, 1.25, 1.5, 2.0, 3.0 };
constexpr std::size_t mostGpuTrials = 8;
constexpr std::size_t mostWays = 3;

/** A change under which the spec compiles. */
struct Way
{
    std::vector<SpecEdit> edits;
    double relative = 0; ///< largest relative change of a figure
    std::string outcome; ///< "16 x NVIDIA H100 SXM5 (2 replicas of TP8), $28,000 per month"
};

/** Two digits, rounded up (or down): what people would write, and still enough. */
double rounded(double value, bool up)
{
    if (!(value > 0))
        return 0;
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    const double digits = value / unit;
    return (up ? std::ceil(digits - 1e-9) : std::floor(digits + 1e-9)) * unit;
}

std::string durationText(double seconds)
{
    // Whole units of a tenth of a millisecond: what arithmetic leaves behind is not printed.
    return seconds < 1 ? printNumber(std::round(seconds * 1e4) / 10) + "ms"
                       : printNumber(std::round(seconds * 1e3) / 1e3) + "s";
}

class Relaxer
{
public:
    Relaxer(const SpecAnalysis& analysis, const SpecPlanner& planner,
            const std::vector<SpecFinding>& findings)
        : m_analysis(analysis)
        , m_planner(planner)
        , m_findings(findings)
    { }

    std::vector<Way> run()
    {
        const bool memory = concerns("spec.resources.gpuType");
        if (!memory) {
            relaxLatency({});
            relaxCounts();
            relaxRequests();
            relaxThroughput();
        }
        dropGroup("spec.model.adapters");
        dropGroup("spec.model.speculative");
        relaxFormat();
        if (memory)
            relaxContext();
        if (m_ways.empty())
            relaxBoth();
        if (m_ways.empty())
            changeGpu();
        std::stable_sort(m_ways.begin(), m_ways.end(),
                         [](const Way& a, const Way& b) { return a.relative < b.relative; });
        return std::move(m_ways);
    }

private:
    const InferenceService& spec() const { return m_analysis.service; }

    bool concerns(std::string_view field) const
    {
        return std::any_of(m_findings.begin(), m_findings.end(), [&](const SpecFinding& finding) {
            return finding.level == SpecFinding::Level::Error && finding.field.starts_with(field);
        });
    }

    /** Plans a changed spec; nothing if it does not work. */
    std::optional<ResourcePlan> planned(const InferenceService& service,
                                        SpecAnalysis& analysis) const
    {
        analysis = analyseSpec(service, m_analysis.catalog);
        if (hasErrors(analysis.findings) || !analysis.problem.targets)
            return std::nullopt;
        auto plan = planResources(analysis, m_planner);
        return plan && plan->option ? std::optional(std::move(*plan)) : std::nullopt;
    }

    bool tryWay(std::vector<SpecEdit> edits, double relative)
    {
        const auto service = withEdits(spec(), edits);
        if (!service)
            return false;
        SpecAnalysis analysis;
        const auto plan = planned(*service, analysis);
        if (!plan)
            return false;
        const Option& option = *plan->option;
        std::string outcome = nameOf(option.candidate);
        if (option.cost > DollarsPerSecond())
            outcome += fmt::format(", {} per month", dollars(inDollarsPerMonth(option.cost)));
        m_ways.push_back({ std::move(edits), relative, std::move(outcome) });
        return true;
    }

    /** Limits that cannot be met to what can, with room for some load; else all of them somewhat. */
    bool relaxLatency(const std::vector<SpecEdit>& others)
    {
        for (const double allowance : latencyAllowances) {
            std::vector<SpecEdit> edits = others;
            double relative = 0;
            const auto put = [&](const std::string& field, double wanted, double limit) {
                const double value = rounded(wanted, true);
                if (value <= limit)
                    return;
                edits.push_back({ field, durationText(value) });
                relative = std::max(relative, value / limit - 1);
            };
            if (concerns("spec.serving.latency.")) {
                for (const SpecFinding& finding : m_findings) {
                    if (finding.figure && finding.field.starts_with("spec.serving.latency."))
                        put(finding.field, finding.figure->value * 1e-3 * allowance,
                            finding.figure->limit * 1e-3);
                }
                keepOrder(edits);
            } else {
                for (const auto& [field, limit] : statedLimits())
                    put(field, limit.value() * allowance, limit.value());
            }
            if (edits.size() > others.size() && tryWay(edits, relative))
                return true;
        }
        return false;
    }

    /** A median that is raised above its 99th percentile takes that along. */
    void keepOrder(std::vector<SpecEdit>& edits) const
    {
        const auto limits = statedLimits();
        for (std::size_t i = 0; i < edits.size(); ++i) {
            const std::string& field = edits[i].field;
            if (!field.ends_with("P50"))
                continue;
            const std::string tail = field.substr(0, field.size() - 3) + "P99";
            const bool edited = std::any_of(edits.begin(), edits.end(), [&](const SpecEdit& edit) {
                return edit.field == tail;
            });
            const Seconds value = parseDuration(edits[i].value).value_or(Seconds());
            for (const auto& [stated, limit] : limits) {
                if (stated == tail && !edited && limit < value)
                    edits.push_back({ tail, edits[i].value });
            }
        }
    }

    std::vector<std::pair<std::string, Seconds>> statedLimits() const
    {
        const LatencySpec& latency = spec().serving.latency;
        std::vector<std::pair<std::string, Seconds>> limits;
        const auto put = [&](const char* name, const std::optional<Seconds>& limit) {
            if (limit)
                limits.emplace_back(std::string("spec.serving.latency.") + name, *limit);
        };
        put("ttftP50", latency.ttftP50);
        put("ttftP99", latency.ttftP99);
        put("tpotP50", latency.tpotP50);
        put("tpotP99", latency.tpotP99);
        put("e2eP50", latency.e2eP50);
        put("e2eP99", latency.e2eP99);
        return limits;
    }

    /** GPUs and replicas that a free plan takes, where they are beyond the limits. */
    std::vector<SpecEdit> countEdits(const InferenceService& limited, double& relative) const
    {
        InferenceService free = limited;
        free.resources.maxGpus.reset();
        free.serving.scaling.maxReplicas.reset();
        SpecAnalysis analysis;
        const auto plan = planned(free, analysis);
        std::vector<SpecEdit> edits;
        if (!plan)
            return edits;
        const auto raise = [&](const char* field, const std::optional<int>& limit, int needed) {
            if (!limit || needed <= *limit)
                return;
            edits.push_back({ field, std::to_string(needed) });
            relative = std::max(relative, static_cast<double>(needed) / *limit - 1);
        };
        const Pool& pool = plan->option->candidate.topology.pool;
        // Groups stay in one server, so the count may have to grow beyond the GPUs in use.
        GpuOffer offer { analysis.gpu, {}, analysis.gpusPerNode, plan->option->totalGpus };
        while (offer.largestReplicas(pool.parallelism, {}) < pool.replicas)
            ++*offer.available;
        raise("spec.resources.maxGPUs", limited.resources.maxGpus, *offer.available);
        raise("spec.serving.scaling.maxReplicas", limited.serving.scaling.maxReplicas,
              pool.replicas);
        return edits;
    }

    void relaxCounts()
    {
        double relative = 0;
        if (auto edits = countEdits(spec(), relative); !edits.empty())
            tryWay(std::move(edits), relative);
    }

    void relaxRequests()
    {
        for (const SpecFinding& finding : m_findings) {
            if (finding.figure && finding.field == "spec.serving.throughput.maxConcurrentRequests")
                tryWay({ { finding.field, printNumber(finding.figure->value) } },
                       finding.figure->value / finding.figure->limit - 1);
        }
    }

    /** The largest throughput within the limits of GPUs and replicas. */
    void relaxThroughput()
    {
        const auto& stated = spec().serving.throughput.minTokensPerSecond;
        if (!stated || spec().workload.requestRate)
            return;
        InferenceService light = spec();
        light.serving.throughput.minTokensPerSecond = 1;
        SpecAnalysis analysis;
        const auto plan = planned(light, analysis);
        if (!plan)
            return;
        const GpuOffer offer { analysis.gpu, {}, analysis.gpusPerNode, spec().resources.maxGpus };
        double most = 0;
        for (const Option& option : plan->report->options) {
            if (optionObstacle(analysis, option) != OptionObstacle::None)
                continue;
            const int replicas =
                std::min(offer.largestReplicas(option.candidate.topology.pool.parallelism,
                                               spec().resources.maxGpus),
                         spec().serving.scaling.maxReplicas.value_or(1'000'000));
            most = std::max(most,
                            replicas * option.capacityPerReplica.value()
                                * (1 - analysis.problem.requirements.headroom)
                                * *analysis.problem.requirements.outputTokens);
        }
        // Two digits below it; where batching turns out to matter, a little less.
        for (const double share : { 1.0, 0.9, 0.75, 0.5 }) {
            const double value = rounded(most * share, false);
            if (value > 0 && value < *stated
                && tryWay({ { "spec.serving.throughput.minTokensPerSecond", printNumber(value) } },
                          *stated / value - 1))
                return;
        }
    }

    void dropGroup(const char* field)
    {
        if (concerns(field))
            tryWay({ { field, "" } }, reselected);
    }

    void relaxFormat()
    {
        const Model* named = m_analysis.catalog->findModel(spec().model.name);
        if (!named)
            return;
        for (const SpecQuantization format :
             availableFormats(*named, m_analysis.gpu, *m_analysis.catalog)) {
            if (format != spec().model.quantization
                && tryWay({ { "spec.model.quantization", nameOf(format) } }, reselected))
                return;
        }
    }

    void relaxContext()
    {
        const Requirements& need = m_analysis.problem.requirements;
        if (!spec().model.maxContextLength || !need.promptTokens || !need.outputTokens)
            return;
        const int asked = *spec().model.maxContextLength;
        for (int context = asked / 2; context >= *need.promptTokens + *need.outputTokens;
             context /= 2) {
            if (tryWay({ { "spec.model.maxContextLength", std::to_string(context) } },
                       static_cast<double>(asked) / context - 1))
                return;
        }
    }

    /** More GPUs and slower limits together. */
    void relaxBoth()
    {
        for (const double allowance : { 1.25, 2.0, 4.0 }) {
            std::vector<SpecEdit> edits;
            for (const auto& [field, limit] : statedLimits()) {
                double wanted = limit.value();
                for (const SpecFinding& finding : m_findings) {
                    if (finding.field == field && finding.figure)
                        wanted = std::max(wanted, finding.figure->value * 1e-3);
                }
                edits.push_back({ field, durationText(rounded(wanted * allowance, true)) });
            }
            const auto slower = withEdits(spec(), edits);
            if (!slower)
                continue;
            double relative = allowance - 1;
            const auto counts = countEdits(*slower, relative);
            edits.insert(edits.end(), counts.begin(), counts.end());
            if (tryWay(std::move(edits), relative))
                return;
        }
    }

    /** The cheapest other GPU. What the spec says about the present one goes with it. */
    void changeGpu()
    {
        const Catalog& catalog = *m_analysis.catalog;
        Bytes weights;
        for (std::size_t i = 0; i < parameterGroupCount; ++i)
            weights += m_analysis.model->architecture.weightBytes(static_cast<ParameterGroup>(i));
        std::vector<std::pair<DollarsPerSecond, const Gpu*>> others;
        for (const Gpu& gpu : catalog.gpus) {
            const auto price = catalog.priceLists.empty()
                ? std::nullopt
                : catalog.priceLists.front().price(gpu.id);
            const bool larger = (gpu.memory > m_analysis.gpu->memory
                                 || gpu.memoryBandwidth > m_analysis.gpu->memoryBandwidth)
                && gpu.usableMemory * static_cast<double>(gpu.gpusPerNode) > weights;
            if (&gpu != m_analysis.gpu && gpu.servedByVllm && price && larger)
                others.emplace_back(*price, &gpu);
        }
        std::stable_sort(others.begin(), others.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::size_t trials = 0;
        for (const auto& [price, gpu] : others) {
            if (++trials > mostGpuTrials || tryWay(editsForGpu(gpu->id), reselected * 2))
                return;
        }
    }

    std::vector<SpecEdit> editsForGpu(const std::string& id) const
    {
        std::vector<SpecEdit> edits { { "spec.resources.gpuType", id } };
        const ResourceSpec& resources = spec().resources;
        const auto drop = [&](const char* field, bool stated) {
            if (stated)
                edits.push_back({ std::string("spec.resources.") + field, "" });
        };
        drop("gpuMemory", resources.gpuMemory.has_value());
        drop("interconnect", resources.interconnect.has_value());
        drop("nvlinkBandwidth", resources.nvlinkBandwidth.has_value());
        drop("pcieBandwidth", resources.pcieBandwidth.has_value());
        return edits;
    }

    const SpecAnalysis& m_analysis;
    const SpecPlanner& m_planner;
    const std::vector<SpecFinding>& m_findings;
    std::vector<Way> m_ways;
};

std::string sentence(const Way& way)
{
    std::vector<std::string> parts;
    for (const SpecEdit& edit : way.edits) {
        const std::string name = edit.field.substr(edit.field.rfind('.') + 1);
        parts.push_back(edit.value.empty() ? "remove " + name
                                           : fmt::format("set {} to {}", name, edit.value));
    }
    return fmt::format("{} ({})", join(parts, " and "), way.outcome);
}

} // namespace

void suggestRelaxations(const SpecAnalysis& analysis, const SpecPlanner& planner,
                        std::vector<SpecFinding>& findings)
{
    std::vector<Way> ways = Relaxer(analysis, planner, findings).run();
    std::vector<std::string> texts;
    for (const Way& way : ways) {
        if (texts.size() < mostWays)
            texts.push_back(sentence(way));
    }
    std::string text = join(texts, "; or ");
    if (!text.empty())
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    for (SpecFinding& finding : findings) {
        if (finding.level != SpecFinding::Level::Error)
            continue;
        finding.suggestion = text.empty()
            ? std::string("No single change of a figure makes it work; choose a smaller model.")
            : text + ".";
        if (!analysis.service.workload.promptTokens
            && finding.field.starts_with("spec.serving.latency."))
            finding.suggestion +=
                " Prompts may be shorter than assumed: state workload.promptTokens.";
        if (!ways.empty())
            finding.edits = ways.front().edits;
    }
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "specproblem.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

constexpr const char* defaultUseCase = "chatbot_conversational";
constexpr RequestsPerSecond assumedRate { 1 };

class ProblemBuilder
{
public:
    explicit ProblemBuilder(SpecAnalysis& analysis)
        : m_analysis(analysis)
        , m_spec(analysis.service)
        , m_need(analysis.problem.requirements)
    { }

    void run()
    {
        if (!chooseUseCase())
            return;
        stateWorkload();
        stateRate();
        if (!m_need.contextTokens && m_analysis.usualVariation)
            assumeContext(*m_analysis.usualVariation);
        stateChoice();
        stateTargets();
        stateScaling();
        stateSpace();
        checkLengths();
    }

private:
    void error(std::string field, std::string text, std::string suggestion,
               std::vector<SpecEdit> edits = {})
    {
        SpecFinding finding;
        finding.kind = SpecFinding::Kind::Reference;
        finding.field = std::move(field);
        finding.text = std::move(text);
        finding.suggestion = std::move(suggestion);
        finding.edits = std::move(edits);
        m_analysis.findings.push_back(std::move(finding));
    }

    void assume(std::string field, std::string text)
    {
        m_analysis.assumptions.push_back({ std::move(field), std::move(text) });
    }

    /** A stated value, else the default with a note. */
    template <class T, class Printer>
    T valueOf(const std::optional<T>& stated, T fallback, const char* field, Printer print,
              std::string_view why)
    {
        if (!stated)
            assume(field, fmt::format("{}, {}", print(fallback), why));
        return stated.value_or(fallback);
    }

    bool chooseUseCase()
    {
        const auto& stated = m_spec.workload.useCase;
        const auto found = m_analysis.catalog->useCase(stated.value_or(defaultUseCase));
        if (!found) {
            std::vector<std::string> ids;
            for (const UseCase& useCase : m_analysis.catalog->useCases)
                ids.push_back(useCase.id);
            const auto nearest = nearestWord(stated.value_or(""), ids);
            error("spec.workload.useCase",
                  fmt::format("there is no use case '{}'",
                              printableLine(stated.value_or(defaultUseCase), 60)),
                  "Known are " + join(ids, ", ") + ".",
                  nearest ? std::vector<SpecEdit> { { "spec.workload.useCase", *nearest } }
                          : std::vector<SpecEdit> {});
            return false;
        }
        m_useCase = *found;
        m_need.useCase = m_useCase->id;
        if (!stated)
            assume("spec.workload.useCase", fmt::format("{} ({})", m_useCase->id, m_useCase->name));
        return true;
    }

    void stateWorkload()
    {
        const WorkloadSpec& workload = m_spec.workload;
        const std::string why = "as for use case " + m_useCase->name;
        m_need.promptTokens = valueOf(workload.promptTokens, m_useCase->promptTokens,
                                      "spec.workload.promptTokens", printNumber, why);
        m_need.outputTokens = valueOf(workload.outputTokens, m_useCase->outputTokens,
                                      "spec.workload.outputTokens", printNumber, why);
        // A use case says how its lengths vary; a spec without one names a length, and is about requests of that length.
        const bool varied = workload.useCase.has_value();
        const std::string spread = varied ? why : "one length, as in a load test";
        m_need.promptVariation =
            valueOf(workload.promptVariation, varied ? m_useCase->promptVariation : 0.0,
                    "spec.workload.promptVariation", printNumber, spread);
        m_need.outputVariation =
            valueOf(workload.outputVariation, varied ? m_useCase->outputVariation : 0.0,
                    "spec.workload.outputVariation", printNumber, spread);
        if (!varied)
            m_analysis.usualVariation = usualVariation();
        m_need.sharedPrefixTokens =
            valueOf(workload.sharedPrefixTokens, 0.0, "spec.workload.sharedPrefixTokens",
                    printNumber, "nothing is saved by prefix caching");
        m_need.prefixGroups = workload.prefixGroups.value_or(1);
        m_need.contextTokens = m_spec.model.maxContextLength;
    }

    /** What the use case says where the spec says nothing; nothing if the spec says both. */
    std::optional<LengthVariation> usualVariation() const
    {
        const WorkloadSpec& workload = m_spec.workload;
        if (workload.promptVariation && workload.outputVariation)
            return std::nullopt;
        return LengthVariation { workload.promptVariation.value_or(m_useCase->promptVariation),
                                 workload.outputVariation.value_or(m_useCase->outputVariation) };
    }

    /** The window has to hold the long requests that come in practice. */
    void assumeContext(const LengthVariation& usual)
    {
        Requirements varied = m_need;
        varied.promptVariation = usual.prompt;
        varied.outputVariation = usual.output;
        if (const auto resolved = resolve(varied, *m_analysis.catalog)) {
            m_need.contextTokens = resolved->contextTokens;
            assume("spec.model.maxContextLength",
                   fmt::format("{}, holds 999 of 1000 requests whose lengths vary as usual for {}",
                               resolved->contextTokens, m_useCase->name));
        }
    }

    /** The larger of both statements: the plan has to carry the one as well as the other. */
    void stateRate()
    {
        const auto& tokens = m_spec.serving.throughput.minTokensPerSecond;
        const auto& stated = m_spec.workload.requestRate;
        RequestsPerSecond rate = stated.value_or(RequestsPerSecond());
        if (tokens)
            rate = std::max(rate, RequestsPerSecond(*tokens / *m_need.outputTokens));
        if (!tokens && !stated) {
            rate = assumedRate;
            assume("spec.workload.requestRate", printRate(rate) + ", as no load is stated");
        } else if (!stated) {
            assume("spec.workload.requestRate",
                   fmt::format("{} tokens/s / {} tokens = {} requests/s", printNumber(*tokens),
                               printNumber(*m_need.outputTokens), printRounded(rate.value())));
        }
        m_need.rate = rate;
        m_need.peakFactor = 1; // a spec states what has to be carried, which is the peak
    }

    void stateChoice()
    {
        const ResourceSpec& resources = m_spec.resources;
        m_need.title = m_spec.name;
        m_need.maxGpus = resources.maxGpus;
        if (m_analysis.model) {
            m_need.models = { m_analysis.model->id };
            m_need.quantizations = { m_analysis.quantizedAtLoad
                                         ? std::string("fp8")
                                         : m_analysis.model->architecture.quantization.label() };
        }
        if (!m_analysis.gpu)
            return;
        const Gpu& gpu = *m_analysis.gpu;
        m_need.gpusIncluded = { gpu.id };
        constexpr int plenty = 1'000'000;
        m_need.inventory = { { gpu.id, resources.maxGpus.value_or(plenty),
                               m_analysis.gpusPerNode } };
        if (!resources.gpusPerNode)
            assume("spec.resources.gpusPerNode",
                   fmt::format("{}, as usual for {}", m_analysis.gpusPerNode, gpu.name));
        // A spec is about hardware that is there; what has no list price costs nothing more.
        const auto& lists = m_analysis.catalog->priceLists;
        if (lists.empty() || !lists.front().price(gpu.id))
            m_need.priceOverrides[gpu.id] = 0;
    }

    void stateTargets()
    {
        const Slo targets = latencyTargets(m_spec.serving.latency);
        m_need.ttft = targets.ttft;
        m_need.itl = targets.itl;
        m_need.e2e = targets.e2e;
        m_analysis.problem.targets = targets;
    }

    void stateScaling()
    {
        const ScalingSpec& scaling = m_spec.serving.scaling;
        const ScalingThresholds used = scalingThresholds(scaling);
        m_need.minReplicas = valueOf(
            scaling.minReplicas, 1, "spec.serving.scaling.minReplicas",
            [](int value) { return std::to_string(value); }, "one server may be enough");
        m_need.headroom = 1
            - valueOf(scaling.targetUtilization, used.target,
                      "spec.serving.scaling.targetUtilization", printNumber,
                      "a fifth of the capacity stays free");
    }

    void stateSpace()
    {
        SearchSpace& space = m_analysis.problem.space;
        space.quantizeAtLoad = m_analysis.quantizedAtLoad;
        // An execution plan describes servers that do both, see `disaggregationKeys` in the reader.
        space.disaggregated = false;
        m_need.topology = "aggregated";
        space.pipelineParallel = { 1, 2, 4 };
        std::erase_if(space.tensorParallel,
                      [&](int value) { return value > m_analysis.gpusPerNode; });
        std::erase_if(space.pipelineParallel,
                      [&](int value) { return value > m_analysis.gpusPerNode; });
        // A batch larger than all requests together never fills.
        const auto& most = m_spec.serving.throughput.maxConcurrentRequests;
        if (most) {
            std::erase_if(space.maxNumSeqs, [&](int value) { return value > *most; });
            if (space.maxNumSeqs.empty())
                space.maxNumSeqs = { *most };
        }
    }

    void checkLengths()
    {
        const auto& context = m_spec.model.maxContextLength;
        const double usual = *m_need.promptTokens + *m_need.outputTokens;
        if (!context || *context >= usual)
            return;
        const char* field = "spec.model.maxContextLength";
        const int enough = static_cast<int>(usual * 2);
        error(
            field,
            fmt::format("{} tokens do not hold a request of mean length, {} + {} tokens", *context,
                        printNumber(*m_need.promptTokens), printNumber(*m_need.outputTokens)),
            fmt::format("Raise it to {} or more, or state shorter lengths under workload.", enough),
            { { field, std::to_string(enough) } });
        m_analysis.findings.back().figure = { usual, static_cast<double>(*context), "tokens" };
        m_analysis.findings.back().kind = SpecFinding::Kind::Form;
    }

    SpecAnalysis& m_analysis;
    const InferenceService& m_spec;
    Requirements& m_need;
    const UseCase* m_useCase = nullptr;
};

} // namespace

ScalingThresholds scalingThresholds(const ScalingSpec& scaling)
{
    ScalingThresholds used;
    used.target = scaling.targetUtilization.value_or(used.target);
    // Where only the target is stated, the thresholds keep their distance from it.
    used.up =
        scaling.scaleUpThreshold.value_or(std::max(used.up, std::min(1.0, used.target * 1.05)));
    used.down = scaling.scaleDownThreshold.value_or(std::min(used.down, used.target / 2));
    return used;
}

Slo latencyTargets(const LatencySpec& latency)
{
    Slo slo;
    const auto put = [](const std::optional<Seconds>& median, const std::optional<Seconds>& tail,
                        std::optional<LatencyTarget>& first, std::optional<LatencyTarget>& second) {
        if (tail)
            first = LatencyTarget { 99, *tail };
        if (median)
            (tail ? second : first) = LatencyTarget { 50, *median };
    };
    put(latency.ttftP50, latency.ttftP99, slo.ttft, slo.ttftToo);
    put(latency.tpotP50, latency.tpotP99, slo.itl, slo.itlToo);
    put(latency.e2eP50, latency.e2eP99, slo.e2e, slo.e2eToo);
    return slo;
}

void completeSpecProblem(SpecAnalysis& analysis)
{
    ProblemBuilder(analysis).run();
}

} // namespace llmd

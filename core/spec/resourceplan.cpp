// SPDX-License-Identifier: Apache-2.0
#include "resourceplan.h"

#include "specproblem.h"

#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/search/operatingpoint.h>
#include <core/search/wording.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace llmd {

namespace {

using Level = SpecFinding::Level;
using Kind = SpecFinding::Kind;

constexpr int adapterDefaultRank = 16;
constexpr int adapterDefaultCount = 1;

/**
 * One LoRA adapter: two matrices of the rank for each linear layer of attention and dense feed-forward, in 16 bit. From the
 * parameters of a layer n = in x out with one side of the hidden size h, the other side is n / h, so rank x (h + n / h).
 */
Bytes adapterBytes(const ModelArchitecture& architecture, int rank)
{
    const double hidden = architecture.hiddenSize;
    double sides = 0;
    for (const LayerGroup& group : architecture.groups) {
        const auto matrices = [&](double parameters, double count) {
            return parameters > 0 && hidden > 0 ? count * hidden + parameters / hidden : 0.0;
        };
        sides += group.count
            * (matrices(static_cast<double>(group.mixer.linearParameters), 4)
               + matrices(static_cast<double>(group.feedForward.denseParameters), 3));
    }
    return Bytes(2.0 * rank * sides);
}

const EngineVersionProfile& profileOf(const SpecAnalysis& analysis, const Candidate& candidate)
{
    return analysis.catalog->engineVersion(candidate.engine.version);
}

SideMemory sideMemory(const SpecAnalysis& analysis, const Candidate& candidate)
{
    SideMemory side;
    const int ranks = candidate.topology.pool.parallelism.tensor;
    if (const auto& adapters = analysis.service.model.adapters) {
        side.adapters = adapterBytes(candidate.model->architecture,
                                     adapters->maxAdapterRank.value_or(adapterDefaultRank))
            * (adapters->maxActiveAdapters.value_or(adapterDefaultCount) / double(ranks));
    }
    if (analysis.draft) {
        // The draft model runs on the same GPUs and shares the blocks of the cache, split as the large one is.
        Candidate draft = candidate;
        draft.model = analysis.draft;
        draft.engine.maxModelLen =
            std::min(draft.engine.maxModelLen, analysis.draft->architecture.maxPositions);
        if (!tensorParallelObstacle(analysis.draft->architecture, ranks).empty())
            draft.topology.pool.parallelism = { 1, 1, 1, false };
        draft.topology.pool.parallelism.pipeline = 1;
        const MemoryLedger ledger = memoryFigures(draft, profileOf(analysis, candidate));
        side.draftWeights = ledger.weights;
        side.draftPerToken = ledger.kvBytesPerToken * Tokens(1);
    }
    return side;
}

} // namespace

ReplicaMemory replicaMemory(const SpecAnalysis& analysis, const Candidate& candidate)
{
    ReplicaMemory memory;
    const Candidate server = decodeRole(candidate);
    const auto ledger = memoryLedger(server, profileOf(analysis, server));
    memory.ledger = ledger ? *ledger : memoryFigures(server, profileOf(analysis, server));
    memory.side = sideMemory(analysis, server);
    const double pool = memory.ledger.kvCache.value();
    const double perToken = (memory.ledger.kvBytesPerToken * Tokens(1)).value();
    const double left = std::max(0.0, pool - memory.side.fixed().value());
    const double share = pool > 0 && perToken > 0
        ? left / pool * perToken / (perToken + memory.side.draftPerToken.value())
        : 0;
    memory.blocks = std::floor(memory.ledger.kvBlocks * share);
    memory.tokens = memory.ledger.kvCacheTokens * share;
    return memory;
}

double requestsInFlight(const Option& option)
{
    return option.atPeak.requestRate.value() * option.atPeak.e2e.mean.value();
}

OptionObstacle optionObstacle(const SpecAnalysis& analysis, const Option& option)
{
    const ServingSpec& serving = analysis.service.serving;
    const Pool& pool = option.candidate.topology.pool;
    if (pool.parallelism.gpus() > analysis.gpusPerNode)
        return OptionObstacle::SpansNodes;
    if (pool.replicas > serving.scaling.maxReplicas.value_or(pool.replicas))
        return OptionObstacle::TooManyReplicas;
    const auto& most = serving.throughput.maxConcurrentRequests;
    if (most && requestsInFlight(option) > *most)
        return OptionObstacle::TooManyRequests;
    if (!analysis.service.model.adapters && !analysis.draft)
        return OptionObstacle::None;
    const ReplicaMemory memory = replicaMemory(analysis, option.candidate);
    const double used = option.atPeak.kvUtilization * memory.ledger.kvCacheTokens;
    constexpr double fullest = 0.9; // above it vLLM starts to preempt
    const bool holds =
        memory.tokens >= option.candidate.engine.maxModelLen && used <= fullest * memory.tokens;
    return holds ? OptionObstacle::None : OptionObstacle::SideMemory;
}

const Option* bestOption(const SpecAnalysis& analysis, const SearchReport& report)
{
    const Option* best = nullptr;
    const auto key = [](const Option& option) {
        const double carried =
            option.capacityPerReplica.value() * option.candidate.topology.pool.replicas;
        return std::tuple(option.totalGpus, -carried, option.atPeak.e2e.p95.value(), option.id);
    };
    for (const Option& option : report.options) {
        if (optionObstacle(analysis, option) == OptionObstacle::None
            && (!best || key(option) < key(*best)))
            best = &option;
    }
    return best;
}

namespace {

/** Where a limit stands in the spec. */
std::string fieldOf(LatencyMetric metric, double percentile)
{
    const char* name = metric == LatencyMetric::Ttft ? "ttft"
        : metric == LatencyMetric::Itl               ? "tpot"
                                                     : "e2e";
    return fmt::format("spec.serving.latency.{}P{}", name, percentile == 50 ? 50 : 99);
}

std::string shapesTried(const SpecAnalysis& analysis)
{
    return fmt::format("up to {} GPUs of one node", analysis.gpusPerNode);
}

/** A way to split the model over the GPUs of one node that fits into memory, with one request alone on it. */
struct FittingLayout
{
    Candidate candidate;
    Estimate unloaded;
};

class Planner
{
public:
    Planner(const SpecAnalysis& analysis, const SpecPlanner& planner)
        : m_analysis(analysis)
        , m_planner(planner)
    { }

    Result<ResourcePlan> run()
    {
        const auto need = resolve(m_analysis.problem.requirements, *m_analysis.catalog);
        if (!need)
            return tl::unexpected(need.error());
        m_need = *need;
        m_need.slo = *m_analysis.problem.targets;
        if (auto found = findLayouts(); !found)
            return tl::unexpected(found.error());
        if (m_layouts.empty()) {
            explainMemory();
            return std::move(m_plan);
        }
        if (!latencyReachable())
            return std::move(m_plan);
        auto report =
            search(m_analysis.problem, m_analysis.catalog, m_planner.engine, m_planner.context);
        if (!report)
            return tl::unexpected(report.error());
        if ((*report)->cancelled)
            return failure(ErrorCode::Cancelled, "stopped on request");
        m_plan.report = *report;
        m_plan.option = bestOption(m_analysis, *m_plan.report);
        if (!m_plan.option)
            explainNothing();
        return std::move(m_plan);
    }

private:
    SpecFinding& add(Level level, std::string field, std::string text)
    {
        SpecFinding finding;
        finding.level = level;
        finding.kind = Kind::Constraint;
        finding.field = std::move(field);
        finding.text = std::move(text);
        m_plan.findings.push_back(std::move(finding));
        return m_plan.findings.back();
    }

    /** The model as the engine runs it: in the variant of the search where it is quantised at load. */
    Candidate plainCandidate(const Model& model) const
    {
        const auto& requirements = m_analysis.problem.requirements;
        const VersionRow* row = requirements.versionRow.empty()
            ? (m_analysis.catalog->versionRows.empty() ? nullptr
                                                       : &m_analysis.catalog->versionRows.front())
            : m_analysis.catalog->findVersionRow(requirements.versionRow);
        const SemanticVersion version = row ? row->vllm : EngineSettings().version;
        Candidate candidate;
        candidate.model = &model;
        candidate.gpu = m_analysis.gpu;
        candidate.engine = defaultEngineSettings(
            model, *candidate.gpu, m_analysis.catalog->engineVersion(version), version);
        candidate.engine.maxModelLen = m_need.contextTokens;
        const SearchSpace& space = m_analysis.problem.space;
        candidate.engine.maxNumSeqs = space.maxNumSeqs.front();
        candidate.engine.maxNumBatchedTokens = space.maxNumBatchedTokens.back();
        return candidate;
    }

    Result<> findLayouts()
    {
        m_variant = *m_analysis.model;
        if (m_analysis.quantizedAtLoad)
            m_variant.architecture = quantizedAtLoad(m_variant.architecture, Precision::Fp8);
        m_plain = plainCandidate(m_variant);
        const EngineVersionProfile& profile = profileOf(m_analysis, m_plain);
        for (const int tensor : m_analysis.problem.space.tensorParallel) {
            for (const int pipeline : m_analysis.problem.space.pipelineParallel) {
                Candidate candidate = m_plain;
                candidate.topology.pool.parallelism = { tensor, pipeline, 1, false };
                if (tensor * pipeline > m_analysis.gpusPerNode
                    || pipeline > m_variant.architecture.layers()
                    || !tensorParallelObstacle(m_variant.architecture, tensor).empty())
                    continue;
                m_largest = candidate;
                if (!memoryFigures(candidate, profile).fits)
                    continue;
                const auto predictor = m_planner.engine.predictor(candidate, m_need.peakLoad);
                if (!predictor)
                    continue;
                auto light =
                    (*predictor)
                        ->at(Load::open(rategrid::rate(rategrid::lightest)), m_planner.context);
                if (!light)
                    return tl::unexpected(light.error());
                m_layouts.push_back({ candidate, std::move(*light) });
            }
        }
        return {};
    }

    void explainMemory()
    {
        if (!m_largest) {
            add(Level::Error, "spec.resources.gpusPerNode",
                fmt::format("{} cannot be split over {}", m_analysis.model->displayName,
                            shapesTried(m_analysis)));
            return;
        }
        const auto ledger = memoryLedger(*m_largest, profileOf(m_analysis, *m_largest));
        if (!ledger)
            return;
        const Parallelism& shape = m_largest->topology.pool.parallelism;
        auto& finding =
            add(Level::Error, "spec.resources.gpuType",
                fmt::format("{} does not fit: over {} GPUs each needs {} GiB for weights, {} GiB "
                            "for activations and runtime and room for one context of {} tokens, "
                            "of {} GiB that it may use; {} GiB are missing",
                            m_analysis.model->displayName, shape.gpus(),
                            printRounded(inGibibytes(ledger->weights)),
                            printRounded(inGibibytes(ledger->activation + ledger->nonTorch
                                                     + ledger->cudaGraphs)),
                            m_need.contextTokens, printRounded(inGibibytes(ledger->budget)),
                            printRounded(inGibibytes(ledger->shortfall))));
        finding.figure = { inGibibytes(ledger->budget + ledger->shortfall),
                           inGibibytes(ledger->budget), "GiB" };
    }

    /** Each limit against the best layout without load: below that nothing helps. */
    bool latencyReachable()
    {
        bool reachable = true;
        for (const LatencyMetric metric : allLatencyMetrics) {
            const Slo& slo = m_need.slo;
            if (targetOf(slo, metric) && !checkTarget(metric, *targetOf(slo, metric)))
                reachable = false;
            if (secondTargetOf(slo, metric) && !checkTarget(metric, *secondTargetOf(slo, metric)))
                reachable = false;
        }
        if (reachable
            && std::none_of(m_layouts.begin(), m_layouts.end(), [&](const FittingLayout& layout) {
                   return targetRatios(layout.unloaded, m_need.slo).met();
               })) {
            explainCombination();
            reachable = false;
        }
        return reachable;
    }

    bool checkTarget(LatencyMetric metric, const LatencyTarget& target)
    {
        const auto value = [&](const FittingLayout& layout) {
            return latencyOf(layout.unloaded, metric).at(target.percentile);
        };
        const auto best = std::min_element(
            m_layouts.begin(), m_layouts.end(),
            [&](const FittingLayout& a, const FittingLayout& b) { return value(a) < value(b); });
        if (value(*best) <= target.limit)
            return true;
        auto& finding = add(
            Level::Error, fieldOf(metric, target.percentile),
            fmt::format("{} {} of {} cannot be met: the best layout, {} on {}, needs {} even "
                        "without load ({} prompt and {} output tokens on average)",
                        nameOf(metric), percentileName(target.percentile), forPeople(target.limit),
                        best->candidate.topology.pool.parallelism.label(), m_analysis.gpu->name,
                        forPeople(value(*best)), printRounded(m_need.peakLoad.prompt.mean, 5),
                        printRounded(m_need.peakLoad.output.mean, 5)));
        finding.figure = { inMilliseconds(value(*best)), inMilliseconds(target.limit), "ms" };
        return false;
    }

    /** Every limit is met by some layout, but none meets all. */
    void explainCombination()
    {
        const auto nearest =
            std::min_element(m_layouts.begin(), m_layouts.end(),
                             [&](const FittingLayout& a, const FittingLayout& b) {
                                 return targetRatios(a.unloaded, m_need.slo).worstRatio()
                                     < targetRatios(b.unloaded, m_need.slo).worstRatio();
                             });
        const LatencyMetric metric = targetRatios(nearest->unloaded, m_need.slo).worst();
        const auto target = tighterTarget(nearest->unloaded, m_need.slo, metric);
        const Seconds found = latencyOf(nearest->unloaded, metric).at(target->percentile);
        auto& finding =
            add(Level::Error, fieldOf(metric, target->percentile),
                fmt::format("no layout meets all latency limits together: {} comes nearest, with "
                            "{} {} of {} against {}",
                            nearest->candidate.topology.pool.parallelism.label(), nameOf(metric),
                            percentileName(target->percentile), forPeople(found),
                            forPeople(target->limit)));
        finding.figure = { inMilliseconds(found), inMilliseconds(target->limit), "ms" };
    }

    /** The latency can be met; what stands in the way is a count. */
    void explainNothing()
    {
        const SearchReport& report = *m_plan.report;
        std::map<OptionObstacle, const Option*> nearest;
        for (const Option& option : report.options) {
            const Option*& kept = nearest[optionObstacle(m_analysis, option)];
            if (!kept || option.totalGpus < kept->totalGpus)
                kept = &option;
        }
        if (nearest.contains(OptionObstacle::SideMemory))
            return explainSideMemory(*nearest[OptionObstacle::SideMemory]);
        if (nearest.contains(OptionObstacle::TooManyRequests))
            return explainRequests(*nearest[OptionObstacle::TooManyRequests]);
        if (nearest.contains(OptionObstacle::TooManyReplicas))
            return explainReplicas(*nearest[OptionObstacle::TooManyReplicas]);
        explainGpus();
    }

    void explainSideMemory(const Option& option)
    {
        const ReplicaMemory memory = replicaMemory(m_analysis, option.candidate);
        const bool adapters = memory.side.adapters > memory.side.draftWeights;
        auto& finding = add(
            Level::Error, adapters ? "spec.model.adapters" : "spec.model.speculative.draftModel",
            fmt::format("{} take {} GiB of the {} GiB for the KV cache on each GPU, the rest does "
                        "not hold the requests",
                        adapters ? "the adapters" : "the draft model and its cache",
                        printRounded(inGibibytes(memory.side.fixed())),
                        printRounded(inGibibytes(memory.ledger.kvCache))));
        finding.figure = { inGibibytes(memory.side.fixed()), inGibibytes(memory.ledger.kvCache),
                           "GiB" };
    }

    void explainRequests(const Option& option)
    {
        const int most = m_analysis.service.serving.throughput.maxConcurrentRequests.value_or(0);
        const double needed = std::ceil(requestsInFlight(option));
        auto& finding =
            add(Level::Error, "spec.serving.throughput.maxConcurrentRequests",
                fmt::format("{} requests/s that take {} each are {} at the same time, {} are "
                            "allowed",
                            printRounded(option.atPeak.requestRate.value()),
                            forPeople(option.atPeak.e2e.mean), needed, most));
        finding.figure = { needed, static_cast<double>(most), "requests" };
    }

    void explainReplicas(const Option& option)
    {
        const int most = m_analysis.service.serving.scaling.maxReplicas.value_or(0);
        const int needed = option.candidate.topology.pool.replicas;
        auto& finding =
            add(Level::Error, "spec.serving.scaling.maxReplicas",
                fmt::format("{} output tokens/s within the latency limits need {} replicas of {}, "
                            "{} are allowed",
                            printRounded(option.atPeak.outputThroughput.value(), 5), needed,
                            option.candidate.topology.pool.parallelism.label(), most));
        finding.figure = { static_cast<double>(needed), static_cast<double>(most), "replicas" };
    }

    /** Fewer GPUs than one replica takes: the weights alone say no. */
    bool explainWeights()
    {
        const int most = m_analysis.service.resources.maxGpus.value_or(1'000'000);
        const auto smallest = std::min_element(
            m_layouts.begin(), m_layouts.end(), [](const FittingLayout& a, const FittingLayout& b) {
                return a.candidate.topology.pool.parallelism.gpus()
                    < b.candidate.topology.pool.parallelism.gpus();
            });
        const int needed = smallest->candidate.topology.pool.parallelism.gpus();
        if (needed <= most)
            return false;
        const MemoryLedger ledger =
            memoryFigures(smallest->candidate, profileOf(m_analysis, smallest->candidate));
        auto& finding =
            add(Level::Error, "spec.resources.maxGPUs",
                fmt::format("{} needs at least {} GPUs for its memory ({} GiB of weights on each, "
                            "of {} GiB that may be used), {} may be used",
                            m_analysis.model->displayName, needed,
                            printRounded(inGibibytes(ledger.weights)),
                            printRounded(inGibibytes(ledger.budget)), most));
        finding.figure = { static_cast<double>(needed), static_cast<double>(most), "GPUs" };
        return true;
    }

    void explainGpus()
    {
        if (explainWeights())
            return;
        SpecAnalysis free = m_analysis;
        free.problem.requirements.maxGpus.reset();
        free.problem.requirements.inventory.clear();
        free.service.serving.scaling.maxReplicas.reset();
        const auto report = search(free.problem, free.catalog, m_planner.engine, m_planner.context);
        const Option* option = report ? bestOption(free, **report) : nullptr;
        const double tokens = m_need.peakLoad.load.rate.value() * m_need.peakLoad.output.mean;
        const int most = m_analysis.service.resources.maxGpus.value_or(0);
        if (!option) {
            add(Level::Error, "spec.serving.throughput.minTokensPerSecond",
                m_plan.report->infeasibility.empty() ? "no configuration carries the load"
                                                     : m_plan.report->infeasibility);
            return;
        }
        auto& finding =
            add(Level::Error, "spec.resources.maxGPUs",
                fmt::format("{} output tokens/s within the latency limits need {} GPUs ({} "
                            "replicas of {}), {} may be used",
                            printRounded(tokens, 5), option->totalGpus,
                            option->candidate.topology.pool.replicas,
                            option->candidate.topology.pool.parallelism.label(), most));
        finding.figure = { static_cast<double>(option->totalGpus), static_cast<double>(most),
                           "GPUs" };
    }

    const SpecAnalysis& m_analysis;
    const SpecPlanner& m_planner;
    ResolvedNeed m_need;
    Model m_variant;
    Candidate m_plain;
    std::optional<Candidate> m_largest;
    std::vector<FittingLayout> m_layouts;
    ResourcePlan m_plan;
};

} // namespace

Result<ResourcePlan> planResources(const SpecAnalysis& analysis, const SpecPlanner& planner)
{
    return Planner(analysis, planner).run();
}

} // namespace llmd

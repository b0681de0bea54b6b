// SPDX-License-Identifier: Apache-2.0
#include "compiler.h"

#include "planbuilder.h"
#include "relaxation.h"
#include "specproblem.h"

#include <core/base/parallel.h>
#include <core/base/text.h>
#include <core/search/operatingpoint.h>
#include <core/search/wording.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

using Level = SpecFinding::Level;
using Kind = SpecFinding::Kind;

/** Share of the allowed GPUs above which an autoscaler has no room left. */
constexpr double fewGpusLeft = 0.9;

class Compiler
{
public:
    Compiler(const SpecDocument& document, std::shared_ptr<const Catalog> catalog,
             const SpecPlanner& planner)
        : m_document(document)
        , m_catalog(std::move(catalog))
        , m_planner(planner)
    {
        m_result.name = document.service.name;
        m_result.file = document.file;
        m_result.findings = document.findings;
    }

    Result<SpecCompilation> run()
    {
        SpecAnalysis analysis = analyseSpec(m_document.service, m_catalog);
        take(analysis.findings);
        if (!hasErrors(m_result.findings)) {
            if (auto planned = plan(std::move(analysis)); !planned)
                return tl::unexpected(planned.error());
        }
        finish();
        return std::move(m_result);
    }

private:
    void take(std::vector<SpecFinding>& findings)
    {
        std::move(findings.begin(), findings.end(), std::back_inserter(m_result.findings));
        findings.clear();
    }
    SpecFinding& add(Level level, std::string field, std::string text)
    {
        SpecFinding finding;
        finding.level = level;
        finding.kind = Kind::Constraint;
        finding.field = std::move(field);
        finding.text = std::move(text);
        m_result.findings.push_back(std::move(finding));
        return m_result.findings.back();
    }

    Result<> plan(SpecAnalysis analysis)
    {
        auto resources = planResources(analysis, m_planner);
        if (!resources && resources.error().code == ErrorCode::Cancelled)
            return tl::unexpected(resources.error());
        if (!resources) {
            add(Level::Error, "spec", resources.error().detail).kind = Kind::Form;
            return {};
        }
        if (!resources->option) {
            suggestRelaxations(analysis, m_planner, resources->findings);
            take(resources->findings);
            return {};
        }
        take(resources->findings);
        auto deployment = deploySpec(analysis, *resources);
        if (!deployment) {
            add(Level::Error, "spec", deployment.error().detail);
            return {};
        }
        ExecutionPlan plan =
            buildExecutionPlan(analysis, resources->report->need, *resources->option, *deployment);
        if (!m_document.file.empty())
            plan.header.insert(
                plan.header.begin() + 1,
                "Source: "
                    + printableLine(std::filesystem::path(m_document.file).filename().string()));
        m_result.compiled.emplace(CompiledSpec { std::move(analysis), std::move(*resources),
                                                 std::move(*deployment), std::move(plan) });
        describe(*m_result.compiled);
        return describeTails(*m_result.compiled);
    }

    void describe(const CompiledSpec& compiled)
    {
        const Option& option = *compiled.resources.option;
        const ReplicaMemory memory = replicaMemory(compiled.analysis, option.candidate);
        add(Level::Ok, "spec.resources.gpuMemory",
            fmt::format(
                "{} GiB of weights and {} GiB of KV cache on each of {} GPUs: {} tokens per "
                "replica",
                printRounded(inGibibytes(memory.ledger.weights)),
                printRounded(inGibibytes(memory.ledger.kvCache - memory.side.fixed())),
                option.candidate.topology.pool.parallelism.gpus(), printRounded(memory.tokens, 4)));
        describeRevision(compiled);
        describeLatency(compiled);
        describeThroughput(compiled);
        describeScaling(compiled);
        describeHost(compiled);
        if (const auto& speculative = compiled.analysis.service.model.speculative)
            add(Level::Warning, "spec.model.speculative", speculativeNote(*speculative))
                .suggestion = "Measure what drafting gains before you rely on it.";
    }

    /** A revision is one of the named repository; other weights have their own. */
    void describeRevision(const CompiledSpec& compiled)
    {
        const ModelSpec& model = compiled.analysis.service.model;
        const std::string& served = compiled.deployment.model->id;
        if (!model.revision || *model.revision == "main" || served == model.name)
            return;
        add(Level::Warning, "spec.model.revision",
            fmt::format("'{}' is a revision of {}, but the weights are those of {}: their main "
                        "branch is used",
                        printableLine(*model.revision, 60), model.name, served))
            .suggestion = fmt::format("Remove it, or name {} as the model.", served);
    }

    void describeLatency(const CompiledSpec& compiled)
    {
        const Option& option = *compiled.resources.option;
        const Slo& slo = compiled.resources.report->need.slo;
        for (const LatencyMetric metric : allLatencyMetrics) {
            const auto target = tighterTarget(option.atPeak, slo, metric);
            if (!target)
                continue;
            const char* name = metric == LatencyMetric::Ttft ? "ttft"
                : metric == LatencyMetric::Itl               ? "tpot"
                                                             : "e2e";
            const Seconds found = latencyOf(option.atPeak, metric).at(target->percentile);
            add(Level::Ok,
                fmt::format("spec.serving.latency.{}P{}", name, target->percentile == 50 ? 50 : 99),
                fmt::format("{} predicted at the planned load, at most {}", forPeople(found),
                            forPeople(target->limit)))
                .figure = { inMilliseconds(found), inMilliseconds(target->limit), "ms" };
        }
    }

    /** What requests of varying length make of limits that are planned for requests of one length. */
    Result<> describeTails(const CompiledSpec& compiled)
    {
        const auto& usual = compiled.analysis.usualVariation;
        const ResolvedNeed& need = compiled.resources.report->need;
        if (!usual)
            return {};
        Workload varied = need.peakLoad;
        varied.prompt = { LengthDistribution::Shape::LogNormal, varied.prompt.mean, usual->prompt };
        varied.output = { LengthDistribution::Shape::LogNormal, varied.output.mean, usual->output };
        const auto found = m_planner.engine.estimate(compiled.resources.option->candidate, varied,
                                                     m_planner.context);
        if (!found && found.error().code == ErrorCode::Cancelled)
            return tl::unexpected(found.error());
        if (!found)
            return {};
        const TargetRatios ratios = targetRatios(*found, need.slo);
        const auto target = tighterTarget(*found, need.slo, ratios.worst());
        if (!target)
            return {};
        const Seconds value = latencyOf(*found, ratios.worst()).at(target->percentile);
        const std::string figure = found->saturated
            ? std::string("the replicas would not keep up")
            : fmt::format("{} {} would be {}, {} {}", nameOf(ratios.worst()),
                          percentileName(target->percentile), forPeople(value),
                          ratios.met() ? "within" : "above the limit of", forPeople(target->limit));
        const std::string field = "spec.workload.promptVariation";
        const std::string text =
            fmt::format("planned for requests of one length; where lengths vary as in {} "
                        "({} for prompts, {} for outputs), {}",
                        compiled.analysis.problem.requirements.useCase, printNumber(usual->prompt),
                        printNumber(usual->output), figure);
        SpecFinding& finding = add(ratios.met() ? Level::Ok : Level::Warning, field, text);
        if (!found->saturated)
            finding.figure = { inMilliseconds(value), inMilliseconds(target->limit), "ms" };
        if (ratios.met())
            return {};
        finding.suggestion = fmt::format(
            "State workload.promptVariation: {} and outputVariation: {} to plan for that, or your "
            "own.",
            printNumber(usual->prompt), printNumber(usual->output));
        finding.edits = { { field, printNumber(usual->prompt) },
                          { "spec.workload.outputVariation", printNumber(usual->output) } };
        return {};
    }

    void describeThroughput(const CompiledSpec& compiled)
    {
        const Option& option = *compiled.resources.option;
        const auto& most = compiled.analysis.service.resources.maxGpus;
        const double tokens = option.atPeak.outputThroughput.value();
        add(Level::Ok, "spec.serving.throughput.minTokensPerSecond",
            fmt::format("{} output tokens/s from {} GPUs ({})", printRounded(tokens, 5),
                        option.totalGpus, option.candidate.topology.label()))
            .figure = { tokens,
                        compiled.analysis.service.serving.throughput.minTokensPerSecond.value_or(
                            tokens),
                        "tokens/s" };
        if (!most || option.totalGpus <= fewGpusLeft * *most)
            return;
        const int enough = static_cast<int>(std::ceil(option.totalGpus / fewGpusLeft));
        auto& finding = add(Level::Warning, "spec.resources.maxGPUs",
                            fmt::format("the load takes {} of {} GPUs, above {} %: the autoscaler "
                                        "has little room",
                                        option.totalGpus, *most, fewGpusLeft * 100));
        finding.figure = { static_cast<double>(option.totalGpus), static_cast<double>(*most),
                           "GPUs" };
        finding.suggestion = fmt::format("Raise maxGPUs to {} if there are more.", enough);
        finding.edits = { { finding.field, std::to_string(enough) } };
    }

    /** Replicas that the spec allows and the GPUs do not. */
    void describeScaling(const CompiledSpec& compiled)
    {
        const auto& stated = compiled.analysis.service.serving.scaling.maxReplicas;
        const int most = compiled.deployment.autoscaling.maxReplicas;
        if (!stated || *stated <= most)
            return;
        const int needed = *stated * compiled.deployment.topology.pool.parallelism.gpus();
        auto& finding =
            add(Level::Warning, "spec.serving.scaling.maxReplicas",
                fmt::format("{} replicas of {} take {} GPUs, more than maxGPUs: the autoscaler "
                            "stops at {}",
                            *stated, compiled.deployment.topology.pool.parallelism.label(), needed,
                            most));
        finding.figure = { static_cast<double>(*stated), static_cast<double>(most), "replicas" };
        finding.suggestion =
            fmt::format("Lower maxReplicas to {}, or raise maxGPUs to {}.", most, needed);
        finding.edits = { { finding.field, std::to_string(most) } };
    }

    /** Whether the servers hold what the pods of one node ask for. */
    void describeHost(const CompiledSpec& compiled)
    {
        const ResourceSpec& resources = compiled.analysis.service.resources;
        const Pool& pool = compiled.deployment.topology.pool;
        const int perNode = std::min(
            pool.replicas, std::max(1, compiled.analysis.gpusPerNode / pool.parallelism.gpus()));
        const auto check = [&](const char* field, const std::optional<Bytes>& stated, Bytes each,
                               const char* what) {
            if (!stated || each * perNode <= *stated)
                return;
            auto& finding =
                add(Level::Warning, field,
                    fmt::format("{} replicas on a node ask for {} GiB of {}, it has {} GiB",
                                perNode, printRounded(inGibibytes(each * perNode)), what,
                                printRounded(inGibibytes(*stated))));
            finding.figure = { inGibibytes(each * perNode), inGibibytes(*stated), "GiB" };
            finding.suggestion = "Fewer replicas will fit on a node than its GPUs allow.";
        };
        check("spec.resources.cpuMemoryPerNode", resources.cpuMemoryPerNode,
              compiled.deployment.host.memory, "host memory");
        check("spec.resources.nvmePerNode", resources.nvmePerNode, compiled.deployment.host.storage,
              "local disk");
    }

    /** Positions, and the order of the file: what belongs to one field stands together. */
    void finish()
    {
        for (SpecFinding& finding : m_result.findings) {
            if (!finding.where)
                finding.where = m_document.locate(finding.field);
        }
        if (hasErrors(m_result.findings))
            m_result.compiled.reset();
        std::stable_sort(m_result.findings.begin(), m_result.findings.end(),
                         [](const SpecFinding& a, const SpecFinding& b) {
                             return static_cast<int>(a.level) > static_cast<int>(b.level);
                         });
    }

    const SpecDocument& m_document;
    std::shared_ptr<const Catalog> m_catalog;
    const SpecPlanner& m_planner;
    SpecCompilation m_result;
};

} // namespace

Result<SpecCompilation> compileSpec(const SpecDocument& document,
                                    std::shared_ptr<const Catalog> catalog,
                                    const SpecPlanner& planner)
{
    return Compiler(document, std::move(catalog), planner).run();
}

Result<std::vector<SpecCompilation>> compileSpecs(const std::vector<SpecDocument>& documents,
                                                  std::shared_ptr<const Catalog> catalog,
                                                  const SpecPlanner& planner)
{
    std::vector<Result<SpecCompilation>> results(documents.size(), SpecCompilation {});
    const bool complete = parallelFor(
        documents.size(), planner.context,
        [&](std::size_t index, unsigned) {
            // The threads are taken: each spec is searched on its own one.
            RunContext single = planner.context;
            single.threads = 1;
            single.progress = nullptr;
            results[index] = compileSpec(documents[index], catalog, { planner.engine, single });
        },
        "compile");
    if (!complete)
        return failure(ErrorCode::Cancelled, "stopped on request");
    std::vector<SpecCompilation> compilations;
    for (auto& result : results) {
        if (!result)
            return tl::unexpected(result.error());
        compilations.push_back(std::move(*result));
    }
    return compilations;
}

Result<std::vector<ManifestFile>> writeSpecFiles(const CompiledSpec& compiled,
                                                 const ManifestOptions& options)
{
    auto files = writeManifests(compiled.deployment, options);
    if (files)
        files->push_back({ executionPlanFile, writeExecutionPlan(compiled.plan) });
    return files;
}

} // namespace llmd

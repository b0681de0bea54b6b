// SPDX-License-Identifier: Apache-2.0
#include "deploymentplan.h"

#include "names.h"
#include "serverplan.h"

#include <core/base/text.h>
#include <core/candidate/disaggregationrules.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr std::size_t longestModelId = 512;
constexpr Seconds shortestTimeout { 300 }; // default of the router chart
constexpr Seconds longestTimeout { 7200 };

Result<const VersionRow*> chooseVersions(const Requirements& requirements, const Catalog& catalog)
{
    if (requirements.versionRow.empty()) {
        if (catalog.versionRows.empty())
            return failure(ErrorCode::NotFound,
                           "the catalog has no version row; add one to its version rows");
        return &catalog.versionRows.front();
    }
    if (const auto* row = catalog.findVersionRow(requirements.versionRow))
        return row;
    std::vector<std::string> known;
    for (const auto& row : catalog.versionRows)
        known.push_back(row.id);
    return failure(ErrorCode::NotFound,
                   fmt::format("there is no version row '{}'; known are {}",
                               oneLine(requirements.versionRow, 80), join(known, ", ")));
}

Result<> checkModelId(const std::string& id)
{
    const auto refuse = [&](std::string_view why) {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("the model id '{}' cannot be served: {}", oneLine(id, 80), why));
    };
    if (trimmed(id).empty())
        return refuse("it is empty; expected an id such as org/name");
    if (!isValidUtf8(id) || id.find('\0') != std::string::npos)
        return refuse("it is not plain UTF-8 text");
    if (id.front() == '-')
        return refuse("the engine would read its leading dash as an option");
    if (id.size() > longestModelId)
        return refuse(
            fmt::format("it has {} bytes, at most {} are accepted", id.size(), longestModelId));
    return {};
}

/** Bytes of the checkpoint's files: of the catalog's model if the candidate's is a variant of it.
 */
Bytes checkpointBytes(const Model& model, const Catalog& catalog)
{
    const auto* stored =
        catalog.findModel(model.id); // also finds by a part of the id, which is not meant here
    if (stored && stored->id != model.id)
        stored = nullptr;
    const auto& architecture = stored ? stored->architecture : model.architecture;
    Bytes total;
    for (std::size_t i = 0; i < parameterGroupCount; ++i)
        total += architecture.weightBytes(static_cast<ParameterGroup>(i));
    if (!stored && model.architecture.quantization.atLoad) {
        const double parameters = static_cast<double>(model.architecture.textParameters());
        total = std::max(total, Bytes(parameters * bytesPerValue(model.architecture.dtype)));
    }
    return total;
}

/** The image of the row; AMD GPUs need the ROCm build, which vLLM publishes under its own name with
 * the same tag. */
std::string imageFor(const Gpu& gpu, const VersionRow& row)
{
    constexpr std::string_view cuda = "vllm/vllm-openai:";
    const auto at = row.vllmImage.find(cuda);
    if (gpu.vendor != GpuVendor::Amd || at == std::string::npos)
        return row.vllmImage;
    return row.vllmImage.substr(0, at)
        + "vllm/vllm-openai-rocm:" + row.vllmImage.substr(at + cuda.size());
}

std::string latencyText(const LatencyEstimate& latency, double percentile)
{
    const bool mean = percentile <= 0;
    const auto& interval = mean ? latency.meanInterval : latency.tailInterval;
    const double value = inMilliseconds(latency.at(percentile));
    const std::string range = interval.stated
        ? fmt::format("90 % interval {} … {} ms", printRounded(value * interval.low),
                      printRounded(value * interval.high))
        : "no interval stated";
    return fmt::format("{} ms {} ({})", printRounded(value),
                       mean ? "mean" : "p" + printRounded(percentile, 4), range);
}

double percentileOf(const std::optional<LatencyTarget>& target)
{
    return target ? target->percentile : 95;
}

std::string hardwareText(const Candidate& candidate)
{
    const auto& split = candidate.topology.disaggregation;
    if (split && split->gpu && split->gpu != candidate.gpu)
        return fmt::format("{} x {} + {} x {} in {}", split->prefill.gpus(), split->gpu->name,
                           candidate.topology.pool.gpus(), candidate.gpu->name,
                           candidate.topology.label());
    return fmt::format("{} x {} in {}", candidate.topology.gpus(), candidate.gpu->name,
                       candidate.topology.label());
}

std::vector<std::pair<std::string, std::string>> summarize(const Option& option,
                                                           const ResolvedNeed& need)
{
    const auto& estimate = option.atPeak;
    const auto& load = need.peakLoad;
    std::vector<std::pair<std::string, std::string>> rows;
    rows.emplace_back("peak load",
                      fmt::format("{} requests/s, {} prompt and {} output tokens on average",
                                  printRounded(load.load.rate.value()),
                                  printRounded(load.prompt.mean, 5),
                                  printRounded(load.output.mean, 5)));
    rows.emplace_back("TTFT", latencyText(estimate.ttft, percentileOf(need.slo.ttft)));
    rows.emplace_back("ITL", latencyText(estimate.itl, percentileOf(need.slo.itl)));
    rows.emplace_back("E2E", latencyText(estimate.e2e, percentileOf(need.slo.e2e)));
    rows.emplace_back("output",
                      fmt::format("{} tokens/s", printRounded(estimate.outputThroughput.value())));
    rows.emplace_back("capacity",
                      fmt::format("{} requests/s per replica within the targets",
                                  printRounded(option.capacityPerReplica.value())));
    rows.emplace_back("hardware", hardwareText(option.candidate));
    if (option.cost > DollarsPerSecond(0))
        rows.emplace_back("cost",
                          fmt::format("${} per hour, ${} per month",
                                      printRounded(inDollarsPerHour(option.cost), 4),
                                      printRounded(inDollarsPerMonth(option.cost), 4)));
    const bool measured = estimate.provenance.label == Provenance::Label::Benchmarked;
    rows.emplace_back("basis",
                      fmt::format("{} ({})", measured ? "Benchmarked" : "Estimated",
                                  oneLine(estimate.provenance.engine, 80)));
    return rows;
}

/** Above the time that the longest possible answer takes. */
Seconds requestTimeout(const Option& option)
{
    const auto& estimate = option.atPeak;
    const double longest =
        estimate.ttft.p99.value() + option.candidate.engine.maxModelLen * estimate.itl.p95.value();
    if (!std::isfinite(longest))
        return longestTimeout;
    const double seconds = std::clamp(longest, shortestTimeout.value(), longestTimeout.value());
    return Seconds(roundedUp(seconds, 60));
}

/** Scorers of one group with llm-d's weights; the prefix cache counts most where there is one. */
std::vector<RouterScorer> scorersOf(const ServerPlan& server, const VersionRow& row)
{
    std::vector<RouterScorer> scorers;
    if (server.engine.prefixCaching)
        scorers.push_back({ "prefix-cache-scorer", 3 });
    // Its producer of in-flight counts is of router 0.10.
    if (server.role == ServerRole::Decode && row.routerSince({ 0, 10, 0 }))
        scorers.push_back({ "active-request-scorer", 2 });
    else
        scorers.push_back({ "queue-scorer", 2 });
    if (server.role == ServerRole::Both)
        scorers.push_back({ "kv-cache-utilization-scorer", 2 });
    // Where an adapter is on a GPU already nobody has to wait for a slot or for its load.
    if (server.engine.lora && server.engine.lora->adapters > 1)
        scorers.push_back({ "lora-affinity-scorer", 2 });
    return scorers;
}

void planRouter(DeploymentPlan& plan, const ResolvedNeed& need)
{
    plan.scorers = scorersOf(plan, *plan.versions);
    if (plan.prefill)
        plan.prefill->scorers = scorersOf(*plan.prefill, *plan.versions);
    // llm-d's sizing rule: up to one core per request/s with prompts of 100k tokens.
    const double cores = need.peakLoad.load.rate.value() * need.peakLoad.prompt.mean / 1e5;
    plan.eppCpu =
        std::isfinite(cores) ? static_cast<int>(std::clamp(std::ceil(cores), 2.0, 64.0)) : 2;
    plan.eppCpuWhy = "1 core per request/s at 100 000 prompt tokens, at least 2";
}

void addWarnings(DeploymentPlan& plan, const Option& option)
{
    if (plan.versions->vllm != plan.engine.version)
        plan.warnings.push_back(fmt::format(
            "The figures were predicted for vLLM {}, the image runs vLLM {}: plan again "
            "with the version row that you deploy.",
            toString(plan.engine.version), toString(plan.versions->vllm)));
    if (plan.gpuLabelKey.empty())
        plan.warnings.push_back(fmt::format(
            "The node label of {} is not known: on a cluster with several GPU types add "
            "a node affinity.",
            plan.gpu->name));
    if (plan.shutdown.drain == 0)
        plan.warnings.push_back(
            "This vLLM version has no --shutdown-timeout: requests that run longer than the delay "
            "before the stop are cut off when a pod ends.");
    for (const auto& finding : disaggregationFindings(option.candidate))
        plan.warnings.push_back(oneLine(finding.sentence));
    if (const auto& split = plan.topology.disaggregation;
        split && split->transfer.path == TransferPath::ScaleUp)
        plan.warnings.push_back("KV caches travel over NVLink only between pods that see each "
                                "other's GPUs, which most device plugins prevent; "
                                "NIXL then takes RDMA or TCP without saying so.");
    if (!option.meetsTargets)
        plan.warnings.push_back("This configuration does not meet all targets of the need.");
    if (option.atPeak.saturated)
        plan.warnings.push_back(
            "At the peak rate this configuration is saturated: latencies grow without bound.");
    for (const auto& text : plan.model->architecture.approximations)
        plan.warnings.push_back("Approximated architecture: " + oneLine(text));
    for (const auto& text : option.atPeak.provenance.caveats)
        plan.warnings.push_back(oneLine(text));
}

/** What is missing on the fullest GPU in the version that is deployed, and what would help; empty if it fits. */
std::string memoryObstacle(const Candidate& candidate, const Catalog& catalog,
                           const VersionRow& row)
{
    const auto ledger = memoryLedger(candidate, catalog.engineVersion(row.vllm));
    if (!ledger)
        return ledger.error().detail;
    if (ledger->fits)
        return {};
    return fmt::format("{} {} on {} is short of {} GiB per GPU with vLLM {}. {}",
                       candidate.model->id, candidate.topology.pool.parallelism.label(),
                       candidate.gpu->name, printRounded(inGibibytes(ledger->shortfall), 3),
                       toString(row.vllm), ledger->remedy);
}

/** Every kind of server as a configuration of its own, the answering one last. */
std::vector<Candidate> rolesOf(const Candidate& candidate)
{
    if (!candidate.topology.disaggregation)
        return { candidate };
    return { prefillRole(candidate), decodeRole(candidate) };
}

/** What the writers know of handing KV caches over. */
Result<> checkSplit(const Candidate& candidate)
{
    const auto& split = candidate.topology.disaggregation;
    if (!split)
        return {};
    if (split->transfer.path == TransferPath::SharedStorage)
        return failure(ErrorCode::Unsupported,
                       "manifests hand KV caches over with NIXL, not by way of shared storage; "
                       "choose RDMA, NVLink or TCP");
    if (candidate.engine.offload.any() || split->engine.offload.any())
        return failure(ErrorCode::Unsupported,
                       "KV caches that are handed over and kept outside the GPU at once need a "
                       "combined connector, which is "
                       "not written; drop the offloading");
    if (split->gpu && split->gpu->vendor != candidate.gpu->vendor)
        return failure(
            ErrorCode::Unsupported,
            fmt::format("{} and {} need different engine images, between which KV caches "
                        "cannot travel; choose GPUs of one vendor",
                        split->gpu->name, candidate.gpu->name));
    return checkDisaggregation(candidate);
}

void planServerGroups(DeploymentPlan& plan, const Option& option, const ResolvedNeed& need,
                      const Requirements& requirements)
{
    const auto& candidate = option.candidate;
    const bool split = candidate.topology.disaggregation.has_value();
    const auto planGroup = [&](ServerRole role, const Candidate& servers) {
        return planServers(
            { role, servers, option, need, requirements, *plan.versions, plan.checkpointSize });
    };
    if (split)
        plan.prefill = planGroup(ServerRole::Prefill, prefillRole(candidate));
    static_cast<ServerPlan&>(plan) =
        planGroup(split ? ServerRole::Decode : ServerRole::Both, decodeRole(candidate));
}

DeploymentPlan assemble(const Option& option, const ResolvedNeed& need,
                        const Requirements& requirements, const Catalog& catalog,
                        const VersionRow& row)
{
    const auto& candidate = option.candidate;
    DeploymentPlan plan;
    plan.name = kubernetesName(candidate.model->id);
    plan.title = requirements.title;
    plan.requirements = requirements;
    plan.modelLabel = labelValue(candidate.model->id);
    plan.servedName = candidate.model->id;
    plan.model = candidate.model;
    plan.topology = candidate.topology;
    plan.versions = &row;
    plan.checkpointSize = checkpointBytes(*candidate.model, catalog);
    planServerGroups(plan, option, need, requirements);
    plan.engineImage = imageFor(*candidate.gpu, row);
    plan.load = { need.peakLoad.load.rate, need.peakLoad.prompt, need.peakLoad.output };
    planRouter(plan, need);
    plan.requestTimeout = requestTimeout(option);
    for (const auto& role : rolesOf(candidate)) {
        if (plan.unfit.empty())
            plan.unfit = memoryObstacle(role, catalog, row);
    }
    plan.summary = summarize(option, need);
    addWarnings(plan, option);
    return plan;
}

} // namespace

std::string_view toString(ServerRole role)
{
    switch (role) {
    case ServerRole::Both:
        return "both";
    case ServerRole::Prefill:
        return "prefill";
    case ServerRole::Decode:
        return "decode";
    }
    return "both";
}

std::vector<const ServerPlan*> DeploymentPlan::servers() const
{
    if (prefill)
        return { &*prefill, this };
    return { this };
}

Result<DeploymentPlan> planDeployment(const Option& option, const ResolvedNeed& need,
                                      const Requirements& requirements, const Catalog& catalog)
{
    const auto& candidate = option.candidate;
    if (!candidate.model || !candidate.gpu)
        return failure(ErrorCode::InvalidArgument,
                       "the configuration has no model or no GPU; choose one from a search");
    if (auto checked = checkModelId(candidate.model->id); !checked)
        return tl::unexpected(checked.error());
    const auto row = chooseVersions(requirements, catalog);
    if (!row)
        return tl::unexpected(row.error());
    for (const auto& role : rolesOf(candidate)) {
        if (auto checked = checkServers(role, requirements, (*row)->vllm); !checked)
            return tl::unexpected(checked.error());
        if (const auto obstacle = engineArgumentObstacle(role, (*row)->vllm); !obstacle.empty())
            return failure(ErrorCode::Unsupported, obstacle);
    }
    if (auto checked = checkSplit(candidate); !checked)
        return tl::unexpected(checked.error());
    return assemble(option, need, requirements, catalog, **row);
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "acceptance.h"

#include "validation.h"

#include <core/base/text.h>
#include <core/benchmarks/record.h>
#include <core/benchmarks/sha256.h>
#include <core/benchmarks/store.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace llmd {

namespace {

std::string isoTime(double seconds)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

tl::unexpected<Error> unacceptable(std::string why)
{
    return failure(ErrorCode::Unsupported,
                   "the observation cannot become a benchmark: " + std::move(why));
}

MeasuredMetric measured(const ObservedLatency& latency, const char* definition)
{
    MeasuredMetric metric;
    metric.definition = definition;
    const auto set = [&metric](Statistic statistic, const std::optional<ObservedFigure>& figure) {
        if (figure)
            metric.values.set(statistic, figure->value);
    };
    set(Statistic::Mean, latency.mean);
    set(Statistic::P50, latency.p50);
    set(Statistic::P90, latency.p90);
    set(Statistic::P95, latency.p95);
    set(Statistic::P99, latency.p99);
    return metric;
}

MeasuredMetric length(const ObservedFigure& mean, const std::optional<double>& variation)
{
    MeasuredMetric metric;
    metric.values.set(Statistic::Mean, mean.value);
    if (variation)
        metric.values.set(Statistic::StdDev, mean.value * *variation);
    return metric;
}

ServedEngine engineOf(const char* role, const Candidate& candidate)
{
    const EngineSettings& settings = candidate.engine;
    ServedEngine engine;
    engine.role = role;
    engine.replicas = candidate.topology.pool.replicas;
    engine.name = "vllm";
    engine.version = toString(settings.version);
    engine.model = candidate.model->id;
    engine.gpu = candidate.gpu->name;
    engine.parallelism = candidate.topology.pool.parallelism;
    engine.gpusPerWorker = engine.parallelism.gpus();
    engine.args = { { "max-model-len", std::to_string(settings.maxModelLen) },
                    { "max-num-seqs", std::to_string(settings.maxNumSeqs) },
                    { "max-num-batched-tokens", std::to_string(settings.maxNumBatchedTokens) },
                    { "block-size", std::to_string(settings.blockSize) },
                    { "gpu-memory-utilization", printNumber(settings.gpuMemoryUtilization) } };
    if (!settings.prefixCaching)
        engine.args["no-enable-prefix-caching"] = "";
    if (settings.enforceEager)
        engine.args["enforce-eager"] = "";
    if (settings.keyValueCache)
        engine.args["kv-cache-dtype"] = std::string(toString(*settings.keyValueCache));
    return engine;
}

Result<> checkAcceptable(const ObservedPlan& plan, const Observation& observation)
{
    if (!observation.live)
        return unacceptable("it is a benchmark already");
    if (observation.requests < fewestAcceptedRequests)
        return unacceptable(fmt::format("{:.0f} requests ended in the window and {:.0f} are "
                                        "needed; watch longer or choose a longer window",
                                        observation.requests, fewestAcceptedRequests));
    if (!observation.rate || !observation.ttft.mean || !observation.itl.mean)
        return unacceptable("rate, TTFT or ITL is missing");
    if (!observation.promptTokens || !observation.outputTokens)
        return unacceptable("the lengths of prompts and outputs are missing");
    Candidate running = plan.candidate;
    const auto differences = configurationDifferences(plan, observation, running);
    if (!differences.empty())
        return unacceptable(fmt::format("what runs is not what was planned ({} is {} instead of "
                                        "{}); export a plan of what runs, or correct the servers",
                                        differences.front().setting, differences.front().observed,
                                        differences.front().planned));
    if (observation.servers > 0 && !observation.allServers
        && observation.servers < plan.candidate.topology.pool.replicas)
        return unacceptable(fmt::format("{} of {} servers are read; give the addresses of all",
                                        observation.servers,
                                        plan.candidate.topology.pool.replicas));
    return {};
}

void setTraffic(BenchmarkRecord& record, const Observation& observation)
{
    record.load.rate = RequestsPerSecond(observation.rate->value);
    record.load.nominalInput = Tokens(observation.promptTokens->value);
    record.load.nominalOutput = Tokens(observation.outputTokens->value);
    record.load.lengths = "other";
    record.load.source = "unknown";
    // Records have the generator's burstiness, the shape of a gamma distribution: the inverse of the squared variation.
    if (observation.burstiness)
        record.load.burstiness = 1 / *observation.burstiness;
    if (observation.prefixHitShare && *observation.prefixHitShare > 0)
        record.load.prefix = Tokens(*observation.prefixHitShare * observation.promptTokens->value);
    record.requestRate = record.load.rate;
    record.total = std::llround(observation.requests);
    record.failures = 0;
    if (observation.outputRate) {
        record.outputRate = TokensPerSecond(observation.outputRate->value);
        record.inputRate =
            TokensPerSecond(observation.rate->value * observation.promptTokens->value);
        record.totalRate = *record.outputRate + *record.inputRate;
    }
}

} // namespace

Result<BenchmarkRecord> acceptedRecord(const ObservedPlan& plan, const Observation& observation)
{
    if (auto good = checkAcceptable(plan, observation); !good)
        return tl::unexpected(good.error());
    const Candidate& candidate = plan.candidate;
    BenchmarkRecord record;
    record.tool = "llmd monitor";
    record.description = "observed in operation: " + plan.requirements.title;
    record.start = isoTime(observation.window.from);
    record.runUid = record.start + " " + observation.source;
    record.duration = Seconds(observation.window.length());
    record.model = candidate.model->id;
    record.precision = candidate.model->architecture.quantization.method;
    record.gpu = candidate.gpu->name;
    record.gpus = candidate.topology.gpus();
    record.disaggregated = candidate.topology.disaggregation.has_value();
    if (const auto& split = candidate.topology.disaggregation) {
        record.engines.push_back(engineOf("prefill", prefillRole(candidate)));
        record.engines.back().replicas = split->prefill.replicas;
        record.engines.push_back(engineOf("decode", decodeRole(candidate)));
    } else {
        record.engines.push_back(engineOf("replica", candidate));
    }
    record.engineVersions = { toString(candidate.engine.version) };
    setTraffic(record, observation);
    record.metrics[Metric::InputLength] =
        length(*observation.promptTokens, observation.promptVariation);
    record.metrics[Metric::OutputLength] =
        length(*observation.outputTokens, observation.outputVariation);
    record.metrics[Metric::Ttft] = measured(observation.ttft, "vllm:time_to_first_token_seconds");
    record.metrics[Metric::Itl] = measured(observation.itl, "vllm:inter_token_latency_seconds");
    // The mean is that of requests as well, but for how long and short outputs weigh.
    MeasuredMetric tpot;
    tpot.values.set(Statistic::Mean, observation.itl.mean->value);
    tpot.definition = "vllm:inter_token_latency_seconds";
    tpot.derived = true;
    record.metrics[Metric::Tpot] = tpot;
    if (observation.e2e.mean)
        record.metrics[Metric::E2e] = measured(observation.e2e, "vllm:e2e_request_latency_seconds");
    record.notes.push_back("Provenance: observed. Accepted from live metrics of a running "
                           "deployment, not measured by a load generator.");
    if (observation.configuration.versions.empty()) {
        record.notes.push_back("The servers did not state their version; it is that of the plan.");
        record.origins["engine_version"] = Origin::ByHand;
    }
    record.notes.push_back("Settings are those of the plan as far as the servers do not state "
                           "them; percentiles are interpolated in the buckets of histograms.");
    return record;
}

Result<SavedReport> acceptObservation(const ObservedPlan& plan, const Observation& observation,
                                      BenchmarkStore& store)
{
    auto record = acceptedRecord(plan, observation);
    if (!record)
        return tl::unexpected(record.error());
    nlohmann::ordered_json json { { "kind", "llm-d-observation" }, { "format", 1 } };
    json["observation"] = toJson(observation);
    const std::string text =
        json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    ReportFile file;
    file.name = fmt::format("observed-{}.json", record->start);
    file.folder = "observed";
    file.content = text;
    file.document.format = "llm-d-observation";
    file.document.formatVersion = "1";
    file.document.contentHash = sha256Hex(text);
    file.document.records.push_back(std::move(*record));
    return store.save(file);
}

Result<std::int64_t> acceptObservation(const ObservedPlan& plan, const Observation& observation,
                                       const std::filesystem::path& store)
{
    auto opened = BenchmarkStore::open(store);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto saved = acceptObservation(plan, observation, *opened);
    if (!saved)
        return tl::unexpected(saved.error());
    return saved->recordIds.empty() ? std::int64_t { 0 } : saved->recordIds.front();
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "measureddeployment.h"

#include "measuredmodel.h"

#include <core/base/text.h>
#include <core/benchmarks/match.h>
#include <core/candidate/enginedefaults.h>

#include <algorithm>

namespace llmd {

namespace {

const std::string* argument(const ServedEngine& engine, const std::string& name)
{
    const auto it = engine.args.find(name);
    return it == engine.args.end() ? nullptr : &it->second;
}

EngineSettings settingsOf(const ServedEngine& engine, EngineSettings settings)
{
    const auto whole = [&engine](const char* name, int& field) {
        if (const auto* text = argument(engine, name)) {
            if (const auto value = parseCount(*text); value && *value >= 1 && *value <= 1e9)
                field = static_cast<int>(*value);
        }
    };
    whole("max-model-len", settings.maxModelLen);
    whole("max-num-seqs", settings.maxNumSeqs);
    whole("max-num-batched-tokens", settings.maxNumBatchedTokens);
    whole("block-size", settings.blockSize);
    if (const auto* text = argument(engine, "gpu-memory-utilization")) {
        if (const auto value = parseNumber(*text); value && *value > 0.01 && *value <= 1)
            settings.gpuMemoryUtilization = *value;
    }
    if (const auto* text = argument(engine, "kv-cache-dtype"); text && *text != "auto")
        settings.keyValueCache = parsePrecision(*text);
    settings.prefixCaching = !argument(engine, "no-enable-prefix-caching");
    settings.enforceEager = argument(engine, "enforce-eager") != nullptr;
    return settings;
}

Result<LengthDistribution> lengthOf(const BenchmarkRecord& record, Metric metric,
                                    const std::optional<Tokens>& nominal, const char* what)
{
    auto mean = record.mean(metric);
    if (!mean && nominal)
        mean = nominal->value();
    if (!mean || !(*mean >= 1))
        return failure(ErrorCode::MissingField, std::string(what) + " are not known");
    LengthDistribution length { LengthDistribution::Shape::Constant, *mean, 0 };
    const auto* values = record.metric(metric);
    const auto deviation = values ? (*values)[Statistic::StdDev] : std::nullopt;
    if (deviation && *deviation > 0.02 * *mean)
        length = { LengthDistribution::Shape::LogNormal, *mean, std::min(5.0, *deviation / *mean) };
    return length;
}

Result<Workload> workloadOf(const BenchmarkRecord& record)
{
    Workload workload;
    auto prompt = lengthOf(record, Metric::InputLength, record.load.nominalInput, "prompt lengths");
    auto output =
        lengthOf(record, Metric::OutputLength, record.load.nominalOutput, "output lengths");
    if (!prompt || !output)
        return tl::unexpected((prompt ? output : prompt).error());
    workload.prompt = *prompt;
    workload.output = *output;
    if (record.load.rate && record.load.rate->value() > 0)
        workload.load = Load::open(*record.load.rate);
    else if (record.load.concurrency && *record.load.concurrency > 0)
        workload.load = Load::closed(*record.load.concurrency);
    else
        return failure(ErrorCode::MissingField, "neither a rate nor a concurrency is known");
    if (record.load.prefix && record.load.prefix->value() > 0) {
        workload.prefix.sharedTokens = std::min(record.load.prefix->value(), prompt->mean);
        workload.prefix.groups = std::max(1, record.load.prefixGroups.value_or(1));
    }
    if (record.load.burstiness && *record.load.burstiness > 0)
        workload.burstiness = 1 / *record.load.burstiness;
    return workload;
}

Result<SemanticVersion> versionOf(const BenchmarkRecord& record)
{
    if (record.engineVersions.size() != 1 || record.engineVersions.front() == "unknown")
        return failure(ErrorCode::MissingField,
                       "the version of the engine is not known; add it with: llmd benchmark "
                       "annotate ID --engine-version");
    const auto version = parseVersion(record.engineVersions.front());
    if (!version)
        return failure(ErrorCode::Unsupported,
                       "'" + record.engineVersions.front() + "' is no release of vLLM");
    return *version;
}

Result<Topology> topologyOf(const BenchmarkRecord& record)
{
    if (record.disaggregated.value_or(false))
        return failure(ErrorCode::Unsupported, "prefill and decode run apart");
    if (record.engines.empty())
        return failure(ErrorCode::MissingField, "the deployment is not described");
    Pool pool { record.engines.front().parallelism, 0 };
    for (const auto& engine : record.engines) {
        if (!engine.name.empty() && engine.name != "vllm")
            return failure(ErrorCode::Unsupported, "it ran " + engine.name + ", not vLLM");
        if (engine.parallelism != pool.parallelism)
            return failure(ErrorCode::Unsupported, "its servers have different layouts");
        pool.replicas += engine.replicas;
    }
    const auto gpus = record.gpusOf("replica");
    if (!gpus && !record.gpus)
        return failure(ErrorCode::MissingField, "the number of GPUs is not known");
    if (gpus.value_or(record.gpus.value_or(0)) != pool.gpus())
        return failure(ErrorCode::Unsupported, "its layout does not fit its number of GPUs");
    return Topology { pool, {} };
}

} // namespace

Result<MeasuredDeployment> measuredDeployment(const BenchmarkRecord& record, const Catalog& catalog)
{
    if (record.level.starts_with("summary"))
        return failure(ErrorCode::Unsupported, "it mixes stages of different load");
    if (record.successRate().value_or(1) < 0.99)
        return failure(ErrorCode::Unsupported, "more than 1 % of its requests failed");
    for (const auto& engine : record.engines) {
        for (const char* name : { "speculative-config", "speculative-model",
                                  "num-speculative-tokens", "enable-lora", "cpu-offload-gb" }) {
            if (argument(engine, name))
                return failure(ErrorCode::Unsupported,
                               std::string("it ran with --") + name
                                   + ", whose effect cannot be told from that of the steps");
        }
    }
    const Gpu* gpu = record.gpu.empty() ? nullptr : catalog.findGpu(record.gpu);
    if (gpu == nullptr)
        return failure(ErrorCode::MissingField,
                       record.gpu.empty() ? "the GPU is not known"
                                          : "the catalog has no GPU '" + record.gpu + "'");
    const auto topology = topologyOf(record);
    const auto version = versionOf(record);
    auto workload = workloadOf(record);
    if (!topology || !version || !workload)
        return tl::unexpected(!topology      ? topology.error()
                                  : !version ? version.error()
                                             : workload.error());
    const auto precision = measuredPrecision(record, catalog);
    if (precision.empty())
        return failure(ErrorCode::MissingField, "the precision of the weights is not known");
    const auto model =
        measuredModel(catalog, record.model, precision == "16 bit" ? "bf16" : precision, *gpu);
    if (!model)
        return tl::unexpected(model.error());
    EngineSettings settings = settingsOf(
        record.engines.front(),
        defaultEngineSettings(*model->model, *gpu, catalog.engineVersion(*version), *version));
    return MeasuredDeployment { model->variant,
                                { model->model, gpu, *topology, settings },
                                std::move(*workload) };
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/benchmarks/match.h>
#include <core/benchmarks/store.h>
#include <core/candidate/enginedefaults.h>
#include <core/performance/engine.h>

#include <memory>
#include <string>

/** Plans of the shipped catalog and measurements of exactly them. */
namespace llmd::testing {

inline std::shared_ptr<const Catalog> shippedCatalog()
{
    static const auto catalog = loadCatalog().value().value;
    return catalog;
}

/** As `vllm serve MODEL --tensor-parallel-size N` would run it. */
inline Candidate servedCandidate(const std::string& model = "Qwen/Qwen3-14B",
                                 const std::string& gpu = "h100_sxm", int tensorParallel = 1)
{
    const auto& catalog = *shippedCatalog();
    Candidate candidate;
    candidate.model = catalog.findModel(model);
    candidate.gpu = catalog.findGpu(gpu);
    candidate.topology.pool.parallelism.tensor = tensorParallel;
    const SemanticVersion version { 0, 19, 0 };
    candidate.engine = defaultEngineSettings(*candidate.model, *candidate.gpu,
                                             catalog.engineVersion(version), version);
    candidate.engine.maxModelLen = 8192;
    return candidate;
}

inline Workload servedWorkload(const Load& load, double prompt = 1000, double output = 300)
{
    Workload workload;
    workload.load = load;
    workload.prompt = { LengthDistribution::Shape::Constant, prompt, 0 };
    workload.output = { LengthDistribution::Shape::Constant, output, 0 };
    return workload;
}

/** What a load generator would report of it; latencies in seconds. */
inline BenchmarkRecord measuredRecord(const Candidate& candidate, const Workload& workload,
                                      double ttft, double tpot)
{
    BenchmarkRecord record;
    record.tool = "inference-perf";
    record.model = candidate.model->id;
    record.precision = candidate.model->architecture.quantization.label();
    record.gpu = candidate.gpu->name;
    record.gpus = candidate.topology.gpus();
    record.disaggregated = false;
    ServedEngine engine;
    engine.name = "vllm";
    engine.version = toString(candidate.engine.version);
    engine.parallelism = candidate.topology.pool.parallelism;
    engine.replicas = candidate.topology.pool.replicas;
    engine.gpusPerWorker = engine.parallelism.gpus();
    engine.args["max-num-seqs"] = std::to_string(candidate.engine.maxNumSeqs);
    engine.args["max-num-batched-tokens"] = std::to_string(candidate.engine.maxNumBatchedTokens);
    record.engines.push_back(engine);
    record.engineVersions = { engine.version };
    if (workload.load.kind == Load::Kind::OpenLoop)
        record.load.rate = workload.load.rate;
    else
        record.load.concurrency = static_cast<int>(workload.load.concurrency);
    const auto set = [&record](Metric metric, double mean, double p99) {
        Distribution values;
        values.set(Statistic::Mean, mean);
        if (p99 > 0)
            values.set(Statistic::P99, p99);
        record.metrics[metric] = { values, "test", false };
    };
    set(Metric::InputLength, workload.prompt.mean, 0);
    set(Metric::OutputLength, workload.output.mean, 0);
    set(Metric::Ttft, ttft, ttft * 3);
    set(Metric::Tpot, tpot, tpot * 1.5);
    record.total = 1000;
    record.failures = 0;
    return record;
}

/** Stores a record as if it had been read from a report; equal `name`s are one file. */
inline Result<SavedReport> saveRecord(BenchmarkStore& store, const BenchmarkRecord& record,
                                      const std::string& name, const std::string& folder = "run")
{
    ReportFile file { name, folder, name, {}, {} };
    file.document.format = "benchmark-report";
    file.document.formatVersion = "0.2";
    file.document.contentHash = folder + "/" + name;
    file.document.records = { record };
    return store.save(file);
}

} // namespace llmd::testing

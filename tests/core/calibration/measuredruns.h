// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/catalog/catalog.h>
#include <core/performance/engine.h>

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

/** Files of "measurements" that an engine has made, so that tests know what is behind them. */
namespace llmd::testing {

struct MeasuredRun
{
    std::string model;
    std::string gpu = "h100_sxm";
    int tensor = 1;
    double slower = 1; ///< factor on what the engine says
};

inline const std::vector<MeasuredRun>& sampleRuns()
{
    static const std::vector<MeasuredRun> runs {
        { "Qwen/Qwen3-14B" },
        { "meta-llama/Llama-3.1-8B-Instruct" },
        { "Qwen/Qwen3-32B", "h100_sxm", 2 },
        { "Qwen/Qwen3-14B", "a100_80_sxm", 2 },
        { "Qwen/Qwen3-8B", "l40s" },
        { "meta-llama/Llama-3.1-8B-Instruct", "a100_80_sxm" },
    };
    return runs;
}

/** The latency file of such runs, two stages each. Empty if the engine cannot predict one. */
inline std::string latencyFile(const std::vector<MeasuredRun>& runs, const Catalog& catalog,
                               const Engine& engine)
{
    std::string experiments;
    RunContext context;
    for (const auto& run : runs) {
        std::string stages;
        std::string measured;
        Candidate candidate;
        candidate.model = catalog.findModel(run.model);
        candidate.gpu = catalog.findGpu(run.gpu);
        candidate.topology.pool.parallelism.tensor = run.tensor;
        candidate.engine.version = { 0, 15, 1 };
        candidate.engine.maxModelLen = 4096;
        candidate.engine.maxNumSeqs = 128;
        candidate.engine.maxNumBatchedTokens = 2048;
        for (int i = 0; i < 2; ++i) {
            Workload workload;
            workload.prompt.mean = 600;
            workload.output.mean = 250;
            workload.load = Load::closed(i == 0 ? 2 : 24);
            workload.duration = Seconds(600);
            workload.coldStart = i == 0;
            const auto estimate = engine.estimate(candidate, workload, context);
            if (!estimate)
                return {};
            const char* comma = i == 0 ? "" : ", ";
            stages += fmt::format("{}{{\"concurrency\": {}, \"duration_s\": 600}}", comma,
                                  i == 0 ? 2 : 24);
            measured += fmt::format("{}\"stage_{}\": {{\"e2e_mean_ms\": {}, \"ttft_mean_ms\": {}, "
                                    "\"itl_mean_ms\": {}}}",
                                    comma, i, 1e3 * run.slower * estimate->e2e.mean.value(),
                                    1e3 * run.slower * estimate->ttft.mean.value(),
                                    1e3 * run.slower * estimate->itl.mean.value());
        }
        experiments += fmt::format(
            R"({}{{"id": "{}-{}-tp{}", "model": "{}", "gpu": "{}", "tensor_parallel": {},
 "vllm": {{"version": "0.15.1", "max_model_len": 4096, "max_num_seqs": 128, "max_num_batched_tokens": 2048}},
 "measured": {{{}}},
 "workload": {{"prompt_tokens_mean": 600, "output_tokens": 250, "stages": [{}]}}}})",
            experiments.empty() ? "" : ",\n", run.model, run.gpu, run.tensor, run.model, run.gpu,
            run.tensor, measured, stages);
    }
    return "{\"experiments\": [\n" + experiments + "\n]}\n";
}

} // namespace llmd::testing

// SPDX-License-Identifier: Apache-2.0
#include "remedy.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace llmd {

namespace {

/** Most that we advise: the rest of the card is needed by the driver and by memory that fragments. */
constexpr double highestUtilization = 0.95;
constexpr double lowestUtilization = 0.5;
/** Contexts below this are no use to anybody. */
constexpr int shortestContext = 1024;

bool fits(const Candidate& candidate, const EngineVersionProfile& profile)
{
    return memoryFigures(candidate, profile).fits;
}

std::optional<std::string> otherUtilization(Candidate candidate,
                                            const EngineVersionProfile& profile)
{
    const double now = candidate.engine.gpuMemoryUtilization;
    for (int step = 1; step <= 45; ++step) {
        for (const double sign : { 1.0, -1.0 }) {
            const double tried = std::round((now + sign * step * 0.01) * 100) / 100;
            if (tried > highestUtilization || tried < lowestUtilization)
                continue;
            candidate.engine.gpuMemoryUtilization = tried;
            if (fits(candidate, profile))
                return fmt::format("{} gpu_memory_utilization from {} to {:.2f}",
                                   sign > 0 ? "raise" : "lower", printRounded(now, 4), tried);
        }
    }
    return std::nullopt;
}

std::optional<std::string> shorterContext(Candidate candidate, const EngineVersionProfile& profile)
{
    const int now = candidate.engine.maxModelLen;
    const int block = std::max(1, candidate.engine.blockSize);
    int good = 0;
    int bad = now;
    // Shorter contexts need less in every layout, so halving the interval finds the longest that fits.
    candidate.engine.maxModelLen = shortestContext;
    if (now <= shortestContext || !fits(candidate, profile))
        return std::nullopt;
    for (good = shortestContext; bad - good > block;) {
        candidate.engine.maxModelLen = good + (bad - good) / 2;
        (fits(candidate, profile) ? good : bad) = candidate.engine.maxModelLen;
    }
    return fmt::format("lower max_model_len from {} to {}", now, good / block * block);
}

std::optional<std::string> smallerBatch(Candidate candidate, const EngineVersionProfile& profile)
{
    const EngineSettings now = candidate.engine;
    while (candidate.engine.maxNumSeqs > 32 || candidate.engine.maxNumBatchedTokens > 2048) {
        candidate.engine.maxNumSeqs =
            std::min(now.maxNumSeqs, std::max(32, candidate.engine.maxNumSeqs / 2));
        candidate.engine.maxNumBatchedTokens = std::min(
            now.maxNumBatchedTokens, std::max(2048, candidate.engine.maxNumBatchedTokens / 2));
        if (fits(candidate, profile))
            return fmt::format(
                "lower max_num_seqs from {} to {} and max_num_batched_tokens from {} to {}",
                now.maxNumSeqs, candidate.engine.maxNumSeqs, now.maxNumBatchedTokens,
                candidate.engine.maxNumBatchedTokens);
    }
    return std::nullopt;
}

std::optional<std::string> smallerCache(Candidate candidate, const EngineVersionProfile& profile)
{
    const Precision now =
        candidate.engine.keyValueCache.value_or(candidate.model->architecture.dtype);
    if (bitsPerValue(now) <= 8)
        return std::nullopt;
    candidate.engine.keyValueCache = Precision::Fp8;
    if (!fits(candidate, profile))
        return std::nullopt;
    return "keep the KV cache in FP8 (kv_cache_dtype fp8)";
}

std::optional<std::string> moreGpus(Candidate candidate, const EngineVersionProfile& profile)
{
    Parallelism& parallelism = candidate.topology.pool.parallelism;
    const Parallelism now = parallelism;
    const ModelArchitecture& architecture = candidate.model->architecture;
    for (int tensor = now.tensor * 2;
         tensor <= std::max(candidate.gpu->gpusPerNode, candidate.gpu->scaleUpDomain)
         && tensor <= 16;
         tensor *= 2) {
        parallelism.tensor = tensor;
        if (!tensorParallelObstacle(architecture, tensor, parallelism.expert).empty())
            continue;
        if (fits(candidate, profile))
            return fmt::format("use {} in place of {}", parallelism.label(), now.label());
    }
    parallelism = now;
    for (int pipeline = now.pipeline * 2; pipeline <= std::min(16, architecture.layers());
         pipeline *= 2) {
        parallelism.pipeline = pipeline;
        if (fits(candidate, profile))
            return fmt::format("use {} in place of {}", parallelism.label(), now.label());
    }
    return std::nullopt;
}

} // namespace

std::string memoryRemedy(const Candidate& candidate, const EngineVersionProfile& profile,
                         const MemoryLedger& ledger)
{
    std::vector<std::string> changes;
    for (const auto& change :
         { otherUtilization, shorterContext, smallerCache, smallerBatch, moreGpus }) {
        if (auto text = change(candidate, profile))
            changes.push_back(std::move(*text));
        if (changes.size() == 2)
            break;
    }
    std::string sentence =
        fmt::format("{:.2f} GiB per GPU are missing", inGibibytes(ledger.shortfall));
    if (!changes.empty())
        return sentence + ": " + join(changes, ", or ");
    // The budget has to grow by what is missing; the share of the card stays the same.
    const Bytes needed = ledger.usable + ledger.shortfall / candidate.engine.gpuMemoryUtilization;
    return sentence
        + fmt::format(": no setting or number of GPUs in one node helps; a GPU with {:.0f} GiB of "
                      "usable memory would",
                      std::ceil(inGibibytes(needed)));
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "enginechecks.h"

#include <core/base/text.h>
#include <core/candidate/draft.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

tl::unexpected<Error> badWorkload(const std::string& field, double value,
                                  const std::string& expected)
{
    return failure(ErrorCode::InvalidArgument,
                   "workload." + field + ": found " + printNumber(value) + ", expected "
                       + expected);
}

Result<> checkLengths(const LengthDistribution& lengths, const std::string& name)
{
    if (!std::isfinite(lengths.mean) || lengths.mean < 1 || lengths.mean > 1e8)
        return badWorkload(name + ".mean", lengths.mean, "a number of tokens from 1 to 1e8");
    if (!std::isfinite(lengths.variation) || lengths.variation < 0 || lengths.variation > 10)
        return badWorkload(name + ".variation", lengths.variation, "a number from 0 to 10");
    if (lengths.shape == LengthDistribution::Shape::Uniform && lengths.variation > 1)
        return badWorkload(name + ".variation", lengths.variation,
                           "at most 1 for a uniform distribution");
    return {};
}

Result<> checkWorkload(const Workload& workload)
{
    if (auto result = checkLengths(workload.prompt, "prompt"); !result)
        return result;
    if (auto result = checkLengths(workload.output, "output"); !result)
        return result;
    const auto& prefix = workload.prefix;
    if (!std::isfinite(prefix.sharedTokens) || prefix.sharedTokens < 0)
        return badWorkload("prefix.shared_tokens", prefix.sharedTokens,
                           "a number of tokens, not negative");
    if (prefix.groups < 1)
        return badWorkload("prefix.groups", prefix.groups, "at least 1");
    if (prefix.uniquePrompts < 0)
        return badWorkload("prefix.unique_prompts", prefix.uniquePrompts, "0 or more");
    if (!std::isfinite(workload.burstiness) || workload.burstiness < 0
        || workload.burstiness > 1000)
        return badWorkload("burstiness", workload.burstiness, "a number from 0 to 1000");
    if (!std::isfinite(workload.duration.value()) || workload.duration.value() < 0)
        return badWorkload("duration", workload.duration.value(), "seconds, not negative");
    return {};
}

} // namespace

Result<> checkCandidate(const Candidate& candidate)
{
    if (!candidate.model || !candidate.gpu)
        return failure(ErrorCode::InvalidArgument, "the candidate needs a model and a GPU");
    const Parallelism& p = candidate.topology.pool.parallelism;
    if (p.tensor < 1 || p.pipeline < 1 || p.data < 1)
        return failure(ErrorCode::InvalidArgument,
                       "parallelism must be at least 1 in each direction");
    if (candidate.model->architecture.layers() < p.pipeline)
        return failure(ErrorCode::InvalidArgument, "more pipeline stages than layers");
    if (candidate.engine.maxNumSeqs < 1 || candidate.engine.maxNumBatchedTokens < 1)
        return failure(ErrorCode::InvalidArgument,
                       "max_num_seqs and max_num_batched_tokens must be at least 1");
    if (candidate.gpu->memoryBandwidth.value() <= 0
        || candidate.gpu->rate(candidate.model->architecture.dtype).value() <= 0) {
        return failure(ErrorCode::Unsupported,
                       candidate.gpu->name
                           + ": the catalog has no memory bandwidth or no 16-bit matrix rate");
    }
    if (std::string obstacle = featureObstacle(candidate); !obstacle.empty())
        return failure(ErrorCode::InvalidArgument, std::move(obstacle));
    return {};
}

Result<MemoryLedger> checkedMemory(const Candidate& candidate, const EngineVersionProfile& profile,
                                   const Workload& shape)
{
    if (candidate.topology.disaggregation)
        return failure(ErrorCode::Unsupported,
                       "disaggregated prefill and decode: this engine describes servers that do "
                       "both; use analytic or simulation");
    if (auto result = checkCandidate(candidate); !result)
        return tl::unexpected(result.error());
    if (auto result = checkWorkload(shape); !result)
        return tl::unexpected(result.error());
    MemoryLedger ledger = memoryFigures(candidate, profile);
    const double context = shape.prompt.mean + shape.output.mean;
    if (!(ledger.kvCacheTokens >= context)) {
        return failure(ErrorCode::Unsupported,
                       candidate.model->id + " on " + candidate.gpu->name + " "
                           + candidate.topology.pool.parallelism.label() + ": the KV pool holds "
                           + printRounded(std::max(0.0, ledger.kvCacheTokens))
                           + " tokens, one request needs " + printRounded(context));
    }
    return ledger;
}

Result<> checkLoad(const Load& load)
{
    const double amount = load.kind == Load::Kind::OpenLoop ? load.rate.value() : load.concurrency;
    if (!std::isfinite(amount) || amount < 0)
        return failure(ErrorCode::InvalidArgument,
                       "the load must be a finite number, not negative");
    return {};
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/units.h>
#include <core/candidate/candidate.h>
#include <core/catalog/engineversion.h>

#include <string>
#include <vector>

namespace llmd {

/** One line of the ledger: how much, and the sentence that derives it. */
struct MemoryTerm
{
    /** "weights", "activation", "non_torch", "cuda_graphs", "kv_cache", "reserve"; "draft", "adapters" where there are any */
    std::string id;
    Bytes bytes;
    std::string
        derivation; ///< "(3.21e9 attention + …) x 2 B / TP 4 = 16.4 GiB"; filled by `memoryLedger` only
};

/** Start-up memory of the fullest GPU of one replica, as vLLM accounts for it. */
struct MemoryLedger
{
    Bytes usable; ///< what the driver reports
    Bytes budget; ///< gpu_memory_utilization x usable
    Bytes weights;
    Bytes draft; ///< weights of what guesses tokens for speculative decoding
    Bytes adapters; ///< buffers for LoRA adapters
    Bytes activation; ///< warm-up peak
    Bytes nonTorch;
    Bytes cudaGraphs; ///< inside or outside the budget, see the version profile
    Bytes kvCache; ///< what is left for the pool; 0 if nothing is
    double kvCacheTokens = 0; ///< per replica, over all its ranks
    BytesPerToken
        kvBytesPerToken; ///< per GPU, for a long context (windowed and recurrent layers are in `kvBytesPerSequence`)
    Bytes
        kvBytesPerSequence; ///< per GPU: windows at their limit and recurrent state of one sequence
    double kvBlocks = 0;
    double maxConcurrency = 0; ///< sequences of max_model_len that the pool holds
    bool fits = false; ///< at least one sequence of max_model_len and the graphs fit
    Bytes shortfall; ///< > 0: missing; < 0: spare
    std::string remedy; ///< smallest change that makes it fit, empty if it does
    std::string versionProfile; ///< name of the profile that was used
    std::vector<MemoryTerm> terms;
};

/**
 * The ledger of a candidate (its replica count plays no role), with derivations. Fails if the parallelism is not legal
 * for the model. Sources of the terms: see memorymodel.cpp.
 */
[[nodiscard]] Result<MemoryLedger> memoryLedger(const Candidate& candidate,
                                                const EngineVersionProfile& profile);

/** The figures alone, for sweeps: no text, no allocation, same numbers. Assumes a legal parallelism. */
[[nodiscard]] MemoryLedger memoryFigures(const Candidate& candidate,
                                         const EngineVersionProfile& profile);

/** KV tokens' bytes on one GPU for a sequence of `tokens`, windows and states included. */
[[nodiscard]] Bytes keyValueBytes(const Candidate& candidate, double tokens);

} // namespace llmd

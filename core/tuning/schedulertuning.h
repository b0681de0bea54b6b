// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "routertuning.h"

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** What one replica's scheduler is told: `--max-num-batched-tokens` and `--max-num-seqs`. */
struct SchedulerSettings
{
    int maxNumBatchedTokens = 8192;
    int maxNumSeqs = 256;

    bool operator==(const SchedulerSettings&) const = default;
};
[[nodiscard]] std::string
toString(const SchedulerSettings& settings); ///< "8192 tokens, 256 sequences"

struct SchedulerTuningProblem
{
    /** Candidate and traffic; the candidate's settings (of its decode servers) are what others are compared with. */
    Scenario scenario;
    RouterObjective objective = RouterObjective::E2eMean;
    std::vector<int>
        maxNumBatchedTokens {}; ///< to try; empty: a quarter to four times the standard
    std::vector<int> maxNumSeqs {}; ///< the same
    int screeningSeeds = 2;
    int finalists = 3;
    int confirmingSeeds = 8;
    double confidence = 0.95; ///< that all intervals hold at once
};

struct SchedulerTrial
{
    SchedulerSettings settings;
    double screened = 0; ///< gain in the screening runs, 0.1 = 10 % better; favours the lucky
    std::optional<ConfidenceInterval> gain; ///< of a finalist, in runs that chose nothing
    RouterFigures figures;
    double preemptions = 0; ///< mean per run
};

struct SchedulerTuning
{
    SchedulerTrial standard;
    std::vector<SchedulerTrial> trials; ///< finalists by gain, then the rest by the screening
    std::vector<std::pair<SchedulerSettings, std::string>> refused; ///< that cannot serve, and why
    std::optional<std::size_t>
        recommended; ///< the finalist with the largest gain whose interval lies above 0
    std::string verdict; ///< one sentence
    std::size_t runs = 0;
    Seconds elapsed;
};

/**
 * Simulates the traffic with every pair of settings under the same requests (equal seeds), and the best few again in runs of
 * their own, compared with the standard pair by pair as in `tuneRouter`. Settings whose memory leaves no room for a KV cache are
 * refused and named.
 *
 * Equal for any number of threads. Reports progress as "scheduler". Fails on a bad scenario and on cancellation.
 */
[[nodiscard]] Result<SchedulerTuning> tuneScheduler(const SchedulerTuningProblem& problem,
                                                    const Catalog& catalog,
                                                    const Coefficients& coefficients,
                                                    RunContext& context);

} // namespace llmd

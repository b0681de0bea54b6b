// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../steptime.h"

#include <cstdint>
#include <vector>

namespace llmd {

/** What one rank computes in a step; of all ranks together, the fullest one's decodes and everybody's prompts. */
struct RankBatch
{
    std::int64_t decodes = 0;
    std::int64_t context = 0; ///< tokens that the decoding sequences attend to, summed
    std::int64_t prefillTokens = 0;
    double prefillPairs = 0; ///< (new token, token it attends to), summed
    std::int64_t prompts = 0; ///< that the prefill tokens belong to

    [[nodiscard]] bool empty() const { return decodes == 0 && prefillTokens == 0; }
};

/**
 * Durations of steps from the step model. Steps that only decode follow a line in the summed context, so that a stretch of
 * them can be added up in closed form; the lines are kept. Not thread-safe: one per run.
 */
class StepTimer
{
public:
    /** `model` must outlive it. */
    StepTimer(const StepModel& model, int dataRanks, int pipelineStages);

    /** Line of the time of a step with this many decoding sequences per rank over their summed context. */
    struct Line
    {
        double base = 0; ///< s
        double slope = 0; ///< s per token of summed context
        double from = 0; ///< summed contexts for which it holds: above, and up to
        double upTo = -1;

        [[nodiscard]] double at(double context) const { return base + slope * context; }
    };
    [[nodiscard]] const Line& line(std::int64_t decodes, std::int64_t context);
    /** Seconds until the next step can start. */
    [[nodiscard]] double duration(const RankBatch& batch);
    /** Seconds until the outputs of the step are there; longer than the above with pipeline stages. */
    [[nodiscard]] double latency(const RankBatch& batch);

private:
    [[nodiscard]] double mixed(const RankBatch& batch) const;

    const StepModel& m_model;
    double m_ranks;
    double m_stages;
    std::vector<Line> m_lines; ///< by decoding sequences
};

} // namespace llmd

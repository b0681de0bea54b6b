// SPDX-License-Identifier: Apache-2.0
#include "steptimer.h"

#include <algorithm>

namespace llmd {

StepTimer::StepTimer(const StepModel& model, int dataRanks, int pipelineStages)
    : m_model(model)
    , m_ranks(std::max(1, dataRanks))
    , m_stages(std::max(1, pipelineStages))
{ }

const StepTimer::Line& StepTimer::line(std::int64_t decodes, std::int64_t context)
{
    const auto index = static_cast<std::size_t>(decodes);
    if (index >= m_lines.size())
        m_lines.resize(index + 1);
    Line& line = m_lines[index];
    const auto sum = static_cast<double>(context);
    if (sum <= line.from || sum > line.upTo) {
        const auto count = static_cast<double>(decodes);
        const DecodeLine found = m_model.decodeLine(count * m_ranks, sum / count);
        line = { found.base.value(), found.slope.value() / count, found.from * count,
                 found.upTo * count };
        // Rounding of the quotient must not leave the sum outside of the line that was found for it.
        line.from = std::min(line.from, sum - 1);
        line.upTo = std::max(line.upTo, sum);
    }
    return line;
}

double StepTimer::mixed(const RankBatch& batch) const
{
    const auto tokens = static_cast<double>(batch.prefillTokens);
    const auto prompts = static_cast<double>(batch.prompts);
    const auto decodes = static_cast<double>(batch.decodes);
    // The prefix that gives equal prompts as many pairs as these have.
    const double prefix = batch.prefillPairs / tokens - (tokens / prompts + 1) / 2;
    return m_model
        .time({ .sequences = decodes * m_ranks,
                .context = decodes > 0 ? static_cast<double>(batch.context) / decodes : 0,
                .prefillTokens = tokens,
                .prefillPrefix = std::max(0.0, prefix),
                .prefillSequences = prompts })
        .value();
}

double StepTimer::latency(const RankBatch& batch)
{
    if (batch.prefillTokens > 0)
        return mixed(batch);
    return line(batch.decodes, batch.context).at(static_cast<double>(batch.context));
}

double StepTimer::duration(const RankBatch& batch)
{
    if (batch.prefillTokens == 0 || m_stages == 1)
        return latency(batch);
    // A prompt is in one of the batches that pass the stages one behind another; each stage is held up once.
    const double plain = batch.decodes > 0
        ? line(batch.decodes, batch.context).at(static_cast<double>(batch.context))
        : 0;
    return plain + (mixed(batch) - plain) / m_stages;
}

} // namespace llmd

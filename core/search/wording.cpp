// SPDX-License-Identifier: Apache-2.0
#include "wording.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <cmath>

namespace llmd {

std::string_view toString(Constraint constraint)
{
    switch (constraint) {
    case Constraint::GpuUnsupported:
        return "gpu_unsupported";
    case Constraint::ParallelismIllegal:
        return "parallelism_illegal";
    case Constraint::MemoryTooSmall:
        return "memory_too_small";
    case Constraint::ContextTooLong:
        return "context_too_long";
    case Constraint::TtftUnreachable:
        return "ttft_unreachable";
    case Constraint::ItlUnreachable:
        return "itl_unreachable";
    case Constraint::E2eUnreachable:
        return "e2e_unreachable";
    case Constraint::ReplicasBeyondLimit:
        return "replicas_beyond_limit";
    case Constraint::BudgetExceeded:
        return "budget_exceeded";
    case Constraint::NotInstructionTuned:
        return "not_instruction_tuned";
    case Constraint::NoPrice:
        return "no_price";
    case Constraint::EngineRefused:
        return "engine_refused";
    case Constraint::Dominated:
        return "dominated";
    }
    return {};
}

std::string describe(Constraint constraint)
{
    switch (constraint) {
    case Constraint::GpuUnsupported:
        return "GPU cannot run these weights";
    case Constraint::ParallelismIllegal:
        return "Model cannot be split this way";
    case Constraint::MemoryTooSmall:
        return "Not enough GPU memory";
    case Constraint::ContextTooLong:
        return "Context longer than the model supports";
    case Constraint::TtftUnreachable:
        return "TTFT target out of reach";
    case Constraint::ItlUnreachable:
        return "ITL target out of reach";
    case Constraint::E2eUnreachable:
        return "E2E target out of reach";
    case Constraint::ReplicasBeyondLimit:
        return "More GPUs needed than allowed";
    case Constraint::BudgetExceeded:
        return "Over budget";
    case Constraint::NotInstructionTuned:
        return "Base model, not tuned for instructions";
    case Constraint::NoPrice:
        return "No price for the GPU";
    case Constraint::EngineRefused:
        return "Outside what the engine can predict";
    case Constraint::Dominated:
        return "Other settings on the same hardware are at least as good";
    }
    return {};
}

std::string nameOf(const Candidate& candidate)
{
    const Pool& pool = candidate.topology.pool;
    if (const auto& split = candidate.topology.disaggregation) {
        const bool mixed = split->gpu && split->gpu != candidate.gpu;
        return fmt::format(
            "{} on {} x {} ({})", candidate.model->displayName, candidate.topology.gpus(),
            mixed ? split->gpu->name + " and " + candidate.gpu->name : candidate.gpu->name,
            candidate.topology.label());
    }
    return fmt::format("{} on {} x {} ({})", candidate.model->displayName,
                       pool.parallelism.gpus() * pool.replicas, candidate.gpu->name,
                       pool.replicas > 1 ? fmt::format("{} replicas of {}", pool.replicas,
                                                       pool.parallelism.label())
                                         : pool.parallelism.label());
}

std::string forPeople(Seconds value)
{
    return value.value() < 1 ? printRounded(inMilliseconds(value)) + " ms"
                             : printRounded(value.value()) + " s";
}

std::string dollars(double value)
{
    std::string digits = fmt::format("{:.0f}", std::ceil(value - 1e-6));
    for (auto place = static_cast<int>(digits.size()) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), ",");
    return "$" + digits;
}

std::string_view nameOf(LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return "TTFT";
    case LatencyMetric::Itl:
        return "ITL";
    case LatencyMetric::E2e:
        break;
    }
    return "E2E";
}

std::string percentileName(double percentile)
{
    return percentile == 0 ? "mean" : "p" + printNumber(percentile);
}

LatencyMetric metricOf(Constraint constraint)
{
    return constraint == Constraint::TtftUnreachable ? LatencyMetric::Ttft
        : constraint == Constraint::ItlUnreachable   ? LatencyMetric::Itl
                                                     : LatencyMetric::E2e;
}

namespace {

/** The smallest other layout of the space that would hold the model, as the end of a sentence. */
std::string memoryRemedy(Candidate candidate, const SearchInput& input)
{
    const Parallelism tried = candidate.topology.pool.parallelism;
    for (const int pipeline : input.space.pipelineParallel) {
        for (const int tensor : input.space.tensorParallel) {
            if (tensor * pipeline <= tried.gpus()
                || !tensorParallelObstacle(candidate.model->architecture, tensor).empty())
                continue;
            candidate.topology.pool.parallelism = { tensor, pipeline, 1, false };
            if (memoryFigures(candidate, input.profile).fits)
                return fmt::format("{} would fit", candidate.topology.pool.parallelism.label());
        }
    }
    candidate.topology.pool.parallelism = tried;
    const auto ledger = memoryLedger(candidate, input.profile);
    return ledger && !ledger->remedy.empty() ? ledger->remedy
                                             : "no layout of the search fits on this GPU";
}

std::string explainMemory(const Miss& miss, const SearchInput& input)
{
    const Bytes missing(miss.found);
    const std::string amount = inGibibytes(missing) < 0.1
        ? printRounded(missing.value() / mebi, 2) + " MiB"
        : printRounded(inGibibytes(missing)) + " GiB";
    std::string remedy = memoryRemedy(miss.candidate, input);
    while (!remedy.empty() && remedy.back() == '.')
        remedy.pop_back();
    return fmt::format("{} needs {} more per GPU; {}.", nameOf(miss.candidate), amount, remedy);
}

std::string explainLatency(Constraint constraint, const Miss& miss, const SearchInput& input)
{
    const LatencyMetric metric = metricOf(constraint);
    auto target = targetOf(input.need.slo, metric);
    // The limit tells which of two was missed.
    if (const auto& second = secondTargetOf(input.need.slo, metric);
        second && (!target || second->limit.value() == miss.limit))
        target = second;
    const std::string name =
        fmt::format("{} {}", nameOf(metric), percentileName(target ? target->percentile : 95));
    if (!std::isfinite(miss.found))
        return fmt::format("{} is overloaded by a single request.", nameOf(miss.candidate));
    return fmt::format(
        "{} has {} {} of {}{}; the target is {}.", nameOf(miss.candidate),
        metric == LatencyMetric::Ttft ? "a" : "an", name, forPeople(Seconds(miss.found)),
        miss.note.empty() ? " even without load" : miss.note, forPeople(Seconds(miss.limit)));
}

std::string withSettings(const Candidate& candidate)
{
    return fmt::format("{} with max_num_seqs {} and max_num_batched_tokens {}", nameOf(candidate),
                       candidate.engine.maxNumSeqs, candidate.engine.maxNumBatchedTokens);
}

} // namespace

std::string explain(Constraint constraint, const Miss& miss, const SearchInput& input)
{
    const Candidate& candidate = miss.candidate;
    switch (constraint) {
    case Constraint::GpuUnsupported:
        return fmt::format("{}: the {} {}.", candidate.model->displayName, candidate.gpu->name,
                           miss.note);
    case Constraint::ParallelismIllegal:
        return fmt::format("{}: {}.", nameOf(candidate), miss.note);
    case Constraint::MemoryTooSmall:
        return explainMemory(miss, input);
    case Constraint::ContextTooLong:
        return fmt::format("{} supports {} tokens; {} are needed.", candidate.model->displayName,
                           printNumber(miss.limit), printNumber(miss.found));
    case Constraint::TtftUnreachable:
    case Constraint::ItlUnreachable:
    case Constraint::E2eUnreachable:
        return explainLatency(constraint, miss, input);
    case Constraint::ReplicasBeyondLimit:
        return fmt::format("{} needs {} GPUs; {} may be used{}.", nameOf(candidate),
                           printNumber(miss.found), printNumber(miss.limit), miss.note);
    case Constraint::BudgetExceeded:
        return fmt::format("{} costs {} per month; the budget is {}.", nameOf(candidate),
                           dollars(miss.found), dollars(miss.limit));
    case Constraint::NotInstructionTuned:
        return fmt::format(
            "{} is a pretrained checkpoint; name it under models to have it considered.",
            candidate.model->displayName);
    case Constraint::NoPrice:
        return fmt::format("The price list has no price for {}; add one under prices.per_hour.{}.",
                           candidate.gpu->name, candidate.gpu->id);
    case Constraint::EngineRefused:
    case Constraint::Dominated:
        return fmt::format("{}: {}.", withSettings(candidate),
                           miss.note.substr(0, miss.note.find_last_not_of('.') + 1));
    }
    return {};
}

} // namespace llmd

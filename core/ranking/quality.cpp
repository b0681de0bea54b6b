// SPDX-License-Identifier: Apache-2.0
#include "qualityindex.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

/** Below this share of the weight a mean would say more about what is missing than about the model.
 */
constexpr double smallestCoverage = 0.6;
/** A place among fewer models than this is no evidence. */
constexpr std::size_t smallestCohort = 5;

/**
 * Kinds of evidence. Within one, newer and harder labels come first; labels stay apart, because the
 * same name with another version, window or protocol is another test.
 */
enum class Kind {
    Arena,
    Instructions,
    Knowledge,
    Science,
    ShortCode,
    LiveCode,
    Repository,
    Tools,
    Languages,
    Translation,
    LongContext,
    Faithfulness,
    Writing,
};

QualityWeight kind(Kind which, double weight)
{
    switch (which) {
    case Kind::Arena:
        return { "Chat preference",
                 { "Arena-Hard v2.0", "Arena-Hard v0.1", "Arena-Hard v0.1 (leaderboard)",
                   "MT-Bench" },
                 weight };
    case Kind::Instructions:
        return { "Following instructions", { "IFEval" }, weight };
    case Kind::Knowledge:
        return { "Knowledge", { "MMLU-Pro", "MMLU-Redux", "MMLU" }, weight };
    case Kind::Science:
        return { "Expert questions", { "GPQA-Diamond" }, weight };
    case Kind::ShortCode:
        return { "Short functions", { "HumanEval+", "HumanEval" }, weight };
    case Kind::LiveCode:
        return { "Coding problems",
                 { "LiveCodeBench v6", "LiveCodeBench v6 (25.02-25.05)",
                   "LiveCodeBench v5 (2024-10..2025-02)", "LiveCodeBench (Gemma 3 T6)" },
                 weight };
    case Kind::Repository:
        return { "Repository work", { "SWE-bench Verified" }, weight };
    case Kind::Tools:
        return { "Tool use", { "BFCL v3", "tau2-bench", "tau-bench retail", "BFCL v2" }, weight };
    case Kind::Languages:
        return { "Languages",
                 { "MMMLU (14 lang)", "MMMLU", "INCLUDE", "Multi-IF", "MMLU-ProX", "MGSM",
                   "Global MMLU-Lite" },
                 weight };
    case Kind::Translation:
        return { "Translation", { "WMT24++ (Gemma report metric)" }, weight };
    case Kind::LongContext:
        return { "Long context",
                 { "RULER 128K", "RULER 32K", "LongBench v2", "RULER avg 4K-128K" },
                 weight };
    case Kind::Faithfulness:
        return { "Faithfulness",
                 { "Vectara factual consistency (new set, 2026-03-10)",
                   "Vectara factual consistency (old set, 2025-10-16)", "FACTS Grounding" },
                 weight };
    case Kind::Writing:
        return { "Writing",
                 { "Creative Writing v3", "WritingBench",
                   "Arena-Hard v2.0 creative writing (leaderboard)" },
                 weight };
    }
    return {};
}

struct UseCaseWeights
{
    std::string_view id;
    std::vector<std::pair<Kind, double>> kinds;
};

/** A judgement about which published tests come nearest to the task, not a fit; shown wherever a
 * score is shown. */
const std::vector<UseCaseWeights>& useCaseWeights()
{
    static const std::vector<UseCaseWeights> table {
        { "chatbot_conversational",
          { { Kind::Arena, 0.40 },
            { Kind::Instructions, 0.25 },
            { Kind::Knowledge, 0.15 },
            { Kind::Languages, 0.10 },
            { Kind::Faithfulness, 0.10 } } },
        { "code_completion",
          { { Kind::ShortCode, 0.50 }, { Kind::LiveCode, 0.30 }, { Kind::Instructions, 0.20 } } },
        { "code_generation_detailed",
          { { Kind::LiveCode, 0.35 },
            { Kind::Repository, 0.35 },
            { Kind::Tools, 0.15 },
            { Kind::ShortCode, 0.15 } } },
        { "translation", { { Kind::Translation, 0.50 }, { Kind::Languages, 0.50 } } },
        { "content_generation",
          { { Kind::Writing, 0.50 }, { Kind::Arena, 0.30 }, { Kind::Instructions, 0.20 } } },
        { "summarization_short",
          { { Kind::Faithfulness, 0.55 }, { Kind::Instructions, 0.25 }, { Kind::Arena, 0.20 } } },
        { "document_analysis_rag",
          { { Kind::Faithfulness, 0.40 },
            { Kind::LongContext, 0.30 },
            { Kind::Knowledge, 0.15 },
            { Kind::Instructions, 0.15 } } },
        { "long_document_summarization",
          { { Kind::LongContext, 0.50 },
            { Kind::Faithfulness, 0.35 },
            { Kind::Instructions, 0.15 } } },
        { "research_legal_analysis",
          { { Kind::Knowledge, 0.25 },
            { Kind::Science, 0.25 },
            { Kind::LongContext, 0.25 },
            { Kind::Faithfulness, 0.15 },
            { Kind::Instructions, 0.10 } } },
    };
    return table;
}

/**
 * Which of several scores of one model counts: the mode that spends no tokens on thinking, because
 * the workload's output length holds none; a thinking score only where nothing else is published.
 */
int modeRank(std::string_view mode)
{
    if (mode == "instruct" || mode == "non-thinking" || mode.empty() || mode == "default")
        return 0;
    if (mode == "thinking:low")
        return 1;
    if (mode == "thinking:medium")
        return 2;
    return 3;
}

/** "Qwen, 2025-05-14" as far as it is known. */
std::string sourceText(const Source& source)
{
    if (source.date.empty())
        return source.text;
    return source.text.empty() ? source.date : source.text + ", " + source.date;
}

} // namespace

std::vector<QualityWeight> qualityWeights(std::string_view useCase)
{
    const auto& table = useCaseWeights();
    auto entry = std::find_if(table.begin(), table.end(),
                              [&](const UseCaseWeights& row) { return row.id == useCase; });
    if (entry == table.end())
        entry = table.begin();
    std::vector<QualityWeight> weights;
    for (const auto& [which, weight] : entry->kinds)
        weights.push_back(kind(which, weight));
    return weights;
}

QualityIndex::QualityIndex(const Catalog& catalog, std::string_view useCase)
    : m_catalog(catalog)
    , m_weights(qualityWeights(useCase))
{
    for (const QualityWeight& weight : m_weights) {
        for (const std::string& label : weight.benchmarks)
            m_cohorts[label];
    }
    for (const QualityScore& score : catalog.qualityScores) {
        const auto cohort = m_cohorts.find(score.benchmark);
        if (cohort == m_cohorts.end() || score.mode == "base")
            continue;
        const QualityScore*& best = cohort->second[score.family];
        if (!best || modeRank(score.mode) < modeRank(best->mode))
            best = &score;
    }
}

const QuantizationRecovery* QualityIndex::recovery(const Model& model) const
{
    const std::string scheme = model.architecture.quantization.label();
    const QuantizationRecovery* lowest = nullptr;
    for (const QuantizationRecovery& entry : m_catalog.quantizationRecoveries) {
        // Several test sets may be published; the least flattering one is the safest promise.
        if (entry.family == model.family && entry.scheme == scheme
            && (!lowest || entry.percent < lowest->percent)) {
            lowest = &entry;
        }
    }
    return lowest;
}

std::optional<QualityEvidence> QualityIndex::evidence(const Model& model) const
{
    const Quantization& quantization = model.architecture.quantization;
    const bool quantised =
        quantization.atLoad || (model.id != model.family && quantization.method != "none");
    const QuantizationRecovery* kept = quantised ? recovery(model) : nullptr;
    const double factor = kept ? std::min(kept->percent, 100.0) / 100 : 1;

    QualityEvidence result;
    for (const QualityWeight& weight : m_weights) {
        for (const std::string& label : weight.benchmarks) {
            const Cohort& cohort = m_cohorts.at(label);
            const auto own = cohort.find(model.family);
            if (own == cohort.end() || cohort.size() < smallestCohort)
                continue;
            const double score = own->second->score * factor;
            double beaten = 0;
            for (const auto& [family, other] : cohort) {
                if (other != own->second)
                    beaten += other->score < score ? 1 : other->score == score ? 0.5 : 0;
            }
            const double place = 100 * beaten / static_cast<double>(cohort.size() - 1);
            result.score += weight.weight * place;
            result.coveredWeight += weight.weight;
            result.parts.push_back(
                fmt::format("{} {}{} ({}), above {} % of {} models, x {}", label,
                            printRounded(own->second->score),
                            modeRank(own->second->mode) > 0 ? " " + own->second->mode : "",
                            sourceText(own->second->source), printRounded(place, 2), cohort.size(),
                            printRounded(weight.weight)));
            break;
        }
    }
    if (result.coveredWeight < smallestCoverage - 1e-9)
        return std::nullopt;
    result.score /= result.coveredWeight;
    if (kept)
        result.parts.push_back(fmt::format("{} keeps {} % of the scores ({})", quantization.label(),
                                           printRounded(kept->percent, 4),
                                           sourceText(kept->source)));
    else if (quantised)
        result.parts.push_back(fmt::format(
            "no measured recovery of {} is known: these are the scores of the unquantised model",
            quantization.label()));
    return result;
}

std::optional<QualityEvidence> qualityOf(const Model& model, const std::string& useCase,
                                         const Catalog& catalog)
{
    return QualityIndex(catalog, useCase).evidence(model);
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "quality.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

/** Below this share of the weight a mean would say more about what is missing than about the model. */
constexpr double smallestCoverage = 0.6;
/** A place among fewer models than this is no evidence. */
constexpr std::size_t smallestCohort = 5;
/** The same where all scores are the user's, made in one way. */
constexpr std::size_t smallestOwnCohort = 3;

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

/** What the user measured is nearer to the user's models than what others published. */
bool isBetter(const QualityScore& a, const QualityScore& b)
{
    if (a.userProvided != b.userProvided)
        return a.userProvided;
    return modeRank(a.mode) < modeRank(b.mode);
}

/** "Qwen, 2025-05-14" as far as it is known. */
std::string sourceText(const Source& source)
{
    if (source.date.empty())
        return source.text;
    return source.text.empty() ? source.date : source.text + ", " + source.date;
}

} // namespace

double scoreMargin(const Source& source)
{
    return source.confidence == "high" ? 3 : 5;
}

QualityIndex::QualityIndex(const Catalog& catalog, std::string_view useCase)
    : m_catalog(catalog)
    , m_weights(qualityWeights(useCase, catalog))
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
        if (!best || isBetter(score, *best))
            best = &score;
    }
    for (auto& [label, cohort] : m_cohorts) {
        const bool own = std::all_of(cohort.begin(), cohort.end(),
                                     [](const auto& entry) { return entry.second->userProvided; });
        if (cohort.size() < (own ? smallestOwnCohort : smallestCohort))
            cohort.clear();
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

std::optional<QualityPart> QualityIndex::part(const QualityWeight& weight, const Model& model,
                                              double kept) const
{
    for (const std::string& label : weight.benchmarks) {
        const Cohort& cohort = m_cohorts.at(label);
        auto own = model.architecture.quantization.atLoad ? cohort.end() : cohort.find(model.id);
        const bool measuredItself = own != cohort.end();
        if (!measuredItself)
            own = cohort.find(model.family);
        if (own == cohort.end())
            continue;
        const double score = own->second->score * (measuredItself ? 1 : kept);
        const auto placeOf = [&](double value) {
            double beaten = 0;
            for (const auto& [family, other] : cohort) {
                if (other != own->second)
                    beaten += other->score < value ? 1 : other->score == value ? 0.5 : 0;
            }
            return 100 * beaten / static_cast<double>(cohort.size() - 1);
        };
        const double margin = scoreMargin(own->second->source);
        return QualityPart { weight.kind,   weight.weight,
                             own->second,   placeOf(score),
                             cohort.size(), { placeOf(score - margin), placeOf(score + margin) } };
    }
    return std::nullopt;
}

std::optional<QualityEvidence> QualityIndex::evidence(const Model& model) const
{
    const Quantization& quantization = model.architecture.quantization;
    QualityEvidence result;
    result.family = model.family;
    result.quantised =
        quantization.atLoad || (model.id != model.family && quantization.method != "none");
    result.scheme = result.quantised ? quantization.label() : std::string();
    result.recovery = result.quantised ? recovery(model) : nullptr;
    if (result.recovery)
        result.kept = std::min(result.recovery->percent, 100.0) / 100;

    for (const QualityWeight& weight : m_weights) {
        auto found = part(weight, model, result.kept);
        if (!found) {
            result.missingKinds.push_back(weight.kind);
            continue;
        }
        result.score += weight.weight * found->place;
        result.range.low += weight.weight * found->placeRange.low;
        result.range.high += weight.weight * found->placeRange.high;
        result.coveredWeight += weight.weight;
        result.parts.push_back(std::move(*found));
    }
    if (result.coveredWeight < smallestCoverage - 1e-9)
        return std::nullopt;
    result.score /= result.coveredWeight;
    result.range.low /= result.coveredWeight;
    result.range.high /= result.coveredWeight;
    // Variants that were measured themselves stand for themselves.
    const bool all = std::all_of(result.parts.begin(), result.parts.end(),
                                 [&](const auto& each) { return each.score->family == model.id; });
    if (all && model.id != model.family) {
        result.family = model.id;
        result.quantised = false;
        result.scheme.clear();
        result.recovery = nullptr;
        result.kept = 1;
    }
    return result;
}

std::optional<QualityEvidence> qualityOf(const Model& model, const std::string& useCase,
                                         const Catalog& catalog)
{
    return QualityIndex(catalog, useCase).evidence(model);
}

std::vector<std::string> describe(const QualityEvidence& evidence)
{
    std::vector<std::string> lines;
    for (const QualityPart& part : evidence.parts) {
        const QualityScore& score = *part.score;
        lines.push_back(
            fmt::format("{} {}{} ({}{}), above {} % of the other {} models, x {}", score.benchmark,
                        printRounded(score.score), modeRank(score.mode) > 0 ? " " + score.mode : "",
                        score.userProvided ? "your own: " : "", sourceText(score.source),
                        printRounded(part.place, 2), part.models - 1, printRounded(part.weight)));
    }
    if (!evidence.missingKinds.empty())
        lines.push_back(fmt::format("no score for {}: the rest of the weights ({} %) counts as all",
                                    toLower(join(evidence.missingKinds, ", ")),
                                    printRounded(100 * evidence.coveredWeight)));
    if (evidence.recovery)
        lines.push_back(fmt::format("{} keeps {} % of the scores of {} ({})",
                                    evidence.recovery->scheme,
                                    printRounded(evidence.recovery->percent, 4), evidence.family,
                                    sourceText(evidence.recovery->source)));
    else if (evidence.quantised)
        lines.push_back(
            fmt::format("no measured recovery of {} is known: these are the scores of the "
                        "unquantised model {}",
                        evidence.scheme, evidence.family));
    return lines;
}

} // namespace llmd

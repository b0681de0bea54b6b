// SPDX-License-Identifier: Apache-2.0
#include "rankingexplanation.h"

#include <core/base/text.h>
#include <core/ranking/sensitivity.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;

Json rangeJson(const std::optional<ScoreRange>& range)
{
    return range ? Json { { "lo", range->low }, { "hi", range->high } } : Json();
}

Json turnJson(const std::optional<Turn>& turn, const SearchReport& report)
{
    if (!turn)
        return {};
    return { { "share", turn->share }, { "option", report.options[turn->option].id } };
}

Json sensitivityJson(const SearchReport& report, const RankedOptions& options)
{
    Json json = Json::object();
    for (const WeightSensitivity& one : sensitivity(options))
        json[std::string(toString(one.priority))] = { { "share", one.share },
                                                      { "below", turnJson(one.below, report) },
                                                      { "above", turnJson(one.above, report) } };
    return json;
}

Json sourceJson(const Source& source)
{
    return { { "text", source.text },
             { "date", source.date },
             { "confidence", source.confidence } };
}

} // namespace

Result<std::size_t> findOption(const std::string& text, const SearchReport& report,
                               const std::vector<std::size_t>& order)
{
    const std::string_view digits =
        text.starts_with('#') ? std::string_view(text).substr(1) : std::string_view(text);
    if (const auto place = parseInteger(digits)) {
        if (*place >= 1 && static_cast<std::size_t>(*place) <= order.size())
            return order[static_cast<std::size_t>(*place) - 1];
        return failure(
            ErrorCode::NotFound,
            fmt::format("there is no place {}: {} options meet the targets", text, order.size()));
    }
    std::vector<std::string> ids;
    std::vector<std::size_t> beginning;
    for (std::size_t i = 0; i < report.options.size(); ++i) {
        const std::string& id = report.options[i].id;
        if (id == text)
            return i;
        if (id.starts_with(text))
            beginning.push_back(i);
        ids.push_back(id);
    }
    if (beginning.size() == 1)
        return beginning.front();
    std::string detail = fmt::format("\"{}\" is not an option", text);
    if (!beginning.empty())
        detail = fmt::format("{} options begin with \"{}\"", beginning.size(), text);
    else if (const auto near = nearestWord(text, ids))
        detail += fmt::format("; did you mean {}?", *near);
    return failure(ErrorCode::NotFound,
                   detail + " (ids are in the table, and so are places: 1 is the first)");
}

std::string sensitivityText(const SearchReport& report, const RankedOptions& options, View view)
{
    std::string text;
    if (const std::string tie = tieSentence(report, options, view); !tie.empty())
        text += tie + "\n";
    if (view != View::Balanced)
        return text;
    const auto lines = sensitivitySentences(report, options);
    if (!lines.empty())
        text += "How far each weight may move before another option is the best\n";
    for (const std::string& line : lines)
        text += "  " + line + "\n";
    return text;
}

std::string comparisonText(const OptionComparison& comparison)
{
    std::string text = fmt::format("\nWhy {} and not {}\n  {}\n", comparison.first,
                                   comparison.second, comparison.verdict);
    for (const ComparisonPoint& point : comparison.points) {
        const char sign = point.standing == Standing::Ahead ? '+'
            : point.standing == Standing::Behind            ? '-'
            : point.standing == Standing::Tied              ? '='
                                                            : '?';
        text += fmt::format("  {} {:<11} {}\n", sign, point.subject, point.text);
    }
    if (!comparison.same.empty())
        text += "  The same in both: " + join(comparison.same, ", ") + "\n";
    for (const std::string& turn : comparison.turns)
        text += "  " + turn + "\n";
    return text;
}

void addRankingExplanation(Json& document, const SearchReport& report, const RankedOptions& options)
{
    Json ties = Json::object();
    for (const View view : allViews) {
        Json ids = Json::array();
        for (const std::size_t option : tiedWithBest(options, view))
            ids.push_back(report.options[option].id);
        ties[std::string(toString(view))] = std::move(ids);
    }
    document["ties"] = std::move(ties);
    document["sensitivity"] = sensitivityJson(report, options);
    if (!report.catalog)
        return;
    const QualityIndex index(*report.catalog, report.useCase);
    Json weights = Json::array();
    for (const QualityWeight& weight : index.weights())
        weights.push_back({ { "kind", weight.kind },
                            { "weight", weight.weight },
                            { "benchmarks", weight.benchmarks } });
    document["quality_weights"] = std::move(weights);
    std::map<std::string, std::size_t> indices;
    for (std::size_t i = 0; i < report.options.size(); ++i)
        indices.emplace(report.options[i].id, i);
    for (auto& [id, candidate] : document["candidates"].items()) {
        const std::size_t option = indices.at(id);
        candidate["score_ranges"] = { { "latency", rangeJson(latencyScoreRange(options, option)) },
                                      { "quality", rangeJson(options.inputs[option].qualityRange) },
                                      { "balanced", rangeJson(balancedRange(options, option)) } };
        const auto evidence = index.evidence(*report.options[option].candidate.model);
        candidate["quality_evidence"] = evidence ? qualityJson(*evidence) : Json();
    }
}

Json comparisonJson(const OptionComparison& comparison, const std::string& first,
                    const std::string& second)
{
    Json points = Json::array();
    for (const ComparisonPoint& point : comparison.points)
        points.push_back({ { "subject", point.subject },
                           { "standing", toString(point.standing) },
                           { "factor", point.factor },
                           { "text", point.text } });
    return { { "first", { { "id", first }, { "name", comparison.first } } },
             { "second", { { "id", second }, { "name", comparison.second } } },
             { "standing", toString(comparison.standing) },
             { "verdict", comparison.verdict },
             { "points", std::move(points) },
             { "same", comparison.same },
             { "turns", comparison.turns } };
}

Json qualityJson(const QualityEvidence& evidence)
{
    Json parts = Json::array();
    for (const QualityPart& part : evidence.parts)
        parts.push_back({ { "kind", part.kind },
                          { "weight", part.weight },
                          { "place", part.place },
                          { "models", part.models },
                          { "benchmark", part.score->benchmark },
                          { "score", part.score->score },
                          { "mode", part.score->mode },
                          { "of", part.score->family },
                          { "own", part.score->userProvided },
                          { "source", sourceJson(part.score->source) } });
    Json recovery;
    if (evidence.recovery)
        recovery = { { "scheme", evidence.recovery->scheme },
                     { "percent", evidence.recovery->percent },
                     { "source", sourceJson(evidence.recovery->source) } };
    return { { "score", evidence.score },
             { "range", rangeJson(evidence.range) },
             { "covered_weight", evidence.coveredWeight },
             { "parts", std::move(parts) },
             { "missing", evidence.missingKinds },
             { "model", evidence.family },
             { "quantised", evidence.quantised },
             { "recovery", std::move(recovery) } };
}

} // namespace llmd::cli

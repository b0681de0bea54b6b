// SPDX-License-Identifier: Apache-2.0
#include "evaluatetext.h"

#include "../texttable.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace llmd::cli {

namespace {

using Align = TextTable::Align;

std::string percent(double fraction)
{
    return fmt::format("{:.2f}", 100 * fraction);
}

std::string coverageText(const MetricErrors& errors)
{
    return errors.intervals > 0
        ? fmt::format("{:.0f} % of {}", 100 * errors.coverage(), errors.intervals)
        : std::string();
}

std::string groupTable(const Comparison& comparison, const EvaluationView& view, std::size_t metric)
{
    std::vector<TextTable::Column> columns { { toString(view.grouping) },
                                             { "cases", Align::Right } };
    for (const auto& name : comparison.metrics)
        columns.push_back({ name, Align::Right });
    columns.push_back({ "in interval, " + view.metric, Align::Right });
    TextTable table(std::move(columns));
    for (const auto& group : errorsByGroup(comparison, view.grouping)) {
        std::vector<std::string> cells { group.name, std::to_string(group.cases) };
        for (const auto& errors : group.errors)
            cells.push_back(errors.count > 0 ? percent(errors.mean) : std::string());
        cells.push_back(coverageText(group.errors[metric]));
        table.addRow(std::move(cells));
    }
    return table.print();
}

std::string caseTable(const std::vector<const ComparedCase*>& cases, std::size_t metric)
{
    TextTable table({ { "case" },
                      { "model" },
                      { "gpu" },
                      { "layout" },
                      { "measured", Align::Right },
                      { "predicted", Align::Right },
                      { "error %", Align::Right },
                      { "90 % interval", Align::Right },
                      { "inside" } });
    for (const ComparedCase* entry : cases) {
        const auto& value = entry->figures[metric];
        std::vector<std::string> cells { entry->name, entry->traits.model, entry->traits.gpu,
                                         entry->traits.layout };
        if (value) {
            cells.push_back(printRounded(value->measured, 4));
            cells.push_back(printRounded(value->predicted, 4));
            cells.push_back(fmt::format("{:+.1f}", 100 * value->error()));
            if (value->hasInterval()) {
                cells.push_back(printRounded(*value->low, 4) + " to "
                                + printRounded(*value->high, 4));
                cells.emplace_back(entry->nearSaturation ? "near saturation"
                                       : value->inside() ? "yes"
                                                         : "no");
            }
        } else {
            cells.emplace_back("not measured");
        }
        table.addRow(std::move(cells));
    }
    return table.print();
}

} // namespace

std::string errorTable(const std::vector<MetricErrors>& errors)
{
    TextTable table({ { "absolute error" },
                      { "n", Align::Right },
                      { "mean %", Align::Right },
                      { "median %", Align::Right },
                      { "90 % below", Align::Right },
                      { "largest %", Align::Right },
                      { "bias %", Align::Right },
                      { "in 90 % interval", Align::Right } });
    for (const auto& e : errors) {
        table.addRow({ e.metric, std::to_string(e.count), percent(e.mean), percent(e.median),
                       percent(e.p90), percent(e.largest),
                       fmt::format("{:+.2f}", e.meanSigned * 100), coverageText(e) });
    }
    return table.print();
}

Result<std::string> comparisonText(const Comparison& comparison, const EvaluationView& view)
{
    const auto metric = comparison.metric(view.metric);
    if (!metric) {
        return failure(ErrorCode::InvalidArgument,
                       "--metric: there is no '" + view.metric
                           + "'; known: " + join(comparison.metrics, ", "));
    }
    std::string text = errorTable(errorsOf(comparison));
    if (const std::size_t near = nearSaturationCount(comparison); near > 0)
        text += fmt::format("{} of {} are near saturation: their intervals are not counted\n", near,
                            comparison.cases.size());
    if (comparison.cases.empty())
        return text;
    text += "\nMean absolute error in %\n" + groupTable(comparison, view, *metric);
    const std::string unit = comparison.unit.empty() ? "" : " in " + comparison.unit;
    if (view.rows) {
        std::vector<const ComparedCase*> all;
        for (const auto& entry : comparison.cases)
            all.push_back(&entry);
        return text + "\n" + view.metric + unit + "\n" + caseTable(all, *metric);
    }
    constexpr std::size_t listed = 5;
    const auto worst = worstCases(comparison, *metric, listed);
    if (!worst.empty())
        text += "\nLargest errors of " + view.metric + unit + "\n" + caseTable(worst, *metric);
    return text;
}

std::string unpredictedText(const std::vector<std::pair<std::string, std::string>>& reasons)
{
    if (reasons.empty())
        return {};
    std::vector<std::string> order; // of first appearance
    std::map<std::string, std::vector<std::string>> names;
    for (const auto& [name, reason] : reasons) {
        if (!names.contains(reason))
            order.push_back(reason);
        names[reason].push_back(name);
    }
    std::string text = fmt::format("\nNot predicted: {}\n", reasons.size());
    for (const auto& reason : order) {
        constexpr std::size_t listed = 5;
        auto& who = names[reason];
        const std::size_t count = who.size();
        who.resize(std::min(count, listed));
        text += fmt::format("  {} x {}\n      {}{}\n", count, reason, join(who, ", "),
                            count > listed ? " … (all with --json)" : "");
    }
    return text;
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "accuracyreport.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

namespace {

constexpr std::string_view beginMark = "<!-- accuracy -->\n";
constexpr std::string_view endMark = "<!-- /accuracy -->\n";

/** One comparison of the table of totals, and where the same measurements with something left out are. */
struct Shown
{
    std::string_view data;
    std::string_view modelLeftOut;
    std::string_view gpuLeftOut;
    std::vector<std::string_view> metrics;
    std::vector<std::string_view> baseline; ///< metrics of engines that only serve to compare with
};

const std::vector<Shown>& shownTotals()
{
    using namespace AccuracyData;
    static const std::vector<Shown> shown {
        { latency,
          latencyModelLeftOut,
          latencyGpuLeftOut,
          { "e2e_mean", "itl_mean", "ttft_mean", "e2e_p99", "ttft_p99" },
          { "e2e_mean", "ttft_mean" } },
        { serving,
          servingModelLeftOut,
          servingGpuLeftOut,
          { "tpot_mean", "ttft_mean" },
          { "tpot_mean" } },
        { servingBelowSaturation, {}, {}, { "ttft_mean" }, {} },
        { otherEngines, {}, {}, { "tpot_mean", "ttft_mean" }, {} },
        { memory,
          {},
          {},
          { "weight_memory_gib", "activation_memory_gib", "kv_cache_memory_gib",
            "max_concurrency" },
          {} },
    };
    return shown;
}

std::string_view nameOf(std::string_view metric)
{
    struct Name
    {
        std::string_view metric;
        std::string_view name;
    };
    static constexpr std::array names {
        Name { "e2e_mean", "E2E, mean" },
        Name { "itl_mean", "ITL, mean" },
        Name { "ttft_mean", "TTFT, mean" },
        Name { "e2e_p99", "E2E, p99" },
        Name { "ttft_p99", "TTFT, p99" },
        Name { "tpot_mean", "TPOT, mean" },
        Name { "weight_memory_gib", "weights" },
        Name { "activation_memory_gib", "activations" },
        Name { "kv_cache_memory_gib", "KV pool" },
        Name { "max_concurrency", "concurrency at full context" },
    };
    const auto it = std::find_if(names.begin(), names.end(),
                                 [&](const Name& each) { return each.metric == metric; });
    return it == names.end() ? metric : it->name;
}

/** Two digits that mean something: "0.13 %", "2.0 %", "14 %". */
std::string percent(double fraction, bool sign = false)
{
    double value = 100 * fraction;
    if (std::abs(value) < 0.005)
        value = 0; // no "-0.00 %"
    const int decimals = std::abs(value) < 0.995 ? 2 : std::abs(value) < 9.95 ? 1 : 0;
    const std::string text = fmt::format("{:.{}f} %", value, decimals);
    return sign && value >= 0 ? "+" + text : text;
}

std::string coverageText(const AccuracyRow* row)
{
    return row == nullptr || std::isnan(row->coverage)
        ? std::string()
        : fmt::format("{:.0f} %", 100 * row->coverage);
}

std::vector<std::string> enginesOf(const AccuracySummary& summary)
{
    std::vector<std::string> engines;
    for (const auto& row : summary.rows) {
        if (std::find(engines.begin(), engines.end(), row.engine) == engines.end())
            engines.push_back(row.engine);
    }
    return engines;
}

const AccuracyRow* find(const AccuracySummary& summary, std::string_view engine,
                        std::string_view data, std::string_view group, std::string_view metric)
{
    for (const auto& row : summary.rows) {
        if (row.engine == engine && row.data == data && row.group == group && row.metric == metric)
            return &row;
    }
    return nullptr;
}

/** Engines without refits are baselines: how they do on everything says enough. */
bool isBaseline(const AccuracySummary& summary, std::string_view engine)
{
    return std::none_of(summary.rows.begin(), summary.rows.end(), [&](const AccuracyRow& row) {
        return row.engine == engine
            && (row.data == AccuracyData::latencyModelLeftOut
                || row.data == AccuracyData::servingModelLeftOut
                || row.data == AccuracyData::memory);
    });
}

/** "2.6 % (100 %)": the mean error and how many lie in the interval. */
std::string leftOutText(const AccuracyRow* row)
{
    if (row == nullptr)
        return {};
    const std::string coverage = coverageText(row);
    return percent(row->mean) + (coverage.empty() ? "" : " (" + coverage + ")");
}

std::string totalsRow(const AccuracySummary& summary, const Shown& shown, const AccuracyRow& row)
{
    const bool total = row.group == accuracyAll;
    const auto leftOut = [&](std::string_view data) {
        return leftOutText(find(summary, row.engine, data, row.group, row.metric));
    };
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", row.engine,
                       total ? row.data : row.data + ": " + row.group, nameOf(row.metric),
                       row.count, percent(row.mean), percent(row.median), percent(row.p90),
                       percent(row.bias, true), coverageText(&row), leftOut(shown.modelLeftOut),
                       leftOut(shown.gpuLeftOut));
}

std::string totalsTable(const AccuracySummary& summary)
{
    std::string text =
        "| engine | compared with | figure | n | mean | median | 90 % are within | bias | in the "
        "90 % interval | model left out | GPU left out |\n"
        "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const auto& engine : enginesOf(summary)) {
        for (const auto& shown : shownTotals()) {
            for (const auto metric : isBaseline(summary, engine) ? shown.baseline : shown.metrics) {
                for (const auto& row : summary.rows) {
                    if (row.engine == engine && row.data == shown.data && row.metric == metric
                        && (row.group == accuracyAll || row.data == AccuracyData::otherEngines))
                        text += totalsRow(summary, shown, row);
                }
            }
        }
    }
    return text;
}

/** A comparison by class: everything in the fit, and beside it the model left out. */
struct ClassData
{
    std::string_view data;
    std::string_view leftOut;
    std::string_view metric; ///< that matters most there
};
constexpr std::array classData {
    ClassData { AccuracyData::latency, AccuracyData::latencyModelLeftOut, "e2e_mean" },
    ClassData { AccuracyData::serving, AccuracyData::servingModelLeftOut, "tpot_mean" },
};

std::string classesTable(const AccuracySummary& summary)
{
    std::string text = "| engine | class | compared with | n | E2E or TPOT | model left out | TTFT "
                       "| model left out | in the 90 % interval, model left out |\n"
                       "|---|---|---|--:|--:|--:|--:|--:|--:|\n";
    const auto cell = [](const AccuracyRow* row) {
        return row == nullptr ? std::string() : percent(row->mean);
    };
    bool any = false;
    for (const auto& engine : enginesOf(summary)) {
        for (const auto& each : classData) {
            for (const auto& row : summary.rows) {
                if (row.engine != engine || row.data != each.data || row.group == accuracyAll
                    || row.metric != each.metric)
                    continue;
                const auto* leftOut = find(summary, engine, each.leftOut, row.group, each.metric);
                if (leftOut == nullptr) // an engine without a fit is a baseline: its totals suffice
                    continue;
                any = true;
                text +=
                    fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", engine,
                                row.group, row.data, row.count, percent(row.mean), cell(leftOut),
                                cell(find(summary, engine, each.data, row.group, "ttft_mean")),
                                cell(find(summary, engine, each.leftOut, row.group, "ttft_mean")),
                                coverageText(leftOut));
            }
        }
    }
    return any ? text : std::string();
}

/** Which classes an engine is least sure of; empty if none. */
std::string cautionText(const AccuracySummary& summary)
{
    constexpr double poor = 0.15;
    std::string text;
    for (const auto& engine : enginesOf(summary)) {
        std::vector<std::string> classes;
        for (const auto& each : classData) {
            for (const auto& row : summary.rows) {
                if (row.engine == engine && row.data == each.leftOut && row.group != accuracyAll
                    && row.metric == each.metric && row.mean > poor)
                    classes.push_back(
                        fmt::format("{} in {} ({})", row.group, each.data, percent(row.mean)));
            }
        }
        if (!classes.empty())
            text += fmt::format("Least sure with the model left out, {}: {}.\n", engine,
                                join(classes, "; "));
    }
    return text;
}

} // namespace

std::string accuracyMarkdown(const AccuracySummary& summary)
{
    std::string text = fmt::format(
        "Absolute errors on {}, coefficients \"{}\". \"Left out\": mean error where the "
        "coefficients were fitted without that model or GPU, and in brackets how many "
        "lie in their 90 % interval. Intervals are not counted near saturation.\n\n",
        summary.date, summary.coefficientsVersion);
    text += totalsTable(summary);
    if (const std::string classes = classesTable(summary); !classes.empty())
        text += "\nBy class (kind of model, GPU generation, stored weights), mean errors:\n\n"
            + classes;
    if (const std::string caution = cautionText(summary); !caution.empty())
        text += "\n" + caution;
    text += "\nMeasured: " + join(summary.sources, "; ") + ".\n";
    return text;
}

Result<std::string> withAccuracySection(std::string_view document, std::string_view section,
                                        const std::string& fileName)
{
    const auto begin = document.find(beginMark);
    const auto end = document.find(endMark);
    const auto once = [&](std::string_view mark) {
        return document.find(mark) == document.rfind(mark);
    };
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin
        || !once(beginMark) || !once(endMark)) {
        return failure(ErrorCode::MissingField,
                       "expected one line '" + std::string(trimmed(beginMark))
                           + "' and after it one line '" + std::string(trimmed(endMark)) + "'",
                       Location { fileName, 0, 0 });
    }
    return std::string(document.substr(0, begin + beginMark.size())) + std::string(section)
        + std::string(document.substr(end));
}

} // namespace llmd

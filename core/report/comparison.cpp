// SPDX-License-Identifier: Apache-2.0
#include "comparison.h"

#include <core/base/text.h>
#include <core/calibration/measureddeployment.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace llmd {

namespace {

using Figure = std::optional<double> (*)(const BenchmarkRecord&);

std::optional<double> statistic(const BenchmarkRecord& record, Metric metric, Statistic which,
                                double scale)
{
    const auto* values = record.metric(metric);
    const auto value = values ? (*values)[which] : std::nullopt;
    return value ? std::optional(*value * scale) : std::nullopt;
}

template <Metric metric, Statistic which> std::optional<double> inMs(const BenchmarkRecord& record)
{
    return statistic(record, metric, which, 1e3);
}

/** Mean time per token, of requests or else of gaps. */
std::optional<double> perTokenMs(const BenchmarkRecord& record)
{
    const auto tpot = inMs<Metric::Tpot, Statistic::Mean>(record);
    return tpot ? tpot : inMs<Metric::Itl, Statistic::Mean>(record);
}

std::optional<double> outputRate(const BenchmarkRecord& record)
{
    return record.outputRate ? std::optional(record.outputRate->value()) : std::nullopt;
}

std::optional<double> outputRatePerGpu(const BenchmarkRecord& record)
{
    const auto rate = outputRate(record);
    return rate && record.gpus.value_or(0) > 0 ? std::optional(*rate / *record.gpus) : std::nullopt;
}

std::optional<double> tokensPerUser(const BenchmarkRecord& record)
{
    const auto ms = perTokenMs(record);
    return ms && *ms > 0 ? std::optional(1e3 / *ms) : std::nullopt;
}

struct Row
{
    const char* title;
    Figure figure;
};
constexpr std::array rows {
    Row { "TTFT mean ms", inMs<Metric::Ttft, Statistic::Mean> },
    Row { "TTFT p50 ms", inMs<Metric::Ttft, Statistic::P50> },
    Row { "TTFT p95 ms", inMs<Metric::Ttft, Statistic::P95> },
    Row { "TTFT p99 ms", inMs<Metric::Ttft, Statistic::P99> },
    Row { "TPOT mean ms", inMs<Metric::Tpot, Statistic::Mean> },
    Row { "TPOT p99 ms", inMs<Metric::Tpot, Statistic::P99> },
    Row { "ITL mean ms", inMs<Metric::Itl, Statistic::Mean> },
    Row { "ITL p99 ms", inMs<Metric::Itl, Statistic::P99> },
    Row { "E2E mean ms", inMs<Metric::E2e, Statistic::Mean> },
    Row { "E2E p95 ms", inMs<Metric::E2e, Statistic::P95> },
    Row { "E2E p99 ms", inMs<Metric::E2e, Statistic::P99> },
    Row { "output tokens/s", outputRate },
    Row { "output tokens/s per GPU", outputRatePerGpu },
    Row { "tokens/s per user", tokensPerUser },
    Row { "requests/s",
          [](const BenchmarkRecord& record) {
              return record.requestRate ? std::optional(record.requestRate->value()) : std::nullopt;
          } },
    Row { "requests/s within targets (as reported)",
          [](const BenchmarkRecord& record) {
              return record.goodputRate ? std::optional(record.goodputRate->value()) : std::nullopt;
          } },
    Row { "answered %",
          [](const BenchmarkRecord& record) {
              const auto rate = record.successRate();
              return rate ? std::optional(*rate * 100) : std::nullopt;
          } },
};

/** Kind and amount of load. */
struct LoadKey
{
    int kind = 0; ///< 0 rate, 1 concurrency, 2 not said
    double value = 0;

    auto operator<=>(const LoadKey&) const = default;
    [[nodiscard]] bool isNear(const LoadKey& other) const
    {
        return kind == other.kind
            && (value == other.value || std::abs(value / other.value - 1) <= 0.05);
    }
    [[nodiscard]] std::string text() const
    {
        return kind == 2 ? "unlimited or not stated load"
            : kind == 1  ? printRounded(value, 4) + " requests at once"
                         : printRounded(value, 4) + " requests/s";
    }
};

LoadKey loadOf(const BenchmarkRecord& record)
{
    if (record.load.rate && record.load.rate->value() > 0)
        return { 0, record.load.rate->value() };
    if (record.load.concurrency && *record.load.concurrency > 0)
        return { 1, static_cast<double>(*record.load.concurrency) };
    return { 2, 0 };
}

std::vector<LoadKey> loadsOf(const std::vector<ComparedSide>& sides)
{
    std::vector<LoadKey> all;
    for (const auto& side : sides) {
        for (const auto& point : side.points)
            all.push_back(loadOf(point));
    }
    std::sort(all.begin(), all.end());
    std::vector<LoadKey> distinct;
    for (const auto& load : all) {
        if (distinct.empty() || !distinct.back().isNear(load))
            distinct.push_back(load);
    }
    return distinct;
}

std::vector<const BenchmarkRecord*> pointsAt(const ComparedSide& side, const LoadKey& load)
{
    std::vector<const BenchmarkRecord*> points;
    for (const auto& point : side.points) {
        if (load.isNear(loadOf(point)))
            points.push_back(&point);
    }
    return points;
}

/** Repeats of one figure. */
struct Repeats
{
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0; ///< standard deviation between repeats; 0 for a single one
};

std::optional<Repeats> repeatsOf(const ComparedSide& side, const LoadKey& load, Figure figure)
{
    std::vector<double> values;
    for (const auto* point : pointsAt(side, load)) {
        if (const auto value = figure(*point); value && std::isfinite(*value))
            values.push_back(*value);
    }
    if (values.empty())
        return std::nullopt;
    Repeats repeats { values.size(), 0, 0 };
    for (const double value : values)
        repeats.mean += value / static_cast<double>(values.size());
    for (const double value : values)
        repeats.deviation += std::pow(value - repeats.mean, 2);
    repeats.deviation = values.size() > 1
        ? std::sqrt(repeats.deviation / static_cast<double>(values.size() - 1))
        : 0;
    return repeats;
}

std::string cellText(const Repeats& repeats, const std::optional<Repeats>& baseline)
{
    std::string text = printRounded(repeats.mean, 4);
    if (repeats.count > 1 && repeats.mean != 0)
        text += fmt::format(" ± {:.1f} %", repeats.deviation / std::abs(repeats.mean) * 100);
    if (baseline && baseline->mean != 0) {
        const double change = repeats.mean / baseline->mean - 1;
        // The spread of a difference of two means of repeats.
        const double spread = 2
            * std::hypot(repeats.deviation / std::sqrt(static_cast<double>(repeats.count)),
                         baseline->deviation / std::sqrt(static_cast<double>(baseline->count)));
        const bool known = repeats.count > 1 || baseline->count > 1;
        const bool within = known && std::abs(repeats.mean - baseline->mean) <= spread;
        text += fmt::format(" ({:+.1f} %{})", change * 100, within ? ", within spread" : "");
    }
    return text;
}

ReportTable metricTable(const std::vector<ComparedSide>& sides, const LoadKey& load,
                        std::size_t baseline)
{
    ReportTable table { "At " + load.text(), { { "", false } }, {}, {} };
    for (std::size_t i = 0; i < sides.size(); ++i)
        table.columns.push_back({ sides[i].name + (i == baseline ? " (baseline)" : ""), true });
    for (const auto& row : rows) {
        std::vector<std::string> cells { row.title };
        const auto base = repeatsOf(sides[baseline], load, row.figure);
        bool any = false;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto repeats = repeatsOf(sides[i], load, row.figure);
            any = any || repeats;
            cells.push_back(repeats ? cellText(*repeats, i == baseline ? std::nullopt : base)
                                    : "–");
        }
        if (any)
            table.rows.push_back(std::move(cells));
    }
    return table;
}

/** One curve per side: the mean of repeats at each load, with their spread. */
ReportChart chartOf(const std::vector<ComparedSide>& sides, const std::vector<LoadKey>& loads,
                    Figure x, Figure y)
{
    ReportChart chart;
    for (const auto& side : sides) {
        ChartSeries series { side.name, {}, true, side.predicted };
        for (const auto& load : loads) {
            const auto atX = x ? repeatsOf(side, load, x) : Repeats { 1, load.value, 0 };
            const auto atY = repeatsOf(side, load, y);
            if (!atX || !atY)
                continue;
            ChartPoint point { atX->mean, atY->mean, {}, {}, {} };
            if (atY->count > 1) {
                point.low = atY->mean - atY->deviation;
                point.high = atY->mean + atY->deviation;
            }
            series.points.push_back(point);
        }
        if (!series.points.empty())
            chart.series.push_back(std::move(series));
    }
    return chart;
}

std::optional<double> limitMs(const std::optional<LatencyTarget>& target)
{
    return target ? std::optional(inMilliseconds(target->limit)) : std::nullopt;
}

void addCharts(Report& report, const std::vector<ComparedSide>& sides,
               const std::vector<LoadKey>& loads, const Slo& targets)
{
    const auto add = [&report](ReportChart chart, std::string title, std::string x, std::string y) {
        chart.title = std::move(title);
        chart.xTitle = std::move(x);
        chart.yTitle = std::move(y);
        if (!chart.series.empty())
            report.blocks.emplace_back(std::move(chart));
    };
    for (const int kind : { 0, 1 }) {
        std::vector<LoadKey> ofKind;
        std::copy_if(loads.begin(), loads.end(), std::back_inserter(ofKind),
                     [kind](const auto& load) { return load.kind == kind; });
        if (ofKind.empty())
            continue;
        const char* x = kind == 0 ? "requests/s" : "requests at once";
        const auto against = [&](const char* title, const char* unit, Figure figure,
                                 std::optional<double> limit, bool log) {
            auto chart = chartOf(sides, ofKind, nullptr, figure);
            chart.yTarget = limit;
            chart.yLog = log;
            add(std::move(chart), title, x, unit);
        };
        against("Time to first token against load", "TTFT mean ms", rows[0].figure,
                limitMs(targets.ttft), true);
        against("Time per token against load", "TPOT mean ms", perTokenMs, limitMs(targets.itl),
                false);
        against("Throughput against load", "output tokens/s", outputRate, {}, false);
    }
    auto latency = chartOf(sides, loads, inMs<Metric::E2e, Statistic::Mean>, outputRate);
    latency.xTarget = limitMs(targets.e2e);
    add(std::move(latency), "Throughput against latency", "E2E mean ms", "output tokens/s");
    auto perUser = chartOf(sides, loads, tokensPerUser, outputRatePerGpu);
    if (const auto limit = limitMs(targets.itl); limit && *limit > 0) {
        perUser.xTarget = 1e3 / *limit;
        perUser.xTargetIsMinimum = true;
    }
    add(std::move(perUser), "What a user gets against what a GPU gives", "tokens/s per user",
        "output tokens/s per GPU");
}

/** The distribution at one load of each side: the middle one of those that state percentiles. */
ReportChart distributionChart(const std::vector<ComparedSide>& sides, Metric metric,
                              const char* title)
{
    ReportChart chart { title, "ms", "requests answered within, %", true, false, {}, {}, {}, false,
                        false, {} };
    for (const auto& side : sides) {
        std::vector<const BenchmarkRecord*> usable;
        for (const auto& point : side.points) {
            if (statistic(point, metric, Statistic::P50, 1)
                && statistic(point, metric, Statistic::P99, 1))
                usable.push_back(&point);
        }
        if (usable.empty())
            continue;
        std::stable_sort(usable.begin(), usable.end(),
                         [](const auto* a, const auto* b) { return loadOf(*a) < loadOf(*b); });
        const auto* shown = usable[usable.size() / 2];
        ChartSeries series { side.name + " at " + loadOf(*shown).text(), {}, true, side.predicted };
        for (std::size_t i = 0; i < statisticCount; ++i) {
            const auto which = static_cast<Statistic>(i);
            const auto percent = percentage(which);
            const auto value = statistic(*shown, metric, which, 1e3);
            if (percent && value && *value > 0)
                series.points.push_back({ *value, *percent, {}, {}, {} });
        }
        chart.series.push_back(std::move(series));
    }
    return chart;
}

std::string joined(std::set<std::string> values)
{
    values.erase("");
    return join({ values.begin(), values.end() }, ", ");
}

/** Named properties of a side's deployment and load. */
std::map<std::string, std::string> configurationOf(const ComparedSide& side)
{
    std::map<std::string, std::set<std::string>> values;
    for (const auto& point : side.points) {
        values["model"].insert(point.model);
        values["precision"].insert(point.precision);
        values["GPU"].insert(point.gpu);
        values["GPUs"].insert(point.gpus ? std::to_string(*point.gpus) : "");
        values["topology"].insert(point.topology());
        values["engine version"].insert(join(point.engineVersions, ", "));
        values["router version"].insert(point.router.version);
        values["router configuration"].insert(point.router.configHash.substr(0, 12));
        values["gateway"].insert(point.router.gateway);
        values["load generator"].insert(std::string(trimmed(point.tool + " " + point.toolVersion)));
        const auto tokens = [&point](Metric metric) {
            const auto mean = point.mean(metric);
            return mean ? printRounded(*mean) : std::string();
        };
        values["prompt tokens, mean"].insert(tokens(Metric::InputLength));
        values["output tokens, mean"].insert(tokens(Metric::OutputLength));
        values["shared prefix tokens"].insert(
            point.load.prefix ? printRounded(point.load.prefix->value()) : "");
        for (const auto& engine : point.engines) {
            const std::string role = engine.role == "replica" ? "" : engine.role + " ";
            values[role + "image"].insert(engine.image);
            for (const auto& [name, value] : engine.args)
                values[role + "--" + name].insert(value.empty() ? "set" : value);
        }
    }
    std::map<std::string, std::string> result;
    for (auto& [name, set] : values) {
        if (auto text = joined(std::move(set)); !text.empty())
            result[name] = std::move(text);
    }
    return result;
}

void addConfiguration(Report& report, const std::vector<ComparedSide>& sides)
{
    std::vector<std::map<std::string, std::string>> all;
    std::set<std::string> names;
    for (const auto& side : sides) {
        all.push_back(configurationOf(side));
        for (const auto& [name, value] : all.back())
            names.insert(name);
    }
    ReportTable differing { "What differs", { { "", false } }, {}, {} };
    ReportTable equal { "What is equal", { { "", false }, { "all", false } }, {}, {} };
    for (const auto& side : sides)
        differing.columns.push_back({ side.name, false });
    for (const auto& name : names) {
        std::vector<std::string> cells { name };
        std::set<std::string> values;
        for (const auto& one : all) {
            const auto it = one.find(name);
            cells.push_back(it == one.end() ? "–" : it->second);
            values.insert(cells.back());
        }
        if (values.size() == 1)
            equal.rows.push_back({ name, *values.begin() });
        else
            differing.rows.push_back(std::move(cells));
    }
    report.blocks.emplace_back(ReportHeading { "Configuration", 1 });
    if (differing.rows.empty())
        report.blocks.emplace_back(ReportParagraph { "No stated setting differs.", false });
    else
        report.blocks.emplace_back(std::move(differing));
    if (!equal.rows.empty())
        report.blocks.emplace_back(std::move(equal));
}

ReportTable sideTable(const std::vector<ComparedSide>& sides)
{
    ReportTable table { "",
                        { { "side", false },
                          { "model", false },
                          { "GPU", false },
                          { "topology", false },
                          { "engine", false },
                          { "load points", true },
                          { "answered", true },
                          { "from", false } },
                        {},
                        {} };
    for (const auto& side : sides) {
        const auto configuration = configurationOf(side);
        const auto value = [&configuration](const char* name) {
            const auto it = configuration.find(name);
            return it == configuration.end() ? std::string("–") : it->second;
        };
        double worst = 2;
        for (const auto& point : side.points)
            worst = std::min(worst, point.successRate().value_or(2));
        table.rows.push_back({ side.name, value("model"), value("GPU"), value("topology"),
                               value("engine version"), std::to_string(side.points.size()),
                               side.predicted     ? "predicted"
                                   : worst <= 1.0 ? fmt::format("{:.1f} % or more", worst * 100)
                                                  : "not said",
                               side.source });
    }
    return table;
}

} // namespace

BenchmarkRecord predictedPoint(const BenchmarkRecord& measured, const Estimate& estimate)
{
    BenchmarkRecord record = measured;
    record.tool = "engine " + estimate.provenance.engine;
    record.toolVersion.clear();
    record.total.reset();
    record.failures.reset();
    record.incomplete.reset();
    record.goodputPercent.reset();
    record.goodputRate.reset();
    const auto set = [&record](Metric metric, const LatencyEstimate& latency) {
        Distribution values;
        values.set(Statistic::Mean, latency.mean.value());
        values.set(Statistic::P50, latency.p50.value());
        values.set(Statistic::P90, latency.p90.value());
        values.set(Statistic::P95, latency.p95.value());
        values.set(Statistic::P99, latency.p99.value());
        record.metrics[metric] = { values, "predicted", true };
    };
    record.metrics.erase(Metric::Itl);
    record.metrics.erase(Metric::Ntpot);
    set(Metric::Ttft, estimate.ttft);
    set(Metric::Tpot, estimate.itl);
    set(Metric::E2e, estimate.e2e);
    record.requestRate = estimate.requestRate;
    record.outputRate = estimate.outputThroughput;
    record.totalRate = estimate.totalThroughput;
    return record;
}

PredictedSide predictedSide(const ComparedSide& measured, const Catalog& catalog,
                            const Engine& engine, RunContext& context)
{
    PredictedSide result;
    result.side = { measured.name + ", predicted", "engine " + engine.info().id, true, {} };
    for (const auto& point : measured.points) {
        if (context.cancelled())
            break;
        const auto deployment = measuredDeployment(point, catalog);
        if (!deployment) {
            result.reason = describe(deployment.error());
            continue;
        }
        const auto estimate = engine.estimate(deployment->candidate, deployment->workload, context);
        if (estimate)
            result.side.points.push_back(predictedPoint(point, *estimate));
        else
            result.reason = describe(estimate.error());
    }
    result.missing = measured.points.size() - result.side.points.size();
    return result;
}

std::vector<std::string> comparisonWarnings(const std::vector<ComparedSide>& sides)
{
    std::vector<std::string> warnings;
    const auto distinct = [&sides](const char* name, bool measuredOnly = false) {
        std::set<std::string> values;
        for (const auto& side : sides) {
            if (measuredOnly && side.predicted)
                continue;
            const auto configuration = configurationOf(side);
            const auto it = configuration.find(name);
            values.insert(it == configuration.end() ? "not said" : it->second);
        }
        return values;
    };
    const auto warn = [&](const char* name, const char* what, bool measuredOnly = false) {
        const auto values = distinct(name, measuredOnly);
        if (values.size() > 1)
            warnings.push_back(
                fmt::format("{}: {}", what, join({ values.begin(), values.end() }, " / ")));
    };
    warn("engine version", "The engines are of different versions");
    warn("router version", "The routers are of different versions");
    warn("model", "The models differ");
    warn("GPU", "The GPUs differ");
    warn("load generator", "Different load generators measure differently", true);
    warn("prompt tokens, mean", "Prompts differ in length");
    warn("output tokens, mean", "Outputs differ in length");
    for (const auto& value : distinct("engine version")) {
        if (value == "not said" || value.find("unknown") != std::string::npos)
            warnings.emplace_back(
                "A version of the engine is not known: it cannot be verified that "
                "like is compared with like");
    }
    for (const auto metric : allMetrics) {
        std::set<std::string> definitions;
        for (const auto& side : sides) {
            for (const auto& point : side.points) {
                const auto it = point.metrics.find(metric);
                if (it != point.metrics.end() && !side.predicted && isLatency(metric))
                    definitions.insert(point.tool + ": " + it->second.definition);
            }
        }
        if (definitions.size() > 1)
            warnings.push_back(fmt::format("{} may be defined differently: {}", toString(metric),
                                           join({ definitions.begin(), definitions.end() }, "; ")));
    }
    for (const auto& side : sides) {
        for (const auto& point : side.points) {
            if (const auto success = point.successRate(); success && *success < 0.99) {
                warnings.push_back(
                    fmt::format("{}: at {} only {:.1f} % of the requests were answered", side.name,
                                loadOf(point).text(), *success * 100));
            }
        }
    }
    return warnings;
}

Report comparisonReport(const std::vector<ComparedSide>& sides, const ComparisonOptions& options)
{
    Report report;
    std::vector<std::string> names;
    for (const auto& side : sides)
        names.push_back(side.name);
    report.title = "Comparison of " + join(names, ", ");
    report.subtitle = options.date;
    if (sides.empty())
        return report;
    const std::size_t baseline = std::min(options.baseline, sides.size() - 1);
    report.blocks.emplace_back(sideTable(sides));
    for (auto& warning : comparisonWarnings(sides))
        report.blocks.emplace_back(ReportParagraph { std::move(warning), true });
    const auto loads = loadsOf(sides);
    report.blocks.emplace_back(ReportHeading { "Figures", 1 });
    for (const auto& load : loads)
        report.blocks.emplace_back(metricTable(sides, load, baseline));
    report.blocks.emplace_back(ReportParagraph { "± is the standard deviation between repeated "
                                                 "runs; percentages in brackets are against the "
                                                 "baseline. \"within spread\": the difference is "
                                                 "no larger than repeats differ by themselves.",
                                                 false });
    report.blocks.emplace_back(ReportHeading { "Charts", 1 });
    addCharts(report, sides, loads, options.targets);
    for (const auto& [metric, title] :
         { std::pair { Metric::Ttft, "Distribution of the time to first token" },
           { Metric::Tpot, "Distribution of the time per token" },
           { Metric::E2e, "Distribution of the latency of requests" } }) {
        if (auto chart = distributionChart(sides, metric, title); !chart.series.empty())
            report.blocks.emplace_back(std::move(chart));
    }
    addConfiguration(report, sides);
    return report;
}

} // namespace llmd

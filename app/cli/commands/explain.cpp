// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../needoptions.h"
#include "../texttable.h"

#include <core/performance/engine.h>
#include <core/project/explanationjson.h>
#include <core/ranking/explanation.h>
#include <core/ranking/ranking.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

struct Options
{
    NeedOptions need;
    std::string candidate;
    std::string engine = "analytic";
    std::string x = "cost";
    std::string y = "e2e";
};

std::string extentText(const Extent& extent)
{
    const auto number = [](double value) { return fmt::format("{:.4g}", value); };
    if (!extent.stated)
        return number(extent.value) + " (no interval)";
    if (extent.low == extent.high)
        return number(extent.value);
    return fmt::format("{} ({} to {})", number(extent.value), number(extent.low),
                       number(extent.high));
}

std::string tradeoffText(const SearchReport& report, const std::vector<TradeoffPoint>& points,
                         const Options& options)
{
    using Align = TextTable::Align;
    TextTable table({ { options.x, Align::Right }, { options.y, Align::Right }, { "" }, { "id" } });
    std::size_t dominated = 0;
    std::size_t unknown = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto place = points[i].place;
        dominated += place == TradeoffPoint::Place::Dominated ? 1 : 0;
        unknown += place == TradeoffPoint::Place::Unknown ? 1 : 0;
        if (place == TradeoffPoint::Place::Front
            || place == TradeoffPoint::Place::WithinUncertainty)
            table.addRow({ extentText(points[i].x), extentText(points[i].y),
                           place == TradeoffPoint::Place::Front ? "front" : "within uncertainty",
                           report.options[i].id });
    }
    return fmt::format("\nTrade-off of {} and {}: not shown are {} options that are surely beaten "
                       "and {} without a figure\n",
                       options.x, options.y, dominated, unknown)
        + table.print();
}

std::string explanationText(const SearchReport& report, std::size_t chosen,
                            const OptionExplanation& explanation)
{
    const Option& option = report.options[chosen];
    std::string text =
        fmt::format("{}: {} x {}, {} GPUs, ${:.0f} per month\n\nWhat limits it\n  {}\n", option.id,
                    option.candidate.topology.label(), option.candidate.gpu->name, option.totalGpus,
                    inDollarsPerMonth(option.cost), explanation.limit.text);
    text += "\nWhat is better (beyond the 90 % intervals of both)\n";
    for (const BetterOption& better : explanation.better)
        text += "  " + better.text + "\n";
    for (const std::string& none : explanation.unbeaten)
        text += "  " + none + "\n";
    return text;
}

/** The option of this id, or the best by the balanced score. */
Result<std::size_t> choose(const SearchReport& report, const std::string& id)
{
    if (id.empty())
        return rank(rankingInputs(report), report.need.priorities, report.need.slo)
            .of(View::Balanced)
            .front();
    const auto found = std::find_if(report.options.begin(), report.options.end(),
                                    [&](const Option& option) { return option.id == id; });
    if (found == report.options.end())
        return failure(
            ErrorCode::NotFound,
            fmt::format("no feasible configuration has the id '{}'; 'llmd recommend' lists the ids",
                        id));
    return static_cast<std::size_t>(found - report.options.begin());
}

ExitCode explain(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto stated = options.need.read(session);
    if (!stated)
        return session.fail(stated.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    RunContext context = session.runContext();
    const auto report = search({ stated->requirements, {} }, *catalog, **engine, context);
    if (!report)
        return session.fail(report.error());
    if ((*report)->options.empty()) {
        (void)session.fail({ ErrorCode::NotFound, (*report)->infeasibility });
        return ExitCode::Infeasible;
    }
    const auto chosen = choose(**report, options.candidate);
    if (!chosen)
        return session.fail(chosen.error());
    const auto explanation = explainOption(**report, *chosen, **engine, context);
    if (!explanation)
        return session.fail(explanation.error());
    const auto x = parseTradeoffAxis(options.x);
    const auto y = parseTradeoffAxis(options.y);
    const auto points = tradeoff(**report, *x, *y);
    if (session.json) {
        nlohmann::ordered_json json = toJson(*explanation, **report);
        json["id"] = (*report)->options[*chosen].id;
        json["tradeoff"] = toJson(points, **report);
        json["tradeoff"]["x"] = options.x;
        json["tradeoff"]["y"] = options.y;
        session.printJson(json);
    } else {
        session.print(explanationText(**report, *chosen, *explanation)
                      + tradeoffText(**report, points, options));
    }
    return ExitCode::Done;
}

} // namespace

void addExplain(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "explain", "What limits a recommended configuration, and what better ones cost");
    auto options = std::make_shared<Options>();
    options->need.addTo(*command);
    command->add_option("--candidate", options->candidate,
                        "Id of the configuration; default is the best by the balanced score");
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    std::vector<std::string> axes;
    for (const TradeoffAxis axis : allTradeoffAxes)
        axes.emplace_back(toString(axis));
    command->add_option("--x", options->x, "First axis of the trade-off")
        ->capture_default_str()
        ->check(CLI::IsMember(axes));
    command->add_option("--y", options->y, "Second axis of the trade-off")
        ->capture_default_str()
        ->check(CLI::IsMember(axes));
    command->callback([&session, options] {
        session.command = [&session, options] { return explain(session, *options); };
    });
}

} // namespace llmd::cli

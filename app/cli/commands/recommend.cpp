// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../measuredoptions.h"
#include "../measurements.h"
#include "../needoptions.h"
#include "../rankingexplanation.h"
#include "../recommendtext.h"
#include "../refinementtext.h"
#include "../spaceoptions.h"
#include "../terminalprogress.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/performance/simulation/simulationengine.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>
#include <core/search/refinement.h>
#include <core/search/search.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    NeedOptions need;
    SpaceOptions space;
    std::size_t top = 5;
    std::string engine = "analytic";
    std::string output;
    std::string view = "balanced";
    std::size_t refine = 0; ///< best options that the simulation predicts again
    MeasurementOptions measurements;
    std::vector<std::string> reports;
    std::vector<std::string> why; ///< none or two options
};

View viewOf(const Options& options)
{
    return parseView(options.view).value_or(View::Balanced);
}

/** What the search stands on; outlives its results. */
struct Basis
{
    StatedNeed stated;
    std::string spaceText;
    SearchSpace space;
    const Engine& engine;
    Corrections corrections;
};

/** Options with measurements in place of estimates, and what a refinement left of them. */
struct Outcome
{
    MeasuredSearch found;
    std::optional<Refinement> refinement;

    [[nodiscard]] const SearchReport& report() const
    {
        return refinement ? *refinement->report : *found.report;
    }
};

/** The comparison that was asked for, with the two options; nothing if none was. */
Result<std::optional<std::pair<std::size_t, std::size_t>>> comparedPair(const Options& options,
                                                                        const Found& found)
{
    if (options.why.empty())
        return std::nullopt;
    const auto first = findOption(options.why[0], found.report, found.order());
    if (!first)
        return tl::unexpected(withContext("--why")(first.error()));
    const auto second = findOption(options.why[1], found.report, found.order());
    if (!second)
        return tl::unexpected(withContext("--why")(second.error()));
    if (*first == *second)
        return failure(ErrorCode::InvalidArgument, "--why: both names are of the same option");
    return std::pair(*first, *second);
}

std::string resultText(const Options& options, const Outcome& outcome, const Found& ranked)
{
    const SearchReport& found = *outcome.found.report;
    std::string text = needText(found);
    text += fmt::format("\nSearched {} configurations in {:.0f} ms, {} meet the targets.\n",
                        found.searched, inMilliseconds(found.elapsed), found.options.size());
    if (found.cancelled)
        text += "Stopped on request: these are the best of what was looked at.\n";
    if (outcome.refinement)
        text += refinementText(*outcome.refinement, found);
    if (ranked.report.options.empty())
        text += nothingText(ranked.report);
    else
        text += fmt::format("\nRanked by {}\n", options.view) + rankedTable(ranked, options.top)
            + "\n" + sensitivityText(ranked.report, ranked.options, ranked.view)
            + intervalText(ranked);
    return text + "\nRefused\n" + refusalText(ranked.report);
}

nlohmann::ordered_json resultJson(const Options& options, const Basis& basis,
                                  const Outcome& outcome, const Found& ranked, RunContext& context)
{
    auto json =
        toJson(ranked.report, ranked.options.ranking, basis.stated.requirements, options.top);
    addRankingExplanation(json, ranked.report, ranked.options);
    for (const auto& derivation : basis.stated.derivations)
        json["stated"].push_back({ { "field", derivation.field }, { "text", derivation.text } });
    addMeasured(json, outcome.found, basis.corrections, basis.engine, context);
    if (outcome.refinement) {
        json["feasible"] = outcome.found.report->options.size();
        json["refinement"] = refinementJson(*outcome.refinement, *outcome.found.report);
    }
    return json;
}

Result<> saveProject(const Options& options, const Requirements& need, const std::string& space)
{
    Project project;
    project.space = space;
    project.requirements = need;
    project.engine = options.engine;
    project.view = options.view;
    return writeProject(project, options.output);
}

/** The best of the chosen view, predicted again by the simulation, with progress on the terminal. */
Result<Refinement> refined(const Session& session, const Options& options, const Requirements& need,
                           const std::shared_ptr<const SearchReport>& report)
{
    const SimulationEngine engine(report->catalog, standardCoefficients(),
                                  SimulationPrecision::quick());
    const Ranking ranking = rank(rankingInputs(*report), report->need.priorities, report->need.slo);
    std::vector<std::size_t> best = ranking.of(viewOf(options));
    best.resize(std::min(best.size(), options.refine));
    TerminalProgress terminal(session.runContext());
    auto refinement = refine(report, best, need, engine, terminal.context());
    terminal.clear();
    return refinement;
}

/** Prints the result and writes the review reports. */
Result<> present(const Session& session, const Options& options, const Basis& basis,
                 const Outcome& outcome)
{
    const SearchReport& report = outcome.report();
    const auto inputs = rankingInputs(report);
    const Ranking ranking = rank(inputs, report.need.priorities, report.need.slo);
    const RankedOptions ranked { inputs, ranking, report.need.priorities, report.need.slo };
    const Found found { report, ranked, viewOf(options) };
    const auto pair = comparedPair(options, found);
    if (!pair)
        return tl::unexpected(pair.error());
    std::optional<OptionComparison> why;
    if (*pair)
        why = compareOptions(report, ranked, (*pair)->first, (*pair)->second);
    for (const auto& path : options.reports) {
        if (const auto written =
                writeReview({ report, ranking, options.view, options.top, basis.stated }, path);
            !written)
            return written;
    }
    if (session.json) {
        RunContext context = session.runContext();
        auto json = resultJson(options, basis, outcome, found, context);
        if (why)
            json["why"] = comparisonJson(*why, report.options[(*pair)->first].id,
                                         report.options[(*pair)->second].id);
        session.printJson(json);
        return {};
    }
    session.print(statedText(basis.stated.derivations));
    session.print(resultText(options, outcome, found));
    if (why)
        session.print(comparisonText(*why));
    return {};
}

/** The search with what was learned from measurements, and the refinement if one is asked for. */
Result<Outcome> find(const Session& session, const Options& options, const Basis& basis,
                     Measurements& measurements, const std::shared_ptr<const Catalog>& catalog)
{
    RunContext context = session.runContext();
    const CalibratedEngine calibrated(basis.engine, basis.corrections);
    const auto nothingYet = [](const SearchReport& report) {
        return report.cancelled && report.options.empty();
    };
    const auto estimated =
        search({ basis.stated.requirements, basis.space }, catalog, calibrated, context);
    if (!estimated)
        return tl::unexpected(estimated.error());
    if (nothingYet(**estimated))
        return failure(ErrorCode::Cancelled, "stopped on request before anything was found");
    auto measured = withMeasurements(*estimated, measurements);
    if (!measured)
        return tl::unexpected(measured.error());
    Outcome outcome { std::move(*measured), {} };
    if (options.refine == 0 || outcome.found.report->options.empty())
        return outcome;
    auto refinement = refined(session, options, basis.stated.requirements, outcome.found.report);
    if (!refinement)
        return tl::unexpected(refinement.error());
    if (refinement->cancelled && refinement->options.empty())
        return failure(ErrorCode::Cancelled, "stopped on request before anything was refined");
    outcome.refinement = std::move(*refinement);
    return outcome;
}

ExitCode recommend(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    for (const auto& path : options.reports) {
        if (const auto format = reportFormatOf(path); !format)
            return session.fail(format.error());
    }
    auto stated = options.need.read(session);
    if (!stated)
        return session.fail(stated.error());
    auto spaceText = options.space.text();
    if (!spaceText)
        return session.fail(spaceText.error());
    auto space = readSpaceOf(*spaceText, session, **catalog);
    if (!space)
        return session.fail(space.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    auto measurements = Measurements::open(session, options.measurements, **catalog);
    if (!measurements)
        return session.fail(measurements.error());
    auto corrections = measurements->corrections(**catalog, **engine, session.runContext());
    if (!corrections)
        return session.fail(corrections.error());
    const Basis basis { std::move(*stated), std::move(*spaceText), std::move(*space), **engine,
                        std::move(*corrections) };
    const auto outcome = find(session, options, basis, *measurements, *catalog);
    if (!outcome)
        return session.fail(outcome.error());
    if (!options.output.empty()) {
        if (const auto saved = saveProject(options, basis.stated.requirements, basis.spaceText);
            !saved)
            return session.fail(saved.error());
    }
    if (const auto shown = present(session, options, basis, *outcome); !shown)
        return session.fail(shown.error());
    return outcome->report().options.empty() ? ExitCode::Infeasible : ExitCode::Done;
}

} // namespace

void addRecommend(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "recommend", "Find the configurations that meet a need at the lowest cost");
    auto options = std::make_shared<Options>();
    options->need.addTo(*command);
    options->space.addTo(*command);
    command->add_option("--top", options->top, "Configurations to show per view")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    command
        ->add_option("--refine", options->refine,
                     "Predict so many of the best again with the simulation, size them by it and "
                     "rank only them")
        ->check(CLI::Range(1, 1000));
    options->measurements.addTo(*command);
    command
        ->add_option("--report", options->reports,
                     "Write a report for review; the name's end says how: .html, .md or .csv; may "
                     "be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    std::vector<std::string> views;
    for (const View view : allViews)
        views.emplace_back(toString(view));
    command->add_option("--view", options->view, "Ranking that the table shows")
        ->capture_default_str()
        ->check(CLI::IsMember(views));
    command
        ->add_option(
            "--why", options->why,
            "Two options: why the first and not the second, with figures. Ids, the beginning "
            "of one, or places in the table (--why 1 2)")
        ->expected(2)
        ->type_name("A B");
    command
        ->add_option("-o,--output", options->output,
                     "Write a project file for the workbench and for 'llmd export'")
        ->type_name("PROJECT");
    command->callback([&session, options] {
        session.command = [&session, options] { return recommend(session, *options); };
    });
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../measuredoptions.h"
#include "../needoptions.h"
#include "../refinementtext.h"
#include "../spaceoptions.h"
#include "../terminalprogress.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/performance/simulation/simulationengine.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>
#include <core/search/refinement.h>

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
};

View viewOf(const Options& options)
{
    return parseView(options.view).value_or(View::Balanced);
}

std::string milliseconds(Seconds value)
{
    return fmt::format("{:.0f}", inMilliseconds(value));
}

std::string rankedTable(const SearchReport& report, const Ranking& ranking, View view,
                        std::size_t top)
{
    using Align = TextTable::Align;
    TextTable table({ { "#", Align::Right },
                      { "model" },
                      { "weights" },
                      { "GPU" },
                      { "topology" },
                      { "GPUs", Align::Right },
                      { "$/month", Align::Right },
                      { "TTFT p95 ms", Align::Right },
                      { "ITL p95 ms", Align::Right },
                      { "E2E p95 s", Align::Right },
                      { "quality", Align::Right },
                      { "score", Align::Right },
                      { "basis" },
                      { "id" } });
    const auto& order = ranking.order[static_cast<std::size_t>(view)];
    for (std::size_t i = 0; i < std::min(top, order.size()); ++i) {
        const Option& option = report.options[order[i]];
        const Scores& scores = ranking.scores[order[i]];
        const auto& quantization = option.candidate.model->architecture.quantization;
        table.addRow({ std::to_string(i + 1), option.candidate.model->displayName,
                       quantization.label() + (quantization.atLoad ? " at load" : ""),
                       option.candidate.gpu->id, option.candidate.topology.label(),
                       std::to_string(option.totalGpus),
                       fmt::format("{:.0f}", inDollarsPerMonth(option.cost)),
                       milliseconds(option.atPeak.ttft.p95),
                       fmt::format("{:.1f}", inMilliseconds(option.atPeak.itl.p95)),
                       fmt::format("{:.1f}", option.atPeak.e2e.p95.value()),
                       scores.quality ? fmt::format("{:.0f}", *scores.quality) : "no data",
                       fmt::format("{:.0f}", scores.balanced),
                       option.atPeak.provenance.label == Provenance::Label::Benchmarked
                           ? "benchmarked"
                           : "estimated",
                       option.id });
    }
    return table.print();
}

std::string needText(const SearchReport& report)
{
    std::string text = "Need\n";
    for (const auto& derivation : report.need.derivations)
        text += fmt::format("  {:<24} {}\n", derivation.field, derivation.text);
    for (const auto& issue : report.need.issues)
        text += "  " + describe(issue) + "\n";
    return text;
}

std::string refusalText(const SearchReport& report)
{
    std::string text;
    for (const auto& refusal : report.refusals) {
        text += fmt::format("  {:>8}  {}\n", refusal.count, describe(refusal.constraint));
        if (!refusal.nearest.empty())
            text += fmt::format("            nearest: {}\n", refusal.nearest);
    }
    return text;
}

std::string intervalText(const SearchReport& report, const Ranking& ranking, View view)
{
    const auto& order = ranking.order[static_cast<std::size_t>(view)];
    if (order.empty())
        return {};
    const Option& best = report.options[order.front()];
    const auto range = [&best](const LatencyEstimate& latency) {
        // No interval holds there: words, not figures.
        const char* none = best.atPeak.nearSaturation ? "near saturation"
            : latency.meanInterval.stated             ? nullptr
                                                      : "not stated";
        if (none)
            return fmt::format("{:.1f} ({})", inMilliseconds(latency.mean), none);
        return fmt::format("{:.1f} ({:.1f} to {:.1f})", inMilliseconds(latency.mean),
                           inMilliseconds(latency.low()), inMilliseconds(latency.high()));
    };
    std::string text =
        fmt::format("Best: {}\n  mean in ms with 90 % interval: TTFT {}, ITL {}, E2E {}\n  {}\n",
                    best.id, range(best.atPeak.ttft), range(best.atPeak.itl),
                    range(best.atPeak.e2e), best.atPeak.provenance.distance);
    for (const auto& caveat : best.atPeak.provenance.caveats)
        text += "  " + caveat + "\n";
    return text;
}

/** What a text in plain words stated, with the words. */
std::string statedText(const std::vector<Derivation>& derivations)
{
    if (derivations.empty())
        return {};
    std::string text = "Read from the text\n";
    for (const auto& derivation : derivations)
        text += fmt::format("  {:<24} {}\n", derivation.field, derivation.text);
    return text + "\n";
}

std::string nothingText(const SearchReport& report)
{
    std::string text = "\nNothing is feasible. " + report.infeasibility + "\n";
    for (std::size_t i = 1; i < report.relaxations.size(); ++i)
        text += "  Or: " + report.relaxations[i].text + "\n";
    return text;
}

/** The search, and the ranking of what it found or, with a refinement, of what that left. */
void printHuman(const Session& session, const Options& options, const SearchReport& found,
                const Refinement* refinement)
{
    const SearchReport& report = refinement ? *refinement->report : found;
    const Ranking ranking = rank(rankingInputs(report), report.need.priorities, report.need.slo);
    const View view = viewOf(options);
    std::string text = needText(found);
    text += fmt::format("\nSearched {} configurations in {:.0f} ms, {} meet the targets.\n",
                        found.searched, inMilliseconds(found.elapsed), found.options.size());
    if (found.cancelled)
        text += "Stopped on request: these are the best of what was looked at.\n";
    if (refinement)
        text += refinementText(*refinement, found);
    if (report.options.empty())
        text += nothingText(report);
    else
        text += fmt::format("\nRanked by {}\n", options.view)
            + rankedTable(report, ranking, view, options.top) + "\n"
            + intervalText(report, ranking, view);
    text += "\nRefused\n" + refusalText(report);
    session.print(text);
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

/** The `recommend` document, with what was read from a text if there was one. */
nlohmann::ordered_json document(const SearchReport& report, const Ranking& ranking,
                                const StatedNeed& stated, std::size_t top)
{
    auto json = toJson(report, ranking, stated.requirements, top);
    for (const auto& derivation : stated.derivations)
        json["stated"].push_back({ { "field", derivation.field }, { "text", derivation.text } });
    return json;
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

void printResult(const Session& session, const Options& options, const SearchReport& found,
                 const Refinement* refinement, const StatedNeed& stated)
{
    if (!session.json) {
        session.print(statedText(stated.derivations));
        printHuman(session, options, found, refinement);
        return;
    }
    const SearchReport& report = refinement ? *refinement->report : found;
    const Ranking ranking = rank(rankingInputs(report), report.need.priorities, report.need.slo);
    auto json = document(report, ranking, stated, options.top);
    if (refinement) {
        json["feasible"] = found.options.size();
        json["refinement"] = refinementJson(*refinement, found);
    }
    session.printJson(json);
}

ExitCode recommend(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto stated = options.need.read(session);
    if (!stated)
        return session.fail(stated.error());
    const Requirements& need = stated->requirements;
    const auto spaceText = options.space.text();
    if (!spaceText)
        return session.fail(spaceText.error());
    const auto space = readSpaceOf(*spaceText, session, **catalog);
    if (!space)
        return session.fail(space.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    for (const auto& path : options.reports) {
        if (const auto format = reportFormatOf(path); !format)
            return session.fail(format.error());
    }
    RunContext context = session.runContext();
    auto measurements = Measurements::open(session, options.measurements, **catalog);
    if (!measurements)
        return session.fail(measurements.error());
    const auto corrections = measurements->corrections(**catalog, **engine, context);
    if (!corrections)
        return session.fail(corrections.error());
    const CalibratedEngine calibrated(**engine, *corrections);
    const auto estimated = search({ need, *space }, *catalog, calibrated, context);
    if (!estimated)
        return session.fail(estimated.error());
    if ((*estimated)->cancelled && (*estimated)->options.empty())
        return session.fail(
            { ErrorCode::Cancelled, "stopped on request before anything was found" });
    const auto measured = withMeasurements(*estimated, *measurements);
    if (!measured)
        return session.fail(measured.error());
    const auto* report = &measured->report;

    if (!options.output.empty()) {
        if (const auto saved = saveProject(options, need, *spaceText); !saved)
            return session.fail(saved.error());
    }
    const Outcome outcome { **estimated, *measured, *corrections, **engine, *stated };
    if (options.refine == 0 || (*report)->options.empty()) {
        if (const auto shown = printResult(session, options, **report, nullptr, outcome); !shown)
            return session.fail(shown.error());
        return (*report)->options.empty() ? ExitCode::Infeasible : ExitCode::Done;
    }
    const auto refinement = refined(session, options, need, *report);
    if (!refinement)
        return session.fail(refinement.error());
    if (refinement->cancelled && refinement->options.empty())
        return session.fail(
            { ErrorCode::Cancelled, "stopped on request before anything was refined" });
    printResult(session, options, **report, &*refinement, *stated);
    return refinement->report->options.empty() ? ExitCode::Infeasible : ExitCode::Done;
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
        ->add_option("-o,--output", options->output,
                     "Write a project file for the workbench and for 'llmd export'")
        ->type_name("PROJECT");
    command->callback([&session, options] {
        session.command = [&session, options] { return recommend(session, *options); };
    });
}

} // namespace llmd::cli

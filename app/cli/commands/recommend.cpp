// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../needoptions.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    NeedOptions need;
    std::size_t top = 5;
    std::string engine = "analytic";
    std::string output;
    std::string view = "balanced";
};

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
                       fmt::format("{:.0f}", scores.balanced), option.id });
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

void printHuman(const Session& session, const Options& options, const SearchReport& report,
                const Ranking& ranking)
{
    View view = View::Balanced;
    for (const View candidate : allViews) {
        if (toString(candidate) == options.view)
            view = candidate;
    }
    std::string text = needText(report);
    text += fmt::format("\nSearched {} configurations in {:.0f} ms, {} meet the targets.\n",
                        report.searched, inMilliseconds(report.elapsed), report.options.size());
    if (report.cancelled)
        text += "Stopped on request: these are the best of what was looked at.\n";
    if (report.options.empty())
        text += "\nNothing is feasible. " + report.infeasibility + "\n";
    else
        text += fmt::format("\nRanked by {}\n", options.view)
            + rankedTable(report, ranking, view, options.top) + "\n"
            + intervalText(report, ranking, view);
    text += "\nRefused\n" + refusalText(report);
    session.print(text);
}

Result<> saveProject(const Options& options, const Requirements& need)
{
    Project project;
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

ExitCode recommend(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto stated = options.need.read(session);
    if (!stated)
        return session.fail(stated.error());
    const Requirements& need = stated->requirements;
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    RunContext context = session.runContext();
    const auto report = search({ need, {} }, *catalog, **engine, context);
    if (!report)
        return session.fail(report.error());
    if ((*report)->cancelled && (*report)->options.empty())
        return session.fail({ ErrorCode::Cancelled, "stopped on request before anything was found" });

    const Ranking ranking =
        rank(rankingInputs(**report), (*report)->need.priorities, (*report)->need.slo);
    if (!options.output.empty()) {
        if (const auto saved = saveProject(options, need); !saved)
            return session.fail(saved.error());
    }
    if (session.json) {
        session.printJson(document(**report, ranking, *stated, options.top));
    } else {
        session.print(statedText(stated->derivations));
        printHuman(session, options, **report, ranking);
    }
    return (*report)->options.empty() ? ExitCode::Infeasible : ExitCode::Done;
}

} // namespace

void addRecommend(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "recommend", "Find the configurations that meet a need at the lowest cost");
    auto options = std::make_shared<Options>();
    options->need.addTo(*command);
    command->add_option("--top", options->top, "Configurations to show per view")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
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

// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../needoptions.h"
#include "../rankingexplanation.h"
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
    std::vector<std::string> why; ///< none or two options
};

/** What was found, in the order that was asked for. */
struct Found
{
    const SearchReport& report;
    const RankedOptions& options;
    View view;

    [[nodiscard]] const std::vector<std::size_t>& order() const { return options.ranking.of(view); }
};

std::string milliseconds(Seconds value)
{
    return fmt::format("{:.0f}", inMilliseconds(value));
}

/** "78 (75 to 80)": with the range in which it may lie, if that is known. */
std::string scoreCell(const Found& found, std::size_t option)
{
    const double score = found.options.ranking.scores[option].balanced;
    const auto range = balancedRange(found.options, option);
    return range ? fmt::format("{:.0f} ({:.0f} to {:.0f})", score, range->low, range->high)
                 : fmt::format("{:.0f}", score);
}

std::string rankedTable(const Found& found, std::size_t top)
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
    const auto& order = found.order();
    for (std::size_t i = 0; i < std::min(top, order.size()); ++i) {
        const Option& option = found.report.options[order[i]];
        const Scores& scores = found.options.ranking.scores[order[i]];
        const auto& quantization = option.candidate.model->architecture.quantization;
        // "=" where the first place is not certain.
        const bool tied =
            i > 0 && standing(found.options, found.view, order.front(), order[i]) == Standing::Tied;
        table.addRow({ std::to_string(i + 1) + (tied ? "=" : ""),
                       option.candidate.model->displayName,
                       quantization.label() + (quantization.atLoad ? " at load" : ""),
                       option.candidate.gpu->id, option.candidate.topology.label(),
                       std::to_string(option.totalGpus),
                       fmt::format("{:.0f}", inDollarsPerMonth(option.cost)),
                       milliseconds(option.atPeak.ttft.p95),
                       fmt::format("{:.1f}", inMilliseconds(option.atPeak.itl.p95)),
                       fmt::format("{:.1f}", option.atPeak.e2e.p95.value()),
                       scores.quality ? fmt::format("{:.0f}", *scores.quality) : "no data",
                       scoreCell(found, order[i]), option.id });
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

std::string intervalText(const Found& found)
{
    const auto& order = found.order();
    if (order.empty())
        return {};
    const Option& best = found.report.options[order.front()];
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

void printHuman(const Session& session, const Options& options, const Found& found)
{
    const SearchReport& report = found.report;
    std::string text = needText(report);
    text += fmt::format("\nSearched {} configurations in {:.0f} ms, {} meet the targets.\n",
                        report.searched, inMilliseconds(report.elapsed), report.options.size());
    if (report.cancelled)
        text += "Stopped on request: these are the best of what was looked at.\n";
    if (report.options.empty())
        text += "\nNothing is feasible. " + report.infeasibility + "\n";
    else
        text += fmt::format("\nRanked by {}\n", options.view) + rankedTable(found, options.top)
            + "\n" + sensitivityText(report, found.options, found.view) + intervalText(found);
    text += "\nRefused\n" + refusalText(report);
    session.print(text);
}

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

Result<> saveProject(const Options& options, const Requirements& need)
{
    Project project;
    project.requirements = need;
    project.engine = options.engine;
    project.view = options.view;
    return writeProject(project, options.output);
}

/** The `recommend` document, with what was read from a text if there was one. */
nlohmann::ordered_json document(const Found& found, const StatedNeed& stated, std::size_t top)
{
    auto json = toJson(found.report, found.options.ranking, stated.requirements, top);
    addRankingExplanation(json, found.report, found.options);
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

    const auto inputs = rankingInputs(**report);
    const ResolvedNeed& resolved = (*report)->need;
    const Ranking ranking = rank(inputs, resolved.priorities, resolved.slo);
    const RankedOptions ranked { inputs, ranking, resolved.priorities, resolved.slo };
    const Found found { **report, ranked, parseView(options.view).value_or(View::Balanced) };
    const auto pair = comparedPair(options, found);
    if (!pair)
        return session.fail(pair.error());
    if (!options.output.empty()) {
        if (const auto saved = saveProject(options, need); !saved)
            return session.fail(saved.error());
    }
    std::optional<Comparison> why;
    if (*pair)
        why = compareOptions(**report, ranked, (*pair)->first, (*pair)->second);
    if (session.json) {
        auto json = document(found, *stated, options.top);
        if (why)
            json["why"] = comparisonJson(*why, (*report)->options[(*pair)->first].id,
                                         (*report)->options[(*pair)->second].id);
        session.printJson(json);
    } else {
        session.print(statedText(stated->derivations));
        printHuman(session, options, found);
        if (why)
            session.print(comparisonText(*why));
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

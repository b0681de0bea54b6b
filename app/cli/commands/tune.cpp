// SPDX-License-Identifier: Apache-2.0
#include "../servedoptions.h"
#include "../terminalprogress.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/project/project.h>
#include <core/project/tuningjson.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>

namespace llmd::cli {

namespace {

struct RouterOptions
{
    ServedOptions served;
    std::string objective = "ttft-p95";
    std::string standard = toString(recommendedRouter());
    double turns = 1;
    std::string followUp = "100";
    std::string thinkTime = "0s";
    std::string requests = "4k";
    int seeds = 12;
    std::uint64_t seed = 1;
};

struct ScalingOptions
{
    ServedOptions served;
    std::string engine = "analytic";
    std::string mean;
    std::string hourly;
    std::string coldStart = "180s";
    std::string attainment;
    std::string fluctuation = "10%";
    std::uint64_t seed = 1;
    int seeds = 12;
};

std::string percent(double value)
{
    return fmt::format("{:.1f} %", value * 100);
}

std::string percent(const std::optional<ConfidenceInterval>& interval)
{
    return interval ? fmt::format("{:.1f} ({:.1f} to {:.1f}) %", interval->mean * 100,
                                  interval->low * 100, interval->high * 100)
                    : std::string();
}

Result<Traffic> routerTraffic(const RouterOptions& options, const ServedNeed& served)
{
    Traffic traffic;
    traffic.prompt = served.workload.prompt;
    traffic.output = served.workload.output;
    traffic.prefix = served.workload.prefix;
    // A need in a file says nothing of these.
    const WorkloadOptions& stated = options.served.workload;
    if (stated.prefixGroups > 1)
        traffic.prefix.groups = stated.prefixGroups;
    if (stated.uniquePrompts > 0)
        traffic.prefix.uniquePrompts = stated.uniquePrompts;
    if (options.turns > 1) {
        const auto followUp = parseCount(options.followUp);
        const auto think = parseDuration(options.thinkTime);
        if (!followUp)
            return tl::unexpected(withContext("--follow-up")(followUp.error()));
        if (!think)
            return tl::unexpected(withContext("--think-time")(think.error()));
        Conversations conversations;
        conversations.turns.mean = options.turns;
        conversations.followUp.mean = *followUp;
        conversations.thinkTime = *think;
        traffic.conversations = conversations;
    }
    const auto requests = parseCount(options.requests);
    if (!requests || !(*requests >= 100 && *requests <= 1e7))
        return failure(ErrorCode::InvalidArgument, "--requests: expected a number from 100 to 10M");
    TrafficStage stage;
    stage.load = served.workload.load;
    if (stage.load.kind == Load::Kind::OpenLoop && served.peak)
        stage.load.rate = *served.peak;
    stage.requests = static_cast<std::uint64_t>(*requests);
    traffic.stages = { stage };
    return traffic;
}

Result<RouterTuningProblem> routerProblem(const RouterOptions& options, const ServedNeed& served)
{
    RouterTuningProblem problem;
    auto traffic = routerTraffic(options, served);
    if (!traffic)
        return tl::unexpected(traffic.error());
    auto standard = parseRouter(options.standard);
    if (!standard)
        return tl::unexpected(withContext("--standard")(standard.error()));
    problem.scenario.candidate = served.owned.candidate;
    problem.scenario.traffic = std::move(*traffic);
    problem.scenario.router = std::move(*standard);
    const auto limit = [](const std::optional<LatencyTarget>& target) {
        return target ? std::optional(target->limit) : std::nullopt;
    };
    problem.scenario.limits = { limit(served.slo.ttft), limit(served.slo.itl),
                                limit(served.slo.e2e) };
    problem.objective = parseRouterObjective(options.objective).value_or(RouterObjective::TtftTail);
    problem.confirmingSeeds = options.seeds;
    return problem;
}

void addRow(TextTable& table, const RouterTrial& trial, const std::string& gain)
{
    const RouterFigures& f = trial.figures;
    table.addRow({ toString(trial.router), gain, fmt::format("{:.1f}", inMilliseconds(f.ttftMean)),
                   fmt::format("{:.1f}", inMilliseconds(f.ttftTail)),
                   fmt::format("{:.2f}", inMilliseconds(f.itlMean)),
                   fmt::format("{:.1f}", inMilliseconds(f.e2eMean)), percent(f.prefixHitRate),
                   fmt::format("{:.2f}", f.imbalance), percent(f.attainment) });
}

std::string routerText(const RouterTuning& tuning)
{
    using Align = TextTable::Align;
    TextTable table({ { "weights" },
                      { "gain", Align::Right },
                      { "TTFT mean ms", Align::Right },
                      { "TTFT p95 ms", Align::Right },
                      { "ITL mean ms", Align::Right },
                      { "E2E mean ms", Align::Right },
                      { "hits", Align::Right },
                      { "busiest/mean", Align::Right },
                      { "in time", Align::Right } });
    addRow(table, tuning.standard, "standard");
    std::size_t shown = 0;
    for (const RouterTrial& trial : tuning.trials) {
        if (trial.gain || shown < 8)
            addRow(table, trial,
                   trial.gain ? percent(trial.gain)
                              : fmt::format("{:.1f} % (screened)", trial.screened * 100));
        ++shown;
    }
    std::string text = table.print();
    if (tuning.standard.figures.saturated > 0)
        text += "\nSome runs with the standard weights saturate: their latencies grow with the "
                "length of the run.\n";
    text +=
        fmt::format("\nVerdict: {}.\n{} weight sets in {} runs, {:.1f} s. Intervals hold at "
                    "once at 95 %, over runs that chose nothing.\n",
                    tuning.verdict, tuning.trials.size() + 1, tuning.runs, tuning.elapsed.value());
    return text;
}

ExitCode tuneRouterCommand(Session& session, const RouterOptions& options)
{
    const auto served = options.served.read(session);
    if (!served)
        return session.fail(served.error());
    const bool hasLoad = served->peak || served->workload.load.kind == Load::Kind::ClosedLoop;
    if (!hasLoad)
        return session.fail({ ErrorCode::MissingField,
                              "say how much arrives: --rate RPS, --concurrency N or --workload" });
    const auto problem = routerProblem(options, *served);
    if (!problem)
        return session.fail(problem.error());
    TerminalProgress terminal(session.runContext());
    terminal.context().seed = options.seed;
    const auto tuning =
        tuneRouter(*problem, *served->owned.catalog, standardCoefficients(), terminal.context());
    terminal.clear();
    if (!tuning)
        return session.fail(tuning.error());
    if (session.json) {
        nlohmann::ordered_json json = toJson(served->owned.candidate);
        json["objective"] = options.objective;
        json["seed"] = options.seed;
        json["tuning"] = toJson(*tuning);
        session.printJson(json);
    } else {
        session.print(routerText(*tuning));
    }
    return ExitCode::Done;
}

/** Relative rates of equal parts of the day, scaled to a mean of one. */
Result<std::vector<double>> parseHourly(const std::string& text)
{
    std::vector<double> values;
    for (const auto part : split(text, ',')) {
        const auto value = parseNumber(trimmed(part));
        if (!value || *value < 0)
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("--hourly: '{}' is no relative rate", part));
        values.push_back(*value);
    }
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    if (!(mean > 0))
        return failure(ErrorCode::InvalidArgument, "--hourly: all rates are zero");
    for (double& value : values)
        value /= mean;
    return values;
}

/** The mean is stated, follows from the need, or from the peak and the shape of the day. */
Result<DayOfLoad> dayOf(const ScalingOptions& options, const ServedNeed& served)
{
    DayOfLoad day;
    if (!options.hourly.empty()) {
        auto hourly = parseHourly(options.hourly);
        if (!hourly)
            return tl::unexpected(hourly.error());
        day.relative = std::move(*hourly);
        day.mean = *served.peak / *std::max_element(day.relative.begin(), day.relative.end());
    } else if (!options.mean.empty()) {
        const auto mean = parseRate(options.mean);
        if (!mean)
            return tl::unexpected(withContext("--mean-rate")(mean.error()));
        day.mean = *mean;
    } else if (served.mean) {
        day.mean = *served.mean;
    } else {
        return failure(ErrorCode::MissingField,
                       "say how the day goes: --mean-rate beside the peak of --rate, --hourly, or "
                       "a need with --workload");
    }
    if (!(day.mean.value() > 0) || day.mean > *served.peak)
        return failure(ErrorCode::InvalidArgument,
                       "the mean rate must be above zero and at most the peak");
    if (day.relative.empty())
        day.relative = DayOfLoad::withPeak(*served.peak / day.mean);
    const auto fluctuation = parseFraction(options.fluctuation);
    if (!fluctuation)
        return tl::unexpected(withContext("--fluctuation")(fluctuation.error()));
    day.fluctuation = *fluctuation;
    return day;
}

/** The share of requests that the strictest percentile asks for; 95 % where targets are about means only. */
double attainmentOf(const Slo& slo)
{
    double percentile = 0;
    for (const auto* target : { &slo.ttft, &slo.itl, &slo.e2e }) {
        if (*target)
            percentile = std::max(percentile, (*target)->percentile);
    }
    return percentile > 0 ? percentile / 100 : 0.95;
}

Result<AutoscalingProblem> scalingProblem(const ScalingOptions& options, const ServedNeed& served)
{
    AutoscalingProblem problem;
    if (!served.peak)
        return failure(ErrorCode::MissingField, "say what the peak is: --rate or --workload");
    auto day = dayOf(options, served);
    if (!day)
        return tl::unexpected(day.error());
    problem.day = std::move(*day);
    problem.load.candidate = served.owned.candidate;
    problem.load.shape = served.workload;
    problem.load.slo = served.slo;
    problem.load.peak = served.peak;
    problem.load.headroom = served.headroom;
    problem.load.minReplicas = served.minReplicas;
    problem.load.gpusPerNode = served.gpusPerNode;
    problem.load.gpuPrice = served.gpuPrice;
    problem.load.points = 64;
    problem.confirmingSeeds = options.seeds;
    const auto cold = parseDuration(options.coldStart);
    if (!cold)
        return tl::unexpected(withContext("--cold-start")(cold.error()));
    problem.coldStart = *cold;
    problem.attainment = attainmentOf(served.slo);
    if (!options.attainment.empty()) {
        const auto share = parseFraction(options.attainment);
        if (!share)
            return tl::unexpected(withContext("--attainment")(share.error()));
        problem.attainment = *share;
    }
    return problem;
}

void addRow(TextTable& table, const ScalingTrial& trial, const std::string& saving)
{
    const AutoscalerSettings& s = trial.settings;
    const bool fixed = s.minReplicas == s.maxReplicas;
    table.addRow({ fmt::format("{} to {}", s.minReplicas, s.maxReplicas),
                   fixed ? "" : fmt::format("{:.0f}", s.targetInFlight),
                   fixed ? "" : fmt::format("{} per {}", s.podsUp, printDuration(s.upPeriod)),
                   fixed ? "" : printDuration(s.scaleDownWindow), saving,
                   fmt::format("{:.1f}", trial.replicaHours),
                   trial.cost ? fmt::format("{:.0f}", inDollarsPerMonth(*trial.cost)) : "no price",
                   percent(trial.attainment), percent(trial.worstHour),
                   fmt::format("{:.0f}", trial.changesPerDay) });
}

std::string scalingText(const AutoscalingTuning& tuning, const AutoscalingProblem& problem)
{
    using Align = TextTable::Align;
    TextTable table({ { "replicas" },
                      { "in flight each", Align::Right },
                      { "added", Align::Right },
                      { "down window", Align::Right },
                      { "saving", Align::Right },
                      { "replica hours/day", Align::Right },
                      { "$/month", Align::Right },
                      { "in time", Align::Right },
                      { "worst hour", Align::Right },
                      { "changes/day", Align::Right } });
    addRow(table, tuning.fixed, "all day");
    for (const ScalingTrial& trial : tuning.trials) {
        if (trial.saving)
            addRow(table, trial, percent(trial.saving));
    }
    const auto most = *std::max_element(problem.day.relative.begin(), problem.day.relative.end());
    return fmt::format("A day of {:.3g} requests/s on average and {:.3g} at the peak, {} slow "
                       "fluctuation (an assumption), cold start {}, {} wanted in time.\n\n",
                       problem.day.mean.value(), problem.day.mean.value() * most,
                       percent(problem.day.fluctuation), printDuration(problem.coldStart),
                       percent(problem.attainment))
        + table.print()
        + fmt::format("\nVerdict: {}.\n{} sets of settings, {} days in {:.1f} s. Intervals hold at "
                      "once at 95 %, over days that chose nothing.\n",
                      tuning.verdict, tuning.examined, tuning.days, tuning.elapsed.value());
}

ExitCode tuneAutoscalingCommand(Session& session, const ScalingOptions& options)
{
    const auto served = options.served.read(session);
    if (!served)
        return session.fail(served.error());
    const auto problem = scalingProblem(options, *served);
    if (!problem)
        return session.fail(problem.error());
    const EngineRegistry engines(served->owned.catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    TerminalProgress terminal(session.runContext());
    terminal.context().seed = options.seed;
    const auto tuning = tuneAutoscaling(*problem, **engine, terminal.context());
    terminal.clear();
    if (!tuning)
        return session.fail(tuning.error());
    if (session.json) {
        nlohmann::ordered_json json = toJson(served->owned.candidate);
        json["engine"] = options.engine;
        json["seed"] = options.seed;
        json["tuning"] = toJson(*tuning);
        session.printJson(json);
    } else {
        session.print(scalingText(*tuning, *problem));
    }
    return ExitCode::Done;
}

void addRouter(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "router", "Search scorer weights of the endpoint picker for a workload by simulation");
    auto options = std::make_shared<RouterOptions>();
    options->served.addTo(*command);
    std::vector<std::string> objectives;
    for (const RouterObjective objective : allRouterObjectives)
        objectives.emplace_back(toString(objective));
    command->add_option("--objective", options->objective, "What shall become better")
        ->capture_default_str()
        ->check(CLI::IsMember(objectives));
    command->add_option("--standard", options->standard, "Weights that others are compared with")
        ->capture_default_str();
    command
        ->add_option("--turns", options->turns, "Mean turns of a conversation, whose context grows")
        ->check(CLI::Range(1.0, 10000.0));
    command->add_option("--follow-up", options->followUp, "New prompt tokens of later turns")
        ->capture_default_str();
    command->add_option("--think-time", options->thinkTime, "Mean pause before the next turn")
        ->capture_default_str();
    command->add_option("--requests", options->requests, "Requests of one run")
        ->capture_default_str();
    command->add_option("--seeds", options->seeds, "Runs that judge each finalist")
        ->capture_default_str()
        ->check(CLI::Range(2, 1000));
    command->add_option("--seed", options->seed, "Equal seeds give equal results")
        ->capture_default_str();
    command->callback([&session, options] {
        session.command = [&session, options] { return tuneRouterCommand(session, *options); };
    });
}

void addAutoscaling(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("autoscaling", "Search autoscaler settings by simulating days of load");
    auto options = std::make_shared<ScalingOptions>();
    options->served.addTo(*command);
    command->get_option("--rate")->description("Rate at the peak of the day");
    command->remove_option(command->get_option("--concurrency"));
    command->remove_option(command->get_option("--replicas"));
    command->add_option("--mean-rate", options->mean, "Mean rate over the day, e.g. 12/s");
    command->add_option("--hourly", options->hourly,
                        "Relative rates of equal parts of the day with commas, e.g. 24 of them");
    command
        ->add_option("--cold-start", options->coldStart,
                     "From the decision to a replica that serves")
        ->capture_default_str();
    command->add_option(
        "--attainment", options->attainment,
        "Share of requests within the targets' limits; default is the strictest percentile");
    command
        ->add_option("--fluctuation", options->fluctuation,
                     "Slow fluctuation of the rate around the day's shape (10 minutes)")
        ->capture_default_str();
    command->add_option("--engine", options->engine, "Engine of the load curve")
        ->capture_default_str();
    command->add_option("--seeds", options->seeds, "Days that judge each finalist")
        ->capture_default_str()
        ->check(CLI::Range(2, 1000));
    command->add_option("--seed", options->seed, "Equal seeds give equal results")
        ->capture_default_str();
    command->callback([&session, options] {
        session.command = [&session, options] { return tuneAutoscalingCommand(session, *options); };
    });
}

} // namespace

void addTune(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "tune", "Search router weights or autoscaler settings for one configuration");
    command->require_subcommand(1);
    addRouter(*command, session);
    addAutoscaling(*command, session);
}

} // namespace llmd::cli

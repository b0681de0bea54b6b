// SPDX-License-Identifier: Apache-2.0
#include "../candidateoptions.h"
#include "../disaggregationoptions.h"
#include "../terminalprogress.h"
#include "../texttable.h"
#include "../workloadoptions.h"

#include <core/base/text.h>
#include <core/performance/simulation/simulation.h>
#include <core/project/project.h>
#include <core/project/simulationjson.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    CandidateOptions candidate;
    DisaggregationOptions disaggregation;
    WorkloadOptions workload;
    std::string requests;
    std::string duration;
    std::vector<std::string> stages;
    std::string trace;
    std::string arrivals = "poisson";
    std::uint64_t seed = 1;
    std::string router; ///< empty: the default of the topology
    std::string metricsInterval = "50ms";
    double turns = 1;
    std::string followUp = "100";
    std::string thinkTime = "0s";
    std::string priorities;
    std::string timeout;
    std::string ttft;
    std::string itl;
    std::string e2e;
    std::string warmUp;
};

/** The value of an option that may be left empty. */
template <class Parse>
auto optional(const std::string& text, const char* option, const Parse& parse)
    -> Result<std::optional<typename decltype(parse(text))::value_type>>
{
    if (text.empty())
        return {};
    auto value = parse(text);
    if (!value)
        return tl::unexpected(withContext(option)(value.error()));
    return *value;
}

/** "poisson", "constant", "rescaled", "gamma:4", "diurnal:0.8" or "diurnal:0.8:24h". */
Result<ArrivalProcess> parseArrivals(const std::string& text)
{
    const auto parts = split(text, ':');
    ArrivalProcess process;
    using Kind = ArrivalProcess::Kind;
    const auto number = [&](std::size_t index, double fallback) {
        return index < parts.size() ? parseNumber(parts[index]) : Result<double>(fallback);
    };
    std::size_t most = 1;
    if (parts[0] == "constant") {
        process.kind = Kind::Constant;
    } else if (parts[0] == "rescaled") {
        process.kind = Kind::RescaledPoisson;
    } else if (parts[0] == "gamma" || parts[0] == "diurnal") {
        const bool gamma = parts[0] == "gamma";
        process.kind = gamma ? Kind::Gamma : Kind::Diurnal;
        const auto value = number(1, gamma ? 4 : 0.5);
        if (!value)
            return tl::unexpected(withContext("--arrivals")(value.error()));
        (gamma ? process.variation : process.amplitude) = *value;
        most = gamma ? 2 : 3;
        if (!gamma && parts.size() > 2) {
            const auto period = parseDuration(parts[2]);
            if (!period)
                return tl::unexpected(withContext("--arrivals")(period.error()));
            process.period = *period;
        }
    } else if (parts[0] != "poisson") {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("--arrivals: '{}' is not known; use poisson, constant, "
                                   "rescaled, gamma:VARIATION or diurnal:AMPLITUDE:PERIOD",
                                   text));
    }
    if (parts.size() > most)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("--arrivals: too many parts in '{}'", text));
    return process;
}

/** "12/s:10m": a rate for so long. */
Result<TrafficStage> parseStage(const std::string& text, const ArrivalProcess& arrivals)
{
    const auto parts = split(text, ':');
    if (parts.size() != 2)
        return failure(
            ErrorCode::InvalidArgument,
            fmt::format("--stage: expected RATE:DURATION such as 12/s:10m, not '{}'", text));
    const auto rate = parseRate(parts[0]);
    const auto duration = parseDuration(parts[1]);
    if (!rate)
        return tl::unexpected(withContext("--stage")(rate.error()));
    if (!duration)
        return tl::unexpected(withContext("--stage")(duration.error()));
    TrafficStage stage;
    stage.load = Load::open(*rate);
    stage.duration = *duration;
    stage.arrivals = arrivals;
    return stage;
}

Result<> addStages(const Options& options, const Session& session, const Catalog& catalog,
                   Traffic& traffic)
{
    const auto arrivals = parseArrivals(options.arrivals);
    if (!arrivals)
        return tl::unexpected(arrivals.error());
    for (const auto& text : options.stages) {
        const auto stage = parseStage(text, *arrivals);
        if (!stage)
            return tl::unexpected(stage.error());
        traffic.stages.push_back(*stage);
    }
    // Only the load: with a trace the lengths are the trace's.
    if (!traffic.stages.empty() || (traffic.trace && !options.workload.hasLoad()))
        return {};
    WorkloadOptions load = options.workload;
    if (traffic.trace)
        load.inputTokens = load.outputTokens = "1";
    const auto workload = load.read(session, catalog);
    if (!workload)
        return tl::unexpected(workload.error());
    TrafficStage stage;
    stage.load = workload->load;
    stage.arrivals = *arrivals;
    const auto requests = optional(options.requests, "--requests", parseCount);
    if (!requests)
        return tl::unexpected(requests.error());
    if (*requests && !(**requests >= 1 && **requests <= 1e12))
        return failure(ErrorCode::InvalidArgument, "--requests: expected a number from 1 to 1e12");
    stage.requests = static_cast<std::uint64_t>(requests->value_or(0));
    const auto duration = optional(options.duration, "--duration", parseDuration);
    if (!duration)
        return tl::unexpected(duration.error());
    stage.duration = duration->value_or(Seconds());
    if (!*requests && !*duration)
        stage.requests = 10'000;
    traffic.stages = { stage };
    return {};
}

Result<Traffic> readTraffic(const Options& options, const Session& session, const Catalog& catalog)
{
    Traffic traffic;
    if (!options.trace.empty()) {
        auto trace = readTrace(options.trace);
        if (!trace)
            return tl::unexpected(trace.error());
        traffic.trace = std::make_shared<const Trace>(std::move(*trace));
    } else {
        const auto workload = options.workload.readLengths(session, catalog);
        if (!workload)
            return tl::unexpected(workload.error());
        traffic.prompt = workload->prompt;
        traffic.output = workload->output;
        traffic.prefix = workload->prefix;
    }
    const auto think = parseDuration(options.thinkTime);
    if (!think)
        return tl::unexpected(withContext("--think-time")(think.error()));
    traffic.thinkTime = *think;
    if (options.turns > 1) {
        const auto followUp = parseCount(options.followUp);
        if (!followUp)
            return tl::unexpected(withContext("--follow-up")(followUp.error()));
        Conversations conversations;
        conversations.turns.mean = options.turns;
        conversations.followUp.mean = *followUp;
        conversations.thinkTime = *think;
        traffic.conversations = conversations;
    }
    for (const auto part : split(options.priorities, ',')) {
        if (options.priorities.empty())
            break;
        const auto share = parseNumber(part);
        if (!share)
            return tl::unexpected(withContext("--priorities")(share.error()));
        traffic.priorities.push_back(*share);
    }
    return addStages(options, session, catalog, traffic).map([&] { return traffic; });
}

Result<Scenario> readScenario(const Options& options, const Session& session,
                              const OwnedCandidate& owned)
{
    auto traffic = readTraffic(options, session, *owned.catalog);
    if (!traffic)
        return tl::unexpected(traffic.error());
    const bool split = owned.candidate.topology.disaggregation.has_value();
    auto router = parseRouter(!options.router.empty() ? options.router
                                  : split             ? "least-loaded"
                                                      : "round-robin");
    if (!router)
        return tl::unexpected(withContext("--router")(router.error()));
    Scenario scenario;
    scenario.candidate = owned.candidate;
    scenario.traffic = std::move(*traffic);
    scenario.router = std::move(*router);
    const bool prioritized = scenario.traffic.priorities.size() > 1
        || (scenario.traffic.trace && scenario.traffic.trace->levels > 1);
    scenario.policy = prioritized ? Scenario::Policy::Priority : Scenario::Policy::Fcfs;
    const auto interval = parseDuration(options.metricsInterval);
    if (!interval)
        return tl::unexpected(withContext("--metrics-interval")(interval.error()));
    scenario.router.metricsInterval = *interval;
    const auto timeout = optional(options.timeout, "--timeout", parseDuration);
    const auto ttft = optional(options.ttft, "--slo-ttft", parseDuration);
    const auto itl = optional(options.itl, "--slo-itl", parseDuration);
    const auto e2e = optional(options.e2e, "--slo-e2e", parseDuration);
    const auto warmUp = optional(options.warmUp, "--warm-up", parseDuration);
    for (const auto* each : { &timeout, &ttft, &itl, &e2e, &warmUp }) {
        if (!*each)
            return tl::unexpected(each->error());
    }
    scenario.timeout = timeout->value_or(Seconds());
    scenario.limits = { *ttft, *itl, *e2e };
    scenario.warmUp = *warmUp;
    return scenario;
}

std::string latencyTable(const StageReport& stage)
{
    using Align = TextTable::Align;
    TextTable table({ { "ms" },
                      { "mean", Align::Right },
                      { "p50", Align::Right },
                      { "p90", Align::Right },
                      { "p95", Align::Right },
                      { "p99", Align::Right },
                      { "p99.9", Align::Right },
                      { "max", Align::Right } });
    const auto add = [&](const char* name, const LatencySummary& value) {
        std::vector<std::string> cells { name };
        for (const Seconds each :
             { value.mean, value.p50, value.p90, value.p95, value.p99, value.p999, value.maximum })
            cells.push_back(fmt::format("{:.1f}", inMilliseconds(each)));
        table.addRow(std::move(cells));
    };
    add("TTFT", stage.ttft);
    add("ITL", stage.itl);
    add("E2E", stage.e2e);
    return table.print();
}

/** Where the time to the first token of prompts that travel goes. */
std::string journeyText(const JourneyReport& journey)
{
    if (journey.requests == 0)
        return {};
    const auto ms = [](Seconds time) { return fmt::format("{:.1f}", inMilliseconds(time)); };
    return fmt::format(
        "First token of {} requests whose prompt travelled: front ends {} ms, queue "
        "{} ms, prefill {} ms, KV transfer {} ms ({} ms on idle links), decode steps "
        "and seat {} ms\n",
        journey.requests, ms(journey.frontEnd), ms(journey.prefillQueue), ms(journey.prefill),
        ms(journey.transfer), ms(journey.wire), ms(journey.firstDecode));
}

std::string stageText(const StageReport& stage, const RequestLimits& limits)
{
    std::string text = latencyTable(stage);
    if (stage.saturated)
        text += "\nSaturated: more arrives than can be served; latencies grow with the length of "
                "the run.\n";
    text += fmt::format(
        "\n{:.2f} requests/s arrived, {:.2f} requests/s and {:.0f} output tokens/s completed\n",
        stage.offeredRate.value(), stage.requestRate.value(), stage.outputThroughput.value());
    text += fmt::format("Per {}: {:.1f} running, {:.1f} waiting, KV pool {:.0f} % used, "
                        "prefix hits {:.0f} %\n",
                        stage.journey.requests > 0 ? "decode server" : "replica", stage.running,
                        stage.waiting, stage.kvUtilization * 100, stage.prefixHitRate * 100);
    if (stage.tierHitRate > 0)
        text += fmt::format("Loaded from outside the GPU: {:.0f} % of prompt tokens, {:.1f} ms per "
                            "request on average\n",
                            stage.tierHitRate * 100, inMilliseconds(stage.tierLoad));
    text += journeyText(stage.journey);
    if (limits.any())
        text += fmt::format(
            "Within the limits: {:.1f} % of requests (TTFT {:.1f} %, ITL {:.1f} %, E2E {:.1f} %), "
            "goodput {:.2f} requests/s\n",
            stage.attainment * 100, stage.ttftAttainment * 100, stage.itlAttainment * 100,
            stage.e2eAttainment * 100, stage.goodput.value());
    return text;
}

std::string reportText(const Scenario& scenario, const SimulationReport& report)
{
    std::string text = fmt::format("{} on {}, {}, router {}\n\n", scenario.candidate.model->id,
                                   scenario.candidate.gpu->name,
                                   scenario.candidate.topology.label(), toString(scenario.router));
    for (std::size_t i = 0; report.stages.size() > 1 && i < report.stages.size(); ++i)
        text +=
            fmt::format("Stage {}\n", i + 1) + stageText(report.stages[i], scenario.limits) + "\n";
    if (report.stages.size() > 1)
        text += "All stages\n";
    text += stageText(report.total, scenario.limits);
    text += fmt::format("\n{} requests: {} completed, {} timed out, {} refused; {} preemptions; {} "
                        "in flight at most\n",
                        report.arrived, report.completed, report.timedOut, report.refused,
                        report.preemptions, report.mostInFlight);
    if (report.capped > 0)
        text += fmt::format("{} outputs were cut at max_model_len {}.\n", report.capped,
                            scenario.candidate.engine.maxModelLen);
    if (report.total.start.value() >= 1)
        text += fmt::format("Warm-up of {:.0f} s left out.\n", report.total.start.value());
    if (report.replicas.size() > 1)
        text += fmt::format("The busiest replica got {:.2f} times the mean.\n", report.imbalance);
    if (const auto& split = report.disaggregation) {
        double busy = 0;
        for (const auto& server : split->prefill)
            busy += server.busy / static_cast<double>(split->prefill.size());
        text +=
            fmt::format("Prefill servers: {:.0f} % busy; {} of {} prompts travelled; links {:.1f} "
                        "% used.\n",
                        busy * 100, split->travelled, report.arrived, split->linkUtilization * 100);
    }
    text += fmt::format("{:.0f} s simulated in {:.3f} s\n", report.simulated.value(),
                        report.wall.value());
    return text;
}

ExitCode simulateCommand(Session& session, const Options& options)
{
    auto owned = options.candidate.read(session);
    if (!owned)
        return session.fail(owned.error());
    if (const auto applied = options.disaggregation.apply(options.candidate, *owned); !applied)
        return session.fail(applied.error());
    if (const auto refused = options.candidate.refuse(session, *owned, 0))
        return *refused;
    const auto scenario = readScenario(options, session, *owned);
    if (!scenario)
        return session.fail(scenario.error());
    TerminalProgress terminal(session.runContext());
    terminal.context().seed = options.seed;
    const auto report =
        simulate(*scenario, *owned->catalog, standardCoefficients(), terminal.context());
    terminal.clear();
    if (!report)
        return session.fail(report.error());
    // Zeros would look like a fast server.
    if (report->total.requestRate.value() <= 0)
        return session.fail(
            { .code = ErrorCode::Unsupported,
              .detail = fmt::format("no request completed in the measured part of the run: of {} "
                                    "{} were refused (max_model_len is {}) and {} timed out; the "
                                    "warm-up must leave something to measure",
                                    report->arrived, report->refused,
                                    owned->candidate.engine.maxModelLen, report->timedOut) });
    if (session.json) {
        nlohmann::ordered_json json = toJson(owned->candidate);
        json["seed"] = options.seed;
        json["router"] = toString(scenario->router);
        json["simulation"] = toJson(*report);
        session.printJson(json);
    } else {
        session.print(reportText(*scenario, *report));
    }
    return report->total.saturated ? ExitCode::Infeasible : ExitCode::Done;
}

void addTrafficOptions(CLI::App& command, Options& options)
{
    auto* requests =
        command.add_option("--requests", options.requests,
                           "Requests to simulate, e.g. 100k (10k unless a duration is given)");
    auto* duration =
        command.add_option("--duration", options.duration, "How long requests arrive, e.g. 10m");
    command
        .add_option("--stage", options.stages,
                    "RATE:DURATION, e.g. 12/s:10m; may be repeated, one after another")
        ->excludes(requests, duration);
    command
        .add_option(
            "--trace", options.trace,
            "JSON lines (also in the Mooncake form) or CSV with times and lengths; with --rate or "
            "--concurrency only its lengths are used")
        ->type_name("FILE");
    command
        .add_option("--arrivals", options.arrivals,
                    "poisson, constant, rescaled, gamma:VARIATION, diurnal:AMPLITUDE:PERIOD")
        ->capture_default_str();
    command
        .add_option("--turns", options.turns, "Mean turns of a conversation, whose context grows")
        ->check(CLI::Range(1.0, 10000.0));
    command.add_option("--follow-up", options.followUp, "New prompt tokens of later turns")
        ->capture_default_str();
    command
        .add_option("--think-time", options.thinkTime,
                    "Mean pause between an answer and the next turn or request")
        ->capture_default_str();
    command.add_option("--priorities", options.priorities,
                       "Shares of requests by priority, most urgent first, e.g. 0.2,0.8");
    command.add_option("--timeout", options.timeout, "Clients give up after this long");
}

} // namespace

void addSimulate(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "simulate", "Run one configuration request by request: scheduler, prefix cache, router");
    auto options = std::make_shared<Options>();
    options->candidate.addTo(*command, true);
    options->disaggregation.addTo(*command);
    options->workload.addTo(*command);
    addTrafficOptions(*command, *options);
    command->add_option("--seed", options->seed, "Equal seeds give equal runs")
        ->capture_default_str();
    command->add_option(
        "--router", options->router,
        "round-robin, least-loaded, random, prefix-affinity, or weighted scorers such as "
        "prefix-cache=3,queue=2,kv-cache-utilization=2 [round-robin; with --prefill, for both "
        "roles, least-loaded]");
    command
        ->add_option("--metrics-interval", options->metricsInterval,
                     "Age of the figures that the router sees")
        ->capture_default_str();
    command->add_option("--slo-ttft", options->ttft, "Limit for goodput: time to first token");
    command->add_option("--slo-itl", options->itl, "Limit for goodput: mean time per output token");
    command->add_option("--slo-e2e", options->e2e, "Limit for goodput: whole request");
    command->add_option("--warm-up", options->warmUp,
                        "Requests of this first part do not count; automatic if left out");
    command->callback([&session, options] {
        session.command = [&session, options] { return simulateCommand(session, *options); };
    });
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "../disaggregationoptions.h"
#include "../servedoptions.h"
#include "../terminalprogress.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/project/loadcurvejson.h>
#include <core/project/project.h>
#include <core/search/loadcurve.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    ServedOptions served;
    DisaggregationOptions disaggregation;
    std::string engine = "analytic";
    int points = 16;
};

std::string ms(Seconds value)
{
    return fmt::format("{:.1f}", inMilliseconds(value));
}

std::string withInterval(Seconds value, const IntervalFactors& factors, const Estimate& estimate)
{
    if (!factors.stated || estimate.nearSaturation)
        return ms(value);
    return fmt::format("{} ({} to {})", ms(value), ms(value * factors.low),
                       ms(value * factors.high));
}

std::string share(double value)
{
    return fmt::format("{:.1f} %", value * 100);
}

std::string perMillion(const std::optional<DollarsPerToken>& cost)
{
    return cost ? fmt::format("{:.2f}", cost->value() * 1e6) : "no price";
}

TextTable curveTable()
{
    using Align = TextTable::Align;
    return TextTable({ { "" },
                       { "requests/s", Align::Right },
                       { "used", Align::Right },
                       { "tokens/s", Align::Right },
                       { "TTFT p95 ms", Align::Right },
                       { "ITL p95 ms", Align::Right },
                       { "E2E p95 ms", Align::Right },
                       { "in time", Align::Right },
                       { "goodput/s", Align::Right },
                       { "W", Align::Right },
                       { "J/token", Align::Right },
                       { "$/M tokens out", Align::Right } });
}

void addRow(TextTable& table, const char* name, const LoadPoint& point)
{
    const Estimate& e = point.estimate;
    table.addRow(
        { name, fmt::format("{:.3f}", point.rate.value()),
          fmt::format("{:.0f} %", point.utilization * 100),
          fmt::format("{:.0f}", e.outputThroughput.value()),
          withInterval(e.ttft.p95, e.ttft.tailInterval, e),
          withInterval(e.itl.p95, e.itl.tailInterval, e),
          withInterval(e.e2e.p95, e.e2e.tailInterval, e), share(point.attainment.share),
          fmt::format("{:.3f}", point.goodput.value()), fmt::format("{:.0f}", point.power.value()),
          point.energyPerOutputToken ? fmt::format("{:.2f}", point.energyPerOutputToken->value())
                                     : "",
          perMillion(point.costPerOutputToken) });
}

std::string fleetText(const FleetSizing& fleet, const LoadCurve& curve)
{
    std::string text =
        fmt::format("\nFor {:.3g} requests/s at the peak: {} {} = {} GPUs in {} {} of {} ({} GPUs "
                    "stay idle).\n",
                    fleet.peak.value(), fleet.replicas,
                    fleet.replicas == 1 ? "replica" : "replicas", fleet.gpus, fleet.nodes,
                    fleet.nodes == 1 ? "server" : "servers", fleet.gpusPerNode, fleet.idleGpus);
    text += fmt::format("  Head-room: {:.0f} % wanted, {:.0f} % left of {} requests/s within the "
                        "targets; {:.0f} % of what saturates them is used.\n",
                        fleet.headroomWanted * 100, fleet.headroomLeft * 100,
                        printRounded((fleet.peak / (1 - fleet.headroomLeft)).value()),
                        (fleet.peak / (curve.saturation * fleet.replicas)) * 100);
    if (fleet.cost)
        text += fmt::format("  ${:.2f} per hour ({:.0f} per month); ${:.2f} for whole servers.\n",
                            inDollarsPerHour(*fleet.cost), inDollarsPerMonth(*fleet.cost),
                            inDollarsPerHour(*fleet.nodeCost));
    text += fmt::format("  {:.1f} kW at the peak, {} of requests in time.\n",
                        fleet.power.value() / 1000, share(fleet.atPeak.attainment.share));
    return text;
}

std::string curveText(const ServedNeed& served, const LoadCurve& curve, const std::string& engine)
{
    const Candidate& candidate = served.owned.candidate;
    std::string text =
        fmt::format("{} on {}, one {}, engine {}\n\n", candidate.model->id, candidate.gpu->name,
                    candidate.topology.disaggregation ? candidate.topology.label()
                                                      : candidate.topology.pool.parallelism.label(),
                    engine);
    TextTable table = curveTable();
    for (const LoadPoint& point : curve.points)
        addRow(table, "", point);
    addRow(table, "knee", curve.knee);
    if (curve.withinTargets)
        addRow(table, "within targets", *curve.withinTargets);
    text += table.print();
    text += fmt::format("\nSaturated above {:.3f} requests/s. Knee: {}.\n",
                        curve.saturation.value(), kneeDefinition());
    const bool hasTargets = served.slo.ttft || served.slo.itl || served.slo.e2e;
    if (curve.withinTargets) {
        static constexpr std::array names { "TTFT", "ITL", "E2E" };
        text +=
            fmt::format("Largest load within the targets: {:.3f} requests/s; beyond it {}.\n",
                        curve.withinTargets->rate.value(),
                        curve.binding ? fmt::format("{} misses its target",
                                                    names[static_cast<std::size_t>(*curve.binding)])
                                      : std::string("the server saturates"));
    } else {
        text += hasTargets ? "Not even a lone request meets the targets.\n"
                           : "No targets are stated: give --ttft, --itl, --e2e or --workload.\n";
    }
    if (curve.fleet)
        text += fleetText(*curve.fleet, curve);
    text += fmt::format(
        "\n90 % intervals in brackets; none near saturation. Prices: {}.\nPower: {}\n",
        served.gpuPrice ? served.priceSource : "none known for this GPU", powerModelSource());
    return text;
}

ExitCode curveCommand(Session& session, const Options& options)
{
    auto served = options.served.read(session);
    if (!served)
        return session.fail(served.error());
    if (options.served.candidateId.empty()) {
        if (const auto applied =
                options.disaggregation.apply(options.served.candidate, served->owned);
            !applied)
            return session.fail(applied.error());
        if (const auto refused = options.served.candidate.refuse(
                session, served->owned,
                served->workload.prompt.mean + served->workload.output.mean))
            return *refused;
    }
    const EngineRegistry engines(served->owned.catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    LoadCurveProblem problem;
    problem.candidate = served->owned.candidate;
    problem.shape = served->workload;
    problem.slo = served->slo;
    problem.peak = served->peak;
    problem.headroom = served->headroom;
    problem.minReplicas = served->minReplicas;
    problem.gpusPerNode = served->gpusPerNode;
    problem.gpuPrice = served->gpuPrice;
    if (const auto& split = problem.candidate.topology.disaggregation; split && split->gpu)
        problem.prefillGpuPrice = priceOf(*served, *split->gpu);
    problem.points = options.points;
    TerminalProgress terminal(session.runContext());
    const auto curve = loadCurve(problem, **engine, terminal.context());
    terminal.clear();
    if (!curve)
        return session.fail(curve.error());
    if (session.json) {
        nlohmann::ordered_json json = toJson(served->owned.candidate);
        json["engine"] = options.engine;
        json["curve"] = toJson(*curve);
        session.printJson(json);
    } else {
        session.print(curveText(*served, *curve, options.engine));
    }
    const bool hasTargets = served->slo.ttft || served->slo.itl || served->slo.e2e;
    return hasTargets && !curve->withinTargets ? ExitCode::Infeasible : ExitCode::Done;
}

} // namespace

void addCurve(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "curve", "Latency, throughput, goodput, energy and cost of one configuration against load");
    auto options = std::make_shared<Options>();
    options->served.addTo(*command);
    options->disaggregation.addTo(*command);
    command->get_option("--rate")->description("Peak rate of the deployment to size for");
    command->remove_option(command->get_option("--concurrency"));
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    command->add_option("--points", options->points, "Loads of the curve")
        ->capture_default_str()
        ->check(CLI::Range(2, 10000));
    command->callback([&session, options] {
        session.command = [&session, options] { return curveCommand(session, *options); };
    });
}

} // namespace llmd::cli

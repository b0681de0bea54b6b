// SPDX-License-Identifier: Apache-2.0
#include "../candidateoptions.h"
#include "../disaggregationoptions.h"
#include "../enginecomparison.h"
#include "../explanation.h"
#include "../measurements.h"
#include "../texttable.h"
#include "../workloadoptions.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd::cli {

namespace {

struct Options
{
    CandidateOptions candidate;
    DisaggregationOptions disaggregation;
    WorkloadOptions workload;
    MeasurementOptions measurements;
    std::string engine = "analytic";
    bool explain = false;
};

/** What is printed: answers, and what was measured in place of the first or near to it. */
struct Answers
{
    std::vector<EngineAnswer> list;
    std::optional<MatchOutcome> measured;
    std::optional<Estimate> estimated; ///< what the engine says where `list` shows the measurement
};

std::string roleText(const OwnedCandidate& owned, const char* name, const Candidate& role,
                     const RoleLoad& load)
{
    const auto memory = memoryFigures(role, owned.catalog->engineVersion(role.engine.version));
    return fmt::format(
        "{:8} {} x {} on {}: {:.2f} requests/s at most, {:.0f} % used, {:.1f} running and {:.1f} "
        "waiting per server;\n         weights {:.1f} GiB and KV {:.1f} GiB per GPU, pool of "
        "{:.0f} tokens {:.0f} % used\n",
        name, role.topology.pool.replicas, role.topology.pool.parallelism.label(), role.gpu->name,
        load.capacity.value(), 100 * load.utilization, load.running, load.waiting,
        inGibibytes(memory.weights), inGibibytes(memory.kvCache), memory.kvCacheTokens,
        100 * load.kvUtilization);
}

/** What a disaggregated deployment has beside the figures of every other. */
std::string disaggregatedText(const OwnedCandidate& owned, const DisaggregatedEstimate& d)
{
    TextTable parts({ { "first token" }, { "ms", TextTable::Align::Right }, { "how" } });
    for (const auto& part : firstTokenParts(d))
        parts.addRow({ std::string(part.name), fmt::format("{:.1f}", inMilliseconds(part.time)),
                       part.derivation });
    std::string text = "\n" + parts.print() + "\n";
    if (d.localShare > 0)
        text += fmt::format("{:.0f} % of the prompts are short enough to stay with the decode "
                            "servers; the parts are of the others.\n",
                            100 * d.localShare);
    text += roleText(owned, "Prefill", prefillRole(owned.candidate), d.prefillLoad);
    text += roleText(owned, "Decode", decodeRole(owned.candidate), d.decodeLoad);
    const Disaggregation& split = *owned.candidate.topology.disaggregation;
    const int decodeServers = owned.candidate.topology.pool.replicas;
    text += fmt::format(
        "When the load grows, {} fills up first. Balanced: {:.2f} prefill servers per decode "
        "server, which is {:.0f} for {} (derates {:g} and {:g}; --prefill-derate, "
        "--decode-derate).\n",
        d.limit == DisaggregatedEstimate::Limit::Transfer ? "the transfer"
                                                          : std::string(toString(d.limit)),
        d.prefillPerDecode, std::ceil(d.prefillPerDecode * decodeServers - 1e-9), decodeServers,
        split.prefillDerate, split.decodeDerate);
    return text;
}

std::string estimateText(const OwnedCandidate& owned, const Estimate& estimate)
{
    using Align = TextTable::Align;
    std::string text = fmt::format("{} on {}, {}, engine {}\n\n", owned.candidate.model->id,
                                   owned.candidate.gpu->name, owned.candidate.topology.label(),
                                   estimate.provenance.engine);
    TextTable latencies({ { "ms" },
                          { "mean", Align::Right },
                          { "90 % interval", Align::Right },
                          { "p50", Align::Right },
                          { "p90", Align::Right },
                          { "p95", Align::Right },
                          { "p99", Align::Right } });
    const auto add = [&](const char* name, const LatencyEstimate& latency) {
        const auto ms = [](Seconds value) { return fmt::format("{:.1f}", inMilliseconds(value)); };
        const std::string range = estimate.saturated ? "saturated"
            : estimate.nearSaturation                ? "near saturation"
            : latency.meanInterval.stated
            ? fmt::format("{} to {}", ms(latency.low()), ms(latency.high()))
            : "not stated";
        latencies.addRow({ name, ms(latency.mean), range, ms(latency.p50), ms(latency.p90),
                           ms(latency.p95), ms(latency.p99) });
    };
    add("TTFT", estimate.ttft);
    add("ITL", estimate.itl);
    add("E2E", estimate.e2e);
    text += latencies.print();
    if (estimate.saturated)
        text += "\nSaturated: more arrives than can be served; latencies grow without bound. Add "
                "replicas or lower the load.\n";
    else if (estimate.nearSaturation)
        text += "\nNear saturation: a few percent of the step time decide whether requests queue, "
                "so no interval is stated.\nAdd a replica if the latency has to hold.\n";
    text += fmt::format(
        "\nThroughput: {:.2f} requests/s, {:.0f} output tokens/s, {:.0f} tokens/s in all\n",
        estimate.requestRate.value(), estimate.outputThroughput.value(),
        estimate.totalThroughput.value());
    text += fmt::format("Per {}: {:.1f} running, {:.1f} waiting, KV pool {:.0f} % used, "
                        "prefix hits {:.0f} %\n",
                        estimate.disaggregated ? "decode server" : "replica",
                        estimate.runningPerReplica, estimate.waitingPerReplica,
                        estimate.kvUtilization * 100, estimate.prefixHitRate * 100);
    if (estimate.tokensPerStep > 1)
        text += fmt::format("Speculative decoding: {:.2f} tokens per sequence and step\n",
                            estimate.tokensPerStep);
    if (estimate.tierHitRate > 0)
        text += fmt::format("Loaded from outside the GPU: {:.0f} % of prompt tokens, {:.1f} ms per "
                            "request on average\n",
                            estimate.tierHitRate * 100, inMilliseconds(estimate.tierLoad));
    if (estimate.disaggregated)
        text += disaggregatedText(owned, *estimate.disaggregated);
    TextTable step({ { "decode step" }, { "ms", Align::Right } });
    const auto part = [&](const char* name, Seconds value) {
        if (value.value() > 0)
            step.addRow({ name, fmt::format("{:.3f}", inMilliseconds(value)) });
    };
    part("weights and compute", estimate.step.weightsAndCompute);
    part("  weights alone", estimate.step.weights);
    part("  compute alone", estimate.step.compute);
    part("routed tokens", estimate.step.expertTokens);
    part("KV read", estimate.step.keyValueRead);
    part("layers", estimate.step.layerOverhead);
    part("step", estimate.step.stepOverhead);
    part("collectives", estimate.step.collectives);
    part("sampler", estimate.step.sampler);
    part("pipeline", estimate.step.pipeline);
    part("guessing tokens", estimate.step.draft);
    part("LoRA adapters", estimate.step.adapters);
    part("total", estimate.step.total);
    if (estimate.step.total.value() > 0)
        text += "\n" + step.print();
    const bool measured = estimate.provenance.label == Provenance::Label::Benchmarked;
    text += fmt::format("\n{}: {}\n", measured ? "Benchmarked" : "Estimated",
                        estimate.provenance.distance);
    for (const auto& caveat : estimate.provenance.caveats)
        text += "  " + caveat + "\n";
    return text;
}

TimeExplanation explained(const OwnedCandidate& owned, const Workload& workload,
                          const Estimate& estimate)
{
    return explainTimes(owned.candidate,
                        owned.catalog->engineVersion(owned.candidate.engine.version), workload,
                        estimate);
}

/** What was measured beside what is shown: the estimate that gave way, or measurements that are only near. */
std::string measuredText(const Answers& answers)
{
    const auto mean = [](const LatencyEstimate& latency) {
        return fmt::format("{:.1f} ms", inMilliseconds(latency.mean));
    };
    std::string text;
    if (const auto& raw = answers.list.front().uncalibrated)
        text = fmt::format("\nUncalibrated: TTFT {}, ITL {}, E2E {}\n", mean(raw->ttft),
                           mean(raw->itl), mean(raw->e2e));
    if (!answers.measured)
        return text;
    if (answers.estimated)
        return text
            + fmt::format("\nEngine {} estimates: TTFT {}, ITL {}, E2E {}\n",
                          answers.estimated->provenance.engine, mean(answers.estimated->ttft),
                          mean(answers.estimated->itl), mean(answers.estimated->e2e));
    const std::string near = nearText(*answers.measured, 3);
    return near.empty() ? text
                        : text
            + "\nMeasured nearby, and why it is not used (llmd benchmark match shows "
              "more)\n"
            + near;
}

/** Puts the measurement, if this was measured, in the place of a single estimate or beside several. */
Result<Answers> withMeasurements(Measurements& measurements, const OwnedCandidate& owned,
                                 const Workload& workload, std::vector<EngineAnswer> list)
{
    Answers answers { std::move(list), {}, {} };
    const auto first = std::find_if(answers.list.begin(), answers.list.end(),
                                    [](const auto& answer) { return bool(answer.estimate); });
    if (first == answers.list.end())
        return answers;
    auto found = measurements.find({ owned.candidate, workload, *first->estimate });
    if (!found)
        return tl::unexpected(found.error());
    answers.measured = std::move(*found);
    if (!answers.measured || !answers.measured->applied)
        return answers;
    const Estimate& measured = answers.measured->applied->estimate;
    if (answers.list.size() > 1) {
        answers.list.push_back({ "measured", measured });
    } else {
        answers.estimated = *first->estimate;
        first->estimate = measured;
    }
    return answers;
}

void printJson(const Session& session, const OwnedCandidate& owned, const Workload& workload,
               const Answers& answers, bool explain)
{
    nlohmann::ordered_json documents = nlohmann::ordered_json::array();
    for (const auto& answer : answers.list) {
        documents.push_back(answerJson(owned, answer));
        auto& document = documents.back();
        if (&answer == &answers.list.front() && answers.measured) {
            document["benchmark"] = matchJson(*answers.measured);
            if (answers.estimated)
                document["benchmark"]["estimated"] = toJson(*answers.estimated);
        }
        if (explain && answer.estimate)
            document["explanation"] = explanationJson(explained(
                owned, workload, answers.estimated ? *answers.estimated : *answer.estimate));
    }
    session.printJson(answers.list.size() > 1 ? documents : documents.front());
}

void printText(const Session& session, const OwnedCandidate& owned, const Workload& workload,
               const Answers& answers, bool explain)
{
    const bool several = answers.list.size() > 1;
    session.print(several ? comparisonText(owned, answers.list)
                          : estimateText(owned, *answers.list.front().estimate));
    session.print(measuredText(answers));
    for (const auto& answer : answers.list) {
        if (!explain || !answer.estimate || answer.engine == "measured")
            continue;
        session.print(
            (several ? fmt::format("\nEngine {}\n", answer.engine) : std::string("\n"))
            + explanationText(explained(
                owned, workload, answers.estimated ? *answers.estimated : *answer.estimate)));
    }
}

ExitCode estimate(Session& session, const Options& options)
{
    auto owned = options.candidate.read(session);
    if (!owned)
        return session.fail(owned.error());
    if (const auto applied = options.disaggregation.apply(options.candidate, *owned); !applied)
        return session.fail(applied.error());
    const auto workload = options.workload.read(session, *owned->catalog);
    if (!workload)
        return session.fail(workload.error());
    if (const auto refused = options.candidate.refuse(
            session, *owned, workload->prompt.mean + workload->output.mean))
        return *refused;
    auto measurements = Measurements::open(session, options.measurements, *owned->catalog);
    if (!measurements)
        return session.fail(measurements.error());
    auto list = askEngines(session, options.engine, *owned, *workload, &*measurements);
    if (!list)
        return session.fail(list.error());
    if (list->size() == 1 && !list->front().estimate)
        return session.fail(list->front().estimate.error());
    const auto answers = withMeasurements(*measurements, *owned, *workload, std::move(*list));
    if (!answers)
        return session.fail(answers.error());
    if (session.json)
        printJson(session, *owned, *workload, *answers, options.explain);
    else
        printText(session, *owned, *workload, *answers, options.explain);
    return exitCodeOf(answers->list);
}

} // namespace

void addEstimate(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("estimate", "Predict latency and throughput of one configuration");
    auto options = std::make_shared<Options>();
    options->candidate.addTo(*command, true);
    options->disaggregation.addTo(*command);
    options->workload.addTo(*command);
    options->measurements.addTo(*command);
    command
        ->add_option(
            "--engine", options->engine,
            "Prediction engine, or several with commas to see them side by side (see: llmd "
            "catalog engines)")
        ->capture_default_str();
    command->add_flag("--explain", options->explain,
                      "Where the time goes: every term, its derivation and the source of its "
                      "coefficients");
    command->callback([&session, options] {
        session.command = [&session, options] { return estimate(session, *options); };
    });
}

} // namespace llmd::cli

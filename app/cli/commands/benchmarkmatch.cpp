// SPDX-License-Identifier: Apache-2.0
#include "../candidateoptions.h"
#include "../disaggregationoptions.h"
#include "../enginecomparison.h"
#include "../measurements.h"
#include "../workloadoptions.h"

#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    CandidateOptions candidate;
    DisaggregationOptions disaggregation;
    WorkloadOptions workload;
    MeasurementOptions measurements;
    std::string engine = "analytic";
    std::size_t most = 10;
};

std::string matchText(const MatchOutcome& outcome, const Estimate& estimate, std::size_t most)
{
    const auto figures = [](const Estimate& shown) {
        return fmt::format("TTFT {:.1f} ms, ITL {:.2f} ms, E2E {:.0f} ms",
                           inMilliseconds(shown.ttft.mean), inMilliseconds(shown.itl.mean),
                           inMilliseconds(shown.e2e.mean));
    };
    std::string text;
    if (outcome.applied) {
        const Estimate& measured = outcome.applied->estimate;
        text +=
            fmt::format("Benchmarked: {}\n  {}\n", measured.provenance.distance, figures(measured));
        for (const auto& caveat : measured.provenance.caveats)
            text += "  " + caveat + "\n";
    } else {
        text += "This was not measured.\n";
    }
    text += fmt::format("Engine {} estimates {}\n", estimate.provenance.engine, figures(estimate));
    const std::string near = nearText(outcome, most);
    return text + (near.empty() ? "" : "\nNearest others\n" + near);
}

ExitCode match(Session& session, const Options& options)
{
    auto owned = options.candidate.read(session);
    if (!owned)
        return session.fail(owned.error());
    if (const auto applied = options.disaggregation.apply(options.candidate, *owned); !applied)
        return session.fail(applied.error());
    const auto workload = options.workload.read(session, *owned->catalog);
    if (!workload)
        return session.fail(workload.error());
    const auto answers = askEngines(session, options.engine, *owned, *workload);
    if (!answers)
        return session.fail(answers.error());
    const auto& answer = answers->front();
    if (!answer.estimate)
        return session.fail(answer.estimate.error());
    auto measurements = Measurements::open(session, options.measurements, *owned->catalog);
    if (!measurements)
        return session.fail(measurements.error());
    const auto found =
        measurements->find({ owned->candidate, *workload, *answer.estimate }, options.most);
    if (!found)
        return session.fail(found.error());
    const MatchOutcome outcome = found->value_or(MatchOutcome());
    if (!session.json) {
        session.print(matchText(outcome, *answer.estimate, options.most));
        return ExitCode::Done;
    }
    auto json = toJson(owned->candidate);
    json.update(matchJson(outcome));
    json["estimated"] = toJson(*answer.estimate);
    if (outcome.applied)
        json["benchmarked"] = toJson(outcome.applied->estimate);
    session.printJson(json);
    return ExitCode::Done;
}

} // namespace

void addBenchmarkMatch(CLI::App& group, Session& session)
{
    auto* command = group.add_subcommand(
        "match", "What was measured of a deployment under a load, and what is only near to it");
    auto options = std::make_shared<Options>();
    options->candidate.addTo(*command, true);
    options->disaggregation.addTo(*command);
    options->workload.addTo(*command);
    command
        ->add_option("--store", options->measurements.store,
                     "Store of benchmarks to use instead of the user's")
        ->type_name("FILE");
    command->add_option("--engine", options->engine, "Engine to compare with")
        ->capture_default_str();
    command->add_option("--limit", options->most, "Most near matches to show")
        ->capture_default_str();
    command->callback([&session, options] {
        session.command = [&session, options] { return match(session, *options); };
    });
}

} // namespace llmd::cli

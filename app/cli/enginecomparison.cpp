// SPDX-License-Identifier: Apache-2.0
#include "enginecomparison.h"

#include "texttable.h"

#include <core/base/text.h>
#include <core/calibration/calibratedengine.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

/** One figure of all engines in a row, each with its difference to that of the first one. */
void addComparison(TextTable& table, const std::vector<EngineAnswer>& answers,
                   const std::string& name, double (*figure)(const Estimate&))
{
    std::vector<std::string> row { name };
    const auto& first = answers.front().estimate;
    for (const auto& answer : answers) {
        if (!answer.estimate) {
            row.push_back("-");
            continue;
        }
        const double value = figure(*answer.estimate);
        std::string cell = printRounded(value, 4);
        if (first && &answer != &answers.front() && figure(*first) > 0)
            cell += fmt::format(" ({:+.1f} %)", (value / figure(*first) - 1) * 100);
        row.push_back(std::move(cell));
    }
    table.addRow(std::move(row));
}

} // namespace

Result<std::vector<EngineAnswer>> askEngines(const Session& session, const std::string& ids,
                                             const OwnedCandidate& owned, const Workload& workload,
                                             Measurements* measurements)
{
    const EngineRegistry engines(owned.catalog, session.enginePrograms());
    std::vector<EngineAnswer> answers;
    for (const auto part : split(ids, ',')) {
        const std::string id(trimmed(part));
        const auto engine = engines.find(id);
        if (!engine)
            return tl::unexpected(engine.error());
        RunContext context = session.runContext();
        EngineAnswer answer { id, (*engine)->estimate(owned.candidate, workload, context) };
        if (measurements && answer.estimate) {
            const auto corrections = measurements->corrections(*owned.catalog, **engine, context);
            if (!corrections)
                return tl::unexpected(corrections.error());
            answer.correction = corrections->of(owned.candidate);
            if (!answer.correction.isNone()) {
                answer.uncalibrated = std::move(*answer.estimate);
                answer.estimate = CalibratedEngine(**engine, *corrections)
                                      .estimate(owned.candidate, workload, context);
            }
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

nlohmann::ordered_json answerJson(const OwnedCandidate& owned, const EngineAnswer& answer)
{
    nlohmann::ordered_json json = toJson(owned.candidate);
    json["engine"] = answer.engine;
    if (!answer.estimate) {
        json["error"] = describe(answer.estimate.error());
        return json;
    }
    json["estimate"] = toJson(*answer.estimate);
    if (answer.uncalibrated)
        json["calibration"] = correctionJson(answer.correction, *answer.uncalibrated);
    const auto memory = [&](const Candidate& role) {
        const auto ledger = memoryLedger(role, owned.catalog->engineVersion(role.engine.version));
        return ledger ? toJson(*ledger) : nlohmann::ordered_json();
    };
    if (owned.candidate.topology.disaggregation)
        json["memory"] = { { "prefill", memory(prefillRole(owned.candidate)) },
                           { "decode", memory(decodeRole(owned.candidate)) } };
    else if (auto ledger = memory(owned.candidate); !ledger.is_null())
        json["memory"] = std::move(ledger);
    return json;
}

std::string comparisonText(const OwnedCandidate& owned, const std::vector<EngineAnswer>& answers)
{
    std::vector<TextTable::Column> columns { { "" } };
    for (const auto& answer : answers)
        columns.push_back({ answer.engine, TextTable::Align::Right });
    TextTable table(std::move(columns));
    using E = const Estimate&;
    addComparison(table, answers, "TTFT mean ms", [](E e) { return inMilliseconds(e.ttft.mean); });
    addComparison(table, answers, "TTFT p95 ms", [](E e) { return inMilliseconds(e.ttft.p95); });
    addComparison(table, answers, "TTFT p99 ms", [](E e) { return inMilliseconds(e.ttft.p99); });
    addComparison(table, answers, "ITL mean ms", [](E e) { return inMilliseconds(e.itl.mean); });
    addComparison(table, answers, "ITL p95 ms", [](E e) { return inMilliseconds(e.itl.p95); });
    addComparison(table, answers, "E2E mean ms", [](E e) { return inMilliseconds(e.e2e.mean); });
    addComparison(table, answers, "E2E p95 ms", [](E e) { return inMilliseconds(e.e2e.p95); });
    addComparison(table, answers, "E2E p99 ms", [](E e) { return inMilliseconds(e.e2e.p99); });
    addComparison(table, answers, "requests/s", [](E e) { return e.requestRate.value(); });
    addComparison(table, answers, "output tokens/s",
                  [](E e) { return e.outputThroughput.value(); });
    std::string text =
        fmt::format("{} on {}, {}; differences to {}\n\n{}", owned.candidate.model->id,
                    owned.candidate.gpu->name, owned.candidate.topology.label(),
                    answers.front().engine, table.print());
    for (const auto& answer : answers) {
        text += fmt::format("\n{}: ", answer.engine);
        if (!answer.estimate) {
            text += fmt::format("no estimate: {}\n", describe(answer.estimate.error()));
            continue;
        }
        const Estimate& e = *answer.estimate;
        text += fmt::format("{}{}\n", e.provenance.distance,
                            e.saturated            ? " Saturated."
                                : e.nearSaturation ? " Near saturation."
                                                   : "");
        for (const auto& caveat : e.provenance.caveats)
            text += "  " + caveat + "\n";
    }
    return text;
}

ExitCode exitCodeOf(const std::vector<EngineAnswer>& answers)
{
    for (const auto& answer : answers) {
        if (answer.estimate)
            return answer.estimate->saturated ? ExitCode::Infeasible : ExitCode::Done;
    }
    return ExitCode::Failed;
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "monitortext.h"

#include "texttable.h"

#include <core/base/text.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <ctime>

namespace llmd::cli {

namespace {

std::string clockText(double time)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(time)));
}

/** The value in the unit that people read it in, without the unit. */
std::string valueText(double value, const std::string& unit)
{
    if (!std::isfinite(value))
        return "above";
    if (unit == "s")
        return fmt::format("{:.1f}", value * 1e3);
    if (unit == "share")
        return fmt::format("{:.1f}", value * 100);
    return printRounded(value, 4);
}

std::string unitText(const std::string& unit)
{
    return unit == "s" ? "ms" : unit == "share" ? "%" : unit;
}

std::string figuresText(const Validation& validation)
{
    using Align = TextTable::Align;
    TextTable table({ { "figure" },
                      { "unit" },
                      { "observed", Align::Right },
                      { "predicted", Align::Right },
                      { "90 % interval", Align::Right },
                      { "planned peak", Align::Right },
                      { "verdict" } });
    for (const ComparedFigure& figure : validation.figures) {
        const auto& predicted = figure.predicted;
        table.addRow(
            { figure.name, unitText(figure.unit),
              figure.observed ? valueText(figure.observed->value, figure.unit) : "no data",
              predicted ? valueText(predicted->value, figure.unit) : "",
              predicted && predicted->stated
                  ? fmt::format("{} to {}", valueText(predicted->low, figure.unit),
                                valueText(predicted->high, figure.unit))
                  : "",
              figure.planned ? valueText(figure.planned->value, figure.unit) : "",
              std::string(figure.verdict == Verdict::NoData ? "" : toString(figure.verdict)) });
    }
    return table.print();
}

std::string driftText(const std::vector<DriftSignal>& signals)
{
    using Align = TextTable::Align;
    TextTable table({ { "traffic" },
                      { "planned", Align::Right },
                      { "observed", Align::Right },
                      { "windows", Align::Right },
                      { "drift" } });
    for (const DriftSignal& signal : signals) {
        const bool share = signal.metric == DriftMetric::PrefixHits;
        const auto value = [share](double number) {
            return share ? fmt::format("{:.1f} %", number * 100) : printRounded(number, 3);
        };
        table.addRow({ std::string(nameOf(signal.metric)), value(signal.expected),
                       signal.observed ? value(*signal.observed) : "no data",
                       std::to_string(signal.windows),
                       signal.drifted()
                           ? fmt::format("{} since {}", signal.direction > 0 ? "more" : "less",
                                         clockText(signal.since))
                           : fmt::format("none ({:.0f} % of the way)", signal.pressure * 100) });
    }
    return table.print();
}

} // namespace

std::string monitorText(const MonitorUpdate& update)
{
    const bool live = !update.observation || update.observation->live;
    std::string text = live ? fmt::format("{}  {}: {}\n", clockText(update.time),
                                          toString(update.state), update.message)
                            : fmt::format("{}: {}\n", update.observation->source, update.message);
    if (update.validation && !update.validation->figures.empty())
        text += "\n" + figuresText(*update.validation);
    if (update.validation) {
        for (const LikelyCause& cause : update.validation->causes)
            text += fmt::format("\nLikely cause, {} (explains {} of {} deviations): {}\n",
                                toString(cause.kind), cause.explains, update.validation->deviating,
                                cause.text);
        for (const auto& difference : update.validation->differences)
            text += fmt::format("Configuration: {} is {} instead of {}\n", difference.setting,
                                difference.observed, difference.planned);
        for (const std::string& note : update.validation->notes)
            text += fmt::format("Note: {}\n", note);
    }
    for (const std::string& note : update.notes)
        text += fmt::format("Note: {}\n", note);
    if (!update.drift.empty())
        text += "\n" + driftText(update.drift);
    return text;
}

nlohmann::ordered_json monitorJson(const MonitorUpdate& update)
{
    using Json = nlohmann::ordered_json;
    Json json { { "state", toString(update.state) },
                { "time", update.time },
                { "message", update.message } };
    json["unreachable_since"] =
        update.unreachableSince ? Json(*update.unreachableSince) : Json(nullptr);
    json["observation"] = update.observation ? toJson(*update.observation) : Json(nullptr);
    json["validation"] = update.validation ? toJson(*update.validation) : Json(nullptr);
    json["drift"] = toJson(update.drift);
    json["drifted"] = update.drifted();
    json["notes"] = update.notes;
    return json;
}

std::string adaptationText(const Adaptation& adaptation)
{
    std::string text = fmt::format("\n{}\n", adaptation.verdict);
    for (std::size_t i = 0; i < adaptation.proposals.size(); ++i) {
        const Proposal& proposal = adaptation.proposals[i];
        text += fmt::format("{} {}: {}\n    {}\n", adaptation.recommended == i ? "*" : "-",
                            proposal.title, describe(proposal.diff.level), proposal.gain);
        for (const PlanChange& change : proposal.diff.changes)
            text += fmt::format("    {}: {} -> {}\n", change.field, change.before, change.after);
    }
    if (adaptation.scheduler)
        text +=
            fmt::format("Scheduler settings, by simulation: {}\n", adaptation.scheduler->verdict);
    if (adaptation.router)
        text += fmt::format("Router weights, by simulation: {}\n", adaptation.router->verdict);
    return text;
}

} // namespace llmd::cli

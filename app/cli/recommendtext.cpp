// SPDX-License-Identifier: Apache-2.0
#include "recommendtext.h"

#include "texttable.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::cli {

namespace {

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

} // namespace

std::string statedText(const std::vector<Derivation>& derivations)
{
    if (derivations.empty())
        return {};
    std::string text = "Read from the text\n";
    for (const auto& derivation : derivations)
        text += fmt::format("  {:<24} {}\n", derivation.field, derivation.text);
    return text + "\n";
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

std::string nothingText(const SearchReport& report)
{
    std::string text = "\nNothing is feasible. " + report.infeasibility + "\n";
    for (std::size_t i = 1; i < report.relaxations.size(); ++i)
        text += "  Or: " + report.relaxations[i].text + "\n";
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

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "review.h"

#include <core/base/text.h>
#include <core/plan/deploymentplan.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace llmd {

namespace {

std::string ms(Seconds value, int digits = 4)
{
    return printRounded(inMilliseconds(value), digits);
}

const char* labelOf(const Estimate& estimate)
{
    return estimate.provenance.label == Provenance::Label::Benchmarked ? "Benchmarked"
                                                                       : "Estimated";
}

/** The mean with its interval, or the words that stand for one. */
std::string meanText(const Estimate& estimate, const LatencyEstimate& latency)
{
    if (estimate.nearSaturation)
        return ms(latency.mean) + " (near saturation)";
    if (!latency.meanInterval.stated)
        return ms(latency.mean) + " (no interval)";
    return fmt::format("{} ({} to {})", ms(latency.mean), ms(latency.low()), ms(latency.high()));
}

std::string targetText(const Slo& slo)
{
    std::vector<std::string> parts;
    const auto add = [&parts](const char* name, const std::optional<LatencyTarget>& target) {
        if (target)
            parts.push_back(fmt::format("{} {} below {} ms", name,
                                        target->percentile > 0
                                            ? "p" + printNumber(target->percentile)
                                            : std::string("mean"),
                                        ms(target->limit)));
    };
    add("TTFT", slo.ttft);
    add("ITL", slo.itl);
    add("E2E", slo.e2e);
    return parts.empty() ? "no latency targets" : join(parts, ", ");
}

class Writer
{
public:
    explicit Writer(const ReviewInput& input)
        : m_input(input)
        , m_order(input.ranking.of(input.view))
    { }

    Report write()
    {
        m_report.title = m_input.title.empty() ? "Serving plan" : m_input.title;
        m_report.subtitle = m_input.date;
        summary();
        notes();
        need();
        options();
        charts();
        refusals();
        plan();
        return std::move(m_report);
    }

private:
    [[nodiscard]] const Option& option(std::size_t place) const
    {
        return m_input.search.options[m_order[place]];
    }
    [[nodiscard]] std::size_t shown() const { return std::min(m_input.top, m_order.size()); }
    [[nodiscard]] const Option* chosen() const
    {
        if (m_input.chosen.empty())
            return m_order.empty() ? nullptr : &option(0);
        const auto it =
            std::find_if(m_input.search.options.begin(), m_input.search.options.end(),
                         [this](const Option& each) { return each.id == m_input.chosen; });
        return it == m_input.search.options.end() ? nullptr : &*it;
    }
    void add(ReportBlock block) { m_report.blocks.push_back(std::move(block)); }
    void heading(const char* text) { add(ReportHeading { text, 1 }); }

    void summary()
    {
        const auto& search = m_input.search;
        std::string text = fmt::format("{} configurations were examined, {} meet the need.",
                                       search.searched, search.options.size());
        if (const Option* best = chosen())
            text += fmt::format(" Proposed: {} on {} {} ({} GPU{}), ${:.0f} per month, {}.",
                                best->candidate.model->displayName, best->candidate.gpu->name,
                                best->candidate.topology.label(), best->totalGpus,
                                best->totalGpus == 1 ? "" : "s", inDollarsPerMonth(best->cost),
                                labelOf(best->atPeak));
        add(ReportParagraph { std::move(text), false });
        if (search.options.empty())
            add(ReportParagraph { "Nothing is feasible. " + search.infeasibility, true });
        if (search.cancelled)
            add(ReportParagraph { "The search was stopped early: the options are the best so far.",
                                  true });
    }

    void notes()
    {
        std::string paragraph;
        bool any = false;
        const auto end = [&] {
            if (trimmed(paragraph).empty())
                return;
            if (!any)
                heading("Notes");
            any = true;
            add(ReportParagraph { std::string(trimmed(paragraph)), false });
            paragraph.clear();
        };
        for (const auto line : split(m_input.notes, '\n')) {
            if (trimmed(line).empty())
                end();
            paragraph += std::string(line) + " ";
        }
        end();
    }

    void need()
    {
        heading("Need and assumptions");
        add(ReportParagraph { "Targets: " + targetText(m_input.search.need.slo) + ".", false });
        ReportTable table { "", { { "value", false }, { "how it follows", false } }, {}, {} };
        for (const auto& derivation : m_input.stated)
            table.rows.push_back({ derivation.field, "stated: " + derivation.text });
        for (const auto& derivation : m_input.search.need.derivations)
            table.rows.push_back({ derivation.field, derivation.text });
        add(std::move(table));
        ReportList notes;
        for (const auto& issue : m_input.search.need.issues)
            notes.items.push_back(describe(issue));
        if (!notes.items.empty())
            add(std::move(notes));
    }

    void options()
    {
        if (m_order.empty())
            return;
        heading("Ranked options");
        ReportTable table { fmt::format("Ranked by {}", toString(m_input.view)),
                            { { "#", true },
                              { "model", false },
                              { "weights", false },
                              { "GPU", false },
                              { "topology", false },
                              { "GPUs", true },
                              { "$/month", true },
                              { "TTFT p95 ms", true },
                              { "ITL p95 ms", true },
                              { "E2E p95 ms", true },
                              { "quality", true },
                              { "score", true },
                              { "basis", false } },
                            {},
                            {} };
        ReportTable intervals { "Means at the peak in ms with 90 % intervals",
                                { { "#", true },
                                  { "TTFT", true },
                                  { "ITL", true },
                                  { "E2E", true },
                                  { "how sure", false } },
                                {},
                                {} };
        for (std::size_t i = 0; i < shown(); ++i) {
            const Option& each = option(i);
            const Scores& scores = m_input.ranking.scores[m_order[i]];
            const auto& quantization = each.candidate.model->architecture.quantization;
            const Estimate& peak = each.atPeak;
            table.rows.push_back(
                { std::to_string(i + 1), each.candidate.model->displayName,
                  quantization.label() + (quantization.atLoad ? " at load" : ""),
                  each.candidate.gpu->name, each.candidate.topology.label(),
                  std::to_string(each.totalGpus),
                  fmt::format("{:.0f}", inDollarsPerMonth(each.cost)), ms(peak.ttft.p95),
                  ms(peak.itl.p95), ms(peak.e2e.p95),
                  scores.quality ? fmt::format("{:.0f}", *scores.quality) : "no data",
                  fmt::format("{:.0f}", scores.balanced), labelOf(peak) });
            std::vector<std::string> sure { peak.provenance.distance };
            sure.insert(sure.end(), peak.provenance.caveats.begin(), peak.provenance.caveats.end());
            intervals.rows.push_back({ std::to_string(i + 1), meanText(peak, peak.ttft),
                                       meanText(peak, peak.itl), meanText(peak, peak.e2e),
                                       join(sure, " ") });
        }
        table.note = "Latencies are at the peak load. \"Benchmarked\" is measured on exactly this "
                     "configuration; everything else is estimated.";
        add(std::move(table));
        add(std::move(intervals));
    }

    void charts()
    {
        if (m_order.empty())
            return;
        heading("Charts");
        const auto& search = m_input.search;
        ReportChart cost { "Cost against latency",
                           "$ per month",
                           "E2E p95 at the peak, ms",
                           true,
                           true,
                           {},
                           {},
                           {},
                           false,
                           false,
                           "Options on the front are those that no other beats in both." };
        ChartSeries others { "other options", {}, false, true };
        ChartSeries front { "front", {}, true, false };
        const std::set<std::size_t> pareto(search.pareto.begin(), search.pareto.end());
        for (std::size_t i = 0; i < search.options.size(); ++i) {
            const Option& each = search.options[i];
            ChartPoint point {
                inDollarsPerMonth(each.cost), inMilliseconds(each.atPeak.e2e.p95), {}, {}, {}
            };
            if (const auto place = placeOf(i); place > 0)
                point.label = fmt::format("#{}", place);
            (pareto.contains(i) ? front : others).points.push_back(std::move(point));
        }
        // A front of hundreds needs no cloud of thousands behind it.
        constexpr std::size_t most = 600;
        if (others.points.size() > most)
            others.points.resize(most);
        cost.series = { std::move(front), std::move(others) };
        if (search.need.slo.e2e)
            cost.yTarget = inMilliseconds(search.need.slo.e2e->limit);
        add(std::move(cost));

        ReportChart users { "What a user gets against what a GPU gives, at the peak",
                            "tokens/s per user",
                            "output tokens/s per GPU",
                            false,
                            false,
                            {},
                            {},
                            {},
                            false,
                            false,
                            {} };
        ReportChart sure { "Time to first token of the ranked options, with 90 % intervals",
                           "rank",
                           "TTFT mean ms",
                           false,
                           true,
                           {},
                           {},
                           {},
                           false,
                           false,
                           {} };
        ChartSeries ranked { "ranked options", {}, false, false };
        ChartSeries ttft { "ranked options", {}, false, false };
        for (std::size_t i = 0; i < shown(); ++i) {
            const Option& each = option(i);
            const Estimate& peak = each.atPeak;
            if (peak.itl.mean.value() > 0 && each.totalGpus > 0)
                ranked.points.push_back({ 1 / peak.itl.mean.value(),
                                          peak.outputThroughput.value() / each.totalGpus,
                                          {},
                                          {},
                                          fmt::format("#{}", i + 1) });
            ChartPoint point {
                static_cast<double>(i + 1), inMilliseconds(peak.ttft.mean), {}, {}, {}
            };
            if (peak.ttft.meanInterval.stated && !peak.nearSaturation) {
                point.low = inMilliseconds(peak.ttft.low());
                point.high = inMilliseconds(peak.ttft.high());
            }
            ttft.points.push_back(std::move(point));
        }
        users.series = { std::move(ranked) };
        sure.series = { std::move(ttft) };
        add(std::move(users));
        add(std::move(sure));
    }

    /** Place in the ranking from 1 on, 0 if it is not shown. */
    [[nodiscard]] std::size_t placeOf(std::size_t index) const
    {
        for (std::size_t i = 0; i < shown(); ++i) {
            if (m_order[i] == index)
                return i + 1;
        }
        return 0;
    }

    void refusals()
    {
        heading("Refused");
        ReportTable table {
            "", { { "count", true }, { "why", false }, { "what came nearest", false } }, {}, {}
        };
        for (const auto& refusal : m_input.search.refusals)
            table.rows.push_back(
                { std::to_string(refusal.count), describe(refusal.constraint), refusal.nearest });
        add(std::move(table));
        ReportList ways;
        for (const auto& relaxation : m_input.search.relaxations)
            ways.items.push_back(relaxation.text);
        if (!ways.items.empty())
            add(std::move(ways));
    }

    void plan()
    {
        const Option* best = chosen();
        if (!best)
            return;
        heading("Plan");
        add(ReportParagraph { "Option " + best->id + ".", false });
        if (!m_input.plan) {
            if (!m_input.obstacle.empty())
                add(ReportParagraph { "No manifests can be written for it: " + m_input.obstacle,
                                      true });
            return;
        }
        for (const auto& warning : m_input.plan->warnings)
            add(ReportParagraph { warning, true });
        ReportTable figures { "What it is made for", { { "", false }, { "", false } }, {}, {} };
        for (const auto& [name, value] : m_input.plan->summary)
            figures.rows.push_back({ name, value });
        if (!figures.rows.empty())
            add(std::move(figures));
        ReportTable arguments {
            "Arguments of the engine", { { "argument", false }, { "why", false } }, {}, {}
        };
        for (const auto& argument : m_input.plan->arguments)
            arguments.rows.push_back({ argument.text(), argument.why });
        add(std::move(arguments));
        if (!m_input.files)
            return;
        ReportTable files { "Files of the export",
                            { { "file", false }, { "lines", true }, { "objects", false } },
                            {},
                            {} };
        for (const auto& file : *m_input.files)
            files.rows.push_back(
                { file.path,
                  std::to_string(std::count(file.content.begin(), file.content.end(), '\n')),
                  join(kindsOf(file.content), ", ") });
        add(std::move(files));
    }

    /** The kinds of Kubernetes objects in a file, in their order. */
    static std::vector<std::string> kindsOf(const std::string& content)
    {
        std::vector<std::string> kinds;
        for (const auto line : split(content, '\n')) {
            if (line.starts_with("kind: ")) {
                std::string kind(trimmed(line.substr(6)));
                std::erase(kind, '"');
                kinds.push_back(std::move(kind));
            }
        }
        return kinds;
    }

    const ReviewInput& m_input;
    const std::vector<std::size_t>& m_order;
    Report m_report;
};

} // namespace

Report reviewReport(const ReviewInput& input)
{
    return Writer(input).write();
}

Report plannedReview(ReviewInput input, const Requirements& requirements)
{
    const auto& search = input.search;
    const auto& order = input.ranking.of(input.view);
    const Option* chosen = order.empty() ? nullptr : &search.options[order.front()];
    for (const auto& option : search.options) {
        if (!input.chosen.empty() && option.id == input.chosen)
            chosen = &option;
    }
    Result<DeploymentPlan> plan = failure(ErrorCode::NotFound, "nothing is feasible");
    Result<std::vector<ManifestFile>> files = std::vector<ManifestFile>();
    if (chosen) {
        plan = planDeployment(*chosen, search.need, requirements, *search.catalog);
        if (plan)
            files = writeManifests(*plan, {});
    }
    if (plan && files) {
        input.plan = &*plan;
        input.files = &*files;
    } else {
        input.obstacle = describe(plan ? files.error() : plan.error());
    }
    return reviewReport(input);
}

} // namespace llmd

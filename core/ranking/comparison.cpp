// SPDX-License-Identifier: Apache-2.0
#include "comparison.h"

#include "optionwording.h"
#include "quality.h"
#include "sensitivity.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace llmd {

namespace {

std::string scoreText(double score, const std::optional<ScoreRange>& range)
{
    return range ? fmt::format("{:.1f} ({:.1f} to {:.1f})", score, range->low, range->high)
                 : fmt::format("{:.1f}", score);
}

/** "30 % less", "12 % more", of the first against the second. */
std::string relation(double first, double second, const char* less, const char* more)
{
    if (first == second)
        return "the same";
    const double change = std::abs(first / second - 1);
    return change < 0.0005
        ? fmt::format("hardly {}", first < second ? less : more)
        : fmt::format("{} {}", percentText(change), first < second ? less : more);
}

Standing standingOf(const ScoreRange& first, const ScoreRange& second)
{
    if (first.low > second.high)
        return Standing::Ahead;
    return first.high < second.low ? Standing::Behind : Standing::Tied;
}

/** Builds the points of one pair. */
class Comparer
{
public:
    Comparer(const SearchReport& report, const RankedOptions& options, std::size_t first,
             std::size_t second)
        : m_report(report)
        , m_options(options)
        , m_a(first)
        , m_b(second)
        , m_weights(asArray(cleaned(options.priorities)))
        , m_total(std::accumulate(m_weights.begin(), m_weights.end(), 0.0))
    { }

    OptionComparison run()
    {
        const auto names = shortNames(m_report, { m_a, m_b });
        m_result.first = names[0];
        m_result.second = names[1];
        addCost();
        addLatency();
        addQuality();
        addSimplicity();
        std::stable_sort(m_result.points.begin(), m_result.points.end(),
                         [](const ComparisonPoint& x, const ComparisonPoint& y) {
                             return std::abs(std::log(x.factor)) > std::abs(std::log(y.factor));
                         });
        addCapacity();
        addConfidence();
        m_result.same = commonText(optionA().candidate, optionB().candidate);
        addTurns();
        writeVerdict();
        return std::move(m_result);
    }

private:
    [[nodiscard]] const Option& optionA() const { return m_report.options[m_a]; }
    [[nodiscard]] const Option& optionB() const { return m_report.options[m_b]; }
    [[nodiscard]] const Scores& scoresA() const { return m_options.ranking.scores[m_a]; }
    [[nodiscard]] const Scores& scoresB() const { return m_options.ranking.scores[m_b]; }

    void add(Priority priority, Standing standing, std::string text)
    {
        const auto part = static_cast<std::size_t>(priority);
        const double share = m_total > 0 ? m_weights[part] / m_total : 0;
        const double factor =
            std::exp(share * (logParts(scoresA())[part] - logParts(scoresB())[part]));
        text += fmt::format(" At a weight of {} that {}.", percentText(share), effect(factor));
        m_result.points.push_back(
            { std::string(toString(priority)), standing, factor, std::move(text) });
    }

    static std::string effect(double factor)
    {
        if (std::abs(factor - 1) < 0.0005)
            return "changes nothing in the balanced score";
        return fmt::format("{} the balanced score by {}", factor > 1 ? "raises" : "lowers",
                           percentText(std::abs(factor - 1)));
    }

    void addCost()
    {
        const auto of = [](const Option& option) {
            return fmt::format("{} per month ({} at {:.2f} $/h)",
                               dollarText(inDollarsPerMonth(option.cost)),
                               countText(option.totalGpus, "GPU", "GPUs"),
                               inDollarsPerHour(option.cost) / std::max(option.totalGpus, 1));
        };
        const double a = inDollarsPerMonth(optionA().cost);
        const double b = inDollarsPerMonth(optionB().cost);
        std::string text = a == b
            ? fmt::format("Both cost {}.", of(optionA()))
            : fmt::format("It costs {} against {}: {} or {}.", of(optionA()), of(optionB()),
                          dollarText(std::abs(a - b)), relation(a, b, "less", "more"));
        add(Priority::Cost, standingOf({ -a, -a }, { -b, -b }), std::move(text));
    }

    /** "TTFT p95 180 ms (150 ms to 210 ms) against …, limit 300 ms". */
    std::string metricText(const char* name, LatencyEstimate Estimate::*latency,
                           const std::optional<LatencyTarget>& target) const
    {
        const auto of = [&](const Option& option) {
            const LatencyEstimate& estimate = option.atPeak.*latency;
            const Seconds value = estimate.at(target->percentile);
            const IntervalFactors& factors =
                target->percentile == 0 ? estimate.meanInterval : estimate.tailInterval;
            if (!factors.stated || option.atPeak.nearSaturation)
                return fmt::format("{} ({})", durationText(value),
                                   option.atPeak.nearSaturation ? "near saturation"
                                                                : "no interval known");
            return fmt::format("{} ({} to {})", durationText(value),
                               durationText(value * factors.low),
                               durationText(value * factors.high));
        };
        return fmt::format("{} {} is {} against {} (limit {})", name,
                           percentileText(target->percentile), of(optionA()), of(optionB()),
                           durationText(target->limit));
    }

    void addLatency()
    {
        std::vector<std::string> parts;
        const Slo& slo = m_options.slo;
        if (slo.ttft)
            parts.push_back(metricText("TTFT", &Estimate::ttft, slo.ttft));
        if (slo.itl)
            parts.push_back(metricText("ITL", &Estimate::itl, slo.itl));
        if (slo.e2e)
            parts.push_back(metricText("E2E", &Estimate::e2e, slo.e2e));
        if (parts.empty())
            parts.push_back(metricText("E2E", &Estimate::e2e, LatencyTarget { 95, Seconds() }));
        const auto a = latencyScoreRange(m_options, m_a);
        const auto b = latencyScoreRange(m_options, m_b);
        const Standing standing = a && b ? standingOf(*a, *b) : Standing::Unknown;
        const char* remark = standing == Standing::Tied ? "; the intervals of the scores overlap"
            : standing == Standing::Unknown ? "; without intervals the difference may not be real"
                                            : "";
        add(Priority::Latency, standing,
            fmt::format("{}: a latency score of {} against {}{}.", join(parts, "; "),
                        scoreText(scoresA().latency, a), scoreText(scoresB().latency, b), remark));
    }

    static std::string qualityScore(const std::optional<QualityEvidence>& evidence)
    {
        return evidence ? scoreText(evidence->score, evidence->range) : std::string("no data");
    }

    /** The kind of evidence that sets two models apart most: "Most of it is knowledge: MMLU-Pro 68.9 against 55.1." */
    static std::string largestDifference(const QualityEvidence& a, const QualityEvidence& b)
    {
        const QualityPart* first = nullptr;
        const QualityPart* second = nullptr;
        double largest = 0;
        for (const QualityPart& x : a.parts) {
            for (const QualityPart& y : b.parts) {
                const double difference = std::abs(x.weight * (x.place - y.place));
                if (x.score->benchmark != y.score->benchmark || difference <= largest)
                    continue;
                largest = difference;
                first = &x;
                second = &y;
            }
        }
        if (!first)
            return {};
        return fmt::format(" Most of it comes from {}: {} {} against {}.", toLower(first->kind),
                           first->score->benchmark, printRounded(first->score->score),
                           printRounded(second->score->score));
    }

    void addQuality()
    {
        const auto of = [&](const Option& option) {
            return m_report.catalog
                ? qualityOf(*option.candidate.model, m_report.useCase, *m_report.catalog)
                : std::nullopt;
        };
        const auto a = of(optionA());
        const auto b = of(optionB());
        const int evidence = m_options.inputs[m_a].qualityEvidence;
        const bool shared = evidence >= 0 && evidence == m_options.inputs[m_b].qualityEvidence;
        Standing standing = Standing::Tied;
        std::string text;
        if (shared) {
            text = fmt::format("Both have the same quality, {}: it is the same model.",
                               qualityScore(a));
        } else if (!a && !b) {
            text = "For neither are there enough published scores to say anything about quality.";
        } else if (!a || !b) {
            standing = a ? Standing::Ahead : Standing::Behind;
            text = fmt::format(
                "Quality is {} against {}: what nobody has measured counts as little as can be.",
                qualityScore(a), qualityScore(b));
        } else {
            standing = standingOf(a->range, b->range);
            text = fmt::format("Quality is {} against {}{}.{}", qualityScore(a), qualityScore(b),
                               standing == Standing::Tied ? "; the intervals overlap" : "",
                               largestDifference(*a, *b));
        }
        add(Priority::Quality, standing, std::move(text));
    }

    void addSimplicity()
    {
        const double a = m_options.inputs[m_a].complexity;
        const double b = m_options.inputs[m_b].complexity;
        const auto of = [](const Option& option) {
            return fmt::format("{} ({})", countText(option.totalGpus, "GPU", "GPUs"),
                               option.candidate.topology.label());
        };
        add(Priority::Simplicity, standingOf({ -a, -a }, { -b, -b }),
            a == b ? fmt::format("Both are equally simple, with a simplicity score of {:.1f}.",
                                 scoresA().simplicity)
                   : fmt::format("It runs on {} against {}: a simplicity score of {:.1f} against "
                                 "{:.1f}.",
                                 of(optionA()), of(optionB()), scoresA().simplicity,
                                 scoresB().simplicity));
    }

    void addCapacity()
    {
        const double peak = m_report.need.peakLoad.load.rate.value();
        const auto of = [&](const Option& option) {
            return option.capacityPerReplica.value() * option.candidate.topology.pool.replicas;
        };
        const double a = of(optionA());
        const double b = of(optionB());
        if (!(peak > 0) || !(a > 0) || !(b > 0))
            return;
        m_result.points.push_back(
            { "capacity", standingOf({ a, a }, { b, b }), 1,
              fmt::format("Within the targets it carries {} requests/s, {} times the peak, against "
                          "{}, {} times. This does not count in the score.",
                          printRounded(a), printRounded(a / peak), printRounded(b),
                          printRounded(b / peak)) });
    }

    void addConfidence()
    {
        const Provenance& a = optionA().atPeak.provenance;
        const Provenance& b = optionB().atPeak.provenance;
        if (a.label == b.label && a.distance == b.distance)
            return;
        const auto of = [](const Provenance& provenance) {
            const char* label =
                provenance.label == Provenance::Label::Benchmarked ? "benchmarked" : "estimated";
            return provenance.distance.empty() ? std::string(label)
                                               : fmt::format("{} ({})", label, provenance.distance);
        };
        const bool firstMeasured = a.label == Provenance::Label::Benchmarked;
        m_result.points.push_back(
            { "confidence",
              a.label == b.label  ? Standing::Tied
                  : firstMeasured ? Standing::Ahead
                                  : Standing::Behind,
              1, fmt::format("Its figures are {}, those of the other {}.", of(a), of(b)) });
    }

    void addTurns()
    {
        for (const Priority priority : allPriorities) {
            const auto turn = turningPoint(m_options, m_a, m_b, priority);
            const double present = m_weights[static_cast<std::size_t>(priority)];
            if (!turn || !(m_total > 0))
                continue;
            m_result.turns.push_back(
                fmt::format("{} would be in front if {} counted for {} than {} (now {}).",
                            turn->option == m_a ? m_result.first : m_result.second,
                            toString(priority), turn->weight > present ? "more" : "less",
                            percentText(turn->share), percentText(present / m_total)));
        }
    }

    void writeVerdict()
    {
        m_result.standing = llmd::standing(m_options, View::Balanced, m_a, m_b);
        const std::string scores = fmt::format(
            "{} against {}", scoreText(scoresA().balanced, balancedRange(m_options, m_a)),
            scoreText(scoresB().balanced, balancedRange(m_options, m_b)));
        switch (m_result.standing) {
        case Standing::Ahead:
        case Standing::Behind: {
            const bool ahead = m_result.standing == Standing::Ahead;
            m_result.verdict = fmt::format(
                "{} is ahead of {} beyond the uncertainty of the figures: a balanced score of {}.",
                ahead ? m_result.first : m_result.second, ahead ? m_result.second : m_result.first,
                ahead ? scores
                      : fmt::format("{} against {}",
                                    scoreText(scoresB().balanced, balancedRange(m_options, m_b)),
                                    scoreText(scoresA().balanced, balancedRange(m_options, m_a))));
            break;
        }
        case Standing::Tied:
            m_result.verdict = fmt::format(
                "{} and {} are tied: a balanced score of {}, and within the intervals of their "
                "figures either may be in front.{}",
                m_result.first, m_result.second, scores, cheaperText());
            break;
        case Standing::Unknown:
            m_result.verdict = fmt::format(
                "{} has a balanced score of {} for {}. For at least one of them no interval is "
                "known "
                "(near saturation, or the engine states none), so the difference may not be real.",
                m_result.first, scores, m_result.second);
            break;
        }
    }

    std::string cheaperText() const
    {
        if (optionA().cost.value() == optionB().cost.value())
            return " Both cost the same.";
        return fmt::format(" The cheaper is {}.",
                           optionA().cost.value() < optionB().cost.value() ? m_result.first
                                                                           : m_result.second);
    }

    const SearchReport& m_report;
    const RankedOptions& m_options;
    std::size_t m_a;
    std::size_t m_b;
    std::array<double, 4> m_weights;
    double m_total;
    OptionComparison m_result;
};

} // namespace

OptionComparison compareOptions(const SearchReport& report, const RankedOptions& options,
                                std::size_t first, std::size_t second)
{
    return Comparer(report, options, first, second).run();
}

std::vector<std::string> sensitivitySentences(const SearchReport& report,
                                              const RankedOptions& options)
{
    std::vector<std::string> lines;
    const auto all = sensitivity(options);
    if (all.empty())
        return lines;
    const std::size_t best = options.ranking.of(View::Balanced).front();
    for (const WeightSensitivity& one : all) {
        std::vector<std::string> changes;
        for (const auto& [turn, where] :
             { std::pair(one.below, "below"), std::pair(one.above, "above") }) {
            if (turn)
                changes.push_back(fmt::format("{} {} it is {}", where, percentText(turn->share),
                                              shortNames(report, { turn->option, best }).front()));
        }
        lines.push_back(fmt::format(
            "{} counts {}: {}.", toString(one.priority), percentText(one.share),
            changes.empty() ? "the best stays the best at any weight" : join(changes, ", ")));
    }
    return lines;
}

std::string tieSentence(const SearchReport& report, const RankedOptions& options, View view)
{
    const auto& order = options.ranking.of(view);
    const bool byLatency = view == View::LowestLatency;
    if (order.size() > 1 && (byLatency || view == View::Balanced)
        && !(byLatency ? latencyScoreRange(options, order.front())
                       : balancedRange(options, order.front())))
        return "No interval is known for the first (it is near saturation, or the engine states "
               "none), so which others are tied with it cannot be told.";
    const auto tied = tiedWithBest(options, view);
    if (tied.empty())
        return {};
    std::vector<std::size_t> group { options.ranking.of(view).front() };
    group.insert(group.end(), tied.begin(), tied.end());
    const auto cheapest = *std::min_element(group.begin(), group.end(), [&](auto a, auto b) {
        return report.options[a].cost.value() < report.options[b].cost.value();
    });
    const std::string count = tied.size() == 1 ? std::string("One other option is")
                                               : fmt::format("{} other options are", tied.size());
    const std::string text =
        fmt::format("{} tied with the first within the uncertainty of the figures.", count);
    if (report.options[cheapest].cost.value() == report.options[group.front()].cost.value())
        return text + " None of them is cheaper.";
    return text
        + fmt::format(" The cheapest of them is {} at {} per month.",
                      shortNames(report, { cheapest, group.front() }).front(),
                      dollarText(inDollarsPerMonth(report.options[cheapest].cost)));
}

} // namespace llmd

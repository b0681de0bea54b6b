// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/sensitivity.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <random>

using namespace llmd;

namespace {

constexpr std::array<double Priorities::*, 4> members { &Priorities::cost, &Priorities::latency,
                                                        &Priorities::quality,
                                                        &Priorities::simplicity };

class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_random(seed)
    { }
    double uniform() { return static_cast<double>(m_random() >> 11) * 0x1p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    std::uint64_t upTo(std::uint64_t limit) { return m_random() % limit; }

private:
    std::mt19937_64 m_random;
};

Slo targets()
{
    Slo slo;
    slo.ttft = LatencyTarget { 95, Seconds(1) };
    slo.itl = LatencyTarget { 95, Seconds(0.1) };
    return slo;
}

std::vector<RankingInput> randomInputs(Dice& dice, std::size_t count)
{
    std::vector<RankingInput> inputs(count);
    for (RankingInput& input : inputs) {
        input.costPerHour = dice.between(1, 60);
        input.ttftSeconds = dice.between(0.05, 0.95);
        input.itlSeconds = dice.between(0.005, 0.095);
        input.e2eSeconds = input.ttftSeconds + 100 * input.itlSeconds;
        if (dice.upTo(5) > 0) {
            input.quality = dice.between(2, 98);
            input.qualityRange = ScoreRange { *input.quality - dice.between(0, 2),
                                              *input.quality + dice.between(0, 2) };
            input.qualityEvidence = static_cast<int>(dice.upTo(count));
        }
        input.complexity = dice.between(0, 10);
        input.outputTokensPerSecond = 1000;
        const auto interval = [&] {
            return IntervalFactors { dice.between(0.9, 1), dice.between(1, 1.1) };
        };
        input.ttftInterval = interval();
        input.itlInterval = interval();
        input.e2eInterval = interval();
    }
    // One evidence is one quality.
    for (RankingInput& input : inputs) {
        for (const RankingInput& other : inputs) {
            if (other.qualityEvidence >= 0 && other.qualityEvidence == input.qualityEvidence) {
                input.quality = other.quality;
                input.qualityRange = other.qualityRange;
                break;
            }
        }
    }
    return inputs;
}

Priorities randomPriorities(Dice& dice)
{
    Priorities priorities;
    for (const auto member : members)
        priorities.*member = dice.upTo(6) == 0 ? 0 : dice.between(0.05, 1);
    return priorities;
}

std::size_t winner(const std::vector<RankingInput>& inputs, Priorities priorities,
                   double Priorities::*member, double weight)
{
    priorities.*member = weight;
    return rank(inputs, priorities, targets()).of(View::Balanced).front();
}

double balancedOf(const RankingInput& input, const RankedOptions& options)
{
    // The second option fixes what prices are relative to.
    RankingInput cheapest;
    cheapest.costPerHour = options.ranking.scale.cheapestPerHour;
    return rank({ input, cheapest }, options.priorities, targets()).scores[0].balanced;
}

} // namespace

class TestSensitivity : public QObject
{
    Q_OBJECT

private slots:
    /** The closed form against ranking anew at many weights on the way to it and on both sides of it. */
    void turnsAgreeWithRankingAnew()
    {
        Dice dice(7);
        int turns = 0;
        int none = 0;
        for (int round = 0; round < 60; ++round) {
            const auto inputs = randomInputs(dice, 2 + dice.upTo(40));
            const Priorities priorities = randomPriorities(dice);
            const Slo slo = targets();
            const Ranking ranking = rank(inputs, priorities, slo);
            const RankedOptions options { inputs, ranking, priorities, slo };
            const auto all = sensitivity(options);
            const double total =
                priorities.cost + priorities.latency + priorities.quality + priorities.simplicity;
            if (!(total > 0)) {
                QVERIFY(all.empty());
                continue;
            }
            QCOMPARE(all.size(), std::size_t(4));
            const std::size_t best = ranking.of(View::Balanced).front();
            for (std::size_t i = 0; i < all.size(); ++i) {
                const auto member = members[i];
                const double present = priorities.*member;
                COMPARE_NEAR(all[i].share, present / total, 1e-12);
                const auto at = [&](double weight) {
                    return winner(inputs, priorities, member, weight);
                };
                const auto unchangedBetween = [&](double from, double to) {
                    for (int step = 0; step <= 25; ++step) {
                        const double weight = from + (to - from) * step / 25;
                        if (at(weight) != best)
                            return false;
                    }
                    return true;
                };
                for (const auto& [turn, outwards] :
                     { std::pair(all[i].above, +1), std::pair(all[i].below, -1) }) {
                    if (!turn) {
                        ++none;
                        if (total - present <= 0)
                            continue; // this weight alone: nothing to move against
                        // Zero itself may be a tie.
                        QVERIFY(unchangedBetween(present, outwards > 0 ? 1e4 : present * 1e-9));
                        continue;
                    }
                    ++turns;
                    const double inside = turn->weight * (1 - outwards * 1e-9);
                    const double outside = turn->weight * (1 + outwards * 1e-9);
                    if ((inside - present) * outwards > 0)
                        QVERIFY(unchangedBetween(present, inside));
                    QCOMPARE(at(outside), turn->option);
                    QVERIFY(turn->option != best);
                    COMPARE_NEAR(turn->share, turn->weight / (total - present + turn->weight),
                                 1e-12);
                }
            }
        }
        QVERIFY2(turns > 100 && none > 30,
                 qPrintable(QStringLiteral("%1 %2").arg(turns).arg(none)));
    }

    void pairsAgreeWithRankingAnew()
    {
        Dice dice(11);
        int found = 0;
        for (int round = 0; round < 200; ++round) {
            const auto inputs = randomInputs(dice, 2);
            const Priorities priorities = randomPriorities(dice);
            const Slo slo = targets();
            const Ranking ranking = rank(inputs, priorities, slo);
            const RankedOptions options { inputs, ranking, priorities, slo };
            for (const Priority priority : allPriorities) {
                const auto member = members[static_cast<std::size_t>(priority)];
                const auto turn = turningPoint(options, 0, 1, priority);
                if (!turn)
                    continue;
                ++found;
                const bool upwards = turn->weight > priorities.*member;
                const auto at = [&](double factor) {
                    return winner(inputs, priorities, member, turn->weight * factor);
                };
                QCOMPARE(at(upwards ? 1 + 1e-9 : 1 - 1e-9), turn->option);
                QCOMPARE(at(upwards ? 1 - 1e-9 : 1 + 1e-9), 1 - turn->option);
            }
        }
        QVERIFY(found > 100);
    }

    /** Two options by hand: log2-distances of price and latency that cross at a known weight. */
    void turnByHand()
    {
        RankingInput cheap;
        cheap.costPerHour = 1; // cost 100
        cheap.ttftSeconds = 1; // latency 50
        RankingInput fast = cheap;
        fast.costPerHour = 16; // cost 50
        fast.ttftSeconds = 0; // latency 100
        Slo slo;
        slo.ttft = LatencyTarget { 95, Seconds(1) };
        const Priorities priorities { 0.6, 0.2, 0, 0 };
        const std::vector<RankingInput> inputs { cheap, fast };
        const Ranking ranking = rank(inputs, priorities, slo);
        const auto all = sensitivity({ inputs, ranking, priorities, slo });
        QCOMPARE(all.size(), std::size_t(4));
        // 0.6 x ln 2 against w x ln 2.
        QVERIFY(all[1].above && !all[1].below && !all[2].above && !all[3].above);
        COMPARE_NEAR(all[1].above->weight, 0.6, 1e-12);
        COMPARE_NEAR(all[1].above->share, 0.5, 1e-12);
        QCOMPARE(all[1].above->option, std::size_t(1));
        QVERIFY(all[0].below && !all[0].above);
        COMPARE_NEAR(all[0].below->weight, 0.2, 1e-12);
    }

    /** What is told to be beyond doubt never turns within the intervals; what is told to be a tie does. */
    void tiesAgreeWithDraws()
    {
        Dice dice(23);
        int ahead = 0;
        int tied = 0;
        for (int round = 0; round < 300; ++round) {
            const auto inputs = randomInputs(dice, 12);
            const Priorities priorities = randomPriorities(dice);
            const Slo slo = targets();
            const Ranking ranking = rank(inputs, priorities, slo);
            const RankedOptions options { inputs, ranking, priorities, slo };
            const auto& order = ranking.of(View::Balanced);
            const std::size_t a = order[0];
            // The next one half of the time: ties are between neighbours.
            const std::size_t b = order[round % 2 == 0 ? 1 : 1 + dice.upTo(order.size() - 1)];
            const bool shared = inputs[a].qualityEvidence >= 0
                && inputs[a].qualityEvidence == inputs[b].qualityEvidence;
            // `end`: 0 is the best that the intervals allow, 1 the worst.
            const auto moved = [&](const RankingInput& input, double end, double qualityEnd) {
                RankingInput value = input;
                const auto factor = [&](const IntervalFactors& interval) {
                    return interval.low + (interval.high - interval.low) * end;
                };
                value.ttftSeconds *= factor(input.ttftInterval);
                value.itlSeconds *= factor(input.itlInterval);
                value.e2eSeconds *= factor(input.e2eInterval);
                if (input.quality && !shared)
                    value.quality = input.qualityRange->high
                        + (input.qualityRange->low - input.qualityRange->high) * qualityEnd;
                return value;
            };
            const double worst = balancedOf(moved(inputs[a], 1, 1), options)
                - balancedOf(moved(inputs[b], 0, 0), options);
            const Standing told = standing(options, View::Balanced, a, b);
            if (std::abs(worst) < 1e-9)
                continue;
            if (told == Standing::Ahead) {
                ++ahead;
                QVERIFY(worst > 0);
                for (int draw = 0; draw < 30; ++draw) {
                    const double first =
                        balancedOf(moved(inputs[a], dice.uniform(), dice.uniform()), options);
                    const double second =
                        balancedOf(moved(inputs[b], dice.uniform(), dice.uniform()), options);
                    QVERIFY(first > second);
                }
            } else {
                ++tied;
                QVERIFY(told == Standing::Tied);
                QVERIFY(worst < 0);
            }
            QVERIFY(standing(options, View::Balanced, b, a)
                    == (told == Standing::Ahead ? Standing::Behind : Standing::Tied));
        }
        QVERIFY2(ahead > 50 && tied > 20, qPrintable(QStringLiteral("%1 %2").arg(ahead).arg(tied)));
    }

    /** The interval of a balanced score holds every draw of its figures, and its ends are reached. */
    void rangesHoldAllDraws()
    {
        Dice dice(31);
        const auto inputs = randomInputs(dice, 30);
        const Priorities priorities;
        const Slo slo = targets();
        const Ranking ranking = rank(inputs, priorities, slo);
        const RankedOptions options { inputs, ranking, priorities, slo };
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const auto range = balancedRange(options, i);
            QVERIFY(range);
            QVERIFY(range->low <= ranking.scores[i].balanced + 1e-9
                    && range->high >= ranking.scores[i].balanced - 1e-9);
            for (int draw = 0; draw < 200; ++draw) {
                RankingInput value = inputs[i];
                const auto factor = [&](const IntervalFactors& interval) {
                    return dice.between(interval.low, interval.high);
                };
                value.ttftSeconds *= factor(value.ttftInterval);
                value.itlSeconds *= factor(value.itlInterval);
                if (value.quality)
                    value.quality = dice.between(value.qualityRange->low, value.qualityRange->high);
                const double drawn = balancedOf(value, options);
                QVERIFY(drawn >= range->low - 1e-9 && drawn <= range->high + 1e-9);
            }
        }
    }

    void withoutIntervalNothingIsCertain()
    {
        Dice dice(5);
        auto inputs = randomInputs(dice, 2);
        inputs[1].itlInterval = IntervalFactors::none();
        const Priorities priorities;
        const Slo slo = targets();
        const Ranking ranking = rank(inputs, priorities, slo);
        const RankedOptions options { inputs, ranking, priorities, slo };
        QVERIFY(balancedRange(options, 0) && !balancedRange(options, 1));
        QVERIFY(standing(options, View::Balanced, 0, 1) == Standing::Unknown);
        QVERIFY(standing(options, View::LowestLatency, 0, 1) == Standing::Unknown);
        QVERIFY(standing(options, View::LowestCost, 0, 1) != Standing::Unknown);
        // A latency that is no target does not matter.
        Slo ttftOnly = slo;
        ttftOnly.itl.reset();
        const Ranking other = rank(inputs, priorities, ttftOnly);
        QVERIFY(balancedRange({ inputs, other, priorities, ttftOnly }, 1));
    }

    void viewsHaveTheirOwnTies()
    {
        RankingInput a;
        a.costPerHour = 2;
        a.ttftSeconds = 0.5;
        a.itlSeconds = 0.05;
        a.quality = 60;
        a.qualityRange = ScoreRange { 55, 65 };
        a.ttftInterval = a.itlInterval = { 0.9, 1.1 };
        RankingInput b = a;
        b.ttftSeconds = 0.55;
        b.quality = 70;
        b.qualityRange = ScoreRange { 66, 74 };
        RankingInput c = a;
        c.costPerHour = 3;
        c.quality.reset();
        c.qualityRange.reset();
        const std::vector<RankingInput> inputs { a, b, c };
        const Priorities priorities;
        const Slo slo = targets();
        const Ranking ranking = rank(inputs, priorities, slo);
        const RankedOptions options { inputs, ranking, priorities, slo };
        using Options = std::vector<std::size_t>;
        QVERIFY(tiedWithBest(options, View::LowestCost) == Options { 1 });
        QVERIFY((tiedWithBest(options, View::LowestLatency) == Options { 2, 1 }));
        QVERIFY(tiedWithBest(options, View::BestQuality).empty());
        QVERIFY(standing(options, View::BestQuality, 0, 2) == Standing::Ahead);
        QVERIFY((tiedWithBest(options, View::Simplest) == Options { 1, 2 }));
    }
};

QTEST_APPLESS_MAIN(TestSensitivity)
#include "tst_sensitivity.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/comparison.h>
#include <core/ranking/quality.h>
#include <core/ranking/scoring.h>
#include <tests/core/search/smallcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;

namespace {

LatencyEstimate latency(double seconds, double low = 0.9, double high = 1.2)
{
    const Seconds value(seconds);
    return { value, value, value, value, value, { low, high, true }, { low, high, true } };
}

Option option(const Catalog& catalog, std::size_t model, int replicas, double costPerHour,
              double ttft, double itl)
{
    Option result;
    result.candidate.model = &catalog.models[model];
    result.candidate.gpu = &catalog.gpus[0];
    result.candidate.topology.pool = { { 1, 1, 1, false }, replicas };
    result.totalGpus = replicas;
    result.cost = dollarsPerHour(costPerHour);
    result.capacityPerReplica = RequestsPerSecond(5);
    result.atPeak.ttft = latency(ttft);
    result.atPeak.itl = latency(itl);
    result.atPeak.e2e = latency(ttft + 100 * itl);
    result.atPeak.outputThroughput = TokensPerSecond(1000);
    result.id = catalog.models[model].displayName + ".big.r" + std::to_string(replicas);
    return result;
}

/** Three options: cheap and slow, dear and fast, and the dear one with other settings. */
struct Fixture
{
    std::shared_ptr<Catalog> catalog = test::smallCatalog();
    SearchReport report;
    std::vector<RankingInput> inputs;
    Priorities priorities { 0.4, 0.3, 0.2, 0.1 };
    Slo slo;
    Ranking ranking;

    Fixture()
    {
        slo.ttft = LatencyTarget { 95, Seconds(0.4) };
        slo.itl = LatencyTarget { 95, Seconds(0.04) };
        report.catalog = catalog;
        report.useCase = "chatbot_conversational";
        report.need.slo = slo;
        report.need.priorities = priorities;
        report.need.peakLoad.load = Load::open(RequestsPerSecond(4));
        report.options = { option(*catalog, 1, 1, 2, 0.3, 0.03),
                           option(*catalog, 0, 4, 8, 0.1, 0.01) };
        report.options.push_back(report.options[1]);
        report.options[2].candidate.engine.maxNumSeqs = 64;
        report.options[2].id += ".s64";
        update();
    }
    void update()
    {
        inputs = rankingInputs(report, slo);
        ranking = rank(inputs, priorities, slo);
    }
    [[nodiscard]] RankedOptions ranked() const { return { inputs, ranking, priorities, slo }; }
    [[nodiscard]] OptionComparison compare(std::size_t a, std::size_t b) const
    {
        return compareOptions(report, ranked(), a, b);
    }
};

QString textOf(const OptionComparison& comparison, const std::string& subject)
{
    for (const ComparisonPoint& point : comparison.points) {
        if (point.subject == subject)
            return QString::fromStdString(point.text);
    }
    return {};
}

} // namespace

class TestOptionComparison : public QObject
{
    Q_OBJECT

private slots:
    /** What is said of the parts multiplies to what is said of the whole. */
    void factorsMultiplyToTheRatio()
    {
        Fixture fixture;
        for (const auto& [a, b] : { std::pair(0, 1), std::pair(1, 0), std::pair(1, 2) }) {
            const auto first = static_cast<std::size_t>(a);
            const auto second = static_cast<std::size_t>(b);
            const OptionComparison comparison = fixture.compare(first, second);
            double product = 1;
            for (const ComparisonPoint& point : comparison.points)
                product *= point.factor;
            COMPARE_NEAR(product,
                         fixture.ranking.scores[first].balanced
                             / fixture.ranking.scores[second].balanced,
                         1e-12);
        }
    }

    void sentencesHaveTheFigures()
    {
        Fixture fixture;
        const OptionComparison comparison = fixture.compare(0, 1);
        QCOMPARE(comparison.first, std::string("small-8b, 1 x TP1 on Test big"));
        QCOMPARE(comparison.second, std::string("large-70b, 4 x TP1 on Test big"));
        const QString cost = textOf(comparison, "cost");
        QVERIFY2(
            cost.contains("$1,460 per month (1 GPU at 2.00 $/h) against $5,840 per month (4 GPUs "
                          "at 2.00 $/h): $4,380 or 75 % less."),
            qPrintable(cost));
        // Two doublings of the price: 100 against 75 at a weight of 40 %.
        QVERIFY2(cost.contains("At a weight of 40 % that raises the balanced score by 12.2 %."),
                 qPrintable(cost));
        const QString latency = textOf(comparison, "latency");
        QVERIFY2(
            latency.contains("TTFT p95 is 300 ms (270 ms to 360 ms) against 100 ms (90 ms to 120 "
                             "ms) (limit 400 ms)"),
            qPrintable(latency));
        QVERIFY2(latency.contains("ITL p95 is 30 ms"), qPrintable(latency));
        QVERIFY(!latency.contains("overlap"));
        QVERIFY(textOf(comparison, "quality").contains("For neither"));
        QVERIFY2(textOf(comparison, "capacity")
                     .contains("5 requests/s, 1.25 times the peak, against 20, 5 times"),
                 qPrintable(textOf(comparison, "capacity")));
        QVERIFY2(
            textOf(comparison, "simplicity").contains("1 GPU (1 x TP1) against 4 GPUs (4 x TP1)"),
            qPrintable(textOf(comparison, "simplicity")));
        QVERIFY(
            comparison.same
            == (std::vector<std::string> { "weights: bf16", "GPU: Test big", "engine settings" }));
        QVERIFY(!comparison.turns.empty());
    }

    void theOtherWayRoundIsTheOpposite()
    {
        Fixture fixture;
        const OptionComparison forth = fixture.compare(0, 1);
        const OptionComparison back = fixture.compare(1, 0);
        QCOMPARE(forth.points.size(), back.points.size());
        for (const ComparisonPoint& point : forth.points) {
            const auto same = std::find_if(
                back.points.begin(), back.points.end(),
                [&](const ComparisonPoint& other) { return other.subject == point.subject; });
            QVERIFY(same != back.points.end());
            COMPARE_NEAR(point.factor, 1 / same->factor, 1e-12);
            const Standing opposite = point.standing == Standing::Ahead ? Standing::Behind
                : point.standing == Standing::Behind                    ? Standing::Ahead
                                                                        : point.standing;
            QVERIFY(same->standing == opposite);
        }
        QVERIFY(forth.turns == back.turns);
    }

    void verdictsFollowTheIntervals()
    {
        Fixture fixture;
        // Nothing speaks for the difference of two settings with overlapping intervals.
        fixture.report.options[2].atPeak.ttft = latency(0.11);
        fixture.update();
        const OptionComparison tied = fixture.compare(1, 2);
        QVERIFY(tied.standing == Standing::Tied);
        QVERIFY2(tied.verdict.find("are tied") != std::string::npos, tied.verdict.c_str());
        QVERIFY(tied.verdict.find("Both cost the same.") != std::string::npos);
        QCOMPARE(tied.first, std::string("large-70b, 4 x TP1 on Test big, 256 sequences"));
        QVERIFY(textOf(tied, "latency").contains("overlap"));
        // Far apart and well known.
        fixture.report.options[2].atPeak.ttft = latency(0.39, 0.99, 1.01);
        fixture.report.options[2].atPeak.itl = latency(0.039, 0.99, 1.01);
        fixture.update();
        const OptionComparison behind = fixture.compare(2, 1);
        QVERIFY(behind.standing == Standing::Behind);
        QVERIFY2(QString::fromStdString(behind.verdict)
                     .startsWith("large-70b, 4 x TP1 on Test big, 256"),
                 behind.verdict.c_str());
        // No interval: nobody can tell.
        fixture.report.options[2].atPeak.nearSaturation = true;
        fixture.update();
        const OptionComparison open = fixture.compare(2, 1);
        QVERIFY(open.standing == Standing::Unknown);
        QVERIFY(textOf(open, "latency").contains("near saturation"));
        fixture.report.options[1].atPeak.nearSaturation = true;
        fixture.update();
        const std::string tie = tieSentence(fixture.report, fixture.ranked(), View::LowestLatency);
        QVERIFY2(tie.find("cannot be told") != std::string::npos, tie.c_str());
        QVERIFY(tieSentence(fixture.report, fixture.ranked(), View::LowestCost).empty());
    }

    void ties()
    {
        Fixture fixture;
        fixture.report.options[1].cost = dollarsPerHour(1);
        fixture.report.options[2].cost = dollarsPerHour(1.01);
        fixture.update();
        const std::string tie = tieSentence(fixture.report, fixture.ranked(), View::Balanced);
        QVERIFY2(tie.find("One other option is tied with the first") != std::string::npos,
                 tie.c_str());
        QVERIFY2(tie.find("None of them is cheaper.") != std::string::npos, tie.c_str());
        fixture.report.options[2].atPeak.ttft = latency(0.101);
        fixture.report.options[2].cost = dollarsPerHour(0.999);
        fixture.update();
        QCOMPARE(fixture.ranking.of(View::LowestLatency).front(), std::size_t(1));
        const std::string cheaper =
            tieSentence(fixture.report, fixture.ranked(), View::LowestLatency);
        QVERIFY2(
            cheaper.find("The cheapest of them is large-70b, 4 x TP1 on Test big, 64 sequences at "
                         "$729 per month.")
                != std::string::npos,
            cheaper.c_str());
    }

    void sensitivityNamesWhoTakesOver()
    {
        Fixture fixture;
        fixture.priorities = { 0.5, 0.5, 0, 0 };
        fixture.update();
        const auto lines = sensitivitySentences(fixture.report, fixture.ranked());
        QCOMPARE(lines.size(), std::size_t(4));
        // Cost 100 against 75, latency 62.5 against 87.5: ln(100/75) = 0.2877, ln(87.5/62.5) = 0.3365.
        QCOMPARE(QString::fromStdString(lines[0]),
                 "cost counts 50 %: above 53.9 % it is small-8b, 1 x TP1 on Test big.");
        QCOMPARE(QString::fromStdString(lines[1]),
                 "latency counts 50 %: below 46.1 % it is small-8b, 1 x TP1 on Test big.");
        QVERIFY(lines[2].find("the best stays the best at any weight") != std::string::npos);
        QVERIFY(sensitivitySentences({}, { {}, {}, {}, {} }).empty());
    }

    void qualityIsExplained()
    {
        Fixture fixture;
        Catalog& catalog = *fixture.catalog;
        catalog.qualityKinds = { { "Knowledge", { "MMLU-Pro" } } };
        catalog.useCases[0].qualityWeights = { { "Knowledge", 1 } };
        const auto add = [&](const std::string& family, double score) {
            catalog.qualityScores.push_back(
                { family, "MMLU-Pro", score, "instruct", { "Publisher", "2026-01-02", "high" } });
        };
        for (int i = 0; i < 6; ++i)
            add("other" + std::to_string(i), 30 + 10 * i);
        add("acme/small-8b", 41);
        fixture.update();
        const QString onlyOne = textOf(fixture.compare(0, 1), "quality");
        QVERIFY2(onlyOne.contains("against no data: what nobody has measured"),
                 qPrintable(onlyOne));
        add("acme/large-70b", 78);
        fixture.update();
        const QString both = textOf(fixture.compare(0, 1), "quality");
        QVERIFY2(both.contains("Most of it comes from knowledge: MMLU-Pro 41 against 78."),
                 qPrintable(both));
        QVERIFY(textOf(fixture.compare(1, 2), "quality").contains("it is the same model"));
    }

    void namesTellOptionsApart()
    {
        Fixture fixture;
        auto names = shortNames(fixture.report, { 0, 1 });
        QVERIFY(names[0].find("sequences") == std::string::npos);
        names = shortNames(fixture.report, { 0, 1, 2 });
        QCOMPARE(names[0], std::string("small-8b, 1 x TP1 on Test big"));
        QCOMPARE(names[1], std::string("large-70b, 4 x TP1 on Test big, 256 sequences"));
        QCOMPARE(names[2], std::string("large-70b, 4 x TP1 on Test big, 64 sequences"));
        // The very same option twice stays what it is.
        names = shortNames(fixture.report, { 1, 1 });
        QCOMPARE(names[0], names[1]);
        QVERIFY(shortNames(fixture.report, {}).empty());
    }
};

QTEST_APPLESS_MAIN(TestOptionComparison)
#include "tst_optioncomparison.moc"

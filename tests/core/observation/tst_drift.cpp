// SPDX-License-Identifier: Apache-2.0
#include <core/observation/drift.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <random>

using namespace llmd;

namespace {

constexpr double windowSeconds = 15;

/** Traffic as it is planned, or changed by factors; every figure of a window is drawn. */
class Traffic
{
public:
    explicit Traffic(unsigned seed)
        : m_random(seed)
    {
        expected.lowestRate = expected.highestRate = 10;
        expected.prompt = { LengthDistribution::Shape::LogNormal, 512, 1.0 };
        expected.output = { LengthDistribution::Shape::LogNormal, 256, 0.7 };
        expected.prefixHitShare = 0.4;
    }

    ExpectedTraffic expected;
    double rate = 1;
    double prompt = 1;
    double output = 1;
    double burstiness = 1;
    double hits = 0; ///< added

    Observation next()
    {
        // A slow fluctuation of 5 % around the plan, as Ornstein and Uhlenbeck.
        const double keep = std::exp(-windowSeconds / 600);
        m_slow = keep * m_slow + std::sqrt(1 - keep * keep) * 0.05 * normal();
        const double mean = 10 * rate * std::exp(m_slow) * windowSeconds;
        Observation window;
        window.window = { m_time, m_time + windowSeconds };
        m_time += windowSeconds;
        const double count =
            std::max(0.0, std::round(mean + std::sqrt(mean * burstiness) * normal()));
        window.requests = count;
        window.rate = ObservedFigure { count / windowSeconds, 0, 0 };
        if (count > 0) {
            window.promptTokens = length(expected.prompt, prompt, count);
            window.outputTokens = length(expected.output, output, count);
            window.prefixHitShare =
                std::clamp(0.4 + hits + std::sqrt(0.24 / count) * normal(), 0.0, 1.0);
        }
        return window;
    }

private:
    double normal() { return m_normal(m_random); }

    /** Mean of so many lengths, drawn one by one: they are skewed, and so is their mean. */
    ObservedFigure length(const LengthDistribution& lengths, double factor, double count)
    {
        const double variance = std::log(1 + lengths.variation * lengths.variation);
        double sum = 0;
        for (int i = 0; i < static_cast<int>(count); ++i)
            sum += std::exp(std::sqrt(variance) * normal() - variance / 2);
        const double mean = factor * lengths.mean * sum / count;
        return { mean, mean, mean };
    }

    std::mt19937 m_random;
    std::normal_distribution<double> m_normal;
    double m_slow = 0;
    double m_time = 1.7e9;
};

/** Windows until a signal drifts, at most `most`. */
int windowsUntilAlarm(Traffic& traffic, DriftDetector& detector, DriftMetric metric, int most)
{
    for (int window = 1; window <= most; ++window) {
        detector.add(traffic.next());
        if (detector.report()[static_cast<std::size_t>(metric)].drifted())
            return window;
    }
    return most + 1;
}

} // namespace

class TestDrift : public QObject
{
    Q_OBJECT

private slots:
    /** The stated run length is what simulation gives, where it can be reached: at a lower threshold. */
    void runLengthOfTheCusum()
    {
        std::mt19937 random(7);
        std::normal_distribution<double> normal;
        DriftSettings settings;
        settings.threshold = 4;
        double total = 0;
        constexpr int runs = 2000;
        for (int run = 0; run < runs; ++run) {
            Cusum cusum(settings);
            do {
                cusum.add(normal(random));
                ++total;
            } while (cusum.alarm() == 0);
        }
        // Both directions alarm, so that it takes half as long.
        COMPARE_NEAR(total / runs, falseAlarmInterval(settings) / 2, 0.12);
        QVERIFY(falseAlarmInterval({}) > 140'000);
    }

    /** Planned traffic for 40 days in all: fewer alarms than the figure that the header states. */
    void doesNotCryWolf()
    {
        int alarms = 0;
        int windows = 0;
        for (unsigned seed = 1; seed <= 16; ++seed) {
            Traffic traffic(seed);
            DriftDetector detector(traffic.expected);
            bool before = false;
            for (int window = 0; window < 14'400; ++window, ++windows) {
                detector.add(traffic.next());
                const bool now = detector.drifted();
                alarms += now && !before ? 1 : 0;
                before = now;
            }
        }
        // One in 14,000 windows would be 16; Poisson scatter of that is 4.
        QVERIFY2(alarms <= 16, std::to_string(alarms).c_str());
        QCOMPARE(windows, 230'400);
    }

    void detectionDelay_data()
    {
        QTest::addColumn<int>("metric");
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("longest");
        QTest::newRow("30 % more requests") << int(DriftMetric::Rate) << 1.3 << 24.0;
        QTest::newRow("30 % fewer requests") << int(DriftMetric::Rate) << 0.7 << 9.0;
        QTest::newRow("30 % longer prompts") << int(DriftMetric::PromptTokens) << 1.3 << 24.0;
        QTest::newRow("30 % shorter outputs") << int(DriftMetric::OutputTokens) << 0.7 << 9.0;
        QTest::newRow("three times the requests") << int(DriftMetric::Rate) << 3.0 << 2.01;
        QTest::newRow("three times the prompts") << int(DriftMetric::PromptTokens) << 3.0 << 2.01;
        QTest::newRow("bursts") << int(DriftMetric::Burstiness) << 6.0 << 64.0;
    }

    /** How many windows a real change takes to be noticed, on average. */
    void detectionDelay()
    {
        QFETCH(int, metric);
        QFETCH(double, factor);
        QFETCH(double, longest);
        double total = 0;
        constexpr int runs = 100;
        for (unsigned seed = 1; seed <= runs; ++seed) {
            Traffic traffic(seed);
            DriftDetector detector(traffic.expected);
            for (int window = 0; window < 60; ++window)
                detector.add(traffic.next());
            const auto which = static_cast<DriftMetric>(metric);
            (which == DriftMetric::Rate               ? traffic.rate
                 : which == DriftMetric::Burstiness   ? traffic.burstiness
                 : which == DriftMetric::PromptTokens ? traffic.prompt
                                                      : traffic.output) = factor;
            total += windowsUntilAlarm(traffic, detector, which, 200);
        }
        qInfo("%s: %.1f windows", QTest::currentDataTag(), total / runs);
        QVERIFY2(total / runs <= longest, std::to_string(total / runs).c_str());
    }

    /** No single window, however strange, raises an alarm. */
    void oneOutlierIsNoDrift()
    {
        Traffic traffic(1);
        DriftDetector detector(traffic.expected);
        for (int window = 0; window < 50; ++window)
            detector.add(traffic.next());
        QVERIFY(!detector.drifted());
        traffic.rate = 20;
        traffic.prompt = 20;
        detector.add(traffic.next());
        QVERIFY(!detector.drifted());
        traffic.rate = traffic.prompt = 1;
        for (int window = 0; window < 10; ++window)
            detector.add(traffic.next());
        QVERIFY(!detector.drifted());
    }

    void reportsWhatChanged()
    {
        Traffic traffic(5);
        DriftDetector detector(traffic.expected);
        for (int window = 0; window < 100; ++window)
            detector.add(traffic.next());
        traffic.prompt = 1.8;
        traffic.hits = -0.4;
        for (int window = 0; window < 30; ++window)
            detector.add(traffic.next());
        const auto report = detector.report();
        const auto& prompt = report[static_cast<std::size_t>(DriftMetric::PromptTokens)];
        QCOMPARE(prompt.direction, 1);
        COMPARE_NEAR(prompt.observed.value_or(0), 512 * 1.8, 0.08);
        COMPARE_NEAR(prompt.since, 1.7e9 + 100 * windowSeconds, 1e-7);
        const auto& hits = report[static_cast<std::size_t>(DriftMetric::PrefixHits)];
        QCOMPARE(hits.direction, -1);
        QVERIFY(hits.observed.value_or(1) < 0.1);
        QVERIFY(!report[static_cast<std::size_t>(DriftMetric::OutputTokens)].drifted());
        // And it ends when the traffic is as planned again.
        traffic.prompt = 1;
        traffic.hits = 0;
        for (int window = 0; window < 60; ++window)
            detector.add(traffic.next());
        QVERIFY(!detector.drifted());
    }

    /** A plan for a day with a peak says nothing against a quiet night. */
    void nightsAreNoDrift()
    {
        ResolvedNeed need;
        need.peakLoad.load = Load::open(RequestsPerSecond(20));
        need.meanLoad.load = Load::open(RequestsPerSecond(10));
        const auto expected = expectedTraffic(need, {});
        QCOMPARE(expected.highestRate, 20.0);
        QCOMPARE(expected.lowestRate, 5.0);
        DriftDetector detector(expected);
        Traffic traffic(2);
        for (const double rate : { 0.6, 1.0, 1.9, 1.0, 0.6 }) {
            traffic.rate = rate;
            for (int window = 0; window < 200; ++window) {
                Observation observation = traffic.next();
                observation.promptTokens.reset();
                observation.outputTokens.reset();
                detector.add(observation);
            }
        }
        QVERIFY(!detector.report().front().drifted());
    }
};

QTEST_APPLESS_MAIN(TestDrift)
#include "tst_drift.moc"

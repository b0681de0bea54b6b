// SPDX-License-Identifier: Apache-2.0
#include <core/search/operatingpoint.h>
#include <tests/core/search/fakeengine.h>

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

using namespace llmd;

namespace {

/** TTFT as any function of the rate; negative means saturated. */
class CurvePredictor : public Predictor
{
public:
    explicit CurvePredictor(std::function<double(double)> ttft)
        : m_ttft(std::move(ttft))
    { }

    mutable int predictions = 0;

    [[nodiscard]] Result<Estimate> at(const Load& load, RunContext&) const override
    {
        ++predictions;
        const double value = m_ttft(load.rate.value());
        Estimate estimate;
        estimate.saturated = value < 0;
        estimate.ttft = test::spread(std::abs(value) / 2); // p95 = value
        estimate.requestRate = load.rate;
        return estimate;
    }

private:
    std::function<double(double)> m_ttft;
};

Slo oneSecond()
{
    Slo slo;
    slo.ttft = LatencyTarget { 95, Seconds(1) };
    return slo;
}

/** By trying every step. */
int bruteForce(const CapacitySearch& search)
{
    int best = rategrid::lightest;
    for (int step = rategrid::lightest; step <= rategrid::heaviest; ++step) {
        if (search.probe(step)->slack < 1)
            break;
        best = step;
    }
    return best;
}

} // namespace

Q_DECLARE_METATYPE(std::function<double(double)>)

class TestOperatingPoint : public QObject
{
    Q_OBJECT

private slots:
    void gridRoundsDown()
    {
        for (int step = rategrid::lightest; step <= rategrid::heaviest; step += 37) {
            const RequestsPerSecond rate = rategrid::rate(step);
            QCOMPARE(rategrid::stepBelow(rate), step);
            QCOMPARE(rategrid::stepBelow(rate * 1.004), step);
            if (step > rategrid::lightest)
                QCOMPARE(rategrid::stepBelow(rate * 0.999), step - 1);
        }
        QCOMPARE(rategrid::stepBelow(RequestsPerSecond(0)), rategrid::lightest);
        QCOMPARE(rategrid::stepBelow(RequestsPerSecond(1e12)), rategrid::heaviest);
        QCOMPARE(rategrid::rate(128).value(), 2.0);
    }

    void findsTheEdgeFromAnyGuess_data()
    {
        using Curve = std::function<double(double)>;
        QTest::addColumn<Curve>("curve");
        QTest::newRow("queue") << Curve(
            [](double r) { return r < 7.3 ? 0.2 / (1 - r / 7.3) : -1; });
        QTest::newRow("cliff") << Curve([](double r) { return r < 31 ? 0.5 : -1; });
        QTest::newRow("wall") << Curve([](double r) { return r < 31 ? 0.5 : 50.0; });
        QTest::newRow("line") << Curve([](double r) { return 0.5 + r / 100; });
        QTest::newRow("flat, then steep")
            << Curve([](double r) { return 0.6 + std::pow(r / 20, 30); });
        QTest::newRow("root") << Curve([](double r) { return 0.9 + 1e-3 * std::sqrt(r); });
        QTest::newRow("almost at once") << Curve([](double r) { return 0.9985 + r; });
        QTest::newRow("never") << Curve([](double) { return 0.5; });
    }

    void findsTheEdgeFromAnyGuess()
    {
        QFETCH(std::function<double(double)>, curve);
        const CurvePredictor predictor(curve);
        const Slo slo = oneSecond();
        RunContext context;
        const CapacitySearch search(predictor, slo, context);
        const int expected = bruteForce(search);
        const auto light = search.probe(rategrid::lightest);
        QVERIFY(light && light->slack >= 1);
        for (int guess = rategrid::lightest - 10; guess <= rategrid::heaviest + 10; guess += 113) {
            predictor.predictions = 0;
            const auto found = search.closeIn(*light, { guess, 0, false, {} });
            QVERIFY(found);
            QCOMPARE(found->good.step, expected);
            if (expected < rategrid::heaviest) {
                QVERIFY(found->bad.tried);
                QCOMPARE(found->bad.step, expected + 1);
                QVERIFY(found->bad.estimate.has_value());
            }
            QVERIFY2(predictor.predictions < 75, QByteArray::number(predictor.predictions));
        }
    }

    void fewPredictionsFromAGoodGuess()
    {
        const CurvePredictor predictor([](double r) { return r < 7.3 ? 0.2 / (1 - r / 7.3) : -1; });
        const Slo slo = oneSecond();
        RunContext context;
        const CapacitySearch search(predictor, slo, context);
        const auto light = search.probe(rategrid::lightest);
        predictor.predictions = 0;
        QVERIFY(
            search.closeIn(*light, { rategrid::stepBelow(RequestsPerSecond(20)), 0, false, {} }));
        QVERIFY2(predictor.predictions <= 10, QByteArray::number(predictor.predictions));
    }

    void ratiosTellTheTightestTarget()
    {
        Estimate estimate;
        estimate.ttft = test::spread(0.1);
        estimate.itl = test::spread(0.02);
        estimate.e2e = test::spread(3);
        Slo slo;
        QVERIFY(targetRatios(estimate, slo).met());
        slo.ttft = LatencyTarget { 95, Seconds(0.4) };
        slo.itl = LatencyTarget { 0, Seconds(0.01) };
        slo.e2e = LatencyTarget { 99, Seconds(10) };
        const TargetRatios ratios = targetRatios(estimate, slo);
        QVERIFY(std::abs(ratios.of(LatencyMetric::Ttft) - 0.5) < 1e-9);
        QVERIFY(std::abs(ratios.of(LatencyMetric::Itl) - 2) < 1e-9);
        QVERIFY(std::abs(ratios.of(LatencyMetric::E2e) - 0.9) < 1e-9);
        QVERIFY(ratios.worst() == LatencyMetric::Itl && !ratios.met());
        estimate.ttft.p95 = Seconds(std::numeric_limits<double>::quiet_NaN());
        estimate.ttft.p90 = estimate.ttft.p95;
        QVERIFY(!targetRatios(estimate, slo).met());
        estimate.saturated = true;
        QVERIFY(std::isinf(targetRatios(estimate, slo).worstRatio()));
    }
};

QTEST_APPLESS_MAIN(TestOperatingPoint)
#include "tst_operatingpoint.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/performance/engine.h>
#include <core/search/search.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

#include <random>

using namespace llmd;

namespace {

/** A need that is often too much to ask: each demand is there by chance and may be absurd. */
Requirements hardNeed(std::mt19937& random)
{
    const auto between = [&](double low, double high) {
        return low * std::exp(std::log(high / low) * (random() % 1001) / 1000.0);
    };
    const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
    Requirements need;
    need.users = between(10, 200'000);
    if (chance(60))
        need.ttft = LatencyTarget { 95, Seconds(between(0.01, 2)) };
    if (chance(60))
        need.itl = LatencyTarget { 95, Seconds(between(0.002, 0.1)) };
    if (chance(30))
        need.e2e = LatencyTarget { 99, Seconds(between(0.2, 30)) };
    if (chance(40))
        need.budgetPerMonth = std::round(between(100, 100'000));
    if (chance(30))
        need.maxGpus = 1 + static_cast<int>(random() % 8);
    if (chance(30))
        need.inventory = { { "big", 1 + static_cast<int>(random() % 12), 4 } };
    if (chance(30))
        need.models = { chance(50) ? "acme/large-70b" : "acme/small-8b" };
    if (chance(30) && need.inventory.empty())
        need.gpusIncluded = { chance(50) ? "old" : "big" };
    if (chance(15))
        need.quantizations = { "fp8" };
    if (chance(15))
        need.contextTokens = chance(50) ? 200'000 : 100'000;
    return need;
}

std::shared_ptr<const SearchReport>
found(const Requirements& need, std::shared_ptr<const Catalog> catalog, const Engine& engine)
{
    RunContext context;
    auto report = search({ need, {} }, std::move(catalog), engine, context);
    return report ? *report : nullptr;
}

} // namespace

/** Every way out that a search names is tried: asking for just that must find something. */
class TestRelaxations : public QObject
{
    Q_OBJECT

private:
    void check(std::shared_ptr<const Catalog> catalog, const Engine& engine, unsigned seed,
               int wanted)
    {
        std::mt19937 random(seed);
        int infeasible = 0;
        int withWayOut = 0;
        int ways = 0;
        for (int tries = 0; infeasible < wanted && tries < 40 * wanted; ++tries) {
            const Requirements need = hardNeed(random);
            const auto report = found(need, catalog, engine);
            if (!report || !report->options.empty())
                continue;
            ++infeasible;
            QVERIFY(!report->infeasibility.empty());
            withWayOut += report->relaxations.empty() ? 0 : 1;
            for (const Relaxation& way : report->relaxations) {
                ++ways;
                QVERIFY(!(way.requirements == need));
                const auto relaxed = found(way.requirements, catalog, engine);
                QVERIFY2(relaxed && !relaxed->options.empty(),
                         (way.text + "\n" + writeRequirements(way.requirements)).c_str());
            }
        }
        qInfo("%d infeasible needs, %d with a way out, %d ways in all", infeasible, withWayOut,
              ways);
        QCOMPARE(infeasible, wanted);
        // Some ask for too much at once: no single change makes them feasible.
        QVERIFY(withWayOut >= wanted * 9 / 10);
    }

private slots:
    void everyWayOutOfRandomNeedsIsOne()
    {
        const test::FakeEngine engine;
        check(test::smallCatalog(), engine, 11, 150);
    }

    void withTheAnalyticEngineToo()
    {
        const auto catalog = test::smallCatalog();
        const EngineRegistry engines(catalog);
        check(catalog, engines.standard(), 12, 40);
    }
};

QTEST_APPLESS_MAIN(TestRelaxations)
#include "tst_relaxations.moc"

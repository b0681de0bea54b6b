// SPDX-License-Identifier: Apache-2.0
#include <core/search/operatingpoint.h>
#include <core/search/refinement.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

#include <numeric>

using namespace llmd;

namespace {

/** The fake engine with replicas that carry only a part of what they are searched with. */
class SlowerEngine final : public test::FakeEngine
{
public:
    explicit SlowerEngine(double share)
        : m_share(share)
    { }

    [[nodiscard]] EngineInfo info() const override
    {
        return { "slower", "Slower", "", true, false, false, {} };
    }
    [[nodiscard]] Result<std::unique_ptr<Predictor>> predictor(const Candidate& candidate,
                                                               const Workload& shape) const override
    {
        class Wrapped final : public Predictor
        {
        public:
            Wrapped(std::unique_ptr<Predictor> inner, double share)
                : m_inner(std::move(inner))
                , m_share(share)
            { }
            [[nodiscard]] Result<Estimate> at(const Load& load, RunContext& context) const override
            {
                auto estimate = m_inner->at(Load::open(load.rate / m_share), context);
                if (estimate) {
                    estimate->requestRate = load.rate;
                    estimate->provenance.engine = "slower";
                }
                return estimate;
            }

        private:
            std::unique_ptr<Predictor> m_inner;
            double m_share;
        };
        return test::FakeEngine::predictor(candidate, shape)
            .map([&](std::unique_ptr<Predictor> inner) -> std::unique_ptr<Predictor> {
                return std::make_unique<Wrapped>(std::move(inner), m_share);
            });
    }

private:
    double m_share;
};

std::shared_ptr<const SearchReport> foundFor(const Requirements& need)
{
    const test::FakeEngine engine;
    RunContext context;
    return search({ need, {} }, test::smallCatalog(), engine, context).value();
}

Requirements chatNeed()
{
    Requirements need;
    need.users = 20'000;
    return need;
}

std::vector<std::size_t> all(const SearchReport& report)
{
    std::vector<std::size_t> indices(report.options.size());
    std::iota(indices.begin(), indices.end(), std::size_t(0));
    return indices;
}

} // namespace

class TestRefinement : public QObject
{
    Q_OBJECT

private slots:
    void theSameEngineChangesNothing()
    {
        const auto report = foundFor(chatNeed());
        const test::FakeEngine engine;
        RunContext context;
        const auto refined = refine(report, all(*report), chatNeed(), engine, context);
        QVERIFY2(refined, refined ? "" : refined.error().detail.c_str());
        QCOMPARE(refined->options.size(), report->options.size());
        QCOMPARE(refined->report->options.size(), report->options.size());
        const double peak = report->need.peakLoad.load.rate.value();
        for (const RefinedOption& each : refined->options) {
            const Option& before = report->options[each.original];
            QVERIFY2(each.meetsTargets, each.obstacle.c_str());
            const int replicas = each.option.candidate.topology.pool.replicas;
            if (replicas == before.candidate.topology.pool.replicas) {
                QCOMPARE(each.option.atPeak.e2e, before.atPeak.e2e);
                QCOMPARE(each.option.cost.value(), before.cost.value());
                continue;
            }
            // The search rounds capacities down to its grid; one less may just do.
            QCOMPARE(replicas, before.candidate.topology.pool.replicas - 1);
            QVERIFY(peak / (0.8 * replicas) > before.capacityPerReplica.value());
            QVERIFY(peak / (0.8 * replicas) < before.capacityPerReplica.value() * 1.006);
        }
    }

    void sizesToWhatTheOtherEngineCarries_data()
    {
        QTest::addColumn<double>("share");
        QTest::newRow("less") << 0.7;
        QTest::newRow("more") << 1.6;
    }
    void sizesToWhatTheOtherEngineCarries()
    {
        QFETCH(double, share);
        const auto report = foundFor(chatNeed());
        const SlowerEngine engine(share);
        RunContext context;
        const auto refined = refine(report, all(*report), chatNeed(), engine, context);
        QVERIFY(refined);
        const double peak = report->need.peakLoad.load.rate.value();
        int changed = 0;
        for (const RefinedOption& each : refined->options) {
            QVERIFY2(each.meetsTargets, each.obstacle.c_str());
            const int replicas = each.option.candidate.topology.pool.replicas;
            const auto predictor =
                engine.predictor(each.option.candidate, report->need.peakLoad).value();
            const auto met = [&](int count) {
                const auto estimate =
                    predictor->at(Load::open(RequestsPerSecond(peak / count / 0.8)), context);
                return targetRatios(*estimate, report->need.slo).met();
            };
            // The fewest: all hold with them, and not with one less.
            QVERIFY(met(replicas));
            QVERIFY(replicas == 1 || !met(replicas - 1));
            const Option& before = report->options[each.original];
            changed += replicas != before.candidate.topology.pool.replicas ? 1 : 0;
            QVERIFY(
                std::abs(each.option.cost / each.option.totalGpus / (before.cost / before.totalGpus)
                         - 1)
                < 1e-12);
            QCOMPARE(QString::fromStdString(each.option.atPeak.provenance.engine), "slower");
            QVERIFY(!each.option.atPeak.provenance.caveats.empty());
            QVERIFY(!each.difference.empty());
        }
        QVERIFY(changed > 0);
        QVERIFY(std::is_sorted(refined->report->options.begin(), refined->report->options.end(),
                               [](const Option& a, const Option& b) { return a.cost < b.cost; }));
    }

    void leavesOutWhatNoLongerFits()
    {
        Requirements need = chatNeed();
        auto report = foundFor(need);
        need.budgetPerMonth = inDollarsPerMonth(report->options.front().cost);
        report = foundFor(need);
        QVERIFY(!report->options.empty());
        const SlowerEngine engine(0.7);
        RunContext context;
        const auto refined = refine(report, all(*report), need, engine, context);
        QVERIFY(refined);
        std::size_t out = 0;
        for (const RefinedOption& each : refined->options) {
            out += each.meetsTargets ? 0 : 1;
            if (each.meetsTargets)
                QVERIFY(inDollarsPerMonth(each.option.cost) <= *need.budgetPerMonth * 1.000001);
            else
                QVERIFY(QString::fromStdString(each.obstacle).contains("budget"));
        }
        QVERIFY(out > 0);
        QCOMPARE(refined->report->options.size(), refined->options.size() - out);
        // Far too slow: no number of replicas looked at is enough.
        const SlowerEngine hopeless(0.01);
        const auto none = refine(report, all(*report), need, hopeless, context);
        QVERIFY(none && none->report->options.empty());
        QVERIFY(!none->report->infeasibility.empty());
    }

    void keepsOptionsThatTheEngineCannotPredict()
    {
        const auto report = foundFor(chatNeed());
        test::FakeEngine engine;
        engine.refusedModel = "acme/small-8b";
        RunContext context;
        const auto refined = refine(report, all(*report), chatNeed(), engine, context);
        QVERIFY(refined);
        for (const RefinedOption& each : refined->options) {
            const bool refusedModel = each.option.candidate.model->id == engine.refusedModel;
            QCOMPARE(each.meetsTargets, !refusedModel);
            QCOMPARE(each.obstacle.empty(), !refusedModel);
        }
    }

    void stopsWhenAskedAndReportsProgress()
    {
        const auto report = foundFor(chatNeed());
        std::stop_source source;
        test::FakeEngine engine;
        engine.onPrediction = [&](int count) {
            if (count == 10)
                source.request_stop();
        };
        RunContext context;
        context.stop = source.get_token();
        context.threads = 1;
        const auto refined = refine(report, all(*report), chatNeed(), engine, context);
        QVERIFY(refined);
        QVERIFY(refined->cancelled);
        QVERIFY(refined->options.size() < report->options.size());
        const std::vector<std::size_t> bad { report->options.size() };
        RunContext fresh;
        QVERIFY(!refine(report, bad, chatNeed(), engine, fresh));
    }
};

QTEST_APPLESS_MAIN(TestRefinement)
#include "tst_refinement.moc"

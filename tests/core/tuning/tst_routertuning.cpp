// SPDX-License-Identifier: Apache-2.0
#include <core/tuning/routertuning.h>
#include <tests/core/performance/simulationfixture.h>

#include <QTest>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;

class TestRouterTuning : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;

    /** Long prefixes of many groups on servers that cannot keep them all: where a request goes decides. */
    RouterTuningProblem sharing(const std::string& standard) const
    {
        RouterTuningProblem problem;
        Candidate candidate = llamaOnHopper(*m_catalog);
        candidate.topology.pool.replicas = 4;
        problem.scenario = chatScenario(candidate, openStage(24, 1500));
        problem.scenario.traffic.prompt = { LengthDistribution::Shape::LogNormal, 5000, 0.1 };
        problem.scenario.traffic.output = { LengthDistribution::Shape::LogNormal, 60, 0.3 };
        problem.scenario.traffic.prefix.sharedTokens = 4000;
        problem.scenario.traffic.prefix.groups = 120;
        problem.scenario.router = parseRouter(standard).value();
        problem.objective = RouterObjective::TtftMean;
        problem.screeningSeeds = 2;
        problem.finalists = 3;
        problem.confirmingSeeds = 6;
        return problem;
    }

    Result<RouterTuning> tune(const RouterTuningProblem& problem, unsigned threads = 2) const
    {
        RunContext context;
        context.threads = threads;
        return tuneRouter(problem, *m_catalog, standardCoefficients(), context);
    }

private slots:
    void initTestCase() { m_catalog = loadCatalog().value().value; }

    void quantilesOfStudentAreThoseOfTables()
    {
        // Abramowitz and Stegun, table 26.10.
        QVERIFY(std::abs(studentQuantile(0.975, 1) - 12.7062) < 1e-3);
        QVERIFY(std::abs(studentQuantile(0.975, 5) - 2.5706) < 1e-4);
        QVERIFY(std::abs(studentQuantile(0.995, 11) - 3.1058) < 1e-4);
        QVERIFY(std::abs(studentQuantile(0.95, 30) - 1.6973) < 1e-4);
        QVERIFY(std::abs(studentQuantile(0.975, 1e6) - 1.95996) < 1e-4);
        QVERIFY(std::abs(studentQuantile(0.1, 7) + studentQuantile(0.9, 7)) < 1e-9);
    }

    void intervalsHoldAsOftenAsTheySay()
    {
        // Normal values around 1: of many intervals the stated share must hold the mean.
        Random random(3);
        int held = 0;
        int heldAtOnce = 0;
        constexpr int rounds = 4000;
        for (int i = 0; i < rounds; ++i) {
            bool all = true;
            for (int k = 0; k < 4; ++k) {
                std::vector<double> values;
                for (int j = 0; j < 6; ++j)
                    values.push_back(1 + random.normal());
                const auto one = meanInterval(values, 0.9);
                const auto four = meanInterval(values, 0.9, 4);
                held += k == 0 && one.low <= 1 && 1 <= one.high ? 1 : 0;
                all = all && four.low <= 1 && 1 <= four.high;
            }
            heldAtOnce += all ? 1 : 0;
        }
        QVERIFY(std::abs(held / double(rounds) - 0.9) < 0.02);
        QVERIFY(heldAtOnce / double(rounds) > 0.88);
        QVERIFY(std::isinf(meanInterval({ 1.0 }, 0.9).high));
    }

    void findsTheGainOfPrefixAwareRouting()
    {
        // A standard that ignores prefixes is beaten clearly.
        const auto tuning = tune(sharing("queue=2,kv-cache-utilization=2"));
        QVERIFY2(tuning, tuning ? "" : tuning.error().detail.c_str());
        QVERIFY2(tuning->recommended.has_value(), tuning->verdict.c_str());
        const RouterTrial& best = tuning->trials[*tuning->recommended];
        qInfo("%s", tuning->verdict.c_str());
        QVERIFY(best.gain->low > 0);
        QVERIFY(best.gain->mean > 0.05);
        QVERIFY(best.figures.prefixHitRate > tuning->standard.figures.prefixHitRate);
        QVERIFY(toString(best.router).find("prefix") != std::string::npos);
        QVERIFY(best.figures.ttftMean < tuning->standard.figures.ttftMean);
    }

    void recommendsNothingWhereNothingIsToBeGained()
    {
        // No two prompts share anything and the servers idle: all routers are alike.
        RouterTuningProblem problem = sharing("queue=2,kv-cache-utilization=2");
        problem.scenario.traffic.prefix = {};
        problem.scenario.traffic.stages = { openStage(2, 800) };
        const auto tuning = tune(problem);
        QVERIFY(tuning);
        if (tuning->recommended)
            QVERIFY2(tuning->trials[*tuning->recommended].gain->mean < 0.05,
                     tuning->verdict.c_str());
        for (const RouterTrial& trial : tuning->trials)
            QVERIFY(toString(trial.router).find("prefix") == std::string::npos);
    }

    void doesNotDependOnThreads()
    {
        RouterTuningProblem problem = sharing("prefix-cache=3,queue=2,kv-cache-utilization=2");
        problem.scenario.traffic.stages = { openStage(24, 400) };
        const auto one = tune(problem, 1);
        const auto four = tune(problem, 4);
        QVERIFY(one && four);
        QCOMPARE(QString::fromStdString(one->verdict), QString::fromStdString(four->verdict));
        QCOMPARE(one->trials.size(), four->trials.size());
        for (std::size_t i = 0; i < one->trials.size(); ++i) {
            QVERIFY(one->trials[i].router == four->trials[i].router);
            QCOMPARE(one->trials[i].figures, four->trials[i].figures);
            QCOMPARE(one->trials[i].gain, four->trials[i].gain);
        }
    }

    void refusesWhatCannotBeTuned()
    {
        RouterTuningProblem problem = sharing("queue=1");
        problem.scenario.candidate.topology.pool.replicas = 1;
        QVERIFY(!tune(problem));
        problem = sharing("queue=1");
        problem.objective = RouterObjective::Goodput; // without limits
        QVERIFY(!tune(problem));
        problem = sharing("queue=1");
        problem.confirmingSeeds = 1;
        QVERIFY(!tune(problem));
        problem = sharing("queue=1");
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        const auto stopped = tuneRouter(problem, *m_catalog, standardCoefficients(), context);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }

    void candidatesFollowTheTraffic()
    {
        RouterTuningProblem problem = sharing("prefix-cache=3,queue=2,kv-cache-utilization=2");
        const auto candidates = routerCandidates(problem.scenario);
        for (const RouterSettings& router : candidates) {
            QVERIFY(checkRouter(router));
            QVERIFY(!(router.scorers == problem.scenario.router.scorers));
            QVERIFY(toString(router).find("session") == std::string::npos);
        }
        problem.scenario.traffic.conversations = Conversations {};
        QVERIFY(routerCandidates(problem.scenario).size() > candidates.size());
    }
};

QTEST_APPLESS_MAIN(TestRouterTuning)
#include "tst_routertuning.moc"

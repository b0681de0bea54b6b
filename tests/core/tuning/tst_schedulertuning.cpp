// SPDX-License-Identifier: Apache-2.0
#include <core/tuning/schedulertuning.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;

class TestSchedulerTuning : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;

    /** One server at 6 chat requests per second. */
    SchedulerTuningProblem chat(int tokens, int sequences, double rate = 6) const
    {
        SchedulerTuningProblem problem;
        Candidate candidate = llamaOnHopper(*m_catalog);
        candidate.engine.maxNumBatchedTokens = tokens;
        candidate.engine.maxNumSeqs = sequences;
        problem.scenario = chatScenario(candidate, openStage(rate, 600));
        problem.objective = RouterObjective::E2eMean;
        problem.screeningSeeds = 2;
        problem.finalists = 3;
        problem.confirmingSeeds = 6;
        return problem;
    }

    Result<SchedulerTuning> tune(const SchedulerTuningProblem& problem, unsigned threads = 2) const
    {
        RunContext context;
        context.threads = threads;
        return tuneScheduler(problem, *m_catalog, standardCoefficients(), context);
    }

private slots:
    void initTestCase() { m_catalog = loadCatalog().value().value; }

    void givesABoundBatchMoreSeats()
    {
        // With 8 seats the requests queue; with more of them they do not.
        const auto tuning = tune(chat(8192, 8));
        VERIFY_OK(tuning);
        QVERIFY2(tuning->recommended.has_value(), tuning->verdict.c_str());
        const SchedulerTrial& best = tuning->trials[*tuning->recommended];
        QVERIFY2(best.settings.maxNumSeqs > 8, tuning->verdict.c_str());
        QVERIFY(best.gain->low > 0 && best.gain->low <= best.gain->mean);
        QVERIFY(best.figures.e2eMean < tuning->standard.figures.e2eMean);
        QVERIFY(tuning->verdict.find(toString(best.settings)) != std::string::npos);
    }

    void keepsWhatIsAsGood()
    {
        // At half a request per second no limit is ever reached.
        const auto tuning = tune(chat(8192, 256, 0.5));
        VERIFY_OK(tuning);
        if (tuning->recommended)
            QVERIFY2(tuning->trials[*tuning->recommended].gain->mean < 0.02,
                     tuning->verdict.c_str());
        else
            QVERIFY2(tuning->verdict.starts_with("keep 8192 tokens per step, 256 sequences"),
                     tuning->verdict.c_str());
        QVERIFY(tuning->verdict.find("-0.0 %") == std::string::npos);
    }

    void triesOnlyWhatVllmStartsWith()
    {
        const auto tuning = tune(chat(512, 256));
        VERIFY_OK(tuning);
        for (const SchedulerTrial& trial : tuning->trials) {
            QVERIFY(trial.settings.maxNumBatchedTokens >= trial.settings.maxNumSeqs);
            QVERIFY(!(trial.settings == tuning->standard.settings));
        }
        QVERIFY(std::is_sorted(
            tuning->trials.begin(), tuning->trials.begin() + 3,
            [](const auto& a, const auto& b) { return a.gain->mean > b.gain->mean; }));
    }

    void theNumberOfThreadsChangesNothing()
    {
        const auto one = tune(chat(2048, 16), 1);
        const auto two = tune(chat(2048, 16), 2);
        VERIFY_OK(one);
        VERIFY_OK(two);
        QCOMPARE(one->verdict, two->verdict);
        QCOMPARE(one->trials.size(), two->trials.size());
        for (std::size_t i = 0; i < one->trials.size(); ++i) {
            QVERIFY(one->trials[i].settings == two->trials[i].settings);
            QCOMPARE(one->trials[i].screened, two->trials[i].screened);
            QVERIFY(one->trials[i].figures == two->trials[i].figures);
        }
    }

    void badProblemsAreRefused()
    {
        auto problem = chat(8192, 256);
        problem.maxNumSeqs = { 0 };
        VERIFY_ERROR(tune(problem), "from 1 to 1,000,000");
        problem = chat(8192, 256);
        problem.confirmingSeeds = 1;
        VERIFY_ERROR(tune(problem), "two confirming runs");
        problem = chat(8192, 256);
        problem.objective = RouterObjective::Goodput;
        VERIFY_ERROR(tune(problem), "needs limits");
    }

    void stopsOnRequest()
    {
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        const auto tuning =
            tuneScheduler(chat(8192, 64), *m_catalog, standardCoefficients(), context);
        QVERIFY(!tuning);
        QCOMPARE(tuning.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestSchedulerTuning)
#include "tst_schedulertuning.moc"

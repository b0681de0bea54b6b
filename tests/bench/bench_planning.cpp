// SPDX-License-Identifier: Apache-2.0
#include <core/performance/simulation/simulationengine.h>
#include <core/ranking/ranking.h>
#include <core/ranking/tradeoff.h>
#include <core/search/loadcurve.h>
#include <core/search/refinement.h>
#include <core/tuning/autoscalingtuning.h>
#include <core/tuning/routertuning.h>
#include <tests/core/performance/simulationfixture.h>

#include <QElapsedTimer>
#include <QTest>

#include <ctime>

using namespace llmd;
using namespace llmd::testing;

/**
 * Load curves, refinement and tuning with two threads. Prints figures; a busy machine is no mistake of the program, so
 * nothing about time is asserted.
 */
class BenchPlanning : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;

    template <class Work> static void timed(const char* name, const Work& work)
    {
        const std::clock_t before = std::clock();
        QElapsedTimer timer;
        timer.start();
        work();
        qInfo("%s: %.0f ms, %.0f ms of processor time", name,
              static_cast<double>(timer.nsecsElapsed()) / 1e6,
              1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
    }

    static RunContext twoThreads()
    {
        RunContext context;
        context.threads = 2;
        return context;
    }

    LoadCurveProblem chat() const
    {
        LoadCurveProblem problem;
        problem.candidate = llamaOnHopper(*m_catalog);
        problem.shape.prompt = { LengthDistribution::Shape::LogNormal, 700, 0.6 };
        problem.shape.output = { LengthDistribution::Shape::LogNormal, 200, 0.6 };
        problem.slo.ttft = LatencyTarget { 95, milliseconds(400) };
        problem.slo.itl = LatencyTarget { 95, milliseconds(25) };
        problem.peak = RequestsPerSecond(300);
        return problem;
    }

private slots:
    void initTestCase() { m_catalog = loadCatalog().value().value; }

    void curves()
    {
        const EngineRegistry engines(m_catalog);
        for (const char* id : { "analytic", "simulation" }) {
            timed((std::string("load curve of 32 points, ") + id).c_str(), [&] {
                RunContext context = twoThreads();
                QVERIFY(loadCurve(chat(), **engines.find(id), context));
            });
        }
    }

    void refineTwenty_data()
    {
        QTest::addColumn<QString>("useCase");
        QTest::newRow("chat") << "chatbot_conversational";
        QTest::newRow("rag") << "document_analysis_rag";
        QTest::newRow("code") << "code_completion";
    }
    void refineTwenty()
    {
        QFETCH(QString, useCase);
        const EngineRegistry engines(m_catalog);
        Requirements need;
        need.useCase = useCase.toStdString();
        need.users = 5000;
        RunContext context = twoThreads();
        const auto report = search({ need, {} }, m_catalog, engines.standard(), context).value();
        auto best = rank(rankingInputs(*report), report->need.priorities, report->need.slo)
                        .of(View::Balanced);
        QVERIFY(best.size() >= 20);
        best.resize(20);
        timed("the 20 best refined by simulation", [&] {
            const SimulationEngine engine(m_catalog, standardCoefficients(),
                                          SimulationPrecision::quick());
            const auto refined = refine(report, best, need, engine, context);
            QVERIFY(refined && refined->options.size() == 20);
        });
        timed("trade-off of all options", [&] {
            const auto points = tradeoff(*report, TradeoffAxis::Cost, TradeoffAxis::Quality);
            QCOMPARE(points.size(), report->options.size());
        });
    }

    void autoscaling()
    {
        const EngineRegistry engines(m_catalog);
        AutoscalingProblem problem;
        problem.load = chat();
        problem.day.mean = RequestsPerSecond(150);
        problem.day.relative = DayOfLoad::withPeak(2);
        timed("autoscaling", [&] {
            RunContext context = twoThreads();
            const auto tuning = tuneAutoscaling(problem, engines.standard(), context);
            QVERIFY(tuning);
            qInfo("%zu days of %d replicas; %s", tuning->days, tuning->fixed.settings.minReplicas,
                  tuning->verdict.c_str());
        });
    }

    void router()
    {
        RouterTuningProblem problem;
        Candidate candidate = llamaOnHopper(*m_catalog);
        candidate.topology.pool.replicas = 8;
        problem.scenario = chatScenario(candidate, openStage(200, 4000));
        problem.scenario.traffic.prefix.sharedTokens = 300;
        problem.scenario.traffic.prefix.groups = 400;
        problem.scenario.router = recommendedRouter();
        timed("router weights", [&] {
            RunContext context = twoThreads();
            const auto tuning = tuneRouter(problem, *m_catalog, standardCoefficients(), context);
            QVERIFY(tuning);
            qInfo("%zu runs; %s", tuning->runs, tuning->verdict.c_str());
        });
    }
};

QTEST_APPLESS_MAIN(BenchPlanning)
#include "bench_planning.moc"

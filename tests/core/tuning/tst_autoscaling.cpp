// SPDX-License-Identifier: Apache-2.0
#include <core/performance/engine.h>
#include <core/tuning/autoscalingtuning.h>
#include <tests/core/performance/simulationfixture.h>

#include <QTest>

#include <cmath>
#include <numeric>

using namespace llmd;
using namespace llmd::testing;

class TestAutoscaling : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    AutoscalingProblem problem() const
    {
        AutoscalingProblem problem;
        problem.load.candidate = llamaOnHopper(*m_catalog);
        problem.load.shape.prompt = { LengthDistribution::Shape::LogNormal, 700, 0.6 };
        problem.load.shape.output = { LengthDistribution::Shape::LogNormal, 200, 0.6 };
        problem.load.slo.ttft = LatencyTarget { 95, milliseconds(400) };
        problem.load.slo.itl = LatencyTarget { 95, milliseconds(25) };
        problem.load.peak = RequestsPerSecond(300);
        problem.load.gpuPrice = dollarsPerHour(2);
        problem.load.points = 48;
        problem.day.mean = RequestsPerSecond(150);
        problem.day.relative = DayOfLoad::withPeak(2);
        problem.confirmingSeeds = 6;
        return problem;
    }

    Result<AutoscalingTuning> tune(const AutoscalingProblem& problem, unsigned threads = 2) const
    {
        RunContext context;
        context.threads = threads;
        return tuneAutoscaling(problem, m_engines->standard(), context);
    }

    LoadCurve curveOf(const AutoscalingProblem& problem, const char* engine = "analytic") const
    {
        RunContext context;
        return loadCurve(problem.load, **m_engines->find(engine), context).value();
    }

private slots:
    void initTestCase()
    {
        m_catalog = loadCatalog().value().value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void daysHaveTheirMeanAndPeak()
    {
        for (const double peak : { 1.0, 1.3, 2.0, 2.5, 4.0, 8.0 }) {
            const auto day = DayOfLoad::withPeak(peak);
            const double mean =
                std::accumulate(day.begin(), day.end(), 0.0) / static_cast<double>(day.size());
            QVERIFY(std::abs(mean - 1) < 1e-9);
            QVERIFY(std::abs(*std::max_element(day.begin(), day.end()) - peak) < 1e-6);
            QVERIFY(*std::min_element(day.begin(), day.end()) >= 0);
        }
    }

    void fixedReplicasFollowTheCurve()
    {
        // At a constant rate without fluctuation every request sees the curve's attainment at its share of the rate.
        const auto p = problem();
        const LoadCurve curve = curveOf(p);
        DayOfLoad day { curve.points[20].rate * 3.0, { 1.0 }, 0 };
        AutoscalerSettings settings;
        settings.minReplicas = settings.maxReplicas = 3;
        const auto report = simulateDay({ curve, p.load.slo }, day, settings, 1, true);
        QVERIFY(std::abs(report.attainment - curve.points[20].attainment.share) < 1e-9);
        QVERIFY(std::abs(report.replicaHours - 72) < 1e-6);
        QCOMPARE(report.additions + report.removals, 0);
        QCOMPARE(report.samples.size(), std::size_t(86'400 / 15));
        QVERIFY(std::abs(report.worstHour - report.attainment) < 1e-9);
    }

    void overloadBuildsABacklogThatIsWorkedOff()
    {
        const auto p = problem();
        const LoadCurve curve = curveOf(p);
        // Twelve hours at twice what one replica can do would never end well; one hour of 24 leaves a backlog.
        DayOfLoad day { curve.saturation * 0.3, std::vector<double>(24, 0.5), 0 };
        day.relative[12] = 24 - 23 * 0.5;
        AutoscalerSettings settings;
        const auto report = simulateDay({ curve, p.load.slo }, day, settings, 1, true);
        QVERIFY(report.attainment < 0.9);
        QVERIFY(report.worstHour < 0.01);
        QVERIFY(report.longestWait > 60);
        QVERIFY(report.samples.back().inFlight < report.samples[13 * 240].inFlight / 10);
    }

    void scalesUpAfterTheColdStartAndDownAfterTheWindow()
    {
        const auto p = problem();
        const LoadCurve curve = curveOf(p);
        DayOfLoad day { curve.saturation, std::vector<double>(24, 0.2), 0 };
        for (int hour = 8; hour < 16; ++hour)
            day.relative[static_cast<std::size_t>(hour)] = 2.6;
        AutoscalerSettings settings;
        settings.maxReplicas = 20;
        settings.targetInFlight = 0.6 * curve.withinTargets->rate.value()
            * curve.withinTargets->estimate.e2e.mean.value();
        settings.podsUp = 2;
        settings.upPeriod = Seconds(60);
        const ServedLoad served { curve, p.load.slo, Seconds(240) };
        const auto report = simulateDay(served, day, settings, 1, true);
        const auto readyAt = [&](double hour) {
            return report.samples[static_cast<std::size_t>(hour * 240)].ready;
        };
        QVERIFY(readyAt(12) >= 3);
        QVERIFY(readyAt(4) < readyAt(12));
        QVERIFY(readyAt(23.9) < readyAt(12));
        QVERIFY(report.mostReplicas <= 20);
        QVERIFY(report.additions == report.removals
                || std::abs(report.additions - report.removals) <= 20);
        // No replica serves before its cold start.
        for (std::size_t i = 16; i < report.samples.size(); ++i) {
            // Decided at the end of a step, so those of the step after it may just be ready.
            const int total = report.samples[i - 15].ready + report.samples[i - 15].starting;
            QVERIFY(report.samples[i].ready <= total);
        }
        // A slower start costs requests.
        const ServedLoad slow { curve, p.load.slo, Seconds(1200) };
        QVERIFY(simulateDay(slow, day, settings, 1).attainment < report.attainment);
    }

    void agreesWithTheSimulationOfEveryRequest()
    {
        // A day in ten minutes would not be quasi-steady; one of two hours is, at the rates of a small deployment.
        auto p = problem();
        p.load.candidate.engine.maxNumSeqs = 24; // few seats: cheap to simulate, and the peak hurts
        p.load.slo.itl.reset();
        p.load.slo.ttft = LatencyTarget { 95, milliseconds(120) };
        const LoadCurve curve = curveOf(p, "simulation");
        const double mean = curve.saturation.value() * 0.6 * 2;
        Scenario scenario;
        scenario.candidate = p.load.candidate;
        scenario.candidate.topology.pool.replicas = 2;
        scenario.traffic.prompt = p.load.shape.prompt;
        scenario.traffic.output = p.load.shape.output;
        scenario.limits.ttft = milliseconds(120);
        scenario.router.policy =
            RouterSettings::Policy::Random; // each replica sees Poisson arrivals
        scenario.warmUp = Seconds(0);
        TrafficStage stage;
        stage.load = Load::open(RequestsPerSecond(mean));
        stage.duration = Seconds(7200);
        stage.arrivals.kind = ArrivalProcess::Kind::Diurnal;
        stage.arrivals.period = Seconds(7200);
        stage.arrivals.amplitude = 0.5;
        scenario.traffic.stages = { stage };
        RunContext context;
        const auto exact = simulate(scenario, *m_catalog, standardCoefficients(), context);
        QVERIFY(exact);
        DayOfLoad day { RequestsPerSecond(mean), DayOfLoad::withPeak(1.5), 0 };
        AutoscalerSettings settings;
        settings.minReplicas = settings.maxReplicas = 2;
        const auto fast = simulateDay({ curve, p.load.slo }, day, settings, 1);
        qInfo("every request: %.4f in time, by the curve: %.4f", exact->total.attainment,
              fast.attainment);
        QVERIFY(exact->total.attainment < 0.998); // else there is nothing to agree about
        QVERIFY(std::abs(exact->total.attainment - fast.attainment) < 0.04);
    }

    void savesOnADayWithANight()
    {
        const auto tuning = tune(problem());
        QVERIFY2(tuning, tuning ? "" : tuning.error().detail.c_str());
        qInfo("%s; %.0f ms", tuning->verdict.c_str(), tuning->elapsed.value() * 1000);
        QVERIFY(tuning->recommended.has_value());
        const ScalingTrial& best = tuning->trials[*tuning->recommended];
        QVERIFY(best.saving->low > 0);
        QVERIFY(best.reached->low >= 0.95);
        QVERIFY(best.replicaHours < tuning->fixed.replicaHours);
        QVERIFY(*best.cost < *tuning->fixed.cost);
        QCOMPARE(tuning->fixed.settings.minReplicas, tuning->curve.fleet->replicas);
        QVERIFY(!tuning->day.samples.empty());
    }

    void keepsTheStaticDeploymentWhereNothingIsSaved()
    {
        // A flat day at the peak, and hardly any head-room to give back.
        auto p = problem();
        p.day.mean = *p.load.peak;
        p.day.relative = { 1 };
        p.day.fluctuation = 0.02;
        p.load.headroom = 0;
        p.attainment = 0.949;
        const auto tuning = tune(p);
        QVERIFY(tuning);
        qInfo("%s", tuning->verdict.c_str());
        if (tuning->recommended)
            QVERIFY(tuning->trials[*tuning->recommended].saving->mean < 0.1);
        // Nothing can be promised that even the fixed deployment does not reach.
        p.attainment = 0.999999;
        const auto strict = tune(p);
        QVERIFY(strict && !strict->recommended);
    }

    void doesNotDependOnThreads()
    {
        auto p = problem();
        p.screeningSeeds = 1;
        p.confirmingSeeds = 2;
        const auto one = tune(p, 1);
        const auto four = tune(p, 4);
        QVERIFY(one && four);
        QCOMPARE(QString::fromStdString(one->verdict), QString::fromStdString(four->verdict));
        QCOMPARE(one->trials.size(), four->trials.size());
        for (std::size_t i = 0; i < one->trials.size(); ++i) {
            QCOMPARE(one->trials[i].settings, four->trials[i].settings);
            QCOMPARE(one->trials[i].replicaHours, four->trials[i].replicaHours);
            QCOMPARE(one->trials[i].attainment, four->trials[i].attainment);
        }
    }

    void refusesBadProblems()
    {
        auto p = problem();
        p.load.slo = {};
        QVERIFY(!tune(p));
        p = problem();
        p.load.peak.reset();
        QVERIFY(!tune(p));
        p = problem();
        p.day.relative = { 1, -1 };
        QVERIFY(!tune(p));
        p = problem();
        p.attainment = 1;
        QVERIFY(!tune(p));
        p = problem();
        p.load.slo.itl = LatencyTarget { 95, milliseconds(0.01) };
        QVERIFY(!tune(p));
    }
};

QTEST_APPLESS_MAIN(TestAutoscaling)
#include "tst_autoscaling.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/performance/engine.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace llmd;
using namespace llmd::testing;

/**
 * Speed of the simulation on one core. Prints figures; what is asserted are properties of the run, never a time, because
 * a busy machine is no mistake of the program.
 */
class BenchSimulation : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    double m_capacity = 0; ///< requests/s of one replica
    double m_single = 0; ///< s per request of one replica

    static double peakMebibytes()
    {
        QFile status("/proc/self/status");
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:"))
                return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
        }
        return 0;
    }

    SimulationReport run(const Scenario& scenario)
    {
        RunContext context;
        const auto report = simulate(scenario, *m_catalog, standardCoefficients(), context);
        return report ? *report : SimulationReport {};
    }

    void print(const char* name, const SimulationReport& report)
    {
        const double wall = report.wall.value();
        qInfo("%s: %llu requests in %.2f s = %.0f requests/s, %.1f events and %.1f steps per "
              "request, %.0f x real time, %.0f MiB",
              name, static_cast<unsigned long long>(report.completed), wall,
              static_cast<double>(report.completed) / wall,
              static_cast<double>(report.events) / static_cast<double>(report.completed),
              static_cast<double>(report.steps) / static_cast<double>(report.completed),
              report.simulated.value() / wall, peakMebibytes());
    }

    Scenario loaded(double share, std::uint64_t requests, int replicas = 1) const
    {
        Scenario scenario = chatScenario(llamaOnHopper(*m_catalog),
                                         openStage(share * m_capacity * replicas, requests));
        scenario.candidate.topology.pool.replicas = replicas;
        return scenario;
    }

private slots:
    void initTestCase()
    {
        const auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        m_catalog = catalog->value;
        // Capacity: what completes when all seats are always taken.
        const auto report = run(chatScenario(llamaOnHopper(*m_catalog), closedStage(512, 20'000)));
        QVERIFY(report.completed == 20'000);
        m_capacity = report.total.requestRate.value();
        qInfo("capacity of a replica: %.1f requests/s, 500 in, 250 out", m_capacity);
    }

    void oneReplicaAtEightyPercent()
    {
        const auto report = run(loaded(0.8, 200'000));
        QCOMPARE(report.completed, 200'000u);
        QVERIFY(!report.total.saturated);
        print("one replica, 80 % load", report);
        m_single = report.wall.value() / 200'000;
    }

    void aMillionRequests()
    {
        const auto report = run(loaded(0.8, 1'000'000));
        QCOMPARE(report.completed, 1'000'000u);
        QVERIFY(report.mostInFlight < 2000);
        print("a million requests", report);
    }

    void eightReplicas_data()
    {
        QTest::addColumn<QString>("router");
        for (const char* name : { "round-robin", "least-loaded", "prefix-affinity",
                                  "prefix-cache=3,queue=2,kv-cache-utilization=2" })
            QTest::newRow(name) << name;
    }

    void eightReplicas()
    {
        QFETCH(QString, router);
        Scenario scenario = loaded(0.8, 400'000, 8);
        const auto settings = parseRouter(router.toStdString());
        VERIFY_OK(settings);
        scenario.router = *settings;
        const auto report = run(scenario);
        QCOMPARE(report.completed, 400'000u);
        print(qPrintable("8 replicas, " + router), report);
        if (m_single > 0)
            qInfo("  %.2f x the time per request of one replica",
                  report.wall.value() / 400'000 / m_single);
    }

    void aThousandReplicas_data()
    {
        QTest::addColumn<QString>("router");
        QTest::addColumn<int>("requests");
        QTest::newRow("least-loaded") << "least-loaded" << 500'000;
        QTest::newRow("scorers") << "prefix-cache=3,queue=2,kv-cache-utilization=2" << 50'000;
    }

    void aThousandReplicas()
    {
        QFETCH(QString, router);
        QFETCH(int, requests);
        Scenario scenario = chatScenario(llamaOnHopper(*m_catalog),
                                         openStage(10'000, static_cast<std::uint64_t>(requests)));
        scenario.candidate.topology.pool.replicas = 1000;
        scenario.router = *parseRouter(router.toStdString());
        const auto report = run(scenario);
        QCOMPARE(report.completed, static_cast<std::uint64_t>(requests));
        print(qPrintable("1000 replicas, 10 000 requests/s, " + router), report);
    }

    void cachedPrompts()
    {
        Scenario scenario = loaded(0.8, 200'000);
        scenario.traffic.prefix = { 100, 10, 100 };
        const auto report = run(scenario);
        QVERIFY(report.total.prefixHitRate > 0.9);
        print("100 prompts in turn, all in the cache", report);
    }

    void stepByStep()
    {
        // What jumping over steps saves, and that nothing else changes. Few requests at a time leave long stretches.
        for (const double share : { 0.05, 0.8 }) {
            Scenario scenario = loaded(share, 20'000);
            const auto fast = run(scenario);
            scenario.fastForward = false;
            const auto slow = run(scenario);
            QCOMPARE(fast.steps, slow.steps);
            COMPARE_NEAR(fast.total.e2e.mean.value(), slow.total.e2e.mean.value(), 1e-9);
            qInfo("%.0f %% load: every step on its own takes %.1f x as long", share * 100,
                  slow.wall.value() / fast.wall.value());
        }
    }

    void engine()
    {
        const EngineRegistry engines(m_catalog);
        const auto found = engines.find("simulation");
        VERIFY_OK(found);
        Workload workload;
        workload.load = Load::open(RequestsPerSecond(0.8 * m_capacity));
        workload.prompt = { LengthDistribution::Shape::LogNormal, 500, 0.5 };
        workload.output = { LengthDistribution::Shape::LogNormal, 250, 0.5 };
        RunContext context;
        QBENCHMARK
        {
            const auto estimate = (*found)->estimate(llamaOnHopper(*m_catalog), workload, context);
            VERIFY_OK(estimate);
        }
    }
};

QTEST_APPLESS_MAIN(BenchSimulation)
#include "bench_simulation.moc"

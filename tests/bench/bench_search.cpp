// SPDX-License-Identifier: Apache-2.0
#include <core/performance/engine.h>
#include <core/search/search.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace llmd;

/** The whole shipped catalog for a busy chat: under a second on two cores, with the catalog read. */
class BenchSearch : public QObject
{
    Q_OBJECT

private slots:
    void loadCatalogCold()
    {
        QBENCHMARK_ONCE
        {
            auto loaded = loadCatalog();
            VERIFY_OK(loaded);
            m_catalog = loaded->value;
        }
    }

    void searchShippedCatalog_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::newRow("one thread") << 1u;
        QTest::newRow("two threads") << 2u;
    }

    void searchShippedCatalog()
    {
        QFETCH(unsigned, threads);
        QVERIFY(m_catalog);
        const EngineRegistry engines(m_catalog);
        SearchProblem problem;
        problem.requirements.users = 5000;
        RunContext context;
        context.threads = threads;
        std::shared_ptr<const SearchReport> report;
        QElapsedTimer timer;
        timer.start();
        int runs = 0;
        QBENCHMARK
        {
            const auto found = search(problem, m_catalog, engines.standard(), context);
            VERIFY_OK(found);
            report = *found;
            ++runs;
        }
        qInfo("%llu combinations of %zu models on %zu GPUs, %zu options, %zu on the front",
              static_cast<unsigned long long>(report->searched), m_catalog->models.size(),
              m_catalog->gpus.size(), report->options.size(), report->pareto.size());
        for (const Refusal& refusal : report->refusals)
            qInfo("%8llu %s: %s", static_cast<unsigned long long>(refusal.count),
                  toString(refusal.constraint).data(), refusal.nearest.c_str());
        QVERIFY(report->searched >= 20000);
        QVERIFY(report->options.size() > 100);
    }

    void memoryStaysSmall()
    {
        QFile status("/proc/self/status");
        if (!status.open(QIODevice::ReadOnly))
            QSKIP("No /proc here.");
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:")) {
                const double mib = line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
                qInfo("%.0f MiB at most", mib);
                QVERIFY(mib < 300);
            }
        }
    }

private:
    std::shared_ptr<const Catalog> m_catalog;
};

QTEST_APPLESS_MAIN(BenchSearch)
#include "bench_search.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/spec/compiler.h>
#include <tests/core/spec/specfixture.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

using namespace llmd;
using namespace llmd::testing;

/** Ten specs in one call: under a second on two cores. */
class BenchSpec : public QObject
{
    Q_OBJECT

private slots:
    void tenSpecs_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::newRow("one thread") << 1u;
        QTest::newRow("two threads") << 2u;
    }
    void tenSpecs()
    {
        QFETCH(unsigned, threads);
        static const char* const names[] = { "minimal", "chat", "batch", "speculative",
                                             "everything" };
        std::string text;
        for (int i = 0; i < 10; ++i)
            text += (i ? "---\n" : "")
                + with(specText(names[i % 5]), "  name: ", "  name: n" + std::to_string(i) + "-");
        SpecFixture fixture;
        SpecPlanner planner = fixture.planner();
        planner.context.threads = threads;
        QElapsedTimer timer;
        std::size_t compiled = 0;
        qint64 longest = 0;
        QBENCHMARK
        {
            timer.start();
            const auto documents = readSpecs(text, "ten.yaml");
            VERIFY_OK(documents);
            const auto results = compileSpecs(*documents, fixture.catalog(), planner);
            VERIFY_OK(results);
            compiled = 0;
            for (const SpecCompilation& each : *results)
                compiled += each.compiled && writeSpecFiles(*each.compiled, {}) ? 1 : 0;
            longest = std::max(longest, timer.elapsed());
        }
        QCOMPARE(compiled, std::size_t(10));
        qInfo("ten specs with their files in at most %lld ms", static_cast<long long>(longest));
    }
};

QTEST_APPLESS_MAIN(BenchSpec)
#include "bench_spec.moc"

// SPDX-License-Identifier: Apache-2.0
// Import of 10 000 reports, and opening and filtering a store of 100 000.
#include <core/benchmarks/importfiles.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/core/benchmarks/measuredfixture.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>

using namespace llmd;
using namespace llmd::testing;

class BenchBenchmarks : public QObject
{
    Q_OBJECT

private slots:
    void tenThousandReports()
    {
        const TemporaryFolder folder;
        const auto text = sample("br02_seconds.yaml");
        constexpr int count = 10'000;
        for (int i = 0; i < count; ++i) {
            auto copy = text;
            copy.replace(copy.find("experiment-1"), 12, "experiment-" + std::to_string(i));
            copy.replace(copy.find("mean: 0.21\n"), 11,
                         "mean: 0." + std::to_string(200'000 + i) + "\n");
            writeText(folder / "runs" / std::to_string(i % 100) / (std::to_string(i) + ".yaml"),
                      copy);
        }
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        RunContext context;
        context.threads = 2;
        QElapsedTimer timer;
        timer.start();
        const auto summary = importFiles({ folder / "runs" }, *store, {}, context);
        VERIFY_OK(summary);
        const double seconds = static_cast<double>(timer.elapsed()) / 1e3;
        rusage usage {};
        ::getrusage(RUSAGE_SELF, &usage);
        qInfo("%zu reports of %zu bytes in %.1f s, peak memory %ld MB, store %.0f MB",
              summary->added, text.size(), seconds, usage.ru_maxrss / 1024,
              static_cast<double>(std::filesystem::file_size(folder / "store.db")) / 1e6);
        QCOMPARE(summary->added, std::size_t(count));
        QVERIFY(seconds < 60);
        QVERIFY(usage.ru_maxrss / 1024 < 400);
    }

    void aStoreOfAHundredThousand()
    {
        const TemporaryFolder folder;
        constexpr int count = 100'000;
        {
            auto store = BenchmarkStore::open(folder / "store.db");
            for (int i = 0; i < count; ++i) {
                const auto text = generatedReport(i);
                QVERIFY(isOk(store->save(reportFile(text, std::to_string(i) + ".json"))));
            }
        }
        QElapsedTimer timer;
        timer.start();
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto opened = timer.elapsed();
        const auto measure = [&](const char* what, const RecordFilter& filter) {
            timer.start();
            const auto rows = store->list(filter);
            const auto elapsed = timer.elapsed();
            const auto total = store->count(filter);
            qInfo("%s: %zu of %lld rows in %lld ms", what, rows ? rows->size() : 0,
                  static_cast<long long>(total.value_or(-1)), static_cast<long long>(elapsed));
            return elapsed;
        };
        const auto first = measure("first page", { .limit = 200 });
        const auto model = measure("model", { .model = "model-17", .limit = 200 });
        measure("all rows of a model", { .model = "model-17" });
        const auto both =
            measure("model and GPU", { .model = "model-3", .gpu = "l40s", .limit = 200 });
        const auto text = measure("text anywhere", { .text = "99999", .limit = 200 });
        // What the window's table asks for: the ids of all rows in their order, then the rows in view.
        const auto listing = [&](const char* what, const RecordFilter& filter, RecordOrder order) {
            timer.start();
            auto keys = store->keys(filter, order);
            if (keys)
                sortKeys(*keys, true);
            const auto elapsed = timer.elapsed();
            qInfo("%s: %zu ids in %lld ms", what, keys ? keys->size() : 0,
                  static_cast<long long>(elapsed));
            return keys ? elapsed : 1'000'000;
        };
        const auto newest = listing("all, newest first", {}, RecordOrder::Imported);
        const auto searched = listing("text", { .text = "9999" }, RecordOrder::Imported);
        const auto sorted = listing("all by TTFT", {}, RecordOrder::Ttft);
        const auto named = listing("all by file", {}, RecordOrder::File);
        QVERIFY(newest < 200 && searched < 100 && sorted < 500 && named < 1000);
        qInfo("opened in %lld ms", static_cast<long long>(opened));
        const auto found = matchIn(*store);
        QVERIFY(opened < 300);
        QVERIFY(first < 50 && model < 50 && both < 50 && text < 50 && found < 50);
    }

private:
    /** Milliseconds to look up what was measured of a model that 2500 of the runs are of. */
    static qint64 matchIn(BenchmarkStore& store)
    {
        Model model = *shippedCatalog()->findModel("Qwen/Qwen3-14B");
        model.id = "example/Model-17";
        Candidate candidate = servedCandidate();
        candidate.model = &model;
        const auto workload = servedWorkload(Load::open(RequestsPerSecond(7)), 1000, 100);
        const Estimate estimate;
        MeasurementFinder finder(*shippedCatalog(), &store, {});
        QElapsedTimer timer;
        timer.start();
        const auto outcome = finder.find({ candidate, workload, estimate });
        const auto elapsed = timer.elapsed();
        qInfo("match: %zu near in %lld ms", outcome ? outcome->near.size() : 0,
              static_cast<long long>(elapsed));
        return outcome && !outcome->near.empty() ? elapsed : 1'000'000;
    }
};

QTEST_APPLESS_MAIN(BenchBenchmarks)
#include "bench_benchmarks.moc"

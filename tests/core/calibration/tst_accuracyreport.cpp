// SPDX-License-Identifier: Apache-2.0
#include "measuredruns.h"

#include <core/base/file.h>
#include <core/calibration/accuracyreport.h>
#include <core/performance/analyticengine.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace llmd;
using namespace llmd::testing;

namespace {

const std::string memoryTable =
    "model,gpu,tp,max_model_len,gpu_memory_utilization,init_total_memory_gib,weight_memory_gib,kv_"
    "cache_memory_gib\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-80GB,1,8192,0.95,79.19,14.99,58.11\n";

const std::string servingTable =
    "model,gpu,engine,precision,mode,input_tokens_nominal,output_tokens_nominal,concurrency,"
    "parallelism,ttft_mean_ms,tpot_mean_ms\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-SXM-80GB,vllm,bf16,agg,1024,1024,16,tp1,80,8\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-SXM-80GB,sglang,bf16,agg,1024,1024,16,tp1,80,8\n";

const AccuracyRow* find(const AccuracySummary& summary, std::string_view engine,
                        std::string_view data, std::string_view group, std::string_view metric)
{
    for (const auto& row : summary.rows) {
        if (row.engine == engine && row.data == data && row.group == group && row.metric == metric)
            return &row;
    }
    return nullptr;
}

/** Under sanitizers the fits take minutes; their rows are then left to the other builds. */
constexpr bool isSlowBuild =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

} // namespace

class TestAccuracyReport : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    RunContext m_context;

    std::string runs() const
    {
        const AnalyticEngine engine(m_catalog);
        return latencyFile(sampleRuns(), *m_catalog, engine);
    }

private slots:
    void initTestCase()
    {
        CatalogOptions options;
        const std::filesystem::path configs = std::string(LLMD_SHARED_DIR) + "/model_configs";
        if (std::filesystem::exists(configs))
            options.modelFolders.push_back(configs);
        const auto loaded = loadCatalog(options);
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void measuresEverything()
    {
        const AccuracyOptions options { .date = "2026-01-02", .origins = { "made by a test" } };
        const auto summary = measureAccuracy({ { "runs.json", runs() },
                                               { "points.csv", servingTable },
                                               { "memory.csv", memoryTable } },
                                             m_catalog, options, m_context);
        VERIFY_OK(summary);
        QCOMPARE(summary->date, std::string("2026-01-02"));
        QCOMPARE(summary->coefficientsVersion, standardCoefficients().version);
        QCOMPARE(summary->sources.size(), std::size_t(4));
        QCOMPARE(summary->sources.back(), std::string("made by a test"));
        const auto* e2e =
            find(*summary, "analytic", AccuracyData::latency, accuracyAll, "e2e_mean");
        QVERIFY(e2e != nullptr);
        QCOMPARE(e2e->count, std::size_t(12));
        QVERIFY2(e2e->mean < 1e-9, "the engine that made the measurements");
        QCOMPARE(e2e->coverage, 1.0);
        const auto* hopper =
            find(*summary, "analytic", AccuracyData::latency, "dense, Hopper, BF16", "e2e_mean");
        QVERIFY(hopper != nullptr && hopper->count == 6);
        for (const auto data :
             { AccuracyData::latencyModelLeftOut, AccuracyData::latencyGpuLeftOut })
            QVERIFY(find(*summary, "analytic", data, accuracyAll, "e2e_mean") != nullptr);
        // The roofline has nothing to refit, and is far off.
        QVERIFY(find(*summary, "roofline", AccuracyData::latency, accuracyAll, "e2e_mean")->mean
                > 0.1);
        QVERIFY(!find(*summary, "roofline", AccuracyData::latencyModelLeftOut, accuracyAll,
                      "e2e_mean"));
        QVERIFY(find(*summary, "analytic", AccuracyData::otherEngines, "sglang", "tpot_mean"));
        const auto* memory =
            find(*summary, "memory", AccuracyData::memory, accuracyAll, "kv_cache_memory_gib");
        QVERIFY(memory != nullptr && memory->mean < 0.01 && std::isnan(memory->coverage));
        const auto again = readAccuracySummary(writeAccuracySummary(*summary), "again.json");
        VERIFY_OK(again);
        QVERIFY(*again == *summary);
    }

    void onlyWhatIsThere()
    {
        const auto memory =
            measureAccuracy({ { "memory.csv", memoryTable } }, m_catalog, {}, m_context);
        VERIFY_OK(memory);
        QVERIFY(std::all_of(memory->rows.begin(), memory->rows.end(),
                            [](const auto& row) { return row.engine == "memory"; }));
        const auto oneModel =
            measureAccuracy({ { "points.csv", servingTable } }, m_catalog, {}, m_context);
        VERIFY_OK(oneModel); // nothing can be left out
        QVERIFY(!find(*oneModel, "analytic", AccuracyData::servingModelLeftOut, accuracyAll,
                      "tpot_mean"));
        VERIFY_ERROR(measureAccuracy({ { "a.csv", memoryTable }, { "b.csv", memoryTable } },
                                     m_catalog, {}, m_context),
                     "b.csv");
        VERIFY_ERROR(measureAccuracy({ { "a.csv", "x,y\n1,2\n" } }, m_catalog, {}, m_context),
                     "a.csv");
    }

    void markdown()
    {
        const double none = std::numeric_limits<double>::quiet_NaN();
        const std::string latency(AccuracyData::latency);
        const std::string leftOut(AccuracyData::latencyModelLeftOut);
        AccuracySummary summary { .date = "2026-01-02",
                                  .coefficientsVersion = "v1",
                                  .sources = { "some runs" },
                                  .rows = {} };
        summary.rows = {
            { "analytic", latency, "all", "e2e_mean", 7, 0.0204, 0.011, 0.056, 0.0023, 0.914 },
            { "analytic", latency, "dense, Ada, BF16", "e2e_mean", 2, 0.03, 0.03, 0.03, 0.03, 1 },
            { "analytic", leftOut, "all", "e2e_mean", 7, 0.18, 0.03, 0.3, -0.02, 0.8 },
            { "analytic", leftOut, "dense, Ada, BF16", "e2e_mean", 2, 0.2, 0.2, 0.2, 0.2, 0.5 },
            { "roofline", latency, "all", "e2e_mean", 7, 0.35, 0.3, 0.4, -0.35, 1 },
            { "memory", std::string(AccuracyData::memory), "all", "kv_cache_memory_gib", 4, 0.0016,
              0.0003, 0.0024, -0.0016, none },
        };
        const std::string text = accuracyMarkdown(summary);
        const auto has = [&](const std::string& part) {
            return text.find(part) != std::string::npos;
        };
        QVERIFY2(has("| analytic | open loop | E2E, mean | 7 | 2.0 % | 1.1 % | 5.6 % | +0.23 % | "
                     "91 % | 18 % (80 %) |  |\n"),
                 text.c_str());
        QVERIFY2(has("| memory | start-up memory | KV pool | 4 | 0.16 % | 0.03 % | 0.24 % | "
                     "-0.16 % |  |  |  |\n"),
                 text.c_str());
        QVERIFY2(
            has("| analytic | dense, Ada, BF16 | open loop | 2 | 3.0 % | 20 % |  |  | 50 % |\n"),
            text.c_str());
        QVERIFY2(has("Least sure with the model left out, analytic: dense, Ada, BF16 in open loop "
                     "(20 %).\n"),
                 text.c_str());
        QVERIFY(has("| roofline | open loop | E2E, mean | 7 | 35 % |"));
        QVERIFY(has("Measured: some runs.\n"));
    }

    void sectionIsReplaced()
    {
        const std::string document = "# A\n<!-- accuracy -->\nold\n<!-- /accuracy -->\nend\n";
        const auto replaced = withAccuracySection(document, "new\n", "a.md");
        VERIFY_OK(replaced);
        QCOMPARE(*replaced, std::string("# A\n<!-- accuracy -->\nnew\n<!-- /accuracy -->\nend\n"));
        VERIFY_ERROR(withAccuracySection("# A\n", "new\n", "a.md"), "a.md");
        VERIFY_ERROR(withAccuracySection("<!-- /accuracy -->\n<!-- accuracy -->\n", "", "a.md"),
                     "expected one line");
        VERIFY_ERROR(withAccuracySection(document + document, "", "a.md"), "expected one line");
    }

    /** What the README says is what the product ships. */
    void readmeShowsTheShippedSummary()
    {
        const auto readme = readFile(std::filesystem::path(LLMD_SOURCE_DIR) / "README.md");
        VERIFY_OK(readme);
        const auto expected =
            withAccuracySection(*readme, accuracyMarkdown(standardAccuracySummary()), "README.md");
        VERIFY_OK(expected);
        QVERIFY2(*readme == *expected, firstDifference(*readme, *expected).c_str());
        QVERIFY2(standardAccuracySummary().coefficientsVersion == standardCoefficients().version,
                 "the coefficients have changed: run llmd evaluate report, see "
                 "resources/performance/README.md");
    }

    /** And both are what the measurements give now, to the digits that are printed. */
    void readmeIsWhatTheMeasurementsGive()
    {
        std::vector<MeasurementFile> files;
        for (const char* name :
             { "gpu_serving_points.csv", "vllm_latency.json", "vllm_memory.csv" }) {
            auto text = readFile(std::string(LLMD_SHARED_DIR) + "/ground_truth/" + name);
            if (!text)
                QSKIP("the shared measurements are not there: the README was not compared");
            files.push_back({ name, std::move(*text) });
        }
        AccuracySummary shipped = standardAccuracySummary();
        AccuracyOptions options { .date = shipped.date, .leaveOut = !isSlowBuild };
        const auto measured = measureAccuracy(files, m_catalog, options, m_context);
        VERIFY_OK(measured);
        AccuracySummary now = *measured;
        now.sources = shipped.sources; // may name who measured
        if (isSlowBuild) {
            std::erase_if(shipped.rows, [](const AccuracyRow& row) {
                return row.data.find("left out") != std::string::npos;
            });
        }
        const std::string expected = accuracyMarkdown(now);
        const std::string actual = accuracyMarkdown(shipped);
        QVERIFY2(actual == expected,
                 ("run llmd evaluate report, see resources/performance/README.md: "
                  + firstDifference(actual, expected))
                     .c_str());
        QCOMPARE(shipped.rows.size(), now.rows.size());
        if (isSlowBuild)
            return;
        const auto* e2e =
            find(now, "analytic", AccuracyData::latencyModelLeftOut, accuracyAll, "e2e_mean");
        const auto* ttft =
            find(now, "analytic", AccuracyData::latencyModelLeftOut, accuracyAll, "ttft_mean");
        QVERIFY(e2e->mean < 0.03);
        QVERIFY(ttft->mean < 0.08);
    }
};

QTEST_APPLESS_MAIN(TestAccuracyReport)
#include "tst_accuracyreport.moc"

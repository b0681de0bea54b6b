// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/calibration/accuracysummary.h>
#include <core/catalog/catalog.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace llmd;

namespace {

const std::string small = R"({
  "date": "2026-11-24", "coefficients_version": "fit of a day", "sources": ["two runs"],
  "rows": [
    {"engine": "analytic", "data": "open loop", "group": "all", "metric": "e2e_mean", "n": 2,
     "mean": 0.02, "median": 0.01, "p90": 0.03, "bias": -0.01, "coverage": 0.5},
    {"engine": "memory", "data": "start-up memory", "group": "all", "metric": "kv_cache_tokens", "n": 3,
     "mean": 0.002, "median": 0.001, "p90": 0.003, "bias": 0.001}
  ]
})";

std::string replaced(const std::string& from, const std::string& to)
{
    std::string text = small;
    const auto at = text.find(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

} // namespace

class TestAccuracySummary : public QObject
{
    Q_OBJECT

private slots:
    void readsAndWrites()
    {
        const auto summary = readAccuracySummary(small, "accuracy.json");
        VERIFY_OK(summary);
        QCOMPARE(summary->date, std::string("2026-11-24"));
        QCOMPARE(summary->coefficientsVersion, std::string("fit of a day"));
        QCOMPARE(summary->sources.size(), std::size_t(1));
        QCOMPARE(summary->rows.size(), std::size_t(2));
        QCOMPARE(summary->rows[0].count, std::size_t(2));
        QCOMPARE(summary->rows[0].coverage, 0.5);
        QVERIFY(std::isnan(summary->rows[1].coverage));
        const auto again = readAccuracySummary(writeAccuracySummary(*summary), "again.json");
        VERIFY_OK(again);
        QVERIFY(*again == *summary);
    }

    void emptyListsSurvive()
    {
        const AccuracySummary empty {
            .date = "today", .coefficientsVersion = "none", .sources = {}, .rows = {}
        };
        const auto again = readAccuracySummary(writeAccuracySummary(empty), "empty.json");
        VERIFY_OK(again);
        QVERIFY(*again == empty);
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        QTest::newRow("syntax") << "\"rows\": ["
                                << "\"rows\": {"
                                << "accuracy.json:4";
        QTest::newRow("no date") << "\"date\""
                                 << "\"day\""
                                 << "date: missing";
        QTest::newRow("rows") << "\"rows\""
                              << "\"lines\""
                              << "rows: missing";
        QTest::newRow("source") << "\"two runs\""
                                << "2"
                                << "sources";
        QTest::newRow("row") << "{\"engine\": \"analytic\""
                             << "7, {\"engine\": \"analytic\""
                             << "rows[0].engine";
        QTest::newRow("count") << "\"n\": 3"
                               << "\"n\": 0"
                               << "rows[1].n";
        QTest::newRow("no count") << "\"n\": 3"
                                  << "\"m\": 3"
                                  << "rows[1].n: missing";
        QTest::newRow("negative") << "\"mean\": 0.002"
                                  << "\"mean\": -0.002"
                                  << "rows[1].mean";
        QTest::newRow("coverage") << "0.5"
                                  << "1.5"
                                  << "rows[0].coverage";
        QTest::newRow("text") << "\"bias\": 0.001"
                              << "\"bias\": \"low\""
                              << "rows[1].bias";
    }
    void badFilesAreRefused()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        const std::string text = replaced(from.toStdString(), to.toStdString());
        QVERIFY(!text.empty());
        VERIFY_ERROR(readAccuracySummary(text, "accuracy.json"), message.toStdString());
    }

    /** Whatever is damaged, the reader answers with a summary that it could write, or with an error. */
    void survivesDamage()
    {
        testing::Mutator mutator(
            { small, writeAccuracySummary(standardAccuracySummary()).substr(0, 3000) },
            { "{", "[", "\"", "null", "-1e999", "1e308", "\\u0000", "\xff" });
        for (int i = 0; i < 3000; ++i) {
            const auto summary = readAccuracySummary(mutator.next(), "damaged.json");
            if (summary)
                VERIFY_OK(readAccuracySummary(writeAccuracySummary(*summary), "again.json"));
            else
                QVERIFY(!summary.error().detail.empty());
        }
    }

    void shippedSummary()
    {
        const AccuracySummary& summary = standardAccuracySummary();
        QVERIFY(!summary.sources.empty() && !summary.date.empty());
        bool latency = false;
        bool memory = false;
        for (const auto& row : summary.rows) {
            latency = latency
                || (row.data == AccuracyData::latency && row.group == accuracyAll
                    && row.metric == "e2e_mean");
            memory = memory || row.data == AccuracyData::memory;
        }
        QVERIFY(latency && memory);
    }

    void classes()
    {
        const auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        const Gpu& h100 = **catalog->value->gpu("H100");
        const auto classOf = [&](const char* id) {
            return accuracyClass((*catalog->value->model(id))->architecture, h100);
        };
        QCOMPARE(classOf("meta-llama/Llama-3.1-8B-Instruct"), std::string("dense, Hopper, BF16"));
        QCOMPARE(classOf("Qwen/Qwen3-32B-FP8"), std::string("dense, Hopper, FP8"));
        QCOMPARE(classOf("openai/gpt-oss-120b"), std::string("MoE, Hopper, FP4"));
    }
};

QTEST_APPLESS_MAIN(TestAccuracySummary)
#include "tst_accuracysummary.moc"

// SPDX-License-Identifier: Apache-2.0
// Measurements in place of estimates, corrections, and reports, as people and scripts use them.
#include "program.h"

#include <QTest>

#include <cmath>

using namespace clitest;
using Json = nlohmann::json;

namespace {

/** A report of `vllm bench serve` that says all that is needed, as exported by other tools. */
QByteArray report(int number, double rate, double ttft, double tpot)
{
    const Json json {
        { "date", QString("20260818-10%1").arg(number, 4, 10, QChar('0')).toStdString() },
        { "model_id", "Qwen/Qwen3-14B" },
        { "num_prompts", 100 },
        { "completed", 100 },
        { "failed", 0 },
        { "request_rate", rate },
        { "duration", 100.0 / rate },
        { "total_input_tokens", 100000 },
        { "total_output_tokens", 30000 },
        { "output_throughput", rate * 300 },
        { "gpu", "H100" },
        { "tp", 1 },
        { "mean_ttft_ms", ttft },
        { "median_ttft_ms", ttft },
        { "p99_ttft_ms", ttft * 2 },
        { "mean_tpot_ms", tpot },
        { "p99_tpot_ms", tpot * 1.3 },
        { "mean_e2el_ms", ttft + 299 * tpot },
    };
    return QByteArray::fromStdString(json.dump());
}

QStringList plan(double rate)
{
    return { "--model",         "Qwen/Qwen3-14B",
             "--gpu",           "h100_sxm",
             "--vllm-version",  "0.19.0",
             "--input-tokens",  "1000",
             "--output-tokens", "300",
             "--rate",          QString::number(rate),
             "--max-model-len", "8192" };
}

} // namespace

class TestLoopCommands : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_store;

    /** Imports reports of runs that took `factor` times the estimated time. */
    void importRuns(double factor, int count)
    {
        QStringList files;
        for (int i = 0; i < count; ++i) {
            const double rate = 1 + 0.5 * i;
            const Json estimate =
                runProgram(QStringList { "estimate", "--json", "--no-benchmarks" } + plan(rate))
                    .json();
            const double itl = estimate["estimate"]["itl_ms"]["mean"];
            const double ttft = estimate["estimate"]["ttft_ms"]["mean"];
            const auto name = QString("run%1.json").arg(i);
            files.append(QString::fromUtf8(writeFile(
                m_folder, qPrintable(name), report(i, rate, ttft * factor, itl * factor))));
        }
        const auto imported =
            runProgram(QStringList { "benchmark", "import", "--store", m_store, "--engine-version",
                                     "0.19.0", "--gpus", "1", "--precision", "bf16" }
                       + files);
        QVERIFY2(imported.exitCode == 0, imported.errors);
    }

private slots:
    void init() { m_store = m_folder.filePath(QString("%1.db").arg(QTest::currentTestFunction())); }

    void aMeasurementReplacesTheEstimate()
    {
        importRuns(1.3, 3);
        const QStringList store { "--store", m_store };
        const auto raw =
            runProgram(QStringList { "estimate", "--json", "--no-benchmarks" } + store + plan(1))
                .json();
        QCOMPARE(raw["estimate"]["provenance"]["label"].get<std::string>(),
                 std::string("Estimated"));
        QVERIFY(!raw.contains("benchmark"));
        const auto json = runProgram(QStringList { "estimate", "--json" } + store + plan(1)).json();
        QCOMPARE(json["estimate"]["provenance"]["label"].get<std::string>(),
                 std::string("Benchmarked"));
        const double ratio = json["estimate"]["itl_ms"]["mean"].get<double>()
            / raw["estimate"]["itl_ms"]["mean"].get<double>();
        QVERIFY(std::abs(ratio - 1.3) < 0.001);
        QCOMPARE(json["benchmark"]["applied"]["kind"].get<std::string>(), std::string("exact"));
        QVERIFY(json["benchmark"]["estimated"] == raw["estimate"]);
        // Between the loads of two runs, and beyond them.
        const auto between =
            runProgram(QStringList { "benchmark", "match", "--json" } + store + plan(1.25)).json();
        QCOMPARE(between["applied"]["kind"].get<std::string>(), std::string("interpolated"));
        const auto beyond =
            runProgram(QStringList { "benchmark", "match", "--json" } + store + plan(4)).json();
        QVERIFY(beyond["applied"].is_null() && beyond["near"].size() >= 3);
        const auto text = runProgram(QStringList { "estimate" } + store + plan(1)).output;
        QVERIFY2(text.contains("Benchmarked: measurement")
                     && text.contains("Engine analytic estimates"),
                 text);
        QVERIFY(runProgram(QStringList { "benchmark", "match" } + store + plan(4))
                    .output.contains("was not measured"));
        QCOMPARE(
            runProgram(QStringList { "estimate", "--store", "/nowhere/x.db" } + plan(1)).exitCode,
            1);
    }

    void calibrateAndBack()
    {
        importRuns(1.3, 10);
        const QStringList store { "--store", m_store, "--no-benchmarks", "--json" };
        const auto estimate = [&] {
            return runProgram(QStringList { "estimate" } + store + plan(2.2)).json();
        };
        const auto before = estimate();
        const auto shown =
            runProgram({ "calibrate", "--from", m_store, "--show", "--json" }).json();
        QVERIFY(!shown["active"].get<bool>());
        QCOMPARE(shown["runs"].get<int>(), 10);
        QVERIFY(shown["errors"]["before"]["itl_mean"]["mean_ape"].get<double>() > 0.2);
        QVERIFY(shown["errors"]["after"]["itl_mean"]["mean_ape"].get<double>() < 0.04);
        QVERIFY(estimate() == before);

        QVERIFY(
            runProgram({ "calibrate", "--from", m_store, "--json" }).json()["active"].get<bool>());
        const auto after = estimate();
        const double ratio = after["estimate"]["itl_ms"]["mean"].get<double>()
            / before["estimate"]["itl_ms"]["mean"].get<double>();
        QVERIFY2(ratio > 1.25 && ratio < 1.35, qPrintable(QString::number(ratio)));
        QVERIFY(after["calibration"]["uncalibrated"] == before["estimate"]);
        QVERIFY(
            runProgram(QStringList { "estimate", "--no-calibration" } + store + plan(2.2)).json()
            == before);

        // To others, as runs.
        const auto shared = m_folder.filePath("shared.db");
        QCOMPARE(runProgram({ "calibrate", "--from", m_store, "--export", shared }).exitCode, 0);
        const auto other = m_folder.filePath("other.db");
        const auto taken =
            runProgram({ "calibrate", "--from", other, "--import", shared, "--json" }).json();
        QCOMPARE(taken["runs"].get<int>(), 10);
        QVERIFY(taken["groups"] == shown["groups"]);

        QStringList remove { "benchmark", "remove", "--store", m_store };
        for (int id = 1; id <= 10; ++id)
            remove.append(QString::number(id));
        QCOMPARE(runProgram(remove).exitCode, 0);
        QVERIFY(estimate() == before); // on, but nothing is left to learn from
        QCOMPARE(runProgram(remove + QStringList { "--undo" }).exitCode, 0);
        QVERIFY(estimate() == after);
        QCOMPARE(runProgram({ "calibrate", "--from", m_store, "--off" }).exitCode, 0);
        QVERIFY(estimate() == before);
        QCOMPARE(runProgram({ "calibrate", "--from", m_store, "--off", "--show" }).exitCode, 2);
    }

    void compareRuns()
    {
        importRuns(1.2, 3);
        const auto html = m_folder.filePath("compare.html");
        const auto csv = m_folder.filePath("compare.csv");
        const QStringList sides {
            "benchmark", "compare", "--store", m_store, "old=1,2", "new=3,1"
        };
        const auto json =
            runProgram(sides + QStringList { "--predict", "analytic", "--json" }).json();
        QCOMPARE(json["sides"].size(), std::size_t(4));
        QVERIFY(json["sides"][2]["predicted"].get<bool>());
        const auto run = runProgram(
            sides + QStringList { "--report", html, "--report", csv, "--ttft", "100ms" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QFile page(html);
        QVERIFY(page.open(QIODevice::ReadOnly));
        QVERIFY(page.readAll().contains("<svg"));
        QVERIFY(QFile::exists(csv));
        const auto text = runProgram(sides).output;
        QVERIFY2(text.contains("new") && text.contains("%"), text);
        QCOMPARE(runProgram(sides + QStringList { "--report", "x.pdf" }).exitCode, 1);
        QCOMPARE(runProgram({ "benchmark", "compare", "--store", m_store, "999", "1" }).exitCode,
                 1);
        QCOMPARE(runProgram(sides + QStringList { "--baseline", "nobody" }).exitCode, 1);
        // Report files and built-in measurements without any store.
        const auto sample =
            QString(LLMD_SOURCE_DIR "/tests/data/benchmarks/vllm_bench_defaults.json");
        QCOMPARE(runProgram({ "benchmark", "compare", sample, "b1,b2" }).exitCode, 0);
    }

    void recommendWritesAReview()
    {
        const auto page = m_folder.filePath("review.html");
        const auto run =
            runProgram({ "recommend", "--use-case", "chatbot_conversational", "--users", "300",
                         "--model", "Qwen/Qwen3-14B", "--json", "--report", page });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(run.json()["candidates"].size() > 0);
        QFile file(page);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto html = file.readAll();
        QVERIFY(html.contains("Ranked options") && html.contains("Files of the export"));
        QVERIFY(!html.contains("<script"));
        QCOMPARE(runProgram({ "recommend", "--users", "300", "--report", "x.docx" }).exitCode, 1);
    }
};

QTEST_APPLESS_MAIN(TestLoopCommands)
#include "tst_loopcommands.moc"

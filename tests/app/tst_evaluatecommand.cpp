// SPDX-License-Identifier: Apache-2.0
// `llmd evaluate` as scripts and people see it.
#include "program.h"

#include <core/calibration/accuracysummary.h>
#include <core/performance/coefficients.h>

#include <QTest>

using Json = nlohmann::json;
using namespace clitest;

namespace {

QByteArray experiment(const char* id, const char* model, const char* gpu, const char* e2e)
{
    return QByteArray("{\"id\": \"") + id + "\", \"model\": \"" + model + "\", \"gpu\": \"" + gpu
        + "\", \"tensor_parallel\": 1, \"vllm\": {\"version\": \"0.15.1\", \"max_model_len\": "
          "4096, "
          "\"max_num_seqs\": 128, \"max_num_batched_tokens\": 2048}, \"measured\": {\"stage_0\": "
          "{\"e2e_mean_ms\": "
        + e2e
        + ", \"ttft_mean_ms\": 30}}, \"workload\": {\"prompt_tokens_mean\": 575, "
          "\"output_tokens\": 248, \"stages\": [{\"rate_rps\": 2, \"duration_s\": 600}]}}";
}

QByteArray latencyFile()
{
    return "{\"experiments\": ["
        + experiment("a", "meta-llama/Llama-3.1-8B-Instruct", "H100-SXM-80GB", "1800") + ", "
        + experiment("b", "Qwen/Qwen3-14B", "H100-SXM-80GB", "3100") + ", "
        + experiment("c", "Qwen/Qwen3-8B", "A100-SXM-80GB", "2900") + ", "
        + experiment("d", "acme/none", "H100-SXM-80GB", "1") + "]}";
}

const QByteArray servingFile =
    "model,gpu,engine,precision,mode,input_tokens_nominal,output_tokens_nominal,concurrency,"
    "parallelism,ttft_mean_ms,tpot_mean_ms\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-SXM-80GB,vllm,bf16,agg,1024,1024,16,tp1,80,8\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-SXM-80GB,sglang,bf16,agg,1024,1024,16,tp1,80,8\n"
    "meta-llama/Llama-3.1-8B-Instruct,H100-SXM-80GB,vllm,bf16,disagg,1024,1024,16,P1x(tp1),80,8\n";

const QByteArray memoryFile = "model,gpu,tp,status,weight_memory_gib\n"
                              "Qwen/Qwen3-14B,H100-80GB,1,ok,27.6\n"
                              "meta-llama/Llama-3.3-70B-Instruct,H100-80GB,1,oom,\n";

} // namespace

class TestEvaluateCommand : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_latency;
    QString m_serving;
    QString m_memory;

private slots:
    void initTestCase()
    {
        m_latency = writeFile(m_folder, "latency.json", latencyFile());
        m_serving = writeFile(m_folder, "serving.csv", servingFile);
        m_memory = writeFile(m_folder, "memory.csv", memoryFile);
        QVERIFY(!m_latency.isEmpty() && !m_serving.isEmpty() && !m_memory.isEmpty());
    }

    void latency()
    {
        const auto run = runProgram({ "evaluate", "latency", m_latency, "--engine", "analytic",
                                      "--group-by", "gpu", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["engine"].get<std::string>(), std::string("analytic"));
        QVERIFY(json["experiments"][0]["predicted"]["stage_0"].contains("e2e_mean_lo_ms"));
        QVERIFY(json["experiments"][3].contains("unsupported"));
        QCOMPARE(json["errors"]["e2e_mean"]["n"].get<int>(), 3);
        QCOMPARE(json["groups"]["list"].size(), std::size_t(2));
        QVERIFY(!json.contains("left_out"));
        const auto text =
            runProgram({ "evaluate", "latency", m_latency, "--rows", "--metric", "ttft_mean" });
        QVERIFY2(text.exitCode == 0, text.errors);
        QVERIFY(text.output.contains("c stage_0"));
        QVERIFY(text.output.contains("1 x the catalog has no model 'acme/none'"));
    }

    void leaveOut()
    {
        const auto run =
            runProgram({ "evaluate", "latency", m_latency, "--leave-out", "model", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json leftOut = run.json()["left_out"];
        QCOMPARE(leftOut["by"].get<std::string>(), std::string("model"));
        QCOMPARE(leftOut["fits"].get<int>(), 3);
        QCOMPARE(leftOut["errors"]["e2e_mean"]["n"].get<int>(), 3);
        QVERIFY(run.json()["errors"]["e2e_mean"]["mean_ape"]
                != leftOut["errors"]["e2e_mean"]["mean_ape"]);
        const auto serving = runProgram({ "evaluate", "serving", m_serving, "--leave-out", "gpu",
                                          "--fit", m_latency, m_serving, "--json" });
        QVERIFY2(serving.exitCode == 0, serving.errors);
        QCOMPARE(serving.json()["left_out"]["errors"]["tpot_mean"]["n"].get<int>(), 1);
        const auto text = runProgram({ "evaluate", "latency", m_latency, "--leave-out", "model" });
        QVERIFY(text.output.contains("With the model left out of the fit (3 fits)"));
    }

    void serving()
    {
        const auto run = runProgram({ "evaluate", "serving", m_serving, "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QVERIFY(json["rows"][0]["predicted"].contains("tpot_mean_ms"));
        QVERIFY(json["errors_other_engines"].contains("sglang"));
        const auto text = runProgram({ "evaluate", "serving", m_serving });
        QVERIFY(text.output.contains("disaggregated"));
        QVERIFY(text.output.contains("sglang (predicted as if it were vLLM)"));
    }

    void memory()
    {
        const auto run = runProgram({ "evaluate", "memory", m_memory, "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["rows"][0]["predicted"]["fits"].get<bool>(), true);
        QCOMPARE(json["rows"][1]["predicted"]["fits"].get<bool>(), false);
        QCOMPARE(json["fits"]["failed"].get<int>(), 1);
        QCOMPARE(json["fits"]["failed_predicted_to_fit"].get<int>(), 0);
        const auto text = runProgram({ "evaluate", "memory", m_memory });
        QVERIFY(text.output.contains("Failed: 1, predicted to fit: 0"));
    }

    void fit()
    {
        const QString file = m_folder.filePath("coefficients.yaml");
        const auto run = runProgram({ "evaluate", "fit", m_latency, m_serving, "-o", file,
                                      "--origin", "a test", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["stages"].get<int>(), 3);
        QCOMPARE(json["points"].get<int>(), 1);
        QVERIFY(json["errors_after"]["latency"]["e2e_mean"]["mean_ape"].get<double>()
                <= json["errors_before"]["latency"]["e2e_mean"]["mean_ape"].get<double>());
        QCOMPARE(json["left_out"]["fits"].get<int>(), 3);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto read =
            llmd::readCoefficients(written.readAll().toStdString(), "coefficients.yaml");
        QVERIFY2(read.has_value(), read ? "" : llmd::describe(read.error()).c_str());
        QVERIFY(read->data.ends_with("(a test)"));
        const auto text = runProgram({ "evaluate", "fit", m_latency, "--leave-out", "none" });
        QVERIFY2(text.exitCode == 0, text.errors);
        QVERIFY(text.output.contains("changed value"));
    }

    void report()
    {
        const QString summary = m_folder.filePath("accuracy.json");
        const QByteArray readme =
            writeFile(m_folder, "README.md", "# A\n<!-- accuracy -->\n<!-- /accuracy -->\nend\n");
        const auto run = runProgram(
            { "evaluate", "report", m_latency, m_serving, m_memory, "--markdown", "-o", summary,
              "--readme", QString::fromUtf8(readme), "--origin", "one", "--origin", "two" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(run.output.contains("| analytic | open loop | E2E, mean | 3 |"));
        QVERIFY(run.output.contains("; one; two."));
        QFile document(QString::fromUtf8(readme));
        QVERIFY(document.open(QIODevice::ReadOnly));
        QCOMPARE(document.readAll(),
                 "# A\n<!-- accuracy -->\n" + run.output + "<!-- /accuracy -->\nend\n");
        QFile file(summary);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(
            llmd::readAccuracySummary(file.readAll().toStdString(), "accuracy.json").has_value());
        const auto folder =
            runProgram({ "evaluate", "report", m_memory, "--no-leave-out", "--json" });
        QVERIFY2(folder.exitCode == 0 && folder.json()["rows"].is_array(), folder.errors);
    }

    void badCallsAreExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("says");
        const QStringList latency { "evaluate", "latency", m_latency };
        QTest::newRow("nothing") << QStringList { "evaluate" } << 2 << QByteArray("subcommand");
        QTest::newRow("group") << latency + QStringList { "--group-by", "colour" } << 2
                               << QByteArray("engine_version");
        QTest::newRow("leave out")
            << latency + QStringList { "--leave-out", "colour" } << 2 << QByteArray("generation");
        QTest::newRow("metric") << latency + QStringList { "--metric", "speed" } << 1
                                << QByteArray("e2e_mean");
        QTest::newRow("engine") << latency + QStringList { "--engine", "crystal" } << 1
                                << QByteArray("analytic");
        QTest::newRow("no refit") << latency
                + QStringList { "--engine", "roofline", "--leave-out", "model" }
                                  << 1 << QByteArray("cannot be refitted");
        QTest::newRow("one GPU") << QStringList { "evaluate", "serving", m_serving, "--leave-out",
                                                  "gpu" }
                                 << 1 << QByteArray("one gpu");
        QTest::newRow("version") << QStringList { "evaluate", "memory", m_memory, "--vllm-version",
                                                  "new" }
                                 << 1 << QByteArray("0.19.0");
        QTest::newRow("fit memory")
            << QStringList { "evaluate", "fit", m_memory } << 1 << QByteArray("start-up memory");
        QTest::newRow("report nothing") << QStringList { "evaluate", "report", "/proc/self/fdinfo" }
                                        << 1 << QByteArray("no .json or .csv");
        QTest::newRow("README without marks")
            << QStringList { "evaluate", "report", m_memory, "--readme", m_memory } << 1
            << QByteArray("<!-- accuracy -->");
        QTest::newRow("folder that is not there")
            << QStringList { "evaluate", "report", "/nowhere/folder" } << 1
            << QByteArray("/nowhere/folder");
    }

    void badCallsAreExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, says);
        const auto run = runProgram(arguments);
        QVERIFY2(run.exitCode == exitCode, run.errors + run.output);
        QVERIFY2(run.errors.contains(says), run.errors);
        QVERIFY2(run.output.isEmpty(), run.output);
    }
};

QTEST_APPLESS_MAIN(TestEvaluateCommand)
#include "tst_evaluatecommand.moc"

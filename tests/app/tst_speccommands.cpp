// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <tests/testsupport/testtools.h>

#include <QTest>

#include <signal.h>

using clitest::ProgramRun;
using Json = nlohmann::json;

/** validate, compile, diff and watch as people and scripts run them. */
class TestSpecCommands : public QObject
{
    Q_OBJECT

    static QString spec(const char* name)
    {
        return QStringLiteral(LLMD_SOURCE_DIR "/tests/data/specs/%1.yaml").arg(name);
    }
    /** An example with one text replaced, as a file. */
    QString changed(const char* name, const char* from, const char* to)
    {
        QFile file(spec(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QByteArray text = file.readAll();
        if (!text.contains(from))
            return {};
        text.replace(from, to);
        return QString::fromUtf8(clitest::writeFile(m_folder, "changed.yaml", text));
    }

private slots:
    void validate()
    {
        const ProgramRun good = clitest::runProgram({ "validate", spec("minimal"), spec("batch") });
        QVERIFY2(good.exitCode == 0, good.output + good.errors);
        QVERIFY(good.output.contains("[OK] spec.model.quantization"));
        const QString bad = changed("minimal", "ttftP99: 200ms", "ttftP99: 50ms");
        const ProgramRun run = clitest::runProgram({ "validate", bad });
        QCOMPARE(run.exitCode, 4);
        QVERIFY(run.output.contains("[ERROR] spec.serving.latency.ttftP99"));
        QVERIFY(run.output.contains("changed.yaml:15:16"));
        QVERIFY(run.output.contains("Suggestion: Set ttftP99 to "));
        const Json json = clitest::runProgram({ "validate", bad, "--json" }).json();
        QVERIFY(json["valid"] == Json(false));
        const Json& finding = json["specs"][0]["findings"][0];
        QVERIFY(finding["level"] == Json("error"));
        QVERIFY(finding["line"] == Json(15));
        QVERIFY(finding["column"] == Json(16));
        QVERIFY(finding["figure"]["value"].get<double>()
                > finding["figure"]["limit"].get<double>());
        QVERIFY(finding["edits"][0]["field"] == Json("spec.serving.latency.ttftP99"));
        QVERIFY(clitest::runProgram({ "validate", "--schema" }).json().contains("properties"));
        QCOMPARE(clitest::runProgram({ "validate" }).exitCode, 2);
        QCOMPARE(clitest::runProgram({ "validate", "/nowhere.yaml" }).exitCode, 1);
    }

    void compile()
    {
        const QString out = m_folder.filePath("out");
        const ProgramRun dry =
            clitest::runProgram({ "compile", spec("minimal"), "--dry-run", "-o", out });
        QVERIFY2(dry.exitCode == 0, dry.errors);
        QVERIFY(dry.output.contains("executionPlan:"));
        QVERIFY(dry.output.contains("assumed spec.workload.promptTokens"));
        QVERIFY(!QDir(out).exists());
        QCOMPARE(clitest::runProgram({ "compile", spec("minimal") }).exitCode, 2);

        const ProgramRun two =
            clitest::runProgram({ "compile", spec("minimal"), spec("batch"), "-o", out, "--json" });
        QVERIFY2(two.exitCode == 0, two.errors);
        const Json json = two.json();
        QCOMPARE(json["specs"].size(), std::size_t(2));
        QVERIFY(json["specs"][0]["plan"]["model"]["name"]
                == Json("meta-llama/Llama-3.1-70B-Instruct"));
        const Json& parallelism = json["specs"][0]["plan"]["parallelism"];
        QVERIFY(parallelism["totalGPUs"].is_number_integer());
        QVERIFY(parallelism["totalGPUs"].get<int>()
                == parallelism["replicas"].get<int>() * parallelism["tensorParallel"].get<int>());
        QVERIFY(json["specs"][0]["plan"]["kvCache"]["tier1Enabled"].is_boolean());
        QVERIFY(QFile::exists(out + "/inference-llama-70b-prod/execution-plan.yaml"));
        QVERIFY(QFile::exists(out + "/batch-jobs-llama-70b-batch/manifests/10-model-server.yaml"));

        const QString none = m_folder.filePath("none");
        const ProgramRun infeasible =
            clitest::runProgram({ "compile", spec("minimal"),
                                  changed("minimal", "maxGPUs: 32", "maxGPUs: 8"), "-o", none });
        QCOMPARE(infeasible.exitCode, 3);
        QVERIFY(infeasible.output.contains("[ERROR] spec.resources.maxGPUs"));
        QVERIFY(!QDir(none).exists());
        QCOMPARE(
            clitest::runProgram({ "compile", changed("minimal", "H100-SXM", "H900"), "-o", none })
                .exitCode,
            4);
        QVERIFY(!QDir(none).exists());
    }

    void diff()
    {
        const QString faster =
            changed("minimal", "minTokensPerSecond: 5000", "minTokensPerSecond: 10000");
        const ProgramRun run = clitest::runProgram({ "diff", spec("minimal"), faster });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(run.output.startsWith("level 0"));
        const QString out = m_folder.filePath("exported");
        QCOMPARE(clitest::runProgram({ "compile", spec("minimal"), "-o", out }).exitCode, 0);
        const Json same = clitest::runProgram({ "diff", out, spec("minimal"), "--json" }).json();
        QVERIFY(same["level"] == Json(-1));
        const Json json =
            clitest::runProgram({ "diff", out + "/execution-plan.yaml", faster, "--json" }).json();
        QVERIFY(json["level"] == Json(0));
        QVERIFY(!json["apply"].empty() && !json["roll_back"].empty());
        QCOMPARE(
            clitest::runProgram({ "diff", out, changed("minimal", "maxGPUs: 32", "maxGPUs: 8") })
                .exitCode,
            3);
    }

    void watch()
    {
        const QString file = changed("minimal", "maxGPUs: 32", "maxGPUs: 32");
        const QString out = m_folder.filePath("watched");
        QProcess process;
        process.start(qEnvironmentVariable("LLMD_PROGRAM"),
                      { "watch", file, "-o", out, "--debounce", "0.1", "--json" });
        const auto next = [&]() -> Json {
            for (int i = 0; i < 600 && !process.canReadLine(); ++i)
                process.waitForReadyRead(100);
            return Json::parse(process.readLine().toStdString(), nullptr, false);
        };
        QVERIFY(next()["applied"] == Json(true));
        QCOMPARE(changed("minimal", "maxGPUs: 32", "maxGPUs: 8"), file);
        QVERIFY(next()["applied"] == Json(false));
        QCOMPARE(changed("minimal", "minTokensPerSecond: 5000", "minTokensPerSecond: 10000"), file);
        const Json last = next();
        QVERIFY(last["applied"] == Json(true));
        QVERIFY(last["diff"]["level"] == Json(0));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSpecCommands)
#include "tst_speccommands.moc"

// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <tests/testsupport/metricsexporter.h>

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using Run = clitest::ProgramRun;
using llmd::testing::MetricsExporter;
using llmd::testing::ServerBehaviour;

/** `llmd monitor`: states, exit statuses, JSON, acceptance and the end by Ctrl+C. */
class TestMonitorCli : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] Run monitor(const QStringList& arguments) const
    {
        return clitest::runProgram(QStringList { "monitor", m_plan } + arguments, m_folder.path());
    }

    QTemporaryDir m_folder;
    QString m_plan;

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const QString project = m_folder.filePath("need.llmdplan");
        const QString need =
            clitest::writeFile(m_folder, "need.yaml",
                               "rate: 8/s\npeak_factor: 1\nprompt_tokens: 512\n"
                               "output_tokens: 256\nmodels: [Qwen/Qwen3-8B]\n"
                               "gpus: {include: [h100_sxm]}\ntopology: aggregated\n");
        Run run = clitest::runProgram({ "recommend", need, "-o", project }, m_folder.path());
        QVERIFY2(run.exitCode == 0, run.errors);
        run = clitest::runProgram({ "export", project, "-o", "out" }, m_folder.path());
        QVERIFY2(run.exitCode == 0, run.errors);
        m_plan = m_folder.filePath("out/planner.json");
        QVERIFY(QFile::exists(m_plan));
    }

    void usage()
    {
        QCOMPARE(monitor({}).exitCode, 2);
        QCOMPARE(monitor({ "--prometheus", "ftp://x", "--once" }).exitCode, 2);
        QCOMPARE(monitor({ "--prometheus", "http://127.0.0.1:9", "--selector", "a>b", "--once" })
                     .exitCode,
                 2);
        QCOMPARE(monitor({ "--prometheus", "http://127.0.0.1:9", "--interval", "soon" }).exitCode,
                 2);
    }

    void unreachable()
    {
        const auto port =
            llmd::testing::StubServer([](const auto&) { return std::string(); }).port();
        const QString url = QStringLiteral("http://127.0.0.1:%1").arg(port);
        const Run run = monitor({ "--prometheus", url, "--once", "--json" });
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(QString::fromStdString(run.json().value("state", "")),
                 QStringLiteral("unreachable"));
        QVERIFY(run.json().value("message", "").find("Unreachable since") != std::string::npos);
    }

    void once()
    {
        ServerBehaviour slow;
        slow.rate = 8;
        slow.itl = 0.5;
        MetricsExporter exporter(slow);
        exporter.advance(20);
        const auto server = llmd::testing::serveMetrics(exporter);
        const Run run = monitor({ "--metrics", QString::fromStdString(server->url()), "--once",
                                  "--interval", "1s", "--window", "5s", "--json" });
        QVERIFY2(run.exitCode == 4, run.errors + run.output);
        const auto json = run.json();
        QCOMPARE(QString::fromStdString(json.value("state", "")), QStringLiteral("watching"));
        QVERIFY(json["validation"]["deviating"] > 0);
        QVERIFY(json["observation"]["request_rate_rps"]["value"] > 4);
        QVERIFY(!json["validation"]["figures"].empty());
        const Run text = monitor({ "--metrics", QString::fromStdString(server->url()), "--once",
                                   "--interval", "1s", "--window", "5s" });
        QVERIFY(text.output.contains("ITL mean"));
        QVERIFY(text.output.contains("above"));
    }

    /** A line per reading, and acceptance at the end. */
    void scrapesAndAcceptance()
    {
        MetricsExporter exporter({ .rate = 100, .ttft = 0.05, .itl = 0.01 });
        exporter.advance(20);
        const auto server = llmd::testing::serveMetrics(exporter);
        const QString store = m_folder.filePath("store.db");
        const QStringList arguments { "--metrics",  QString::fromStdString(server->url()),
                                      "--interval", "1s",
                                      "--window",   "10s",
                                      "--scrapes",  "3",
                                      "--json",     "--accept",
                                      "--store",    store };
        const Run run = monitor(arguments);
        QVERIFY2(run.errors.contains("accepted as record"), run.errors);
        const auto lines = run.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        for (const QByteArray& line : lines)
            QVERIFY(nlohmann::json::parse(line.toStdString(), nullptr, false).is_object());
        const Run list = clitest::runProgram({ "benchmark", "list", "--store", store, "--json" });
        QVERIFY2(list.output.contains("llmd monitor"), list.output);
    }

    void ctrlCEndsIt()
    {
        MetricsExporter exporter;
        const auto server = llmd::testing::serveMetrics(exporter);
        QProcess process;
        process.start(qEnvironmentVariable("LLMD_PROGRAM"),
                      { "monitor", m_plan, "--metrics", QString::fromStdString(server->url()),
                        "--interval", "30s", "--json" });
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 20'000);
        QElapsedTimer time;
        time.start();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(5000));
        QVERIFY(time.elapsed() < 3000);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    /** A benchmark goes the same way as live figures. */
    void benchmark()
    {
        const QString report = QStringLiteral(LLMD_SHARED_DIR "/reference/benchmark-samples");
        const QDir samples(report);
        const auto files = samples.entryInfoList({ "*vllm*serve*", "*vllm_bench*", "*vllm*" },
                                                 QDir::Files | QDir::Readable);
        if (files.isEmpty())
            QSKIP("the shared benchmark samples are not here");
        const Run run = monitor({ "--benchmark", files.first().filePath(), "--json" });
        QVERIFY2(run.exitCode == 0 || run.exitCode == 4, run.errors);
        QVERIFY(!run.json()["runs"].empty());
        QVERIFY(run.json()["runs"][0]["validation"].contains("figures"));
    }
};

QTEST_GUILESS_MAIN(TestMonitorCli)
#include "tst_monitorcli.moc"

// SPDX-License-Identifier: Apache-2.0
// Runs `llmd benchmark` as people and scripts do.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>
#include <signal.h>

using Json = nlohmann::json;

// QCOMPARE would try to turn values into each of Qt's own types.
#define COMPARE_JSON(actual, expected) QCOMPARE(Json(actual).dump(), Json(expected).dump())

namespace {

const QString samples = QStringLiteral(LLMD_SOURCE_DIR "/tests/data/benchmarks");

struct Run
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    Json json() const { return Json::parse(output.toStdString(), nullptr, false); }
};

/** With a data folder of its own. */
class Program
{
public:
    Run operator()(const QStringList& arguments) const
    {
        QProcess process;
        start(process, arguments);
        process.waitForFinished(120'000);
        return { process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                 process.readAllStandardOutput(), process.readAllStandardError() };
    }
    void start(QProcess& process, const QStringList& arguments) const
    {
        QProcessEnvironment bare;
        bare.insert("PATH", "/usr/bin:/bin");
        bare.insert("XDG_DATA_HOME", m_home.path());
        process.setProcessEnvironment(bare);
        process.start(qEnvironmentVariable("LLMD_PROGRAM"),
                      QStringList { "benchmark" } + arguments);
    }
    QString file(const QString& name) const { return m_home.filePath(name); }

private:
    QTemporaryDir m_home;
};

} // namespace

class TestBenchmarkCli : public QObject
{
    Q_OBJECT

private slots:
    void inspectPrintsTheContract()
    {
        const Program llmd;
        const Run one = llmd({ "inspect", samples + "/guidellm.csv", "--json" });
        QCOMPARE(one.exitCode, 0);
        QFile file(samples + "/expected.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Json expected = Json::parse(file.readAll().toStdString());
        COMPARE_JSON(one.json()["format"], expected["guidellm.csv"]["format"]);
        QCOMPARE(one.json().size(), std::size_t(3));
        QCOMPARE(one.json()["points"][0].size(), expected["guidellm.csv"]["points"][0].size());
        // A folder gives the same by name.
        const Run all = llmd({ "inspect", samples + "/run", "--json" });
        QCOMPARE(all.exitCode, 0);
        QCOMPARE(all.json().size(), std::size_t(4));
        COMPARE_JSON(all.json()["stage_0_lifecycle_metrics.json"]["points"][0]["level"],
                     Json("stage"));
        QVERIFY(!QFile::exists(llmd.file("llmd-planner")));
    }

    void inspectLooksIntoArchives()
    {
        const Program llmd;
        const QString packed = llmd.file("run.tar.gz");
        QCOMPARE(QProcess::execute("tar", { "-czf", packed, "-C", samples, "run" }), 0);
        Run run = llmd({ "inspect", packed, "--json" });
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json().size(), std::size_t(4));
        COMPARE_JSON(run.json()["run/stage_0_lifecycle_metrics.json"]["format"],
                     Json("inference-perf"));
        // One compressed report is like the report itself.
        const QString one = llmd.file("guidellm.csv");
        QVERIFY(QFile::copy(samples + "/guidellm.csv", one));
        QCOMPARE(QProcess::execute("gzip", { one }), 0);
        run = llmd({ "inspect", one + ".gz", "--json" });
        COMPARE_JSON(run.json()["format"], Json("guidellm-csv"));
        QFile cut(one + ".gz");
        QVERIFY(cut.resize(cut.size() / 2));
        run = llmd({ "inspect", one + ".gz", "--json" });
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("cannot be read"), run.errors);
    }

    void inspectSaysWhatIsWrong()
    {
        const Program llmd;
        const Run run = llmd({ "inspect", samples + "/no_report.yaml" });
        QCOMPARE(run.exitCode, 4);
        COMPARE_JSON(run.json()["format"], Json("unknown"));
        QVERIFY2(run.errors.contains("apiVersion"), run.errors);
        QCOMPARE(llmd({ "inspect", "/nowhere.json" }).exitCode, 1);
        QCOMPARE(llmd({ "inspect" }).exitCode, 2);
        QCOMPARE(llmd({}).exitCode, 2);
    }

    void aFirstListHasRows()
    {
        const Program llmd;
        const Run run = llmd({ "list", "--json", "--gpu", "l40s" });
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()["records"].size(), std::size_t(2));
        COMPARE_JSON(run.json()["records"][0]["builtin_set"], Json("open-loop"));
        QVERIFY(llmd({ "list" }).output.contains("built in"));
        COMPARE_JSON(llmd({ "list", "--json", "--no-builtin" }).json()["total"], Json(0));
    }

    void fromImportToPurge()
    {
        const Program llmd;
        const Run dry = llmd({ "import", samples, "--dry-run", "--json" });
        QCOMPARE(dry.exitCode, 0);
        QVERIFY(dry.json()["summary"]["records"].get<int>() > 20);
        COMPARE_JSON(llmd({ "list", "--json", "--no-builtin" }).json()["total"], Json(0));

        const Run imported = llmd({ "import", samples + "/guidellm_schema2.json", "--gpu", "H100",
                                    "--gpus", "2", "--json" });
        QCOMPARE(imported.exitCode, 0);
        COMPARE_JSON(imported.json()["files"][0]["outcome"], Json("added"));
        const Json ids = imported.json()["files"][0]["record_ids"];
        QCOMPARE(ids.size(), std::size_t(2));
        const auto id = QString::number(ids[0].get<int>());
        Json rows = llmd({ "list", "--json", "--no-builtin" }).json()["records"];
        COMPARE_JSON(rows[0]["gpu"], Json("H100"));
        COMPARE_JSON(rows[0]["by_hand"], Json(true));
        COMPARE_JSON(rows[1]["rate_rps"], Json(9.5));

        QCOMPARE(llmd({ "annotate", id, "--engine-version", "0.19.0" }).exitCode, 0);
        QCOMPARE(llmd({ "annotate", id }).exitCode, 2);
        COMPARE_JSON(
            llmd({ "list", "--json", "--no-builtin" }).json()["records"][0]["engine_version"],
            Json("0.19.0"));
        COMPARE_JSON(llmd({ "remove", id, "--json" }).json()["removed"], Json(1));
        QCOMPARE(llmd({ "list", "--json", "--removed" }).json()["records"].size(), std::size_t(1));
        COMPARE_JSON(llmd({ "remove", id, "--undo", "--json" }).json()["restored"], Json(1));
        COMPARE_JSON(llmd({ "remove", id, "--json" }).json()["removed"], Json(1));
        COMPARE_JSON(llmd({ "remove", "--purge", "--json" }).json()["purged"], Json(1));
        COMPARE_JSON(llmd({ "remove", id, "--undo", "--json" }).json()["restored"], Json(0));
        QCOMPARE(llmd({ "remove" }).exitCode, 2);
        QCOMPARE(llmd({ "remove", id, "--purge" }).exitCode, 2);
        COMPARE_JSON(llmd({ "check", "--json" }).json()["ok"], Json(true));
    }

    void exportsCanBeReadAgain()
    {
        const Program llmd;
        QCOMPARE(llmd({ "import", samples, "--store", llmd.file("a.db") }).exitCode, 0);
        const auto out = llmd.file("out");
        QCOMPARE(llmd({ "export", "--store", llmd.file("a.db"), "-o", out }).exitCode, 0);
        const Run merged = llmd({ "import", out, "--store", llmd.file("b.db"), "--json" });
        QCOMPARE(merged.exitCode, 0);
        COMPARE_JSON(merged.json()["files"][0]["format"], Json("benchmark-store"));
        const auto list = [&](const char* store) {
            return llmd({ "list", "--json", "--all", "--no-builtin", "--store", llmd.file(store) })
                .json();
        };
        QVERIFY(list("a.db")["total"].get<int>() > 20);
        COMPARE_JSON(list("b.db")["total"], list("a.db")["total"]);

        QCOMPARE(
            llmd({ "export", "--store", llmd.file("a.db"), "--as", "json", "-o", out }).exitCode,
            0);
        QFile json(out);
        QVERIFY(json.open(QIODevice::ReadOnly));
        const Json records = Json::parse(json.readAll().toStdString(), nullptr, false);
        QCOMPARE(records.size(),
                 llmd({ "list", "--json", "--no-builtin", "--store", llmd.file("a.db") })
                     .json()["records"]
                     .size());
        QVERIFY(records[0]["metrics"]["ttft"].contains("definition"));
        QCOMPARE(
            llmd({ "export", "--store", llmd.file("a.db"), "--as", "csv", "-o", out }).exitCode, 0);
        QFile csv(out);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const auto lines = csv.readAll().split('\n');
        QCOMPARE(static_cast<std::size_t>(lines.size()), records.size() + 2);
        QVERIFY(lines[0].contains("ttft_p99"));
        QCOMPARE(llmd({ "export" }).exitCode, 2);
    }

    void damagedFilesAreCountedAndTold()
    {
        const Program llmd;
        QFile file(llmd.file("cut.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"benchmarks\": [");
        file.close();
        const Run run = llmd({ "import", file.fileName(), samples + "/nop.yaml" });
        QCOMPARE(run.exitCode, 4);
        QVERIFY2(run.errors.contains("cut.json:1"), run.errors);
        QVERIFY2(run.output.contains("1 failed"), run.output);
        QCOMPARE(llmd({ "list", "--json" }).json()["other_files"].size(), std::size_t(1));
    }

    void interruptingKeepsWholeFiles()
    {
        const Program llmd;
        const QDir runs(llmd.file("runs"));
        QVERIFY(runs.mkpath("."));
        QFile sample(samples + "/br02_seconds.yaml");
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const auto text = sample.readAll();
        constexpr int count = 6000;
        for (int i = 0; i < count; ++i) {
            QFile file(runs.filePath(QString::number(i) + ".yaml"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(text)
                           .replace("experiment-1", "experiment-" + QByteArray::number(i))
                           .replace("mean: 0.21\n",
                                    "mean: 0." + QByteArray::number(20'000'000 + i) + "\n"));
        }
        QProcess process;
        llmd.start(process, { "import", runs.path() });
        QVERIFY(process.waitForStarted());
        // Until something is stored.
        QTRY_VERIFY_WITH_TIMEOUT(QFile(llmd.file("llmd-planner/benchmarks.db-wal")).size() > 300'000
                                     || process.state() == QProcess::NotRunning,
                                 60'000);
        QCOMPARE(process.state(), QProcess::Running);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("stopped before the end"));
        const int stored = llmd({ "list", "--json", "--no-builtin" }).json()["total"].get<int>();
        QVERIFY2(stored > 0 && stored < count, std::to_string(stored).c_str());
        QCOMPARE(llmd({ "check" }).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestBenchmarkCli)
#include "tst_benchmarkcli.moc"

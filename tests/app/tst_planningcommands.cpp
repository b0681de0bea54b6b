// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <QTest>

using namespace clitest;

/** Load curves, refinement, explanation, tuning and sweeps through the real program. */
class TestPlanningCommands : public QObject
{
    Q_OBJECT

private:
    static QStringList served()
    {
        return { "--model",
                 "meta-llama/Llama-3.1-8B-Instruct",
                 "--gpu",
                 "h100_sxm",
                 "--input-tokens",
                 "600",
                 "--output-tokens",
                 "150",
                 "--length-variation",
                 "0.4" };
    }

    static QByteArray chatNeed(const QTemporaryDir& folder)
    {
        return writeFile(folder, "need.yaml",
                         "use_case: chatbot_conversational\nusers: 5k\n"
                         "models: [meta-llama/Llama-3.1-8B-Instruct, Qwen/Qwen3-14B]\n"
                         "gpus: {include: [h100_sxm, l40s]}\n");
    }

private slots:
    void curveOfAConfiguration()
    {
        for (const char* engine : { "analytic", "simulation" }) {
            const auto run =
                runProgram(QStringList { "--json", "curve" } + served()
                           + QStringList { "--rate", "60/s", "--ttft", "300ms", "--itl", "20ms",
                                           "--points", "6", "--engine", engine });
            QVERIFY2(run.exitCode == 0, run.errors.constData());
            const auto curve = run.json()["curve"];
            QCOMPARE(curve["points"].size(), std::size_t(6));
            const double most = curve["saturation_rps"].get<double>();
            QVERIFY(curve["within_targets"]["rate_rps"].get<double>() <= most);
            QVERIFY(curve["knee"]["rate_rps"].get<double>() < most);
            QVERIFY(curve["points"][0]["ttft_ms"]["p95"].get<double>()
                    < curve["points"][5]["ttft_ms"]["p95"].get<double>());
            const auto fleet = curve["fleet"];
            QVERIFY(fleet["headroom_left"].get<double>() >= 0.2 - 1e-9);
            QVERIFY(fleet["nodes"].get<int>() * fleet["gpus_per_node"].get<int>()
                    == fleet["gpus"].get<int>() + fleet["idle_gpus"].get<int>());
            QVERIFY(fleet["power_w"].get<double>() > 0);
        }
        const auto text =
            runProgram(QStringList { "curve" } + served() + QStringList { "--ttft", "300ms" });
        QCOMPARE(text.exitCode, 0);
        QVERIFY(text.output.contains("knee") && text.output.contains("within targets"));
        // Nothing meets a target of a microsecond.
        QCOMPARE(runProgram(QStringList { "curve" } + served() + QStringList { "--itl", "1us" })
                     .exitCode,
                 3);
        QVERIFY(runProgram({ "curve", "--model", "x" }).exitCode != 0);
    }

    void curveOfAnOptionOfASearch()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        const auto options = runProgram({ "--json", "recommend", need, "--top", "1" });
        QCOMPARE(options.exitCode, 0);
        const auto id =
            QString::fromStdString(options.json()["views"]["lowest_cost"][0].get<std::string>());
        const auto run = runProgram({ "--json", "curve", "--workload", need, "--candidate", id });
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        // The curve finds the capacity and the size that the search found.
        const auto json = run.json();
        const auto candidate = options.json()["candidates"][id.toStdString()];
        const double capacity = candidate["capacity_per_replica_rps"].get<double>();
        QVERIFY(std::abs(json["curve"]["within_targets"]["rate_rps"].get<double>() / capacity - 1)
                < 1e-9);
        QCOMPARE(json["curve"]["fleet"]["replicas"].get<int>(), candidate["replicas"].get<int>());
        QVERIFY(std::abs(json["curve"]["fleet"]["cost_per_hour_usd"].get<double>()
                         - candidate["cost_per_hour_usd"].get<double>())
                < 1e-6);
        QVERIFY(runProgram({ "curve", "--workload", need, "--candidate", "none" }).exitCode == 1);
        QVERIFY(runProgram({ "curve", "--candidate", id }).exitCode == 1);
    }

    void refinesTheBest()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        const QStringList arguments { "--json", "recommend", need, "--refine", "3", "--top", "9" };
        const auto run = runProgram(arguments);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto json = run.json();
        const auto refinement = json["refinement"];
        QCOMPARE(refinement["engine"].get<std::string>(), std::string("simulation"));
        QCOMPARE(refinement["options"].size(), std::size_t(3));
        QVERIFY(json["views"]["balanced"].size() <= 3);
        QVERIFY(json["feasible"].get<int>() > 3);
        for (const auto& [id, candidate] : json["candidates"].items()) {
            QCOMPARE(candidate["estimate"]["provenance"]["engine"].get<std::string>(),
                     std::string("simulation"));
            QCOMPARE(candidate["label"].get<std::string>(), std::string("Estimated"));
        }
        // Equal for any number of threads, the times apart.
        auto again = runProgram(arguments + QStringList { "--threads", "1" }).json();
        auto first = json;
        for (auto* each : { &first, &again }) {
            each->erase("elapsed_ms");
            (*each)["refinement"].erase("elapsed_ms");
        }
        QVERIFY(first == again);
    }

    void explainsAnOption()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        const auto run = runProgram({ "--json", "explain", need, "--x", "cost", "--y", "ttft" });
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto json = run.json();
        QVERIFY(!json["limit"]["text"].get<std::string>().empty());
        bool front = false;
        for (const auto& option : json["tradeoff"]["options"])
            front = front || option["place"] == "front";
        QVERIFY(front);
        QCOMPARE(runProgram({ "explain", need }).exitCode, 0);
        QCOMPARE(runProgram({ "explain", need, "--x", "weight" }).exitCode, 2);
        QCOMPARE(runProgram({ "explain", need, "--itl", "1us" }).exitCode, 3);
    }

    void infeasibleNeedsNameWaysOutThatWork()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        const auto run = runProgram({ "--json", "recommend", need, "--budget", "500" });
        QCOMPARE(run.exitCode, 3);
        const auto json = run.json();
        QVERIFY(!json["infeasibility"].get<std::string>().empty());
        QVERIFY(!json["relaxations"].empty());
        for (const auto& way : json["relaxations"]) {
            // JSON is YAML: the relaxed need as a file is feasible.
            const auto file = writeFile(folder, "relaxed.yaml",
                                        QByteArray::fromStdString(way["requirements"].dump()));
            const auto relaxed = runProgram({ "--json", "recommend", file });
            QVERIFY2(relaxed.exitCode == 0, (way.dump() + relaxed.errors.toStdString()).c_str());
        }
    }

    void tunesTheRouter()
    {
        const auto run = runProgram(QStringList { "--json", "tune", "router" } + served()
                                    + QStringList { "--replicas", "3", "--rate", "60/s",
                                                    "--shared-prefix", "400", "--prefix-groups",
                                                    "50", "--requests", "300", "--seeds", "3" });
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto tuning = run.json()["tuning"];
        QVERIFY(!tuning["verdict"].get<std::string>().empty());
        QVERIFY(tuning["trials"].size() > 20);
        QVERIFY(tuning["trials"][0]["gain"]["lo"].get<double>()
                <= tuning["trials"][0]["gain"]["hi"].get<double>());
        QCOMPARE(runProgram(QStringList { "tune", "router" } + served()
                            + QStringList { "--rate", "9/s" })
                     .exitCode,
                 1); // one replica
        QCOMPARE(runProgram({ "tune" }).exitCode, 2);
    }

    void tunesAutoscaling()
    {
        const QStringList arguments = QStringList { "--json", "tune", "autoscaling" } + served()
            + QStringList { "--rate", "200/s", "--mean-rate", "80/s",    "--ttft",
                            "300ms",  "--itl", "25ms",        "--seeds", "3" };
        const auto run = runProgram(arguments);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto tuning = run.json()["tuning"];
        QVERIFY(tuning["recommended"].is_object());
        QVERIFY(tuning["recommended"]["attainment"].get<double>() >= 0.95);
        QVERIFY(tuning["recommended"]["replica_hours_per_day"].get<double>()
                < tuning["fixed"]["replica_hours_per_day"].get<double>());
        QCOMPARE(tuning["day"].size(), std::size_t(288));
        const auto hourly =
            runProgram(QStringList { "tune", "autoscaling" } + served()
                       + QStringList { "--rate", "200/s", "--hourly", "1,1,1,2,4,4,3,2", "--ttft",
                                       "300ms", "--seeds", "2" });
        QVERIFY2(hourly.exitCode == 0, hourly.errors.constData());
        QVERIFY(hourly.output.contains("Verdict"));
        // A day without a shape, and one without a target.
        QCOMPARE(runProgram(QStringList { "tune", "autoscaling" } + served()
                            + QStringList { "--rate", "9/s", "--ttft", "1s" })
                     .exitCode,
                 1);
        QCOMPARE(runProgram(QStringList { "tune", "autoscaling" } + served()
                            + QStringList { "--rate", "9/s", "--mean-rate", "5/s" })
                     .exitCode,
                 1);
    }

    void sweepsInShards()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        const QString whole = folder.filePath("whole.json");
        QCOMPARE(runProgram({ "sweep", need, "-o", whole }).exitCode, 0);
        QStringList parts;
        for (int i = 1; i <= 3; ++i) {
            parts << folder.filePath(QString("part%1.json").arg(i));
            const auto run = runProgram({ "sweep", need, "--shard", QString("%1/3").arg(i), "-o",
                                          parts.back(), "--threads", QString::number(i) });
            QVERIFY2(run.exitCode == 0, run.errors.constData());
        }
        // As a Kubernetes Job calls it.
        QCOMPARE(
            runProgram({ "sweep", need, "--shards", "3", "--shard-index", "1", "-o", parts[1] })
                .exitCode,
            0);
        const QString merged = folder.filePath("merged.json");
        QCOMPARE(runProgram(QStringList { "merge", "-o", merged } + parts).exitCode, 0);
        QFile a(whole);
        QFile b(merged);
        QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
        QCOMPARE(b.readAll(), a.readAll());
        QCOMPARE(runProgram(QStringList { "merge" } + parts.mid(1)).exitCode, 1);
        QVERIFY(runProgram({ "sweep", need, "--shard", "4/3" }).exitCode != 0);
        QVERIFY(runProgram({ "sweep", need, "--shards", "3" }).exitCode != 0);
        QCOMPARE(runProgram({ "sweep", need, "--itl", "1us", "-o", whole }).exitCode, 3);
    }

    void exportsSweeps()
    {
        QTemporaryDir folder;
        const QString need = chatNeed(folder);
        for (const char* target : { "kubernetes-job", "ray-job" }) {
            const QString into = folder.filePath(target);
            const auto run =
                runProgram({ "sweep", need, "--export", target, "--shards", "4", "-o", into });
            QVERIFY2(run.exitCode == 0, run.errors.constData());
            QCOMPARE(QDir(into).entryList(QDir::Files).size(), 2);
        }
        QCOMPARE(
            runProgram({ "sweep", need, "--export", "kubernetes-job", "--shards", "4" }).exitCode,
            2);
        QCOMPARE(runProgram({ "sweep", need, "--export", "kubernetes-job", "--image", "a b", "-o",
                              folder.filePath("bad") })
                     .exitCode,
                 1);
    }
};

QTEST_APPLESS_MAIN(TestPlanningCommands)
#include "tst_planningcommands.moc"

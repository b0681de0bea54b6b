// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <string>

using Run = clitest::ProgramRun;
using Json = nlohmann::json;

namespace {

Run llmd(const QStringList& arguments)
{
    return clitest::runProgram(arguments, QDir::tempPath());
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/** `llmd export`: every target from a project file and from an earlier export. */
class TestExportCli : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_project = m_folder.filePath("need.llmdplan");
        const Run run =
            llmd({ "recommend", "--use-case", "chatbot_conversational", "--users", "2000",
                   "--model", "Qwen/Qwen3-14B", "--gpu", "h100_sxm", "-o", m_project });
        QVERIFY2(run.exitCode == 0, run.errors);
    }

    void targets_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("file");
        QTest::newRow("kubernetes") << "kubernetes"
                                    << "manifests/10-model-server.yaml";
        QTest::newRow("kustomize") << "kustomize"
                                   << "overlays/site/kustomization.yaml";
        QTest::newRow("helm") << "helm"
                              << "helm/modelservice-values.yaml";
        QTest::newRow("kserve") << "kserve"
                                << "manifests/llm-inference-service.yaml";
        QTest::newRow("ray") << "ray"
                             << "manifests/rayservice.yaml";
        QTest::newRow("dynamo") << "dynamo"
                                << "manifests/dynamo-graph.yaml";
        QTest::newRow("commands") << "commands"
                                  << "serve.sh";
    }

    void targets()
    {
        QFETCH(QString, target);
        QFETCH(QString, file);
        const QString folder = m_folder.filePath(target);
        const Run run = llmd({ "export", m_project, "--target", target, "--autoscaling", "hpa",
                               "-o", folder, "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["target"].get<std::string>(), target.toStdString());
        for (const auto& written : json["files"])
            QVERIFY(QFileInfo::exists(
                folder + "/" + QString::fromStdString(written["path"].get<std::string>())));
        QVERIFY(contentOf(folder + "/" + file).contains("Qwen/Qwen3-14B") || target == "kustomize");
        QVERIFY(contentOf(folder + "/planner.json").contains("llm-d-plan"));
    }

    /** The plan of an export is the same plan for another target. */
    void anExportIsExportedAgain()
    {
        const QString first = m_folder.filePath("first");
        QVERIFY(llmd({ "export", m_project, "-o", first }).exitCode == 0);
        const QString again = m_folder.filePath("again");
        const Run run =
            llmd({ "export", first + "/planner.json", "--target", "kubernetes", "-o", again });
        QVERIFY2(run.exitCode == 0, run.errors);
        QCOMPARE(contentOf(again + "/manifests/10-model-server.yaml"),
                 contentOf(first + "/manifests/10-model-server.yaml"));
        QCOMPARE(contentOf(again + "/planner.json"), contentOf(first + "/planner.json"));
        QVERIFY(llmd({ "export", first + "/planner.json", "--target", "ray", "-o",
                       m_folder.filePath("third") })
                    .exitCode
                == 0);
    }

    void versionsAreChosen()
    {
        const QString folder = m_folder.filePath("older");
        const Run run = llmd({ "export", m_project, "--versions", "2026-06", "-o", folder });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(
            contentOf(folder + "/manifests/10-model-server.yaml").contains("vllm-openai:v0.22.0"));
        const Run unknown = llmd({ "export", m_project, "--versions", "1999", "-o", folder });
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY2(unknown.errors.contains("known are 2026-08"), unknown.errors);
    }

    void archives()
    {
        const QString path = m_folder.filePath("plan.tar.gz");
        const Run run = llmd({ "export", m_project, "--target", "helm", "-o", path, "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QCOMPARE(run.json()["archive"].get<std::string>(), path.toStdString());
        QVERIFY(contentOf(path).startsWith("\x1f\x8b"));
    }

    /** Edited by hand to something that does not fit, a plan is written on request only. */
    void whatDoesNotFit()
    {
        const QString folder = m_folder.filePath("edited");
        QVERIFY(llmd({ "export", m_project, "-o", folder }).exitCode == 0);
        Json plan = Json::parse(contentOf(folder + "/planner.json").toStdString());
        plan["model"]["id"] = "meta-llama/Llama-3.3-70B-Instruct";
        plan["topology"]["tensor_parallel"] = 1;
        const QString edited = m_folder.filePath("edited.json");
        QFile file(edited);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(plan.dump()));
        file.close();
        const QString out = m_folder.filePath("unfit");
        const Run refused = llmd({ "export", edited, "-o", out });
        QCOMPARE(refused.exitCode, 3);
        QVERIFY2(refused.errors.contains("does not fit"), refused.errors);
        QVERIFY(!QFileInfo::exists(out));
        const Run allowed = llmd({ "export", edited, "-o", out, "--allow-unfit" });
        QVERIFY2(allowed.exitCode == 0, allowed.errors);
        QVERIFY(contentOf(out + "/manifests/10-model-server.yaml").contains("DOES NOT FIT"));
    }

    void bad_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("target") << QStringList { "--target", "nomad" } << 2 << QByteArray("nomad");
        QTest::newRow("autoscaler")
            << QStringList { "--autoscaler", "vpa" } << 2 << QByteArray("vpa");
        QTest::newRow("toleration")
            << QStringList { "--toleration", "a b" } << 1 << QByteArray("a b");
        QTest::newRow("claim") << QStringList { "--model-claim", "A_B" } << 1 << QByteArray("A_B");
        QTest::newRow("class") << QStringList { "--gateway-class", "istio" } << 1
                               << QByteArray("name of the Gateway");
        QTest::newRow("candidate") << QStringList { "--candidate", "none" } << 1
                                   << QByteArray("no feasible configuration has the id");
    }

    void bad()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, message);
        const Run run =
            llmd(QStringList { "export", m_project, "-o", m_folder.filePath("bad") } + arguments);
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.errors.contains(message), run.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("bad")));
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestExportCli)
#include "tst_exportcli.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/project/project.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;

class TestProjectFile : public QObject
{
    Q_OBJECT

private:
    static Project sample()
    {
        Project project;
        Requirements& need = project.requirements;
        need.title = "Résumé \"assistant\": yes\nsecond line";
        need.useCase = "document_analysis_rag";
        need.users = 1234.5;
        need.promptTokens = 4000;
        need.ttft = LatencyTarget { 99, milliseconds(450) };
        need.models = { "Qwen/Qwen3-14B" };
        need.gpusExcluded = { "l4" };
        need.inventory = { { "h100_sxm", 16, 8 } };
        need.maxGpus = 32;
        need.budgetPerMonth = 40000;
        need.priceOverrides = { { "h100_sxm", 2.5 } };
        need.priorities = Priorities { 0.5, 0.3, 0.1, 0.1 };
        project.shortlist = { "a", "b" };
        project.chosen = "b";
        project.view = "lowest_cost";
        project.notes = "tab\there";
        return project;
    }

private slots:
    void whatIsWrittenIsReadBack()
    {
        const Project project = sample();
        const auto read = parseProject(printProject(project));
        QVERIFY2(read, read ? "" : describe(read.error()).c_str());
        QVERIFY(read->issues.empty());
        QCOMPARE(printProject(read->value), printProject(project));
        QVERIFY(read->value == project);
    }

    void keysOfNewerVersionsSurvive()
    {
        auto json = nlohmann::ordered_json::parse(printProject(sample()));
        json["from_the_future"] = { { "a", 1 } };
        const auto read = parseProject(json.dump());
        QVERIFY(read);
        QCOMPARE(read->issues.size(), std::size_t(1));
        QCOMPARE(read->issues[0].subject, std::string("from_the_future"));
        const auto again = nlohmann::json::parse(printProject(read->value));
        QCOMPARE(again["from_the_future"]["a"].get<int>(), 1);
    }

    /** A newer version may state more of the need than this one understands. */
    void unknownRequirementsAreKept()
    {
        auto json = nlohmann::json::parse(printProject(sample()));
        json["requirements"]["carbon_limit"] = { { "grams_per_day", 12 } };
        json["later"] = true;
        const auto read = parseProject(json.dump(), "newer.llmdplan");
        QVERIFY(read);
        QCOMPARE(read->issues.size(), std::size_t(2));
        Project changed = read->value;
        changed.requirements.users = 77;
        const auto again = nlohmann::json::parse(printProject(changed));
        QCOMPARE(again["requirements"]["carbon_limit"]["grams_per_day"].get<int>(), 12);
        QCOMPARE(again["later"].get<bool>(), true);
        QVERIFY(again["requirements"]["use_case"] == json["requirements"]["use_case"]);
        QVERIFY(again["requirements"]["users"] != json["requirements"]["users"]);
        const auto twice = parseProject(again.dump(), "newer.llmdplan");
        QVERIFY(twice);
        QVERIFY(twice->value == changed);
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "not a JSON document";
        QTest::newRow("truncated")
            << QByteArray("{\"format\": 1, \"requirements\": {") << "not a JSON document";
        QTest::newRow("another document") << QByteArray("{\"a\": 1}") << "not a project file";
        QTest::newRow("list") << QByteArray("[1]") << "not a project file";
        QTest::newRow("newer") << QByteArray("{\"format\": 99}") << "newer version";
        QTest::newRow("format of wrong type")
            << QByteArray("{\"format\": \"1\"}") << "whole number";
        QTest::newRow("deep") << (QByteArray("{\"format\":1,\"x\":") + QByteArray(5000, '[')
                                  + QByteArray(5000, ']') + "}")
                              << "nested deeper";
        QTest::newRow("not a number") << QByteArray("{\"format\": NaN}") << "not a JSON document";
    }

    void badFilesAreRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto read = parseProject(text.toStdString(), "plan.llmdplan");
        QVERIFY(!read);
        const QString message = QString::fromStdString(describe(read.error()));
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(message.startsWith("plan.llmdplan"), qPrintable(message));
    }

    void wrongTypesAreReportedAndTheRestIsRead()
    {
        const auto read =
            parseProject(R"({"format": 1, "engine": 5, "shortlist": "x", "notes": "kept"})");
        QVERIFY(read);
        QCOMPARE(read->issues.size(), std::size_t(2));
        QCOMPARE(read->value.engine, std::string("analytic"));
        QCOMPARE(read->value.notes, std::string("kept"));
    }

    void filesAreReplacedAtOnce()
    {
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "plan.llmdplan";
        QVERIFY(writeProject(sample(), path));
        const auto read = readProject(path);
        QVERIFY(read);
        QVERIFY(read->value == sample());
        QVERIFY(!writeProject(sample(), path / "below" / "a-file"));
        QVERIFY(!readProject(folder.path().toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestProjectFile)
#include "tst_projectfile.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/performance/enginedeclaration.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;
using namespace llmd::testing;

namespace {

const std::string complete = "id: mine\n"
                             "name: My engine\n"
                             "description: Predicts\n"
                             "command: [python3, mine.py, --fast]\n"
                             "needs_one_of: [$MINE, mine]\n"
                             "environment: [MINE]\n"
                             "time_limit: 1.5s\n"
                             "max_parallel: 4\n"
                             "capabilities:\n"
                             "  percentiles: true\n"
                             "  mixture_of_experts: true\n"
                             "  prefill_decode: false\n"
                             "  validated_gpus: [h100_sxm]\n";

std::string issuesOf(const std::vector<Issue>& issues)
{
    std::string text;
    for (const auto& issue : issues)
        text += describe(issue) + "\n";
    return text;
}

} // namespace

class TestEngineDeclaration : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryKey()
    {
        const auto loaded = parseEngineDeclaration(complete, "/x/mine.yaml");
        QVERIFY2(loaded.issues.empty(), issuesOf(loaded.issues).c_str());
        const EngineDeclaration& d = loaded.value;
        QCOMPARE(d.id, std::string("mine"));
        QCOMPARE(d.name, std::string("My engine"));
        QCOMPARE(d.description, std::string("Predicts"));
        QCOMPARE(d.command, (std::vector<std::string> { "python3", "mine.py", "--fast" }));
        QCOMPARE(d.needsOneOf, (std::vector<std::string> { "$MINE", "mine" }));
        QCOMPARE(d.environment, (std::vector<std::string> { "MINE" }));
        QCOMPARE(d.timeLimit, Seconds(1.5));
        QCOMPARE(d.maxParallel, 4);
        QVERIFY(d.percentiles && d.mixtureOfExperts && !d.prefillDecodeDisaggregation);
        QCOMPARE(d.validatedGpus, (std::vector<std::string> { "h100_sxm" }));
    }

    void mistakesAreNamedWithTheirPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("isError");
        QTest::newRow("no id") << "command: [x]\n"
                               << "mine.yaml:1:1: error" << true;
        QTest::newRow("no command") << "id: a\n"
                                    << "`command` is missing" << true;
        QTest::newRow("bad id") << "id: My Engine\ncommand: [x]\n"
                                << "mine.yaml:1:5: error" << true;
        QTest::newRow("id with a path") << "id: a/b\ncommand: [x]\n"
                                        << "lower case letters" << true;
        QTest::newRow("empty command") << "id: a\ncommand: []\n"
                                       << "mine.yaml:2:10: error" << true;
        QTest::newRow("command as text") << "id: a\ncommand: x y\n"
                                         << "mine.yaml:2:10: error" << true;
        QTest::newRow("time") << "id: a\ncommand: [x]\ntime_limit: 5\n"
                              << "mine.yaml:3:13: error" << true;
        QTest::newRow("no time") << "id: a\ncommand: [x]\ntime_limit: 0s\n"
                                 << "more than 0" << true;
        QTest::newRow("endless") << "id: a\ncommand: [x]\ntime_limit: 8d\n"
                                 << "at most 1d" << true;
        QTest::newRow("parallel") << "id: a\ncommand: [x]\nmax_parallel: 0\n"
                                  << "out of range" << true;
        QTest::newRow("flag") << "id: a\ncommand: [x]\ncapabilities: {percentiles: maybe}\n"
                              << "mine.yaml:3:29: error" << true;
        QTest::newRow("capabilities") << "id: a\ncommand: [x]\ncapabilities: yes\n"
                                      << "mapping" << true;
        QTest::newRow("variable") << "id: a\ncommand: [x]\nenvironment: [A=1]\n"
                                  << "mine.yaml:3:15: error" << true;
        QTest::newRow("list") << "- a\n"
                              << "expected a mapping" << true;
        QTest::newRow("syntax") << "id: [a\n"
                                << "mine.yaml:" << true;
        QTest::newRow("unknown key") << "id: a\ncommand: [x]\ntimelimit: 5s\n"
                                     << "time_limit" << false;
        QTest::newRow("unknown capability") << "id: a\ncommand: [x]\ncapabilities: {moe: true}\n"
                                            << "mixture_of_experts" << false;
    }
    void mistakesAreNamedWithTheirPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QFETCH(bool, isError);
        const auto loaded = parseEngineDeclaration(text.toStdString(), "mine.yaml");
        const auto issues = issuesOf(loaded.issues);
        QVERIFY2(issues.find(expected.toStdString()) != std::string::npos, issues.c_str());
        QCOMPARE(loaded.hasErrors(), isError);
    }

    void laterFoldersWinAndTwinsAreReported()
    {
        const TemporaryFolder first;
        const TemporaryFolder second;
        std::filesystem::create_directories(first / "deep");
        VERIFY_OK(writeFileAtomically(first / "a.yaml", "id: a\ncommand: [one]\n"));
        VERIFY_OK(writeFileAtomically(first / "deep/b.yaml", "id: b\ncommand: [one]\n"));
        VERIFY_OK(writeFileAtomically(first / "deep/twin.yaml", "id: a\ncommand: [twin]\n"));
        VERIFY_OK(writeFileAtomically(first / "notes.txt", "no declaration"));
        VERIFY_OK(writeFileAtomically(second / "a.yaml", "id: a\ncommand: [two]\n"));
        VERIFY_OK(writeFileAtomically(second / "bad.yaml", "id: c\n"));
        const auto loaded =
            loadEngineDeclarations({ first.path(), second.path(), first / "missing" });
        const auto issues = issuesOf(loaded.issues);
        QCOMPARE(loaded.value.size(), std::size_t { 2 });
        QCOMPARE(loaded.value[0].command.front(), std::string("two"));
        QCOMPARE(loaded.value[1].id, std::string("b"));
        QVERIFY2(issues.find("twin.yaml: error: id: engine 'a'") != std::string::npos,
                 issues.c_str());
        QVERIFY2(issues.find("bad.yaml:1:1: error") != std::string::npos, issues.c_str());
        QVERIFY2(issues.find("missing: cannot be read") != std::string::npos, issues.c_str());
    }

    void usualFoldersAreThoseOfTheUser()
    {
        const TemporaryFolder data;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", data.path().c_str());
        QVERIFY(usualEngineFolders().empty());
        const auto engines = data.path() / "llmd-planner" / "engines";
        std::filesystem::create_directories(engines);
        const auto folders = usualEngineFolders();
        qputenv("XDG_DATA_HOME", before);
        QCOMPARE(folders.size(), std::size_t { 1 });
        QVERIFY(folders.front() == engines);
    }

    void shippedDeclarationsAreGood()
    {
        const auto loaded = loadEngineDeclarations(
            { std::filesystem::path(LLMD_SOURCE_DIR) / "resources/engines" });
        QVERIFY2(loaded.issues.empty(), issuesOf(loaded.issues).c_str());
        QCOMPARE(loaded.value.size(), std::size_t { 1 });
        QCOMPARE(loaded.value[0].id, std::string("blis"));
    }

    void survivesAnything()
    {
        Mutator mutator({ complete }, { ": ", "[", "{", "- ", "'", "&a", "*a", "1e999", "\n" });
        for (int i = 0; i < 5000; ++i) {
            const auto text = mutator.next();
            const auto loaded = parseEngineDeclaration(text, "mine.yaml");
            if (loaded.hasErrors())
                continue;
            QVERIFY2(!loaded.value.command.empty() && !loaded.value.id.empty(), text.c_str());
            QVERIFY2(loaded.value.maxParallel >= 1 && loaded.value.timeLimit.value() > 0,
                     text.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestEngineDeclaration)
#include "tst_enginedeclaration.moc"

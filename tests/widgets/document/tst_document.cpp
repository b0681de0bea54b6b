// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/base/file.h>
#include <core/sweep/sweepfile.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/document/editcommand.h>
#include <widgets/support/qtbridge.h>

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace llmd;

namespace {

void setUsers(Document& document, double users)
{
    document.edit(QStringLiteral("requirements.users"), QStringLiteral("Change Users"),
                  [users](Project& project) { project.requirements.users = users; });
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void editsCanBeUndone()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        QSignalSpy changed(&document, &Document::projectChanged);
        QSignalSpy modified(&document, &Document::modifiedChanged);
        setUsers(document, 700);
        QCOMPARE(*document.requirements().users, 700.0);
        QVERIFY(document.isModified());
        QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Change Users"));
        document.undoStack()->undo();
        QCOMPARE(*document.requirements().users, 5000.0);
        QVERIFY(!document.isModified());
        document.undoStack()->redo();
        QCOMPARE(*document.requirements().users, 700.0);
        QCOMPARE(changed.size(), 3);
        QCOMPARE(modified.size(), 3);
    }

    void quickChangesOfOneFieldAreOneStep()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        for (const double users : { 6000.0, 7000.0, 8000.0 })
            setUsers(document, users);
        QCOMPARE(document.undoStack()->count(), 1);
        document.undoStack()->undo();
        QCOMPARE(*document.requirements().users, 5000.0);
    }

    void changesOfOtherFieldsAreStepsOfTheirOwn()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        setUsers(document, 6000);
        document.edit(QStringLiteral("requirements.title"), QStringLiteral("Rename"),
                      [](Project& project) { project.requirements.title = "Other"; });
        setUsers(document, 7000);
        QCOMPARE(document.undoStack()->count(), 3);
        document.undoStack()->undo();
        QCOMPARE(*document.requirements().users, 6000.0);
    }

    void slowChangesAreStepsOfTheirOwn()
    {
        testing::Workbench bench;
        setUsers(bench.document, 6000);
        QTest::qWait(static_cast<int>(EditCommand::mergeWindow.count()) + 50);
        setUsers(bench.document, 7000);
        QCOMPARE(bench.document.undoStack()->count(), 2);
    }

    void aStepThatEndsWhereItBeganVanishes()
    {
        testing::Workbench bench;
        setUsers(bench.document, 6000);
        setUsers(bench.document, 5000);
        QCOMPARE(bench.document.undoStack()->count(), 0);
        QVERIFY(!bench.document.isModified());
        QCOMPARE(*bench.document.requirements().users, 5000.0);
    }

    void anEditWithoutChangeIsNone()
    {
        testing::Workbench bench;
        setUsers(bench.document, 5000);
        QCOMPARE(bench.document.undoStack()->count(), 0);
    }

    void savesAndOpens()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        const QString path = bench.folder.filePath(QStringLiteral("plan.llmdplan"));
        setUsers(document, 900);
        QVERIFY(document.saveAs(path));
        QVERIFY(!document.isModified());
        QCOMPARE(document.filePath(), path);
        // A change right after saving must not melt into the saved step.
        setUsers(document, 950);
        QVERIFY(document.isModified());
        document.undoStack()->undo();
        QVERIFY(!document.isModified());

        testing::Workbench other;
        QVERIFY(other.document.open(path));
        QCOMPARE(other.document.project(), document.project());
        QCOMPARE(other.document.displayName(), QStringLiteral("Support assistant"));
        QVERIFY(!other.document.undoStack()->canUndo());
    }

    void failedOpenKeepsEverything_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("truncated") << QByteArray("{\"format\": 1, \"requirements\": {\"users\":");
        QTest::newRow("not an object") << QByteArray("[1, 2]");
        QTest::newRow("binary") << QByteArray("\x00\xff\xfe\x01", 4);
        QTest::newRow("from the future") << QByteArray("{\"format\": 99}");
    }
    void failedOpenKeepsEverything()
    {
        QFETCH(QByteArray, content);
        testing::Workbench bench;
        Document& document = bench.document;
        setUsers(document, 123);
        const Project before = document.project();
        QSignalSpy changed(&document, &Document::projectChanged);
        const QString path = bench.folder.filePath(QStringLiteral("bad.llmdplan"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto opened = document.open(path);
        QVERIFY(!opened);
        QVERIFY(!opened.error().detail.empty());
        QCOMPARE(document.project(), before);
        QVERIFY(document.isModified());
        QVERIFY(document.undoStack()->canUndo());
        QVERIFY(document.filePath().isEmpty());
        QCOMPARE(changed.size(), 0);
    }

    void requirementsBecomeANewPlan()
    {
        testing::Workbench bench;
        const QString path = bench.folder.filePath(QStringLiteral("need.yaml"));
        const auto write = [&path](const QByteArray& text) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        QVERIFY(write("title: From YAML\nuse_case: code_completion\nusers: 40\n"));
        QVERIFY(bench.document.open(path));
        QCOMPARE(bench.document.displayName(), QStringLiteral("From YAML"));
        QVERIFY2(bench.document.filePath().isEmpty(), "saving must not replace the YAML file");
        const Project before = bench.document.project();
        QVERIFY(write("users: many\n"));
        const auto opened = bench.document.open(path);
        QVERIFY(!opened);
        QVERIFY(opened.error().where && opened.error().where->line == 1);
        QCOMPARE(bench.document.project(), before);
    }

    void joinedSweepsOpenAsPlans()
    {
        testing::Workbench bench;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("all.json"));
        Requirements need;
        need.users = 700;
        need.models = { "Qwen/Qwen3-14B" };
        need.gpusIncluded = { "h100_sxm" };
        const EngineRegistry engines(bench.document.catalog());
        RunContext context;
        const auto shard =
            searchShard({ need, {} }, {}, bench.document.catalog(), engines.standard(), context);
        QVERIFY(shard);
        const auto text = sweepDocument(*shard, {}, need, "analytic");
        QVERIFY(text);
        QVERIFY(writeFileAtomically(fromQString(path), *text).has_value());
        QVERIFY(bench.document.open(path));
        QVERIFY(bench.document.requirements() == need);
        QVERIFY(!bench.document.project().shortlist.empty());
        QVERIFY(bench.document.filePath().isEmpty()); // saving does not replace the result
        // A plan of the marked options can be found: they are those of the search.
        QVERIFY(bench.waitForSearch());
        const auto& options = bench.document.report()->options;
        for (const std::string& id : bench.document.project().shortlist)
            QVERIFY(std::any_of(options.begin(), options.end(),
                                [&](const Option& option) { return option.id == id; }));
    }

    /** A declarative spec opens as a new plan; what is assumed, wrong or left out is an issue at its line and field. */
    void specBecomesANewPlan()
    {
        testing::Workbench bench;
        const QString folder = QStringLiteral(LLMD_SOURCE_DIR "/tests/data/specs/");
        QVERIFY(bench.document.open(folder + QStringLiteral("minimal.yaml")));
        const Requirements& need = bench.document.requirements();
        QCOMPARE(bench.document.displayName(), QStringLiteral("llama-70b-prod"));
        QVERIFY(bench.document.filePath().isEmpty());
        QCOMPARE(need.models.front(),
                 std::string("hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4"));
        QCOMPARE(need.gpusIncluded.front(), std::string("h100_sxm"));
        QCOMPARE(need.maxGpus.value(), 32);
        QVERIFY(need.ttft && need.ttft->percentile == 99 && need.ttft->limit == Seconds(0.2));
        QVERIFY(bench.document.need());
        const auto issues = bench.document.issues();
        const auto assumed = std::find_if(issues.begin(), issues.end(), [](const Issue& issue) {
            return issue.subject == "prompt_tokens";
        });
        QVERIFY(assumed != issues.end());
        QVERIFY(assumed->severity == Severity::Info);
        QVERIFY(bench.waitForSearch());
        QVERIFY(bench.document.report() && !bench.document.report()->options.empty());

        QFile file(folder + QStringLiteral("everything.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        text.replace("ttftP99: 1s", "ttftP99: soon").replace("H100-SXM", "H100-SXN");
        const QString path = bench.folder.filePath(QStringLiteral("spec.yaml"));
        const auto write = [&path](const QByteArray& content) {
            QFile out(path);
            return out.open(QIODevice::WriteOnly) && out.write(content) == content.size();
        };
        QVERIFY(write(text));
        QVERIFY(bench.document.open(path));
        int errors = 0;
        for (const Issue& issue : bench.document.issues()) {
            if (issue.severity != Severity::Error)
                continue;
            ++errors;
            QVERIFY2(issue.subject == "ttft" || issue.subject == "gpus", issue.subject.c_str());
            QVERIFY(issue.where && issue.where->line > 20);
        }
        QCOMPARE(errors, 2);
        QCOMPARE(bench.document.requirements().promptTokens.value(), 2000.0);

        // Other Kubernetes objects are not taken for specs.
        const Project before = bench.document.project();
        QVERIFY(write("apiVersion: apps/v1\nkind: Deployment\n"));
        const auto opened = bench.document.open(path);
        QVERIFY(!opened);
        QVERIFY(opened.error().where && opened.error().where->line == 1);
        QCOMPARE(bench.document.project(), before);
        // Of several specs the first is opened, and said so.
        QVERIFY(write(text + "---\n" + text));
        QVERIFY(bench.document.open(path));
        const auto several = bench.document.issues();
        QVERIFY(std::any_of(several.begin(), several.end(), [](const Issue& issue) {
            return issue.text.find("2 specs") != std::string::npos;
        }));
    }

    void failedSaveKeepsEverything()
    {
        testing::Workbench bench;
        setUsers(bench.document, 123);
        QVERIFY(!bench.document.saveAs(QStringLiteral("/no/such/folder/plan.llmdplan")));
        QVERIFY(bench.document.isModified());
        QVERIFY(bench.document.filePath().isEmpty());
        QVERIFY(!bench.document.open(bench.folder.filePath(QStringLiteral("missing.llmdplan"))));
        QVERIFY(!bench.document.open(bench.folder.path()));
    }

    void contradictionsAreReportedAndStopTheSearch()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        QSignalSpy issues(&document, &Document::issuesChanged);
        document.edit(QStringLiteral("requirements.use_case"), QStringLiteral("Change"),
                      [](Project& project) { project.requirements.useCase = "no_such_use_case"; });
        QVERIFY(!document.need());
        QVERIFY(document.needError());
        QVERIFY(!document.isSearching());
        QCOMPARE(document.issues().size(), std::size_t { 1 });
        QVERIFY(!issues.isEmpty());
        document.undoStack()->undo();
        QVERIFY(document.need());
        QVERIFY(document.isSearching());
    }

    void searchesAndFindsByIdentity()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        QSignalSpy reports(&document, &Document::reportChanged);
        QVERIFY(document.isSearching());
        QVERIFY(!document.chosenOption());
        QVERIFY(bench.waitForSearch());
        QVERIFY(document.report());
        QVERIFY(!document.report()->options.empty());
        QCOMPARE(reports.size(), 1);
        const auto& order = document.ranking().of(View::Balanced);
        QCOMPARE(document.chosenOption(), &document.report()->options[order.front()]);
        const Option& other = document.report()->options[order.back()];
        document.edit(QStringLiteral("chosen"), {},
                      [&other](Project& project) { project.chosen = other.id; });
        QCOMPARE(document.chosenOption(), &other);
        QVERIFY(!document.findOption(QStringLiteral("nonsense")));
    }

    void onlyTheOrderChangesWithThePriorities()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        QVERIFY(bench.waitForSearch());
        QSignalSpy rankings(&document, &Document::rankingChanged);
        QSignalSpy reports(&document, &Document::reportChanged);
        document.edit(QStringLiteral("requirements.priorities"), {}, [](Project& project) {
            project.requirements.priorities = Priorities { 1, 0, 0, 0 };
        });
        QVERIFY(!document.isSearching());
        QVERIFY(!rankings.isEmpty());
        QCOMPARE(reports.size(), 0);
        // With cost alone, the balanced view has the order of the cheapest.
        const auto& best =
            document.report()->options[document.ranking().of(View::Balanced).front()];
        const auto& cheapest =
            document.report()->options[document.ranking().of(View::LowestCost).front()];
        QCOMPARE(best.cost.value(), cheapest.cost.value());
    }

    void previewRanksWithoutAnUndoStep()
    {
        testing::Workbench bench;
        Document& document = bench.document;
        QVERIFY(bench.waitForSearch());
        const std::size_t all = document.ranking().of(View::Balanced).size();
        Slo slo = document.need()->slo;
        QVERIFY(slo.e2e || slo.ttft);
        auto& target = slo.e2e ? slo.e2e : slo.ttft;
        // The limit at the median of the options leaves about half of them.
        std::vector<double> latencies;
        for (const RankingInput& input : document.rankingInputs())
            latencies.push_back(slo.e2e ? input.e2eSeconds : input.ttftSeconds);
        std::nth_element(latencies.begin(),
                         latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() / 2),
                         latencies.end());
        target->limit = Seconds(latencies[latencies.size() / 2]);
        document.previewSlo(slo);
        const std::size_t fewer = document.ranking().of(View::Balanced).size();
        QVERIFY2(fewer < all && fewer > 0,
                 qPrintable(QStringLiteral("%1 of %2").arg(fewer).arg(all)));
        QVERIFY(!document.isModified());
        QVERIFY(!document.isSearching());
        document.cancelPreview();
        QCOMPARE(document.ranking().of(View::Balanced).size(), all);
    }

    void aNewEditReplacesTheRunningSearch()
    {
        testing::Workbench bench;
        QSignalSpy reports(&bench.document, &Document::reportChanged);
        QVERIFY(bench.waitForSearch());
        reports.clear();
        setUsers(bench.document, 2000);
        QTRY_VERIFY(bench.document.isSearching());
        setUsers(bench.document, 20);
        QVERIFY(bench.waitForSearch());
        // The search in between may have been done already; what stays is the answer to the last edit.
        QVERIFY(reports.size() >= 1 && reports.size() <= 2);
        QVERIFY(bench.document.report()->need.peakLoad.load.rate.value() < 1);
    }

    void mayGoWhileItSearches()
    {
        auto bench = std::make_unique<testing::Workbench>();
        QTest::qWait(130);
        bench.reset();
    }

    void resetForgetsTheOldPlan()
    {
        testing::Workbench bench;
        QVERIFY(bench.waitForSearch());
        setUsers(bench.document, 1);
        bench.document.reset(Project {});
        QVERIFY(!bench.document.report());
        QVERIFY(!bench.document.undoStack()->canUndo());
        QVERIFY(bench.document.needError()); // neither users nor a rate
        QCOMPARE(bench.document.displayName(), QStringLiteral("Untitled plan"));
    }
};

QTEST_MAIN(TestDocument)
#include "tst_document.moc"

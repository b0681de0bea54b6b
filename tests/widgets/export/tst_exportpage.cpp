// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/export/exportpage.h>
#include <widgets/export/filepreview.h>
#include <widgets/export/plandiffpanel.h>
#include <widgets/export/yamlhighlighter.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextLayout>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

/** A need with one model and one GPU, so that its search takes a moment only. */
Project smallNeed()
{
    Project project = Workbench::sample();
    project.requirements.models = { "Qwen/Qwen3-8B" };
    project.requirements.gpusIncluded = { "h100_sxm" };
    return project;
}

/** The page on a document whose search is done. */
struct Exporter
{
    Workbench bench;
    ExportPage page { bench.document, bench.settings };

    explicit Exporter(const Project& project = smallNeed())
    {
        page.resize(1280, 800);
        page.show();
        bench.document.reset(project);
    }
    ~Exporter() { bench.jobs.cancelAll(); }

    [[nodiscard]] bool waitForFiles()
    {
        return bench.waitForSearch(60'000)
            && QTest::qWaitFor(
                   [this] {
                       return page.result().has_value() && !bench.jobs.isRunning(u"export"_s);
                   },
                   20'000);
    }
    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        return page.findChild<Widget*>(name);
    }
    /** Chooses an entry of a combo box as a user does. */
    void choose(const QString& name, int index) const
    {
        auto* box = find<QComboBox>(name);
        QVERIFY(index >= 0 && index < box->count());
        box->setCurrentIndex(index);
        emit box->activated(index);
    }
    [[nodiscard]] std::string allText() const { return joinFiles(page.result()->files); }
    [[nodiscard]] bool waitForText(const std::string& text, bool present = true)
    {
        return QTest::qWaitFor(
            [&] { return page.result() && (allText().find(text) != std::string::npos) == present; },
            20'000);
    }
    [[nodiscard]] StatusBanner* banner() const
    {
        return page.findChild<StatusBanner*>(u"statusBanner"_s, Qt::FindDirectChildrenOnly);
    }
};

} // namespace

class TestExportPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyColorScheme(ColorScheme::Light);
        QVERIFY(shippedCatalog());
        QVERIFY(shippedCatalog()->findModel("Qwen/Qwen3-8B"));
    }

    void showsTheFilesOfAnOption()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QVERIFY(exporter.page.result()->findings.empty());
        const auto& files = exporter.page.result()->files;
        QVERIFY(files.size() > 3);
        auto* preview = exporter.page.findChild<FilePreview*>();
        auto* text = exporter.find<QPlainTextEdit>(u"export.text"_s);
        for (const ManifestFile& file : files) {
            preview->select(toQString(file.path));
            QCOMPARE(preview->currentPath(), toQString(file.path));
            QCOMPARE(fromQString(text->toPlainText()), file.content);
        }
        QVERIFY(text->isReadOnly());
        QVERIFY(exporter.find<QLabel>(u"export.headline"_s)->text().contains(u"Qwen3"_s));
        QVERIFY(exporter.allText().find("Qwen/Qwen3-8B") != std::string::npos);
        QVERIFY(exporter.find<QPushButton>(u"export.save"_s)->isEnabled());
    }

    void planTabGivesReasons()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        const auto* model = exporter.find<QTableView>(u"export.arguments"_s)->model();
        QCOMPARE(model->rowCount(), int(exporter.page.result()->plan.arguments.size()));
        for (int row = 0; row < model->rowCount(); ++row) {
            QVERIFY(model->index(row, 0).data().toString().startsWith(u"--"_s));
            QVERIFY(!model->index(row, 2).data().toString().isEmpty());
        }
    }

    void settingsChangeTheFiles()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QVERIFY(exporter.waitForText("ScaledObject"));
        auto* autoscaler = exporter.find<QComboBox>(u"export.autoscaler"_s);
        exporter.choose(u"export.autoscaler"_s, autoscaler->findData(int(Autoscaler::Hpa)));
        QVERIFY(exporter.waitForText("kind: HorizontalPodAutoscaler"));
        QVERIFY(!exporter.find<QLineEdit>(u"export.prometheus"_s)->isEnabled());
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.namespace"_s), u"team-blue"_s);
        QVERIFY(exporter.waitForText("team-blue"));
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.gateway"_s), u"front-door"_s);
        QVERIFY(exporter.waitForText("front-door"));
        QVERIFY(exporter.waitForText("HTTPRoute"));
    }

    void everyTargetIsWritten()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        auto* target = exporter.find<QComboBox>(u"export.target"_s);
        QCOMPARE(target->count(), int(manifestTargets().size()));
        for (int i = 0; i < target->count(); ++i) {
            QVERIFY(target->itemText(i) != target->itemData(i).toString()); // a name for people
            exporter.choose(u"export.target"_s, i);
            const auto id = fromQString(target->itemData(i).toString());
            QVERIFY2(exporter.waitForText("\"target\": \"" + id + "\""), id.c_str());
            QVERIFY(exporter.page.result()->findings.empty());
            QVERIFY(!exporter.find<QLabel>(u"export.versionNote"_s)->text().isEmpty());
            const auto guide = exporter.find<QTextBrowser>(u"export.guide"_s)->toPlainText();
            QVERIFY2(guide.contains(u"Applying this export"_s) && guide.contains(u"Steps"_s),
                     id.c_str());
        }
    }

    void moreOptionsReachTheFiles()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QVERIFY(!exporter.find<QLineEdit>(u"export.modelClaim"_s)->isVisible());
        exporter.find<QToolButton>(u"export.more"_s)->click();
        QVERIFY(exporter.find<QLineEdit>(u"export.modelClaim"_s)->isVisible());
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.modelClaim"_s), u"model-store"_s);
        QVERIFY(exporter.waitForText("claimName: model-store"));
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.tolerations"_s),
                         u"dedicated=llm:NoSchedule"_s);
        QVERIFY(exporter.waitForText("key: dedicated"));
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.pullSecret"_s), u"Not A Secret"_s);
        auto* nothing = exporter.find<QLabel>(u"export.nothing"_s);
        QTRY_VERIFY(nothing->isVisible() && nothing->text().contains(u"Not A Secret"_s));
        QVERIFY(!exporter.find<QPushButton>(u"export.saveArchive"_s)->isEnabled());
    }

    void savesAnArchive()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QTemporaryDir folder;
        QSignalSpy saved(&exporter.page, &ExportPage::saved);
        for (const auto& [name, magic] : { std::pair<QString, QByteArray> { u"plan.zip"_s, "PK" },
                                           { u"plan.tar.gz"_s, "\x1f\x8b" } }) {
            const QString path = folder.filePath(name);
            exporter.page.saveArchive(path);
            QVERIFY(saved.wait(10'000));
            QFile written(path);
            QVERIFY(written.open(QIODevice::ReadOnly));
            QVERIFY(written.readAll().startsWith(magic));
            QCOMPARE(exporter.banner()->kind(), StatusBanner::Kind::Success);
        }
        exporter.page.saveArchive(folder.filePath(u"no/such/folder.zip"_s));
        QTRY_COMPARE(exporter.banner()->kind(), StatusBanner::Kind::Error);
    }

    void aPlaceInAFileIsShown()
    {
        FilePreview preview;
        preview.resize(800, 300);
        preview.show();
        std::string content;
        for (int i = 1; i <= 200; ++i)
            content += "line: " + std::to_string(i) + "\n";
        preview.setFiles({ { "a.yaml", "x: 1\n" }, { "folder/b.yaml", content } });
        preview.showLine(u"folder/b.yaml"_s, 150);
        QCOMPARE(preview.currentPath(), u"folder/b.yaml"_s);
        auto* text = preview.findChild<QPlainTextEdit*>(u"export.text"_s);
        QCOMPARE(text->textCursor().selectedText(), u"line: 150"_s);
        preview.showLine(u"folder/b.yaml"_s,
                         9999); // beyond the end: the file is shown all the same
        QCOMPARE(preview.currentPath(), u"folder/b.yaml"_s);
    }

    void refusesABadNamespaceNextToTheField()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        auto* error = exporter.find<QLabel>(u"export.namespaceError"_s);
        QVERIFY(!error->isVisible());
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.namespace"_s), u"Team Blue"_s);
        QTRY_VERIFY(error->isVisible());
        QTRY_VERIFY(!exporter.find<QPushButton>(u"export.save"_s)->isEnabled());
        QCOMPARE(exporter.find<QLineEdit>(u"export.namespace"_s)->text(), u"Team Blue"_s);
        exporter.find<QLineEdit>(u"export.namespace"_s)->selectAll();
        QTest::keyClicks(exporter.find<QLineEdit>(u"export.namespace"_s), u"blue"_s);
        QTRY_VERIFY(!error->isVisible());
        QTRY_VERIFY(exporter.find<QPushButton>(u"export.save"_s)->isEnabled());
    }

    void anotherOptionCanBeChosenAndUndone()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        auto* box = exporter.find<QComboBox>(u"export.option"_s);
        QVERIFY(box->count() > 2);
        QCOMPARE(box->currentIndex(), 0);
        const std::string before = exporter.allText();
        const QString id = box->itemData(box->count() - 1).toString();
        exporter.choose(u"export.option"_s, box->count() - 1);
        QCOMPARE(toQString(exporter.bench.document.project().chosen), id);
        QTRY_VERIFY(exporter.page.result() && exporter.allText() != before);
        exporter.bench.document.undoStack()->undo();
        QVERIFY(exporter.bench.document.project().chosen.empty());
        exporter.page.activate();
        QTRY_VERIFY(exporter.page.result() && exporter.allText() == before);
    }

    void followsTheDocument()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QSignalSpy changed(&exporter.page, &ExportPage::resultChanged);
        exporter.bench.document.edit(u"title"_s, u"title"_s, [](Project& project) {
            project.requirements.title = "Quite another name";
        });
        QVERIFY(exporter.waitForText("Quite another name"));
        QVERIFY(changed.count() > 0);
    }

    void saysWhyThereIsNothing()
    {
        Project project = smallNeed();
        project.requirements.budgetPerMonth = 1;
        Exporter exporter(project);
        QVERIFY(exporter.bench.waitForSearch(60'000));
        auto* nothing = exporter.find<QLabel>(u"export.nothing"_s);
        QTRY_VERIFY(nothing->isVisible() && !nothing->text().isEmpty());
        QTRY_COMPARE(nothing->text(), toQString(exporter.bench.document.report()->infeasibility));
        QVERIFY(!exporter.find<QPushButton>(u"export.save"_s)->isEnabled());
        QVERIFY(!exporter.page.result());
    }

    void savesAndAsksBeforeItReplaces()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QTemporaryDir folder;
        const QString target = folder.filePath(u"out"_s);
        QSignalSpy saved(&exporter.page, &ExportPage::saved);
        exporter.page.saveTo(target);
        QVERIFY(saved.wait(10'000));
        for (const ManifestFile& file : exporter.page.result()->files) {
            QFile written(QDir(target).filePath(toQString(file.path)));
            QVERIFY(written.open(QIODevice::ReadOnly));
            QCOMPARE(written.readAll().toStdString(), file.content);
        }
        QCOMPARE(exporter.banner()->kind(), StatusBanner::Kind::Success);
        QVERIFY(exporter.banner()->text().contains(QDir::toNativeSeparators(target)));
        QCOMPARE(exporter.bench.settings.lastFolder(), target);

        const QString first =
            QDir(target).filePath(toQString(exporter.page.result()->files.front().path));
        QFile changed(first);
        QVERIFY(changed.open(QIODevice::WriteOnly | QIODevice::Truncate));
        changed.write("mine");
        changed.close();
        exporter.page.saveTo(target);
        QCOMPARE(exporter.banner()->kind(), StatusBanner::Kind::Warning);
        QVERIFY(changed.open(QIODevice::ReadOnly));
        QCOMPARE(changed.readAll(), QByteArray("mine")); // nothing was replaced yet
        changed.close();
        auto* replace = exporter.page.findChild<QAction*>(u"export.replace"_s);
        QVERIFY(replace);
        replace->trigger();
        QVERIFY(saved.wait(10'000));
        QVERIFY(changed.open(QIODevice::ReadOnly));
        QVERIFY(changed.readAll() != "mine");
    }

    /** The Changes tab compares with the last export: its level, its table and the steps there and back. */
    void comparesWithTheLastExport()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        auto* panel = exporter.page.findChild<PlanDiffPanel*>();
        auto* banner = exporter.find<StatusBanner>(u"export.diffBanner"_s);
        auto* tabs = exporter.find<QTabWidget>(u"export.tabs"_s);
        const int tab = tabs->indexOf(panel);
        QVERIFY(!panel->diff());
        QVERIFY(banner->text().contains(u"Nothing was exported"_s));
        QTemporaryDir folder;
        QSignalSpy saved(&exporter.page, &ExportPage::saved);
        exporter.page.saveTo(folder.path());
        QVERIFY(saved.wait(10'000));
        QVERIFY(panel->diff() && panel->diff()->changes.empty());
        QCOMPARE(banner->kind(), StatusBanner::Kind::Success);
        QCOMPARE(exporter.bench.settings.lastExport(), folder.path());

        exporter.bench.document.edit(u"requirements.minReplicas"_s, {}, [](Project& project) {
            project.requirements.minReplicas = 9;
        });
        QTRY_VERIFY_WITH_TIMEOUT(panel->diff() && panel->diff()->level == ReloadLevel::Live,
                                 60'000);
        QCOMPARE(tabs->tabText(tab), u"Changes (level 0)"_s);
        QVERIFY(exporter.find<QLabel>(u"export.diffApply"_s)->text().startsWith(u"1. "_s));
        QVERIFY(exporter.find<QLabel>(u"export.diffRollBack"_s)->text().startsWith(u"1. "_s));
        const auto* model = exporter.find<QTableView>(u"export.diffChanges"_s)->model();
        QCOMPARE(model->rowCount(), static_cast<int>(panel->diff()->changes.size()));

        exporter.find<QLineEdit>(u"export.namespace"_s)->setText(u"elsewhere"_s);
        emit exporter.find<QLineEdit>(u"export.namespace"_s)->textEdited(u"elsewhere"_s);
        QTRY_VERIFY_WITH_TIMEOUT(panel->diff() && panel->diff()->level == ReloadLevel::Redeploy,
                                 20'000);
        QCOMPARE(banner->kind(), StatusBanner::Kind::Warning);

        // A folder without an export, and one with a damaged plan, say so.
        QTemporaryDir empty;
        panel->setExport(empty.path());
        QVERIFY(!panel->diff());
        QCOMPARE(banner->kind(), StatusBanner::Kind::Error);
        QFile damaged(folder.filePath(u"execution-plan.yaml"_s));
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
        damaged.write("executionPlan: [");
        damaged.close();
        panel->setExport(folder.path());
        QVERIFY(!panel->diff());
        QVERIFY(banner->text().contains(u"execution-plan.yaml"_s));
    }

    void failureToSaveIsABanner()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        QTemporaryDir folder;
        // A file in the place of the folder fails for every user; permissions do not stop root.
        const QString obstacle = folder.filePath(u"taken"_s);
        QFile file(obstacle);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        exporter.page.saveTo(obstacle + u"/out"_s);
        QTRY_VERIFY(exporter.banner()->isVisible());
        QCOMPARE(exporter.banner()->kind(), StatusBanner::Kind::Error);
        QVERIFY(exporter.find<QPushButton>(u"export.save"_s)->isEnabled());

        const QString readOnly = folder.filePath(u"readonly"_s);
        QVERIFY(QDir().mkpath(readOnly));
        QVERIFY(QFile::setPermissions(readOnly, QFile::ReadOwner | QFile::ExeOwner));
        if (!QFileInfo(readOnly).isWritable()) {
            exporter.banner()->dismiss();
            exporter.page.saveTo(readOnly);
            QTRY_VERIFY(exporter.banner()->isVisible());
            QCOMPARE(exporter.banner()->kind(), StatusBanner::Kind::Error);
            QVERIFY(exporter.banner()->text().contains(u"readonly"_s));
        }
    }

    void copies()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        exporter.find<QPushButton>(u"export.copyAll"_s)->click();
        QCOMPARE(fromQString(QApplication::clipboard()->text()), exporter.allText());
        exporter.find<QToolButton>(u"export.copyFile"_s)->click();
        const auto& files = exporter.page.result()->files;
        const QString path = exporter.page.findChild<FilePreview*>()->currentPath();
        const auto it = std::find_if(files.begin(), files.end(), [&](const ManifestFile& file) {
            return toQString(file.path) == path;
        });
        QVERIFY(it != files.end());
        QCOMPARE(fromQString(QApplication::clipboard()->text()), it->content);
    }

    void highlightsYaml_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("piece"); // that has to stand out
        QTest::newRow("key") << u"  replicas: 2"_s << u"replicas"_s;
        QTest::newRow("number") << u"  replicas: 2"_s << u"2"_s;
        QTest::newRow("quoted") << u"name: \"a # b\""_s << u"\"a # b\""_s;
        QTest::newRow("comment") << u"name: a # why"_s << u"# why"_s;
        QTest::newRow("list key") << u"  - name: vllm"_s << u"name"_s;
        QTest::newRow("flag") << u"    - \"--tp=2\""_s << u"\"--tp=2\""_s;
        QTest::newRow("separator") << u"---"_s << u"---"_s;
    }

    void highlightsYaml()
    {
        QFETCH(QString, line);
        QFETCH(QString, piece);
        QTextDocument document(line);
        YamlHighlighter highlighter(&document, lightPalette());
        highlighter.rehighlight();
        const auto formats = document.firstBlock().layout()->formats();
        const bool found =
            std::any_of(formats.begin(), formats.end(), [&](const QTextLayout::FormatRange& range) {
                return line.mid(range.start, range.length) == piece;
            });
        QVERIFY(found);
        for (const auto& range : formats) {
            const QColor color = range.format.foreground().color();
            QVERIFY(contrastRatio(color, lightPalette().color(QPalette::Base)) >= 4.5);
        }
    }

    void highlighterColorsAreReadableInTheDark()
    {
        QTextDocument document(u"key: \"value\" # comment"_s);
        YamlHighlighter highlighter(&document, darkPalette());
        highlighter.rehighlight();
        const auto formats = document.firstBlock().layout()->formats();
        QCOMPARE(formats.size(), 3);
        for (const auto& range : formats)
            QVERIFY(contrastRatio(range.format.foreground().color(),
                                  darkPalette().color(QPalette::Base))
                    >= 4.5);
    }

    void everyInputIsAccessible()
    {
        Exporter exporter;
        QVERIFY(exporter.waitForFiles());
        const QStringList problems = namelessInputs(exporter.page) + tabTraps(exporter.page);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void screenshots()
    {
        for (const auto scheme : { ColorScheme::Light, ColorScheme::Dark }) {
            applyColorScheme(scheme);
            Exporter exporter;
            QVERIFY(exporter.waitForFiles());
            auto* preview = exporter.page.findChild<FilePreview*>();
            for (const ManifestFile& file : exporter.page.result()->files) {
                if (file.path.find("model-server") != std::string::npos)
                    preview->select(toQString(file.path));
            }
            // An earlier export that differs in something of each kind.
            ExecutionPlan before = exporter.page.result()->execution;
            before.parallelism.tensorParallel *= 2;
            before.scheduler.maxBatchSize /= 2;
            before.autoscaling.maxReplicas += 1;
            QTemporaryDir folder;
            QFile plan(folder.filePath(u"execution-plan.yaml"_s));
            QVERIFY(plan.open(QIODevice::WriteOnly));
            plan.write(QByteArray::fromStdString(writeExecutionPlan(before)));
            plan.close();
            exporter.page.findChild<PlanDiffPanel*>()->setExport(folder.path());
            auto* tabs = exporter.find<QTabWidget>(u"export.tabs"_s);
            const QStringList names { u"files"_s, u"plan"_s, u"checks"_s, u"apply"_s, u"changes"_s };
            QCOMPARE(tabs->count(), names.size());
            for (int tab = 0; tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                QTest::qWait(20); // layouts settle
                saveScreenshot(exporter.page, u"export-%1-%2"_s.arg(names[tab], toString(scheme)));
            }
        }
        applyColorScheme(ColorScheme::Light);
    }
};

QTEST_MAIN(TestExportPage)
#include "tst_exportpage.moc"

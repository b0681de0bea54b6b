// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/benchmarks/importdialog.h>
#include <widgets/mainwindow/droppedfiles.h>
#include <widgets/mainwindow/issuespanel.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/support/actionids.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QSplitter>
#include <QThread>
#include <QTimer>
#include <QToolButton>

using namespace llmd;

namespace {

/** Answers the next message box and notes that there was one. */
class Answer
{
public:
    explicit Answer(QMessageBox::StandardButton button)
    {
        m_timer.setInterval(10);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this, button] {
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                ++m_asked;
                box->button(button)->click();
            }
        });
        m_timer.start();
    }
    [[nodiscard]] int asked() const { return m_asked; }

private:
    QTimer m_timer;
    int m_asked = 0;
};

void rename(Document& document, const char* title)
{
    document.edit(QStringLiteral("requirements.title"), QStringLiteral("Rename"),
                  [title](Project& project) { project.requirements.title = title; });
}

QAction* actionOf(const MainWindow& window, const char* id)
{
    return window.findChild<QAction*>(QLatin1String(id));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void pagesAreBuiltWhenShown()
    {
        testing::Workbench bench;
        int built = 0;
        std::vector<PageEntry> pages;
        for (const char* id : { "one", "two" }) {
            const PageInfo info {
                QLatin1String(id), QLatin1String(id), QStringLiteral("info"), {}
            };
            pages.push_back({ info, [&built, info](Document&, Settings&, QWidget* parent) {
                                 ++built;
                                 return new Page(info, parent);
                             } });
        }
        MainWindow window(bench.document, bench.settings, pages);
        QCOMPARE(built, 1);
        QCOMPARE(window.currentPageId(), QStringLiteral("one"));
        QVERIFY(window.showPage(QStringLiteral("two")));
        QVERIFY(window.showPage(QStringLiteral("one")));
        QCOMPARE(built, 2);
        QVERIFY(!window.showPage(QStringLiteral("three")));
    }

    void helpLeadsToTheAccuracyPage()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        actionOf(window, actionids::helpAccuracy)->trigger();
        QCOMPARE(window.currentPageId(), QStringLiteral("accuracy"));
        // It is about the program, not a step of the plan: at the foot of the rail.
        window.resize(1200, 900);
        window.show();
        const auto* last = window.findChild<QWidget*>(QStringLiteral("rail.accuracy"));
        const auto* step = window.findChild<QWidget*>(QStringLiteral("rail.export"));
        QVERIFY(last && step);
        QVERIFY(last->y() > step->geometry().bottom() + step->height());
    }

    void statusFollowsTheJobsThatStillRun()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        QVERIFY(bench.waitForSearch());
        const auto run = [&](const QString& slot, int milliseconds) {
            bench.jobs.run<int>(
                slot, slot,
                [milliseconds](RunContext& context) -> Result<int> {
                    for (int i = 0; i < milliseconds / 10 && !context.cancelled(); ++i)
                        QThread::msleep(10);
                    return 1;
                },
                &window, [](const Result<int>&) {});
        };
        run(QStringLiteral("long"), 3000);
        run(QStringLiteral("short"), 50);
        auto* status = window.findChild<QWidget*>(QStringLiteral("jobStatus"));
        QVERIFY(QTest::qWaitFor([&] { return !bench.jobs.isRunning(QStringLiteral("short")); }));
        QVERIFY(QTest::qWaitFor([&] { return !status->isHidden(); }));
        QCOMPARE(status->findChild<QLabel*>()->text(), QStringLiteral("long"));
        status->findChild<QAbstractButton*>(QStringLiteral("cancelJob"))->click();
        QVERIFY(QTest::qWaitFor([&] { return status->isHidden(); }));
    }

    void titleTellsNameAndChanges()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        QVERIFY(window.windowTitle().startsWith(QStringLiteral("Support assistant[*]")));
        QVERIFY(!window.isWindowModified());
        rename(bench.document, "Code helper");
        QVERIFY(window.windowTitle().startsWith(QStringLiteral("Code helper[*]")));
        QVERIFY(window.isWindowModified());
        actionOf(window, actionids::editUndo)->trigger();
        QVERIFY(!window.isWindowModified());
    }

    void opensAndRemembers()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        const QString path = bench.folder.filePath(QStringLiteral("plan.llmdplan"));
        QVERIFY(bench.document.saveAs(path));
        QVERIFY(window.openFile(path));
        QCOMPARE(bench.settings.recentFiles(), QStringList(path));
        QVERIFY(window.banner().isHidden());
    }

    void failedOpenShowsInTheWindow()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        const QString missing = bench.folder.filePath(QStringLiteral("missing.llmdplan"));
        QVERIFY(!window.openFile(missing));
        QVERIFY(!window.banner().isHidden());
        QCOMPARE(window.banner().kind(), StatusBanner::Kind::Error);
        QVERIFY(window.banner().text().contains(QStringLiteral("missing.llmdplan")));
        QVERIFY(bench.settings.recentFiles().isEmpty());
        QCOMPARE(bench.document.displayName(), QStringLiteral("Support assistant"));
    }

    void asksOnlyBeforeLosingWork()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        {
            Answer answer(QMessageBox::Cancel);
            actionOf(window, actionids::fileNew)->trigger();
            QCOMPARE(answer.asked(), 0);
        }
        rename(bench.document, "Precious");
        {
            Answer answer(QMessageBox::Cancel);
            QVERIFY(!window.close());
            QCOMPARE(answer.asked(), 1);
            QVERIFY(window.isVisible());
        }
        {
            Answer answer(QMessageBox::Discard);
            QVERIFY(window.close());
            QCOMPARE(answer.asked(), 1);
        }
    }

    void savesUnderItsName()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        const QString path = bench.folder.filePath(QStringLiteral("plan.llmdplan"));
        QVERIFY(bench.document.saveAs(path));
        rename(bench.document, "Changed");
        actionOf(window, actionids::fileSave)->trigger();
        QVERIFY(!window.isWindowModified());
        testing::Workbench other;
        QVERIFY(other.document.open(path));
        QCOMPARE(other.document.displayName(), QStringLiteral("Changed"));
    }

    void dropOpensAPlan()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        const QString path = bench.folder.filePath(QStringLiteral("dropped & done.llmdplan"));
        testing::Workbench other;
        rename(other.document, "Dropped");
        QVERIFY(other.document.saveAs(path));
        QMimeData text;
        text.setText(QStringLiteral("just text"));
        QDragEnterEvent refused({ 5, 5 }, Qt::CopyAction, &text, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &refused);
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(path) });
        QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &drop);
        QVERIFY(QTest::qWaitFor(
            [&] { return bench.document.displayName() == QStringLiteral("Dropped"); }));
    }

    /** By what they hold: a report and a plan may both be YAML. */
    void dropsAreToldApart()
    {
        testing::Workbench bench;
        const QString samples = QStringLiteral(LLMD_SOURCE_DIR "/tests/data/benchmarks/");
        const QString spec = QStringLiteral(LLMD_SOURCE_DIR "/tests/data/specs/minimal.yaml");
        const QString plan = bench.folder.filePath(QStringLiteral("a.llmdplan"));
        QCOMPARE(sortDropped({ spec }).plan, spec);
        QCOMPARE(sortDropped({ plan }).plan, plan);
        for (const char* name :
             { "br02_seconds.yaml", "guidellm.csv", "vllm_bench_defaults.json", "run" }) {
            const auto dropped = sortDropped({ samples + QString::fromLatin1(name) });
            QCOMPARE(dropped.reports, QStringList { samples + QString::fromLatin1(name) });
            QVERIFY(dropped.plan.isEmpty());
        }
        const auto both = sortDropped({ plan, samples + QStringLiteral("nop.yaml") });
        QCOMPARE(both.plan, plan);
        QCOMPARE(both.reports.size(), 1);
    }

    void dropImportsReports()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(
            QStringLiteral(LLMD_SOURCE_DIR "/tests/data/benchmarks/br02_seconds.yaml")) });
        QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &drop);
        QVERIFY(QTest::qWaitFor([&] { return window.findChild<ImportDialog*>() != nullptr; }));
        QCOMPARE(window.currentPageId(), QStringLiteral("benchmarks"));
        QVERIFY(QTest::qWaitFor([&] { return bench.jobs.isIdle(); }, 30000));
    }

    void issuesAreCounted()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        auto* counter = window.findChild<QToolButton*>(QStringLiteral("issueCounter"));
        bench.document.edit(QStringLiteral("u"), {},
                            [](Project& project) { project.requirements.useCase = "nonsense"; });
        QCOMPARE(counter->text(), QStringLiteral("1 issue"));
        window.show();
        counter->click();
        QVERIFY(!window.findChild<QDockWidget*>(QStringLiteral("issuesPanel"))->isHidden());
    }

    /** A spec with faults opens with its findings in view, and a finding leads to the field that it is about. */
    void findingsOfASpec()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        const QString path = bench.folder.filePath(QStringLiteral("spec.yaml"));
        QFile spec(QStringLiteral(LLMD_SOURCE_DIR "/tests/data/specs/minimal.yaml"));
        QVERIFY(spec.open(QIODevice::ReadOnly));
        QByteArray text = spec.readAll();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.replace("maxGPUs: 32", "maxGPUs: none"));
        file.close();
        QVERIFY(window.openFile(path));
        auto* panel = window.findChild<IssuesPanel*>();
        QVERIFY(!panel->isHidden());
        QCOMPARE(panel->count(Severity::Error), 1);
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
        window.showPage(QStringLiteral("export"));
        emit panel->fieldRequested(QStringLiteral("max_gpus"));
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
    }

    void themeIsRememberedAndApplied()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        actionOf(window, actionids::viewThemeDark)->trigger();
        QVERIFY(isDark(QApplication::palette()));
        QVERIFY(bench.settings.colorScheme() == ColorScheme::Dark);
        actionOf(window, actionids::viewThemeLight)->trigger();
        QVERIFY(!isDark(QApplication::palette()));
    }

    void layoutComesBackAndCanBeReset()
    {
        testing::Workbench bench;
        QList<int> moved;
        QList<int> original;
        {
            MainWindow window(bench.document, bench.settings);
            window.resize(1400, 900);
            window.show();
            window.showPage(QStringLiteral("explore"));
            auto* splitter = window.findChild<QSplitter*>(QStringLiteral("exploreMain"));
            original = splitter->sizes();
            splitter->setSizes({ original[0] - 150, original[1] + 150 });
            moved = splitter->sizes();
            QVERIFY(moved != original);
            QVERIFY(window.close());
        }
        MainWindow window(bench.document, bench.settings);
        window.resize(1400, 900);
        window.show();
        window.showPage(QStringLiteral("explore"));
        auto* splitter = window.findChild<QSplitter*>(QStringLiteral("exploreMain"));
        QCOMPARE(splitter->sizes(), moved);
        actionOf(window, actionids::viewResetLayout)->trigger();
        QVERIFY(splitter->sizes() != moved);
    }

    void everyActionHasAnId()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        for (const char* id :
             { actionids::fileNew, actionids::fileOpen, actionids::fileSave, actionids::fileSaveAs,
               actionids::fileQuit, actionids::editUndo, actionids::editRedo,
               actionids::viewThemeSystem, actionids::viewResetLayout, actionids::viewIssues,
               actionids::helpShortcuts, actionids::helpAbout })
            QVERIFY2(actionOf(window, id), id);
        QHash<QKeySequence, QString> shortcuts;
        const auto actions = window.findChildren<QAction*>();
        for (const QAction* action : actions) {
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(!shortcuts.contains(action->shortcut()), qPrintable(action->text()));
            shortcuts.insert(action->shortcut(), action->text());
        }
    }

    void everyInputOfEveryPageHasAName_data()
    {
        QTest::addColumn<QString>("page");
        for (const PageEntry& entry : workbenchPages())
            QTest::newRow(qPrintable(entry.info.id)) << entry.info.id;
    }
    void everyInputOfEveryPageHasAName()
    {
        QFETCH(QString, page);
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        QVERIFY(window.showPage(page));
        QVERIFY(bench.waitForSearch());
        QCOMPARE(testing::namelessInputs(window), QStringList());
        QCOMPARE(testing::tabTraps(window), QStringList());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"

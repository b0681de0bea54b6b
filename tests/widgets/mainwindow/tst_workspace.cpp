// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/manyoptions.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/explore/explorepage.h>
#include <widgets/mainwindow/actionsearch.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/mainwindow/pagehelp.h>
#include <widgets/mainwindow/workspace.h>
#include <widgets/preferences/preferencesdialog.h>
#include <widgets/support/actionids.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBrowser>
#include <QTimer>

using namespace llmd;

namespace {

struct Office
{
    QTemporaryDir folder;
    Settings settings { folder.filePath(QStringLiteral("settings.ini")) };
    QStringList applied; ///< languages
    std::unique_ptr<Workspace> workspace;

    Office()
    {
        settings.setTourDone(true);
        open();
    }

    void open()
    {
        WorkspaceOptions options;
        options.recoveryFolder = folder.filePath(QStringLiteral("recovery"));
        options.languages.available = [] {
            return QStringList { QStringLiteral("en"), QStringLiteral("de") };
        };
        options.languages.apply = [this](const QString& code) { applied.append(code); };
        workspace = std::make_unique<Workspace>(settings, std::move(options));
        QVERIFY(workspace->load());
    }

    [[nodiscard]] QString plan(const char* name) const
    {
        Project project = testing::Workbench::sample();
        project.requirements.title = name;
        QString path = folder.filePath(QLatin1String(name) + QStringLiteral(".llmdplan"));
        [&] { QVERIFY(writeProject(project, path.toStdString())); }();
        return path;
    }
};

void rename(Document& document, const char* title)
{
    document.edit(QStringLiteral("title"), QStringLiteral("Rename"),
                  [title](Project& project) { project.requirements.title = title; });
}

QAction* actionOf(const MainWindow& window, const char* id)
{
    return window.findChild<QAction*>(QLatin1String(id));
}

void press(const QWidget& bar, const char* text)
{
    const auto buttons = bar.findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->text() == QLatin1String(text)) {
            button->click();
            return;
        }
    }
    QFAIL(text);
}

/** Types into the search of everything and takes the first hit. */
void goTo(MainWindow& window, const char* words)
{
    actionOf(window, actionids::editSearch)->trigger();
    auto* search = window.findChild<ActionSearch*>();
    QVERIFY(search);
    auto* line = search->findChild<QLineEdit*>();
    QTest::keyClicks(line, QLatin1String(words));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(!window.findChild<ActionSearch*>());
}

} // namespace

/** Several windows, rescued work, files that change, the search of everything and the help. */
class TestWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void everyFileGetsItsWindow()
    {
        Office office;
        office.workspace->start({ office.plan("one"), office.plan("two"), office.plan("three") });
        const auto windows = office.workspace->windows();
        QCOMPARE(windows.size(), std::size_t(3));
        QSet<QString> names;
        for (const MainWindow* window : windows)
            names.insert(window->document().displayName());
        QCOMPARE(names,
                 QSet<QString>(
                     { QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three") }));
        // Each has a document of its own.
        rename(windows[0]->document(), "changed");
        QVERIFY(windows[0]->isWindowModified());
        QVERIFY(!windows[1]->isWindowModified());
        windows[0]->document().undoStack()->undo();
        QVERIFY(office.workspace->quit());
        QTRY_VERIFY(office.workspace->windows().empty());
    }

    void filesThatCannotBeOpenedStayInSight()
    {
        Office office;
        const QString good = office.plan("good");
        office.workspace->start(
            { office.folder.filePath(QStringLiteral("missing.llmdplan")), good });
        QCOMPARE(office.workspace->windows().size(), std::size_t(2));
        QVERIFY(office.workspace->windows()[0]->banner().isVisible());
        QCOMPARE(office.workspace->windows()[1]->document().filePath(), good);
        // One that is open already is brought to the front.
        office.workspace->open({ good });
        QCOMPARE(office.workspace->windows().size(), std::size_t(2));
    }

    void newWindowsAndClosing()
    {
        Office office;
        office.workspace->start({});
        QCOMPARE(office.workspace->windows().size(), std::size_t(1));
        QCOMPARE(office.workspace->windows()[0]->currentPageId(), QStringLiteral("start"));
        actionOf(*office.workspace->windows()[0], actionids::fileNewWindow)->trigger();
        QCOMPARE(office.workspace->windows().size(), std::size_t(2));
        actionOf(*office.workspace->windows()[0], actionids::fileClose)->trigger();
        QTRY_COMPARE(office.workspace->windows().size(), std::size_t(1));
        // A file that is opened from elsewhere takes a window without a plan.
        office.workspace->open({ office.plan("plan") });
        QCOMPARE(office.workspace->windows().size(), std::size_t(1));
    }

    void plansOfLastTimeComeBackIfWanted()
    {
        Office office;
        office.settings.setReopensPlans(true);
        const QString one = office.plan("one");
        const QString two = office.plan("two");
        office.workspace->start({ one, two });
        office.workspace->windows()[0]->showPage(QStringLiteral("compare"));
        office.workspace->windows()[1]->showPage(QStringLiteral("compare"));
        QVERIFY(office.workspace->quit());
        office.open();
        office.workspace->start({});
        QCOMPARE(office.workspace->windows().size(), std::size_t(2));
        QCOMPARE(office.workspace->windows()[0]->document().filePath(), one);
        QCOMPARE(office.workspace->windows()[1]->document().filePath(), two);
        QCOMPARE(office.workspace->windows()[0]->currentPageId(), QStringLiteral("compare"));
        QVERIFY(office.workspace->quit());
        office.settings.setReopensPlans(false);
        office.open();
        office.workspace->start({});
        QVERIFY(office.workspace->windows()[0]->document().isBlank());
    }

    void rescuedWorkIsOffered()
    {
        Office office;
        const QString path = office.plan("mine");
        const QString recovery = office.folder.filePath(QStringLiteral("recovery"));
        {
            // What a crash leaves: the file, and a lock whose owner is dead.
            testing::Workbench crashed;
            QVERIFY(crashed.document.open(path));
            Recovery keeper(crashed.document, recovery, std::chrono::milliseconds(1));
            QSignalSpy written(&keeper, &Recovery::written);
            rename(crashed.document, "rescued");
            QVERIFY(written.wait());
            QVERIFY(QFile::copy(keeper.file(), recovery + QStringLiteral("/left.recovery")));
        }
        office.workspace->start({});
        MainWindow& window = *office.workspace->windows()[0];
        auto* bar = window.findChild<StatusBanner*>(QStringLiteral("restoreBar"));
        QVERIFY(bar);
        QVERIFY(bar->isVisible());
        QVERIFY(bar->text().contains(QStringLiteral("rescued")));
        testing::saveScreenshot(window, QStringLiteral("restore-bar"));
        press(*bar, "Restore");
        QCOMPARE(window.document().displayName(), QStringLiteral("rescued"));
        QCOMPARE(window.document().filePath(), path);
        QVERIFY(window.isWindowModified());
        QTRY_VERIFY(!window.findChild<StatusBanner*>(QStringLiteral("restoreBar")));
        // It goes when the work is safe again: here by saving.
        QVERIFY(QFile::exists(recovery + QStringLiteral("/left.recovery")));
        actionOf(window, actionids::fileSave)->trigger();
        QTRY_VERIFY(!QFile::exists(recovery + QStringLiteral("/left.recovery")));
        QVERIFY(office.workspace->quit());
    }

    void rescuedWorkCanBeDiscarded()
    {
        Office office;
        const QString recovery = office.folder.filePath(QStringLiteral("recovery"));
        QVERIFY(QDir().mkpath(recovery));
        {
            testing::Workbench crashed;
            Recovery keeper(crashed.document, recovery, std::chrono::milliseconds(1));
            QSignalSpy written(&keeper, &Recovery::written);
            rename(crashed.document, "unwanted");
            QVERIFY(written.wait());
            QVERIFY(QFile::copy(keeper.file(), recovery + QStringLiteral("/left.recovery")));
        }
        office.workspace->start({});
        MainWindow& window = *office.workspace->windows()[0];
        press(*window.findChild<StatusBanner*>(QStringLiteral("restoreBar")), "Discard");
        QVERIFY(window.document().isBlank());
        QVERIFY(!QFile::exists(recovery + QStringLiteral("/left.recovery")));
    }

    void aFileThatChangesIsReported()
    {
        Office office;
        const QString path = office.plan("watched");
        office.workspace->start({ path });
        MainWindow& window = *office.workspace->windows()[0];
        auto* bar = window.findChild<StatusBanner*>(QStringLiteral("fileChangedBar"));
        QVERIFY(bar && bar->isHidden());
        Project other = testing::Workbench::sample();
        other.requirements.title = "from outside";
        QVERIFY(writeProject(other, path.toStdString()));
        QTRY_VERIFY(bar->isVisible());
        press(*bar, "Reload");
        QCOMPARE(window.document().displayName(), QStringLiteral("from outside"));
        QVERIFY(bar->isHidden());
        other.requirements.title = "again";
        QVERIFY(writeProject(other, path.toStdString()));
        QTRY_VERIFY(bar->isVisible());
        press(*bar, "Keep Mine");
        QVERIFY(bar->isHidden());
        QCOMPARE(window.document().displayName(), QStringLiteral("from outside"));
    }

    void languageRebuildsTheWindowOnTheSameDocument()
    {
        Office office;
        office.workspace->start({ office.plan("kept") });
        QPointer<MainWindow> before = office.workspace->windows()[0];
        rename(before->document(), "still here");
        before->showPage(QStringLiteral("compare"));
        office.workspace->showPreferences(*before, 1);
        office.settings.setLanguage(QStringLiteral("de"));
        QTRY_VERIFY(!before);
        QCOMPARE(office.applied, QStringList(QStringLiteral("de")));
        MainWindow& after = *office.workspace->windows()[0];
        QVERIFY(after.isVisible());
        const auto* preferences = after.findChild<PreferencesDialog*>();
        QVERIFY(preferences && preferences->currentPage() == 1);
        QVERIFY(after.isWindowModified());
        QCOMPARE(after.currentPageId(), QStringLiteral("compare"));
        QCOMPARE(after.document().displayName(), QStringLiteral("still here"));
        actionOf(after, actionids::editUndo)->trigger();
        QCOMPARE(after.document().displayName(), QStringLiteral("kept"));
    }

    void defaultsOfThePreferencesHoldAtOnce()
    {
        Office office;
        office.workspace->start({ office.plan("plan") });
        MainWindow& window = *office.workspace->windows()[0];
        const auto& lists = window.document().catalog()->priceLists;
        QVERIFY(lists.size() > 1);
        const std::string other = lists[1].id;
        office.settings.setPriceList(QString::fromStdString(other));
        QCOMPARE(window.document().catalog()->priceLists.front().id, other);
        QVERIFY(window.document().isSearching());
        office.settings.setPriceList({});
        QVERIFY(window.document().catalog()->priceLists.front().id != other);
        // One that no longer exists changes nothing.
        office.settings.setPriceList(QStringLiteral("no such list"));
        QVERIFY(window.document().catalog()->priceLists.front().id != other);
    }

    void dataFolderAndEngines()
    {
        Office office;
        office.workspace->start({ office.plan("plan") });
        const QString data = office.folder.filePath(QStringLiteral("data"));
        QVERIFY(QDir().mkpath(data + QStringLiteral("/catalog")));
        QFile prices(data + QStringLiteral("/catalog/prices.yaml"));
        QVERIFY(prices.open(QIODevice::WriteOnly));
        prices.write(
            "format: 1\nprice_lists:\n  - id: ours\n    name: Our prices\n    description: Ours.\n"
            "    source: {text: \"our contract\", date: \"2026-01-01\", confidence: high}\n"
            "    usd_per_gpu_hour: {h100_sxm: 1.5}\n");
        prices.close();
        const auto count = office.workspace->windows()[0]->document().engines()->list().size();
        office.settings.setDataFolder(data);
        QTRY_VERIFY(office.workspace->windows()[0]->document().catalog()->findPriceList("ours"));
        // An engine that is declared in a folder of one's own.
        const QString engines = office.folder.filePath(QStringLiteral("engines"));
        QVERIFY(QDir().mkpath(engines));
        QFile declaration(engines + QStringLiteral("/mine.yaml"));
        QVERIFY(declaration.open(QIODevice::WriteOnly));
        declaration.write("id: mine\nname: Mine\ncommand: [\"/bin/true\"]\n");
        declaration.close();
        office.settings.setEngineFolders({ engines });
        QCOMPARE(office.workspace->windows()[0]->document().engines()->list().size(), count + 1);
        office.settings.setDataFolder({});
        QTRY_VERIFY(!office.workspace->windows()[0]->document().catalog()->findPriceList("ours"));
    }

    void searchLeadsEverywhere()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.resize(1400, 900);
        window.show();
        QVERIFY(bench.waitForSearch());
        goTo(window, "compare");
        QCOMPARE(window.currentPageId(), QStringLiteral("compare"));
        goTo(window, "time first token");
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
        goTo(window, "dark");
        QVERIFY(isDark(QApplication::palette()));
        goTo(window, "light");
        QVERIFY(!isDark(QApplication::palette()));
        const Option& option = bench.document.report()->options.at(7);
        goTo(window, option.id.c_str());
        QCOMPARE(window.currentPageId(), QStringLiteral("explore"));
        QCOMPARE(bench.document.selectedOption(), &option);
        goTo(window, "qwen3 14b");
        QCOMPARE(window.currentPageId(), QStringLiteral("explore"));
    }

    void searchIsQuickWithManyOptions()
    {
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.resize(1400, 900);
        window.show();
        QVERIFY(bench.waitForSearch());
        bench.document.setReport(testing::manyOptions(20000), "analytic");
        actionOf(window, actionids::editSearch)->trigger();
        auto* search = window.findChild<ActionSearch*>();
        QVERIFY(search);
        QCOMPARE(testing::namelessInputs(*search), QStringList());
        auto* line = search->findChild<QLineEdit*>();
        auto* view = search->findChild<QListView*>();
        qint64 longest = 0;
        for (const char letter : std::string("h100 llama option")) {
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(line, letter);
            longest = std::max(longest, timer.elapsed());
        }
        qInfo("longest key stroke: %lld ms", longest);
        QVERIFY(longest < 250);
        QVERIFY(view->model()->rowCount() > 0);
        const QString first = view->currentIndex().data().toString();
        QTest::keyClick(line, Qt::Key_Down);
        QCOMPARE(view->currentIndex().row(), 1);
        QTest::keyClick(line, Qt::Key_Up);
        QCOMPARE(view->currentIndex().data().toString(), first);
        testing::saveScreenshot(*search, QStringLiteral("action-search"));
        line->setText(QStringLiteral("zzzzqqq"));
        QCOMPARE(view->model()->rowCount(), 0);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(search->isVisible());
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_VERIFY(!window.findChild<ActionSearch*>());
    }

    void helpOfEveryPage_data()
    {
        QTest::addColumn<QString>("page");
        for (const PageEntry& entry : workbenchPages())
            QTest::newRow(qPrintable(entry.info.id)) << entry.info.id;
    }
    void helpOfEveryPage()
    {
        QFETCH(QString, page);
        testing::Workbench bench;
        MainWindow window(bench.document, bench.settings);
        window.resize(1400, 900);
        window.show();
        QVERIFY(window.showPage(page));
        actionOf(window, actionids::helpPage)->trigger();
        auto* panel = window.findChild<HelpPanel*>();
        QVERIFY(panel->isVisible());
        const QString text = panel->findChild<QTextBrowser*>()->toPlainText();
        QVERIFY2(text.contains(QStringLiteral("Where its numbers come from")), qPrintable(text));
        QVERIFY(text.size() > 200);
        testing::saveScreenshot(window, QStringLiteral("help-%1").arg(page));
        QApplication::focusWidget() ? QApplication::focusWidget()->clearFocus() : void();
        actionOf(window, actionids::helpPage)->trigger();
        QVERIFY(panel->isHidden());
    }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/base/resources.h>
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/start/recentfiles.h>
#include <widgets/start/startpage.h>
#include <widgets/start/tour.h>
#include <widgets/support/theme.h>

#include <QAbstractButton>
#include <QListView>
#include <QPointer>
#include <QSignalSpy>

using namespace llmd;

namespace {

/** A window without a plan, as it is after a start. */
struct Fresh : testing::Workbench
{
    Fresh() { document.reset(Project {}); }
};

void click(QWidget& root, const char* name)
{
    auto* button = root.findChild<QAbstractButton*>(QLatin1String(name));
    QVERIFY2(button, name);
    QTest::mouseClick(button, Qt::LeftButton);
}

QString makePlan(const testing::Workbench& bench, const QString& name)
{
    const QString path = bench.folder.filePath(name);
    Project project = testing::Workbench::sample();
    project.requirements.title = name.toStdString();
    [&] { QVERIFY(writeProject(project, path.toStdString())); }();
    return path;
}

} // namespace

class TestStartPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void shownWhileThereIsNoPlan()
    {
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        QCOMPARE(window.currentPageId(), QStringLiteral("start"));
        testing::Workbench other;
        MainWindow withPlan(other.document, other.settings);
        QCOMPARE(withPlan.currentPageId(), QStringLiteral("requirements"));
    }

    void newPlanFromTheGuide()
    {
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        click(window, "start.new");
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
    }

    void newPlanFromAUseCase()
    {
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        click(window, "start.useCase.code_completion");
        QCOMPARE(bench.document.requirements().useCase, std::string("code_completion"));
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
        bench.document.undoStack()->undo();
        QVERIFY(bench.document.isBlank());
    }

    void newPlanFromWords()
    {
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        click(window, "start.describe");
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
    }

    void theChosenEngineIsThatOfNewPlans()
    {
        Fresh bench;
        bench.settings.setEngine(QStringLiteral("roofline"));
        MainWindow window(bench.document, bench.settings);
        window.show();
        click(window, "start.new");
        QCOMPARE(bench.document.project().engine, std::string("roofline"));
    }

    void samples_data()
    {
        QTest::addColumn<QString>("path");
        int count = 0;
        for (const Resource& resource : builtinResources()) {
            if (resource.path.starts_with("samples/") && resource.path.ends_with(".llmdplan")) {
                QTest::newRow(std::string(resource.path).c_str())
                    << QString::fromStdString(std::string(resource.path));
                ++count;
            }
        }
        QVERIFY(count >= 3);
    }
    /** Every sample reads without a finding, is described, and has options to look at. */
    void samples()
    {
        QFETCH(QString, path);
        const std::string name = path.toStdString();
        const auto loaded = parseProject(builtinResource(name), name);
        QVERIFY(loaded);
        QVERIFY2(loaded->issues.empty(),
                 loaded->issues.empty() ? "" : loaded->issues.front().text.c_str());
        QVERIFY(!loaded->value.requirements.title.empty());
        QVERIFY(!loaded->value.requirements.notes.empty());
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        window.show();
        const QString id = QStringLiteral("start.") + path.section(u'/', 1).section(u'.', 0, 0);
        click(window, qPrintable(id));
        QCOMPARE(window.currentPageId(), QStringLiteral("requirements"));
        QVERIFY(bench.waitForSearch(120000));
        QVERIFY(bench.document.report());
        QVERIFY(bench.document.ranking().order.front().size() > 20);
        QVERIFY(!bench.document.isBlank());
    }

    void recentFiles()
    {
        Fresh bench;
        const QString one = makePlan(bench, QStringLiteral("one & only.llmdplan"));
        const QString two = makePlan(bench, QStringLiteral("two.llmdplan"));
        bench.settings.addRecentFile(one);
        bench.settings.addRecentFile(two);
        bench.settings.addRecentFile(bench.folder.filePath(QStringLiteral("gone.llmdplan")));
        RecentFiles recent(bench.settings);
        recent.show();
        recent.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&recent));
        QListView& view = *recent.view();
        QCOMPARE(view.model()->rowCount(), 2); // what is gone is left out
        QCOMPARE(view.model()->index(0, 0).data().toString(), QStringLiteral("two.llmdplan"));
        view.setFocus();
        view.setCurrentIndex(view.model()->index(1, 0));
        QTest::keyClick(&view, Qt::Key_P);
        QCOMPARE(bench.settings.pinnedFiles(), QStringList(one));
        QCOMPARE(view.model()->index(0, 0).data().toString(),
                 QStringLiteral("one & only.llmdplan"));
        QVERIFY(view.model()
                    ->index(0, 0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("pinned")));
        QSignalSpy opened(&recent, &RecentFiles::openRequested);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front().front().toString(), one);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                          view.visualRect(view.model()->index(1, 0)).center());
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened.back().front().toString(), two);
        QTest::keyClick(&view, Qt::Key_Delete);
        QVERIFY(!bench.settings.recentFiles().contains(two));
    }

    void pinnedFilesOutliveOthers()
    {
        testing::Workbench bench;
        const QString kept = bench.folder.filePath(QStringLiteral("kept.llmdplan"));
        bench.settings.addRecentFile(kept);
        bench.settings.setPinned(kept, true);
        for (int i = 0; i < 3 * Settings::recentFileLimit; ++i)
            bench.settings.addRecentFile(bench.folder.filePath(QString::number(i)));
        QCOMPARE(bench.settings.recentFiles().size(), Settings::recentFileLimit);
        QVERIFY(bench.settings.recentFiles().contains(kept));
        bench.settings.clearRecentFiles();
        QCOMPARE(bench.settings.recentFiles(), QStringList(kept));
        bench.settings.setPinned(kept, false);
        bench.settings.clearRecentFiles();
        QVERIFY(bench.settings.recentFiles().isEmpty());
    }

    void openingARecentPlanLeavesTheStart()
    {
        Fresh bench;
        const QString path = makePlan(bench, QStringLiteral("plan.llmdplan"));
        bench.settings.addRecentFile(path);
        bench.settings.setLastPage(QStringLiteral("explore"));
        MainWindow window(bench.document, bench.settings);
        window.show();
        auto* start = window.findChild<StartPage*>();
        QVERIFY(start);
        emit start->openRequested(path);
        QCOMPARE(bench.document.filePath(), path);
        QCOMPARE(window.currentPageId(), QStringLiteral("explore"));
    }

    void tourByKeyboard()
    {
        Fresh bench;
        MainWindow window(bench.document, bench.settings);
        window.resize(1400, 900);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(!bench.settings.tourDone());
        window.startTour();
        QPointer<Tour> tour = window.findChild<Tour*>();
        QVERIFY(tour);
        QVERIFY(tour->count() >= 6);
        for (int stop = 0; stop < tour->count(); ++stop) {
            QCOMPARE(tour->current(), stop);
            QVERIFY(window.rect().contains(tour->geometry()));
            QCOMPARE(testing::namelessInputs(window), QStringList());
            testing::saveScreenshot(window, QStringLiteral("tour-%1").arg(stop));
            if (stop + 1 < tour->count())
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        }
        QTest::keyClick(tour, Qt::Key_Left);
        QCOMPARE(tour->current(), tour->count() - 2);
        QTest::keyClick(tour, Qt::Key_Escape);
        QTRY_VERIFY(!tour);
        QVERIFY(bench.settings.tourDone());
    }

    void looks_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }
    void looks()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        Fresh bench;
        for (const char* name : { "support assistant.llmdplan", "code.llmdplan", "rag.llmdplan" })
            bench.settings.addRecentFile(makePlan(bench, QLatin1String(name)));
        bench.settings.setPinned(bench.settings.recentFiles().back(), true);
        MainWindow window(bench.document, bench.settings);
        window.resize(1500, 940);
        window.show();
        QTest::qWait(100);
        QCOMPARE(testing::namelessInputs(window), QStringList());
        QCOMPARE(testing::tabTraps(window), QStringList());
        testing::saveScreenshot(window, QStringLiteral("start-%1").arg(scheme));
        window.startTour();
        QTest::qWait(50);
        testing::saveScreenshot(window, QStringLiteral("tour-%1").arg(scheme));
    }
};

QTEST_MAIN(TestStartPage)
#include "tst_startpage.moc"

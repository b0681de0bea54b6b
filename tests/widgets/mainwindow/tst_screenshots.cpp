// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/explore/explorepage.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/mainwindow/workspace.h>
#include <widgets/support/actionids.h>
#include <widgets/support/theme.h>

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QTabWidget>
#include <QTest>

using namespace llmd;

/**
 * Renders every page in both themes with the result of a real search. With LLMD_SCREENSHOT_DIR the pictures are kept:
 * those of the README come from here.
 */
class TestScreenshots : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void page_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("scheme");
        for (const PageEntry& entry : workbenchPages()) {
            for (const char* scheme : { "light", "dark" })
                QTest::addRow("%s-%s", qPrintable(entry.info.id), scheme)
                    << entry.info.id << QString::fromLatin1(scheme);
        }
    }

    void page()
    {
        QFETCH(QString, page);
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        testing::Workbench workbench;
        MainWindow window(workbench.document, workbench.settings);
        window.resize(1500, 940);
        QVERIFY(window.showPage(page));
        window.show();
        QVERIFY(workbench.waitForSearch());
        // Layouts and queued replots settle within a few turns of the event loop.
        QTest::qWait(300);
        const QPixmap picture = window.grab();
        QVERIFY(!picture.isNull());

        checkDrawn(picture, scheme == QLatin1String("dark"));
        keep(picture, QStringLiteral("%1-%2").arg(page, scheme));
    }

    void detailTabs_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }

    void detailTabs()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        testing::Workbench workbench;
        ExplorePage page(workbench.document);
        page.resize(1500, 900);
        page.show();
        QVERIFY(workbench.waitForSearch());
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("detailsPanel"));
        QVERIFY(tabs);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(300);
            const QPixmap picture = tabs->grab();
            checkDrawn(picture, scheme == QLatin1String("dark"));
            keep(picture,
                 QStringLiteral("explore-%1-%2").arg(tabs->tabText(tab).toLower(), scheme));
        }
    }

    void chartTabs_data() { detailTabs_data(); }
    void chartTabs()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        testing::Workbench workbench;
        ExplorePage page(workbench.document);
        page.resize(1500, 900);
        page.show();
        QVERIFY(workbench.waitForSearch());
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("chartDeck"));
        QVERIFY(tabs);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(300);
            // Some charts are computed when they are first seen.
            QVERIFY(QTest::qWaitFor([&] { return workbench.jobs.isIdle(); }, 30000));
            QTest::qWait(100);
            const QPixmap picture = tabs->grab();
            checkDrawn(picture, scheme == QLatin1String("dark"));
            const QString name = tabs->tabText(tab).toLower().replace(u' ', u'-').remove(u'/');
            keep(picture, QStringLiteral("chart-%1-%2").arg(name, scheme));
        }
    }

    void dialogs_data() { detailTabs_data(); }
    /** Everything that the menus open over the window. */
    void dialogs()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        QTemporaryDir folder;
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        settings.setTourDone(true);
        settings.setColorScheme(colorSchemeFromString(scheme));
        WorkspaceOptions options;
        options.recoveryFolder = folder.filePath(QStringLiteral("recovery"));
        Workspace workspace(settings, std::move(options));
        QVERIFY(workspace.load());
        workspace.start({});
        MainWindow& window = *workspace.windows().front();
        window.resize(1500, 940);
        for (const char* id :
             { actionids::editSearch, actionids::editPreferences, actionids::helpShortcuts,
               actionids::helpAbout, actionids::helpTour, actionids::helpPage }) {
            auto* action = window.findChild<QAction*>(QLatin1String(id));
            QVERIFY2(action, id);
            action->trigger();
            QTest::qWait(100);
            const auto dialogs = window.findChildren<QDialog*>();
            QWidget* shown = dialogs.isEmpty() ? static_cast<QWidget*>(&window) : dialogs.last();
            QCOMPARE(testing::namelessInputs(*shown), QStringList());
            QCOMPARE(testing::tabTraps(*shown), QStringList());
            const QPixmap picture = shown->grab();
            QVERIFY(!picture.isNull());
            QVERIFY(window.rect().size().width() >= shown->width());
            keep(picture, QStringLiteral("dialog-%1-%2").arg(QLatin1String(id), scheme));
            if (auto* tour = window.findChild<QWidget*>(QStringLiteral("tour")))
                QTest::keyClick(tour, Qt::Key_Escape);
            for (QDialog* dialog : dialogs)
                dialog->close();
            QTRY_VERIFY(window.findChildren<QDialog*>().isEmpty());
        }
    }

    void emptyPages_data() { page_data(); }
    /** Without a plan, and without an option that meets the need, each page says what to do. */
    void emptyPages()
    {
        QFETCH(QString, page);
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        testing::Workbench workbench;
        Project impossible = testing::Workbench::sample();
        impossible.requirements.ttft = LatencyTarget { 95, milliseconds(0.01) };
        workbench.document.reset(impossible);
        MainWindow window(workbench.document, workbench.settings);
        window.resize(1500, 940);
        QVERIFY(window.showPage(page));
        window.show();
        QVERIFY(workbench.waitForSearch());
        QTest::qWait(200);
        keep(window.grab(), QStringLiteral("none-%1-%2").arg(page, scheme));
        workbench.document.reset(Project {});
        QTest::qWait(50);
        QVERIFY(workbench.waitForSearch());
        QTest::qWait(200);
        const QPixmap picture = window.grab();
        checkDrawn(picture, scheme == QLatin1String("dark"));
        keep(picture, QStringLiteral("blank-%1-%2").arg(page, scheme));
    }

private:
    /** A page that failed to draw is one flat colour; a themed one has the window's colour at its edge. */
    static void checkDrawn(const QPixmap& picture, bool dark)
    {
        const QImage image = picture.toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 5) {
            for (int x = 0; x < image.width(); x += 5)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 8, qPrintable(QString::number(colors.size())));
        QCOMPARE(image.pixelColor(2, image.height() - 3).lightness() < 128, dark);
    }

    static void keep(const QPixmap& picture, const QString& name)
    {
        const QByteArray folder = qgetenv("LLMD_SCREENSHOT_DIR");
        if (folder.isEmpty())
            return;
        const QDir target(QString::fromLocal8Bit(folder));
        QVERIFY(target.mkpath(QStringLiteral(".")));
        QVERIFY(picture.save(target.filePath(name + QStringLiteral(".png"))));
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"

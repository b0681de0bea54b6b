// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/document/document.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/settings.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace llmd;

/** How long a user waits for the window: everything from the catalog to the first painted frame. */
class BenchStartup : public QObject
{
    Q_OBJECT

private slots:
    void windowUp()
    {
        QTemporaryDir folder;
        QElapsedTimer timer;
        timer.start();
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        const qint64 catalogTime = timer.elapsed();
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        JobRunner jobs;
        Document document(catalog->value, jobs);
        MainWindow window(document, settings);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.grab();
        const qint64 total = timer.elapsed();
        qInfo("catalog %lld ms, window painted after %lld ms", catalogTime, total);
        QTest::setBenchmarkResult(static_cast<qreal>(total), QTest::WalltimeMilliseconds);
        QVERIFY2(total < 500, "the window has to be up within half a second");
    }

    void explorePage()
    {
        QTemporaryDir folder;
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        JobRunner jobs;
        Document document(catalog->value, jobs);
        MainWindow window(document, settings);
        window.show();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(window.showPage(QStringLiteral("explore")));
        window.grab();
        QTest::setBenchmarkResult(static_cast<qreal>(timer.elapsed()), QTest::WalltimeMilliseconds);
    }
};

QTEST_MAIN(BenchStartup)
#include "bench_startup.moc"

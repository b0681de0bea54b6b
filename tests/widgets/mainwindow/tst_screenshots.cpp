// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/widgetfixture.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/support/theme.h>

#include <QDir>
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

        // A page that failed to draw is one flat colour; a themed one has the window's colour at its edge.
        const QImage image = picture.toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 20, qPrintable(QString::number(colors.size())));
        QCOMPARE(image.pixelColor(2, image.height() - 3).lightness() < 128,
                 scheme == QLatin1String("dark"));

        if (const QByteArray folder = qgetenv("LLMD_SCREENSHOT_DIR"); !folder.isEmpty()) {
            const QDir target(QString::fromLocal8Bit(folder));
            QVERIFY(target.mkpath(QStringLiteral(".")));
            QVERIFY(picture.save(target.filePath(QStringLiteral("%1-%2.png").arg(page, scheme))));
        }
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/support/durationspinbox.h>
#include <widgets/support/errortext.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/segmentedbar.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace llmd;

namespace {

QString plain(QString text)
{
    return text.replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

} // namespace

class TestSupport : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void durations_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0 ms";
        QTest::newRow("microseconds") << 830e-6 << "830 µs";
        QTest::newRow("milliseconds") << 0.0124 << "12.4 ms";
        QTest::newRow("rounds up to a second") << 0.9996 << "1.00 s";
        QTest::newRow("seconds") << 12.34 << "12.3 s";
        QTest::newRow("minutes") << 210.0 << "3.50 min";
        QTest::newRow("hours") << 7200.0 << "2.00 h";
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << "–";
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << "–";
    }
    void durations()
    {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(plain(format::duration(Seconds(seconds))), text);
    }

    void numbers_data()
    {
        QTest::addColumn<QString>("actual");
        QTest::addColumn<QString>("expected");
        QTest::newRow("carry") << format::number(9.996) << "10.0";
        QTest::newRow("small") << format::number(0.01234) << "0.0123";
        QTest::newRow("groups") << format::number(1234567) << "1,234,567";
        QTest::newRow("dollars") << format::dollars(1234.4) << "$1,234";
        QTest::newRow("cents") << format::dollars(2.5) << "$2.50";
        QTest::newRow("almost a hundred") << format::dollars(99.996) << "$100";
        QTest::newRow("negative dollars") << format::dollars(-3) << "−$3.00";
        QTest::newRow("GiB") << plain(format::gibibytes(gibibytes(79.24))) << "79.2 GiB";
        QTest::newRow("KiB") << plain(format::bytes(Bytes(20480))) << "20.0 KiB";
        QTest::newRow("percent") << plain(format::percent(0.123)) << "12 %";
        QTest::newRow("small percent") << plain(format::percent(0.0123)) << "1.2 %";
        QTest::newRow("interval") << plain(format::interval(0.9, 1.15)) << "−10 % … +15 %";
        QTest::newRow("mean") << format::percentile(0) << "mean";
        QTest::newRow("percentile") << format::percentile(99.9) << "p99.9";
        QTest::newRow("rate") << plain(format::rate(RequestsPerSecond(6.667))) << "6.67 requests/s";
    }
    void numbers()
    {
        QFETCH(QString, actual);
        QFETCH(QString, expected);
        QCOMPARE(actual, expected);
    }

    void numbersFollowTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(plain(format::duration(Seconds(0.0124))), QStringLiteral("12,4 ms"));
        QCOMPARE(format::dollars(1234567), QStringLiteral("$1.234.567"));
    }

    void durationField_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("milliseconds");
        QTest::newRow("milliseconds") << "300 ms" << 300.0;
        QTest::newRow("seconds") << "1.5s" << 1500.0;
        QTest::newRow("bare number") << "250" << 250.0;
        QTest::newRow("minutes") << "2 min" << 120000.0;
        QTest::newRow("microseconds") << "800 µs" << 0.8;
        QTest::newRow("rubbish keeps the old value") << "soon" << 100.0;
        QTest::newRow("negative keeps the old value") << "-5 ms" << 100.0;
    }
    void durationField()
    {
        QFETCH(QString, typed);
        QFETCH(double, milliseconds);
        DurationSpinBox box;
        box.setDuration(llmd::milliseconds(100));
        box.selectAll();
        QTest::keyClicks(&box, typed);
        QTest::keyClick(&box, Qt::Key_Return);
        QCOMPARE(box.value(), milliseconds);
    }

    void durationFieldStepsAndNone()
    {
        DurationSpinBox box;
        box.setNoneText(QStringLiteral("none"));
        QVERIFY(!box.duration());
        QCOMPARE(box.text(), QStringLiteral("none"));
        box.stepBy(1);
        QVERIFY(box.duration());
        const double before = box.value();
        box.stepBy(1);
        QVERIFY(box.value() > before && box.value() < before * 1.1);
        box.setDuration(std::nullopt);
        QVERIFY(!box.duration());
    }

    void palettesAreLegible_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }
    void palettesAreLegible()
    {
        QFETCH(QPalette, palette);
        const auto ratio = [&palette](QPalette::ColorRole text, QPalette::ColorRole background) {
            return contrastRatio(palette.color(text), palette.color(background));
        };
        QVERIFY(ratio(QPalette::WindowText, QPalette::Window) >= 7);
        QVERIFY(ratio(QPalette::Text, QPalette::Base) >= 7);
        QVERIFY(ratio(QPalette::Text, QPalette::AlternateBase) >= 7);
        QVERIFY(ratio(QPalette::ButtonText, QPalette::Button) >= 7);
        QVERIFY(ratio(QPalette::ToolTipText, QPalette::ToolTipBase) >= 7);
        QVERIFY(ratio(QPalette::HighlightedText, QPalette::Highlight) >= 4.5);
        QVERIFY(ratio(QPalette::Link, QPalette::Base) >= 4.5);
        QVERIFY(ratio(QPalette::PlaceholderText, QPalette::Base) >= 3);
        QVERIFY(ratio(QPalette::Highlight, QPalette::Window) >= 3);
        const Tones colors = tones(palette);
        for (const QColor& color : { colors.subtleText, colors.information, colors.success,
                                     colors.warning, colors.error }) {
            QVERIFY2(contrastRatio(color, palette.color(QPalette::Window)) >= 4.5,
                     qPrintable(color.name()));
            QVERIFY2(contrastRatio(color, palette.color(QPalette::Base)) >= 4.5,
                     qPrintable(color.name()));
        }
    }

    void iconsFollowThePalette()
    {
        const auto inkOf = [](const QIcon& icon) {
            const QImage image = icon.pixmap(64).toImage();
            QColor ink;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() == 255)
                        ink = image.pixelColor(x, y);
                }
            }
            return ink;
        };
        const QIcon icon = themedIcon(QStringLiteral("info"));
        QVERIFY(!icon.isNull());
        applyColorScheme(ColorScheme::Light);
        QCOMPARE(inkOf(icon).name(), lightPalette().color(QPalette::ButtonText).name());
        applyColorScheme(ColorScheme::Dark);
        QCOMPARE(inkOf(icon).name(), darkPalette().color(QPalette::ButtonText).name());
        applyColorScheme(ColorScheme::System);
        QVERIFY(themedIcon(QStringLiteral("no-such-icon")).isNull());
    }

    void everyIconDraws()
    {
        const auto names = QDir(QStringLiteral(":/icons")).entryList({ QStringLiteral("*.svg") });
        QVERIFY(names.size() >= 20);
        for (const QString& name : names) {
            const QImage image = themedIcon(QString(name).chopped(4)).pixmap(32).toImage();
            int painted = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    painted += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
            }
            QVERIFY2(painted > 20, qPrintable(name));
        }
    }

    void bannerShowsPlainTextAndActions()
    {
        StatusBanner banner;
        QVERIFY(banner.isHidden());
        QAction action(QStringLiteral("Retry"));
        QSignalSpy triggered(&action, &QAction::triggered);
        banner.showMessage(StatusBanner::Kind::Error, QStringLiteral("<b>bold</b>"), { &action });
        QVERIFY(!banner.isHidden());
        QCOMPARE(banner.text(), QStringLiteral("<b>bold</b>"));
        QCOMPARE(banner.findChildren<QLabel*>().last()->textFormat(), Qt::PlainText);
        auto* button = banner.findChild<QPushButton*>();
        QVERIFY(button);
        button->click();
        QCOMPARE(triggered.size(), 1);
        banner.dismiss();
        QVERIFY(banner.isHidden());
    }

    void errorsSayWhatAndWhere()
    {
        const Error error {
            ErrorCode::Syntax, "found “}”, expected a value", {}, Location { "plan.yaml", 3, 7 }
        };
        const QString text = errorText(error);
        QVERIFY(text.contains(QStringLiteral("expected a value")));
        QVERIFY(text.contains(QStringLiteral("plan.yaml, line 3, column 7")));
        QSet<QString> headlines;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            headlines.insert(errorHeadline(static_cast<ErrorCode>(code)));
        QCOMPARE(headlines.size(), static_cast<int>(ErrorCode::Internal) + 1);
    }

    void settingsKeepAndSurviveRubbish()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        {
            Settings settings(file);
            settings.setColorScheme(ColorScheme::Dark);
            for (int i = 0; i < 15; ++i)
                settings.addRecentFile(folder.filePath(QString::number(i)));
            settings.addRecentFile(folder.filePath(QStringLiteral("9")));
            settings.setLayoutState(QStringLiteral("a"), "state");
        }
        {
            Settings settings(file);
            QVERIFY(settings.colorScheme() == ColorScheme::Dark);
            QCOMPARE(settings.recentFiles().size(), Settings::recentFileLimit);
            QCOMPARE(settings.recentFiles().first(), folder.filePath(QStringLiteral("9")));
            QCOMPARE(settings.recentFiles().count(folder.filePath(QStringLiteral("9"))), 1);
            QCOMPARE(settings.layoutState(QStringLiteral("a")), QByteArray("state"));
            settings.clearLayout();
            QVERIFY(settings.layoutState(QStringLiteral("a")).isEmpty());
        }
        QFile rubbish(file);
        QVERIFY(rubbish.open(QIODevice::WriteOnly));
        rubbish.write("[appearance]\ncolor_scheme=mauve\n[files]\nrecent=relative/path, "
                      "../x\nlast_folder=/no/such\n");
        rubbish.close();
        Settings settings(file);
        QVERIFY(settings.colorScheme() == ColorScheme::System);
        QVERIFY(settings.recentFiles().isEmpty());
        QVERIFY(settings.lastFolder() != QStringLiteral("/no/such"));
    }

    void segmentsChooseOne()
    {
        SegmentedBar bar({ QStringLiteral("One"), QStringLiteral("Two"), QStringLiteral("Three") });
        QSignalSpy chosen(&bar, &SegmentedBar::chosen);
        bar.setCurrent(1);
        QCOMPARE(chosen.size(), 0);
        bar.findChildren<QAbstractButton*>().at(2)->click();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(bar.current(), 2);
    }
};

QTEST_MAIN(TestSupport)
#include "tst_support.moc"

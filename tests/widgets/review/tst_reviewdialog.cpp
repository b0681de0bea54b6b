// SPDX-License-Identifier: GPL-3.0-or-later
// The review report from the window: in every format, with notes and a logo, and what goes wrong is said.
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/review/reviewdialog.h>
#include <widgets/support/reportdocument.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTextDocument>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReviewDialog : public QObject
{
    Q_OBJECT

private slots:
    void everyFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("page") << u"review.html"_s << QByteArray("<!DOCTYPE html>");
        QTest::newRow("pdf") << u"review.pdf"_s << QByteArray("%PDF-");
        QTest::newRow("markdown") << u"review.md"_s << QByteArray("# Board paper");
        QTest::newRow("table") << u"review.csv"_s << QByteArray("value,");
    }
    void everyFormat()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, start);
        testing::Workbench bench;
        QVERIFY(bench.waitForSearch());
        const QString logo = bench.folder.filePath(u"logo.png"_s);
        QImage picture(200, 60, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        QVERIFY(picture.save(logo));
        auto* dialog = new ReviewDialog(bench.document, bench.settings);
        dialog->show();
        QCOMPARE(testing::namelessInputs(*dialog), QStringList());
        dialog->findChild<QLineEdit*>(u"reviewTitle"_s)->setText(u"Board paper"_s);
        dialog->findChild<QPlainTextEdit*>(u"reviewNotes"_s)
            ->setPlainText(u"Why now.\n\n<i>Open</i> question."_s);
        dialog->findChild<QSpinBox*>(u"reviewOptions"_s)->setValue(3);
        dialog->findChild<QLineEdit*>(u"reviewLogo"_s)->setText(logo);
        testing::saveScreenshot(*dialog, u"review-dialog"_s);
        QSignalSpy saved(dialog, &ReviewDialog::saved);
        const QString keep = qEnvironmentVariable("LLMD_SCREENSHOT_DIR");
        const QString path =
            keep.isEmpty() ? bench.folder.filePath(name) : QDir(keep).filePath(name);
        const QPointer<ReviewDialog> guard(dialog);
        dialog->saveTo(path);
        QVERIFY(saved.wait(60000));
        const QByteArray content = contentOf(path);
        QVERIFY2(content.startsWith(start), content.left(60).constData());
        if (name.endsWith(u".html")) {
            QVERIFY(content.contains("data:image/png;base64,"));
            QVERIFY(content.contains("&lt;i&gt;Open&lt;/i&gt; question."));
            QVERIFY(content.contains("Files of the export"));
        }
        QTRY_VERIFY(!guard); // done, so it closes
    }

    void whatGoesWrongIsSaid()
    {
        testing::Workbench bench;
        QVERIFY(bench.waitForSearch());
        ReviewDialog dialog(bench.document, bench.settings);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const auto failsWith = [&](const QString& path, const QString& part) {
            dialog.saveTo(path);
            return QTest::qWaitFor(
                [&] { return dialog.findChild<StatusBanner*>()->text().contains(part); }, 30000);
        };
        QVERIFY(failsWith(bench.folder.filePath(u"none/review.pdf"_s), u"cannot be written"_s));
        QVERIFY(failsWith(bench.folder.filePath(u"review.docx"_s), u".html"_s));
        const QString logo = bench.folder.filePath(u"logo.svg"_s);
        QFile file(logo);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("<svg/>") > 0);
        file.close();
        dialog.findChild<QLineEdit*>(u"reviewLogo"_s)->setText(logo);
        QVERIFY(failsWith(bench.folder.filePath(u"review.html"_s), u"PNG"_s));
        QVERIFY(!QFile::exists(bench.folder.filePath(u"review.html"_s)));
    }

    /** Texts of a report are texts on screen too; charts are left to their own views. */
    void reportsOnScreen()
    {
        Report report;
        report.title = "<b>Title</b>";
        report.blocks = { ReportHeading { "Head & line", 1 }, ReportParagraph { "<script>x", true },
                          ReportTable { "Table",
                                        { { "a", false }, { "b", true } },
                                        { { "<td>", "1" }, { "short" } },
                                        "note" },
                          ReportChart { .title = "Chart" }, ReportList { { "one", "two" } } };
        QTextDocument document;
        fillReport(document, report, reportLook(darkPalette(), QFont()));
        const QString text = document.toPlainText();
        for (const QString& part : { u"<b>Title</b>"_s, u"Head & line"_s, u"<script>x"_s, u"<td>"_s,
                                     u"short"_s, u"note"_s, u"two"_s })
            QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY(!text.contains(u"Chart"));
    }
};

QTEST_MAIN(TestReviewDialog)
#include "tst_reviewdialog.moc"

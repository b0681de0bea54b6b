// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/catalog/evaluationfile.h>
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/requirements/prioritiesstep.h>
#include <widgets/requirements/scoresdialog.h>
#include <widgets/requirements/userrules.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>

#include <memory>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

const char* const results = R"({"results": {"mmlu_pro": {"exact_match,custom-extract": 0.71},
    "ifeval": {"prompt_level_strict_acc,none": 0.91}, "piqa": {"acc,none": 0.8}},
    "model_name": "Qwen/Qwen3-14B", "date": 1761955200})";

/** Presses a button of the modal dialog that comes next; holds true once that was done. */
std::shared_ptr<const bool> answerWith(QDialogButtonBox::StandardButton button)
{
    auto answered = std::make_shared<bool>(false);
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [=] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer->stop();
        timer->deleteLater();
        dialog->findChild<QDialogButtonBox*>()->button(button)->click();
        *answered = true;
    });
    timer->start(10);
    return answered;
}

} // namespace

class TestScoresDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QDir(userCatalogFolder()).removeRecursively();
        QVERIFY(shippedCatalog());
    }
    void cleanupTestCase() { QDir(userCatalogFolder()).removeRecursively(); }

    void showsWhatNamesWereTakenFor()
    {
        const auto read = readEvaluation(results, "results.json", "2026-10-01", *shippedCatalog());
        QVERIFY(read);
        ScoresModel model(read->value, *shippedCatalog());
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        bool replaces = false;
        for (const ScoreRow& row : model.rows()) {
            QVERIFY(!row.kind.isEmpty());
            replaces = replaces || row.before.contains(u"published"_s);
        }
        QVERIFY(replaces);
        ScoresDialog dialog(*read, *shippedCatalog(), u"results.json"_s);
        dialog.show();
        QCOMPARE(namelessInputs(dialog), QStringList());
        QVERIFY(dialog.findChild<QPlainTextEdit*>(u"scoresIssues"_s)
                    ->toPlainText()
                    .contains(u"piqa"_s));
        saveScreenshot(dialog, u"scores-dialog"_s);
    }

    void nothingIsImportedWithoutConsent()
    {
        Workbench bench;
        PrioritiesStep step(bench.document, nullptr);
        step.show();
        const QString path = bench.folder.filePath(u"results.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(results);
        file.close();
        const auto before = bench.document.catalog();
        const auto refused = answerWith(QDialogButtonBox::Cancel);
        step.previewScores(path);
        QTRY_VERIFY(*refused);
        QCOMPARE(bench.document.catalog(), before);
        const auto agreed = answerWith(QDialogButtonBox::Ok);
        step.previewScores(path);
        QTRY_VERIFY(*agreed);
        QTRY_VERIFY(bench.document.catalog() != before);
        QVERIFY(step.findChild<QLabel*>(u"quality.count"_s)->text().contains(u"2 of your own"_s));
        bool found = false;
        for (const QualityScore& score : bench.document.catalog()->qualityScores) {
            if (score.userProvided && score.benchmark == "IFEval") {
                QCOMPARE(toQString(score.source.text),
                         u"own evaluation (lm-evaluation-harness), results.json"_s);
                QCOMPARE(toQString(score.source.date), u"2025-11-01"_s);
                found = true;
            }
        }
        QVERIFY(found);
        bench.jobs.cancelAll();
    }
};

QTEST_MAIN(TestScoresDialog)
#include "tst_scoresdialog.moc"

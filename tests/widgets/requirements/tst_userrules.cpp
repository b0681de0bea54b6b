// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/catalog/qualityfile.h>
#include <core/catalog/usecasefile.h>
#include <core/workload/preset.h>
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/testtools.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/requirements/evidencedialog.h>
#include <widgets/requirements/presetdialog.h>
#include <widgets/requirements/prioritiesstep.h>
#include <widgets/requirements/usecasestep.h>
#include <widgets/requirements/userrules.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/copytableview.h>

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <map>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

Requirements statedNeed()
{
    Requirements need = testing::Workbench::sample().requirements;
    need.promptTokens = 900;
    need.ttft = LatencyTarget { 95, Seconds(0.4) };
    return need;
}

UseCase preset(const std::string& name)
{
    const auto made = presetOf(statedNeed(), *testing::shippedCatalog(), name, "2026-11-25");
    return made ? *made : UseCase {};
}

/** What both programs read at their next start. */
std::shared_ptr<const Catalog> reloaded(const QString& folder)
{
    CatalogOptions options;
    options.overrideFolders = { fromQString(folder) };
    const auto loaded = loadCatalog(options);
    return loaded && loaded->issues.empty() ? loaded->value : nullptr;
}

} // namespace

class TestUserRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void presetsAreKeptSharedAndRemoved()
    {
        QTemporaryDir home;
        const QString folder = home.filePath(u"catalog"_s);
        const auto first = savePreset(*testing::shippedCatalog(), preset("ACME chat"), folder);
        VERIFY_OK(first);
        QVERIFY(first->value->findUseCase("acme_chat"));
        QVERIFY(isPreset("acme_chat", folder) && !isPreset("translation", folder));
        const auto second = savePreset(*first->value, preset("Chatbot"), folder); // a shipped one
        VERIFY_OK(second);
        QCOMPARE(second->value->useCases.size(), first->value->useCases.size());
        auto read = reloaded(folder);
        QVERIFY(read);
        QVERIFY(*read->findUseCase("acme_chat") == *second->value->findUseCase("acme_chat"));
        QCOMPARE(read->findUseCase("chatbot_conversational")->promptTokens, 900.0);

        // Shared with somebody else.
        const QString file = home.filePath(u"shared.yaml"_s);
        VERIFY_OK(sharePresets(*second->value, file, folder));
        const QString other = home.filePath(u"other"_s);
        const auto loaded = loadPresets(*testing::shippedCatalog(), file, other);
        VERIFY_OK(loaded);
        QVERIFY(loaded->issues.empty());
        QVERIFY(*loaded->value->findUseCase("acme_chat") == *read->findUseCase("acme_chat"));
        QVERIFY(isPreset("chatbot_conversational", other));
        VERIFY_ERROR(loadPresets(*loaded->value, file, other), "no rules that differ");

        // Removed, the shipped rules are back and the own one is gone.
        auto removed = removePreset(*second->value, "chatbot_conversational", folder);
        VERIFY_OK(removed);
        QVERIFY(*removed->value->findUseCase("chatbot_conversational")
                == *testing::shippedCatalog()->findUseCase("chatbot_conversational"));
        removed = removePreset(*removed->value, "acme_chat", folder);
        VERIFY_OK(removed);
        QVERIFY(!removed->value->findUseCase("acme_chat"));
        read = reloaded(folder);
        QVERIFY(read);
        QCOMPARE(read->useCases.size(), testing::shippedCatalog()->useCases.size());
        VERIFY_ERROR(removePreset(*removed->value, "translation", folder),
                     "not one of your presets");
        VERIFY_ERROR(sharePresets(*removed->value, file, folder), "no presets");
    }

    void badPresetFilesChangeNothing()
    {
        QTemporaryDir home;
        const QString folder = home.filePath(u"catalog"_s);
        const auto write = [&](const QByteArray& content) {
            QFile file(home.filePath(u"bad.yaml"_s));
            if (file.open(QIODevice::WriteOnly))
                file.write(content);
            return file.fileName();
        };
        const Catalog& catalog = *testing::shippedCatalog();
        QVERIFY(!loadPresets(catalog, home.filePath(u"none.yaml"_s), folder));
        QVERIFY(!loadPresets(catalog, write("use_cases: ["), folder));
        QVERIFY(!loadPresets(catalog, write("use_cases:\n  - {id: x, name: X}\n"), folder));
        QVERIFY(!QFile::exists(folder));
        // One good among bad ones is taken, and the others are told.
        const auto mixed = loadPresets(
            catalog,
            write("use_cases:\n  - {id: x, name: X}\n  - {id: translation, prompt_tokens: 700}\n"),
            folder);
        VERIFY_OK(mixed);
        QVERIFY(mixed->hasErrors());
        QCOMPARE(mixed->value->findUseCase("translation")->promptTokens, 700.0);
    }

    void scoresAreImportedAndForgotten()
    {
        QTemporaryDir home;
        const QString folder = home.filePath(u"catalog"_s);
        const auto write = [&](const QByteArray& rows) {
            QFile file(home.filePath(u"scores.csv"_s));
            if (file.open(QIODevice::WriteOnly))
                file.write("model,benchmark,score,source,date\n" + rows);
            return file.fileName();
        };
        const Catalog& shipped = *testing::shippedCatalog();
        const auto importScores = [](const Catalog& catalog, const QString& path,
                                     const QString& where) {
            return readScores(catalog, path).and_then([&](const auto& read) {
                return keepScores(catalog, read, where);
            });
        };
        const auto first =
            importScores(shipped, write("qwen3-14b,IFEval,97,our lab,2026-10-01\n"), folder);
        VERIFY_OK(first);
        QVERIFY2(issueLines(first->issues).contains(u"taken for Qwen/Qwen3-14B"_s),
                 qPrintable(issueLines(first->issues)));
        const auto second = importScores(*first->value,
                                         write("Qwen/Qwen3-14B,MMLU-Pro,70,our lab,2026-10-02\n"
                                               "Qwen/Qwen3-14B,IFEval,98,our lab,2026-10-03\n"),
                                         folder);
        VERIFY_OK(second);
        QCOMPARE(second->value->qualityScores.size(), shipped.qualityScores.size() + 2);
        const auto read = reloaded(folder);
        QVERIFY(read);
        QCOMPARE(read->qualityScores.size(), shipped.qualityScores.size() + 2);
        const auto evidence =
            qualityOf(*read->findModel("Qwen/Qwen3-14B"), "chatbot_conversational", *read);
        QVERIFY(evidence);
        const auto lines = describe(*evidence);
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("IFEval 98 (your own: our lab, 2026-10-03)") != std::string::npos;
        }));
        VERIFY_ERROR(importScores(shipped, write("nobody,IFEval,97,our lab,2026-10-01\n"), folder),
                     "nobody");
        const auto none = forgetScores(*second->value, folder);
        VERIFY_OK(none);
        QVERIFY(none->value->qualityScores == shipped.qualityScores);
        QVERIFY(reloaded(folder)->qualityScores == shipped.qualityScores);
    }

    void dialogSaysWhatAPresetHolds()
    {
        const Requirements need = statedNeed();
        PresetDialog dialog(need, *testing::shippedCatalog(), nullptr);
        dialog.show();
        auto* name = dialog.findChild<QLineEdit*>(u"presetName"_s);
        auto* save = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save);
        auto* content = dialog.findChild<QLabel*>(u"presetContent"_s);
        auto* remark = dialog.findChild<QLabel*>(u"presetRemark"_s);
        QCOMPARE(name->text(), u"Support assistant"_s);
        QVERIFY(save->isEnabled());
        QVERIFY2(content->text().contains(u"900 → 256"_s)
                     && content->text().contains(u"TTFT 400 ms"_s),
                 qPrintable(content->text()));
        QVERIFY(remark->text().contains(u"support_assistant"_s));
        testing::saveScreenshot(dialog, u"preset-dialog"_s);
        name->setText(u"Chatbot"_s);
        QVERIFY(remark->text().contains(u"replaces"_s));
        name->setText(u"检索"_s);
        QVERIFY(!save->isEnabled());
        name->clear();
        QVERIFY(!save->isEnabled());
        name->setText(u"ACME"_s);
        save->click();
        QCOMPARE(dialog.preset().id, std::string("acme"));
        QCOMPARE(testing::namelessInputs(dialog), QStringList());
    }

    /** From the cells of the table alone the quality of every model follows to 1e-9. */
    void evidenceReproducesTheScores()
    {
        EvidenceModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::string useCase = "document_analysis_rag";
        model.setEvidence(testing::shippedCatalog(), useCase);
        QVERIFY(model.rowCount() > 50);
        struct Sum
        {
            double weighted = 0;
            double weights = 0;
            double shown = 0;
        };
        std::map<QString, Sum> sums;
        const auto cell = [&](int row, const QString& column) {
            return model.index(row, model.columnOf(column)).data(RawRole);
        };
        for (int row = 0; row < model.rowCount(); ++row) {
            Sum& sum = sums[cell(row, u"model"_s).toString()];
            sum.weighted += cell(row, u"weight"_s).toDouble() * cell(row, u"place"_s).toDouble();
            sum.weights += cell(row, u"weight"_s).toDouble();
            sum.shown = cell(row, u"quality"_s).toDouble();
            QVERIFY(!cell(row, u"source"_s).toString().isEmpty());
            QVERIFY(!cell(row, u"date"_s).toString().isEmpty());
        }
        for (const auto& [name, sum] : sums) {
            COMPARE_NEAR(sum.shown, sum.weighted / sum.weights, 1e-9);
            const auto evidence =
                qualityOf(*testing::shippedCatalog()->findModel(fromQString(name)), useCase,
                          *testing::shippedCatalog());
            QVERIFY(evidence);
            COMPARE_NEAR(sum.shown, evidence->score, 1e-9);
        }
    }

    void evidenceDialogShowsAll()
    {
        EvidenceDialog dialog(testing::shippedCatalog(), "translation");
        dialog.show();
        QVERIFY(dialog.windowTitle().contains(u"Translation"_s));
        auto* table = dialog.findChild<CopyTableView*>(u"evidenceTable"_s);
        const int all = table->model()->rowCount();
        QVERIFY(all > 0);
        dialog.findChild<QLineEdit*>(u"evidenceFilter"_s)->setText(u"gemma-3-27b"_s);
        QTRY_VERIFY(table->model()->rowCount() < all);
        QCOMPARE(testing::namelessInputs(dialog), QStringList());
        QCOMPARE(testing::tabTraps(dialog), QStringList());
        dialog.findChild<QLineEdit*>(u"evidenceFilter"_s)->clear();
        testing::saveScreenshot(dialog, u"evidence-dialog"_s);
    }

    void cardsFollowTheCatalog()
    {
        testing::Workbench bench;
        UseCaseStep step(bench.document, nullptr);
        step.resize(1000, 800);
        step.show();
        QVERIFY(!step.findChild<QAbstractButton*>(u"useCase.acme_chat"_s));
        QTemporaryDir home;
        const auto saved = savePreset(*bench.document.catalog(), preset("ACME chat"), home.path());
        VERIFY_OK(saved);
        bench.document.setCatalog(saved->value);
        auto* card = step.findChild<QAbstractButton*>(u"useCase.acme_chat"_s);
        QVERIFY(card && card->isVisible());
        card->click();
        QCOMPARE(bench.document.requirements().useCase, std::string("acme_chat"));
        COMPARE_NEAR(bench.document.need()->slo.ttft->limit.value(), 0.4, 1e-12);
        QVERIFY(card->isChecked());
        testing::saveScreenshot(step, u"presets"_s);
        QVERIFY(step.findChild<QToolButton*>(u"presets"_s));
    }

    void prioritiesSayWhatQualityIs()
    {
        testing::Workbench bench;
        PrioritiesStep step(bench.document, nullptr);
        step.resize(1000, 900);
        step.show();
        auto* weights = step.findChild<QLabel*>(u"quality.weights"_s);
        auto* count = step.findChild<QLabel*>(u"quality.count"_s);
        QVERIFY2(weights->text().contains(u"chat preference 40 %"_s), qPrintable(weights->text()));
        QVERIFY(count->text().contains(u"none of your own"_s));
        QVERIFY(!step.findChild<QToolButton*>(u"quality.forget"_s)->isVisible());
        auto changed = std::make_shared<Catalog>(*bench.document.catalog());
        changed->qualityScores.push_back(
            { "Qwen/Qwen3-14B", "IFEval", 90, {}, { "lab", "2026-10-01", {} }, "qwen", true });
        bench.document.setCatalog(changed);
        QVERIFY(count->text().contains(u"1 of your own"_s));
        QVERIFY(step.findChild<QToolButton*>(u"quality.forget"_s)->isVisible());
        bench.document.edit(u"t"_s, u"t"_s,
                            [](Project& project) { project.requirements.useCase = "translation"; });
        step.refresh();
        QVERIFY(weights->text().contains(u"translation 50 %"_s));
        QCOMPARE(testing::namelessInputs(step), QStringList());
        testing::saveScreenshot(step, u"priorities"_s);
    }
};

QTEST_MAIN(TestUserRules)
#include "tst_userrules.moc"

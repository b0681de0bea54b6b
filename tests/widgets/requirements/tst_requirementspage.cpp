// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/requirements/hardwarestep.h>
#include <widgets/requirements/modelsstep.h>
#include <widgets/requirements/originchip.h>
#include <widgets/requirements/requirementspage.h>
#include <widgets/requirements/stepbar.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/recordmodel.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

enum StepIndex {
    DescribePage,
    UseCasePage,
    WorkloadPage,
    TargetsPage,
    ModelsPage,
    HardwarePage,
    PrioritiesPage,
    ReviewPage
};

/** A page on a document of its own. */
struct Wizard
{
    Workbench bench;
    RequirementsPage page { bench.document, bench.settings };

    explicit Wizard(int step = UseCasePage)
    {
        page.resize(1280, 800);
        page.show();
        page.activateWindow();
        if (!QTest::qWaitForWindowActive(&page))
            qWarning("the window did not become active");
        page.showStep(step);
    }
    ~Wizard() { bench.jobs.cancelAll(); }

    [[nodiscard]] const Requirements& requirements() const { return bench.document.requirements(); }
    /** Back to the whole catalog, which the shared sample does not ask for. */
    void considerAllModels()
    {
        Project project = Workbench::sample();
        project.requirements.models.clear();
        bench.document.reset(project);
    }
    void undo() { bench.document.undoStack()->undo(); }

    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        return page.findChild<Widget*>(name);
    }
    void type(const QString& field, const QString& text) const
    {
        auto* editor = find<QLineEdit>(field);
        QVERIFY2(editor, qPrintable(field));
        editor->setFocus();
        editor->selectAll();
        if (text.isEmpty())
            QTest::keyClick(editor, Qt::Key_Delete);
        else
            QTest::keyClicks(editor, text);
    }
    /** The cell of a table row, found by the text of its first column. */
    [[nodiscard]] QModelIndex cell(const QString& table, const QString& row,
                                   const QString& column) const
    {
        const auto* view = find<QTableView>(table);
        const QAbstractItemModel* model = view->model();
        for (int c = 0; c < model->columnCount(); ++c) {
            if (model->headerData(c, Qt::Horizontal, ColumnIdRole).toString() != column)
                continue;
            for (int r = 0; r < model->rowCount(); ++r) {
                if (model->index(r, 0).data().toString() == row)
                    return model->index(r, c);
            }
        }
        return {};
    }
    void set(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) const
    {
        QVERIFY(index.isValid());
        QVERIFY(const_cast<QAbstractItemModel*>(index.model())->setData(index, value, role));
    }
};

/** The value of a field of the requirements as text, empty if it is not stated. */
QString statedValue(const Requirements& requirements, const QString& field)
{
    const auto number = [](const auto& value) {
        return value ? QString::number(static_cast<double>(*value), 'g', 12) : QString();
    };
    const auto target = [](const auto& value) {
        return value ? QString::number(value->limit.value(), 'g', 12) : QString();
    };
    const QString name = field.section(u'.', 1);
    if (name == u"users")
        return number(requirements.users);
    if (name == u"peakFactor")
        return number(requirements.peakFactor);
    if (name == u"promptTokens")
        return number(requirements.promptTokens);
    if (name == u"outputTokens")
        return number(requirements.outputTokens);
    if (name == u"promptVariation")
        return number(requirements.promptVariation);
    if (name == u"outputVariation")
        return number(requirements.outputVariation);
    if (name == u"sharedPrefixTokens")
        return number(requirements.sharedPrefixTokens);
    if (name == u"prefixGroups")
        return number(requirements.prefixGroups);
    if (name == u"uniquePrompts")
        return number(requirements.uniquePrompts);
    if (name == u"contextTokens")
        return number(requirements.contextTokens);
    if (name == u"ttft")
        return target(requirements.ttft);
    if (name == u"itl")
        return target(requirements.itl);
    if (name == u"e2e")
        return target(requirements.e2e);
    if (name == u"maxGpus")
        return number(requirements.maxGpus);
    if (name == u"budgetPerMonth")
        return number(requirements.budgetPerMonth);
    if (name == u"headroom")
        return requirements.headroom == Requirements {}.headroom
            ? QString()
            : QString::number(requirements.headroom);
    if (name == u"minReplicas")
        return requirements.minReplicas == 1 ? QString()
                                             : QString::number(requirements.minReplicas);
    return u"unknown field"_s;
}

QByteArray smallConfig()
{
    return R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":2048,"intermediate_size":8192,
"num_hidden_layers":16,"num_attention_heads":32,"num_key_value_heads":8,"head_dim":64,"vocab_size":128256,
"max_position_embeddings":131072,"torch_dtype":"bfloat16","tie_word_embeddings":true})";
}

QString write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace

class TestRequirementsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyColorScheme(ColorScheme::Light);
        QVERIFY(shippedCatalog());
    }

    void useCaseCardIsOneUndoStep()
    {
        Wizard wizard;
        auto* chatbot = wizard.find<QAbstractButton>(u"useCase.chatbot_conversational"_s);
        auto* completion = wizard.find<QAbstractButton>(u"useCase.code_completion"_s);
        QVERIFY(chatbot && completion);
        QVERIFY(chatbot->isChecked());
        QTest::mouseClick(completion, Qt::LeftButton);
        QCOMPARE(wizard.requirements().useCase, std::string("code_completion"));
        QVERIFY(completion->isChecked() && !chatbot->isChecked());
        wizard.undo();
        QCOMPARE(wizard.requirements().useCase, std::string("chatbot_conversational"));
        QVERIFY(chatbot->isChecked());
    }

    void everyUseCaseHasACard()
    {
        Wizard wizard;
        QCOMPARE(shippedCatalog()->useCases.size(), std::size_t { 9 });
        for (const UseCase& useCase : shippedCatalog()->useCases)
            QVERIFY(wizard.find<QAbstractButton>(u"useCase."_s + toQString(useCase.id)));
    }

    void arrowKeysChooseUseCasesAndSteps()
    {
        Wizard wizard;
        auto* chatbot = wizard.find<QAbstractButton>(u"useCase.chatbot_conversational"_s);
        chatbot->setFocus();
        QTest::keyClick(chatbot, Qt::Key_Right);
        QCOMPARE(wizard.requirements().useCase, std::string("code_completion"));
        auto* first = wizard.find<StepButton>(u"step2"_s);
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Right);
        QCOMPARE(wizard.page.currentStep(), int(WorkloadPage));
    }

    void titleChangesTheDocumentName()
    {
        Wizard wizard;
        wizard.type(u"requirements.title"_s, u"Night shift"_s);
        QCOMPARE(wizard.bench.document.displayName(), u"Night shift"_s);
        wizard.undo();
        QCOMPARE(wizard.find<QLineEdit>(u"requirements.title"_s)->text(), u"Support assistant"_s);
    }

    void resetsStatedValuesToTheUseCase()
    {
        Wizard wizard(WorkloadPage);
        wizard.type(u"requirements.promptTokens"_s, u"2k"_s);
        wizard.page.showStep(UseCasePage);
        auto* reset = wizard.find<QToolButton>(u"useCase.resetAll"_s);
        QVERIFY(reset->isVisible());
        reset->click();
        QVERIFY(!wizard.requirements().promptTokens);
        QVERIFY(!reset->isVisible());
    }

    void fieldsReadWhatPeopleType_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("value");
        const auto row = [](int step, const char* field, const char* typed, const char* value) {
            QTest::addRow("%s %s", field, typed)
                << step << u"requirements."_s + QLatin1String(field) << QString::fromLatin1(typed)
                << QString::fromLatin1(value);
        };
        row(WorkloadPage, "users", "7.5k", "7500");
        row(WorkloadPage, "users", "1.2M", "1200000");
        row(WorkloadPage, "peakFactor", "3.5", "3.5");
        row(WorkloadPage, "promptTokens", "2,500", "2500");
        row(WorkloadPage, "promptTokens", "4k", "4000");
        row(WorkloadPage, "outputTokens", "128", "128");
        row(WorkloadPage, "promptVariation", "0", "0");
        row(WorkloadPage, "outputVariation", "1.5", "1.5");
        row(WorkloadPage, "sharedPrefixTokens", "300", "300");
        row(WorkloadPage, "prefixGroups", "12", "12");
        row(WorkloadPage, "uniquePrompts", "50", "50");
        row(WorkloadPage, "contextTokens", "16384", "16384");
        row(TargetsPage, "ttft", "200ms", "0.2");
        row(TargetsPage, "ttft", "0.3s", "0.3");
        row(TargetsPage, "itl", "25ms", "0.025");
        row(TargetsPage, "e2e", "20s", "20");
        row(HardwarePage, "maxGpus", "16", "16");
        row(HardwarePage, "budgetPerMonth", "$40,000", "40000");
        row(HardwarePage, "budgetPerMonth", "40k", "40000");
        row(PrioritiesPage, "headroom", "35%", "0.35");
        row(PrioritiesPage, "headroom", "0.1", "0.1");
        row(PrioritiesPage, "minReplicas", "3", "3");
    }

    void fieldsReadWhatPeopleType()
    {
        QFETCH(int, step);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, value);
        Wizard wizard(step);
        const QString before = statedValue(wizard.requirements(), field);
        auto* editor = wizard.find<QLineEdit>(field);
        auto* reset = wizard.find<QToolButton>(field + u".reset"_s);
        wizard.type(field, typed);
        QCOMPARE(statedValue(wizard.requirements(), field), value);
        QCOMPARE(editor->text(), typed); // as typed, not as printed
        QVERIFY(editor->font().bold());
        QVERIFY(reset->isVisible());
        wizard.undo();
        QCOMPARE(statedValue(wizard.requirements(), field), before);
        QCOMPARE(editor->text().isEmpty(), before.isEmpty());
        wizard.bench.document.undoStack()->redo();
        QCOMPARE(statedValue(wizard.requirements(), field), value);
        if (field != u"requirements.users") { // without users or rate there is no need
            reset->click();
            QCOMPARE(statedValue(wizard.requirements(), field), QString());
            QVERIFY(!reset->isVisible());
            QVERIFY(!editor->placeholderText().isEmpty());
        }
    }

    void unusableTextStaysWithItsReason_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        const auto row = [](int step, const char* field, const char* typed) {
            QTest::addRow("%s %s", field, typed)
                << step << u"requirements."_s + QLatin1String(field) << QString::fromLatin1(typed);
        };
        row(WorkloadPage, "users", "many");
        row(WorkloadPage, "users", "-5");
        row(WorkloadPage, "users", "nan");
        row(WorkloadPage, "users", "1e400");
        row(WorkloadPage, "promptTokens", "0");
        row(WorkloadPage, "promptTokens", "12 parsecs");
        row(WorkloadPage, "peakFactor", "0.5");
        row(WorkloadPage, "prefixGroups", "1.5");
        row(WorkloadPage, "sharedPrefixTokens", "9k"); // longer than the prompt
        row(WorkloadPage, "contextTokens", "99999999999");
        row(TargetsPage, "ttft", "200"); // no unit
        row(TargetsPage, "ttft", "-1s");
        row(TargetsPage, "itl", "0ms");
        row(HardwarePage, "maxGpus", "0");
        row(HardwarePage, "budgetPerMonth", "free");
        row(PrioritiesPage, "headroom", "150%");
        row(PrioritiesPage, "minReplicas", "0");
    }

    void unusableTextStaysWithItsReason()
    {
        QFETCH(int, step);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        Wizard wizard(step);
        auto* editor = wizard.find<QLineEdit>(field);
        auto* note = wizard.find<QLabel>(field + u".note"_s);
        editor->setFocus();
        editor->setText(typed.chopped(1)); // the last character arrives like a typed one
        const Requirements before = wizard.requirements();
        QTest::keyClick(editor, typed.back().toLatin1());
        QCOMPARE(editor->text(), typed);
        QVERIFY2(note->text().startsWith(u"⚠"_s), qPrintable(note->text()));
        QCOMPARE(statedValue(wizard.requirements(), field), statedValue(before, field));
        QCOMPARE(editor->accessibleDescription(), note->text());
        // Other edits do not wipe it, undo of others neither.
        wizard.bench.document.edit(u"notes"_s, u"notes"_s,
                                   [](Project& project) { project.notes = "x"; });
        QCOMPARE(editor->text(), typed);
        wizard.undo();
        QCOMPARE(editor->text(), typed);
        // Another document does.
        wizard.bench.document.reset(Workbench::sample(),
                                    wizard.bench.folder.filePath(u"other.llmdplan"_s));
        QVERIFY(editor->text() != typed);
        QVERIFY(!note->text().startsWith(u"⚠"_s));
    }

    void placeholderFollowsTheUseCase()
    {
        Wizard wizard(WorkloadPage);
        auto* prompt = wizard.find<QLineEdit>(u"requirements.promptTokens"_s);
        QCOMPARE(prompt->placeholderText(), u"512"_s);
        wizard.bench.document.edit(u"a"_s, u"a"_s, [](Project& project) {
            project.requirements.useCase = "document_analysis_rag";
        });
        QCOMPARE(prompt->placeholderText(), u"4096"_s);
        QVERIFY(prompt->text().isEmpty());
    }

    void editsOfOneFieldMerge()
    {
        Wizard wizard(WorkloadPage);
        const int before = wizard.bench.document.undoStack()->count();
        wizard.type(u"requirements.outputTokens"_s, u"1234"_s);
        QCOMPARE(wizard.bench.document.undoStack()->count(), before + 1);
    }

    void switchToRateKeepsTheFigure()
    {
        Wizard wizard(WorkloadPage);
        const double rate = wizard.bench.document.need()->meanLoad.load.rate.value();
        wizard.find<QRadioButton>(u"requirements.byRate"_s)->click();
        QVERIFY(wizard.requirements().rate);
        QCOMPARE(wizard.requirements().rate->value(), rate);
        QVERIFY(wizard.find<QLineEdit>(u"requirements.rate"_s)->isVisible());
        QVERIFY(!wizard.find<QLineEdit>(u"requirements.users"_s)->isVisible());
        wizard.type(u"requirements.rate"_s, u"1M/day"_s);
        QCOMPARE(wizard.requirements().rate->value(), 1e6 / 86400);
        QVERIFY(wizard.find<QLabel>(u"meanRate"_s)->text().startsWith(u"11.6"_s));
        wizard.find<QRadioButton>(u"requirements.byUsers"_s)->click();
        QVERIFY(!wizard.requirements().rate);
        QCOMPARE(*wizard.requirements().users, 5000.0);
        QVERIFY(wizard.find<QLineEdit>(u"requirements.users"_s)->isVisible());
    }

    void withoutLoadTheStepSaysSo()
    {
        Wizard wizard;
        wizard.bench.document.edit(u"a"_s, u"a"_s,
                                   [](Project& project) { project.requirements.users.reset(); });
        QCOMPARE(wizard.find<StepButton>(u"step3"_s)->state(), StepButton::State::Error);
        QVERIFY(wizard.find<QLabel>(u"requirements.outcome"_s)->text().contains(u"users"_s));
        wizard.page.showStep(WorkloadPage);
        wizard.type(u"requirements.users"_s, u"100"_s);
        QCOMPARE(wizard.find<StepButton>(u"step3"_s)->state(), StepButton::State::Normal);
    }

    void experienceClassSetsBothLimitsAtOnce()
    {
        Wizard wizard(TargetsPage);
        auto* instant = wizard.find<QAbstractButton>(u"class.instant"_s);
        auto* fromUseCase = wizard.find<QAbstractButton>(u"class.useCase"_s);
        QVERIFY(fromUseCase->isChecked());
        instant->click();
        QCOMPARE(*wizard.requirements().ttft, (LatencyTarget { 95, milliseconds(150) }));
        QCOMPARE(*wizard.requirements().itl, (LatencyTarget { 95, milliseconds(25) }));
        QVERIFY(instant->isChecked() && !fromUseCase->isChecked());
        instant->click();
        QVERIFY(instant->isChecked());
        wizard.type(u"requirements.itl"_s, u"26ms"_s);
        QVERIFY(!instant->isChecked());
        wizard.undo();
        wizard.undo();
        QVERIFY(fromUseCase->isChecked());
        QVERIFY(!wizard.requirements().ttft);
    }

    void percentileStatesTheTarget()
    {
        Wizard wizard(TargetsPage);
        auto* box = wizard.find<QComboBox>(u"requirements.ttft.percentile"_s);
        const Seconds limit = wizard.bench.document.need()->slo.ttft->limit;
        QVERIFY(!wizard.find<QComboBox>(u"requirements.e2e.percentile"_s)->isEnabled());
        box->setCurrentIndex(box->findData(99.0));
        emit box->activated(box->currentIndex());
        QCOMPARE(*wizard.requirements().ttft, (LatencyTarget { 99, limit }));
        wizard.type(u"requirements.ttft"_s, u"250ms"_s);
        QCOMPARE(*wizard.requirements().ttft, (LatencyTarget { 99, milliseconds(250) }));
    }

    void contradictionIsShownNextToTheLimits()
    {
        Wizard wizard(TargetsPage);
        auto* banner = wizard.page.step(TargetsPage)->findChild<StatusBanner*>();
        QVERIFY(banner && !banner->isVisible());
        wizard.type(u"requirements.e2e"_s, u"2s"_s);
        QVERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(u"E2E"_s));
        QCOMPARE(wizard.find<StepButton>(u"step4"_s)->state(), StepButton::State::Warning);
        wizard.type(u"requirements.e2e"_s, u"60s"_s);
        QVERIFY(!banner->isVisible());
    }

    void checkedModelsAreTheOnlyOnes()
    {
        Wizard wizard(ModelsPage);
        wizard.considerAllModels();
        const Model& model = shippedCatalog()->models.front();
        const QString name = toQString(model.displayName);
        wizard.set(wizard.cell(u"models.table"_s, name, u"name"_s), Qt::Checked,
                   Qt::CheckStateRole);
        QCOMPARE(wizard.requirements().models, std::vector<std::string> { model.id });
        QVERIFY(wizard.find<QLabel>(u"models.count"_s)->text().startsWith(u"Only 1 of"_s));
        wizard.undo();
        QVERIFY(wizard.requirements().models.empty());
        QCOMPARE(wizard.cell(u"models.table"_s, name, u"name"_s).data(Qt::CheckStateRole).toInt(),
                 int(Qt::Unchecked));
    }

    void filteredModelsCanBeChosenTogether()
    {
        Wizard wizard(ModelsPage);
        wizard.considerAllModels();
        wizard.type(u"models.filter"_s, u"qwen fp8"_s);
        const int shown = wizard.find<QTableView>(u"models.table"_s)->model()->rowCount();
        QVERIFY(shown > 0 && shown < int(shippedCatalog()->models.size()));
        wizard.find<QPushButton>(u"models.chooseShown"_s)->click();
        QCOMPARE(int(wizard.requirements().models.size()), shown);
        wizard.find<QCheckBox>(u"format.fp8"_s)->click();
        QCOMPARE(wizard.requirements().quantizations, std::vector<std::string> { "fp8" });
        wizard.undo();
        wizard.undo();
        QVERIFY(wizard.requirements().models.empty()
                && wizard.requirements().quantizations.empty());
    }

    void addsAndRemovesAModel()
    {
        Wizard wizard(ModelsPage);
        QTemporaryDir folder;
        auto* step = static_cast<ModelsStep*>(wizard.page.step(ModelsPage));
        const std::size_t before = wizard.bench.document.catalog()->models.size();
        step->openModelFile(write(folder.filePath(u"config.json"_s), smallConfig()));
        auto* id = wizard.find<QLineEdit>(u"models.addId"_s);
        QVERIFY(id->isVisible());
        wizard.type(u"models.addId"_s, u"not an id"_s);
        wizard.find<QPushButton>(u"models.addConfirm"_s)->click();
        QCOMPARE(wizard.bench.document.catalog()->models.size(), before);
        wizard.type(u"models.addId"_s, u"my-org/Tiny-1B"_s);
        wizard.find<QPushButton>(u"models.addConfirm"_s)->click();
        QCOMPARE(wizard.bench.document.catalog()->models.size(), before + 1);
        const Model* added = wizard.bench.document.catalog()->findModel("my-org/Tiny-1B");
        QVERIFY(added && added->userProvided);
        QVERIFY(std::abs(double(added->architecture.textParameters()) / 1.2358e9 - 1)
                < 0.001); // the shape of Llama 3.2 1B
        const QModelIndex row = wizard.cell(u"models.table"_s, u"Tiny-1B"_s, u"name"_s);
        QVERIFY(row.isValid());
        wizard.find<QTableView>(u"models.table"_s)->setCurrentIndex(row);
        auto* remove = wizard.find<QPushButton>(u"models.remove"_s);
        QVERIFY(remove->isVisible());
        remove->click();
        QCOMPARE(wizard.bench.document.catalog()->models.size(), before);
    }

    void refusesWhatIsNotAModel_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("truncated") << smallConfig().left(80);
        QTest::newRow("not json") << QByteArray("hello");
        QTest::newRow("unknown architecture")
            << QByteArray(R"({"architectures":["FancyNetForCausalLM"],"model_type":"fancynet"})");
        QTest::newRow("wrong types") << smallConfig().replace("2048", "\"wide\"");
    }

    void refusesWhatIsNotAModel()
    {
        QFETCH(QByteArray, content);
        Wizard wizard(ModelsPage);
        QTemporaryDir folder;
        auto* step = static_cast<ModelsStep*>(wizard.page.step(ModelsPage));
        step->openModelFile(write(folder.filePath(u"config.json"_s), content));
        auto* banner = step->findChild<StatusBanner*>();
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->kind(), StatusBanner::Kind::Error);
        QVERIFY(!wizard.find<QLineEdit>(u"models.addId"_s)->isVisible());
    }

    void gpusAreChosenOrExcluded()
    {
        Wizard wizard(HardwarePage);
        const QString h100 = toQString(shippedCatalog()->findGpu("h100_sxm")->name);
        wizard.set(wizard.cell(u"gpus.table"_s, h100, u"name"_s), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(wizard.requirements().gpusIncluded, std::vector<std::string> { "h100_sxm" });
        wizard.set(wizard.cell(u"gpus.table"_s, h100, u"never"_s), Qt::Checked, Qt::CheckStateRole);
        QVERIFY(wizard.requirements().gpusIncluded.empty());
        QCOMPARE(wizard.requirements().gpusExcluded, std::vector<std::string> { "h100_sxm" });
        wizard.find<QToolButton>(u"gpus.resetChoice"_s)->click();
        QVERIFY(wizard.requirements().gpusExcluded.empty());
    }

    void pricesAndCountsAreTypedIntoTheTable()
    {
        Wizard wizard(HardwarePage);
        const QString h100 = toQString(shippedCatalog()->findGpu("h100_sxm")->name);
        const auto price = [&] { return wizard.cell(u"gpus.table"_s, h100, u"price"_s); };
        wizard.set(price(), u"$2.10"_s);
        QCOMPARE(wizard.requirements().priceOverrides.at("h100_sxm"), 2.10);
        QVERIFY(price().data(Qt::FontRole).value<QFont>().bold());
        auto* errors = wizard.find<QLabel>(u"gpus.errors"_s);
        QVERIFY(!errors->isVisible());
        wizard.set(price(), u"cheap"_s);
        QCOMPARE(price().data().toString(), u"cheap"_s); // kept as typed
        QVERIFY(errors->isVisible() && errors->text().contains(u"cheap"_s));
        QCOMPARE(wizard.requirements().priceOverrides.at("h100_sxm"), 2.10);
        wizard.set(price(), QString());
        QVERIFY(wizard.requirements().priceOverrides.empty());
        QVERIFY(!errors->isVisible());

        wizard.set(wizard.cell(u"gpus.table"_s, h100, u"count"_s), u"16"_s);
        QCOMPARE(wizard.requirements().inventory,
                 (std::vector<InventoryItem> { { "h100_sxm", 16, 0 } }));
        wizard.set(wizard.cell(u"gpus.table"_s, h100, u"count"_s), u"2.5"_s);
        QCOMPARE(wizard.requirements().inventory.front().count, 16);
        QVERIFY(errors->isVisible());
        wizard.find<QToolButton>(u"gpus.resetInventory"_s)->click();
        QVERIFY(wizard.requirements().inventory.empty());
        QVERIFY(!errors->isVisible());
    }

    void priceListCanBeChanged()
    {
        Wizard wizard(HardwarePage);
        auto* lists = wizard.find<QComboBox>(u"requirements.priceList"_s);
        QCOMPARE(lists->count(), int(shippedCatalog()->priceLists.size()));
        const QString h100 = toQString(shippedCatalog()->findGpu("h100_sxm")->name);
        const QString before = wizard.cell(u"gpus.table"_s, h100, u"price"_s).data().toString();
        lists->setCurrentIndex(1);
        emit lists->activated(1);
        QCOMPARE(wizard.requirements().priceList, shippedCatalog()->priceLists[1].id);
        QVERIFY(wizard.cell(u"gpus.table"_s, h100, u"price"_s).data().toString() != before);
        wizard.find<QToolButton>(u"requirements.priceList.reset"_s)->click();
        QCOMPARE(wizard.cell(u"gpus.table"_s, h100, u"price"_s).data().toString(), before);
    }

    void tablesAreSoundModels()
    {
        Wizard wizard(HardwarePage);
        for (const QString& name : { u"models.table"_s, u"gpus.table"_s }) {
            auto* model = wizard.find<QTableView>(name)->model();
            QAbstractItemModelTester tester(model,
                                            QAbstractItemModelTester::FailureReportingMode::QtTest);
            model->sort(0, Qt::DescendingOrder);
            wizard.bench.document.edit(u"a"_s, u"a"_s, [](Project& project) {
                project.requirements.gpusExcluded = { "t4" };
            });
            wizard.undo();
            model->sort(-1);
        }
    }

    void slidersAreWeights()
    {
        Wizard wizard(PrioritiesPage);
        auto* cost = wizard.find<QSlider>(u"priorities.cost"_s);
        cost->setValue(100);
        QVERIFY(wizard.requirements().priorities);
        QCOMPARE(wizard.requirements().priorities->cost, 1.0);
        const Priorities& shares = wizard.bench.document.need()->priorities;
        QVERIFY(std::abs(shares.cost + shares.latency + shares.quality + shares.simplicity - 1)
                < 1e-9);
        QVERIFY(wizard.find<QLabel>(u"priorities.cost.share"_s)->text().endsWith(u'%'));
        auto* reset = wizard.find<QToolButton>(u"priorities.reset"_s);
        QVERIFY(reset->isVisible());
        reset->click();
        QVERIFY(!wizard.requirements().priorities);
    }

    void notAllWeightsCanBeZero()
    {
        Wizard wizard(PrioritiesPage);
        for (const QString& name : { u"cost"_s, u"latency"_s, u"quality"_s, u"simplicity"_s })
            wizard.find<QSlider>(u"priorities."_s + name)->setValue(0);
        QVERIFY(wizard.bench.document.need());
        QCOMPARE(wizard.bench.document.need()->priorities.simplicity, 1.0);
    }

    void reviewShowsOriginsAndLeadsBack()
    {
        Wizard wizard(WorkloadPage);
        wizard.type(u"requirements.outputTokens"_s, u"300"_s);
        wizard.page.showStep(ReviewPage);
        const auto origin = [&](const QString& field) {
            return wizard.find<OriginChip>(u"review."_s + field + u".origin"_s)->origin();
        };
        QCOMPARE(origin(u"workload.output_tokens"_s), Derivation::Origin::Stated);
        QCOMPARE(origin(u"workload.prompt_tokens"_s), Derivation::Origin::UseCase);
        QCOMPARE(origin(u"workload.rate"_s), Derivation::Origin::Computed);
        QCOMPARE(origin(u"headroom"_s), Derivation::Origin::Default);
        QVERIFY(wizard.find<QLabel>(u"review.workload.output_tokens"_s)->text().contains(u"300"_s));
        wizard.find<QToolButton>(u"review.slo.ttft.edit"_s)->click();
        QCOMPARE(wizard.page.currentStep(), int(TargetsPage));
        QCOMPARE(wizard.page.focusWidget(), wizard.find<QLineEdit>(u"requirements.ttft"_s));
    }

    void reviewShowsFindings()
    {
        Wizard wizard(ReviewPage);
        wizard.bench.document.edit(u"a"_s, u"a"_s, [](Project& project) {
            project.requirements.e2e = LatencyTarget { 95, Seconds(1) };
        });
        const auto banners = wizard.page.step(ReviewPage)->findChildren<StatusBanner*>();
        const auto visible =
            std::count_if(banners.begin(), banners.end(),
                          [](const StatusBanner* banner) { return banner->isVisible(); });
        QCOMPARE(std::size_t(visible), wizard.bench.document.issues().size());
        QVERIFY(visible > 0);
        wizard.undo();
        for (const StatusBanner* banner : banners)
            QVERIFY(!banner->isVisible());
    }

    void everyFieldOfTheNeedLeadsToAnInput()
    {
        Wizard wizard;
        for (const Derivation& derivation : wizard.bench.document.need()->derivations)
            QVERIFY2(wizard.page.revealField(toQString(derivation.field)),
                     derivation.field.c_str());
        for (const char* field :
             { "gpus.include[0]", "gpus.inventory[0].count", "models[3]", "quantizations[0]",
               "ttft.max", "max_gpus", "budget_per_month", "prices.list",
               "prices.per_hour.h100_sxm", "priorities.cost", "use_case", "title" })
            QVERIFY2(wizard.page.revealField(QString::fromLatin1(field)), field);
        QVERIFY(!wizard.page.revealField(u"no_such_field"_s));
    }

    void nextAndBackWalkThroughAllSteps()
    {
        Wizard wizard(DescribePage);
        auto* next = wizard.find<QPushButton>(u"requirements.next"_s);
        auto* back = wizard.find<QPushButton>(u"requirements.back"_s);
        QVERIFY(!back->isEnabled());
        for (int step = 1; step < wizard.page.stepCount(); ++step) {
            next->click();
            QCOMPARE(wizard.page.currentStep(), step);
        }
        QSignalSpy asked(&wizard.page, &Page::pageRequested);
        next->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), u"explore"_s);
        back->click();
        QCOMPARE(wizard.page.currentStep(), int(PrioritiesPage));
    }

    void everyInputIsAccessible()
    {
        Wizard wizard;
        for (int step = 0; step < wizard.page.stepCount(); ++step)
            wizard.page.showStep(step);
        const QStringList problems = namelessInputs(wizard.page) + tabTraps(wizard.page);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void screenshots()
    {
        const QStringList names { u"describe"_s, u"use-case"_s, u"workload"_s,   u"targets"_s,
                                  u"models"_s,   u"hardware"_s, u"priorities"_s, u"review"_s };
        for (const auto scheme : { ColorScheme::Light, ColorScheme::Dark }) {
            applyColorScheme(scheme);
            Wizard wizard;
            wizard.bench.document.edit(u"a"_s, u"a"_s, [](Project& project) {
                project.requirements.outputTokens = 400;
                project.requirements.e2e = LatencyTarget { 95, Seconds(8) };
                project.requirements.gpusExcluded = { "t4" };
                project.requirements.priceOverrides = { { "h100_sxm", 2.1 } };
            });
            QVERIFY(wizard.bench.waitForSearch(60'000));
            for (int step = 0; step < wizard.page.stepCount(); ++step) {
                wizard.page.showStep(step);
                QTest::qWait(20); // layouts settle
                saveScreenshot(wizard.page,
                               u"requirements-%1-%2"_s.arg(names[step], toString(scheme)));
            }
        }
        applyColorScheme(ColorScheme::Light);
    }
};

QTEST_MAIN(TestRequirementsPage)
#include "tst_requirementspage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "prioritiesstep.h"

#include "evidencedialog.h"
#include "fieldspecs.h"
#include "originchip.h"
#include "plaintext.h"
#include "scoresdialog.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<double Priorities::*, 4> weights { &Priorities::cost, &Priorities::latency,
                                                        &Priorities::quality,
                                                        &Priorities::simplicity };
constexpr int sliderRange = 100;
const QString scoresSlot = u"scores"_s;

struct WeightText
{
    QString id;
    QString name;
    QString help;
};

std::array<WeightText, 4> weightTexts()
{
    return { WeightText { u"cost"_s, PrioritiesStep::tr("Cost"),
                          PrioritiesStep::tr("Cheap per month at the peak.") },
             WeightText { u"latency"_s, PrioritiesStep::tr("Latency"),
                          PrioritiesStep::tr("Faster than the targets ask for.") },
             WeightText { u"quality"_s, PrioritiesStep::tr("Quality"),
                          PrioritiesStep::tr("Published scores of the model for this use case.") },
             WeightText { u"simplicity"_s, PrioritiesStep::tr("Simplicity"),
                          PrioritiesStep::tr(
                              "Few GPUs and servers, little parallelism, no quantisation.") } };
}

} // namespace

PrioritiesStep::PrioritiesStep(Document& document, QWidget* parent)
    : Step(document, tr("Priorities"),
           tr("Every option that meets the targets gets four scores; their weighted geometric mean "
              "orders the balanced view. Moving a "
              "slider re-ranks at once, without a new search."),
           parent)
{
    addSliders();
    addQuality();
    addSection(tr("Reserve"));
    FieldGrid* reserve = addFields();
    reserve->add(fields::headroom());
    reserve->add(fields::minReplicas());
    addDeployment();
    content()->addStretch(1);
    PrioritiesStep::refresh();
}

PrioritiesStep::~PrioritiesStep()
{
    document().jobs().discard(scoresSlot);
}

void PrioritiesStep::addSliders()
{
    addSection(tr("What matters most"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 2);
    const auto texts = weightTexts();
    for (std::size_t i = 0; i < count; ++i) {
        const int row = static_cast<int>(i);
        auto* label = new QLabel(texts[i].name, this);
        auto* slider = new QSlider(Qt::Horizontal, this);
        slider->setRange(0, sliderRange);
        slider->setPageStep(10);
        slider->setObjectName(u"priorities."_s + texts[i].id);
        slider->setAccessibleName(tr("Weight of %1").arg(texts[i].name.toLower()));
        slider->setToolTip(texts[i].help);
        slider->setMinimumWidth(charactersWide(*this, 40));
        slider->setMaximumWidth(charactersWide(*this, 60));
        label->setBuddy(slider);
        m_shares[i] = makeHeading({}, TextStyle::Heading, this);
        m_shares[i]->setObjectName(u"priorities."_s + texts[i].id + u".share"_s);
        m_shares[i]->setMinimumWidth(widthOfDigits(*this, 6));
        m_shares[i]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(label, row, 0);
        grid->addWidget(slider, row, 1);
        grid->addWidget(m_shares[i], row, 2);
        grid->addWidget(makeNote(texts[i].help, this), row, 3);
        m_sliders[i] = slider;
        connect(slider, &QSlider::valueChanged, this, [this, i] { changeWeights(i); });
    }
    grid->setColumnMinimumWidth(0, widthOfDigits(*this, 20));
    grid->setColumnStretch(3, 1);
    content()->addLayout(grid);
    auto* row = new QHBoxLayout;
    m_weightsChip = new OriginChip(this);
    m_resetWeights = makeResetButton(tr("the priorities"), this);
    m_resetWeights->setObjectName(u"priorities.reset"_s);
    row->addSpacing(widthOfDigits(*this, 20) + fontMetrics().height());
    row->addWidget(m_weightsChip);
    row->addWidget(m_resetWeights);
    row->addStretch(1);
    content()->addLayout(row);
    connect(m_resetWeights, &QToolButton::clicked, this, [this] {
        edit(u"requirements.priorities.reset"_s, tr("Reset the priorities"),
             [](Requirements& requirements) { requirements.priorities.reset(); });
    });
}

void PrioritiesStep::addQuality()
{
    addSection(tr("Evidence of quality"),
               tr("Published benchmark scores, weighed for the use case; each leads to its source. "
                  "Scores of your own take the place of published ones."));
    m_qualityWeights = makeNote({}, this);
    m_qualityWeights->setObjectName(u"quality.weights"_s);
    m_scoreCount = makeNote({}, this);
    m_scoreCount->setObjectName(u"quality.count"_s);
    m_banner = new StatusBanner(this);
    auto* row = new QHBoxLayout;
    const auto addButton = [&](const QString& name, const QString& text) {
        auto* button = new QToolButton(this);
        button->setObjectName(name);
        button->setText(text);
        row->addWidget(button);
        return button;
    };
    connect(
        addButton(u"quality.show"_s, tr("Show Evidence…")), &QToolButton::clicked, this, [this] {
            EvidenceDialog(document().catalog(), document().requirements().useCase, this).exec();
        });
    auto* import = addButton(u"quality.import"_s, tr("Import Scores…"));
    import->setToolTip(
        tr("CSV with the columns model, benchmark, score, source and date, results of "
           "lm-evaluation-harness (JSON) or a summary of OpenCompass (CSV)"));
    connect(import, &QToolButton::clicked, this, &PrioritiesStep::askImportScores);
    m_forgetScores = addButton(u"quality.forget"_s, tr("Forget Imported Scores"));
    connect(m_forgetScores, &QToolButton::clicked, this, [this] {
        adoptScores(forgetScores(*document().catalog()), tr("The imported scores are forgotten."));
    });
    row->addStretch(1);
    content()->addWidget(m_qualityWeights);
    content()->addWidget(m_scoreCount);
    content()->addLayout(row);
    content()->addWidget(m_banner);
    connect(&document(), &Document::catalogChanged, this, &PrioritiesStep::refreshQuality);
}

void PrioritiesStep::refreshQuality()
{
    const Catalog& catalog = *document().catalog();
    const auto own = std::count_if(catalog.qualityScores.begin(), catalog.qualityScores.end(),
                                   [](const QualityScore& score) { return score.userProvided; });
    const auto all = static_cast<std::ptrdiff_t>(catalog.qualityScores.size());
    m_qualityWeights->setText(
        tr("Weights: %1").arg(weightsText(document().requirements().useCase, catalog)));
    m_scoreCount->setText(
        own == 0 ? tr("%1 published scores, none of your own").arg(format::integer(all))
                 : tr("%1 published scores, %2 of your own")
                       .arg(format::integer(all - own), format::integer(own)));
    m_forgetScores->setVisible(own > 0);
}

void PrioritiesStep::askImportScores()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Import Scores"), QString(),
        tr("Scores or results of an evaluation (*.csv *.json);;All files (*)"));
    if (!path.isEmpty())
        previewScores(path);
}

void PrioritiesStep::previewScores(const QString& path)
{
    using Scores = Loaded<std::vector<QualityScore>>;
    // Results of an evaluation may have many megabytes.
    document().jobs().run<Scores>(
        scoresSlot, tr("Reading scores"),
        [catalog = document().catalog(), path](RunContext&) { return readScores(*catalog, path); },
        this,
        [this, name = QFileInfo(path).fileName()](const Result<Scores>& read) {
            // The job is over before a dialog waits for its answer.
            QTimer::singleShot(0, this, [this, name, read] { offerScores(name, read); });
        });
}

void PrioritiesStep::offerScores(const QString& name,
                                 const Result<Loaded<std::vector<QualityScore>>>& read)
{
    if (!read) {
        m_banner->showError(read.error());
        return;
    }
    ScoresDialog dialog(*read, *document().catalog(), name, this);
    if (dialog.exec() == QDialog::Accepted)
        adoptScores(keepScores(*document().catalog(), *read),
                    tr("Imported the scores of %1.").arg(name));
}

void PrioritiesStep::adoptScores(const Result<ChangedCatalog>& changed, const QString& done)
{
    if (!changed) {
        m_banner->showError(changed.error());
        return;
    }
    document().setCatalog(changed->value);
    // What the names were taken for is shown even if all went well.
    m_banner->showMessage(
        changed->hasErrors() ? StatusBanner::Kind::Warning : StatusBanner::Kind::Success,
        changed->issues.empty() ? done : done + u'\n' + issueLines(changed->issues));
}

void PrioritiesStep::addChoice(FieldGrid& grid, const QString& name, Choice choice,
                               const std::vector<std::pair<QString, QString>>& values)
{
    auto* label = new QLabel(name, &grid);
    choice.box = new QComboBox(&grid);
    choice.box->setObjectName(u"requirements."_s + choice.objectName);
    choice.box->setAccessibleName(label->text());
    label->setBuddy(choice.box);
    for (const auto& [text, id] : values)
        choice.box->addItem(text, id);
    choice.reset = makeResetButton(label->text(), &grid);
    choice.chip = new OriginChip(&grid);
    choice.note = makeNote({}, &grid);
    grid.addRow(label, choice.box, choice.reset, choice.chip, choice.note);
    const auto choose = [this, member = choice.member, command = choice.command,
                         key = choice.box->objectName()](const std::string& id) {
        edit(key, command, [&](Requirements& requirements) { requirements.*member = id; });
    };
    connect(choice.box, &QComboBox::activated, this, [box = choice.box, choose](int index) {
        choose(fromQString(box->itemData(index).toString()));
    });
    connect(choice.reset, &QToolButton::clicked, this, [choose] { choose({}); });
    m_choices.push_back(std::move(choice));
}

void PrioritiesStep::addDeployment()
{
    addSection(tr("Deployment"),
               tr("Whether one server does prefill and decode or each has servers of its own, and "
                  "component versions that are known to work together; memory, flags and manifests "
                  "follow them."));
    FieldGrid* grid = addFields();
    addChoice(*grid, tr("Topology"),
              { u"topology"_s, u"topology"_s, tr("Change the topology"), &Requirements::topology },
              { { tr("By the number of models"), {} },
                { tr("Whichever is better"), u"any"_s },
                { tr("Aggregated"), u"aggregated"_s },
                { tr("Prefill and decode apart"), u"disaggregated"_s } });
    addChoice(*grid, tr("KV transfer"),
              { u"kv_transfer"_s, u"kvTransfer"_s, tr("Change the KV transfer"),
                &Requirements::kvTransfer },
              { { tr("RDMA (InfiniBand or RoCE)"), u"rdma"_s },
                { tr("TCP"), u"tcp"_s },
                { tr("NVLink"), u"nvlink"_s } });
    std::vector<std::pair<QString, QString>> rows;
    for (const VersionRow& row : document().catalog()->versionRows)
        rows.emplace_back(toQString(row.name), toQString(row.id));
    addChoice(*grid, tr("Version row"),
              { u"version_row"_s, u"versionRow"_s, tr("Change the version row"),
                &Requirements::versionRow },
              rows);
}

// The sliders hold raw weights: moving one leaves the others where they are, only the shares change.
void PrioritiesStep::changeWeights(std::size_t index)
{
    Priorities changed;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        changed.*weights[i] = m_sliders[i]->value() / double(sliderRange);
        sum += changed.*weights[i];
    }
    if (sum <= 0) { // one weight has to be left, or there is nothing to rank by
        const QSignalBlocker blocker(m_sliders[index]);
        m_sliders[index]->setValue(1);
        changed.*weights[index] = 1.0 / sliderRange;
    }
    edit(u"requirements.priorities."_s + weightTexts()[index].id,
         tr("Change the weight of %1").arg(weightTexts()[index].name.toLower()),
         [&](Requirements& requirements) { requirements.priorities = changed; });
}

void PrioritiesStep::refresh()
{
    Step::refresh();
    const auto& need = document().need();
    const auto& stated = document().requirements().priorities;
    const Priorities shares = need ? need->priorities : stated.value_or(Priorities {});
    // Weights from a file may be of any scale; ours go up to 1.
    Priorities shown = stated.value_or(shares);
    double largest = 1;
    for (const auto weight : weights)
        largest = std::max(largest, shown.*weight);
    for (std::size_t i = 0; i < count; ++i) {
        const QSignalBlocker blocker(m_sliders[i]);
        m_sliders[i]->setValue(
            static_cast<int>(std::lround(shown.*weights[i] / largest * sliderRange)));
        m_shares[i]->setText(plainPercent(shares.*weights[i]));
        m_sliders[i]->setAccessibleDescription(
            tr("%1 of the balanced score").arg(m_shares[i]->text()));
    }
    m_resetWeights->setVisible(stated.has_value());
    m_weightsChip->setOrigin(stated ? Derivation::Origin::Stated : Derivation::Origin::UseCase);
    refreshQuality();
    refreshChoices();
}

void PrioritiesStep::refreshChoices()
{
    const auto& need = document().need();
    for (const Choice& choice : m_choices) {
        const std::string& id = document().requirements().*choice.member;
        choice.box->setCurrentIndex(id.empty() ? 0 : choice.box->findData(toQString(id)));
        choice.reset->setVisible(!id.empty());
        choice.chip->setOrigin(id.empty() ? Derivation::Origin::Default
                                          : Derivation::Origin::Stated);
        const Derivation* derivation =
            need ? findDerivation(*need, fromQString(choice.field)) : nullptr;
        choice.note->setText(derivation ? toQString(derivation->text) : QString());
    }
}

StepSummary PrioritiesStep::summary() const
{
    const auto& need = document().need();
    if (!need)
        return { format::noData(), StepButton::State::Normal };
    const auto texts = weightTexts();
    double largest = 0;
    for (const auto weight : weights)
        largest = std::max(largest, need->priorities.*weight);
    QStringList names;
    for (std::size_t i = 0; i < count; ++i) {
        if (need->priorities.*weights[i] > largest - 1e-9)
            names << texts[i].name;
    }
    if (names.size() == static_cast<int>(count))
        return { tr("All equal"), StepButton::State::Normal };
    return { tr("%1 first").arg(names.join(tr(" and "))), StepButton::State::Normal };
}

bool PrioritiesStep::reveal(const QString& field)
{
    const QString name = fieldName(field);
    if (name == u"priorities")
        m_sliders.front()->setFocus(Qt::OtherFocusReason);
    else if (const auto choice = std::find_if(m_choices.begin(), m_choices.end(),
                                              [&](const Choice& c) { return c.field == name; });
             choice != m_choices.end())
        choice->box->setFocus(Qt::OtherFocusReason);
    else
        return Step::reveal(field);
    return true;
}

} // namespace llmd

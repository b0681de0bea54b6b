// SPDX-License-Identifier: GPL-3.0-or-later
#include "usecasestep.h"

#include "choicecard.h"
#include "plaintext.h"
#include "presetdialog.h"
#include "valuefield.h"

#include <core/workload/preset.h>
#include <widgets/document/document.h>
#include <widgets/support/languages.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QButtonGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

/** Names of the stated values that another use case would otherwise supply. */
QStringList statedDerivedValues(const Requirements& requirements)
{
    QStringList names;
    const auto add = [&](bool stated, const QString& name) {
        if (stated)
            names << name;
    };
    add(requirements.peakFactor.has_value(), UseCaseStep::tr("peak factor"));
    add(requirements.promptTokens.has_value(), UseCaseStep::tr("prompt length"));
    add(requirements.outputTokens.has_value(), UseCaseStep::tr("output length"));
    add(requirements.promptVariation.has_value(), UseCaseStep::tr("prompt variation"));
    add(requirements.outputVariation.has_value(), UseCaseStep::tr("output variation"));
    add(requirements.ttft.has_value(), UseCaseStep::tr("time to first token"));
    add(requirements.itl.has_value(), UseCaseStep::tr("time per output token"));
    add(requirements.priorities.has_value(), UseCaseStep::tr("priorities"));
    return names;
}

} // namespace

UseCaseStep::UseCaseStep(Document& document, QWidget* parent)
    : Step(document, tr("Use case"),
           tr("What is the service for? The use case gives starting figures for load, lengths and "
              "latency targets; each of "
              "them can be changed in the next steps."),
           parent)
{
    addTitleField();
    addSection(tr("Choose the nearest use case"));
    m_cardArea = new QWidget(this);
    m_grid = new QGridLayout(m_cardArea);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(fontMetrics().height() * 2 / 3);
    buildCards();
    content()->addWidget(m_cardArea);
    auto* keptRow = new QHBoxLayout;
    m_kept = makeNote({}, this);
    m_resetAll = new QToolButton(this);
    m_resetAll->setText(tr("Reset to the use case"));
    m_resetAll->setObjectName(u"useCase.resetAll"_s);
    connect(m_resetAll, &QToolButton::clicked, this, &UseCaseStep::resetDerivedValues);
    keptRow->addWidget(m_kept, 1);
    keptRow->addWidget(m_resetAll);
    content()->addLayout(keptRow);
    addPresets();
    content()->addStretch(1);
    arrangeCards();
    connect(&document, &Document::catalogChanged, this, [this] {
        buildCards();
        arrangeCards();
        refresh();
    });
    UseCaseStep::refresh();
}

void UseCaseStep::buildCards()
{
    qDeleteAll(m_cards);
    m_cards.clear();
    delete m_group;
    m_group = new QButtonGroup(this);
    m_columns = 0;
    for (const UseCase& useCase : document().catalog()->useCases) {
        const auto limit = [](const std::optional<LatencyTarget>& target,
                              const LatencyRange& range) {
            return plainDuration(target ? target->limit : defaultLimit(range));
        };
        QStringList figures {
            tr("%1 → %2 tokens")
                .arg(plainNumber(useCase.promptTokens), plainNumber(useCase.outputTokens)),
            tr("first token %1, then %2 each")
                .arg(limit(useCase.ttftTarget, useCase.ttft), limit(useCase.itlTarget, useCase.itl))
        };
        if (useCase.userProvided)
            figures.append(tr("your own rules"));
        auto* card = new ChoiceCard(localText(useCase.name), localText(useCase.description),
                                    figures, m_cardArea);
        card->setObjectName(u"useCase."_s + toQString(useCase.id));
        card->setToolTip(toQString(useCase.source.text));
        card->show();
        m_group->addButton(card, static_cast<int>(m_cards.size()));
        m_cards.push_back(card);
    }
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        const UseCase& useCase = document().catalog()->useCases[static_cast<std::size_t>(index)];
        if (!checked || useCase.id == document().requirements().useCase)
            return;
        edit(u"requirements.useCase"_s, tr("Choose use case %1").arg(localText(useCase.name)),
             [&](Requirements& requirements) { requirements.useCase = useCase.id; });
    });
}

void UseCaseStep::addPresets()
{
    addSection(
        tr("Presets"),
        tr("Rules of your own organisation: saved from what you state here, shared as a file, "
           "used by both programs (--use-cases FILE)."));
    m_banner = new StatusBanner(this);
    auto* presets = new QToolButton(this);
    presets->setObjectName(u"presets"_s);
    presets->setText(tr("Presets"));
    presets->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(presets);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillPresetMenu(*menu);
    });
    presets->setMenu(menu);
    auto* row = new QHBoxLayout;
    row->addWidget(presets);
    row->addStretch(1);
    content()->addLayout(row);
    content()->addWidget(m_banner);
}

void UseCaseStep::fillPresetMenu(QMenu& menu)
{
    QAction* save = menu.addAction(themedIcon(u"save"_s), tr("Save as Preset…"), this,
                                   &UseCaseStep::saveAsPreset);
    save->setEnabled(document().catalog()->findUseCase(document().requirements().useCase));
    menu.addAction(themedIcon(u"open"_s), tr("Load Presets…"), this, &UseCaseStep::askLoadPresets);
    QAction* share = menu.addAction(themedIcon(u"export"_s), tr("Save All Presets to a File…"),
                                    this, &UseCaseStep::askSharePresets);
    menu.addSeparator();
    bool any = false;
    for (const UseCase& useCase : document().catalog()->useCases) {
        if (!isPreset(useCase.id))
            continue;
        any = true;
        menu.addAction(themedIcon(u"remove"_s), tr("Remove “%1”").arg(toQString(useCase.name)),
                       this, [this, id = useCase.id] { removePresetOf(id); });
    }
    share->setEnabled(any);
}

void UseCaseStep::adopt(const Result<ChangedCatalog>& changed, const QString& done)
{
    if (!changed) {
        m_banner->showError(changed.error());
        return;
    }
    document().setCatalog(changed->value);
    m_banner->showMessage(
        changed->issues.empty() ? StatusBanner::Kind::Success : StatusBanner::Kind::Warning,
        changed->issues.empty() ? done : done + u'\n' + issueLines(changed->issues));
}

void UseCaseStep::saveAsPreset()
{
    PresetDialog dialog(document().requirements(), *document().catalog(), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const UseCase preset = dialog.preset();
    const auto saved = savePreset(*document().catalog(), preset);
    adopt(saved, tr("The preset “%1” is saved.").arg(toQString(preset.name)));
    // What was stated is now what the use case says.
    if (saved)
        edit(u"requirements.preset"_s, tr("Use preset %1").arg(toQString(preset.name)),
             [&](Requirements& requirements) {
                 requirements = withoutPresetValues(std::move(requirements));
                 requirements.useCase = preset.id;
             });
}

void UseCaseStep::askLoadPresets()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Load Presets"), QString(),
                                                      tr("Rules of use cases (*.yaml *.yml)"));
    if (!path.isEmpty())
        adopt(loadPresets(*document().catalog(), path),
              tr("Loaded the presets of %1.").arg(QFileInfo(path).fileName()));
}

void UseCaseStep::askSharePresets()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save All Presets"), u"presets.yaml"_s, tr("Rules of use cases (*.yaml)"));
    if (path.isEmpty())
        return;
    if (const auto saved = sharePresets(*document().catalog(), path); !saved)
        m_banner->showError(saved.error());
    else
        m_banner->showMessage(StatusBanner::Kind::Success,
                              tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

void UseCaseStep::removePresetOf(const std::string& id)
{
    const bool used = document().requirements().useCase == id;
    auto changed = removePreset(*document().catalog(), id);
    if (changed && used && !changed->value->findUseCase(id)) {
        // The plan must not be left with a use case that is gone.
        edit(u"requirements.useCase"_s, tr("Choose another use case"),
             [](Requirements& requirements) { requirements.useCase = Requirements().useCase; });
    }
    adopt(changed, tr("The preset is removed."));
}

void UseCaseStep::addTitleField()
{
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("Title of the plan"), this);
    m_title = new QLineEdit(this);
    m_title->setObjectName(u"requirements.title"_s);
    m_title->setPlaceholderText(tr("Untitled plan"));
    m_title->setMaxLength(200);
    m_title->setMaximumWidth(charactersWide(*this, 60));
    m_title->setAccessibleName(label->text());
    label->setBuddy(m_title);
    row->addWidget(label);
    row->addWidget(m_title, 1);
    row->addStretch(1);
    content()->addSpacing(fontMetrics().height() / 2);
    content()->addLayout(row);
    connect(m_title, &QLineEdit::textEdited, this, [this](const QString& text) {
        edit(u"requirements.title"_s, tr("Change the title"),
             [&](Requirements& requirements) { requirements.title = fromQString(text); });
    });
}

void UseCaseStep::arrangeCards()
{
    const int spacing = m_grid->spacing();
    const int available = width() - fontMetrics().height() * 4;
    const int card = m_cards.empty() ? 1 : m_cards.front()->sizeHint().width();
    const int columns = std::clamp((available + spacing) / (card + spacing), 1, 3);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_grid->addWidget(m_cards[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    for (int column = 0; column < 3; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void UseCaseStep::resizeEvent(QResizeEvent* event)
{
    Step::resizeEvent(event);
    arrangeCards();
}

void UseCaseStep::resetDerivedValues()
{
    edit(u"requirements.resetToUseCase"_s, tr("Reset to the use case"),
         [](Requirements& requirements) {
             requirements.peakFactor.reset();
             requirements.promptTokens.reset();
             requirements.outputTokens.reset();
             requirements.promptVariation.reset();
             requirements.outputVariation.reset();
             requirements.ttft.reset();
             requirements.itl.reset();
             requirements.priorities.reset();
         });
}

void UseCaseStep::refresh()
{
    Step::refresh();
    const Requirements& requirements = document().requirements();
    if (m_title->text() != toQString(requirements.title))
        m_title->setText(toQString(requirements.title));
    const UseCase* useCase = document().catalog()->findUseCase(requirements.useCase);
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (&document().catalog()->useCases[i] == useCase)
            m_cards[i]->setChecked(true);
    }
    const QStringList kept = statedDerivedValues(requirements);
    m_kept->setVisible(!kept.isEmpty());
    m_resetAll->setVisible(!kept.isEmpty());
    m_kept->setText(tr("You stated these yourself, so they do not follow the use case: %1.")
                        .arg(kept.join(u", "_s)));
}

StepSummary UseCaseStep::summary() const
{
    const UseCase* useCase = document().catalog()->findUseCase(document().requirements().useCase);
    if (!useCase)
        return { tr("Unknown: %1").arg(toQString(document().requirements().useCase)),
                 StepButton::State::Error };
    return { localText(useCase->name), StepButton::State::Normal };
}

bool UseCaseStep::reveal(const QString& field)
{
    const QString name = fieldName(field);
    if (name == u"title") {
        m_title->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (name != u"use_case" || m_cards.empty())
        return false;
    auto* checked = m_group->checkedButton();
    (checked ? checked : m_cards.front())->setFocus(Qt::OtherFocusReason);
    return true;
}

} // namespace llmd

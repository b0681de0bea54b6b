// SPDX-License-Identifier: GPL-3.0-or-later
#include "usecasestep.h"

#include "choicecard.h"
#include "plaintext.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
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
    m_group = new QButtonGroup(this);
    auto* cards = new QWidget(this);
    m_grid = new QGridLayout(cards);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(fontMetrics().height() * 2 / 3);
    for (const UseCase& useCase : document.catalog()->useCases) {
        const QStringList figures { tr("%1 → %2 tokens")
                                        .arg(plainNumber(useCase.promptTokens),
                                             plainNumber(useCase.outputTokens)),
                                    tr("first token %1, then %2 each")
                                        .arg(plainDuration(defaultLimit(useCase.ttft)),
                                             plainDuration(defaultLimit(useCase.itl))) };
        auto* card =
            new ChoiceCard(toQString(useCase.name), toQString(useCase.description), figures, cards);
        card->setObjectName(u"useCase."_s + toQString(useCase.id));
        m_group->addButton(card, static_cast<int>(m_cards.size()));
        m_cards.push_back(card);
    }
    content()->addWidget(cards);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        const UseCase& useCase =
            this->document().catalog()->useCases[static_cast<std::size_t>(index)];
        if (!checked || useCase.id == this->document().requirements().useCase)
            return;
        edit(u"requirements.useCase"_s, tr("Choose use case %1").arg(toQString(useCase.name)),
             [&](Requirements& requirements) { requirements.useCase = useCase.id; });
    });
    auto* keptRow = new QHBoxLayout;
    m_kept = makeNote({}, this);
    m_resetAll = new QToolButton(this);
    m_resetAll->setText(tr("Reset to the use case"));
    m_resetAll->setObjectName(u"useCase.resetAll"_s);
    connect(m_resetAll, &QToolButton::clicked, this, &UseCaseStep::resetDerivedValues);
    keptRow->addWidget(m_kept, 1);
    keptRow->addWidget(m_resetAll);
    content()->addLayout(keptRow);
    content()->addStretch(1);
    arrangeCards();
    UseCaseStep::refresh();
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
    return { toQString(useCase->name), StepButton::State::Normal };
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

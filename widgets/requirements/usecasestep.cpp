// SPDX-License-Identifier: GPL-3.0-or-later
#include "usecasestep.h"

#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
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

UseCaseCard::UseCaseCard(const UseCase& useCase, QWidget* parent)
    : QAbstractButton(parent)
    , m_id(useCase.id)
    , m_description(toQString(useCase.description))
    , m_lengths(tr("%1 → %2 tokens").arg(format::number(useCase.promptTokens, 4), format::number(useCase.outputTokens, 4)))
    , m_targets(tr("first token %1, then %2 each")
                    .arg(format::duration(defaultLimit(useCase.ttft)), format::duration(defaultLimit(useCase.itl))))
{
    setText(toQString(useCase.name));
    setObjectName(u"useCase."_s + toQString(useCase.id));
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(text());
    setAccessibleDescription(tr("%1 %2; %3.").arg(m_description, m_lengths, m_targets));
    setToolTip(m_description);
}

QSize UseCaseCard::sizeHint() const
{
    return { charactersWide(*this, 34), fontMetrics().lineSpacing() * 7 };
}

void UseCaseCard::paintFigures(QPainter& painter, QRect area) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    painter.setPen(palette().color(QPalette::WindowText));
    const int line = metrics.lineSpacing();
    painter.drawText(QRect(area.left(), area.bottom() - 2 * line, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_lengths, Qt::ElideRight, area.width()));
    painter.setPen(tones(palette()).subtleText);
    painter.drawText(QRect(area.left(), area.bottom() - line, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_targets, Qt::ElideRight, area.width()));
}

void UseCaseCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones tone = tones(palette());
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    const double radius = fontMetrics().height() / 3.0;
    painter.setBrush(isChecked() ? tone.accentSoft : tone.card);
    const bool strong = isChecked() || underMouse();
    painter.setPen(QPen(strong ? tone.accent : tone.border, isChecked() ? 2 : 1));
    painter.drawRoundedRect(frame, radius, radius);

    const int margin = fontMetrics().height() * 3 / 4;
    const QRect area = rect().adjusted(margin, margin, -margin, -margin);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    const int line = fontMetrics().lineSpacing();
    const int mark = isChecked() ? line * 3 / 2 : 0;
    painter.drawText(QRect(area.left(), area.top(), area.width() - mark, line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(text(), Qt::ElideRight, area.width() - mark));
    if (isChecked()) { // a tick, so that the choice does not rest on colour
        const QRectF disc(area.right() - line, area.top(), line, line);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tone.accent);
        painter.drawEllipse(disc);
        painter.setPen(QPen(palette().color(QPalette::HighlightedText), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPolygonF tick { { disc.topLeft() + QPointF(line * 0.28, line * 0.53), disc.topLeft() + QPointF(line * 0.44, line * 0.68),
                                 disc.topLeft() + QPointF(line * 0.73, line * 0.35) } };
        painter.drawPolyline(tick);
    }
    painter.setFont(font());
    painter.setPen(tone.subtleText);
    painter.drawText(QRect(area.left(), area.top() + line + line / 5, area.width(), 2 * line),
                     static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, m_description);
    paintFigures(painter, area);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = rect().adjusted(4, 4, -4, -4);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

UseCaseStep::UseCaseStep(Document& document, QWidget* parent)
    : Step(document, tr("Use case"),
           tr("What is the service for? The use case gives starting figures for load, lengths and latency targets; each of "
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
        auto* card = new UseCaseCard(useCase, cards);
        m_group->addButton(card);
        m_cards.push_back(card);
    }
    content()->addWidget(cards);
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* button, bool checked) {
        const auto* card = static_cast<UseCaseCard*>(button);
        if (!checked || card->id() == this->document().requirements().useCase)
            return;
        edit(u"requirements.useCase"_s, tr("Choose use case %1").arg(card->text()),
             [id = card->id()](Requirements& requirements) { requirements.useCase = id; });
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
    edit(u"requirements.resetToUseCase"_s, tr("Reset to the use case"), [](Requirements& requirements) {
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
    for (UseCaseCard* card : m_cards)
        card->setChecked(card->id() == requirements.useCase);
    const QStringList kept = statedDerivedValues(requirements);
    m_kept->setVisible(!kept.isEmpty());
    m_resetAll->setVisible(!kept.isEmpty());
    m_kept->setText(tr("You stated these yourself, so they do not follow the use case: %1.").arg(kept.join(u", "_s)));
}

StepSummary UseCaseStep::summary() const
{
    const UseCase* useCase = document().catalog()->findUseCase(document().requirements().useCase);
    if (!useCase)
        return { tr("Unknown: %1").arg(toQString(document().requirements().useCase)), StepButton::State::Error };
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

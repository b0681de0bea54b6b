// SPDX-License-Identifier: GPL-3.0-or-later
#include "valuefield.h"

#include "originchip.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

QLabel* makeNote(const QString& text, QWidget* parent)
{
    auto* note = new QLabel(text, parent);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    setTextStyle(*note, TextStyle::Caption);
    note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return note;
}

QToolButton* makeResetButton(const QString& what, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(QCoreApplication::translate("llmd::ValueField", "Reset"));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolTip(QCoreApplication::translate("llmd::ValueField", "Reset to the default"));
    button->setAccessibleName(
        QCoreApplication::translate("llmd::ValueField", "Reset %1 to the default").arg(what));
    QSizePolicy policy = button->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    button->setSizePolicy(policy);
    return button;
}

const Derivation* findDerivation(const ResolvedNeed& need, std::string_view field)
{
    const auto it =
        std::find_if(need.derivations.begin(), need.derivations.end(),
                     [&](const Derivation& derivation) { return derivation.field == field; });
    return it == need.derivations.end() ? nullptr : &*it;
}

int widthOfDigits(const QWidget& widget, int digits)
{
    return widget.fontMetrics().horizontalAdvance(QString(digits, u'0'));
}

ValueField::ValueField(Document& document, FieldSpec spec, QWidget* parent)
    : QObject(parent)
    , m_document(document)
    , m_spec(std::move(spec))
    , m_label(new QLabel(m_spec.label, parent))
    , m_editor(new QLineEdit(parent))
    , m_unit(new QLabel(m_spec.unit, parent))
    , m_reset(makeResetButton(m_spec.label, parent))
    , m_chip(new OriginChip(parent))
    , m_note(makeNote({}, parent))
{
    m_label->setBuddy(m_editor);
    m_label->setToolTip(m_spec.help);
    m_editor->setObjectName(m_spec.id);
    m_editor->setAccessibleName(
        m_spec.unit.isEmpty() ? m_spec.label : tr("%1 in %2").arg(m_spec.label, m_spec.unit));
    m_editor->setToolTip(m_spec.help);
    m_editor->setFixedWidth(widthOfDigits(*m_editor, 16));
    m_editor->installEventFilter(this);
    m_unit->setForegroundRole(QPalette::PlaceholderText);
    m_reset->setObjectName(m_spec.id + u".reset"_s);
    m_note->setObjectName(m_spec.id + u".note"_s);
    m_note->setMinimumHeight(2 * m_note->fontMetrics().lineSpacing());
    connect(m_editor, &QLineEdit::textEdited, this, &ValueField::commit);
    connect(m_reset, &QToolButton::clicked, this, &ValueField::reset);
    refresh();
}

// Undo belongs to the document, unless the text has not reached it.
bool ValueField::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor && event->type() == QEvent::ShortcutOverride && isValid()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

Result<Requirements> ValueField::parsed(const QString& text) const
{
    Requirements changed = m_document.requirements();
    const auto& need = m_document.need();
    const std::string trimmed = fromQString(text.trimmed());
    if (trimmed.empty()) {
        m_spec.clear(changed);
        return changed;
    }
    if (auto result = m_spec.parse(trimmed, need ? &*need : nullptr, changed); !result)
        return tl::unexpected(result.error());
    return changed;
}

Result<Requirements> ValueField::checked(const QString& text) const
{
    auto changed = parsed(text);
    if (!changed)
        return changed;
    // A finding that the present state does not have is refused here, where it can be shown next to the input.
    const auto known = checkRequirements(m_document.requirements(), *m_document.catalog());
    for (const Issue& issue : checkRequirements(*changed, *m_document.catalog())) {
        if (std::find(known.begin(), known.end(), issue) == known.end())
            return failure(issue.code, issue.text);
    }
    return changed;
}

void ValueField::commit(const QString& text)
{
    const auto changed = checked(text);
    if (!changed) {
        m_error = toQString(changed.error().detail);
        showState();
        return;
    }
    m_error.clear();
    m_committing = true;
    if (*changed != m_document.requirements()) {
        m_document.edit(m_spec.id, tr("Change %1").arg(m_spec.label.toLower()),
                        [&](Project& project) { project.requirements = *changed; });
    }
    m_committing = false;
    m_lastStated = m_spec.stated(m_document.requirements());
    showState();
}

void ValueField::reset()
{
    m_editor->clear();
    commit({});
    m_editor->setFocus(Qt::OtherFocusReason);
}

void ValueField::refresh()
{
    const auto stated = m_spec.stated(m_document.requirements());
    const bool changedElsewhere = stated != m_lastStated;
    if (!m_committing && (changedElsewhere || isValid())) {
        // "5k" stays "5k" as long as it means what the document holds.
        const auto same = parsed(m_editor->text());
        if (!same || m_spec.stated(*same) != stated) {
            m_editor->setText(stated.value_or(QString()));
            m_error.clear();
        }
    }
    m_lastStated = stated;
    showState();
}

void ValueField::dropUnusedText()
{
    if (isValid())
        return;
    m_error.clear();
    m_editor->setText(m_lastStated.value_or(QString()));
    showState();
}

void ValueField::setEnabled(bool enabled)
{
    for (QWidget* widget :
         std::initializer_list<QWidget*> { m_label, m_editor, m_unit, m_reset, m_chip, m_note })
        widget->setEnabled(enabled);
}

void ValueField::setVisible(bool visible)
{
    for (QWidget* widget :
         std::initializer_list<QWidget*> { m_label, m_editor, m_unit, m_chip, m_note })
        widget->setVisible(visible);
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(visible); // or a hidden row would leave a gap
    m_reset->setSizePolicy(policy);
    m_reset->setVisible(visible && (m_lastStated || !isValid()));
}

void ValueField::showState()
{
    const auto& need = m_document.need();
    const bool overridden = m_lastStated.has_value();
    const QString fallback = need ? m_spec.resolved(*need) : QString();
    m_editor->setPlaceholderText(fallback);
    QFont font = m_editor->font();
    font.setBold(overridden && isValid());
    m_editor->setFont(font);
    m_reset->setVisible(!m_label->isHidden() && (overridden || !isValid()));
    const Derivation* derivation = need ? findDerivation(*need, m_spec.derivation) : nullptr;
    m_chip->setOrigin(overridden       ? Derivation::Origin::Stated
                          : derivation ? derivation->origin
                                       : Derivation::Origin::Default);
    showNote();
}

void ValueField::showNote()
{
    const auto& need = m_document.need();
    const Derivation* derivation = need ? findDerivation(*need, m_spec.derivation) : nullptr;
    QFont font = m_note->font();
    font.setBold(!isValid());
    m_note->setFont(font);
    m_note->setForegroundRole(isValid() ? QPalette::PlaceholderText : QPalette::WindowText);
    QString text;
    if (!isValid()) {
        const QString kept = m_lastStated ? *m_lastStated
            : need                        ? m_spec.resolved(*need)
                                          : QString();
        text = tr("⚠ %1").arg(m_error);
        if (!kept.isEmpty())
            text += u' ' + tr("The plan keeps %1.").arg(kept);
    } else if (derivation) {
        text = toQString(derivation->text);
    }
    m_note->setText(text);
    m_editor->setAccessibleDescription(text);
}

FieldGrid::FieldGrid(Document& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(fontMetrics().averageCharWidth() * 2);
    m_layout->setVerticalSpacing(fontMetrics().height() / 3);
    m_layout->setColumnStretch(5, 1);
    m_layout->setColumnMinimumWidth(0, widthOfDigits(*this, 20));
    m_layout->setColumnMinimumWidth(2, widthOfDigits(*this, 18));
}

ValueField* FieldGrid::add(FieldSpec spec, QWidget* extra)
{
    auto* field = new ValueField(m_document, std::move(spec), this);
    m_layout->addWidget(field->label(), m_row, 0);
    m_layout->addWidget(field->editor(), m_row, 1);
    if (extra) {
        field->unit()->hide();
        QWidget::setTabOrder(field->editor(), extra);
    }
    m_layout->addWidget(extra ? extra : field->unit(), m_row, 2);
    m_layout->addWidget(field->resetButton(), m_row, 3);
    m_layout->addWidget(field->chip(), m_row, 4);
    m_layout->addWidget(field->note(), m_row, 5);
    ++m_row;
    m_fields.push_back(field);
    return field;
}

void FieldGrid::addRow(QLabel* label, QWidget* input, QWidget* reset, QWidget* chip, QLabel* note)
{
    m_layout->addWidget(label, m_row, 0);
    input->setFixedWidth(widthOfDigits(*this, 16 + 18) + m_layout->horizontalSpacing());
    m_layout->addWidget(input, m_row, 1, 1, 2);
    if (reset)
        m_layout->addWidget(reset, m_row, 3);
    if (chip)
        m_layout->addWidget(chip, m_row, 4);
    if (note)
        m_layout->addWidget(note, m_row, 5);
    ++m_row;
}

void FieldGrid::refresh()
{
    for (ValueField* field : m_fields)
        field->refresh();
}

void FieldGrid::dropUnusedText()
{
    for (ValueField* field : m_fields)
        field->dropUnusedText();
}

} // namespace llmd

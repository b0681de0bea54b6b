// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/workload/requirements.h>

#include <QObject>
#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace llmd {

class Document;
class OriginChip;

/** One input of the wizard: how its text is read into the requirements, and what holds without it. */
struct FieldSpec
{
    QString id; ///< "requirements.ttft"; undo merges by it
    QString label; ///< "Prompt length"
    QString unit; ///< shown after the input: "tokens"; empty if the text has its unit
    QString example; ///< what may be typed: "200ms, 0.2s"
    QString help; ///< tool tip: what the value means
    std::string derivation; ///< field of `ResolvedNeed::derivations` that explains the value
    /** The text of a stated value; nothing if the default holds. */
    std::function<std::optional<QString>(const Requirements&)> stated;
    /** The text of the value that holds now, stated or derived. */
    std::function<QString(const ResolvedNeed&)> resolved;
    /** Reads a non-empty text into the requirements; the need, if there is one, is of the present state. */
    std::function<Result<>(std::string_view text, const ResolvedNeed* need, Requirements&)> parse;
    std::function<void(Requirements&)> clear;
};

/**
 * Connects a line edit with one value of the document, live and undoable. A text that cannot be used stays as typed with
 * the reason next to it, while the document keeps the last good value. An empty text means the default.
 */
class ValueField final : public QObject
{
    Q_OBJECT

public:
    ValueField(Document& document, FieldSpec spec, QWidget* parent);

    [[nodiscard]] const FieldSpec& spec() const { return m_spec; }
    [[nodiscard]] QLabel* label() const { return m_label; }
    [[nodiscard]] QLineEdit* editor() const { return m_editor; }
    [[nodiscard]] QLabel* unit() const { return m_unit; }
    [[nodiscard]] QToolButton* resetButton() const { return m_reset; }
    [[nodiscard]] OriginChip* chip() const { return m_chip; }
    [[nodiscard]] QLabel* note() const { return m_note; }

    [[nodiscard]] bool isValid() const { return m_error.isEmpty(); }
    /** Shows the document's state; keeps a text that means the same or that is not usable yet. */
    void refresh();
    /** Forgets a text that could not be used, for when another document is shown. */
    void dropUnusedText();
    void setEnabled(bool enabled);
    void setVisible(bool visible);

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void commit(const QString& text);
    void reset();
    [[nodiscard]] Result<Requirements> parsed(const QString& text) const;
    [[nodiscard]] Result<Requirements> checked(const QString& text) const;
    void showState();
    void showNote();

    Document& m_document;
    FieldSpec m_spec;
    QLabel* m_label;
    QLineEdit* m_editor;
    QLabel* m_unit;
    QToolButton* m_reset;
    OriginChip* m_chip;
    QLabel* m_note;
    QString m_error;
    std::optional<QString> m_lastStated;
    bool m_committing = false;
};

/** Rows of fields in aligned columns: label, input, unit or a further input, reset, origin, derivation or error. */
class FieldGrid final : public QWidget
{
    Q_OBJECT

public:
    FieldGrid(Document& document, QWidget* parent = nullptr);

    /** `extra` replaces the unit, for a second input that belongs to the value. */
    ValueField* add(FieldSpec spec, QWidget* extra = nullptr);
    /** A row with another kind of input; `chip`, `reset` and `note` may be null. */
    void addRow(QLabel* label, QWidget* input, QWidget* reset, QWidget* chip, QLabel* note);
    void refresh();
    void dropUnusedText();
    [[nodiscard]] const std::vector<ValueField*>& fields() const { return m_fields; }

private:
    Document& m_document;
    QGridLayout* m_layout;
    std::vector<ValueField*> m_fields;
    int m_row = 0;
};

/** A muted, wrapping label for explanations. */
[[nodiscard]] QLabel* makeNote(const QString& text, QWidget* parent);
/** A flat "Reset" button; hidden buttons keep their space so that rows do not jump. */
[[nodiscard]] QToolButton* makeResetButton(const QString& what, QWidget* parent);
/** The derivation of a field of the need, or nullptr. */
[[nodiscard]] const Derivation* findDerivation(const ResolvedNeed& need, std::string_view field);
/** Width of a text of that many digits in the widget's font, for inputs. */
[[nodiscard]] int widthOfDigits(const QWidget& widget, int digits);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stepbar.h"

#include <core/workload/requirements.h>
#include <widgets/support/theme.h>

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace llmd {

class Document;
class FieldGrid;

/** What the step bar says under a step's title. */
struct StepSummary
{
    QString text;
    StepButton::State state = StepButton::State::Normal;
};

/** How wide a step may get: text and inputs are read best in a column, tables use what there is. */
enum class StepWidth { Readable, Full };

/** One step of the wizard: a heading, a sentence, sections of inputs in a column of readable width that scrolls. */
class Step : public QWidget
{
    Q_OBJECT

public:
    Step(Document& document, const QString& title, const QString& introduction, QWidget* parent,
         StepWidth width = StepWidth::Readable);

    [[nodiscard]] QString title() const { return m_title; }
    /** Shows the document's state. */
    virtual void refresh();
    [[nodiscard]] virtual StepSummary summary() const = 0;
    /** Puts the cursor into the input of a field such as "slo.ttft" or "gpus.include[0]"; false if it is not here. */
    [[nodiscard]] virtual bool reveal(const QString& field);
    /** Forgets texts that could not be used, for when another document is shown. */
    virtual void dropUnusedText();

protected:
    [[nodiscard]] Document& document() const { return m_document; }
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }
    /** A section heading, with a sentence under it if there is something to explain. */
    QLabel* addSection(const QString& title, const QString& explanation = {});
    FieldGrid* addFields();
    /** Changes the requirements in one undoable step. */
    void edit(const QString& fieldId, const QString& text,
              const std::function<void(Requirements&)>& change);

private:
    Document& m_document;
    QString m_title;
    QVBoxLayout* m_content;
    std::vector<FieldGrid*> m_grids;
};

/** "slo.ttft", "ttft.max" and "requirements.ttft" are all "ttft": the name by which steps know a field. */
[[nodiscard]] QString fieldName(const QString& field);
/** A label as a heading. */
[[nodiscard]] QLabel* makeHeading(const QString& text, TextStyle style, QWidget* parent);

} // namespace llmd

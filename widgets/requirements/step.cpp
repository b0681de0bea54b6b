// SPDX-License-Identifier: GPL-3.0-or-later
#include "step.h"

#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

QString fieldName(const QString& field)
{
    QString name = field;
    for (const QString& prefix : { u"workload."_s, u"slo."_s, u"requirements."_s }) {
        if (name.startsWith(prefix))
            name.remove(0, prefix.size());
    }
    const auto end =
        std::find_if(name.begin(), name.end(), [](QChar c) { return c == u'.' || c == u'['; });
    return name.left(end - name.begin());
}

QLabel* makeHeading(const QString& text, TextStyle style, QWidget* parent)
{
    auto* heading = new QLabel(text, parent);
    heading->setTextFormat(Qt::PlainText);
    setTextStyle(*heading, style);
    return heading;
}

Step::Step(Document& document, const QString& title, const QString& introduction, QWidget* parent,
           StepWidth width)
    : QWidget(parent)
    , m_document(document)
    , m_title(title)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QWidget(scroll);
    scroll->setWidget(column);
    outer->addWidget(scroll);

    const int margin = fontMetrics().height() * 3 / 2;
    m_content = new QVBoxLayout(column);
    m_content->setContentsMargins(margin, margin, margin, margin);
    m_content->setSpacing(fontMetrics().height() / 2);
    if (width == StepWidth::Readable)
        column->setMaximumWidth(charactersWide(*this, 185));
    m_content->addWidget(makeHeading(title, TextStyle::Title, column));
    m_content->addWidget(makeNote(introduction, column));
}

void Step::refresh()
{
    for (FieldGrid* grid : m_grids)
        grid->refresh();
}

void Step::dropUnusedText()
{
    for (FieldGrid* grid : m_grids)
        grid->dropUnusedText();
}

bool Step::reveal(const QString& field)
{
    const QString name = fieldName(field);
    for (FieldGrid* grid : m_grids) {
        for (ValueField* value : grid->fields()) {
            if (fieldName(toQString(value->spec().derivation)) == name) {
                value->editor()->setFocus(Qt::OtherFocusReason);
                value->editor()->selectAll();
                return true;
            }
        }
    }
    return false;
}

QLabel* Step::addSection(const QString& title, const QString& explanation)
{
    m_content->addSpacing(fontMetrics().height() / 2);
    auto* heading = makeHeading(title, TextStyle::Heading, this);
    m_content->addWidget(heading);
    if (!explanation.isEmpty())
        m_content->addWidget(makeNote(explanation, this));
    return heading;
}

FieldGrid* Step::addFields()
{
    auto* grid = new FieldGrid(m_document, this);
    m_content->addWidget(grid);
    m_grids.push_back(grid);
    return grid;
}

void Step::edit(const QString& fieldId, const QString& text,
                const std::function<void(Requirements&)>& change)
{
    m_document.edit(fieldId, text, [&](Project& project) { change(project.requirements); });
}

} // namespace llmd

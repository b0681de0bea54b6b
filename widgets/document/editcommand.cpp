// SPDX-License-Identifier: GPL-3.0-or-later
#include "editcommand.h"

#include "document.h"

namespace llmd {

EditCommand::EditCommand(Document& document, QString fieldId, const QString& text, Project before,
                         Project after)
    : QUndoCommand(text)
    , m_document(document)
    , m_fieldId(std::move(fieldId))
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_time(std::chrono::steady_clock::now())
{ }

void EditCommand::undo()
{
    m_document.applyProject(m_before);
}

void EditCommand::redo()
{
    m_document.applyProject(m_after);
}

bool EditCommand::mergeWith(const QUndoCommand* other)
{
    // All commands of a document's stack are EditCommands: they share the id.
    const auto* next = static_cast<const EditCommand*>(other);
    if (next->m_fieldId != m_fieldId || next->m_time - m_time > mergeWindow)
        return false;
    m_after = next->m_after;
    m_time = next->m_time;
    setObsolete(m_before == m_after);
    return true;
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/project/project.h>

#include <QUndoCommand>

#include <chrono>

namespace llmd {

class Document;

/**
 * One undo step: the whole project before and after. A project is small and holds values only, so a snapshot is complete
 * where a command per field would have to be proven so. Steps of the same field within `mergeWindow` become one.
 */
class EditCommand final : public QUndoCommand
{
public:
    static constexpr std::chrono::milliseconds mergeWindow { 1000 };

    EditCommand(Document& document, QString fieldId, const QString& text, Project before,
                Project after);

    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return 1; }
    [[nodiscard]] bool mergeWith(const QUndoCommand* other) override;

private:
    Document& m_document;
    QString m_fieldId;
    Project m_before;
    Project m_after;
    std::chrono::steady_clock::time_point m_time;
};

} // namespace llmd

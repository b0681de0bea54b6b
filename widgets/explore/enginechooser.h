// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;

namespace llmd {

class Document;

/** The engine that the search predicts with: part of the plan, with undo; what each engine can do is in its tool tip. */
class EngineChooser final : public QWidget
{
    Q_OBJECT

public:
    explicit EngineChooser(Document& document, QWidget* parent = nullptr);

private:
    void refresh();
    void choose(int index);

    Document& m_document;
    QComboBox* m_box;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/actionshortcuts.h>

#include <QWidget>

#include <memory>
#include <vector>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace llmd {

class CopyTableView;
class FilterProxy;
class Settings;

/** The keys of every action: choose one, press the new keys. Keys that another action has are refused with its name. */
class ShortcutsPage final : public QWidget
{
    Q_OBJECT

public:
    ShortcutsPage(std::vector<ActionShortcut> rows, Settings& settings, QWidget* parent = nullptr);
    ~ShortcutsPage() override;

private:
    class Model;
    void buildEditor();
    [[nodiscard]] const ActionShortcut* current() const;
    void showCurrent();
    void take(const QKeySequence& keys);
    void store(const QString& id, const QKeySequence& keys);
    void resetAll();
    void setConflict(const QString& text);

    Settings& m_settings;
    std::unique_ptr<Model> m_model;
    FilterProxy* m_proxy;
    CopyTableView* m_view;
    QLineEdit* m_filter;
    QLabel* m_label = nullptr;
    QKeySequenceEdit* m_keys = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_reset = nullptr;
    QLabel* m_conflict = nullptr;
    bool m_showing = false; ///< the editor is being filled by the program
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QAction;
class QLabel;
class QListView;

namespace llmd {

class RecentFilesModel;
class Settings;

/**
 * The files that were opened last, pinned ones first. Enter or a click opens one; its menu, and the keys P and Delete, pin and
 * remove it. Files that are gone are left out but not forgotten: a drive may be away for a while.
 */
class RecentFiles final : public QWidget
{
    Q_OBJECT

public:
    explicit RecentFiles(Settings& settings, QWidget* parent = nullptr);
    ~RecentFiles() override;

    void refresh();
    [[nodiscard]] QListView* view() const { return m_view; }

signals:
    void openRequested(const QString& path);

private:
    [[nodiscard]] QString currentPath() const;
    void updateActions();

    Settings& m_settings;
    std::unique_ptr<RecentFilesModel> m_model;
    QListView* m_view;
    QLabel* m_empty;
    QAction* m_pin = nullptr;
    QAction* m_remove = nullptr;
};

} // namespace llmd

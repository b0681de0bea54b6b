// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QAbstractItemModel;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStringListModel;

namespace llmd {

class CopyTableView;
class Document;
class EnginesModel;
class Settings;
class StatusBanner;

/** Where external engines are declared and which there are; where the user's additions are kept. */
class FolderSettings final : public QWidget
{
    Q_OBJECT

public:
    FolderSettings(const Document& document, Settings& settings, QWidget* parent = nullptr);
    ~FolderSettings() override;

private:
    class EngineList;
    void buildEngines();
    void buildDataFolder();
    void refresh();
    void askEngineFolder();
    void askDataFolder();
    void useDataFolder(const QString& folder);

    const Document& m_document;
    Settings& m_settings;
    std::unique_ptr<EngineList> m_engines;
    QStringListModel* m_folders;
    QListView* m_folderView = nullptr;
    CopyTableView* m_engineView = nullptr;
    QPushButton* m_removeFolder = nullptr;
    QLineEdit* m_dataFolder = nullptr;
    QPushButton* m_usualFolder = nullptr;
    StatusBanner* m_banner;
};

} // namespace llmd

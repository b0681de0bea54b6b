// SPDX-License-Identifier: GPL-3.0-or-later
#include "foldersettings.h"

#include <core/base/file.h>
#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

/** The engines that there are, with why one cannot be used. */
class FolderSettings::EngineList final : public RecordModel<EngineInfo>
{
public:
    EngineList()
        : RecordModel(columns())
    { }

private:
    static ColumnList columns()
    {
        Column<EngineInfo> name { u"name"_s, FolderSettings::tr("Engine") };
        name.value = [](const EngineInfo& info) { return toQString(info.name); };
        Column<EngineInfo> state { u"state"_s, FolderSettings::tr("State") };
        state.value = [](const EngineInfo& info) {
            return info.unavailable.empty() ? FolderSettings::tr("Ready")
                                            : toQString(info.unavailable);
        };
        state.cellToolTip = [](const EngineInfo& info) { return toQString(info.unavailable); };
        Column<EngineInfo> file { u"file"_s, FolderSettings::tr("Declared in") };
        file.value = [](const EngineInfo& info) {
            return info.declaredIn.empty() ? FolderSettings::tr("Built in")
                                           : toQString(info.declaredIn);
        };
        file.cellToolTip = [](const EngineInfo& info) { return toQString(info.declaredIn); };
        return { name, state, file };
    }
};

FolderSettings::FolderSettings(const Document& document, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_settings(settings)
    , m_engines(std::make_unique<EngineList>())
    , m_folders(new QStringListModel(this))
    , m_banner(new StatusBanner(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_banner);
    buildEngines();
    buildDataFolder();
    connect(&settings, &Settings::engineFoldersChanged, this, &FolderSettings::refresh);
    connect(&settings, &Settings::dataFolderChanged, this, &FolderSettings::refresh);
    connect(&document, &Document::catalogChanged, this, &FolderSettings::refresh);
    refresh();
}

FolderSettings::~FolderSettings() = default;

void FolderSettings::buildEngines()
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    auto* heading = new QLabel(tr("&Folders with declarations of external engines"), this);
    setTextStyle(*heading, TextStyle::Heading);
    m_folderView = new QListView(this);
    m_folderView->setObjectName(u"preferences.engineFolders"_s);
    m_folderView->setModel(m_folders);
    m_folderView->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_folderView->setTabKeyNavigation(false);
    m_folderView->setMaximumHeight(fontMetrics().height() * 6);
    heading->setBuddy(m_folderView);
    auto* add = new QPushButton(tr("&Add Folder…"), this);
    add->setObjectName(u"preferences.addEngineFolder"_s);
    m_removeFolder = new QPushButton(tr("&Remove"), this);
    m_removeFolder->setObjectName(u"preferences.removeEngineFolder"_s);
    connect(add, &QPushButton::clicked, this, &FolderSettings::askEngineFolder);
    connect(m_removeFolder, &QPushButton::clicked, this, [this] {
        QStringList folders = m_settings.engineFolders();
        const int row = m_folderView->currentIndex().row();
        if (row >= 0 && row < folders.size()) {
            folders.removeAt(row);
            m_settings.setEngineFolders(folders);
        }
    });
    connect(m_folderView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_removeFolder->setEnabled(index.isValid()); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_removeFolder);
    buttons->addStretch(1);
    auto* found = new QLabel(tr("Engines that were f&ound"), this);
    setTextStyle(*found, TextStyle::Heading);
    m_engineView = new CopyTableView(this);
    m_engineView->setObjectName(u"preferences.engines"_s);
    setUpTable(*m_engineView, *m_engines);
    m_engineView->horizontalHeader()->setStretchLastSection(true);
    found->setBuddy(m_engineView);
    column->addWidget(heading);
    column->addWidget(m_folderView);
    column->addLayout(buttons);
    column->addWidget(found);
    column->addWidget(m_engineView, 1);
}

void FolderSettings::buildDataFolder()
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    auto* heading = new QLabel(tr("&Data folder"), this);
    setTextStyle(*heading, TextStyle::Heading);
    auto* explanation = new QLabel(tr("Your models, prices, use cases, engines and benchmarks are "
                                      "read from here and kept here. "
                                      "Changing it moves nothing."),
                                   this);
    explanation->setWordWrap(true);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    m_dataFolder = new QLineEdit(this);
    m_dataFolder->setObjectName(u"preferences.dataFolder"_s);
    m_dataFolder->setReadOnly(true);
    heading->setBuddy(m_dataFolder);
    auto* choose = new QPushButton(tr("&Choose…"), this);
    choose->setObjectName(u"preferences.chooseDataFolder"_s);
    m_usualFolder = new QPushButton(tr("&Usual Folder"), this);
    m_usualFolder->setObjectName(u"preferences.usualDataFolder"_s);
    connect(choose, &QPushButton::clicked, this, &FolderSettings::askDataFolder);
    connect(m_usualFolder, &QPushButton::clicked, this, [this] { useDataFolder({}); });
    auto* row = new QHBoxLayout;
    row->addWidget(m_dataFolder, 1);
    row->addWidget(choose);
    row->addWidget(m_usualFolder);
    column->addWidget(heading);
    column->addWidget(explanation);
    column->addLayout(row);
}

void FolderSettings::refresh()
{
    QStringList shown;
    const QStringList folders = m_settings.engineFolders();
    for (const QString& folder : folders)
        shown.append(QFileInfo(folder).isDir() ? folder : tr("%1 (does not exist)").arg(folder));
    m_folders->setStringList(shown);
    m_removeFolder->setEnabled(m_folderView->currentIndex().isValid());
    m_engines->setRows(m_document.engines()->list());
    fitColumns(*m_engineView, 46);
    const QString own = m_settings.dataFolder();
    m_dataFolder->setText(own.isEmpty() ? QString::fromStdString(userDataFolder().string()) : own);
    m_usualFolder->setEnabled(!own.isEmpty());
}

void FolderSettings::askEngineFolder()
{
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Folder With Engines"), m_settings.lastFolder());
    if (folder.isEmpty())
        return;
    QStringList folders = m_settings.engineFolders();
    if (!folders.contains(folder))
        folders.append(folder);
    m_settings.setEngineFolders(folders);
}

void FolderSettings::askDataFolder()
{
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Data Folder"), m_dataFolder->text());
    if (!folder.isEmpty())
        useDataFolder(folder);
}

void FolderSettings::useDataFolder(const QString& folder)
{
    if (!folder.isEmpty() && !QFileInfo(folder).isWritable()) {
        m_banner->showMessage(
            StatusBanner::Kind::Error,
            tr("“%1” cannot be written to. Choose a folder of your own.").arg(folder));
        return;
    }
    m_banner->dismiss();
    m_settings.setDataFolder(folder);
}

} // namespace llmd

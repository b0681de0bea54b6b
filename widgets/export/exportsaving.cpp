// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportpage.h"

#include "plandiffpanel.h"

#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QUrl>

#include <filesystem>

// How the files of the page leave it: a folder, an archive, the clipboard.

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString saveSlot = u"export.save"_s;

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(path.toStdU16String());
}

} // namespace

void ExportPage::askForArchive()
{
    if (!m_result)
        return;
    auto* dialog = new QFileDialog(this, tr("Save the deployment files as an archive"),
                                   m_settings.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(
        { tr("Compressed archive (*.tar.gz *.tgz)"), tr("Zip archive (*.zip)") });
    dialog->selectFile(toQString(m_result->plan.name) + u".tar.gz"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& path) {
        const bool zip = dialog->selectedNameFilter().contains(u".zip"_s);
        const bool named = archiveFormat(toPath(path)).has_value();
        saveArchive(named ? path : path + (zip ? u".zip"_s : u".tar.gz"_s));
    });
    dialog->open();
}

void ExportPage::saveArchive(const QString& path)
{
    const auto format = archiveFormat(toPath(path));
    if (!m_result || !format)
        return;
    m_document.jobs().run<void>(
        saveSlot, tr("Saving the deployment files"),
        [files = m_result->files, root = m_result->plan.name, format = *format,
         file = toPath(path)](RunContext&) { return archiveManifests(files, root, format, file); },
        this,
        [this, path, count = static_cast<int>(m_result->files.size())](const Result<>& result) {
            if (!result) {
                m_banner->showError(result.error());
                return;
            }
            m_settings.setLastFolder(QFileInfo(path).absolutePath());
            m_banner->showMessage(
                StatusBanner::Kind::Success,
                tr("%1 files were saved to %2.").arg(count).arg(QDir::toNativeSeparators(path)));
            emit saved(path);
        });
}

void ExportPage::askForFolder()
{
    auto* dialog =
        new QFileDialog(this, tr("Save the deployment files to a folder"), m_settings.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportPage::saveTo);
    dialog->open();
}

void ExportPage::saveTo(const QString& folder)
{
    if (!m_result)
        return;
    const auto differing = differingFiles(m_result->files, toPath(folder));
    if (differing.empty()) {
        write(folder);
        return;
    }
    const QString place = QDir::toNativeSeparators(folder);
    auto* replace = new QAction(tr("Replace"), m_banner);
    replace->setObjectName(u"export.replace"_s);
    connect(replace, &QAction::triggered, this, [this, folder] { write(folder); });
    m_banner->showMessage(
        StatusBanner::Kind::Warning,
        differing.size() == 1
            ? tr("%1 in %2 has another content and would be replaced.")
                  .arg(toQString(differing.front()), place)
            : tr("%1 files in %2 have another content and would be replaced, among them %3.")
                  .arg(differing.size())
                  .arg(place, toQString(differing.front())),
        { replace });
}

void ExportPage::write(const QString& folder)
{
    if (!m_result)
        return;
    m_save->setEnabled(false);
    m_document.jobs().run<void>(
        saveSlot, tr("Saving the deployment files"),
        [files = m_result->files, path = toPath(folder)](RunContext&) {
            return saveManifests(files, path);
        },
        this,
        [this, folder, count = static_cast<int>(m_result->files.size())](const Result<>& result) {
            m_save->setEnabled(m_result.has_value() && nameSpaceProblem().isEmpty());
            if (!result) {
                m_banner->showError(result.error());
                return;
            }
            m_settings.setLastFolder(folder);
            m_settings.setLastExport(folder);
            m_changes->setExport(folder);
            showChanges();
            auto* open = new QAction(tr("Open folder"), m_banner);
            connect(open, &QAction::triggered, this,
                    [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
            m_banner->showMessage(
                StatusBanner::Kind::Success,
                tr("%1 files were saved to %2.").arg(count).arg(QDir::toNativeSeparators(folder)),
                { open });
            emit saved(folder);
        });
}

void ExportPage::copyAll()
{
    if (!m_result)
        return;
    QApplication::clipboard()->setText(toQString(joinFiles(m_result->files)));
    m_banner->showMessage(StatusBanner::Kind::Information,
                          tr("All files were copied, each under a comment with its name."));
}

} // namespace llmd

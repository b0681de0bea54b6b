// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/manifests/manifests.h>

#include <QWidget>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QStandardItem;
class QStandardItemModel;
class QToolButton;
class QTreeView;

namespace llmd {

class YamlHighlighter;

/** The files of an export as a tree of folders, with the text of the selected one beside it. */
class FilePreview final : public QWidget
{
    Q_OBJECT

public:
    explicit FilePreview(QWidget* parent = nullptr);

    /** Keeps the selected file and the place in it where they still exist. */
    void setFiles(const std::vector<ManifestFile>& files);
    [[nodiscard]] QString currentPath() const;
    void select(const QString& path);
    /** Selects a file and puts the cursor on a line, counted from 1. */
    void showLine(const QString& path, int line);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeTree();
    QWidget* makeText();
    [[nodiscard]] QStandardItem* folderOf(const QString& path);
    void showCurrent();

    std::vector<ManifestFile> m_files;
    QStandardItemModel* m_model;
    QTreeView* m_tree;
    QLabel* m_path;
    QToolButton* m_copy;
    QPlainTextEdit* m_text;
    YamlHighlighter* m_highlighter;
};

} // namespace llmd

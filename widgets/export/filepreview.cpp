// SPDX-License-Identifier: GPL-3.0-or-later
#include "filepreview.h"

#include "yamlhighlighter.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

constexpr int pathRole = Qt::UserRole + 1;

} // namespace

FilePreview::FilePreview(QWidget* parent)
    : QWidget(parent)
    , m_model(new QStandardItemModel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(u"export.splitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeTree());
    splitter->addWidget(makeText());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ charactersWide(*this, 40), charactersWide(*this, 90) });
    layout->addWidget(splitter);
}

QWidget* FilePreview::makeTree()
{
    m_tree = new QTreeView(this);
    m_tree->setObjectName(u"export.tree"_s);
    m_tree->setAccessibleName(tr("Generated files"));
    m_tree->setModel(m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setUniformRowHeights(true);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FilePreview::showCurrent);
    return m_tree;
}

QWidget* FilePreview::makeText()
{
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() / 4);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(fontMetrics().height() / 2, fontMetrics().height() / 4,
                            fontMetrics().height() / 4, 0);
    m_path = new QLabel(column);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy = new QToolButton(column);
    m_copy->setObjectName(u"export.copyFile"_s);
    m_copy->setIcon(themedIcon(u"copy"_s));
    m_copy->setText(tr("Copy file"));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    bar->addWidget(m_path, 1);
    bar->addWidget(m_copy);
    m_text = new QPlainTextEdit(column);
    m_text->setObjectName(u"export.text"_s);
    m_text->setAccessibleName(tr("Content of the selected file"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(QApplication::font().pointSizeF());
    m_text->setFont(mono);
    m_highlighter = new YamlHighlighter(m_text->document(), palette());
    layout->addLayout(bar);
    layout->addWidget(m_text, 1);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_text->toPlainText()); });
    return column;
}

QStandardItem* FilePreview::folderOf(const QString& path)
{
    QStandardItem* parent = m_model->invisibleRootItem();
    const QStringList parts = path.split(u'/');
    for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
        QStandardItem* folder = nullptr;
        for (int row = 0; row < parent->rowCount() && !folder; ++row) {
            if (parent->child(row)->text() == parts[i]
                && !parent->child(row)->data(pathRole).isValid())
                folder = parent->child(row);
        }
        if (!folder) {
            folder = new QStandardItem(themedIcon(u"folder"_s), parts[i]);
            parent->appendRow(folder);
        }
        parent = folder;
    }
    return parent;
}

void FilePreview::setFiles(const std::vector<ManifestFile>& files)
{
    const QString before = currentPath();
    const bool samePaths = files.size() == m_files.size()
        && std::equal(files.begin(), files.end(), m_files.begin(),
                      [](const ManifestFile& a, const ManifestFile& b) {
                          return a.path == b.path;
                      });
    m_files = files;
    if (samePaths && !files.empty()) {
        showCurrent();
        return;
    }
    m_model->clear();
    for (const ManifestFile& file : files) {
        const QString path = toQString(file.path);
        auto* item = new QStandardItem(themedIcon(u"file"_s), path.section(u'/', -1));
        item->setData(path, pathRole);
        item->setToolTip(path);
        folderOf(path)->appendRow(item);
    }
    m_tree->expandAll();
    select(before);
    if (currentPath().isEmpty() && !files.empty())
        select(toQString(files.front().path));
    showCurrent();
}

QString FilePreview::currentPath() const
{
    return m_tree->currentIndex().data(pathRole).toString();
}

void FilePreview::select(const QString& path)
{
    if (path.isEmpty())
        return;
    const auto found = m_model->match(m_model->index(0, 0), pathRole, path, 1,
                                      Qt::MatchExactly | Qt::MatchRecursive);
    if (!found.isEmpty())
        m_tree->setCurrentIndex(found.front());
}

void FilePreview::showLine(const QString& path, int line)
{
    select(path);
    const QTextBlock block = m_text->document()->findBlockByNumber(std::max(line - 1, 0));
    if (currentPath() != path || !block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.select(QTextCursor::LineUnderCursor);
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
    m_text->setFocus(Qt::OtherFocusReason);
}

void FilePreview::showCurrent()
{
    const QString path = currentPath();
    const auto it = std::find_if(m_files.begin(), m_files.end(), [&](const ManifestFile& file) {
        return toQString(file.path) == path;
    });
    const QString text = it == m_files.end() ? QString() : toQString(it->content);
    m_copy->setEnabled(it != m_files.end());
    const bool sameFile = m_path->text() == path;
    m_path->setText(path);
    const bool yaml = path.endsWith(u".yaml"_s) || path.endsWith(u".yml"_s);
    m_highlighter->setEnabled(yaml);
    // Instructions are read like a page; the columns of YAML have to stay.
    m_text->setLineWrapMode(path.endsWith(u".md"_s) ? QPlainTextEdit::WidgetWidth
                                                    : QPlainTextEdit::NoWrap);
    if (text == m_text->toPlainText())
        return;
    const int place = m_text->verticalScrollBar()->value();
    m_text->setPlainText(text);
    if (sameFile)
        m_text->verticalScrollBar()->setValue(place);
}

void FilePreview::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
}

} // namespace llmd

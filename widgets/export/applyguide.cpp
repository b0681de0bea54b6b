// SPDX-License-Identifier: GPL-3.0-or-later
#include "applyguide.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QEvent>
#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

ApplyGuide::ApplyGuide(QWidget* parent)
    : QTextBrowser(parent)
{
    setObjectName(u"export.guide"_s);
    setAccessibleName(tr("How to apply the files"));
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setOpenLinks(false); // names of models may look like links
    document()->setDocumentMargin(fontMetrics().height());
}

void ApplyGuide::setFiles(const std::vector<ManifestFile>& files)
{
    const auto it = std::find_if(files.begin(), files.end(),
                                 [](const ManifestFile& file) { return file.path == "APPLY.md"; });
    const QString text = it == files.end() ? QString() : toQString(it->content);
    if (text == m_markdown)
        return;
    m_markdown = text;
    render();
}

void ApplyGuide::render()
{
    const int place = verticalScrollBar()->value();
    setMarkdown(m_markdown);
    const Tones colors = tones(palette());
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // Qt leaves commands and tables of Markdown bare: give them room and a ground of their own.
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        if (format.hasProperty(QTextFormat::BlockCodeFence)
            || format.hasProperty(QTextFormat::BlockCodeLanguage)) {
            format.setBackground(mixed(palette().base().color(), palette().text().color(), 0.06));
            format.setNonBreakableLines(false);
            format.setLeftMargin(fontMetrics().height() / 2.0);
            cursor.setBlockFormat(format);
            cursor.select(QTextCursor::BlockUnderCursor);
            QTextCharFormat letters;
            letters.setFontFamilies({ fixed.family() });
            cursor.mergeCharFormat(letters);
        }
    }
    const auto frames = document()->rootFrame()->childFrames();
    for (QTextFrame* frame : frames) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(0.5);
        format.setBorderBrush(colors.border);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderCollapse(true);
        format.setCellPadding(fontMetrics().height() / 4.0);
        format.setCellSpacing(0);
        table->setFormat(format);
    }
    verticalScrollBar()->setValue(place);
}

void ApplyGuide::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        render();
}

} // namespace llmd

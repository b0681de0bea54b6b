// SPDX-License-Identifier: GPL-3.0-or-later
#include "messageeditor.h"

#include <widgets/charts/charttheme.h>
#include <widgets/support/theme.h>

#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <QTextFrame>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

constexpr int lineHeightPercent = 165; // room for the numbers above the words
constexpr qsizetype longestPaste = 200'000; // characters

QString markSign(int number)
{
    switch (number) {
    case TextMark::question:
        return u"?"_s;
    case TextMark::proposal:
        return u"+"_s;
    case TextMark::difference:
        return u"≠"_s;
    default:
        return QString::number(number);
    }
}

} // namespace

QColor markColor(const QPalette& palette, int number)
{
    if (number <= 0)
        return number == TextMark::proposal ? tones(palette).information : tones(palette).warning;
    const ChartTheme theme = chartTheme(palette, QFont());
    return theme.series[static_cast<std::size_t>(number - 1) % ChartTheme::seriesCount];
}

void paintMarkBadge(QPainter& painter, const QRectF& area, const QPalette& palette, int number)
{
    const QColor fill = markColor(palette, number);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2);
    const QColor text = contrastRatio(fill, Qt::white) >= contrastRatio(fill, Qt::black)
        ? QColor(Qt::white)
        : QColor(Qt::black);
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(std::max(7, static_cast<int>(area.height() * 0.8)));
    painter.setFont(font);
    painter.setPen(text);
    painter.drawText(area, Qt::AlignCenter, markSign(number));
    painter.restore();
}

MessageEditor::MessageEditor(int lines, QWidget* parent)
    : QTextEdit(parent)
{
    setAcceptRichText(false);
    setTabChangesFocus(true);
    document()->setUndoRedoEnabled(false);
    QTextBlockFormat format;
    format.setLineHeight(lineHeightPercent, QTextBlockFormat::ProportionalHeight);
    QTextCursor(document()).setBlockFormat(format);
    document()->setDocumentMargin(fontMetrics().height() / 2.0);
    // The first line has nothing above it where its numbers could stand.
    QTextFrameFormat frame = document()->rootFrame()->frameFormat();
    frame.setTopMargin(fontMetrics().height());
    document()->rootFrame()->setFrameFormat(frame);
    document()->setUndoRedoEnabled(true);
    const int height = fontMetrics().height() * lines * lineHeightPercent / 100
        + fontMetrics().height() * 5 / 4 + 2 * frameWidth();
    setMinimumHeight(height);
    setMaximumHeight(height);
}

void MessageEditor::replaceText(const QString& text)
{
    // Through a cursor: `setPlainText` would forget both undo and the height of the lines.
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    moveCursor(QTextCursor::End);
}

void MessageEditor::setMarks(std::vector<TextMark> marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    showMarks();
}

void MessageEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    const int length = document()->characterCount() - 1;
    for (const TextMark& mark : m_marks) {
        if (mark.begin < 0 || mark.end > length || mark.begin >= mark.end)
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(mark.begin);
        selection.cursor.setPosition(mark.end, QTextCursor::KeepAnchor);
        const QColor color = markColor(palette(), mark.number);
        selection.format.setBackground(mixed(palette().color(QPalette::Base), color, 0.18));
        selection.format.setUnderlineStyle(mark.number > 0 ? QTextCharFormat::SingleUnderline
                                                           : QTextCharFormat::DashUnderline);
        selection.format.setUnderlineColor(color);
        selections.append(selection);
    }
    setExtraSelections(selections);
    viewport()->update();
}

bool MessageEditor::revealMark(int number)
{
    const auto mark = std::find_if(m_marks.begin(), m_marks.end(),
                                   [&](const TextMark& each) { return each.number == number; });
    if (mark == m_marks.end() || mark->end >= document()->characterCount())
        return false;
    QTextCursor cursor(document());
    cursor.setPosition(mark->begin);
    cursor.setPosition(mark->end, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
    setFocus(Qt::OtherFocusReason);
    return true;
}

void MessageEditor::paintEvent(QPaintEvent* event)
{
    QTextEdit::paintEvent(event);
    QPainter painter(viewport());
    const int length = document()->characterCount() - 1;
    const double size = fontMetrics().height() * 0.72;
    double lastRight = -1;
    double lastTop = -1;
    for (const TextMark& mark : m_marks) {
        if (mark.begin < 0 || mark.end > length)
            continue; // the text has changed since it was read
        QTextCursor cursor(document());
        cursor.setPosition(mark.begin);
        const QRect at = cursorRect(cursor);
        const double width = mark.number > 9 ? size * 1.5 : size;
        QRectF badge(at.left(), at.bottom() - fontMetrics().height() - size * 0.75, width, size);
        if (badge.top() == lastTop && badge.left() < lastRight) // words with two meanings
            badge.moveLeft(lastRight + 1);
        lastTop = badge.top();
        lastRight = badge.right();
        paintMarkBadge(painter, badge, palette(), mark.number);
    }
}

void MessageEditor::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showMarks();
}

void MessageEditor::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        emit submitted();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void MessageEditor::insertFromMimeData(const QMimeData* source)
{
    textCursor().insertText(source->text().left(longestPaste));
}

} // namespace llmd

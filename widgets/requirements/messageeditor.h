// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

#include <vector>

namespace llmd {

/** Words of a message that mean something: a field with its number, or what a question is about. */
struct TextMark
{
    int begin = 0; ///< UTF-16 units [begin, end) of the message
    int end = 0;
    int number = 0; ///< of the field, from 1; or one of the below

    static constexpr int question = 0; ///< shown as "?"
    static constexpr int proposal = -1; ///< of a language model, "+"
    static constexpr int difference = -2; ///< from what a language model reads, "≠"

    bool operator==(const TextMark&) const = default;
};

/** A tint for the mark of a number; never the only way in which a mark is told from others. */
[[nodiscard]] QColor markColor(const QPalette& palette, int number);
/** Draws the number of a mark, or its sign, in a small disc that fits into `area`. */
void paintMarkBadge(QPainter& painter, const QRectF& area, const QPalette& palette, int number);

/** One message of a description: plain text in which marked words are tinted and carry the number of their field. */
class MessageEditor final : public QTextEdit
{
    Q_OBJECT

public:
    /** `lines` is the height in lines of text. */
    MessageEditor(int lines, QWidget* parent);

    [[nodiscard]] QString text() const { return toPlainText(); }
    /** Replaces the text in a way that the user can undo. */
    void replaceText(const QString& text);
    void setMarks(std::vector<TextMark> marks);
    [[nodiscard]] const std::vector<TextMark>& marks() const { return m_marks; }
    /** Selects the words of a field and puts the cursor there; false if it has none here. */
    bool revealMark(int number);

signals:
    void submitted(); ///< Ctrl+Return

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void showMarks();

    std::vector<TextMark> m_marks;
};

} // namespace llmd

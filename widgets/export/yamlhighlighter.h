// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

class QPalette;

namespace llmd {

/** Tells keys, strings, numbers and comments of YAML apart, line by line; block scalars are text. */
class YamlHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    YamlHighlighter(QTextDocument* document, const QPalette& palette);

    void setPalette(const QPalette& palette);
    /** Off for texts that are not YAML. */
    void setEnabled(bool enabled);

protected:
    void highlightBlock(const QString& text) override;

private:
    void highlightValue(const QString& text, int start);
    [[nodiscard]] int commentStart(const QString& text, int from) const;

    QTextCharFormat m_key;
    QTextCharFormat m_string;
    QTextCharFormat m_literal;
    QTextCharFormat m_comment;
    QTextCharFormat m_separator;
    bool m_enabled = true;
};

} // namespace llmd

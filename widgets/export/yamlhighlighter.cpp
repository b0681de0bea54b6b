// SPDX-License-Identifier: GPL-3.0-or-later
#include "yamlhighlighter.h"

#include <widgets/support/theme.h>

#include <QPalette>
#include <QRegularExpression>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

constexpr int noBlock = -1;

int indentOf(const QString& text)
{
    int indent = 0;
    while (indent < text.size() && text[indent] == u' ')
        ++indent;
    return indent;
}

} // namespace

YamlHighlighter::YamlHighlighter(QTextDocument* document, const QPalette& palette)
    : QSyntaxHighlighter(document)
{
    setPalette(palette);
}

void YamlHighlighter::setPalette(const QPalette& palette)
{
    const Tones tone = tones(palette);
    m_key.setForeground(tone.accent);
    m_string.setForeground(tone.success);
    m_literal.setForeground(tone.warning);
    m_comment.setForeground(tone.subtleText);
    m_comment.setFontItalic(true);
    m_separator.setForeground(tone.subtleText);
    m_separator.setFontWeight(QFont::Bold);
    rehighlight();
}

void YamlHighlighter::setEnabled(bool enabled)
{
    if (enabled == m_enabled)
        return;
    m_enabled = enabled;
    rehighlight();
}

// A comment starts at a "#" after white space that is not inside quotes.
int YamlHighlighter::commentStart(const QString& text, int from) const
{
    QChar quote;
    for (int i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull()) {
            if (c == u'\\' && quote == u'"')
                ++i;
            else if (c == quote)
                quote = {};
        } else if ((c == u'"' || c == u'\'')
                   && (i == from || text[i - 1].isSpace() || text[i - 1] == u'['
                       || text[i - 1] == u'{')) {
            quote = c;
        } else if (c == u'#' && (i == 0 || text[i - 1].isSpace())) {
            return i;
        }
    }
    return static_cast<int>(text.size());
}

void YamlHighlighter::highlightValue(const QString& text, int start)
{
    static const QRegularExpression literal(
        u"^(true|false|null|~|[-+]?[0-9][0-9_]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?)$"_s);
    const int end = commentStart(text, start);
    if (end < text.size())
        setFormat(end, static_cast<int>(text.size()) - end, m_comment);
    const QString value = text.mid(start, end - start).trimmed();
    if (value.isEmpty())
        return;
    const int at = static_cast<int>(text.indexOf(value, start));
    if (literal.match(value).hasMatch())
        setFormat(at, static_cast<int>(value.size()), m_literal);
    else if (value.startsWith(u'"') || value.startsWith(u'\''))
        setFormat(at, static_cast<int>(value.size()), m_string);
    else if (value.startsWith(u'|') || value.startsWith(u'>'))
        setCurrentBlockState(indentOf(text));
}

// The block state is the indentation of the key whose literal text the line belongs to.
void YamlHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression key(
        u"^( *(?:- +)*)(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s#:\"'\\[{-][^:#]*|-[^\\s:#][^:#]*)(:)(?= |$)"_s);
    static const QRegularExpression item(u"^ *(?:- +)"_s);
    setCurrentBlockState(noBlock);
    if (!m_enabled)
        return;
    const int literalIndent = previousBlockState();
    if (literalIndent != noBlock && (text.trimmed().isEmpty() || indentOf(text) > literalIndent)) {
        setCurrentBlockState(literalIndent);
        setFormat(0, static_cast<int>(text.size()), m_string);
        return;
    }
    if (text.startsWith(u"---"_s)) {
        setFormat(0, static_cast<int>(text.size()), m_separator);
        return;
    }
    if (const auto match = key.match(text); match.hasMatch()) {
        setFormat(static_cast<int>(match.capturedStart(2)),
                  static_cast<int>(match.capturedLength(2)), m_key);
        highlightValue(text, static_cast<int>(match.capturedEnd(3)));
        return;
    }
    const auto match = item.match(text);
    highlightValue(text, match.hasMatch() ? static_cast<int>(match.capturedEnd()) : 0);
}

} // namespace llmd

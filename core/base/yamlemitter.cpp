// SPDX-License-Identifier: Apache-2.0
#include "yamlemitter.h"

#include "text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace llmd {

YamlValue::YamlValue() = default;
YamlValue::YamlValue(const YamlValue& other) = default;
YamlValue::YamlValue(YamlValue&& other) noexcept = default;
YamlValue& YamlValue::operator=(const YamlValue& other) = default;
YamlValue& YamlValue::operator=(YamlValue&& other) noexcept = default;
YamlValue::~YamlValue() = default;

YamlValue::YamlValue(const char* text)
    : m_value(std::string(text))
{ }
YamlValue::YamlValue(std::string_view text)
    : m_value(std::string(text))
{ }
YamlValue::YamlValue(std::string text)
    : m_value(std::move(text))
{ }
YamlValue::YamlValue(bool value)
    : m_value(value)
{ }
YamlValue::YamlValue(int value)
    : m_value(static_cast<std::int64_t>(value))
{ }
YamlValue::YamlValue(std::int64_t value)
    : m_value(value)
{ }
YamlValue::YamlValue(double value)
    : m_value(value)
{ }

YamlValue YamlValue::map(std::vector<std::pair<std::string, YamlValue>> entries)
{
    YamlValue result;
    result.m_value = Map();
    for (auto& [key, value] : entries)
        result.set(std::move(key), std::move(value));
    return result;
}

YamlValue YamlValue::list(List items)
{
    YamlValue result;
    result.m_value = std::move(items);
    return result;
}

YamlValue YamlValue::block(std::string text)
{
    YamlValue result;
    result.m_value = Block { std::move(text) };
    return result;
}

YamlValue& YamlValue::set(std::string key, YamlValue value, std::string comment)
{
    if (!std::holds_alternative<Map>(m_value))
        m_value = Map();
    auto& entries = std::get<Map>(m_value);
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& entry) { return entry.key == key; });
    if (found == entries.end())
        entries.push_back({ std::move(key), std::move(value), std::move(comment) });
    else
        *found = { std::move(key), std::move(value), std::move(comment) };
    return *this;
}

YamlValue& YamlValue::append(YamlValue value)
{
    if (!std::holds_alternative<List>(m_value))
        m_value = List();
    std::get<List>(m_value).push_back(std::move(value));
    return *this;
}

YamlValue& YamlValue::setHeadComment(std::string comment)
{
    m_headComment = std::move(comment);
    return *this;
}

bool YamlValue::isNull() const
{
    return std::holds_alternative<std::monostate>(m_value);
}

const YamlValue* YamlValue::find(std::string_view key) const
{
    const auto* entries = std::get_if<Map>(&m_value);
    if (!entries)
        return nullptr;
    const auto found = std::find_if(entries->begin(), entries->end(),
                                    [&](const Entry& entry) { return entry.key == key; });
    return found == entries->end() ? nullptr : &found->value;
}

namespace {

constexpr char32_t replacementCharacter = 0xFFFD;

/** The character at `at`, which moves behind it; a byte that is not UTF-8 counts as one replacement
 * character. */
char32_t nextCharacter(std::string_view text, std::size_t& at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (!isValidUtf8(text.substr(at, length))) {
        ++at;
        return replacementCharacter;
    }
    constexpr std::array<unsigned, 5> payload { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    char32_t result = first & payload[length];
    for (std::size_t i = 1; i < length; ++i)
        result = (result << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    at += length;
    return result;
}

/** What breaks lines, is refused or dropped by some parser, or hides from the reader's eye. */
bool needsEscape(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF
        || (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFFFE || c == 0xFFFF;
}

std::string hexadecimal(char32_t c, int digits)
{
    std::string text;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        text += "0123456789abcdef"[(c >> shift) & 15];
    return text;
}

/** Only escapes that YAML 1.1, YAML 1.2 and their parsers share. */
std::string doubleQuoted(std::string_view text)
{
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto start = at;
        const auto c = nextCharacter(text, at);
        if (c == '"' || c == '\\')
            (result += '\\') += static_cast<char>(c);
        else if (c == '\n')
            result += "\\n";
        else if (c == '\t')
            result += "\\t";
        else if (c == '\r')
            result += "\\r";
        else if (needsEscape(c))
            result += c < 0x100 ? "\\x" + hexadecimal(c, 2) : "\\u" + hexadecimal(c, 4);
        else if (c == replacementCharacter)
            result += "\xEF\xBF\xBD";
        else
            result += text.substr(start, at - start);
    }
    return result + '"';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/** Words that some parser resolves to a boolean, null or a number, in any case. */
bool isReservedWord(std::string_view text)
{
    constexpr std::array<std::string_view, 13> words { "y",   "n",        "yes",   "no",   "on",
                                                       "off", "true",     "false", "null", "nan",
                                                       "inf", "infinity", "none" };
    while (!text.empty() && std::string_view("+-.").find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    return std::find(words.begin(), words.end(), toLower(text)) != words.end();
}

/** Made of nothing but what numbers of any base, sexagesimals, dates and times are made of. */
bool couldBeNumberOrTime(std::string_view text)
{
    if (!isDigit(text.front()) && text.front() != '.' && text.front() != '-' && text.front() != '+')
        return false;
    return text.find_first_not_of("0123456789abcdefABCDEFxXoOtTzZ_.,:+- \t")
        == std::string_view::npos;
}

/** A first character that begins a plain scalar everywhere: "name", "8b", "/data", "--model",
 * "$(NAME)". */
bool beginsPlain(std::string_view text)
{
    const auto first = text.front();
    if (first == '-') {
        const auto letter = text.find_first_not_of('-');
        return letter <= 2 && isLetter(text[letter]);
    }
    return isLetter(first) || isDigit(first) || static_cast<unsigned char>(first) >= 0x80
        || std::string_view("_/.$(").find(first) != std::string_view::npos;
}

/** True if every parser of YAML 1.1 and 1.2 reads `text` without quotes as this very string. */
bool isPlainSafe(std::string_view text)
{
    if (text.empty() || !beginsPlain(text) || text.back() == ' ' || text.back() == ':')
        return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
        return false;
    if (isReservedWord(text) || couldBeNumberOrTime(text))
        return false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = nextCharacter(text, at);
        if (needsEscape(c) || c == replacementCharacter)
            return false;
    }
    return true;
}

std::string scalarText(std::string_view text)
{
    return isPlainSafe(text) ? std::string(text) : doubleQuoted(text);
}

/** With a point always and a signed exponent, or parsers of YAML 1.1 would see a string or an
 * integer. */
std::string doubleText(double value)
{
    if (std::isnan(value))
        return ".nan";
    if (std::isinf(value))
        return value < 0 ? "-.inf" : ".inf";
    auto text = printNumber(value);
    if (text.find('.') == std::string::npos)
        text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

/** A literal block gives back every byte, and no reader needs an indentation indicator. */
bool fitsLiteral(std::string_view text)
{
    if (text.empty() || text.front() == ' ' || text.front() == '\n' || !isValidUtf8(text))
        return false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = nextCharacter(text, at);
        if (needsEscape(c) && c != '\n' && c != '\t')
            return false;
    }
    // Blank lines that are not empty are where parsers and editors disagree.
    const auto lines = split(text, '\n');
    return std::none_of(lines.begin(), lines.end(), [](std::string_view line) {
        return !line.empty() && line.find_first_not_of(" \t") == std::string_view::npos;
    });
}

/** One line of a comment; nothing in it can end the comment. */
std::string commentLine(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto start = at;
        const auto c = nextCharacter(text, at);
        if (needsEscape(c))
            result += ' ';
        else if (c == replacementCharacter)
            result += "\xEF\xBF\xBD";
        else
            result += text.substr(start, at - start);
    }
    const auto end = result.find_last_not_of(' ');
    result.resize(end == std::string::npos ? 0 : end + 1);
    return result;
}

class Emitter
{
public:
    [[nodiscard]] std::string take() { return std::move(m_out); }

    void comment(std::string_view text, int indent)
    {
        if (text.empty())
            return;
        if (text.ends_with('\n'))
            text.remove_suffix(1);
        for (const auto part : split(text, '\n')) {
            const auto line = commentLine(part);
            m_out.append(static_cast<std::size_t>(indent), ' ');
            m_out += line.empty() ? "#\n" : "# " + line + "\n";
        }
    }

    void document(const YamlValue& value)
    {
        leadingComments(value, 0);
        if (isNested(value))
            children(value, 0, true);
        else
            scalar(value, {}, 0);
    }

    void separator() { m_out += "---\n"; }

private:
    static bool isNested(const YamlValue& value)
    {
        const auto& variant = value.variant();
        if (const auto* list = std::get_if<YamlValue::List>(&variant))
            return !list->empty();
        const auto* map = std::get_if<YamlValue::Map>(&variant);
        return map && !map->empty();
    }

    /** All comments that belong above the line on which `value` begins. */
    void leadingComments(const YamlValue& value, int indent)
    {
        comment(value.headComment(), indent);
        if (!isNested(value))
            return;
        if (const auto* list = std::get_if<YamlValue::List>(&value.variant()))
            leadingComments(list->front(), indent);
        else
            comment(std::get<YamlValue::Map>(value.variant()).front().value.headComment(), indent);
    }

    /** Children of a non-empty list or mapping; the first one may continue the line of a "- ". */
    void children(const YamlValue& value, int indent, bool continuesLine)
    {
        bool first = continuesLine;
        if (const auto* list = std::get_if<YamlValue::List>(&value.variant())) {
            for (const auto& item : *list)
                listItem(item, indent, std::exchange(first, false));
            return;
        }
        for (const auto& entry : std::get<YamlValue::Map>(value.variant()))
            mapEntry(entry, indent, std::exchange(first, false));
    }

    void listItem(const YamlValue& item, int indent, bool continuesLine)
    {
        if (!continuesLine) {
            leadingComments(item, indent);
            m_out.append(static_cast<std::size_t>(indent), ' ');
        }
        m_out += "- ";
        if (isNested(item))
            children(item, indent + 2, true);
        else
            scalar(item, {}, indent);
    }

    void mapEntry(const YamlValue::Entry& entry, int indent, bool continuesLine)
    {
        const std::string margin(static_cast<std::size_t>(indent), ' ');
        if (!continuesLine) {
            comment(entry.value.headComment(), indent);
            m_out += margin;
        }
        constexpr std::size_t longestSimpleKey =
            1000; // parsers look for the ':' within 1024 characters
        const auto key = scalarText(entry.key);
        m_out += key.size() > longestSimpleKey ? "? " + key + "\n" + margin + ":" : key + ":";
        if (!isNested(entry.value)) {
            m_out += ' ';
            scalar(entry.value, entry.comment, indent);
            return;
        }
        endLine(entry.comment);
        children(entry.value, indent + 2, false);
    }

    void endLine(std::string_view comment)
    {
        const auto line = commentLine(comment);
        m_out += line.empty() ? "\n" : "  # " + line + "\n";
    }

    void scalar(const YamlValue& value, std::string_view comment, int indent)
    {
        if (const auto* block = std::get_if<YamlValue::Block>(&value.variant());
            block && fitsLiteral(block->text)) {
            literal(block->text, comment, indent + 2);
            return;
        }
        m_out += text(value);
        endLine(comment);
    }

    static std::string text(const YamlValue& value)
    {
        struct Visitor
        {
            std::string operator()(std::monostate) const { return "null"; }
            std::string operator()(bool v) const { return v ? "true" : "false"; }
            std::string operator()(std::int64_t v) const { return std::to_string(v); }
            std::string operator()(double v) const { return doubleText(v); }
            std::string operator()(const std::string& v) const { return scalarText(v); }
            std::string operator()(const YamlValue::Block& v) const { return scalarText(v.text); }
            std::string operator()(const YamlValue::List&) const { return "[]"; }
            std::string operator()(const YamlValue::Map&) const { return "{}"; }
        };
        return std::visit(Visitor {}, value.variant());
    }

    void literal(std::string_view text, std::string_view comment, int indent)
    {
        const bool keeps = text.ends_with("\n\n");
        m_out += text.ends_with('\n') ? (keeps ? "|+" : "|") : "|-";
        endLine(comment);
        if (text.ends_with('\n'))
            text.remove_suffix(1);
        for (const auto line : split(text, '\n')) {
            if (!line.empty())
                m_out.append(static_cast<std::size_t>(indent), ' ') += line;
            m_out += '\n';
        }
    }

    std::string m_out;
};

} // namespace

std::string emitYaml(const YamlValue& document, std::string_view header)
{
    Emitter emitter;
    emitter.comment(header, 0);
    emitter.document(document);
    return emitter.take();
}

std::string emitYamlDocuments(const std::vector<YamlValue>& documents, std::string_view header)
{
    Emitter emitter;
    emitter.comment(header, 0);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (i > 0)
            emitter.separator();
        emitter.document(documents[i]);
    }
    return emitter.take();
}

} // namespace llmd

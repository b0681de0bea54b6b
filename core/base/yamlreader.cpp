// SPDX-License-Identifier: Apache-2.0
#include "yamlreader.h"

#include "file.h"
#include "text.h"
#include "yamldocument.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <sstream>
#include <unordered_map>

namespace llmd {

namespace {

using Data = YamlNode::Data;
using Kind = YamlNode::Kind;

/** The failure that ends parsing; thrown through yaml-cpp and caught in `YamlParser::run`. */
struct Refusal
{
    Error error;
};

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/** yaml-cpp turns the escapes \N and \_ into the single bytes 85 and A0, which are not UTF-8; this mends them. */
std::string withMendedEscapes(const std::string& text)
{
    if (isValidUtf8(text))
        return text;
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 1 && first >= 0x80)
            result += '\xC2';
        result.append(text, at, length);
        at += length;
    }
    return result;
}

/** Turns byte offsets into columns that count characters; quick for marks that come almost in
 * order. */
class ColumnCounter
{
public:
    explicit ColumnCounter(std::string_view text)
        : m_text(text)
    { }

    /** Column from 1 of the byte at `position`, which is `bytesIntoLine` bytes after the start of
     * its line. */
    int column(std::size_t position, std::size_t bytesIntoLine)
    {
        position = std::min(position, m_text.size());
        const auto lineStart = position - std::min(position, bytesIntoLine);
        if (lineStart != m_lineStart || m_position > position) {
            m_lineStart = lineStart;
            m_position = lineStart;
            m_column = 1;
        }
        for (; m_position < position; ++m_position)
            m_column += isContinuation(m_text[m_position]) ? 0 : 1;
        return m_column;
    }

private:
    std::string_view m_text;
    std::size_t m_lineStart = 0;
    std::size_t m_position = 0;
    int m_column = 1;
};

} // namespace

/** Builds documents from the events of yaml-cpp and refuses what we do not want while it is being
 * parsed. */
class YamlParser final : public YAML::EventHandler
{
public:
    YamlParser(std::string_view text, std::string name, YamlLimits limits)
        : m_text(text)
        , m_name(std::move(name))
        , m_limits(limits)
        , m_columns(text)
    { }

    Result<std::vector<YamlNode>> run(bool single);

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(); }

    [[nodiscard]] Location at(const YAML::Mark& mark);

private:
    struct Open
    {
        Data* data = nullptr;
        YAML::anchor_t anchor = 0;
        std::optional<std::string> key; // read, its value not yet
        std::vector<Location> keyPlaces;
    };

    [[noreturn]] void refuse(ErrorCode code, std::string detail, const YAML::Mark& mark);
    void refuseTag(const YAML::Mark& mark, const std::string& tag);
    [[nodiscard]] std::string_view writtenTag(std::size_t position) const;
    [[nodiscard]] std::optional<std::size_t> openQuote() const;
    [[nodiscard]] bool awaitsKey() const;
    void requireTextKey(std::string_view what, const YAML::Mark& mark);
    void takeKey(const std::string& tag, const std::string& value, const YAML::Mark& mark);
    Data& add(Kind kind, const YAML::Mark& mark);
    void attach(Data& data);
    void count(std::size_t nodes, std::size_t bytes, const YAML::Mark& mark);
    void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
    void close();
    void finish(Data& data, YAML::anchor_t anchor);
    void refuseDuplicates(const Open& mapping);
    Data& copy(const Data& original);

    std::string_view m_text;
    std::string m_name;
    YamlLimits m_limits;
    ColumnCounter m_columns;
    bool m_single = false;
    std::size_t m_lastQuoted = std::string_view::npos; // where it begins, with its anchor
    std::size_t m_nodes = 0;
    std::size_t m_aliasNodes = 0;
    std::size_t m_bytes = 0;
    std::shared_ptr<YamlNode::Document> m_document;
    const Data* m_root = nullptr;
    std::vector<Open> m_open;
    std::unordered_map<YAML::anchor_t, const Data*> m_anchors;
    std::vector<YamlNode> m_result;
};

Location YamlParser::at(const YAML::Mark& mark)
{
    if (mark.is_null())
        return { m_name, 0, 0 };
    return { m_name, mark.line + 1,
             m_columns.column(static_cast<std::size_t>(mark.pos),
                              static_cast<std::size_t>(mark.column)) };
}

void YamlParser::refuse(ErrorCode code, std::string detail, const YAML::Mark& mark)
{
    throw Refusal { { code, std::move(detail), {}, at(mark) } };
}

bool YamlParser::awaitsKey() const
{
    return !m_open.empty() && m_open.back().data->kind == Kind::Mapping && !m_open.back().key;
}

/**
 * The tag among the properties of the node at `position`, empty if there is none. yaml-cpp gives quoted text and the
 * tag `!` the same name, and does not show a mapping the tag of its first key; the text tells them apart.
 */
std::string_view YamlParser::writtenTag(std::size_t position) const
{
    while (position < m_text.size() && (m_text[position] == '!' || m_text[position] == '&')) {
        const auto end = std::min(m_text.find_first_of(" \t\r\n,[]{}", position), m_text.size());
        if (m_text[position] == '!')
            return m_text.substr(position, end - position);
        position = end;
        // A comment may stand between the properties of a node.
        while (position < m_text.size()
               && std::string_view(" \t\r\n#").find(m_text[position]) != std::string_view::npos) {
            if (m_text[position] == '#')
                position = std::min(m_text.find('\n', position), m_text.size());
            else
                ++position;
        }
    }
    return {};
}

/**
 * Where the last quoted text begins if nothing ends it. yaml-cpp takes the rest of the file for its content, unless the file
 * lacks a line break at its end; everything after a forgotten quote would silently be gone.
 */
std::optional<std::size_t> YamlParser::openQuote() const
{
    auto position = m_lastQuoted;
    while (position < m_text.size() && m_text[position] == '&') {
        position = m_text.find_first_of(" \t\r\n", position);
        position = m_text.find_first_not_of(" \t\r\n", position);
    }
    if (position >= m_text.size() || (m_text[position] != '"' && m_text[position] != '\''))
        return std::nullopt; // a block, or behind a comment
    const char quote = m_text[position];
    for (auto next = position + 1; next < m_text.size(); ++next) {
        if (quote == '"' && m_text[next] == '\\')
            ++next;
        else if (quote == '\'' && m_text.substr(next, 2) == "''")
            ++next; // stands for one
        else if (m_text[next] == quote)
            return std::nullopt;
    }
    return position;
}

void YamlParser::refuseTag(const YAML::Mark& mark, const std::string& tag)
{
    const bool implicit = tag.empty() || tag == "?" || tag == "!";
    const auto written = writtenTag(static_cast<std::size_t>(std::max(mark.pos, 0)));
    if (implicit && written.empty())
        return;
    refuse(ErrorCode::Unsupported,
           "the tag " + quotedText(written.empty() ? tag : written)
               + " is not supported; write the value without a tag, and text in double quotes",
           mark);
}

void YamlParser::requireTextKey(std::string_view what, const YAML::Mark& mark)
{
    if (awaitsKey()) {
        refuse(ErrorCode::Syntax,
               std::string(what)
                   + " cannot be a key here; expected text, in double quotes if need be",
               mark);
    }
}

void YamlParser::takeKey(const std::string& tag, const std::string& value, const YAML::Mark& mark)
{
    if (value == "<<" && tag == "?") {
        refuse(ErrorCode::Unsupported,
               "the merge key '<<' is not supported; repeat the keys, or use an alias for a whole "
               "value",
               mark);
    }
    count(0, value.size(), mark);
    auto& mapping = m_open.back();
    mapping.key = withMendedEscapes(value);
    mapping.keyPlaces.push_back(at(mark));
}

void YamlParser::count(std::size_t nodes, std::size_t bytes, const YAML::Mark& mark)
{
    m_nodes += nodes;
    m_bytes += bytes;
    if (m_nodes > m_limits.nodes) {
        refuse(ErrorCode::LimitExceeded,
               "the document has more than the allowed " + std::to_string(m_limits.nodes)
                   + " values",
               mark);
    }
    if (m_bytes > m_limits.bytes) {
        refuse(ErrorCode::LimitExceeded,
               "the document holds more than the allowed " + std::to_string(m_limits.bytes)
                   + " bytes of text once its aliases are expanded",
               mark);
    }
}

Data& YamlParser::add(Kind kind, const YAML::Mark& mark)
{
    if (m_open.size() >= m_limits.depth) {
        refuse(ErrorCode::LimitExceeded,
               "values are nested deeper than the allowed " + std::to_string(m_limits.depth)
                   + " levels",
               mark);
    }
    count(1, 0, mark);
    auto& data = m_document->nodes.emplace_back();
    data.kind = kind;
    const auto where = at(mark);
    data.line = where.line;
    data.column = where.column;
    attach(data);
    return data;
}

void YamlParser::attach(Data& data)
{
    if (m_open.empty()) {
        m_root = &data;
        return;
    }
    auto& parent = m_open.back();
    data.parent = parent.data;
    data.positionInParent = static_cast<std::uint32_t>(parent.data->children.size());
    parent.data->children.push_back({ parent.key.value_or(std::string()), &data });
    parent.key.reset();
}

void YamlParser::finish(Data& data, YAML::anchor_t anchor)
{
    data.totalBytes += data.text.size();
    if (anchor != 0)
        m_anchors[anchor] = &data;
    if (m_open.empty())
        return;
    auto& parent = *m_open.back().data;
    parent.totalNodes += data.totalNodes;
    parent.totalBytes += data.totalBytes + parent.children.back().key.size();
    parent.height = std::max(parent.height, data.height + 1);
}

void YamlParser::open(Kind kind, const YAML::Mark& mark, const std::string& tag,
                      YAML::anchor_t anchor)
{
    requireTextKey(kind == Kind::Mapping ? "a mapping" : "a sequence", mark);
    refuseTag(mark, tag);
    auto& data = add(kind, mark);
    m_open.push_back({ &data, anchor, std::nullopt, {} });
}

void YamlParser::close()
{
    const auto done = std::move(m_open.back());
    m_open.pop_back();
    if (done.data->kind == Kind::Mapping)
        refuseDuplicates(done);
    finish(*done.data, done.anchor);
}

void YamlParser::refuseDuplicates(const Open& mapping)
{
    const auto& children = mapping.data->children;
    auto& order = mapping.data->byKey;
    order.resize(children.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return children[a].key < children[b].key; });
    std::optional<std::pair<std::uint32_t, std::uint32_t>> first;
    for (std::size_t i = 1; i < order.size(); ++i) {
        const auto before = order[i - 1];
        const auto again = order[i];
        if (children[before].key == children[again].key && (!first || again < first->second))
            first = { before, again };
    }
    if (!first)
        return;
    const auto& place = mapping.keyPlaces[first->second];
    throw Refusal { { ErrorCode::Syntax,
                      "the key " + quotedText(children[first->second].key) + " in line "
                          + std::to_string(place.line) + " was already given in line "
                          + std::to_string(mapping.keyPlaces[first->first].line)
                          + "; remove one of them",
                      { children[first->second].key },
                      place } };
}

void YamlParser::OnDocumentStart(const YAML::Mark& mark)
{
    const auto position = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), m_text.size());
    if (!m_result.empty()) {
        // yaml-cpp also begins a new document with whatever is left after the first value.
        auto before = trimmed(m_text.substr(0, position));
        for (auto line = before.rfind('\n') + 1; before.substr(line).starts_with('#');
             line = before.rfind('\n') + 1)
            before = trimmed(before.substr(0, line));
        const auto lastLine = before.substr(before.rfind('\n') + 1);
        if (!m_text.substr(position).starts_with("---") && !lastLine.starts_with("...")) {
            refuse(ErrorCode::Syntax,
                   "unexpected text after the end of the value; check the indentation and the "
                   "brackets",
                   mark);
        }
        if (m_single) {
            refuse(ErrorCode::Syntax,
                   "a second document begins here; expected only one in this file", mark);
        }
    }
    m_document = std::make_shared<YamlNode::Document>();
    m_document->name = m_name;
    m_root = nullptr;
    m_open.clear();
    m_anchors.clear();
}

void YamlParser::OnDocumentEnd()
{
    m_result.push_back(YamlNode(m_document, m_root));
}

void YamlParser::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    requireTextKey("an empty or null value", mark);
    refuseTag(mark, {});
    std::optional<Location> key;
    if (!m_open.empty() && !m_open.back().keyPlaces.empty())
        key = m_open.back().keyPlaces.back();
    auto& data = add(Kind::Null, mark);
    if (key && data.line > key->line) {
        // The mark of a value that is not written is that of whatever follows.
        data.line = key->line;
        data.column = key->column;
    }
    finish(data, anchor);
}

void YamlParser::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                          const std::string& value)
{
    refuseTag(mark, tag);
    if (tag == "!")
        m_lastQuoted = static_cast<std::size_t>(std::max(mark.pos, 0));
    if (awaitsKey()) {
        if (anchor != 0)
            refuse(ErrorCode::Unsupported, "an anchor on a key is not supported; remove it", mark);
        takeKey(tag, value, mark);
        return;
    }
    auto& data = add(Kind::Scalar, mark);
    count(0, value.size(), mark);
    data.text = withMendedEscapes(value);
    data.quoted = tag == "!";
    finish(data, anchor);
}

void YamlParser::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                 YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/)
{
    open(Kind::Sequence, mark, tag, anchor);
}

void YamlParser::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                            YAML::EmitterStyle::value /*style*/)
{
    open(Kind::Mapping, mark, tag, anchor);
}

void YamlParser::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    requireTextKey("an alias", mark);
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end())
        refuse(ErrorCode::Syntax, "this alias refers to a value that contains it", mark);
    const auto& original = *found->second;
    m_aliasNodes += original.totalNodes;
    if (m_aliasNodes > m_limits.aliasNodes) {
        refuse(ErrorCode::LimitExceeded,
               "aliases repeat more than the allowed " + std::to_string(m_limits.aliasNodes)
                   + " values",
               mark);
    }
    if (m_open.size() + original.height > m_limits.depth) {
        refuse(ErrorCode::LimitExceeded,
               "values are nested deeper than the allowed " + std::to_string(m_limits.depth)
                   + " levels once aliases are expanded",
               mark);
    }
    count(original.totalNodes, original.totalBytes, mark);
    auto& data = copy(original);
    attach(data);
    finish(data, 0);
}

/** Every node has one parent, hence one path: an alias gives copies, placed where the original is
 * written. */
Data& YamlParser::copy(const Data& original)
{
    auto& data = m_document->nodes.emplace_back();
    data = original;
    data.totalBytes -= data.text.size(); // `finish` adds it again
    for (std::size_t i = 0; i < data.children.size(); ++i) {
        auto& child = copy(*original.children[i].value);
        child.totalBytes += child.text.size();
        child.parent = &data;
        data.children[i].value = &child;
    }
    return data;
}

namespace {

struct Advice
{
    std::string_view message; // of yaml-cpp
    std::string_view meaning;
};

/** What the terse messages of yaml-cpp mean to the person who wrote the file. */
constexpr Advice advices[] = {
    { "illegal map value",
      "a ':' is not expected here; put text that contains ': ' in double quotes and "
      "check the indentation" },
    { "end of map not found",
      "this line does not continue the mapping above; check the indentation and "
      "that each key has a ':' and a blank" },
    { "end of sequence not found",
      "this line does not continue the sequence above; check the indentation "
      "and the '- '" },
    { "end of map flow not found", "a '}' or ',' is missing before this place" },
    { "end of sequence flow not found", "a ']' or ',' is missing before this place" },
    { "illegal flow end", "a ']' or '}' without its opening bracket" },
    { "illegal EOF in scalar", "the closing quote of this text is missing" },
    { "illegal block entry", "a '- ' is not expected here; check the indentation" },
    { "illegal map key", "a key is not expected here; check the indentation" },
    { "illegal tab when looking for indentation", "tabs cannot indent; use blanks" },
    { "tab where none expected", "tabs cannot indent; use blanks" },
    { "unknown token", "this character cannot begin a value; put the text in double quotes" },
    { "bad character found while scanning flow", "unexpected character between brackets" },
    { "the referenced anchor is not defined", "this alias has no anchor before it" },
};

std::string syntaxDetail(const std::string& message)
{
    for (const auto& advice : advices) {
        if (message.starts_with(advice.message))
            return std::string(advice.meaning);
    }
    return "not valid YAML: " + message;
}

Error atByte(ErrorCode code, std::string detail, std::string_view text, std::size_t position,
             const std::string& name)
{
    const auto before = text.substr(0, position);
    const auto lineStart = before.rfind('\n') + 1;
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(lineStart),
                                      before.end(), [](char c) { return !isContinuation(c); })
        + 1;
    return { code,
             std::move(detail),
             {},
             Location { name, static_cast<int>(line), static_cast<int>(column) } };
}

std::optional<Error> encodingFault(std::string_view text, const std::string& name)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return atByte(ErrorCode::Syntax, "the text is UTF-16; save it as UTF-8", text, 0, name);
    if (!isValidUtf8(text)) {
        // Halve the text at character borders until the first fault is alone.
        std::size_t good = 0;
        for (std::size_t step = text.size(); step > 0; step /= 2) {
            while (good + step <= text.size()) {
                auto end = good + step;
                while (end < text.size() && end > good && isContinuation(text[end]))
                    --end;
                if (end == good || !isValidUtf8(text.substr(good, end - good)))
                    break;
                good = end;
            }
        }
        return atByte(ErrorCode::Syntax, "the text is not valid UTF-8; save it as UTF-8", text,
                      good, name);
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool loneReturn = c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if (loneReturn) {
            return atByte(ErrorCode::Syntax,
                          "a carriage return without a line feed; end lines with a line feed", text,
                          i, name);
        }
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            constexpr std::string_view hex = "0123456789abcdef";
            const std::string code { hex[c >> 4], hex[c & 15] };
            return atByte(ErrorCode::Syntax,
                          "a control character; write it as \"\\x" + code + "\" in double quotes",
                          text, i, name);
        }
    }
    return std::nullopt;
}

/** yaml-cpp keeps all tokens of a line in brackets until it ends, some hundred bytes for each of one or two. */
std::optional<Error> crowdedLine(std::string_view text, const std::string& name, std::size_t limit)
{
    std::size_t marks = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n')
            marks = 0;
        else if (std::string_view("[]{},").find(text[i]) != std::string_view::npos
                 && ++marks > limit) {
            return atByte(ErrorCode::LimitExceeded,
                          "the line has more than the allowed " + std::to_string(limit)
                              + " brackets and commas; break it into lines",
                          text, i, name);
        }
    }
    return std::nullopt;
}

Result<std::vector<YamlNode>> parseAll(std::string_view text, std::string name, YamlLimits limits,
                                       bool single)
{
    constexpr std::size_t mostBytes = 1u << 30; // positions of yaml-cpp are ints
    limits.bytes = std::min(limits.bytes, mostBytes);
    if (text.size() > limits.bytes) {
        return failure(ErrorCode::LimitExceeded,
                       "the text is larger than the limit of " + std::to_string(limits.bytes)
                           + " bytes",
                       Location { name, 0, 0 });
    }
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (auto fault = encodingFault(text, name))
        return tl::unexpected(std::move(*fault));
    if (auto crowded = crowdedLine(text, name, limits.lineMarks))
        return tl::unexpected(std::move(*crowded));
    return YamlParser(text, std::move(name), limits).run(single);
}

} // namespace

Result<std::vector<YamlNode>> YamlParser::run(bool single)
{
    m_single = single;
    try {
        std::istringstream stream { std::string(m_text) };
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(*this)) { }
        if (const auto quote = openQuote())
            return tl::unexpected(atByte(ErrorCode::Syntax,
                                         "the closing quote of this text is missing", m_text,
                                         *quote, m_name));
        if (m_result.empty() && single) {
            OnDocumentStart(YAML::Mark());
            OnNull(YAML::Mark(), 0);
            OnDocumentEnd();
        }
        return std::move(m_result);
    } catch (Refusal& refusal) {
        return tl::unexpected(std::move(refusal.error));
    } catch (const YAML::DeepRecursion& error) {
        return failure(ErrorCode::LimitExceeded, "values are nested too deep", at(error.mark));
    } catch (const YAML::Exception& error) {
        return failure(ErrorCode::Syntax, syntaxDetail(error.msg), at(error.mark));
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal,
                       std::string("reading the YAML text failed: ") + error.what(),
                       Location { m_name, 0, 0 });
    }
}

Result<YamlNode> parseYaml(std::string_view text, std::string name, YamlLimits limits)
{
    return parseAll(text, std::move(name), limits, true).map([](std::vector<YamlNode> documents) {
        return documents.front();
    });
}

Result<std::vector<YamlNode>> parseYamlDocuments(std::string_view text, std::string name,
                                                 YamlLimits limits)
{
    return parseAll(text, std::move(name), limits, false);
}

Result<YamlNode> readYamlFile(const std::filesystem::path& path, YamlLimits limits)
{
    return readFile(path, limits.bytes).and_then([&](const std::string& text) {
        return parseYaml(text, path.string(), limits);
    });
}

} // namespace llmd

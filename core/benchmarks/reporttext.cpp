// SPDX-License-Identifier: Apache-2.0
#include "reporttext.h"

#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <optional>

namespace llmd {

namespace {

using Json = nlohmann::json;

constexpr int depthLimit = 64;
constexpr std::size_t valueLimit = 2'000'000;
constexpr std::size_t documentLimit = 10'000;

/** Arrays with an entry per request or token; only the raw text keeps them. */
constexpr std::array<std::string_view, 8> perRequestKeys { "requests",    "generated_texts",
                                                           "itls",        "ttfts",
                                                           "errors",      "input_lens",
                                                           "output_lens", "start_times" };

std::string_view withoutMark(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.substr(0, mark.size()) == mark)
        text.remove_prefix(mark.size());
    return text;
}

Location locationOf(std::string_view text, std::size_t offset, const std::string& name)
{
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto lineStart =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return { name, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
             static_cast<int>(before.size() - lineStart) + 1 };
}

/** Finds where each document ends and gives the bare words of Python a form that JSON has. */
class JsonScanner
{
public:
    explicit JsonScanner(std::string text)
        : m_text(std::move(text))
    { }

    [[nodiscard]] const std::string& text() const { return m_text; }

    /** The next document as begin and end in `text()`; false at the end. */
    bool next(std::size_t& begin, std::size_t& end)
    {
        m_at = m_text.find_first_not_of(" \t\r\n,", m_at); // lines and lists of documents alike
        if (m_at == std::string::npos)
            return false;
        begin = m_at;
        std::size_t depth = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (depth <= 1) {
                    ++m_at;
                    break;
                }
                --depth;
            } else if (c == 'N' || c == 'I' || c == '-') {
                mendWord();
            }
        }
        end = m_at;
        return true;
    }

private:
    void skipString()
    {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
    }

    /** Replaces in place, so that offsets in messages stay right. */
    void mendWord()
    {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words { {
            { "-Infinity", "\"-inf\"   " },
            { "Infinity", "\"inf\"   " },
            { "NaN", "\"\" " },
        } };
        for (const auto& [word, form] : words) {
            if (m_text.compare(m_at, word.size(), word) == 0) {
                m_text.replace(m_at, word.size(), form);
                m_at += word.size() - 1;
                return;
            }
        }
    }

    std::string m_text;
    std::size_t m_at = 0;
};

/** Decides value by value what becomes part of the tree. */
class JsonFilter
{
public:
    /** `values` counts over all documents of a file. */
    explicit JsonFilter(std::size_t& values)
        : m_values(values)
    { }

    bool operator()(int depth, Json::parse_event_t event, const Json& value)
    {
        m_tooDeep = m_tooDeep || depth > depthLimit;
        if (m_skippedDepth && depth > *m_skippedDepth)
            return false;
        m_skippedDepth.reset();
        ++m_values;
        if (event == Json::parse_event_t::key) {
            const auto& key = value.get_ref<const std::string&>();
            m_perRequest = std::find(perRequestKeys.begin(), perRequestKeys.end(), key)
                != perRequestKeys.end();
            return true;
        }
        // Only the arrays: a benchmark report has an object "requests" with the totals.
        if (m_perRequest && event == Json::parse_event_t::array_start) {
            m_skippedDepth = depth;
            m_perRequest = false;
            return false;
        }
        m_perRequest = false;
        return !m_tooDeep && m_values <= valueLimit;
    }

    [[nodiscard]] bool isTooDeep() const { return m_tooDeep; }

private:
    std::size_t& m_values;
    std::optional<int> m_skippedDepth;
    bool m_perRequest = false; // the value of such a key comes next
    bool m_tooDeep = false;
};

Result<Json> parseJson(std::string_view document, std::size_t& values)
{
    JsonFilter filter(values);
    const auto tooDeep = [] {
        return failure(ErrorCode::LimitExceeded, "nested deeper than 64 levels");
    };
    try {
        Json json = Json::parse(document, std::ref(filter));
        if (filter.isTooDeep())
            return tooDeep();
        if (values > valueLimit)
            return failure(ErrorCode::LimitExceeded, "more than 2 million values");
        return json;
    } catch (const Json::parse_error& error) {
        if (filter.isTooDeep())
            return tooDeep();
        return failure(ErrorCode::Syntax, "not valid JSON: expected a complete document",
                       Location { {},
                                  0,
                                  static_cast<int>(std::min<std::size_t>(
                                      error.byte, std::numeric_limits<int>::max())) });
    } catch (const Json::exception& error) { // a number out of range
        return failure(ErrorCode::Syntax, std::string("not valid JSON: ") + error.what());
    }
}

Result<std::vector<Json>> parseJsonDocuments(std::string_view text, const std::string& name)
{
    JsonScanner scanner { std::string(text) };
    std::vector<Json> documents;
    std::size_t values = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    while (scanner.next(begin, end)) {
        const std::string_view document(scanner.text().data() + begin, end - begin);
        auto parsed = parseJson(document, values);
        if (!parsed) {
            auto error = std::move(parsed.error());
            const auto byte = error.where ? static_cast<std::size_t>(error.where->column) : 1;
            error.where = locationOf(text, begin + (byte > 0 ? byte - 1 : 0), name);
            return tl::unexpected(std::move(error));
        }
        if (documents.size() == documentLimit)
            return failure(ErrorCode::LimitExceeded, "more than 10000 documents in one file",
                           Location { name, 0, 0 });
        documents.push_back(std::move(*parsed));
    }
    return documents;
}

Json scalarOf(const YamlNode& node)
{
    auto text = *node.asString();
    if (node.wasQuoted())
        return text;
    if (text == "true" || text == "false")
        return text == "true";
    const auto lower = toLower(text);
    if (lower == ".inf" || lower == "+.inf")
        return "inf";
    if (lower == "-.inf" || lower == ".nan")
        return lower == ".nan" ? "" : "-inf";
    if (!text.empty() && (text.find_first_not_of("+-.0123456789eE_") == std::string::npos)) {
        if (const auto integer = parseInteger(text))
            return *integer;
        if (const auto number = parseNumber(text))
            return *number;
    }
    return text;
}

Json treeOf(const YamlNode& node)
{
    switch (node.kind()) {
    case YamlNode::Kind::Scalar:
        return scalarOf(node);
    case YamlNode::Kind::Sequence: {
        Json list = Json::array();
        for (std::size_t i = 0; i < node.size(); ++i)
            list.push_back(treeOf(node[i]));
        return list;
    }
    case YamlNode::Kind::Mapping: {
        Json map = Json::object();
        for (const auto& key : node.keys()) {
            if (std::find(perRequestKeys.begin(), perRequestKeys.end(), key) == perRequestKeys.end()
                || !node[key].isSequence())
                map[key] = treeOf(node[key]);
        }
        return map;
    }
    default:
        return nullptr;
    }
}

} // namespace

ReportSyntax syntaxOf(std::string_view text)
{
    text = withoutMark(text);
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start != std::string_view::npos && (text[start] == '{' || text[start] == '['))
        return ReportSyntax::Json;
    // GuideLLM is the only tool here that writes CSV, and its first header cell names the group.
    const auto line = text.substr(0, text.find('\n'));
    if (line.find("Run Info") != std::string_view::npos && line.find(',') != std::string_view::npos)
        return ReportSyntax::Csv;
    return ReportSyntax::Yaml;
}

Result<std::vector<nlohmann::json>> parseReportText(std::string_view text, ReportSyntax syntax,
                                                    const std::string& name)
{
    if (text.size() > reportTextLimit)
        return failure(ErrorCode::LimitExceeded, "the file is larger than 64 MiB",
                       Location { name, 0, 0 });
    text = withoutMark(text);
    if (syntax == ReportSyntax::Json)
        return parseJsonDocuments(text, name);
    const auto yaml = parseYamlDocuments(text, name);
    if (!yaml)
        return tl::unexpected(yaml.error());
    std::vector<Json> documents;
    for (const auto& document : *yaml)
        documents.push_back(treeOf(document));
    return documents;
}

} // namespace llmd

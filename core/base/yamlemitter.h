// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace llmd {

/**
 * An ordered tree that is written as YAML which YAML 1.1 and 1.2 parsers read alike: a string that any of them could
 * take for something else is double-quoted, keys as well; nothing is line-wrapped; no anchors, no tags. Characters
 * that are invisible or that end a line somewhere are escaped. A byte that is not UTF-8 becomes U+FFFD.
 *
 *     YamlValue pod = YamlValue::map({ { "name", "decode" }, { "replicas", 2 } });
 *     pod.set("image", image, "pinned by version row A");   // comment at the end of the line
 */
class YamlValue
{
public:
    struct Entry;
    using List = std::vector<YamlValue>;
    using Map = std::vector<Entry>;
    struct Block { std::string text; }; ///< written as a literal block (`|`) when that keeps it byte for byte

    // Defined where Entry is complete: Clang looks into the vector of entries for a default argument.
    YamlValue(); ///< null
    YamlValue(const YamlValue& other);
    YamlValue(YamlValue&& other) noexcept;
    YamlValue& operator=(const YamlValue& other);
    YamlValue& operator=(YamlValue&& other) noexcept;
    ~YamlValue();
    YamlValue(const char* text);
    YamlValue(std::string_view text);
    YamlValue(std::string text);
    YamlValue(bool value);
    YamlValue(int value);
    YamlValue(std::int64_t value);
    /** Shortest text that reads back the same, always with a point. NaN and infinities become `.nan` and `.inf`, the
        only form that is a number to YAML 1.1 and 1.2 alike; Kubernetes and our own reader refuse it. */
    YamlValue(double value);

    [[nodiscard]] static YamlValue map(std::vector<std::pair<std::string, YamlValue>> entries = {});
    [[nodiscard]] static YamlValue list(List items = {});
    [[nodiscard]] static YamlValue block(std::string text);

    /** Adds or replaces a key of a mapping; any other value becomes an empty mapping first. */
    YamlValue& set(std::string key, YamlValue value, std::string comment = {});
    /** Appends to a list; any other value becomes an empty list first. */
    YamlValue& append(YamlValue value);
    /** A comment on its own line(s) above this value's key or "- "; of the document: at the top. */
    YamlValue& setHeadComment(std::string comment);

    [[nodiscard]] bool isNull() const;
    [[nodiscard]] const YamlValue* find(std::string_view key) const; ///< of a mapping, or nullptr

    using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, Block, List, Map>;
    [[nodiscard]] const Variant& variant() const { return m_value; }
    [[nodiscard]] const std::string& headComment() const { return m_headComment; }

private:
    Variant m_value;
    std::string m_headComment;
};

struct YamlValue::Entry
{
    std::string key;
    YamlValue value;
    std::string comment;
};

/** The document as text with a final newline; `header` becomes comment lines at the top. */
[[nodiscard]] std::string emitYaml(const YamlValue& document, std::string_view header = {});
/** Several documents separated by `---`. */
[[nodiscard]] std::string emitYamlDocuments(const std::vector<YamlValue>& documents, std::string_view header = {});

} // namespace llmd

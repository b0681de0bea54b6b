// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "issue.h"
#include "result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * One node of a YAML document with its position. Immutable, cheap to copy. A node that does not exist (`exists()` is
 * false) can be asked further and stays non-existent. Scalars are text until a reader asks for a type, so that
 * `yes`, `0123` and `1e3` are never guessed at. Only YAML without tags; anchors are allowed, bounded.
 */
class YamlNode
{
public:
    enum class Kind { Missing, Null, Scalar, Sequence, Mapping };

    YamlNode() = default;

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool exists() const { return kind() != Kind::Missing; }
    [[nodiscard]] bool isMapping() const { return kind() == Kind::Mapping; }
    [[nodiscard]] bool isSequence() const { return kind() == Kind::Sequence; }
    [[nodiscard]] bool isScalar() const { return kind() == Kind::Scalar; }
    [[nodiscard]] bool isNull() const { return kind() == Kind::Null; }
    [[nodiscard]] bool wasQuoted() const; ///< a scalar in single or double quotes, or a block scalar

    [[nodiscard]] Location location() const;
    [[nodiscard]] std::string path() const; ///< "spec.models[2].id", for messages

    [[nodiscard]] YamlNode operator[](std::string_view key) const; ///< of a mapping, else Missing
    [[nodiscard]] YamlNode operator[](std::size_t index) const;    ///< of a sequence, else Missing
    [[nodiscard]] std::size_t size() const;                        ///< children of a sequence or mapping
    [[nodiscard]] std::vector<std::string> keys() const;           ///< of a mapping, in file order

    /** Text of a scalar as written (unquoted). */
    [[nodiscard]] Result<std::string> asString() const;
    /** Finite; "5k" is refused here, and so is text in quotes, as for integers and booleans. */
    [[nodiscard]] Result<double> asNumber() const;
    [[nodiscard]] Result<long long> asInteger() const; ///< decimal only
    [[nodiscard]] Result<bool> asBool() const;         ///< only true and false
    [[nodiscard]] Result<std::vector<std::string>> asStrings() const; ///< sequence of scalars

    /** An issue at this node, for readers that collect. */
    [[nodiscard]] Issue issue(Severity severity, std::string text) const;

    struct Data;

private:
    friend class YamlParser;
    struct Document;
    YamlNode(std::shared_ptr<const Document> document, const Data* data)
        : m_document(std::move(document))
        , m_data(data)
    { }

    std::shared_ptr<const Document> m_document; // keeps all nodes alive
    const Data* m_data = nullptr;
};

struct YamlLimits
{
    std::size_t bytes = 16u << 20; ///< of the text, and of all scalars once aliases are expanded
    std::size_t depth = 64;
    std::size_t nodes = 500'000; ///< about 250 bytes each
    std::size_t aliasNodes = 100'000; ///< nodes that may come into being by repeating anchored ones
    std::size_t lineMarks = 250'000;  ///< brackets and commas in one line, which the parser holds at once
};

/**
 * Parses one document (an empty text gives a Null node). Fails with a location on bad syntax, a duplicate key, a key
 * that is not text, a merge key (`<<`), a tag, invalid UTF-8, control characters and on anything over the limits.
 * `name` is the file name used in locations. Columns count characters, not bytes.
 */
[[nodiscard]] Result<YamlNode> parseYaml(std::string_view text, std::string name = {}, YamlLimits limits = {});
[[nodiscard]] Result<std::vector<YamlNode>> parseYamlDocuments(std::string_view text, std::string name = {},
                                                               YamlLimits limits = {});
[[nodiscard]] Result<YamlNode> readYamlFile(const std::filesystem::path& path, YamlLimits limits = {});

/** Adds a warning for each key of a mapping that is not in `known`, with the nearest known key. */
void reportUnknownKeys(const YamlNode& mapping, const std::vector<std::string>& known, std::vector<Issue>& issues);

} // namespace llmd

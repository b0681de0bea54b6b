// SPDX-License-Identifier: Apache-2.0
#include "text.h"
#include "yamldocument.h"

#include <algorithm>

namespace llmd {

namespace {

using Data = YamlNode::Data;
using Kind = YamlNode::Kind;

/** A key as part of a path: `a.b`, but `a["x.y"]` where a plain key would be ambiguous. */
std::string pathStep(std::string_view key, bool first)
{
    if (!key.empty() && key.find_first_of(".[]\" ") == std::string_view::npos)
        return (first ? "" : ".") + std::string(key);
    return "[\"" + std::string(key) + "\"]";
}

std::string pathOf(const Data* data)
{
    std::vector<const Data*> chain;
    for (; data && data->parent; data = data->parent)
        chain.push_back(data);
    std::string path;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        const auto& parent = *(*it)->parent;
        const auto position = (*it)->positionInParent;
        if (parent.kind == Kind::Mapping)
            path += pathStep(parent.children[position].key, path.empty());
        else
            path += "[" + std::to_string(position) + "]";
    }
    return path;
}

} // namespace

std::string quotedText(std::string_view text)
{
    constexpr std::size_t longest = 60;
    if (text.size() <= longest)
        return "'" + std::string(text) + "'";
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return "'" + std::string(text.substr(0, end)) + "...'";
}

YamlNode::Kind YamlNode::kind() const
{
    return m_data ? m_data->kind : Kind::Missing;
}

bool YamlNode::wasQuoted() const
{
    return m_data && m_data->quoted;
}

Location YamlNode::location() const
{
    return m_data ? Location { m_document->name, m_data->line, m_data->column } : Location {};
}

std::string YamlNode::path() const
{
    return pathOf(m_data);
}

YamlNode YamlNode::operator[](std::string_view key) const
{
    if (!isMapping())
        return {};
    const auto& children = m_data->children;
    const auto& order = m_data->byKey;
    const auto found =
        std::lower_bound(order.begin(), order.end(), key, [&](auto position, auto wanted) {
            return children[position].key < wanted;
        });
    if (found == order.end() || children[*found].key != key)
        return {};
    return { m_document, children[*found].value };
}

YamlNode YamlNode::operator[](std::size_t index) const
{
    if (!isSequence() || index >= m_data->children.size())
        return {};
    return { m_document, m_data->children[index].value };
}

std::size_t YamlNode::size() const
{
    return m_data ? m_data->children.size() : 0;
}

std::vector<std::string> YamlNode::keys() const
{
    std::vector<std::string> result;
    if (!isMapping())
        return result;
    result.reserve(m_data->children.size());
    for (const auto& child : m_data->children)
        result.push_back(child.key);
    return result;
}

namespace {

std::string_view describeKind(Kind kind)
{
    switch (kind) {
    case Kind::Missing:
        return "nothing";
    case Kind::Null:
        return "nothing (null)";
    case Kind::Scalar:
        return "a single value";
    case Kind::Sequence:
        return "a sequence";
    case Kind::Mapping:
        return "a mapping";
    }
    return "an unknown value";
}

/** "spec.replicas: " or nothing for the root. */
std::string pathPrefix(const YamlNode& node)
{
    const auto path = node.path();
    return path.empty() ? path : path + ": ";
}

tl::unexpected<Error> wrongType(const YamlNode& node, std::string_view expected)
{
    if (!node.exists())
        return failure(ErrorCode::MissingField,
                       "the field is missing; expected " + std::string(expected));
    return failure(ErrorCode::WrongType,
                   pathPrefix(node) + "found " + std::string(describeKind(node.kind()))
                       + ", expected " + std::string(expected),
                   node.location());
}

/** The text of a plain scalar; text in quotes is refused because other YAML readers would take it
 * for text. */
Result<std::string> plainText(const YamlNode& node, std::string_view expected)
{
    if (!node.isScalar())
        return wrongType(node, expected);
    auto text = node.asString();
    if (node.wasQuoted()) {
        return failure(ErrorCode::WrongType,
                       pathPrefix(node) + "found the text " + quotedText(*text)
                           + " in quotes, expected " + std::string(expected)
                           + "; remove the quotes",
                       node.location());
    }
    return text;
}

template <class T> Result<T> placed(const YamlNode& node, Result<T> value)
{
    return std::move(value).map_error([&](Error error) {
        error.detail = pathPrefix(node) + error.detail;
        error.code = ErrorCode::WrongType;
        error.where = node.location();
        return error;
    });
}

} // namespace

Result<std::string> YamlNode::asString() const
{
    if (!isScalar())
        return wrongType(*this, "text");
    return m_data->text;
}

Result<double> YamlNode::asNumber() const
{
    return plainText(*this, "a number").and_then([&](const std::string& text) {
        return placed(*this, parseNumber(text));
    });
}

Result<long long> YamlNode::asInteger() const
{
    return plainText(*this, "a whole number").and_then([&](const std::string& text) {
        return placed(*this, parseInteger(text));
    });
}

Result<bool> YamlNode::asBool() const
{
    constexpr std::string_view expected = "true or false";
    return plainText(*this, expected).and_then([&](const std::string& text) -> Result<bool> {
        if (text == "true" || text == "false")
            return text == "true";
        return failure(ErrorCode::WrongType,
                       pathPrefix(*this) + "found " + quotedText(text) + ", expected "
                           + std::string(expected),
                       location());
    });
}

Result<std::vector<std::string>> YamlNode::asStrings() const
{
    if (!isSequence())
        return wrongType(*this, "a sequence of texts");
    std::vector<std::string> result;
    result.reserve(size());
    for (std::size_t i = 0; i < size(); ++i) {
        auto text = (*this)[i].asString();
        if (!text)
            return tl::unexpected(text.error());
        result.push_back(std::move(*text));
    }
    return result;
}

Issue YamlNode::issue(Severity severity, std::string text) const
{
    Issue issue { severity, ErrorCode::InvalidArgument, std::move(text), path(), std::nullopt };
    if (exists())
        issue.where = location();
    return issue;
}

void reportUnknownKeys(const YamlNode& mapping, const std::vector<std::string>& known,
                       std::vector<Issue>& issues)
{
    for (const auto& key : mapping.keys()) {
        if (std::find(known.begin(), known.end(), key) != known.end())
            continue;
        const auto nearest = nearestWord(key, known);
        auto text = "unknown key " + quotedText(key) + " is ignored; ";
        text +=
            nearest ? "did you mean '" + *nearest + "'?" : "known keys are " + join(known, ", ");
        issues.push_back(mapping[key].issue(Severity::Warning, std::move(text)));
    }
}

} // namespace llmd

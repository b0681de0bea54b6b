// SPDX-License-Identifier: Apache-2.0
#include "coefficientsfile.h"

#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace llmd {

namespace {

constexpr std::string_view name = "coefficients.yaml";

/** What a fit may change of a GPU generation. */
struct FactorKey
{
    std::string_view key;
    double ArchitectureFactors::*member;
};
constexpr std::array architectureFactors {
    FactorKey { "weight_bandwidth", &ArchitectureFactors::weightBandwidth },
    FactorKey { "kv_bandwidth", &ArchitectureFactors::kvBandwidth },
    FactorKey { "compute", &ArchitectureFactors::compute },
};

/** A scalar to replace, where its document has it. */
struct Edit
{
    Location at;
    std::string text;
};

/** Byte offset of a location; columns count characters. */
std::size_t offsetOf(std::string_view text, const Location& at)
{
    std::size_t offset = 0;
    for (int line = 1; line < at.line; ++line)
        offset = text.find('\n', offset) + 1;
    for (int column = 1; column < at.column; ++column) {
        ++offset;
        while (offset < text.size() && (text[offset] & '\xC0') == '\x80')
            ++offset;
    }
    return offset;
}

/** Where the scalar at `begin` ends: behind its closing quote, or before what ends a plain scalar in one line. */
std::size_t scalarEnd(std::string_view text, std::size_t begin)
{
    if (text[begin] == '"') {
        std::size_t end = begin + 1;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        return std::min(end + 1, text.size());
    }
    return std::min(text.find_first_of(" ,}]\n#", begin), text.size());
}

std::string doubleQuoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

constexpr int digits = 4;

double rounded(double value)
{
    return parseNumber(printRounded(value, digits)).value_or(value);
}

class Editor
{
public:
    explicit Editor(std::string_view yaml)
        : m_text(yaml)
    { }

    void replace(const YamlNode& node, std::string text)
    {
        m_edits.push_back({ node.location(), std::move(text) });
    }
    /** Leaves a value alone that rounds to the same: 0.70 stays 0.70. */
    void replaceNumber(const YamlNode& node, double value)
    {
        const auto old = node.asNumber();
        if (!old || rounded(*old) != rounded(value))
            replace(node, printRounded(value, digits));
    }

    /** From the end, so that the locations before stay right. */
    [[nodiscard]] std::string apply()
    {
        std::sort(m_edits.begin(), m_edits.end(), [](const Edit& a, const Edit& b) {
            return std::pair(a.at.line, a.at.column) > std::pair(b.at.line, b.at.column);
        });
        std::string text(m_text);
        for (const auto& edit : m_edits) {
            const std::size_t begin = offsetOf(text, edit.at);
            text.replace(begin, scalarEnd(text, begin) - begin, edit.text);
        }
        return text;
    }

private:
    std::string_view m_text;
    std::vector<Edit> m_edits;
};

bool isSame(double a, double b)
{
    return std::abs(a - b) <= 1e-3 * std::max(std::abs(a), std::abs(b));
}

/** Whether the edited text says what it should: the edits rely on how the file is laid out. */
Result<> check(const Coefficients& read, const Coefficients& wanted)
{
    for (const auto& field : coefficientFields()) {
        if (!isSame(read.*field.member, wanted.*field.member))
            return failure(ErrorCode::Internal,
                           "the value of " + std::string(field.id) + " was not written");
    }
    for (const auto& factors : wanted.architectures) {
        const ArchitectureFactors& got = read.factors(factors.architecture);
        bool same = got.measured == factors.measured;
        for (const auto& factor : architectureFactors)
            same = same && isSame(got.*factor.member, factors.*factor.member);
        if (!same)
            return failure(ErrorCode::Internal,
                           "the factors of " + factors.architecture + " were not written");
    }
    return {};
}

} // namespace

Result<std::string> withCoefficients(std::string_view yaml, const Coefficients& coefficients)
{
    const auto root = parseYaml(yaml, std::string(name));
    if (!root)
        return tl::unexpected(root.error());
    Editor editor(yaml);
    editor.replace((*root)["version"], doubleQuoted(coefficients.version));
    editor.replace((*root)["data"], doubleQuoted(coefficients.data));
    editor.replace((*root)["measured_gpus"], doubleQuoted(join(coefficients.measuredGpus, ", ")));
    for (const auto& field : coefficientFields()) {
        const YamlNode value = (*root)["coefficients"][field.id]["value"];
        if (!value.exists())
            return failure(ErrorCode::MissingField,
                           "coefficients." + std::string(field.id) + ": missing", root->location());
        editor.replaceNumber(value, coefficients.*field.member / unitScale(field.unit));
    }
    const YamlNode architectures = (*root)["architectures"];
    for (std::size_t i = 0; i < architectures.size(); ++i) {
        const YamlNode entry = architectures[i];
        const ArchitectureFactors& factors =
            coefficients.factors(entry["architecture"].asString().value_or(""));
        for (const auto& factor : architectureFactors)
            editor.replaceNumber(entry[factor.key], factors.*factor.member);
        editor.replace(entry["measured"], factors.measured ? "true" : "false");
    }
    std::string text = editor.apply();
    const auto read = readCoefficients(text, std::string(name));
    if (!read)
        return tl::unexpected(read.error());
    if (auto checked = check(*read, coefficients); !checked)
        return tl::unexpected(checked.error());
    return text;
}

std::string_view standardCoefficientsFile()
{
    return builtinResource("performance/coefficients.yaml");
}

} // namespace llmd

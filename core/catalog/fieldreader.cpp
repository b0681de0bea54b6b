// SPDX-License-Identifier: Apache-2.0
#include "fieldreader.h"

#include <core/base/text.h>

#include <cmath>

namespace llmd {

YamlNode FieldReader::find(std::string_view key)
{
    YamlNode node = m_mapping[key];
    if (!node.exists() && m_required) {
        m_ok = false;
        Issue issue =
            m_mapping.issue(Severity::Error, "`" + std::string(key) + "` is missing; add it");
        issue.code = ErrorCode::MissingField;
        m_issues.push_back(std::move(issue));
    }
    return node;
}

void FieldReader::fail(const YamlNode& node, std::string text)
{
    m_ok = false;
    m_issues.push_back(node.issue(Severity::Error, std::move(text)));
}

void FieldReader::text(std::string_view key, std::string& value)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    if (auto read = node.asString())
        value = std::move(*read);
    else
        fail(node, read.error().detail);
}

void FieldReader::texts(std::string_view key, std::vector<std::string>& value)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    if (auto read = node.asStrings())
        value = std::move(*read);
    else
        fail(node, read.error().detail);
}

void FieldReader::number(std::string_view key, double& value, NumberRange range)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    const auto read = node.asNumber();
    if (!read)
        return fail(node, read.error().detail);
    if (!std::isfinite(*read) || *read < range.min || *read > range.max) {
        return fail(node,
                    printNumber(*read) + " is out of range; expected a number from "
                        + printNumber(range.min) + " to " + printNumber(range.max));
    }
    value = *read;
}

void FieldReader::integer(std::string_view key, int& value, NumberRange range)
{
    double read = value;
    number(key, read, range);
    if (read != std::floor(read))
        return fail(m_mapping[key], printNumber(read) + " is not a whole number");
    value = static_cast<int>(read);
}

void FieldReader::boolean(std::string_view key, bool& value)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    if (const auto read = node.asBool())
        value = *read;
    else
        fail(node, read.error().detail);
}

void FieldReader::source(std::string_view key, Source& value)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    if (!node.isMapping())
        return fail(node, "expected a mapping with `text`, `date` and `confidence`");
    FieldReader reader(node, m_issues);
    Source read;
    reader.setRequired(true);
    reader.text("text", read.text);
    reader.text("date", read.date);
    reader.setRequired(false);
    reader.text("confidence", read.confidence);
    reader.reportUnknown({ "text", "date", "confidence" });
    if (reader.ok())
        value = std::move(read);
    else
        m_ok = false;
}

void FieldReader::choice(std::string_view key, const std::vector<std::string>& names,
                         std::size_t& value)
{
    const YamlNode node = find(key);
    if (!node.exists())
        return;
    const auto read = node.asString();
    if (!read)
        return fail(node, read.error().detail);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (toLower(*read) == names[i]) {
            value = i;
            return;
        }
    }
    fail(node, "\"" + *read + "\" is not known; expected one of " + join(names, ", "));
}

void FieldReader::reportUnknown(const std::vector<std::string>& keys)
{
    reportUnknownKeys(m_mapping, keys, m_issues);
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "hffields.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd::hf {

using nlohmann::json;

namespace {

/** The value as it may appear in a message: short, and without control characters. */
std::string shown(const json& value)
{
    if (value.is_array())
        return fmt::format("a list of {}", value.size());
    if (value.is_object())
        return "an object";
    std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
    constexpr std::size_t longest = 40;
    if (text.size() > longest)
        text = text.substr(0, longest) + "…";
    return text;
}

/** Longer than any list that a config needs. */
constexpr std::size_t longestList = 65'536;

} // namespace

void Findings::fail(ErrorCode code, std::string detail)
{
    if (error)
        return;
    error = Error { code, std::move(detail), {}, std::nullopt };
    if (!file.empty())
        error->where = Location { file, 0, 0 };
}

void Findings::approximate(std::string text)
{
    if (std::find(approximations.begin(), approximations.end(), text) == approximations.end())
        approximations.push_back(std::move(text));
}

Fields::Fields(const json& object, std::string path, Findings& findings)
    : m_object(&object)
    , m_path(std::move(path))
    , m_findings(&findings)
{ }

std::string Fields::pathOf(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
}

const json* Fields::find(std::string_view key) const
{
    if (!m_object->is_object())
        return nullptr;
    const auto it = m_object->find(key);
    return it == m_object->end() || it->is_null() ? nullptr : &*it;
}

void Fields::wrongType(std::string_view key, std::string_view expected, const json& found) const
{
    m_findings->fail(
        ErrorCode::WrongType,
        fmt::format("field '{}' is {}, but {} is expected", pathOf(key), shown(found), expected));
}

bool Fields::isList(std::string_view key, std::string_view expected, const json& value) const
{
    if (!value.is_array()) {
        wrongType(key, expected, value);
        return false;
    }
    if (value.size() > longestList) {
        m_findings->fail(ErrorCode::LimitExceeded,
                         fmt::format("field '{}' has {} entries; at most {} are read", pathOf(key),
                                     value.size(), longestList));
        return false;
    }
    return true;
}

bool Fields::has(std::string_view key) const
{
    return find(key) != nullptr;
}

std::string_view Fields::presentOf(std::initializer_list<std::string_view> keys) const
{
    for (const std::string_view key : keys) {
        if (has(key))
            return key;
    }
    return *keys.begin();
}

int Fields::integer(std::string_view key, Range range, std::optional<int> fallback) const
{
    const json* value = find(key);
    if (!value) {
        if (!fallback)
            m_findings->fail(
                ErrorCode::MissingField,
                fmt::format("field '{}' is missing; a whole number from {} to {} is expected",
                            pathOf(key), range.min, range.max));
        return fallback.value_or(range.min);
    }
    // Some exporters write whole numbers as 4096.0.
    const bool whole = value->is_number()
        && (value->is_number_integer() || std::floor(value->get<double>()) == value->get<double>());
    if (!whole) {
        wrongType(key, "a whole number", *value);
        return fallback.value_or(range.min);
    }
    const double number = value->get<double>();
    if (!(number >= range.min && number <= range.max)) {
        m_findings->fail(ErrorCode::InvalidArgument,
                         fmt::format("field '{}' is {}; a whole number from {} to {} is expected",
                                     pathOf(key), shown(*value), range.min, range.max));
        return fallback.value_or(range.min);
    }
    return static_cast<int>(number);
}

double Fields::number(std::string_view key, double min, double max, double fallback) const
{
    const json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_number()) {
        wrongType(key, "a number", *value);
        return fallback;
    }
    const double number = value->get<double>();
    if (!(number >= min && number <= max)) {
        m_findings->fail(ErrorCode::InvalidArgument,
                         fmt::format("field '{}' is {}; a number from {} to {} is expected",
                                     pathOf(key), shown(*value), min, max));
        return fallback;
    }
    return number;
}

bool Fields::flag(std::string_view key, bool fallback) const
{
    const json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_boolean()) {
        wrongType(key, "true or false", *value);
        return fallback;
    }
    return value->get<bool>();
}

std::string Fields::text(std::string_view key, std::string fallback) const
{
    const json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_string()) {
        wrongType(key, "a text", *value);
        return fallback;
    }
    return value->get<std::string>();
}

std::vector<std::string> Fields::texts(std::string_view key) const
{
    const json* value = find(key);
    std::vector<std::string> result;
    if (!value)
        return result;
    if (!isList(key, "a list of texts", *value))
        return result;
    result.reserve(value->size());
    for (const json& item : *value) {
        if (!item.is_string()) {
            wrongType(key, "a list of texts", item);
            return {};
        }
        result.push_back(item.get<std::string>());
    }
    return result;
}

std::vector<int> Fields::integers(std::string_view key, Range range) const
{
    const json* value = find(key);
    std::vector<int> result;
    if (!value)
        return result;
    if (!isList(key, "a list of whole numbers", *value))
        return result;
    for (const json& item : *value) {
        const bool good = item.is_number_integer() && item.get<double>() >= range.min
            && item.get<double>() <= range.max;
        if (!good) {
            wrongType(key,
                      fmt::format("a list of whole numbers from {} to {}", range.min, range.max),
                      item);
            return {};
        }
        result.push_back(item.get<int>());
    }
    return result;
}

int Fields::lengthOf(std::string_view key) const
{
    const json* value = find(key);
    if (!value)
        return 0;
    constexpr std::size_t longest = 1024;
    return value->is_array() ? static_cast<int>(std::min(value->size(), longest)) : 1;
}

std::optional<Fields> Fields::object(std::string_view key) const
{
    const json* value = find(key);
    if (!value)
        return std::nullopt;
    if (!value->is_object()) {
        wrongType(key, "an object", *value);
        return std::nullopt;
    }
    return Fields(*value, pathOf(key), *m_findings);
}

std::vector<Fields> Fields::objects(std::string_view key) const
{
    const json* value = find(key);
    std::vector<Fields> result;
    if (!value)
        return result;
    if (!isList(key, "a list of objects", *value))
        return result;
    for (std::size_t i = 0; i < value->size(); ++i) {
        const json& item = (*value)[i];
        if (!item.is_object()) {
            wrongType(key, "a list of objects", item);
            return {};
        }
        result.emplace_back(item, fmt::format("{}[{}]", pathOf(key), i), *m_findings);
    }
    return result;
}

std::vector<std::string> Fields::keys() const
{
    std::vector<std::string> result;
    if (m_object->is_object()) {
        for (const auto& [key, value] : m_object->items())
            result.push_back(key);
    }
    return result;
}

} // namespace llmd::hf

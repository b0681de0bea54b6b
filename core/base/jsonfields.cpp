// SPDX-License-Identifier: Apache-2.0
#include "jsonfields.h"

#include <core/base/text.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::size_t textLimit = 64u << 20;
constexpr int depthLimit = 64;

/** Line and column of a byte offset. */
Location locationOf(std::string_view text, std::size_t offset, const std::string& fileName)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n');
    const std::size_t start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return { fileName, static_cast<int>(line) + 1, static_cast<int>(before.size() - start) + 1 };
}

/** A short form of a value for messages. */
std::string shown(const nlohmann::json& value)
{
    std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() > 40)
        text = text.substr(0, 37) + "...";
    return text;
}

} // namespace

Result<nlohmann::json> parseJsonText(std::string_view text, const std::string& fileName)
{
    if (text.size() > textLimit)
        return failure(ErrorCode::LimitExceeded, "the file is larger than 64 MiB",
                       Location { fileName, 0, 0 });
    bool tooDeep = false;
    const auto callback = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        tooDeep = tooDeep || depth > depthLimit;
        return !tooDeep;
    };
    try {
        auto document = nlohmann::json::parse(text, callback);
        if (tooDeep)
            return failure(ErrorCode::LimitExceeded, "nested deeper than 64 levels",
                           Location { fileName, 0, 0 });
        return document;
    } catch (const nlohmann::json::parse_error& error) {
        return failure(ErrorCode::Syntax,
                       "not valid JSON: expected a complete document as RFC 8259 describes it",
                       locationOf(text, error.byte > 0 ? error.byte - 1 : 0, fileName));
    } catch (const std::exception& error) {
        return failure(ErrorCode::Syntax, std::string("not valid JSON: ") + error.what(),
                       Location { fileName, 0, 0 });
    }
}

JsonFields::JsonFields(const nlohmann::json& object, std::string path, std::string fileName)
    : m_object(&object)
    , m_path(std::move(path))
    , m_fileName(std::move(fileName))
{ }

tl::unexpected<Error> JsonFields::bad(ErrorCode code, const char* key,
                                      const std::string& expected) const
{
    const std::string full = m_path.empty() ? key : m_path + "." + key;
    const bool present = has(key);
    return failure(code,
                   full + ": "
                       + (present ? "found " + shown((*m_object)[key]) : std::string("missing"))
                       + ", expected " + expected,
                   Location { m_fileName, 0, 0 });
}

bool JsonFields::has(const char* key) const
{
    return m_object->is_object() && m_object->contains(key) && !(*m_object)[key].is_null();
}

Result<JsonFields> JsonFields::object(const char* key) const
{
    if (!has(key))
        return bad(ErrorCode::MissingField, key, "an object");
    const auto& value = (*m_object)[key];
    if (!value.is_object())
        return bad(ErrorCode::WrongType, key, "an object");
    return JsonFields(value, m_path.empty() ? key : m_path + "." + key, m_fileName);
}

Result<std::string> JsonFields::text(const char* key) const
{
    if (!has(key))
        return bad(ErrorCode::MissingField, key, "text");
    const auto& value = (*m_object)[key];
    if (!value.is_string())
        return bad(ErrorCode::WrongType, key, "text");
    return value.get<std::string>();
}

Result<double> JsonFields::number(const char* key, double low, double high) const
{
    const std::string expected = "a number from " + printNumber(low) + " to " + printNumber(high);
    if (!has(key))
        return bad(ErrorCode::MissingField, key, expected);
    const auto& value = (*m_object)[key];
    if (!value.is_number())
        return bad(ErrorCode::WrongType, key, expected);
    const double number = value.get<double>();
    if (!(number >= low && number <= high))
        return bad(ErrorCode::InvalidArgument, key, expected);
    return number;
}

Result<double> JsonFields::number(const char* key, double low, double high, double fallback) const
{
    if (!has(key))
        return fallback;
    return number(key, low, high);
}

Result<int> JsonFields::whole(const char* key, int low, int high, int fallback) const
{
    const auto value = number(key, low, high, fallback);
    if (!value)
        return tl::unexpected(value.error());
    if (*value != std::floor(*value))
        return bad(ErrorCode::WrongType, key, "a whole number");
    return static_cast<int>(*value);
}

Result<std::optional<double>> JsonFields::optionalNumber(const char* key) const
{
    if (!has(key))
        return std::optional<double>();
    const auto value = number(key, 0, 1e12);
    if (!value)
        return tl::unexpected(value.error());
    return std::optional<double>(*value);
}

Result<bool> JsonFields::flag(const char* key, bool fallback) const
{
    if (!has(key))
        return fallback;
    const auto& value = (*m_object)[key];
    if (!value.is_boolean())
        return bad(ErrorCode::WrongType, key, "true or false");
    return value.get<bool>();
}

} // namespace llmd

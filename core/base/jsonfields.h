// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace llmd {

/** Parses a document; a syntax error names line and column. `text` may be at most 64 MiB. */
[[nodiscard]] Result<nlohmann::json> parseJsonText(std::string_view text,
                                                   const std::string& fileName);

/** One object of a JSON document with its path, for readers that name the field that is wrong. */
class JsonFields
{
public:
    JsonFields(const nlohmann::json& object, std::string path, std::string fileName);

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] Result<JsonFields> object(const char* key) const;
    [[nodiscard]] Result<std::string> text(const char* key) const;
    [[nodiscard]] Result<double> number(const char* key, double low, double high) const;
    /** `fallback` if the field is absent or null. */
    [[nodiscard]] Result<double> number(const char* key, double low, double high,
                                        double fallback) const;
    /** A number without a fractional part. */
    [[nodiscard]] Result<int> whole(const char* key, int low, int high, int fallback) const;
    [[nodiscard]] Result<std::optional<double>> optionalNumber(const char* key) const;
    [[nodiscard]] Result<bool> flag(const char* key, bool fallback) const;
    [[nodiscard]] bool has(const char* key) const;
    [[nodiscard]] const nlohmann::json& json() const { return *m_object; }

    [[nodiscard]] tl::unexpected<Error> bad(ErrorCode code, const char* key,
                                            const std::string& expected) const;

private:
    const nlohmann::json* m_object;
    std::string m_path;
    std::string m_fileName;
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/error.h>

#include <nlohmann/json_fwd.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Checked access to the fields of a `config.json`; private to the reader of Hugging Face configs. */
namespace llmd::hf {

/** What a reading run found. The first error wins; readers go on with harmless values after it. */
struct Findings
{
    std::string file;
    std::optional<Error> error;
    std::vector<std::string> approximations;

    void fail(ErrorCode code, std::string detail);
    void approximate(std::string text); ///< each text once
    [[nodiscard]] bool failed() const { return error.has_value(); }
};

/** Limits of a whole number. */
struct Range
{
    int min = 0;
    int max = 0;
};

constexpr Range sizeRange { 1, 4'194'304 }; ///< hidden and intermediate sizes
constexpr Range vocabularyRange { 1, 8'388'608 };
constexpr Range headRange { 1, 8192 };
constexpr Range headDimRange { 1, 16'384 };
constexpr Range layerRange { 1, 1024 };
constexpr Range expertRange { 1, 16'384 };
constexpr Range tokenRange { 1, 1'073'741'824 }; ///< context lengths and windows

/** One JSON object of the config. A null value counts as absent, as in Python. */
class Fields
{
public:
    Fields(const nlohmann::json& object, std::string path, Findings& findings);

    [[nodiscard]] bool has(std::string_view key) const;
    /** The first of several names of the same thing that is present, or the first name. */
    [[nodiscard]] std::string_view presentOf(std::initializer_list<std::string_view> keys) const;

    /** A whole number; an error if it is absent (without `fallback`), no whole number or out of range. */
    [[nodiscard]] int integer(std::string_view key, Range range,
                              std::optional<int> fallback = std::nullopt) const;
    [[nodiscard]] double number(std::string_view key, double min, double max,
                                double fallback) const;
    [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
    [[nodiscard]] std::string text(std::string_view key, std::string fallback = {}) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const; ///< empty if absent
    [[nodiscard]] std::vector<int> integers(std::string_view key, Range range) const;
    /** Entries of a list, 1 for a single number, 0 if absent. */
    [[nodiscard]] int lengthOf(std::string_view key) const;
    [[nodiscard]] std::optional<Fields> object(std::string_view key) const;
    [[nodiscard]] std::vector<Fields> objects(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> keys() const;

    [[nodiscard]] Findings& findings() const { return *m_findings; }
    [[nodiscard]] std::string pathOf(std::string_view key) const;

private:
    [[nodiscard]] const nlohmann::json* find(std::string_view key) const;
    void wrongType(std::string_view key, std::string_view expected,
                   const nlohmann::json& found) const;

    /** Says why not: another type, or too many entries. */
    [[nodiscard]] bool isList(std::string_view key, std::string_view expected,
                              const nlohmann::json& value) const;

    const nlohmann::json* m_object; // owned by the document, which outlives every reader
    std::string m_path;
    Findings* m_findings;
};

} // namespace llmd::hf

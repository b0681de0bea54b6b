// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"

#include <core/base/issue.h>
#include <core/base/yamlreader.h>

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** Inclusive bounds that a number of a catalog file must keep. */
struct NumberRange
{
    double min = 0;
    double max = 1e15;
};

/**
 * Reads the fields of one mapping into variables that hold the defaults. A field that is absent
 * leaves its variable alone, unless it is `required`; a bad one leaves it alone and adds an issue.
 * `ok()` tells whether all were good.
 */
class FieldReader
{
public:
    FieldReader(const YamlNode& mapping, std::vector<Issue>& issues)
        : m_mapping(mapping)
        , m_issues(issues)
    { }

    /** Later calls of the typed readers fail if the field is missing. */
    void setRequired(bool required) { m_required = required; }

    void text(std::string_view key, std::string& value);
    void texts(std::string_view key, std::vector<std::string>& value);
    void number(std::string_view key, double& value, NumberRange range = {});
    void integer(std::string_view key, int& value, NumberRange range = { 0, 1e9 });
    void boolean(std::string_view key, bool& value);
    /** `{text, date, confidence}`. */
    void source(std::string_view key, Source& value);
    /** One of `names`; `value` becomes its index. */
    void choice(std::string_view key, const std::vector<std::string>& names, std::size_t& value);
    /** A quantity given as a number in `unit` base units, e.g. GB/s with 1e9. */
    template <class Quantity>
    void quantity(std::string_view key, Quantity& value, double unit, NumberRange range = {})
    {
        double number_ = value.value() / unit;
        const auto before = number_;
        number(key, number_, range);
        if (number_ != before)
            value = Quantity(number_ * unit);
    }
    /** Warns about keys of the mapping that none of `keys` is. */
    void reportUnknown(const std::vector<std::string>& keys);

    [[nodiscard]] bool ok() const { return m_ok; }
    void fail(const YamlNode& node, std::string text);

private:
    /** The node of a field, Missing if it is absent; reports a missing required one. */
    [[nodiscard]] YamlNode find(std::string_view key);

    YamlNode m_mapping;
    std::vector<Issue>& m_issues;
    bool m_required = false;
    bool m_ok = true;
};

} // namespace llmd

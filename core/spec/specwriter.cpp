// SPDX-License-Identifier: Apache-2.0
#include "specdocument.h"
#include "specfields.h"

#include <core/base/text.h>
#include <core/base/yamlemitter.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <functional>

namespace llmd {

namespace {

using specfields::Choice;
using specfields::Field;

/** Builds the tree of what is stated; a group without any stated field is left out. */
class Writer
{
public:
    YamlValue run(const InferenceService& service)
    {
        m_levels.push_back(
            YamlValue::map({ { "apiVersion", specApiVersion }, { "kind", specKind } }));
        specfields::visitService(*this, service);
        return std::move(m_levels.back());
    }

    void group(const Field& field, const std::function<void()>& fields)
    {
        m_levels.push_back(YamlValue::map());
        fields();
        YamlValue done = std::move(m_levels.back());
        m_levels.pop_back();
        if (!std::get<YamlValue::Map>(done.variant()).empty())
            m_levels.back().set(field.key, std::move(done));
    }
    template <class Group, class Fields>
    void optionalGroup(const Field& field, const std::optional<Group>& value, Fields fields)
    {
        if (!value)
            return;
        // An empty group is still a statement: "adapters: {}".
        m_levels.push_back(YamlValue::map());
        fields(*value);
        YamlValue done = std::move(m_levels.back());
        m_levels.pop_back();
        m_levels.back().set(field.key, std::move(done));
    }
    void text(const Field& field, const std::string& value)
    {
        if (!value.empty())
            m_levels.back().set(field.key, value);
    }
    void text(const Field& field, const std::optional<std::string>& value)
    {
        text(field, value.value_or(""));
    }
    void count(const Field& field, const std::optional<int>& value)
    {
        if (value)
            m_levels.back().set(field.key, *value);
    }
    void number(const Field& field, const std::optional<double>& value)
    {
        if (value && *value == std::floor(*value) && std::abs(*value) < 1e15)
            m_levels.back().set(field.key, static_cast<std::int64_t>(*value));
        else if (value)
            m_levels.back().set(field.key, *value);
    }
    void fraction(const Field& field, const std::optional<double>& value)
    {
        if (value)
            m_levels.back().set(field.key, *value);
    }
    void flag(const Field& field, const std::optional<bool>& value)
    {
        if (value)
            m_levels.back().set(field.key, *value);
    }
    void duration(const Field& field, const std::optional<Seconds>& value)
    {
        printed(field, value, printDuration);
    }
    void size(const Field& field, const std::optional<Bytes>& value)
    {
        printed(field, value, printSize);
    }
    void bandwidth(const Field& field, const std::optional<BytesPerSecond>& value)
    {
        printed(field, value, printBandwidth);
    }
    void rate(const Field& field, const std::optional<RequestsPerSecond>& value)
    {
        printed(field, value, printRate);
    }
    template <class Enum, std::size_t size_>
    void choice(const Field& field, const std::optional<Enum>& value,
                const std::array<Choice<Enum>, size_>& choices)
    {
        if (value)
            m_levels.back().set(field.key, std::string(specfields::nameOf(choices, *value)));
    }

private:
    template <class T, class Printer>
    void printed(const Field& field, const std::optional<T>& value, Printer printer)
    {
        if (value)
            m_levels.back().set(field.key, printer(*value));
    }

    std::vector<YamlValue> m_levels;
};

/** Describes every field for editors: completion, types, ranges, help. */
class SchemaWriter
{
public:
    using Json = nlohmann::ordered_json;

    Json run()
    {
        m_levels.push_back(object());
        m_levels.back()["properties"]["apiVersion"] = { { "const", specApiVersion } };
        m_levels.back()["properties"]["kind"] = { { "const", specKind } };
        m_levels.back()["required"] = { "apiVersion", "kind" };
        InferenceService unused;
        specfields::visitService(*this, unused);
        Json schema { { "$schema", "https://json-schema.org/draft/2020-12/schema" },
                      { "$comment", "SPDX-License-Identifier: Apache-2.0" },
                      { "title", "llm-d/v1 InferenceService" } };
        schema.update(m_levels.back());
        return schema;
    }

    void group(const Field& field, const std::function<void()>& fields)
    {
        m_levels.push_back(object());
        fields();
        Json done = std::move(m_levels.back());
        m_levels.pop_back();
        put(field, std::move(done));
    }
    template <class Group, class Fields>
    void optionalGroup(const Field& field, std::optional<Group>&, Fields fields)
    {
        Group unused;
        group(field, [&] { fields(unused); });
    }
    template <class T> void text(const Field& field, T&)
    {
        put(field, { { "type", "string" }, { "minLength", 1 } });
    }
    void count(const Field& field, std::optional<int>&)
    {
        // "8k" is a count as well.
        put(field,
            { { "type", { "integer", "string" } },
              { "minimum", field.min },
              { "maximum", field.max },
              { "pattern", "^[0-9][0-9,.]*[kKmM]?$" } });
    }
    void number(const Field& field, std::optional<double>&)
    {
        Json json { { "type", { "number", "string" } }, { "pattern", "^[0-9][0-9,.]*[kKmM]?$" } };
        json[field.aboveMin ? "exclusiveMinimum" : "minimum"] = field.min;
        json["maximum"] = field.max;
        put(field, std::move(json));
    }
    void fraction(const Field& field, std::optional<double>&)
    {
        Json json { { "type", { "number", "string" } }, { "pattern", "^[0-9.]+ ?%$" } };
        json[field.aboveMin ? "exclusiveMinimum" : "minimum"] = field.min;
        json["maximum"] = field.max;
        put(field, std::move(json));
    }
    void flag(const Field& field, std::optional<bool>&) { put(field, { { "type", "boolean" } }); }
    void duration(const Field& field, std::optional<Seconds>&)
    {
        put(field, pattern("^[0-9.]+ ?(us|ms|s|m|h|d)$", "200ms"));
    }
    void size(const Field& field, std::optional<Bytes>&)
    {
        put(field, pattern("^[0-9.]+ ?([kKMGT]i?)?B?$", "80GB"));
    }
    void bandwidth(const Field& field, std::optional<BytesPerSecond>&)
    {
        put(field, pattern("^[0-9.]+ ?[kKMGT]?(bps|b/s|Bs|B/s|Bps)$", "900GBs"));
    }
    void rate(const Field& field, std::optional<RequestsPerSecond>&)
    {
        Json json = pattern("^[0-9.,]+[kKM]? ?(/s|rps| req/s|/min|/h|/day)?$", "12.5/s");
        json["type"] = { "string", "number" };
        put(field, std::move(json));
    }
    template <class Enum, std::size_t size_>
    void choice(const Field& field, std::optional<Enum>&,
                const std::array<Choice<Enum>, size_>& choices)
    {
        Json names = Json::array();
        for (const auto& each : choices)
            names.push_back(each.name);
        put(field, { { "enum", std::move(names) } });
    }

private:
    static Json object()
    {
        return { { "type", "object" },
                 { "properties", Json::object() },
                 { "additionalProperties", false } };
    }
    static Json pattern(const char* expression, const char* example)
    {
        return { { "type", "string" }, { "pattern", expression }, { "examples", { example } } };
    }
    void put(const Field& field, Json json)
    {
        json["description"] = field.help;
        m_levels.back()["properties"][field.key] = std::move(json);
        if (field.required)
            m_levels.back()["required"].push_back(field.key);
    }

    std::vector<Json> m_levels;
};

} // namespace

std::string writeSpec(const InferenceService& service)
{
    return emitYaml(Writer().run(service));
}

std::string specJsonSchema()
{
    return SchemaWriter().run().dump(2) + "\n";
}

} // namespace llmd

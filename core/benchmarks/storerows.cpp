// SPDX-License-Identifier: Apache-2.0
#include "storerows.h"

#include <core/base/text.h>

#include <nlohmann/json.hpp>

namespace llmd {

namespace {

using Json = nlohmann::json;

/** Collects the names that a visitor is shown. */
struct NameCollector
{
    std::vector<std::string>* names;

    template <class T> void operator()(const char* name, const T&) const
    {
        names->emplace_back(name);
    }
};

std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/** An empty object for text that is not what we write. */
Json parsed(const std::string& text)
{
    return Json::parse(text, nullptr, false);
}

} // namespace

const std::vector<std::string>& recordColumns()
{
    static const auto columns = [] {
        std::vector<std::string> names;
        const BenchmarkRecord record;
        visitRecordColumns(NameCollector { &names }, record);
        return names;
    }();
    return columns;
}

const std::vector<std::string>& engineColumns()
{
    static const auto columns = [] {
        std::vector<std::string> names;
        const ServedEngine engine;
        visitEngineColumns(NameCollector { &names }, engine);
        return names;
    }();
    return columns;
}

std::string insertSql(const std::string& table, const std::vector<std::string>& columns)
{
    std::string places;
    for (std::size_t i = 1; i <= columns.size(); ++i)
        places += (i > 1 ? ", ?" : "?") + std::to_string(i);
    return "INSERT INTO " + table + " (" + join(columns, ", ") + ") VALUES (" + places + ")";
}

std::string packed(const std::vector<std::string>& list)
{
    return list.empty() ? std::string() : dumped(Json(list));
}

std::string packed(const std::map<std::string, std::string>& map)
{
    return map.empty() ? std::string() : dumped(Json(map));
}

std::string packed(const std::map<std::string, Origin>& origins)
{
    Json json = Json::object();
    for (const auto& [field, origin] : origins)
        json[field] = static_cast<int>(origin);
    return origins.empty() ? std::string() : dumped(json);
}

void unpack(const std::string& text, std::vector<std::string>& list)
{
    for (const auto& entry : parsed(text)) {
        if (entry.is_string())
            list.push_back(entry.get<std::string>());
    }
}

void unpack(const std::string& text, std::map<std::string, std::string>& map)
{
    const auto json = parsed(text);
    if (!json.is_object())
        return;
    for (const auto& [key, value] : json.items()) {
        if (value.is_string())
            map[key] = value.get<std::string>();
    }
}

void unpack(const std::string& text, std::map<std::string, Origin>& origins)
{
    const auto json = parsed(text);
    if (!json.is_object())
        return;
    for (const auto& [key, value] : json.items()) {
        const int origin = value.is_number_integer() ? value.get<int>() : -1;
        if (origin >= 0 && origin <= static_cast<int>(Origin::ByHand))
            origins[key] = static_cast<Origin>(origin);
    }
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "project.h"

#include <core/base/file.h>
#include <core/base/yamlreader.h>
#include <core/workload/requirementkeys.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

namespace llmd {

using Json = nlohmann::ordered_json;

namespace {

constexpr int currentFormat = 1;
constexpr std::uintmax_t projectFileLimit = 16u << 20;
constexpr int depthLimit = 64;
constexpr std::array knownKeys { "format", "application", "requirements", "engine", "shortlist",
                                 "chosen", "view",        "notes",        "space" };

/** Parses without exceptions and without recursion deeper than `depthLimit`. */
Result<Json> parseJson(std::string_view text, const std::string& name)
{
    bool tooDeep = false;
    const auto limit = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > depthLimit;
        return !tooDeep;
    };
    try {
        Json json = Json::parse(text, limit);
        if (tooDeep)
            return failure(ErrorCode::LimitExceeded, "nested deeper than 64 levels",
                           Location { name });
        return json;
    } catch (const Json::exception& error) {
        // The message ends with what was found; its prefix is the library's internal number.
        std::string what = error.what();
        if (const auto end = what.find("] "); end != std::string::npos)
            what.erase(0, end + 2);
        return failure(ErrorCode::Syntax, "this is not a JSON document: " + what,
                       Location { name });
    }
}

Issue fieldIssue(const std::string& name, const char* field, const char* expected)
{
    return { Severity::Error, ErrorCode::WrongType,
             std::string("expected ") + expected + "; the default is used", field,
             Location { name } };
}

void readText(const Json& json, const char* key, std::string& target, const std::string& name,
              std::vector<Issue>& issues)
{
    const auto it = json.find(key);
    if (it == json.end())
        return;
    if (it->is_string())
        target = it->get<std::string>();
    else
        issues.push_back(fieldIssue(name, key, "a text"));
}

void readShortlist(const Json& json, Project& project, const std::string& name,
                   std::vector<Issue>& issues)
{
    const auto it = json.find("shortlist");
    if (it == json.end())
        return;
    if (!it->is_array() || !std::all_of(it->begin(), it->end(), [](const Json& item) {
            return item.is_string();
        })) {
        issues.push_back(fieldIssue(name, "shortlist", "a list of texts"));
        return;
    }
    project.shortlist = it->get<std::vector<std::string>>();
}

/** Requirements have one reader, the YAML one; JSON text is YAML. */
Result<> readNeed(const Json& json, Project& project, const std::string& name,
                  std::vector<Issue>& issues)
{
    const auto it = json.find("requirements");
    if (it == json.end())
        return {};
    const auto node = parseYaml(it->dump(), name);
    if (!node)
        return tl::unexpected(withContext("requirements")(node.error()));
    auto loaded = readRequirements(*node);
    for (auto& issue : loaded.issues) {
        const bool unknown = it->is_object() && it->contains(issue.subject)
            && std::find(requirementKeys().begin(), requirementKeys().end(), issue.subject)
                == requirementKeys().end();
        if (unknown)
            issue.text += " (kept and written back)";
        issue.where = Location { name }; // lines of the re-printed text would mislead
        issue.subject = "requirements" + (issue.subject.empty() ? "" : "." + issue.subject);
        issues.push_back(std::move(issue));
    }
    project.requirements = std::move(loaded.value);
    return {};
}

void keepUnknownKeys(const Json& json, Project& project, const std::string& name,
                     std::vector<Issue>& issues)
{
    Json unknown = Json::object();
    for (const auto& [key, value] : json.items()) {
        if (std::find(knownKeys.begin(), knownKeys.end(), key) == knownKeys.end())
            unknown[key] = value;
    }
    // Those among the requirements were already reported by their reader.
    Json ofNeed = Json::object();
    if (const auto need = json.find("requirements"); need != json.end() && need->is_object()) {
        const auto& known = requirementKeys();
        for (const auto& [key, value] : need->items()) {
            if (std::find(known.begin(), known.end(), key) == known.end())
                ofNeed[key] = value;
        }
    }
    if (unknown.empty() && ofNeed.empty())
        return;
    Json all = unknown;
    if (!ofNeed.empty())
        all["requirements"] = ofNeed;
    project.unknownKeys = all.dump();
    for (const auto& [key, value] : unknown.items()) {
        issues.push_back({ Severity::Warning, ErrorCode::InvalidArgument,
                           "unknown to this version; kept and written back", key,
                           Location { name } });
    }
}

Json toJson(const YamlValue& value)
{
    return std::visit(
        [](const auto& held) -> Json {
            using T = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_same_v<T, YamlValue::Block>) {
                return held.text;
            } else if constexpr (std::is_same_v<T, YamlValue::List>) {
                Json list = Json::array();
                for (const auto& item : held)
                    list.push_back(toJson(item));
                return list;
            } else if constexpr (std::is_same_v<T, YamlValue::Map>) {
                Json object = Json::object();
                for (const auto& entry : held)
                    object[entry.key] = toJson(entry.value);
                return object;
            } else {
                return held;
            }
        },
        value.variant());
}

} // namespace

Json toJson(const Requirements& requirements)
{
    return toJson(requirementsTree(requirements));
}

Result<Loaded<Project>> parseProject(std::string_view text, const std::string& name)
{
    const auto json = parseJson(text, name);
    if (!json)
        return tl::unexpected(json.error());
    if (!json->is_object() || !json->contains("format"))
        return failure(ErrorCode::Syntax,
                       "this is not a project file: there is no \"format\" in it",
                       Location { name });
    const Json& format = (*json)["format"];
    if (!format.is_number_integer() || format.get<long long>() < 1)
        return failure(ErrorCode::WrongType, "\"format\" must be a whole number from 1",
                       Location { name });
    if (format.get<long long>() > currentFormat) {
        return failure(ErrorCode::Unsupported,
                       "written by a newer version (format " + format.dump()
                           + "); this one reads format 1. "
                             "Update the program to open it",
                       Location { name });
    }

    Loaded<Project> loaded;
    if (const auto need = readNeed(*json, loaded.value, name, loaded.issues); !need)
        return tl::unexpected(need.error());
    readText(*json, "engine", loaded.value.engine, name, loaded.issues);
    readText(*json, "chosen", loaded.value.chosen, name, loaded.issues);
    readText(*json, "view", loaded.value.view, name, loaded.issues);
    readText(*json, "notes", loaded.value.notes, name, loaded.issues);
    readText(*json, "space", loaded.value.space, name, loaded.issues);
    readShortlist(*json, loaded.value, name, loaded.issues);
    keepUnknownKeys(*json, loaded.value, name, loaded.issues);
    return loaded;
}

Result<Loaded<Project>> readProject(const std::filesystem::path& path)
{
    const auto text = readFile(path, projectFileLimit);
    if (!text)
        return tl::unexpected(text.error());
    return parseProject(*text, path.string());
}

std::string printProject(const Project& project)
{
    Json json {
        { "format", currentFormat },
        { "application", "llm-d Planner Workbench" },
        { "requirements", toJson(project.requirements) },
        { "engine", project.engine },
        { "view", project.view },
        { "shortlist", project.shortlist },
        { "chosen", project.chosen },
        { "notes", project.notes },
    };
    if (!project.space.empty())
        json["space"] = project.space;
    if (!project.unknownKeys.empty())
        json.update(Json::parse(project.unknownKeys, nullptr, false), true);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<> writeProject(const Project& project, const std::filesystem::path& path)
{
    return writeFileAtomically(path, printProject(project));
}

} // namespace llmd

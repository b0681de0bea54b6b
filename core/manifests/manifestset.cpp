// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <algorithm>

namespace llmd::manifestcheck {

ManifestSet::ManifestSet(const std::vector<ManifestFile>& files)
{
    for (const auto& file : files) {
        if (file.path.ends_with(".yaml") || file.path.ends_with(".yml"))
            addFile(file);
    }
}

void ManifestSet::addFile(const ManifestFile& file)
{
    const auto documents = parseYamlDocuments(file.content, file.path);
    if (!documents) {
        const auto& error = documents.error();
        m_issues.push_back({ Severity::Error, error.code, "not valid YAML: " + error.detail,
                             file.path, error.where });
        return;
    }
    // Helm values and configurations of tools are formats of their own, with no objects in them.
    const auto slash = file.path.find_last_of('/');
    const bool values = file.path.substr(slash == std::string::npos ? 0 : slash + 1).find("values")
        != std::string::npos;
    for (const auto& document : *documents) {
        if (document.isNull())
            continue;
        const bool tool = file.path.ends_with("-config.yaml") && !document["apiVersion"].exists();
        if (values || tool || text(document["kind"]) == "Kustomization")
            m_documents.push_back({ document, file.path });
        else
            addDocument(document, file.path);
    }
}

void ManifestSet::addDocument(const YamlNode& root, const std::string& file)
{
    Object object { root,
                    file,
                    text(root["apiVersion"]),
                    text(root["kind"]),
                    text(root["metadata"]["name"]),
                    text(root["metadata"]["namespace"]) };
    if (object.apiVersion.empty() || object.kind.empty() || object.name.empty()) {
        report(object, root, "an object needs apiVersion, kind and metadata.name");
        return;
    }
    const auto* twin = find(object.kind, object.name, object.nameSpace);
    if (twin && twin->apiVersion == object.apiVersion)
        report(object, root,
               "this object is already in " + twin->file + "; the last one applied would win");
    m_objects.push_back(std::move(object));
}

std::vector<const Object*> ManifestSet::ofKind(std::string_view kind) const
{
    std::vector<const Object*> found;
    for (const auto& object : m_objects) {
        if (object.kind == kind)
            found.push_back(&object);
    }
    return found;
}

const Object* ManifestSet::find(std::string_view kind, std::string_view name,
                                std::string_view nameSpace) const
{
    const auto it = std::ranges::find_if(m_objects, [&](const Object& object) {
        return object.kind == kind && object.name == name && object.nameSpace == nameSpace;
    });
    return it == m_objects.end() ? nullptr : &*it;
}

const Object* ManifestSet::findWorkload(std::string_view kind, std::string_view name,
                                        std::string_view nameSpace) const
{
    return kind == "Deployment" || kind == "LeaderWorkerSet" ? find(kind, name, nameSpace)
                                                             : nullptr;
}

std::vector<PodKind> ManifestSet::pods() const
{
    std::vector<PodKind> found;
    for (const auto& object : m_objects) {
        if (object.kind == "Deployment")
            found.push_back({ &object, object.spec()["template"] });
        if (object.kind != "LeaderWorkerSet")
            continue;
        const auto group = object.spec()["leaderWorkerTemplate"];
        const auto size = static_cast<int>(number(group["size"]).value_or(1));
        const bool leader = group["leaderTemplate"].exists();
        if (leader)
            found.push_back({ &object, group["leaderTemplate"] });
        found.push_back({ &object, group["workerTemplate"], leader ? size - 1 : size, leader });
    }
    return found;
}

std::vector<PodKind> ManifestSet::selected(const LabelSet& selector,
                                           std::string_view nameSpace) const
{
    auto found = pods();
    std::erase_if(found, [&](const PodKind& pod) {
        const auto carried = pod.labels();
        const bool all = std::ranges::all_of(selector, [&](const auto& wanted) {
            const auto it = carried.find(wanted.first);
            return it != carried.end() && it->second == wanted.second;
        });
        return !all || selector.empty() || pod.owner->nameSpace != nameSpace;
    });
    return found;
}

void ManifestSet::report(const Object& object, const YamlNode& node, std::string text)
{
    report(object.subject(), node.exists() ? node : object.root, std::move(text));
}

void ManifestSet::report(const std::string& subject, const YamlNode& node, std::string text)
{
    m_issues.push_back(
        { Severity::Error, ErrorCode::InvalidArgument, std::move(text), subject, node.location() });
}

LabelSet PodKind::labels() const
{
    return manifestcheck::labels(podTemplate["metadata"]["labels"]);
}

bool PodKind::hasPort(const YamlNode& port) const
{
    const auto wanted = text(port);
    for (const char* key : { "containers", "initContainers" }) {
        const auto list = spec()[key];
        for (std::size_t c = 0; c < list.size(); ++c) {
            const auto ports = list[c]["ports"];
            for (std::size_t p = 0; p < ports.size(); ++p) {
                if (text(ports[p]["name"]) == wanted || text(ports[p]["containerPort"]) == wanted)
                    return !wanted.empty();
            }
        }
    }
    return false;
}

std::string text(const YamlNode& node)
{
    return node.isScalar() ? node.asString().value_or(std::string()) : std::string();
}

std::optional<long long> number(const YamlNode& node)
{
    const auto parsed = parseInteger(text(node));
    return parsed ? std::optional(*parsed) : std::nullopt;
}

LabelSet labels(const YamlNode& mapping)
{
    LabelSet set;
    if (mapping.isMapping()) {
        for (const auto& key : mapping.keys())
            set[key] = text(mapping[key]);
    }
    return set;
}

bool isSurelyString(const YamlNode& node)
{
    if (!node.isScalar())
        return false;
    if (node.wasQuoted())
        return true;
    // Plain scalars that YAML 1.1 or 1.2 could take for something else: words, numbers, times.
    static const std::vector<std::string> words { "true", "false", "yes",  "no", "on", "off",
                                                  "y",    "n",     "null", "~",  "" };
    const auto value = toLower(text(node));
    if (std::ranges::find(words, value) != words.end())
        return false;
    return std::string_view("0123456789.-+").find(value.front()) == std::string_view::npos
        || value.find_first_not_of("0123456789abcdefxotz_.,:+-") != std::string::npos;
}

std::optional<std::string> argument(const YamlNode& container, std::string_view flag)
{
    std::vector<std::string> words;
    for (const char* key : { "command", "args" }) {
        const auto list = container[key];
        for (std::size_t i = 0; i < list.size(); ++i)
            words.push_back(text(list[i]));
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == flag && i + 1 < words.size())
            return words[i + 1];
        if (words[i].starts_with(flag) && words[i].size() > flag.size()
            && words[i][flag.size()] == '=')
            return words[i].substr(flag.size() + 1);
    }
    return std::nullopt;
}

std::vector<std::string> texts(const YamlNode& sequence)
{
    std::vector<std::string> list;
    for (std::size_t i = 0; i < sequence.size(); ++i)
        list.push_back(text(sequence[i]));
    return list;
}

long long argumentNumber(const YamlNode& container, std::string_view flag, long long fallback)
{
    const auto value = argument(container, flag);
    const auto parsed = value ? parseInteger(*value) : Result<long long>(fallback);
    return parsed.value_or(0);
}

LabelSet gpuResources(const YamlNode& mapping)
{
    auto all = labels(mapping);
    std::erase_if(all, [](const auto& entry) { return !entry.first.ends_with("/gpu"); });
    return all;
}

} // namespace llmd::manifestcheck

namespace llmd {

std::vector<Issue> checkManifests(const std::vector<ManifestFile>& files)
{
    manifestcheck::ManifestSet set(files);
    manifestcheck::checkEachObject(set);
    manifestcheck::checkWorkloads(set);
    manifestcheck::checkDisaggregation(set);
    manifestcheck::checkReferences(set);
    manifestcheck::checkOperation(set);
    manifestcheck::checkPlatforms(set, files);
    return set.takeIssues();
}

} // namespace llmd

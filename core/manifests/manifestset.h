// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifests.h"

#include <core/base/yamlreader.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Parsed manifests as the checks see them; internal to core/manifests. */
namespace llmd::manifestcheck {

using LabelSet = std::map<std::string, std::string>;

struct Object
{
    YamlNode root;
    std::string file;
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::string nameSpace;

    [[nodiscard]] std::string subject() const { return file + ": " + kind + "/" + name; }
    [[nodiscard]] YamlNode spec() const { return root["spec"]; }
};

/** The objects of an export and the list of findings about them. */
class ManifestSet
{
public:
    explicit ManifestSet(const std::vector<ManifestFile>& files);

    [[nodiscard]] const std::vector<Object>& objects() const { return m_objects; }
    [[nodiscard]] std::vector<const Object*> ofKind(std::string_view kind) const;
    [[nodiscard]] const Object* find(std::string_view kind, std::string_view name,
                                     std::string_view nameSpace) const;
    /** Deployments of a namespace whose pods carry all of `selector`. */
    [[nodiscard]] std::vector<const Object*> selected(const LabelSet& selector,
                                                      std::string_view nameSpace) const;

    void report(const Object& object, const YamlNode& node, std::string text);
    [[nodiscard]] std::vector<Issue> takeIssues() { return std::move(m_issues); }

private:
    void addFile(const ManifestFile& file);
    void addDocument(const YamlNode& root, const std::string& file);

    std::vector<Object> m_objects;
    std::vector<Issue> m_issues;
};

/** Text of a scalar, empty for anything else. */
[[nodiscard]] std::string text(const YamlNode& node);
/** Whole number of a scalar, quoted or not. */
[[nodiscard]] std::optional<long long> number(const YamlNode& node);
/** Entries of a mapping of texts. */
[[nodiscard]] LabelSet labels(const YamlNode& mapping);
/** A scalar that every YAML parser reads as a string. */
[[nodiscard]] bool isSurelyString(const YamlNode& node);
/** Value of `--name=value` or `--name value` among command and arguments of a container. */
[[nodiscard]] std::optional<std::string> argument(const YamlNode& container, std::string_view flag);
/** The pod template's spec of a Deployment. */
[[nodiscard]] YamlNode podSpec(const Object& deployment);
[[nodiscard]] LabelSet podLabels(const Object& deployment);
/** Whether a port, by number or name, is one of the Deployment's container ports. */
[[nodiscard]] bool hasPort(const Object& deployment, const YamlNode& port);

/** Rules about one object: names, labels, strings, credentials. */
void checkEachObject(ManifestSet& set);
/** Rules about a Deployment and its pods. */
void checkDeployments(ManifestSet& set);
/** Rules about references between objects. */
void checkReferences(ManifestSet& set);
/** Rules about autoscalers, monitors and the router's configuration. */
void checkOperation(ManifestSet& set);

} // namespace llmd::manifestcheck

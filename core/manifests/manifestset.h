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

/** A document that is no object of a cluster: Helm values, a kustomization. */
struct Document
{
    YamlNode root;
    std::string file;
};

/** One kind of pod that a workload makes. */
struct PodKind
{
    const Object* owner = nullptr;
    YamlNode podTemplate;
    int count = 1; ///< per replica
    bool worker = false; ///< beside a leader that answers

    [[nodiscard]] YamlNode spec() const { return podTemplate["spec"]; }
    [[nodiscard]] YamlNode containers() const { return spec()["containers"]; }
    [[nodiscard]] LabelSet labels() const;
    /** Whether a port, by number or name, is one of the containers' or native sidecars' ports. */
    [[nodiscard]] bool hasPort(const YamlNode& port) const;
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
    [[nodiscard]] const std::vector<Document>& documents() const { return m_documents; }
    /** The Deployment or LeaderWorkerSet of this kind and name, or nullptr. */
    [[nodiscard]] const Object* findWorkload(std::string_view kind, std::string_view name,
                                             std::string_view nameSpace) const;
    /** Pods of all Deployments and LeaderWorkerSets. */
    [[nodiscard]] std::vector<PodKind> pods() const;
    /** Those of a namespace that carry all of `selector`. */
    [[nodiscard]] std::vector<PodKind> selected(const LabelSet& selector,
                                                std::string_view nameSpace) const;

    void report(const Object& object, const YamlNode& node, std::string text);
    void report(const std::string& subject, const YamlNode& node, std::string text);
    [[nodiscard]] std::vector<Issue> takeIssues() { return std::move(m_issues); }

private:
    void addFile(const ManifestFile& file);
    void addDocument(const YamlNode& root, const std::string& file);

    std::vector<Object> m_objects;
    std::vector<Document> m_documents;
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
/** Texts of a sequence. */
[[nodiscard]] std::vector<std::string> texts(const YamlNode& sequence);
/** Whole number of an argument; `fallback` if it is absent, 0 if it is no number. */
[[nodiscard]] long long argumentNumber(const YamlNode& container, std::string_view flag,
                                       long long fallback);
/** Amounts of GPUs ("nvidia.com/gpu"), by resource. */
[[nodiscard]] LabelSet gpuResources(const YamlNode& mapping);

/** Rules about one object: names, labels, strings, credentials. */
void checkEachObject(ManifestSet& set);
/** Rules about Deployments, LeaderWorkerSets and their pods. */
void checkWorkloads(ManifestSet& set);
/** Rules that servers for prompts and those that decode have to keep together. */
void checkDisaggregation(ManifestSet& set);
/** Rules about the files of serving platforms and charts. */
void checkPlatforms(ManifestSet& set, const std::vector<ManifestFile>& files);
/**
 * The router's own rules for its configuration, which it applies at start-up: known plugins, known parameters of each,
 * references to declared ones. `subject` and `holder` say where the text stands.
 */
void checkPickerConfig(ManifestSet& set, const std::string& subject, const YamlNode& holder,
                       const std::string& content);
/** Rules about references between objects. */
void checkReferences(ManifestSet& set);
/** Rules about autoscalers, monitors and the router's configuration. */
void checkOperation(ManifestSet& set);

} // namespace llmd::manifestcheck

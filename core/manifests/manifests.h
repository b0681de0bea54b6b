// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/plan/deploymentplan.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace llmd {

/** A file to be written, with a path relative to the export folder (`/` between folders). */
struct ManifestFile
{
    std::string path;
    std::string content;

    bool operator==(const ManifestFile&) const = default;
};

constexpr const char* plannerFileName =
    "planner.json"; ///< in every export, says what it is and which files it has
constexpr const char* plannerFileKind = "llm-d-plan";

enum class Autoscaler { Keda, Hpa, None };
[[nodiscard]] std::string_view toString(Autoscaler autoscaler); ///< "keda", "hpa", "none"
[[nodiscard]] std::optional<Autoscaler> parseAutoscaler(std::string_view text);

struct ManifestOptions
{
    std::string target = "kubernetes";
    Autoscaler autoscaler = Autoscaler::Keda;
    std::string prometheusUrl =
        "http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090";
    /** Existing Gateway to attach an HTTPRoute to, "name" or "namespace/name"; empty = none. */
    std::string gateway;
    /** Secret with the key HF_TOKEN, looked up when a pod starts; it may be absent for models that
     * are open. */
    std::string tokenSecret = "llm-d-hf-token";

    bool operator==(const ManifestOptions&) const = default;
};

/** Ids of the supported targets with a sentence each. */
[[nodiscard]] std::vector<std::pair<std::string, std::string>> manifestTargets();

/**
 * The files of a plan: `manifests/` holds what `kubectl apply -f` takes at once, `prerequisites/`
 * and `optional/` what is applied by choice, APPLY.md says how, planner.json holds the plan for
 * programs (see `readPlan`). They have passed `checkManifests`; a finding there is an
 * error here. Equal input gives equal bytes.
 */
[[nodiscard]] Result<std::vector<ManifestFile>> writeManifests(const DeploymentPlan& plan,
                                                               const ManifestOptions& options);

/** What a planner.json says: the need and the configuration, bound to a catalog. */
struct ImportedPlan
{
    Requirements requirements;
    Candidate candidate;
    std::shared_ptr<const Model>
        variant; ///< what `candidate.model` is if quantised at load, else null
    std::vector<Issue> issues; ///< about fields of the requirements
};

/**
 * Reads a planner.json back, for planning or comparing again; predicted figures are not taken over. Fails on another
 * format, on fields that are missing or out of range, and on a model or GPU that the catalog lacks. The result points
 * into the catalog.
 */
[[nodiscard]] Result<ImportedPlan> readPlan(std::string_view text, const Catalog& catalog);

/**
 * Own checks of the YAML files: syntax, names, labels, references between objects (selectors,
 * ports, volumes, accounts, scale targets, router plugins), GPU counts, no credentials. Subject is
 * "file: Kind/name". Empty if all hold.
 */
[[nodiscard]] std::vector<Issue> checkManifests(const std::vector<ManifestFile>& files);

/**
 * Writes into a folder, each file atomically; creates the folder. All paths are checked before
 * anything is written: absolute ones, `..`, symbolic links and a file in the place of a folder are
 * refused. What an earlier export listed in its planner.json and this one lacks is removed, because
 * `kubectl apply -f` would still apply it.
 */
[[nodiscard]] Result<> saveManifests(const std::vector<ManifestFile>& files,
                                     const std::filesystem::path& folder);

} // namespace llmd

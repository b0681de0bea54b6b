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

/** What sets the number of replicas; `Wva` is the Workload Variant Autoscaler of llm-d, which is no longer developed. */
enum class Autoscaler { Keda, Hpa, Wva, None };
[[nodiscard]] std::string_view toString(Autoscaler autoscaler); ///< "keda", "hpa", "wva", "none"
[[nodiscard]] std::optional<Autoscaler> parseAutoscaler(std::string_view text);

struct ManifestOptions
{
    std::string target = "kubernetes"; ///< id of `manifestTargets`
    Autoscaler autoscaler = Autoscaler::Keda;
    std::string prometheusUrl =
        "http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090";
    /** Gateway to attach an HTTPRoute to, "name" or "namespace/name"; empty = none. */
    std::string gateway;
    /** GatewayClass such as "istio": the Gateway is written too. Empty = it exists. */
    std::string gatewayClass;
    /** Secret with the key HF_TOKEN, looked up when a pod starts; it may be absent for models that
     * are open. */
    std::string tokenSecret = "llm-d-hf-token";
    /** Secret with which images are pulled; empty = none is needed. */
    std::string pullSecret;
    /** PersistentVolumeClaim that keeps the downloaded model; empty = a local volume of each pod. */
    std::string modelClaim;
    /** Taints that the servers accept besides that of the GPUs: "key", "key=value", "key=value:NoSchedule". */
    std::vector<std::string> tolerations;
    /** Node label whose value the pods of one deployment should share, such as the rack; empty = any nodes. */
    std::string topologyKey;
    /** Resource of the RDMA device plugin, asked for where KV caches or activations leave a node by RDMA. */
    std::string rdmaResource = "rdma/ib";
    /** Write a plan that does not fit the GPUs' memory; its files say so. */
    bool allowUnfit = false;

    bool operator==(const ManifestOptions&) const = default;
};

/** Ids of the supported targets with a sentence each. */
[[nodiscard]] std::vector<std::pair<std::string, std::string>> manifestTargets();

/**
 * The files of a plan for a target: what is applied at once, `prerequisites/`, `optional/` and `benchmark/` what is applied by
 * choice, APPLY.md says how, planner.json holds the plan for programs (see `readPlan`). They have passed
 * `checkManifests`; a finding there is an error here. Fails on a plan that does not fit memory unless that is asked for.
 * Equal input gives equal bytes.
 */
[[nodiscard]] Result<std::vector<ManifestFile>> writeManifests(const DeploymentPlan& plan,
                                                               const ManifestOptions& options);

/** Whether a text is meant to be a planner.json: a JSON object of that kind, whatever else is wrong with it. */
[[nodiscard]] bool isPlan(std::string_view text);

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

/** A folder's files in one compressed file; paths start with `root`. */
enum class ArchiveFormat { TarGzip, Zip };
/** By the end of the name: ".tar.gz", ".tgz" or ".zip". */
[[nodiscard]] std::optional<ArchiveFormat> archiveFormat(const std::filesystem::path& path);
/** Writes atomically, with equal bytes for equal files. Refuses the paths that `saveManifests` refuses. */
[[nodiscard]] Result<> archiveManifests(const std::vector<ManifestFile>& files,
                                        const std::string& root, ArchiveFormat format,
                                        const std::filesystem::path& path);

/**
 * Writes into a folder, each file atomically; creates the folder. All paths are checked before
 * anything is written: absolute ones, `..`, symbolic links and a file in the place of a folder are
 * refused. What an earlier export listed in its planner.json and this one lacks is removed, because
 * `kubectl apply -f` would still apply it.
 */
[[nodiscard]] Result<> saveManifests(const std::vector<ManifestFile>& files,
                                     const std::filesystem::path& folder);

} // namespace llmd

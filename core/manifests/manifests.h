// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/plan/deploymentplan.h>

#include <filesystem>
#include <string>
#include <vector>

namespace llmd {

/** A file to be written, with a path relative to the export folder. */
struct ManifestFile
{
    std::string path;
    std::string content;

    bool operator==(const ManifestFile&) const = default;
};

enum class Autoscaler { Keda, Hpa, None };

struct ManifestOptions
{
    std::string target = "kubernetes";
    Autoscaler autoscaler = Autoscaler::Keda;
    std::string prometheusUrl = "http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090";
    std::string gateway; ///< name of an existing Gateway to attach an HTTPRoute to; empty = none
};

/** Ids of the supported targets with a sentence each. */
[[nodiscard]] std::vector<std::pair<std::string, std::string>> manifestTargets();

/** The files of a plan. They have passed `checkManifests`; a finding there is an error here. */
[[nodiscard]] Result<std::vector<ManifestFile>> writeManifests(const DeploymentPlan& plan, const ManifestOptions& options);

/** Own checks of cross-object rules (selectors, ports, GPU counts, names, scale targets). Empty if all hold. */
[[nodiscard]] std::vector<Issue> checkManifests(const std::vector<ManifestFile>& files);

/** Writes into a folder, each file atomically; creates the folder. Refuses paths that would leave it. */
[[nodiscard]] Result<> saveManifests(const std::vector<ManifestFile>& files, const std::filesystem::path& folder);

} // namespace llmd

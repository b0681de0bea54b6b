// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/workload/requirements.h>

#include <string>
#include <vector>

namespace llmd {

/** A file of an export, relative to the folder it is written to. */
struct SweepExportFile
{
    std::string path;
    std::string content;
};

struct SweepExportOptions
{
    enum class Target {
        KubernetesJob, ///< an Indexed Job: one pod per shard
        RayJob, ///< a RayJob: one task per shard
    };
    Target target = Target::KubernetesJob;
    std::string name = "llmd-sweep"; ///< RFC 1035 label of at most 40 characters
    std::string nameSpace = "llm-planning";
    std::string image =
        "llmd:latest"; ///< made with packaging/Containerfile, for Ray with its target `ray`
    std::string rayVersion = "2.49.2"; ///< of the image
    std::string engine = "analytic";
    int shards = 8;
    int parallel = 0; ///< shards at a time; 0 = all
    int cpu = 2; ///< cores of a shard
    int memoryGib = 4; ///< of a shard
};

/**
 * The files that run all shards of a search in a cluster: the need as a ConfigMap, a volume that the shards write their
 * results to, and the Job or RayJob; how to apply, collect and join is in the comments at the top. Needs that depend on a
 * catalog of the user need an image that has it. Fails on names and numbers that Kubernetes would refuse.
 */
[[nodiscard]] Result<std::vector<SweepExportFile>> exportSweep(const Requirements& requirements,
                                                               const SweepExportOptions& options);

/** Writes the files into a folder, which is made if needed; each is replaced at once or not at all. */
[[nodiscard]] Result<> saveSweepExport(const std::vector<SweepExportFile>& files,
                                       const std::string& folder);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/manifests/manifests.h>
#include <core/spec/compiler.h>

#include <filesystem>
#include <string>
#include <vector>

namespace llmd::cli {

/** Options of every command that writes manifests. */
struct ManifestChoice
{
    std::string autoscaler = "keda";
    ManifestOptions manifests;

    void add(CLI::App& command);
    [[nodiscard]] ManifestOptions options() const;
};

/** All documents of the files, in their order. */
[[nodiscard]] Result<std::vector<SpecDocument>>
readSpecFiles(const std::vector<std::string>& files);

/** Reads, checks and plans the specs of the files with the analytic engine. */
[[nodiscard]] Result<std::vector<SpecCompilation>>
compileFiles(Session& session, const std::vector<std::string>& files);

/** "[ERROR] field (file:line:column)", reason and suggestion, as people read them. */
[[nodiscard]] std::string findingsText(const std::vector<SpecFinding>& findings);
[[nodiscard]] nlohmann::ordered_json findingsJson(const std::vector<SpecFinding>& findings);

/** 4 if a text is wrong, 3 if a need cannot be met, else 0. */
[[nodiscard]] ExitCode exitCodeOf(const std::vector<SpecCompilation>& compilations);

/** "namespace-name" for a folder of several exports; unique among them. */
[[nodiscard]] std::string folderNameOf(const SpecCompilation& compilation);

} // namespace llmd::cli

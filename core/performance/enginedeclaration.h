// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/base/units.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * An external program that predicts, as its user declares it in a YAML file. The format is described in
 * `resources/engines/README.md`.
 */
struct EngineDeclaration
{
    std::string id; ///< without "process:"; lower case letters, digits, ".", "_" and "-"
    std::string name; ///< for people; the id if the file has none
    std::string description;
    std::vector<std::string> command; ///< program and arguments, no shell
    /** Programs that `command` calls in turn, one is enough; "$NAME" is one whose path a variable holds. */
    std::vector<std::string> needsOneOf;
    std::vector<std::string> environment; ///< names of variables that are passed on
    Seconds timeLimit = Seconds(60); ///< of one prediction
    int maxParallel = 1; ///< processes at a time
    bool percentiles = false;
    bool mixtureOfExperts = false;
    bool prefillDecodeDisaggregation = false;
    std::vector<std::string> validatedGpus;
    std::filesystem::path
        file; ///< that declares it; relative paths of the command start in its folder
};

/** Reads one declaration. `file` names it in issues. Unknown keys are warnings, the rest errors. */
[[nodiscard]] Loaded<EngineDeclaration> parseEngineDeclaration(std::string_view text,
                                                               const std::filesystem::path& file);

/**
 * Reads all `*.yaml` of the folders and of the folders directly in them. Of two declarations with the same id that in the later
 * folder wins, within one folder the second one is an error. A bad file becomes an issue that names it and is left
 * out, as does a folder that cannot be read. Sorted by id.
 */
[[nodiscard]] Loaded<std::vector<EngineDeclaration>>
loadEngineDeclarations(const std::vector<std::filesystem::path>& folders);

/**
 * Where engines are looked for without being told: `../share/llmd-planner/engines` of the running program, then
 * `engines` of the user's data folder. Only those that exist.
 */
[[nodiscard]] std::vector<std::filesystem::path> usualEngineFolders();

} // namespace llmd

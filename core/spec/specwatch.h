// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compiler.h"
#include "plandiff.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace llmd {

/** What one version of a watched spec came to. */
struct WatchEvent
{
    std::string contentHash; ///< of the text
    std::vector<SpecFinding> findings;
    std::optional<Error> error; ///< the text could not be read or the files not be written
    std::optional<PlanDiff>
        diff; ///< against the last good plan; absent where there is none before or now
    bool applied = false; ///< the new plan is the good one now, and written
};

/** Folder inside the export with the files of the plan before, to roll back to. */
constexpr const char* previousExport = "previous";

/**
 * Keeps the export of one spec up to date. A version that does not compile, or cannot be written, leaves plan and files as they
 * were.
 */
class SpecWatch
{
public:
    /** A plan that an earlier run left in `folder` is the first to compare with. */
    SpecWatch(std::filesystem::path folder, ManifestOptions options);

    /** Compiles a version of the spec and writes it if it is good. Fails only on cancellation. */
    [[nodiscard]] Result<WatchEvent> take(const std::string& text, const std::string& file,
                                          const std::shared_ptr<const Catalog>& catalog,
                                          const SpecPlanner& planner);

    [[nodiscard]] const std::optional<ExecutionPlan>& lastGood() const { return m_lastGood; }

private:
    [[nodiscard]] Result<> write(const CompiledSpec& compiled, WatchEvent& event);

    std::filesystem::path m_folder;
    ManifestOptions m_options;
    std::optional<ExecutionPlan> m_lastGood;
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <core/workload/requirements.h>

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * What one project file (`*.llmdplan`, JSON, "format": 1) holds. Results are recomputed, not trusted: only the
 * chosen configurations are stored. Keys that this version does not know are kept and written back.
 */
struct Project
{
    Requirements requirements;
    std::string engine = "analytic";
    std::vector<std::string> shortlist; ///< option ids
    std::string chosen;                 ///< option id to export, empty = best of the view
    std::string view = "balanced";
    std::string notes;
    std::string space;                  ///< what the search tries, as `readSpaceText` reads it; empty = the usual space
    std::string unknownKeys;            ///< JSON object text of keys from newer versions

    bool operator==(const Project&) const = default;
};

[[nodiscard]] Result<Loaded<Project>> parseProject(std::string_view json, const std::string& name = {});
[[nodiscard]] Result<Loaded<Project>> readProject(const std::filesystem::path& path);
[[nodiscard]] std::string printProject(const Project& project);
[[nodiscard]] Result<> writeProject(const Project& project, const std::filesystem::path& path);

// JSON forms shared by the command line and project files (contract: README, "JSON output").
[[nodiscard]] nlohmann::ordered_json toJson(const Requirements& requirements);
[[nodiscard]] nlohmann::ordered_json toJson(const Estimate& estimate);
[[nodiscard]] nlohmann::ordered_json toJson(const MemoryLedger& ledger);
[[nodiscard]] nlohmann::ordered_json toJson(const Candidate& candidate);
/** The whole `recommend` document; `top` options per view. */
[[nodiscard]] nlohmann::ordered_json toJson(const SearchReport& report, const Ranking& ranking, const Requirements& requirements,
                                            std::size_t top);

} // namespace llmd

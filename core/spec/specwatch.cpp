// SPDX-License-Identifier: Apache-2.0
#include "specwatch.h"

#include <core/base/file.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <set>
#include <system_error>

namespace llmd {

namespace {

/** The files of an export as they are now; and all in manifests/, because an earlier one may have had others there. */
std::vector<ManifestFile> presentFiles(const std::filesystem::path& folder,
                                       const std::vector<ManifestFile>& next)
{
    std::set<std::string> paths;
    for (const ManifestFile& file : next)
        paths.insert(file.path);
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "manifests", ignored)) {
        if (entry.is_regular_file(ignored))
            paths.insert("manifests/" + entry.path().filename().string());
    }
    std::vector<ManifestFile> files;
    for (const std::string& path : paths) {
        constexpr std::uintmax_t limit = 4u << 20;
        if (auto content = readFile(folder / path, limit))
            files.push_back({ path, std::move(*content) });
    }
    return files;
}

} // namespace

SpecWatch::SpecWatch(std::filesystem::path folder, ManifestOptions options)
    : m_folder(std::move(folder))
    , m_options(std::move(options))
{
    const auto text = readFile(m_folder / executionPlanFile);
    if (!text)
        return;
    if (auto plan = readExecutionPlan(*text))
        m_lastGood = std::move(*plan);
}

Result<WatchEvent> SpecWatch::take(const std::string& text, const std::string& file,
                                   const std::shared_ptr<const Catalog>& catalog,
                                   const SpecPlanner& planner)
{
    WatchEvent event;
    event.contentHash = contentHash(text);
    const auto documents = readSpecs(text, file);
    if (!documents) {
        event.error = documents.error();
        return event;
    }
    if (documents->size() != 1) {
        event.error = Error { ErrorCode::InvalidArgument,
                              fmt::format("{} holds {} specs; one is watched at a time", file,
                                          documents->size()),
                              {},
                              {} };
        return event;
    }
    auto compilation = compileSpec(documents->front(), catalog, planner);
    if (!compilation)
        return tl::unexpected(compilation.error());
    event.findings = std::move(compilation->findings);
    if (compilation->compiled) {
        if (auto written = write(*compilation->compiled, event); !written)
            event.error = written.error();
    }
    return event;
}

Result<> SpecWatch::write(const CompiledSpec& compiled, WatchEvent& event)
{
    const auto files = writeSpecFiles(compiled, m_options);
    if (!files)
        return tl::unexpected(files.error());
    std::optional<PlanDiff> diff;
    if (m_lastGood)
        diff = comparePlans(*m_lastGood, compiled.plan);
    const auto before = presentFiles(m_folder, *files);
    if (diff && !diff->changes.empty() && !before.empty()) {
        if (auto kept = saveManifests(before, m_folder / previousExport); !kept)
            return kept;
    }
    if (auto saved = saveManifests(*files, m_folder); !saved) {
        // A disk that fills up half-way: the old files take less room than both together.
        if (!before.empty())
            (void)saveManifests(before, m_folder);
        return saved;
    }
    event.diff = std::move(diff);
    m_lastGood = compiled.plan;
    event.applied = true;
    return {};
}

} // namespace llmd

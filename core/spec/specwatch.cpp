// SPDX-License-Identifier: Apache-2.0
#include "specwatch.h"

#include <core/base/file.h>
#include <core/plan/names.h>

#include <fmt/format.h>

namespace llmd {

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
    if (auto saved = saveManifests(*files, m_folder); !saved)
        return saved;
    if (m_lastGood)
        event.diff = comparePlans(*m_lastGood, compiled.plan);
    m_lastGood = compiled.plan;
    event.applied = true;
    return {};
}

} // namespace llmd

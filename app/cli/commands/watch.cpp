// SPDX-License-Identifier: Apache-2.0
#include "../specoptions.h"
#include "plandiff.h"

#include <core/base/filewatcher.h>
#include <core/performance/engine.h>
#include <core/spec/specwatch.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace llmd::cli {

namespace {

struct Options
{
    std::string spec;
    std::string folder;
    double debounce = 0.5; ///< seconds
    ManifestChoice manifests;
};

std::string eventText(const WatchEvent& event, const Options& options)
{
    std::vector<SpecFinding> notable;
    for (const SpecFinding& finding : event.findings) {
        if (finding.level != SpecFinding::Level::Ok)
            notable.push_back(finding);
    }
    std::string text = fmt::format("{} {}\n", options.spec, event.contentHash);
    text += findingsText(notable);
    if (event.error)
        text += describe(*event.error) + "\n";
    if (!event.applied)
        return text + "Keeping the last good plan.\n";
    text += fmt::format("Written to {}\n", options.folder);
    if (event.diff)
        text += diffText(*event.diff);
    if (event.diff && !event.diff->changes.empty())
        text += fmt::format("NEW is {}, OLD is {}\n", options.folder,
                            (std::filesystem::path(options.folder) / previousExport).string());
    return text;
}

nlohmann::ordered_json eventJson(const WatchEvent& event, const Options& options)
{
    nlohmann::ordered_json json { { "file", options.spec },
                                  { "content_hash", event.contentHash },
                                  { "applied", event.applied },
                                  { "findings", findingsJson(event.findings) } };
    if (event.error)
        json["error"] = describe(*event.error);
    if (event.diff)
        json["diff"] = diffJson(*event.diff);
    return json;
}

ExitCode watch(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const EngineRegistry engines(*catalog);
    RunContext context = session.runContext();
    SpecWatch state(options.folder, options.manifests.options());
    FileWatcher::Settings settings;
    settings.settle = std::chrono::milliseconds(static_cast<int>(options.debounce * 1000));
    FileWatcher watcher(options.spec, settings);
    fmt::print(stderr, "llmd: watching {}, Ctrl+C ends it\n", options.spec);
    while (const auto text = watcher.next(session.stop)) {
        const auto event =
            state.take(*text, options.spec, *catalog, { engines.standard(), context });
        if (!event)
            break; // stopped in the middle of a compilation
        // One line per version, so that a program can follow.
        session.print(session.json ? eventJson(*event, options)
                                         .dump(-1, ' ', false,
                                               nlohmann::ordered_json::error_handler_t::replace)
                              + "\n"
                                   : eventText(*event, options) + "\n");
        std::fflush(stdout);
    }
    return ExitCode::Done;
}

} // namespace

void addWatch(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "watch", "Compile a spec again whenever it changes; --json prints one line per version");
    auto options = std::make_shared<Options>();
    command->add_option("spec", options->spec, "Spec file with one document")
        ->required()
        ->check(CLI::ExistingFile)
        ->type_name("SPEC.yaml");
    command->add_option("-o,--output", options->folder, "Folder that holds the last good export")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--debounce", options->debounce,
                     "Seconds without a further change before a version is compiled")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 600.0));
    options->manifests.add(*command);
    command->callback([&session, options] {
        session.command = [&session, options] { return watch(session, *options); };
    });
}

} // namespace llmd::cli

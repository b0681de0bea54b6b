// SPDX-License-Identifier: Apache-2.0
#include "export.h"

#include "../specoptions.h"

#include <core/manifests/manifests.h>
#include <core/performance/engine.h>
#include <core/plan/deploymentplan.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <core/spec/planbuilder.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

struct Options
{
    ExportRequest request;
    ManifestChoice manifests;
};

/** The named option, else the one chosen in the project, else the best of the project's view. */
Result<const Option*> pickOption(const SearchReport& report, const Project& project,
                                 const std::string& id)
{
    const std::string& wanted = id.empty() ? project.chosen : id;
    if (!wanted.empty()) {
        const auto it = std::find_if(report.options.begin(), report.options.end(),
                                     [&](const Option& o) { return o.id == wanted; });
        if (it != report.options.end())
            return &*it;
        return failure(
            ErrorCode::NotFound,
            fmt::format("no feasible configuration has the id '{}'; 'llmd recommend' lists the ids",
                        wanted));
    }
    const Ranking ranking = rank(rankingInputs(report), report.need.priorities, report.need.slo);
    for (const View view : allViews) {
        const auto& order = ranking.order[static_cast<std::size_t>(view)];
        if (toString(view) == project.view && !order.empty())
            return &report.options[order.front()];
    }
    const auto& balanced = ranking.order[0];
    if (balanced.empty())
        return failure(ErrorCode::NotFound,
                       "nothing is feasible for this project: " + report.infeasibility);
    return &report.options[balanced.front()];
}

void printFiles(const Session& session, const ExportRequest& options, const Option& option,
                const std::vector<ManifestFile>& files)
{
    if (session.json) {
        nlohmann::ordered_json json { { "candidate", option.id },
                                      { "target", options.manifests.target },
                                      { "folder", options.folder } };
        json["written"] = !options.dryRun;
        json["files"] = nlohmann::ordered_json::array();
        for (const auto& file : files)
            json["files"].push_back({ { "path", file.path }, { "bytes", file.content.size() } });
        session.printJson(json);
        return;
    }
    std::string text = fmt::format("{}\n", option.id);
    for (const auto& file : files) {
        if (options.dryRun)
            text += fmt::format("\n==> {}\n{}", file.path, file.content);
        else
            text += fmt::format("  {}/{}\n", options.folder, file.path);
    }
    session.print(text);
}

} // namespace

ExitCode exportPlan(Session& session, const ExportRequest& options)
{
    if (options.folder.empty() && !options.dryRun) {
        fmt::print(stderr, "llmd: say where to write with -o DIR, or look first with --dry-run\n");
        return ExitCode::Usage;
    }
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto project = readProject(options.project);
    if (!project)
        return session.fail(project.error());
    session.report(project->issues);
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(project->value.engine);
    if (!engine)
        return session.fail(engine.error());
    RunContext context = session.runContext();
    const auto report = search({ project->value.requirements, {} }, *catalog, **engine, context);
    if (!report)
        return session.fail(report.error());
    if ((*report)->cancelled)
        return session.fail({ ErrorCode::Cancelled, "stopped on request; nothing was written" });
    const auto option = pickOption(**report, project->value, options.candidate);
    if (!option) {
        (void)session.fail(option.error());
        return (*report)->options.empty() ? ExitCode::Infeasible : ExitCode::Failed;
    }

    const auto files =
        planDeployment(**option, (*report)->need, project->value.requirements, **catalog)
            .and_then([&](const DeploymentPlan& plan) {
                auto written = writeManifests(plan, options.manifests);
                if (written)
                    written->push_back({ executionPlanFile,
                                         writeExecutionPlan(executionPlanOf(
                                             **option, (*report)->need, plan, *catalog)) });
                return written;
            });
    if (!files)
        return session.fail(files.error());
    if (!options.dryRun) {
        if (const auto saved = saveManifests(*files, options.folder); !saved)
            return session.fail(saved.error());
    }
    printFiles(session, options, **option, *files);
    return ExitCode::Done;
}

void addExport(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("export", "Write the manifests of a recommended configuration");
    auto options = std::make_shared<Options>();
    ExportRequest& request = options->request;
    command
        ->add_option("project", request.project,
                     "Project file written by 'llmd recommend -o' or the workbench")
        ->required()
        ->type_name("PROJECT");
    command->add_option("--candidate", request.candidate,
                        "Id of the configuration; default is the chosen or best one");
    command->add_option("-o,--output", request.folder, "Folder to write to")->type_name("DIR");
    options->manifests.add(*command);
    command->add_flag("--dry-run", request.dryRun, "Print the files instead of writing them");
    command->callback([&session, options] {
        session.command = [&session, options] {
            options->request.manifests = options->manifests.options();
            return exportPlan(session, options->request);
        };
    });
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "export.h"

#include "../chosenplan.h"
#include "../specoptions.h"

#include <core/base/file.h>
#include <core/manifests/manifests.h>
#include <core/performance/engine.h>
#include <core/plan/chosenoption.h>
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

void printFiles(const Session& session, const ExportRequest& options, const std::string& id,
                const std::vector<ManifestFile>& files)
{
    const bool archive = archiveFormat(options.output).has_value();
    if (session.json) {
        nlohmann::ordered_json json { { "candidate", id },
                                      { "target", options.manifests.target },
                                      { archive ? "archive" : "folder", options.output } };
        json["written"] = !options.dryRun;
        json["files"] = nlohmann::ordered_json::array();
        for (const auto& file : files)
            json["files"].push_back({ { "path", file.path }, { "bytes", file.content.size() } });
        session.printJson(json);
        return;
    }
    std::string text = fmt::format("{}\n", id);
    for (const auto& file : files) {
        if (options.dryRun)
            text += fmt::format("\n==> {}\n{}", file.path, file.content);
        else
            text += fmt::format("  {}{}{}\n", options.output, archive ? ": " : "/", file.path);
    }
    session.print(text);
}

Result<> writeFiles(const ExportRequest& options, const std::string& name,
                    const std::vector<ManifestFile>& files)
{
    if (options.dryRun)
        return {};
    if (const auto format = archiveFormat(options.output))
        return archiveManifests(files, name, *format, options.output);
    return saveManifests(files, options.output);
}

} // namespace

ExitCode exportPlan(Session& session, const ExportRequest& options)
{
    if (options.output.empty() && !options.dryRun) {
        fmt::print(stderr, "llmd: say where to write with -o DIR, or look first with --dry-run\n");
        return ExitCode::Usage;
    }
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto text = readFile(options.project);
    if (!text)
        return session.fail(text.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    auto chosen =
        readChosenPlan(*text, { options.project, options.candidate }, *catalog, engines, session);
    if (!chosen) {
        (void)session.fail(chosen.error());
        return isNothingFeasible(chosen.error()) ? ExitCode::Infeasible : ExitCode::Failed;
    }
    session.report(chosen->issues);
    if (!options.versionRow.empty())
        chosen->requirements.versionRow = options.versionRow;
    auto plan = planDeployment(chosen->option, chosen->need, chosen->requirements, **catalog);
    if (!plan)
        return session.fail(plan.error());
    if (!options.nameSpace.empty())
        plan->nameSpace = options.nameSpace;
    auto files = writeManifests(*plan, options.manifests);
    if (!files) {
        (void)session.fail(files.error());
        return plan->unfit.empty() || options.manifests.allowUnfit ? ExitCode::Failed
                                                                   : ExitCode::Infeasible;
    }
    files->push_back(
        { executionPlanFile,
          writeExecutionPlan(executionPlanOf(chosen->option, chosen->need, *plan, *catalog)) });
    if (const auto saved = writeFiles(options, plan->name, *files); !saved)
        return session.fail(saved.error());
    printFiles(session, options, chosen->option.id, *files);
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
                     "Project file of 'llmd recommend -o' or the workbench, or the planner.json of "
                     "an export")
        ->required()
        ->type_name("PLAN");
    command->add_option("--candidate", request.candidate,
                        "Id of the configuration; default is the chosen or best one");
    command->add_option("--versions", request.versionRow,
                        "Version row to write for; 'llmd catalog versions' lists them");
    command->add_option("--namespace", request.nameSpace,
                        "Namespace of all objects; default " + DeploymentPlan {}.nameSpace);
    command
        ->add_option("-o,--output", request.output,
                     "Folder to write to, or an archive: NAME.tar.gz, NAME.zip")
        ->type_name("DIR");
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

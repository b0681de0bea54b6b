// SPDX-License-Identifier: Apache-2.0
#include "export.h"

#include "../spaceoptions.h"
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

constexpr std::string_view nothingFeasible = "nothing is feasible for this project: ";

/** The named option, else the one chosen in the project, else the best of the project's view. */
Result<const Option*> pickOption(const SearchReport& report, const Project& project,
                                 const std::string& id)
{
    if (report.options.empty())
        return failure(ErrorCode::NotFound, std::string(nothingFeasible) + report.infeasibility);
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
    return &report.options[balanced.empty() ? 0 : balanced.front()];
}

/** What is to be written, and what keeps alive the models that it points to. */
struct Chosen
{
    Option option;
    ResolvedNeed need;
    Requirements requirements;
    std::shared_ptr<const SearchReport> report;
    std::shared_ptr<const Model> variant;
    std::vector<Issue> issues;
};

/** The configuration of an earlier export, predicted anew. */
Result<Chosen> fromPlan(const std::string& text, const Catalog& catalog, const Engine& engine,
                        RunContext& context)
{
    auto plan = readPlan(text, catalog);
    if (!plan)
        return tl::unexpected(plan.error());
    auto need = resolve(plan->requirements, catalog);
    if (!need)
        return tl::unexpected(need.error());
    auto option =
        chosenOption(plan->candidate, *need, plan->requirements, catalog, engine, context);
    if (!option)
        return tl::unexpected(option.error());
    return Chosen {
        std::move(*option),       std::move(*need),       std::move(plan->requirements), nullptr,
        std::move(plan->variant), std::move(plan->issues)
    };
}

/** The named, chosen or best configuration of a project, searched anew. */
Result<Chosen> fromProject(const std::string& text, const ExportRequest& options,
                           const std::shared_ptr<const Catalog>& catalog,
                           const EngineRegistry& engines, Session& session)
{
    auto project = parseProject(text, options.project);
    if (!project)
        return tl::unexpected(project.error());
    const auto engine = engines.find(project->value.engine);
    if (!engine)
        return tl::unexpected(engine.error());
    const auto space = readSpaceOf(project->value.space, session, *catalog);
    if (!space)
        return tl::unexpected(space.error());
    RunContext context = session.runContext();
    const auto report = search({ project->value.requirements, *space }, catalog, **engine, context);
    if (!report)
        return tl::unexpected(report.error());
    if ((*report)->cancelled)
        return failure(ErrorCode::Cancelled, "stopped on request; nothing was written");
    const auto option = pickOption(**report, project->value, options.candidate);
    if (!option)
        return tl::unexpected(option.error());
    return Chosen { **option, (*report)->need, project->value.requirements,
                    *report,  nullptr,         std::move(project->issues) };
}

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
    RunContext context = session.runContext();
    auto chosen = isPlan(*text) ? fromPlan(*text, **catalog, engines.standard(), context)
                                : fromProject(*text, options, *catalog, engines, session);
    if (!chosen) {
        (void)session.fail(chosen.error());
        return chosen.error().code == ErrorCode::NotFound
                && chosen.error().detail.starts_with(nothingFeasible)
            ? ExitCode::Infeasible
            : ExitCode::Failed;
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

// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../spaceoptions.h"

#include <core/base/file.h>
#include <core/manifests/manifests.h>
#include <core/performance/engine.h>
#include <core/plan/chosenoption.h>
#include <core/plan/deploymentplan.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

struct Options
{
    std::string project;
    std::string candidate;
    std::string output; ///< folder or archive
    std::string autoscaler = "keda";
    std::string nameSpace;
    std::string versionRow;
    bool dryRun = false;
    ManifestOptions manifests;
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
Result<Chosen> fromProject(const std::string& text, const Options& options,
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
    const auto report =
        search({ project->value.requirements, *space }, catalog, **engine, context);
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

void printFiles(const Session& session, const Options& options, const std::string& id,
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

Result<> writeFiles(const Options& options, const std::string& name,
                    const std::vector<ManifestFile>& files)
{
    if (options.dryRun)
        return {};
    if (const auto format = archiveFormat(options.output))
        return archiveManifests(files, name, *format, options.output);
    return saveManifests(files, options.output);
}

ExitCode exportPlan(Session& session, Options options)
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
    options.manifests.autoscaler = parseAutoscaler(options.autoscaler).value_or(Autoscaler::Keda);
    auto plan = planDeployment(chosen->option, chosen->need, chosen->requirements, **catalog);
    if (!plan)
        return session.fail(plan.error());
    if (!options.nameSpace.empty())
        plan->nameSpace = options.nameSpace;
    const auto files = writeManifests(*plan, options.manifests);
    if (!files) {
        (void)session.fail(files.error());
        return plan->unfit.empty() || options.manifests.allowUnfit ? ExitCode::Failed
                                                                   : ExitCode::Infeasible;
    }
    if (const auto saved = writeFiles(options, plan->name, *files); !saved)
        return session.fail(saved.error());
    printFiles(session, options, chosen->option.id, *files);
    return ExitCode::Done;
}

void addManifestOptions(CLI::App& command, Options& options)
{
    auto& manifests = options.manifests;
    command.add_option("--autoscaler,--autoscaling", options.autoscaler, "keda, hpa, wva or none")
        ->capture_default_str()
        ->check(CLI::IsMember({ "keda", "hpa", "wva", "none" }));
    command.add_option("--prometheus", manifests.prometheusUrl, "Prometheus that KEDA asks")
        ->capture_default_str();
    command.add_option("--namespace", options.nameSpace,
                       "Namespace of all objects; default " + DeploymentPlan {}.nameSpace);
    command.add_option("--gateway", manifests.gateway,
                       "Gateway to attach a route to: name or namespace/name");
    command.add_option("--gateway-class", manifests.gatewayClass,
                       "Write that Gateway too, of this class, for example istio");
    command.add_option("--token-secret", manifests.tokenSecret, "Secret with the key HF_TOKEN")
        ->capture_default_str();
    command.add_option("--pull-secret", manifests.pullSecret, "Secret to pull images with");
    command.add_option("--model-claim", manifests.modelClaim,
                       "PersistentVolumeClaim that keeps the downloaded model");
    command.add_option("--toleration", manifests.tolerations,
                       "Taint to accept: key, key=value or key=value:NoSchedule; repeatable");
    command.add_option("--topology-key", manifests.topologyKey,
                       "Node label whose value the pods of one deployment share");
    command.add_option("--rdma-resource", manifests.rdmaResource, "Resource of the RDMA devices")
        ->capture_default_str();
    command.add_flag("--allow-unfit", manifests.allowUnfit,
                     "Write a plan that does not fit the GPUs' memory; the files say so");
}

} // namespace

void addExport(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("export", "Write the manifests of a recommended configuration");
    command->alias("compile");
    auto options = std::make_shared<Options>();
    std::vector<std::string> targets;
    for (const auto& [id, text] : manifestTargets())
        targets.push_back(id);
    command
        ->add_option("project", options->project,
                     "Project file of 'llmd recommend -o' or the workbench, or the planner.json of "
                     "an export")
        ->required()
        ->type_name("PLAN");
    command->add_option("--candidate", options->candidate,
                        "Id of the configuration; default is the chosen or best one");
    command->add_option("--target", options->manifests.target, "Kind of manifests")
        ->capture_default_str()
        ->check(CLI::IsMember(targets));
    command->add_option("--versions", options->versionRow,
                        "Version row to write for; 'llmd catalog versions' lists them");
    command
        ->add_option("-o,--output", options->output,
                     "Folder to write to, or an archive: NAME.tar.gz, NAME.zip")
        ->type_name("DIR");
    addManifestOptions(*command, *options);
    command->add_flag("--dry-run", options->dryRun, "Print the files instead of writing them");
    command->callback([&session, options] {
        session.command = [&session, options] { return exportPlan(session, *options); };
    });
}

} // namespace llmd::cli

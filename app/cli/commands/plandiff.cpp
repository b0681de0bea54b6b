// SPDX-License-Identifier: Apache-2.0
#include "plandiff.h"

#include "../specoptions.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    std::string before;
    std::string after;
};

/** A compiled plan, a folder of an export, or a spec that is compiled now. */
struct LoadedPlan
{
    std::optional<ExecutionPlan> plan;
    ExitCode code = ExitCode::Done; ///< where there is no plan
};

LoadedPlan loadPlan(Session& session, std::string path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        path = (std::filesystem::path(path) / executionPlanFile).string();
    const auto text = readFile(path);
    if (!text)
        return { {}, session.fail(text.error()) };
    const auto roots = parseYamlDocuments(*text, path);
    if (!roots)
        return { {}, session.fail(roots.error()) };
    if (!roots->empty() && roots->front()["executionPlan"].exists()) {
        auto plan = readExecutionPlan(*text, path);
        if (!plan)
            return { {}, session.fail(plan.error()) };
        return { std::move(*plan), ExitCode::Done };
    }
    const auto compilations = compileFiles(session, { path });
    if (!compilations)
        return { {}, session.fail(compilations.error()) };
    if (compilations->size() != 1)
        return { {},
                 session.fail({ ErrorCode::InvalidArgument,
                                fmt::format("{} holds {} specs; compare one with one", path,
                                            compilations->size()) }) };
    const SpecCompilation& only = compilations->front();
    if (only.compiled)
        return { only.compiled->plan, ExitCode::Done };
    fmt::print(stderr, "llmd: {} does not compile:\n{}", path, findingsText(only.findings));
    return { {}, exitCodeOf(*compilations) };
}

ExitCode diff(Session& session, const Options& options)
{
    const LoadedPlan before = loadPlan(session, options.before);
    if (!before.plan)
        return before.code;
    const LoadedPlan after = loadPlan(session, options.after);
    if (!after.plan)
        return after.code;
    const PlanDiff found = comparePlans(*before.plan, *after.plan);
    if (session.json)
        session.printJson(diffJson(found));
    else
        session.print(diffText(found));
    return ExitCode::Done;
}

} // namespace

std::string diffText(const PlanDiff& diff)
{
    std::string text = fmt::format("{}\n", describe(diff.level));
    if (diff.level == ReloadLevel::None)
        return text;
    for (const PlanChange& change : diff.changes)
        text += fmt::format("  [{}] {}: {} -> {}\n", static_cast<int>(change.level), change.field,
                            change.before.empty() ? "none" : change.before,
                            change.after.empty() ? "none" : change.after);
    text += fmt::format("downtime: {} ({})\nrequest loss: {}\nin force after: about {}\n",
                        printDuration(diff.downtime), diff.downtimeWhy, diff.requestLoss,
                        printDuration(diff.duration));
    if (diff.extraGpus > 0)
        text += fmt::format("GPUs needed beyond the present ones: {}\n", diff.extraGpus);
    const auto list = [&](const char* title, const std::vector<std::string>& steps) {
        text += fmt::format("{}:\n", title);
        for (std::size_t i = 0; i < steps.size(); ++i)
            text += fmt::format("  {}. {}\n", i + 1, steps[i]);
    };
    list("To apply (NEW is the folder of the new export, OLD that of the old one; Kubernetes "
         "target)",
         diff.apply);
    list("To roll back", diff.rollBack);
    return text;
}

nlohmann::ordered_json diffJson(const PlanDiff& diff)
{
    nlohmann::ordered_json json { { "level", static_cast<int>(diff.level) },
                                  { "level_text", describe(diff.level) },
                                  { "downtime_seconds", diff.downtime.value() },
                                  { "downtime_why", diff.downtimeWhy },
                                  { "request_loss", diff.requestLoss },
                                  { "duration_seconds", diff.duration.value() },
                                  { "extra_gpus", diff.extraGpus } };
    json["changes"] = nlohmann::ordered_json::array();
    for (const PlanChange& change : diff.changes)
        json["changes"].push_back({ { "field", change.field },
                                    { "before", change.before },
                                    { "after", change.after },
                                    { "level", static_cast<int>(change.level) } });
    json["apply"] = diff.apply;
    json["roll_back"] = diff.rollBack;
    return json;
}

void addDiff(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "diff", "Compare two plans: what a change restarts, how long it takes, how to apply it");
    auto options = std::make_shared<Options>();
    const char* what = "Spec, execution-plan.yaml or folder of an export";
    command->add_option("old", options->before, what)->required()->type_name("OLD");
    command->add_option("new", options->after, what)->required()->type_name("NEW");
    command->callback([&session, options] {
        session.command = [&session, options] { return diff(session, *options); };
    });
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../measurements.h"
#include "../terminalprogress.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/calibration/correctiongroups.h>
#include <core/performance/engine.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;
using Align = TextTable::Align;

struct Options
{
    std::string store;
    std::string engine = "analytic";
    bool show = false;
    bool off = false;
    std::string exportTo;
    std::string importFrom;
};

Result<Calibration> calibration(Session& session, BenchmarkStore& store, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return tl::unexpected(engine.error());
    TerminalProgress progress(session.runContext());
    auto found = calibrationOf(store, **catalog, **engine, progress.context());
    progress.clear();
    return found;
}

Json errorsJsonOf(const std::vector<MetricErrors>& errors)
{
    return Json::parse(errorsJson(errors).dump());
}

Json calibrationJson(const Calibration& calibration, const std::string& engine)
{
    Json groups = Json::array();
    for (const auto& group : correctionGroups(calibration.corrections)) {
        const auto& c = group.correction;
        const auto factor = [](const std::optional<double>& half) {
            return half ? Json { { "lo", std::exp(-*half) }, { "hi", std::exp(*half) } } : Json();
        };
        groups.push_back({ { "gpu", group.traits.gpu },
                           { "class", group.traits.modelClass },
                           { "model", group.traits.model },
                           { "vllm", group.traits.version },
                           { "runs", group.runs },
                           { "step_factor", c.step },
                           { "step_interval_90", factor(c.stepHalfWidth) },
                           { "first_token_factor", c.firstToken },
                           { "first_token_interval_90", factor(c.firstTokenHalfWidth) } });
    }
    Json leftOut = Json::array();
    for (const auto& run : calibration.pairs.leftOut)
        leftOut.push_back({ { "id", run.id }, { "reason", run.reason } });
    Json pairs = Json::array();
    for (const auto& pair : calibration.corrections.pairs())
        pairs.push_back({ { "id", pair.id },
                          { "model", pair.candidate.model->id },
                          { "gpu", pair.candidate.gpu->id },
                          { "itl_measured_ms", inMilliseconds(pair.measuredItl) },
                          { "itl_predicted_ms", inMilliseconds(pair.predicted.itl.mean) },
                          { "ttft_measured_ms",
                            pair.measuredTtft ? Json(inMilliseconds(*pair.measuredTtft)) : Json() },
                          { "ttft_predicted_ms", inMilliseconds(pair.predicted.ttft.mean) } });
    return { { "active", calibration.active },
             { "engine", engine },
             { "runs", calibration.corrections.pairs().size() },
             { "groups", groups },
             { "errors",
               { { "folds", calibration.errors.folds },
                 { "before", errorsJsonOf(calibration.errors.before) },
                 { "after", errorsJsonOf(calibration.errors.after) } } },
             { "pairs", pairs },
             { "left_out", leftOut } };
}

std::string errorText(const MetricErrors& errors)
{
    if (errors.count == 0)
        return "–";
    return fmt::format("{:.1f} %{}", errors.mean * 100,
                       errors.intervals == 0
                           ? ""
                           : fmt::format(", {:.0f} % in the interval", errors.coverage() * 100));
}

std::string calibrationText(const Calibration& calibration, const std::string& engine)
{
    std::string text = fmt::format(
        "Corrections of engine {} are {}, from {} run{}; {} left out\n", engine,
        calibration.active ? "on" : "off", calibration.corrections.pairs().size(),
        calibration.corrections.pairs().size() == 1 ? "" : "s", calibration.pairs.leftOut.size());
    if (!calibration.corrections.isEmpty()) {
        TextTable table({ { "GPU" },
                          { "model" },
                          { "class" },
                          { "vLLM" },
                          { "runs", Align::Right },
                          { "steps x", Align::Right },
                          { "90 %", Align::Right },
                          { "first token x", Align::Right } });
        for (const auto& group : correctionGroups(calibration.corrections)) {
            const auto& half = group.correction.stepHalfWidth;
            table.addRow({ group.traits.gpu, group.traits.model, group.traits.modelClass,
                           group.traits.version, std::to_string(group.runs),
                           fmt::format("{:.3f}", group.correction.step),
                           half ? fmt::format("± {:.0f} %", std::expm1(*half) * 100) : "too few",
                           fmt::format("{:.3f}", group.correction.firstToken) });
        }
        text += "\n" + table.print();
        TextTable errors({ { "mean error of runs left out" }, { "before" }, { "after" } });
        constexpr std::array names { "ITL", "TTFT" };
        for (std::size_t i = 0; i < names.size(); ++i)
            errors.addRow({ names[i], errorText(calibration.errors.before[i]),
                            errorText(calibration.errors.after[i]) });
        text += "\n" + errors.print();
    }
    std::map<std::string, std::vector<std::string>> reasons;
    for (const auto& run : calibration.pairs.leftOut)
        reasons[run.reason].push_back(run.id);
    for (const auto& [reason, ids] : reasons) {
        const std::vector<std::string> first(
            ids.begin(),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(5, ids.size())));
        text += fmt::format("left out {} ({}{}): {}\n", ids.size(), join(first, ", "),
                            ids.size() > 5 ? ", …" : "", reason);
    }
    return text;
}

ExitCode calibrate(Session& session, const Options& options)
{
    const auto path = storePath(options.store);
    if (!path)
        return session.fail(path.error());
    auto store = BenchmarkStore::open(*path);
    if (!store)
        return session.fail(store.error());
    if (!options.importFrom.empty()) {
        RunContext context = session.runContext();
        if (const auto merged = store->merge(options.importFrom, context); !merged)
            return session.fail(merged.error());
    }
    const bool changes = !options.show && options.exportTo.empty();
    if (changes) {
        if (const auto set = setCorrectionsActive(*store, !options.off); !set)
            return session.fail(set.error());
    }
    const auto found = calibration(session, *store, options);
    if (!found)
        return session.fail(found.error());
    if (!options.exportTo.empty()) {
        if (const auto written = exportCorrectionRuns(*store, found->corrections, options.exportTo);
            !written)
            return session.fail(written.error());
    }
    if (session.json)
        session.printJson(calibrationJson(*found, options.engine));
    else
        session.print(calibrationText(*found, options.engine));
    return ExitCode::Done;
}

} // namespace

void addCalibrate(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("calibrate",
                           "Learn from your imported runs how far estimates are off, and correct "
                           "them from now on. What is learned is "
                           "derived from the runs each time: remove them, and it is gone");
    auto options = std::make_shared<Options>();
    command
        ->add_option("--from,--store", options->store,
                     "Store of benchmarks to use instead of the user's")
        ->type_name("STORE");
    command->add_option("--engine", options->engine, "Engine whose errors are shown")
        ->capture_default_str();
    auto* show =
        command->add_flag("--show", options->show, "Show what would be corrected, change nothing");
    auto* off = command->add_flag("--off", options->off, "Estimate without corrections again");
    auto* exported = command
                         ->add_option("--export", options->exportTo,
                                      "Write the runs that teach something as a store for others")
                         ->type_name("FILE");
    auto* imported =
        command
            ->add_option("--import", options->importFrom, "Take over the runs of such a file first")
            ->type_name("FILE");
    show->excludes(off);
    show->excludes(imported);
    exported->excludes(off);
    exported->excludes(imported);
    imported->excludes(off);
    command->callback([&session, options] {
        session.command = [&session, options] { return calibrate(session, *options); };
    });
}

} // namespace llmd::cli

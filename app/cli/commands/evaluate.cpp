// SPDX-License-Identifier: Apache-2.0
#include "evaluate.h"

#include "../terminalprogress.h"
#include "evaluatetext.h"

#include <core/base/file.h>
#include <core/calibration/memoryevaluation.h>
#include <core/performance/enginefactory.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ctime>
#include <map>

namespace llmd::cli {

namespace {

struct Options
{
    std::string file;
    std::string engine = "analytic";
    std::string version = "0.19.0";
    std::string groupBy = "class";
    std::string metric;
    bool rows = false;
    std::string leaveOut = "none";
    std::vector<std::string> fitFiles;

    /** The texts were checked when they were parsed. */
    [[nodiscard]] EvaluationView view() const
    {
        return { parseGrouping(groupBy).value_or(Grouping { GroupKey::Class }), metric, rows };
    }
    [[nodiscard]] LeaveOut leftOut() const
    {
        return parseLeaveOut(leaveOut).value_or(LeaveOut::Nothing);
    }
};

/** What all forms need before they can begin. */
struct Input
{
    std::shared_ptr<const Catalog> catalog;
    MeasurementFile file;
};

Result<Input> readInput(Session& session, const Options& options)
{
    auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    auto text = readFile(options.file);
    if (!text)
        return tl::unexpected(text.error());
    return Input { *catalog, { options.file, std::move(*text) } };
}

/** Items that were not predicted, by name and reason. */
template <class Items, class Name>
std::vector<std::pair<std::string, std::string>> reasonsOf(const Items& items, const Name& nameOf)
{
    std::vector<std::pair<std::string, std::string>> reasons;
    for (const auto& item : items) {
        if (!item.unsupported.empty())
            reasons.emplace_back(nameOf(item), item.unsupported);
    }
    return reasons;
}

std::string lineOf(int line)
{
    return fmt::format("line {}", line);
}

/** Rows that are not counted, by reason. */
std::string setApartText(const std::vector<ServingRow>& rows)
{
    std::map<std::string, std::vector<std::string>> lines;
    for (const auto& row : rows) {
        if (row.unsupported.empty() && !row.setApart.empty())
            lines[row.setApart].push_back(lineOf(row.line));
    }
    std::string text;
    for (const auto& [reason, names] : lines)
        text += fmt::format("  {} x {}\n      {}\n", names.size(), reason, fmt::join(names, ", "));
    return text;
}

std::string disaggregatedErrors(const Comparison& latencies, const Comparison& throughput)
{
    auto errors = errorsOf(latencies);
    for (auto& error : errorsOf(throughput))
        errors.push_back(std::move(error));
    return errorTable(errors);
}

// One pair of functions for each form of speed measurements: `evaluateForm` picks by the type of the result.

Result<std::string> textOf(const LatencyEvaluation& evaluation, const EvaluationView& view)
{
    const auto text = comparisonText(evaluation.comparison, view);
    if (!text)
        return text;
    return fmt::format("{} experiments, engine {}\n\n", evaluation.experiments.size(),
                       evaluation.engine)
        + *text
        + unpredictedText(reasonsOf(evaluation.experiments, [](const auto& e) { return e.id; }));
}

Result<std::string> textOf(const ServingEvaluation& evaluation, const EvaluationView& view)
{
    const auto text = comparisonText(evaluation.comparison, view);
    if (!text)
        return text;
    std::string out =
        fmt::format("{} rows, engine {}\n\nvLLM\n", evaluation.rows.size(), evaluation.engine)
        + *text;
    if (nearSaturationCount(evaluation.comparison) > 0)
        out += "\nvLLM, below saturation\n" + errorTable(evaluation.belowSaturation);
    if (!evaluation.setApart.cases.empty())
        out += "\nSet apart (something mattered that the table does not record)\n"
            + errorTable(errorsOf(evaluation.setApart)) + setApartText(evaluation.rows);
    for (const auto& [name, comparison] : evaluation.otherEngines) {
        out += fmt::format("\n{} (predicted as if it were vLLM)\n", name)
            + errorTable(errorsOf(comparison));
    }
    for (const auto& [name, comparison] : evaluation.disaggregated) {
        out += fmt::format("\nDisaggregated, {}{}\n", name,
                           name == "vllm" ? "" : " (predicted as if it were vLLM)");
        const auto throughput = evaluation.disaggregatedThroughput.find(name);
        out += disaggregatedErrors(comparison,
                                   throughput == evaluation.disaggregatedThroughput.end()
                                       ? Comparison()
                                       : throughput->second);
        if (view.rows) {
            const auto rows = comparisonText(comparison, view);
            if (!rows)
                return rows;
            out += *rows;
        }
    }
    if (evaluation.disaggregated.size() > 1)
        out += "\nDisaggregated, all engines\n"
            + disaggregatedErrors(joined(evaluation.disaggregated),
                                  joined(evaluation.disaggregatedThroughput));
    return out + unpredictedText(reasonsOf(evaluation.rows, [](const auto& row) {
               return lineOf(row.line);
           }));
}

nlohmann::json leftOutJson(const LatencyEvaluation& evaluation, const Grouping& grouping)
{
    return { { "errors", errorsJson(evaluation.errors) },
             { "groups", groupsJson(evaluation.comparison, grouping) },
             { "worst", worstJson(evaluation.comparison) } };
}

nlohmann::json leftOutJson(const ServingEvaluation& evaluation, const Grouping& grouping)
{
    return { { "errors", errorsJson(evaluation.errors) },
             { "errors_below_saturation", errorsJson(evaluation.belowSaturation) },
             { "groups", groupsJson(evaluation.comparison, grouping) },
             { "worst", worstJson(evaluation.comparison) } };
}

Result<std::vector<LeftOutFit>> fitsFor(const Options& options, const Input& input,
                                        RunContext& context)
{
    std::vector<MeasurementFile> files { input.file };
    if (!options.fitFiles.empty()) {
        auto read = readMeasurementFiles(options.fitFiles);
        if (!read)
            return tl::unexpected(read.error());
        files = std::move(*read);
    }
    const auto data = readFitData(files, *input.catalog);
    if (!data)
        return tl::unexpected(data.error());
    return fitLeavingOut(data->cases, input.catalog, options.leftOut(), context);
}

/** The comparison again with engines that have not seen what they predict. */
template <class Evaluate> struct LeftOutRun
{
    std::invoke_result_t<Evaluate, const Input&, const EngineChoice&, RunContext&> evaluation;
    std::size_t fits = 0;
};

template <class Evaluate>
Result<LeftOutRun<Evaluate>> evaluateLeftOut(const Options& options, const Input& input,
                                             const Evaluate& evaluate, RunContext& context)
{
    if (!canRefit(options.engine)) // asked before the fits, which take a while
        return tl::unexpected(makeEngine(options.engine, input.catalog, {}).error());
    const auto fits = fitsFor(options, input, context);
    if (!fits)
        return tl::unexpected(fits.error());
    const auto engines =
        LeftOutEngines::make(options.engine, input.catalog, options.leftOut(), *fits);
    if (!engines)
        return tl::unexpected(engines.error());
    LeftOutRun<Evaluate> run { evaluate(input, engines->choice(), context), fits->size() - 1 };
    if (!run.evaluation)
        return tl::unexpected(run.evaluation.error());
    return run;
}

/** Latency and serving measurements alike; `evaluate(input, engine, context)` compares. */
template <class Evaluate>
ExitCode evaluateForm(Session& session, const Options& options, const Evaluate& evaluate)
{
    const auto input = readInput(session, options);
    if (!input)
        return session.fail(input.error());
    const EngineRegistry engines(input->catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    const EvaluationView view = options.view();
    std::string text;
    nlohmann::json json;
    {
        TerminalProgress run(session.runContext());
        const auto evaluation = evaluate(*input, always(**engine), run.context());
        if (!evaluation)
            return session.fail(evaluation.error());
        const auto words = textOf(*evaluation, view);
        if (!words)
            return session.fail(words.error());
        text = *words;
        json = toJson(*evaluation, view.grouping);
        if (options.leftOut() != LeaveOut::Nothing) {
            const auto leftOut = evaluateLeftOut(options, *input, evaluate, run.context());
            if (!leftOut)
                return session.fail(leftOut.error());
            text += fmt::format("\nWith the {} left out of the fit ({} fits)\n", options.leaveOut,
                                leftOut->fits)
                + comparisonText(leftOut->evaluation->comparison, view).value_or(std::string());
            json["left_out"] = leftOutJson(*leftOut->evaluation, view.grouping);
            json["left_out"]["by"] = options.leaveOut;
            json["left_out"]["fits"] = leftOut->fits;
        }
    }
    if (session.json)
        session.printJson(json);
    else
        session.print(text);
    return ExitCode::Done;
}

ExitCode latency(Session& session, const Options& options)
{
    return evaluateForm(session, options,
                        [](const Input& input, const EngineChoice& engine, RunContext& context) {
                            return evaluateLatency(input.file.text, input.file.name, *input.catalog,
                                                   engine, context);
                        });
}

ExitCode serving(Session& session, const Options& options)
{
    return evaluateForm(session, options,
                        [](const Input& input, const EngineChoice& engine, RunContext& context) {
                            return evaluateServing(input.file.text, input.file.name, *input.catalog,
                                                   engine, context);
                        });
}

Result<std::string> textOf(const MemoryEvaluation& evaluation, const EvaluationView& view)
{
    const auto text = comparisonText(evaluation.comparison, view);
    if (!text)
        return text;
    const FitOutcomes& fits = evaluation.fits;
    return fmt::format("{} runs, memory profile {}\n\n", evaluation.rows.size(),
                       evaluation.versionProfile)
        + *text
        + fmt::format("\nStarted: {}, predicted to fit: {}\nFailed: {}, predicted to fit: {}\n",
                      fits.started, fits.startedAndFits, fits.failed, fits.failedButFits)
        + unpredictedText(
               reasonsOf(evaluation.rows, [](const auto& row) { return lineOf(row.line); }));
}

ExitCode memory(Session& session, const Options& options)
{
    const auto input = readInput(session, options);
    if (!input)
        return session.fail(input.error());
    const auto version = parseVersion(options.version);
    if (!version)
        return session.fail(
            { ErrorCode::InvalidArgument,
              fmt::format("--vllm-version: '{}' is no version; write for example 0.19.0",
                          options.version),
              {},
              {} });
    TerminalProgress run(session.runContext());
    const auto evaluation = evaluateMemory(input->file.text, input->file.name, *input->catalog,
                                           *version, run.context());
    if (!evaluation)
        return session.fail(evaluation.error());
    const auto text = textOf(*evaluation, options.view());
    if (!text)
        return session.fail(text.error());
    if (session.json)
        session.printJson(toJson(*evaluation, options.view().grouping));
    else
        session.print(*text);
    return ExitCode::Done;
}

/** A validator from a parser of text. */
template <class Parse> CLI::Validator parsedBy(const Parse& parse, const std::string& name)
{
    return CLI::Validator(
        [parse](const std::string& text) {
            const auto parsed = parse(text);
            return parsed ? std::string() : parsed.error().detail;
        },
        name);
}

CLI::App* addForm(CLI::App& evaluate, const std::string& name, const std::string& description,
                  const std::shared_ptr<Options>& options)
{
    CLI::App* command = evaluate.add_subcommand(name, description);
    command->add_option("file", options->file, "File of measurements; their values may be missing")
        ->required()
        ->type_name("FILE");
    command
        ->add_option("--group-by", options->groupBy,
                     "Errors by model, gpu, generation, precision, tp, layout, class, engine, "
                     "engine_version or several, e.g. model+gpu")
        ->check(parsedBy(&parseGrouping, "KEY"))
        ->capture_default_str();
    command->add_option("--metric", options->metric, "Figure of the rows that are listed")
        ->capture_default_str();
    command->add_flag("--rows", options->rows, "List every row instead of the largest errors");
    return command;
}

void addSpeedOptions(CLI::App& command, const std::shared_ptr<Options>& options)
{
    command
        .add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    command
        .add_option("--leave-out", options->leaveOut,
                    "Also predict each model (gpu, generation) with coefficients that were fitted "
                    "without it")
        ->check(leaveOutValidator())
        ->capture_default_str();
    command
        .add_option("--fit", options->fitFiles,
                    "Latency and serving files to fit to with --leave-out; default: FILE")
        ->type_name("FILE");
}

} // namespace

Result<std::vector<MeasurementFile>> readMeasurementFiles(const std::vector<std::string>& paths)
{
    std::vector<MeasurementFile> files;
    for (const auto& path : paths) {
        auto text = readFile(path);
        if (!text)
            return tl::unexpected(text.error());
        files.push_back({ path, std::move(*text) });
    }
    return files;
}

CLI::Validator leaveOutValidator()
{
    return parsedBy(&parseLeaveOut, "none|model|gpu|generation");
}

void addEvaluate(CLI::App& app, Session& session)
{
    auto* evaluate = app.add_subcommand("evaluate", "Compare predictions with measurements");
    evaluate->require_subcommand(1);
    using Run = ExitCode (*)(Session&, const Options&);
    const auto add = [&](const std::string& name, const std::string& description,
                         const std::string& metric, Run run) {
        auto options = std::make_shared<Options>();
        options->metric = metric;
        CLI::App* command = addForm(*evaluate, name, description, options);
        command->callback([&session, options, run] {
            session.command = [&session, options, run] { return run(session, *options); };
        });
        return std::pair(command, options);
    };
    const auto [latencyCommand, latencyOptions] =
        add("latency", "Latencies of runs with constant rate or concurrency (JSON)", "e2e_mean",
            &latency);
    addSpeedOptions(*latencyCommand, latencyOptions);
    const auto [servingCommand, servingOptions] =
        add("serving", "TTFT and TPOT at fixed concurrency (CSV)", "tpot_mean", &serving);
    addSpeedOptions(*servingCommand, servingOptions);
    const auto [memoryCommand, memoryOptions] =
        add("memory", "GPU memory of started servers (CSV)", "kv_cache_memory_gib", &memory);
    memoryCommand->add_option("--vllm-version", memoryOptions->version, "Version that was measured")
        ->capture_default_str();
    addEvaluateFit(*evaluate, session);
    addEvaluateReport(*evaluate, session);
}

} // namespace llmd::cli

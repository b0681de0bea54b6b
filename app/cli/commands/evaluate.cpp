// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../texttable.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/calibration/latencyevaluation.h>
#include <core/calibration/memoryevaluation.h>
#include <core/calibration/servingevaluation.h>
#include <core/performance/engine.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    std::string what;
    std::string file;
    std::string engine = "analytic";
    std::string version = "0.19.0";
};

std::string errorTable(const std::vector<MetricErrors>& errors)
{
    using Align = TextTable::Align;
    TextTable table({ { "absolute error" },
                      { "n", Align::Right },
                      { "mean %", Align::Right },
                      { "median %", Align::Right },
                      { "largest %", Align::Right },
                      { "bias %", Align::Right } });
    for (const auto& e : errors) {
        table.addRow({ e.metric, std::to_string(e.count), fmt::format("{:.2f}", e.mean * 100),
                       fmt::format("{:.2f}", e.median * 100),
                       fmt::format("{:.2f}", e.largest * 100),
                       fmt::format("{:+.2f}", e.meanSigned * 100) });
    }
    return table.print();
}

/** Runs `evaluate`, prints its document or `human` of it. */
template <class Evaluate, class Human>
ExitCode show(const Session& session, const Evaluate& evaluate, const Human& human)
{
    const auto evaluation = evaluate();
    if (!evaluation)
        return session.fail(evaluation.error());
    if (session.json)
        session.printJson(toJson(*evaluation));
    else
        session.print(human(*evaluation));
    return ExitCode::Done;
}

template <class Items, class Name> std::string unsupportedText(const Items& items, const Name& name)
{
    std::string text;
    std::size_t count = 0;
    for (const auto& item : items) {
        if (item.unsupported.empty())
            continue;
        if (++count <= 10)
            text += fmt::format("  {}: {}\n", name(item), item.unsupported);
    }
    if (count > 10)
        text += fmt::format("  and {} more (all with --json)\n", count - 10);
    return count ? fmt::format("\nNot predicted: {}\n{}", count, text) : text;
}

ExitCode latency(const Session& session, const Catalog& catalog, const Engine& engine,
                 const std::string& text, const std::string& file)
{
    RunContext context;
    return show(
        session, [&] { return evaluateLatency(text, file, catalog, engine, context); },
        [](const LatencyEvaluation& evaluation) {
            return fmt::format("{} experiments, engine {}\n\n", evaluation.experiments.size(),
                               evaluation.engine)
                + errorTable(evaluation.errors)
                + unsupportedText(evaluation.experiments, [](const auto& e) { return e.id; });
        });
}

ExitCode serving(const Session& session, const Catalog& catalog, const Engine& engine,
                 const std::string& text, const std::string& file)
{
    RunContext context;
    return show(
        session, [&] { return evaluateServing(text, file, catalog, engine, context); },
        [](const ServingEvaluation& evaluation) {
            std::string out = fmt::format("{} rows, engine {}\n\nvLLM\n", evaluation.rows.size(),
                                          evaluation.engine)
                + errorTable(evaluation.errors);
            for (const auto& [name, errors] : evaluation.otherEngines)
                out +=
                    fmt::format("\n{} (predicted as if it were vLLM)\n", name) + errorTable(errors);
            return out + unsupportedText(evaluation.rows, [](const auto& row) {
                       return fmt::format("line {}", row.line);
                   });
        });
}

std::string memoryText(const MemoryEvaluation& evaluation)
{
    return fmt::format("{} runs, memory profile {}\n\n", evaluation.rows.size(),
                       evaluation.versionProfile)
        + errorTable(evaluation.errors) + unsupportedText(evaluation.rows, [](const auto& row) {
               return fmt::format("line {}", row.line);
           });
}

ExitCode memory(const Session& session, const Catalog& catalog, const Options& options,
                const std::string& text)
{
    const auto version = parseVersion(options.version);
    if (!version)
        return session.fail(
            { ErrorCode::InvalidArgument,
              fmt::format("--vllm-version: '{}' is no version; write for example 0.19.0",
                          options.version),
              {},
              {} });
    const auto evaluation = evaluateMemory(text, options.file, catalog, *version);
    if (!evaluation)
        return session.fail(evaluation.error());
    if (session.json)
        session.printJson(toJson(*evaluation));
    else
        session.print(memoryText(*evaluation));
    return ExitCode::Done;
}

ExitCode evaluate(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto text = readFile(options.file);
    if (!text)
        return session.fail(text.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    if (options.what == "latency")
        return latency(session, **catalog, **engine, *text, options.file);
    if (options.what == "serving")
        return serving(session, **catalog, **engine, *text, options.file);
    return memory(session, **catalog, options, *text);
}

} // namespace

void addEvaluate(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("evaluate", "Compare predictions with a file of measurements");
    auto options = std::make_shared<Options>();
    command->add_option("what", options->what, "latency (JSON), memory (CSV) or serving (CSV)")
        ->required()
        ->check(CLI::IsMember({ "latency", "memory", "serving" }));
    command->add_option("file", options->file, "File of measurements; their values may be missing")
        ->required()
        ->type_name("FILE");
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    command->add_option("--vllm-version", options->version, "Engine version of a memory table")
        ->capture_default_str();
    command->callback([&session, options] {
        session.command = [&session, options] { return evaluate(session, *options); };
    });
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "../terminalprogress.h"
#include "../texttable.h"
#include "evaluate.h"

#include <core/base/file.h>
#include <core/calibration/accuracyreport.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace llmd::cli {

namespace {

struct Options
{
    std::vector<std::string> paths;
    std::vector<std::string> origins;
    std::string version = "0.19.0";
    bool withoutLeaveOut = false;
    bool markdown = false;
    std::string output;
    std::string readme;
};

/** Files as they are; of a folder the JSON and CSV files in it, by name. */
Result<std::vector<std::string>> filesIn(const std::vector<std::string>& paths)
{
    std::vector<std::string> files;
    for (const auto& path : paths) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        const std::size_t before = files.size();
        for (auto it = std::filesystem::directory_iterator(path, error);
             !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
            const auto extension = it->path().extension();
            if (extension == ".json" || extension == ".csv")
                files.push_back(it->path().string());
        }
        if (error)
            return failure(ErrorCode::Io, path + ": " + error.message());
        if (files.size() == before)
            return failure(ErrorCode::NotFound, path + ": there is no .json or .csv file in it");
        std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
    }
    return files;
}

Result<AccuracySummary> measure(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto paths = filesIn(options.paths);
    if (!paths)
        return tl::unexpected(paths.error());
    const auto files = readMeasurementFiles(*paths);
    if (!files)
        return tl::unexpected(files.error());
    const auto version = parseVersion(options.version);
    if (!version)
        return failure(ErrorCode::InvalidArgument,
                       "--vllm-version: '" + options.version
                           + "' is no version; write for example 0.19.0");
    const AccuracyOptions accuracy { .date = today(),
                                     .origins = options.origins,
                                     .memoryVersion = *version,
                                     .leaveOut = !options.withoutLeaveOut };
    TerminalProgress terminal(session.runContext());
    return measureAccuracy(*files, *catalog, accuracy, terminal.context());
}

Result<> replaceSection(const std::string& path, const std::string& section)
{
    const auto document = readFile(path);
    if (!document)
        return tl::unexpected(document.error());
    const auto replaced = withAccuracySection(*document, section, path);
    if (!replaced)
        return tl::unexpected(replaced.error());
    return writeFileAtomically(path, *replaced);
}

std::string textOf(const AccuracySummary& summary)
{
    using Align = TextTable::Align;
    TextTable table({ { "engine" },
                      { "compared with" },
                      { "group" },
                      { "figure" },
                      { "n", Align::Right },
                      { "mean %", Align::Right },
                      { "median %", Align::Right },
                      { "90 % below", Align::Right },
                      { "bias %", Align::Right },
                      { "in interval %", Align::Right } });
    for (const auto& row : summary.rows) {
        table.addRow({ row.engine, row.data, row.group, row.metric, std::to_string(row.count),
                       fmt::format("{:.2f}", 100 * row.mean),
                       fmt::format("{:.2f}", 100 * row.median),
                       fmt::format("{:.2f}", 100 * row.p90), fmt::format("{:+.2f}", 100 * row.bias),
                       std::isnan(row.coverage) ? std::string()
                                                : fmt::format("{:.0f}", 100 * row.coverage) });
    }
    return table.print();
}

ExitCode report(Session& session, const Options& options)
{
    const auto summary = measure(session, options);
    if (!summary)
        return session.fail(summary.error());
    const std::string section = accuracyMarkdown(*summary);
    if (!options.output.empty()) {
        if (auto saved = writeFileAtomically(options.output, writeAccuracySummary(*summary));
            !saved)
            return session.fail(saved.error());
    }
    if (!options.readme.empty()) {
        if (auto replaced = replaceSection(options.readme, section); !replaced)
            return session.fail(replaced.error());
    }
    if (session.json)
        session.print(writeAccuracySummary(*summary));
    else
        session.print(options.markdown ? section : textOf(*summary));
    return ExitCode::Done;
}

} // namespace

void addEvaluateReport(CLI::App& evaluate, Session& session)
{
    auto* command = evaluate.add_subcommand(
        "report", "Compare all engines with all measurements, as the accuracy page shows it");
    auto options = std::make_shared<Options>();
    command
        ->add_option("paths", options->paths,
                     "Files of measurements of any form, or folders with them")
        ->required()
        ->type_name("PATH");
    command->add_flag("--markdown", options->markdown, "Print the section of the README");
    command
        ->add_option("--readme", options->readme,
                     "Replace what is between <!-- accuracy --> and <!-- /accuracy --> in a file")
        ->type_name("FILE");
    command->add_option("-o,--output", options->output, "Write accuracy.json")->type_name("FILE");
    command->add_option("--origin", options->origins, "Who measured what; may be repeated")
        ->allow_extra_args(false);
    command->add_flag("--no-leave-out", options->withoutLeaveOut,
                      "Without the errors of refits that leave out a model or a GPU");
    command->add_option("--vllm-version", options->version, "Version of the start-up memory")
        ->capture_default_str();
    command->callback([&session, options] {
        session.command = [&session, options] { return report(session, *options); };
    });
}

} // namespace llmd::cli

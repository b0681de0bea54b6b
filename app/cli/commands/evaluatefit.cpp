// SPDX-License-Identifier: Apache-2.0
#include "../terminalprogress.h"
#include "../texttable.h"
#include "evaluate.h"
#include "evaluatetext.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/calibration/coefficientsfile.h>
#include <core/calibration/refit.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

struct Options
{
    std::vector<std::string> files;
    std::string engine = "analytic";
    std::string leaveOut = "model";
    std::string origin;
    std::string output;
};

std::string errorsText(const std::string& title, const RefitErrors& errors)
{
    std::string text;
    for (const auto& [name, metrics] : { std::pair { "latency", &errors.latency },
                                         std::pair { "serving, vLLM", &errors.serving } }) {
        if (!metrics->empty())
            text += fmt::format("\n{}, {}\n", title, name) + errorTable(*metrics);
    }
    return text;
}

std::string changesText(const RefitReport& report)
{
    using Align = TextTable::Align;
    const auto changes = changedValues(standardCoefficients(), report.coefficients);
    if (changes.empty())
        return "\nThe shipped values are those of this fit.\n";
    TextTable table(
        { { "changed value" }, { "before", Align::Right }, { "after", Align::Right }, { "unit" } });
    for (const auto& change : changes)
        table.addRow({ change.id, printRounded(change.before, 4), printRounded(change.after, 4),
                       change.unit });
    return "\n" + table.print();
}

std::string textOf(const RefitReport& report)
{
    std::string text =
        fmt::format("Fitted to {} stages and {} closed-loop points in {} iterations\n",
                    report.stages, report.points, report.iterations);
    text +=
        errorsText("Shipped coefficients", report.before) + errorsText("Refitted", report.after);
    if (report.leaveOut != LeaveOut::Nothing)
        text += errorsText(fmt::format("Refitted with the {} left out ({} fits)",
                                       toString(report.leaveOut), report.groups),
                           report.leftOut);
    return text + changesText(report);
}

Result<> save(const RefitReport& report, const std::string& path)
{
    const auto text = withCoefficients(standardCoefficientsFile(), report.coefficients);
    if (!text)
        return tl::unexpected(text.error());
    return writeFileAtomically(path, *text);
}

Result<RefitReport> run(Session& session, const Options& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto files = readMeasurementFiles(options.files);
    if (!files)
        return tl::unexpected(files.error());
    const RefitOptions refitOptions { .engine = options.engine,
                                      .leaveOut =
                                          parseLeaveOut(options.leaveOut).value_or(LeaveOut::Model),
                                      .version = "fit of " + today(),
                                      .origin = options.origin };
    TerminalProgress terminal(session.runContext());
    return refit(*files, *catalog, refitOptions, terminal.context());
}

ExitCode fit(Session& session, const Options& options)
{
    const auto report = run(session, options);
    if (!report)
        return session.fail(report.error());
    if (!options.output.empty()) {
        if (auto saved = save(*report, options.output); !saved)
            return session.fail(saved.error());
    }
    if (session.json)
        session.printJson(toJson(*report));
    else
        session.print(textOf(*report));
    return ExitCode::Done;
}

} // namespace

void addEvaluateFit(CLI::App& evaluate, Session& session)
{
    auto* command = evaluate.add_subcommand(
        "fit", "Fit the coefficients of the step-time physics to measurements");
    auto options = std::make_shared<Options>();
    command->add_option("files", options->files, "Files of latency and serving measurements")
        ->required()
        ->type_name("FILE");
    command->add_option("--engine", options->engine, "Engine whose errors are printed")
        ->capture_default_str();
    command
        ->add_option("--leave-out", options->leaveOut,
                     "Also print the errors with each model (gpu, generation) left out of the fit")
        ->check(leaveOutValidator())
        ->capture_default_str();
    command->add_option("--origin", options->origin,
                        "Who measured; goes into the data line of the new file");
    command->add_option("-o,--output", options->output, "Write a complete coefficients.yaml")
        ->type_name("FILE");
    command->callback([&session, options] {
        session.command = [&session, options] { return fit(session, *options); };
    });
}

} // namespace llmd::cli

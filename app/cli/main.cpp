// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"
#include "stoponsignal.h"

#include <core/base/version.h>

#include <fmt/format.h>

#include <cstdio>
#include <exception>

using namespace llmd::cli;

namespace {

int run(int argc, char** argv)
{
    CLI::App app {
        "Plans how to serve an LLM on Kubernetes with llm-d: offline, explained, reproducible.",
        "llmd"
    };
    const StopOnSignal stopOnSignal;
    Session session;
    session.stop = stopOnSignal.token();
    app.set_version_flag("--version", std::string("llmd ") + llmd::productVersion);
    app.add_option("--model-configs", session.modelFolders,
                   "Folder with more Hugging Face configs (org--name.json); may be repeated")
        ->type_name("DIR");
    app.add_option(
           "--catalog", session.catalogFolders,
           "Folder with gpus.yaml, prices.yaml, use-cases.yaml or quality.csv that add to the "
           "catalog; may be repeated")
        ->type_name("DIR");
    app.add_option(
           "--use-cases", session.useCaseFiles,
           "File with rules of use cases, such as an organisation's presets; may be repeated")
        ->type_name("FILE");
    app.add_option("--quality", session.qualityFiles,
                   "Benchmark scores of your own: CSV with model, benchmark, score, source, date, "
                   "or results "
                   "of lm-evaluation-harness (JSON) or OpenCompass (CSV); may be repeated")
        ->type_name("FILE");
    app.add_option("--engines", session.engineFolders,
                   "Folder with YAML files that declare external engines; may be repeated")
        ->type_name("DIR");
    app.add_option("--threads", session.threads,
                   "Worker threads, 0 = one per core; results do not depend on it")
        ->check(CLI::Range(0, 1024));
    app.add_flag("--json", session.json, "One JSON document on stdout, messages on stderr");
    app.require_subcommand(1);
    app.fallthrough(); // global options may follow the command

    addRecommend(app, session);
    addIntent(app, session);
    addEstimate(app, session);
    addSimulate(app, session);
    addCurve(app, session);
    addExplain(app, session);
    addTune(app, session);
    addSweep(app, session);
    addMemory(app, session);
    addEvaluate(app, session);
    addExport(app, session);
    addValidate(app, session);
    addCompile(app, session);
    addDiff(app, session);
    addWatch(app, session);
    addCatalog(app, session);
    addBenchmark(app, session);
    addCalibrate(app, session);
    addMonitor(app, session);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        app.exit(error); // prints help or the message
        return static_cast<int>(asked ? ExitCode::Done : ExitCode::Usage);
    }
    return static_cast<int>(session.command());
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (const std::exception& error) { // out of memory and our own mistakes
        fmt::print(stderr, "llmd: internal error: {}\n", error.what());
        return static_cast<int>(ExitCode::Failed);
    }
}

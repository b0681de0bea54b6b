// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/catalog/catalog.h>
#include <core/performance/enginedeclaration.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace llmd::cli {

/** Exit status of the program; a contract with scripts. */
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Infeasible = 3,
    ValidationErrors = 4,
};

/** What every command shares: global options, the catalog, and where output goes. */
class Session
{
public:
    bool json = false;
    std::vector<std::string> modelFolders; ///< --model-configs
    std::vector<std::string> catalogFolders; ///< --catalog
    std::vector<std::string> useCaseFiles; ///< --use-cases
    std::vector<std::string> qualityFiles; ///< --quality
    std::vector<std::string> engineFolders; ///< --engines
    unsigned threads = 0;
    std::stop_token stop; ///< requested by Ctrl+C

    /** The command that was chosen sets this; `main` runs it after parsing. */
    std::function<ExitCode()> command;

    /** Loads the catalog once; problems of user files go to stderr. */
    [[nodiscard]] Result<std::shared_ptr<const Catalog>> catalog();

    /** The external engines of the usual folders and --engines; problems of their files go to stderr. */
    [[nodiscard]] std::vector<EngineDeclaration> enginePrograms() const;

    /** For long computations: the threads and the stop token of this run. */
    [[nodiscard]] RunContext runContext() const { return { .stop = stop, .threads = threads }; }

    void printJson(const nlohmann::ordered_json& document) const;
    void print(const std::string& text) const; ///< to stdout
    [[nodiscard]] ExitCode fail(const Error& error) const; ///< to stderr
    void report(const std::vector<Issue>& issues) const; ///< to stderr

private:
    std::shared_ptr<const Catalog> m_catalog;
};

/** The day in UTC as ISO 8601, for the head of reports. */
[[nodiscard]] std::string today();

// Each adds its subcommand with its options.
void addRecommend(CLI::App& app, Session& session);
void addIntent(CLI::App& app, Session& session);
void addEstimate(CLI::App& app, Session& session);
void addSimulate(CLI::App& app, Session& session);
void addCurve(CLI::App& app, Session& session);
void addTune(CLI::App& app, Session& session);
void addExplain(CLI::App& app, Session& session);
void addSweep(CLI::App& app, Session& session);
void addMemory(CLI::App& app, Session& session);
void addEvaluate(CLI::App& app, Session& session);
void addCatalog(CLI::App& app, Session& session);
void addExport(CLI::App& app, Session& session);
void addValidate(CLI::App& app, Session& session);
void addCompile(CLI::App& app, Session& session);
void addDiff(CLI::App& app, Session& session);
void addWatch(CLI::App& app, Session& session);
void addBenchmark(CLI::App& app, Session& session);
void addBenchmarkMatch(CLI::App& group, Session& session); ///< `benchmark match`
void addBenchmarkCompare(CLI::App& group, Session& session); ///< `benchmark compare`
void addCalibrate(CLI::App& app, Session& session);
void addMonitor(CLI::App& app, Session& session);

} // namespace llmd::cli

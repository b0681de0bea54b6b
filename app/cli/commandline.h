// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/catalog/catalog.h>

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
    unsigned threads = 0;

    /** The command that was chosen sets this; `main` runs it after parsing. */
    std::function<ExitCode()> command;

    /** Loads the catalog once; problems of user files go to stderr. */
    [[nodiscard]] Result<std::shared_ptr<const Catalog>> catalog();

    void printJson(const nlohmann::ordered_json& document) const;
    void print(const std::string& text) const; ///< to stdout
    [[nodiscard]] ExitCode fail(const Error& error) const; ///< to stderr
    void report(const std::vector<Issue>& issues) const; ///< to stderr

private:
    std::shared_ptr<const Catalog> m_catalog;
};

/** Where the user keeps additions to the catalog and measurements; the workbench uses the same folder. Empty without a home. */
[[nodiscard]] std::filesystem::path userDataFolder();

// Each adds its subcommand with its options.
void addRecommend(CLI::App& app, Session& session);
void addEstimate(CLI::App& app, Session& session);
void addMemory(CLI::App& app, Session& session);
void addEvaluate(CLI::App& app, Session& session);
void addCatalog(CLI::App& app, Session& session);
void addExport(CLI::App& app, Session& session);
void addBenchmark(CLI::App& app, Session& session);

} // namespace llmd::cli

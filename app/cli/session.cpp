// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace llmd::cli {

std::filesystem::path userDataFolder()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return std::filesystem::path(data) / "llmd-planner";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".local" / "share" / "llmd-planner";
    return {};
}

Result<std::shared_ptr<const Catalog>> Session::catalog()
{
    if (m_catalog)
        return m_catalog;
    CatalogOptions options;
    std::error_code ignored;
    if (const auto data = userDataFolder(), folder = data / "catalog";
        !data.empty() && std::filesystem::is_directory(folder, ignored)) {
        options.overrideFolders.push_back(folder);
        if (std::filesystem::is_directory(folder / "models", ignored))
            options.modelFolders.push_back(folder / "models");
    }
    options.overrideFolders.insert(options.overrideFolders.end(), catalogFolders.begin(),
                                   catalogFolders.end());
    options.modelFolders.insert(options.modelFolders.end(), modelFolders.begin(),
                                modelFolders.end());
    auto loaded = loadCatalog(options);
    if (!loaded)
        return tl::unexpected(loaded.error());
    report(loaded->issues);
    m_catalog = loaded->value;
    return m_catalog;
}

void Session::printJson(const nlohmann::ordered_json& document) const
{
    // Replacing bad UTF-8 beats an exception in the middle of a document.
    print(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void Session::print(const std::string& text) const
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

ExitCode Session::fail(const Error& error) const
{
    fmt::print(stderr, "llmd: {}\n", describe(error));
    return ExitCode::Failed;
}

void Session::report(const std::vector<Issue>& issues) const
{
    for (const auto& issue : issues)
        fmt::print(stderr, "llmd: {}\n", describe(issue));
}

} // namespace llmd::cli

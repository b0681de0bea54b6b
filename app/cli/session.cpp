// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include <core/base/file.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <ctime>
#include <filesystem>

namespace llmd::cli {

Result<std::shared_ptr<const Catalog>> Session::catalog()
{
    if (m_catalog)
        return m_catalog;
    CatalogOptions options;
    std::error_code ignored;
    if (const auto folder = userDataFolder() / "catalog";
        folder.is_absolute() && std::filesystem::is_directory(folder, ignored)) {
        options.overrideFolders.push_back(folder);
        if (std::filesystem::is_directory(folder / "models", ignored))
            options.modelFolders.push_back(folder / "models");
    }
    options.overrideFolders.insert(options.overrideFolders.end(), catalogFolders.begin(),
                                   catalogFolders.end());
    options.modelFolders.insert(options.modelFolders.end(), modelFolders.begin(),
                                modelFolders.end());
    // A file that was named has to be there; in a folder it may be missing.
    for (const auto* files : { &useCaseFiles, &qualityFiles }) {
        for (const std::string& file : *files) {
            if (const auto text = readFile(file); !text)
                return tl::unexpected(text.error());
        }
    }
    options.useCaseFiles.assign(useCaseFiles.begin(), useCaseFiles.end());
    options.qualityFiles.assign(qualityFiles.begin(), qualityFiles.end());
    auto loaded = loadCatalog(options);
    if (!loaded)
        return tl::unexpected(loaded.error());
    report(loaded->issues);
    m_catalog = loaded->value;
    return m_catalog;
}

std::vector<EngineDeclaration> Session::enginePrograms() const
{
    auto folders = usualEngineFolders();
    folders.insert(folders.end(), engineFolders.begin(), engineFolders.end());
    auto loaded = loadEngineDeclarations(folders);
    report(loaded.issues);
    return std::move(loaded.value);
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

std::string today()
{
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr)));
}

} // namespace llmd::cli

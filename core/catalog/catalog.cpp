// SPDX-License-Identifier: Apache-2.0
#include "catalog.h"

#include "catalogreaders.h"
#include "modelcatalog.h"
#include "qualityfile.h"
#include "usecasefile.h"

#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <algorithm>
#include <functional>

namespace llmd {

namespace {

/** The entry with this id (any case), nullptr if there is none. */
template <class Entry> const Entry* findById(const std::vector<Entry>& entries, std::string_view id)
{
    const std::string wanted = toLower(trimmed(id));
    for (const Entry& entry : entries) {
        if (toLower(entry.id) == wanted)
            return &entry;
    }
    return nullptr;
}

std::string_view afterSlash(std::string_view id)
{
    const auto slash = id.rfind('/');
    return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

tl::unexpected<Error> unknownId(std::string_view kind, std::string_view id,
                                const std::vector<std::string>& known, std::string_view listing)
{
    std::string detail = std::string(kind) + " \"" + std::string(id) + "\" is not in the catalog";
    if (const auto near = nearestWord(id, known))
        detail += "; did you mean " + *near + "?";
    detail += " (`llmd catalog " + std::string(listing) + "` lists all)";
    Error error { ErrorCode::NotFound, std::move(detail), { std::string(id) }, std::nullopt };
    return tl::unexpected<Error>(std::move(error));
}

using Reader = std::function<void(const YamlNode&, Catalog&, std::vector<Issue>&)>;
struct CatalogFile
{
    const char* name;
    Reader read;
};

/** In the order of their dependence: prices name GPUs. */
const std::vector<CatalogFile>& catalogFiles()
{
    static const std::vector<CatalogFile> files {
        { "gpus.yaml",
          [](const YamlNode& root, Catalog& catalog, std::vector<Issue>& issues) {
              readGpus(root, catalog.gpus, issues);
          } },
        { "prices.yaml",
          [](const YamlNode& root, Catalog& catalog, std::vector<Issue>& issues) {
              readPriceLists(root, catalog.gpus, catalog.priceLists, issues);
          } },
        { "use-cases.yaml",
          [](const YamlNode& root, Catalog& catalog, std::vector<Issue>& issues) {
              // The shipped file is read first; whatever comes on top of it is the user's.
              const bool userProvided = !catalog.useCases.empty();
              readUseCases(root,
                           { catalog.useCases, catalog.experienceClasses, catalog.qualityKinds,
                             userProvided },
                           issues);
          } },
        { "engine-versions.yaml",
          [](const YamlNode& root, Catalog& catalog, std::vector<Issue>& issues) {
              readEngineVersions(root, { catalog.engineVersions, catalog.versionRows }, issues);
          } },
    };
    return files;
}

Result<> loadBuiltinFiles(Catalog& catalog, std::vector<Issue>& issues)
{
    for (const CatalogFile& file : catalogFiles()) {
        const std::string path = std::string("catalog/") + file.name;
        const auto root = parseYaml(builtinResource(path), path);
        if (!root)
            return tl::unexpected(root.error());
        file.read(*root, catalog, issues);
    }
    if (catalog.gpus.empty() || catalog.priceLists.empty() || catalog.useCases.empty()
        || catalog.engineVersions.empty() || catalog.versionRows.empty())
        return failure(ErrorCode::Internal,
                       "the shipped catalog is incomplete; reinstall the program");
    return {};
}

Issue asIssue(const Error& error)
{
    return { Severity::Error, error.code, error.detail, {}, error.where };
}

void loadScores(const std::filesystem::path& path, Catalog& catalog, std::vector<Issue>& issues)
{
    auto read = readQualityFile(path, catalog);
    if (!read)
        return issues.push_back(asIssue(read.error()));
    issues.insert(issues.end(), read->issues.begin(), read->issues.end());
    addQualityScores(std::move(read->value), catalog);
}

void loadUseCases(const std::filesystem::path& path, Catalog& catalog, std::vector<Issue>& issues)
{
    if (const auto added = addUseCaseFile(path, catalog))
        issues.insert(issues.end(), added->begin(), added->end());
    else
        issues.push_back(asIssue(added.error()));
}

void loadOverrides(const std::filesystem::path& folder, Catalog& catalog,
                   std::vector<Issue>& issues)
{
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        issues.push_back({ Severity::Error,
                           ErrorCode::NotFound,
                           "the catalog folder does not exist; create it or choose another one",
                           {},
                           Location { folder.string(), 0, 0 } });
        return;
    }
    for (const CatalogFile& file : catalogFiles()) {
        const std::filesystem::path path = folder / file.name;
        if (!std::filesystem::exists(path, error))
            continue;
        if (const auto root = readYamlFile(path))
            file.read(*root, catalog, issues);
        else
            issues.push_back(asIssue(root.error()));
    }
    if (const auto presets = folder / presetFileName; std::filesystem::exists(presets, error))
        loadUseCases(presets, catalog, issues);
    for (const char* name : { qualityFileName, importedScoresFileName }) {
        if (const auto scores = folder / name; std::filesystem::exists(scores, error))
            loadScores(scores, catalog, issues);
    }
}

template <class Entry> std::vector<std::string> idsOf(const std::vector<Entry>& entries)
{
    std::vector<std::string> ids;
    ids.reserve(entries.size());
    for (const Entry& entry : entries)
        ids.push_back(entry.id);
    return ids;
}

} // namespace

const Model* Catalog::findModel(std::string_view id) const
{
    if (const Model* exact = findById(models, id))
        return exact;
    const std::string wanted = toLower(trimmed(id));
    const Model* found = nullptr;
    for (const Model& each : models) {
        if (toLower(afterSlash(each.id)) != wanted)
            continue;
        if (found != nullptr)
            return nullptr; // two publishers use this name: the caller has to say which
        found = &each;
    }
    return found;
}

const Gpu* Catalog::findGpu(std::string_view id) const
{
    return findGpuByName(gpus, id);
}

const UseCase* Catalog::findUseCase(std::string_view id) const
{
    return findById(useCases, id);
}

const PriceList* Catalog::findPriceList(std::string_view id) const
{
    return findById(priceLists, id);
}

const VersionRow* Catalog::findVersionRow(std::string_view id) const
{
    return findById(versionRows, id);
}

const EngineVersionProfile& Catalog::engineVersion(const SemanticVersion& version) const
{
    static const EngineVersionProfile none;
    if (engineVersions.empty())
        return none; // only of a catalog that was not loaded
    const EngineVersionProfile* found = &engineVersions.front();
    for (const EngineVersionProfile& profile : engineVersions) {
        if (profile.from <= version)
            found = &profile;
    }
    return *found;
}

Result<const Model*> Catalog::model(std::string_view id) const
{
    if (const Model* found = findModel(id))
        return found;
    std::vector<std::string> known = idsOf(models);
    for (const Model& each : models)
        known.emplace_back(afterSlash(each.id));
    return unknownId("model", id, known, "models");
}

Result<const Gpu*> Catalog::gpu(std::string_view id) const
{
    if (const Gpu* found = findGpu(id))
        return found;
    std::vector<std::string> known = idsOf(gpus);
    for (const Gpu& each : gpus)
        known.insert(known.end(), each.aliases.begin(), each.aliases.end());
    return unknownId("GPU", id, known, "gpus");
}

Result<const UseCase*> Catalog::useCase(std::string_view id) const
{
    if (const UseCase* found = findUseCase(id))
        return found;
    return unknownId("use case", id, idsOf(useCases), "use-cases");
}

Result<Loaded<std::shared_ptr<const Catalog>>> loadCatalog(const CatalogOptions& options)
{
    auto catalog = std::make_shared<Catalog>();
    Loaded<std::shared_ptr<const Catalog>> loaded;
    if (auto result = loadBuiltinFiles(*catalog, loaded.issues); !result)
        return tl::unexpected(result.error());
    loadBuiltinModels(catalog->models, loaded.issues);
    loadBuiltinQuality(catalog->qualityScores, catalog->quantizationRecoveries, loaded.issues);
    // Scores name models: those of the user come first.
    for (const auto& folder : options.modelFolders)
        loadModelFolder(folder, catalog->models, loaded.issues);
    for (const auto& folder : options.overrideFolders)
        loadOverrides(folder, *catalog, loaded.issues);
    for (const auto& file : options.useCaseFiles)
        loadUseCases(file, *catalog, loaded.issues);
    for (const auto& file : options.qualityFiles)
        loadScores(file, *catalog, loaded.issues);
    loaded.value = std::move(catalog);
    return loaded;
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engineversion.h"
#include "gpu.h"
#include "model.h"
#include "pricelist.h"
#include "quality.h"
#include "usecase.h"

#include <core/base/issue.h>
#include <core/base/result.h>

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * Everything that is known before a need is stated. Immutable after loading; results point into it, so whoever keeps
 * results keeps the catalog too. Safe to read from any thread.
 */
class Catalog
{
public:
    std::vector<Model> models;
    std::vector<Gpu> gpus;
    std::vector<PriceList> priceLists; ///< the first is the default
    std::vector<UseCase> useCases;
    std::vector<ExperienceClass> experienceClasses;
    std::vector<EngineVersionProfile> engineVersions; ///< ascending
    std::vector<VersionRow> versionRows;              ///< the first is the default
    std::vector<QualityKind> qualityKinds;
    std::vector<QualityScore> qualityScores;
    std::vector<QuantizationRecovery> quantizationRecoveries;

    /** By id, case-insensitively, then by the part after the slash if that is unique; nullptr if unknown. */
    [[nodiscard]] const Model* findModel(std::string_view id) const;
    /** By id, name or alias, ignoring case, spaces, `-` and `_`; nullptr if unknown. */
    [[nodiscard]] const Gpu* findGpu(std::string_view id) const;
    [[nodiscard]] const UseCase* findUseCase(std::string_view id) const;
    [[nodiscard]] const PriceList* findPriceList(std::string_view id) const;
    [[nodiscard]] const VersionRow* findVersionRow(std::string_view id) const;
    /** The profile that holds for a version; versions before the first get the first. */
    [[nodiscard]] const EngineVersionProfile& engineVersion(const SemanticVersion& version) const;

    /** The same with an error that names the nearest known ids. */
    [[nodiscard]] Result<const Model*> model(std::string_view id) const;
    [[nodiscard]] Result<const Gpu*> gpu(std::string_view id) const;
    [[nodiscard]] Result<const UseCase*> useCase(std::string_view id) const;
};

struct CatalogOptions
{
    /** Folders with more `config.json` files (`org--name.json` or `org/name/config.json`); later ones win. */
    std::vector<std::filesystem::path> modelFolders;
    /** Folders with files that add entries or change fields of known ones: gpus.yaml, prices.yaml, use-cases.yaml,
     * engine-versions.yaml, quality.csv, and the workbench's presets.yaml and imported-scores.csv. */
    std::vector<std::filesystem::path> overrideFolders;
    std::vector<std::filesystem::path> useCaseFiles; ///< more files in the form of use-cases.yaml
    std::vector<std::filesystem::path> qualityFiles; ///< more files in the form of quality.csv
};

/** The shipped catalog plus the user's additions. A bad user file becomes an issue and is left out. */
[[nodiscard]] Result<Loaded<std::shared_ptr<const Catalog>>> loadCatalog(const CatalogOptions& options = {});
/** A model from a `config.json` on disk, under the id that its file or folder name gives. */
[[nodiscard]] Result<Model> readModelFile(const std::filesystem::path& path);

} // namespace llmd

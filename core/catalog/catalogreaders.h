// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engineversion.h"
#include "gpu.h"
#include "pricelist.h"
#include "usecase.h"

#include <core/base/issue.h>
#include <core/base/yamlreader.h>

#include <vector>

/**
 * Readers of the catalog's YAML files, used for the shipped ones and for the user's. Each adds the
 * entries of a document; an entry with a known id changes that one: fields that it does not mention
 * keep their values. An entry with a fault becomes an issue with its position and is left out.
 */
namespace llmd {

struct UseCaseTables
{
    std::vector<UseCase>& useCases;
    std::vector<ExperienceClass>& experienceClasses;
    std::vector<QualityKind>& qualityKinds;
    bool userProvided = false; ///< entries of this document are marked as the user's
};

struct EngineVersionTables
{
    std::vector<EngineVersionProfile>& profiles; ///< kept ascending
    std::vector<VersionRow>& rows;
};

void readGpus(const YamlNode& root, std::vector<Gpu>& gpus, std::vector<Issue>& issues);
/** Prices of GPUs that are not in `gpus` (ids, names and aliases) are reported and left out. */
void readPriceLists(const YamlNode& root, const std::vector<Gpu>& gpus,
                    std::vector<PriceList>& lists, std::vector<Issue>& issues);
void readUseCases(const YamlNode& root, UseCaseTables tables, std::vector<Issue>& issues);
void readEngineVersions(const YamlNode& root, EngineVersionTables tables,
                        std::vector<Issue>& issues);

/** Lower case without spaces, `-` and `_`: two spellings of a name that people take for the same
 * give one text. */
[[nodiscard]] std::string foldedName(std::string_view name);
/** By id, then by name or alias, folded; nullptr if there is none. */
[[nodiscard]] const Gpu* findGpuByName(const std::vector<Gpu>& gpus, std::string_view name);

} // namespace llmd

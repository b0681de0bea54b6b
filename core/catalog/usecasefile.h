// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "catalog.h"

#include <core/base/issue.h>
#include <core/base/result.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/** Rules of use cases as files of their own: an organisation's presets, kept and shared. */
namespace llmd {

// In a catalog folder: what people write, and what the workbench keeps there.
constexpr const char* useCaseFileName = "use-cases.yaml";
constexpr const char* presetFileName = "presets.yaml";

/**
 * Adds the rules of a text in the form of `use-cases.yaml` to a catalog: entries with a known id change that one, others are
 * new and have to be complete or say which one they are `based_on`. Entries with a fault are left out; what is wrong is
 * returned. Fails if the text is no such document.
 */
[[nodiscard]] Result<std::vector<Issue>> addUseCases(std::string_view yaml, const std::string& name,
                                                     Catalog& catalog);
[[nodiscard]] Result<std::vector<Issue>> addUseCaseFile(const std::filesystem::path& path,
                                                        Catalog& catalog);

/** All rules of the use cases as such a file, with those of `kinds` that they weigh. */
[[nodiscard]] std::string writeUseCases(const std::vector<UseCase>& useCases,
                                        const std::vector<QualityKind>& kinds);
/** Ids of the use cases that such a file holds, empty if there is no such file or it cannot be read. */
[[nodiscard]] std::vector<std::string> useCaseIdsOf(const std::filesystem::path& path);
/** The use cases that the user added or changed. */
[[nodiscard]] std::vector<UseCase> userUseCases(const Catalog& catalog);
/** Takes back what the user changed: the shipped rules, or none if there are none of this id. False if the id is unknown. */
bool resetUseCase(std::string_view id, Catalog& catalog);

/** The kinds of evidence of a use case with their benchmarks; the weights add up to 1. */
struct QualityWeight
{
    std::string kind; ///< "Chat preference", "Knowledge" …, as shown to people
    std::vector<std::string> benchmarks; ///< labels, the first that a model has counts
    double weight = 0;
};
/** The weights that quality scores apply. Unknown use cases, and those without weights, get those of conversational chat. */
[[nodiscard]] std::vector<QualityWeight> qualityWeights(std::string_view useCase,
                                                        const Catalog& catalog);

} // namespace llmd

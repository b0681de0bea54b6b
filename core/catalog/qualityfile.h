// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "catalog.h"

#include <core/base/issue.h>
#include <core/base/result.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

// In a catalog folder: what people write, and what the workbench keeps there.
constexpr const char* qualityFileName = "quality.csv";
constexpr const char* importedScoresFileName = "imported-scores.csv";

/** A model that a name was taken for, and by which rule. */
struct ModelMatch
{
    const Model* model = nullptr;
    std::string
        how; ///< "id", "id without the publisher", "display name", "name with \"instruct\" added"
    bool exact = false; ///< the very id

    bool operator==(const ModelMatch&) const = default;
};

/**
 * Finds the model that people mean by a name: its id, its id without the publisher, its display name, or one of these with
 * "instruct", "it" or "chat" added; case, spaces, `-`, `_` and `.` do not matter. Of several the unquantised one is
 * taken. Fails, with the nearest or the possible ids, if there is none or still more than one.
 */
[[nodiscard]] Result<ModelMatch> matchModelName(std::string_view name, const Catalog& catalog);

/**
 * Benchmark scores of the user's own: CSV with the columns model, benchmark, score (0 to 100), source and date (ISO 8601
 * day), and optionally mode. A row with a fault becomes an error with its line and is left out; a name that is not the
 * very id of a model is reported with what it was taken for; so is a benchmark that no use case weighs. Fails if the text is
 * no such table.
 */
[[nodiscard]] Result<Loaded<std::vector<QualityScore>>>
readQualityScores(std::string_view text, const std::string& name, const Catalog& catalog);
/** The same of a file, which may also hold the results of an evaluation program (`readEvaluation`). */
[[nodiscard]] Result<Loaded<std::vector<QualityScore>>>
readQualityFile(const std::filesystem::path& path, const Catalog& catalog);

/** The CSV form of scores; `readQualityScores` gives them back. */
[[nodiscard]] std::string writeQualityScores(const std::vector<QualityScore>& scores);
/** Adds scores of the user's; one of the same model, benchmark and mode takes the place of an earlier one of the user's. */
void addQualityScores(std::vector<QualityScore> scores, Catalog& catalog);

} // namespace llmd

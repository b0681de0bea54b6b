// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/catalog/catalog.h>

#include <QString>

#include <memory>
#include <vector>

/**
 * Presets and scores of the user's own. They live in files of the user's catalog folder that both programs read; whatever
 * fails changes neither the files nor the catalog.
 */
namespace llmd {

/** Where the user's additions live; it may not exist yet. */
[[nodiscard]] QString userCatalogFolder();

/** A changed catalog, and what was found on the way to it. */
using ChangedCatalog = Loaded<std::shared_ptr<const Catalog>>;

/** Keeps a use case as a preset, in place of one with its id. */
[[nodiscard]] Result<ChangedCatalog> savePreset(const Catalog& catalog, const UseCase& preset,
                                                const QString& folder = userCatalogFolder());
/** Adds the presets of a file; entries with a fault are left out and told. Fails if nothing in it can be used. */
[[nodiscard]] Result<ChangedCatalog> loadPresets(const Catalog& catalog, const QString& path,
                                                 const QString& folder = userCatalogFolder());
/** Writes all presets into a file to be shared. Fails if there are none. */
[[nodiscard]] Result<> sharePresets(const Catalog& catalog, const QString& path,
                                    const QString& folder = userCatalogFolder());
/** Takes a preset away; a use case that it replaced has the shipped rules again. */
[[nodiscard]] Result<ChangedCatalog> removePreset(const Catalog& catalog, const std::string& id,
                                                  const QString& folder = userCatalogFolder());
/** Whether a use case is kept as a preset here. */
[[nodiscard]] bool isPreset(const std::string& id, const QString& folder = userCatalogFolder());

/** The scores of a CSV file or of an evaluation's results, to be looked at. Fails if nothing in it can be used. Any thread. */
[[nodiscard]] Result<Loaded<std::vector<QualityScore>>> readScores(const Catalog& catalog,
                                                                   const QString& path);
/** Adds scores to those imported before; passes on what was found when they were read. */
[[nodiscard]] Result<ChangedCatalog> keepScores(const Catalog& catalog,
                                                const Loaded<std::vector<QualityScore>>& scores,
                                                const QString& folder = userCatalogFolder());
/** Forgets all imported scores. */
[[nodiscard]] Result<ChangedCatalog> forgetScores(const Catalog& catalog,
                                                  const QString& folder = userCatalogFolder());

/** Findings as lines of plain text. */
[[nodiscard]] QString issueLines(const std::vector<Issue>& issues);

} // namespace llmd

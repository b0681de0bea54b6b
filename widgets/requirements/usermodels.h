// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/catalog/catalog.h>

#include <QString>

#include <memory>

namespace llmd {

/** Where the models live that the user added; both programs read it. It may not exist yet. */
[[nodiscard]] QString userModelFolder();

/** Whether a text can be a model id: "name" or "organisation/name" of letters, digits, ".", "_" and "-". */
[[nodiscard]] Result<> checkModelId(const QString& id);

/**
 * Stores the `config.json` at `path` under `id` in the user's folder and gives the catalog with that model added or
 * replaced. Fails without a change if the file is not a model or the folder cannot be written.
 */
[[nodiscard]] Result<std::shared_ptr<const Catalog>>
addUserModel(const Catalog& catalog, const QString& path, const QString& id,
             const QString& folder = userModelFolder());

/** Deletes the stored file and gives the catalog without the model. Shipped models cannot be removed. */
[[nodiscard]] Result<std::shared_ptr<const Catalog>>
removeUserModel(const Catalog& catalog, const QString& id,
                const QString& folder = userModelFolder());

} // namespace llmd

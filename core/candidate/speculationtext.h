// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enginefeatures.h"

#include <core/base/result.h>
#include <core/catalog/catalog.h>

#include <memory>
#include <optional>
#include <string>

namespace llmd {

/** A way to speculate as people write it. */
struct NamedSpeculation
{
    std::optional<SpeculativeDecoding> settings;
    std::shared_ptr<const Model> draft; ///< what they point to
};
/** "mtp", "ngram", "eagle3[=HEAD]" or "draft=MODEL", with the priors of the method; nothing for "none". */
[[nodiscard]] Result<NamedSpeculation> parseSpeculation(const std::string& text,
                                                        const Catalog& catalog);
/** The other way round: what `parseSpeculation` reads, without tokens and acceptance. */
[[nodiscard]] std::string speculationText(const std::optional<SpeculativeDecoding>& settings);

} // namespace llmd

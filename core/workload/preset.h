// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requirements.h"

#include <core/catalog/usecase.h>

#include <string>

namespace llmd {

/**
 * A use case of the user's own: the rules of the need's use case with what the need states in their place (lengths, peak
 * factor, limits, priorities). Its id follows from the name; a shipped use case keeps its id, as the preset replaces it.
 * Fails if the name is empty or gives no id, or if the need's use case is unknown.
 */
[[nodiscard]] Result<UseCase> presetOf(const Requirements& requirements, const Catalog& catalog,
                                       const std::string& name, const std::string& date);

/** A need with what its use case says now no longer stated: the values that `presetOf` took. */
[[nodiscard]] Requirements withoutPresetValues(Requirements requirements);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"
#include "engine.h"

#include <memory>
#include <string_view>

namespace llmd {

/**
 * The engine of this id with coefficients of the caller's choice instead of the shipped ones, for refits and for judging
 * them on data that a fit has not seen. Fails with `Unsupported` for an engine that has no coefficients to exchange.
 */
[[nodiscard]] Result<std::unique_ptr<Engine>>
makeEngine(std::string_view id, std::shared_ptr<const Catalog> catalog, Coefficients coefficients);

/** Whether `makeEngine` can make it. */
[[nodiscard]] bool canRefit(std::string_view engineId);

} // namespace llmd

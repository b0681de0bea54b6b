// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "validation.h"

namespace llmd {

/** The figures of an observation beside those of a prediction, each with its verdict; `planned` may be nullptr. */
[[nodiscard]] std::vector<ComparedFigure>
compareFigures(const Observation& observation, const Estimate& predicted, const Estimate* planned);

/** Of figures with a verdict those that are not within. */
[[nodiscard]] std::size_t deviations(const std::vector<ComparedFigure>& figures);

} // namespace llmd

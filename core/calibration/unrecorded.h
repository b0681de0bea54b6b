// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servingevaluation.h"

#include <core/catalog/catalog.h>

#include <vector>

namespace llmd {

/**
 * Finds rows of a serving table whose measurements show that something mattered which the table does not record, and says
 * in `ServingRow::setApart` what. Judged by the measurements and by what hardware can do, not by a prediction:
 *
 * - Sweeps with a row that is faster than any prefill gets: prompts came from a cache.
 * - Disaggregated rows whose decode servers were full: requests waited, although the number that decoded on a rank was, by
 *   Little's law, a power of two below what was sent: its limit of sequences. It becomes the candidate's, so that
 *   the prediction still tells something.
 * - Disaggregated rows that waited although there was a decode rank for every request: a router or a limit of one.
 * - Disaggregated rows whose steps took three times as long as reading all memory of a GPU and all arithmetic, one
 *   after the other: sequences paused.
 * - Disaggregated rows whose tokens came faster than the weights that they need can be read at the datasheet's bandwidth:
 *   several tokens came from one step.
 */
void setUnrecordedApart(std::vector<ServingRow>& rows, const Catalog& catalog);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "specdocument.h"

#include <core/base/issue.h>
#include <core/catalog/catalog.h>
#include <core/workload/requirements.h>

#include <memory>

namespace llmd {

/**
 * The need that a spec states, for planning by hand. What was assumed, what is wrong and what a need has no place for
 * become issues at the spec's positions; their subjects are the fields of the need ("ttft"), so that they can be shown
 * there. The same figures come out as for the spec, except for what an issue says.
 */
[[nodiscard]] Loaded<Requirements> requirementsOf(const SpecDocument& document,
                                                  std::shared_ptr<const Catalog> catalog);

} // namespace llmd

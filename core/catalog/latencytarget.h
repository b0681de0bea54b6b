// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

namespace llmd {

/** "p95 below 300 ms". A percentile of 0 means the mean. */
struct LatencyTarget
{
    double percentile = 95;
    Seconds limit;

    bool operator==(const LatencyTarget&) const = default;
};

} // namespace llmd

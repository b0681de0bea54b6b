// SPDX-License-Identifier: Apache-2.0
#include "statistics.h"

#include <algorithm>

namespace llmd {

double studentQuantile90(double freedom)
{
    constexpr double one = 6.3138; // t(0.95, 1), t(0.95, 2), t(0.95, 3)
    constexpr double two = 2.9200;
    constexpr double three = 2.3534;
    const double f = std::max(1.0, freedom);
    if (f < 2)
        return one + (f - 1) * (two - one);
    if (f < 3)
        return two + (f - 2) * (three - two);
    constexpr double z = normalQuantile90;
    constexpr double z3 = z * z * z;
    constexpr double z5 = z3 * z * z;
    constexpr double z7 = z5 * z * z;
    return z + (z3 + z) / (4 * f) + (5 * z5 + 16 * z3 + 3 * z) / (96 * f * f)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * f * f * f);
}

} // namespace llmd

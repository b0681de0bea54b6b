// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enginefeatures.h"

#include <core/base/result.h>
#include <core/catalog/model.h>

#include <array>
#include <string>
#include <string_view>

namespace llmd {

/** How often guessed tokens are right, as published; see SpeculativeDecoding for what the figures mean. */
struct AcceptancePrior
{
    double acceptance = 0;
    double decay = 1;
    double low = 0; ///< ends of a 90 % interval of `acceptance`
    double high = 0;
    int tokens = 1; ///< guesses per step where nothing is said
    Source source;
};

/** The figures of `resources/performance/features.yaml`. */
struct FeatureFigures
{
    std::array<AcceptancePrior, 4> acceptance; ///< by DraftMethod
    Seconds draftPass; ///< of a pass of a draft, beside its kernels
    Seconds loraMatrix; ///< launches of the low-rank products of one matrix in a step
    double linkShare = 1; ///< achieved share of the PCIe bandwidth
    Seconds cpuLatency; ///< before the first byte from the host's memory
    BytesPerSecond diskRead;
    Seconds diskLatency;

    [[nodiscard]] const AcceptancePrior& prior(DraftMethod method) const
    {
        return acceptance[static_cast<std::size_t>(method)];
    }
};

/** Reads such a file; every figure must be there, in its range and with a source. */
[[nodiscard]] Result<FeatureFigures> readFeatureFigures(std::string_view yaml,
                                                        const std::string& fileName);
/** Those that are compiled in. A test reads the file, so that this cannot fail. */
[[nodiscard]] const FeatureFigures& standardFeatureFigures();

} // namespace llmd

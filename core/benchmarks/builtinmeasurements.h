// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store.h"

#include <core/base/result.h>

#include <string>
#include <vector>

namespace llmd {

/** A public measurement that the program brings along. */
struct BuiltinMeasurement
{
    std::string set; ///< "open-loop"
    std::string sourceText; ///< who published it
    std::string sourceDate;
    bool repeatedPrompts = false; ///< prompts came from a small set, so nearly all were in the cache
    BenchmarkRecord record;
};

/** All of them, from `resources/benchmarks`; parsed anew with each call, which takes some ten milliseconds. */
[[nodiscard]] Result<std::vector<BuiltinMeasurement>> builtinMeasurements();

/**
 * Those that pass the filter as rows of a list, marked with their set. Their ids count from 1 and are ids of built-in
 * measurements, not of the store.
 */
[[nodiscard]] std::vector<RecordSummary>
listBuiltin(const std::vector<BuiltinMeasurement>& measurements, const RecordFilter& filter);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/store.h>
#include <core/report/comparison.h>

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace llmd {

class EngineRegistry;
struct BuiltinMeasurement;

/** What is to be compared, with everything that a worker needs for it. */
struct ComparisonRequest
{
    std::vector<RecordKey> keys;
    std::filesystem::path file; ///< of the store
    std::shared_ptr<const std::vector<BuiltinMeasurement>> builtin;
    std::shared_ptr<const Catalog> catalog;
    std::shared_ptr<const EngineRegistry> engines;
    std::string engine; ///< that predicts, empty for measurements only
    bool grouped = true; ///< load points of one deployment are one curve
    std::size_t baseline = 0;
    Slo targets;
    std::string date;
};

struct ComparedRuns
{
    std::vector<ComparedSide> sides;
    Report report;
    std::size_t unpredicted = 0; ///< load points that the engine cannot predict
    std::string reason; ///< why the last of them cannot
};

/**
 * Load points of equal deployment, load generator and folder become one side (each its own if not `grouped`); sides get short names
 * that tell them apart.
 */
[[nodiscard]] std::vector<ComparedSide> comparedSides(const std::vector<StoredRecord>& records,
                                                      bool grouped);
/** Reads, groups, predicts and writes the report. Fails on a store that cannot be read and when nothing is left to compare. */
[[nodiscard]] Result<std::shared_ptr<const ComparedRuns>>
compareRuns(const ComparisonRequest& request, RunContext& context);

} // namespace llmd

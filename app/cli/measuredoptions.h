// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measurements.h"

#include <core/calibration/calibratedengine.h>
#include <core/calibration/measuredsearch.h>
#include <core/intent/intent.h>
#include <core/ranking/ranking.h>
#include <core/report/document.h>
#include <core/search/search.h>

#include <memory>
#include <string>

namespace llmd::cli {

/** Estimates alone where measurements are switched off. */
[[nodiscard]] Result<MeasuredSearch> withMeasurements(std::shared_ptr<const SearchReport> report,
                                                      Measurements& measurements);

/** Adds to the options of a `recommend` document what was measured, and what the engine says without corrections. */
void addMeasured(nlohmann::ordered_json& document, const MeasuredSearch& measured,
                 const Corrections& corrections, const Engine& engine, RunContext& context);

/** What `--report` is written from. */
struct ReviewSource
{
    const SearchReport& report;
    const Ranking& ranking;
    const std::string& view;
    std::size_t top;
    const StatedNeed& stated;
};
/** The review report with the plan of the best option and its files. */
[[nodiscard]] Result<> writeReview(const ReviewSource& source, const std::string& path);

} // namespace llmd::cli

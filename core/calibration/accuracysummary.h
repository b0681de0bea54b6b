// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/catalog/gpu.h>
#include <core/catalog/model.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** How far one engine's predictions of one figure were from a group of measurements. Errors are fractions: 0.05 = 5 %. */
struct AccuracyRow
{
    std::string engine; ///< "analytic", "simulation"; "memory" for the start-up ledger
    std::string data; ///< which comparison, one of the `AccuracyData` texts
    std::string group; ///< `accuracyAll` or a class as `accuracyClass` names it
    std::string metric; ///< "e2e_mean", "ttft_p99", "tpot_mean", "kv_cache_tokens" …
    std::size_t count = 0; ///< measurements
    double mean = 0; ///< of the absolute error
    double median = 0;
    double p90 = 0;
    double bias = 0; ///< mean of predicted / measured - 1
    double coverage =
        0; ///< share of measurements inside the 90 % interval; NaN where there are no intervals

    /** Equal figures; two missing coverages are equal. */
    bool operator==(const AccuracyRow& other) const;
};

/**
 * What `AccuracyRow::data` says. "Left out": predicted with coefficients that were fitted without the model (or the GPU) of the
 * measurement. Of other engines (SGLang, TensorRT-LLM) `group` is the engine.
 */
namespace AccuracyData {
constexpr std::string_view latency = "open loop";
constexpr std::string_view latencyModelLeftOut = "open loop, model left out";
constexpr std::string_view latencyGpuLeftOut = "open loop, GPU left out";
constexpr std::string_view serving = "closed loop";
constexpr std::string_view servingBelowSaturation = "closed loop, below saturation";
constexpr std::string_view servingModelLeftOut = "closed loop, model left out";
constexpr std::string_view servingGpuLeftOut = "closed loop, GPU left out";
constexpr std::string_view otherEngines = "closed loop, other engines";
constexpr std::string_view memory = "start-up memory";
} // namespace AccuracyData

/** `AccuracyRow::group` of rows over all measurements. */
constexpr std::string_view accuracyAll = "all";

/**
 * The class that a candidate's errors are counted in: architecture, GPU generation and precision of the weights
 * ("dense, Hopper, BF16"; "MoE, Blackwell, FP8"). FP16 counts as BF16, all 4-bit floats as FP4.
 */
[[nodiscard]] std::string accuracyClass(const ModelArchitecture& architecture, const Gpu& gpu);

/** All comparisons that the product was measured with; a file so that it can be shown without the measurements. */
struct AccuracySummary
{
    std::string date; ///< when it was made, ISO 8601
    std::string coefficientsVersion; ///< of the coefficients that were compared
    std::vector<std::string> sources; ///< what was measured, by whom
    std::vector<AccuracyRow>
        rows; ///< rows over all measurements of a comparison come before its classes

    bool operator==(const AccuracySummary&) const = default;
};

/** Reads `accuracy.json`. Fails on text that is not JSON with its line, on a field that is missing, of a wrong type or out of range with its path. */
[[nodiscard]] Result<AccuracySummary> readAccuracySummary(std::string_view text,
                                                          const std::string& fileName);
/** A figure with the digits that the file keeps: hundredths of a percent. NaN stays. */
[[nodiscard]] double roundedAccuracy(double fraction);
/** The summary as text, one row per line, figures rounded as above. */
[[nodiscard]] std::string writeAccuracySummary(const AccuracySummary& summary);
/** The one that is compiled in. A test reads it, so that it cannot fail. */
[[nodiscard]] const AccuracySummary& standardAccuracySummary();

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/performance/coefficients.h>
#include <core/workload/workload.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** One measured operating point to fit to. */
struct FitCase
{
    double weight = 1;
    std::string group; ///< model and GPU: groups weigh the same, however many points they have
    Candidate candidate;
    Workload workload;
    std::optional<Seconds> ttft; ///< measured means
    std::optional<Seconds> itl;
    std::optional<Seconds> e2e;
};

/** A coefficient that is free, and how far it may plausibly be from its start (standard deviation of its logarithm). */
struct FreeCoefficient
{
    std::string id; ///< of the data file, or "Ampere.weight_bandwidth" for a factor of a GPU generation
    double priorSigma = 0.3;
};

struct FitOptions
{
    std::vector<FreeCoefficient> free;
    double ttftWeight = 0.5;   ///< against 1 for E2E (or ITL where there is no E2E)
    double errorScale = 0.03;  ///< log error from which on a point counts as an outlier (soft L1)
    int iterations = 25;
};

struct FitResult
{
    Coefficients coefficients;
    double cost = 0;
    int iterations = 0;
};

/**
 * Least squares of log errors with soft-L1 loss and log-normal priors around `start` (Levenberg–Marquardt with numeric
 * derivatives). Points that the engine refuses or finds saturated are left out. Fails on an unknown coefficient, without
 * points, or on cancellation. Deterministic.
 */
[[nodiscard]] Result<FitResult> fitCoefficients(const std::vector<FitCase>& cases,
                                                std::shared_ptr<const Catalog> catalog, const Coefficients& start,
                                                const FitOptions& options, RunContext& context);

} // namespace llmd

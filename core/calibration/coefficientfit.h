// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "latencyevaluation.h"
#include "servingevaluation.h"

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
    std::shared_ptr<const Model> variant; ///< keeps the candidate's model if the catalog does not
    Candidate candidate;
    Workload workload;
    std::optional<Seconds> ttft; ///< measured means
    std::optional<Seconds> itl;
    std::optional<Seconds> e2e;
};

/** A coefficient that is free, what is expected of it and how far it may plausibly be from that. */
struct FreeCoefficient
{
    std::string
        id; ///< of the data file, or "Ampere.weight_bandwidth" for a factor of a GPU generation
    double expected = 1; ///< in the unit of the data file
    double priorSigma = 0.3; ///< standard deviation of the logarithm around `expected`
};

struct FitOptions
{
    std::vector<FreeCoefficient> free;
    double ttftWeight = 0.5; ///< against 1 for E2E (or ITL where there is no E2E)
    double errorScale = 0.03; ///< log error from which on a point counts as an outlier (soft L1)
    int iterations = 25;
};

/** The coefficients that the shipped file was fitted with, and how far each may move. */
[[nodiscard]] FitOptions standardFitOptions();

/**
 * The measurements of both forms as cases. Open-loop stages weigh five times as much as closed-loop points: engine,
 * settings and sampling of the former are recorded, of the latter assumed. Rows of other engines are left out.
 */
[[nodiscard]] std::vector<FitCase> fitCases(const std::vector<LatencyCase>& stages,
                                            const std::vector<ServingRow>& rows);

struct FitResult
{
    Coefficients coefficients;
    double cost = 0;
    int iterations = 0;
};

/**
 * Least squares of log errors with soft-L1 loss and log-normal priors, beginning at `start` (Levenberg–Marquardt with numeric
 * derivatives). Points that the engine refuses or finds saturated are left out. Fails on an unknown coefficient, without
 * points, or on cancellation. Deterministic.
 */
[[nodiscard]] Result<FitResult> fitCoefficients(const std::vector<FitCase>& cases,
                                                std::shared_ptr<const Catalog> catalog,
                                                const Coefficients& start,
                                                const FitOptions& options, RunContext& context);

} // namespace llmd

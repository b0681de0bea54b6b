// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluationerrors.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/benchmarks/store.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/performance/engine.h>
#include <core/workload/workload.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/**
 * Corrections of an engine that are learned from runs of one's own. They are factors on the time of a step and on what is left of
 * the time to first token, fitted in log space:
 *
 *   ln(factor of run i) = gpu + class of model on it + model + release of the engine + noise
 *
 * Each effect is normal around 0 with a standard deviation that is stated below (`CorrectionPriors`), so few runs correct little
 * (ridge regression), and runs far from the others count less (Huber's weights). Nothing of it is stored: it is derived from the
 * runs each time, and gone when they are.
 */
namespace llmd {

/** The groups that a run belongs to, from the widest to the narrowest. */
struct CorrectionTraits
{
    std::string gpu; ///< id
    std::string modelClass; ///< "dense, BF16": kind and precision
    std::string model; ///< name of the family, see `modelFamily`
    std::string version; ///< release of the engine, "0.19"

    auto operator<=>(const CorrectionTraits&) const = default;
    /** "h100_sxm / dense, 16 bit / qwen3-32b / 0.19" and its beginnings. */
    [[nodiscard]] std::vector<std::string> groups() const;
};
[[nodiscard]] CorrectionTraits correctionTraits(const Candidate& candidate);

/** One run beside what the engine predicts for it. */
struct CorrectionPair
{
    std::string id; ///< of the record in its store
    CorrectionTraits traits;
    std::shared_ptr<const Model> variant; ///< owns the model if it is not the catalog's
    Candidate candidate;
    Workload workload;
    Seconds measuredItl;
    std::optional<Seconds> measuredTtft;
    Estimate predicted; ///< without any correction
    double step = 0; ///< ln of the factor on step times at which the engine gives the measured ITL
    std::optional<double> firstToken; ///< ln of what the measured TTFT is over that prediction
};

/** A run that teaches nothing, and why. */
struct LeftOutRun
{
    std::string id;
    std::string reason;
};

struct CorrectionPairs
{
    std::vector<CorrectionPair> pairs;
    std::vector<LeftOutRun> leftOut;
};

/**
 * Predicts every record with a known deployment and load, in parallel. Left out are runs of other engines or of unknown versions,
 * disaggregated ones, runs with failures, those that the engine sees at or near saturation (where waits and not steps are
 * measured), and copies of built-in measurements: the shipped coefficients were fitted to them, so they are no news.
 * Fails when cancelled and on unreadable built-in measurements.
 */
[[nodiscard]] Result<CorrectionPairs> correctionPairs(const std::vector<StoredRecord>& records,
                                                      const Catalog& catalog, const Engine& engine,
                                                      RunContext& context);

/** Standard deviations of the effects, of ln(measured / predicted). */
struct CorrectionPriors
{
    double gpu = 0.10;
    double modelClass = 0.10;
    double model = 0.20;
    double version = 0.05;
    double noise = 0.03; ///< of one run, until the runs tell; counts as `noiseRuns` runs
    double firstTokenNoise = 0.12;
    double noiseRuns = 2;
};

/** What is to be multiplied for one candidate. */
struct Correction
{
    double step = 1; ///< factor on step times
    double firstToken = 1; ///< further factor on TTFT
    /** Half width of the 90 % interval of ln(step) for a new run of this model here; nothing where too few were seen. */
    std::optional<double> stepHalfWidth;
    std::optional<double> firstTokenHalfWidth; ///< the same of `firstToken`
    double sharedHalfWidth = 0; ///< 90 % half width of what other models of the GPU teach
    std::size_t runs = 0; ///< of this model on this GPU
    std::size_t runsOfGpu = 0;
    std::string basis; ///< "10 runs of qwen3-32b on NVIDIA H100 SXM5"

    [[nodiscard]] bool isNone() const { return runsOfGpu == 0; }
};

/** Fewest runs of a model on a GPU after which they, and not the engine, tell the interval. */
constexpr std::size_t runsForInterval = 3;

class Corrections
{
public:
    Corrections() = default;
    explicit Corrections(std::vector<CorrectionPair> pairs, CorrectionPriors priors = {});

    /** None for a disaggregated candidate: only aggregated runs are learned from. */
    [[nodiscard]] Correction of(const Candidate& candidate) const;
    [[nodiscard]] const std::vector<CorrectionPair>& pairs() const { return m_pairs; }
    [[nodiscard]] bool isEmpty() const { return m_pairs.empty(); }

private:
    /** Effects of one of the two factors. */
    struct Fit
    {
        std::map<std::string, std::size_t> columns;
        std::vector<double> effects;
        std::vector<double> covariance; ///< row by row
        double noise = 0;
        double freedom = 1;

        struct Prediction
        {
            double mean = 0;
            double variance = 0; ///< of the mean
        };
        [[nodiscard]] Prediction at(const std::vector<std::string>& groups) const;
    };
    struct Sample
    {
        std::vector<std::string> groups;
        double value = 0;
    };
    [[nodiscard]] static Fit fit(const std::vector<Sample>& samples, const CorrectionPriors& priors,
                                 double noise);

    std::vector<CorrectionPair> m_pairs;
    Fit m_step;
    Fit m_firstToken;
};

/** Errors of predictions for runs that the corrections have not seen. */
struct CorrectionErrors
{
    std::vector<MetricErrors> before; ///< "itl_mean", "ttft_mean" without corrections
    std::vector<MetricErrors> after; ///< each run predicted with corrections from the others
    std::size_t folds = 0; ///< as many as runs: leave one out
};
/** Up to 60 runs are left out one by one, more in 60 folds. */
[[nodiscard]] Result<CorrectionErrors> crossValidate(const Corrections& corrections,
                                                     const Engine& engine, RunContext& context);

/**
 * The records of a store that corrections are learned from: of each deployment the newest, at most 64 load points, so that a
 * large store costs no more than a small one.
 */
[[nodiscard]] Result<std::vector<StoredRecord>> correctionRecords(BenchmarkStore& store);

/** Whether the corrections of a store are switched on; they are off until somebody asks for them. */
[[nodiscard]] Result<bool> correctionsActive(BenchmarkStore& store);
[[nodiscard]] Result<> setCorrectionsActive(BenchmarkStore& store, bool active);

} // namespace llmd

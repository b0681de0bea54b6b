// SPDX-License-Identifier: Apache-2.0
// The fit itself; what it is fitted to is made in correctionpairs.cpp.
#include "corrections.h"

#include "calibratedengine.h"
#include "enginechoice.h"
#include "measuredmodel.h"

#include <core/base/parallel.h>
#include <core/base/statistics.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace llmd {

namespace {

/** Residuals beyond this many standard deviations count less (Huber's k; 95 % efficient for normal noise). */
constexpr double huberLimit = 1.345;
/** E[min(z², k²)] of a standard normal z: makes the scale of clipped residuals that of the noise. */
constexpr double clippedVariance = 0.7102;

/** A symmetric positive definite matrix, row by row. */
class Matrix
{
public:
    explicit Matrix(std::size_t size)
        : m_size(size)
        , m_values(size * size)
    { }
    double& at(std::size_t row, std::size_t column) { return m_values[row * m_size + column]; }

    /** Replaces it by its inverse, by way of Cholesky factors. It is positive definite, as every diagonal holds a prior. */
    void invert()
    {
        for (std::size_t j = 0; j < m_size; ++j) {
            for (std::size_t i = j; i < m_size; ++i) {
                double sum = at(i, j);
                for (std::size_t k = 0; k < j; ++k)
                    sum -= at(i, k) * at(j, k);
                at(i, j) = i == j ? std::sqrt(std::max(sum, 1e-30)) : sum / at(j, j);
            }
        }
        std::vector<double> inverse(m_values.size());
        std::vector<double> column(m_size);
        for (std::size_t unit = 0; unit < m_size; ++unit) {
            for (std::size_t i = 0; i < m_size; ++i) {
                double sum = i == unit ? 1 : 0;
                for (std::size_t k = 0; k < i; ++k)
                    sum -= at(i, k) * column[k];
                column[i] = sum / at(i, i);
            }
            for (std::size_t i = m_size; i-- > 0;) {
                for (std::size_t k = i + 1; k < m_size; ++k)
                    column[i] -= at(k, i) * column[k];
                column[i] /= at(i, i);
            }
            for (std::size_t i = 0; i < m_size; ++i)
                inverse[i * m_size + unit] = column[i];
        }
        m_values = std::move(inverse);
    }
    [[nodiscard]] std::vector<double> take() { return std::move(m_values); }

private:
    std::size_t m_size;
    std::vector<double> m_values;
};

double priorOf(std::size_t level, const CorrectionPriors& priors)
{
    switch (level) {
    case 0:
        return priors.gpu;
    case 1:
        return priors.modelClass;
    case 2:
        return priors.model;
    default:
        return priors.version;
    }
}

std::vector<CorrectionPair> without(const std::vector<CorrectionPair>& pairs, std::size_t fold,
                                    std::size_t folds)
{
    std::vector<CorrectionPair> rest;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (i % folds != fold)
            rest.push_back(pairs[i]);
    }
    return rest;
}

void count(ErrorCollector& errors, const LatencyEstimate& predicted, Seconds measured,
           bool nearSaturation)
{
    errors.add(predicted.mean.value(), measured.value());
    if (predicted.meanInterval.stated && !nearSaturation)
        errors.addInterval(measured >= predicted.low() && measured <= predicted.high());
}

} // namespace

std::vector<std::string> CorrectionTraits::groups() const
{
    std::vector<std::string> groups { gpu };
    for (const auto* part : { &modelClass, &model, &version })
        groups.push_back(groups.back() + " / " + *part);
    return groups;
}

CorrectionTraits correctionTraits(const Candidate& candidate)
{
    const auto& architecture = candidate.model->architecture;
    const auto& version = candidate.engine.version;
    return { candidate.gpu->id,
             fmt::format("{}, {}", architecture.isMoe() ? "MoE" : "dense",
                         architecture.quantization.label()),
             modelFamily(candidate.model->id), fmt::format("{}.{}", version.major, version.minor) };
}

Corrections::Fit Corrections::fit(const std::vector<Sample>& samples,
                                  const CorrectionPriors& priors, double noise)
{
    Fit fit;
    fit.noise = noise;
    std::vector<double> precision;
    std::vector<std::vector<std::size_t>> rows;
    for (const auto& sample : samples) {
        auto& row = rows.emplace_back();
        for (std::size_t level = 0; level < sample.groups.size(); ++level) {
            const auto [it, added] =
                fit.columns.try_emplace(sample.groups[level], precision.size());
            if (added)
                precision.push_back(1 / std::pow(priorOf(level, priors), 2));
            row.push_back(it->second);
        }
    }
    const std::size_t size = precision.size();
    fit.effects.assign(size, 0);
    std::vector<double> weights(samples.size(), 1);
    constexpr int rounds = 40;
    for (int round = 0; round < rounds && size > 0; ++round) {
        Matrix matrix(size);
        std::vector<double> right(size);
        for (std::size_t i = 0; i < size; ++i)
            matrix.at(i, i) = precision[i];
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double weight = weights[i] / (fit.noise * fit.noise);
            for (const auto a : rows[i]) {
                right[a] += weight * samples[i].value;
                for (const auto b : rows[i])
                    matrix.at(a, b) += weight;
            }
        }
        matrix.invert();
        fit.covariance = matrix.take();
        for (std::size_t i = 0; i < size; ++i) {
            fit.effects[i] = 0;
            for (std::size_t j = 0; j < size; ++j)
                fit.effects[i] += fit.covariance[i * size + j] * right[j];
        }
        double clipped = 0;
        double leverage = 0; // effective number of parameters
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const auto prediction = fit.at(samples[i].groups);
            const double z = (samples[i].value - prediction.mean) / fit.noise;
            clipped += std::min(z * z, huberLimit * huberLimit);
            leverage += weights[i] * prediction.variance / (fit.noise * fit.noise);
            weights[i] = std::min(1.0, huberLimit / std::max(1e-12, std::abs(z)));
        }
        const double runs = static_cast<double>(samples.size());
        const double free = std::max(0.0, runs - leverage);
        const double variance = clipped * fit.noise * fit.noise / clippedVariance;
        const double before = fit.noise;
        fit.noise =
            std::sqrt((priors.noiseRuns * noise * noise + variance) / (priors.noiseRuns + free));
        fit.freedom = std::max(1.0, priors.noiseRuns + free);
        if (std::abs(fit.noise / before - 1) < 1e-6)
            break;
    }
    return fit;
}

Corrections::Fit::Prediction Corrections::Fit::at(const std::vector<std::string>& groups) const
{
    std::vector<std::size_t> row;
    for (const auto& group : groups) {
        if (const auto it = columns.find(group); it != columns.end())
            row.push_back(it->second);
    }
    Prediction prediction;
    for (const auto a : row) {
        prediction.mean += effects[a];
        for (const auto b : row)
            prediction.variance += covariance[a * effects.size() + b];
    }
    return prediction;
}

Corrections::Corrections(std::vector<CorrectionPair> pairs, CorrectionPriors priors)
    : m_pairs(std::move(pairs))
{
    std::vector<Sample> steps;
    std::vector<Sample> first;
    for (const auto& pair : m_pairs) {
        steps.push_back({ pair.traits.groups(), pair.step });
        if (pair.firstToken)
            first.push_back({ pair.traits.groups(), *pair.firstToken });
    }
    m_step = fit(steps, priors, priors.noise);
    m_firstToken = fit(first, priors, priors.firstTokenNoise);
}

Correction Corrections::of(const Candidate& candidate) const
{
    Correction correction;
    // Runs that are learned from served in one place, and a transfer does not take longer because steps do.
    if (m_pairs.empty() || candidate.topology.disaggregation)
        return correction;
    const auto traits = correctionTraits(candidate);
    std::size_t firstTokens = 0;
    for (const auto& pair : m_pairs) {
        if (pair.traits.gpu != traits.gpu)
            continue;
        ++correction.runsOfGpu;
        if (pair.traits.model != traits.model || pair.traits.modelClass != traits.modelClass)
            continue;
        ++correction.runs;
        firstTokens += pair.firstToken ? 1 : 0;
    }
    if (correction.runsOfGpu == 0)
        return correction;
    const auto groups = traits.groups();
    const auto step = m_step.at(groups);
    const auto first = m_firstToken.at(groups);
    correction.step = std::exp(step.mean);
    correction.firstToken = std::exp(first.mean);
    const auto halfWidth = [](const Fit& fit, double variance) {
        return studentQuantile90(fit.freedom) * std::sqrt(variance + fit.noise * fit.noise);
    };
    correction.sharedHalfWidth = normalQuantile90 * std::sqrt(step.variance);
    if (correction.runs >= runsForInterval)
        correction.stepHalfWidth = halfWidth(m_step, step.variance);
    if (firstTokens >= runsForInterval)
        correction.firstTokenHalfWidth = halfWidth(m_firstToken, first.variance);
    const auto runs = [](std::size_t n) { return fmt::format("{} run{}", n, n == 1 ? "" : "s"); };
    correction.basis = correction.runs > 0
        ? fmt::format("{} of {} on {}", runs(correction.runs), traits.model, candidate.gpu->name)
        : fmt::format("{} of other models on {}", runs(correction.runsOfGpu), candidate.gpu->name);
    return correction;
}

Result<CorrectionErrors> crossValidate(const Corrections& corrections, const Engine& engine,
                                       RunContext& context)
{
    constexpr std::size_t mostFolds = 60;
    const auto& pairs = corrections.pairs();
    CorrectionErrors result;
    result.folds = std::min(pairs.size(), mostFolds);
    std::vector<std::optional<Estimate>> predicted(pairs.size());
    const bool done = parallelFor(
        result.folds, context,
        [&](std::size_t fold, unsigned) {
            const Corrections others(without(pairs, fold, result.folds));
            const CalibratedEngine calibrated(engine, others);
            RunContext inner = innerContext(context);
            for (std::size_t i = fold; i < pairs.size(); i += result.folds) {
                auto estimate = calibrated.estimate(pairs[i].candidate, pairs[i].workload, inner);
                if (estimate)
                    predicted[i] = std::move(*estimate);
            }
        },
        "cross-validation");
    if (!done)
        return cancelled();
    ErrorCollector itlBefore;
    ErrorCollector itlAfter;
    ErrorCollector ttftBefore;
    ErrorCollector ttftAfter;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (!predicted[i])
            continue;
        const auto& pair = pairs[i];
        count(itlBefore, pair.predicted.itl, pair.measuredItl, pair.predicted.nearSaturation);
        count(itlAfter, predicted[i]->itl, pair.measuredItl, predicted[i]->nearSaturation);
        if (!pair.measuredTtft)
            continue;
        count(ttftBefore, pair.predicted.ttft, *pair.measuredTtft, pair.predicted.nearSaturation);
        count(ttftAfter, predicted[i]->ttft, *pair.measuredTtft, predicted[i]->nearSaturation);
    }
    result.before = { itlBefore.errors("itl_mean"), ttftBefore.errors("ttft_mean") };
    result.after = { itlAfter.errors("itl_mean"), ttftAfter.errors("ttft_mean") };
    return result;
}

} // namespace llmd

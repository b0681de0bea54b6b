// SPDX-License-Identifier: Apache-2.0
#include "coefficientfit.h"

#include <core/performance/analyticengine.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace llmd {

namespace {

using Vector = std::vector<double>;

/** Solves the symmetric positive definite system in place (Cholesky); false if it is not. */
bool solve(std::vector<Vector>& matrix, Vector& right)
{
    const std::size_t n = right.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= matrix[i][k] * matrix[j][k];
            if (i == j) {
                if (!(sum > 0))
                    return false;
                matrix[i][i] = std::sqrt(sum);
            } else {
                matrix[i][j] = sum / matrix[j][j];
            }
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            right[i] -= matrix[i][k] * right[k];
        right[i] /= matrix[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            right[i] -= matrix[k][i] * right[k];
        right[i] /= matrix[i][i];
    }
    return true;
}

class Problem
{
public:
    /** Gives access to one number of a set of coefficients. */
    using Target = std::function<double&(Coefficients&)>;

    Problem(const std::vector<FitCase>& cases, std::shared_ptr<const Catalog> catalog,
            const Coefficients& start, const FitOptions& options)
        : m_cases(cases)
        , m_catalog(std::move(catalog))
        , m_start(start)
        , m_options(options)
    {
        std::map<std::string, double> counts;
        for (const auto& each : cases)
            counts[each.group] += 1;
        for (const auto& each : cases)
            m_weights.push_back(each.weight / std::sqrt(counts[each.group]));
    }

    Result<> bind()
    {
        for (const auto& free : m_options.free) {
            const auto target = find(free.id);
            if (!target)
                return tl::unexpected(target.error());
            Coefficients start = m_start;
            if (!((*target)(start) > 0))
                return failure(ErrorCode::InvalidArgument,
                               free.id + " must start from a positive value");
            if (!(free.expected > 0) || !(free.priorSigma > 0))
                return failure(ErrorCode::InvalidArgument,
                               free.id + " needs a positive expected value and prior");
            m_targets.push_back(*target);
            m_expected.push_back(std::log(free.expected * scaleOf(free.id) / (*target)(start)));
        }
        return {};
    }

    [[nodiscard]] std::size_t unknowns() const { return m_targets.size(); }

    /** The unknowns are logarithms of the ratios to the start values. */
    [[nodiscard]] Coefficients at(const Vector& x) const
    {
        Coefficients c = m_start;
        for (std::size_t i = 0; i < x.size(); ++i)
            m_targets[i](c) *= std::exp(x[i]);
        return c;
    }

    /** Weighted log errors, then the deviations from the priors. */
    [[nodiscard]] Vector residuals(const Vector& x, RunContext& context) const
    {
        const AnalyticEngine engine(m_catalog, at(x));
        Vector result;
        for (std::size_t i = 0; i < m_cases.size(); ++i)
            addCase(engine, i, result, context);
        for (std::size_t i = 0; i < x.size(); ++i)
            result.push_back((x[i] - m_expected[i]) / m_options.free[i].priorSigma);
        return result;
    }

private:
    /** "weight_bandwidth", or "Ampere.weight_bandwidth" for the factor of a GPU generation. */
    [[nodiscard]] Result<Target> find(const std::string& id) const
    {
        for (const auto& field : coefficientFields()) {
            if (field.id == id)
                return Target(
                    [member = field.member](Coefficients& c) -> double& { return c.*member; });
        }
        const auto dot = id.find('.');
        const std::string factor = dot == std::string::npos ? std::string() : id.substr(dot + 1);
        double ArchitectureFactors::*member = factor == "weight_bandwidth"
            ? &ArchitectureFactors::weightBandwidth
            : factor == "kv_bandwidth" ? &ArchitectureFactors::kvBandwidth
            : factor == "compute"      ? &ArchitectureFactors::compute
                                       : nullptr;
        for (std::size_t i = 0; i < m_start.architectures.size() && member != nullptr; ++i) {
            if (m_start.architectures[i].architecture == id.substr(0, dot))
                return Target(
                    [i, member](Coefficients& c) -> double& { return c.architectures[i].*member; });
        }
        return failure(ErrorCode::NotFound, "there is no coefficient '" + id + "'");
    }

    [[nodiscard]] static double scaleOf(const std::string& id)
    {
        for (const auto& field : coefficientFields()) {
            if (field.id == id)
                return unitScale(field.unit);
        }
        return 1;
    }

    void addCase(const AnalyticEngine& engine, std::size_t index, Vector& result,
                 RunContext& context) const
    {
        const FitCase& each = m_cases[index];
        const auto estimate = engine.estimate(each.candidate, each.workload, context);
        const bool usable = estimate && !estimate->saturated;
        const auto add = [&](const std::optional<Seconds>& measured, Seconds predicted,
                             double weight) {
            if (!measured)
                return;
            // The number of residuals must not depend on the unknowns.
            const double error = usable ? std::log(predicted / *measured) : 0;
            result.push_back(m_weights[index] * weight * softened(error));
        };
        const LatencyEstimate none;
        add(each.e2e, usable ? estimate->e2e.mean : none.mean, 1);
        if (!each.e2e)
            add(each.itl, usable ? estimate->itl.mean : none.mean, 1);
        add(each.ttft, usable ? estimate->ttft.mean : none.mean, m_options.ttftWeight);
    }

    /** Its square is the soft-L1 loss: quadratic for small errors, linear for large ones. In units of the scale. */
    [[nodiscard]] double softened(double error) const
    {
        const double z = error / m_options.errorScale;
        return std::copysign(std::sqrt(2 * (std::sqrt(1 + z * z) - 1)), z);
    }

    const std::vector<FitCase>& m_cases;
    std::shared_ptr<const Catalog> m_catalog;
    const Coefficients& m_start;
    const FitOptions& m_options;
    Vector m_weights;
    std::vector<Target> m_targets;
    Vector m_expected; ///< logarithms of the expected values over the start values
};

double squareSum(const Vector& v)
{
    double sum = 0;
    for (const double x : v)
        sum += x * x;
    return sum;
}

/** J by forward differences, one row per unknown. */
std::vector<Vector> derivatives(const Problem& problem, const Vector& x, const Vector& base,
                                RunContext& context)
{
    constexpr double step = 1e-4;
    std::vector<Vector> rows;
    for (std::size_t i = 0; i < x.size(); ++i) {
        Vector moved = x;
        moved[i] += step;
        Vector row = problem.residuals(moved, context);
        for (std::size_t k = 0; k < row.size(); ++k)
            row[k] = (row[k] - base[k]) / step;
        rows.push_back(std::move(row));
    }
    return rows;
}

/** The Levenberg–Marquardt step; empty if the system cannot be solved. */
Vector step(const std::vector<Vector>& jacobian, const Vector& residuals, double damping)
{
    const std::size_t n = jacobian.size();
    std::vector<Vector> normal(n, Vector(n));
    Vector right(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < residuals.size(); ++k)
            right[i] -= jacobian[i][k] * residuals[k];
        for (std::size_t j = 0; j < n; ++j) {
            for (std::size_t k = 0; k < residuals.size(); ++k)
                normal[i][j] += jacobian[i][k] * jacobian[j][k];
        }
        normal[i][i] *= 1 + damping;
    }
    return solve(normal, right) ? right : Vector();
}

} // namespace

FitOptions standardFitOptions()
{
    FitOptions options;
    // Narrow priors where kernel tables or vendor benchmarks say what to expect, wide ones where only the fit can tell.
    options.free = { { "weight_bandwidth", 0.864, 0.05 },
                     { "kv_bandwidth", 0.958, 0.04 },
                     { "expert_bandwidth", 0.905, 0.03 },
                     { "unpack_rate", 2.7, 0.3 },
                     { "unpacked_compute", 200, 0.3 },
                     { "native_four_bit_bandwidth", 0.8, 0.2 },
                     { "prefill_compute", 0.569, 0.1 },
                     { "expert_prefill_compute", 0.5, 0.3 },
                     { "low_precision_compute", 0.885, 0.08 },
                     { "layer_overhead", 27, 0.15 },
                     { "expert_layer_overhead", 25, 0.3 },
                     { "tensor_parallel_layer_overhead", 6, 0.5 },
                     { "quantized_layer_overhead", 10, 0.5 },
                     { "block_scale_layer_overhead", 20, 0.5 },
                     { "mixed_layer_overhead", 38, 0.5 },
                     { "step_overhead", 171, 0.4 },
                     { "synchronous_step_overhead", 500, 0.5 },
                     { "synchronous_sequence_overhead", 15, 0.5 },
                     { "sampler_overhead", 442, 0.3 },
                     { "sampler_sort_passes", 132.6, 0.2 },
                     { "penalty_overhead", 377, 0.5 },
                     { "request_overhead", 5.47, 0.15 },
                     { "prompt_token_overhead", 3, 0.7 },
                     { "steps_to_first_token", 2.575, 0.05 },
                     { "expert_token_passes", 7, 0.5 },
                     { "expert_popularity_shape", 3, 0.7 },
                     { "sequence_overhead", 5, 0.7 },
                     { "Ampere.weight_bandwidth", 0.97, 0.06 },
                     { "Ampere.kv_bandwidth", 0.84, 0.1 } };
    for (const std::string generation : { "Blackwell", "Blackwell Ultra" }) {
        options.free.push_back({ generation + ".weight_bandwidth", 0.95, 0.1 });
        options.free.push_back({ generation + ".kv_bandwidth", 1.0, 0.1 });
        options.free.push_back({ generation + ".compute", 0.95, 0.1 });
    }
    return options;
}

std::vector<FitCase> fitCases(const std::vector<LatencyCase>& stages,
                              const std::vector<ServingRow>& rows)
{
    std::vector<FitCase> cases;
    for (const auto& stage : stages) {
        FitCase each;
        each.weight = 2;
        each.group = stage.candidate.model->id + " " + stage.candidate.gpu->id;
        each.variant = stage.variant;
        each.candidate = stage.candidate;
        each.workload = stage.workload;
        each.ttft = stage.measured.values[0];
        each.itl = stage.measured.values[3];
        each.e2e = stage.measured.values[4];
        cases.push_back(std::move(each));
    }
    for (const auto& row : rows) {
        if (!row.unsupported.empty() || !row.setApart.empty() || row.engine != "vllm"
            || row.candidate.topology.disaggregation)
            continue;
        FitCase each;
        each.weight = 0.4;
        each.group = row.candidate.model->id + " " + row.candidate.gpu->id + " "
            + row.candidate.topology.pool.parallelism.label() + " "
            + row.candidate.model->architecture.quantization.label();
        each.variant = row.variant;
        each.candidate = row.candidate;
        each.workload = row.workload;
        each.ttft = row.measuredTtft;
        each.itl = row.measuredTpot;
        cases.push_back(std::move(each));
    }
    return cases;
}

Result<FitResult> fitCoefficients(const std::vector<FitCase>& cases,
                                  std::shared_ptr<const Catalog> catalog, const Coefficients& start,
                                  const FitOptions& options, RunContext& context)
{
    if (cases.empty())
        return failure(ErrorCode::InvalidArgument, "there are no measurements to fit to");
    Problem problem(cases, std::move(catalog), start, options);
    if (auto bound = problem.bind(); !bound)
        return tl::unexpected(bound.error());
    Vector x(problem.unknowns(), 0.0);
    Vector residuals = problem.residuals(x, context);
    FitResult result;
    result.cost = squareSum(residuals);
    double damping = 1e-2;
    for (; result.iterations < options.iterations; ++result.iterations) {
        if (context.cancelled())
            return failure(ErrorCode::Cancelled, "stopped on request");
        const auto jacobian = derivatives(problem, x, residuals, context);
        bool improved = false;
        for (int attempt = 0; attempt < 8 && !improved; ++attempt) {
            const Vector move = step(jacobian, residuals, damping);
            Vector next = x;
            for (std::size_t i = 0; i < move.size(); ++i)
                next[i] += std::clamp(move[i], -0.5, 0.5);
            Vector nextResiduals = problem.residuals(next, context);
            const double cost = squareSum(nextResiduals);
            improved = !move.empty() && cost < result.cost * (1 - 1e-9);
            damping = improved ? damping / 5 : damping * 4;
            if (improved) {
                x = std::move(next);
                residuals = std::move(nextResiduals);
                result.cost = cost;
            }
        }
        if (!improved)
            break;
    }
    result.coefficients = problem.at(x);
    return result;
}

} // namespace llmd

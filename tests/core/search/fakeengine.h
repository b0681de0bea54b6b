// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/performance/engine.h>

#include <algorithm>
#include <atomic>
#include <functional>

namespace llmd::test {

inline LatencyEstimate spread(double seconds)
{
    return { Seconds(seconds),
             Seconds(seconds),
             Seconds(1.5 * seconds),
             Seconds(2 * seconds),
             Seconds(3 * seconds),
             {},
             {} };
}

/**
 * Latencies that can be computed by hand. With F = weight bytes / 16e9 / (TP x PP) x 3350 GB/s / bandwidth:
 * the most that one replica serves is 10 / F requests/s, or max_num_seqs / 2.6 / F if that is less; at a share u of it
 * TTFT = 50 ms x F / (1 - u) and ITL = 10 ms x F x (1 + u); p95 = 2 x mean.
 */
class FakeEngine : public Engine
{
public:
    mutable std::atomic<int> predictions { 0 };
    std::function<void(int)> onPrediction; ///< told how many there were so far
    std::string refusedModel; ///< id of a model that this engine cannot predict

    [[nodiscard]] EngineInfo info() const override
    {
        return { "fake", "Fake", "closed form for tests", true, false, false, {} };
    }

    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;

    [[nodiscard]] static double factor(const Candidate& candidate)
    {
        double bytes = 0;
        for (std::size_t i = 0; i < parameterGroupCount; ++i)
            bytes +=
                candidate.model->architecture.weightBytes(static_cast<ParameterGroup>(i)).value();
        return bytes / 16e9 / candidate.topology.pool.parallelism.gpus() * 3350e9
            / candidate.gpu->memoryBandwidth.value();
    }
    [[nodiscard]] static double mostPerSecond(const Candidate& candidate)
    {
        return std::min(10.0, candidate.engine.maxNumSeqs / 2.6) / factor(candidate);
    }
};

class FakePredictor : public Predictor
{
public:
    FakePredictor(const FakeEngine& engine, const Candidate& candidate, const Workload& shape)
        : m_engine(engine)
        , m_candidate(candidate)
        , m_output(shape.output.mean)
    { }

    [[nodiscard]] Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        const int count = ++m_engine.predictions;
        if (m_engine.onPrediction)
            m_engine.onPrediction(count);
        if (context.cancelled())
            return failure(ErrorCode::Cancelled, "Stopped.");
        const double share = load.rate.value() / FakeEngine::mostPerSecond(m_candidate);
        const double factor = FakeEngine::factor(m_candidate);
        Estimate estimate;
        estimate.requestRate = load.rate;
        estimate.outputThroughput = TokensPerSecond(load.rate.value() * m_output);
        estimate.saturated = share >= 1;
        const double waiting = share < 1 ? 1 / (1 - share) : 1e6;
        estimate.ttft = spread(0.05 * factor * waiting);
        estimate.itl = spread(0.01 * factor * (1 + share));
        estimate.e2e =
            spread(estimate.ttft.mean.value() + (m_output - 1) * estimate.itl.mean.value());
        estimate.runningPerReplica = load.rate.value() * estimate.e2e.mean.value();
        estimate.provenance.engine = "fake";
        return estimate;
    }

private:
    const FakeEngine& m_engine;
    Candidate m_candidate;
    double m_output;
};

inline Result<std::unique_ptr<Predictor>> FakeEngine::predictor(const Candidate& candidate,
                                                                const Workload& shape) const
{
    if (candidate.model->id == refusedModel)
        return failure(ErrorCode::Unsupported, "This model is not understood.");
    return std::make_unique<FakePredictor>(*this, candidate, shape);
}

} // namespace llmd::test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "observedplan.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Holds what a deployment does against what was predicted for it. */
namespace llmd {

enum class Verdict { Within, Above, Below, NoData };
[[nodiscard]] std::string_view toString(Verdict verdict); ///< "within", "above", "below", "no data"

/** A prediction with its 90 % interval; without one nothing is judged. */
struct PredictedFigure
{
    double value = 0;
    double low = 0;
    double high = 0;
    bool stated = false; ///< the interval is one

    bool operator==(const PredictedFigure&) const = default;
};

/** One figure as observed, as predicted for the load that was observed, and as planned for the peak. */
struct ComparedFigure
{
    std::string id; ///< "ttft_mean", "ttft_p95", "itl_mean", "output_rate", "prefix_hit_share" …
    std::string name; ///< "TTFT mean"
    std::string unit; ///< "s", "tokens/s", "share", "requests"
    std::optional<ObservedFigure> observed;
    std::optional<PredictedFigure> predicted;
    std::optional<PredictedFigure> planned;
    Verdict verdict = Verdict::NoData;

    bool operator==(const ComparedFigure&) const = default;
};

/** A setting that is not as planned. */
struct ConfigurationDifference
{
    std::string setting; ///< "vLLM version", "replicas", "block_size" …
    std::string planned;
    std::string observed;
    bool certain = true; ///< false: inferred from how the servers behave

    bool operator==(const ConfigurationDifference&) const = default;
};

struct LikelyCause
{
    enum class Kind { Configuration, StepTime, Queueing, PrefixCache, Unexplained };
    Kind kind = Kind::Unexplained;
    std::string text; ///< the evidence with its figures, plain sentences
    std::size_t explains = 0; ///< of the deviating figures: within if this is taken into account

    bool operator==(const LikelyCause&) const = default;
};
[[nodiscard]] std::string_view toString(LikelyCause::Kind kind); ///< "configuration" …

struct Validation
{
    Workload load; ///< that the prediction is for
    Estimate estimate; ///< of the plan under it
    std::vector<ComparedFigure> figures;
    std::vector<ConfigurationDifference> differences;
    std::vector<LikelyCause> causes; ///< if something deviates: the one that explains most first
    std::size_t judged = 0; ///< figures with a verdict
    std::size_t deviating = 0;
    std::optional<double> stepFactor; ///< step times, observed / predicted, where they explain ITL
    std::vector<std::string> notes; ///< what limits the comparison
    std::string summary; ///< one sentence

    [[nodiscard]] bool hasData() const { return judged > 0; }
    [[nodiscard]] bool confirms() const { return judged > 0 && deviating == 0; }
    [[nodiscard]] const ComparedFigure* figure(std::string_view id) const;
};

/**
 * Predicts the plan for the observed load and judges each figure: above or below only if the range that the observation leaves open (sampling,
 * bucket borders) lies outside the 90 % interval of the prediction. Causes are found by predicting again with one thing
 * changed at a time (the configuration that is running, the hit share, step times as ITL says, the observed wait) and counting
 * which deviations that takes away. Fails where the engine does.
 */
[[nodiscard]] Result<Validation> validate(const ObservedPlan& plan, const Observation& observation,
                                          const Engine& engine, RunContext& context);

/** In what the running servers differ from the plan, with `candidate` changed to what runs as far as that can be expressed. */
[[nodiscard]] std::vector<ConfigurationDifference>
configurationDifferences(const ObservedPlan& plan, const Observation& observation,
                         Candidate& candidate);

[[nodiscard]] nlohmann::ordered_json toJson(const Validation& validation);
[[nodiscard]] nlohmann::ordered_json toJson(const Observation& observation);

} // namespace llmd

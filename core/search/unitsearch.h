// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "operatingpoint.h"
#include "space.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace llmd {

constexpr std::size_t constraintCount = static_cast<std::size_t>(Constraint::Dominated) + 1;

/** The candidate that came nearest to passing one constraint. */
struct Miss
{
    double relative = 0; ///< excess over the limit, 0.1 = 10 %; 0 where there is no measure
    Candidate candidate;
    double found =
        0; ///< in the constraint's own unit: bytes, tokens, seconds, GPUs, US dollars per month
    double limit = 0;
    std::string note; ///< end of the sentence, for constraints without figures
};

/** What the search of one unit found. */
struct UnitResult
{
    std::vector<Option> options;
    std::array<std::uint64_t, constraintCount> counts {};
    std::array<std::optional<Miss>, constraintCount> misses;
    bool cancelled = false;

    /** Notes `count` refusals; `miss` is kept if none came nearer. */
    void refuse(Constraint constraint, std::uint64_t count, Miss miss);
};

/** What all units of one search share. */
struct SearchInput
{
    const Requirements& requirements;
    const ResolvedNeed& need;
    const SpelledSpace& spelled;
    const SearchSpace& space; ///< its values
    const EngineVersionProfile& profile;
    SemanticVersion version;
    const Engine& engine;
    RunContext& context;

    [[nodiscard]] RequestsPerSecond peakRate() const { return need.peakLoad.load.rate; }
    [[nodiscard]] RequestsPerSecond meanRate() const { return need.meanLoad.load.rate; }
};

/** All layouts and settings of one model on one kind of GPU. Deterministic. */
class UnitSearch
{
public:
    UnitSearch(const SearchInput& input, const SearchUnit& unit);
    [[nodiscard]] UnitResult run();
    /** Whether nothing of it can run whatever the layout, because of the GPU, the context, the price or the kind of model. */
    [[nodiscard]] bool isRefusedAsAWhole() const;

private:
    /** Settings with their capacity, and the sizing that follows. */
    struct Contender
    {
        Candidate candidate;
        std::unique_ptr<Predictor> predictor;
        double poolTokens = 0; ///< of the KV cache
        std::size_t order = 0; ///< among the settings that it is compared with
        std::optional<std::size_t>
            faster {}; ///< order of those that it is known to be faster than, at less capacity
        int step = 0; ///< capacity on the rate grid
        std::optional<Estimate> beyond {}; ///< one step above; nothing at the end of the grid
        int replicas = 0; ///< for the peak with head-room
        Estimate atPeak {}; ///< of one replica
    };

    /** Settings that were found to be dominated by others when those were the best so far. */
    struct Removed
    {
        Candidate candidate;
        double poolTokens = 0;
        std::size_t order = 0;
        std::size_t by = 0; ///< order of those others
        EngineSettings better;
    };

    /** What settings that behave alike are refused for. */
    struct Verdict
    {
        Constraint constraint = Constraint::Dominated;
        double found = 0;
        double limit = 0;
    };

    /** Settings that were judged, with what they used of their limits at the highest load that the verdict rests on. */
    struct Judged
    {
        EngineSettings engine;
        double poolTokens = 0;
        double running = 0; ///< sequences
        double poolUsed = 0; ///< tokens
        Verdict verdict;
    };

    /** Seconds of a request that is alone on the server, under a token budget. */
    struct Unloaded
    {
        int maxNumBatchedTokens = 0;
        double e2e = 0;
    };

    [[nodiscard]] std::optional<std::pair<Constraint, Miss>> obstacle() const;
    [[nodiscard]] bool refusedAsAWhole();
    void searchLayout(const Parallelism& shape);
    [[nodiscard]] bool layoutRefused(const Candidate& candidate);
    void searchVariant(const Parallelism& shape, const SettingsVariant& variant,
                       std::vector<Contender>& kept);
    [[nodiscard]] bool variantRefused(const Candidate& smallest);
    [[nodiscard]] std::vector<Candidate> settings(const Candidate& like) const;
    [[nodiscard]] std::uint64_t
    combinations() const; ///< of max_num_seqs and max_num_batched_tokens
    [[nodiscard]] std::optional<double> poolTokens(const Candidate& candidate, std::uint64_t count);
    [[nodiscard]] const Judged* judgedAlike(const Candidate& candidate, double poolTokens) const;
    [[nodiscard]] bool seatsLimit(const Candidate& candidate, const Contender& best) const;
    void judge(const Contender& contender, const Estimate& estimate, const Verdict& verdict);
    void contend(const Candidate& candidate, double poolTokens, std::vector<Contender>& kept);
    void keep(Contender contender, Result<bool> wanted, std::vector<Contender>& kept);
    [[nodiscard]] Result<Contender> contender(const Candidate& candidate, double poolTokens,
                                              std::size_t order) const;
    void remove(const Candidate& candidate, double poolTokens, std::size_t order,
                const Contender& better);
    [[nodiscard]] Result<bool> contendFirst(Contender& contender);
    [[nodiscard]] Result<bool> settle(Contender& contender, CapacitySearch::Probe light);
    [[nodiscard]] Result<bool> settleIfIdleMeets(Contender& contender,
                                                 std::optional<std::size_t> faster);
    [[nodiscard]] Result<bool> contendAgainst(const Contender& best, Contender& contender);
    [[nodiscard]] Result<void> size(Contender& contender) const;
    [[nodiscard]] bool notSlower(const Estimate& a, const Estimate& b) const;
    [[nodiscard]] bool dominates(const Contender& better, const Contender& contender) const;
    void dropDominated(std::vector<Contender>& kept);
    [[nodiscard]] bool restoreOrphans(std::vector<Contender>& kept,
                                      const std::vector<std::size_t>& dominatedBy);
    void finish(std::vector<Contender>& kept);
    [[nodiscard]] bool withinLimits(const Contender& contender, Constraint& broken,
                                    Miss& miss) const;
    [[nodiscard]] Miss countMiss(const Candidate& candidate, int replicas) const;
    [[nodiscard]] Result<Option> option(const Contender& contender) const;
    void refuse(Constraint constraint, const Candidate& candidate, std::uint64_t count,
                double found, double limit);
    void refuseWithNote(Constraint constraint, const Candidate& candidate, std::uint64_t count,
                        std::string note);
    void refuseLatency(const Contender& contender, const Estimate& estimate);
    void refuseDominated(const Candidate& candidate, const EngineSettings& better);
    void failed(const Candidate& candidate, const Error& error);

    [[nodiscard]] CapacitySearch point(const Contender& contender) const
    {
        return { *contender.predictor, m_input.need.slo, m_input.context };
    }

    const SearchInput& m_input;
    const SearchUnit& m_unit;
    EngineSettings m_defaults; ///< what the engine would choose itself on this GPU
    Candidate m_plain; ///< model, GPU and the settings that never change
    UnitResult m_result;
    // Of the layout at hand, among the settings that can be compared:
    std::uint64_t m_dominated = 0;
    std::size_t m_order = 0; ///< settings seen
    std::vector<Removed> m_removed;
    // … and of these that differ in max_num_seqs and max_num_batched_tokens alone:
    std::vector<Judged> m_judged;
    std::optional<Unloaded> m_unloaded;
    bool m_hasFeatures = false; ///< that vLLM may refuse for some of the settings
};

} // namespace llmd

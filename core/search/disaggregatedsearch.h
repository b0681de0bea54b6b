// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "unitsearch.h"

#include <core/candidate/disaggregationrules.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * Prefill and decode on servers of their own: all layouts of one model with the decode servers on the unit's GPU and the
 * prefill servers on that of `prefill`, which may be the same. Deterministic.
 *
 * Where there are more than four shapes (without pipeline stages), each role keeps those on its front of price and time. Per pair the counts of both roles are matched to the peak with head-room: they start where
 * each role's capacity carries the rate, the role that breaks a target grows until all are met, and then both shrink
 * while that holds. Prefill servers get the largest token budget of the space that fits (they decode nothing that long steps
 * would disturb), decode servers the most sequences that fit; the kinds of KV cache and of speculation in the space are tried, the same on both
 * sides. Pairs that another pair dominates in cost and all latencies at
 * the peak are refused.
 */
class DisaggregatedSearch
{
public:
    DisaggregatedSearch(const SearchInput& input, const SearchUnit& decode,
                        const SearchUnit& prefill);
    /** Adds options and refusals; one combination per pair of sizes. */
    void run(UnitResult& result);

private:
    /** Counts of servers under trial, with what they do at the rate to plan for. */
    struct Sizing
    {
        Candidate candidate;
        std::unique_ptr<Predictor> predictor;
        Estimate planned;
        TargetRatios ratios;
    };

    /** What a shape costs and takes in one role, with a server of its own kind for the other. */
    struct RoleFigures
    {
        Candidate candidate;
        Parallelism shape;
        DollarsPerSecond price; ///< of one request per second
        Seconds time; ///< of the prompt's steps, or of a decode step, without load
    };
    struct RoleShapes
    {
        std::vector<Parallelism> prefill;
        std::vector<Parallelism> decode;
    };

    void searchVariant(const SettingsVariant& variant);
    [[nodiscard]] RoleShapes roleShapes(const SettingsVariant& variant);
    [[nodiscard]] std::vector<Parallelism> front(const std::vector<RoleFigures>& all,
                                                 std::string_view role);
    [[nodiscard]] std::optional<Candidate>
    layout(const Parallelism& prefill, const Parallelism& decode, const SettingsVariant& variant);
    [[nodiscard]] bool chooseSettings(Candidate& candidate);
    [[nodiscard]] bool fitsRole(const Candidate& role);
    void searchLayout(const Candidate& candidate);
    [[nodiscard]] Result<std::optional<Sizing>> size(const Candidate& candidate);
    [[nodiscard]] Result<Sizing> tryCounts(Candidate candidate, int prefill, int decode) const;
    [[nodiscard]] Result<std::optional<Sizing>> grow(Sizing sizing);
    [[nodiscard]] Result<Sizing> shrink(Sizing sizing) const;
    [[nodiscard]] bool withinLimits(const Candidate& candidate);
    [[nodiscard]] bool mayShrinkIntoLimits(const Candidate& candidate) const;
    [[nodiscard]] Result<Option> option(const Sizing& sizing) const;
    void refuseLatency(const Sizing& sizing);
    void keepBest();
    void dropDominated();
    [[nodiscard]] double monthlyCost(const Candidate& candidate) const;
    [[nodiscard]] RequestsPerSecond plannedRate() const;
    void failed(const Candidate& candidate, const Error& error);

    const SearchInput& m_input;
    const SearchUnit& m_decode;
    const SearchUnit& m_prefill;
    UnitResult* m_result = nullptr;
    std::vector<Option> m_options; ///< that can be compared
};

/** Whether groups of two sizes find room on the GPUs of an offer; each stays within one server or scale-up domain. */
[[nodiscard]] bool haveRoom(const GpuOffer& offer, const Pool& a, const Pool& b);

} // namespace llmd

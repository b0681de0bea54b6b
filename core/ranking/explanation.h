// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tradeoff.h"

#include <core/base/runcontext.h>
#include <core/performance/engine.h>
#include <core/search/operatingpoint.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** What ends the load that one replica of an option carries within the targets. */
struct LoadLimit
{
    enum class Kind {
        Ttft,
        Itl,
        E2e,
        Seats, ///< max_num_seqs: requests queue for a place in the batch
        Memory, ///< the KV pool is full
        Compute, ///< neither: steps cannot go faster
    };
    Kind kind = Kind::Compute;
    RequestsPerSecond capacity; ///< of one replica
    TargetRatios ratios; ///< predicted / limit just beyond the capacity
    double seats = 0; ///< share of max_num_seqs in use there
    double pool = 0; ///< share of the KV pool in use there
    std::string text; ///< "ITL p95 reaches its target of 40 ms at 12.4 requests/s per replica; …"
};
[[nodiscard]] std::string_view toString(LoadLimit::Kind kind); ///< "ttft", "seats" …

/** The cheapest option that is better in one respect beyond the uncertainty of both. */
struct BetterOption
{
    TradeoffAxis axis = TradeoffAxis::E2e;
    std::size_t option = 0; ///< index in the report
    double morePerMonth = 0; ///< US dollars; may be 0
    std::string text; ///< "for $4,100 more per month: TTFT p95 210 ms instead of 354 ms (…)"
};

struct OptionExplanation
{
    LoadLimit limit;
    std::vector<BetterOption> better; ///< by cost; axes without a better option are absent
    std::vector<std::string> unbeaten; ///< "no option has a TTFT that is surely lower"
};

/**
 * What limits an option of a report and what the next better ones cost, of those that cost as much or more. Asks the
 * engine, which should be that of the report, for one prediction just beyond the capacity. Fails where the engine does.
 */
[[nodiscard]] Result<OptionExplanation> explainOption(const SearchReport& report,
                                                      std::size_t option, const Engine& engine,
                                                      RunContext& context);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.h"

#include <core/candidate/candidate.h>

namespace llmd {

using Joules = decltype(Watts() * Seconds());
using JoulesPerToken = decltype(Watts() / TokensPerSecond());

/**
 * What a GPU draws, as shares of the datasheet's limit (TDP). Between idle and the limit the draw follows what the
 * chip does, as servers do (Fan, Weber, Barroso: "Power Provisioning for a Warehouse-sized Computer", ISCA 2007):
 *
 *     draw = TDP x (idle + (1 - idle) x busy x (prefill + (1 - prefill) x (memory x m + compute x c)))
 *
 * with the share of time in which a step runs, the share of that in prefill, and m and c the shares of a decode step in
 * which memory and arithmetic would be busy. Nothing here is fitted to the deployment at hand: 25 % either way is usual.
 */
struct PowerModel
{
    /** 80 W of an idle H200 with 700 W (serialalice.pt GPU energy benchmark, seen 2026-11-25). */
    double idle = 0.115;
    /**
     * Decoding small batches is bound by memory and draws up to 300 W of 700 W on an H200 (Ma et al.:
     * "The Illusion of Power Capping in LLM Decode", arXiv:2605.11999, 2026): (300 - 80) / (700 - 80).
     */
    double memory = 0.355;
    /** The rest: matrix arithmetic at full rate brings a GPU to its limit, as in prefill (same source). */
    double compute = 0.645;
};

/** Busy and prefill shares, and where the time of a decode step goes, are those of the estimate of one replica. */
[[nodiscard]] Watts gpuPower(const Gpu& gpu, const Estimate& replica, const PowerModel& model = {});

/**
 * All GPUs of the part of a deployment that the estimate is of: a replica, or a disaggregated deployment, whose prefill
 * servers are as active as they are busy.
 */
[[nodiscard]] Watts partPower(const Candidate& candidate, const Estimate& part,
                              const PowerModel& model = {});

/** One sentence: the formula and where its figures are from. */
[[nodiscard]] const char* powerModelSource();

} // namespace llmd

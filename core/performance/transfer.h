// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/candidate/candidate.h>

#include <string>

namespace llmd {

/**
 * The way of one prompt's KV cache from a prefill to a decode server, compiled from a disaggregated candidate. Seconds
 * and bytes. Where a candidate does not say, datasheet bandwidths with an assumed efficiency and assumed latencies hold.
 */
struct TransferLink
{
    double bytes = 0; ///< of one prompt on all links together
    double sendBytes = 0; ///< from the busiest prefill GPU
    double receiveBytes = 0; ///< to the busiest decode GPU
    double bandwidth = 1; ///< B/s of one GPU's link, one direction
    std::string bandwidthSource; ///< for people
    double latency = 0; ///< of a hand-over without its bytes
    double overlap = 0; ///< share of the bytes that can hide behind the last chunk
    double wire = 0; ///< a prompt's bytes on idle links
    double busyPerRequest = 0; ///< of the busiest side's links, spread over all of them

    /** Bytes of the busiest link. */
    [[nodiscard]] double bytesPerGpu() const;
    /** Requests per second that fill the busiest side's links. */
    [[nodiscard]] double capacity() const;
};

/**
 * `tokens`: mean prompt tokens that the decode server does not have. Fails where neither the candidate nor the datasheets
 * give a bandwidth (shared storage).
 */
[[nodiscard]] Result<TransferLink> transferLink(const Candidate& candidate, double tokens);

/** One hand-over at a load. */
struct TransferTime
{
    double utilization = 0;
    double contention = 0;
    double hidden = 0;
    double total = 0; ///< latency + wire + contention - hidden
};

/**
 * `rate`: of all transfers; `lastChunk`: seconds of the prompt's last step, behind which bytes may hide. Transfers share a
 * link evenly (processor sharing, M/G/1: wire / (1 - utilisation), whatever the sizes). `others`: share of
 * the load that a transfer meets, 1 in an open loop.
 */
[[nodiscard]] TransferTime transferTime(const TransferLink& link, double rate, double lastChunk,
                                        double others);

} // namespace llmd

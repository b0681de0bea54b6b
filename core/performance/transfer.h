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

/** The same for prompts of any length, for engines that follow single requests. */
class TransferTimes
{
public:
    /** Fails as `transferLink` does. */
    [[nodiscard]] static Result<TransferTimes> make(const Candidate& candidate);

    /** Seconds that idle links of the busiest prefill (decode) GPU need for a prompt of so many tokens. */
    [[nodiscard]] double send(double tokens) const
    {
        return m_sendersPerReceiver * receive(tokens);
    }
    [[nodiscard]] double receive(double tokens) const;
    [[nodiscard]] double wire(double tokens) const;
    [[nodiscard]] double latency() const { return m_latency; }
    [[nodiscard]] double overlap() const { return m_overlap; }
    [[nodiscard]] bool stored() const { return m_stored; } ///< written as a whole, then read

private:
    explicit TransferTimes(Candidate decode)
        : m_decode(std::move(decode))
    { }

    Candidate m_decode;
    double m_bandwidth = 1;
    double m_sendersPerReceiver = 1; ///< bytes of a sender per byte of a receiver
    double m_latency = 0;
    double m_overlap = 0;
    bool m_stored = false;
};

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

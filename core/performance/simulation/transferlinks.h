// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace llmd {

/**
 * KV caches on their way between groups of GPUs. A group shares its links evenly among what it sends or receives; a
 * transfer is as fast as the slower of its two ends allows, or, where everything is written to a storage and read
 * again, as both one after the other. Work per change is proportional to the transfers under way. Deterministic: equal times
 * in the order in which the transfers were begun.
 */
class TransferLinks
{
public:
    struct Job
    {
        RequestId id = noRequest;
        std::size_t sender = 0;
        std::size_t receiver = 0;
        double send = 0; ///< s that idle links of the sender take
        double receive = 0; ///< the same of the receiver
        double share = 1; ///< of it that is still to travel when the job begins
    };

    /** `stored`: written as a whole before it is read. */
    TransferLinks(std::size_t senders, std::size_t receivers, bool stored);

    /** Begins at `time`, which is not before the latest event and may be later. */
    void begin(const Job& job, double time);
    /** When `advance` must be called next; infinite when nothing is under way. */
    [[nodiscard]] double nextEvent() const { return m_next; }
    /** Runs the event at `nextEvent()` and gives the transfers that ended with it. */
    [[nodiscard]] const std::vector<RequestId>& advance();

    [[nodiscard]] std::size_t underWay() const { return m_active.size() + m_pending.size(); }
    /** Seconds of all senders (receivers) with something to send (receive), for utilisations. */
    [[nodiscard]] double sendingTime() const { return m_sendingTime; }
    [[nodiscard]] double receivingTime() const { return m_receivingTime; }

private:
    struct Pending
    {
        double time = 0;
        std::uint64_t order = 0;
        Job job;
    };
    struct Active
    {
        Job job;
        double left = 1; ///< share of the whole transfer
        double rate = 0; ///< shares per second
    };

    void passTo(double time);
    void share();

    bool m_stored;
    std::vector<std::uint32_t> m_sending; ///< transfers by sender
    std::vector<std::uint32_t> m_receiving;
    std::vector<Pending> m_pending; ///< heap, earliest first
    std::vector<Active> m_active; ///< in the order in which they began
    std::vector<RequestId> m_ended;
    std::uint64_t m_order = 0;
    double m_now = 0;
    double m_next;
    double m_sendingTime = 0;
    double m_receivingTime = 0;
    std::size_t m_senders = 0; ///< that send now
    std::size_t m_receivers = 0;
};

} // namespace llmd

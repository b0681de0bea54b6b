// SPDX-License-Identifier: Apache-2.0
#include "transferlinks.h"

#include "replica.h"

#include <algorithm>

namespace llmd {

namespace {

/** What is left of a transfer when rounding ends it. */
constexpr double nothingLeft = 1e-9;

constexpr auto later = [](const auto& a, const auto& b) {
    return a.time > b.time || (a.time == b.time && a.order > b.order);
};

} // namespace

TransferLinks::TransferLinks(std::size_t senders, std::size_t receivers, bool stored)
    : m_stored(stored)
    , m_sending(senders)
    , m_receiving(receivers)
    , m_next(never)
{ }

void TransferLinks::begin(const Job& job, double time)
{
    m_pending.push_back({ std::max(time, m_now), m_order++, job });
    std::push_heap(m_pending.begin(), m_pending.end(), later);
    m_next = std::min(m_next, m_pending.front().time);
}

void TransferLinks::passTo(double time)
{
    const double seconds = time - m_now;
    for (auto& active : m_active)
        active.left -= seconds * active.rate;
    m_sendingTime += seconds * static_cast<double>(m_senders);
    m_receivingTime += seconds * static_cast<double>(m_receivers);
    m_now = time;
}

/** New rates after a change, and when the next one comes. */
void TransferLinks::share()
{
    m_next = m_pending.empty() ? never : m_pending.front().time;
    for (auto& active : m_active) {
        const Job& job = active.job;
        const double send = job.send * m_sending[job.sender];
        const double receive = job.receive * m_receiving[job.receiver];
        const double whole = m_stored ? send + receive : std::max(send, receive);
        active.rate = 1 / std::max(whole, 1e-12);
        m_next = std::min(m_next, m_now + std::max(0.0, active.left) / active.rate);
    }
}

const std::vector<RequestId>& TransferLinks::advance()
{
    const double time = m_next;
    passTo(time);
    m_ended.clear();
    while (!m_pending.empty() && m_pending.front().time <= time) {
        std::pop_heap(m_pending.begin(), m_pending.end(), later);
        const Job job = m_pending.back().job;
        m_pending.pop_back();
        m_senders += m_sending[job.sender]++ == 0 ? 1 : 0;
        m_receivers += m_receiving[job.receiver]++ == 0 ? 1 : 0;
        m_active.push_back({ job, job.share, 0 });
    }
    std::erase_if(m_active, [&](const Active& active) {
        // What ends within the resolution of the clock ends now, or time would stand still.
        const bool over = active.left <= nothingLeft
            || (active.rate > 0 && time + active.left / active.rate <= time);
        if (!over)
            return false;
        m_ended.push_back(active.job.id);
        m_senders -= --m_sending[active.job.sender] == 0 ? 1 : 0;
        m_receivers -= --m_receiving[active.job.receiver] == 0 ? 1 : 0;
        return true;
    });
    share();
    return m_ended;
}

} // namespace llmd

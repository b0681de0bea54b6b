// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replica.h"

#include <cstdint>
#include <vector>

namespace llmd {

/** Times of the replicas' next events, the earliest first; equal times in the order of the replicas. */
class EventHeap
{
public:
    explicit EventHeap(std::size_t count)
        : m_times(count, never)
        , m_heap(count)
        , m_place(count)
    {
        for (std::uint32_t i = 0; i < count; ++i)
            m_heap[i] = m_place[i] = i;
    }

    [[nodiscard]] std::uint32_t first() const { return m_heap.front(); }
    [[nodiscard]] double firstTime() const { return m_times[m_heap.front()]; }

    void update(std::uint32_t replica, double time)
    {
        const double old = m_times[replica];
        m_times[replica] = time;
        if (time < old)
            up(m_place[replica]);
        else if (time > old)
            down(m_place[replica]);
    }

private:
    [[nodiscard]] bool isBefore(std::uint32_t a, std::uint32_t b) const
    {
        return m_times[a] < m_times[b] || (m_times[a] == m_times[b] && a < b);
    }

    void put(std::size_t position, std::uint32_t replica)
    {
        m_heap[position] = replica;
        m_place[replica] = static_cast<std::uint32_t>(position);
    }

    void up(std::size_t position)
    {
        const std::uint32_t replica = m_heap[position];
        for (; position > 0 && isBefore(replica, m_heap[(position - 1) / 2]);
             position = (position - 1) / 2)
            put(position, m_heap[(position - 1) / 2]);
        put(position, replica);
    }

    void down(std::size_t position)
    {
        const std::uint32_t replica = m_heap[position];
        while (true) {
            std::size_t child = 2 * position + 1;
            if (child + 1 < m_heap.size() && isBefore(m_heap[child + 1], m_heap[child]))
                ++child;
            if (child >= m_heap.size() || !isBefore(m_heap[child], replica))
                break;
            put(position, m_heap[child]);
            position = child;
        }
        put(position, replica);
    }

    std::vector<double> m_times;
    std::vector<std::uint32_t> m_heap;
    std::vector<std::uint32_t> m_place;
};

/** Clients that give up after equally long do so in the order in which they came. */
class Deadlines
{
public:
    explicit Deadlines(double patience)
        : m_patience(patience > 0 ? patience : never)
    { }

    [[nodiscard]] double next(const RequestPool& pool) const
    {
        return m_head == noRequest ? never : pool[m_head].spec.arrival + m_patience;
    }
    [[nodiscard]] RequestId front() const { return m_head; }

    void add(RequestPool& pool, RequestId id)
    {
        if (m_patience == never)
            return;
        pool[id].timerPrevious = m_tail;
        pool[id].timerNext = noRequest;
        (m_tail == noRequest ? m_head : pool[m_tail].timerNext) = id;
        m_tail = id;
    }

    void remove(RequestPool& pool, RequestId id)
    {
        if (m_patience == never)
            return;
        const Request& request = pool[id];
        (request.timerPrevious == noRequest ? m_head : pool[request.timerPrevious].timerNext) =
            request.timerNext;
        (request.timerNext == noRequest ? m_tail : pool[request.timerNext].timerPrevious) =
            request.timerPrevious;
    }

private:
    double m_patience;
    RequestId m_head = noRequest;
    RequestId m_tail = noRequest;
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kvtiers.h"
#include "rank.h"
#include "request.h"
#include "steptimer.h"

#include <deque>
#include <limits>
#include <optional>
#include <vector>

namespace llmd {

constexpr double never = std::numeric_limits<double>::infinity();

/** What all replicas of a candidate have in common. */
struct ReplicaSettings
{
    RankLimits rank;
    int dataRanks = 1;
    TierFigures tiers; ///< of a replica with one rank
    /** A step is composed while the one before it runs; else between the two. */
    bool asynchronous = true;
    bool handsOver = false; ///< requests that are through keep their blocks until `release`
    bool fastForward =
        true; ///< false: every step on its own, the same run many times slower; for tests
};

/** Totals of one replica over a stretch of time; for averages divide by `seconds`. */
struct ReplicaUsage
{
    double seconds = 0;
    double busy = 0; ///< a step was running
    double running = 0; ///< sequences x s
    double waiting = 0;
    double blocks = 0; ///< KV blocks referred to x s
    double prefill = 0; ///< s by which prompts made steps longer
    std::uint64_t steps = 0;
    std::uint64_t prefillTokens = 0; ///< computed, prompts and recomputation

    void add(const ReplicaUsage& other);
};

/** Is told what happens in a replica, in the order of time. */
class ReplicaObserver
{
public:
    virtual ~ReplicaObserver() = default;
    /** Prefill is through; the first output token is there. Where decoding is elsewhere this is the hand-over. */
    virtual void firstToken(RequestId id, double time) = 0;
    /** The last token is there, all blocks are free again; the request is to be removed from the pool. */
    virtual void completed(RequestId id, double time) = 0;
    /** Takes blocks for a cache from elsewhere and begins to fetch it at `start`, not before now; `deliver` ends it. */
    virtual void fetches(RequestId, double /*start*/) { }
    /** The replica was like this from `from` to `to`. */
    virtual void passed(double from, double to, const ReplicaUsage& usage) = 0;
};

/**
 * One model server: its ranks run their steps together. Between events time is jumped over: as long as the ranks only
 * decode, the next step that matters is found and the steps before it are added up. Driven from outside by `advance`.
 */
class Replica
{
public:
    Replica(RequestPool& pool, StepTimer& timer, const ReplicaSettings& settings,
            ReplicaObserver& observer);

    /** When `advance` must be called next; `never` when there is nothing to do. */
    [[nodiscard]] double nextEvent() const { return m_next; }
    /**
     * The request comes in at `arrived`, not before the latest event. The server's one front end (tokenizer) is busy with it
     * for `handling` seconds, after those before it, and then hands it to the scheduler.
     */
    void submit(RequestId id, double arrived, double handling = 0);
    /** A request is on its way here by another server: counts as in flight until it is submitted or will not come. */
    void expect() { ++m_inFlight; }
    void expectNoMore() { --m_inFlight; }
    /** The cache of a request that `fetches` told of is there at `time`, not before what was delivered earlier. */
    void deliver(RequestId id, double time);
    /** Frees the blocks of a request that was handed over, and removes it from the pool. */
    void release(RequestId id, double now);
    /** Seconds since the running or latest step began. */
    [[nodiscard]] double stepSeconds(double now) const { return now - m_started; }
    /** The client of a request has gone. It is removed at once if it waits, else with the next step. */
    void abandon(RequestId id, double now);
    /** Runs the event at `nextEvent()`. */
    void advance();
    /** Brings the usage up to a time without an event until then, at the end of a run. */
    void settle(double time);

    [[nodiscard]] std::size_t inFlight() const { return m_inFlight; }
    [[nodiscard]] std::int64_t running() const;
    [[nodiscard]] std::size_t waiting() const;
    /** Share of the KV blocks referred to at `time`, which is not after the next event. */
    [[nodiscard]] double blockUse(double time) const;
    [[nodiscard]] const std::vector<Rank>& ranks() const { return m_ranks; }
    [[nodiscard]] double adapterAffinity(std::uint16_t adapter) const; ///< of its best rank
    [[nodiscard]] std::uint64_t preemptions() const;
    [[nodiscard]] const ReplicaUsage& usage() const { return m_usage; }

private:
    /** Equal steps that are jumped over: the first starts at `start`. */
    struct Stretch
    {
        double start = 0;
        StepTimer::Line line;
        double context =
            0; ///< of the rank that sets the pace: its summed context in the first step
        double growth = 0; ///< tokens by which that grows per step
        std::int64_t steps = 0;

        [[nodiscard]] double after(std::int64_t count) const;
        /** Smallest number of steps, at most `limit`, after which it is `time` or later. */
        [[nodiscard]] std::int64_t stepsUntil(double time, std::int64_t limit) const;
    };

    [[nodiscard]] RankBatch combined(const std::vector<RankStep>& steps) const;
    [[nodiscard]] bool empty(const std::vector<RankStep>& steps) const;
    void compose(std::int64_t step, double begins, std::vector<RankStep>& before,
                 std::vector<RankStep>& composed);
    void endStep(double time);
    void finishStep(double time);
    void finish(RequestId id, double time);
    void receive(double time);
    void loadFromTiers(RequestId id);
    void dropAbandoned();
    void start(double time);
    void plan(double time, double duration);
    void cut(double time);
    void skipStretch();
    void account(double time);
    void wake(double time);
    [[nodiscard]] double nextArrival() const;
    [[nodiscard]] bool deliveriesMatter() const;
    [[nodiscard]] std::uint16_t rankFor() const;
    [[nodiscard]] bool arrivalsMatter() const;

    RequestPool& m_pool;
    StepTimer& m_timer;
    ReplicaObserver& m_observer;
    bool m_fastForward;
    bool m_handsOver;
    std::int64_t m_ahead; ///< steps that are composed while another one runs
    std::vector<Rank> m_ranks;
    std::vector<RankStep> m_current; ///< of each rank; the step that runs
    std::vector<RankStep> m_following; ///< composed, waits for the one that runs
    std::deque<RequestId> m_incoming; ///< not yet in the queue of a rank, in the order of time
    std::deque<RequestId> m_delivered; ///< caches that came for them, in the order of time
    double m_frontEndFree = 0; ///< when the front end has handed over all that came in
    std::optional<KvTiers> m_tiers;
    std::vector<RequestId> m_abandoned; ///< to be taken out before the next step is composed
    std::int64_t m_step = 0; ///< number of the step that runs
    bool m_runs = false;
    double m_started = 0; ///< when the running step began
    double m_outputs = 0; ///< when the outputs of the running step are there
    double m_latest = 0; ///< time of the latest event
    double m_next = never;
    Stretch m_stretch;
    std::size_t m_inFlight = 0;
    ReplicaUsage m_usage;
    double m_prefill = 0; ///< s by which the running step is longer for its prompts
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "prefixindex.h"
#include "random.h"
#include "replica.h"
#include "request.h"

#include <core/base/result.h>
#include <core/base/units.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace llmd {

/** A property of a replica that speaks for sending a request there, as a score from 0 to 1; names as in llm-d's plugins. */
enum class Scorer {
    Queue, ///< fewest waiting: 1 for the least, 0 for the most, all 1 when equal
    KvCacheUtilization, ///< 1 - share of the KV cache in use
    RunningRequests, ///< fewest running, like Queue
    LoadAware, ///< 0.5 x (1 - waiting / 128), at least 0
    PrefixCache, ///< share of the prompt that the router has sent there before, by its own LRU index
    PrecisePrefixCache, ///< share of the prompt that is in the replica's cache
    SessionAffinity, ///< 1 where the conversation was before
    LoraAffinity, ///< 1 where the adapter is in use, 0.8 with a free slot, 0.6 where requests for it wait, else 0
    NoHitLru, ///< without any prefix hit: 1 for the replica that took such a request longest ago … 0; else 0.5
};

struct ScorerWeight
{
    Scorer scorer = Scorer::Queue;
    double weight = 1;

    bool operator==(const ScorerWeight&) const = default;
};

struct RouterSettings
{
    enum class Policy { RoundRobin, LeastLoaded, Random, PrefixAffinity, Weighted };
    Policy policy = Policy::RoundRobin;
    std::vector<ScorerWeight>
        scorers; ///< of Weighted; sums of weight x score decide, ties are drawn
    /** Age that queue, running and KV figures may have: they are read all this long; 0 = always exact. */
    Seconds metricsInterval { 0.050 };
    double indexTokens = 500'000; ///< prompt tokens that the router's index remembers per replica

    bool operator==(const RouterSettings&) const = default;
};

[[nodiscard]] Result<> checkRouter(const RouterSettings& settings);
/** "round-robin", "least-loaded", "random", "prefix-affinity", or scorers as "prefix-cache=3,queue=2,kv-cache-utilization=2". */
[[nodiscard]] Result<RouterSettings> parseRouter(std::string_view text);
[[nodiscard]] std::string toString(const RouterSettings& settings);
/** What llm-d's guides recommend for aggregated serving: prefix 3, queue 2, KV cache 2. */
[[nodiscard]] RouterSettings recommendedRouter();

/** Chooses the replica of each request. One per run. */
class Router
{
public:
    Router(const RouterSettings& settings, const std::vector<std::unique_ptr<Replica>>& replicas,
           Random random);

    [[nodiscard]] std::uint32_t choose(const RequestSpec& spec, double now);
    /** The number of requests in flight at a replica has changed. */
    void loadChanged(std::uint32_t replica);
    /** The state of a replica is about to change: what was read of it until now stays as it is. */
    void beforeChange(std::uint32_t replica, double now);

private:
    struct Metrics
    {
        double waiting = 0;
        double running = 0;
        double blockUse = 0;
        std::int64_t tick = -1; ///< of the reading
    };

    [[nodiscard]] std::uint32_t best(const RequestSpec& spec, double now);
    void addScores(const ScorerWeight& scorer, const RequestSpec& spec);
    void addFewest(double weight, double Metrics::*figure);
    void addNoHitLru(double weight, const RequestSpec& spec);
    [[nodiscard]] double prefixShare(const RequestSpec& spec, std::size_t replica) const;
    void read(std::size_t replica, double time);
    void remember(const RequestSpec& spec, std::uint32_t replica);
    void siftDown(std::size_t position);
    void siftUp(std::size_t position);
    [[nodiscard]] bool isBefore(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] bool uses(Scorer scorer) const;

    RouterSettings m_settings;
    const std::vector<std::unique_ptr<Replica>>& m_replicas;
    Random m_random;
    std::uint32_t m_turn = 0; ///< round robin
    std::uint64_t m_choices = 0;
    std::vector<std::uint64_t>
        m_lastChosen; ///< by replica; ties between equal loads go to the longest unused
    std::vector<std::uint64_t> m_lastCold; ///< by replica: latest request without a prefix hit
    std::vector<std::uint32_t> m_heap; ///< replicas by load, the least loaded first
    std::vector<std::uint32_t> m_place; ///< of each replica in the heap
    std::vector<Metrics> m_metrics;
    std::vector<PrefixIndex> m_prefixes;
    std::vector<double> m_scores;
    std::unordered_map<std::uint64_t, std::uint32_t> m_sessions; ///< conversation to replica
    std::vector<std::uint64_t> m_sessionOrder; ///< ring of the conversations that are remembered
    std::size_t m_sessionCursor = 0;
    bool m_readsMetrics = false;
    bool m_readsPrefixes = false;
    bool m_readsSessions = false;
};

} // namespace llmd

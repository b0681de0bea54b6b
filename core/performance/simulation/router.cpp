// SPDX-License-Identifier: Apache-2.0
#include "router.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

namespace {

constexpr double loadAwareThreshold =
    128; ///< waiting requests, default of llm-d's load-aware scorer
constexpr std::size_t rememberedSessions = 1u << 20;

struct ScorerName
{
    Scorer scorer;
    std::string_view name;
};
constexpr std::array scorerNames {
    ScorerName { Scorer::Queue, "queue" },
    ScorerName { Scorer::KvCacheUtilization, "kv-cache-utilization" },
    ScorerName { Scorer::RunningRequests, "running-requests" },
    ScorerName { Scorer::LoadAware, "load-aware" },
    ScorerName { Scorer::PrefixCache, "prefix-cache" },
    ScorerName { Scorer::PrecisePrefixCache, "precise-prefix-cache" },
    ScorerName { Scorer::SessionAffinity, "session-affinity" },
    ScorerName { Scorer::LoraAffinity, "lora-affinity" },
    ScorerName { Scorer::NoHitLru, "no-hit-lru" },
};

struct PolicyName
{
    RouterSettings::Policy policy;
    std::string_view name;
};
constexpr std::array policyNames {
    PolicyName { RouterSettings::Policy::RoundRobin, "round-robin" },
    PolicyName { RouterSettings::Policy::LeastLoaded, "least-loaded" },
    PolicyName { RouterSettings::Policy::Random, "random" },
    PolicyName { RouterSettings::Policy::PrefixAffinity, "prefix-affinity" },
};

std::string knownNames()
{
    std::vector<std::string> names;
    for (const auto& policy : policyNames)
        names.emplace_back(policy.name);
    std::vector<std::string> scorers;
    for (const auto& scorer : scorerNames)
        scorers.emplace_back(scorer.name);
    return join(names, ", ") + ", or weights such as prefix-cache=3,queue=2 of "
        + join(scorers, ", ");
}

} // namespace

Result<> checkRouter(const RouterSettings& settings)
{
    const auto bad = [](const std::string& text) {
        return failure(ErrorCode::InvalidArgument, "router: " + text);
    };
    const bool weighted = settings.policy == RouterSettings::Policy::Weighted;
    if (weighted != !settings.scorers.empty())
        return bad(weighted ? "weighted routing needs at least one scorer"
                            : "scorers belong to weighted routing");
    for (const auto& scorer : settings.scorers) {
        if (!std::isfinite(scorer.weight) || scorer.weight < 0)
            return bad("weights must be finite and not negative");
    }
    const double interval = settings.metricsInterval.value();
    if (!std::isfinite(interval) || interval < 0)
        return bad("the interval of the metrics must not be negative");
    if (!(settings.indexTokens >= 0))
        return bad("the size of the prefix index must not be negative");
    return {};
}

Result<RouterSettings> parseRouter(std::string_view text)
{
    RouterSettings settings;
    const std::string whole = toLower(trimmed(text));
    for (const auto& policy : policyNames) {
        if (whole == policy.name) {
            settings.policy = policy.policy;
            return settings;
        }
    }
    settings.policy = RouterSettings::Policy::Weighted;
    for (const std::string_view part : split(whole, ',')) {
        const auto equals = part.find_first_of("=:");
        const auto name = trimmed(part.substr(0, equals));
        const auto found =
            std::find_if(scorerNames.begin(), scorerNames.end(),
                         [&](const ScorerName& known) { return known.name == name; });
        if (found == scorerNames.end())
            return failure(ErrorCode::NotFound,
                           "there is no router or scorer '" + std::string(name)
                               + "'; known: " + knownNames());
        ScorerWeight weight { found->scorer, 1 };
        if (equals != std::string_view::npos) {
            const auto value = parseNumber(part.substr(equals + 1));
            if (!value)
                return tl::unexpected(withContext("weight of " + std::string(name))(value.error()));
            weight.weight = *value;
        }
        settings.scorers.push_back(weight);
    }
    return checkRouter(settings).map([&] { return settings; });
}

std::string toString(const RouterSettings& settings)
{
    for (const auto& policy : policyNames) {
        if (policy.policy == settings.policy)
            return std::string(policy.name);
    }
    std::vector<std::string> parts;
    for (const auto& scorer : settings.scorers) {
        const auto found =
            std::find_if(scorerNames.begin(), scorerNames.end(),
                         [&](const ScorerName& known) { return known.scorer == scorer.scorer; });
        parts.push_back(std::string(found->name) + "=" + printNumber(scorer.weight));
    }
    return join(parts, ",");
}

RouterSettings recommendedRouter()
{
    RouterSettings settings;
    settings.policy = RouterSettings::Policy::Weighted;
    settings.scorers = { { Scorer::PrefixCache, 3 },
                         { Scorer::Queue, 2 },
                         { Scorer::KvCacheUtilization, 2 } };
    return settings;
}

Router::Router(const RouterSettings& settings,
               const std::vector<std::unique_ptr<Replica>>& replicas, Random random)
    : m_settings(settings)
    , m_replicas(replicas)
    , m_random(random)
    , m_lastChosen(replicas.size())
    , m_lastCold(replicas.size())
    , m_heap(replicas.size())
    , m_place(replicas.size())
    , m_metrics(replicas.size())
    , m_scores(replicas.size())
{
    for (std::uint32_t i = 0; i < m_heap.size(); ++i)
        m_heap[i] = m_place[i] = i;
    if (settings.policy == RouterSettings::Policy::PrefixAffinity)
        m_settings.scorers = { { Scorer::PrefixCache, 1 } };
    m_readsMetrics = uses(Scorer::Queue) || uses(Scorer::KvCacheUtilization)
        || uses(Scorer::RunningRequests) || uses(Scorer::LoadAware);
    m_readsPrefixes = uses(Scorer::PrefixCache) || uses(Scorer::NoHitLru);
    m_readsSessions = uses(Scorer::SessionAffinity);
    if (m_readsPrefixes)
        m_prefixes.assign(replicas.size(), PrefixIndex(settings.indexTokens));
}

bool Router::uses(Scorer scorer) const
{
    return std::any_of(m_settings.scorers.begin(), m_settings.scorers.end(),
                       [scorer](const ScorerWeight& each) { return each.scorer == scorer; });
}

bool Router::isBefore(std::uint32_t a, std::uint32_t b) const
{
    const auto loadA = m_replicas[a]->inFlight();
    const auto loadB = m_replicas[b]->inFlight();
    if (loadA != loadB)
        return loadA < loadB;
    return m_lastChosen[a] != m_lastChosen[b] ? m_lastChosen[a] < m_lastChosen[b] : a < b;
}

void Router::siftUp(std::size_t position)
{
    const std::uint32_t item = m_heap[position];
    while (position > 0 && isBefore(item, m_heap[(position - 1) / 2])) {
        m_heap[position] = m_heap[(position - 1) / 2];
        m_place[m_heap[position]] = static_cast<std::uint32_t>(position);
        position = (position - 1) / 2;
    }
    m_heap[position] = item;
    m_place[item] = static_cast<std::uint32_t>(position);
}

void Router::siftDown(std::size_t position)
{
    const std::uint32_t item = m_heap[position];
    while (true) {
        std::size_t child = 2 * position + 1;
        if (child >= m_heap.size())
            break;
        if (child + 1 < m_heap.size() && isBefore(m_heap[child + 1], m_heap[child]))
            ++child;
        if (!isBefore(m_heap[child], item))
            break;
        m_heap[position] = m_heap[child];
        m_place[m_heap[position]] = static_cast<std::uint32_t>(position);
        position = child;
    }
    m_heap[position] = item;
    m_place[item] = static_cast<std::uint32_t>(position);
}

void Router::loadChanged(std::uint32_t replica)
{
    if (m_settings.policy != RouterSettings::Policy::LeastLoaded)
        return;
    siftUp(m_place[replica]);
    siftDown(m_place[replica]);
}

void Router::read(std::size_t replica, double time)
{
    Metrics& metrics = m_metrics[replica];
    const Replica& server = *m_replicas[replica];
    metrics.waiting = static_cast<double>(server.waiting());
    metrics.running = static_cast<double>(server.running());
    metrics.blockUse = uses(Scorer::KvCacheUtilization) ? server.blockUse(time) : 0;
}

/**
 * A reading is taken at every multiple of the interval. It is only worked out when somebody asks or when the state that
 * it must show is about to go.
 */
void Router::beforeChange(std::uint32_t replica, double now)
{
    const double interval = m_settings.metricsInterval.value();
    if (!m_readsMetrics || interval <= 0)
        return;
    const auto tick = static_cast<std::int64_t>(now / interval);
    if (m_metrics[replica].tick >= tick)
        return;
    read(replica, static_cast<double>(tick) * interval);
    m_metrics[replica].tick = tick;
}

void Router::addFewest(double weight, double Metrics::*figure)
{
    double low = m_metrics.front().*figure;
    double high = low;
    for (const auto& metrics : m_metrics) {
        low = std::min(low, metrics.*figure);
        high = std::max(high, metrics.*figure);
    }
    for (std::size_t i = 0; i < m_scores.size(); ++i)
        m_scores[i] += weight * (high > low ? (high - m_metrics[i].*figure) / (high - low) : 1);
}

double Router::prefixShare(const RequestSpec& spec, std::size_t replica) const
{
    return static_cast<double>(m_prefixes[replica].matchedTokens(spec)) / spec.prompt;
}

void Router::addNoHitLru(double weight, const RequestSpec& spec)
{
    bool hit = false;
    for (std::size_t i = 0; i < m_scores.size() && !hit; ++i)
        hit = m_prefixes[i].matchedTokens(spec) > 0;
    const auto others = static_cast<double>(std::max<std::size_t>(1, m_scores.size() - 1));
    if (hit || m_scores.size() == 1) {
        for (double& score : m_scores)
            score += weight * 0.5;
        return;
    }
    // Rank by the time of the last cold request; those that never had one are equal and best.
    std::vector<std::uint64_t> sorted = m_lastCold;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < m_scores.size(); ++i) {
        const auto earlier =
            std::lower_bound(sorted.begin(), sorted.end(), m_lastCold[i]) - sorted.begin();
        m_scores[i] += weight * (1 - static_cast<double>(earlier) / others);
    }
}

void Router::addScores(const ScorerWeight& each, const RequestSpec& spec)
{
    const auto add = [&](const auto& scoreOf) {
        for (std::size_t i = 0; i < m_scores.size(); ++i)
            m_scores[i] += each.weight * scoreOf(i);
    };
    switch (each.scorer) {
    case Scorer::Queue:
        return addFewest(each.weight, &Metrics::waiting);
    case Scorer::RunningRequests:
        return addFewest(each.weight, &Metrics::running);
    case Scorer::KvCacheUtilization:
        return add([&](std::size_t i) { return 1 - m_metrics[i].blockUse; });
    case Scorer::LoadAware:
        return add([&](std::size_t i) {
            return 0.5 * std::max(0.0, 1 - m_metrics[i].waiting / loadAwareThreshold);
        });
    case Scorer::PrefixCache:
        return add([&](std::size_t i) { return prefixShare(spec, i); });
    case Scorer::PrecisePrefixCache: {
        Request request;
        request.spec = spec;
        request.target = spec.prompt;
        return add([&](std::size_t i) {
            std::int64_t blocks = 0;
            std::int64_t size = 1;
            for (const auto& rank : m_replicas[i]->ranks()) {
                blocks = std::max(blocks, rank.cache().find(request).blocks);
                size = rank.cache().blockSize();
            }
            return static_cast<double>(blocks * size) / spec.prompt;
        });
    }
    case Scorer::SessionAffinity: {
        const auto found = m_sessions.find(spec.sessionKey);
        if (spec.sessionKey == 0 || found == m_sessions.end())
            return;
        m_scores[found->second] += each.weight;
        return;
    }
    case Scorer::LoraAffinity:
        return add([&](std::size_t i) { return m_replicas[i]->adapterAffinity(spec.adapter); });
    case Scorer::NoHitLru:
        return addNoHitLru(each.weight, spec);
    }
}

std::uint32_t Router::best(const RequestSpec& spec, double now)
{
    const double interval = m_settings.metricsInterval.value();
    for (std::uint32_t i = 0; m_readsMetrics && i < m_replicas.size(); ++i) {
        if (interval > 0)
            beforeChange(i, now);
        else
            read(i, now);
    }
    std::fill(m_scores.begin(), m_scores.end(), 0.0);
    for (const auto& scorer : m_settings.scorers)
        addScores(scorer, spec);
    const double highest = *std::max_element(m_scores.begin(), m_scores.end());
    // Equal up to the rounding of the sums.
    const double least = highest - 1e-12 * std::max(1.0, std::abs(highest));
    const bool byLoad = m_settings.policy == RouterSettings::Policy::PrefixAffinity;
    std::uint32_t chosen = 0;
    std::uint32_t ties = 0;
    for (std::uint32_t i = 0; i < m_scores.size(); ++i) {
        if (m_scores[i] < least)
            continue;
        ++ties;
        if (byLoad ? ties == 1 || isBefore(i, chosen) : m_random.below(ties) == 0)
            chosen = i;
    }
    return chosen;
}

void Router::remember(const RequestSpec& spec, std::uint32_t replica)
{
    if (m_readsPrefixes) {
        if (uses(Scorer::NoHitLru)) {
            bool hit = false;
            for (std::size_t i = 0; i < m_prefixes.size() && !hit; ++i)
                hit = m_prefixes[i].matchedTokens(spec) > 0;
            if (!hit)
                m_lastCold[replica] = m_choices;
        }
        m_prefixes[replica].add(spec);
    }
    if (!m_readsSessions || spec.sessionKey == 0)
        return;
    if (m_sessions.insert_or_assign(spec.sessionKey, replica).second) {
        if (m_sessionOrder.size() < rememberedSessions) {
            m_sessionOrder.push_back(spec.sessionKey);
        } else {
            m_sessions.erase(m_sessionOrder[m_sessionCursor]);
            m_sessionOrder[m_sessionCursor] = spec.sessionKey;
            m_sessionCursor = (m_sessionCursor + 1) % rememberedSessions;
        }
    }
}

std::uint32_t Router::choose(const RequestSpec& spec, double now)
{
    ++m_choices;
    const auto count = static_cast<std::uint32_t>(m_replicas.size());
    std::uint32_t chosen = 0;
    switch (m_settings.policy) {
    case RouterSettings::Policy::RoundRobin:
        chosen = m_turn;
        m_turn = m_turn + 1 < count ? m_turn + 1 : 0;
        break;
    case RouterSettings::Policy::LeastLoaded:
        chosen = m_heap.front();
        break;
    case RouterSettings::Policy::Random:
        chosen = m_random.below(count);
        break;
    case RouterSettings::Policy::PrefixAffinity:
    case RouterSettings::Policy::Weighted:
        chosen = count > 1 ? best(spec, now) : 0;
        break;
    }
    m_lastChosen[chosen] = m_choices;
    if (count > 1)
        remember(spec, chosen);
    return chosen;
}

} // namespace llmd

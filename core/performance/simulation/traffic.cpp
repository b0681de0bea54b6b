// SPDX-License-Identifier: Apache-2.0
#include "traffic.h"

#include <core/base/text.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace llmd {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
/** Clients whose request was refused come back with another one after this long. */
constexpr double refusalPause = 1;
constexpr double longestPrompt = 4e8; ///< tokens; sums of contexts stay far from overflow

/** Purposes of the random streams; a stage adds its index to the last. */
enum Stream : std::uint64_t {
    PromptStream,
    OutputStream,
    TurnStream,
    ThinkStream,
    LevelStream,
    TraceStream,
    UniqueStream,
    ArrivalsStream = 1000
};

enum class KeyKind : std::uint64_t { Group = 1, Unique, Conversation };

/** Keys of segments of different kinds never meet, short of a collision of 64 bits. */
std::uint64_t keyOf(KeyKind kind, std::uint64_t index)
{
    return scrambled(scrambled(static_cast<std::uint64_t>(kind)) ^ index) | 1;
}

constexpr auto laterPending = [](const auto& a, const auto& b) {
    return a.time > b.time || (a.time == b.time && a.order > b.order);
};

tl::unexpected<Error> bad(const std::string& field, const std::string& expected)
{
    return failure(ErrorCode::InvalidArgument, "traffic." + field + ": expected " + expected);
}

Result<> checkLengths(const LengthDistribution& lengths, const std::string& field)
{
    if (!std::isfinite(lengths.mean) || lengths.mean < 1 || lengths.mean > 1e8)
        return bad(field, "a mean from 1 to 1e8");
    if (!std::isfinite(lengths.variation) || lengths.variation < 0 || lengths.variation > 10)
        return bad(field, "a variation from 0 to 10");
    if (lengths.shape == LengthDistribution::Shape::Uniform && lengths.variation > 1)
        return bad(field, "a variation of at most 1 for a uniform distribution");
    return {};
}

Result<> checkStage(const TrafficStage& stage, const std::string& name)
{
    const double duration = stage.duration.value();
    if (!std::isfinite(duration) || duration < 0)
        return bad(name + ".duration", "seconds, not negative");
    if (duration == 0 && stage.requests == 0)
        return bad(name, "a duration or a number of requests");
    if (stage.load.kind == Load::Kind::OpenLoop)
        return checkArrivals(stage.arrivals, stage.load.rate, stage.duration);
    if (!std::isfinite(stage.load.concurrency) || stage.load.concurrency < 1
        || stage.load.concurrency > 1e7)
        return bad(name + ".concurrency", "a number from 1 to 1e7");
    return {};
}

Result<> checkConversations(const Conversations& conversations)
{
    if (auto result = checkLengths(conversations.turns, "conversations.turns"); !result)
        return result;
    if (auto result = checkLengths(conversations.followUp, "conversations.follow_up"); !result)
        return result;
    if (!std::isfinite(conversations.thinkTime.value()) || conversations.thinkTime.value() < 0)
        return bad("conversations.think_time", "seconds, not negative");
    return {};
}

} // namespace

Result<> checkTraffic(const Traffic& traffic)
{
    if (traffic.stages.empty() && (!traffic.trace || traffic.trace->entries.empty()))
        return bad("stages", "at least one stage or a trace with requests");
    if (traffic.stages.size() > 1000)
        return bad("stages", "at most 1000");
    for (std::size_t i = 0; i < traffic.stages.size(); ++i) {
        if (auto result = checkStage(traffic.stages[i], "stages[" + std::to_string(i) + "]");
            !result)
            return result;
    }
    if (!traffic.trace) {
        if (auto result = checkLengths(traffic.prompt, "prompt"); !result)
            return result;
        if (auto result = checkLengths(traffic.output, "output"); !result)
            return result;
    } else if (traffic.trace->entries.empty()) {
        return bad("trace", "at least one request");
    }
    const auto& prefix = traffic.prefix;
    if (!std::isfinite(prefix.sharedTokens) || prefix.sharedTokens < 0 || prefix.sharedTokens > 1e8)
        return bad("prefix.shared_tokens", "a number from 0 to 1e8");
    if (prefix.groups < 1 || prefix.uniquePrompts < 0)
        return bad("prefix", "at least one group, and no negative number of prompts");
    if (!std::isfinite(traffic.thinkTime.value()) || traffic.thinkTime.value() < 0)
        return bad("think_time", "seconds, not negative");
    if (traffic.priorities.size() > 100)
        return bad("priorities", "at most 100 levels");
    for (const double share : traffic.priorities) {
        if (!std::isfinite(share) || share < 0)
            return bad("priorities", "shares, not negative");
    }
    if (!traffic.priorities.empty()
        && !(std::accumulate(traffic.priorities.begin(), traffic.priorities.end(), 0.0) > 0))
        return bad("priorities", "at least one share above zero");
    if (traffic.conversations && traffic.trace)
        return bad("conversations", "none with a trace, which has its own prompts");
    return traffic.conversations ? checkConversations(*traffic.conversations) : Result<>();
}

LengthSampler::LengthSampler(const LengthDistribution& lengths)
    : m_shape(lengths.variation > 0 ? lengths.shape : LengthDistribution::Shape::Constant)
    , m_mean(std::max(1.0, lengths.mean))
{
    if (m_shape == LengthDistribution::Shape::Uniform) {
        m_spread = lengths.variation * m_mean;
    } else if (m_shape == LengthDistribution::Shape::LogNormal) {
        const double variance = std::log1p(lengths.variation * lengths.variation);
        m_spread = std::sqrt(variance);
        m_logMean = std::log(m_mean) - variance / 2;
    }
}

std::uint32_t LengthSampler::draw(Random& random) const
{
    double value = m_mean;
    if (m_shape == LengthDistribution::Shape::Uniform)
        value += m_spread * (2 * random.uniform() - 1);
    else if (m_shape == LengthDistribution::Shape::LogNormal)
        value = std::exp(m_logMean + m_spread * random.normal());
    return static_cast<std::uint32_t>(std::llround(std::clamp(value, 1.0, longestPrompt)));
}

RequestSource::RequestSource(const Traffic& traffic, std::uint64_t seed)
    : m_traffic(traffic)
    , m_seed(seed)
    , m_prompt(traffic.prompt)
    , m_output(traffic.output)
    , m_turns(traffic.conversations ? traffic.conversations->turns : LengthDistribution {})
    , m_followUp(traffic.conversations ? traffic.conversations->followUp : LengthDistribution {})
    , m_promptRandom(seed, PromptStream)
    , m_outputRandom(seed, OutputStream)
    , m_turnRandom(seed, TurnStream)
    , m_thinkRandom(seed, ThinkStream)
    , m_levelRandom(seed, LevelStream)
    , m_traceRandom(seed, TraceStream)
    , m_next(infinite)
{
    if (replaysTrace())
        m_next = traffic.trace->entries.front().arrival;
    else
        startStage(0);
}

double RequestSource::sessionRate() const
{
    const double rate = current().load.rate.value();
    return m_traffic.conversations ? rate / std::max(1.0, m_traffic.conversations->turns.mean)
                                   : rate;
}

void RequestSource::startStage(double start)
{
    const TrafficStage& stage = current();
    m_stageStart = start;
    m_nextStageStart = start + stage.duration.value();
    m_takenInStage = 0;
    m_next = infinite;
    m_stream.reset();
    if (stage.load.kind == Load::Kind::OpenLoop) {
        m_stream.emplace(stage.arrivals, RequestsPerSecond(sessionRate()), stage.duration,
                         Random(m_seed, ArrivalsStream + m_stage));
        scheduleNext();
        return;
    }
    const auto users = static_cast<std::uint64_t>(std::llround(stage.load.concurrency));
    for (std::uint64_t i = 0; i < users && (stage.requests == 0 || i < stage.requests); ++i)
        schedule(start, newSession(true));
}

/** The next arrival of the stream; with stages that follow each other at once, that of the next stage at the end. */
void RequestSource::scheduleNext()
{
    m_next = m_stageStart + m_stream->next();
    const bool counted = current().requests > 0 && m_takenInStage >= current().requests;
    if (!counted && m_next < infinite)
        return;
    m_next = infinite;
    const bool more = m_stage + 1 < m_traffic.stages.size();
    if (!more || counted || m_traffic.drainBetweenStages)
        return;
    ++m_stage;
    startStage(m_nextStageStart);
}

bool RequestSource::startNextStage(double now)
{
    if (replaysTrace() || m_stage + 1 >= m_traffic.stages.size())
        return false;
    ++m_stage;
    m_pending.clear();
    startStage(std::max(now, m_traffic.drainBetweenStages ? now : m_nextStageStart));
    return true;
}

bool RequestSource::mayStart(double time) const
{
    if (replaysTrace())
        return true;
    const TrafficStage& stage = current();
    const double duration = stage.duration.value();
    return (duration <= 0 || time < m_stageStart + duration)
        && (stage.requests == 0 || m_takenInStage < stage.requests);
}

std::uint32_t RequestSource::newSession(bool user)
{
    std::uint32_t index;
    if (m_freeSessions.empty()) {
        index = static_cast<std::uint32_t>(m_sessions.size());
        m_sessions.emplace_back();
    } else {
        index = m_freeSessions.back();
        m_freeSessions.pop_back();
    }
    m_sessions[index] = {};
    m_sessions[index].user = user;
    return index;
}

void RequestSource::schedule(double time, std::uint32_t session)
{
    m_pending.push_back({ time, m_order++, session });
    std::push_heap(m_pending.begin(), m_pending.end(), laterPending);
}

double RequestSource::nextTime() const
{
    return m_pending.empty() ? m_next : std::min(m_next, m_pending.front().time);
}

double RequestSource::think(Seconds mean)
{
    return mean.value() > 0 ? mean.value() * m_thinkRandom.exponential() : 0;
}

RequestSpec RequestSource::take()
{
    RequestSpec spec;
    const bool fromPending = !m_pending.empty() && m_pending.front().time <= m_next;
    std::uint32_t session = 0xffffffffu;
    if (fromPending) {
        spec.arrival = m_pending.front().time;
        session = m_pending.front().session;
        std::pop_heap(m_pending.begin(), m_pending.end(), laterPending);
        m_pending.pop_back();
    } else {
        spec.arrival = m_next;
        if (m_traffic.conversations)
            session = newSession(false);
    }
    // Where stages overlap the stream is already in the next one.
    const bool early = m_stage > 0 && spec.arrival < m_stageStart;
    spec.stage = static_cast<std::uint16_t>(early ? m_stage - 1 : m_stage);
    describe(spec, session);
    ++m_taken;
    ++m_takenInStage;
    m_latestArrival = spec.arrival;
    if (replaysTrace())
        m_next = m_taken < m_traffic.trace->entries.size()
            ? m_traffic.trace->entries[m_taken].arrival
            : infinite;
    else if (!fromPending)
        scheduleNext();
    if (!replaysTrace() && current().requests > 0 && m_takenInStage >= current().requests) {
        m_next = infinite;
        m_pending.clear();
    }
    return spec;
}

void RequestSource::describe(RequestSpec& spec, std::uint32_t session)
{
    spec.session = session;
    if (m_traffic.trace)
        describeTraced(spec);
    else if (m_traffic.conversations)
        describeTurn(spec, m_sessions[session]);
    else
        describeSynthetic(spec);
    if (m_traffic.priorities.empty())
        return;
    double total = 0;
    for (const double share : m_traffic.priorities)
        total += share;
    double draw = m_levelRandom.uniform() * total;
    std::uint8_t level = 0;
    while (level + 1u < m_traffic.priorities.size() && draw >= m_traffic.priorities[level])
        draw -= m_traffic.priorities[level++];
    spec.level = level;
}

void RequestSource::describeTraced(RequestSpec& spec)
{
    const Trace& trace = *m_traffic.trace;
    const auto count = static_cast<std::uint32_t>(trace.entries.size());
    const TraceEntry& entry = trace.entries[replaysTrace() ? m_taken : m_traceRandom.below(count)];
    spec.prompt = entry.prompt;
    spec.output = entry.output;
    spec.level = entry.level;
    spec.traced = trace.segments.data() + entry.firstSegment;
    spec.tracedSegments = entry.segments;
}

void RequestSource::describeSynthetic(RequestSpec& spec)
{
    const PrefixSharing& prefix = m_traffic.prefix;
    const std::uint64_t index = m_started++;
    const auto unique = static_cast<std::uint64_t>(prefix.uniquePrompts);
    const std::uint64_t prompt = unique > 0 ? index % unique : index;
    if (unique > 0) {
        // A prompt that comes again has the same length.
        Random random(m_seed ^ scrambled(prompt), UniqueStream);
        spec.prompt = m_prompt.draw(random);
    } else {
        spec.prompt = m_prompt.draw(m_promptRandom);
    }
    spec.output = m_output.draw(m_outputRandom);
    const auto shared =
        static_cast<std::uint32_t>(std::min<double>(prefix.sharedTokens, spec.prompt));
    if (shared > 0)
        spec.own[spec.ownSegments++] = {
            keyOf(KeyKind::Group, prompt % static_cast<std::uint64_t>(prefix.groups)), shared
        };
    if (unique > 0)
        spec.own[spec.ownSegments++] = { keyOf(KeyKind::Unique, prompt), spec.prompt };
}

void RequestSource::describeTurn(RequestSpec& spec, Session& session)
{
    const PrefixSharing& prefix = m_traffic.prefix;
    if (session.turnsLeft == 0) {
        session.prompt = m_started++;
        session.key = keyOf(KeyKind::Conversation, session.prompt);
        session.turnsLeft = m_turns.draw(m_turnRandom);
        session.context = 0;
    }
    const double prompt = session.context == 0
        ? m_prompt.draw(m_promptRandom)
        : static_cast<double>(session.context) + m_followUp.draw(m_promptRandom);
    spec.prompt = static_cast<std::uint32_t>(std::min(prompt, longestPrompt));
    spec.output = m_output.draw(m_outputRandom);
    spec.sessionKey = session.key;
    const auto shared =
        static_cast<std::uint32_t>(std::min<double>(prefix.sharedTokens, spec.prompt));
    if (shared > 0)
        spec.own[spec.ownSegments++] = {
            keyOf(KeyKind::Group, session.prompt % static_cast<std::uint64_t>(prefix.groups)),
            shared
        };
    spec.own[spec.ownSegments++] = { session.key, spec.prompt };
}

void RequestSource::answered(const RequestSpec& spec, double time, bool refused)
{
    if (spec.session == 0xffffffffu)
        return;
    Session& session = m_sessions[spec.session];
    const bool converses = m_traffic.conversations.has_value();
    if (converses) {
        session.context = spec.prompt + spec.output;
        session.turnsLeft = refused ? 0 : session.turnsLeft - 1;
        if (session.turnsLeft == 0 && !session.user) {
            m_freeSessions.push_back(spec.session);
            return;
        }
    }
    const double pause = refused ? refusalPause : 0;
    const double next =
        time + pause + think(converses ? m_traffic.conversations->thinkTime : m_traffic.thinkTime);
    if (mayStart(next) && spec.stage == m_stage)
        schedule(next, spec.session);
    else
        m_freeSessions.push_back(spec.session);
}

double RequestSource::progress(double now) const
{
    if (replaysTrace())
        return static_cast<double>(m_taken) / static_cast<double>(m_traffic.trace->entries.size());
    const TrafficStage& stage = current();
    double share = 0;
    if (stage.requests > 0)
        share = static_cast<double>(m_takenInStage) / static_cast<double>(stage.requests);
    if (stage.duration.value() > 0)
        share = std::max(share, (now - m_stageStart) / stage.duration.value());
    return std::clamp(share, 0.0, 1.0);
}

} // namespace llmd

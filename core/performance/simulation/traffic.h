// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arrivals.h"
#include "tracefile.h"

#include <core/workload/workload.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace llmd {

/** A part of the traffic with one rate or one number of users. */
struct TrafficStage
{
    Load load; ///< of the whole deployment
    ArrivalProcess arrivals; ///< of an open loop
    Seconds duration; ///< requests start within it; 0 = until `requests` have started
    std::uint64_t requests = 0; ///< at most so many start; 0 = no limit

    bool operator==(const TrafficStage&) const = default;
};

/** Conversations: every turn sends all earlier prompts and outputs again and adds something new. */
struct Conversations
{
    LengthDistribution turns { LengthDistribution::Shape::Constant, 4, 0 };
    LengthDistribution followUp { LengthDistribution::Shape::Constant, 100,
                                  0 }; ///< new prompt tokens per later turn
    Seconds thinkTime; ///< mean, exponential; between an answer and the next turn

    bool operator==(const Conversations&) const = default;
};

/**
 * What arrives at a deployment, request by request. With conversations a rate counts requests, not conversations, and each
 * user of a closed loop holds one conversation after another.
 */
struct Traffic
{
    std::vector<TrafficStage> stages; ///< one after another on the same servers
    bool drainBetweenStages =
        false; ///< a stage starts when all requests of the one before are done
    LengthDistribution prompt;
    LengthDistribution output;
    PrefixSharing prefix;
    Seconds thinkTime; ///< mean, exponential; of a closed loop without conversations
    std::optional<Conversations> conversations;
    std::vector<double> priorities; ///< shares of requests, most urgent first; empty = all alike
    std::shared_ptr<const Trace> trace; ///< its lengths, prefixes and, without stages, its times
};

/** Says what is wrong, with the name of the field. */
[[nodiscard]] Result<> checkTraffic(const Traffic& traffic);

/** Draws token lengths, at least 1. */
class LengthSampler
{
public:
    explicit LengthSampler(const LengthDistribution& lengths = {});
    [[nodiscard]] std::uint32_t draw(Random& random) const;

private:
    LengthDistribution::Shape m_shape;
    double m_mean = 1;
    double m_spread = 0; ///< half width, or the standard deviation of the logarithm
    double m_logMean = 0;
};

/**
 * The requests of a traffic in the order of time, drawn as they are needed. Equal seeds give equal requests whatever
 * serves them, as far as the traffic does not wait for answers.
 */
class RequestSource
{
public:
    /** The traffic must have been checked and outlive the source. */
    RequestSource(const Traffic& traffic, std::uint64_t seed);

    /** Arrival of the next request; infinite when none comes unless an answer or a new stage brings one. */
    [[nodiscard]] double nextTime() const;
    [[nodiscard]] RequestSpec take();
    /** The client of a request got its answer, gave up, or was refused at `time`. */
    void answered(const RequestSpec& spec, double time, bool refused);
    /** Nothing is in flight any more: starts the next stage if one waits for that. False at the end. */
    [[nodiscard]] bool startNextStage(double now);

    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    /** Share of the current stage that has passed, 0 … 1, for progress and for splitting a run into parts. */
    [[nodiscard]] double progress(double now) const;
    [[nodiscard]] std::size_t stage() const { return m_stage; }
    /** Until when requests started in the stage: its end, or the last arrival. */
    [[nodiscard]] double latestArrival() const { return m_latestArrival; }

private:
    struct Session
    {
        std::uint64_t key = 0;
        std::uint32_t context = 0; ///< tokens of earlier turns
        std::uint32_t turnsLeft = 0;
        std::uint64_t prompt = 0; ///< index of its first prompt
        bool user = false; ///< of a closed loop: starts over at the end
    };
    struct Pending ///< an arrival that an answer has brought
    {
        double time = 0;
        std::uint64_t order = 0; ///< ties in the order in which they came
        std::uint32_t session = 0;
    };

    void startStage(double start);
    void scheduleNext();
    [[nodiscard]] bool mayStart(double time) const;
    [[nodiscard]] std::uint32_t newSession(bool user);
    void schedule(double time, std::uint32_t session);
    void describe(RequestSpec& spec, std::uint32_t session);
    void describeTraced(RequestSpec& spec);
    void describeSynthetic(RequestSpec& spec);
    void describeTurn(RequestSpec& spec, Session& session);
    [[nodiscard]] double think(Seconds mean);
    [[nodiscard]] const TrafficStage& current() const { return m_traffic.stages[m_stage]; }
    [[nodiscard]] bool replaysTrace() const { return m_traffic.trace && m_traffic.stages.empty(); }
    [[nodiscard]] double sessionRate() const;

    const Traffic& m_traffic;
    std::uint64_t m_seed;
    LengthSampler m_prompt;
    LengthSampler m_output;
    LengthSampler m_turns;
    LengthSampler m_followUp;
    Random m_promptRandom;
    Random m_outputRandom;
    Random m_turnRandom;
    Random m_thinkRandom;
    Random m_levelRandom;
    Random m_traceRandom;
    std::optional<ArrivalStream> m_stream;
    std::size_t m_stage = 0;
    double m_stageStart = 0;
    double m_nextStageStart = 0; ///< where stages follow each other without a pause
    double m_next; ///< of the stream
    double m_latestArrival = 0;
    std::uint64_t m_taken = 0;
    std::uint64_t m_takenInStage = 0;
    std::uint64_t m_started = 0; ///< prompts drawn in turn
    std::uint64_t m_order = 0;
    std::vector<Session> m_sessions;
    std::vector<std::uint32_t> m_freeSessions;
    std::vector<Pending> m_pending; ///< heap, earliest first
};

} // namespace llmd

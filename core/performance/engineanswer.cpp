// SPDX-License-Identifier: Apache-2.0
#include "engineprotocol.h"

#include <core/base/jsonfields.h>
#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double largestMilliseconds = 1e12;
constexpr double largestRate = 1e9;
constexpr double largestTokenRate = 1e12;
/** Figures of a finite simulation scatter; beyond these shares of each other they are a mistake. */
constexpr double rateTolerance = 1.5;
constexpr double tokenTolerance = 2;
constexpr std::size_t notesLimit = 20;
constexpr std::size_t noteLength = 500;
/** As for our own engines: beyond these shares small errors decide whether requests queue. */
constexpr double nearSeats = 0.8;
constexpr double nearPool = 0.9;

constexpr std::array percentileKeys { "p50_ms", "p90_ms", "p95_ms", "p99_ms" };

/** Reads the answer's parts into one estimate; each function fails with the field that is wrong. */
class AnswerReader
{
public:
    AnswerReader(const JsonFields& root, const EngineQuestion& question)
        : m_root(root)
        , m_question(question)
    { }

    Result<Estimate> read()
    {
        for (const auto step :
             { &AnswerReader::readState, &AnswerReader::readLatencies, &AnswerReader::readRates,
               &AnswerReader::readServer, &AnswerReader::readNotes }) {
            if (const auto result = (this->*step)(); !result)
                return tl::unexpected(result.error());
        }
        if (!m_missing.empty())
            m_estimate.provenance.caveats.push_back(
                "Not stated by the program: " + join(m_missing, ", ") + ".");
        return std::move(m_estimate);
    }

private:
    [[nodiscard]] const Load& load() const { return m_question.workload.load; }

    Result<> readState()
    {
        return m_root.flag("saturated", false).map([this](bool saturated) {
            m_estimate.saturated = saturated;
        });
    }

    Result<> readLatencies()
    {
        for (const auto& [key, latency] :
             { std::pair { "ttft", &m_estimate.ttft }, std::pair { "itl", &m_estimate.itl },
               std::pair { "e2e", &m_estimate.e2e } }) {
            auto read = readLatency(key);
            if (!read)
                return tl::unexpected(read.error());
            *latency = *read;
        }
        // A little slack: both are means over requests that may have been rounded.
        if (m_estimate.e2e.mean < m_estimate.ttft.mean * 0.999)
            return contradiction("e2e.mean_ms is below ttft.mean_ms, but E2E includes TTFT");
        return {};
    }

    Result<LatencyEstimate> readLatency(const char* key)
    {
        if (m_estimate.saturated && !m_root.has(key)) {
            const Seconds never(infinite);
            return LatencyEstimate {
                never, never, never, never, never, IntervalFactors::none(), IntervalFactors::none()
            };
        }
        const auto fields = m_root.object(key);
        if (!fields)
            return tl::unexpected(fields.error());
        const auto mean = fields->number("mean_ms", 0, largestMilliseconds);
        if (!mean)
            return tl::unexpected(mean.error());
        LatencyEstimate latency;
        latency.mean = milliseconds(*mean);
        if (const auto read = readPercentiles(*fields, key, latency); !read)
            return tl::unexpected(read.error());
        const auto meanInterval = readInterval(*fields, "mean_interval_90_ms", *mean);
        if (!meanInterval)
            return tl::unexpected(meanInterval.error());
        const auto tail = readInterval(*fields, "p99_interval_90_ms", inMilliseconds(latency.p99));
        if (!tail)
            return tl::unexpected(tail.error());
        latency.meanInterval = *meanInterval;
        latency.tailInterval = *tail;
        return latency;
    }

    Result<> readPercentiles(const JsonFields& fields, const char* key, LatencyEstimate& latency)
    {
        const std::array targets { &latency.p50, &latency.p90, &latency.p95, &latency.p99 };
        const auto stated = std::count_if(percentileKeys.begin(), percentileKeys.end(),
                                          [&](const char* p) { return fields.has(p); });
        if (stated == 0) {
            for (Seconds* target : targets)
                *target = latency.mean;
            m_missing.push_back(std::string("percentiles of ") + key
                                + " (the mean stands in for them)");
            return {};
        }
        double before = 0;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const auto value = fields.number(percentileKeys[i], 0, largestMilliseconds);
            if (!value) {
                if (fields.has(percentileKeys[i]))
                    return tl::unexpected(value.error());
                return contradiction(std::string(key) + "." + percentileKeys[i]
                                     + " is missing; state all of p50, p90, p95 and p99 or none");
            }
            if (*value < before)
                return contradiction(std::string(key) + "." + percentileKeys[i] + " is "
                                     + printNumber(*value) + ", below " + percentileKeys[i - 1]
                                     + " with " + printNumber(before));
            before = *value;
            *targets[i] = milliseconds(*value);
        }
        if (inMilliseconds(latency.mean) > 0 && before == 0)
            return contradiction(std::string(key) + ": p99_ms is 0 although mean_ms is not");
        return {};
    }

    /** `[low, high]` around a value, as factors; none if absent. */
    Result<IntervalFactors> readInterval(const JsonFields& fields, const char* key, double value)
    {
        if (!fields.has(key))
            return IntervalFactors::none();
        const auto& pair = fields.json()[key];
        const std::string expected = "[low, high] with low <= " + printNumber(value) + " <= high";
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number())
            return fields.bad(ErrorCode::WrongType, key, expected);
        const double low = pair[0].get<double>();
        const double high = pair[1].get<double>();
        // The value itself may be rounded.
        if (!(low >= 0 && low <= value * 1.001 && high >= value * 0.999 && std::isfinite(high)))
            return fields.bad(ErrorCode::InvalidArgument, key, expected);
        if (value <= 0)
            return IntervalFactors::none();
        return IntervalFactors { std::min(1.0, low / value), std::max(1.0, high / value) };
    }

    Result<> readRates()
    {
        const auto rate = m_root.number("request_rate_rps", 0, largestRate);
        if (!rate)
            return tl::unexpected(rate.error());
        const double offered = load().rate.value();
        if (load().kind == Load::Kind::OpenLoop && *rate > offered * rateTolerance)
            return contradiction("request_rate_rps is " + printNumber(*rate) + ", but only "
                                 + printNumber(offered) + " requests/s arrive at the replica");
        const double outputMean = m_question.workload.output.mean;
        const double implied = *rate * outputMean;
        const auto tokens = m_root.number("output_tokens_per_s", 0, largestTokenRate, implied);
        if (!tokens)
            return tl::unexpected(tokens.error());
        if (*tokens > implied * tokenTolerance || *tokens * tokenTolerance < implied)
            return contradiction("output_tokens_per_s is " + printNumber(*tokens)
                                 + ", but request_rate_rps x output tokens is "
                                 + printNumber(implied));
        const auto interval = readInterval(m_root, "output_tokens_interval_90_per_s", *tokens);
        if (!interval)
            return tl::unexpected(interval.error());
        m_estimate.requestRate = RequestsPerSecond(*rate);
        m_estimate.outputThroughput = TokensPerSecond(*tokens);
        m_estimate.totalThroughput =
            TokensPerSecond(*tokens + *rate * m_question.workload.prompt.mean);
        m_estimate.throughputInterval = *interval;
        return {};
    }

    Result<> readServer()
    {
        const double seats = m_question.candidate.engine.maxNumSeqs;
        const double inFlight =
            m_estimate.requestRate.value() * m_estimate.e2e.mean.value(); // Little's law
        const double latest = std::isfinite(inFlight) ? inFlight : seats;
        const auto running = optional("running", 1e9, std::min(seats, latest));
        const auto waiting = optional("waiting", 1e12, 0);
        const double pool = std::max(1.0, m_question.memory.kvCacheTokens);
        const double context =
            m_question.workload.prompt.mean + m_question.workload.output.mean / 2;
        const double use = std::min(1.0, running.value_or(0) * context / pool);
        const auto kv = optional("kv_utilization", 1, use);
        const auto hits = optional("prefix_hit_rate", 1, 0);
        const auto queueing = optional("queueing_ms", largestMilliseconds, 0);
        for (const auto* value : { &running, &waiting, &kv, &hits, &queueing }) {
            if (!*value)
                return tl::unexpected(value->error());
        }
        Estimate& e = m_estimate;
        e.runningPerReplica = *running;
        e.waitingPerReplica = *waiting;
        e.batchUtilization = *running / std::max(1.0, seats);
        e.kvUtilization = *kv;
        e.prefixHitRate = *hits;
        e.queueing = milliseconds(*queueing);
        e.nearSaturation =
            e.saturated || e.batchUtilization > nearSeats || e.kvUtilization > nearPool;
        return {};
    }

    Result<double> optional(const char* key, double high, double fallback)
    {
        if (!m_root.has(key))
            m_missing.emplace_back(key);
        return m_root.number(key, 0, high, fallback);
    }

    Result<> readNotes()
    {
        Provenance& provenance = m_estimate.provenance;
        if (m_root.has("engine_version")) {
            const auto version = m_root.text("engine_version");
            if (!version)
                return tl::unexpected(version.error());
            provenance.engineVersion = printableLine(*version, noteLength);
        } else {
            m_missing.emplace_back("engine_version");
        }
        if (!m_root.has("notes"))
            return {};
        const auto& notes = m_root.json()["notes"];
        if (!notes.is_array() || notes.size() > notesLimit
            || !std::all_of(notes.begin(), notes.end(),
                            [](const auto& note) { return note.is_string(); }))
            return m_root.bad(ErrorCode::WrongType, "notes", "a list of at most 20 texts");
        for (const auto& note : notes) {
            auto line = printableLine(note.template get_ref<const std::string&>(), noteLength);
            if (!line.empty())
                provenance.caveats.push_back(std::move(line));
        }
        return {};
    }

    static tl::unexpected<Error> contradiction(const std::string& text)
    {
        return failure(ErrorCode::InvalidArgument, "the answer contradicts itself: " + text);
    }

    const JsonFields& m_root;
    const EngineQuestion& m_question;
    Estimate m_estimate;
    std::vector<std::string> m_missing;
};

Result<> checkProtocol(const JsonFields& root)
{
    if (!root.json().is_object())
        return failure(ErrorCode::WrongType, "the answer is no JSON object");
    if (root.has("error")) {
        const auto error = root.text("error");
        if (!error)
            return tl::unexpected(error.error());
        return failure(ErrorCode::Unsupported, printableLine(*error, noteLength));
    }
    if (!root.has("protocol") || root.json()["protocol"] != engineProtocolVersion)
        return root.bad(ErrorCode::Unsupported, "protocol",
                        std::to_string(engineProtocolVersion)
                            + ", the version that this planner speaks");
    return {};
}

/** Messages name a field of the answer, which has no file. */
Error withoutPlace(Error error)
{
    error.where.reset();
    error.detail = printableLine(error.detail, 1000);
    return error;
}

} // namespace

Result<Estimate> readEngineAnswer(std::string_view json, const EngineQuestion& question)
{
    if (trimmed(json).empty())
        return failure(ErrorCode::Syntax, "wrote nothing to standard output; expected JSON");
    const auto document = parseJsonText(json, {});
    if (!document) {
        Error error = withoutPlace(document.error());
        error.detail = "the answer is " + error.detail
            + "; it starts with: " + printableLine(json.substr(0, 400), 120);
        return tl::unexpected(std::move(error));
    }
    const JsonFields root(*document, {}, {});
    if (const auto checked = checkProtocol(root); !checked)
        return tl::unexpected(withoutPlace(checked.error()));
    return AnswerReader(root, question).read().map_error(withoutPlace);
}

} // namespace llmd

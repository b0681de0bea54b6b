// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "labelselector.h"
#include "serieshistory.h"

#include <core/base/result.h>
#include <core/base/units.h>

#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace llmd {

/** Where live metrics come from. */
struct MetricsEndpoint
{
    enum class Kind {
        Prometheus, ///< its HTTP API
        Direct, ///< the /metrics pages of the servers themselves
    };
    Kind kind = Kind::Prometheus;
    std::vector<std::string> urls; ///< of Prometheus one
    std::vector<LabelMatcher> selector;
    /** Name of the environment variable that holds a bearer token; read anew each time, and never stored. */
    std::string tokenVariable;
    Seconds timeLimit { 5 }; ///< of one request

    bool operator==(const MetricsEndpoint&) const = default;
};

/** Says what is wrong with an endpoint before anything is asked. */
[[nodiscard]] Result<> checkEndpoint(const MetricsEndpoint& endpoint);

/** What the servers told about themselves beside their metrics, read once from each. */
struct ServerFacts
{
    std::set<std::string> versions;
    std::set<std::string> models;
    std::set<std::string> maxModelLens;

    bool operator==(const ServerFacts&) const = default;
};

/** How one reading went. */
struct MetricsReading
{
    std::size_t samples = 0; ///< of figures that are known
    std::vector<std::string> notes; ///< servers that did not answer, lines that were wrong
};

/**
 * Reads an endpoint into a history. From Prometheus all raw samples of a stretch come by one query, so that restarts between
 * them are seen; a longer past comes by a range query. From servers each page is one sample per series, at the time of this
 * machine, with the address as the label `instance`. One object serves one thread.
 */
class MetricsReader
{
public:
    /** The endpoint must have passed `checkEndpoint`. */
    explicit MetricsReader(MetricsEndpoint endpoint);

    /**
     * Adds what is new. `past` is how far back Prometheus is asked, above one scrape interval. Fails, naming the host and
     * what to do, if nothing could be read: nothing listens, refused (401, 403), not such a server, no answer in time.
     */
    [[nodiscard]] Result<MetricsReading> read(SeriesHistory& history, Seconds past,
                                              std::stop_token stop = {});
    /**
     * The time before what `read` asks for (`recent`), in `step`s, at most 200 of them; does nothing for servers, which have no
     * past. To be called before `read`.
     */
    [[nodiscard]] Result<MetricsReading> readPast(SeriesHistory& history, Seconds recent,
                                                  Seconds past, Seconds step,
                                                  std::stop_token stop = {});

    [[nodiscard]] const MetricsEndpoint& endpoint() const { return m_endpoint; }
    [[nodiscard]] const ServerFacts& facts() const { return m_facts; }

private:
    [[nodiscard]] Result<MetricsReading> readServers(SeriesHistory& history, std::stop_token stop);
    [[nodiscard]] Result<> readPage(const std::string& url, SeriesHistory& history,
                                    MetricsReading& reading, std::stop_token stop);
    void readFacts(const std::string& url, std::stop_token stop);
    [[nodiscard]] Result<MetricsReading> query(const std::string& pathAndQuery,
                                               SeriesHistory& history, std::stop_token stop);
    [[nodiscard]] Result<std::string> get(const std::string& url, std::stop_token stop) const;

    MetricsEndpoint m_endpoint;
    ServerFacts m_facts;
    std::set<std::string> m_asked; ///< servers whose facts were read
};

/** The series of a Prometheus answer ("vector" or "matrix") into a history; fails on anything else. */
[[nodiscard]] Result<MetricsReading>
readPrometheusAnswer(const std::string& json, const std::string& source, SeriesHistory& history);

} // namespace llmd

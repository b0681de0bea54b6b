// SPDX-License-Identifier: Apache-2.0
#include "metricsreader.h"

#include "servingmetrics.h"

#include <core/base/http.h>
#include <core/base/jsonfields.h>
#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace llmd {

namespace {

constexpr int mostSteps = 200;
constexpr std::size_t mostServers = 256;

double now()
{
    using namespace std::chrono;
    return duration<double>(system_clock::now().time_since_epoch()).count();
}

std::string percentEncoded(std::string_view text)
{
    std::string encoded;
    for (const unsigned char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
        encoded += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    }
    return encoded;
}

std::string withoutSlash(std::string url)
{
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url;
}

std::string seriesSelector(const std::vector<LabelMatcher>& matchers)
{
    const std::string rest = selectorText(matchers);
    return fmt::format("{{__name__=~\"{}\"{}{}}}", servingSeriesPattern(), rest.empty() ? "" : ",",
                       rest);
}

/** "http://host:8000/v1/" of a server's metrics page; the page itself is at /metrics unless the address has a path. */
std::string metricsPage(const std::string& url)
{
    const std::string trimmedUrl = withoutSlash(url);
    return trimmedUrl == originOf(url) ? trimmedUrl + "/metrics" : trimmedUrl;
}

tl::unexpected<Error> refused(int status, const std::string& host, const std::string& body)
{
    if (status == 401 || status == 403)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("{} refused access (HTTP {}); name an environment variable "
                                   "that holds a valid bearer token",
                                   host, status));
    if (status == 404)
        return failure(ErrorCode::NotFound,
                       fmt::format("{} has nothing at this address (HTTP 404); give the address "
                                   "of Prometheus itself, or of a server's /metrics page",
                                   host));
    const std::string said = printableLine(trimmed(body), 160);
    return failure(
        ErrorCode::Io,
        fmt::format("{} answered with HTTP {}{}{}", host, status, said.empty() ? "" : ": ", said));
}

/** Takes one [time, "value"] pair. */
bool addPoint(const nlohmann::json& pair, const std::string& name, const MetricLabels& labels,
              SeriesHistory& history)
{
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_string())
        return false;
    const auto value = parseMetricValue(pair[1].get_ref<const std::string&>());
    if (!value)
        return false;
    history.add(name, labels, { pair[0].get<double>(), *value });
    return true;
}

tl::unexpected<Error> notPrometheus(const std::string& source)
{
    return failure(ErrorCode::Syntax,
                   fmt::format("{} does not answer like the HTTP API of Prometheus; check the "
                               "address, which ends before /api/v1",
                               source));
}

} // namespace

Result<> checkEndpoint(const MetricsEndpoint& endpoint)
{
    if (endpoint.urls.empty())
        return failure(ErrorCode::MissingField,
                       "no address; give that of Prometheus or of the servers' /metrics pages");
    if (endpoint.kind == MetricsEndpoint::Kind::Prometheus && endpoint.urls.size() > 1)
        return failure(ErrorCode::InvalidArgument,
                       "only one Prometheus can be read; several addresses are for /metrics pages");
    if (endpoint.urls.size() > mostServers)
        return failure(ErrorCode::LimitExceeded,
                       fmt::format("more than {} addresses; read a deployment of that size through "
                                   "Prometheus",
                                   mostServers));
    for (const std::string& url : endpoint.urls) {
        if (originOf(url).empty())
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("'{}' is no address; expected one such as "
                                       "http://prometheus.example:9090",
                                       printableLine(url, 80)));
        if (url.find('?') != std::string::npos || url.find('#') != std::string::npos)
            return failure(ErrorCode::InvalidArgument,
                           "an address must not have a query; give conditions as a label selector");
        const auto authority = url.find("://") + 3;
        if (url.substr(authority, url.find('/', authority) - authority).find('@')
            != std::string::npos)
            return failure(ErrorCode::InvalidArgument,
                           "an address must not contain a user or password; name an environment "
                           "variable that holds a bearer token");
    }
    const auto& variable = endpoint.tokenVariable;
    if (!variable.empty() && !isLabelName(variable))
        return failure(ErrorCode::InvalidArgument,
                       "the token is given by the name of an environment variable, such as "
                       "PROMETHEUS_TOKEN, and not by itself");
    return {};
}

Result<MetricsReading> readPrometheusAnswer(const std::string& json, const std::string& source,
                                            SeriesHistory& history)
{
    const auto document = parseJsonText(json, source);
    if (!document || !document->is_object())
        return notPrometheus(source);
    const auto status = document->find("status");
    if (status != document->end() && *status == "error") {
        const auto said = document->find("error");
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("{} refused the query: {}", source,
                                   said != document->end() && said->is_string()
                                       ? printableLine(said->get_ref<const std::string&>(), 200)
                                       : "without a reason"));
    }
    const auto data = document->find("data");
    if (data == document->end() || !data->is_object() || !data->contains("result")
        || !(*data)["result"].is_array())
        return notPrometheus(source);
    MetricsReading reading;
    std::size_t bad = 0;
    for (const auto& series : (*data)["result"]) {
        if (!series.is_object() || !series.contains("metric") || !series["metric"].is_object()) {
            ++bad;
            continue;
        }
        MetricLabels labels;
        std::string name;
        for (const auto& [label, value] : series["metric"].items()) {
            if (!value.is_string())
                continue;
            (label == "__name__" ? name : labels[label]) = value.get<std::string>();
        }
        const auto add = [&](const nlohmann::json& pair) {
            addPoint(pair, name, labels, history) ? ++reading.samples : ++bad;
        };
        if (const auto one = series.find("value"); one != series.end())
            add(*one);
        if (const auto many = series.find("values"); many != series.end() && many->is_array()) {
            for (const auto& pair : *many)
                add(pair);
        }
    }
    if (bad > 0)
        reading.notes.push_back(fmt::format("{} values in the answer could not be read", bad));
    return reading;
}

MetricsReader::MetricsReader(MetricsEndpoint endpoint)
    : m_endpoint(std::move(endpoint))
{ }

Result<std::string> MetricsReader::get(const std::string& url, std::stop_token stop) const
{
    HttpRequest request;
    request.url = url;
    request.timeLimit = m_endpoint.timeLimit;
    request.headers.emplace_back("Accept", "text/plain;version=0.0.4, application/json;q=0.9");
    if (!m_endpoint.tokenVariable.empty()) {
        const char* token = std::getenv(m_endpoint.tokenVariable.c_str());
        if (!token || *token == '\0')
            return failure(ErrorCode::MissingField,
                           fmt::format("the environment variable {} for the token is not set",
                                       m_endpoint.tokenVariable));
        request.headers.emplace_back("Authorization", std::string("Bearer ") + token);
    }
    auto response = fetch(request, stop);
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 200) {
        // Prometheus says in the body of a 400 or 422 what is wrong with a query.
        if (response->status == 400 || response->status == 422)
            return std::move(response->body);
        return refused(response->status, originOf(url), response->body);
    }
    return std::move(response->body);
}

Result<MetricsReading> MetricsReader::query(const std::string& pathAndQuery, SeriesHistory& history,
                                            std::stop_token stop)
{
    const std::string& url = m_endpoint.urls.front();
    auto body = get(withoutSlash(url) + pathAndQuery, stop);
    if (!body)
        return tl::unexpected(body.error());
    return readPrometheusAnswer(*body, originOf(url), history);
}

Result<MetricsReading> MetricsReader::read(SeriesHistory& history, Seconds past,
                                           std::stop_token stop)
{
    if (m_endpoint.kind == MetricsEndpoint::Kind::Direct)
        return readServers(history, stop);
    const auto seconds = static_cast<long long>(std::ceil(std::clamp(past.value(), 1.0, 86400.0)));
    const std::string expression =
        fmt::format("{}[{}s]", seriesSelector(m_endpoint.selector), seconds);
    return query("/api/v1/query?query=" + percentEncoded(expression), history, stop);
}

Result<MetricsReading> MetricsReader::readPast(SeriesHistory& history, Seconds recent, Seconds past,
                                               Seconds step, std::stop_token stop)
{
    if (m_endpoint.kind == MetricsEndpoint::Kind::Direct || !(step.value() > 0))
        return MetricsReading {};
    const double steps = std::min<double>(mostSteps, std::floor(past / step));
    if (steps < 1)
        return MetricsReading {};
    const double end = now() - recent.value();
    return query(fmt::format("/api/v1/query_range?query={}&start={:.3f}&end={:.3f}&step={:.3f}",
                             percentEncoded(seriesSelector(m_endpoint.selector)),
                             end - steps * step.value(), end, step.value()),
                 history, stop);
}

Result<> MetricsReader::readPage(const std::string& url, SeriesHistory& history,
                                 MetricsReading& reading, std::stop_token stop)
{
    auto body = get(metricsPage(url), stop);
    if (!body)
        return tl::unexpected(body.error());
    const double time = now();
    auto page = parseExposition(*body, originOf(url));
    if (page.hasErrors())
        return failure(ErrorCode::Syntax, describe(page.issues.back()));
    for (const Issue& issue : page.issues)
        reading.notes.push_back(describe(issue));
    for (MetricSample& sample : page.value) {
        if (!isServingSeries(sample.name))
            continue;
        sample.labels.emplace("instance", originOf(url));
        if (!matches(m_endpoint.selector, sample.labels))
            continue;
        // Where a server states times of its own they may repeat: what counts is when the page was read.
        history.add(sample.name, sample.labels, { time, sample.value });
        ++reading.samples;
    }
    return {};
}

void MetricsReader::readFacts(const std::string& url, std::stop_token stop)
{
    if (!m_asked.insert(url).second)
        return;
    // Both are vLLM's own and may be closed; then nothing is known of version and length.
    if (const auto body = get(originOf(url) + "/version", stop)) {
        const auto json = parseJsonText(*body, "version");
        if (json && json->is_object() && json->contains("version")
            && (*json)["version"].is_string())
            m_facts.versions.insert(printableLine((*json)["version"].get<std::string>(), 60));
    }
    if (const auto body = get(originOf(url) + "/v1/models", stop)) {
        const auto json = parseJsonText(*body, "models");
        if (!json || !json->is_object() || !json->contains("data") || !(*json)["data"].is_array())
            return;
        for (const auto& model : (*json)["data"]) {
            if (!model.is_object())
                continue;
            if (model.contains("root") && model["root"].is_string())
                m_facts.models.insert(printableLine(model["root"].get<std::string>(), 200));
            if (model.contains("max_model_len") && model["max_model_len"].is_number_integer())
                m_facts.maxModelLens.insert(
                    std::to_string(model["max_model_len"].get<long long>()));
        }
    }
}

Result<MetricsReading> MetricsReader::readServers(SeriesHistory& history, std::stop_token stop)
{
    MetricsReading reading;
    std::optional<Error> first;
    std::size_t failed = 0;
    for (const std::string& url : m_endpoint.urls) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped on request");
        if (auto page = readPage(url, history, reading, stop); !page) {
            ++failed;
            reading.notes.push_back(
                fmt::format("{} could not be read: {}", originOf(url), page.error().detail));
            if (!first)
                first = page.error();
        } else {
            readFacts(url, stop);
        }
    }
    if (failed == m_endpoint.urls.size() && first)
        return tl::unexpected(*first);
    return reading;
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
// AIPerf's profile_export_aiperf.json; every metric names its unit.
#include "formats.h"

#include <core/base/text.h>

namespace llmd {

namespace {

/** Older versions keep the metrics under "records". */
ReportNode metricsOf(const ReportNode& root)
{
    return root["time_to_first_token"].exists() || !root["records"].isObject() ? root
                                                                               : root["records"];
}

Distribution readTime(const ReportNode& node)
{
    if (!node.isObject())
        return readDistribution(node); // nothing, with a finding if something else is there
    const auto unit = node["unit"].text();
    const auto factor = secondsPerUnit(unit);
    if (!factor) {
        node.findings().add(Severity::Error, ErrorCode::InvalidArgument,
                            "unknown unit '" + unit + "', expected ms or s", node.path() + ".unit");
        return {};
    }
    return readDistribution(node, *factor);
}

std::optional<double> readRate(const ReportNode& node, std::string_view perSecond)
{
    const auto unit = node["unit"].text();
    if (node.exists() && toLower(unit).find(perSecond) == std::string::npos) {
        node.findings().add(Severity::Error, ErrorCode::InvalidArgument,
                            "unknown unit '" + unit + "', expected a rate per second",
                            node.path() + ".unit");
        return std::nullopt;
    }
    return node["avg"].number();
}

/** Requests that failed; `error_summary` has an entry per kind of error, which newer versions count. */
std::optional<long long> failuresOf(const ReportNode& root, const ReportNode& metrics)
{
    if (const auto errors = metrics["error_request_count"]["avg"].count())
        return errors;
    const auto summary = root["error_summary"];
    if (!summary.exists())
        return std::nullopt;
    long long sum = 0;
    for (std::size_t i = 0; i < summary.size(); ++i) {
        const auto count = summary[i]["count"].count();
        if (!count)
            summary[i].warn("a kind of error without a count was taken for one failure");
        sum += count.value_or(1);
    }
    return sum;
}

void readInput(const ReportNode& config, BenchmarkRecord& record)
{
    record.model = config["endpoint"]["model_names"][0].text();
    const auto load = config["loadgen"];
    record.load.concurrency = load["concurrency"].smallCount();
    if (record.load.concurrency)
        record.origins["concurrency"] = Origin::Config;
    if (const auto rate = load["request_rate"].positive()) {
        record.load.rate = RequestsPerSecond(*rate);
        record.origins["rate"] = Origin::Config;
    }
    const auto prompt = config["input"]["prompt"];
    if (const auto tokens = prompt["input_tokens"]["mean"].positive())
        record.load.nominalInput = Tokens(*tokens);
    if (const auto tokens = prompt["output_tokens"]["mean"].positive())
        record.load.nominalOutput = Tokens(*tokens);
}

} // namespace

bool isAiPerf(const ReportNode& root)
{
    const auto ttft = metricsOf(root)["time_to_first_token"];
    const auto latency = metricsOf(root)["request_latency"];
    return (ttft["unit"].exists() && ttft["avg"].exists())
        || (root["aiperf_version"].exists() && latency["unit"].exists());
}

void readAiPerf(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "aiperf";
    document.formatVersion = root["schema_version"].text();
    const auto metrics = metricsOf(root);
    BenchmarkRecord record;
    record.tool = "aiperf";
    record.toolVersion = root["aiperf_version"].text();
    record.runUid = root["benchmark_id"].text();
    record.start = root["start_time"].text();
    readInput(root["input_config"], record);
    record.failures = failuresOf(root, metrics);
    // `request_count` counts the answered requests.
    if (const auto answered = metrics["request_count"]["avg"].count())
        record.total = *answered + record.failures.value_or(0);
    if (!record.failures)
        root.findings().add(Severity::Info, ErrorCode::MissingField,
                            "the report does not say whether requests failed", "error_summary");
    setMetric(record, Metric::Ttft, readTime(metrics["time_to_first_token"]), "time_to_first_token",
              true);
    // (latency - TTFT) / (output length - 1) of each request, which is TPOT, whatever its name.
    setMetric(record, Metric::Tpot, readTime(metrics["inter_token_latency"]), "inter_token_latency",
              true);
    setMetric(record, Metric::E2e, readTime(metrics["request_latency"]), "request_latency", true);
    setMetric(record, Metric::InputLength, readDistribution(metrics["input_sequence_length"]),
              "input_sequence_length", true);
    setMetric(record, Metric::OutputLength, readDistribution(metrics["output_sequence_length"]),
              "output_sequence_length", true);
    if (const auto rate = readRate(metrics["output_token_throughput"], "/s"))
        record.outputRate = TokensPerSecond(*rate);
    if (const auto rate = readRate(metrics["total_token_throughput"], "/s"))
        record.totalRate = TokensPerSecond(*rate);
    if (const auto rate = readRate(metrics["request_throughput"], "/s"))
        record.requestRate = RequestsPerSecond(*rate);
    if (const auto rate = readRate(metrics["goodput"], "/s"))
        record.goodputRate = RequestsPerSecond(*rate);
    const auto duration = metrics["benchmark_duration"];
    const auto unit = secondsPerUnit(duration["unit"].text());
    if (const auto value = duration["avg"].positive(); value && unit)
        record.duration = Seconds(*value * *unit);
    if (root["was_cancelled"].flag(false))
        record.notes.emplace_back("the run was cancelled before its end");
    checkRequests(root, record);
    document.records.push_back(std::move(record));
}

} // namespace llmd

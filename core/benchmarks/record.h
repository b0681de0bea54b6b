// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/units.h>
#include <core/candidate/candidate.h>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Measurements in one form, whatever tool reported them: seconds, tokens, requests and their rates. */
namespace llmd {

/** What a report may say about a distribution. */
enum class Statistic {
    Mean,
    StdDev,
    Min,
    P0p1,
    P1,
    P5,
    P10,
    P25,
    P50,
    P75,
    P90,
    P95,
    P99,
    P99p9,
    Max
};
constexpr std::size_t statisticCount = 15;
/** "mean", "stddev", "p0p1" (= 0.1 %) … "p99p9", "max". */
[[nodiscard]] std::string_view toString(Statistic statistic);
/** The percentage of a percentile, 0 for `Min` and 100 for `Max`; none for `Mean` and `StdDev`. */
[[nodiscard]] std::optional<double> percentage(Statistic statistic);

/** Those figures of a distribution that were reported, in the base unit of its metric. */
class Distribution
{
public:
    [[nodiscard]] std::optional<double> operator[](Statistic statistic) const
    {
        return m_values[static_cast<std::size_t>(statistic)];
    }
    void set(Statistic statistic, std::optional<double> value)
    {
        m_values[static_cast<std::size_t>(statistic)] = value;
    }
    [[nodiscard]] bool isEmpty() const;
    /** True if something is there and all of it is 0: how several tools write "not measured". */
    [[nodiscard]] bool isAllZero() const;
    void scale(double factor);

    bool operator==(const Distribution&) const = default;

private:
    std::array<std::optional<double>, statisticCount> m_values;
};

/**
 * Canonical definitions: TTFT and E2E per request in seconds; TPOT = (E2E - TTFT) / (n - 1) per request; ITL = gaps
 * between consecutive tokens, pooled; NTPOT = E2E / n per request; the last three in seconds per token; lengths in tokens.
 */
enum class Metric { InputLength, OutputLength, Ttft, Tpot, Itl, Ntpot, E2e };
constexpr std::array<Metric, 7> allMetrics { Metric::InputLength, Metric::OutputLength,
                                             Metric::Ttft,        Metric::Tpot,
                                             Metric::Itl,         Metric::Ntpot,
                                             Metric::E2e };
/** "isl", "osl", "ttft", "tpot", "itl", "ntpot", "e2e". */
[[nodiscard]] std::string_view toString(Metric metric);
[[nodiscard]] bool isLatency(Metric metric);

struct MeasuredMetric
{
    Distribution values;
    std::string definition; ///< the report's own name of it; equal names of one tool mean the same
    bool derived = false; ///< computed by us from other figures

    bool operator==(const MeasuredMetric&) const = default;
};

/** Where a value of a record was found. */
enum class Origin {
    Report, ///< stated by the report itself
    Config, ///< read from the load generator's raw configuration inside the report, or from the file's name
    Sidecar, ///< from another file of the same folder
    ByHand, ///< added by a person
};
[[nodiscard]] std::string_view toString(Origin origin);

/** One kind of engine process in the measured deployment. */
struct ServedEngine
{
    std::string role = "replica"; ///< "replica", "prefill" or "decode"
    int replicas = 1;
    int workers = 1; ///< nodes of one replica
    std::string name; ///< "vllm"
    std::string image; ///< as reported: image reference or free text
    std::string version; ///< of the engine, "0.26.0"; empty = unknown
    std::string model;
    std::string gpu; ///< as reported, "NVIDIA-H100-80GB-HBM3"
    std::optional<int> gpusPerWorker;
    Parallelism parallelism;
    std::map<std::string, std::string>
        args; ///< without leading dashes, `-` for `_`; a flag has an empty value

    bool operator==(const ServedEngine&) const = default;
    /** Unknown if the report does not say. */
    [[nodiscard]] std::optional<int> gpus() const;
};

/** The router in front of the engines. */
struct ServedRouter
{
    std::string version;
    std::string config; ///< EndpointPickerConfig as JSON, empty if none is known
    std::string configHash; ///< of the configuration with old names brought to new ones
    std::string gateway;

    bool operator==(const ServedRouter&) const = default;
};

/** The load that was put on it. */
struct MeasuredLoad
{
    std::optional<RequestsPerSecond>
        rate; ///< requested; absent for closed loops and unlimited rates
    std::optional<int> concurrency;
    std::optional<Tokens> nominalInput;
    std::optional<Tokens> nominalOutput;
    std::string lengths; ///< "fixed", "gaussian", "uniform", "other" or empty
    std::string source; ///< "random", "sampled", "unknown" or empty
    std::optional<Tokens> prefix; ///< shared by a group
    std::optional<int> prefixGroups;
    std::optional<double> turns;
    std::optional<double> burstiness;

    bool operator==(const MeasuredLoad&) const = default;
};

/** One load point: what was served, how it was loaded, and what came out. */
struct BenchmarkRecord
{
    std::string tool; ///< the load generator, "inference-perf"
    std::string toolVersion;
    std::string runUid;
    std::string experimentId;
    std::string description;
    std::optional<int> stage;
    std::string level; ///< "stage", "summary (mixes stages)" or empty
    std::string start; ///< ISO 8601 or as reported
    std::optional<Seconds> duration;

    std::string model;
    std::string precision; ///< of the weights, "fp8"; empty = not said
    std::string gpu; ///< as reported
    std::optional<int> gpus;
    std::optional<bool> disaggregated;
    std::vector<ServedEngine> engines;
    /** Distinct, sorted; "unknown" stands for an engine whose version could not be read. */
    std::vector<std::string> engineVersions;
    ServedRouter router;
    MeasuredLoad load;

    std::optional<long long> total; ///< requests sent
    std::optional<long long> failures;
    std::optional<long long> incomplete; ///< cut off by the end of the run, no failures
    std::map<Metric, MeasuredMetric> metrics;
    std::optional<TokensPerSecond> inputRate;
    std::optional<TokensPerSecond> outputRate;
    std::optional<TokensPerSecond> totalRate;
    std::optional<RequestsPerSecond> requestRate; ///< completed
    std::optional<double> goodputPercent; ///< of the successful requests
    std::optional<RequestsPerSecond> goodputRate;

    std::vector<std::string> notes; ///< what was corrected, renamed or derived
    /** Fields that the report did not state itself: "model", "gpu", "gpus", "engine_version", "rate" … */
    std::map<std::string, Origin> origins;

    bool operator==(const BenchmarkRecord&) const = default;

    /** nullptr if it was not measured. */
    [[nodiscard]] const Distribution* metric(Metric metric) const;
    [[nodiscard]] std::optional<double> mean(Metric metric) const;
    /** Share of the sent requests that were answered; those cut off by the end of the run are left out of both. */
    [[nodiscard]] std::optional<double> successRate() const;
    [[nodiscard]] Origin origin(const std::string& field) const;
    [[nodiscard]] std::optional<int> gpusOf(std::string_view role) const;
    /** "2 x TP4", "2 x TP2 prefill + 1 x TP4 decode", empty if not known. */
    [[nodiscard]] std::string topology() const;
};

/** A figure that is shown but never compared with latencies: start-up times, sessions, cache use. */
struct BenchmarkFact
{
    std::string name;
    double value = 0;
    std::string unit;

    bool operator==(const BenchmarkFact&) const = default;
};

/** What a file beside reports says about all of them: `config.yaml`, `run_metadata.yaml`. */
struct Sidecar
{
    std::string model;
    std::string tool;
    std::string toolVersion;
    std::string experimentId;
    std::string description;
    std::string start;
    std::optional<Tokens> nominalInput;
    std::optional<Tokens> nominalOutput;

    /** Takes over what `other` knows and this one does not. */
    void merge(const Sidecar& other);
    bool operator==(const Sidecar&) const = default;
};

/** A person's additions to reports that lack them; empty fields add nothing. */
struct ManualFields
{
    std::string model;
    std::string precision;
    std::string gpu;
    std::optional<int> gpus;
    std::string engineVersion;

    [[nodiscard]] bool isEmpty() const;
};

/** Fills what is missing in `record` and marks it; returns whether anything changed. */
bool addByHand(BenchmarkRecord& record, const ManualFields& fields);
/** The same from a file of the same folder. */
bool addFromSidecar(BenchmarkRecord& record, const Sidecar& sidecar);

/** One report file. */
struct BenchmarkDocument
{
    std::string format; ///< "benchmark-report", "inference-perf" …, "unknown"
    std::string formatVersion;
    std::string contentHash; ///< SHA-256 in hex of the content without its random identifiers
    std::vector<BenchmarkRecord> records;
    std::vector<BenchmarkFact> facts;
    std::optional<Sidecar> sidecar; ///< if the file is one

    [[nodiscard]] bool isKnown() const { return format != "unknown"; }
};

/**
 * The engine version of an image reference or free text: "docker.io/vllm/vllm-openai:v0.26.0" gives "0.26.0". Empty for a
 * digest, "latest", a blank tag, and for images of llm-d, whose tag is the version of llm-d.
 */
[[nodiscard]] std::string engineVersionOf(std::string_view image);

/**
 * Equal for two reports of the same measurement in different formats: the tool, and six digits of TTFT, TPOT, E2E and
 * output rate.
 * Empty if fewer than two of them are known.
 */
[[nodiscard]] std::string measurementKey(const BenchmarkRecord& record);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "match.h"

#include <core/base/statistics.h>
#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

namespace {

using Shared = std::shared_ptr<const Measurement>;

/** Figures of one latency, of one record or several put together. */
struct MeasuredLatency
{
    Distribution values;
    std::vector<double> means; ///< of each record, for the spread of repeats
};

Distribution latencyPerToken(const BenchmarkRecord& record)
{
    if (const auto* tpot = record.metric(Metric::Tpot); tpot && (*tpot)[Statistic::Mean])
        return *tpot;
    // Gaps pooled over all requests have the same mean, but their percentiles are of gaps and not of requests.
    Distribution values;
    values.set(Statistic::Mean, record.mean(Metric::Itl));
    return values;
}

Distribution latencyOf(const BenchmarkRecord& record, Metric metric)
{
    if (metric == Metric::Tpot)
        return latencyPerToken(record);
    if (const auto* found = record.metric(metric); found && (*found)[Statistic::Mean])
        return *found;
    Distribution values;
    const auto ttft = record.mean(Metric::Ttft);
    const auto tpot = latencyPerToken(record)[Statistic::Mean];
    const auto e2e = record.mean(Metric::E2e);
    auto output = record.mean(Metric::OutputLength);
    if (!output && record.load.nominalOutput)
        output = record.load.nominalOutput->value();
    if (output && tpot && metric == Metric::E2e && ttft)
        values.set(Statistic::Mean, *ttft + *tpot * std::max(0.0, *output - 1));
    if (output && tpot && metric == Metric::Ttft && e2e)
        values.set(Statistic::Mean, std::max(0.0, *e2e - *tpot * std::max(0.0, *output - 1)));
    return values;
}

/** Below this share of what arrives, a server was overloaded; short runs end with some requests under way. */
constexpr double answeredShare = 0.8;
/** Between loads whose first tokens are further apart the curve bends too much to interpolate. */
constexpr double steepest = 4;

constexpr std::array usedStatistics { Statistic::Mean, Statistic::P50, Statistic::P90,
                                      Statistic::P95, Statistic::P99 };

/** Geometric mean with these weights of what all of `parts` state. */
MeasuredLatency combined(const std::vector<Shared>& from, const std::vector<double>& weights,
                         Metric metric)
{
    MeasuredLatency result;
    for (const auto statistic : usedStatistics) {
        double sum = 0;
        bool complete = true;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const auto value = latencyOf(from[i]->record, metric)[statistic];
            complete = complete && value && *value > 0;
            sum += complete ? weights[i] * std::log(*value) : 0;
            if (complete && statistic == Statistic::Mean)
                result.means.push_back(*value);
        }
        if (complete)
            result.values.set(statistic, std::exp(sum));
    }
    return result;
}

/** Where a run like these is expected, from how far the repeats are apart; none from one run alone. */
IntervalFactors spreadOf(const std::vector<double>& means, bool interpolated)
{
    const std::size_t n = means.size();
    if (n < 2 || interpolated)
        return IntervalFactors::none();
    double mean = 0;
    for (const double value : means)
        mean += std::log(value) / static_cast<double>(n);
    double variance = 0;
    for (const double value : means)
        variance += std::pow(std::log(value) - mean, 2) / static_cast<double>(n - 1);
    const double half = studentQuantile90(static_cast<double>(n - 1))
        * std::sqrt(variance * (1 + 1 / static_cast<double>(n)));
    return { std::exp(-half), std::exp(half), true };
}

/** Writes what was measured; percentiles that were not keep the engine's ratio to the mean. True if any was left. */
bool setLatency(LatencyEstimate& latency, const MeasuredLatency& measured, bool interpolated)
{
    const auto mean = measured.values[Statistic::Mean];
    if (!mean)
        return true;
    const double scale = latency.mean.value() > 0 ? *mean / latency.mean.value() : 1;
    bool scaled = false;
    const auto set = [&](Seconds& field, Statistic statistic) {
        const auto value = measured.values[statistic];
        scaled = scaled || !value;
        field = value ? Seconds(*value) : field * scale;
    };
    set(latency.p50, Statistic::P50);
    set(latency.p90, Statistic::P90);
    set(latency.p95, Statistic::P95);
    set(latency.p99, Statistic::P99);
    // Measured and scaled percentiles may not cross.
    latency.p90 = std::max(latency.p90, latency.p50);
    latency.p95 = std::max(latency.p95, latency.p90);
    latency.p99 = std::max(latency.p99, latency.p95);
    latency.mean = Seconds(*mean);
    latency.meanInterval = spreadOf(measured.means, interpolated);
    latency.tailInterval = IntervalFactors::none();
    return scaled;
}

std::optional<double> combinedRate(const std::vector<Shared>& from,
                                   const std::vector<double>& weights,
                                   std::optional<double> (*rate)(const BenchmarkRecord&))
{
    double sum = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const auto value = rate(from[i]->record);
        if (!value || !(*value > 0))
            return std::nullopt;
        sum += weights[i] * std::log(*value);
    }
    return std::exp(sum);
}

void setRates(Estimate& estimate, const std::vector<Shared>& from,
              const std::vector<double>& weights, const Workload& workload)
{
    const auto requests = combinedRate(from, weights, [](const BenchmarkRecord& record) {
        return record.requestRate ? std::optional(record.requestRate->value()) : std::nullopt;
    });
    const auto output = combinedRate(from, weights, [](const BenchmarkRecord& record) {
        return record.outputRate ? std::optional(record.outputRate->value()) : std::nullopt;
    });
    if (requests)
        estimate.requestRate = RequestsPerSecond(*requests);
    else if (output)
        estimate.requestRate = RequestsPerSecond(*output / std::max(1.0, workload.output.mean));
    else if (workload.load.kind == Load::Kind::ClosedLoop && estimate.e2e.mean.value() > 0)
        // Little's law: every slot sends its next request when the last is answered.
        estimate.requestRate =
            RequestsPerSecond(workload.load.concurrency / estimate.e2e.mean.value());
    else
        return; // below saturation what arrives is what completes
    estimate.outputThroughput =
        TokensPerSecond(output.value_or(estimate.requestRate.value() * workload.output.mean));
    estimate.totalThroughput = estimate.outputThroughput
        + TokensPerSecond(estimate.requestRate.value() * workload.prompt.mean);
    estimate.throughputInterval = IntervalFactors::none();
}

std::string sourceText(const Measurement& measurement)
{
    return fmt::format("{} {}{}", measurement.builtin ? "built-in measurement" : "measurement",
                       measurement.id,
                       measurement.source.empty() ? ""
                                                  : " (" + measurement.source
                               + (measurement.date.empty() ? "" : ", " + measurement.date) + ")");
}

std::string loadText(const BenchmarkRecord& record)
{
    if (record.load.rate)
        return printRounded(record.load.rate->value(), 4) + "/s";
    return record.load.concurrency ? std::to_string(*record.load.concurrency) + " at once" : "";
}

AppliedMeasurement applied(const MatchQuery& query, const std::vector<Shared>& from,
                           const std::vector<double>& weights,
                           std::vector<MatchDifference> tolerated, bool interpolated)
{
    AppliedMeasurement result { from, std::move(tolerated), interpolated, query.estimate };
    Estimate& estimate = result.estimate;
    std::vector<std::string> scaled;
    const auto set = [&](const char* name, Metric metric, LatencyEstimate& latency) {
        if (setLatency(latency, combined(from, weights, metric), interpolated))
            scaled.emplace_back(name);
    };
    set("TTFT", Metric::Ttft, estimate.ttft);
    set("ITL", Metric::Tpot, estimate.itl);
    set("E2E", Metric::E2e, estimate.e2e);
    setRates(estimate, from, weights, query.workload);
    // That it was measured shows that it can be served, unless less was answered than arrived.
    const bool open = query.workload.load.kind == Load::Kind::OpenLoop;
    estimate.saturated =
        open && estimate.requestRate.value() < answeredShare * query.workload.load.rate.value();
    estimate.nearSaturation = false;

    Provenance& provenance = estimate.provenance;
    const std::string engine = provenance.engine;
    provenance.label = Provenance::Label::Benchmarked;
    provenance.engineVersion = "vLLM " + join(from.front()->record.engineVersions, ", ");
    if (interpolated)
        provenance.distance =
            fmt::format("interpolated between {} at {} and {} at {}", sourceText(*from[0]),
                        loadText(from[0]->record), sourceText(*from[1]), loadText(from[1]->record));
    else if (from.size() > 1)
        provenance.distance = fmt::format("{} runs of this configuration, the first: {}",
                                          from.size(), sourceText(*from.front()));
    else
        provenance.distance = sourceText(*from.front());
    provenance.caveats.clear();
    for (const auto& difference : result.tolerated)
        provenance.caveats.push_back("within tolerance: " + describe(difference));
    if (!scaled.empty())
        provenance.caveats.push_back(fmt::format(
            "percentiles of {} that were not measured, the batch and the cache are those of engine "
            "{}, scaled to the measured mean",
            join(scaled, ", "), engine));
    return result;
}

/** All tolerated differences of the matches, each field once. */
std::vector<MatchDifference> toleratedOf(const std::vector<const BenchmarkMatch*>& matches)
{
    std::vector<MatchDifference> all;
    for (const auto* match : matches) {
        for (const auto& difference : match->differences) {
            const bool known = std::any_of(all.begin(), all.end(), [&](const auto& other) {
                return other.field == difference.field;
            });
            if (difference.tolerated && !known)
                all.push_back(difference);
        }
    }
    return all;
}

/** Load of a measurement that is exact but for it, of the kind that is planned. */
std::optional<double> loadOnly(const BenchmarkMatch& match)
{
    if (match.version != VersionCheck::Compatible)
        return std::nullopt;
    for (const auto& difference : match.differences) {
        const bool isLoad = difference.field == "rate" || difference.field == "concurrency";
        if (!difference.tolerated && !isLoad)
            return std::nullopt;
    }
    const auto& load = match.measurement->record.load;
    if (load.rate)
        return load.rate->value();
    return load.concurrency ? std::optional<double>(*load.concurrency) : std::nullopt;
}

std::optional<AppliedMeasurement> interpolated(const MatchQuery& query,
                                               const std::vector<BenchmarkMatch>& matches)
{
    const Load& load = query.workload.load;
    const double wanted = load.kind == Load::Kind::OpenLoop ? load.rate.value() : load.concurrency;
    struct Around
    {
        const BenchmarkMatch* below = nullptr;
        const BenchmarkMatch* above = nullptr;
        double low = 0;
        double high = 0;
    };
    std::map<std::string, Around> series;
    for (const auto& match : matches) {
        const auto at = loadOnly(match);
        if (!at || !(*at > 0))
            continue;
        Around& around = series[match.measurement->series];
        if (*at <= wanted && (!around.below || *at > around.low)) {
            around.below = &match;
            around.low = *at;
        } else if (*at > wanted && (!around.above || *at < around.high)) {
            around.above = &match;
            around.high = *at;
        }
    }
    const auto steep = [](const Around& around) {
        const auto low = latencyOf(around.below->measurement->record, Metric::Ttft);
        const auto high = latencyOf(around.above->measurement->record, Metric::Ttft);
        return !low[Statistic::Mean] || !high[Statistic::Mean]
            || *high[Statistic::Mean] > steepest * *low[Statistic::Mean];
    };
    const Around* best = nullptr;
    for (const auto& [name, around] : series) {
        if (!around.below || !around.above
            || around.high / around.low > MatchTolerances().neighbours || steep(around))
            continue;
        if (!best || around.high / around.low < best->high / best->low)
            best = &around;
    }
    if (!best)
        return std::nullopt;
    const double t = std::log(wanted / best->low) / std::log(best->high / best->low);
    auto tolerated = toleratedOf({ best->below, best->above });
    std::erase_if(tolerated, [](const auto& difference) {
        return difference.field == "rate" || difference.field == "concurrency";
    });
    return applied(query, { best->below->measurement, best->above->measurement }, { 1 - t, t },
                   std::move(tolerated), true);
}

const Gpu* gpuOf(const std::string& name, const Catalog& catalog)
{
    return name.empty() ? nullptr : catalog.findGpu(name);
}

Shared shared(StoredRecord stored, const Catalog& catalog)
{
    auto measurement = std::make_shared<Measurement>();
    measurement->id = std::to_string(stored.id);
    measurement->source = stored.file;
    measurement->date = stored.record.start;
    measurement->series =
        (stored.folder.empty() ? stored.file : stored.folder) + "|" + stored.record.experimentId;
    measurement->gpu = gpuOf(stored.record.gpu, catalog);
    measurement->record = std::move(stored.record);
    return measurement;
}

Shared shared(const BuiltinMeasurement& builtin, std::size_t number, const Catalog& catalog)
{
    auto measurement = std::make_shared<Measurement>();
    measurement->id = "b" + std::to_string(number);
    measurement->builtin = true;
    measurement->repeatedPrompts = builtin.repeatedPrompts;
    measurement->source = builtin.sourceText;
    measurement->date = builtin.sourceDate;
    measurement->series = builtin.set + "|" + builtin.record.description;
    measurement->gpu = gpuOf(builtin.record.gpu, catalog);
    measurement->record = builtin.record;
    return measurement;
}

/** How far a row of a list is from a plan, at a glance: only to choose which records are read as a whole. */
double glance(const RecordSummary& row, const Gpu* gpu, const MatchQuery& query)
{
    const auto apart = [](std::optional<double> a, double b) {
        return a && *a > 0 && b > 0 ? std::min(3.0, std::abs(std::log(*a / b))) : 1.5;
    };
    double distance = gpu && gpu->id == query.candidate.gpu->id ? 0 : 8;
    distance += row.gpus == query.candidate.topology.gpus() ? 0 : 1;
    distance += 2 * apart(row.input, query.workload.prompt.mean);
    distance += 2 * apart(row.output, query.workload.output.mean);
    const Load& load = query.workload.load;
    if (load.kind == Load::Kind::OpenLoop)
        return distance + apart(row.rate, load.rate.value());
    return distance
        + apart(row.concurrency ? std::optional<double>(*row.concurrency) : std::nullopt,
                load.concurrency);
}

} // namespace

MeasurementFinder::MeasurementFinder(const Catalog& catalog, BenchmarkStore* store,
                                     std::vector<BuiltinMeasurement> builtin)
    : m_catalog(&catalog)
    , m_store(store)
    , m_builtin(std::move(builtin))
{ }

Result<> MeasurementFinder::read(const std::string& family, const MatchQuery& query)
{
    if (m_families.contains(family))
        return {};
    Family found;
    const auto names = checkpointNames(query.candidate.model->id);
    if (m_store) {
        RecordFilter filter;
        filter.checkpoints = names;
        auto rows = m_store->list(filter);
        if (!rows)
            return tl::unexpected(rows.error());
        found.rows = std::move(*rows);
        std::map<std::string, const Gpu*> known;
        for (const auto& row : found.rows) {
            const auto [it, added] = known.try_emplace(row.gpu);
            if (added)
                it->second = gpuOf(row.gpu, *m_catalog);
            found.gpus.push_back(it->second);
        }
    }
    std::size_t number = 0;
    for (const auto& builtin : m_builtin) {
        ++number;
        const auto name = toLower(builtin.record.model);
        const auto slash = name.rfind('/');
        const auto last = slash == std::string::npos ? name : name.substr(slash + 1);
        if (std::find(names.begin(), names.end(), last) != names.end())
            found.builtin.push_back(shared(builtin, number, *m_catalog));
    }
    m_families.emplace(family, std::move(found));
    return {};
}

Result<std::vector<std::shared_ptr<const Measurement>>>
MeasurementFinder::measurementsFor(const MatchQuery& query)
{
    constexpr std::size_t mostRead = 160; // enough for every load point of the runs that matter
    const std::string key = checkpointNames(query.candidate.model->id).front();
    if (const auto done = read(key, query); !done)
        return tl::unexpected(done.error());
    Family& family = m_families.at(key);
    std::vector<std::pair<double, std::int64_t>> order;
    for (std::size_t i = 0; i < family.rows.size(); ++i)
        order.emplace_back(glance(family.rows[i], family.gpus[i], query), family.rows[i].id);
    const auto kept = std::min(order.size(), mostRead);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept),
                      order.end());
    order.resize(kept);
    RecordFilter missing;
    for (const auto& [distance, id] : order) {
        if (!family.whole.contains(id))
            missing.ids.push_back(id);
    }
    if (!missing.ids.empty()) {
        auto records = m_store->load(missing);
        if (!records)
            return tl::unexpected(records.error());
        for (auto& record : *records) {
            const auto id = record.id;
            family.whole[id] = shared(std::move(record), *m_catalog);
        }
    }
    std::vector<Shared> all;
    for (const auto& [distance, id] : order) {
        if (const auto it = family.whole.find(id); it != family.whole.end())
            all.push_back(it->second);
    }
    all.insert(all.end(), family.builtin.begin(), family.builtin.end());
    return all;
}

Result<MatchOutcome> MeasurementFinder::find(const MatchQuery& query, std::size_t most)
{
    const auto measurements = measurementsFor(query);
    if (!measurements)
        return tl::unexpected(measurements.error());
    std::vector<BenchmarkMatch> matches;
    for (const auto& measurement : *measurements) {
        if (most > 0 || measurement->gpu == query.candidate.gpu)
            matches.push_back(compareWithPlan(measurement, query, *m_catalog));
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const auto& a, const auto& b) { return a.distance < b.distance; });
    MatchOutcome outcome;
    std::vector<const BenchmarkMatch*> exact;
    for (const auto& match : matches) {
        // People's own runs come before public ones of the same configuration.
        if (match.isExact()
            && (exact.empty() || exact.front()->measurement->builtin == match.measurement->builtin))
            exact.push_back(&match);
        else if (match.isExact() && !match.measurement->builtin) {
            exact.assign(1, &match);
        }
    }
    if (!exact.empty()) {
        std::vector<Shared> from;
        for (const auto* match : exact)
            from.push_back(match->measurement);
        const std::vector<double> weights(from.size(), 1.0 / static_cast<double>(from.size()));
        outcome.applied = applied(query, from, weights, toleratedOf(exact), false);
    } else {
        outcome.applied = interpolated(query, matches);
    }
    for (auto& match : matches) {
        const bool used = outcome.applied
            && std::find(outcome.applied->from.begin(), outcome.applied->from.end(),
                         match.measurement)
                != outcome.applied->from.end();
        if (!used && outcome.near.size() < most)
            outcome.near.push_back(std::move(match));
    }
    return outcome;
}

} // namespace llmd

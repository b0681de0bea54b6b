// SPDX-License-Identifier: Apache-2.0
#include "statistics.h"

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::size_t runParts = 20;
constexpr std::size_t mostBuckets = 256;

LatencySummary summaryOf(const QuantileSketch& sketch)
{
    const auto at = [&](double fraction) { return Seconds(sketch.quantile(fraction)); };
    return { sketch.count(),
             Seconds(sketch.mean()),
             Seconds(sketch.minimum()),
             at(0.50),
             at(0.90),
             at(0.95),
             at(0.99),
             at(0.999),
             Seconds(sketch.maximum()) };
}

double ratio(std::uint64_t part, std::uint64_t whole, double fallback)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : fallback;
}

/** One request's way, without sums of others. */
JourneySums partsOf(const Request& request, double responding)
{
    const Journey& j = request.journey;
    return { .requests = 1,
             .frontEnd = (j.queued - request.spec.arrival) + (j.arrived - j.prefilled) + responding,
             .queue = j.admitted - j.queued,
             .prefill = j.prefilled - j.admitted,
             .transfer = j.fetched - j.fetching,
             .firstDecode = (j.fetching - j.arrived) + (request.firstToken - j.fetched),
             .wire = j.wire,
             .hidden = j.hidden };
}

JourneyReport meansOf(const JourneySums& sums)
{
    const auto mean = [&](double sum) {
        return Seconds(sum / static_cast<double>(std::max<std::uint64_t>(1, sums.requests)));
    };
    return { .requests = sums.requests,
             .frontEnd = mean(sums.frontEnd),
             .prefillQueue = mean(sums.queue),
             .prefill = mean(sums.prefill),
             .transfer = mean(sums.transfer),
             .firstDecode = mean(sums.firstDecode),
             .wire = mean(sums.wire),
             .hidden = mean(sums.hidden) };
}

} // namespace

void JourneySums::add(const JourneySums& other)
{
    requests += other.requests;
    for (const auto member : { &JourneySums::frontEnd, &JourneySums::queue, &JourneySums::prefill,
                               &JourneySums::transfer, &JourneySums::firstDecode,
                               &JourneySums::wire, &JourneySums::hidden })
        this->*member += other.*member;
}

void RunSection::merge(const RunSection& other)
{
    ttft.merge(other.ttft);
    itl.merge(other.itl);
    e2e.merge(other.e2e);
    for (const auto member :
         { &RunSection::arrived, &RunSection::timedOut, &RunSection::refused, &RunSection::good,
           &RunSection::goodTtft, &RunSection::goodItl, &RunSection::goodE2e,
           &RunSection::promptTokens, &RunSection::hitTokens, &RunSection::tierTokens,
           &RunSection::outputTokens, &RunSection::doneInside, &RunSection::goodInside,
           &RunSection::promptInside, &RunSection::outputInside })
        this->*member += other.*member;
    usage.add(other.usage);
    waited += other.waited;
    prefilled += other.prefilled;
    loading += other.loading;
    journey.add(other.journey);
    if (other.firstArrival >= 0 && (firstArrival < 0 || other.firstArrival < firstArrival))
        firstArrival = other.firstArrival;
    end = std::max(end, other.end);
}

RunStatistics::RunStatistics(const Scenario& scenario, double blocks)
    : m_limits(scenario.limits)
    , m_blocks(blocks)
{
    const std::size_t stages = std::max<std::size_t>(1, scenario.traffic.stages.size());
    if (!scenario.warmUp && stages == 1)
        m_parts = runParts;
    if (scenario.warmUp)
        m_warmUp = scenario.warmUp->value();
    m_growth.resize(stages);
    for (std::size_t i = 0; i < scenario.traffic.stages.size(); ++i)
        m_growth[i].openLoop = scenario.traffic.stages[i].load.kind == Load::Kind::OpenLoop;
    m_sections.resize(isSplit() ? m_parts : 1 + stages);
}

std::uint16_t RunStatistics::arrive(const RequestSpec& spec, double progress, std::size_t inFlight)
{
    std::size_t index;
    if (isSplit()) {
        const auto parts = static_cast<double>(m_parts);
        index = static_cast<std::size_t>(std::clamp(progress * parts, 0.0, parts - 1));
    } else {
        index = m_warmUp && spec.arrival < *m_warmUp ? 0 : 1 + spec.stage;
    }
    RunSection& section = m_sections[index];
    if (section.firstArrival < 0) {
        section.firstArrival = spec.arrival;
        if (index != m_current && m_arriving)
            m_sections[m_current].end = spec.arrival;
        m_current = index;
    }
    m_arriving = true;
    m_currentStage = spec.stage;
    if (progress >= 0.5) {
        Growth& growth = m_growth[spec.stage];
        if (growth.middle < 0)
            growth.middle = static_cast<double>(inFlight);
        growth.arrived += 1;
        growth.end = static_cast<double>(inFlight);
    }
    section.end = std::max(section.end, spec.arrival);
    ++section.arrived;
    return static_cast<std::uint16_t>(index);
}

void RunStatistics::passed(const ReplicaUsage& usage)
{
    if (m_arriving)
        m_sections[m_current].usage.add(usage);
}

void RunStatistics::pause(double time, std::size_t inFlight)
{
    if (m_arriving) {
        m_sections[m_current].end = std::max(m_sections[m_current].end, time);
        m_growth[m_currentStage].end = static_cast<double>(inFlight);
    }
    m_arriving = false;
}

void RunStatistics::complete(const Request& request, double time, double responding)
{
    RunSection& section = m_sections[request.section];
    const double arrival = request.spec.arrival;
    const double ttft = request.firstToken + responding - arrival;
    const double e2e = time + responding - arrival;
    const double itl =
        request.spec.output > 1 ? (time - request.firstToken) / (request.spec.output - 1) : 0;
    section.ttft.add(ttft);
    section.e2e.add(e2e);
    if (request.spec.output > 1)
        section.itl.add(itl);
    const bool goodTtft = !m_limits.ttft || ttft <= m_limits.ttft->value();
    const bool goodItl = !m_limits.itl || itl <= m_limits.itl->value();
    const bool goodE2e = !m_limits.e2e || e2e <= m_limits.e2e->value();
    const bool good = goodTtft && goodItl && goodE2e;
    section.goodTtft += goodTtft;
    section.goodItl += goodItl;
    section.goodE2e += goodE2e;
    section.good += good;
    section.promptTokens += request.spec.prompt;
    section.hitTokens += request.hit;
    section.tierTokens += request.tierHit;
    section.loading += request.loading;
    section.outputTokens += request.spec.output;
    section.waited += request.waited;
    section.prefilled += std::max(0.0, request.firstToken - request.admitted);
    if (request.journey.prefilled > 0)
        section.journey.add(partsOf(request, responding));
    if (!m_arriving)
        return;
    RunSection& inside = m_sections[m_current];
    ++inside.doneInside;
    inside.goodInside += good;
    inside.promptInside += request.spec.prompt;
    inside.outputInside += request.spec.output;
}

/** MSER (White 1997): leave out the first parts so that the squared standard error of the rest is smallest. */
std::size_t RunStatistics::firstCounted() const
{
    if (!isSplit())
        return 1;
    std::size_t best = 0;
    double smallest = -1;
    for (std::size_t first = 0; first <= m_parts / 2; ++first) {
        double sum = 0;
        double squares = 0;
        double count = 0;
        for (std::size_t i = first; i < m_parts; ++i) {
            if (m_sections[i].e2e.count() == 0)
                continue;
            const double mean = m_sections[i].e2e.mean();
            sum += mean;
            squares += mean * mean;
            ++count;
        }
        if (count < 2)
            break;
        const double error = std::max(0.0, squares - sum * sum / count) / (count * count);
        if (smallest < 0 || error < smallest) {
            smallest = error;
            best = first;
        }
    }
    return best;
}

double RunStatistics::relativeError() const
{
    if (!isSplit())
        return 0;
    double sum = 0;
    double squares = 0;
    double count = 0;
    for (std::size_t i = firstCounted(); i < m_parts; ++i) {
        if (m_sections[i].e2e.count() == 0)
            continue;
        const double mean = m_sections[i].e2e.mean();
        sum += mean;
        squares += mean * mean;
        ++count;
    }
    if (count < 2 || !(sum > 0))
        return 0;
    const double variance = std::max(0.0, squares - sum * sum / count) / (count - 1);
    return std::sqrt(variance / count) / (sum / count);
}

/**
 * The number in flight of a stable system swings around its mean; what more than can be served makes it grow with the
 * arrivals. Growth over the second half counts from two in a hundred arrivals on, beyond a swing of a few square roots.
 */
bool RunStatistics::Growth::isSaturated() const
{
    return openLoop && middle >= 0 && end - middle > 0.02 * arrived + 4 * std::sqrt(middle + 1);
}

StageReport RunStatistics::stageReport(const RunSection& s) const
{
    StageReport report;
    report.start = Seconds(std::max(0.0, s.firstArrival));
    report.end = Seconds(s.end);
    report.arrived = s.arrived;
    report.completed = s.e2e.count();
    report.timedOut = s.timedOut;
    report.refused = s.refused;
    report.ttft = summaryOf(s.ttft);
    report.itl = summaryOf(s.itl);
    report.e2e = summaryOf(s.e2e);
    const double seconds = (report.end - report.start).value();
    if (seconds > 0) {
        const auto perSecond = [&](std::uint64_t count) {
            return static_cast<double>(count) / seconds;
        };
        report.offeredRate = RequestsPerSecond(perSecond(s.arrived));
        report.requestRate = RequestsPerSecond(perSecond(s.doneInside));
        report.outputThroughput = TokensPerSecond(perSecond(s.outputInside));
        report.totalThroughput = TokensPerSecond(perSecond(s.outputInside + s.promptInside));
        report.goodput = RequestsPerSecond(perSecond(s.goodInside));
    }
    report.attainment = ratio(s.good, s.arrived, 1);
    report.ttftAttainment = ratio(s.goodTtft, s.arrived, 1);
    report.itlAttainment = ratio(s.goodItl, s.arrived, 1);
    report.e2eAttainment = ratio(s.goodE2e, s.arrived, 1);
    report.prefixHitRate = ratio(s.hitTokens, s.promptTokens, 0);
    report.tierHitRate = ratio(s.tierTokens, s.promptTokens, 0);
    const auto completed = static_cast<double>(std::max<std::uint64_t>(1, report.completed));
    report.queueing = Seconds(s.waited / completed);
    report.prefill = Seconds(s.prefilled / completed);
    report.tierLoad = Seconds(s.loading / completed);
    const double passed = std::max(1e-12, s.usage.seconds);
    report.running = s.usage.running / passed;
    report.waiting = s.usage.waiting / passed;
    report.kvUtilization = s.usage.blocks / passed / m_blocks;
    report.journey = meansOf(s.journey);
    report.prefillShare = s.usage.busy > 0 ? s.usage.prefill / s.usage.busy : 0;
    return report;
}

void RunStatistics::fill(SimulationReport& report) const
{
    for (const auto& section : m_sections) {
        report.arrived += section.arrived;
        report.completed += section.e2e.count();
        report.timedOut += section.timedOut;
        report.refused += section.refused;
        report.promptTokens += section.promptTokens;
        report.outputTokens += section.outputTokens;
        report.hitTokens += section.hitTokens;
    }
    RunSection all;
    for (std::size_t i = firstCounted(); i < m_sections.size(); ++i) {
        all.merge(m_sections[i]);
        if (isSplit())
            continue;
        report.stages.push_back(stageReport(m_sections[i]));
        report.stages.back().saturated = m_growth[i - 1].isSaturated();
    }
    report.total = stageReport(all);
    report.total.saturated = std::any_of(m_growth.begin(), m_growth.end(),
                                         [](const Growth& growth) { return growth.isSaturated(); });
    if (isSplit())
        report.stages.push_back(report.total);
    report.relativeError = relativeError();
}

std::size_t UsageSeries::bucketAt(double time)
{
    auto index = static_cast<std::size_t>(time / m_width);
    while (index >= mostBuckets) {
        for (std::size_t i = 0; i < m_buckets.size(); i += 2) {
            Bucket merged = m_buckets[i];
            if (i + 1 < m_buckets.size()) {
                const Bucket& other = m_buckets[i + 1];
                merged.running += other.running;
                merged.waiting += other.waiting;
                merged.blocks += other.blocks;
                merged.completed += other.completed;
                merged.output += other.output;
            }
            m_buckets[i / 2] = merged;
        }
        m_buckets.resize((m_buckets.size() + 1) / 2);
        m_width *= 2;
        index = static_cast<std::size_t>(time / m_width);
    }
    if (index >= m_buckets.size())
        m_buckets.resize(index + 1);
    return index;
}

void UsageSeries::add(double from, double to, const ReplicaUsage& usage)
{
    const std::size_t last = bucketAt(to);
    for (std::size_t i = static_cast<std::size_t>(from / m_width); i <= last; ++i) {
        const double begin = std::max(from, static_cast<double>(i) * m_width);
        const double end = std::min(to, static_cast<double>(i + 1) * m_width);
        const double share = std::max(0.0, end - begin) / usage.seconds;
        m_buckets[i].running += share * usage.running;
        m_buckets[i].waiting += share * usage.waiting;
        m_buckets[i].blocks += share * usage.blocks;
    }
}

void UsageSeries::complete(double time, std::uint32_t outputTokens)
{
    Bucket& bucket = m_buckets[bucketAt(time)];
    bucket.completed += 1;
    bucket.output += outputTokens;
}

std::vector<UsageSample> UsageSeries::samples(double end, double totalBlocks) const
{
    std::vector<UsageSample> result;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const Bucket& bucket = m_buckets[i];
        const double start = static_cast<double>(i) * m_width;
        const double seconds = std::min(m_width, end - start);
        if (!(seconds > 0))
            break;
        UsageSample sample;
        sample.start = Seconds(start);
        sample.running = bucket.running / seconds;
        sample.waiting = bucket.waiting / seconds;
        sample.kvUtilization = bucket.blocks / seconds / std::max(1.0, totalBlocks);
        sample.completed = RequestsPerSecond(bucket.completed / seconds);
        sample.output = TokensPerSecond(bucket.output / seconds);
        result.push_back(sample);
    }
    return result;
}

} // namespace llmd

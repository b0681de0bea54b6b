// SPDX-License-Identifier: Apache-2.0
#include "unrecorded.h"

#include <core/base/text.h>
#include <core/performance/steptime.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace llmd {

namespace {

/** Share of the GPUs' matrix rate that the measured pace of a row needs if all its prompts were computed. */
double neededMatrixShare(const ServingRow& row)
{
    if (!row.measuredTpot || !row.measuredTtft || row.candidate.model == nullptr)
        return 0;
    const auto& architecture = row.candidate.model->architecture;
    const Seconds duration = *row.measuredTtft + *row.measuredTpot * row.workload.output.mean;
    const double tokens =
        row.workload.load.concurrency * row.workload.prompt.mean / duration.value();
    const double flops = 2 * tokens * static_cast<double>(architecture.activeParameters());
    const Topology& topology = row.candidate.topology;
    const int gpus =
        topology.disaggregation ? topology.disaggregation->prefill.gpus() : topology.gpus();
    const double rate =
        row.candidate.gpu->rate(architecture.quantization.activations).value() * gpus;
    return rate > 0 ? flops / rate : 0;
}

/** The rows of one model, precision, GPU and engine build were measured in one go. */
std::string sweepOf(const ServingRow& row)
{
    std::string key;
    for (const char* column : { "model", "gpu", "engine", "engine_version", "precision", "mode" }) {
        const auto found = row.columns.find(column);
        key += (found == row.columns.end() ? std::string() : found->second) + '|';
    }
    return key;
}

void setCachedSweepsApart(std::vector<ServingRow>& rows)
{
    constexpr double fastestPrefill =
        0.6; // of the matrix rate; whole servers stay below 0.5 in all other sweeps
    std::map<std::string, double> shares;
    for (const auto& row : rows) {
        if (row.unsupported.empty()) {
            double& share = shares[sweepOf(row)];
            share = std::max(share, neededMatrixShare(row));
        }
    }
    for (auto& row : rows) {
        if (!row.unsupported.empty())
            continue;
        const double share = shares[sweepOf(row)];
        if (share > fastestPrefill) {
            row.setApart =
                "prompts of this sweep must have come from a cache, which the table does "
                "not describe: its fastest row would need "
                + printRounded(100 * share) + " % of the matrix rate to compute them";
        }
    }
}

/** What Little's law says of a measured closed loop. */
struct Occupancy
{
    double waiting = 0; ///< share of a request's time before its first token
    double perRank = 0; ///< sequences that decode on one data-parallel rank
    double sentPerRank = 0; ///< the same if none waited
};

std::optional<Occupancy> occupancy(const ServingRow& row)
{
    const Topology& topology = row.candidate.topology;
    if (!topology.disaggregation || !row.measuredTtft || !row.measuredTpot)
        return std::nullopt;
    const double first = row.measuredTtft->value();
    const double decoding = row.measuredTpot->value() * std::max(1.0, row.workload.output.mean - 1);
    const double ranks = topology.pool.replicas * topology.pool.parallelism.data;
    Occupancy result;
    result.waiting = first / (first + decoding);
    result.sentPerRank = row.workload.load.concurrency / ranks;
    result.perRank = result.sentPerRank * (1 - result.waiting);
    return result;
}

/** The power of two that a rank's sequences stay just below of; 0 if there is none. */
int seatLimit(const Occupancy& o)
{
    constexpr double leastWait = 0.1;
    // Seats stay empty for a moment between two requests; lengths and the ends of a run blur the mean.
    constexpr double below = 0.06;
    constexpr double above = 0.03;
    if (o.waiting < leastWait)
        return 0;
    const double seats = std::exp2(std::ceil(std::log2(o.perRank / (1 + above))));
    const bool full = o.perRank >= (1 - below) * seats;
    return full && seats >= 1 && seats < o.sentPerRank ? static_cast<int>(seats) : 0;
}

/** Seconds to read the whole memory of a decode GPU once and then compute, nothing at the same time. */
double longestStep(const ServingRow& row, const Occupancy& o)
{
    const Gpu& gpu = *row.candidate.gpu;
    const auto& architecture = row.candidate.model->architecture;
    const Parallelism& parallelism = row.candidate.topology.pool.parallelism;
    const double flops = 2 * static_cast<double>(architecture.activeParameters()) * o.perRank
        / (parallelism.tensor * parallelism.pipeline);
    return gpu.usableMemory.value() / gpu.memoryBandwidth.value()
        + flops / std::max(1.0, gpu.rate(architecture.dtype).value());
}

/** Seconds to read the weights that a step with so many sequences needs, at the datasheet's bandwidth. */
double shortestStep(const ServingRow& row, const Occupancy& o, const Catalog& catalog)
{
    static const Coefficients datasheet = rooflineCoefficients();
    const Candidate decode = decodeRole(row.candidate);
    const StepModel model(decode, catalog.engineVersion(decode.engine.version),
                          StepOptions { row.workload.greedy }, datasheet);
    const double sequences = std::max(1.0, o.perRank * decode.topology.pool.parallelism.data);
    return model.breakdown({ .sequences = sequences, .padding = 0 }).weights.value();
}

void judge(ServingRow& row, const Catalog& catalog)
{
    const auto o = occupancy(row);
    if (!o)
        return;
    constexpr double pausing = 3;
    constexpr double waitingForNothing = 0.2;
    const double tpot = row.measuredTpot->value();
    if (const int seats = seatLimit(*o)) {
        row.candidate.engine.maxNumSeqs = seats;
        row.setApart = "decode ranks were full with fewer sequences than were sent (a power of "
                       "two by Little's law): their limit is not recorded";
    } else if (o->sentPerRank <= 1 && o->waiting > waitingForNothing) {
        row.setApart = "requests waited although there was a decode rank for each of them: router "
                       "and limits are not recorded";
    } else if (tpot > pausing * longestStep(row, *o)) {
        row.setApart = "tokens came three times slower than reading all memory of a GPU and all "
                       "arithmetic take: sequences were paused, why is not recorded";
    } else if (tpot < shortestStep(row, *o, catalog)) {
        row.setApart = "tokens came faster than the weights for them can be read at the "
                       "datasheet's bandwidth: several came from one step, how is not recorded";
    }
}

} // namespace

void setUnrecordedApart(std::vector<ServingRow>& rows, const Catalog& catalog)
{
    setCachedSweepsApart(rows);
    for (auto& row : rows) {
        if (row.unsupported.empty() && row.setApart.empty())
            judge(row, catalog);
    }
}

} // namespace llmd

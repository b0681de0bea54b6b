// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builtinmeasurements.h"
#include "store.h"

#include <core/base/result.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/performance/estimate.h>
#include <core/workload/workload.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/** Measurements in place of estimates, where exactly the planned deployment was measured under the planned load. */
namespace llmd {

/** How far a measurement may be from what is planned and still stand for it. Everything else must be equal. */
struct MatchTolerances
{
    double length = 0.10; ///< relative, of mean prompt and output lengths
    double load = 0.05; ///< relative, of the request rate or of the requests in flight
    double sharedPrefix = 0.10; ///< of the prompt: share of prompt tokens in common prefixes
    double lengthVariation = 0.30; ///< absolute, of the coefficient of variation of lengths
    double memoryUtilization = 0.051; ///< absolute, of `gpu_memory_utilization`
    double failures = 0.01; ///< largest share of failed requests
    double neighbours = 2.1; ///< largest ratio of two loads that are interpolated between
};

/** A load point with where it came from. */
struct Measurement
{
    std::string id; ///< "17" of the store, "b3" built in
    std::string source; ///< file, or who published it
    std::string date; ///< of the measurement or its publication; may be empty
    std::string series; ///< equal for load points of one run
    bool builtin = false;
    bool repeatedPrompts = false; ///< prompts came from a small set and were nearly all cached
    const Gpu* gpu = nullptr; ///< the catalog's; nullptr if the report's is not known there
    BenchmarkRecord record;
};

/** One way in which a measured deployment differs from a planned one. */
struct MatchDifference
{
    std::string field; ///< "gpu", "layout", "max-num-seqs", "rate" …
    std::string measured;
    std::string planned;
    double weight = 1; ///< how much it takes away from the worth of the measurement
    bool tolerated = false; ///< within `MatchTolerances`, or without effect here
};
/** "rate: 8/s measured, 10/s planned" */
[[nodiscard]] std::string describe(const MatchDifference& difference);

enum class VersionCheck {
    Compatible, ///< the same release of the engine, patches aside
    Different,
    Unknown, ///< the report does not say: it cannot be verified
};
[[nodiscard]] std::string_view
toString(VersionCheck check); ///< "compatible", "different", "cannot verify"

/** A measurement with all its differences, heaviest first. */
struct BenchmarkMatch
{
    std::shared_ptr<const Measurement> measurement;
    std::vector<MatchDifference> differences;
    VersionCheck version = VersionCheck::Unknown;
    double distance = 0; ///< sum of the weights

    /** Nothing speaks against showing it in place of an estimate. */
    [[nodiscard]] bool isExact() const;
};

/** An estimate whose latencies and rates were measured. */
struct AppliedMeasurement
{
    std::vector<std::shared_ptr<const Measurement>>
        from; ///< repeats of a point, or the two around it
    std::vector<MatchDifference> tolerated;
    bool interpolated = false; ///< between two load points of one series
    Estimate estimate; ///< label Benchmarked; what was not measured is the engine's, and named
};

struct MatchOutcome
{
    std::optional<AppliedMeasurement> applied;
    std::vector<BenchmarkMatch> near; ///< that were not applied, nearest first
};

/** The names under which a checkpoint and its quantised forms are published: lower case, without publisher. */
[[nodiscard]] std::vector<std::string> checkpointNames(std::string_view model);

/**
 * How the weights of a measured checkpoint were stored: "16 bit", "fp8", "int8", "int4", "fp4"; from the report, the arguments of
 * the server, the name or the catalog, in this order. Empty if none says.
 */
[[nodiscard]] std::string measuredPrecision(const BenchmarkRecord& record, const Catalog& catalog);

/** A deployment and the load on it, with what an engine estimates for them. */
struct MatchQuery
{
    const Candidate& candidate;
    const Workload& workload; ///< load of the whole deployment
    const Estimate& estimate;
};

/** Compares one measurement with a plan. */
[[nodiscard]] BenchmarkMatch compareWithPlan(std::shared_ptr<const Measurement> measurement,
                                             const MatchQuery& query, const Catalog& catalog,
                                             const MatchTolerances& tolerances = {});

/**
 * Finds what was measured of a model, in the store by one indexed query and among the built-in measurements, and keeps it for the
 * next plan. One object serves one thread.
 */
class MeasurementFinder
{
public:
    /** `store` may be nullptr: then only `builtin` is looked through. Both arguments of reference type must stay. */
    MeasurementFinder(const Catalog& catalog, BenchmarkStore* store,
                      std::vector<BuiltinMeasurement> builtin);

    /**
     * What was measured of the candidate's model, with at most `most` near matches; 0 only looks for what can be applied. A measurement is applied if it is exact;
     * several of them are repeats, whose spread gives the interval. Else two load points of one series around the planned load,
     * exact but for it, are interpolated in log-log. Fails on a store that cannot be read.
     */
    [[nodiscard]] Result<MatchOutcome> find(const MatchQuery& query, std::size_t most = 5);

private:
    using Shared = std::shared_ptr<const Measurement>;
    [[nodiscard]] Result<> read(const std::string& family, const MatchQuery& query);
    [[nodiscard]] Result<std::vector<Shared>> measurementsFor(const MatchQuery& query);

    /** All rows of a model, and those of them that were read as a whole. */
    struct Family
    {
        std::vector<RecordSummary> rows;
        std::vector<const Gpu*> gpus; ///< of the rows
        std::map<std::int64_t, Shared> whole;
        std::vector<Shared> builtin;
    };
    const Catalog* m_catalog;
    BenchmarkStore* m_store;
    std::vector<BuiltinMeasurement> m_builtin;
    std::map<std::string, Family> m_families;
};

} // namespace llmd

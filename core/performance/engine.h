// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enginedeclaration.h"
#include "estimate.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/workload/workload.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace llmd {

/** What an engine can do, for lists and for choosing one. */
struct EngineInfo
{
    std::string id;
    std::string name;
    std::string description;
    bool percentiles = false;
    bool mixtureOfExperts = false;
    bool prefillDecodeDisaggregation = false;
    std::vector<std::string>
        validatedGpus; ///< ids of GPUs with measurements behind the coefficients
    std::string declaredIn; ///< file that declares an external program; empty = built in
    std::string unavailable; ///< why it cannot run here, e.g. its program is missing; else empty
};

/**
 * An engine bound to one candidate (with one replica; a disaggregated deployment is one whole) and workload shape, for
 * many loads. The engine must outlive it. Not thread-safe.
 */
class Predictor
{
public:
    virtual ~Predictor() = default;
    /**
     * `load` is of one replica. Overload gives `saturated`. Built-in engines fail only on a bad load or cancellation,
     * external programs in their own ways too.
     */
    [[nodiscard]] virtual Result<Estimate> at(const Load& load, RunContext& context) const = 0;
};

/** The seam for ways to predict performance. Reentrant: one engine serves many threads. */
class Engine
{
public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual EngineInfo info() const = 0;

    /** Fails with `Unsupported` when the engine cannot say anything honest, e.g. weights that do not fit. */
    [[nodiscard]] virtual Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const = 0;

    /** One point: the workload's load over the candidate's independent parts. */
    [[nodiscard]] Result<Estimate> estimate(const Candidate& candidate, const Workload& workload,
                                            RunContext& context) const;
    /**
     * Loads that follow each other on the same servers, which keep their prefix caches in between. Here each by itself;
     * engines that know the state of a server override it.
     */
    [[nodiscard]] virtual Result<std::vector<Estimate>>
    estimateStages(const Candidate& candidate, std::span<const Workload> stages,
                   RunContext& context) const;
};

/** Makes the figures of one replica those of `replicas` equal ones behind an even router. */
void scaleToDeployment(Estimate& estimate, double replicas);

/**
 * The engines by id: the built-in ones ("analytic", "roofline", "simulation") and declared programs ("process:NAME").
 * Keeps the catalog's version profiles.
 */
class EngineRegistry
{
public:
    explicit EngineRegistry(std::shared_ptr<const Catalog> catalog,
                            std::vector<EngineDeclaration> programs = {});
    ~EngineRegistry();

    [[nodiscard]] std::vector<EngineInfo> list() const;
    [[nodiscard]] Result<const Engine*> find(std::string_view id) const;
    [[nodiscard]] const Engine& standard() const; ///< "analytic"

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<std::unique_ptr<Engine>> m_engines;
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/performance/engine.h>

#include <functional>
#include <string>

namespace llmd {

/**
 * The engine that predicts a measured candidate. Usually one for all; in a leave-one-out comparison the one that was
 * fitted without the candidate's group. Called from several threads at once.
 */
struct EngineChoice
{
    std::string id;
    std::function<const Engine&(const Candidate&)> of;
};

/** The same engine for every candidate; it must outlive the choice. */
[[nodiscard]] inline EngineChoice always(const Engine& engine)
{
    return { engine.info().id, [&engine](const Candidate&) -> const Engine& { return engine; } };
}

/** For one of many predictions that run in parallel: the same stop and seed, no progress and no threads of its own. */
[[nodiscard]] inline RunContext innerContext(const RunContext& outer)
{
    return { outer.stop, nullptr, outer.seed, 1 };
}

[[nodiscard]] inline tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled, "stopped on request");
}

} // namespace llmd

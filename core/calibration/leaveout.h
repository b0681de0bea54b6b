// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficientfit.h"
#include "enginechoice.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/catalog/catalog.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/** Leave-one-out comparisons: how good predictions are for what the coefficients were not fitted to. */
namespace llmd {

/** What is left out of the fit together. */
enum class LeaveOut {
    Nothing,
    Model, ///< all checkpoints of one family, see `modelFamily`
    Gpu,
    Generation, ///< all GPUs of one generation
};
/** "none", "model", "gpu", "generation"; an error lists them. */
[[nodiscard]] Result<LeaveOut> parseLeaveOut(std::string_view text);
[[nodiscard]] std::string_view toString(LeaveOut by);
/** Which group a candidate is left out with. */
[[nodiscard]] std::string leaveOutGroup(const Candidate& candidate, LeaveOut by);

/** Coefficients from all measurements but those of one group. */
struct LeftOutFit
{
    std::string group; ///< empty: nothing was left out
    std::size_t leftOut = 0; ///< measurements
    Coefficients coefficients;
};

/**
 * One fit for each group of `cases` and, first, one to all of them, in parallel; each starts from the shipped coefficients.
 * A GPU generation that a fit has not seen counts as unmeasured, so that intervals are as wide as they would be. Fails if there
 * are not at least two groups, and on cancellation. The order is that of the names.
 */
[[nodiscard]] Result<std::vector<LeftOutFit>> fitLeavingOut(const std::vector<FitCase>& cases,
                                                            std::shared_ptr<const Catalog> catalog,
                                                            LeaveOut by, RunContext& context);

/** Engines that have not seen what they predict. */
class LeftOutEngines
{
public:
    /** Fails with `Unsupported` for an engine that cannot be refitted. */
    [[nodiscard]] static Result<LeftOutEngines> make(std::string_view engineId,
                                                     std::shared_ptr<const Catalog> catalog,
                                                     LeaveOut by,
                                                     const std::vector<LeftOutFit>& fits);

    /** For a candidate of a group that no fit left out (it has no data): the engine of the fit to all. This must outlive it. */
    [[nodiscard]] EngineChoice choice() const;

private:
    [[nodiscard]] const Engine& engineFor(const Candidate& candidate) const;

    std::string m_id;
    LeaveOut m_by = LeaveOut::Model;
    std::map<std::string, std::unique_ptr<Engine>> m_engines; ///< by group; "" is the fit to all
};

} // namespace llmd

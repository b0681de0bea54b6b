// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine.h"
#include "enginedeclaration.h"

#include <memory>

namespace llmd {

class ProcessSlots;

/**
 * "process:NAME": an external program that is started once per prediction, reads a request as JSON from standard input
 * and answers on standard output (protocol: `resources/engines/README.md`). Nothing it writes is trusted: answers are
 * checked field by field, text becomes one printable line. Reentrant; at most `maxParallel` programs run at a time, other
 * calls wait. Cancelling the run ends the program. Whether the results are reproducible is up to the program: it gets the
 * seed of the run.
 */
class ProcessEngine final : public Engine
{
public:
    ProcessEngine(std::shared_ptr<const Catalog> catalog, EngineDeclaration declaration);
    ~ProcessEngine() override;

    [[nodiscard]] EngineInfo info() const override;
    /** Also fails with `NotFound` or `InvalidArgument` if the program is missing or not executable. */
    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;

private:
    std::shared_ptr<const Catalog> m_catalog;
    EngineDeclaration m_declaration;
    std::unique_ptr<ProcessSlots> m_slots;
};

} // namespace llmd

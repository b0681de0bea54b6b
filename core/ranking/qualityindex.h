// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ranking.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** The published scores that matter for one use case, gathered once for many models. Keeps pointers
 * into the catalog. */
class QualityIndex
{
public:
    QualityIndex(const Catalog& catalog, std::string_view useCase);

    [[nodiscard]] std::optional<QualityEvidence> evidence(const Model& model) const;

private:
    using Cohort = std::map<std::string_view, const QualityScore*>; ///< by model family

    [[nodiscard]] const QuantizationRecovery* recovery(const Model& model) const;

    const Catalog& m_catalog;
    std::vector<QualityWeight> m_weights;
    std::map<std::string_view, Cohort> m_cohorts; ///< by benchmark label
};

} // namespace llmd

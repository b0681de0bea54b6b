// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ranking.h"

#include <core/catalog/catalog.h>
#include <core/catalog/usecasefile.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** One score that takes part in the quality of a model, with all that its share of the result follows from. */
struct QualityPart
{
    std::string kind; ///< "Knowledge"
    double weight = 0; ///< of the kind, of all kinds together 1
    const QualityScore* score = nullptr; ///< benchmark, figure, mode, source; in the catalog
    double place =
        0; ///< percent of the other models that have a lower score; equal ones count half
    std::size_t models = 0; ///< with a score of this benchmark
    ScoreRange placeRange; ///< were the model's score less or more by `scoreMargin`
};

/** Quality of a model for a use case in 0..100 with the scores that it is made of. */
struct QualityEvidence
{
    double score = 0; ///< sum of weight x place over the parts / `coveredWeight`
    ScoreRange range; ///< the same of `placeRange`
    double coveredWeight = 0; ///< share of the weights for which there is a score, 0.6 to 1
    std::vector<QualityPart> parts;
    std::vector<std::string> missingKinds;
    std::string family; ///< id of the model whose scores these are
    bool quantised = false; ///< it is a quantised variant of that one
    std::string scheme; ///< of the variant: "fp8"; empty if it is none
    double kept = 1; ///< what the variant keeps of its scores; 1 where that is not known
    const QuantizationRecovery* recovery = nullptr; ///< that says so; nullptr if none is known
};

/** The published scores that matter for one use case, gathered once for many models. Keeps pointers into the catalog. */
class QualityIndex
{
public:
    QualityIndex(const Catalog& catalog, std::string_view useCase);

    /**
     * For each kind of evidence, the share of the other models with a score of the same benchmark label that this one
     * beats; then the weighted mean over the kinds that are present. Raw scores of different benchmarks are never
     * averaged. Nothing when less than 60 % of the weight is covered. A label with scores of fewer than 5 models places
     * nobody; of the user's own scores 3 are enough, as one hand measured all. A score of the user's takes the place of a
     * published one. The score of a quantised variant is its family's times the recovery that was published for it, at
     * most 100 %, unless the variant was measured itself.
     */
    [[nodiscard]] std::optional<QualityEvidence> evidence(const Model& model) const;
    [[nodiscard]] const std::vector<QualityWeight>& weights() const { return m_weights; }

private:
    using Cohort = std::map<std::string_view, const QualityScore*>; ///< by model family

    [[nodiscard]] const QuantizationRecovery* recovery(const Model& model) const;
    [[nodiscard]] std::optional<QualityPart> part(const QualityWeight& weight, const Model& model,
                                                  double kept) const;

    const Catalog& m_catalog;
    std::vector<QualityWeight> m_weights;
    std::map<std::string_view, Cohort> m_cohorts; ///< by benchmark label
};

/** The evidence of one model; see `QualityIndex`. */
[[nodiscard]] std::optional<QualityEvidence>
qualityOf(const Model& model, const std::string& useCase, const Catalog& catalog);

/**
 * Scores nearer than this are no difference: 3 points on leaderboards that treat all models alike, 5 where makers or
 * users report. A judgement after what different reporters publish of the same model and test.
 */
[[nodiscard]] double scoreMargin(const Source& source);

/** "IFEval 70 (Publisher, 2026-01-02), above 60 % of the other 5 models, x 0.25"; then what is missing and kept. */
[[nodiscard]] std::vector<std::string> describe(const QualityEvidence& evidence);

} // namespace llmd

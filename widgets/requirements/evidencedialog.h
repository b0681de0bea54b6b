// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/catalog.h>
#include <core/ranking/quality.h>
#include <widgets/tables/recordmodel.h>

#include <QDialog>

#include <memory>

namespace llmd {

/** One score that counts in the quality of one model. */
struct EvidenceRow
{
    QString model;
    double quality = 0; ///< of the model as a whole
    ScoreRange range;
    double covered = 0; ///< share of the weights for which there is a score
    QualityPart part;
    QString scoresOf; ///< id of the model whose scores they are
    double kept = 1; ///< by quantisation
};

/** What the quality of every model is made of for one use case: each score with its weight, source and date. */
class EvidenceModel final : public RecordModel<EvidenceRow>
{
    Q_OBJECT

public:
    explicit EvidenceModel(QObject* parent = nullptr);
    void setEvidence(std::shared_ptr<const Catalog> catalog, const std::string& useCase);

private:
    std::shared_ptr<const Catalog> m_catalog; // the rows point into it
};

/** The weights of a use case, and the evidence as a table to filter, sort and copy. A source opens in the browser. */
class EvidenceDialog final : public QDialog
{
    Q_OBJECT

public:
    EvidenceDialog(std::shared_ptr<const Catalog> catalog, const std::string& useCase,
                   QWidget* parent = nullptr);
    ~EvidenceDialog() override;

private:
    std::unique_ptr<EvidenceModel> m_model;
};

/** "Chat preference 40 %, knowledge 15 %, …" of a use case. */
[[nodiscard]] QString weightsText(const std::string& useCase, const Catalog& catalog);

} // namespace llmd

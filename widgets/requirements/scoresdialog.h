// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/issue.h>
#include <core/catalog/catalog.h>
#include <widgets/tables/recordmodel.h>

#include <QDialog>

#include <memory>
#include <vector>

namespace llmd {

/** A score of a file before it is imported. */
struct ScoreRow
{
    QualityScore score;
    QString before; ///< the figure that it replaces, empty if there is none
    QString kind; ///< of evidence; empty if it does not count
};

class ScoresModel final : public RecordModel<ScoreRow>
{
    Q_OBJECT

public:
    ScoresModel(const std::vector<QualityScore>& scores, const Catalog& catalog,
                QObject* parent = nullptr);
};

/** What the names in a file of scores were taken for, what each score replaces, and what was left out; OK imports it. */
class ScoresDialog final : public QDialog
{
    Q_OBJECT

public:
    ScoresDialog(const Loaded<std::vector<QualityScore>>& read, const Catalog& catalog,
                 const QString& fileName, QWidget* parent = nullptr);
    ~ScoresDialog() override;

private:
    std::unique_ptr<ScoresModel> m_model;
};

} // namespace llmd

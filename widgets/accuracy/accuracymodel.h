// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/calibration/accuracysummary.h>
#include <widgets/tables/recordmodel.h>

namespace llmd {

/** One line of the table of errors. */
struct AccuracyLine
{
    AccuracyRow row;
    bool applies = false; ///< the selected option is of this class and predicted by this engine
};

/** Errors of the engines by class of model and GPU. */
class AccuracyModel final : public RecordModel<AccuracyLine>
{
    Q_OBJECT

public:
    explicit AccuracyModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] QVariant extraData(const Column<AccuracyLine>& column, const AccuracyLine& row,
                                     int role) const override;
};

/** "E2E mean", "KV pool, tokens"; the id itself of a figure that this version does not know. */
[[nodiscard]] QString accuracyMetricName(const std::string& metric);
/** "Open loop", "Open loop, model left out"; texts of later versions as they are. */
[[nodiscard]] QString accuracyDataName(const std::string& data);
/** What a comparison measures, one sentence; empty for one that is not known. */
[[nodiscard]] QString accuracyDataDescription(const std::string& data);
[[nodiscard]] QString accuracyGroupName(const std::string& group);
[[nodiscard]] QString accuracyEngineName(const std::string& engine);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <widgets/tables/recordmodel.h>

#include <memory>
#include <optional>

namespace llmd {

/** One line of the ranked table. */
struct OptionRow
{
    const Option* option = nullptr;
    Scores scores;
    std::size_t index = 0; ///< in the report
    int rank = 0; ///< from 1, in the current view
};

/** The options of a report that meet the targets, in the order of a view. Keeps the report alive. */
class OptionsModel final : public RecordModel<OptionRow>
{
    Q_OBJECT

public:
    explicit OptionsModel(QObject* parent = nullptr);

    void setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking, View view);
    void setChosen(const QString& optionId); ///< gets a star
    /** Row of an option of the report, -1 if it is not in the table. */
    [[nodiscard]] int rowOfOption(std::size_t index) const;

protected:
    [[nodiscard]] QVariant extraData(const Column<OptionRow>& column, const OptionRow& row,
                                     int role) const override;

private:
    std::shared_ptr<const SearchReport> m_report;
    std::string m_chosen;
};

/** "2 × TP4". */
[[nodiscard]] QString topologyText(const Topology& topology);
/** Without the vendor: "H100 SXM5". */
[[nodiscard]] QString gpuText(const Gpu& gpu);
[[nodiscard]] QString modelText(const Model& model); ///< display name, or the id without one
[[nodiscard]] QString provenanceText(Provenance::Label label); ///< "Estimated", "Benchmarked"

} // namespace llmd

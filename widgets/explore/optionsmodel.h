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

    void setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking, View view,
                    const std::vector<std::size_t>& tied = {});
    void setChosen(const QString& optionId); ///< gets a star
    /** Options with a tick in front: those on the Compare page. */
    void setCompared(const std::vector<std::string>& optionIds);
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    /** Row of an option of the report, -1 if it is not in the table. */
    [[nodiscard]] int rowOfOption(std::size_t index) const;

signals:
    void compareToggled(const QString& optionId, bool compared); ///< by the user, not yet done

protected:
    [[nodiscard]] QVariant extraData(const Column<OptionRow>& column, const OptionRow& row,
                                     int role) const override;

private:
    std::shared_ptr<const SearchReport> m_report;
    std::string m_chosen;
    std::vector<std::string> m_compared;
    std::vector<char> m_tied; ///< by option of the report
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <widgets/tables/recordmodel.h>

namespace llmd {

/** One line of the comparison: a property and its text for each option. */
struct CompareRow
{
    enum class Kind { Property, Fold };
    Kind kind = Kind::Property;
    QString title;
    QString unit;
    std::vector<QString> texts;
    std::vector<QVariant> values; ///< for copy and export; texts where there are no figures
    std::vector<char> best; ///< of each option
};

/**
 * The properties of the compared options, those that differ first. The others are folded into one line that says how many
 * there are, unless `unfolded`. One column per option, so the model is made anew when the options change.
 */
class CompareModel final : public RecordModel<CompareRow>
{
    Q_OBJECT

public:
    CompareModel(const ComparedOptions& options, bool unfolded, QObject* parent = nullptr);

    [[nodiscard]] int foldRow() const; ///< -1 if all rows differ
    [[nodiscard]] std::size_t sameCount() const { return m_same; }

    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] QVariant extraData(const Column<CompareRow>& column, const CompareRow& row,
                                     int role) const override;

private:
    QStringList m_headers;
    std::size_t m_same = 0;
};

/** "Llama 3.3 70B" and "2 × TP4 on H100 SXM5" on lines of their own. */
[[nodiscard]] QString brokenName(const QString& name);

} // namespace llmd

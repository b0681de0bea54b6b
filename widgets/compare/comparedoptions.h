// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/ranking/uncertainty.h>
#include <core/search/search.h>

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace llmd {

class Document;

/** A figure of each compared option. */
struct MeasureRow
{
    QString id; ///< "cost", "ttft" …
    QString title;
    QString unit {}; ///< of `values`; empty for scores
    bool higherIsBetter = false;
    bool charted = false; ///< has an axis in the chart
    std::vector<std::optional<double>> values {}; ///< nothing: nobody knows
    std::vector<std::optional<ScoreRange>> ranges {}; ///< 90 %, where one is known
    std::vector<QString> texts {}; ///< with the unit
    std::optional<double> limit {}; ///< that a target sets

    [[nodiscard]] bool differs() const;
    /** Whether this option has the best of values that differ. */
    [[nodiscard]] bool isBest(std::size_t option) const;
};

/** Something of each compared option that is no figure. */
struct FactRow
{
    QString title;
    std::vector<QString> texts;

    [[nodiscard]] bool differs() const;
};

/** All that the page shows of the options of the shortlist, in its order. */
struct ComparedOptions
{
    std::shared_ptr<const SearchReport> report; ///< keeps the options alive
    std::vector<std::size_t> indices; ///< into its options
    QStringList names; ///< that tell them apart
    std::vector<MeasureRow> measures;
    std::vector<FactRow> facts;
    QStringList missing; ///< ids of the shortlist that the report does not have
    std::size_t best = 0; ///< of `indices`: the one with the highest balanced score

    [[nodiscard]] std::size_t size() const { return indices.size(); }
    [[nodiscard]] const Option& option(std::size_t i) const { return report->options[indices[i]]; }
    [[nodiscard]] const MeasureRow* measure(const QString& id) const;
};

/** "A", "B" … by which charts, tables and sentences call the options. */
[[nodiscard]] QString letterOf(std::size_t option);

/** Gathers the options of the shortlist under the document's present ranking. */
[[nodiscard]] ComparedOptions gatherCompared(const Document& document);
/** Ids that show what there is to choose from: the first of each view, all different, at most `mostCompared`. */
[[nodiscard]] std::vector<std::string> suggestedComparison(const Document& document);

} // namespace llmd

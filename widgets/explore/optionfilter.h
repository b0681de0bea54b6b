// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/ranking/ranking.h>
#include <core/search/search.h>

#include <QSet>
#include <QString>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace llmd {

/** What options are told apart by in the filters. */
enum class Facet { Model, Gpu, Weights, Parallelism };
constexpr std::array allFacets { Facet::Model, Facet::Gpu, Facet::Weights, Facet::Parallelism };

/** Which options the user wants to see, in the table and in the charts. */
struct OptionFilter
{
    std::array<QSet<QString>, allFacets.size()> chosen; ///< values of each facet; empty = all
    std::optional<double> leastQuality; ///< 0 to 100; options without a score do not pass
    QString text; ///< words that all have to occur

    bool operator==(const OptionFilter&) const = default;
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QSet<QString>& of(Facet facet) { return chosen[static_cast<std::size_t>(facet)]; }
    [[nodiscard]] const QSet<QString>& of(Facet facet) const
    {
        return chosen[static_cast<std::size_t>(facet)];
    }
};

/** The facets of all options of a report, taken once so that filtering tens of thousands takes a few milliseconds. */
class OptionFacets
{
public:
    OptionFacets() = default;
    explicit OptionFacets(std::shared_ptr<const SearchReport> report);

    struct Value
    {
        QString name;
        int count = 0; ///< options that have it
    };
    /** What occurs, in the order of the alphabet. */
    [[nodiscard]] std::vector<Value> values(Facet facet) const;
    /** One flag per option; `scores` of each option. */
    [[nodiscard]] std::vector<char> matching(const OptionFilter& filter,
                                             const std::vector<Scores>& scores) const;

private:
    void keepChosen(const OptionFilter& filter, std::vector<char>& matches) const;
    void keepWithWord(const QString& word, std::vector<char>& matches) const;
    /** What no facet says of an option, in lower case. */
    [[nodiscard]] const QString& ownText(std::size_t option) const;

    std::shared_ptr<const SearchReport> m_report;
    std::array<QStringList, allFacets.size()> m_names;
    std::vector<std::array<int, allFacets.size()>> m_values; ///< of each option: index of the name
    mutable std::vector<QString> m_ownTexts; ///< filled when words are looked for
};

} // namespace llmd

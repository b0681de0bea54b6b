// SPDX-License-Identifier: GPL-3.0-or-later
#include "optionfilter.h"

#include "optiontext.h"

#include <widgets/support/qtbridge.h>

#include <QHash>

#include <algorithm>
#include <map>

namespace llmd {

namespace {

QString facetText(const Candidate& candidate, Facet facet)
{
    switch (facet) {
    case Facet::Model:
        return modelText(*candidate.model);
    case Facet::Gpu:
        return gpuText(*candidate.gpu);
    case Facet::Weights:
        return weightsText(*candidate.model);
    case Facet::Parallelism:
        break;
    }
    return parallelismText(candidate.topology);
}

/** Options share models, GPUs and shapes: their texts are made once each. */
class Names
{
public:
    explicit Names(QStringList& names)
        : m_names(names)
    { }

    template <class Key, class Text> int indexOf(std::map<Key, int>& known, Key key, Text text)
    {
        const auto [it, first] = known.emplace(key, 0);
        if (first)
            it->second = add(text());
        return it->second;
    }

private:
    int add(const QString& name)
    {
        const auto it = m_indexes.constFind(name);
        if (it != m_indexes.constEnd())
            return *it;
        const auto index = static_cast<int>(m_names.size());
        m_names.append(name);
        m_indexes.insert(name, index);
        return index;
    }

    QStringList& m_names;
    QHash<QString, int> m_indexes;
};

} // namespace

bool OptionFilter::isEmpty() const
{
    return *this == OptionFilter {};
}

OptionFacets::OptionFacets(std::shared_ptr<const SearchReport> report)
    : m_report(std::move(report))
{
    if (!m_report)
        return;
    std::vector<Names> names;
    for (QStringList& list : m_names)
        names.emplace_back(list);
    std::map<const Model*, int> models;
    std::map<const Gpu*, int> gpus;
    std::map<const Model*, int> weights;
    // Of the servers that decode and, where they are apart, of those that prefill.
    using Shape = std::pair<Parallelism, std::optional<Parallelism>>;
    std::map<Shape, int> shapes;
    m_values.reserve(m_report->options.size());
    for (const Option& option : m_report->options) {
        const Candidate& candidate = option.candidate;
        const auto text = [&candidate](Facet facet) {
            return [&candidate, facet] { return facetText(candidate, facet); };
        };
        Shape shape { candidate.topology.pool.parallelism, std::nullopt };
        if (const auto& apart = candidate.topology.disaggregation)
            shape.second = apart->prefill.parallelism;
        m_values.push_back({ names[0].indexOf(models, candidate.model, text(Facet::Model)),
                             names[1].indexOf(gpus, candidate.gpu, text(Facet::Gpu)),
                             names[2].indexOf(weights, candidate.model, text(Facet::Weights)),
                             names[3].indexOf(shapes, shape, text(Facet::Parallelism)) });
    }
}

std::vector<OptionFacets::Value> OptionFacets::values(Facet facet) const
{
    const auto place = static_cast<std::size_t>(facet);
    std::vector<Value> values;
    for (const QString& name : m_names[place])
        values.push_back({ name, 0 });
    for (const auto& option : m_values)
        ++values[static_cast<std::size_t>(option[place])].count;
    std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return values;
}

const QString& OptionFacets::ownText(std::size_t option) const
{
    m_ownTexts.resize(m_values.size());
    QString& text = m_ownTexts[option];
    if (text.isEmpty()) {
        const Option& found = m_report->options[option];
        text =
            (topologyText(found.candidate.topology) + u'\n' + toQString(found.candidate.model->id)
             + u'\n' + provenanceText(found.atPeak.provenance.label) + u'\n' + toQString(found.id))
                .toLower();
    }
    return text;
}

void OptionFacets::keepChosen(const OptionFilter& filter, std::vector<char>& matches) const
{
    for (const Facet facet : allFacets) {
        const auto place = static_cast<std::size_t>(facet);
        const QSet<QString>& chosen = filter.of(facet);
        if (chosen.isEmpty())
            continue;
        std::vector<bool> wanted;
        for (const QString& name : m_names[place])
            wanted.push_back(chosen.contains(name));
        for (std::size_t i = 0; i < matches.size(); ++i) {
            if (!wanted[static_cast<std::size_t>(m_values[i][place])])
                matches[i] = 0;
        }
    }
}

void OptionFacets::keepWithWord(const QString& word, std::vector<char>& matches) const
{
    // Most words are names that many options share: each name is looked at once.
    std::array<std::vector<bool>, allFacets.size()> named;
    for (std::size_t place = 0; place < named.size(); ++place) {
        for (const QString& name : m_names[place])
            named[place].push_back(name.contains(word, Qt::CaseInsensitive));
    }
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (!matches[i])
            continue;
        bool found = false;
        for (std::size_t place = 0; place < named.size() && !found; ++place)
            found = named[place][static_cast<std::size_t>(m_values[i][place])];
        if (!found && !ownText(i).contains(word))
            matches[i] = 0;
    }
}

std::vector<char> OptionFacets::matching(const OptionFilter& filter,
                                         const std::vector<Scores>& scores) const
{
    std::vector<char> matches(m_values.size(), 1);
    keepChosen(filter, matches);
    for (std::size_t i = 0; filter.leastQuality && i < matches.size(); ++i) {
        if (i >= scores.size() || scores[i].quality.value_or(-1) < *filter.leastQuality)
            matches[i] = 0;
    }
    const QStringList words =
        filter.text.toLower().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words)
        keepWithWord(word, matches);
    return matches;
}

} // namespace llmd

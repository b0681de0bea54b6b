// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparedoptions.h"

#include <core/ranking/comparison.h>
#include <widgets/document/document.h>
#include <widgets/document/shortlist.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ComparedOptions", text);
}

/** "2 × TP4" of "2 x TP4". */
QString withTimesSign(const std::string& text)
{
    return toQString(text).replace(u" x "_s, u" × "_s);
}

/** Builds the rows from the options one after the other. */
class Gatherer
{
public:
    Gatherer(ComparedOptions& result, const RankedOptions& ranked)
        : m_result(result)
        , m_ranked(ranked)
    { }

    void run()
    {
        addScores();
        addCost();
        const Slo& slo = m_ranked.slo;
        addLatency(u"ttft"_s, u"TTFT"_s, &Estimate::ttft, slo.ttft);
        addLatency(u"itl"_s, u"ITL"_s, &Estimate::itl, slo.itl);
        addLatency(u"e2e"_s, u"E2E"_s, &Estimate::e2e, slo.e2e);
        addLoad();
        addFacts();
    }

private:
    struct Figure
    {
        std::optional<double> value;
        std::optional<ScoreRange> range {};
        QString text;
    };

    template <class OfOption> MeasureRow& add(MeasureRow row, OfOption ofOption)
    {
        for (const std::size_t index : m_result.indices) {
            Figure figure = ofOption(m_result.report->options[index], index);
            row.values.push_back(figure.value);
            row.ranges.push_back(figure.range);
            row.texts.push_back(figure.value ? figure.text : format::noData());
        }
        m_result.measures.push_back(std::move(row));
        return m_result.measures.back();
    }

    static QString scoreText(double score, const std::optional<ScoreRange>& range)
    {
        return range && range->high - range->low > 0.05
            ? tr("%1 (%2 – %3)")
                  .arg(format::fixed(score, 1), format::fixed(range->low, 1),
                       format::fixed(range->high, 1))
            : format::fixed(score, 1);
    }

    void addScores()
    {
        const auto& scores = m_ranked.ranking.scores;
        add({ .id = u"balanced"_s,
              .title = tr("Balanced score"),
              .higherIsBetter = true,
              .charted = true },
            [&](const Option&, std::size_t index) {
                const auto range = balancedRange(m_ranked, index);
                return Figure { scores[index].balanced, range,
                                scoreText(scores[index].balanced, range) };
            });
        add({ .id = u"quality"_s, .title = tr("Quality"), .higherIsBetter = true, .charted = true },
            [&](const Option&, std::size_t index) {
                const auto& quality = scores[index].quality;
                const auto& range = m_ranked.inputs[index].qualityRange;
                return Figure { quality, range, quality ? scoreText(*quality, range) : QString() };
            });
        add({ .id = u"simplicity"_s,
              .title = tr("Simplicity"),
              .higherIsBetter = true,
              .charted = true },
            [&](const Option&, std::size_t index) {
                return Figure { scores[index].simplicity,
                                {},
                                format::fixed(scores[index].simplicity, 1) };
            });
    }

    void addCost()
    {
        add({ .id = u"cost"_s, .title = tr("Cost"), .unit = tr("$/month"), .charted = true },
            [](const Option& option, std::size_t) {
                const double cost = inDollarsPerMonth(option.cost);
                return Figure { cost, {}, format::dollars(cost) };
            });
        add({ .id = u"gpus"_s, .title = tr("GPUs") }, [](const Option& option, std::size_t) {
            return Figure { option.totalGpus, {}, format::integer(option.totalGpus) };
        });
    }

    void addLatency(const QString& id, const QString& name, LatencyEstimate Estimate::*latency,
                    const std::optional<LatencyTarget>& target)
    {
        const double percentile = target ? target->percentile : 95;
        MeasureRow& row = add(
            { .id = id,
              .title = u"%1 %2"_s.arg(name, format::percentile(percentile)),
              .unit = tr("ms"),
              .charted = true },
            [&](const Option& option, std::size_t) {
                const LatencyEstimate& estimate = option.atPeak.*latency;
                const Seconds value = estimate.at(percentile);
                const IntervalFactors& factors =
                    percentile == 0 ? estimate.meanInterval : estimate.tailInterval;
                Figure figure { inMilliseconds(value), {}, format::duration(value) };
                if (factors.stated && !option.atPeak.nearSaturation && !option.atPeak.saturated) {
                    figure.range = ScoreRange { inMilliseconds(value * factors.low),
                                                inMilliseconds(value * factors.high) };
                    figure.text = tr("%1 (%2 – %3)")
                                      .arg(figure.text, format::duration(value * factors.low),
                                           format::duration(value * factors.high));
                }
                return figure;
            });
        if (target)
            row.limit = inMilliseconds(target->limit);
    }

    void addLoad()
    {
        const double peak = m_result.report->need.peakLoad.load.rate.value();
        add({ .id = u"capacity"_s,
              .title = tr("Capacity"),
              .unit = tr("requests/s"),
              .higherIsBetter = true,
              .charted = true },
            [&](const Option& option, std::size_t) {
                const double capacity =
                    option.capacityPerReplica.value() * option.candidate.topology.pool.replicas;
                QString text = format::number(capacity);
                if (peak > 0)
                    text = tr("%1/s, %2 × the peak").arg(text, format::number(capacity / peak, 2));
                return Figure { capacity, {}, text };
            });
        add({ .id = u"output"_s,
              .title = tr("Output at the peak"),
              .unit = tr("tokens/s"),
              .higherIsBetter = true },
            [](const Option& option, std::size_t) {
                return Figure { option.atPeak.outputThroughput.value(),
                                {},
                                format::tokenRate(option.atPeak.outputThroughput) };
            });
        add({ .id = u"kv"_s, .title = tr("KV pool in use"), .unit = u"%"_s },
            [](const Option& option, std::size_t) {
                return Figure { option.atPeak.kvUtilization * 100,
                                {},
                                format::percent(option.atPeak.kvUtilization) };
            });
    }

    template <class OfOption> void fact(const QString& title, OfOption ofOption)
    {
        FactRow row { title, {} };
        for (const std::size_t index : m_result.indices)
            row.texts.push_back(ofOption(m_result.report->options[index]));
        m_result.facts.push_back(std::move(row));
    }

    void addFacts()
    {
        fact(tr("Model"), [](const Option& option) {
            const Model& model = *option.candidate.model;
            return toQString(model.displayName.empty() ? model.id : model.displayName);
        });
        fact(tr("Weights"), [](const Option& option) {
            const Quantization& quantization = option.candidate.model->architecture.quantization;
            const QString label = toQString(quantization.label());
            return quantization.atLoad ? tr("%1 at load").arg(label) : label;
        });
        fact(tr("GPU"), [](const Option& option) { return toQString(option.candidate.gpu->name); });
        fact(tr("Topology"),
             [](const Option& option) { return withTimesSign(option.candidate.topology.label()); });
        const auto number = [this](const QString& title, int EngineSettings::*member) {
            fact(title, [member](const Option& option) {
                return format::integer(option.candidate.engine.*member);
            });
        };
        number(u"--max-model-len"_s, &EngineSettings::maxModelLen);
        number(u"--max-num-seqs"_s, &EngineSettings::maxNumSeqs);
        number(u"--max-num-batched-tokens"_s, &EngineSettings::maxNumBatchedTokens);
        fact(u"--gpu-memory-utilization"_s, [](const Option& option) {
            return format::fixed(option.candidate.engine.gpuMemoryUtilization, 2);
        });
        fact(u"vLLM"_s, [](const Option& option) {
            return toQString(toString(option.candidate.engine.version));
        });
        fact(tr("Basis"), [](const Option& option) {
            return option.atPeak.provenance.label == Provenance::Label::Benchmarked
                ? tr("Benchmarked")
                : tr("Estimated");
        });
        fact(tr("Engine"),
             [](const Option& option) { return toQString(option.atPeak.provenance.engine); });
        fact(tr("Licence"), [](const Option& option) {
            const std::string& license = option.candidate.model->license;
            return license.empty() ? format::noData() : toQString(license);
        });
    }

    ComparedOptions& m_result;
    const RankedOptions& m_ranked;
};

} // namespace

bool MeasureRow::differs() const
{
    // What reads the same is the same to people.
    return std::adjacent_find(texts.begin(), texts.end(), std::not_equal_to<>()) != texts.end();
}

bool MeasureRow::isBest(std::size_t option) const
{
    if (!values[option] || !differs())
        return false;
    return std::all_of(values.begin(), values.end(), [&](const std::optional<double>& other) {
        return !other || (higherIsBetter ? *other <= *values[option] : *other >= *values[option]);
    });
}

bool FactRow::differs() const
{
    return std::adjacent_find(texts.begin(), texts.end(), std::not_equal_to<>()) != texts.end();
}

const MeasureRow* ComparedOptions::measure(const QString& id) const
{
    const auto it = std::find_if(measures.begin(), measures.end(),
                                 [&id](const MeasureRow& row) { return row.id == id; });
    return it == measures.end() ? nullptr : &*it;
}

QString letterOf(std::size_t option)
{
    return QString(QChar(u'A' + static_cast<char16_t>(option)));
}

ComparedOptions gatherCompared(const Document& document)
{
    ComparedOptions result;
    result.report = document.report();
    for (const std::string& id : document.project().shortlist) {
        if (const auto index = document.optionIndex(toQString(id)))
            result.indices.push_back(*index);
        else
            result.missing.append(toQString(id));
    }
    // A file may hold more than can be shown.
    if (result.indices.size() > mostCompared)
        result.indices.resize(mostCompared);
    if (!result.report || result.indices.empty())
        return result;
    for (const std::string& name : shortNames(*result.report, result.indices))
        result.names.append(withTimesSign(name));
    const RankedOptions ranked = document.ranked();
    Gatherer(result, ranked).run();
    const auto& scores = ranked.ranking.scores;
    for (std::size_t i = 1; i < result.size(); ++i) {
        if (scores[result.indices[i]].balanced > scores[result.indices[result.best]].balanced)
            result.best = i;
    }
    return result;
}

std::vector<std::string> suggestedComparison(const Document& document)
{
    std::vector<std::string> ids;
    const auto& report = document.report();
    if (!report)
        return ids;
    const auto add = [&](std::size_t option) {
        const std::string& id = report->options[option].id;
        if (ids.size() < mostCompared && std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(id);
    };
    for (const View view : allViews) {
        if (const auto& order = document.ranking().of(view); !order.empty())
            add(order.front());
    }
    // One option may be the first of all views: then the runner-up is what it is compared with.
    const auto& balanced = document.ranking().of(View::Balanced);
    for (std::size_t i = 1; i < balanced.size() && ids.size() < 2; ++i)
        add(balanced[i]);
    return ids;
}

} // namespace llmd

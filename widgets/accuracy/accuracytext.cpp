// SPDX-License-Identifier: GPL-3.0-or-later
#include "accuracytext.h"

#include "accuracymodel.h"

#include <core/performance/coefficients.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace llmd::accuracytext {

namespace {

/** Beyond these a plan should not rest on the figure alone. */
constexpr double poorMean = 0.15;
constexpr double goodMean = 0.05;
constexpr double poorBias = 0.10;
constexpr double poorCoverage = 0.80;
/** Fewer say little about a class. */
constexpr std::size_t fewMeasurements = 5;
/** As many weak spots as are read. */
constexpr std::size_t limitsShown = 6;

QString tr(const char* text)
{
    return QCoreApplication::translate("AccuracyText", text);
}

QString heading(const QString& text)
{
    return u"<h4 style='margin:14px 0 4px 0'>%1</h4>"_s.arg(text);
}

QString paragraph(const QString& html)
{
    return u"<p style='margin:3px 0'>%1</p>"_s.arg(html);
}

QString subtle(const QString& html, const Tones& tones)
{
    return paragraph(u"<span style='color:%1'>%2</span>"_s.arg(tones.subtleText.name(), html));
}

QString warning(const QString& html, const Tones& tones)
{
    return paragraph(u"<span style='color:%1'>⚠ %2</span>"_s.arg(tones.warning.name(), html));
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped();
}

/** "off by 14 % on average, nine of ten within 30 %; mostly too low, by 16 %". */
QString errorText(const AccuracyRow& row)
{
    QString text = row.mean > row.p90
        ? tr("nine of ten within %2, but a few far off: %1 on average")
              .arg(format::percent(row.mean), format::percent(row.p90))
        : tr("off by %1 on average, nine of ten within %2")
              .arg(format::percent(row.mean), format::percent(row.p90));
    if (std::abs(row.bias) >= poorBias / 2)
        text += row.bias < 0 ? tr("; mostly too low, by %1").arg(format::percent(-row.bias))
                             : tr("; mostly too high, by %1").arg(format::percent(row.bias));
    if (!std::isnan(row.coverage) && row.coverage < poorCoverage)
        text += tr("; only %1 inside the 90 % interval").arg(format::percent(row.coverage));
    return text;
}

QString countText(std::size_t count)
{
    return count == 1 ? tr("1 measurement")
                      : tr("%1 measurements").arg(format::integer(static_cast<qint64>(count)));
}

/** "TTFT mean: off by …". */
QString rowText(const AccuracyRow& row)
{
    return tr("<b>%1</b>: %2").arg(accuracyMetricName(row.metric).toHtmlEscaped(), errorText(row));
}

/** Predicted with the coefficients in use, of the servers that the engines describe. */
bool isPlain(const AccuracyRow& row)
{
    return row.data == AccuracyData::latency || row.data == AccuracyData::serving
        || row.data == AccuracyData::servingBelowSaturation || row.data == AccuracyData::memory;
}

/** Rows of one comparison and class under one heading. */
struct Cluster
{
    const AccuracyRow* first = nullptr;
    double worst = 0;
    QStringList texts;
};

/** Gathers rows that `fits`, in their order. */
template <class Condition>
std::vector<Cluster> clusters(const AccuracySummary& summary, Condition fits)
{
    std::vector<Cluster> all;
    for (const AccuracyRow& row : summary.rows) {
        if (!fits(row))
            continue;
        const auto it = std::find_if(all.begin(), all.end(), [&row](const Cluster& cluster) {
            return cluster.first->data == row.data && cluster.first->group == row.group;
        });
        Cluster& cluster = it == all.end() ? all.emplace_back() : *it;
        if (!cluster.first)
            cluster.first = &row;
        cluster.worst = std::max(cluster.worst, row.mean);
        cluster.texts.append(rowText(row));
    }
    return all;
}

QString clusterText(const Cluster& cluster, const QString& title, const Tones& tones)
{
    return u"<p style='margin:8px 0 0 0'>%1 <span style='color:%2'>· %3</span><br/>%4</p>"_s.arg(
        title.toHtmlEscaped(), tones.subtleText.name(), countText(cluster.first->count),
        cluster.texts.join(u"<br/>"_s));
}

/** How far the figures of a class may be relied on, in one sentence. */
QString verdict(const AccuracySummary& summary, const std::string& engine, const std::string& group)
{
    double worst = -1;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const AccuracyRow& row : summary.rows) {
        if (row.engine != engine || row.group != group || !isPlain(row))
            continue;
        worst = std::max(worst, row.mean);
        least = std::min(least, row.count);
    }
    if (worst < 0)
        return tr("No measurement of this class was compared with engine “%1”: rely on its order "
                  "of options more than on its figures.")
            .arg(escaped(engine));
    const QString few =
        least < fewMeasurements ? tr(" There are few measurements, though.") : QString();
    if (worst < goodMean)
        return tr("Predictions of this class were close to what was measured.") + few;
    if (worst < poorMean)
        return tr("Predictions of this class were fair: leave some head-room.") + few;
    return tr("Predictions of this class were poor for some figures: measure before you rely on "
              "them.")
        + few;
}

/** GPU generations that can be planned for but that no measurement stands behind. */
QStringList unmeasuredGenerations(const Catalog& catalog)
{
    std::set<std::string> names;
    for (const Gpu& gpu : catalog.gpus) {
        if (gpu.servedByVllm && !standardCoefficients().factors(gpu.architecture).measured)
            names.insert(gpu.architecture);
    }
    QStringList list;
    for (const std::string& name : names)
        list.append(toQString(name));
    return list;
}

/** What to expect of models and GPUs that the coefficients have not seen, and of other inference engines. */
QString unseen(const AccuracySummary& summary, const std::string& engine, const Tones& tones)
{
    QString html;
    for (const Cluster& cluster : clusters(summary, [&engine](const AccuracyRow& row) {
             const bool headline =
                 row.metric == "e2e_mean" || row.metric == "ttft_mean" || row.metric == "tpot_mean";
             const bool foreign = row.data == AccuracyData::otherEngines;
             return row.engine == engine && !isPlain(row) && headline
                 && (foreign || row.group == accuracyAll);
         })) {
        const bool foreign = cluster.first->data == AccuracyData::otherEngines;
        html += clusterText(cluster,
                            foreign ? accuracyGroupName(cluster.first->group)
                                    : accuracyDataName(cluster.first->data),
                            tones);
    }
    return html.isEmpty() ? html : heading(tr("Beyond what was fitted")) + html;
}

} // namespace

bool isPoor(const AccuracyRow& row)
{
    return row.mean >= poorMean || std::abs(row.bias) >= poorBias
        || (!std::isnan(row.coverage) && row.coverage < poorCoverage);
}

std::string classOf(const Option* option)
{
    return option ? accuracyClass(option->candidate.model->architecture, *option->candidate.gpu)
                  : std::string();
}

QString selected(const AccuracySummary& summary, const Option* option, const Tones& tones)
{
    QString html = heading(tr("Your option"));
    if (!option)
        return html
            + subtle(tr("Once there are options under Explore, this says what is known about the "
                        "kind of the "
                        "selected one."),
                     tones);
    const Model& model = *option->candidate.model;
    const std::string group = classOf(option);
    html += paragraph(tr("<b>%1</b> on %2, %3")
                          .arg(escaped(model.displayName.empty() ? model.id : model.displayName),
                               escaped(option->candidate.gpu->name),
                               escaped(option->candidate.topology.label())));
    html += subtle(tr("Class: %1").arg(escaped(group)), tones);
    const Provenance& provenance = option->atPeak.provenance;
    html += paragraph(verdict(summary, provenance.engine, group));
    for (const Cluster& cluster : clusters(summary, [&](const AccuracyRow& row) {
             return row.group == group && row.engine == provenance.engine;
         }))
        html += clusterText(cluster, accuracyDataName(cluster.first->data), tones);
    html += subtle(escaped(provenance.distance), tones);
    for (const std::string& caveat : provenance.caveats)
        html += warning(escaped(caveat), tones);
    return html;
}

QString limits(const AccuracySummary& summary, const std::string& engine, const Catalog& catalog,
               const Tones& tones)
{
    QString html = heading(tr("Where not to trust it"));
    auto poor = clusters(summary, [&engine](const AccuracyRow& row) {
        return (row.engine == engine || row.engine == "memory") && isPlain(row) && isPoor(row);
    });
    std::stable_sort(poor.begin(), poor.end(),
                     [](const Cluster& a, const Cluster& b) { return a.worst > b.worst; });
    const std::size_t more = poor.size() > limitsShown ? poor.size() - limitsShown : 0;
    poor.resize(std::min(poor.size(), limitsShown));
    for (const Cluster& cluster : poor)
        html += clusterText(cluster,
                            tr("%1 · %2").arg(accuracyGroupName(cluster.first->group),
                                              accuracyDataName(cluster.first->data)),
                            tones);
    if (more > 0)
        html += subtle(tr("%1 more weak spots are in the table.")
                           .arg(format::integer(static_cast<qint64>(more))),
                       tones);
    if (poor.empty())
        html += paragraph(tr("No comparison of this engine is off by more than %1 on average.")
                              .arg(format::percent(poorMean)));
    if (const QStringList names = unmeasuredGenerations(catalog); !names.isEmpty())
        html += paragraph(tr("<b>Never measured:</b> %1. These GPUs enter by their datasheets.")
                              .arg(names.join(u", "_s).toHtmlEscaped()));
    html += paragraph(
        tr("<b>Near saturation</b> a few percent of the step time decide whether requests queue. "
           "The program then says so instead of showing an interval: plan head-room, do not trust "
           "the figure."));
    html += subtle(tr("A figure counts as weak if it is off by %1 or more on average, biased by %2 "
                      "or more, or if fewer than %3 of the measurements lie inside the 90 % "
                      "interval.")
                       .arg(format::percent(poorMean), format::percent(poorBias),
                            format::percent(poorCoverage)),
                   tones);
    return html + unseen(summary, engine, tones);
}

QString sources(const AccuracySummary& summary, const Tones& tones)
{
    QString html = heading(tr("What was compared"));
    for (const std::string& source : summary.sources)
        html += paragraph(escaped(source));
    html += subtle(tr("Compared on %1 with the coefficients “%2”. Nothing here is a measurement of "
                      "your deployment.")
                       .arg(escaped(summary.date), escaped(summary.coefficientsVersion)),
                   tones);
    if (summary.coefficientsVersion != standardCoefficients().version)
        html += warning(tr("The engines now use other coefficients (“%1”): the comparison is due "
                           "again.")
                            .arg(escaped(standardCoefficients().version)),
                        tones);
    return html;
}

} // namespace llmd::accuracytext

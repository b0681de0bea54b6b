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
#include <set>

using namespace Qt::StringLiterals;

namespace llmd::accuracytext {

namespace {

/** Beyond these a plan should not rest on the figure alone. */
constexpr double poorMean = 0.15;
constexpr double poorBias = 0.10;
constexpr double poorCoverage = 0.80;
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

/** "off by 14 % on average, nine of ten within 30 %; 16 % too low". */
QString errorText(const AccuracyRow& row)
{
    QString text = tr("off by %1 on average, nine of ten within %2")
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

QString rowText(const AccuracyRow& row)
{
    return tr("<b>%1</b>: %2 (%3)")
        .arg(accuracyMetricName(row.metric).toHtmlEscaped(), errorText(row), countText(row.count));
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
    QString html = heading(tr("The selected option"));
    if (!option)
        return html
            + subtle(tr("Select an option under Explore to see here what is known about its kind."),
                     tones);
    const Model& model = *option->candidate.model;
    const std::string group = classOf(option);
    html += paragraph(tr("<b>%1</b> on %2, %3")
                          .arg(escaped(model.displayName.empty() ? model.id : model.displayName),
                               escaped(option->candidate.gpu->name),
                               escaped(option->candidate.topology.label())));
    html += subtle(tr("Class: %1").arg(escaped(group)), tones);
    const Provenance& provenance = option->atPeak.provenance;
    QString lastData;
    int found = 0;
    for (const AccuracyRow& row : summary.rows) {
        if (row.group != group || row.engine != provenance.engine)
            continue;
        const QString data = accuracyDataName(row.data);
        if (data != lastData)
            html += subtle(data.toHtmlEscaped(), tones);
        lastData = data;
        html += paragraph(rowText(row));
        ++found;
    }
    if (found == 0)
        html += warning(tr("No measurement of this class was compared with engine “%1”: trust its "
                           "order of options more than its figures.")
                            .arg(escaped(provenance.engine)),
                        tones);
    html += subtle(escaped(provenance.distance), tones);
    for (const std::string& caveat : provenance.caveats)
        html += warning(escaped(caveat), tones);
    return html;
}

QString limits(const AccuracySummary& summary, const std::string& engine, const Catalog& catalog,
               const Tones& tones)
{
    QString html = heading(tr("Where not to trust it"));
    std::vector<const AccuracyRow*> poor;
    for (const AccuracyRow& row : summary.rows) {
        if ((row.engine == engine || row.engine == "memory") && isPoor(row))
            poor.push_back(&row);
    }
    std::stable_sort(poor.begin(), poor.end(),
                     [](const AccuracyRow* a, const AccuracyRow* b) { return a->mean > b->mean; });
    const std::size_t more = poor.size() > limitsShown ? poor.size() - limitsShown : 0;
    poor.resize(std::min(poor.size(), limitsShown));
    for (const AccuracyRow* row : poor)
        html += paragraph(tr("%1 · %2<br/>%3")
                              .arg(accuracyDataName(row->data).toHtmlEscaped(),
                                   accuracyGroupName(row->group).toHtmlEscaped(), rowText(*row)));
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
    return html;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitormodels.h"

#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::MonitorModels", text);
}

QVariant text(const std::optional<double>& value, const std::string& unit)
{
    return value ? QVariant(monitorformat::value(*value, unit)) : QVariant();
}

RecordModel<ComparedFigure>::ColumnList figureColumns()
{
    using Row = ComparedFigure;
    const auto predictedText = [](const std::optional<PredictedFigure>& figure,
                                  const std::string& unit) {
        return figure ? QVariant(monitorformat::value(figure->value, unit)) : QVariant();
    };
    return {
        { .id = u"figure"_s,
          .title = tr("Figure"),
          .value = [](const Row& row) { return QVariant(monitorformat::figureName(row)); } },
        { .id = u"observed"_s,
          .title = tr("Observed"),
          .value =
              [](const Row& row) {
                  return text(row.observed ? std::optional(row.observed->value) : std::nullopt,
                              row.unit);
              },
          .toolTip = tr("Over the window that is compared"),
          .missing = tr("no data"),
          .cellToolTip =
              [](const Row& row) {
                  if (!row.observed)
                      return QString();
                  return tr("True value between %1 and %2 at 90 %, given the number of requests "
                            "and the width of buckets")
                      .arg(monitorformat::value(row.observed->low, row.unit),
                           monitorformat::value(row.observed->high, row.unit));
              } },
        { .id = u"verdict"_s,
          .title = tr("Verdict"),
          .value =
              [](const Row& row) {
                  return row.verdict == Verdict::NoData
                      ? QVariant()
                      : QVariant(monitorformat::verdict(row.verdict));
              },
          .toolTip = tr("Observed against the 90 % interval of the prediction for the observed "
                        "load") },
        { .id = u"predicted"_s,
          .title = tr("Predicted"),
          .value =
              [predictedText](const Row& row) { return predictedText(row.predicted, row.unit); },
          .toolTip = tr("For the load that is observed") },
        { .id = u"interval"_s,
          .title = tr("90 % interval"),
          .value =
              [](const Row& row) {
                  if (!row.predicted || !row.predicted->stated)
                      return QVariant();
                  return QVariant(tr("%1 to %2")
                                      .arg(monitorformat::value(row.predicted->low, row.unit),
                                           monitorformat::value(row.predicted->high, row.unit)));
              } },
        { .id = u"planned"_s,
          .title = tr("At the planned peak"),
          .value = [predictedText](const Row& row) { return predictedText(row.planned, row.unit); },
          .toolTip = tr("Prediction of the plan for the load it was made for") },
    };
}

RecordModel<DriftSignal>::ColumnList driftColumns()
{
    using Row = DriftSignal;
    return {
        { .id = u"metric"_s,
          .title = tr("Traffic"),
          .value = [](const Row& row) { return QVariant(monitorformat::driftName(row.metric)); } },
        { .id = u"planned"_s,
          .title = tr("Planned"),
          .value =
              [](const Row& row) {
                  return QVariant(monitorformat::driftValue(row.metric, row.expected));
              },
          .toolTip = tr("Of a rate the nearer end of the range from the trough to the peak of a "
                        "planned day") },
        { .id = u"observed"_s,
          .title = tr("Observed"),
          .value =
              [](const Row& row) {
                  return row.observed
                      ? QVariant(monitorformat::driftValue(row.metric, *row.observed))
                      : QVariant();
              },
          .toolTip = tr("Since the change, or over the last windows"),
          .missing = tr("no data") },
        { .id = u"drift"_s,
          .title = tr("Drift"),
          .value =
              [](const Row& row) {
                  if (row.windows == 0)
                      return QVariant();
                  if (!row.drifted())
                      return QVariant(tr("none"));
                  return QVariant(row.direction > 0
                                      ? tr("▲ more since %1").arg(monitorformat::clock(row.since))
                                      : tr("▼ less since %1").arg(monitorformat::clock(row.since)));
              },
          .toolTip = tr("A change that chance does not explain: fewer than one window in 14,000 "
                        "raises a false alarm"),
          .missing = tr("no data"),
          .cellToolTip =
              [](const Row& row) {
                  return tr("%1 of the way to an alarm, over %2 windows")
                      .arg(format::percent(row.pressure),
                           format::integer(static_cast<qint64>(row.windows)));
              } },
    };
}

RecordModel<FigureSample>::ColumnList sampleColumns()
{
    using Row = FigureSample;
    const auto number = [](std::optional<double> Row::*field) {
        return [field](const Row& row) {
            const auto& value = row.*field;
            return value && std::isfinite(*value) ? QVariant(*value) : QVariant();
        };
    };
    return {
        { .id = u"time"_s,
          .title = tr("Time"),
          .value = [](const Row& row) { return QVariant(monitorformat::clock(row.time)); } },
        { .id = u"observed"_s,
          .title = tr("Observed"),
          .value = number(&Row::observed),
          .numeric = true },
        { .id = u"predicted"_s,
          .title = tr("Predicted"),
          .value = number(&Row::predicted),
          .numeric = true },
        { .id = u"low"_s,
          .title = tr("Interval from"),
          .value = number(&Row::low),
          .numeric = true },
        { .id = u"high"_s,
          .title = tr("Interval to"),
          .value = number(&Row::high),
          .numeric = true },
        { .id = u"verdict"_s,
          .title = tr("Verdict"),
          .value = [](const Row& row) { return QVariant(monitorformat::verdict(row.verdict)); } },
    };
}

} // namespace

FiguresModel::FiguresModel(QObject* parent)
    : RecordModel(figureColumns(), parent)
{ }

DriftModel::DriftModel(QObject* parent)
    : RecordModel(driftColumns(), parent)
{ }

SamplesModel::SamplesModel(QObject* parent)
    : RecordModel(sampleColumns(), parent)
{ }

namespace monitorformat {

QString figureName(const ComparedFigure& figure)
{
    static constexpr std::pair<std::string_view, const char*> names[] {
        { "ttft_mean", QT_TRANSLATE_NOOP("llmd::MonitorModels", "TTFT mean") },
        { "ttft_p50", QT_TRANSLATE_NOOP("llmd::MonitorModels", "TTFT p50") },
        { "ttft_p90", QT_TRANSLATE_NOOP("llmd::MonitorModels", "TTFT p90") },
        { "ttft_p95", QT_TRANSLATE_NOOP("llmd::MonitorModels", "TTFT p95") },
        { "ttft_p99", QT_TRANSLATE_NOOP("llmd::MonitorModels", "TTFT p99") },
        { "itl_mean", QT_TRANSLATE_NOOP("llmd::MonitorModels", "ITL mean") },
        { "e2e_mean", QT_TRANSLATE_NOOP("llmd::MonitorModels", "E2E mean") },
        { "e2e_p50", QT_TRANSLATE_NOOP("llmd::MonitorModels", "E2E p50") },
        { "e2e_p90", QT_TRANSLATE_NOOP("llmd::MonitorModels", "E2E p90") },
        { "e2e_p99", QT_TRANSLATE_NOOP("llmd::MonitorModels", "E2E p99") },
        { "output_rate", QT_TRANSLATE_NOOP("llmd::MonitorModels", "Output rate") },
        { "prefix_hit_share", QT_TRANSLATE_NOOP("llmd::MonitorModels", "Prefix cache hits") },
        { "queueing", QT_TRANSLATE_NOOP("llmd::MonitorModels", "Wait for the scheduler") },
        { "running", QT_TRANSLATE_NOOP("llmd::MonitorModels", "Running per server") },
        { "kv_usage", QT_TRANSLATE_NOOP("llmd::MonitorModels", "KV cache in use") },
    };
    for (const auto& [id, name] : names) {
        if (id == figure.id)
            return tr(name);
    }
    return toQString(figure.name);
}

QString value(double value, const std::string& unit)
{
    if (!std::isfinite(value))
        return u"∞"_s;
    if (unit == "s")
        return format::duration(Seconds(value));
    if (unit == "share")
        return format::percent(value);
    if (unit == "tokens/s")
        return format::tokenRate(TokensPerSecond(value));
    return tr("%1 requests").arg(format::number(value));
}

Scale scaleOf(const std::string& unit)
{
    if (unit == "s")
        return { 1e3, tr("ms") };
    if (unit == "share")
        return { 100, u"%"_s };
    return { 1, unit == "tokens/s" ? tr("tokens/s") : tr("requests") };
}

QString verdict(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Within:
        return tr("✓ within");
    case Verdict::Above:
        return tr("▲ above");
    case Verdict::Below:
        return tr("▼ below");
    case Verdict::NoData:
        break;
    }
    return tr("not judged");
}

QString driftName(DriftMetric metric)
{
    switch (metric) {
    case DriftMetric::Rate:
        return tr("Request rate");
    case DriftMetric::PromptTokens:
        return tr("Prompt length");
    case DriftMetric::OutputTokens:
        return tr("Output length");
    case DriftMetric::PrefixHits:
        return tr("Prefix cache hits");
    case DriftMetric::Burstiness:
        break;
    }
    return tr("Burstiness");
}

QString driftValue(DriftMetric metric, double value)
{
    switch (metric) {
    case DriftMetric::Rate:
        return format::rate(RequestsPerSecond(value));
    case DriftMetric::PromptTokens:
    case DriftMetric::OutputTokens:
        return tr("%1 tokens").arg(format::number(std::round(value)));
    case DriftMetric::PrefixHits:
        return format::percent(value);
    case DriftMetric::Burstiness:
        break;
    }
    return tr("%1 × Poisson").arg(format::number(value, 2));
}

QString clock(double time)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(time * 1e3));
    const bool today = moment.date() == QDate::currentDate();
    return today ? QLocale().toString(moment.time(), u"HH:mm:ss"_s)
                 : QLocale().toString(moment, QLocale::ShortFormat);
}

} // namespace monitorformat

} // namespace llmd

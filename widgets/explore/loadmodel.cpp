// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadmodel.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return LoadModel::tr(text);
}

QVariant asNumber(double value)
{
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

template <class Value>
Column<LoadRow> number(const QString& id, const QString& title, const QString& unit, Value value)
{
    return { .id = id,
             .title = title,
             .unit = unit,
             .value = [value](const LoadRow& row) { return asNumber(value(row)); },
             .numeric = true,
             .ascendingFirst = true };
}

void appendLatency(std::vector<Column<LoadRow>>& columns, const QString& name,
                   LatencyEstimate Estimate::*latency)
{
    const struct
    {
        const char* suffix;
        double percentile;
    } shown[] = { { "p50", 50 }, { "p95", 95 }, { "p99", 99 } };
    for (const auto& [suffix, percentile] : shown) {
        const QString end = QString::fromLatin1(suffix);
        columns.push_back(number(name.toLower() + u'_' + end, name + u' ' + end, tr("ms"),
                                 [latency, percentile = percentile](const LoadRow& row) {
                                     return inMilliseconds(
                                         (row.point.estimate.*latency).at(percentile));
                                 }));
    }
}

std::vector<Column<LoadRow>> loadColumns()
{
    std::vector<Column<LoadRow>> columns;
    columns.push_back(number(u"load"_s, tr("Load"), tr("requests/s"), [](const LoadRow& row) {
        return row.point.rate.value() * row.parts;
    }));
    columns.push_back(number(u"utilization"_s, tr("Utilisation"), u"%"_s,
                             [](const LoadRow& row) { return row.point.utilization * 100; }));
    appendLatency(columns, u"TTFT"_s, &Estimate::ttft);
    appendLatency(columns, u"ITL"_s, &Estimate::itl);
    appendLatency(columns, u"E2E"_s, &Estimate::e2e);
    columns.push_back(number(u"output"_s, tr("Output"), tr("tokens/s"), [](const LoadRow& row) {
        return row.point.estimate.outputThroughput.value() * row.parts;
    }));
    columns.push_back(
        number(u"goodput"_s, tr("Within targets"), tr("requests/s"),
               [](const LoadRow& row) { return row.point.goodput.value() * row.parts; }));
    columns.push_back(number(u"attainment"_s, tr("Share within targets"), u"%"_s,
                             [](const LoadRow& row) { return row.point.attainment.share * 100; }));
    columns.push_back(number(u"power"_s, tr("Power"), tr("kW"), [](const LoadRow& row) {
        return row.point.power.value() * row.parts / 1000;
    }));
    columns.push_back(number(u"cost_per_million_tokens"_s, tr("Cost of tokens"), tr("$/M tokens"),
                             [](const LoadRow& row) {
                                 return row.point.costPerOutputToken
                                     ? row.point.costPerOutputToken->value() * 1e6
                                     : std::numeric_limits<double>::quiet_NaN();
                             }));
    return columns;
}

} // namespace

LoadModel::LoadModel(QObject* parent)
    : RecordModel(loadColumns(), parent)
{ }

} // namespace llmd

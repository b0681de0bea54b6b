// SPDX-License-Identifier: GPL-3.0-or-later
#include "accuracymodel.h"

#include <widgets/support/qtbridge.h>

#include <QFont>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

using Columns = RecordModel<AccuracyLine>::ColumnList;

QString tr(const char* text)
{
    return AccuracyModel::tr(text);
}

/** A translation by key from a short table, or nothing. */
template <std::size_t N>
QString lookUp(const std::pair<std::string_view, const char*> (&table)[N], std::string_view key)
{
    for (const auto& [known, text] : table) {
        if (known == key)
            return tr(text);
    }
    return {};
}

Column<AccuracyLine> errorColumn(const QString& id, const QString& title,
                                 double AccuracyRow::*figure, const QString& toolTip)
{
    return { .id = id,
             .title = title,
             .unit = u"%"_s,
             .value = [figure](const AccuracyLine& line) { return line.row.*figure * 100; },
             .toolTip = toolTip,
             .numeric = true,
             .ascendingFirst = true };
}

Columns accuracyColumns()
{
    Columns columns {
        { .id = u"group"_s,
          .title = tr("Class"),
          .value =
              [](const AccuracyLine& line) { return QVariant(accuracyGroupName(line.row.group)); },
          .toolTip = tr("Kind of model, GPU generation and precision of the weights") },
        { .id = u"applies"_s,
          .title = tr("Yours"),
          .value =
              [](const AccuracyLine& line) {
                  return QVariant(line.applies ? tr("● selected") : QString());
              },
          .toolTip = tr("The option that is selected under Explore is of this class and predicted "
                        "by this engine") },
        { .id = u"metric"_s,
          .title = tr("Figure"),
          .value =
              [](const AccuracyLine& line) {
                  return QVariant(accuracyMetricName(line.row.metric));
              } },
        { .id = u"engine"_s,
          .title = tr("Engine"),
          .value =
              [](const AccuracyLine& line) {
                  return QVariant(accuracyEngineName(line.row.engine));
              } },
        { .id = u"n"_s,
          .title = tr("n"),
          .value =
              [](const AccuracyLine& line) {
                  return QVariant(static_cast<qlonglong>(line.row.count));
              },
          .toolTip = tr("Measurements compared"),
          .numeric = true },
    };
    columns.push_back(
        errorColumn(u"mean"_s, tr("Mean"), &AccuracyRow::mean, tr("Mean of the absolute errors")));
    columns.push_back(errorColumn(u"median"_s, tr("Median"), &AccuracyRow::median,
                                  tr("Half of the errors are smaller")));
    columns.push_back(
        errorColumn(u"p90"_s, tr("p90"), &AccuracyRow::p90, tr("Nine of ten errors are smaller")));
    columns.push_back({ .id = u"bias"_s,
                        .title = tr("Bias"),
                        .unit = u"%"_s,
                        .value = [](const AccuracyLine& line) { return line.row.bias * 100; },
                        .text =
                            [](const QVariant& value) {
                                const double bias = value.toDouble();
                                return (bias < 0 ? u"−"_s : u"+"_s)
                                    + format::fixed(std::abs(bias), 1);
                            },
                        .toolTip = tr("Mean of predicted against measured: below zero the "
                                      "predictions are too low, that is too fast"),
                        .numeric = true });
    columns.push_back(
        { .id = u"coverage"_s,
          .title = tr("In interval"),
          .unit = u"%"_s,
          .value =
              [](const AccuracyLine& line) {
                  return std::isnan(line.row.coverage) ? QVariant()
                                                       : QVariant(line.row.coverage * 100);
              },
          .text = [](const QVariant& value) { return format::fixed(value.toDouble(), 0); },
          .toolTip = tr("Measurements inside the 90 % interval; 90 would be exact, "
                        "more is cautious, less is too sure"),
          .numeric = true,
          .missing = u"–"_s });
    return columns;
}

} // namespace

QString accuracyMetricName(const std::string& metric)
{
    static constexpr std::pair<std::string_view, const char*> names[] {
        { "ttft_mean", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "TTFT mean") },
        { "ttft_p90", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "TTFT p90") },
        { "ttft_p99", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "TTFT p99") },
        { "itl_mean", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "ITL mean") },
        { "tpot_mean", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "ITL mean (TPOT)") },
        { "e2e_mean", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "E2E mean") },
        { "e2e_p90", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "E2E p90") },
        { "e2e_p99", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "E2E p99") },
        { "throughput", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Throughput") },
        { "weight_memory_gib", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Weights") },
        { "activation_memory_gib", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Activations") },
        { "non_torch_gib", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Non-torch memory") },
        { "cuda_graph_gib", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "CUDA graphs") },
        { "kv_cache_memory_gib", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "KV pool") },
        { "kv_cache_tokens", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "KV pool, tokens") },
        { "max_concurrency", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Concurrency") },
    };
    const QString name = lookUp(names, metric);
    return name.isEmpty() ? toQString(metric) : name;
}

QString accuracyDataName(const std::string& data)
{
    static constexpr std::pair<std::string_view, const char*> names[] {
        { AccuracyData::latency, QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Open loop") },
        { AccuracyData::latencyModelLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Open loop, model unknown to the fit") },
        { AccuracyData::latencyGpuLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Open loop, GPU unknown to the fit") },
        { AccuracyData::serving, QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Closed loop") },
        { AccuracyData::servingBelowSaturation,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Closed loop, below saturation") },
        { AccuracyData::servingModelLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Closed loop, model unknown to the fit") },
        { AccuracyData::servingGpuLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Closed loop, GPU unknown to the fit") },
        { AccuracyData::otherEngines,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Closed loop, other inference engines") },
        { AccuracyData::memory, QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Memory at start-up") },
    };
    const QString name = lookUp(names, data);
    return name.isEmpty() ? toQString(data) : name;
}

QString accuracyDataDescription(const std::string& data)
{
    static constexpr std::pair<std::string_view, const char*> texts[] {
        { AccuracyData::latency,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "Requests arrive at a given rate, as they do in production. The "
                            "coefficients were fitted to these runs.") },
        { AccuracyData::latencyModelLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "Each model is predicted with coefficients that never saw it: what to "
                            "expect of a new model.") },
        { AccuracyData::latencyGpuLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "Each GPU is predicted with coefficients that never saw it: what to "
                            "expect of a new GPU.") },
        { AccuracyData::serving,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "A fixed number of requests is kept in flight; prompts are never "
                            "cached.") },
        { AccuracyData::servingBelowSaturation,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "The closed-loop points at which requests need not wait for a seat.") },
        { AccuracyData::servingModelLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "The closed-loop points, each model with coefficients that never saw "
                            "it.") },
        { AccuracyData::servingGpuLeftOut,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "The closed-loop points, each GPU with coefficients that never saw "
                            "it.") },
        { AccuracyData::otherEngines,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "SGLang and TensorRT-LLM on the same GPUs: the engines describe vLLM, "
                            "so these say how different others are.") },
        { AccuracyData::memory,
          QT_TRANSLATE_NOOP("llmd::AccuracyModel",
                            "What vLLM reports of its memory when it starts.") },
    };
    return lookUp(texts, data);
}

QString accuracyGroupName(const std::string& group)
{
    static constexpr std::pair<std::string_view, const char*> names[] {
        { accuracyAll, QT_TRANSLATE_NOOP("llmd::AccuracyModel", "All measurements") },
        { "sglang", "SGLang" },
        { "trtllm", "TensorRT-LLM" },
    };
    const QString name = lookUp(names, group);
    return name.isEmpty() ? toQString(group) : name;
}

QString accuracyEngineName(const std::string& engine)
{
    static constexpr std::pair<std::string_view, const char*> names[] {
        { "analytic", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Analytic") },
        { "roofline", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Roofline") },
        { "simulation", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Simulation") },
        { "memory", QT_TRANSLATE_NOOP("llmd::AccuracyModel", "Memory ledger") },
    };
    const QString name = lookUp(names, engine);
    return name.isEmpty() ? toQString(engine) : name;
}

AccuracyModel::AccuracyModel(QObject* parent)
    : RecordModel(accuracyColumns(), parent)
{ }

QVariant AccuracyModel::extraData(const Column<AccuracyLine>& /*column*/, const AccuracyLine& row,
                                  int role) const
{
    if (role == Qt::FontRole && row.applies) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    return {};
}

} // namespace llmd

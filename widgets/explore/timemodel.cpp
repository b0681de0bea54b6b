// SPDX-License-Identifier: GPL-3.0-or-later
#include "timemodel.h"

#include <widgets/support/qtbridge.h>

#include <QFont>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

using Columns = RecordModel<TimeTerm>::ColumnList;

QString tr(const char* text)
{
    return TimeModel::tr(text);
}

/** Levels as indentation that a proportional font shows evenly. */
QString indented(const TimeTerm& term)
{
    return QString(term.level * 3, QChar(QChar::Nbsp)) + timeTermName(term);
}

Columns timeColumns()
{
    return {
        { .id = u"part"_s,
          .title = tr("Part"),
          .value = [](const TimeTerm& term) { return QVariant(indented(term)); },
          .cellToolTip = [](const TimeTerm& term) { return toQString(term.derivation); } },
        { .id = u"time"_s,
          .title = tr("Time"),
          .unit = u"ms"_s,
          .value = [](const TimeTerm& term) { return QVariant(inMilliseconds(term.time)); },
          .numeric = true },
        { .id = u"share"_s,
          .title = tr("Share"),
          .value =
              [](const TimeTerm& term) { return term.adds ? QVariant(term.share) : QVariant(); },
          .text = [](const QVariant& value) { return format::percent(value.toDouble()); },
          .toolTip = tr("Of the step, or of the time to the first token. Work that overlaps with "
                        "other work has no share: its time is what it would take alone"),
          .numeric = true,
          .missing = tr("alone") },
        { .id = u"source"_s,
          .title = tr("Source"),
          .value = [](const TimeTerm& term) { return QVariant(foundationText(term)); },
          .toolTip = tr("Where the coefficients behind the figure come from; the weakest counts"),
          .cellToolTip =
              [](const TimeTerm& term) {
                  QStringList lines;
                  for (const CoefficientNote& note : term.sources)
                      lines.append(toQString(sourceText(note)));
                  return lines.join(u'\n');
              } },
        { .id = u"derivation"_s,
          .title = tr("How it follows"),
          .value = [](const TimeTerm& term) { return QVariant(toQString(term.derivation)); },
          .hidden = true },
    };
}

} // namespace

QString originText(const std::string& origin)
{
    if (origin == "fit")
        return tr("fit");
    if (origin == "published")
        return tr("published");
    if (origin == "assumed")
        return tr("assumed");
    return toQString(origin);
}

QString foundationText(const TimeTerm& term)
{
    for (const char* origin : { "assumed", "published", "fit" }) {
        for (const CoefficientNote& note : term.sources) {
            if (note.origin == origin)
                return originText(note.origin);
        }
    }
    return {};
}

QString timeTermName(const TimeTerm& term)
{
    static const std::pair<const char*, const char*> names[] {
        { "step", QT_TRANSLATE_NOOP("llmd::TimeModel", "One decode step") },
        { "linear", QT_TRANSLATE_NOOP("llmd::TimeModel", "Weights and arithmetic") },
        { "linear.weights", QT_TRANSLATE_NOOP("llmd::TimeModel", "All weights") },
        { "linear.weights.attention", QT_TRANSLATE_NOOP("llmd::TimeModel", "Attention weights") },
        { "linear.weights.dense", QT_TRANSLATE_NOOP("llmd::TimeModel", "Feed-forward weights") },
        { "linear.weights.shared_experts",
          QT_TRANSLATE_NOOP("llmd::TimeModel", "Shared experts, router") },
        { "linear.weights.experts", QT_TRANSLATE_NOOP("llmd::TimeModel", "Routed experts") },
        { "linear.weights.head", QT_TRANSLATE_NOOP("llmd::TimeModel", "Output head") },
        { "linear.compute", QT_TRANSLATE_NOOP("llmd::TimeModel", "Matrix arithmetic") },
        { "expert_tokens", QT_TRANSLATE_NOOP("llmd::TimeModel", "Tokens to experts") },
        { "kv_read", QT_TRANSLATE_NOOP("llmd::TimeModel", "KV cache read") },
        { "layers", QT_TRANSLATE_NOOP("llmd::TimeModel", "Per layer") },
        { "step_overhead", QT_TRANSLATE_NOOP("llmd::TimeModel", "Per step") },
        { "collectives", QT_TRANSLATE_NOOP("llmd::TimeModel", "Collectives") },
        { "sampler", QT_TRANSLATE_NOOP("llmd::TimeModel", "Sampler") },
        { "pipeline", QT_TRANSLATE_NOOP("llmd::TimeModel", "Pipeline") },
        { "ttft", QT_TRANSLATE_NOOP("llmd::TimeModel", "First token (mean)") },
        { "ttft.queueing", QT_TRANSLATE_NOOP("llmd::TimeModel", "Waiting for a seat") },
        { "ttft.steps", QT_TRANSLATE_NOOP("llmd::TimeModel", "Steps until then") },
        { "ttft.prefill", QT_TRANSLATE_NOOP("llmd::TimeModel", "Computing the prompt") },
        { "ttft.request", QT_TRANSLATE_NOOP("llmd::TimeModel", "HTTP and tokenizer") },
    };
    for (const auto& [id, name] : names) {
        if (term.id == id)
            return tr(name);
    }
    return toQString(term.name);
}

TimeModel::TimeModel(QObject* parent)
    : RecordModel(timeColumns(), parent)
{ }

QVariant TimeModel::extraData(const Column<TimeTerm>& /*column*/, const TimeTerm& row,
                              int role) const
{
    if (role == Qt::FontRole && row.level == 0) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    return {};
}

} // namespace llmd

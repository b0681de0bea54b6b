// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginetext.h"

#include "optiontext.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** GPUs named one by one; beyond that their number says more. */
constexpr qsizetype namedGpus = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("EngineText", text);
}

QString validatedText(const EngineInfo& info, const Catalog& catalog)
{
    QStringList names;
    for (const std::string& id : info.validatedGpus) {
        const Gpu* gpu = catalog.findGpu(id);
        names.append(gpu ? gpuText(*gpu) : toQString(id));
    }
    if (names.isEmpty())
        return tr("Not validated against measurements on any GPU.");
    const qsizetype more = names.size() - namedGpus;
    if (more <= 1)
        return tr("Validated on: %1.").arg(names.join(u", "_s));
    names.resize(namedGpus);
    return tr("Validated on: %1 and %2 more.").arg(names.join(u", "_s), format::integer(more));
}

} // namespace

QString engineName(const EngineInfo& info)
{
    return info.name.empty() ? toQString(info.id) : toQString(info.name);
}

QString engineName(const std::vector<EngineInfo>& engines, const std::string& id)
{
    const auto it = std::find_if(engines.begin(), engines.end(),
                                 [&id](const EngineInfo& info) { return info.id == id; });
    return it == engines.end() ? toQString(id) : engineName(*it);
}

QString engineDescription(const EngineInfo& info, const Catalog& catalog)
{
    const auto flag = [](const QString& what, bool can) {
        return (can ? u"✓ "_s : u"– "_s) + what;
    };
    return QStringList {
        toQString(info.description),
        QStringList { flag(tr("percentiles"), info.percentiles),
                      flag(tr("mixture of experts"), info.mixtureOfExperts),
                      flag(tr("prefill and decode apart"), info.prefillDecodeDisaggregation) }
            .join(u"   "_s),
        validatedText(info, catalog),
        info.declaredIn.empty()
            ? QString()
            : tr("An external program, declared in %1.").arg(toQString(info.declaredIn)),
        info.unavailable.empty() ? QString()
                                 : tr("Cannot run: %1").arg(toQString(info.unavailable)),
    }
        .filter(QRegularExpression(u"."_s))
        .join(u'\n');
}

IntervalFactors drawnInterval(const Estimate& estimate, const IntervalFactors& interval)
{
    const bool holds = interval.stated && !estimate.saturated && !estimate.nearSaturation;
    return holds ? interval : IntervalFactors::none();
}

QString intervalText(const Estimate& estimate, const IntervalFactors& interval)
{
    if (estimate.saturated)
        return tr("saturated");
    if (estimate.nearSaturation)
        return tr("near saturation");
    if (!interval.stated)
        return tr("not stated");
    return format::interval(interval.low, interval.high);
}

QString saturationAdvice(const Estimate& estimate)
{
    if (estimate.saturated)
        return tr("Saturated: more arrives than can be served, so latencies grow as long as the "
                  "load lasts. Add replicas, choose a larger option or lower the peak load.");
    if (estimate.nearSaturation)
        return tr("Near saturation: whether requests queue hangs on a few percent of the step "
                  "time, so no interval is stated. Add a replica or plan more head-room if the "
                  "latency has to hold.");
    return {};
}

} // namespace llmd

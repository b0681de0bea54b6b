// SPDX-License-Identifier: GPL-3.0-or-later
#include "optiontext.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("OptionText", text);
}

/** "5 replicas × 8 (TP8)". */
QString poolText(const QString& servers, const Pool& pool)
{
    return tr("%1 × %2 (%3)")
        .arg(servers, format::integer(pool.parallelism.gpus()),
             toQString(pool.parallelism.label()));
}

} // namespace

QString topologyText(const Topology& topology)
{
    return toQString(topology.label()).replace(u" x "_s, u" × "_s);
}

QString gpuText(const Gpu& gpu)
{
    QString name = toQString(gpu.name);
    const QString vendor = toQString(toString(gpu.vendor)) + u' ';
    if (name.startsWith(vendor, Qt::CaseInsensitive))
        name.remove(0, vendor.size());
    return name;
}

QString modelText(const Model& model)
{
    return toQString(model.displayName.empty() ? model.id : model.displayName);
}

QString provenanceText(Provenance::Label label)
{
    return label == Provenance::Label::Benchmarked ? tr("Benchmarked") : tr("Estimated");
}

QString parallelismText(const Topology& topology)
{
    const QString own = toQString(topology.pool.parallelism.label());
    if (!topology.disaggregation)
        return own;
    return tr("P/D %1 → %2")
        .arg(toQString(topology.disaggregation->prefill.parallelism.label()), own);
}

QString sizeText(const Topology& topology)
{
    const QString gpus =
        topology.gpus() == 1 ? tr("1 GPU") : tr("%1 GPUs").arg(format::integer(topology.gpus()));
    const int replicas = topology.pool.replicas;
    if (!topology.disaggregation) {
        const QString servers =
            replicas == 1 ? tr("1 replica") : tr("%1 replicas").arg(format::integer(replicas));
        return tr("%1 = %2").arg(gpus, poolText(servers, topology.pool));
    }
    const Pool& prefill = topology.disaggregation->prefill;
    return tr("%1 = %2 + %3")
        .arg(gpus, poolText(tr("%1 prefill").arg(format::integer(prefill.replicas)), prefill),
             poolText(tr("%1 decode").arg(format::integer(replicas)), topology.pool));
}

QString weightsText(const Model& model)
{
    return toQString(model.architecture.quantization.label());
}

QString optionText(const Option& option)
{
    const Candidate& candidate = option.candidate;
    return tr("%1 on %2\n%3")
        .arg(modelText(*candidate.model), gpuText(*candidate.gpu), sizeText(candidate.topology));
}

double outputPerGpu(const Option& option)
{
    return option.atPeak.outputThroughput.value() / std::max(1, option.totalGpus);
}

double outputPerUser(const Estimate& estimate)
{
    return 1 / estimate.itl.mean.value();
}

double dollarsPerMillionTokens(const Option& option)
{
    return option.cost.value() / option.atPeak.outputThroughput.value() * 1e6;
}

} // namespace llmd

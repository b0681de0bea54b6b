// SPDX-License-Identifier: Apache-2.0
#include "collectives.h"

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** Bandwidth of a NIC where a GPU's entry has none: 100 Gbit/s. */
constexpr double fallbackNetwork = 12.5e9;

double positiveOr(double value, double fallback)
{
    return value > 0 ? value : fallback;
}

/** All-reduce among GPUs that reach each other over the scale-up link. */
AllReduce scaleUpAllReduce(const Gpu& gpu, double ranks, const Coefficients& c)
{
    if (gpu.scaleUp == ScaleUpKind::Mesh) {
        // Every pair has its own link, and all of them work at once; two GPUs share only one.
        const double pair =
            c.linkEfficiency * positiveOr(gpu.pairBandwidth.value(), gpu.scaleUpBandwidth.value());
        return { { c.oneShotLatency, 1 / pair }, { c.twoShotLatency, 2 / ranks / pair } };
    }
    const double link = c.linkEfficiency * gpu.scaleUpBandwidth.value();
    return { { c.oneShotLatency, (ranks - 1) / link },
             { c.twoShotLatency, 2 * (ranks - 1) / ranks / link } };
}

/** Ring over PCIe or network: 2 (r - 1) hops, each carrying 1/r of the message. */
MessageTime ringAllReduce(double ranks, double bandwidth, double hop, const Coefficients& c)
{
    return { 2 * (ranks - 1) * hop, 2 * (ranks - 1) / ranks / (c.linkEfficiency * bandwidth) };
}

} // namespace

double outerBandwidth(const Gpu& gpu, int ranks)
{
    const double pcie = positiveOr(gpu.pcieBandwidth.value(), fallbackNetwork);
    if (ranks <= gpu.gpusPerNode)
        return pcie;
    return std::min(pcie, positiveOr(gpu.scaleOutBandwidth.value(), fallbackNetwork));
}

AllReduce allReduce(const Gpu& gpu, int ranks, const Coefficients& c)
{
    if (ranks <= 1)
        return {};
    const bool linked = gpu.scaleUp != ScaleUpKind::Pcie && gpu.scaleUpBandwidth.value() > 0;
    const int domain = std::max(1, linked ? gpu.scaleUpDomain : gpu.gpusPerNode);
    if (ranks <= domain) {
        if (linked)
            return scaleUpAllReduce(gpu, ranks, c);
        const MessageTime ring =
            ringAllReduce(ranks, outerBandwidth(gpu, ranks), c.pcieHopLatency, c);
        return { ring, ring };
    }
    // Reduce-scatter inside the domain, ring over the domains on the shard, all-gather inside.
    const double groups = std::ceil(static_cast<double>(ranks) / domain);
    const double hop = ranks <= gpu.gpusPerNode ? c.pcieHopLatency : c.interNodeLatency;
    MessageTime total = ringAllReduce(groups, outerBandwidth(gpu, ranks), hop, c);
    total.perByte /= domain;
    if (domain > 1) {
        const MessageTime inner = linked
            ? scaleUpAllReduce(gpu, domain, c).twoShot
            : ringAllReduce(domain, outerBandwidth(gpu, domain), c.pcieHopLatency, c);
        total.latency += inner.latency;
        total.perByte += inner.perByte;
    }
    return { total, total };
}

ExpertExchangeTime expertExchange(const Candidate& candidate, const LayerGroup& group,
                                  const Coefficients& c)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Gpu& gpu = *candidate.gpu;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const double tensor = std::max(1, parallelism.tensor);
    const double ranks = tensor * std::max(1, parallelism.data);
    // A token goes once to each rank with some of its experts, in the precision that they multiply in, and comes back as it
    // was. Tensor-parallel ranks send a share each.
    const double reached =
        (ranks - 1) * -std::expm1(group.feedForward.expertsPerToken * std::log1p(-1 / ranks));
    const double valueBytes = bytesPerValue(architecture.dtype)
        + std::min(bytesPerValue(architecture.dtype),
                   std::max(1.0, bytesPerValue(architecture.quantization.activations)));
    const bool linked = gpu.scaleUp != ScaleUpKind::Pcie && gpu.scaleUpBandwidth.value() > 0;
    const double domain = std::max(1, linked ? gpu.scaleUpDomain : 1);
    // Both kinds of links work at once.
    const double outside = std::max(0.0, ranks - domain) / (ranks - 1);
    const double network = outerBandwidth(gpu, static_cast<int>(ranks));
    const double inner = linked ? (1 - outside) / gpu.scaleUpBandwidth.value() : 0;
    const double perByte = std::max(inner, outside / network) / c.linkEfficiency;
    const double latency = 2 * (c.allToAllLatency + (outside > 0 ? c.interNodeLatency : 0));
    return { architecture.hiddenSize * valueBytes * reached / tensor, { latency, perByte } };
}

} // namespace llmd

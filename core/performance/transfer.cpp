// SPDX-License-Identifier: Apache-2.0
#include "transfer.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

/** Achieved share of a link's datasheet bandwidth with blocks of some hundred KiB; assumed. */
constexpr double linkShare = 0.8;
/** What TCP brings through host memory per GPU, however fast its NIC: 25 Gbit/s; assumed. */
constexpr double tcpBandwidth = 25e9 / 8;
/** Notification, descriptors of the blocks and set-up of one hand-over; assumed. */
constexpr double scaleUpLatency = 0.5e-3;
constexpr double rdmaLatency = 1e-3;
constexpr double tcpLatency = 2e-3;
constexpr double storageLatency = 5e-3;

struct PathFigures
{
    double bandwidth = 0; ///< B/s; 0 = not known
    double latency = 0;
    std::string source;
};

PathFigures figuresOf(TransferPath path, const Gpu& prefill, const Gpu& decode)
{
    const auto slower = [&](BytesPerSecond Gpu::*link) {
        return std::min((prefill.*link).value(), (decode.*link).value());
    };
    const std::string share = printNumber(100 * linkShare) + " % of ";
    switch (path) {
    case TransferPath::ScaleUp:
        return { linkShare * slower(&Gpu::pairBandwidth), scaleUpLatency,
                 share + "the scale-up link's datasheet bandwidth (assumed)" };
    case TransferPath::Rdma:
        return { linkShare * slower(&Gpu::scaleOutBandwidth), rdmaLatency,
                 share + "the network adapter's share per GPU (assumed)" };
    case TransferPath::Tcp:
        return { std::min(tcpBandwidth, linkShare * slower(&Gpu::scaleOutBandwidth)), tcpLatency,
                 "25 Gbit/s per GPU through host memory (assumed)" };
    case TransferPath::SharedStorage:
        return { 0, storageLatency, {} };
    }
    return {};
}

} // namespace

double TransferLink::bytesPerGpu() const
{
    return std::max(sendBytes, receiveBytes);
}

double TransferLink::capacity() const
{
    return busyPerRequest > 0 ? 1 / busyPerRequest : std::numeric_limits<double>::infinity();
}

Result<TransferLink> transferLink(const Candidate& candidate, double tokens)
{
    if (!candidate.topology.disaggregation)
        return failure(ErrorCode::Internal, "an aggregated candidate transfers nothing");
    const Candidate prefill = prefillRole(candidate);
    const Candidate decode = decodeRole(candidate);
    const Transfer& transfer = candidate.topology.disaggregation->transfer;
    const PathFigures figures = figuresOf(transfer.path, *prefill.gpu, *decode.gpu);
    TransferLink link;
    link.bandwidth = transfer.bandwidth ? transfer.bandwidth->value() : figures.bandwidth;
    if (!(link.bandwidth > 0))
        return failure(ErrorCode::Unsupported,
                       "transfer over " + std::string(toString(transfer.path))
                           + ": no bandwidth is known; state it per GPU (--transfer-bandwidth)");
    link.bandwidthSource = transfer.bandwidth ? "as stated" : figures.source;
    link.latency = transfer.latency ? transfer.latency->value() : figures.latency;
    link.overlap = transfer.overlap;

    // Each decode rank fetches its heads, or the whole latent vector (MLA). A prefill rank serves as many decode ranks as
    // there are for it; of more prefill than decode ranks (MLA alone) those that hold the same again send nothing.
    const Pool& from = prefill.topology.pool;
    const Pool& to = decode.topology.pool;
    const double receivers = to.parallelism.tensor * to.parallelism.pipeline;
    const double senders =
        std::min(from.parallelism.tensor, to.parallelism.tensor) * from.parallelism.pipeline;
    link.receiveBytes = tokens > 0 ? keyValueBytes(decode, tokens).value() : 0;
    link.bytes = link.receiveBytes * receivers;
    link.sendBytes = link.bytes / senders;
    const double send = link.sendBytes / link.bandwidth;
    const double receive = link.receiveBytes / link.bandwidth;
    const bool stored = transfer.path == TransferPath::SharedStorage;
    link.wire = stored ? send + receive : std::max(send, receive);
    const auto groups = [](const Pool& pool) {
        return static_cast<double>(std::max(1, pool.replicas * pool.parallelism.data));
    };
    link.busyPerRequest = std::max(send / groups(from), receive / groups(to));
    return link;
}

Result<TransferTimes> TransferTimes::make(const Candidate& candidate)
{
    constexpr double anyTokens = 1024; // the shares do not depend on them
    const auto link = transferLink(candidate, anyTokens);
    if (!link)
        return tl::unexpected(link.error());
    TransferTimes times(decodeRole(candidate));
    times.m_bandwidth = link->bandwidth;
    times.m_sendersPerReceiver = link->receiveBytes > 0 ? link->sendBytes / link->receiveBytes : 1;
    times.m_latency = link->latency;
    times.m_overlap = link->overlap;
    times.m_stored =
        candidate.topology.disaggregation->transfer.path == TransferPath::SharedStorage;
    return times;
}

double TransferTimes::receive(double tokens) const
{
    return tokens > 0 ? keyValueBytes(m_decode, tokens).value() / m_bandwidth : 0;
}

double TransferTimes::wire(double tokens) const
{
    const double receiving = receive(tokens);
    const double sending = m_sendersPerReceiver * receiving;
    return m_stored ? sending + receiving : std::max(sending, receiving);
}

TransferTime transferTime(const TransferLink& link, double rate, double lastChunk, double others)
{
    TransferTime time;
    time.utilization = rate * link.busyPerRequest;
    const double met = std::min(0.999, time.utilization * others);
    time.contention = link.wire * met / (1 - met);
    time.hidden = std::min(lastChunk, link.overlap * (link.wire + time.contention));
    time.total = link.latency + link.wire + time.contention - time.hidden;
    return time;
}

} // namespace llmd

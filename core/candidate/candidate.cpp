// SPDX-License-Identifier: Apache-2.0
#include "candidate.h"

#include <array>

namespace llmd {

std::string Parallelism::label() const
{
    std::string text = "TP" + std::to_string(tensor);
    if (pipeline > 1)
        text += " PP" + std::to_string(pipeline);
    if (data > 1)
        text += " DP" + std::to_string(data);
    if (expert)
        text += " EP";
    return text;
}

namespace {

struct PathName
{
    TransferPath path;
    std::string_view name;
};
constexpr std::array pathNames {
    PathName { TransferPath::ScaleUp, "nvlink" },
    PathName { TransferPath::Rdma, "rdma" },
    PathName { TransferPath::Tcp, "tcp" },
    PathName { TransferPath::SharedStorage, "storage" },
};

struct ExchangeName
{
    ExpertExchange exchange;
    std::string_view name;
};
constexpr std::array exchangeNames {
    ExchangeName { ExpertExchange::Gather, "gather" },
    ExchangeName { ExpertExchange::Dispatch, "dispatch" },
};

std::string labelOf(const Pool& pool)
{
    return std::to_string(pool.replicas) + " x " + pool.parallelism.label();
}

} // namespace

std::string_view toString(TransferPath path)
{
    for (const auto& entry : pathNames) {
        if (entry.path == path)
            return entry.name;
    }
    return {};
}

std::optional<TransferPath> parseTransferPath(std::string_view text)
{
    for (const auto& entry : pathNames) {
        if (entry.name == text)
            return entry.path;
    }
    return std::nullopt;
}

std::string_view toString(ExpertExchange exchange)
{
    for (const auto& entry : exchangeNames) {
        if (entry.exchange == exchange)
            return entry.name;
    }
    return {};
}

std::optional<ExpertExchange> parseExpertExchange(std::string_view text)
{
    for (const auto& entry : exchangeNames) {
        if (entry.name == text)
            return entry.exchange;
    }
    return std::nullopt;
}

int Topology::gpus() const
{
    return pool.gpus() + (disaggregation ? disaggregation->prefill.gpus() : 0);
}

std::string Topology::label() const
{
    if (!disaggregation)
        return labelOf(pool);
    return labelOf(disaggregation->prefill) + " prefill + " + labelOf(pool) + " decode";
}

Candidate decodeRole(const Candidate& candidate)
{
    Candidate role = candidate;
    role.topology.disaggregation.reset();
    return role;
}

Candidate prefillRole(const Candidate& candidate)
{
    Candidate role = decodeRole(candidate);
    if (const auto& split = candidate.topology.disaggregation) {
        role.topology.pool = split->prefill;
        role.engine = split->engine;
        if (split->gpu)
            role.gpu = split->gpu;
    }
    return role;
}

} // namespace llmd

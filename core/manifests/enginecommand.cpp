// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <fmt/format.h>

#include <algorithm>

namespace llmd::kubernetes {

namespace {

constexpr int rankPort = 5555; ///< between the attention replicas of one engine
constexpr int nodePort = 29501; ///< between the nodes of one engine; vLLM's default

} // namespace

std::vector<std::string> serveArguments(const Export& context, const Server& server)
{
    std::vector<std::string> words { context.plan.model->id,
                                     "--served-model-name=" + context.plan.servedName,
                                     fmt::format("--port={}", server.enginePort()) };
    for (const auto& argument : server.plan.arguments)
        words.push_back(argument.text());
    return words;
}

std::string argumentReasons(const Server& server)
{
    std::string reasons;
    for (const auto& argument : server.plan.arguments)
        reasons +=
            fmt::format("{}{}: {}", reasons.empty() ? "" : "\n", argument.text(), argument.why);
    return reasons;
}

std::vector<std::string> joiningArguments(const Server& server, bool worker)
{
    const auto& plan = server.plan;
    if (plan.pods == 1)
        return {};
    if (plan.everyPodServes())
        return { "--data-parallel-hybrid-lb", "--data-parallel-address=$(LWS_LEADER_ADDRESS)",
                 fmt::format("--data-parallel-rpc-port={}", rankPort) };
    std::vector<std::string> words { fmt::format("--nnodes={}", plan.pods),
                                     "--node-rank=$(LWS_WORKER_INDEX)",
                                     "--master-addr=$(LWS_LEADER_ADDRESS)",
                                     fmt::format("--master-port={}", nodePort) };
    if (worker)
        words.emplace_back("--headless");
    return words;
}

YamlValue engineCommand(const Server& server)
{
    const auto& plan = server.plan;
    if (plan.pods == 1 || !plan.everyPodServes())
        return stringList({ "vllm", "serve" });
    // The first rank of a pod is a product, which only a shell can compute; the arguments stay a list.
    auto command = stringList(
        { "/bin/sh", "-c",
          fmt::format(
              R"sh(exec vllm serve "$@" --data-parallel-start-rank "$((LWS_WORKER_INDEX * {}))")sh",
              plan.dataLocal()),
          "vllm" });
    command.setHeadComment(
        "The first of the attention replicas in this pod depends on its place in the group.");
    return command;
}

Labels engineVariables(const Export& context, const Server& server)
{
    Labels variables { { "HF_HOME", modelCache },
                       { "VLLM_CACHE_ROOT", fmt::format("{}/vllm", modelCache) } };
    if (server.plan.role != ServerRole::Both)
        variables.emplace_back("VLLM_NIXL_SIDE_CHANNEL_PORT", std::to_string(sideChannelPort));
    // Without it UCX looks for RDMA devices; where there are some it finds the best by itself.
    if (const auto* transfer = context.transfer(); transfer && transfer->path == TransferPath::Tcp)
        variables.emplace_back("UCX_TLS", "cuda_ipc,cuda_copy,tcp");
    return variables;
}

} // namespace llmd::kubernetes

// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

// Scripts for POSIX shells. Every text of the user is one quoted word.

namespace llmd::kubernetes {

namespace {

std::string scriptHead(const Export& context, const std::string& what, bool figures)
{
    std::string text = "#!/bin/sh\n";
    const auto lines = header(context, what, figures);
    for (const auto line : split(lines, '\n'))
        text += fmt::format("#{}{}\n", line.empty() ? "" : " ", line);
    return text;
}

std::string commandLines(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " \\\n  ") + word;
    return text + "\n";
}

/** One machine can hold several replicas: each takes the next GPUs and the next port. */
std::string placement(const Server& server)
{
    const auto* devices =
        server.plan.gpu->vendor == GpuVendor::Amd ? "HIP_VISIBLE_DEVICES" : "CUDA_VISIBLE_DEVICES";
    const int gpus = server.plan.gpusPerPod();
    std::string text = "set -eu\n";
    if (!server.spansNodes()) {
        text += "# REPLICA counts the replicas on this machine from 0; each takes the next GPUs "
                "and the next port.\n";
        text += "REPLICA=\"${REPLICA:-0}\"\n";
        text += fmt::format("first=$((REPLICA * {}))\n", gpus);
        text += fmt::format("{0}=\"${{{0}:-$(seq -s, \"$first\" $((first + {1})))}}\"\n", devices,
                            gpus - 1);
        text += fmt::format("export {}\n", devices);
        text += fmt::format("PORT=\"${{PORT:-$(({} + REPLICA))}}\"\n", server.enginePort());
    } else {
        text += fmt::format("# Run it on {} machines, with NODE_RANK from 0 and the address of the "
                            "first in LEADER.\n",
                            server.plan.pods);
        text += "NODE_RANK=\"${NODE_RANK:?the place of this machine, from 0}\"\n";
        text += "LEADER=\"${LEADER:?the address of the first machine}\"\n";
        text += fmt::format("PORT=\"${{PORT:-{}}}\"\n", server.enginePort());
    }
    return text;
}

std::string variables(const Server& server)
{
    std::string text;
    if (server.plan.role == ServerRole::Both)
        return text;
    text += "# The address under which the other servers fetch KV caches from this one.\n";
    text += "export VLLM_NIXL_SIDE_CHANNEL_HOST=\"${HOST_ADDRESS:?the address of this machine}\"\n";
    text +=
        fmt::format("export VLLM_NIXL_SIDE_CHANNEL_PORT=\"${{VLLM_NIXL_SIDE_CHANNEL_PORT:-{}}}\"\n",
                    sideChannelPort);
    return text;
}

/** The Kubernetes variables of the joining arguments as those of the script. */
std::string joiningWord(const std::string& word)
{
    auto text = word;
    for (const auto& [from, to] :
         { std::pair<std::string_view, std::string_view> { "$(LWS_LEADER_ADDRESS)", "$LEADER" },
           { "$(LWS_WORKER_INDEX)", "$NODE_RANK" } }) {
        if (const auto at = text.find(from); at != std::string::npos)
            text = "\"" + text.replace(at, from.size(), to) + "\"";
    }
    return text;
}

std::string serveScript(const Export& context, const Server& server)
{
    const auto role = server.plan.role;
    auto text = scriptHead(context,
                           role == ServerRole::Both
                               ? std::string("vllm serve")
                               : fmt::format("vllm serve, the servers that {}", toString(role)),
                           true);
    const auto reasons = argumentReasons(server);
    for (const auto line : split(reasons, '\n'))
        text += fmt::format("# {}\n", line);
    text += placement(server) + variables(server);
    std::vector<std::string> lines;
    for (const auto& word : serveArguments(context, server)) {
        if (word.starts_with("--port="))
            lines.emplace_back("--port=\"$PORT\"");
        else
            lines.push_back(shellWord(word));
    }
    for (const auto& word : joiningArguments(server, false))
        lines.push_back(joiningWord(word));
    if (server.spansNodes() && server.plan.everyPodServes())
        lines.push_back(fmt::format("--data-parallel-start-rank=\"$((NODE_RANK * {}))\"",
                                    server.plan.dataLocal()));
    if (server.spansNodes() && !server.plan.everyPodServes()) {
        text += "# All machines but the first only compute.\n";
        text += "headless=\"\"\n[ \"$NODE_RANK\" = 0 ] || headless=\"--headless\"\n";
        lines.emplace_back("$headless");
    }
    lines.front() = "exec vllm serve " + lines.front();
    return text + commandLines(lines);
}

std::string sidecarScript(const Export& context)
{
    auto text = scriptHead(context, "Routing sidecar, beside each server that decodes", false);
    const bool renamed = context.plan.versions->routerSince({ 0, 10, 0 });
    text += "# Requests go to port 8000 here. The header x-prefiller-host-port names the prefill "
            "server as host:port;\n"
            "# without it the prompt is computed by the decode server itself.\n";
    text += "set -eu\n";
    text += commandLines(
        { "exec docker run --rm --network host " + shellWord(context.plan.versions->sidecarImage),
          fmt::format("--port={}", servingPort),
          fmt::format("--{}={}", renamed ? "model-server-port" : "vllm-port",
                      enginePortBehindSidecar),
          renamed ? "--kv-connector=nixlv2" : "--connector=nixlv2", "--secure-proxy=false" });
    return text;
}

std::string benchmarkScript(const Export& context)
{
    auto text =
        scriptHead(context, "Repeats the planned load with GuideLLM (pip install guidellm)", true);
    text += "set -eu\nURL=\"${URL:-http://localhost:8000}\"\n";
    std::vector<std::string> lines;
    const auto words = guidellmCommand(context, "$URL");
    for (std::size_t i = 0; i < words.size(); ++i)
        lines.push_back(words[i] == "$URL" ? std::string("\"$URL\"") : shellWord(words[i]));
    // Flag and value on one line.
    std::vector<std::string> joined { "exec" };
    for (const auto& word : lines) {
        if (word.starts_with("--"))
            joined.push_back(word);
        else
            joined.back() += " " + word;
    }
    return text + commandLines(joined);
}

} // namespace

Files commandFiles(const Export& context)
{
    Files files;
    for (const auto& server : context.servers) {
        const auto role = server.plan.role;
        files.push_back({ role == ServerRole::Both ? std::string("serve.sh")
                                                   : fmt::format("{}.sh", toString(role)),
                          serveScript(context, server) });
    }
    if (context.disaggregated())
        files.push_back({ "sidecar.sh", sidecarScript(context) });
    files.push_back({ "benchmark.sh", benchmarkScript(context) });
    return files;
}

} // namespace llmd::kubernetes

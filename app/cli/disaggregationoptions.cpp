// SPDX-License-Identifier: Apache-2.0
#include "disaggregationoptions.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <array>

namespace llmd::cli {

namespace {

/** What one role's text says. */
struct Role
{
    const Gpu* gpu = nullptr;
    Pool pool;
    EngineSettings engine;
};

struct WholeKey
{
    std::string_view name;
    int* value;
    int highest;
};

tl::unexpected<Error> badPart(std::string_view option, std::string_view part, std::string expected)
{
    return failure(ErrorCode::InvalidArgument,
                   fmt::format("{}: found '{}', expected {}", option, part, expected));
}

Result<> readPart(std::string_view option, std::string_view part, Role& role)
{
    const auto equals = part.find('=');
    const std::string key(trimmed(part.substr(0, equals)));
    const std::string value(equals == std::string_view::npos ? ""
                                                             : trimmed(part.substr(equals + 1)));
    if (key == "ep" && (value.empty() || value == "true" || value == "false")) {
        role.pool.parallelism.expert = value != "false";
        return {};
    }
    if (key == "gpu")
        return {}; // read first, as the defaults depend on it
    if (key == "expert-exchange") {
        const auto exchange = parseExpertExchange(value);
        if (!exchange)
            return badPart(option, part, "expert-exchange=gather or expert-exchange=dispatch");
        role.engine.expertExchange = *exchange;
        return {};
    }
    if (key == "gpu-memory-utilization") {
        const auto share = parseNumber(value);
        if (!share || !(*share >= 0.01 && *share <= 1))
            return badPart(option, part, "a share from 0.01 to 1");
        role.engine.gpuMemoryUtilization = *share;
        return {};
    }
    Parallelism& parallelism = role.pool.parallelism;
    const std::array keys {
        WholeKey { "tp", &parallelism.tensor, 4096 },
        WholeKey { "pp", &parallelism.pipeline, 4096 },
        WholeKey { "dp", &parallelism.data, 4096 },
        WholeKey { "replicas", &role.pool.replicas, 100000 },
        WholeKey { "max-num-seqs", &role.engine.maxNumSeqs, 1000000 },
        WholeKey { "max-num-batched-tokens", &role.engine.maxNumBatchedTokens, 10000000 },
        WholeKey { "block-size", &role.engine.blockSize, 1024 },
    };
    for (const auto& known : keys) {
        if (known.name != key)
            continue;
        const auto number = parseInteger(value);
        if (!number || *number < 1 || *number > known.highest)
            return badPart(option, part, fmt::format("a whole number from 1 to {}", known.highest));
        *known.value = static_cast<int>(*number);
        return {};
    }
    return badPart(option, part,
                   "tp, pp, dp, ep, replicas, gpu, expert-exchange, max-num-seqs, "
                   "max-num-batched-tokens, block-size or gpu-memory-utilization, each as "
                   "key=value");
}

Result<Role> readRole(std::string_view option, const std::string& text,
                      const CandidateOptions& common, const OwnedCandidate& owned)
{
    Role role;
    role.gpu = owned.candidate.gpu;
    const auto parts = split(text, ',');
    for (const std::string_view part : parts) {
        if (!trimmed(part).starts_with("gpu="))
            continue;
        const auto gpu = owned.catalog->gpu(std::string(trimmed(trimmed(part).substr(4))));
        if (!gpu)
            return tl::unexpected(withContext(std::string(option))(gpu.error()));
        role.gpu = *gpu;
    }
    const auto settings = common.settings(*owned.catalog, *owned.model, *role.gpu);
    if (!settings)
        return tl::unexpected(settings.error());
    role.engine = *settings;
    // Both roles have the same draft, as vLLM demands of those that exchange caches, and serve the same adapters.
    role.engine.speculative = owned.candidate.engine.speculative;
    role.engine.lora = owned.candidate.engine.lora;
    role.engine.offload = owned.candidate.engine.offload;
    for (const std::string_view part : parts) {
        if (auto read = readPart(option, trimmed(part), role); !read)
            return tl::unexpected(read.error());
    }
    if (const auto useful = checkExperts(*owned.model, role.pool.parallelism); !useful)
        return tl::unexpected(withContext(std::string(option))(useful.error()));
    return role;
}

} // namespace

void DisaggregationOptions::addTo(CLI::App& command)
{
    auto* first = command.add_option(
        "--prefill", prefill,
        "Servers that only compute prompts: tp=N[,pp=N,dp=N,ep,replicas=N,gpu=ID,"
        "expert-exchange=dispatch,max-num-seqs=N,max-num-batched-tokens=N,block-size=N,"
        "gpu-memory-utilization=X]");
    auto* second = command.add_option("--decode", decode, "Servers that decode, in the same form");
    first->needs(second);
    second->needs(first);
    for (const char* aggregated : { "--tp", "--pp", "--dp", "--ep", "--replicas" })
        first->excludes(command.get_option(aggregated));
    const auto add = [&](const char* name, auto& value, const char* text) {
        auto* option = command.add_option(name, value, text);
        option->needs(first);
        return option;
    };
    add("--transfer", transfer, "How KV caches travel: rdma, nvlink, tcp or storage [rdma]");
    add("--transfer-bandwidth", bandwidth, "Achieved, per GPU and direction, e.g. 400Gbps");
    add("--transfer-latency", latency, "Of one hand-over without its bytes, e.g. 1ms");
    add("--transfer-overlap", overlap,
        "Share of the bytes that travel while the last chunk of a prompt is computed [0]")
        ->check(CLI::Range(0.0, 1.0));
    add("--local-prompt-tokens", localPromptTokens,
        "Prompts with at most so many uncached tokens stay with the decode server [0]");
    add("--prefill-derate", prefillDerate,
        "Share of the prefill capacity to plan with when replicas are matched [0.9]")
        ->check(CLI::Range(0.01, 1.0));
    add("--decode-derate", decodeDerate, "The same for decode [0.92]")
        ->check(CLI::Range(0.01, 1.0));
}

Result<> DisaggregationOptions::apply(const CandidateOptions& common, OwnedCandidate& owned) const
{
    if (prefill.empty())
        return {};
    const auto first = readRole("--prefill", prefill, common, owned);
    if (!first)
        return tl::unexpected(first.error());
    const auto second = readRole("--decode", decode, common, owned);
    if (!second)
        return tl::unexpected(second.error());
    Disaggregation split;
    split.prefill = first->pool;
    split.gpu = first->gpu == second->gpu ? nullptr : first->gpu;
    split.engine = first->engine;
    split.prefillDerate = prefillDerate;
    split.decodeDerate = decodeDerate;
    const auto path = parseTransferPath(transfer);
    if (!path)
        return badPart("--transfer", transfer, "rdma, nvlink, tcp or storage");
    split.transfer.path = *path;
    split.transfer.overlap = overlap;
    if (!bandwidth.empty()) {
        const auto parsed = parseBandwidth(bandwidth);
        if (!parsed)
            return tl::unexpected(withContext("--transfer-bandwidth")(parsed.error()));
        split.transfer.bandwidth = *parsed;
    }
    if (!latency.empty()) {
        const auto parsed = parseDuration(latency);
        if (!parsed)
            return tl::unexpected(withContext("--transfer-latency")(parsed.error()));
        split.transfer.latency = *parsed;
    }
    if (!localPromptTokens.empty()) {
        const auto parsed = parseCount(localPromptTokens);
        if (!parsed)
            return tl::unexpected(withContext("--local-prompt-tokens")(parsed.error()));
        split.localPromptTokens = *parsed;
    }
    owned.candidate.gpu = second->gpu;
    owned.candidate.engine = second->engine;
    owned.candidate.topology = { second->pool, split };
    return {};
}

} // namespace llmd::cli

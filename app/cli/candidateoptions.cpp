// SPDX-License-Identifier: Apache-2.0
#include "candidateoptions.h"

#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace llmd::cli {

namespace {

/** A path when it looks like one, else an id of the catalog. */
Result<Model> findModel(const Catalog& catalog, const std::string& text)
{
    std::error_code ignored;
    if (text.ends_with(".json") || std::filesystem::is_directory(text, ignored))
        return readModelFile(text);
    return catalog.model(text).map([](const Model* model) { return *model; });
}

Result<Model> withPrecision(Model model, const std::string& dtype, const std::string& quantization)
{
    if (!dtype.empty() && dtype != "auto") {
        const auto precision = parsePrecision(dtype);
        if (!precision || bitsPerValue(*precision) < 16) {
            return failure(
                ErrorCode::InvalidArgument,
                fmt::format("--dtype: '{}' is not known; use auto, bfloat16, float16 or float32",
                            dtype));
        }
        model.architecture = withDtype(std::move(model.architecture), *precision);
    }
    if (quantization.empty() || quantization == "none")
        return model;
    if (quantization != "fp8") {
        return failure(
            ErrorCode::Unsupported,
            fmt::format(
                "--quantization: only fp8 can be made while loading, not '{}'; name the quantised "
                "checkpoint as --model instead",
                quantization));
    }
    if (model.architecture.quantization.label() != "fp8")
        model.architecture = quantizedAtLoad(std::move(model.architecture), Precision::Fp8);
    return model;
}

} // namespace

void CandidateOptions::addTo(CLI::App& command, bool withReplicas)
{
    const auto positive = CLI::Range(1, 4096);
    command.add_option("--model", model, "Model id of the catalog or path of a config.json")
        ->required();
    command.add_option("--gpu", gpu, "GPU id or name (see: llmd catalog gpus)")->required();
    command.add_option("--tp", parallelism.tensor, "Tensor parallel size")
        ->capture_default_str()
        ->check(positive);
    command.add_option("--pp", parallelism.pipeline, "Pipeline parallel size")
        ->capture_default_str()
        ->check(positive);
    command.add_option("--dp", parallelism.data, "Data parallel size inside one engine (MoE)")
        ->capture_default_str()
        ->check(positive);
    command.add_flag("--ep", parallelism.expert, "Expert parallelism over TP x DP");
    if (withReplicas)
        command.add_option("--replicas", replicas, "Copies behind the router")
            ->capture_default_str()
            ->check(CLI::Range(1, 100000));
    command
        .add_option("--expert-exchange", expertExchange,
                    "How tokens reach experts under --dp: gather (vLLM's default), or dispatch "
                    "(all-to-all kernels such as DeepEP)")
        ->capture_default_str()
        ->check(CLI::IsMember({ "gather", "dispatch" }));
    command.add_option("--max-model-len", maxModelLen, "Longest sequence in tokens")
        ->check(CLI::Range(1, 100000000));
    command.add_option("--max-num-seqs", maxNumSeqs, "Most sequences in a batch")
        ->check(CLI::Range(1, 1000000));
    command
        .add_option("--max-num-batched-tokens", maxNumBatchedTokens,
                    "Most tokens in a step (chunk size)")
        ->check(CLI::Range(1, 10000000));
    command
        .add_option("--gpu-memory-utilization", gpuMemoryUtilization,
                    "Share of the GPU's memory to use")
        ->check(CLI::Range(0.01, 1.0));
    command.add_option("--block-size", blockSize, "Tokens of a KV block")
        ->capture_default_str()
        ->check(CLI::Range(1, 1024));
    command.add_option("--dtype", dtype, "auto, bfloat16, float16 or float32");
    command.add_option("--quantization", quantization, "none, or fp8 to quantise while loading");
    command.add_option("--kv-cache-dtype", keyValueDtype, "auto, fp8, bfloat16 or float16")
        ->capture_default_str();
    command.add_option("--vllm-version", version,
                       "Engine version, e.g. 0.19.0; default is that of the first version row");
    command.add_flag("--no-prefix-caching", noPrefixCaching, "Switch the prefix cache off");
    features.addTo(command);
}

namespace {

/** A version outside what the catalog describes is computed with its neighbour; people must know. */
void reportUnknownVersion(const Session& session, const Catalog& catalog,
                          const SemanticVersion& version)
{
    if (catalog.engineVersions.empty())
        return;
    SemanticVersion newest = catalog.engineVersions.back().from;
    for (const VersionRow& row : catalog.versionRows)
        newest = std::max(newest, row.vllm);
    const SemanticVersion oldest = catalog.engineVersions.front().from;
    if (version >= oldest && version <= newest)
        return;
    session.report({ { .severity = Severity::Warning,
                       .text = fmt::format(
                           "--vllm-version: {} is outside the versions that are known ({} to {}); "
                           "computed as \"{}\", nothing measured on it was seen",
                           toString(version), toString(oldest), toString(newest),
                           catalog.engineVersion(version).name) } });
}

} // namespace

Result<> checkExperts(const Model& model, const Parallelism& parallelism)
{
    const bool hasExperts = std::ranges::any_of(
        model.architecture.groups, [](const auto& group) { return group.feedForward.isMoe(); });
    if (hasExperts || (parallelism.data == 1 && !parallelism.expert))
        return {};
    return failure(ErrorCode::InvalidArgument,
                   fmt::format("{} has no experts: --ep does nothing for it, and in place of --dp "
                               "it takes independent --replicas",
                               model.id));
}

Result<EngineSettings> CandidateOptions::settings(const Catalog& catalog, const Model& served,
                                                  const Gpu& device) const
{
    SemanticVersion engineVersion = catalog.versionRows.empty() ? SemanticVersion { 0, 19, 0 }
                                                                : catalog.versionRows.front().vllm;
    if (!version.empty()) {
        const auto parsed = parseVersion(version);
        if (!parsed)
            return failure(
                ErrorCode::InvalidArgument,
                fmt::format("--vllm-version: '{}' is no version; write for example 0.19.0",
                            version));
        engineVersion = *parsed;
    }
    EngineSettings settings =
        defaultEngineSettings(served, device, catalog.engineVersion(engineVersion), engineVersion);
    if (keyValueDtype != "auto") {
        settings.keyValueCache = parsePrecision(keyValueDtype);
        if (!settings.keyValueCache)
            return failure(
                ErrorCode::InvalidArgument,
                fmt::format(
                    "--kv-cache-dtype: '{}' is not known; use auto, fp8, bfloat16 or float16",
                    keyValueDtype));
    }
    if (settings.keyValueCache && bitsPerValue(*settings.keyValueCache) < 8)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("--kv-cache-dtype: the server has no KV cache in {}; use auto, "
                                   "fp8, bfloat16 or float16",
                                   keyValueDtype));
    settings.maxModelLen = maxModelLen.value_or(settings.maxModelLen);
    settings.maxNumSeqs = maxNumSeqs.value_or(settings.maxNumSeqs);
    settings.maxNumBatchedTokens = maxNumBatchedTokens.value_or(settings.maxNumBatchedTokens);
    settings.gpuMemoryUtilization = gpuMemoryUtilization.value_or(settings.gpuMemoryUtilization);
    // vLLM refuses to start otherwise (SchedulerConfig).
    if (settings.maxNumBatchedTokens < settings.maxNumSeqs)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("max_num_batched_tokens {} is less than max_num_seqs {}: the "
                                   "server would not start; give --max-num-seqs as well",
                                   settings.maxNumBatchedTokens, settings.maxNumSeqs));
    settings.blockSize = blockSize;
    settings.prefixCaching = !noPrefixCaching;
    settings.expertExchange = parseExpertExchange(expertExchange).value_or(settings.expertExchange);
    return settings;
}

Result<OwnedCandidate> CandidateOptions::read(Session& session) const
{
    auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    auto found = findModel(**catalog, model).and_then([&](Model m) {
        return withPrecision(std::move(m), dtype, quantization);
    });
    if (!found)
        return tl::unexpected(found.error());
    const auto device = (*catalog)->gpu(gpu);
    if (!device)
        return tl::unexpected(device.error());
    if (const auto useful = checkExperts(*found, parallelism); !useful)
        return tl::unexpected(useful.error());

    const auto settings = this->settings(**catalog, *found, **device);
    if (!settings)
        return tl::unexpected(settings.error());
    if (!version.empty())
        reportUnknownVersion(session, **catalog, settings->version);
    EngineSettings engine = *settings;
    auto draft = features.apply(**catalog, engine);
    if (!draft)
        return tl::unexpected(draft.error());
    OwnedCandidate owned;
    owned.catalog = *catalog;
    owned.draft = std::move(*draft);
    owned.model = std::make_shared<const Model>(std::move(*found));
    owned.candidate = { owned.model.get(), *device, { { parallelism, replicas } }, engine };
    return owned;
}

std::optional<ExitCode> CandidateOptions::refuse(const Session& session,
                                                 const OwnedCandidate& owned,
                                                 double requestTokens) const
{
    const Candidate& candidate = owned.candidate;
    if (!candidate.topology.disaggregation)
        return refuseServer(session, owned, candidate, requestTokens);
    if (const auto refused = refuseServer(session, owned, prefillRole(candidate), requestTokens))
        return refused;
    return refuseServer(session, owned, decodeRole(candidate), requestTokens);
}

std::optional<ExitCode> CandidateOptions::refuseServer(const Session& session,
                                                       const OwnedCandidate& owned,
                                                       const Candidate& server,
                                                       double requestTokens) const
{
    const auto ledger = memoryLedger(server, owned.catalog->engineVersion(server.engine.version));
    if (!ledger)
        return session.fail(ledger.error());
    if (requestTokens > server.engine.maxModelLen)
        return session.fail(
            { .code = ErrorCode::InvalidArgument,
              .detail = fmt::format("a request of {} tokens is longer than max_model_len {}",
                                    printRounded(requestTokens), server.engine.maxModelLen) });
    // A length that nobody asked for only tells what to set.
    if (ledger->fits || (ledger->kvCacheTokens >= std::max(1.0, requestTokens) && !maxModelLen))
        return {};
    (void)session.fail(
        { .code = ErrorCode::Unsupported,
          .detail = fmt::format("{} on {} {} does not fit: {}", owned.model->id, server.gpu->name,
                                server.topology.pool.parallelism.label(), ledger->remedy) });
    return ExitCode::Infeasible;
}

} // namespace llmd::cli

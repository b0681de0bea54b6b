// SPDX-License-Identifier: Apache-2.0
#include "featureoptions.h"

#include <core/base/text.h>
#include <core/candidate/speculationtext.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::cli {

void FeatureOptions::addTo(CLI::App& command)
{
    command.add_option("--speculative", speculative,
                       "Speculative decoding: none, mtp, ngram, eagle3=HEAD or draft=MODEL");
    command
        .add_option("--speculative-tokens", speculativeTokens,
                    "Tokens guessed per step (1 for mtp, else 3)")
        ->check(CLI::Range(1, 16));
    command
        .add_option("--acceptance", acceptance,
                    "Measured share of guesses that are right; without it a published prior")
        ->check(CLI::Range(0.0, 1.0));
    command.add_option("--lora-adapters", adapters, "LoRA adapters that requests name")
        ->check(CLI::Range(1, 10000));
    command.add_option("--max-lora-rank", loraRank, "Largest rank of an adapter (16)")
        ->check(CLI::Range(1, 512));
    command
        .add_option("--max-loras", loraSlots,
                    "Adapters on the GPU at a time; default: all, at most 8")
        ->check(CLI::Range(1, 1000));
    command
        .add_option("--lora-targets", loraTargets,
                    "What adapters change: linear (default) or attention")
        ->check(CLI::IsMember({ "linear", "attention" }));
    command.add_option("--kv-offload-cpu", offloadCpu,
                       "Host memory for KV blocks per replica, e.g. 64GiB");
    command.add_option("--kv-offload-disk", offloadDisk,
                       "NVMe space for KV blocks per replica, e.g. 1TB");
}

Result<> FeatureOptions::applyLora(EngineSettings& settings) const
{
    if (adapters == 0) {
        if (loraRank || loraSlots || !loraTargets.empty())
            return failure(ErrorCode::InvalidArgument,
                           "--max-lora-rank, --max-loras and --lora-targets need --lora-adapters");
        return {};
    }
    constexpr int usualSlots = 8;
    LoraServing lora;
    lora.adapters = adapters;
    lora.rank = loraRank.value_or(lora.rank);
    lora.slotCount = loraSlots.value_or(std::min(adapters, usualSlots));
    lora.targets = loraTargets == "attention" ? LoraTargets::Attention : LoraTargets::Linear;
    settings.lora = lora;
    return {};
}

Result<> FeatureOptions::applyOffload(EngineSettings& settings) const
{
    const auto read = [](const std::string& text, const char* option, Bytes& target) -> Result<> {
        if (text.empty())
            return {};
        const auto size = parseSize(text);
        if (!size)
            return tl::unexpected(withContext(option)(size.error()));
        target = *size;
        return {};
    };
    return read(offloadCpu, "--kv-offload-cpu", settings.offload.cpu).and_then([&] {
        return read(offloadDisk, "--kv-offload-disk", settings.offload.disk);
    });
}

Result<std::shared_ptr<const Model>> FeatureOptions::apply(const Catalog& catalog,
                                                           EngineSettings& settings) const
{
    auto named = parseSpeculation(speculative, catalog);
    if (!named)
        return tl::unexpected(withContext("--speculative")(named.error()));
    if (named->settings) {
        settings.speculative = named->settings;
        settings.speculative->tokens = speculativeTokens.value_or(settings.speculative->tokens);
        if (acceptance) {
            settings.speculative->acceptance = *acceptance;
            settings.speculative->stated = true;
        }
    } else if (speculativeTokens || acceptance) {
        return failure(ErrorCode::InvalidArgument,
                       "--speculative-tokens and --acceptance need --speculative");
    }
    if (const auto lora = applyLora(settings); !lora)
        return tl::unexpected(lora.error());
    if (const auto offload = applyOffload(settings); !offload)
        return tl::unexpected(offload.error());
    return named->draft;
}

} // namespace llmd::cli

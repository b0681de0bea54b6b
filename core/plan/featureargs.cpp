// SPDX-License-Identifier: Apache-2.0
#include "featureargs.h"

#include <core/base/text.h>
#include <core/candidate/draft.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd {

using Json = nlohmann::ordered_json;

namespace {

/** On the node's own drive: the plan's request for storage has room for it. */
constexpr std::string_view diskFolder = "/tmp/kv-cache";

EngineArgument speculation(const SpeculativeDecoding& speculative)
{
    Json config { { "method", toString(speculative.method) } };
    if (speculative.draft)
        config["model"] = speculative.draft->id;
    else if (!speculative.head.empty())
        config["model"] = speculative.head;
    config["num_speculative_tokens"] = speculative.tokens;
    if (speculative.method == DraftMethod::NGram) {
        config["prompt_lookup_max"] = 4;
        config["prompt_lookup_min"] = 2;
    }
    return { "--speculative-config", config.dump(),
             fmt::format("{} guessed tokens per step; pays while steps have arithmetic to spare",
                         speculative.tokens) };
}

void addLora(const LoraServing& lora, std::vector<EngineArgument>& list)
{
    list.push_back({ "--enable-lora", "",
                     "adapters beside the model; name them with "
                     "--lora-modules NAME=PATH or load them at run time" });
    list.push_back({ "--max-loras", std::to_string(lora.slotCount),
                     "different adapters in one step; each takes GPU memory" });
    list.push_back({ "--max-lora-rank", std::to_string(lora.rank), "largest rank in the plan" });
    if (lora.adapters > lora.slotCount)
        list.push_back({ "--max-cpu-loras", std::to_string(lora.adapters),
                         "all adapters of the plan stay in host memory" });
    if (lora.targets == LoraTargets::Attention)
        // A list of words, each an argument of its own.
        for (const char* part : { "--lora-target-modules", "qkv_proj", "o_proj" })
            list.push_back({ part, "", "the plan's adapters change attention alone" });
}

void addOffload(const KvOffload& offload, std::vector<EngineArgument>& list)
{
    if (offload.disk > Bytes()) {
        const Json config {
            { "kv_connector", "OffloadingConnector" },
            { "kv_role", "kv_both" },
            { "kv_connector_extra_config",
              { { "spec_name", "TieringOffloadingSpec" },
                { "cpu_bytes_to_use", static_cast<std::int64_t>(offload.cpu.value()) },
                { "secondary_tiers",
                  Json::array({ { { "type", "fs" }, { "root_dir", diskFolder } } }) } } }
        };
        list.push_back(
            { "--kv-transfer-config", config.dump(),
              fmt::format("KV blocks in host memory and behind it {} of the node's drive; the "
                          "engine does not bound what it writes",
                          printSize(offload.disk)) });
    } else if (offload.cpu > Bytes()) {
        list.push_back({ "--kv-offloading-size", printNumber(inGibibytes(offload.cpu)),
                         "GiB of host memory for KV blocks, over all GPUs of the replica" });
        list.push_back({ "--kv-offloading-backend", "native", "vLLM's own connector" });
    }
}

} // namespace

std::vector<EngineArgument> featureArguments(const Candidate& candidate)
{
    std::vector<EngineArgument> list;
    if (candidate.engine.speculative)
        list.push_back(speculation(*candidate.engine.speculative));
    if (candidate.engine.lora)
        addLora(*candidate.engine.lora, list);
    addOffload(candidate.engine.offload, list);
    return list;
}

std::string featureArgumentObstacle(const Candidate& candidate, const SemanticVersion& version)
{
    Candidate served = candidate;
    served.engine.version = version;
    if (std::string obstacle = featureObstacle(served); !obstacle.empty())
        return obstacle;
    const auto& speculative = candidate.engine.speculative;
    if (speculative && speculative->method == DraftMethod::Eagle3 && speculative->head.empty())
        return "EAGLE-3 needs the repository of a head that was trained for the model";
    return {};
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "catalogreaders.h"
#include "fieldreader.h"

#include <algorithm>

namespace llmd {

namespace {

const std::vector<std::string> profileKeys { "from",
                                             "name",
                                             "activation_base_gib",
                                             "activation_bytes_per_sequence_and_token",
                                             "activation_bytes_per_vocabulary_entry",
                                             "cuda_graph_base_gib",
                                             "non_torch_gib",
                                             "cuda_graphs_in_budget",
                                             "gpu_memory_utilization",
                                             "max_num_seqs",
                                             "max_num_batched_tokens",
                                             "sampler_sorts_vocabulary",
                                             "asynchronous_scheduling",
                                             "source" };

void readVersion(const YamlNode& node, SemanticVersion& version, FieldReader& reader)
{
    const auto text = node.asString();
    if (!text)
        return reader.fail(node, text.error().detail);
    const auto parsed = parseVersion(*text);
    if (!parsed)
        return reader.fail(node, "\"" + *text + "\" is not a version such as \"0.19.0\"");
    version = *parsed;
}

/** A mapping of quantities that a profile groups; its faults count for the profile. */
FieldReader groupReader(const YamlNode& node, std::vector<Issue>& issues)
{
    FieldReader reader(node, issues);
    reader.setRequired(true);
    return reader;
}

bool readMemoryTerms(const YamlNode& node, EngineVersionProfile& profile,
                     std::vector<Issue>& issues)
{
    FieldReader reader = groupReader(node, issues);
    const NumberRange small { 0, 64 };
    reader.quantity("activation_base_gib", profile.activationBase, gibi, small);
    reader.quantity("activation_bytes_per_sequence_and_token",
                    profile.activationPerSequenceAndToken, 1.0, { 0, 1000 });
    reader.quantity("activation_bytes_per_vocabulary_entry", profile.activationPerVocabularyEntry,
                    1.0, { 0, 1e5 });
    reader.quantity("cuda_graph_base_gib", profile.cudaGraphBase, gibi, small);
    reader.boolean("cuda_graphs_in_budget", profile.cudaGraphsInBudget);
    FieldReader nonTorch = groupReader(node["non_torch_gib"], issues);
    nonTorch.quantity("single", profile.nonTorchSingle, gibi, small);
    nonTorch.quantity("tensor_parallel", profile.nonTorchTensorParallel, gibi, small);
    nonTorch.quantity("per_tp_doubling", profile.nonTorchPerTpDoubling, gibi, small);
    nonTorch.quantity("pipeline", profile.nonTorchPipeline, gibi, small);
    return reader.ok() && nonTorch.ok();
}

bool readDefaults(const YamlNode& node, EngineVersionProfile& profile, std::vector<Issue>& issues)
{
    FieldReader reader = groupReader(node, issues);
    reader.number("gpu_memory_utilization", profile.gpuMemoryUtilization, { 0.1, 1 });
    reader.boolean("sampler_sorts_vocabulary", profile.samplerSortsVocabulary);
    reader.boolean("asynchronous_scheduling", profile.asynchronousScheduling);
    FieldReader sequences = groupReader(node["max_num_seqs"], issues);
    sequences.integer("default", profile.maxNumSeqs, { 1, 1e6 });
    sequences.integer("large", profile.maxNumSeqsLarge, { 1, 1e6 });
    FieldReader tokens = groupReader(node["max_num_batched_tokens"], issues);
    tokens.integer("default", profile.maxNumBatchedTokens, { 1, 1e8 });
    tokens.integer("large", profile.maxNumBatchedTokensLarge, { 1, 1e8 });
    return reader.ok() && sequences.ok() && tokens.ok();
}

void readProfile(const YamlNode& node, std::vector<EngineVersionProfile>& profiles,
                 std::vector<Issue>& issues)
{
    FieldReader reader = groupReader(node, issues);
    reader.reportUnknown(profileKeys);
    EngineVersionProfile profile;
    readVersion(node["from"], profile.from, reader);
    reader.text("name", profile.name);
    reader.source("source", profile.source);
    const bool terms = readMemoryTerms(node, profile, issues);
    const bool defaults = readDefaults(node, profile, issues);
    if (!reader.ok() || !terms || !defaults)
        return;
    const auto at = std::lower_bound(
        profiles.begin(), profiles.end(), profile.from,
        [](const EngineVersionProfile& p, const SemanticVersion& v) { return p.from < v; });
    if (at != profiles.end() && at->from == profile.from)
        *at = std::move(profile);
    else
        profiles.insert(at, std::move(profile));
}

/** Optional: {version, image, vllm}. */
void readPlatform(const YamlNode& node, PlatformVersion& platform, std::vector<Issue>& issues,
                  FieldReader& row)
{
    if (!node.exists())
        return;
    FieldReader reader = groupReader(node, issues);
    reader.reportUnknown({ "version", "image", "vllm" });
    reader.text("version", platform.version);
    reader.text("image", platform.image);
    readVersion(node["vllm"], platform.vllm, reader);
    if (!reader.ok())
        row.fail(node, "this platform is not complete");
}

void readVersionRow(const YamlNode& node, std::vector<VersionRow>& rows, std::vector<Issue>& issues)
{
    FieldReader reader = groupReader(node, issues);
    reader.reportUnknown({ "id", "name", "vllm", "vllm_image", "router_version", "epp_image",
                           "sidecar_image", "modelservice_chart", "epp_config_api_version",
                           "inference_extension", "gateway_api", "leader_worker_set", "kserve",
                           "ray", "dynamo", "source" });
    VersionRow row;
    reader.text("id", row.id);
    reader.text("name", row.name);
    readVersion(node["vllm"], row.vllm, reader);
    reader.text("vllm_image", row.vllmImage);
    reader.text("router_version", row.routerVersion);
    reader.text("epp_image", row.eppImage);
    reader.text("sidecar_image", row.sidecarImage);
    reader.text("modelservice_chart", row.modelserviceChart);
    reader.text("epp_config_api_version", row.eppConfigApiVersion);
    reader.source("source", row.source);
    reader.setRequired(false);
    reader.text("inference_extension", row.inferenceExtension);
    reader.text("gateway_api", row.gatewayApi);
    reader.text("leader_worker_set", row.leaderWorkerSet);
    reader.text("kserve", row.kserve);
    readPlatform(node["ray"], row.ray, issues, reader);
    readPlatform(node["dynamo"], row.dynamo, issues, reader);
    if (!reader.ok())
        return;
    const auto known = std::find_if(rows.begin(), rows.end(),
                                    [&](const VersionRow& other) { return other.id == row.id; });
    if (known == rows.end())
        rows.push_back(std::move(row));
    else
        *known = std::move(row);
}

} // namespace

void readEngineVersions(const YamlNode& root, EngineVersionTables tables,
                        std::vector<Issue>& issues)
{
    const YamlNode profiles = root["profiles"];
    const YamlNode rows = root["version_rows"];
    if (!profiles.isSequence() && !rows.isSequence()) {
        issues.push_back(
            root.issue(Severity::Error, "expected lists under `profiles` and `version_rows`"));
        return;
    }
    for (std::size_t i = 0; i < profiles.size(); ++i)
        readProfile(profiles[i], tables.profiles, issues);
    for (std::size_t i = 0; i < rows.size(); ++i)
        readVersionRow(rows[i], tables.rows, issues);
}

} // namespace llmd

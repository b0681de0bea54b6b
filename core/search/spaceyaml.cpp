// SPDX-License-Identifier: Apache-2.0
#include "spaceyaml.h"

#include <core/base/text.h>
#include <core/candidate/speculationtext.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace llmd {

namespace {

const std::vector<std::string> spaceKeys { "tensor_parallel",
                                           "pipeline_parallel",
                                           "data_parallel",
                                           "expert_parallel",
                                           "max_num_seqs",
                                           "max_num_batched_tokens",
                                           "quantize_at_load",
                                           "gpu_memory_utilization",
                                           "block_size",
                                           "kv_cache_dtype",
                                           "prefix_caching",
                                           "speculative",
                                           "speculative_tokens",
                                           "acceptance",
                                           "kv_offload_cpu",
                                           "kv_offload_disk",
                                           "aggregated",
                                           "disaggregated",
                                           "lora" };

class SpaceReader
{
public:
    SpaceReader(const YamlNode& root, const Catalog& catalog, SearchSpace base)
        : m_root(root)
        , m_catalog(catalog)
    {
        m_loaded.value = std::move(base);
    }

    Loaded<SearchSpace> read()
    {
        if (!m_root.isMapping()) {
            m_loaded.issues.push_back(
                m_root.issue(Severity::Error, "expected a mapping of settings to try"));
            return std::move(m_loaded);
        }
        reportUnknownKeys(m_root, spaceKeys, m_loaded.issues);
        SearchSpace& space = m_loaded.value;
        integers("tensor_parallel", 1024, space.tensorParallel);
        integers("pipeline_parallel", 64, space.pipelineParallel);
        integers("data_parallel", 1024, space.dataParallel);
        integers("max_num_seqs", 1'000'000, space.maxNumSeqs);
        integers("max_num_batched_tokens", 10'000'000, space.maxNumBatchedTokens);
        integers("block_size", 1024, space.blockSize);
        list("gpu_memory_utilization", space.gpuMemoryUtilization, [](const YamlNode& node) {
            return node.asNumber().and_then([](double share) -> Result<double> {
                if (share > 0 && share <= 1)
                    return share;
                return failure(ErrorCode::InvalidArgument, "expected a share above 0 and up to 1");
            });
        });
        list("kv_cache_dtype", space.keyValueCache, readPrecision);
        list("prefix_caching", space.prefixCaching,
             [](const YamlNode& node) { return node.asBool(); });
        flag("expert_parallel", space.expertParallel);
        flag("quantize_at_load", space.quantizeAtLoad);
        flag("aggregated", space.aggregated);
        flag("disaggregated", space.disaggregated);
        readSpeculation();
        readOffload();
        readLora();
        return std::move(m_loaded);
    }

private:
    void fail(const YamlNode& node, const std::string& text)
    {
        m_loaded.issues.push_back(node.issue(Severity::Error, text));
    }

    /** The values under a key, a scalar as a list of one; each read by `parse`. */
    template <class Value, class Parse>
    void list(std::string_view key, std::vector<Value>& values, const Parse& parse)
    {
        const YamlNode node = m_root[key];
        if (!node.exists() || node.isNull())
            return;
        values.clear();
        const std::size_t count = node.isSequence() ? node.size() : 1;
        for (std::size_t i = 0; i < count; ++i) {
            const YamlNode item = node.isSequence() ? node[i] : node;
            auto value = parse(item);
            if (value)
                values.push_back(*value);
            else
                fail(item, value.error().detail);
        }
    }

    void integers(std::string_view key, long long most, std::vector<int>& values)
    {
        list(key, values, [most](const YamlNode& node) {
            return node.asInteger().and_then([most](long long number) -> Result<int> {
                if (number >= 1 && number <= most)
                    return static_cast<int>(number);
                return failure(ErrorCode::InvalidArgument,
                               "expected a whole number from 1 to " + std::to_string(most));
            });
        });
    }

    void flag(std::string_view key, auto& value)
    {
        const YamlNode whole = m_root[key];
        if (!whole.exists() || whole.isNull())
            return;
        const YamlNode node = whole.isSequence() && whole.size() == 1 ? whole[0] : whole;
        if (const auto read = node.asBool())
            value = *read;
        else
            fail(node, read.error().detail);
    }

    static Result<std::optional<Precision>> readPrecision(const YamlNode& node)
    {
        return node.asString().and_then(
            [](const std::string& text) -> Result<std::optional<Precision>> {
                if (text == "auto")
                    return std::optional<Precision>();
                const auto precision = parsePrecision(text);
                if (precision && bitsPerValue(*precision) >= 8)
                    return precision;
                return failure(ErrorCode::InvalidArgument,
                               "expected auto, fp8, bfloat16 or float16, not '" + text + "'");
            });
    }

    static Result<Bytes> readSize(const YamlNode& node)
    {
        return node.asString().and_then([](const std::string& text) {
            return text == "0" ? Result<Bytes>(Bytes()) : parseSize(text);
        });
    }

    void readSpeculation()
    {
        SearchSpace& space = m_loaded.value;
        std::vector<NamedSpeculation> methods;
        list("speculative", methods, [this](const YamlNode& node) {
            return node.asString().and_then(
                [this](const std::string& text) { return parseSpeculation(text, m_catalog); });
        });
        std::vector<int> tokens;
        integers("speculative_tokens", 16, tokens);
        std::vector<double> acceptance;
        list("acceptance", acceptance, [](const YamlNode& node) {
            return node.asNumber().and_then([](double share) -> Result<double> {
                if (share >= 0 && share <= 1)
                    return share;
                return failure(ErrorCode::InvalidArgument, "expected a share from 0 to 1");
            });
        });
        if (acceptance.size() > 1)
            fail(m_root["acceptance"], "expected one value: it is measured, not tried");
        if (!methods.empty())
            space.speculative.clear();
        for (NamedSpeculation& method : methods) {
            if (!method.settings) {
                space.speculative.emplace_back();
                continue;
            }
            if (method.draft)
                space.drafts.push_back(method.draft);
            if (!acceptance.empty()) {
                method.settings->acceptance = acceptance.front();
                method.settings->stated = true;
            }
            for (const int count :
                 tokens.empty() ? std::vector<int> { method.settings->tokens } : tokens) {
                method.settings->tokens = count;
                space.speculative.push_back(method.settings);
            }
        }
    }

    void readOffload()
    {
        std::vector<Bytes> cpu;
        std::vector<Bytes> disk;
        list("kv_offload_cpu", cpu, readSize);
        list("kv_offload_disk", disk, readSize);
        if (cpu.empty() && disk.empty())
            return;
        m_loaded.value.offload.clear();
        if (disk.empty())
            disk.emplace_back();
        for (const Bytes memory : cpu.empty() ? std::vector<Bytes> { Bytes() } : cpu) {
            for (const Bytes drive : disk)
                m_loaded.value.offload.push_back({ memory, drive });
        }
    }

    void readLora()
    {
        const YamlNode node = m_root["lora"];
        if (!node.exists() || node.isNull())
            return;
        if (!node.isMapping())
            return fail(node, "expected adapters, rank, slots and targets");
        reportUnknownKeys(node, { "adapters", "rank", "slots", "targets" }, m_loaded.issues);
        LoraServing lora;
        const auto integer = [&](const char* key, long long most, int& value) {
            const YamlNode item = node[key];
            if (!item.exists())
                return;
            const auto read = item.asInteger();
            if (read && *read >= 1 && *read <= most)
                value = static_cast<int>(*read);
            else
                fail(item, "expected a whole number from 1 to " + std::to_string(most));
        };
        integer("adapters", 10'000, lora.adapters);
        lora.slotCount = lora.adapters;
        integer("rank", 512, lora.rank);
        integer("slots", 1000, lora.slotCount);
        const YamlNode targets = node["targets"];
        if (const auto text = targets.asString(); targets.exists()) {
            if (text && *text == "attention")
                lora.targets = LoraTargets::Attention;
            else if (!text || *text != "linear")
                fail(targets, "expected linear or attention");
        }
        m_loaded.value.lora = lora;
    }

    YamlNode m_root;
    const Catalog& m_catalog;
    Loaded<SearchSpace> m_loaded;
};

} // namespace

Loaded<SearchSpace> readSpace(const YamlNode& root, const Catalog& catalog, SearchSpace base)
{
    return SpaceReader(root, catalog, std::move(base)).read();
}

Result<Loaded<SearchSpace>> readSpaceText(std::string_view text, const std::string& name,
                                          const Catalog& catalog)
{
    Loaded<SearchSpace> all;
    if (trimmed(text).empty())
        return all;
    const auto documents = parseYamlDocuments(text, name);
    if (!documents)
        return tl::unexpected(documents.error());
    for (const YamlNode& document : *documents) {
        auto read = readSpace(document, catalog, std::move(all.value));
        for (const Issue& issue : read.issues) {
            if (issue.severity == Severity::Error)
                return failure(ErrorCode::InvalidArgument, describe(issue));
        }
        std::move(read.issues.begin(), read.issues.end(), std::back_inserter(all.issues));
        all.value = std::move(read.value);
    }
    return all;
}

} // namespace llmd

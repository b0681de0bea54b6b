// SPDX-License-Identifier: Apache-2.0
#include "validation.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr double memoryTolerance = 0.011; ///< of gpu_memory_utilization
constexpr double blocksTolerance = 0.25; ///< relative, of the size of the KV cache

/** Collects differences and changes a candidate to what runs. */
class ConfigurationCheck
{
public:
    ConfigurationCheck(const ObservedPlan& plan, const Observation& observation,
                       Candidate& candidate)
        : m_plan(plan)
        , m_observed(observation)
        , m_candidate(candidate)
    { }

    std::vector<ConfigurationDifference> run()
    {
        checkVersion();
        checkModel();
        checkHardware();
        checkServers();
        checkCache();
        checkContext();
        checkSeats();
        checkPool();
        return std::move(m_differences);
    }

private:
    void differ(std::string setting, std::string planned, std::string observed, bool certain = true)
    {
        m_differences.push_back(
            { std::move(setting), std::move(planned), std::move(observed), certain });
    }

    /** The values of a setting if the servers state it. */
    [[nodiscard]] std::vector<std::string> values(const char* setting) const
    {
        const auto it = m_observed.configuration.settings.find(setting);
        return it == m_observed.configuration.settings.end()
            ? std::vector<std::string>()
            : std::vector<std::string>(it->second.begin(), it->second.end());
    }
    [[nodiscard]] std::optional<double> number(const char* setting) const
    {
        for (const std::string& value : values(setting)) {
            if (const auto parsed = parseNumber(value))
                return *parsed;
        }
        return std::nullopt;
    }

    void checkVersion()
    {
        const SemanticVersion planned = m_candidate.engine.version;
        for (const std::string& text : m_observed.configuration.versions) {
            const auto version = parseVersion(text);
            if (!version || (version->major == planned.major && version->minor == planned.minor))
                continue;
            differ("vLLM version", toString(planned), text);
            m_candidate.engine.version = *version;
        }
    }

    void checkModel()
    {
        const auto roots = values("model_root");
        const std::string& planned = m_candidate.model->id;
        const bool known =
            roots.empty() || std::ranges::any_of(roots, [&](const auto& root) {
                return toLower(root).find(toLower(planned.substr(planned.find('/') + 1)))
                    != std::string::npos;
            });
        // A path of a volume says nothing of what lies there, nor does an alias.
        if (!known && roots.front().find('/') != std::string::npos
            && !roots.front().starts_with('/'))
            differ("model", planned, join(roots, ", "));
    }

    /** Benchmarks state these; live metrics do not. */
    void checkHardware()
    {
        for (const std::string& text : values("gpu")) {
            const Gpu* gpu = m_plan.catalog->findGpu(text);
            if (!gpu || gpu == m_candidate.gpu)
                continue;
            differ("GPU", m_candidate.gpu->name, gpu->name);
            m_candidate.gpu = gpu;
        }
        for (const std::string& layout : values("layout")) {
            const std::string planned = m_candidate.topology.pool.parallelism.label();
            if (layout != planned)
                differ("layout", planned, layout);
        }
    }

    void checkServers()
    {
        const Pool& pool = m_candidate.topology.pool;
        const int perReplica = std::max(1, pool.parallelism.data);
        // With data parallelism some versions report every rank and some only the whole.
        if (m_observed.servers <= 0 || m_observed.servers == pool.replicas
            || m_observed.servers == pool.replicas * perReplica)
            return;
        const int replicas = std::max(1, m_observed.servers / perReplica);
        if (m_observed.allServers) {
            differ("replicas", std::to_string(pool.replicas), std::to_string(replicas));
            m_candidate.topology.pool.replicas = replicas;
        }
        auto& split = m_candidate.topology.disaggregation;
        if (m_observed.allServers && split && m_observed.prefillServers > 0
            && m_observed.prefillServers != split->prefill.replicas) {
            differ("prefill replicas", std::to_string(split->prefill.replicas),
                   std::to_string(m_observed.prefillServers));
            split->prefill.replicas = m_observed.prefillServers;
        }
    }

    void checkCache()
    {
        EngineSettings& engine = m_candidate.engine;
        if (const auto size = number("block_size");
            size && *size >= 1 && *size <= 4096 && static_cast<int>(*size) != engine.blockSize) {
            differ("block_size", std::to_string(engine.blockSize), printNumber(*size));
            engine.blockSize = static_cast<int>(*size);
        }
        if (const auto share = number("gpu_memory_utilization"); share && *share > 0 && *share <= 1
            && std::abs(*share - engine.gpuMemoryUtilization) > memoryTolerance) {
            differ("gpu_memory_utilization", printNumber(engine.gpuMemoryUtilization),
                   printNumber(*share));
            engine.gpuMemoryUtilization = *share;
        }
        for (const std::string& value : values("enable_prefix_caching")) {
            const bool on = toLower(value) == "true" || value == "1";
            const bool off = toLower(value) == "false" || value == "0";
            if ((on || off) && on != engine.prefixCaching) {
                differ("enable_prefix_caching", engine.prefixCaching ? "on" : "off",
                       on ? "on" : "off");
                engine.prefixCaching = on;
            }
        }
        for (const std::string& value : values("cache_dtype")) {
            const bool fp8 = value.starts_with("fp8");
            const bool planned = engine.keyValueCache == Precision::Fp8;
            if (fp8 == planned || (value == "auto" && !engine.keyValueCache))
                continue;
            differ("cache_dtype", planned ? "fp8" : "auto", value);
            engine.keyValueCache = fp8 ? std::optional(Precision::Fp8) : std::nullopt;
        }
    }

    void checkContext()
    {
        const auto length = number("max_model_len");
        if (!length || *length < 1 || *length > 1e8
            || static_cast<int>(*length) == m_candidate.engine.maxModelLen)
            return;
        differ("max_model_len", std::to_string(m_candidate.engine.maxModelLen),
               printNumber(*length));
        m_candidate.engine.maxModelLen = static_cast<int>(*length);
    }

    /** vLLM does not publish max_num_seqs; what runs at once gives it away. */
    void checkSeats()
    {
        const int planned = m_candidate.engine.maxNumSeqs;
        if (!m_observed.mostRunning)
            return;
        const auto most = static_cast<int>(std::lround(*m_observed.mostRunning));
        if (most > planned) {
            differ("max_num_seqs", std::to_string(planned),
                   fmt::format("at least {}: so many ran at once on one server", most));
            m_candidate.engine.maxNumSeqs = most;
        } else if (most >= 1 && most < 0.8 * planned && m_observed.waiting.value_or(0) > 1
                   && m_observed.running.value_or(0) > 0.95 * most
                   && m_observed.cacheUsage.value_or(1) < 0.8) {
            differ("max_num_seqs", std::to_string(planned),
                   fmt::format("about {}: never more ran at once while requests waited and the KV "
                               "cache had room",
                               most),
                   false);
            m_candidate.engine.maxNumSeqs = most;
        }
    }

    /** Another size of the KV cache than computed: another GPU, parallelism or something else in its memory. */
    void checkPool()
    {
        const auto blocks = number("num_gpu_blocks");
        const auto ledger =
            memoryLedger(m_candidate, m_plan.catalog->engineVersion(m_candidate.engine.version));
        if (!blocks || !(*blocks > 0) || !ledger || !(ledger->kvCacheTokens > 0)
            || m_candidate.topology.pool.parallelism.data > 1)
            return;
        const double tokens = *blocks * m_candidate.engine.blockSize;
        if (std::abs(tokens / ledger->kvCacheTokens - 1) > blocksTolerance)
            differ("KV cache", fmt::format("{:.0f} tokens", ledger->kvCacheTokens),
                   fmt::format("{:.0f} tokens: another GPU, tensor parallel size or memory share",
                               tokens),
                   false);
    }

    const ObservedPlan& m_plan;
    const Observation& m_observed;
    Candidate& m_candidate;
    std::vector<ConfigurationDifference> m_differences;
};

} // namespace

std::vector<ConfigurationDifference> configurationDifferences(const ObservedPlan& plan,
                                                              const Observation& observation,
                                                              Candidate& candidate)
{
    return ConfigurationCheck(plan, observation, candidate).run();
}

} // namespace llmd

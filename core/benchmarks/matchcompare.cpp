// SPDX-License-Identifier: Apache-2.0
// What a measured deployment and a planned one have in common, field by field.
#include "match.h"

#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace llmd {

namespace {

constexpr std::array<std::string_view, 17> precisionSuffixes {
    "-fp8",  "-fp4",   "-nvfp4",   "-mxfp4",          "-int8",           "-int4",
    "-bf16", "-fp16",  "-dynamic", "-block",          "-gptq",           "-awq",
    "-w8a8", "-w8a16", "-w4a16",   "-quantized.w8a8", "-quantized.w4a16"
};

/** The name without publisher and without what says how the weights are stored. */
std::string plainName(std::string_view model)
{
    const auto slash = model.rfind('/');
    std::string name = toLower(slash == std::string_view::npos ? model : model.substr(slash + 1));
    if (name.starts_with("meta-llama-"))
        name.erase(0, 5);
    for (bool shortened = true; shortened;) {
        shortened = false;
        for (const auto suffix : precisionSuffixes) {
            if (name.size() > suffix.size() && name.ends_with(suffix)) {
                name.resize(name.size() - suffix.size());
                shortened = true;
            }
        }
    }
    return name;
}

/** Weights that cost the same to read and multiply: "16 bit", "fp8", "int8", "int4", "fp4"; empty if not understood. */
std::string precisionClass(std::string_view label)
{
    const std::string text = toLower(trimmed(label));
    const auto has = [&text](std::string_view part) {
        return text.find(part) != std::string::npos;
    };
    if (has("bf16") || has("fp16") || has("bfloat16") || has("float16") || text == "none"
        || text == "half")
        return "16 bit";
    if (has("fp8") || has("float8") || has("e4m3"))
        return "fp8";
    if (has("fp4"))
        return "fp4";
    if (has("int8") || has("w8a8") || has("w8a16"))
        return "int8";
    if (has("int4") || has("awq") || has("gptq") || has("w4a16"))
        return "int4";
    return {};
}

/** What an argument of the measured engines (of a role, if one is named) says; nothing if they do not have it. */
const std::string* argument(const BenchmarkRecord& record, const std::string& name,
                            std::string_view role = {})
{
    for (const auto& engine : record.engines) {
        if (!role.empty() && engine.role != role)
            continue;
        if (const auto it = engine.args.find(name); it != engine.args.end())
            return &it->second;
    }
    return nullptr;
}

/** Collects the differences of one comparison. */
class Comparer
{
public:
    Comparer(BenchmarkMatch& match, const MatchQuery& query, const Catalog& catalog,
             const MatchTolerances& tolerances)
        : m_match(match)
        , m_record(match.measurement->record)
        , m_query(query)
        , m_catalog(catalog)
        , m_tolerances(tolerances)
    { }

    void run()
    {
        checkpoint();
        gpu();
        layout();
        engine();
        settings();
        features();
        lengths();
        prefixes();
        load();
        worth();
        auto& found = m_match.differences;
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return a.tolerated != b.tolerated ? b.tolerated : a.weight > b.weight;
        });
        for (const auto& difference : found)
            m_match.distance += difference.tolerated ? difference.weight / 10 : difference.weight;
    }

private:
    void add(std::string field, std::string measured, std::string planned, double weight,
             bool tolerated = false)
    {
        m_match.differences.push_back(
            { std::move(field), std::move(measured), std::move(planned), weight, tolerated });
    }

    void checkpoint()
    {
        const Model& model = *m_query.candidate.model;
        if (plainName(m_record.model) != plainName(model.id))
            add("model", m_record.model, model.id, 10);
        const auto planned = precisionClass(model.architecture.quantization.label());
        const auto measured = measuredPrecision(m_record, m_catalog);
        if (measured.empty() || measured != planned)
            add("precision", measured.empty() ? "not said" : measured, planned,
                measured.empty() ? 2 : 4);
    }

    void gpu()
    {
        const Gpu& planned = *m_query.candidate.gpu;
        const Gpu* measured = m_match.measurement->gpu;
        if (measured == nullptr || measured->id != planned.id)
            add("gpu", m_record.gpu.empty() ? "not said" : m_record.gpu, planned.name,
                measured == nullptr ? 4 : 6);
    }

    /** Parallelism and number of the servers of a role. */
    void pool(const char* role, const Pool& planned)
    {
        const std::string prefix =
            m_record.disaggregated.value_or(false) ? role + std::string(" ") : std::string();
        const Parallelism* measured = nullptr;
        int replicas = 0;
        bool equal = true;
        for (const auto& server : m_record.engines) {
            if (server.role != role)
                continue;
            equal = equal && (measured == nullptr || *measured == server.parallelism);
            measured = &server.parallelism;
            replicas += server.replicas;
        }
        const auto gpus = m_record.gpusOf(role);
        const auto all = prefix.empty() ? m_record.gpus : std::nullopt;
        if (measured == nullptr || (!gpus && !all)) {
            add(prefix + "layout", "not said", planned.parallelism.label(), 3);
            return;
        }
        if (!equal || *measured != planned.parallelism)
            add(prefix + "layout", m_record.topology(), planned.parallelism.label(), 3);
        else if (gpus.value_or(all.value_or(0)) != measured->gpus() * replicas)
            add(prefix + "layout", fmt::format("{} GPUs", gpus.value_or(all.value_or(0))),
                fmt::format("{} GPUs", planned.gpus()), 3);
        if (replicas != planned.replicas)
            add(prefix + "replicas", std::to_string(replicas), std::to_string(planned.replicas),
                1
                    + std::abs(std::log2(static_cast<double>(std::max(1, replicas))
                                         / std::max(1, planned.replicas)))
                        / 4);
    }

    void layout()
    {
        const Topology& planned = m_query.candidate.topology;
        const bool apart = m_record.disaggregated.value_or(false);
        if (apart != planned.disaggregation.has_value()) {
            add("serving", apart ? "prefill and decode apart" : "in one server",
                apart ? "in one server" : "prefill and decode apart", 5);
            return;
        }
        if (!apart) {
            pool("replica", planned.pool);
            return;
        }
        const Disaggregation& split = *planned.disaggregation;
        pool("prefill", split.prefill);
        pool("decode", planned.pool);
        if (split.gpu != nullptr && split.gpu != m_query.candidate.gpu)
            add("prefill gpu", m_record.gpu, split.gpu->name, 6);
        // Reports name the connector, not the links.
        add("transfer", "not said", std::string(toString(split.transfer.path)), 0.3, true);
    }

    void engine()
    {
        const bool other = std::any_of(m_record.engines.begin(), m_record.engines.end(),
                                       [](const ServedEngine& server) {
                                           return !server.name.empty() && server.name != "vllm";
                                       });
        if (other) { // whose versions count differently
            add("engine", m_record.engines.front().name, "vllm", 5);
            return;
        }
        const SemanticVersion planned = m_query.candidate.engine.version;
        const std::string plannedText = "vLLM " + toString(planned);
        std::vector<std::string> known;
        for (const auto& text : m_record.engineVersions) {
            if (text != "unknown")
                known.push_back(text);
        }
        if (known.empty() || known.size() != m_record.engineVersions.size()) {
            m_match.version = VersionCheck::Unknown;
            add("version", "not said: cannot verify", plannedText, 1.5);
            return;
        }
        const bool same = std::all_of(known.begin(), known.end(), [&](const std::string& text) {
            const auto version = parseVersion(text);
            return version && version->major == planned.major && version->minor == planned.minor;
        });
        m_match.version = same ? VersionCheck::Compatible : VersionCheck::Different;
        if (!same)
            add("version", join(known, ", "), plannedText, 1.2);
        else if (known != std::vector<std::string> { toString(planned) })
            add("version", join(known, ", "), plannedText, 0.1, true);
    }

    /** One role of the plan beside the servers of that role. */
    struct Role
    {
        std::string_view name; ///< empty = all servers
        std::string prefix; ///< in front of the names of differences
        Candidate planned;
        EngineSettings standard; ///< what `vllm serve` would choose
    };

    /** A number among the arguments; what `vllm serve` chooses where the report does not say. */
    void number(const Role& role, const char* name, std::pair<int, int> plannedAndStandard,
                bool withoutEffect)
    {
        const auto [planned, standard] = plannedAndStandard;
        const auto* stated = argument(m_record, name, role.name);
        int measured = standard;
        if (stated) {
            const auto value = parseCount(*stated);
            if (!value) {
                add(role.prefix + name, *stated, std::to_string(planned), 0.5, withoutEffect);
                return;
            }
            measured = static_cast<int>(std::min(*value, 1e9));
        }
        if (measured != planned)
            add(role.prefix + name,
                std::to_string(measured) + (stated ? "" : " (not said, the default)"),
                std::to_string(planned), 0.5, withoutEffect);
    }

    void flag(const Role& role, const char* name, std::pair<bool, bool> plannedAndStandard,
              bool withoutEffect)
    {
        const auto [planned, standard] = plannedAndStandard;
        bool measured = standard;
        const std::string text(name);
        if (const auto* on = argument(m_record, text, role.name))
            measured = toLower(*on) != "false";
        if (argument(m_record, "no-" + text, role.name))
            measured = false;
        if (measured != planned)
            add(role.prefix + text, measured ? "on" : "off", planned ? "on" : "off", 0.5,
                withoutEffect);
    }

    void settings()
    {
        const auto check = [this](std::string_view name, const char* prefix,
                                  const Candidate& planned) {
            const auto version = planned.engine.version;
            settingsOf({ name, prefix, planned,
                         defaultEngineSettings(*planned.model, *planned.gpu,
                                               m_catalog.engineVersion(version), version) });
        };
        const bool apart = m_record.disaggregated.value_or(false);
        if (apart != m_query.candidate.topology.disaggregation.has_value())
            return; // nothing to compare with
        if (!apart) {
            check({}, "", m_query.candidate);
            return;
        }
        check("prefill", "prefill ", prefillRole(m_query.candidate));
        check("decode", "decode ", decodeRole(m_query.candidate));
    }

    void settingsOf(const Role& role)
    {
        const EngineSettings& planned = role.planned.engine;
        number(role, "max-num-seqs", { planned.maxNumSeqs, role.standard.maxNumSeqs },
               role.name.empty() && seatsSuffice());
        number(role, "max-num-batched-tokens",
               { planned.maxNumBatchedTokens, role.standard.maxNumBatchedTokens }, false);
        // Limits only which requests are accepted.
        if (argument(m_record, "max-model-len", role.name))
            number(role, "max-model-len", { planned.maxModelLen, role.standard.maxModelLen }, true);
        if (argument(m_record, "block-size", role.name))
            number(role, "block-size", { planned.blockSize, planned.blockSize }, false);
        if (const auto* stated = argument(m_record, "gpu-memory-utilization", role.name)) {
            const double measured = parseNumber(*stated).value_or(0);
            if (measured != planned.gpuMemoryUtilization)
                add(role.prefix + "gpu-memory-utilization", *stated,
                    printNumber(planned.gpuMemoryUtilization), 0.5,
                    std::abs(measured - planned.gpuMemoryUtilization)
                        <= m_tolerances.memoryUtilization);
        }
        const auto* cache = argument(m_record, "kv-cache-dtype", role.name);
        const std::string measuredCache = cache ? precisionClass(*cache) : "";
        const std::string plannedCache =
            planned.keyValueCache ? precisionClass(toString(*planned.keyValueCache)) : "";
        if (measuredCache != plannedCache)
            add(role.prefix + "kv-cache-dtype", measuredCache.empty() ? "auto" : measuredCache,
                plannedCache.empty() ? "auto" : plannedCache, 1);
        flag(role, "enable-prefix-caching", { planned.prefixCaching, role.standard.prefixCaching },
             !sharesPrefixes() && !m_match.measurement->repeatedPrompts);
        flag(role, "enable-chunked-prefill",
             { planned.chunkedPrefill, role.standard.chunkedPrefill }, false);
        flag(role, "enforce-eager", { planned.enforceEager, false }, false);
    }

    /** Both have more seats than there are ever requests: Little's law of the estimate, with room to spare. */
    [[nodiscard]] bool seatsSuffice() const
    {
        const double replicas = std::max(1, m_query.candidate.topology.pool.replicas);
        const double needed = m_query.workload.load.kind == Load::Kind::ClosedLoop
            ? m_query.workload.load.concurrency / replicas
            : 2 * m_query.estimate.runningPerReplica;
        const auto* stated = argument(m_record, "max-num-seqs");
        const double measured = stated ? parseCount(*stated).value_or(0) : needed;
        return !m_query.estimate.saturated && needed <= measured
            && needed <= m_query.candidate.engine.maxNumSeqs;
    }

    [[nodiscard]] bool sharesPrefixes() const
    {
        const auto& prefix = m_query.workload.prefix;
        return prefix.sharedTokens > 0 || prefix.uniquePrompts > 0
            || (m_record.load.prefix && m_record.load.prefix->value() > 0);
    }

    /** The first of some arguments that the measured servers have. */
    [[nodiscard]] std::string firstOf(std::initializer_list<const char*> names) const
    {
        for (const char* name : names) {
            if (const auto* value = argument(m_record, name))
                return std::string(name) + (value->empty() ? "" : "=" + printableLine(*value, 60));
        }
        return {};
    }

    /** A feature that one of the two has, or both; `same` says whether it is known to be set alike then. */
    void feature(const char* field, const std::string& measured, const std::string& planned,
                 bool same)
    {
        if (!measured.empty() || !planned.empty())
            add(field, measured.empty() ? "none" : measured, planned.empty() ? "none" : planned, 1,
                !measured.empty() && !planned.empty() && same);
    }

    [[nodiscard]] bool speculatesAlike(const SpeculativeDecoding& planned) const
    {
        const auto* config = argument(m_record, "speculative-config");
        const std::string_view key = "num_speculative_tokens";
        const auto at = config ? config->find(key) : std::string::npos;
        if (at == std::string::npos
            || config->find("\"" + std::string(toString(planned.method)) + "\"")
                == std::string::npos)
            return false;
        const auto digits = config->find_first_of("0123456789", at + key.size());
        return digits != std::string::npos
            && config->compare(digits, config->find_first_not_of("0123456789", digits) - digits,
                               std::to_string(planned.tokens))
            == 0;
    }

    [[nodiscard]] bool adaptersAlike(const LoraServing& planned) const
    {
        const auto is = [this](const char* name, int value, int standard) {
            const auto* stated = argument(m_record, name);
            return (stated ? parseInteger(*stated).value_or(-1) : standard) == value;
        };
        return is("max-lora-rank", planned.rank, 16) && is("max-loras", planned.slotCount, 1);
    }

    /** Speculative decoding, adapters, caches outside the GPU, and what no plan can have. */
    void features()
    {
        const EngineSettings& planned = m_query.candidate.engine;
        feature("speculative decoding",
                firstOf({ "speculative-config", "speculative-model", "num-speculative-tokens" }),
                planned.speculative ? planned.speculative->label() : std::string(),
                planned.speculative && speculatesAlike(*planned.speculative));
        feature("adapters", firstOf({ "enable-lora" }),
                planned.lora
                    ? fmt::format("{} of rank {}", planned.lora->adapters, planned.lora->rank)
                    : std::string(),
                planned.lora && adaptersAlike(*planned.lora));
        const auto* connector = argument(m_record, "kv-transfer-config");
        std::string offload = firstOf({ "kv-offload-cpu", "kv-offloading-size" });
        if (offload.empty() && connector && !m_query.candidate.topology.disaggregation)
            offload = "kv-transfer-config";
        feature("KV cache outside the GPU", offload, planned.offload.any() ? "planned" : "", true);
        if (const auto other =
                firstOf({ "cpu-offload-gb", "compilation-config", "no-async-scheduling" });
            !other.empty())
            add("settings", other, "none", 1);
    }

    void length(const char* field, Metric metric, const std::optional<Tokens>& nominal,
                const LengthDistribution& planned)
    {
        auto measured = m_record.mean(metric);
        if (!measured && nominal)
            measured = nominal->value();
        if (!measured || !(*measured > 0)) {
            add(field, "not said", printRounded(planned.mean), 2);
            return;
        }
        const double off = std::abs(*measured / std::max(1e-9, planned.mean) - 1);
        if (off > 0.005)
            add(field, printRounded(*measured, 4), printRounded(planned.mean, 4),
                2 * std::min(3.0, std::abs(std::log(*measured / std::max(1e-9, planned.mean))))
                    + 0.2,
                off <= m_tolerances.length + 1e-9);
        const auto* distribution = m_record.metric(metric);
        const auto deviation = distribution ? (*distribution)[Statistic::StdDev] : std::nullopt;
        std::optional<double> variation;
        if (deviation)
            variation = *deviation / *measured;
        else if (m_record.load.lengths == "fixed" || m_record.load.lengths == "uniform")
            variation = 0; // the ranges in use are narrow
        const double wanted = std::sqrt(planned.squaredVariation());
        if (!variation && wanted > m_tolerances.lengthVariation)
            add(std::string(field) + " spread", "not said", fmt::format("{:.0f} %", wanted * 100),
                0.5);
        else if (variation && std::abs(*variation - wanted) > m_tolerances.lengthVariation)
            add(std::string(field) + " spread", fmt::format("{:.0f} %", *variation * 100),
                fmt::format("{:.0f} %", wanted * 100), 0.5);
    }

    void lengths()
    {
        length("prompt tokens", Metric::InputLength, m_record.load.nominalInput,
               m_query.workload.prompt);
        length("output tokens", Metric::OutputLength, m_record.load.nominalOutput,
               m_query.workload.output);
    }

    void prefixes()
    {
        const auto& planned = m_query.workload.prefix;
        if (m_match.measurement->repeatedPrompts != (planned.uniquePrompts > 0))
            add("prompts",
                m_match.measurement->repeatedPrompts ? "repeat, nearly all cached" : "new",
                planned.uniquePrompts > 0 ? "repeat" : "new", 2);
        const double prompt = std::max(1.0, m_query.workload.prompt.mean);
        const double measured = m_record.load.prefix ? m_record.load.prefix->value() : 0;
        const double off = std::abs(measured - planned.sharedTokens) / prompt;
        if (off > 0.001)
            add("shared prefix",
                m_record.load.prefix ? printRounded(measured) + " tokens" : "not said",
                printRounded(planned.sharedTokens) + " tokens", 2 * std::min(1.0, off) + 0.2,
                off <= m_tolerances.sharedPrefix);
    }

    void load()
    {
        const Load& planned = m_query.workload.load;
        const bool open = planned.kind == Load::Kind::OpenLoop;
        const char* field = open ? "rate" : "concurrency";
        const double wanted = open ? planned.rate.value() : planned.concurrency;
        const auto text = [open](double value) {
            return printRounded(value, 4) + (open ? "/s" : " at once");
        };
        std::optional<double> measured;
        if (open && m_record.load.rate)
            measured = m_record.load.rate->value();
        if (!open && m_record.load.concurrency && !m_record.load.rate)
            measured = *m_record.load.concurrency;
        if (!measured || !(*measured > 0)) {
            const bool otherKind =
                open ? m_record.load.concurrency.has_value() : m_record.load.rate.has_value();
            add("kind of load",
                !otherKind ? "not said"
                    : open ? "requests kept in flight"
                           : "requests at a rate",
                open ? "requests at a rate" : "requests kept in flight", 2);
            return;
        }
        const double off = std::abs(*measured / std::max(1e-12, wanted) - 1);
        if (off > 0.001)
            add(field, text(*measured), text(wanted),
                std::min(4.0, std::abs(std::log2(*measured / std::max(1e-12, wanted)))) + 0.1,
                off <= m_tolerances.load + 1e-9);
        // The report's shape parameter is the inverse of the squared variation of the gaps.
        if (open && m_record.load.burstiness && *m_record.load.burstiness > 0) {
            const double variation = 1 / *m_record.load.burstiness;
            if (std::abs(variation - m_query.workload.burstiness) > 0.2)
                add("burstiness", printRounded(variation),
                    printRounded(m_query.workload.burstiness), 1);
        }
    }

    /** Runs that measured something else than a healthy server at one load. */
    void worth()
    {
        const auto success = m_record.successRate();
        if (success && *success < 1 - m_tolerances.failures)
            add("answered requests", fmt::format("{:.1f} %", *success * 100), "all", 2);
        if (m_record.level.starts_with("summary"))
            add("stages", "several in one figure", "one load", 3);
        if (!m_record.mean(Metric::Ttft) && !m_record.mean(Metric::E2e))
            add("latencies", "not measured", "needed", 3);
        if (!m_record.mean(Metric::Tpot) && !m_record.mean(Metric::Itl))
            add("latency per token", "not measured", "needed", 3);
    }

    BenchmarkMatch& m_match;
    const BenchmarkRecord& m_record;
    const MatchQuery& m_query;
    const Catalog& m_catalog;
    const MatchTolerances& m_tolerances;
};

} // namespace

std::string measuredPrecision(const BenchmarkRecord& record, const Catalog& catalog)
{
    if (auto stated = precisionClass(record.precision); !stated.empty())
        return stated;
    if (const auto* quantization = argument(record, "quantization")) {
        if (auto stated = precisionClass(*quantization); !stated.empty())
            return stated;
    }
    if (auto named = precisionClass(record.model); !named.empty())
        return named;
    // A checkpoint of the catalog under its full name has the precision that it was published in.
    if (const Model* model = catalog.findModel(record.model))
        return precisionClass(model->architecture.quantization.label());
    return {};
}

std::string describe(const MatchDifference& difference)
{
    return fmt::format("{}: {} measured, {} planned", difference.field, difference.measured,
                       difference.planned);
}

std::string_view toString(VersionCheck check)
{
    switch (check) {
    case VersionCheck::Compatible:
        return "compatible";
    case VersionCheck::Different:
        return "different";
    case VersionCheck::Unknown:
        return "cannot verify";
    }
    return "";
}

bool BenchmarkMatch::isExact() const
{
    return version == VersionCheck::Compatible
        && std::all_of(differences.begin(), differences.end(),
                       [](const MatchDifference& d) { return d.tolerated; });
}

std::vector<std::string> checkpointNames(std::string_view model)
{
    const std::string plain = plainName(model);
    std::vector<std::string> names;
    for (const std::string& base :
         { plain, plain.starts_with("llama-") ? "meta-" + plain : std::string() }) {
        if (base.empty())
            continue;
        names.push_back(base);
        for (const auto suffix : precisionSuffixes)
            names.push_back(base + std::string(suffix));
        for (const char* more : { "-fp8-dynamic", "-fp8-block", "-gptq-int4", "-gptq-int8",
                                  "-awq-int4", "-quantized.w8a16" })
            names.push_back(base + more);
    }
    return names;
}

BenchmarkMatch compareWithPlan(std::shared_ptr<const Measurement> measurement,
                               const MatchQuery& query, const Catalog& catalog,
                               const MatchTolerances& tolerances)
{
    BenchmarkMatch match { std::move(measurement), {}, VersionCheck::Unknown, 0 };
    Comparer(match, query, catalog, tolerances).run();
    return match;
}

} // namespace llmd

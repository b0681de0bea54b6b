// SPDX-License-Identifier: Apache-2.0
#include "executionplan.h"

#include <core/base/text.h>
#include <core/base/yamlemitter.h>
#include <core/base/yamlreader.h>

#include <fmt/format.h>

#include <functional>
#include <limits>
#include <optional>

namespace llmd {

namespace {

constexpr const char* rootKey = "executionPlan";
constexpr YamlLimits planLimits { 1u << 20, 16, 5'000, 0, 20'000 };

/** The one table of the fields of a plan, in file order; writer, reader and comparison walk it. What was `added` later may be absent. */
template <class Visitor, class Plan> void visitPlan(Visitor& v, Plan& plan)
{
    v.section("runtime", [&] {
        v.field("service", plan.runtime.service);
        v.field("namespace", plan.runtime.nameSpace);
        v.field("engineImage", plan.runtime.engineImage);
        v.field("routerImage", plan.runtime.routerImage);
        v.field("coldStart", plan.runtime.coldStart);
    });
    v.section("model", [&] {
        v.field("name", plan.model.name);
        v.field("checkpoint", plan.model.checkpoint);
        v.field("revision", plan.model.revision);
        v.field("quantization", plan.model.quantization);
        v.field("quantizedAtLoad", plan.model.quantizedAtLoad);
        v.field("maxContextLength", plan.model.maxContextLength);
        v.field("maxActiveAdapters", plan.model.maxActiveAdapters);
        v.field("maxAdapterRank", plan.model.maxAdapterRank);
        v.field("cpuAdapters", plan.model.cpuAdapters);
        v.field("draftModel", plan.model.draftModel);
        v.field("numSpeculativeTokens", plan.model.numSpeculativeTokens);
    });
    v.section("parallelism", [&] {
        v.field("tensorParallel", plan.parallelism.tensorParallel);
        v.field("pipelineParallel", plan.parallelism.pipelineParallel);
        v.field("replicas", plan.parallelism.replicas);
        v.field("totalGPUs", plan.parallelism.totalGpus);
        v.field("gpuType", plan.parallelism.gpuType);
        v.field("prefillTensorParallel", plan.parallelism.prefillTensorParallel);
        v.field("prefillReplicas", plan.parallelism.prefillReplicas);
        v.added("dataParallel", plan.parallelism.dataParallel);
        v.added("expertParallel", plan.parallelism.expertParallel);
        v.added("podsPerReplica", plan.parallelism.podsPerReplica);
        v.added("prefillDataParallel", plan.parallelism.prefillDataParallel);
        v.added("prefillExpertParallel", plan.parallelism.prefillExpertParallel);
        v.added("prefillPodsPerReplica", plan.parallelism.prefillPodsPerReplica);
    });
    v.section("scheduler", [&] {
        v.field("maxBatchSize", plan.scheduler.maxBatchSize);
        v.field("maxTokensInBatch", plan.scheduler.maxTokensInBatch);
        v.field("chunkedPrefill", plan.scheduler.chunkedPrefill);
        v.field("maxChunkedPrefillTokens", plan.scheduler.maxChunkedPrefillTokens);
        v.field("schedulerSteps", plan.scheduler.schedulerSteps);
        v.field("maxWaitTimeMs", plan.scheduler.maxWaitTimeMs);
    });
    v.section("kvCache", [&] {
        v.field("blockSize", plan.kvCache.blockSize);
        v.field("gpuCacheBlocks", plan.kvCache.gpuCacheBlocks);
        v.field("cpuSwapBlocks", plan.kvCache.cpuSwapBlocks);
        v.field("gpuUtilization", plan.kvCache.gpuUtilization);
        v.field("offloadPolicy", plan.kvCache.offloadPolicy);
        v.field("tier1Enabled", plan.kvCache.tier1Enabled);
        v.field("tier2Enabled", plan.kvCache.tier2Enabled);
    });
    v.section("routing", [&] {
        v.field("policy", plan.routing.policy);
        v.field("kvAwareRouting", plan.routing.kvAwareRouting);
        v.field("loadBalancingWindow", plan.routing.loadBalancingWindow);
        v.field("sessionAffinity", plan.routing.sessionAffinity);
        v.field("sessionAffinityTimeout", plan.routing.sessionAffinityTimeout);
    });
    v.section("autoscaling", [&] {
        v.field("minReplicas", plan.autoscaling.minReplicas);
        v.field("maxReplicas", plan.autoscaling.maxReplicas);
        v.field("scaleUpThreshold", plan.autoscaling.scaleUpThreshold);
        v.field("scaleDownThreshold", plan.autoscaling.scaleDownThreshold);
        v.field("scaleUpCooldown", plan.autoscaling.scaleUpCooldown);
        v.field("scaleDownCooldown", plan.autoscaling.scaleDownCooldown);
        v.field("metric", plan.autoscaling.metric);
        v.field("targetRunningPerReplica", plan.autoscaling.targetRunningPerReplica);
    });
}

class Writer
{
public:
    explicit Writer(const ExecutionPlan& plan)
        : m_plan(plan)
    { }

    YamlValue run()
    {
        visitPlan(*this, m_plan);
        return std::move(m_sections);
    }

    template <class Fields> void section(const char* name, Fields fields)
    {
        m_name = name;
        m_section = YamlValue::map();
        fields();
        m_sections.set(name, std::move(m_section));
    }
    void field(const char* key, const std::string& value) { put(key, value); }
    void field(const char* key, bool value) { put(key, value); }
    void field(const char* key, int value) { put(key, value); }
    void field(const char* key, std::int64_t value) { put(key, value); }
    void field(const char* key, double value) { put(key, value); }
    void field(const char* key, Seconds value) { put(key, printDuration(value)); }
    template <class T> void added(const char* key, const T& value) { field(key, value); }

private:
    void put(const char* key, YamlValue value)
    {
        const auto why = m_plan.why.find(m_name + "." + key);
        m_section.set(key, std::move(value), why == m_plan.why.end() ? std::string() : why->second);
    }

    const ExecutionPlan& m_plan;
    YamlValue m_sections = YamlValue::map();
    YamlValue m_section;
    std::string m_name;
};

class Lister
{
public:
    using Kind = PlanField::Kind;

    template <class Fields> void section(const char* name, Fields visit)
    {
        m_name = name;
        visit();
    }
    void field(const char* key, const std::string& value) { put(key, value, Kind::Text); }
    void field(const char* key, bool value) { put(key, value ? "true" : "false", Kind::Flag); }
    void field(const char* key, int value) { put(key, std::to_string(value), Kind::Number); }
    void field(const char* key, std::int64_t value)
    {
        put(key, std::to_string(value), Kind::Number);
    }
    void field(const char* key, double value) { put(key, printNumber(value), Kind::Number); }
    void field(const char* key, Seconds value) { put(key, printDuration(value), Kind::Text); }
    template <class T> void added(const char* key, const T& value) { field(key, value); }

    std::vector<PlanField> all;

private:
    void put(const char* key, std::string value, Kind kind)
    {
        all.push_back({ m_name + "." + key, std::move(value), kind });
    }

    std::string m_name;
};

class Reader
{
public:
    Result<ExecutionPlan> run(const YamlNode& root)
    {
        const YamlNode top = root[rootKey];
        if (!top.isMapping())
            return failure(ErrorCode::MissingField,
                           fmt::format("expected an execution plan: a mapping {}", rootKey),
                           root.location());
        m_top = top;
        ExecutionPlan plan;
        visitPlan(*this, plan);
        refuseUnknown(top, m_sections);
        if (m_error)
            return tl::unexpected(*m_error);
        return plan;
    }

    template <class Fields> void section(const char* name, Fields fields)
    {
        m_sections.emplace_back(name);
        m_section = m_top[name];
        m_keys.clear();
        if (!m_section.isMapping())
            return fail(m_top, fmt::format("the section '{}' is missing", name));
        fields();
        refuseUnknown(m_section, m_keys);
    }
    void field(const char* key, std::string& value) { take(key, value, node(key).asString()); }
    void field(const char* key, bool& value) { take(key, value, node(key).asBool()); }
    void field(const char* key, double& value) { take(key, value, node(key).asNumber()); }
    void field(const char* key, std::int64_t& value)
    {
        take<std::int64_t>(key, value, node(key).asInteger().map([](long long whole) {
            return static_cast<std::int64_t>(whole);
        }));
    }
    void field(const char* key, int& value)
    {
        const auto bounded = [](long long whole) -> Result<int> {
            if (whole < std::numeric_limits<int>::min() || whole > std::numeric_limits<int>::max())
                return failure(ErrorCode::LimitExceeded, "the number is out of range");
            return static_cast<int>(whole);
        };
        take(key, value, node(key).asInteger().and_then(bounded));
    }
    void field(const char* key, Seconds& value)
    {
        take(key, value, node(key).asString().and_then([](const std::string& text) {
            return parseDuration(text);
        }));
    }

    template <class T> void added(const char* key, T& value)
    {
        if (node(key).exists())
            field(key, value);
    }

private:
    YamlNode node(const char* key) const { return m_section[key]; }

    void fail(const YamlNode& where, std::string text)
    {
        if (!m_error)
            m_error = Error { ErrorCode::WrongType, std::move(text), {}, where.location() };
    }

    template <class T> void take(const char* key, T& value, Result<T> read)
    {
        m_keys.emplace_back(key);
        if (!node(key).exists())
            fail(m_section, fmt::format("'{}' is missing", key));
        else if (!read)
            fail(node(key), fmt::format("'{}': {}", key, read.error().detail));
        else
            value = std::move(*read);
    }

    void refuseUnknown(const YamlNode& mapping, const std::vector<std::string>& known)
    {
        std::vector<Issue> issues;
        reportUnknownKeys(mapping, known, issues);
        if (!issues.empty() && !m_error)
            m_error = Error { ErrorCode::NotFound, issues.front().text, {}, issues.front().where };
    }

    YamlNode m_top;
    YamlNode m_section;
    std::vector<std::string> m_sections;
    std::vector<std::string> m_keys;
    std::optional<Error> m_error;
};

} // namespace

bool ExecutionPlan::sameDecisions(const ExecutionPlan& other) const
{
    return planFields(*this) == planFields(other);
}

std::vector<PlanField> planFields(const ExecutionPlan& plan)
{
    Lister lister;
    visitPlan(lister, plan);
    return std::move(lister.all);
}

std::string writeExecutionPlan(const ExecutionPlan& plan)
{
    return emitYaml(YamlValue::map({ { rootKey, Writer(plan).run() } }), join(plan.header, "\n"));
}

Result<ExecutionPlan> readExecutionPlan(std::string_view text, const std::string& name)
{
    return parseYaml(text, name, planLimits).and_then([](const YamlNode& root) {
        return Reader().run(root);
    });
}

} // namespace llmd

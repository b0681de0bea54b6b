// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

// The endpoint picker refuses to start on a key that it does not know, so these are its own structs: llm-d-router v0.10.0,
// apix/config/v1alpha1 and the parameters of each plugin, without the experimental and the deprecated ones.

namespace llmd::manifestcheck {

namespace {

struct Plugin
{
    std::string_view type;
    std::string_view parameters; ///< separated by spaces
};

constexpr Plugin plugins[] = {
    { "active-request-scorer",
      "idleThreshold inFlightLoadProducerName maxBusyScore requestTimeout" },
    { "always-disagg-multimodal-decider", "" },
    { "always-disagg-pd-decider", "" },
    { "anthropic-parser", "" },
    { "approx-prefix-cache-producer",
      "autoTune blockSize blockSizeTokens lruCapacityPerServer maxPrefixBlocksToMatch "
      "maxPrefixTokensToMatch" },
    { "concurrency-detector",
      "concurrencyMode headroom inFlightLoadProducerName maxConcurrency maxTokenConcurrency" },
    { "context-length-aware", "enableFiltering label" },
    { "core-metrics-extractor", "defaultEngine engineConfigs engineLabelKey" },
    { "decode-filter", "" },
    { "disagg-profile-handler",
      "deciderPluginName deciders decodeProfile encodeDeciderPluginName encodeProfile "
      "prefillDeciderPluginName prefillProfile profiles stageOrder" },
    { "edf-ordering-policy", "" },
    { "encode-filter", "" },
    { "endpoint-notification-source", "" },
    { "fcfs-ordering-policy", "" },
    { "file-discovery", "" },
    { "global-strict-fairness-policy", "" },
    { "inflight-load-producer",
      "addEstimatedOutputTokens maxEstimatedOutputTokens outputRatio prefixMatchInfoProducerName "
      "syncCrossReplicaState" },
    { "k8s-notification-source", "group kind version" },
    { "kv-cache-utilization-scorer", "" },
    { "label-selector-filter", "matchExpressions matchLabels" },
    { "latency-scorer",
      "compositeKVWeight compositePrefixWeight compositeQueueWeight headroomSelectionStrategy "
      "latencyPredictionInfoProducerName prefixMatchInfoProducerName tpotWeight ttftWeight" },
    { "latency-slo-admitter", "latencyPredictionInfoProducerName" },
    { "load-aware-scorer", "threshold" },
    { "lora-affinity-scorer", "" },
    { "max-score-picker", "maxNumOfEndpoints" },
    { "metrics-data-source",
      "caCertPath clientCertPath clientKeyPath insecureSkipVerify interval path port scheme" },
    { "mm-embeddings-cache-producer", "cacheSizeInMBPerServer" },
    { "mm-embeddings-cache-scorer", "producerName" },
    { "models-data-extractor", "" },
    { "models-data-source",
      "caCertPath clientCertPath clientKeyPath insecureSkipVerify interval path scheme" },
    { "no-hit-lru-scorer",
      "lruSize prefixMatchInfoProducerName prefixPluginName prefixPluginType" },
    { "openai-parser", "" },
    { "passthrough-parser", "" },
    { "precise-prefix-cache-producer",
      "indexerConfig kvEventsConfig speculativeIndexing speculativeTTL tokenProcessorConfig" },
    { "predicted-latency-producer",
      "contextTTL encoderCacheMatchInfoProducerName endpointRoleLabel inFlightLoadProducerName "
      "maxDecodeTokenSamplesForPrediction predictInProduce prefixMatchInfoProducerName "
      "samplingMean sloBufferFactor streamingMode useEncoderCacheFeatures" },
    { "prefill-filter", "" },
    { "prefix-based-pd-decider", "nonCachedTokens promptTokens" },
    { "prefix-cache-affinity-filter",
      "affinityThreshold explorationProbability inFlightLoadProducerName "
      "latencyPredictionInfoProducerName maxTTFTPenaltyMs peakPrefillThroughput "
      "prefixMatchInfoProducerName ttftSource" },
    { "prefix-cache-scorer",
      "matchLengthScaleTokens matchLengthWeight prefixMatchInfoProducerName" },
    { "probabilistic-admitter", "k kvCacheUtilThreshold power queueDepthThreshold" },
    { "program-aware-fairness", "" },
    { "queue-scorer", "" },
    { "random-picker", "maxNumOfEndpoints" },
    { "request-attribute-reporter", "" },
    { "round-robin-fairness-policy", "" },
    { "running-requests-size-scorer", "" },
    { "session-id-producer", "cookieName headerName" },
    { "single-profile-handler", "" },
    { "slo-deadline-ordering-policy", "" },
    { "slo-headroom-tier-filter", "epsilonExploreNeg latencyPredictionInfoProducerName" },
    { "static-usage-limit-policy", "threshold" },
    { "token-load-scorer", "inFlightLoadProducerName queueThresholdTokens" },
    { "token-producer", "estimate modelName udsTokenizerConfig vllm" },
    { "utilization-detector",
      "headroom kvCacheUtilThreshold metricsStalenessThreshold queueDepthThreshold" },
    { "vertexai-parser", "" },
    { "vllmgrpc-parser", "" },
    { "vllmhttp-parser", "" },
    { "weighted-random-picker", "maxNumOfEndpoints" },
};

bool contains(std::string_view names, std::string_view name)
{
    const auto all = split(names, ' ');
    return std::ranges::find(all, name) != all.end();
}

class PickerCheck
{
public:
    PickerCheck(ManifestSet& set, const std::string& subject, const YamlNode& holder)
        : m_set(set)
        , m_subject(subject)
        , m_holder(holder)
    { }

    void run(const YamlNode& config)
    {
        checkKeys(config, "the configuration",
                  "apiVersion kind featureGates plugins schedulingProfiles dataLayer flowControl "
                  "requestHandler");
        if (text(config["kind"]) != "EndpointPickerConfig")
            report("the router configuration is no EndpointPickerConfig");
        readPlugins(config["plugins"]);
        readProfiles(config["schedulingProfiles"]);
        const auto control = config["flowControl"];
        checkKeys(control, "flowControl",
                  "maxBytes maxRequests defaultRequestTTL defaultPriorityBand "
                  "defaultNegativePriorityBand priorityBands usageLimitPolicyPluginRef "
                  "saturationDetector enableEviction");
        checkReference(control["saturationDetector"]["pluginRef"]);
        const bool gate = contains(join(texts(config["featureGates"]), " "), "flowControl");
        if (control.exists() && !gate)
            report("flowControl does nothing without its feature gate");
    }

private:
    void report(std::string what) { m_set.report(m_subject, m_holder, std::move(what)); }

    void checkKeys(const YamlNode& mapping, const std::string& what, std::string_view known)
    {
        if (!mapping.isMapping())
            return;
        for (const auto& key : mapping.keys()) {
            if (!contains(known, key))
                report(fmt::format("{} has the key '{}', which the router does not know", what,
                                   oneLine(key, 80)));
        }
    }

    void readPlugins(const YamlNode& list)
    {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const auto type = text(list[i]["type"]);
            const auto name = list[i]["name"].exists() ? text(list[i]["name"]) : type;
            if (name.empty() || !m_names.insert(name).second)
                report("a router plugin has no type, or a name that occurs twice");
            checkKeys(list[i], "a plugin", "name type parameters");
            const auto it = std::ranges::find(plugins, type, &Plugin::type);
            if (it == std::end(plugins))
                report(fmt::format("the router has no plugin '{}'", oneLine(type, 80)));
            else
                checkKeys(list[i]["parameters"], fmt::format("plugin '{}'", type), it->parameters);
            if (type == "disagg-profile-handler") {
                checkReference(list[i]["parameters"]["deciders"]["prefill"], true);
                checkReference(list[i]["parameters"]["deciderPluginName"], true);
            }
        }
        for (const auto& later : m_later) {
            if (!m_names.contains(later))
                missing(later);
        }
    }

    void readProfiles(const YamlNode& profiles)
    {
        if (profiles.size() == 0)
            report("the router configuration has no scheduling profile");
        for (std::size_t p = 0; p < profiles.size(); ++p) {
            checkKeys(profiles[p], "a scheduling profile", "name plugins");
            const auto list = profiles[p]["plugins"];
            for (std::size_t i = 0; i < list.size(); ++i) {
                checkKeys(list[i], "an entry of a scheduling profile", "pluginRef weight");
                checkReference(list[i]["pluginRef"]);
            }
        }
    }

    /** With `later`, the plugin may be declared further down. */
    void checkReference(const YamlNode& reference, bool later = false)
    {
        if (!reference.exists())
            return;
        if (later)
            m_later.push_back(text(reference));
        else if (!m_names.contains(text(reference)))
            missing(text(reference));
    }

    void missing(const std::string& name)
    {
        report(fmt::format(
            "the router configuration refers to the plugin '{}', which it does not declare",
            oneLine(name, 80)));
    }

    ManifestSet& m_set;
    const std::string& m_subject;
    const YamlNode& m_holder;
    std::set<std::string> m_names;
    std::vector<std::string> m_later;
};

} // namespace

void checkPickerConfig(ManifestSet& set, const std::string& subject, const YamlNode& holder,
                       const std::string& content)
{
    const auto config = parseYaml(content, subject);
    if (!config)
        set.report(subject, holder,
                   "the router configuration is not valid YAML: " + config.error().detail);
    else
        PickerCheck(set, subject, holder).run(*config);
}

} // namespace llmd::manifestcheck

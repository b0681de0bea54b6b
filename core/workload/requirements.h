// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "slo.h"
#include "workload.h"

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/base/yamlemitter.h>
#include <core/base/yamlreader.h>
#include <core/catalog/catalog.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** Weights of the balanced score; used as fractions of their sum. */
struct Priorities
{
    double cost = 0.25;
    double latency = 0.25;
    double quality = 0.25;
    double simplicity = 0.25;

    bool operator==(const Priorities&) const = default;
};

/** GPUs that exist; without inventory any number of any GPU may be bought. */
struct InventoryItem
{
    std::string gpu; ///< id
    int count = 0;
    int perNode = 0; ///< 0 = as the catalog says

    bool operator==(const InventoryItem&) const = default;
};

/**
 * A need as the user states it. Absent values are derived from the use case by `resolve`; nothing
 * here is guessed. This is what the wizard edits, YAML files hold and project files store.
 */
struct Requirements
{
    std::string title;
    std::string useCase = "chatbot_conversational";
    std::optional<double> users;
    std::optional<RequestsPerSecond> rate; ///< mean; replaces the rate derived from the users
    std::optional<double> peakFactor;
    std::optional<double> promptTokens;
    std::optional<double> outputTokens;
    std::optional<double> promptVariation;
    std::optional<double> outputVariation;
    std::optional<double> sharedPrefixTokens;
    std::optional<int> prefixGroups;
    std::optional<int> uniquePrompts;
    std::optional<LatencyTarget> ttft;
    std::optional<LatencyTarget> itl;
    std::optional<LatencyTarget> e2e;
    std::vector<std::string> models; ///< ids; empty = all of the catalog
    std::vector<std::string> gpusIncluded; ///< ids; empty = all
    std::vector<std::string> gpusExcluded;
    std::vector<std::string> quantizations; ///< labels such as "bf16", "fp8"; empty = all
    std::vector<InventoryItem> inventory;
    std::optional<int> maxGpus;
    std::optional<double> budgetPerMonth; ///< US dollars
    std::optional<int> contextTokens; ///< longest prompt + output to serve (max_model_len)
    std::string priceList; ///< id; empty = default
    std::map<std::string, double> priceOverrides; ///< GPU id → US dollars per hour
    std::optional<Priorities> priorities;
    double headroom = 0.2; ///< share of capacity kept free at the peak
    int minReplicas = 1; ///< 2 survives the loss of one
    std::string versionRow; ///< id; empty = default
    std::string topology; ///< "aggregated", "disaggregated" or "any"; empty: see `splitsByDefault`
    std::string kvTransfer; ///< between prefill and decode servers: "rdma", "tcp", "nvlink"; empty = rdma
    std::string notes;

    bool operator==(const Requirements&) const = default;
};

/** How a resolved value came about. */
struct Derivation
{
    enum class Origin { Stated, UseCase, Computed, Default };
    std::string field; ///< "workload.rate", "slo.ttft" …
    Origin origin = Origin::Default;
    std::string text; ///< "5000 users x 20 % active x 0.4 requests/min / 60 = 6.67 requests/s"

    bool operator==(const Derivation&) const = default;
};

/** Requirements with every value filled in, and where each came from. */
struct ResolvedNeed
{
    Workload meanLoad; ///< at the mean rate
    Workload peakLoad; ///< at the peak rate: plans are sized for it
    Slo slo;
    Priorities priorities;
    int contextTokens = 0;
    std::vector<Derivation> derivations;
    std::vector<Issue> issues; ///< contradictions, e.g. an E2E limit below TTFT + ITL x output
};

/**
 * Everything that is wrong with a need, each with the field it concerns (`subject`, named as in the
 * YAML form): unknown ids (with the nearest known one) and values that are missing, not finite or
 * out of range. All are errors.
 */
[[nodiscard]] std::vector<Issue> checkRequirements(const Requirements& requirements,
                                                   const Catalog& catalog);

/**
 * Fills in every value that the need leaves open:
 * - mean rate = users x active share x requests per active user and minute / 60 (no rounding),
 * unless stated; peak rate = mean x peak factor;
 * - log-normal lengths with the use case's coefficient of variation;
 * - TTFT and ITL limits = best + 0.75 x (acceptable - best) at p95. E2E is a target only if stated;
 * otherwise what TTFT + ITL x (output - 1) implies is shown as a derivation, because a third limit
 * that follows from two others would only hide which of them binds;
 * - context = the length that one request in 1000 exceeds in prompt plus that in output, rounded
 * up: to a power of two below 16384, to a multiple of 8192 above.
 *
 * Derivations name the fields `workload.users`, `.rate`, `.peak_factor`, `.peak_rate`, `.arrivals`,
 * `.prompt_tokens`,
 * `.prompt_variation`, `.output_tokens`, `.output_variation`, `.shared_prefix_tokens`,
 * `.prefix_groups`,
 * `.unique_prompts`; `slo.ttft`, `slo.itl`, `slo.e2e`; `context_tokens`, `priorities`, `headroom`,
 * `min_replicas`, `price_list`, `version_row`, `topology`, `kv_transfer`.
 *
 * Fails with the first finding of `checkRequirements`. Contradictions that still make sense (an E2E
 * limit below what the other two allow, a context window that some requests exceed) are warnings in
 * `issues`.
 */
[[nodiscard]] Result<ResolvedNeed> resolve(const Requirements& requirements,
                                           const Catalog& catalog);

/**
 * Whether prefill and decode on servers of their own are searched where the need says nothing of it: once the choice of models is
 * narrowed to eight. For all models of a catalog that takes ten times as long as the rest of the search.
 */
[[nodiscard]] bool splitsByDefault(const Requirements& requirements);

/** Default limit of a latency range: three quarters of the way from the best to the worst that
 * users accept. */
[[nodiscard]] Seconds defaultLimit(const LatencyRange& range);

/**
 * Reads the YAML form; issues hold unknown keys and bad values with their position, the rest is
 * still read.
 *
 *     title: Support chat
 *     use_case: chatbot_conversational
 *     users: 5k                 # or  rate: 12/s
 *     peak_factor: 2
 *     prompt_tokens: 512        # also prompt_variation, output_tokens, output_variation
 *     shared_prefix_tokens: 200 # also prefix_groups, unique_prompts
 *     ttft: 300ms               # p95
 *     itl: {percentile: 99, max: 40ms}
 *     e2e: {percentile: mean, max: 10s}
 *     models: [org/name]
 *     quantizations: [fp8]
 *     gpus: {include: [h100_sxm], exclude: [t4], inventory: [{gpu: h100_sxm, count: 16, per_node: 8}]}
 *     max_gpus: 32
 *     budget_per_month: $40k
 *     context_tokens: 8192
 *     prices: {list: id, per_hour: {h100_sxm: $2.10}}
 *     priorities: {cost: 0.4, latency: 0.3, quality: 0.2, simplicity: 0.1}
 *     headroom: 20%
 *     min_replicas: 2
 *     version_row: id
 *     topology: disaggregated   # or aggregated, any
 *     kv_transfer: rdma         # or tcp, nvlink
 *     notes: text
 */
[[nodiscard]] Loaded<Requirements> readRequirements(const YamlNode& root);
/** What is stated as a tree; the YAML form and the project file print it. */
[[nodiscard]] YamlValue requirementsTree(const Requirements& requirements);
/** The YAML form of what is stated; `readRequirements` gives the same value back. */
[[nodiscard]] std::string writeRequirements(const Requirements& requirements);

} // namespace llmd

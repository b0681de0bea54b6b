// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "slo.h"
#include "workload.h"

#include <core/base/issue.h>
#include <core/base/result.h>
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
 * A need as the user states it. Absent values are derived from the use case by `resolve`; nothing here is guessed. This is what the wizard edits, YAML files hold and project files store.
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
    std::vector<std::string> models;       ///< ids; empty = all of the catalog
    std::vector<std::string> gpusIncluded; ///< ids; empty = all
    std::vector<std::string> gpusExcluded;
    std::vector<std::string> quantizations; ///< labels such as "bf16", "fp8"; empty = all
    std::vector<InventoryItem> inventory;
    std::optional<int> maxGpus;
    std::optional<double> budgetPerMonth; ///< US dollars
    std::optional<int> contextTokens;     ///< longest prompt + output to serve (max_model_len)
    std::string priceList;                ///< id; empty = default
    std::map<std::string, double> priceOverrides; ///< GPU id → US dollars per hour
    std::optional<Priorities> priorities;
    double headroom = 0.2;                ///< share of capacity kept free at the peak
    int minReplicas = 1;                  ///< 2 survives the loss of one
    std::string versionRow;               ///< id; empty = default
    std::string notes;

    bool operator==(const Requirements&) const = default;
};

/** How a resolved value came about. */
struct Derivation
{
    enum class Origin { Stated, UseCase, Computed, Default };
    std::string field; ///< "workload.rate", "slo.ttft" …
    Origin origin = Origin::Default;
    std::string text;  ///< "5000 users x 20 % active x 0.4 requests/min / 60 = 6.67 requests/s"

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

/** Fails on unknown use case, model or GPU and on values out of range (NaN, negative, zero where not allowed). */
[[nodiscard]] Result<ResolvedNeed> resolve(const Requirements& requirements, const Catalog& catalog);

/** Reads the YAML form (field names as in README); issues hold unknown keys and bad values with their position. */
[[nodiscard]] Loaded<Requirements> readRequirements(const YamlNode& root);
[[nodiscard]] std::string writeRequirements(const Requirements& requirements);

} // namespace llmd

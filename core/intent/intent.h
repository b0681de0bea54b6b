// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/units.h>
#include <core/catalog/catalog.h>
#include <core/workload/requirements.h>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

namespace intent {
struct Knowledge;
}

/** A number or a range as stated: "5k" is all three, "up to 80" has no min, "at least 50" no max. */
struct StatedNumber
{
    std::optional<double> min;
    std::optional<double> max;
    double value = 0; ///< what to plan for: the number, or the upper end of a range

    bool operator==(const StatedNumber&) const = default;
};

/** A latency limit; the percentile is absent if the text names none, 0 = mean. */
struct StatedLatency
{
    std::optional<double> percentile;
    Seconds limit;

    bool operator==(const StatedLatency&) const = default;
};

enum class Importance { Low, Medium, High };
[[nodiscard]] std::string_view toString(Importance importance);

/** The words that a field came from. */
struct IntentEvidence
{
    std::string field; ///< as in the JSON form: "user_count", "ttft_ms", "priorities.cost" …
    std::string text;
    std::size_t message = 0; ///< of a conversation, from 0
    std::size_t begin = 0; ///< bytes [begin, end) of that message
    std::size_t end = 0;
    std::size_t beginCharacter = 0; ///< the same in Unicode characters
    std::size_t endCharacter = 0;

    bool operator==(const IntentEvidence&) const = default;
};

/** What the text leaves open between several meanings, instead of a guess. */
struct IntentQuestion
{
    std::string field; ///< "use_case", "user_count", "latency", "tokens" …
    std::string question;
    std::vector<std::string> choices; ///< empty = any value
    IntentEvidence evidence;

    bool operator==(const IntentQuestion&) const = default;
};

/** What a text states, and nothing else: an absent field was not stated. */
struct Intent
{
    std::string language = "en"; ///< of the last message: en, de or zh
    std::optional<std::string> useCase;
    std::optional<StatedNumber> users;
    std::optional<StatedNumber> rate; ///< requests per second of the whole service
    std::optional<double> peakRate; ///< requests per second, if a peak is stated
    std::optional<double> ratePerUser; ///< requests per second of one user
    std::optional<double> promptTokens;
    std::optional<double> outputTokens;
    std::optional<double> contextTokens;
    std::optional<StatedLatency> ttft;
    std::optional<StatedLatency> itl;
    std::optional<StatedLatency> e2e;
    std::optional<double> throughput; ///< output tokens per second of the whole service
    std::optional<double> budgetPerMonth; ///< US dollars
    std::optional<int> maxGpus;
    std::vector<std::string> gpusIncluded; ///< ids
    std::vector<std::string> gpusExcluded;
    std::vector<InventoryItem> inventory;
    std::vector<std::string> modelsIncluded; ///< ids
    std::vector<std::string> modelsExcluded;
    std::vector<std::string> quantizations; ///< labels: "fp8"
    std::vector<std::string> quantizationsExcluded;
    std::optional<Importance> cost;
    std::optional<Importance> latency;
    std::optional<Importance> quality;
    std::vector<IntentEvidence> evidence;
    std::vector<IntentQuestion> questions;

    bool operator==(const Intent&) const = default;
};

/**
 * Reads needs in plain English, German or Chinese: rules and a lexicon, no network, the same result
 * for the same text. Any bytes are allowed. Time grows linearly with the text. Immutable; safe to
 * use from any thread.
 */
class IntentParser
{
public:
    /** Fails only if the lexicon that is compiled in is damaged. Keeps the catalog. */
    [[nodiscard]] static Result<IntentParser> create(std::shared_ptr<const Catalog> catalog);

    [[nodiscard]] Intent parse(std::string_view text) const;
    /** A conversation, oldest message first: what is said later replaces what was said of the same
     * field. */
    [[nodiscard]] Intent parse(const std::vector<std::string>& messages) const;

private:
    explicit IntentParser(std::shared_ptr<const intent::Knowledge> knowledge)
        : m_knowledge(std::move(knowledge))
    { }

    std::shared_ptr<const intent::Knowledge> m_knowledge;
};

/** The JSON form (contract: DESIGN, section 5); absent fields have no key. */
[[nodiscard]] nlohmann::ordered_json toJson(const Intent& intent);

/**
 * The messages of a conversation from JSON: a list of texts, of {"role", "content"} objects (only
 * those of the user count), or an object with such a list under "messages" or "history".
 */
[[nodiscard]] Result<std::vector<std::string>> readHistory(std::string_view json);

/** Requirements with what was stated put in, and where each value came from. */
struct StatedNeed
{
    Requirements requirements;
    std::vector<Derivation> derivations; ///< of every field that the text set; origin Stated
};

/**
 * Puts what a text states into requirements; fields that it does not state keep the value of
 * `base`. Models become all their checkpoints that the stated weights allow. A rate per user, a
 * peak alone or a throughput become the mean rate; the derivation says how.
 */
[[nodiscard]] StatedNeed applyIntent(const Intent& intent, const Catalog& catalog,
                                     Requirements base = {});

} // namespace llmd

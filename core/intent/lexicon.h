// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "token.h"

#include <core/base/result.h>

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace llmd::intent {

/** What a phrase of the lexicon means to the recognisers; the YAML files of `resources/intent` name them. */
enum class Concept : std::uint8_t {
    // units
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Daily,
    Hourly,
    Weekly,
    Monthly,
    Yearly,
    Tokens,
    People,
    Requests,
    WorkItems,
    Gpus,
    Nodes,
    MemorySize,
    Percent,
    OtherUnit,
    Replicas,
    Measure,
    PerSecond,
    PerMinute,
    TokensPerSecond,
    Dollars,
    OtherMoney,
    Per,
    Each,
    // around numbers
    AtMost,
    AtLeast,
    Approximately,
    Between,
    RangeTo,
    And,
    Or,
    Few,
    Half,
    Times,
    More,
    // what a number is about
    Ttft,
    Itl,
    EndToEnd,
    WeakEndToEnd,
    Latency,
    Prompt,
    Output,
    InOut,
    Context,
    WeakContext,
    UserCount,
    Rate,
    Budget,
    GpuLimit,
    NotUsers,
    NotMoney,
    PerUser,
    PerGpu,
    Median,
    Mean,
    Percentile,
    NotQuantity,
    Batch,
    Peak,
    Training,
    OfThem,
    // statements about what is named
    Not,
    Except,
    Contrast,
    OnlyThis,
    Refused,
    Accepted,
    Include,
    Instead,
    Replaced,
    Correction,
    Also,
    Determiner,
    Copula,
    Base,
    HostingNode,
    // preferences
    Cost,
    Speed,
    Quality,
    CostHigh,
    SpeedHigh,
    SpeedLow,
    QualityHigh,
    CostLow,
    High,
    Medium,
    Low,
    Over,
    First,
    Then,
    Balanced,
    // weights
    Unquantized,
    Quantized,
    Count
};

enum class Language : std::uint8_t { English, German, Chinese };
[[nodiscard]] std::string_view toString(Language language);

/** The meanings of one phrase. */
struct PhraseMeaning
{
    std::vector<Concept> concepts;
    std::bitset<static_cast<std::size_t>(Concept::Count)> conceptSet; ///< the same, to look up
    std::vector<std::uint16_t> aspects; ///< of the task, index into `Lexicon::aspects`
    std::vector<std::string> precisions; ///< labels of weights: "fp8"
    std::optional<double> number; ///< "twelve", "dozen"
    double multiplier = 0; ///< "thousand"
    Language language = Language::English;
    bool onlyIn = false; ///< tells the language: the phrase is no word of another one
};

/** Words of the task that together speak for a use case. */
struct UseCaseRule
{
    std::string useCase;
    double weight = 0;
    std::vector<std::uint16_t> all; ///< aspects that must be there
    std::vector<std::uint16_t> none; ///< aspects that must not
};

/** The phrases of the YAML files of `resources/intent`, found by longest match. Immutable once read. */
class Lexicon
{
public:
    /** All shipped languages. Fails if a resource is damaged. */
    [[nodiscard]] static Result<Lexicon> load();

    struct Match
    {
        const PhraseMeaning* meaning = nullptr;
        std::size_t length = 0; ///< tokens; 0 = nothing
    };
    /** The longest phrase that begins with token `at`. */
    [[nodiscard]] Match match(std::span<const Token> tokens, std::size_t at) const;

    [[nodiscard]] const std::vector<std::string>& aspects() const { return m_aspects; }
    [[nodiscard]] const std::vector<UseCaseRule>& rules() const { return m_rules; }
    [[nodiscard]] bool isAbbreviation(const std::string& word) const;
    /** More names of GPUs: what people write, and the id or name that the catalog knows. */
    [[nodiscard]] const std::map<std::string, std::string>& gpuNames() const { return m_gpuNames; }
    /** Model names that are also common words, and mean a model only with a version or size. */
    [[nodiscard]] const std::vector<std::string>& commonModelWords() const { return m_commonWords; }

    /** Whether a word that no phrase knows names people by its ending: "radiologists". */
    [[nodiscard]] bool namesPeople(std::string_view word) const;
    /** Families of models that the catalog may not have, to say so rather than to say nothing. */
    [[nodiscard]] const std::vector<std::string>& otherModelFamilies() const
    {
        return m_otherFamilies;
    }
    /** GPUs that the catalog may not have. */
    [[nodiscard]] const std::vector<std::string>& otherGpus() const { return m_otherGpus; }

private:
    friend class LexiconReader;
    struct Node
    {
        std::unordered_map<std::string, std::uint32_t> next;
        std::vector<std::pair<std::string, std::uint32_t>> prefixes; ///< "translat*"
        std::int32_t meaning = -1;
    };

    [[nodiscard]] std::int32_t follow(std::uint32_t node, const Token& token) const;

    std::vector<Node> m_nodes { Node {} };
    std::vector<PhraseMeaning> m_meanings;
    std::vector<std::string> m_aspects;
    std::vector<UseCaseRule> m_rules;
    std::vector<std::string> m_abbreviations;
    std::map<std::string, std::string> m_gpuNames;
    std::vector<std::string> m_commonWords;
    std::vector<std::string> m_otherFamilies;
    std::vector<std::string> m_otherGpus;
    std::vector<std::string> m_peopleEndings;
    std::vector<std::string> m_notPeople; ///< words with such an ending that name things
};

} // namespace llmd::intent

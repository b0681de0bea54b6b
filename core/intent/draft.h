// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intent.h"
#include "scene.h"

#include <string>
#include <string_view>
#include <vector>

namespace llmd::intent {

/** Names of fields in evidence, questions and the JSON form. */
namespace field {
inline constexpr std::string_view useCase = "use_case";
inline constexpr std::string_view users = "user_count";
inline constexpr std::string_view rate = "request_rate_rps";
inline constexpr std::string_view peakRate = "peak_rate_rps";
inline constexpr std::string_view ratePerUser = "request_rate_per_user_rps";
inline constexpr std::string_view prompt = "prompt_tokens";
inline constexpr std::string_view output = "output_tokens";
inline constexpr std::string_view context = "context_tokens";
inline constexpr std::string_view ttft = "ttft_ms";
inline constexpr std::string_view itl = "itl_ms";
inline constexpr std::string_view e2e = "e2e_ms";
inline constexpr std::string_view throughput = "throughput_tokens_per_s";
inline constexpr std::string_view budget = "budget_usd_month";
inline constexpr std::string_view maxGpus = "max_gpus";
inline constexpr std::string_view gpusIncluded = "gpus_include";
inline constexpr std::string_view gpusExcluded = "gpus_exclude";
inline constexpr std::string_view inventory = "inventory";
inline constexpr std::string_view modelsIncluded = "models_include";
inline constexpr std::string_view modelsExcluded = "models_exclude";
inline constexpr std::string_view quantization = "quantization";
inline constexpr std::string_view quantizationExcluded = "quantization_exclude";
inline constexpr std::string_view cost = "priorities.cost";
inline constexpr std::string_view latency = "priorities.latency";
inline constexpr std::string_view quality = "priorities.quality";
// of questions only
inline constexpr std::string_view someLatency = "latency";
inline constexpr std::string_view someTokens = "tokens";
} // namespace field

/** The result while messages are read: values, their evidence, and which message each came from. */
class Draft
{
public:
    Intent intent;

    void startMessage(const Scene& scene, std::size_t message);
    /** Whether the present message has already stated this field. */
    [[nodiscard]] bool statedHere(std::string_view field) const;
    /** Records where a field came from; evidence and questions of earlier messages for it go. */
    void note(std::string_view field, std::size_t firstItem, std::size_t lastItem);
    /** The same, but earlier evidence stays: for lists that grow. */
    void noteMore(std::string_view field, std::size_t firstItem, std::size_t lastItem);
    void ask(std::string_view field, std::string question, std::vector<std::string> choices,
             std::size_t item);
    void forget(std::string_view field);
    void forgetQuestions(std::string_view field);

    /** Fields that hold a number, of the latest message that stated any before the present one. */
    [[nodiscard]] std::vector<std::string> latestNumbers() const;

private:
    [[nodiscard]] IntentEvidence evidence(std::string_view field, std::size_t firstItem,
                                          std::size_t lastItem) const;

    const Scene* m_scene = nullptr;
    std::size_t m_message = 0;
    std::vector<std::uint32_t> m_characters; ///< number of characters before every 64th byte
};

} // namespace llmd::intent

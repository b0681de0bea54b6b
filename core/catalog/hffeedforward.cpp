// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

namespace llmd::hf {

namespace {

std::int64_t matrices(int hidden, int intermediate, bool gated)
{
    return (gated ? 3 : 2) * static_cast<std::int64_t>(hidden) * intermediate;
}

std::int64_t biases(int hidden, int intermediate, bool gated)
{
    return (gated ? 2 : 1) * static_cast<std::int64_t>(intermediate) + hidden;
}

} // namespace

FeedForward denseFeedForward(int hidden, int intermediate, FeedForwardTraits traits)
{
    FeedForward ffn;
    ffn.denseParameters = matrices(hidden, intermediate, traits.gated);
    ffn.intermediateSize = intermediate;
    if (traits.bias)
        ffn.otherParameters = biases(hidden, intermediate, traits.gated);
    return ffn;
}

FeedForward expertFeedForward(int hidden, const ExpertTraits& traits, Findings& findings)
{
    if (traits.perToken > traits.experts)
        findings.fail(ErrorCode::InvalidArgument,
                      fmt::format("the config chooses {} experts per token, but there are only {}",
                                  traits.perToken, traits.experts));
    FeedForward ffn;
    ffn.experts = traits.experts;
    ffn.expertsPerToken = traits.perToken;
    ffn.moeIntermediateSize = traits.intermediate;
    ffn.expertParameters = matrices(hidden, traits.intermediate, traits.gated);
    ffn.routerParameters =
        static_cast<std::int64_t>(hidden + traits.routerVectors) * traits.experts;
    if (traits.bias)
        ffn.otherParameters = biases(hidden, traits.intermediate, traits.gated) * traits.experts;
    if (traits.sharedIntermediate > 0) {
        ffn.sharedExpertParameters = matrices(hidden, traits.sharedIntermediate, traits.gated);
        ffn.intermediateSize = traits.sharedIntermediate;
        if (traits.sharedGate)
            ffn.routerParameters += hidden;
    }
    return ffn;
}

ExpertTraits readExperts(const Fields& text, int fallbackIntermediate)
{
    ExpertTraits traits;
    traits.experts = text.integer(
        text.presentOf({ "num_local_experts", "num_experts", "n_routed_experts" }), expertRange);
    traits.perToken = text.integer(
        text.presentOf({ "num_experts_per_tok", "experts_per_token", "top_k_experts", "moe_topk" }),
        expertRange);
    const std::string_view key =
        text.presentOf({ "moe_intermediate_size", "expert_intermediate_size" });
    traits.intermediate = fallbackIntermediate > 0
        ? text.integer(key, sizeRange, fallbackIntermediate)
        : text.integer(key, sizeRange);
    return traits;
}

int sharedWidth(const Fields& text, int expertIntermediate)
{
    const int experts = text.integer("n_shared_experts", { 0, expertRange.max }, 0);
    const std::int64_t width = static_cast<std::int64_t>(experts) * expertIntermediate;
    if (width > sizeRange.max) {
        text.findings().fail(
            ErrorCode::InvalidArgument,
            fmt::format("field '{}' is {}; shared experts of {} x {} values are wider than {}",
                        text.pathOf("n_shared_experts"), experts, experts, expertIntermediate,
                        sizeRange.max));
        return 0;
    }
    return static_cast<int>(width);
}

std::int64_t predictionLayerParameters(const TokenMixer& mixer, const FeedForward& feedForward,
                                       int hidden)
{
    const std::int64_t projection = 2 * static_cast<std::int64_t>(hidden) * hidden;
    const std::int64_t norms =
        5 * static_cast<std::int64_t>(hidden); // two of the layer, two inputs, the last
    return mixer.linearParameters + mixer.otherParameters + feedForward.denseParameters
        + feedForward.sharedExpertParameters + feedForward.routerParameters
        + feedForward.expertParameters * feedForward.experts + feedForward.otherParameters
        + projection + norms;
}

void Layers::add(const TokenMixer& mixer, const FeedForward& feedForward,
                 std::int64_t normParameters)
{
    auto& groups = m_architecture.groups;
    std::size_t index = 0;
    while (index < groups.size()
           && !(groups[index].mixer == mixer && groups[index].feedForward == feedForward
                && groups[index].normParameters == normParameters))
        ++index;
    if (index == groups.size())
        groups.push_back({ mixer, feedForward, normParameters, 0 });
    ++groups[index].count;
    m_architecture.layerOrder.push_back(static_cast<std::uint16_t>(index));
}

} // namespace llmd::hf

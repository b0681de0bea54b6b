// SPDX-License-Identifier: Apache-2.0
#include "preset.h"

#include <core/base/text.h>

#include <fmt/format.h>

namespace llmd {

namespace {

/** "support_chat" of "Support chat!"; empty if the name has no letter or digit of ASCII. */
std::string idOf(std::string_view name)
{
    std::string id;
    for (const char c : toLower(name)) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good)
            id += c;
        else if (!id.empty() && id.back() != '_')
            id += '_';
    }
    while (!id.empty() && id.back() == '_')
        id.pop_back();
    return id;
}

} // namespace

Result<UseCase> presetOf(const Requirements& requirements, const Catalog& catalog,
                         const std::string& name, const std::string& date)
{
    const UseCase* base = catalog.findUseCase(requirements.useCase);
    if (!base)
        return failure(ErrorCode::NotFound,
                       fmt::format("the use case \"{}\" is not known", requirements.useCase));
    UseCase preset = *base;
    preset.name = printableLine(trimmed(name), 80);
    if (preset.name != base->name)
        preset.id = idOf(preset.name);
    if (preset.id.empty())
        return failure(ErrorCode::InvalidArgument,
                       "the name needs at least one letter or digit of the Latin alphabet");
    preset.peakFactor = requirements.peakFactor.value_or(base->peakFactor);
    preset.promptTokens = requirements.promptTokens.value_or(base->promptTokens);
    preset.outputTokens = requirements.outputTokens.value_or(base->outputTokens);
    preset.promptVariation = requirements.promptVariation.value_or(base->promptVariation);
    preset.outputVariation = requirements.outputVariation.value_or(base->outputVariation);
    if (requirements.ttft)
        preset.ttftTarget = requirements.ttft;
    if (requirements.itl)
        preset.itlTarget = requirements.itl;
    if (requirements.e2e)
        preset.e2eTarget = requirements.e2e;
    if (const auto& stated = requirements.priorities) {
        const double sum = stated->cost + stated->latency + stated->quality + stated->simplicity;
        if (sum > 0) {
            preset.costPriority = stated->cost / sum;
            preset.latencyPriority = stated->latency / sum;
            preset.qualityPriority = stated->quality / sum;
            preset.simplicityPriority = stated->simplicity / sum;
        }
    }
    preset.userProvided = true;
    preset.source = { fmt::format("preset \"{}\", from use case {}", preset.name, base->name),
                      date,
                      {} };
    return preset;
}

Requirements withoutPresetValues(Requirements requirements)
{
    requirements.peakFactor.reset();
    requirements.promptTokens.reset();
    requirements.outputTokens.reset();
    requirements.promptVariation.reset();
    requirements.outputVariation.reset();
    requirements.ttft.reset();
    requirements.itl.reset();
    requirements.e2e.reset();
    requirements.priorities.reset();
    return requirements;
}

} // namespace llmd

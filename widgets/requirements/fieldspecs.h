// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "valuefield.h"

/** The inputs of the wizard, each with its parser, its bounds and the field of the need that explains it. */
namespace llmd::fields {

/** Which of the three latencies a target is for. */
enum class Latency { Ttft, Itl, E2e };
[[nodiscard]] std::optional<LatencyTarget>& targetOf(Requirements& requirements, Latency latency);
[[nodiscard]] const std::optional<LatencyTarget>& targetOf(const Requirements& requirements,
                                                           Latency latency);
[[nodiscard]] const std::optional<LatencyTarget>& targetOf(const Slo& slo, Latency latency);

[[nodiscard]] FieldSpec users();
[[nodiscard]] FieldSpec rate();
[[nodiscard]] FieldSpec peakFactor();
[[nodiscard]] FieldSpec promptTokens();
[[nodiscard]] FieldSpec outputTokens();
[[nodiscard]] FieldSpec promptVariation();
[[nodiscard]] FieldSpec outputVariation();
[[nodiscard]] FieldSpec sharedPrefixTokens();
[[nodiscard]] FieldSpec prefixGroups();
[[nodiscard]] FieldSpec uniquePrompts();
[[nodiscard]] FieldSpec contextTokens();
[[nodiscard]] FieldSpec latencyLimit(Latency latency);
[[nodiscard]] FieldSpec maxGpus();
[[nodiscard]] FieldSpec budgetPerMonth();
[[nodiscard]] FieldSpec headroom();
[[nodiscard]] FieldSpec minReplicas();

} // namespace llmd::fields

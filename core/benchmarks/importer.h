// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <core/base/issue.h>

#include <string>
#include <string_view>

namespace llmd {

/**
 * Reads one report, whatever it is: llm-d-benchmark reports 0.1 to 0.2.1 as YAML or JSON, inference-perf (stage, summary,
 * session), GuideLLM (JSON and YAML of all schemas, CSV), `vllm bench serve`, InferenceMAX (raw, aggregated), AIPerf, nop,
 * rows of a planner database, and the sidecars of inference-perf. What it is follows from the content; `name` serves
 * messages, and the stage number of inference-perf files that carry it in their name only.
 *
 * Always gives a document: of format "unknown", with an issue of severity Error, if nothing could be read. Reentrant.
 */
[[nodiscard]] Loaded<BenchmarkDocument> readReport(std::string_view text, const std::string& name);

} // namespace llmd

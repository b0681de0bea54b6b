// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "search.h"

#include <core/base/issue.h>
#include <core/base/yamlreader.h>

#include <string>
#include <string_view>

namespace llmd {

/**
 * The space that people write: lists under `tensor_parallel`, `pipeline_parallel`, `data_parallel`, `max_num_seqs`,
 * `max_num_batched_tokens`, `gpu_memory_utilization`, `block_size`, `kv_cache_dtype` (auto, fp8, …), `prefix_caching`, `speculative`
 * (none, mtp, ngram, eagle3=HEAD, draft=MODEL), `speculative_tokens` (each with each way to speculate), `kv_offload_cpu` and
 * `kv_offload_disk` (sizes); `expert_parallel`, `quantize_at_load`, `aggregated`, `disaggregated`; `acceptance` and `lora: {adapters, rank, slots, targets}`. A
 * single value stands for a list of one; what is not said is as in
 * `base`.
 */
[[nodiscard]] Loaded<SearchSpace> readSpace(const YamlNode& root, const Catalog& catalog,
                                            SearchSpace base = {});
/**
 * The documents of a text one after another, each on top of those before it; an empty text gives the usual space. Fails where the
 * text is no YAML or holds an error.
 */
[[nodiscard]] Result<Loaded<SearchSpace>>
readSpaceText(std::string_view text, const std::string& name, const Catalog& catalog);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/catalog/gpu.h>
#include <core/catalog/model.h>

#include <string>

namespace llmd {

/**
 * Why vLLM cannot run this checkpoint on this GPU at all, as the end of a sentence ("has no kernels for …"); empty if it
 * can. Follows the table "Supported Hardware" of the quantisation chapter of vLLM's documentation (0.14 to 0.19), read
 * 2026-11-20.
 */
[[nodiscard]] std::string gpuObstacle(const Model& model, const Gpu& gpu);

/** Models whose activations overflow in FP16, which vLLM therefore refuses. */
[[nodiscard]] bool refusesFp16(const Model& model);
/** The GPU runs 16-bit weights only as FP16, so a BF16 checkpoint is converted while loading (`--dtype float16`). */
[[nodiscard]] bool needsFp16(const Model& model, const Gpu& gpu);

/** The engine can quantise the weights of this checkpoint to FP8 while loading, and this GPU computes in FP8. */
[[nodiscard]] bool canQuantizeAtLoad(const Model& model, const Gpu& gpu);

} // namespace llmd

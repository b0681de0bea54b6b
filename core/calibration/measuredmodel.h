// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/catalog/catalog.h>

#include <memory>
#include <string>
#include <string_view>

namespace llmd {

/** The model that a measurement ran: the catalog's own, or a variant of it in another precision. */
struct MeasuredModel
{
    const Model* model = nullptr;
    std::shared_ptr<const Model> variant; ///< owns `model` if it is not the catalog's
};

/**
 * Finds a model by id and brings it into the precision that a measurement names ("FP16", "bf16", "fp8", "fp4",
 * "int4"; empty = as published). A checkpoint that is named after an unquantised model of the catalog (`…-FP8`) is
 * derived from that. Fails with `Unsupported` and the missing config file if nothing fits.
 */
[[nodiscard]] Result<MeasuredModel> measuredModel(const Catalog& catalog, std::string_view id,
                                                  std::string_view precision, const Gpu& gpu);

/**
 * What a model is called in lower case without its publisher, its precision and its tuning: "llama-3.1-8b" for
 * `nvidia/Llama-3.1-8B-Instruct-FP8`. Checkpoints with the same family name have the same shapes, so a comparison that leaves
 * a model out leaves out all of them.
 */
[[nodiscard]] std::string modelFamily(std::string_view id);

} // namespace llmd

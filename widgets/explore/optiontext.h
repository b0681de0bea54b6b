// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/search.h>

#include <QString>

/** How options are named and described, wherever they appear. */
namespace llmd {

/** "2 × TP4". */
[[nodiscard]] QString topologyText(const Topology& topology);
/** Of one server, or of both roles: "TP4", "P/D TP2 → TP4". */
[[nodiscard]] QString parallelismText(const Topology& topology);
/** Says what the GPUs are made of: "40 GPUs = 5 replicas × 8 (TP8)". */
[[nodiscard]] QString sizeText(const Topology& topology);
/** Without the vendor: "H100 SXM5". */
[[nodiscard]] QString gpuText(const Gpu& gpu);
[[nodiscard]] QString modelText(const Model& model); ///< display name, or the id without one
[[nodiscard]] QString weightsText(const Model& model); ///< precision of the linear weights
/** Model, GPU and size on two lines, as read-outs begin. */
[[nodiscard]] QString optionText(const Option& option);
[[nodiscard]] QString provenanceText(Provenance::Label label); ///< "Estimated", "Benchmarked"

/** Output tokens per second and GPU at the peak load. */
[[nodiscard]] double outputPerGpu(const Option& option);
/** Tokens per second that one request gets: one over the mean time between tokens. */
[[nodiscard]] double outputPerUser(const Estimate& estimate);
/** US dollars per million output tokens while the peak load lasts. */
[[nodiscard]] double dollarsPerMillionTokens(const Option& option);

} // namespace llmd

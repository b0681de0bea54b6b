// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "modelarchitecture.h"

#include <core/base/result.h>

#include <filesystem>
#include <string_view>

namespace llmd {

/**
 * Reads a Hugging Face `config.json` without network. A field that is missing, of a wrong type or out
 * of range is an error that names it; an architecture that we do not know is refused, or, where its
 * fields are those of a plain decoder, read with an entry in `approximations`. Never throws. `name` is
 * used in error locations. `quantization` is the text of a `hf_quant_config.json`, used if the config
 * itself describes no quantisation.
 */
[[nodiscard]] Result<ModelArchitecture> parseHfConfig(std::string_view json, std::string name = {},
                                                      std::string_view quantization = {});
/** The same from a file; a `hf_quant_config.json` beside a `config.json` is taken into account. */
[[nodiscard]] Result<ModelArchitecture> readHfConfig(const std::filesystem::path& path);

} // namespace llmd

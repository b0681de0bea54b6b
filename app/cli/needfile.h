// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/workload/requirements.h>

#include <string>

namespace llmd::cli {

/** The need in a requirements file (YAML) or a project file (`.llmdplan`). Findings go to stderr; errors fail. */
[[nodiscard]] Result<Requirements> readNeedFile(const Session& session, const std::string& file);

} // namespace llmd::cli

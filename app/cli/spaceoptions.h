// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/search/search.h>

#include <string>
#include <vector>

namespace llmd::cli {

/** `--space`: YAML files and KEY=VALUE,VALUE pairs that say what a search tries. */
struct SpaceOptions
{
    std::vector<std::string> parts;

    void addTo(CLI::App& command);
    /** As one text for `readSpaceText` and for project files: the files first, then the pairs together. */
    [[nodiscard]] Result<std::string> text() const;
};

/** The space of such a text; tells about unknown keys on stderr. */
[[nodiscard]] Result<SearchSpace> readSpaceOf(const std::string& text, Session& session,
                                              const Catalog& catalog);

} // namespace llmd::cli

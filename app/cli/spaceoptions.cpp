// SPDX-License-Identifier: Apache-2.0
#include "spaceoptions.h"

#include <core/base/file.h>
#include <core/search/spaceyaml.h>

#include <fmt/format.h>

namespace llmd::cli {

namespace {

constexpr std::uintmax_t largestSpaceFile = 1u << 20;

} // namespace

void SpaceOptions::addTo(CLI::App& command)
{
    command
        .add_option("--space", parts,
                    "What the search tries: a YAML file, or KEY=VALUE,VALUE such as "
                    "speculative=none,mtp or kv_cache_dtype=auto,fp8 or lora.adapters=8; may be "
                    "repeated (see core/search/spaceyaml.h for the keys)")
        ->type_name("FILE|KEY=VALUES");
}

Result<std::string> SpaceOptions::text() const
{
    std::string files;
    std::string pairs;
    std::string lora;
    for (const std::string& part : parts) {
        const auto equals = part.find('=');
        if (equals == std::string::npos || part.ends_with(".yaml") || part.ends_with(".yml")) {
            auto content = readFile(part, largestSpaceFile);
            if (!content)
                return tl::unexpected(withContext("--space")(content.error()));
            files += (files.empty() ? "" : "\n---\n") + *content;
            continue;
        }
        const std::string key = part.substr(0, equals);
        const std::string value = part.substr(equals + 1);
        if (key.starts_with("lora."))
            lora += fmt::format("  {}: {}\n", key.substr(5), value);
        else
            pairs += fmt::format("{}: [{}]\n", key, value);
    }
    if (!lora.empty())
        pairs += "lora:\n" + lora;
    if (files.empty() || pairs.empty())
        return files + pairs;
    return files + "\n---\n" + pairs;
}

Result<SearchSpace> readSpaceOf(const std::string& text, Session& session, const Catalog& catalog)
{
    auto space = readSpaceText(text, "--space", catalog);
    if (!space)
        return tl::unexpected(space.error());
    session.report(space->issues);
    return std::move(space->value);
}

} // namespace llmd::cli

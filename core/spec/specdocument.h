// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"
#include "specfinding.h"

#include <core/base/result.h>
#include <core/base/yamlreader.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** A spec with what reading it found and where each field stands. */
struct SpecDocument
{
    InferenceService service;
    std::map<std::string, Location> positions; ///< of every field that is there, by path
    std::vector<SpecFinding> findings;
    std::string file;

    /** Position of a field, or of the nearest group around it that is there. */
    [[nodiscard]] std::optional<Location> locate(std::string_view field) const;
};

/** Reads one document; everything wrong becomes a finding with its position, the rest is still read. */
[[nodiscard]] SpecDocument readSpec(const YamlNode& root, const std::string& file = {});

/**
 * All documents of a text. Fails only on what is no YAML at all (see parseYaml) or holds no document. Documents of other
 * kinds are refused with a finding.
 */
[[nodiscard]] Result<std::vector<SpecDocument>> readSpecs(std::string_view text,
                                                          const std::string& file);
[[nodiscard]] Result<std::vector<SpecDocument>> readSpecFile(const std::filesystem::path& path);

/** YAML that `readSpec` reads back to the same value. */
[[nodiscard]] std::string writeSpec(const InferenceService& service);

/** The service with some fields changed; fails on a field or value that the reader would refuse. */
[[nodiscard]] Result<InferenceService> withEdits(const InferenceService& service,
                                                 const std::vector<SpecEdit>& edits);

/** JSON Schema (draft 2020-12) of a spec, for editors. */
[[nodiscard]] std::string specJsonSchema();

} // namespace llmd

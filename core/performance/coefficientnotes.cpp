// SPDX-License-Identifier: Apache-2.0
#include "coefficientnotes.h"

#include <core/base/resources.h>
#include <core/base/yamlreader.h>

#include <algorithm>

namespace llmd {

namespace {

constexpr std::string_view resourcePath = "performance/coefficients.yaml";

Result<CoefficientNote> readNote(const YamlNode& node, const std::string& id)
{
    const auto value = node["value"].asNumber();
    if (!value)
        return tl::unexpected(value.error());
    CoefficientNote note { .id = id, .value = *value };
    for (const auto& [key, target] :
         { std::pair("unit", &note.unit), std::pair("origin", &note.origin),
           std::pair("reading", &note.reading) }) {
        auto text = node[key].asString();
        if (!text)
            return tl::unexpected(text.error());
        *target = std::move(*text);
    }
    return note;
}

/** The factors of a GPU generation are several figures with one reading. */
Result<CoefficientNote> readGeneration(const YamlNode& node)
{
    const auto name = node["architecture"].asString();
    if (!name)
        return tl::unexpected(name.error());
    const auto measured = node["measured"].asBool();
    if (!measured)
        return tl::unexpected(measured.error());
    const auto share = node["weight_bandwidth"].asNumber();
    if (!share)
        return tl::unexpected(share.error());
    return CoefficientNote { *name, *share, "1", *measured ? "fit" : "published",
                             node["reading"].asString().value_or("") };
}

} // namespace

const CoefficientNote* CoefficientNotes::find(std::string_view id) const
{
    const auto it = std::find_if(values.begin(), values.end(),
                                 [id](const CoefficientNote& note) { return note.id == id; });
    return it == values.end() ? nullptr : &*it;
}

Result<CoefficientNotes> readCoefficientNotes(std::string_view yaml, const std::string& fileName)
{
    const auto root = parseYaml(yaml, fileName);
    if (!root)
        return tl::unexpected(root.error());
    CoefficientNotes notes;
    for (const auto& [key, target] :
         { std::pair("version", &notes.version), std::pair("data", &notes.data) }) {
        auto text = (*root)[key].asString();
        if (!text)
            return tl::unexpected(text.error());
        *target = std::move(*text);
    }
    const YamlNode values = (*root)["coefficients"];
    for (const std::string& id : values.keys()) {
        auto note = readNote(values[id], id);
        if (!note)
            return tl::unexpected(note.error());
        notes.values.push_back(std::move(*note));
    }
    const YamlNode generations = (*root)["architectures"];
    for (std::size_t i = 0; i < generations.size(); ++i) {
        auto note = readGeneration(generations[i]);
        if (!note)
            return tl::unexpected(note.error());
        notes.values.push_back(std::move(*note));
    }
    return notes;
}

const CoefficientNotes& standardCoefficientNotes()
{
    static const CoefficientNotes standard = readBuiltin(resourcePath, &readCoefficientNotes);
    return standard;
}

} // namespace llmd

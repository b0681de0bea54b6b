// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yamlreader.h"

#include <cstdint>
#include <deque>

/** The inside of a document, for the parser that builds it and the nodes that look into it. */
namespace llmd {

struct YamlNode::Data
{
    struct Child
    {
        std::string key; // empty in a sequence
        const Data* value = nullptr;
    };

    Kind kind = Kind::Null;
    bool quoted = false;
    int line = 0;
    int column = 0;
    const Data* parent = nullptr;
    std::uint32_t positionInParent = 0;
    std::string text;
    std::vector<Child> children;
    std::vector<std::uint32_t> byKey; // positions of the children of a mapping, sorted by key
    // Of this node with all below it, so that an alias is refused before it is expanded.
    std::size_t totalNodes = 1;
    std::size_t totalBytes = 0;
    std::size_t height = 1;
};

struct YamlNode::Document
{
    std::string name;
    std::deque<Data> nodes; // addresses stay valid while it grows
};

/** Text in single quotes for a message, shortened. */
[[nodiscard]] std::string quotedText(std::string_view text);

} // namespace llmd

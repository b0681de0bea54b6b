// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"

#include <core/base/units.h>

#include <map>
#include <optional>
#include <string>

namespace llmd {

/** Price of one GPU-hour by GPU id, dated. Users edit and add their own lists. */
struct PriceList
{
    std::string id;
    std::string name;
    std::string description;
    std::map<std::string, DollarsPerSecond> perGpu;
    Source source;

    bool operator==(const PriceList&) const = default;
    [[nodiscard]] std::optional<DollarsPerSecond> price(const std::string& gpuId) const
    {
        const auto it = perGpu.find(gpuId);
        return it == perGpu.end() ? std::nullopt : std::optional(it->second);
    }
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "candidate.h"

namespace llmd {

std::string Parallelism::label() const
{
    std::string text = "TP" + std::to_string(tensor);
    if (pipeline > 1)
        text += " PP" + std::to_string(pipeline);
    if (data > 1)
        text += " DP" + std::to_string(data);
    if (expert)
        text += " EP";
    return text;
}

std::string Topology::label() const
{
    return std::to_string(pool.replicas) + " x " + pool.parallelism.label();
}

} // namespace llmd

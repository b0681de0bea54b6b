// SPDX-License-Identifier: Apache-2.0
#include "refinementtext.h"

#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

std::string refinementText(const Refinement& refinement, const SearchReport& before)
{
    std::string text =
        fmt::format("\nThe {} best predicted again by the engine {} in {:.1f} s{}; they are ranked "
                    "by its figures.\n",
                    refinement.options.size(), refinement.engine, refinement.elapsed.value(),
                    refinement.cancelled
                        ? fmt::format(" (stopped on request; {} were asked for)", refinement.asked)
                        : "");
    for (const RefinedOption& refined : refinement.options) {
        const std::string& id = before.options[refined.original].id;
        text += fmt::format("  {}: {}\n", id,
                            refined.meetsTargets ? refined.difference
                                                 : "out, because " + refined.obstacle);
    }
    return text;
}

nlohmann::ordered_json refinementJson(const Refinement& refinement, const SearchReport& before)
{
    using Json = nlohmann::ordered_json;
    Json options = Json::array();
    for (const RefinedOption& refined : refinement.options) {
        const Option& original = before.options[refined.original];
        Json json { { "id", original.id },
                    { "meets_targets", refined.meetsTargets },
                    { "replicas_before", original.candidate.topology.pool.replicas },
                    { "cost_per_hour_before_usd", inDollarsPerHour(original.cost) },
                    { "estimate_before", toJson(original.atPeak) } };
        if (refined.meetsTargets)
            json["difference"] = refined.difference;
        else
            json["obstacle"] = refined.obstacle;
        options.push_back(std::move(json));
    }
    return Json { { "engine", refinement.engine },
                  { "asked", refinement.asked },
                  { "elapsed_ms", inMilliseconds(refinement.elapsed) },
                  { "cancelled", refinement.cancelled },
                  { "options", std::move(options) } };
}

} // namespace llmd::cli

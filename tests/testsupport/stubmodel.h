// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stubserver.h"

#include <nlohmann/json.hpp>

#include <string>

namespace llmd::testing {

/** A chat completion with this text. */
inline std::string completion(const std::string& content)
{
    const nlohmann::json body {
        { "id", "x" },
        { "choices",
          nlohmann::json::array(
              { { { "index", 0 },
                  { "finish_reason", "stop" },
                  { "message", { { "role", "assistant" }, { "content", content } } } } }) }
    };
    return StubServer::ok(body.dump());
}

/** What a good model reads in "a chatbot for 5k users, it should feel snappy, budget 20k dollars a month". */
inline std::string goodAnswer()
{
    return R"({"use_case": "chatbot_conversational", "user_count": {"value": 5000},
        "budget_usd_month": 30000, "priorities": {"latency": "high"},
        "gpus_include": ["h100_sxm"],
        "evidence": [{"field": "use_case", "text": "chatbot"}, {"field": "user_count", "text": "5k users"},
        {"field": "budget_usd_month", "text": "20k dollars a month"}, {"field": "priorities.latency", "text": "feel snappy"},
        {"field": "gpus_include", "text": "H100"}]})";
}

inline const std::string goodText =
    "a chatbot for 5k users, it should feel snappy, budget 20k dollars a month";

} // namespace llmd::testing

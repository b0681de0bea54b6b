// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "modelanswer.h"

#include <stop_token>
#include <string>
#include <vector>

namespace llmd {

/** A language model behind an OpenAI-compatible API that the user named: Ollama, vLLM, any other. */
struct EndpointOptions
{
    /** "http://127.0.0.1:11434", with or without "/v1" or "/v1/chat/completions"; no user, query or fragment. */
    std::string url;
    std::string model; ///< as the endpoint names it
    /** Name of the environment variable with the API key; empty = none is sent. The key itself is never kept or printed. */
    std::string keyVariable;
    Seconds timeLimit = Seconds(30); ///< for everything together
};

/** Where a URL of the user's leads: the address of the chat completions. Fails if it is no usable URL. */
[[nodiscard]] Result<std::string> completionsUrl(const std::string& url);
/** Whether everything that has to be stated is; the error says what is missing. Sends nothing. */
[[nodiscard]] Result<> checkEndpoint(const EndpointOptions& options);

/**
 * Sends a conversation to the endpoint and reads what it proposes (`readModelAnswer`). Asks for JSON by schema first, then for
 * any JSON, then without either, if the server refuses. Blocks; at most 32 kB of text are sent and 1 MiB is read. Errors name
 * the origin and what to do, never the key: `InvalidArgument` (settings, key refused), `NotFound` (nothing there, no such
 * model), `LimitExceeded` (too slow, too long), `Cancelled`, `Syntax` (an answer of another kind), `Io`.
 */
[[nodiscard]] Result<ModelReading> askEndpoint(const EndpointOptions& options,
                                               const std::vector<std::string>& messages,
                                               const std::shared_ptr<const Catalog>& catalog,
                                               std::stop_token stop = {});

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"
#include "units.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace llmd {

/** One request over HTTP or HTTPS and the bounds it has to keep. */
struct HttpRequest
{
    std::string url; ///< http:// or https://; anything else is refused
    std::optional<std::string> body; ///< sent with POST; without one it is a GET
    std::vector<std::pair<std::string, std::string>> headers; ///< name and value, no line breaks
    Seconds timeLimit = Seconds(10); ///< for the whole exchange
    std::size_t sizeLimit = 32u << 20; ///< bytes of the answer
};

/** What the server answered; a status that says failure is still an answer. */
struct HttpResponse
{
    int status = 0;
    std::string contentType;
    std::string body;
};

/**
 * Asks a server that the user named and waits for the answer. Follows no redirect, so that a secret in a header
 * reaches nobody else; keeps no cookies; reads no proxy or credentials from files. Errors name the host and never a header or the
 * query: `InvalidArgument` (no usable URL or header), `NotFound` (no such host, nothing listens), `LimitExceeded`
 * (too slow, too much), `Cancelled`, `Io` (anything else, among them a certificate that cannot be verified). Safe
 * from several threads at once.
 */
[[nodiscard]] Result<HttpResponse> fetch(const HttpRequest& request, std::stop_token stop = {});

/** scheme://host:port of a URL, for messages and logs: without user, path and query. Empty if it is no http(s) URL. */
[[nodiscard]] std::string originOf(const std::string& url);

} // namespace llmd

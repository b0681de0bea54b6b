// SPDX-License-Identifier: Apache-2.0
#include "endpoint.h"

#include "endpointprompt.h"

#include <core/base/http.h>
#include <core/base/jsonfields.h>
#include <core/base/text.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t longestConversation = 32u << 10; // bytes that are sent
constexpr std::size_t longestAnswer = 1u << 20; // bytes that are read
constexpr int mostTokens = 4096; // of the answer, with the thoughts of a reasoning model

/** How much of the API is asked for; a server that refuses one gets the next. */
enum class Form { Schema, JsonObject, Plain };
constexpr std::array forms { Form::Schema, Form::JsonObject, Form::Plain };

bool isVariableName(const std::string& name)
{
    return !name.empty() && name.size() <= 200 && (name[0] < '0' || name[0] > '9')
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                   || c == '_';
           });
}

Result<std::string> readKey(const std::string& variable)
{
    if (variable.empty())
        return std::string();
    const char* key = std::getenv(variable.c_str());
    if (!key || !*key)
        return failure(
            ErrorCode::InvalidArgument,
            fmt::format("the environment variable {} that should hold the API key is not "
                        "set; set it before the program starts",
                        variable));
    return std::string(key);
}

std::string requestBody(const EndpointOptions& options, const std::vector<std::string>& messages,
                        const Catalog& catalog, Form form)
{
    Json body { { "model", options.model },
                { "messages",
                  Json::array({ { { "role", "system" }, { "content", intent::taskText(catalog) } },
                                { { "role", "user" },
                                  { "content", intent::conversationText(messages) } } }) },
                { "stream", false } };
    if (form != Form::Plain) {
        body["temperature"] = 0;
        body["max_tokens"] = mostTokens;
    }
    if (form == Form::JsonObject)
        body["response_format"] = { { "type", "json_object" } };
    if (form == Form::Schema)
        body["response_format"] = {
            { "type", "json_schema" },
            { "json_schema", { { "name", "need" }, { "schema", intent::answerSchema(catalog) } } }
        };
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/** A server's own words in a message of ours: one line, short, and without the key that it may repeat. */
std::string quoted(std::string text, const std::string& key)
{
    if (!key.empty()) {
        for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at))
            text.replace(at, key.size(), "…");
    }
    return printableLine(text, 160);
}

/** What a server says is wrong: `error.message`, `error`, `message` or the body. */
std::string complaintOf(const HttpResponse& response, const std::string& key)
{
    const auto json = nlohmann::json::parse(response.body, nullptr, false);
    if (json.is_object()) {
        const auto error = json.find("error");
        if (error != json.end() && error->is_object() && error->contains("message")
            && error->at("message").is_string())
            return quoted(error->at("message").get<std::string>(), key);
        for (const char* name : { "error", "message", "detail" }) {
            if (json.contains(name) && json.at(name).is_string())
                return quoted(json.at(name).get<std::string>(), key);
        }
    }
    return quoted(response.body.substr(0, 400), key);
}

Error refusal(const HttpResponse& response, const EndpointOptions& options, const std::string& key)
{
    const std::string origin = originOf(options.url);
    const std::string complaint = complaintOf(response, key);
    const auto say = [&](ErrorCode code, const std::string& what) {
        return Error { code,
                       complaint.empty()
                           ? fmt::format("{} {}", origin, what)
                           : fmt::format("{} {}; it says: \"{}\"", origin, what, complaint),
                       {},
                       {} };
    };
    const int status = response.status;
    if (status == 401 || status == 403)
        return say(
            ErrorCode::InvalidArgument,
            options.keyVariable.empty()
                ? std::string("wants an API key; name the environment variable that holds it")
                : fmt::format("refused the API key in {}; check the variable",
                              options.keyVariable));
    if (status == 404)
        return say(ErrorCode::NotFound,
                   fmt::format("has no such address or no model \"{}\"; check both",
                               printableLine(options.model, 80)));
    if (status == 429)
        return say(ErrorCode::LimitExceeded, "is asked too often; wait and try again");
    if (status >= 300 && status < 400)
        return say(ErrorCode::Io,
                   "redirects to another address, which is not followed; state that one");
    return say(ErrorCode::Io, fmt::format("answered with status {}", status));
}

/** Statuses with which servers answer to a form of request that they do not know. */
bool mayBeTheForm(int status)
{
    return status == 400 || status == 415 || status == 422 || status == 500 || status == 501;
}

/** The text of the first choice of a chat completion. */
Result<std::string> contentOf(const HttpResponse& response, const std::string& origin,
                              const std::string& key)
{
    const auto wrong = [&](const std::string& what) {
        return failure(
            ErrorCode::Syntax,
            fmt::format(
                "{} {}; expected a chat completion of an OpenAI-compatible API, check the URL",
                origin, what));
    };
    const auto json = parseJsonText(response.body, "answer");
    if (!json || !json->is_object())
        return wrong(
            fmt::format("answered with \"{}\"", quoted(response.body.substr(0, 400), key)));
    const auto choices = json->find("choices");
    if (choices == json->end() || !choices->is_array() || choices->empty()
        || !choices->front().is_object())
        return wrong("answered without choices");
    const auto& choice = choices->front();
    const auto message = choice.find("message");
    if (message == choice.end() || !message->is_object())
        return wrong("answered without a message");
    const auto content = message->find("content");
    const bool cut = choice.contains("finish_reason") && choice.at("finish_reason") == "length";
    if (content == message->end() || !content->is_string()
        || trimmed(content->get_ref<const std::string&>()).empty()) {
        if (cut)
            return failure(ErrorCode::LimitExceeded,
                           fmt::format("the model at {} used up its {} tokens without an answer; "
                                       "turn its thinking off or take another model",
                                       origin, mostTokens));
        return wrong("answered with an empty message");
    }
    return content->get<std::string>();
}

Seconds since(Clock::time_point begin)
{
    return Seconds(std::chrono::duration<double>(Clock::now() - begin).count());
}

/** Asks in one form after the other until the server does not refuse. */
Result<HttpResponse> exchange(const EndpointOptions& options, const std::string& key,
                              const std::vector<std::string>& messages, const Catalog& catalog,
                              const std::stop_token& stop)
{
    auto url = completionsUrl(options.url);
    if (!url)
        return tl::unexpected(url.error());
    HttpRequest request { .url = *url,
                          .headers = { { "Content-Type", "application/json" } },
                          .sizeLimit = longestAnswer };
    if (!key.empty())
        request.headers.emplace_back("Authorization", "Bearer " + key);
    const auto begin = Clock::now();
    HttpResponse last;
    for (const Form form : forms) {
        request.body = requestBody(options, messages, catalog, form);
        request.timeLimit = Seconds(options.timeLimit.value() - since(begin).value());
        if (request.timeLimit.value() <= 0)
            break;
        auto response = fetch(request, stop);
        if (!response)
            return tl::unexpected(response.error());
        if (response->status >= 200 && response->status < 300)
            return response;
        last = std::move(*response);
        if (!mayBeTheForm(last.status))
            break;
    }
    return tl::unexpected(refusal(last, options, key));
}

} // namespace

Result<std::string> completionsUrl(const std::string& text)
{
    std::string url(trimmed(text));
    const std::string origin = originOf(url);
    const auto bad = [](const std::string& why) {
        return failure(ErrorCode::InvalidArgument,
                       why + "; write for example http://127.0.0.1:11434/v1");
    };
    if (origin.empty())
        return bad("this is not the address of a web service");
    const auto authority = url.find("://") + 3;
    const auto path = url.find('/', authority);
    if (url.substr(authority, path - authority).find('@') != std::string::npos)
        return bad(
            "the URL holds a user or a password, which would be stored; use the variable for "
            "the key");
    if (url.find_first_of("?# ") != std::string::npos)
        return bad("the URL has a query, a fragment or a blank");
    while (url.ends_with('/'))
        url.pop_back();
    if (url.ends_with("/chat/completions"))
        return url;
    if (url.find('/', authority) == std::string::npos)
        url += "/v1";
    return url + "/chat/completions";
}

Result<> checkEndpoint(const EndpointOptions& options)
{
    if (const auto url = completionsUrl(options.url); !url)
        return tl::unexpected(url.error());
    if (trimmed(options.model).empty() || options.model.size() > 300)
        return failure(ErrorCode::InvalidArgument,
                       "the name of the language model is missing; write for example qwen3:8b");
    if (!options.keyVariable.empty() && !isVariableName(options.keyVariable))
        // The text may be a key that was put into the wrong place, so it is not repeated.
        return failure(ErrorCode::InvalidArgument,
                       "this is not the name of an environment variable; write for example "
                       "OPENAI_API_KEY, never the key itself");
    const double limit = options.timeLimit.value();
    if (!(limit > 0) || limit > 3600)
        return failure(ErrorCode::InvalidArgument,
                       "the time limit has to be more than 0 s and at most an hour");
    return {};
}

Result<ModelReading> askEndpoint(const EndpointOptions& options,
                                 const std::vector<std::string>& messages,
                                 const std::shared_ptr<const Catalog>& catalog,
                                 std::stop_token stop)
{
    if (auto good = checkEndpoint(options); !good)
        return tl::unexpected(good.error());
    std::size_t bytes = 0;
    for (const std::string& message : messages)
        bytes += message.size();
    if (bytes > longestConversation)
        return failure(
            ErrorCode::LimitExceeded,
            fmt::format("the text is too long for a language model ({} kB, at most {} kB); "
                        "nothing was sent",
                        bytes / 1024, longestConversation / 1024));
    const auto key = readKey(options.keyVariable);
    if (!key)
        return tl::unexpected(key.error());
    const auto response = exchange(options, *key, messages, *catalog, stop);
    if (!response)
        return tl::unexpected(response.error());
    const auto content = contentOf(*response, originOf(options.url), *key);
    if (!content)
        return tl::unexpected(content.error());
    return readModelAnswer(*content, messages, catalog);
}

} // namespace llmd

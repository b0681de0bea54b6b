// SPDX-License-Identifier: Apache-2.0
#include "http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace llmd {
namespace {

template <class T, auto free> struct Freed
{
    void operator()(T* object) const { free(object); }
};
using Handle = std::unique_ptr<CURL, Freed<CURL, curl_easy_cleanup>>;
using MultiHandle = std::unique_ptr<CURLM, Freed<CURLM, curl_multi_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Freed<curl_slist, curl_slist_free_all>>;
using UrlHandle = std::unique_ptr<CURLU, Freed<CURLU, curl_url_cleanup>>;

/** curl wants to be started once, before any thread uses it. */
void startCurl()
{
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

std::string partOf(CURLU* url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
        return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool hasControl(const std::string& text)
{
    return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/** What the callbacks of one exchange see. */
struct Exchange
{
    const HttpRequest& request;
    std::stop_token stop;
    std::string body;
    bool tooMuch = false;
};

std::size_t takeBytes(char* bytes, std::size_t, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    if (count > exchange.request.sizeLimit - exchange.body.size()) {
        exchange.tooMuch = true;
        return 0;
    }
    exchange.body.append(bytes, count);
    return count;
}

/** Runs the exchange to its end, or until it is to stop: curl's own progress calls come only once in a second. */
CURLcode perform(CURLM* multi, CURL* curl, const std::stop_token& stop)
{
    constexpr int pause = 20; // ms
    if (curl_multi_add_handle(multi, curl) != CURLM_OK)
        return CURLE_FAILED_INIT;
    auto code = CURLE_OK;
    int running = 1;
    while (running > 0 && code == CURLE_OK) {
        if (stop.stop_requested())
            code = CURLE_ABORTED_BY_CALLBACK;
        else if (curl_multi_perform(multi, &running) != CURLM_OK
                 || (running > 0 && curl_multi_poll(multi, nullptr, 0, pause, nullptr) != CURLM_OK))
            code = CURLE_FAILED_INIT;
    }
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE && code == CURLE_OK)
            code = message->data.result;
    }
    curl_multi_remove_handle(multi, curl);
    return code;
}

Error failed(CURLcode code, const Exchange& exchange, const char* detail, const std::string& origin)
{
    const auto say = [&](ErrorCode kind, const std::string& text) {
        return Error { kind, text, { origin }, {} };
    };
    if (exchange.stop.stop_requested())
        return say(ErrorCode::Cancelled, fmt::format("asking {} was stopped on request", origin));
    if (exchange.tooMuch)
        return say(ErrorCode::LimitExceeded,
                   fmt::format("{} answered with more than {} bytes; expected a shorter answer",
                               origin, exchange.request.sizeLimit));
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return say(ErrorCode::LimitExceeded,
                   fmt::format("{} did not answer within {:g} s; check that it is up and reachable",
                               origin, exchange.request.timeLimit.value()));
    case CURLE_COULDNT_RESOLVE_HOST:
        return say(
            ErrorCode::NotFound,
            fmt::format("the host of {} is not known; check its name and the network", origin));
    case CURLE_COULDNT_CONNECT:
        return say(
            ErrorCode::NotFound,
            fmt::format("nothing answers at {}; check address and port, and that it is running",
                        origin));
    default:
        return say(ErrorCode::Io,
                   fmt::format("no answer from {}: {}", origin,
                               *detail ? detail : curl_easy_strerror(code)));
    }
}

Result<HeaderList> headerList(const HttpRequest& request)
{
    HeaderList list;
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || hasControl(name) || hasControl(value)
            || name.find(':') != std::string::npos)
            return failure(ErrorCode::InvalidArgument,
                           "a header has a line break or another control character");
        auto* longer = curl_slist_append(list.get(), fmt::format("{}: {}", name, value).c_str());
        if (!longer)
            return failure(ErrorCode::Internal, "no memory for a header");
        (void)list.release();
        list.reset(longer);
    }
    return list;
}

} // namespace

std::string originOf(const std::string& text)
{
    const UrlHandle url(curl_url());
    if (!url || hasControl(text)
        || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return {};
    const auto scheme = partOf(url.get(), CURLUPART_SCHEME);
    const auto host = partOf(url.get(), CURLUPART_HOST);
    const auto port = partOf(url.get(), CURLUPART_PORT);
    if ((scheme != "http" && scheme != "https") || host.empty())
        return {};
    return scheme + "://" + host + (port.empty() ? "" : ":" + port);
}

Result<HttpResponse> fetch(const HttpRequest& request, std::stop_token stop)
{
    startCurl();
    const auto origin = originOf(request.url);
    if (origin.empty())
        return failure(
            ErrorCode::InvalidArgument,
            "this is not the address of a web service; expected something like http://host:9090");
    auto headers = headerList(request);
    if (!headers)
        return tl::unexpected(headers.error());
    const MultiHandle multi(curl_multi_init());
    const Handle curl(curl_easy_init());
    if (!multi || !curl)
        return failure(ErrorCode::Internal, "no memory for an HTTP request");

    Exchange exchange { request, stop, {}, false };
    char detail[CURL_ERROR_SIZE] = {};
    const auto milliseconds = std::clamp(std::ceil(request.timeLimit.value() * 1000), 1., 3.6e6);
    auto* c = curl.get();
    curl_easy_setopt(c, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL,
                     1L); // time limits without SIGALRM: other threads have none of it
    curl_easy_setopt(c, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
    curl_easy_setopt(c, CURLOPT_USERAGENT, "llmd");
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, long(milliseconds));
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers->get());
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, takeBytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &exchange);
    if (request.body) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body->data());
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body->size()));
    }
    if (const auto code = perform(multi.get(), c, stop); code != CURLE_OK)
        return tl::unexpected(failed(code, exchange, detail, origin));

    HttpResponse response;
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    response.status = int(status);
    response.contentType = type ? type : "";
    response.body = std::move(exchange.body);
    return response;
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace llmd::testing {

/** What a client of the stub asked for. */
struct StubRequest
{
    std::string line; ///< "GET /path HTTP/1.1"
    std::string head; ///< the request line and the headers
    std::string body;
};

/**
 * A small web server on a free port of the loopback, for tests of what talks to real ones. `answer` gives the whole
 * response, head and body, see `ok`; an empty one closes the connection, and it may sleep. One connection at a
 * time, each for one request. Ends with the object.
 */
class StubServer
{
public:
    using Answer = std::function<std::string(const StubRequest&)>;

    explicit StubServer(Answer answer, std::uint16_t port = 0)
        : m_answer(std::move(answer))
        , m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const int on = 1;
        ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size) != 0
            || ::listen(m_socket, 16) != 0)
            return;
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this](std::stop_token stop) { serve(stop); });
    }

    ~StubServer()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
        ::close(m_socket);
    }

    StubServer(const StubServer&) = delete;
    StubServer& operator=(const StubServer&) = delete;

    /** 0 if the port could not be had. */
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::string url(const std::string& path = "") const
    {
        return "http://127.0.0.1:" + std::to_string(m_port) + path;
    }

    [[nodiscard]] std::vector<StubRequest> requests() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_requests;
    }

    static std::string ok(const std::string& body, const std::string& type = "application/json",
                          const std::string& status = "200 OK")
    {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: "
            + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    }

private:
    void serve(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            pollfd waiting { m_socket, POLLIN, 0 };
            if (::poll(&waiting, 1, 20) <= 0)
                continue;
            const int client = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0)
                continue;
            const auto request = receive(client);
            {
                const std::scoped_lock lock(m_mutex);
                m_requests.push_back(request);
            }
            const auto response = m_answer(request);
            for (std::size_t sent = 0; sent < response.size();) {
                const auto n =
                    ::send(client, response.data() + sent, response.size() - sent, MSG_NOSIGNAL);
                if (n <= 0)
                    break;
                sent += std::size_t(n);
            }
            ::close(client);
        }
    }

    static StubRequest receive(int client)
    {
        std::string all;
        char bytes[4096];
        std::size_t wanted = std::string::npos;
        auto end = std::string::npos;
        while (all.size() < wanted) {
            pollfd waiting { client, POLLIN, 0 };
            if (::poll(&waiting, 1, 2000) <= 0)
                break;
            const auto n = ::recv(client, bytes, sizeof bytes, 0);
            if (n <= 0)
                break;
            all.append(bytes, std::size_t(n));
            if (wanted == std::string::npos && (end = all.find("\r\n\r\n")) != std::string::npos) {
                auto head = all.substr(0, end);
                std::ranges::transform(head, head.begin(),
                                       [](unsigned char c) { return std::tolower(c); });
                const auto length = head.find("content-length: ");
                wanted = end + 4
                    + (length == std::string::npos ? 0 : std::stoul(head.substr(length + 16)));
            }
        }
        StubRequest request;
        request.head = all.substr(0, end);
        request.line = all.substr(0, all.find("\r\n"));
        request.body = end == std::string::npos ? "" : all.substr(end + 4);
        return request;
    }

    Answer m_answer;
    int m_socket = -1;
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<StubRequest> m_requests;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace llmd::testing

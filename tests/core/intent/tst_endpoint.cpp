// SPDX-License-Identifier: Apache-2.0
#include <core/intent/endpoint.h>
#include <core/intent/intentfields.h>
#include <tests/testsupport/stubmodel.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <chrono>
#include <cstdlib>

using namespace llmd;
using namespace llmd::testing;

class TestEndpoint : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Catalog> m_catalog;

    static EndpointOptions optionsFor(const StubServer& server)
    {
        return { server.url("/v1"), "tiny", {}, Seconds(5) };
    }
    [[nodiscard]] Result<ModelReading> ask(const EndpointOptions& options,
                                           const std::string& text = goodText,
                                           std::stop_token stop = {}) const
    {
        return askEndpoint(options, { text }, m_catalog, std::move(stop));
    }

private slots:
    void initTestCase()
    {
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        m_catalog = catalog->value;
    }

    void addressesAreCompleted_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("completed"); // empty = refused
        const auto row = [](const char* url, const char* completed) {
            QTest::newRow(url) << url << completed;
        };
        row("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions");
        row("http://127.0.0.1:11434/", "http://127.0.0.1:11434/v1/chat/completions");
        row(" http://h:8000/v1/ ", "http://h:8000/v1/chat/completions");
        row("https://h/api/v3", "https://h/api/v3/chat/completions");
        row("https://h/v1/chat/completions", "https://h/v1/chat/completions");
        row("", "");
        row("localhost:11434", "");
        row("ftp://h/v1", "");
        row("http://user:secret@h/v1", "");
        row("http://h/v1?key=secret", "");
    }

    void addressesAreCompleted()
    {
        QFETCH(QString, url);
        QFETCH(QString, completed);
        const auto result = completionsUrl(url.toStdString());
        QCOMPARE(result.value_or(std::string()), completed.toStdString());
        if (!result)
            QVERIFY(result.error().detail.find("secret") == std::string::npos);
    }

    void aGoodAnswerIsRead()
    {
        const StubServer server([](const StubRequest&) { return completion(goodAnswer()); });
        const auto reading = ask(optionsFor(server));
        QVERIFY2(reading, reading ? "" : reading.error().detail.c_str());
        QCOMPARE(reading->intent.users->value, 5000.0);
        QVERIFY(reading->intent.latency == Importance::High);
        QVERIFY(reading->intent.gpusIncluded.empty()); // its words are not in the text
        // One request, of the form that was promised.
        const auto requests = server.requests();
        QCOMPARE(requests.size(), std::size_t(1));
        QCOMPARE(requests[0].line, std::string("POST /v1/chat/completions HTTP/1.1"));
        QVERIFY(requests[0].head.find("Authorization") == std::string::npos);
        const auto body = nlohmann::json::parse(requests[0].body);
        QVERIFY(body.at("model") == "tiny");
        QVERIFY(body.at("response_format").at("type") == "json_schema");
        const auto& schema = body.at("response_format").at("json_schema").at("schema");
        QVERIFY(schema.at("type") == "object");
        QVERIFY(schema.at("required") == nlohmann::json::array({ "evidence" }));
        QVERIFY(schema.at("properties").at("user_count").at("required").is_array());
        const auto& useCases = schema.at("properties").at("use_case").at("enum");
        QCOMPARE(useCases.size(), m_catalog->useCases.size());
        // The text travels as data, and every field of a need is in the schema.
        const auto sent =
            nlohmann::json::parse(body.at("messages").at(1).at("content").get<std::string>());
        QVERIFY(sent.at("messages").at(0) == goodText);
        for (const auto name : intentFields()) {
            if (!name.starts_with("priorities."))
                QVERIFY2(schema.at("properties").contains(std::string(name)),
                         std::string(name).c_str());
        }
    }

    void aRefusedSchemaFallsBack()
    {
        const StubServer server([](const StubRequest& request) {
            if (request.body.find("response_format") != std::string::npos)
                return StubServer::ok(
                    "{\"error\": {\"message\": \"response_format is not supported\"}}",
                    "application/json", "400 Bad Request");
            return completion("Here you are:\n```json\n" + goodAnswer() + "\n```");
        });
        const auto reading = ask(optionsFor(server));
        QVERIFY(reading);
        QCOMPARE(reading->intent.users->value, 5000.0);
        QCOMPARE(server.requests().size(), std::size_t(3));
    }

    void whatGoesWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const std::string& response, const char* said) {
            QTest::newRow(name) << QByteArray::fromStdString(response) << said;
        };
        row("prose", completion("I think you need two H100."), "without the JSON object");
        row("broken", completion("{\"user_count\": 5"), "without the JSON object");
        row("html", StubServer::ok("<html>Welcome to nginx</html>", "text/html"), "check the URL");
        row("no choices", StubServer::ok("{}"), "check the URL");
        row("empty choices", StubServer::ok("{\"choices\": []}"), "check the URL");
        row("odd choices", StubServer::ok("{\"choices\": [7]}"), "check the URL");
        row("content is a number",
            StubServer::ok("{\"choices\": [{\"message\": {\"content\": 7}}]}"), "empty message");
        row("cut off",
            StubServer::ok("{\"choices\": [{\"finish_reason\": \"length\", \"message\": "
                           "{\"content\": \"\"}}]}"),
            "used up");
        row("500", StubServer::ok("out of memory", "text/plain", "500 Internal Server Error"),
            "out of memory");
        row("no model",
            StubServer::ok("{\"error\": {\"message\": \"model 'tiny' not found\"}}",
                           "application/json", "404 Not Found"),
            "no model \"tiny\"");
        row("busy", StubServer::ok("{}", "application/json", "429 Too Many Requests"), "too often");
        row("moved",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: "
            "0\r\nConnection: close\r\n\r\n",
            "redirects");
        row("huge", completion(std::string(3u << 20, 'x')), "more than");
        row("hostile",
            StubServer::ok("{\"error\": \"\\u001b[31mred\\u202e\\nsecond line\"}",
                           "application/json", "503 Service Unavailable"),
            "red");
        row("hangs up", "", "no answer");
    }

    void whatGoesWrongIsSaid()
    {
        QFETCH(QByteArray, response);
        QFETCH(QString, said);
        const StubServer server([&](const StubRequest&) { return response.toStdString(); });
        const auto reading = ask(optionsFor(server));
        QVERIFY(!reading);
        const std::string& detail = reading.error().detail;
        QVERIFY2(QString::fromStdString(detail).contains(said), detail.c_str());
        QVERIFY(detail.size() < 500);
        QVERIFY(std::none_of(detail.begin(), detail.end(),
                             [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    }

    void slowServersAreNotWaitedFor()
    {
        const StubServer server([](const StubRequest&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(700));
            return completion(goodAnswer());
        });
        auto options = optionsFor(server);
        options.timeLimit = Seconds(0.15);
        const auto begin = std::chrono::steady_clock::now();
        const auto reading = ask(options);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        QVERIFY(!reading);
        QCOMPARE(reading.error().code, ErrorCode::LimitExceeded);
        QVERIFY(took.count() < 0.6);
        // Nobody waits after a stop either.
        options.timeLimit = Seconds(30);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(ask(options, goodText, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void nobodyThere()
    {
        std::uint16_t port = 0;
        {
            const StubServer server([](const StubRequest&) { return std::string(); });
            port = server.port();
        }
        const auto reading =
            ask({ "http://127.0.0.1:" + std::to_string(port), "tiny", {}, Seconds(2) });
        QVERIFY(!reading);
        QCOMPARE(reading.error().code, ErrorCode::NotFound);
    }

    void theKeyComesFromTheEnvironmentAndIsNeverSaid()
    {
        const std::string secret = "sk-very-secret-4711";
        ::setenv("LLMD_TEST_KEY", secret.c_str(), 1);
        const StubServer server([&](const StubRequest&) {
            return StubServer::ok("{\"error\": {\"message\": \"wrong key: " + secret + "\"}}",
                                  "application/json", "401 Unauthorized");
        });
        auto options = optionsFor(server);
        options.keyVariable = "LLMD_TEST_KEY";
        const auto refused = ask(options);
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.find(secret) == std::string::npos);
        QVERIFY(refused.error().detail.find("LLMD_TEST_KEY") != std::string::npos);
        QVERIFY(server.requests()[0].head.find("Authorization: Bearer " + secret)
                != std::string::npos);
        ::unsetenv("LLMD_TEST_KEY");
        const auto before = server.requests().size();
        QVERIFY(!ask(options)); // not set: nothing is sent
        options.keyVariable = secret; // a key in the wrong place
        const auto wrong = ask(options);
        QVERIFY(!wrong && wrong.error().detail.find(secret) == std::string::npos);
        QCOMPARE(server.requests().size(), before);
    }

    void longTextsAreNotSent()
    {
        const StubServer server([](const StubRequest&) { return completion("{}"); });
        const auto reading = ask(optionsFor(server), std::string(40000, 'a'));
        QVERIFY(!reading);
        QCOMPARE(reading.error().code, ErrorCode::LimitExceeded);
        QVERIFY(server.requests().empty());
    }
};

QTEST_APPLESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"

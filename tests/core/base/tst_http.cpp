// SPDX-License-Identifier: Apache-2.0
#include <core/base/http.h>
#include <tests/testsupport/stubserver.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <chrono>
#include <thread>

using namespace llmd;
using namespace llmd::testing;
using namespace std::chrono_literals;

class TestHttp : public QObject
{
    Q_OBJECT

private slots:
    void getsAndPosts()
    {
        const StubServer server([](const StubRequest& request) {
            return StubServer::ok(request.line + "|" + request.body, "text/plain", "404 Not Found");
        });
        HttpRequest request;
        request.url = server.url("/a?b=c");
        const auto got = fetch(request);
        VERIFY_OK(got);
        QCOMPARE(got->status, 404); // an answer all the same
        QCOMPARE(got->contentType, "text/plain");
        QCOMPARE(got->body, "GET /a?b=c HTTP/1.1|");

        request.body = std::string(20000, 'x') + std::string(1, '\0') + "y";
        request.headers = { { "Authorization", "Bearer secret" },
                            { "Content-Type", "application/json" } };
        const auto posted = fetch(request);
        VERIFY_OK(posted);
        QCOMPARE(posted->body, "POST /a?b=c HTTP/1.1|" + *request.body);
        QVERIFY(server.requests().back().head.find("Authorization: Bearer secret")
                != std::string::npos);
    }

    void boundsHold()
    {
        const StubServer server([](const StubRequest& request) {
            if (request.line.find("slow") != std::string::npos)
                std::this_thread::sleep_for(700ms);
            return StubServer::ok(std::string(100000, 'x'));
        });
        HttpRequest request;
        request.url = server.url("/large");
        request.sizeLimit = 99999;
        VERIFY_ERROR(fetch(request), "more than 99999 bytes");
        request.sizeLimit = 100000;
        VERIFY_OK(fetch(request));

        request.url = server.url("/slow?token=secret");
        request.timeLimit = Seconds(0.2);
        const auto late = fetch(request);
        VERIFY_ERROR(late, "did not answer within 0.2 s");
        QCOMPARE(late.error().code, ErrorCode::LimitExceeded);
        QVERIFY(late.error().detail.find("secret") == std::string::npos);
    }

    void stopsOnRequest()
    {
        const StubServer server([](const StubRequest&) {
            std::this_thread::sleep_for(1500ms);
            return StubServer::ok("{}");
        });
        HttpRequest request;
        request.url = server.url();
        std::stop_source source;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(100ms);
            source.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto result = fetch(request, source.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 1400, "waited for the server all the same");
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<std::string>("message");
        const auto row = [](const char* name, std::string url, std::string message) {
            QTest::newRow(name) << url << message;
        };
        row("no URL", "", "not the address of a web service");
        row("words", "localhost 9090", "not the address of a web service");
        row("a file", "file:///etc/passwd", "not the address of a web service");
        row("another protocol", "gopher://127.0.0.1/x", "not the address of a web service");
        row("line break", "http://127.0.0.1/\r\nX: y", "not the address of a web service");
        row("nobody there", "http://127.0.0.1:1/", "nothing answers at http://127.0.0.1:1;");
        row("no such host", "http://no-such-host.invalid/",
            "host of http://no-such-host.invalid is not known");
    }
    void saysWhatIsWrong()
    {
        QFETCH(std::string, url);
        QFETCH(std::string, message);
        HttpRequest request;
        request.url = url;
        VERIFY_ERROR(fetch(request), message);
    }

    void aServerThatHangsUp()
    {
        const StubServer server([](const StubRequest&) { return std::string(); });
        HttpRequest request;
        request.url = server.url();
        const auto result = fetch(request);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Io);
    }

    void headersCannotBeSmuggled()
    {
        HttpRequest request;
        request.url = "http://127.0.0.1:1/";
        request.headers = { { "Authorization", "Bearer a\r\nX-Other: b" } };
        const auto result = fetch(request);
        VERIFY_ERROR(result, "control character");
        QVERIFY(result.error().detail.find("Bearer") == std::string::npos);
    }

    void redirectsAreNotFollowed()
    {
        const StubServer server([](const StubRequest&) {
            return std::string(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        });
        HttpRequest request;
        request.url = server.url();
        const auto result = fetch(request);
        VERIFY_OK(result);
        QCOMPARE(result->status, 302);
    }

    void originLeavesSecretsOut()
    {
        QCOMPARE(originOf("https://user:pass@host.example:9090/path?token=x"),
                 "https://host.example:9090");
        QCOMPARE(originOf("http://host"), "http://host");
        QCOMPARE(originOf("nonsense"), "");
    }
};

QTEST_APPLESS_MAIN(TestHttp)
#include "tst_http.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/observation/adaptation.h>
#include <core/observation/monitor.h>
#include <tests/testsupport/metricsexporter.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace llmd;
using namespace llmd::testing;

namespace {

const std::shared_ptr<const Catalog>& catalog()
{
    static const auto loaded = loadCatalog()->value;
    return loaded;
}

/** A port that was free a moment ago. */
std::uint16_t freePort()
{
    const StubServer probe([](const StubRequest&) { return std::string(); });
    return probe.port();
}

ObservedPlan samplePlan()
{
    ObservedPlan plan;
    plan.catalog = catalog();
    plan.requirements.rate = RequestsPerSecond(4);
    plan.requirements.peakFactor = 1;
    plan.requirements.promptTokens = 512;
    plan.requirements.outputTokens = 256;
    plan.requirements.models = { "Qwen/Qwen3-8B" };
    plan.requirements.gpusIncluded = { "h100_sxm" };
    plan.need = resolve(plan.requirements, *catalog()).value();
    plan.need.peakLoad.prefix = {};
    for (const Model& model : catalog()->models) {
        if (model.id == "Qwen/Qwen3-8B")
            plan.candidate.model = &model;
    }
    plan.candidate.gpu = catalog()->findGpu("h100_sxm");
    plan.candidate.engine.maxNumSeqs = 256;
    return plan;
}

/** A server that does just what the engine predicts at this rate. */
ServerBehaviour asPredicted(const ObservedPlan& plan, const Engine& engine, double rate)
{
    Workload workload = plan.need.peakLoad;
    workload.load = Load::open(RequestsPerSecond(rate));
    RunContext context;
    const auto estimate = engine.estimate(plan.candidate, workload, context).value();
    ServerBehaviour behaviour;
    behaviour.rate = rate;
    behaviour.ttft = estimate.ttft.mean.value();
    behaviour.itl = estimate.itl.mean.value();
    behaviour.queueing = estimate.queueing.value();
    behaviour.running = std::round(estimate.runningPerReplica);
    behaviour.cacheUsage = estimate.kvUtilization;
    return behaviour;
}

MonitorSettings settingsFor(MetricsEndpoint::Kind kind, const std::string& url, double interval,
                            double window)
{
    MonitorSettings settings;
    settings.endpoint.kind = kind;
    settings.endpoint.urls = { url };
    settings.interval = Seconds(interval);
    settings.window = Seconds(window);
    return settings;
}

/** Verdict on the means: percentiles need more requests than a short test has. */
std::string deviating(const MonitorUpdate& update)
{
    std::string text = update.message + "\n";
    if (update.validation) {
        for (const ComparedFigure& figure : update.validation->figures)
            text += figure.id + " " + std::string(toString(figure.verdict))
                + (figure.observed && figure.predicted
                       ? " " + std::to_string(figure.observed->value) + " for "
                           + std::to_string(figure.predicted->value)
                       : "")
                + "\n";
    }
    return text;
}

Verdict verdictOf(const MonitorUpdate& update, const char* id)
{
    const auto* figure = update.validation ? update.validation->figure(id) : nullptr;
    return figure ? figure->verdict : Verdict::NoData;
}

} // namespace

/** The whole way from an exporter through a real Prometheus, and straight from the servers' pages. */
class TestPrometheus : public QObject
{
    Q_OBJECT

private:
    ObservedPlan m_plan = samplePlan();
    EngineRegistry m_engines { catalog() };
    const Engine& m_engine = m_engines.standard();

private slots:
    void initTestCase() { QVERIFY(m_plan.candidate.model && m_plan.candidate.gpu); }

    void realPrometheus()
    {
        const QString program = QStandardPaths::findExecutable("prometheus");
        if (program.isEmpty())
            QSKIP("the program 'prometheus' is not installed (Debian package prometheus)");
        const ServerBehaviour planned = asPredicted(m_plan, m_engine, 4);
        MetricsExporter exporter(planned);
        exporter.advance(20);
        const auto server = serveMetrics(exporter);
        QTemporaryDir folder;
        QFile config(folder.filePath("prometheus.yml"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(QStringLiteral("global: {scrape_interval: 4s}\nscrape_configs:\n"
                                    "- job_name: vllm\n  static_configs:\n"
                                    "  - targets: ['127.0.0.1:%1']\n"
                                    "    labels: {namespace: 'llm \"serving\"'}\n")
                         .arg(server->port())
                         .toUtf8());
        config.close();
        const auto port = freePort();
        QProcess prometheus;
        prometheus.setProcessChannelMode(QProcess::MergedChannels);
        prometheus.start(program,
                         { "--config.file=" + config.fileName(),
                           "--storage.tsdb.path=" + folder.filePath("data"),
                           QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port) });
        QVERIFY(prometheus.waitForStarted());

        auto settings = settingsFor(MetricsEndpoint::Kind::Prometheus,
                                    "http://127.0.0.1:" + std::to_string(port), 4, 16);
        settings.endpoint.selector = { { "namespace", LabelMatcher::Kind::Equal,
                                         "llm \"serving\"" } };
        Monitor monitor(m_plan, settings, m_engine);
        RunContext context;
        MonitorUpdate update;
        // From "nobody listens yet" by "no series" to figures, without an error in between.
        for (int i = 0; i < 40; ++i) {
            auto result = monitor.poll(context);
            VERIFY_OK(result);
            update = std::move(*result);
            if (update.state == MonitorState::Watching && update.observation->requests >= 40)
                break;
            QTest::qWait(1000);
        }
        QVERIFY2(update.state == MonitorState::Watching, update.message.c_str());
        QCOMPARE(update.observation->servers, 1);
        COMPARE_NEAR(update.observation->rate->value, 4.0, 0.15);
        COMPARE_NEAR(update.observation->itl.mean->value, planned.itl, 0.02);
        QVERIFY2(update.validation->deviating == 0, deviating(update).c_str());
        QVERIFY(!update.drifted());

        // Six times the requests, and steps that take three times as long.
        ServerBehaviour changed = planned;
        changed.rate = 24;
        changed.itl = 3 * planned.itl;
        auto scrapesBefore = server->requests().size();
        QTRY_VERIFY_WITH_TIMEOUT(server->requests().size() > scrapesBefore, 10'000);
        exporter.set(changed);
        scrapesBefore = server->requests().size();
        std::size_t scrapes = 0;
        bool deviated = false;
        bool drifted = false;
        while (scrapes <= 2 && !(deviated && drifted)) {
            QTest::qWait(1000);
            scrapes = server->requests().size() - scrapesBefore;
            update = monitor.poll(context).value();
            deviated = deviated || verdictOf(update, "itl_mean") == Verdict::Above;
            drifted = drifted || update.drifted();
        }
        qInfo("noticed after %d scrapes", int(scrapes));
        QVERIFY2(deviated, deviating(update).c_str());
        QVERIFY(drifted);
        QVERIFY2(scrapes <= 2, std::to_string(scrapes).c_str());
        QVERIFY(!update.validation->causes.empty());
        const Shift shift = shiftOf(update.drift, update.validation->stepFactor);
        QVERIFY(shift.peakRate.value_or(0) > 10);

        // Prometheus ends: a clear state and no hang, and what was seen is kept.
        prometheus.terminate();
        QVERIFY(prometheus.waitForFinished(20'000));
        QElapsedTimer time;
        time.start();
        update = monitor.poll(context).value();
        QVERIFY(time.elapsed() < 6000);
        QCOMPARE(int(update.state), int(MonitorState::Unreachable));
        QVERIFY(update.unreachableSince);
        QVERIFY2(update.message.find("Unreachable since") != std::string::npos,
                 update.message.c_str());
    }

    /** Pages of a server, two readings; the version comes from the server, too. */
    void serversDirectly_data()
    {
        QTest::addColumn<bool>("oldNames");
        QTest::newRow("names of new versions") << false;
        QTest::newRow("names of old versions") << true;
    }

    void serversDirectly()
    {
        QFETCH(bool, oldNames);
        auto behaviour = asPredicted(m_plan, m_engine, 10);
        behaviour.hitShare = 0.02;
        MetricsExporter exporter(behaviour, oldNames);
        const StubServer server([&exporter](const StubRequest& request) {
            if (request.line.starts_with("GET /metrics"))
                return StubServer::ok(exporter.page(), "text/plain");
            if (request.line.starts_with("GET /version"))
                return StubServer::ok("{\"version\": \"0.9.1\"}");
            return StubServer::ok("", "text/plain", "404 Not Found");
        });
        exporter.advance(100);
        Monitor monitor(m_plan, settingsFor(MetricsEndpoint::Kind::Direct, server.url(), 1, 60),
                        m_engine);
        RunContext context;
        auto update = monitor.poll(context);
        VERIFY_OK(update);
        QCOMPARE(int(update->state), int(MonitorState::Waiting));
        QTest::qWait(1100);
        exporter.advance(1.1);
        update = monitor.poll(context);
        VERIFY_OK(update);
        QCOMPARE(int(update->state), int(MonitorState::Watching));
        COMPARE_NEAR(update->observation->rate->value, 10.0, 0.15);
        COMPARE_NEAR(update->observation->itl.mean->value, behaviour.itl, 1e-6);
        COMPARE_NEAR(update->observation->prefixHitShare.value_or(0), 0.02, 1e-6);
        COMPARE_NEAR(update->observation->cacheUsage.value_or(0), behaviour.cacheUsage, 1e-6);
        QVERIFY(update->observation->configuration.versions.contains("0.9.1"));
        QCOMPARE(update->validation->differences.front().setting, std::string("vLLM version"));
        // A restart does not become a negative rate.
        exporter.restart();
        exporter.advance(1);
        QTest::qWait(1100);
        update = monitor.poll(context);
        VERIFY_OK(update);
        QVERIFY(update->observation->rate->value > 0);
        QVERIFY(!update->observation->notes.empty());
    }

    void whatAnswersBadly_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("expected");
        const auto answer = [](const char* body, const char* status) {
            return QString::fromStdString(StubServer::ok(body, "text/html", status));
        };
        QTest::newRow("web page") << answer("<html>hello</html>", "200 OK")
                                  << "does not answer like the HTTP API of Prometheus";
        QTest::newRow("other JSON")
            << answer("{\"status\":\"success\"}", "200 OK") << "does not answer like";
        QTest::newRow("bad query")
            << answer("{\"status\":\"error\",\"error\":\"parse error\"}", "400 Bad Request")
            << "parse error";
        QTest::newRow("no access") << answer("", "401 Unauthorized") << "bearer token";
        QTest::newRow("not there") << answer("", "404 Not Found") << "HTTP 404";
        QTest::newRow("broken") << answer("overloaded", "503 Service Unavailable") << "HTTP 503";
    }

    void whatAnswersBadly()
    {
        QFETCH(QString, answer);
        QFETCH(QString, expected);
        const StubServer server([&answer](const StubRequest&) { return answer.toStdString(); });
        Monitor monitor(m_plan, settingsFor(MetricsEndpoint::Kind::Prometheus, server.url(), 1, 5),
                        m_engine);
        RunContext context;
        const auto update = monitor.poll(context);
        VERIFY_OK(update);
        QCOMPARE(int(update->state), int(MonitorState::Unreachable));
        QVERIFY2(update->message.find(expected.toStdString()) != std::string::npos,
                 update->message.c_str());
    }

    void noSeries()
    {
        const StubServer server([](const StubRequest&) {
            return StubServer::ok(
                R"({"status":"success","data":{"resultType":"matrix","result":[]}})");
        });
        Monitor monitor(m_plan, settingsFor(MetricsEndpoint::Kind::Prometheus, server.url(), 1, 5),
                        m_engine);
        RunContext context;
        const auto update = monitor.poll(context);
        VERIFY_OK(update);
        QCOMPARE(int(update->state), int(MonitorState::NoSeries));
        QVERIFY(update->message.find("label selector") != std::string::npos);
    }

    void tokenIsSentAndNotShown()
    {
        const StubServer server(
            [](const StubRequest&) { return StubServer::ok("no", "text/plain", "403 Forbidden"); });
        auto settings = settingsFor(MetricsEndpoint::Kind::Prometheus, server.url(), 1, 5);
        settings.endpoint.tokenVariable = "LLMD_TEST_TOKEN";
        ::unsetenv("LLMD_TEST_TOKEN");
        RunContext context;
        const auto unset = Monitor(m_plan, settings, m_engine).poll(context);
        VERIFY_OK(unset);
        QVERIFY(unset->message.find("LLMD_TEST_TOKEN") != std::string::npos);
        QVERIFY(server.requests().empty());
        ::setenv("LLMD_TEST_TOKEN", "s3cret", 1);
        const auto update = Monitor(m_plan, settings, m_engine).poll(context);
        VERIFY_OK(update);
        QVERIFY(server.requests().front().head.find("authorization: bearer s3cret")
                    != std::string::npos
                || server.requests().front().head.find("Authorization: Bearer s3cret")
                    != std::string::npos);
        QVERIFY(update->message.find("s3cret") == std::string::npos);
        ::unsetenv("LLMD_TEST_TOKEN");
    }

    void cancelDoesNotWait()
    {
        const StubServer server([](const StubRequest&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1500));
            return std::string();
        });
        Monitor monitor(m_plan, settingsFor(MetricsEndpoint::Kind::Prometheus, server.url(), 1, 5),
                        m_engine);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        std::jthread stopper([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        QElapsedTimer time;
        time.start();
        const auto update = monitor.poll(context);
        QVERIFY(!update && update.error().code == ErrorCode::Cancelled);
        QVERIFY(time.elapsed() < 1000);
    }

    void badSettings_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << ""
                                 << "is no address";
        QTest::newRow("file") << "file:///etc/passwd"
                              << "is no address";
        QTest::newRow("query") << "http://127.0.0.1:9090/?a=b"
                               << "must not have a query";
        QTest::newRow("password") << "http://u:p@127.0.0.1:9090"
                                  << "user or password";
    }

    void badSettings()
    {
        QFETCH(QString, url);
        QFETCH(QString, expected);
        const auto settings =
            settingsFor(MetricsEndpoint::Kind::Prometheus, url.toStdString(), 15, 60);
        VERIFY_ERROR(checkSettings(settings), expected.toStdString());
        auto good = settingsFor(MetricsEndpoint::Kind::Prometheus, "http://127.0.0.1:9", 15, 60);
        VERIFY_OK(checkSettings(good));
        good.interval = Seconds(0.1);
        VERIFY_ERROR(checkSettings(good), "interval");
    }
};

QTEST_GUILESS_MAIN(TestPrometheus)
#include "tst_prometheus.moc"

// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <tests/testsupport/stubmodel.h>

#include <QTest>

using namespace clitest;
using namespace llmd::testing;

namespace {

ProgramRun runLlmd(const QStringList& arguments)
{
    return runProgram(arguments);
}

QString url(const StubServer& server)
{
    return QString::fromStdString(server.url());
}

/** The entry of a field among the proposals. */
nlohmann::json proposal(const nlohmann::json& document, const std::string& field)
{
    for (const auto& each : document.at("language_model").at("fields")) {
        if (each.at("field") == field)
            return each;
    }
    return {};
}

} // namespace

class TestIntentCli : public QObject
{
    Q_OBJECT

    const QString m_text = QString::fromStdString(goodText);

private slots:
    void proposalsAreShownAndDifferencesKept()
    {
        const StubServer server([](const StubRequest&) { return completion(goodAnswer()); });
        const auto run = runLlmd(
            { "intent", m_text, "--endpoint", url(server), "--endpoint-model", "tiny", "--json" });
        QCOMPARE(run.exitCode, 0);
        const auto json = run.json();
        QVERIFY(json.at("language_model").at("answered").get<bool>());
        QVERIFY(proposal(json, "user_count").at("agreement") == "same");
        QVERIFY(proposal(json, "budget_usd_month").at("agreement") == "different");
        QVERIFY(proposal(json, "budget_usd_month").at("value") == 30000);
        QVERIFY(json.at("budget_usd_month") == 20000); // the own reading is kept
        QVERIFY(json.at("language_model").at("dropped").at(0).at("field") == "gpus_include");
        const auto text =
            runLlmd({ "intent", m_text, "--endpoint", url(server), "--endpoint-model", "tiny" });
        QVERIFY(text.output.contains("! budget_usd_month: 30000"));
        QVERIFY(text.output.contains("(kept: 20000)"));
        QVERIFY(text.output.contains("- gpus_include is invented"));
    }

    void proposalsAreUsedOnRequestOnly()
    {
        const std::string answer =
            R"({"max_gpus": 8, "evidence": [{"field": "max_gpus", "text": "chassis with 8 slots"}]})";
        const StubServer server([&](const StubRequest&) { return completion(answer); });
        QStringList arguments { "intent",
                                "a chatbot for 50 users in one chassis with 8 slots",
                                "--endpoint",
                                url(server),
                                "--endpoint-model",
                                "tiny",
                                "--json" };
        const auto shown = runLlmd(arguments).json();
        QVERIFY(proposal(shown, "max_gpus").at("agreement") == "proposed");
        QVERIFY(!shown.contains("max_gpus"));
        const auto accepted = runLlmd(arguments << "--accept-proposals").json();
        QVERIFY(accepted.at("max_gpus") == 8);
    }

    void withoutAnAnswerTheOwnReadingStays()
    {
        const auto plain = runLlmd({ "intent", m_text, "--json" }).json();
        const StubServer server([](const StubRequest&) {
            return StubServer::ok("no", "text/plain", "500 Internal Server Error");
        });
        const auto run = runLlmd(
            { "intent", m_text, "--endpoint", url(server), "--endpoint-model", "tiny", "--json" });
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.errors.contains("going on without the language model"));
        auto json = run.json();
        QVERIFY(!json.at("language_model").at("answered").get<bool>());
        json.erase("language_model");
        QVERIFY(json == plain);
    }

    void nothingIsSentUnlessAsked()
    {
        const StubServer server([](const StubRequest&) { return completion(goodAnswer()); });
        QCOMPARE(runLlmd({ "intent", m_text, "--json" }).exitCode, 0);
        QVERIFY(server.requests().empty());
        // Options without their subject are wrong, and a key is never taken from the command line.
        QCOMPARE(runLlmd({ "intent", m_text, "--endpoint-model", "tiny" }).exitCode, 2);
        QCOMPARE(runLlmd({ "recommend", "--endpoint", url(server) }).exitCode, 2);
        const auto noModel = runLlmd({ "intent", m_text, "--endpoint", url(server) });
        QCOMPARE(noModel.exitCode, 1);
        QVERIFY(noModel.errors.contains("name of the language model"));
        const auto noKey =
            runLlmd({ "intent", m_text, "--endpoint", url(server), "--endpoint-model", "tiny",
                      "--endpoint-key-env", "LLMD_NO_SUCH_KEY" });
        QCOMPARE(noKey.exitCode, 0);
        QVERIFY(noKey.errors.contains("LLMD_NO_SUCH_KEY"));
        QVERIFY(server.requests().empty());
    }

    void recommendReadsWithTheModelToo()
    {
        const std::string answer =
            R"({"max_gpus": 8, "evidence": [{"field": "max_gpus", "text": "chassis with 8 slots"}]})";
        const StubServer server([&](const StubRequest&) { return completion(answer); });
        const auto run =
            runLlmd({ "recommend", "--text", "a chatbot for 50 users in one chassis with 8 slots",
                      "--model", "Qwen/Qwen3-14B", "--endpoint", url(server), "--endpoint-model",
                      "tiny", "--accept-proposals", "--json" });
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.json().at("requirements").at("max_gpus") == 8);
        QVERIFY(run.errors.contains("+ max_gpus: 8"));
    }
};

QTEST_GUILESS_MAIN(TestIntentCli)
#include "tst_intentcli.moc"

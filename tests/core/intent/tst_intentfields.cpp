// SPDX-License-Identifier: Apache-2.0
#include <core/intent/intentfields.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace llmd;

class TestIntentFields : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<IntentParser> m_parser;

private slots:
    void initTestCase()
    {
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        m_catalog = catalog->value;
        auto parser = IntentParser::create(m_catalog);
        QVERIFY(parser);
        m_parser = std::make_unique<IntentParser>(std::move(*parser));
    }

    void everyFieldOfTheJsonFormIsNamed()
    {
        const Intent intent = m_parser->parse(
            "A chatbot for 5k users on two nodes of 8 H100, no A100, Llama-3.3-70B-Instruct but "
            "not Qwen3-14B, "
            "fp8, TTFT p95 300 ms, ITL 30 ms, e2e 10 s, prompts of 500 tokens, answers of 200 "
            "tokens, context 8k, 12 requests per second, peak 30 requests per second, at most 16 "
            "GPUs, $40k a month, cost matters most");
        const auto json = toJson(intent);
        int stated = 0;
        for (const auto& [key, value] : json.items()) {
            if (key == "language" || key == "evidence" || key == "questions")
                continue;
            if (key == "priorities") {
                for (const auto& each : value.items())
                    QVERIFY(states(intent, "priorities." + each.key()));
                continue;
            }
            QVERIFY2(states(intent, key), key.c_str());
            ++stated;
        }
        QVERIFY(stated >= 14);
        QVERIFY(!states(intent, "no_field"));
        QVERIFY(!states(Intent {}, "use_case"));
    }

    void fieldsAreTakenAndDroppedWithTheirWords()
    {
        const Intent from = m_parser->parse("a chatbot for 5k users, TTFT 300 ms");
        Intent to;
        for (const auto name : intentFields())
            takeField(name, from, to);
        QVERIFY(sayTheSame(from, to, "ttft_ms") && sayTheSame(from, to, "user_count"));
        QCOMPARE(to.evidence.size(), from.evidence.size());
        dropField("ttft_ms", to);
        QVERIFY(!states(to, "ttft_ms") && states(to, "user_count"));
        QVERIFY(!sayTheSame(from, to, "ttft_ms"));
        for (const auto& evidence : to.evidence)
            QVERIFY(evidence.field != "ttft_ms");
    }

    void everyChoiceOfAQuestionHasAnAnswerThatIsUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* text, const char* field) {
            QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromLatin1(field);
        };
        row("Latency must be 2 seconds for a chatbot", "latency");
        row("Die Latenz soll 800 ms sein, ein Chatbot", "latency");
        row("chatbot with a few thousand users", "user_count");
        row("a chatbot, TTFT 2", "ttft_ms");
        row("a chatbot, answers of 500 tokens, 600 tokens", "tokens");
        row("a chatbot, several requests per second", "request_rate_rps");
        row("a chatbot on Llama", "models_include");
        row("a chatbot, 8 bit weights", "quantization");
        row("a chatbot, 20 tokens per second", "throughput_tokens_per_s");
        row("summarization for our newsroom", "use_case");
    }

    void everyChoiceOfAQuestionHasAnAnswerThatIsUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(QString, field);
        const std::vector<std::string> messages { text.toStdString() };
        const Intent intent = m_parser->parse(messages);
        const auto question = std::find_if(
            intent.questions.begin(), intent.questions.end(),
            [&](const IntentQuestion& each) { return each.field == field.toStdString(); });
        QVERIFY(question != intent.questions.end());
        QVERIFY(!question->choices.empty());
        std::set<std::string> readings;
        for (std::size_t i = 0; i < question->choices.size(); ++i) {
            const auto message = answerMessage(*m_parser, *m_catalog, messages, *question, i);
            QVERIFY2(message, question->choices[i].c_str());
            auto json = toJson(m_parser->parse({ messages.front(), *message }));
            json.erase("evidence");
            json.erase("questions");
            readings.insert(json.dump());
        }
        // Each choice says something else, and all say more than the text alone.
        QCOMPARE(readings.size(), question->choices.size());
        auto before = toJson(intent);
        before.erase("evidence");
        before.erase("questions");
        QVERIFY(readings.count(before.dump()) == 0
                || field == QLatin1String("throughput_tokens_per_s"));
        QVERIFY(
            !answerMessage(*m_parser, *m_catalog, messages, *question, question->choices.size()));
    }
};

QTEST_APPLESS_MAIN(TestIntentFields)
#include "tst_intentfields.moc"

// SPDX-License-Identifier: Apache-2.0
#include "intentsentences.h"

#include <core/intent/numbers.h>
#include <core/intent/scene.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

std::string repeated(std::string_view piece, std::size_t bytes)
{
    std::string text;
    while (text.size() < bytes)
        text += piece;
    return text;
}

} // namespace

class TestIntent : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<IntentParser> m_parser;

    [[nodiscard]] Fields read(const std::vector<std::string>& messages) const
    {
        return statedFields(m_parser->parse(messages));
    }

    /** What must hold for every parse of any bytes. */
    void checkSound(const std::string& text) const
    {
        const Intent intent = m_parser->parse(text);
        QVERIFY(intent.evidence.size() <= 400);
        std::vector<IntentEvidence> places = intent.evidence;
        for (const auto& question : intent.questions)
            places.push_back(question.evidence);
        for (const IntentEvidence& place : places) {
            QVERIFY(place.begin < place.end);
            QVERIFY(place.end <= text.size());
            QCOMPARE(place.text, text.substr(place.begin, place.end - place.begin));
            QCOMPARE(place.beginCharacter,
                     characters(std::string_view(text).substr(0, place.begin)));
            QCOMPARE(place.endCharacter, characters(std::string_view(text).substr(0, place.end)));
        }
        for (const auto& [field, value] : statedFields(intent)) {
            static const std::map<std::string, std::string> names {
                { "uc", "use_case" },
                { "users", "user_count" },
                { "rate", "request_rate_rps" },
                { "ttft", "ttft_ms" },
                { "gpu", "gpus_include" },
                { "model", "models_include" },
                { "in", "prompt_tokens" },
                { "ctx", "context_tokens" },
                { "maxgpu", "max_gpus" },
                { "nogpu", "gpus_exclude" },
                { "budget", "budget_usd_month" }
            };
            const auto name = names.find(field);
            if (name == names.end() || places.size() >= 400)
                continue;
            const bool shown = std::any_of(places.begin(), places.end(),
                                           [&](const auto& p) { return p.field == name->second; });
            QVERIFY2(shown, (field + " has no evidence in: " + text.substr(0, 300)).c_str());
        }
        QVERIFY(
            !toJson(intent).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty());
        QCOMPARE(m_parser->parse(text), intent);
    }

private slots:
    void initTestCase()
    {
        auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        m_catalog = catalog->value;
        auto parser = IntentParser::create(m_catalog);
        VERIFY_OK(parser);
        m_parser = std::make_unique<IntentParser>(std::move(*parser));
    }

    void numbersInDigitsAndWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char* text, double value) {
            QTest::newRow(text) << QString::fromUtf8(text) << value;
        };
        row("5k users", 5000);
        row("2,500 users", 2500);
        row("2.500 Nutzer", 2500);
        row("2.500 users", 2500);
        row("1.2M users", 1.2e6);
        row("1.2m users", 1.2e6);
        row("10 000 users", 10000);
        row("10'000 users", 10000);
        row("1,234,567 users", 1234567);
        row("half a million users", 5e5);
        row("one and a half million users", 1.5e6);
        row("twenty-five users", 25);
        row("one hundred and twenty users", 120);
        row("fifteen hundred users", 1500);
        row("two hundred thousand users", 2e5);
        row("a dozen users", 12);
        row("three dozen users", 36);
        row("zweitausendfünfhundert Nutzer", 2500);
        row("fünfundzwanzig Nutzer", 25);
        row("anderthalb Millionen Nutzer", 1.5e6);
        row("1,5 Mio. Nutzer", 1.5e6);
        row("3万用户", 30000);
        row("一万二千用户", 12000);
        row("两百万用户", 2e6);
        row("３０００ users", 3000);
    }

    void numbersInDigitsAndWords()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const Intent intent = m_parser->parse(text.toStdString());
        QVERIFY(intent.users.has_value());
        QCOMPARE(intent.users->value, value);
    }

    void germanNumberWords()
    {
        QCOMPARE(intent::germanNumber("dreihundertfünfundzwanzigtausend"), std::optional(325000.0));
        QCOMPARE(intent::germanNumber("einundzwanzig"), std::optional(21.0));
        QCOMPARE(intent::germanNumber("hundertachtzig"), std::optional(180.0));
        QVERIFY(!intent::germanNumber("ein"));
        QVERIFY(!intent::germanNumber("undzwanzig"));
        QVERIFY(!intent::germanNumber("tausendfüßler"));
    }

    void evidencePointsAtTheWords()
    {
        const std::string text = "Grüße! 🚀 A chatbot for 5k users, no A100s";
        const Intent intent = m_parser->parse(text);
        std::map<std::string, std::string> words;
        for (const auto& each : intent.evidence)
            words[each.field] = each.text;
        QCOMPARE(words["use_case"], std::string("chatbot"));
        QCOMPARE(words["user_count"], std::string("5k users"));
        QCOMPARE(words["gpus_exclude"], std::string("A100s"));
        checkSound(text);
    }

    void vagueAndDoubtfulBecomeQuestions()
    {
        const Intent vague = m_parser->parse("a few hundred users");
        QVERIFY(!vague.users);
        QCOMPARE(vague.questions.size(), std::size_t { 1 });
        QCOMPARE(vague.questions.front().choices,
                 (std::vector<std::string> { "200", "300", "500" }));
        QCOMPARE(vague.questions.front().evidence.text, std::string("a few hundred"));
        // An answer in the next message settles it.
        QVERIFY(m_parser->parse(std::vector<std::string> { "a few hundred users", "300 users" })
                    .questions.empty());
    }

    void laterMessagesKeepWhatTheyDoNotMention()
    {
        const Fields fields = read({ "chatbot for 5k users on H100, TTFT p95 300 ms",
                                     "no, 8k users", "also H200", "and at most 16 GPUs" });
        QCOMPARE(fields.at("uc"), std::string("chatbot_conversational"));
        QCOMPARE(fields.at("users"), std::string("8000"));
        QCOMPARE(fields.at("gpu"), std::string("h100_sxm,h200_sxm"));
        QCOMPARE(fields.at("ttft"), std::string("p95:300"));
        QCOMPARE(fields.at("maxgpu"), std::string("16"));
    }

    void everyNameOfTheCatalogIsFound()
    {
        for (const Gpu& gpu : m_catalog->gpus) {
            std::vector<std::string> names = gpu.aliases;
            names.push_back(gpu.id);
            names.push_back(gpu.name);
            for (const std::string& name : names) {
                const Gpu* known = m_catalog->findGpu(name);
                const Intent intent = m_parser->parse("we use " + name + " for translation");
                QCOMPARE(intent.gpusIncluded,
                         (std::vector<std::string> { known ? known->id : gpu.id }));
            }
        }
        for (const Model& model : m_catalog->models) {
            const Intent intent = m_parser->parse("serve " + model.id + " please");
            QCOMPARE(intent.modelsIncluded, std::vector<std::string> { model.id });
        }
    }

    void jsonHasTheFormOfTheContract()
    {
        const auto json = toJson(m_parser->parse(
            "chatbot, 50 to 80 users, p95 TTFT 300 ms, 12 rps, 8xH100, fp8, cost is critical"));
        QCOMPARE(json.at("use_case").get<std::string>(), std::string("chatbot_conversational"));
        QCOMPARE(json.at("user_count").dump(), std::string(R"({"min":50,"max":80,"value":80})"));
        QCOMPARE(json.at("ttft_ms").dump(), std::string(R"({"percentile":95,"max":300})"));
        QCOMPARE(json.at("request_rate_rps").at("value").get<double>(), 12.0);
        QCOMPARE(json.at("quantization").get<std::string>(), std::string("fp8"));
        QCOMPARE(json.at("priorities").dump(), std::string(R"({"cost":"high"})"));
        QCOMPARE(json.at("max_gpus").get<int>(), 8);
        QVERIFY(!json.contains("itl_ms"));
        QVERIFY(!json.contains("budget_usd_month"));
        QVERIFY(json.at("evidence").at(0).contains("start"));
    }

    void historyForms()
    {
        const auto plain = readHistory(R"(["a chatbot", "5k users"])");
        VERIFY_OK(plain);
        QCOMPARE(plain->size(), std::size_t { 2 });
        const auto roles = readHistory(
            R"({"messages": [{"role":"system","content":"x"},{"role":"user","content":"5k users"}]})");
        VERIFY_OK(roles);
        QCOMPARE(*roles, std::vector<std::string> { "5k users" });
        VERIFY_ERROR(readHistory("nonsense"), "not valid JSON");
        VERIFY_ERROR(readHistory("{}"), "list of earlier messages");
        VERIFY_ERROR(readHistory("[1]"), "message 1");
    }

    void requirementsTakeWhatIsStated()
    {
        Requirements base;
        base.promptTokens = 700;
        const auto need = applyIntent(
            m_parser->parse("translation for 300 users, TTFT p99 400 ms, Llama 3.3 70B in FP8, no "
                            "A100, $24k per year, quality matters most"),
            *m_catalog, base);
        const Requirements& r = need.requirements;
        QCOMPARE(r.useCase, std::string("translation"));
        QCOMPARE(r.users, std::optional(300.0));
        QCOMPARE(r.promptTokens, std::optional(700.0));
        QCOMPARE(r.ttft, std::optional(LatencyTarget { 99, milliseconds(400) }));
        QCOMPARE(r.budgetPerMonth, std::optional(2000.0));
        QCOMPARE(r.gpusExcluded.size(), std::size_t { 4 });
        QCOMPARE(r.quantizations, std::vector<std::string> { "fp8" });
        QVERIFY(r.priorities->quality > r.priorities->cost);
        QVERIFY(std::find(r.models.begin(), r.models.end(),
                          "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic")
                != r.models.end());
        QVERIFY(checkRequirements(r, *m_catalog).empty());
        QVERIFY(std::all_of(need.derivations.begin(), need.derivations.end(), [](const auto& d) {
            return d.origin == Derivation::Origin::Stated && d.text.find('"') != std::string::npos;
        }));
    }

    void ratesThatFollowFromWhatIsStated()
    {
        const auto rate = [&](const char* text) {
            const auto need = applyIntent(m_parser->parse(std::string(text)), *m_catalog);
            return need.requirements.rate ? need.requirements.rate->value() : 0;
        };
        COMPARE_NEAR(rate("600 users, each sends 2 requests per minute"), 20, 1e-9);
        COMPARE_NEAR(rate("2000 tokens/s in total, 100 output tokens"), 20, 1e-9);
        const auto peak = applyIntent(m_parser->parse("average 5 rps, peak 30 rps"), *m_catalog);
        COMPARE_NEAR(peak.requirements.peakFactor.value_or(0), 6, 1e-9);
    }

    void everySentenceIsSoundAndCanBePlanned()
    {
        for (const auto& sentence : intentSentences()) {
            for (const std::string& message : sentence.messages)
                checkSound(message);
            const auto need = applyIntent(m_parser->parse(sentence.messages), *m_catalog);
            for (const auto& issue : checkRequirements(need.requirements, *m_catalog))
                QVERIFY2(issue.subject == "users" || issue.subject == "rate",
                         (sentence.where + ": " + describe(issue)).c_str());
        }
    }

    void survivesDamagedText()
    {
        std::vector<std::string> samples;
        for (const auto& sentence : intentSentences())
            samples.push_back(join(sentence.messages, "\n"));
        const std::vector<std::string> tokens { "\xff",
                                                "\xc3",
                                                "\xe2\x80\xae",
                                                "\xed\xa0\x80",
                                                "\0",
                                                "🚀",
                                                "ـعـ",
                                                "א",
                                                "\xf4\x90\x80\x80",
                                                "1e999",
                                                "99999999999999999999",
                                                "0x",
                                                "½",
                                                "Ⅻ",
                                                "한국어",
                                                "p95",
                                                "k",
                                                "M",
                                                "$",
                                                "/",
                                                "no ",
                                                "but " };
        Mutator mutator(std::move(samples), tokens, 7);
        for (int i = 0; i < 4000; ++i)
            checkSound(mutator.next());
    }

    void survivesHostileStrings()
    {
        Mutator mutator({ "x" }, { "y" }, 11);
        for (int i = 0; i < 2000; ++i)
            checkSound(mutator.hostileString(200));
        for (int byte = 0; byte < 256; ++byte)
            checkSound(repeated(std::string(1, static_cast<char>(byte)), 300));
    }

    /** Time is bounded by the work: sentences are cut, so nothing grows faster than the text. */
    void longTextsAreCutIntoBoundedPieces()
    {
        const auto lexicon = intent::Lexicon::load();
        VERIFY_OK(lexicon);
        const intent::Knowledge knowledge { *lexicon, intent::Entities(m_catalog, *lexicon) };
        for (const char* piece :
             { "p95 ttft 300 ms ", "llama ", "H100 ", "5k users ", "no ", "a ", "cost high ",
               "2 tokens in ", "五千用户", "\xff", "1 - ", "(" }) {
            const std::string text = repeated(piece, 100'000);
            const auto scene = intent::readScene(text, knowledge);
            QVERIFY(scene.items.size() <= 2 * scene.tokens.size() + 1);
            for (const auto& [first, last] : scene.sentences)
                QVERIFY(last - first <= intent::longestSentence);
            checkSound(text);
        }
    }
};

QTEST_APPLESS_MAIN(TestIntent)
#include "tst_intent.moc"

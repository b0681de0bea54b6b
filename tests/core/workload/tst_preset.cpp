// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/usecasefile.h>
#include <core/workload/preset.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;

namespace {

Catalog shipped()
{
    static const auto loaded = loadCatalog();
    return loaded ? *loaded->value : Catalog();
}

Requirements statedNeed()
{
    Requirements need;
    need.useCase = "document_analysis_rag";
    need.users = 800;
    need.promptTokens = 6000;
    need.peakFactor = 3;
    need.ttft = LatencyTarget { 99, Seconds(0.75) };
    need.e2e = LatencyTarget { 0, Seconds(20) };
    need.priorities = Priorities { 2, 1, 1, 0 };
    return need;
}

QString issueTexts(const std::vector<Issue>& issues)
{
    QString text;
    for (const Issue& issue : issues)
        text += QString::fromStdString(describe(issue)) + "\n";
    return text;
}

} // namespace

class TestPreset : public QObject
{
    Q_OBJECT

private slots:
    /** A need saved as a preset, shared as a file and used elsewhere asks for the same. */
    void presetAsksForTheSame()
    {
        const Catalog catalog = shipped();
        const Requirements need = statedNeed();
        const auto preset = presetOf(need, catalog, "Contract search", "2026-11-25");
        VERIFY_OK(preset);
        QCOMPARE(preset->id, std::string("contract_search"));

        Catalog other = shipped();
        const auto issues =
            addUseCases(writeUseCases({ *preset }, catalog.qualityKinds), "preset.yaml", other);
        VERIFY_OK(issues);
        QVERIFY2(issues->empty(), qPrintable(issueTexts(*issues)));
        const UseCase* read = other.findUseCase("contract_search");
        QVERIFY(read);
        QVERIFY(*read == *preset);

        Requirements plain = withoutPresetValues(need);
        plain.useCase = "contract_search";
        QVERIFY(!plain.ttft && !plain.priorities && plain.users == need.users);
        const auto before = resolve(need, catalog);
        const auto after = resolve(plain, other);
        VERIFY_OK(before);
        VERIFY_OK(after);
        QVERIFY(after->slo == before->slo);
        QVERIFY(after->priorities == before->priorities);
        QVERIFY(after->peakLoad == before->peakLoad);
        const auto& derivations = after->derivations;
        const auto ttft = std::find_if(derivations.begin(), derivations.end(),
                                       [](const auto& each) { return each.field == "slo.ttft"; });
        QVERIFY(ttft->origin == Derivation::Origin::UseCase);
        QCOMPARE(QString::fromStdString(ttft->text),
                 "TTFT p99 at most 750 ms, as use case Contract search fixes it");
    }

    void sameNameChangesTheUseCase()
    {
        Catalog catalog = shipped();
        const UseCase original = *catalog.findUseCase("document_analysis_rag");
        const auto preset = presetOf(statedNeed(), catalog, original.name, "2026-11-25");
        VERIFY_OK(preset);
        QCOMPARE(preset->id, original.id);
        VERIFY_OK(addUseCases(writeUseCases({ *preset }, {}), "preset.yaml", catalog));
        QCOMPARE(catalog.useCases.size(), shipped().useCases.size());
        QCOMPARE(catalog.findUseCase(original.id)->promptTokens, 6000.0);
        QCOMPARE(userUseCases(catalog).size(), std::size_t(1));
        QVERIFY(resetUseCase(original.id, catalog));
        QVERIFY(*catalog.findUseCase(original.id) == original);
        QVERIFY(userUseCases(catalog).empty());
        QVERIFY(!resetUseCase("nothing", catalog));
    }

    void newOnesGoAway()
    {
        Catalog catalog = shipped();
        const auto preset = presetOf(statedNeed(), catalog, "Für uns: 24/7!", "2026-11-25");
        VERIFY_OK(preset);
        QCOMPARE(preset->id, std::string("f_r_uns_24_7"));
        catalog.useCases.push_back(*preset);
        QVERIFY(resetUseCase("f_r_uns_24_7", catalog));
        QVERIFY(!catalog.findUseCase("f_r_uns_24_7"));
        VERIFY_ERROR(presetOf(statedNeed(), catalog, " 检索 ", "2026-11-25"), "letter or digit");
        Requirements unknown;
        unknown.useCase = "nothing";
        VERIFY_ERROR(presetOf(unknown, catalog, "x", "2026-11-25"), "nothing");
    }

    void filesOfOnesOwnChangeWhatTheyMention()
    {
        Catalog catalog = shipped();
        const auto issues = addUseCases("source: {text: ACME platform team, date: 2026-11-01}\n"
                                        "quality_kinds:\n"
                                        "  - {name: Our tickets, benchmarks: [ACME tickets]}\n"
                                        "use_cases:\n"
                                        "  - id: acme_support\n"
                                        "    based_on: chatbot_conversational\n"
                                        "    name: ACME support\n"
                                        "    targets: {itl: {percentile: 90, max_ms: 25}}\n"
                                        "    quality: {Our tickets: 3, Knowledge: 1}\n"
                                        "    priorities: {cost: 3, latency: 1, quality: high, "
                                        "simplicity: low}\n"
                                        "  - {id: translation, prompt_tokens: 900}\n",
                                        "acme.yaml", catalog);
        VERIFY_OK(issues);
        QVERIFY2(issues->empty(), qPrintable(issueTexts(*issues)));
        const UseCase* own = catalog.findUseCase("acme_support");
        QVERIFY(own && own->userProvided);
        QCOMPARE(own->promptTokens, 512.0);
        QCOMPARE(own->source.text, std::string("ACME platform team"));
        COMPARE_NEAR(own->costPriority, 3.0 / 8, 1e-12);
        COMPARE_NEAR(own->qualityPriority, 3.0 / 8, 1e-12);
        const auto weights = qualityWeights("acme_support", catalog);
        QCOMPARE(weights.size(), std::size_t(2));
        QCOMPARE(weights[0].benchmarks.front(), std::string("ACME tickets"));
        COMPARE_NEAR(weights[0].weight, 0.75, 1e-12);
        QCOMPARE(catalog.findUseCase("translation")->promptTokens, 900.0);
        QVERIFY(!catalog.findUseCase("chatbot_conversational")->userProvided);
        Requirements need;
        need.useCase = "acme_support";
        need.users = 100;
        const auto resolved = resolve(need, catalog);
        VERIFY_OK(resolved);
        QCOMPARE(resolved->slo.itl->percentile, 90.0);
        COMPARE_NEAR(resolved->slo.itl->limit.value(), 0.025, 1e-12);
    }

    void faultsArePlaced_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("unknown kind")
            << QByteArray("quality: {Knowlege: 1}") << QByteArray("Knowledge");
        QTest::newRow("no weight")
            << QByteArray("quality: {Knowledge: 0}") << QByteArray("above 0");
        QTest::newRow("bad weight")
            << QByteArray("quality: {Knowledge: much}") << QByteArray("weight");
        QTest::newRow("bad target")
            << QByteArray("targets: {ttft: {max_ms: -1}}") << QByteArray("target cannot be used");
        QTest::newRow("target without limit")
            << QByteArray("targets: {ttft: {percentile: 95}}") << QByteArray("max_ms");
        QTest::newRow("no base") << QByteArray("based_on: nothing")
                                 << QByteArray("no such use case");
        QTest::newRow("bad priority")
            << QByteArray("priorities: {cost: -1}") << QByteArray("priorities cannot be used");
    }

    void faultsArePlaced()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, message);
        Catalog catalog = shipped();
        const std::string yaml =
            "use_cases:\n  - id: chatbot_conversational\n    " + entry.toStdString() + "\n";
        const auto issues = addUseCases(yaml, "bad.yaml", catalog);
        VERIFY_OK(issues);
        const QString texts = issueTexts(*issues);
        QVERIFY2(texts.contains(QString::fromUtf8(message)) && texts.contains("bad.yaml:3"),
                 qPrintable(texts));
        QVERIFY(*catalog.findUseCase("chatbot_conversational")
                == *shipped().findUseCase("chatbot_conversational"));
    }

    void allShippedRulesReadBack()
    {
        const Catalog catalog = shipped();
        Catalog empty;
        empty.experienceClasses = catalog.experienceClasses;
        const auto issues =
            addUseCases(writeUseCases(catalog.useCases, catalog.qualityKinds), "all.yaml", empty);
        VERIFY_OK(issues);
        QVERIFY2(issues->empty(), qPrintable(issueTexts(*issues)));
        QVERIFY(empty.qualityKinds == catalog.qualityKinds);
        QCOMPARE(empty.useCases.size(), catalog.useCases.size());
        for (std::size_t i = 0; i < empty.useCases.size(); ++i) {
            UseCase read = empty.useCases[i];
            read.userProvided = false;
            QVERIFY2(read == catalog.useCases[i], read.id.c_str());
        }
    }

    void fuzzedFilesNeverCrash()
    {
        const Catalog catalog = shipped();
        const std::string good =
            writeUseCases({ catalog.useCases[0], catalog.useCases[1] }, catalog.qualityKinds);
        testing::Mutator mutator({ good }, { "{", "]", ": ", "\n", "~", "1e999", "-1", "*a", "\"" },
                                 29);
        for (int i = 0; i < 150; ++i) {
            Catalog changed;
            changed.experienceClasses = catalog.experienceClasses;
            changed.useCases = catalog.useCases;
            (void)addUseCases(mutator.next(), "fuzz.yaml", changed);
            for (const UseCase& useCase : changed.useCases)
                QVERIFY(!useCase.id.empty() && useCase.promptTokens >= 1
                        && useCase.ttft.best <= useCase.ttft.acceptable);
        }
    }
};

QTEST_APPLESS_MAIN(TestPreset)
#include "tst_preset.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/ranking.h>
#include <tests/core/search/smallcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;

namespace {

void add(Catalog& catalog, const std::string& family, const std::string& benchmark, double score,
         const std::string& mode = "instruct")
{
    catalog.qualityScores.push_back(
        { family, benchmark, score, mode, { "Publisher", "2026-01-02", {} } });
}

/** Six families; m0 is the weakest and m5 the strongest in everything that chat asks for. */
std::shared_ptr<Catalog> scoredCatalog()
{
    auto catalog = test::smallCatalog();
    for (int i = 0; i < 6; ++i) {
        const std::string family = "m" + std::to_string(i);
        for (const char* benchmark : { "Arena-Hard v0.1", "IFEval", "MMLU-Pro" })
            add(*catalog, family, benchmark, 40 + 10 * i);
    }
    return catalog;
}

Model model(const std::string& family)
{
    Model value = test::denseModel("acme/" + family);
    value.family = family;
    value.id = family;
    return value;
}

QString joined(const QualityEvidence& evidence)
{
    QString text;
    for (const std::string& part : evidence.parts)
        text += QString::fromStdString(part) + "\n";
    return text;
}

const std::string chat = "chatbot_conversational";

} // namespace

class TestQuality : public QObject
{
    Q_OBJECT

private slots:
    void placesAmongTheOthers()
    {
        const auto catalog = scoredCatalog();
        const auto best = qualityOf(model("m5"), chat, *catalog);
        const auto worst = qualityOf(model("m0"), chat, *catalog);
        const auto third = qualityOf(model("m3"), chat, *catalog);
        QVERIFY(best && worst && third);
        COMPARE_NEAR(best->score, 100, 1e-12);
        QVERIFY(std::abs(worst->score) < 1e-12);
        COMPARE_NEAR(third->score, 60, 1e-12); // above three of five others
        COMPARE_NEAR(best->coveredWeight, 0.8, 1e-12);
        QCOMPARE(best->parts.size(), std::size_t(3));
        QCOMPARE(QString::fromStdString(third->parts[1]),
                 "IFEval 70 (Publisher, 2026-01-02), above 60 % of 6 models, x 0.25");
    }

    void noDataIsNothing()
    {
        const auto catalog = scoredCatalog();
        QVERIFY(!qualityOf(model("unknown"), chat, *catalog));
        // One test of the three that matter (0.25 of the weight) is not enough evidence.
        add(*catalog, "m6", "IFEval", 99);
        QVERIFY(!qualityOf(model("m6"), chat, *catalog));
        add(*catalog, "m6", "Arena-Hard v0.1", 99);
        const auto enough = qualityOf(model("m6"), chat, *catalog);
        QVERIFY(enough);
        COMPARE_NEAR(enough->coveredWeight, 0.65, 1e-12);
    }

    void labelsAreNeverPooled()
    {
        const auto catalog = scoredCatalog();
        // Two with another version of the test: too few to place anybody, and not mixed with the old version.
        add(*catalog, "m0", "Arena-Hard v2.0", 99);
        add(*catalog, "m1", "Arena-Hard v2.0", 98);
        const auto worst = qualityOf(model("m0"), chat, *catalog);
        QVERIFY(worst);
        QVERIFY(std::abs(worst->score) < 1e-12);
        QVERIFY(!joined(*worst).contains("v2.0"));
        // With five it is a test of its own, and the preferred one.
        for (int i = 2; i < 5; ++i)
            add(*catalog, "m" + std::to_string(i), "Arena-Hard v2.0", 10);
        const auto now = qualityOf(model("m0"), chat, *catalog);
        QVERIFY(joined(*now).contains("Arena-Hard v2.0 99"));
        COMPARE_NEAR(now->score, 100 * 0.4 / 0.8, 1e-12);
    }

    void modesAreNotMixed()
    {
        const auto catalog = scoredCatalog();
        add(*catalog, "m0", "IFEval", 99, "thinking:high");
        add(*catalog, "m0", "IFEval", 99, "base");
        QVERIFY(std::abs(qualityOf(model("m0"), chat, *catalog)->score) < 1e-12);
    }

    void quantisedVariantsKeepTheirRecovery()
    {
        const auto catalog = scoredCatalog();
        Model variant = model("m3");
        variant.id = "acme/m3-fp8";
        variant.architecture = quantizedAtLoad(variant.architecture, Precision::Fp8);
        auto evidence = qualityOf(variant, chat, *catalog);
        QVERIFY(evidence);
        COMPARE_NEAR(evidence->score, 60, 1e-12);
        QVERIFY(joined(*evidence).contains("no measured recovery of fp8"));

        // 70 x 0.85 = 59.5 is below the 60 of m2 everywhere. The lowest of several recoveries counts.
        catalog->quantizationRecoveries = { { "m3", "fp8", 99.5, { "Card", "2026-01-01", {} } },
                                            { "m3", "fp8", 85, { "Card", "2026-01-01", {} } },
                                            { "m3", "int4", 50, {} },
                                            { "m2", "fp8", 10, {} } };
        evidence = qualityOf(variant, chat, *catalog);
        COMPARE_NEAR(evidence->score, 40, 1e-12);
        QVERIFY(joined(*evidence).contains("fp8 keeps 85 %"));

        // Noise above 100 % is no gain.
        catalog->quantizationRecoveries = { { "m3", "fp8", 150, {} } };
        COMPARE_NEAR(qualityOf(variant, chat, *catalog)->score, 60, 1e-12);
    }

    void nativelyQuantisedModelsHaveNoPenalty()
    {
        const auto catalog = scoredCatalog();
        Model native = model("m3");
        native.architecture = quantizedAtLoad(native.architecture, Precision::Fp8);
        native.architecture.quantization.atLoad = false;
        catalog->quantizationRecoveries = { { "m3", "fp8", 85, {} } };
        const auto evidence = qualityOf(native, chat, *catalog);
        COMPARE_NEAR(evidence->score, 60, 1e-12);
        QVERIFY(!joined(*evidence).contains("recovery"));
    }

    void weightsAddUp()
    {
        for (const char* useCase :
             { "chatbot_conversational", "code_completion", "code_generation_detailed",
               "translation", "content_generation", "summarization_short", "document_analysis_rag",
               "long_document_summarization", "research_legal_analysis", "something else" }) {
            double sum = 0;
            for (const QualityWeight& weight : qualityWeights(useCase)) {
                QVERIFY(!weight.kind.empty() && !weight.benchmarks.empty() && weight.weight > 0);
                sum += weight.weight;
            }
            COMPARE_NEAR(sum, 1, 1e-12);
        }
    }
};

QTEST_APPLESS_MAIN(TestQuality)
#include "tst_quality.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/candidate/draft.h>
#include <core/candidate/featurefigures.h>
#include <core/candidate/speculationtext.h>
#include <tests/core/performance/handmade.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <functional>

using namespace llmd;
using namespace llmd::testing;

namespace {

SpeculativeDecoding guesses(DraftMethod method, int tokens, double acceptance, double decay = 1)
{
    SpeculativeDecoding settings;
    settings.method = method;
    settings.tokens = tokens;
    settings.acceptance = acceptance;
    settings.decay = decay;
    return settings;
}

double parametersOf(const ModelArchitecture& architecture)
{
    double sum = double(architecture.vocabularySize) * architecture.hiddenSize; // output projection
    for (const LayerGroup& group : architecture.groups)
        sum += double(group.count)
            * double(group.mixer.linearParameters + group.feedForward.denseParameters);
    return sum;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Candidate&)>)

class TestEngineFeatures : public QObject
{
    Q_OBJECT

private slots:
    void tokensPerStepFollowTheGeometricSeries()
    {
        // Leviathan et al., equation 1: (1 - 0.8^4) / (1 - 0.8).
        const auto even = guesses(DraftMethod::DraftModel, 3, 0.8);
        QVERIFY(std::abs(even.tokensPerStep() - 2.952) < 1e-12);
        QCOMPARE(guesses(DraftMethod::NGram, 5, 0).tokensPerStep(), 1.0);
        QCOMPARE(guesses(DraftMethod::NGram, 5, 1).tokensPerStep(), 6.0);
        // 1 + 0.8 + 0.8 x 0.4
        const auto falling = guesses(DraftMethod::Mtp, 2, 0.8, 0.5);
        QVERIFY(std::abs(falling.tokensPerStep() - 2.12) < 1e-12);
    }

    /** The priors stand for published mean lengths; see their sources. */
    void priorsGiveThePublishedLengths()
    {
        const FeatureFigures& figures = standardFeatureFigures();
        const auto length = [&](DraftMethod method, int tokens) {
            const AcceptancePrior& prior = figures.prior(method);
            return guesses(method, tokens, prior.acceptance, prior.decay).tokensPerStep();
        };
        QVERIFY(std::abs(length(DraftMethod::Eagle3, 7) - 3.53) < 0.05);
        QVERIFY(std::abs(length(DraftMethod::Mtp, 7) - 3.20) < 0.05);
        for (const auto& prior : figures.acceptance) {
            QVERIFY(prior.low < prior.acceptance && prior.acceptance < prior.high);
            QVERIFY(!prior.source.text.empty() && !prior.source.date.empty());
        }
    }

    void figuresAreRefusedWhenIncomplete_data()
    {
        QTest::addColumn<std::string>("from");
        QTest::addColumn<std::string>("to");
        QTest::newRow("a method missing")
            << std::string("method: ngram") << std::string("method: mtp");
        QTest::newRow("outside its interval")
            << std::string("low: 0.60") << std::string("low: 0.80");
        QTest::newRow("no probability")
            << std::string("acceptance: 0.82") << std::string("acceptance: 1.2");
        QTest::newRow("no source") << std::string("disk_read: { gigabytes_per_second: 7, source:")
                                   << std::string("disk_read: { gigabytes_per_second: 7, sauce:");
        QTest::newRow("no YAML") << std::string("draft_pass: {") << std::string("draft_pass: {{");
    }

    void figuresAreRefusedWhenIncomplete()
    {
        QFETCH(std::string, from);
        QFETCH(std::string, to);
        std::string text(builtinResource("performance/features.yaml"));
        VERIFY_OK(readFeatureFigures(text, "features.yaml"));
        const auto at = text.find(from);
        QVERIFY(at != std::string::npos);
        text.replace(at, from.size(), to);
        QVERIFY(!readFeatureFigures(text, "features.yaml"));
    }

    void adaptersInABatch()
    {
        LoraServing lora { 10, 16, 10, LoraTargets::Linear };
        QCOMPARE(lora.distinct(0), 0.0);
        QVERIFY(std::abs(lora.distinct(1) - 1) < 1e-9);
        QVERIFY(std::abs(lora.distinct(20) - 10 * (1 - std::pow(0.9, 20))) < 1e-9);
        lora.slotCount = 4;
        QVERIFY(std::abs(lora.distinct(1000) - 4) < 1e-9);
        lora.adapters = 1;
        QCOMPARE(lora.distinct(50), 1.0);
    }

    /** Rank 16 on all seven matrices of Llama 3.1 8B: 41.9 million values, what PEFT prints for such an adapter. */
    void adapterSizes()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        QCOMPARE(adapterSize(candidate).values, 0.0);
        candidate.engine.lora = LoraServing { 1, 16, 1, LoraTargets::Linear };
        QCOMPARE(adapterSize(candidate).values, 41'943'040.0);
        QCOMPARE(adapterSize(candidate).matrices, 7.0 * 32);
        candidate.engine.lora->targets = LoraTargets::Attention;
        QCOMPARE(adapterSize(candidate).values, 13'631'488.0); // q, k, v, o: PEFT again
        candidate.topology.pool.parallelism.tensor = 2;
        QVERIFY(adapterSize(candidate).values
                > 13'631'488.0 / 2); // one half of each pair stays whole
        QVERIFY(adapterSize(candidate).values < 13'631'488.0);
    }

    void drafts()
    {
        Model model = denseModel();
        model.architecture.mtpParameters = 1;
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        QVERIFY(!draftArchitecture(candidate));
        candidate.engine.speculative = guesses(DraftMethod::NGram, 3, 0.5);
        QVERIFY(!draftArchitecture(candidate));
        candidate.engine.speculative = guesses(DraftMethod::Mtp, 1, 0.8);
        auto draft = draftArchitecture(candidate);
        QVERIFY(draft);
        QCOMPARE(draft->layers(), 1);
        QCOMPARE(draft->vocabularySize, model.architecture.vocabularySize);
        // The published head for Llama 3.1 8B (yuhuili/EAGLE3-LLaMA3.1-Instruct-8B) has 0.42 billion parameters, 850 MB.
        candidate.engine.speculative = guesses(DraftMethod::Eagle3, 3, 0.7);
        draft = draftArchitecture(candidate);
        QVERIFY(draft);
        QVERIFY(std::abs(parametersOf(*draft) / 0.425e9 - 1) < 0.02);
    }

    void obstacles_data()
    {
        QTest::addColumn<std::string>("part");
        QTest::addColumn<std::function<void(Candidate&)>>("change");
        const auto row = [](const char* name, std::string part,
                            std::function<void(Candidate&)> change) {
            QTest::newRow(name) << std::move(part) << std::move(change);
        };
        const auto speculate = [](DraftMethod method, int tokens = 3) {
            return [=](Candidate& c) { c.engine.speculative = guesses(method, tokens, 0.7); };
        };
        row("nothing", "", [](Candidate&) {});
        row("n-grams", "", speculate(DraftMethod::NGram));
        row("no such layers", "no multi-token-prediction", speculate(DraftMethod::Mtp));
        row("no draft", "needs the draft model", speculate(DraftMethod::DraftModel));
        row("too many guesses", "not within 1", speculate(DraftMethod::NGram, 17));
        row("too few tokens in a step", "less than 128 sequences",
            speculate(DraftMethod::NGram, 16));
        row("pipeline", "pipeline parallelism", [=](Candidate& c) {
            speculate(DraftMethod::NGram)(c);
            c.topology.pool.parallelism.pipeline = 2;
        });
        row("old engine", "0.9.0 or newer", [=](Candidate& c) {
            speculate(DraftMethod::Eagle3)(c);
            c.engine.version = { 0, 8, 5 };
        });
        row("adapters", "", [](Candidate& c) { c.engine.lora = LoraServing {}; });
        row("odd rank", "LoRA rank of 12", [](Candidate& c) {
            c.engine.lora = LoraServing { 1, 12, 1, LoraTargets::Linear };
        });
        row("offload", "", [](Candidate& c) { c.engine.offload.cpu = gibibytes(10); });
        row("offload without cache", "without prefix caching", [](Candidate& c) {
            c.engine.offload.cpu = gibibytes(10);
            c.engine.prefixCaching = false;
        });
        row("disk alone", "stands behind host memory", [](Candidate& c) {
            c.engine.offload.disk = gibibytes(10);
            c.engine.version = { 0, 26, 0 };
        });
        row("disk too early", "0.22.0 or newer", [](Candidate& c) {
            c.engine.offload = { gibibytes(10), gibibytes(10) };
        });
    }

    void obstacles()
    {
        QFETCH(std::string, part);
        QFETCH(std::function<void(Candidate&)>, change);
        const Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        change(candidate);
        const std::string obstacle = featureObstacle(candidate);
        QVERIFY2(part.empty() ? obstacle.empty() : obstacle.find(part) != std::string::npos,
                 obstacle.c_str());
    }

    void draftModelsNeedTheVocabulary()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        Model draft = denseModel();
        candidate.engine.speculative = guesses(DraftMethod::DraftModel, 3, 0.7);
        candidate.engine.speculative->draft = &draft;
        QCOMPARE(featureObstacle(candidate), std::string());
        draft.architecture.vocabularySize = 32000;
        QVERIFY(featureObstacle(candidate).find("vocabulary") != std::string::npos);
    }

    void waysToSpeculateAsText()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        const Catalog& catalog = *loaded->value;
        const auto none = parseSpeculation("none", catalog);
        VERIFY_OK(none);
        QVERIFY(!none->settings);
        const auto mtp = parseSpeculation("mtp", catalog);
        VERIFY_OK(mtp);
        QCOMPARE(mtp->settings->tokens, 1);
        QVERIFY(!mtp->settings->stated);
        const auto draft = parseSpeculation("draft=meta-llama/Llama-3.2-1B-Instruct", catalog);
        VERIFY_OK(draft);
        QCOMPARE(draft->settings->draft, draft->draft.get());
        for (const char* text : { "none", "mtp", "ngram", "eagle3=some/head",
                                  "draft=meta-llama/Llama-3.2-1B-Instruct" }) {
            const auto read = parseSpeculation(text, catalog);
            VERIFY_OK(read);
            QCOMPARE(speculationText(read->settings), std::string(text));
        }
        QVERIFY(!parseSpeculation("medusa", catalog));
        QVERIFY(!parseSpeculation("draft", catalog));
        QVERIFY(!parseSpeculation("draft=no/such-model", catalog));
    }
};

QTEST_APPLESS_MAIN(TestEngineFeatures)
#include "tst_enginefeatures.moc"

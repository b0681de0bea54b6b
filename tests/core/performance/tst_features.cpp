// SPDX-License-Identifier: Apache-2.0
#include <core/candidate/disaggregationrules.h>
#include <core/candidate/draft.h>
#include <core/candidate/featurefigures.h>
#include <core/candidate/speculationtext.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <core/performance/kvoffload.h>
#include <core/performance/stepexplanation.h>
#include <core/performance/steptime.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;

namespace {

Workload chat(double rate)
{
    Workload workload;
    workload.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
    workload.output = { LengthDistribution::Shape::Constant, 250, 0 };
    workload.load = Load::open(RequestsPerSecond(rate));
    return workload;
}

/** Prompts that come round in turn: more of them than the GPU's cache holds. */
Workload repeating(double rate, int prompts)
{
    Workload workload = chat(rate);
    workload.prompt.mean = 8000;
    workload.output.mean = 100;
    workload.prefix.uniquePrompts = prompts;
    return workload;
}

double within(double value, double expected)
{
    return std::abs(value / expected - 1);
}

} // namespace

/** Speculative decoding, LoRA adapters and a KV cache outside the GPU, from the memory ledger to both engines. */
class TestFeatures : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::shared_ptr<const EngineRegistry> m_engines;

    Candidate llama() const
    {
        Candidate candidate = llamaOnHopper(*m_catalog);
        candidate.engine.maxModelLen = 16384;
        return candidate;
    }

    Candidate speculating(const char* how, double acceptance, int tokens) const
    {
        Candidate candidate = llama();
        candidate.engine.speculative = parseSpeculation(how, *m_catalog)->settings;
        candidate.engine.speculative->acceptance = acceptance;
        candidate.engine.speculative->tokens = tokens;
        return candidate;
    }

    const EngineVersionProfile& profile(const Candidate& candidate) const
    {
        return m_catalog->engineVersion(candidate.engine.version);
    }

    MemoryLedger ledger(const Candidate& candidate) const
    {
        const auto result = memoryLedger(candidate, profile(candidate));
        if (!result)
            qWarning("%s", describe(result.error()).c_str());
        return result ? *result : MemoryLedger {};
    }

    Estimate ask(const char* id, const Candidate& candidate, const Workload& workload) const
    {
        RunContext context;
        const auto estimate = (*m_engines->find(id))->estimate(candidate, workload, context);
        if (!estimate)
            qWarning("%s", describe(estimate.error()).c_str());
        return estimate ? *estimate : Estimate {};
    }

    Seconds step(const Candidate& candidate, double sequences, double context = 1000) const
    {
        return StepModel(candidate, profile(candidate), StepOptions {}, standardCoefficients())
            .time({ .sequences = sequences, .context = context });
    }

private slots:
    void initTestCase()
    {
        auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        m_engines = std::make_shared<const EngineRegistry>(m_catalog);
    }

    void draftsTakeMemory()
    {
        const MemoryLedger plain = ledger(llama());
        const MemoryLedger eagle = ledger(speculating("eagle3=head", 0.7, 3));
        // 0.42 billion parameters in 16 bit, and one more layer of 32 in every block.
        QVERIFY(within(eagle.draft.value(), 0.85e9) < 0.03);
        QVERIFY(within(eagle.kvBytesPerToken.value(), plain.kvBytesPerToken.value() * 33 / 32)
                < 1e-9);
        QVERIFY(eagle.kvCacheTokens < plain.kvCacheTokens);
        QCOMPARE(eagle.terms.at(1).id, std::string("draft"));
        QVERIFY(eagle.terms.at(1).derivation.find("EAGLE-3") != std::string::npos);
        const MemoryLedger ngram = ledger(speculating("ngram", 0.7, 3));
        QCOMPARE(ngram.kvCacheTokens, plain.kvCacheTokens);
        QVERIFY(ngram.draft == Bytes());

        Candidate candidate = llama();
        const auto named = parseSpeculation("draft=meta-llama/Llama-3.2-1B-Instruct", *m_catalog);
        VERIFY_OK(named);
        candidate.engine.speculative = named->settings;
        Candidate alone = llama();
        alone.model = named->draft.get();
        QVERIFY(within(ledger(candidate).draft.value(), ledger(alone).weights.value()) < 1e-6);
        QVERIFY(within(ledger(candidate).kvBytesPerToken.value(),
                       plain.kvBytesPerToken.value() + ledger(alone).kvBytesPerToken.value())
                < 1e-9);
    }

    void sumsOfTheLedgerHold()
    {
        Candidate candidate = speculating("eagle3=head", 0.7, 3);
        candidate.engine.lora = LoraServing { 8, 32, 8, LoraTargets::Linear };
        const MemoryLedger result = ledger(candidate);
        Bytes sum;
        for (const MemoryTerm& term : result.terms)
            sum += term.bytes;
        QVERIFY(within(sum.value(), result.usable.value()) < 1e-9);
    }

    /** Worth most while a step waits for memory; gone where arithmetic sets the pace. */
    void gainsVanishWithTheBatch()
    {
        const Candidate candidate = speculating("eagle3=head", 0.74, 3);
        const auto gain = [&](double sequences, double context) {
            return step(llama(), sequences, context).value()
                / (step(candidate, sequences, context).value()
                   / candidate.engine.speculative->tokensPerStep());
        };
        QVERIFY2(gain(1, 100) > 1.6 && gain(1, 100) < 2.72, QByteArray::number(gain(1, 100)));
        QVERIFY(gain(32, 100) < gain(1, 100));
        QVERIFY2(gain(256, 100) < 1.25, QByteArray::number(gain(256, 100)));
        QVERIFY2(gain(2000, 100) < 1, QByteArray::number(gain(2000, 100)));
        // Long contexts are read once for all guesses, so there the gain lasts.
        QVERIFY(gain(256, 8000) > 1.5 * gain(256, 100));
    }

    void guessesThatAreAlwaysWrongCost()
    {
        const Workload workload = chat(2);
        const Estimate plain = ask("analytic", llama(), workload);
        const Estimate wrong = ask("analytic", speculating("eagle3=head", 0, 3), workload);
        const Estimate right = ask("analytic", speculating("eagle3=head", 1, 3), workload);
        QVERIFY(wrong.itl.mean > plain.itl.mean);
        QVERIFY(right.itl.mean < plain.itl.mean * 0.5);
        QCOMPARE(right.tokensPerStep, 4.0);
        QVERIFY(wrong.step.draft > Seconds());
    }

    void enginesAgreeOnSpeculation_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<double>("acceptance");
        QTest::addColumn<int>("tokens");
        QTest::addColumn<double>("rate");
        QTest::newRow("light") << "eagle3=head" << 0.74 << 3 << 1.0;
        QTest::newRow("n-grams") << "ngram" << 0.45 << 4 << 10.0;
        QTest::newRow("busy") << "eagle3=head" << 0.74 << 3 << 25.0;
        QTest::newRow("draft model") << "draft=meta-llama/Llama-3.2-1B-Instruct" << 0.6 << 2 << 8.0;
    }

    void enginesAgreeOnSpeculation()
    {
        QFETCH(QString, how);
        QFETCH(double, acceptance);
        QFETCH(int, tokens);
        QFETCH(double, rate);
        const auto named = parseSpeculation(how.toStdString(), *m_catalog);
        VERIFY_OK(named);
        Candidate candidate = llama();
        candidate.engine.speculative = named->settings;
        candidate.engine.speculative->acceptance = acceptance;
        candidate.engine.speculative->tokens = tokens;
        const Estimate analytic = ask("analytic", candidate, chat(rate));
        const Estimate simulated = ask("simulation", candidate, chat(rate));
        QVERIFY(!analytic.saturated && !simulated.saturated);
        QVERIFY2(within(analytic.itl.mean.value(), simulated.itl.mean.value()) < 0.06,
                 qPrintable(QString("ITL %1 against %2")
                                .arg(analytic.itl.mean.value())
                                .arg(simulated.itl.mean.value())));
        QVERIFY(within(analytic.e2e.mean.value(), simulated.e2e.mean.value()) < 0.06);
        QVERIFY(within(analytic.runningPerReplica, simulated.runningPerReplica) < 0.1);
        QCOMPARE(simulated.tokensPerStep, analytic.tokensPerStep);
    }

    /** A step gives no more and no fewer tokens than were asked for, jumped over or one by one. */
    void simulatedTokensAddUp()
    {
        Scenario scenario = chatScenario(speculating("eagle3=head", 0.74, 3), openStage(12, 400));
        scenario.traffic.output = { LengthDistribution::Shape::LogNormal, 200, 0.6 };
        RunContext context;
        const auto fast = simulate(scenario, *m_catalog, standardCoefficients(), context);
        scenario.fastForward = false;
        const auto slow = simulate(scenario, *m_catalog, standardCoefficients(), context);
        VERIFY_OK(fast);
        VERIFY_OK(slow);
        QCOMPARE(fast->outputTokens, slow->outputTokens);
        QCOMPARE(fast->completed, std::uint64_t(400));
        // The line of a stretch has the mean growth of the context, the steps have whole tokens.
        QVERIFY(within(fast->total.e2e.mean.value(), slow->total.e2e.mean.value()) < 1e-3);
        QVERIFY(fast->events < slow->events);
        Scenario plain = scenario;
        plain.candidate = llama();
        const auto without = simulate(plain, *m_catalog, standardCoefficients(), context);
        VERIFY_OK(without);
        QCOMPARE(without->outputTokens, fast->outputTokens);
    }

    /** A request that is alone takes as many steps as it has tokens, over the tokens of a step. */
    void aLoneRequestTakesFewerSteps()
    {
        RunContext context;
        const auto steps = [&](const Candidate& candidate) {
            const auto report = simulate(chatScenario(candidate, closedStage(1, 40)), *m_catalog,
                                         standardCoefficients(), context);
            return report ? static_cast<double>(report->steps) : 0;
        };
        const Candidate candidate = speculating("eagle3=head", 0.74, 3);
        const double ratio = steps(llama()) / steps(candidate);
        QVERIFY2(within(ratio, candidate.engine.speculative->tokensPerStep()) < 0.05,
                 QByteArray::number(ratio));
    }

    /** The KV pool runs out: requests are preempted and finish all the same. */
    void speculationSurvivesPreemption()
    {
        Scenario scenario = chatScenario(speculating("eagle3=head", 0.74, 3), openStage(60, 600));
        scenario.candidate.engine.gpuMemoryUtilization = 0.25;
        scenario.traffic.output.mean = 1500;
        RunContext context;
        const auto report = simulate(scenario, *m_catalog, standardCoefficients(), context);
        VERIFY_OK(report);
        QVERIFY(report->preemptions > 0);
        QCOMPARE(report->completed, std::uint64_t(600));
        QCOMPARE(report->outputTokens, std::uint64_t(600 * 1500));
    }

    void priorsWidenTheInterval()
    {
        Candidate candidate = speculating("eagle3=head", 0.74, 3);
        const Estimate plain = ask("analytic", llama(), chat(2));
        const Estimate prior = ask("analytic", candidate, chat(2));
        candidate.engine.speculative->stated = true;
        const Estimate stated = ask("analytic", candidate, chat(2));
        const auto width = [](const Estimate& e) {
            return e.itl.meanInterval.high / e.itl.meanInterval.low;
        };
        QVERIFY(width(stated) > width(plain));
        QVERIFY(width(prior) > width(stated));
        const auto says = [](const Estimate& e, const char* what) {
            return std::any_of(
                e.provenance.caveats.begin(), e.provenance.caveats.end(),
                [&](const std::string& text) { return text.find(what) != std::string::npos; });
        };
        QVERIFY(says(prior, "is a prior"));
        QVERIFY(!says(stated, "is a prior") && says(stated, "as stated"));
        QVERIFY(!says(plain, "Speculative"));
    }

    void explanationNamesDraftAndAdapters()
    {
        Candidate candidate = speculating("eagle3=head", 0.74, 3);
        candidate.engine.lora = LoraServing { 8, 32, 8, LoraTargets::Linear };
        const Workload workload = chat(4);
        const Estimate estimate = ask("analytic", candidate, workload);
        const TimeExplanation explanation =
            explainTimes(candidate, profile(candidate), workload, estimate);
        double sum = 0;
        bool draft = false;
        bool adapters = false;
        for (const TimeTerm* term : explanation.partsOfStep()) {
            sum += term->time.value();
            draft = draft || term->id == "draft";
            adapters = adapters || term->id == "adapters";
        }
        QVERIFY(draft && adapters);
        QVERIFY(within(sum, estimate.step.total.value()) < 1e-6);
    }

    void adaptersTakeMemoryAndTime()
    {
        Candidate one = llama();
        one.engine.lora = LoraServing { 1, 16, 1, LoraTargets::Linear };
        // 41.9 million values in 16 bit per slot.
        QVERIFY(within(ledger(one).adapters.value(), 83'886'080) < 1e-9);
        Candidate many = llama();
        many.engine.lora = LoraServing { 32, 64, 32, LoraTargets::Linear };
        QVERIFY(within(ledger(many).adapters.value(), 83'886'080.0 * 4 * 32) < 1e-9);
        const double plain = step(llama(), 32).value();
        QVERIFY(step(one, 32).value() > plain);
        // Every adapter that the batch meets is read: more of them, longer steps, though the rank is the same.
        Candidate few = many;
        few.engine.lora->adapters = few.engine.lora->slotCount = 2;
        QVERIFY(step(many, 32) > step(few, 32));
        QVERIFY(step(many, 1).value() - step(llama(), 1).value() < step(many, 32).value() - plain);
    }

    /** The wait for a slot has its own formula; the simulation passes over requests as vLLM does. */
    void enginesAgreeOnTooFewSlots()
    {
        Candidate candidate = llama();
        candidate.engine.lora = LoraServing { 16, 16, 4, LoraTargets::Linear };
        for (const double rate : { 1.0, 4.0, 10.0 }) {
            const Estimate analytic = ask("analytic", candidate, chat(rate));
            const Estimate simulated = ask("simulation", candidate, chat(rate));
            const double ratio = analytic.ttft.mean / simulated.ttft.mean;
            QVERIFY2(ratio > 0.4 && ratio < 2.5,
                     qPrintable(QString("at %1/s: %2 s against %3 s")
                                    .arg(rate)
                                    .arg(analytic.ttft.mean.value())
                                    .arg(simulated.ttft.mean.value())));
        }
    }

    void tooFewSlotsMakeRequestsWait()
    {
        Candidate candidate = llama();
        candidate.engine.lora = LoraServing { 16, 16, 16, LoraTargets::Linear };
        Candidate tight = candidate;
        tight.engine.lora->slotCount = 2;
        const Workload workload = chat(10);
        QVERIFY(ask("analytic", tight, workload).ttft.mean
                > ask("analytic", candidate, workload).ttft.mean);
        QVERIFY(ask("simulation", tight, workload).ttft.mean.value()
                > 1.5 * ask("simulation", candidate, workload).ttft.mean.value());
    }

    /** Sending requests where their adapter already is spares the others the wait for a slot. */
    void affinityRoutingHelpsAdapters()
    {
        Candidate candidate = llama();
        candidate.topology.pool.replicas = 4;
        candidate.engine.lora = LoraServing { 16, 16, 4, LoraTargets::Linear };
        Scenario scenario = chatScenario(candidate, openStage(30, 4000));
        RunContext context;
        const auto ttft = [&](const char* router) {
            scenario.router = *parseRouter(router);
            const auto report = simulate(scenario, *m_catalog, standardCoefficients(), context);
            return report ? report->total.ttft.mean.value() : 0;
        };
        const double blind = ttft("round-robin");
        const double affine = ttft("lora-affinity=2,queue=1,running-requests=1");
        QVERIFY2(affine > 0 && affine < 0.8 * blind,
                 qPrintable(QString("%1 s against %2 s").arg(affine).arg(blind)));
    }

    void tierFiguresByHand()
    {
        Candidate candidate = llama();
        QVERIFY(!tierFigures(candidate, ledger(candidate)).any());
        candidate.engine.version = { 0, 26, 0 };
        candidate.engine.offload = { gibibytes(64), gibibytes(500) };
        const TierFigures tiers = tierFigures(candidate, ledger(candidate));
        // 32 layers x 2 x 8 heads x 128 x 2 B = 128 KiB per token; PCIe at 75 % of 64 GB/s, the drive at 7 GB/s.
        QVERIFY(within(tiers.cpuTokens, 64.0 * 8192) < 1e-9);
        QVERIFY(within(tiers.cpuPerToken, 131072 / 48e9) < 1e-9);
        QVERIFY(within(tiers.diskPerToken, 131072 / 7e9) < 1e-9);
        candidate.topology.pool.parallelism.tensor = 4;
        const TierFigures wide = tierFigures(candidate, ledger(candidate));
        QVERIFY(within(wide.cpuPerToken, tiers.cpuPerToken / 4) < 1e-9); // four links
        QVERIFY(within(wide.diskPerToken, tiers.diskPerToken) < 1e-9); // one drive
    }

    /** More prompts than the GPU keeps: read back from host memory they come sooner than computed again. */
    void offloadingBeatsComputingAgain()
    {
        const int prompts = static_cast<int>(3 * ledger(llama()).kvCacheTokens / 8100);
        const Workload workload = repeating(2, prompts);
        Candidate offloading = llama();
        offloading.engine.offload.cpu = gibibytes(400);
        for (const char* engine : { "analytic", "simulation" }) {
            const Estimate plain = ask(engine, llama(), workload);
            const Estimate tiered = ask(engine, offloading, workload);
            QVERIFY2(plain.prefixHitRate < 0.1, engine);
            QCOMPARE(plain.tierHitRate, 0.0);
            QVERIFY2(tiered.tierHitRate > 0.7, QByteArray::number(tiered.tierHitRate));
            QVERIFY2(tiered.ttft.mean.value() < 0.6 * plain.ttft.mean.value(), engine);
            QVERIFY(tiered.tierLoad > Seconds());
        }
        // Too little of it keeps nothing, as in the GPU.
        offloading.engine.offload.cpu = gibibytes(40);
        QVERIFY(ask("simulation", offloading, workload).tierHitRate < 0.1);
        QVERIFY(ask("analytic", offloading, workload).tierHitRate < 0.1);
    }

    void enginesAgreeOnTiers()
    {
        const int prompts = static_cast<int>(3 * ledger(llama()).kvCacheTokens / 8100);
        Candidate candidate = llama();
        candidate.engine.offload.cpu = gibibytes(400);
        const Workload workload = repeating(3, prompts);
        const Estimate analytic = ask("analytic", candidate, workload);
        const Estimate simulated = ask("simulation", candidate, workload);
        QVERIFY2(within(analytic.ttft.mean.value(), simulated.ttft.mean.value()) < 0.35,
                 qPrintable(QString("%1 against %2")
                                .arg(analytic.ttft.mean.value())
                                .arg(simulated.ttft.mean.value())));
        QVERIFY(within(analytic.itl.mean.value(), simulated.itl.mean.value()) < 0.1);
    }

    void offloadingSaysWhetherItPays()
    {
        Candidate candidate = llama();
        candidate.engine.offload.cpu = gibibytes(64);
        const auto says = [&](const Workload& workload, const char* what) {
            const Estimate estimate = ask("analytic", candidate, workload);
            return std::any_of(
                estimate.provenance.caveats.begin(), estimate.provenance.caveats.end(),
                [&](const std::string& text) { return text.find(what) != std::string::npos; });
        };
        QVERIFY(says(repeating(1, 100), "offloading pays"));
        QVERIFY(says(chat(1), "changes nothing"));
        Workload tiny = repeating(1, 100);
        tiny.prompt.mean = 20;
        QVERIFY(says(tiny, "does not pay"));
    }

    void disaggregatedServersSpeculateAlike()
    {
        const auto split = [](Candidate candidate) {
            Disaggregation disaggregation;
            disaggregation.engine = candidate.engine;
            candidate.topology.disaggregation = disaggregation;
            return candidate;
        };
        Candidate guessing = split(speculating("eagle3=head", 0.74, 3));
        const Estimate fast = ask("analytic", guessing, chat(2));
        const Estimate slow = ask("analytic", split(llama()), chat(2));
        QVERIFY(fast.itl.mean < slow.itl.mean * 0.7);
        QVERIFY(fast.e2e.mean < slow.e2e.mean * 0.8);
        VERIFY_OK(checkDisaggregation(guessing));
        guessing.topology.disaggregation->engine.speculative.reset();
        QVERIFY(!checkDisaggregation(guessing));
        Candidate offloading = llama();
        offloading.engine.offload.cpu = gibibytes(64);
        QVERIFY(!checkDisaggregation(split(offloading)));
    }

    void withoutFeaturesNothingChanges()
    {
        // Without any of it the estimate is the one of before: no setting, no cost.
        const Estimate estimate = ask("analytic", llama(), chat(4));
        QCOMPARE(estimate.tokensPerStep, 1.0);
        QVERIFY(estimate.step.draft == Seconds() && estimate.step.adapters == Seconds());
        QCOMPARE(estimate.tierHitRate, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestFeatures)
#include "tst_features.moc"

// SPDX-License-Identifier: Apache-2.0
#include "handmade.h"

#include <core/performance/steptime.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <random>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** The constants of a published closed form with worked examples, mapped to our terms. */
Coefficients publishedForm()
{
    Coefficients c = rooflineCoefficients();
    c.smoothMaximum = true;
    c.weightBandwidth = 0.848;
    c.kvBandwidth = 0.938;
    c.decodeCompute = 0.70;
    c.layerOverhead = 24.8e-6;
    c.stepOverhead = 0.177e-3;
    c.samplerOverhead = 0.446e-3;
    c.samplerSortPasses = 137;
    c.graphPadding = 3.5;
    return c;
}

StepModel modelOf(const Candidate& candidate, const Coefficients& c = standardCoefficients(),
                  bool greedy = true)
{
    return StepModel(candidate, sortingProfile(), StepOptions { greedy }, c);
}

double decode(const StepModel& model, double sequences, double context)
{
    return model.time({ .sequences = sequences, .context = context }).value();
}

} // namespace

class TestStepTime : public QObject
{
    Q_OBJECT

private slots:
    /** Worked example: Llama 3.1 8B on H100, 45.87 sequences of 699 tokens: terms in ms as published. */
    void publishedExampleDense()
    {
        Model model = denseModel();
        model.sampling.topPOrTopK = true;
        const Gpu gpu = hopper();
        const StepModel step = modelOf(candidateOf(model, gpu), publishedForm(), false);
        const StepBreakdown b = step.breakdown({ .sequences = 45.87, .context = 575 + 124 });
        COMPARE_NEAR(inMilliseconds(b.weights), 5.285, 2e-3);
        COMPARE_NEAR(inMilliseconds(b.compute), 1.070, 5e-3);
        COMPARE_NEAR(inMilliseconds(b.keyValueRead), 1.337, 3e-3);
        COMPARE_NEAR(inMilliseconds(b.layerOverhead), 0.794, 2e-3);
        COMPARE_NEAR(inMilliseconds(b.stepOverhead), 0.177, 1e-6);
        COMPARE_NEAR(inMilliseconds(b.sampler), 1.410, 3e-3);
        COMPARE_NEAR(inMilliseconds(b.total), 9.018, 3e-3);
        QCOMPARE(b.collectives.value(), 0.0);
    }

    /** Tokens that go to their experts alone cost each rank its share of what gathering all of them costs. */
    void dispatchIsCheaperThanGathering()
    {
        const Model model = expertModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        candidate.topology.pool.parallelism = { .data = 8, .expert = true };
        const StepBatch batch { .sequences = 2048, .context = 1000, .padding = 0 };
        const StepBreakdown gathered = modelOf(candidate).breakdown(batch);
        candidate.engine.expertExchange = ExpertExchange::Dispatch;
        const StepBreakdown sent = modelOf(candidate).breakdown(batch);
        const double imbalance = 1 + standardCoefficients().expertImbalance;
        COMPARE_NEAR(sent.expertTokens.value(), gathered.expertTokens.value() * imbalance / 8,
                     1e-9);
        COMPARE_NEAR(sent.weightsAndCompute.value(), gathered.weightsAndCompute.value(), 1e-9);
        // 256 tokens of a rank reach 7 (1 - (7/8)^2) others with 16 bit, and come back with as much.
        const Coefficients& c = standardCoefficients();
        const double bytes = 256 * 7 * (1 - 49.0 / 64) * 4096 * 4;
        COMPARE_NEAR(sent.collectives.value(),
                     32 * (2 * c.allToAllLatency + bytes / (c.linkEfficiency * 450e9)), 1e-6);
        // Beyond the NVLink domain the network carries most of it.
        candidate.topology.pool.parallelism.data = 16;
        const StepBreakdown wide = modelOf(candidate).breakdown(batch);
        QVERIFY(wide.collectives > sent.collectives);
        QVERIFY(wide.expertTokens < sent.expertTokens);
        // One rank has nobody to send to.
        candidate.topology.pool.parallelism = {};
        const double alone = decode(modelOf(candidate), 64, 1000);
        candidate.engine.expertExchange = ExpertExchange::Gather;
        QCOMPARE(alone, decode(modelOf(candidate), 64, 1000));
    }

    /** One scale per block costs every layer, one per channel nothing more. */
    void blockScalesCostTime()
    {
        Model model = denseModel();
        auto& quantization = model.architecture.quantization;
        quantization.activations = Precision::Fp8;
        const Gpu gpu = hopper();
        const double channels = decode(modelOf(candidateOf(model, gpu)), 16, 1000);
        quantization.squareBlocks = true;
        const double blocks = decode(modelOf(candidateOf(model, gpu)), 16, 1000);
        COMPARE_NEAR(blocks - channels, 32 * standardCoefficients().blockScaleLayerOverhead, 1e-6);
    }

    void breakdownAddsUp()
    {
        const Model model = expertModel();
        const Gpu gpu = hopper();
        const StepModel step = modelOf(candidateOf(model, gpu, 4));
        const StepBatch batch {
            .sequences = 30, .context = 900, .prefillTokens = 600, .prefillSequences = 1
        };
        const StepBreakdown b = step.breakdown(batch);
        const Seconds sum = b.weightsAndCompute + b.expertTokens + b.keyValueRead + b.layerOverhead
            + b.stepOverhead + b.collectives + b.sampler + b.pipeline;
        COMPARE_NEAR(b.total.value(), sum.value(), 1e-12);
        COMPARE_NEAR(b.total.value(), step.time(batch).value(), 1e-12);
        QVERIFY(b.weightsAndCompute >= std::max(b.weights, b.compute) * 0.999
                || b.weights > b.compute * 0.1);
        QVERIFY(b.weightsAndCompute <= b.weights + b.compute);
    }

    void expertsAreReadAsTheyAreTouched()
    {
        const Model model = expertModel();
        const Gpu gpu = hopper();
        Coefficients c = rooflineCoefficients();
        const StepModel step = modelOf(candidateOf(model, gpu), c);
        const auto weights = [&](double n) {
            return step.breakdown({ .sequences = n, .context = 1 }).weights.value();
        };
        const double all = weights(1e6);
        const double expert = 32 * 3.0 * 4096 * 14336 * 2 / 3.35e12;
        // One token touches two experts; n tokens leave one of eight alone with (3/4)^n.
        COMPARE_NEAR(all - weights(1), 6 * expert, 1e-6);
        COMPARE_NEAR(all - weights(8), 8 * expert * std::pow(0.75, 8), 1e-6);
        // Uneven popularity leaves more alone, but never fewer touched than one token's own.
        c.expertPopularityShape = 3;
        const StepModel uneven = modelOf(candidateOf(model, gpu), c);
        const double touched = uneven.breakdown({ .sequences = 8, .context = 1 }).weights.value();
        QVERIFY(touched < weights(8));
        COMPARE_NEAR(all - touched, 8 * expert * std::pow(1 + 8 * std::log(4.0 / 3) / 3, -3), 1e-6);
    }

    void keyValueBytes()
    {
        Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        const Coefficients c = rooflineCoefficients();
        const auto read = [&](double context) {
            return modelOf(candidate, c)
                .breakdown({ .sequences = 10, .context = context })
                .keyValueRead.value();
        };
        // 2 x 32 layers x 8 heads x 128 x 2 B = 128 KiB per token.
        COMPARE_NEAR(read(1000), 10 * 1000 * 131072 / 3.35e12, 1e-9);
        candidate.engine.keyValueCache = Precision::Fp8;
        COMPARE_NEAR(read(1000), 10 * 1000 * 65536 / 3.35e12, 1e-9);
        candidate.engine.keyValueCache.reset();
        // More ranks than KV heads: every rank keeps a whole one.
        candidate.topology.pool.parallelism.tensor = 8;
        const double eight = read(1000);
        candidate.topology.pool.parallelism.tensor = 16;
        COMPARE_NEAR(read(1000), eight, 1e-9);
        candidate.topology.pool.parallelism.tensor = 1;
        auto& mixer = model.architecture.groups[0].mixer;
        mixer.kind = MixerKind::SlidingWindow;
        mixer.window = 512;
        COMPARE_NEAR(read(5000), read(512), 1e-9);
        QVERIFY(read(512) > read(256));
        // The compressed vector of MLA is replicated; its arithmetic is split.
        mixer.kind = MixerKind::Mla;
        mixer.kvLoraRank = 512;
        mixer.ropeHeadDim = 64;
        COMPARE_NEAR(read(1000), 10 * 1000 * 32 * 576 * 2 / 3.35e12, 1e-9);
        mixer.kind = MixerKind::Recurrent;
        mixer.stateElements = 1 << 20;
        COMPARE_NEAR(read(100), read(100000), 1e-9);
        QVERIFY(read(100) > 0);
    }

    void prefillAttentionIsCausalAndCountsThePrefix()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        const StepModel step = modelOf(candidateOf(model, gpu), rooflineCoefficients());
        const auto attention = [&](double tokens, double prefix) {
            return step
                .breakdown(
                    { .prefillTokens = tokens, .prefillPrefix = prefix, .prefillSequences = 1 })
                .keyValueRead.value();
        };
        const double pair = 32 * 2.0 * 32 * 256 / 989e12;
        COMPARE_NEAR(attention(1000, 0), pair * 1000 * 1001 / 2, 1e-9);
        COMPARE_NEAR(attention(1000, 500), pair * (1000 * 1001 / 2 + 500 * 1000), 1e-9);
        // Two chunks cost what one prompt costs.
        COMPARE_NEAR(attention(500, 0) + attention(500, 500), attention(1000, 0), 1e-9);
    }

    void collectivesByLinkAndMessage()
    {
        const Model model = denseModel();
        Gpu gpu = hopper();
        const Coefficients& c = standardCoefficients();
        const auto time = [&](int ranks, double sequences) {
            return modelOf(candidateOf(model, gpu, ranks))
                .breakdown({ .sequences = sequences, .context = 10, .padding = 0 })
                .collectives.value();
        };
        // 64 one-shot all-reduces of n x 4096 x 2 B.
        const double message = 16 * 8192;
        COMPARE_NEAR(time(2, 16), 64 * (c.oneShotLatency + message / (c.linkEfficiency * 450e9)),
                     1e-9);
        // Large messages go in two shots.
        const double large = 2000 * 8192;
        COMPARE_NEAR(time(8, 2000),
                     64 * (c.twoShotLatency + 2 * 7 / 8.0 * large / (c.linkEfficiency * 450e9)),
                     1e-9);
        const double switched = time(4, 64);
        gpu.scaleUp = ScaleUpKind::Mesh;
        gpu.pairBandwidth = gigabytesPerSecond(64);
        QVERIFY2(time(2, 2000) > 5 * 64 * large / 450e9, "two GPUs of a mesh share one link");
        gpu.scaleUp = ScaleUpKind::Pcie;
        gpu.scaleUpBandwidth = BytesPerSecond();
        QVERIFY(time(4, 64) > 2 * switched);
        const double oneNode = time(8, 64);
        QVERIFY2(time(16, 64) > oneNode, "two nodes talk over the network");
        QCOMPARE(time(1, 64), 0.0);
    }

    void quantizedWeights()
    {
        Model model = denseModel();
        const Gpu gpu = hopper();
        const Coefficients c = rooflineCoefficients();
        const auto part = [&](auto member) {
            return (modelOf(candidateOf(model, gpu), c).breakdown({ .sequences = 64, .context = 1 })
                    .*member)
                .value();
        };
        const double head = 128256.0 * 4096 * 2;
        const double weights16 = part(&StepBreakdown::weights) * 3.35e12 - head;
        const double compute16 = part(&StepBreakdown::compute);
        auto& quantization = model.architecture.quantization;
        quantization.method = "fp8";
        quantization.activations = Precision::Fp8;
        for (const auto group : { ParameterGroup::Attention, ParameterGroup::DenseFfn })
            quantization.of(group) = { Precision::Fp8, 0 };
        COMPARE_NEAR(part(&StepBreakdown::weights) * 3.35e12 - head, weights16 / 2, 1e-9);
        QVERIFY(part(&StepBreakdown::compute) < 0.6 * compute16);
        // 4 bits with 16-bit activations: a quarter of the bytes and the scales, the old matrix rate.
        quantization.activations = Precision::Bf16;
        for (const auto group : { ParameterGroup::Attention, ParameterGroup::DenseFfn })
            quantization.of(group) = { Precision::Int4, 0.125 };
        COMPARE_NEAR(part(&StepBreakdown::weights) * 3.35e12 - head, weights16 * 4.125 / 16, 1e-9);
        COMPARE_NEAR(part(&StepBreakdown::compute), compute16, 1e-9);
    }

    void samplerFollowsDefaultsRequestAndVersion()
    {
        Model model = denseModel();
        const Gpu gpu = hopper();
        const Candidate candidate = candidateOf(model, gpu);
        EngineVersionProfile profile = sortingProfile();
        const auto sampler = [&](bool greedy) {
            return StepModel(candidate, profile, { greedy }, standardCoefficients())
                .breakdown({ .sequences = 50, .context = 100 })
                .sampler.value();
        };
        QCOMPARE(sampler(false), 0.0);
        model.sampling.topPOrTopK = true;
        const double sorting = sampler(false);
        QVERIFY(sorting > 0.5e-3);
        QCOMPARE(sampler(true), 0.0);
        profile.samplerSortsVocabulary = false;
        QVERIFY(sampler(false) < 0.3 * sorting);
    }

    void pipelineAndEager()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        const double one = decode(modelOf(candidate), 16, 500);
        candidate.topology.pool.parallelism.pipeline = 2;
        const StepModel two = modelOf(candidate);
        QVERIFY(two.breakdown({ .sequences = 16, .context = 500 }).pipeline.value() > 0);
        QVERIFY(decode(two, 16, 500) > 0.8 * one);
        candidate.topology.pool.parallelism.pipeline = 1;
        candidate.engine.enforceEager = true;
        QVERIFY(decode(modelOf(candidate), 1, 10)
                >= decode(modelOf(candidateOf(model, gpu)), 1, 10) * 0.95);
    }

    void schedulingBetweenStepsCostsTime()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        const Coefficients c = standardCoefficients();
        EngineVersionProfile profile = sortingProfile();
        const auto time = [&](double sequences) {
            return StepModel(candidateOf(model, gpu), profile, {}, c)
                .time({ .sequences = sequences, .context = 100 })
                .value();
        };
        const double few = time(4);
        const double many = time(64);
        profile.asynchronousScheduling = false;
        COMPARE_NEAR(time(4) - few, c.synchronousStepOverhead + 4 * c.synchronousSequenceOverhead,
                     1e-9);
        COMPARE_NEAR(time(64) - many,
                     c.synchronousStepOverhead + 64 * c.synchronousSequenceOverhead, 1e-9);
    }

    /** A prompt is computed by one rank while the others wait; several prompts are shared out. */
    void dataParallelRanksWaitForTheOneWithThePrompt()
    {
        const Model model = denseModel();
        const Gpu gpu = hopper();
        Candidate candidate = candidateOf(model, gpu);
        candidate.topology.pool.parallelism.data = 4;
        const StepModel step = modelOf(candidate);
        const auto prompts = [&](double count) {
            return step
                .time({ .sequences = 8,
                        .context = 100,
                        .prefillTokens = 1000 * count,
                        .prefillSequences = count })
                .value();
        };
        COMPARE_NEAR(prompts(4), prompts(1), 0.01);
        QVERIFY(prompts(8) > 1.5 * prompts(4));
    }

    /** 4-bit weights are read fast only where the GPU multiplies them as they are. */
    void unpackingLimitsFourBitWeights()
    {
        Model model = expertModel();
        model.architecture.quantization.method = "int4";
        model.architecture.quantization.of(ParameterGroup::RoutedExperts) = { Precision::Int4, 0 };
        Gpu gpu = hopper();
        Coefficients c = rooflineCoefficients();
        const auto weights = [&] {
            return modelOf(candidateOf(model, gpu), c)
                .breakdown({ .sequences = 1e6, .context = 1 })
                .weights.value();
        };
        const double unlimited = weights();
        c.unpackRate = 1e12; // below the bandwidth of 3.35e12
        const double experts = 32 * 8 * 3.0 * 4096 * 14336 / 2;
        COMPARE_NEAR(weights() - unlimited, experts / 1e12 - experts / 3.35e12, 1e-6);
        gpu.memoryBandwidth = gigabytesPerSecond(500);
        const double slow = weights();
        c.unpackRate = 0;
        COMPARE_NEAR(slow, weights(), 1e-9);
    }

    /** Ampere reads weights and multiplies one after the other, later generations at once. */
    void ampereDoesNotOverlap()
    {
        const Model model = denseModel();
        Gpu gpu = hopper();
        const auto breakdown = [&] {
            return modelOf(candidateOf(model, gpu)).breakdown({ .sequences = 100, .context = 10 });
        };
        const StepBreakdown overlapped = breakdown();
        QVERIFY(overlapped.weightsAndCompute < 0.9 * (overlapped.weights + overlapped.compute));
        gpu.architecture = "Ampere";
        const StepBreakdown serial = breakdown();
        COMPARE_NEAR(serial.weightsAndCompute.value(), (serial.weights + serial.compute).value(),
                     1e-9);
    }

    /** Routed copies of tokens pass through the memory of every rank, however thin the slices of the experts are. */
    void routedTokensAreMovedOnEveryRank()
    {
        const Model model = expertModel();
        const Gpu gpu = hopper();
        Coefficients c = rooflineCoefficients();
        c.expertTokenPasses = 10;
        const double expected = 32 * 10 * 2.0 * 4096 * 2 * 100 / 3.35e12;
        for (const int tensor : { 1, 4 }) {
            const StepModel step = modelOf(candidateOf(model, gpu, tensor), c);
            COMPARE_NEAR(step.breakdown({ .sequences = 100, .context = 1 }).expertTokens.value(),
                         expected, 1e-9);
        }
    }

    /** More work or a slower GPU never takes less time, whatever the configuration. */
    void monotonicOverRandomConfigurations()
    {
        std::mt19937 random(7);
        const auto uniform = [&](double low, double high) {
            return std::uniform_real_distribution<double>(low, high)(random);
        };
        for (int i = 0; i < 400; ++i) {
            const Model model = i % 2 == 0 ? denseModel() : expertModel();
            Gpu gpu = hopper();
            gpu.scaleUp = static_cast<ScaleUpKind>(i % 3);
            Candidate candidate = candidateOf(model, gpu, 1 << (i % 4));
            candidate.topology.pool.parallelism.data = i % 5 == 0 ? 2 : 1;
            candidate.topology.pool.parallelism.expert = i % 3 == 0;
            candidate.engine.enforceEager = i % 7 == 0;
            StepBatch batch { .sequences = uniform(0, 300), .context = uniform(1, 50000) };
            batch.prefillTokens = i % 4 == 0 ? uniform(1, 8192) : 0;
            batch.prefillSequences = batch.prefillTokens > 0 ? 1 : 0;
            const double base = modelOf(candidate).time(batch).value();
            QVERIFY(std::isfinite(base) && base > 0);
            StepBatch more = batch;
            more.sequences *= 1.1;
            QVERIFY(modelOf(candidate).time(more).value() >= base * (1 - 1e-12));
            more = batch;
            more.context *= 1.5;
            QVERIFY(modelOf(candidate).time(more).value() >= base * (1 - 1e-12));
            more = batch;
            more.prefillTokens += 100;
            more.prefillSequences = 1;
            QVERIFY(modelOf(candidate).time(more).value() >= base * (1 - 1e-12));
            Gpu faster = gpu;
            faster.memoryBandwidth *= 1.3;
            faster.bf16 *= 1.2;
            faster.pairBandwidth *= 1.5;
            faster.scaleUpBandwidth *= 1.5;
            faster.pcieBandwidth *= 1.5;
            candidate.gpu = &faster;
            QVERIFY(modelOf(candidate).time(batch).value() <= base * (1 + 1e-12));
        }
    }
};

QTEST_APPLESS_MAIN(TestStepTime)
#include "tst_steptime.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/catalog.h>
#include <core/memory/memorymodel.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace llmd;

namespace {

const Catalog& catalog()
{
    static const auto loaded = loadCatalog();
    return *loaded->value;
}

/** A candidate on H100 as the start-up measurements ran it. */
Candidate candidateOf(const char* model, int tensor = 1, const char* gpu = "H100")
{
    Candidate candidate;
    candidate.model = catalog().findModel(model);
    candidate.gpu = catalog().findGpu(gpu);
    candidate.topology.pool.parallelism.tensor = tensor;
    candidate.engine.maxModelLen = 8192;
    candidate.engine.maxNumSeqs = 1024;
    candidate.engine.maxNumBatchedTokens = 8192;
    candidate.engine.gpuMemoryUtilization = 0.95;
    return candidate;
}

const EngineVersionProfile& profileOf(int minor)
{
    return catalog().engineVersion({ 0, minor, 0 });
}

CacheLayout layoutOf(const Candidate& candidate)
{
    const int stages = candidate.topology.pool.parallelism.pipeline;
    return cacheLayout(candidate, pipelineStage(candidate.model->architecture, stages, 0));
}

bool sameFigures(const MemoryLedger& a, const MemoryLedger& b)
{
    return a.usable == b.usable && a.budget == b.budget && a.weights == b.weights
        && a.activation == b.activation && a.nonTorch == b.nonTorch && a.cudaGraphs == b.cudaGraphs
        && a.kvCache == b.kvCache && a.kvCacheTokens == b.kvCacheTokens
        && a.kvBytesPerToken == b.kvBytesPerToken && a.kvBytesPerSequence == b.kvBytesPerSequence
        && a.kvBlocks == b.kvBlocks && a.maxConcurrency == b.maxConcurrency && a.fits == b.fits
        && a.shortfall == b.shortfall;
}

} // namespace

class TestMemoryModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
    }

    void cacheBytesPerToken_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<bool>("fp8");
        QTest::addColumn<double>("bytes");
        // 2 x layers x KV heads per rank x head size x bytes of the cache's type
        QTest::newRow("GQA") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << false << 131072.0;
        QTest::newRow("GQA TP8") << "meta-llama/Llama-3.1-70B-Instruct" << 8 << false << 40960.0;
        QTest::newRow("heads repeated")
            << "meta-llama/Llama-3.1-70B-Instruct" << 16 << false << 40960.0;
        QTest::newRow("FP8 halves") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << true << 65536.0;
        QTest::newRow("MHA") << "meta-llama/Llama-2-7b-hf" << 1 << false << 524288.0;
        // Layers x (latent + rotary key) x 2 B, measured 31 104 B; the same on every rank.
        QTest::newRow("MLA") << "deepseek-ai/DeepSeek-V2-Lite-Chat" << 1 << false << 31104.0;
        QTest::newRow("MLA TP4") << "deepseek-ai/DeepSeek-V2-Lite-Chat" << 4 << false << 31104.0;
        // The cache's type is not the weights' (MXFP4): 18 layers with full attention in 16 bit.
        QTest::newRow("MXFP4 weights") << "openai/gpt-oss-120b" << 1 << false << 36864.0;
    }
    void cacheBytesPerToken()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(bool, fp8);
        QFETCH(double, bytes);
        Candidate candidate = candidateOf(model.toUtf8().constData(), tensor);
        QVERIFY(candidate.model != nullptr);
        if (fp8)
            candidate.engine.keyValueCache = Precision::Fp8;
        COMPARE_NEAR(memoryFigures(candidate, profileOf(19)).kvBytesPerToken.value(), bytes, 1e-12);
    }

    /** Blocks, tokens and concurrency that vLLM 0.19.0 logged for pools of a given size (public start-up logs). */
    void hybridCachesAreGroupedAsVllmDoes_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<double>("poolGib");
        QTest::addColumn<double>("blocks");
        QTest::addColumn<double>("tokens");
        QTest::addColumn<double>("concurrency");
        QTest::newRow("gemma-2-27b")
            << "google/gemma-2-27b-it" << 20.59 << 7335.0 << 58672.0 << 7.16;
        QTest::newRow("gemma-2-2b")
            << "google/gemma-2-2b-it" << 66.47 << 83770.0 << 670160.0 << 81.73;
        QTest::newRow("gemma-3-12b")
            << "google/gemma-3-12b-it" << 47.72 << 48867.0 << 130304.0 << 15.88;
        QTest::newRow("gemma-3-4b")
            << "google/gemma-3-4b-it" << 62.51 << 204817.0 << 468144.0 << 57.05;
        QTest::newRow("full attention") << "microsoft/phi-2" << 69.0 << 14132.0 << 226112.0 << 27.6;
        QTest::newRow("MLA") << "deepseek-ai/DeepSeek-V2-Lite-Chat" << 43.61 << 94097.0 << 1505552.0
                             << 183.78;
    }
    void hybridCachesAreGroupedAsVllmDoes()
    {
        QFETCH(QString, model);
        QFETCH(double, poolGib);
        QFETCH(double, blocks);
        QFETCH(double, tokens);
        QFETCH(double, concurrency);
        const Candidate candidate = candidateOf(model.toUtf8().constData());
        QVERIFY(candidate.model != nullptr);
        const CacheLayout layout = layoutOf(candidate);
        // The logged pool is rounded to 0.01 GiB, so the block count has an error of that size.
        const double rounding = 0.006 / poolGib + 1 / blocks;
        COMPARE_NEAR(std::floor(gibibytes(poolGib).value() / layout.blockBytes), blocks, rounding);
        COMPARE_NEAR(layout.tokens(blocks), tokens, 1e-12);
        COMPARE_NEAR(blocks / layout.blocksPerSequence(8192, 8192), concurrency,
                     0.005 / concurrency + 1e-4);
    }

    void weightsOfARank_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<double>("gib");
        // Logged by vLLM 0.19.0.
        QTest::newRow("dense") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << 14.99;
        QTest::newRow("dense TP4") << "meta-llama/Llama-3.1-8B-Instruct" << 4 << 3.77;
        QTest::newRow("tied") << "google/gemma-7b" << 1 << 15.91;
        QTest::newRow("MoE TP2") << "mistralai/Mixtral-8x7B-Instruct-v0.1" << 2 << 43.51;
        QTest::newRow("MLA") << "deepseek-ai/DeepSeek-V2-Lite-Chat" << 1 << 29.43;
        QTest::newRow("FP8 TP2") << "RedHatAI/Llama-3.3-70B-Instruct-fp8-dynamic" << 2 << 33.88;
        QTest::newRow("4 bit packed")
            << "RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16" << 1 << 5.38;
    }
    void weightsOfARank()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(double, gib);
        const Candidate candidate = candidateOf(model.toUtf8().constData(), tensor);
        QVERIFY(candidate.model != nullptr);
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(19)).weights), gib, 0.006);
    }

    void typesChangeWeightsAndCache()
    {
        Candidate candidate = candidateOf("meta-llama/Llama-3.1-8B-Instruct");
        const MemoryLedger before = memoryFigures(candidate, profileOf(19));
        Model model = *candidate.model;
        model.architecture = withDtype(candidate.model->architecture, Precision::Fp32);
        candidate.model = &model;
        const MemoryLedger wide = memoryFigures(candidate, profileOf(19));
        COMPARE_NEAR(wide.weights / before.weights, 2.0, 1e-6);
        COMPARE_NEAR(wide.kvBytesPerToken / before.kvBytesPerToken, 2.0, 1e-12);
        COMPARE_NEAR(inGibibytes(wide.activation), 2.21, 0.01);
        model.architecture =
            quantizedAtLoad(catalog().findModel(model.id)->architecture, Precision::Fp8);
        const MemoryLedger fp8 = memoryFigures(candidate, profileOf(19));
        COMPARE_NEAR(inGibibytes(fp8.weights), 8.49, 0.005);
        QCOMPARE(fp8.kvBytesPerToken.value(), before.kvBytesPerToken.value());
    }

    /** The peak follows the sampler, the widest layer or the expert buffers; logged by vLLM 0.19.0. */
    void activationPeaks_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<double>("gib");
        QTest::newRow("sampler") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << 1.89;
        QTest::newRow("sampler TP4") << "meta-llama/Llama-3.1-8B-Instruct" << 4 << 1.89;
        QTest::newRow("large vocabulary") << "google/gemma-7b" << 1 << 3.63;
        QTest::newRow("layer") << "codellama/CodeLlama-7b-hf" << 1 << 0.77;
        QTest::newRow("layer, 8B") << "ibm-granite/granite-3.3-8b-instruct" << 1 << 0.85;
        QTest::newRow("no gate") << "microsoft/phi-2" << 1 << 0.79;
        QTest::newRow("experts") << "Qwen/Qwen1.5-MoE-A2.7B" << 1 << 2.47;
        QTest::newRow("experts, MLA") << "deepseek-ai/DeepSeek-V2-Lite-Chat" << 1 << 1.93;
        QTest::newRow("experts TP2") << "mistralai/Mixtral-8x7B-Instruct-v0.1" << 2 << 1.21;
    }
    void activationPeaks()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(double, gib);
        const Candidate candidate = candidateOf(model.toUtf8().constData(), tensor);
        QVERIFY(candidate.model != nullptr);
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(19)).activation), gib, 0.012);
    }

    void versionsDiffer()
    {
        Candidate candidate = candidateOf("Qwen/Qwen3-14B");
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(15)).activation), 5.64, 0.01);
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(17)).activation), 2.23, 0.01);
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(17)).nonTorch), 0.13, 1e-9);
        COMPARE_NEAR(inGibibytes(memoryFigures(candidate, profileOf(18)).nonTorch), 0.25, 1e-9);
        const MemoryLedger outside = memoryFigures(candidate, profileOf(20));
        const MemoryLedger inside = memoryFigures(candidate, profileOf(21));
        QCOMPARE(inside.cudaGraphs.value(), outside.cudaGraphs.value());
        QVERIFY(std::abs((outside.kvCache - inside.kvCache - inside.cudaGraphs).value()) < 1);
    }

    /** KV pools of the public latency runs: vLLM 0.15.1, 128 sequences, 2048 batched tokens, utilization 0.9. */
    void poolsOfOlderVersion_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<double>("tokens");
        QTest::newRow("7B") << "meta-llama/Llama-2-7b-hf" << 1 << 119408.0;
        QTest::newRow("70B") << "meta-llama/Llama-2-70b-hf" << 4 << 501712.0;
        QTest::newRow("MoE") << "mistralai/Mixtral-8x7B-v0.1" << 2 << 440176.0;
        QTest::newRow("34B") << "codellama/CodeLlama-34b-Instruct-hf" << 2 << 425648.0;
    }
    void poolsOfOlderVersion()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(double, tokens);
        Candidate candidate = candidateOf(model.toUtf8().constData(), tensor);
        QVERIFY(candidate.model != nullptr);
        candidate.engine.maxNumSeqs = 128;
        candidate.engine.maxNumBatchedTokens = 2048;
        candidate.engine.maxModelLen = 4096;
        candidate.engine.gpuMemoryUtilization = 0.9;
        COMPARE_NEAR(memoryFigures(candidate, profileOf(15)).kvCacheTokens, tokens, 0.005);
    }

    void pipelineStagesAreUnequal()
    {
        ModelArchitecture architecture;
        architecture.layerOrder.assign(62, 0);
        const std::array expected { 15, 16, 16, 15 };
        int first = 0;
        for (int i = 0; i < 4; ++i) {
            const PipelineStage stage = pipelineStage(architecture, 4, i);
            QCOMPARE(stage.layers, expected[static_cast<std::size_t>(i)]);
            QCOMPARE(stage.firstLayer, first);
            first += stage.layers;
        }
        QCOMPARE(first, 62);

        Candidate candidate = candidateOf("meta-llama/Llama-3.1-8B-Instruct");
        candidate.topology.pool.parallelism.pipeline = 4;
        const auto& model = candidate.model->architecture;
        const auto weights = [&](int stage) {
            return rankWeights(model, candidate.topology.pool.parallelism,
                               pipelineStage(model, 4, stage));
        };
        const auto at = [](const RankWeights& rank, ParameterGroup group) {
            return rank.bytes[static_cast<std::size_t>(group)];
        };
        QVERIFY(at(weights(0), ParameterGroup::Embedding) > 0);
        QCOMPARE(at(weights(1), ParameterGroup::Embedding), 0.0);
        QCOMPARE(at(weights(2), ParameterGroup::LmHead), 0.0);
        QVERIFY(at(weights(3), ParameterGroup::LmHead) > 0);
        QVERIFY(weights(1).total() < weights(0).total());
        // The last stage samples, so it bounds the pool: logged 2 257 264 tokens.
        QCOMPARE(tightestStage(candidate, profileOf(19)).index, 3);
        COMPARE_NEAR(memoryFigures(candidate, profileOf(19)).kvCacheTokens, 2257264.0, 0.001);
    }

    /** Blocks belong to the replica, not to each of its GPUs. */
    void tokensAreNotCountedPerGpu()
    {
        const MemoryLedger ledger =
            memoryFigures(candidateOf("meta-llama/Llama-3.1-8B-Instruct", 4), profileOf(19));
        COMPARE_NEAR(ledger.kvCacheTokens, 2209792.0, 0.001);
        QCOMPARE(ledger.kvCacheTokens, ledger.kvBlocks * 16);
        COMPARE_NEAR(ledger.maxConcurrency, 269.75, 0.001);
    }

    void expertParallelismDividesExpertsOnly()
    {
        Candidate candidate = candidateOf("deepseek-ai/DeepSeek-V3", 1);
        candidate.topology.pool.parallelism = { 1, 1, 8, true };
        const ModelArchitecture& model = candidate.model->architecture;
        const auto of = [&](const Parallelism& parallelism, ParameterGroup group) {
            return rankWeights(model, parallelism, pipelineStage(model, 1, 0))
                .bytes[static_cast<std::size_t>(group)];
        };
        const Parallelism spread = candidate.topology.pool.parallelism;
        const Parallelism single { 1, 1, 1, false };
        COMPARE_NEAR(of(spread, ParameterGroup::RoutedExperts) * 8,
                     of(single, ParameterGroup::RoutedExperts), 1e-12);
        QCOMPARE(of(spread, ParameterGroup::Attention), of(single, ParameterGroup::Attention));
        QCOMPARE(of(spread, ParameterGroup::SharedExperts),
                 of(single, ParameterGroup::SharedExperts));
        // 256 experts on 3 ranks: the fullest holds 86.
        const Parallelism uneven { 1, 1, 3, true };
        COMPARE_NEAR(of(uneven, ParameterGroup::RoutedExperts),
                     of(single, ParameterGroup::RoutedExperts) * 86 / 256, 1e-12);
        // MLA: the down-projections are on every rank, so TP8 leaves more than an eighth.
        const double whole = of(single, ParameterGroup::Attention);
        const double eighth = of({ 8, 1, 1, false }, ParameterGroup::Attention);
        QVERIFY(eighth > whole / 8 * 1.3);
        QVERIFY(eighth < whole / 8 * 2.5);
    }

    void replicatedRanksAddUp()
    {
        Candidate candidate = candidateOf("deepseek-ai/DeepSeek-V2-Lite-Chat");
        const double single = memoryFigures(candidate, profileOf(19)).kvCacheTokens;
        candidate.topology.pool.parallelism = { 1, 1, 2, true };
        const MemoryLedger both = memoryFigures(candidate, profileOf(19));
        QVERIFY(both.kvCacheTokens > 2 * single); // half of the experts makes room
        QCOMPARE(both.kvCacheTokens, 2 * both.kvBlocks * 16);
    }

    /** The figures and the ledger with text are the same for all of the catalog; nothing is NaN or negative. */
    void figuresEqualLedger()
    {
        int checked = 0;
        for (const Model& model : catalog().models) {
            for (const char* gpu : { "H100", "L4", "MI300X" }) {
                for (const Parallelism parallelism :
                     { Parallelism { 1, 1, 1, false }, { 8, 1, 1, false }, { 2, 3, 1, false } }) {
                    Candidate candidate = candidateOf(model.id.c_str(), 1, gpu);
                    candidate.topology.pool.parallelism = parallelism;
                    const auto ledger = memoryLedger(candidate, profileOf(26));
                    if (!ledger)
                        continue;
                    ++checked;
                    QVERIFY2(sameFigures(*ledger, memoryFigures(candidate, profileOf(26))),
                             model.id.c_str());
                    QVERIFY2(ledger->fits == ledger->remedy.empty(), model.id.c_str());
                    for (const MemoryTerm& term : ledger->terms) {
                        QVERIFY2(std::isfinite(term.bytes.value()) && term.bytes >= Bytes(),
                                 model.id.c_str());
                        QVERIFY2(!term.derivation.empty(), term.id.c_str());
                    }
                    QVERIFY(std::isfinite(ledger->shortfall.value()));
                    QVERIFY(std::isfinite(ledger->kvCacheTokens) && ledger->kvCacheTokens >= 0);
                }
            }
        }
        QVERIFY(checked > 500);
    }

    void moreMemoryIsNeverWorse()
    {
        for (const char* name : { "meta-llama/Llama-3.1-70B-Instruct", "google/gemma-3-12b-it",
                                  "deepseek-ai/DeepSeek-V2-Lite-Chat", "openai/gpt-oss-120b",
                                  "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16" }) {
            Candidate candidate = candidateOf(name);
            QVERIFY2(candidate.model != nullptr, name);
            Gpu gpu = *candidate.gpu;
            candidate.gpu = &gpu;
            double tokens = -1;
            bool fits = false;
            Bytes shortfall(1e300);
            for (double gib = 8; gib < 400; gib += 3.5) {
                gpu.usableMemory = gibibytes(gib);
                const MemoryLedger ledger = memoryFigures(candidate, profileOf(26));
                QVERIFY(ledger.kvCacheTokens >= tokens);
                QVERIFY(ledger.fits || !fits);
                QVERIFY(ledger.shortfall < shortfall);
                tokens = ledger.kvCacheTokens;
                fits = ledger.fits;
                shortfall = ledger.shortfall;
            }
            QVERIFY(fits);
        }
    }

    void settingsMoveTheLedgerTheRightWay()
    {
        const Candidate base = candidateOf("google/gemma-2-27b-it", 2);
        const MemoryLedger before = memoryFigures(base, profileOf(19));
        const auto with = [&](auto change) {
            Candidate changed = base;
            change(changed);
            return memoryFigures(changed, profileOf(19));
        };
        QVERIFY(with([](Candidate& c) { c.engine.gpuMemoryUtilization = 0.9; }).kvCacheTokens
                < before.kvCacheTokens);
        QVERIFY(with([](Candidate& c) { c.engine.maxNumSeqs = 256; }).activation
                < before.activation);
        QVERIFY(with([](Candidate& c) { c.engine.maxNumSeqs = 256; }).cudaGraphs
                < before.cudaGraphs);
        QVERIFY(with([](Candidate& c) { c.engine.maxModelLen = 4096; }).maxConcurrency
                > before.maxConcurrency);
        QVERIFY(with([](Candidate& c) { c.topology.pool.parallelism.tensor = 4; }).weights
                < before.weights);
        QCOMPARE(with([](Candidate& c) { c.engine.enforceEager = true; }).cudaGraphs.value(), 0.0);
        const MemoryLedger fp8 =
            with([](Candidate& c) { c.engine.keyValueCache = Precision::Fp8; });
        QCOMPARE(fp8.kvCache.value(), before.kvCache.value());
        COMPARE_NEAR(fp8.kvCacheTokens, 2 * before.kvCacheTokens, 0.001);
        // The replica count says nothing about one replica.
        QVERIFY(sameFigures(with([](Candidate& c) { c.topology.pool.replicas = 7; }), before));
    }

    void sequencesTakeWhatTheyUse()
    {
        const Candidate window = candidateOf("google/gemma-3-12b-it");
        const Candidate full = candidateOf("meta-llama/Llama-3.1-8B-Instruct");
        const Candidate state = candidateOf("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16");
        for (const Candidate& candidate : { window, full, state }) {
            Bytes last;
            for (double tokens = 1; tokens < 200000; tokens *= 1.7) {
                const Bytes bytes = keyValueBytes(candidate, tokens);
                QVERIFY(bytes >= last);
                last = bytes;
            }
        }
        QCOMPARE(keyValueBytes(full, 1600).value(), 1600.0 * 131072);
        // Beyond the window only the layers with full attention grow: 8 of 48.
        const Bytes growth = keyValueBytes(window, 64000) - keyValueBytes(window, 32000);
        QCOMPARE(growth.value(), 32000.0 * 8 * 8192);
        // A recurrent state is there from the first token.
        QVERIFY(keyValueBytes(state, 1) > gibibytes(0.01));
    }

    void shortfallIsSignedAndExplained()
    {
        const auto spare =
            memoryLedger(candidateOf("meta-llama/Llama-3.1-8B-Instruct"), profileOf(19));
        VERIFY_OK(spare);
        QVERIFY(spare->fits && spare->shortfall < Bytes() && spare->remedy.empty());

        // 131 GiB of weights on a card of 79 GiB.
        const auto large =
            memoryLedger(candidateOf("meta-llama/Llama-3.1-70B-Instruct"), profileOf(19));
        VERIFY_OK(large);
        QVERIFY(!large->fits && large->shortfall > gibibytes(50));
        QCOMPARE(large->kvCacheTokens, 0.0);
        QVERIFY2(large->remedy.find("use TP2") != std::string::npos, large->remedy.c_str());

        // Too little for one long sequence: each advice, followed, makes it fit.
        Candidate longContext = candidateOf("Qwen/Qwen2.5-72B-Instruct", 2);
        longContext.engine.gpuMemoryUtilization = 0.92;
        longContext.engine.maxModelLen = 18000;
        const auto ledger = memoryLedger(longContext, profileOf(19));
        VERIFY_OK(ledger);
        QVERIFY(!ledger->fits);
        const std::string raise = "raise gpu_memory_utilization from 0.92 to ";
        const auto at = ledger->remedy.find(raise);
        QVERIFY2(at != std::string::npos, ledger->remedy.c_str());
        longContext.engine.gpuMemoryUtilization =
            std::stod(ledger->remedy.substr(at + raise.size(), 4));
        QVERIFY(memoryFigures(longContext, profileOf(19)).fits);
        longContext.engine.gpuMemoryUtilization -= 0.01;
        QVERIFY(!memoryFigures(longContext, profileOf(19)).fits);
    }

    /** Graphs outside the budget have to fit into what utilization leaves: they killed runs at high shares. */
    void graphsOutsideTheBudgetMustFit()
    {
        Candidate candidate = candidateOf("meta-llama/Llama-3.1-8B-Instruct");
        candidate.engine.gpuMemoryUtilization = 0.995;
        const auto outside = memoryLedger(candidate, profileOf(19));
        VERIFY_OK(outside);
        QVERIFY(!outside->fits);
        QVERIFY2(outside->remedy.find("lower gpu_memory_utilization from 0.995 to 0.9")
                     != std::string::npos,
                 outside->remedy.c_str());
        const auto inside = memoryLedger(candidate, profileOf(26));
        VERIFY_OK(inside);
        QVERIFY(inside->fits);
        candidate.engine.enforceEager = true;
        const auto eager = memoryLedger(candidate, profileOf(19));
        VERIFY_OK(eager);
        QVERIFY(eager->fits);
    }

    void unfitForAnyNodeNamesTheMemoryNeeded()
    {
        Candidate candidate = candidateOf("deepseek-ai/DeepSeek-V3", 1, "T4");
        const auto ledger = memoryLedger(candidate, profileOf(19));
        VERIFY_OK(ledger);
        QVERIFY(!ledger->fits);
        QVERIFY2(ledger->remedy.find("GiB of usable memory") != std::string::npos,
                 ledger->remedy.c_str());
    }

    void termsAddUpToTheCard()
    {
        for (const int minor : { 15, 19, 26 }) {
            const auto ledger =
                memoryLedger(candidateOf("meta-llama/Llama-3.1-8B-Instruct", 2), profileOf(minor));
            VERIFY_OK(ledger);
            Bytes sum;
            for (const MemoryTerm& term : ledger->terms)
                sum += term.bytes;
            COMPARE_NEAR(sum.value(), ledger->usable.value(), 1e-9);
            QCOMPARE(ledger->terms.size(), std::size_t(6));
            QVERIFY(ledger->versionProfile.find("vLLM") != std::string::npos);
        }
    }

    void badCandidatesAreRefused()
    {
        const Candidate good = candidateOf("Qwen/Qwen3-14B");
        const auto refused = [&](auto change, const char* part) {
            Candidate bad = good;
            change(bad);
            const auto result = memoryLedger(bad, profileOf(19));
            return !result.has_value() && result.error().detail.find(part) != std::string::npos;
        };
        QVERIFY(refused([](Candidate& c) { c.model = nullptr; }, "needs a model"));
        QVERIFY(refused([](Candidate& c) { c.topology.pool.parallelism.tensor = 5; },
                        "tensor parallel size 5"));
        QVERIFY(
            refused([](Candidate& c) { c.topology.pool.parallelism.tensor = 0; }, "at least 1"));
        QVERIFY(
            refused([](Candidate& c) { c.topology.pool.parallelism.pipeline = 41; }, "40 layers"));
        QVERIFY(
            refused([](Candidate& c) { c.topology.pool.parallelism.expert = true; }, "no experts"));
        QVERIFY(refused([](Candidate& c) { c.topology.pool.parallelism.data = 2; }, "replicas"));
        QVERIFY(refused([](Candidate& c) { c.engine.gpuMemoryUtilization = std::nan(""); },
                        "gpu_memory_utilization"));
        QVERIFY(refused([](Candidate& c) { c.engine.gpuMemoryUtilization = 1.01; },
                        "gpu_memory_utilization"));
        QVERIFY(refused([](Candidate& c) { c.engine.maxModelLen = 0; }, "max_model_len"));
        QVERIFY(refused([](Candidate& c) { c.engine.maxNumSeqs = -1; }, "max_num_seqs"));
        QVERIFY(refused([](Candidate& c) { c.engine.blockSize = 0; }, "block_size"));
    }
};

QTEST_APPLESS_MAIN(TestMemoryModel)
#include "tst_memorymodel.moc"

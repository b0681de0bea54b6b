// SPDX-License-Identifier: Apache-2.0
#include <core/search/space.h>
#include <core/search/spaceyaml.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <set>

using namespace llmd;

namespace {

constexpr const char* sample = R"(
tensor_parallel: [1, 2]
pipeline_parallel: 1
data_parallel: [1, 8]
expert_parallel: true
max_num_seqs: [64, 256]
max_num_batched_tokens: [8192]
gpu_memory_utilization: [0.9, 0.95]
block_size: 64
kv_cache_dtype: [auto, fp8]
prefix_caching: [true]
speculative: [none, mtp, draft=meta-llama/Llama-3.2-1B-Instruct]
speculative_tokens: [1, 3]
kv_offload_cpu: [0, 64GiB]
lora: {adapters: 8, rank: 32, targets: attention}
quantize_at_load: false
disaggregated: [false]
)";

} // namespace

class TestSpaceYaml : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void readsEveryKey()
    {
        const auto read = readSpaceText(sample, "space.yaml", *m_catalog);
        VERIFY_OK(read);
        QVERIFY(read->issues.empty());
        const SearchSpace& space = read->value;
        QCOMPARE(space.tensorParallel, (std::vector<int> { 1, 2 }));
        QCOMPARE(space.pipelineParallel, std::vector<int> { 1 });
        QCOMPARE(space.dataParallel, (std::vector<int> { 1, 8 }));
        QCOMPARE(space.expertParallel, std::optional(true));
        QVERIFY(!space.quantizeAtLoad);
        QVERIFY(space.aggregated && !space.disaggregated);
        QCOMPARE(space.gpuMemoryUtilization, (std::vector<double> { 0.9, 0.95 }));
        QCOMPARE(space.blockSize, std::vector<int> { 64 });
        QCOMPARE(space.keyValueCache.size(), std::size_t(2));
        QVERIFY(!space.keyValueCache[0] && space.keyValueCache[1] == Precision::Fp8);
        QCOMPARE(space.speculative.size(), std::size_t(1 + 2 * 2));
        QVERIFY(!space.speculative.front());
        QCOMPARE(space.speculative.back()->draft, space.drafts.front().get());
        QCOMPARE(space.offload.size(), std::size_t(2));
        QVERIFY(space.offload[1].cpu == gibibytes(64));
        QCOMPARE(space.lora->slotCount, 8);
        QVERIFY(space.lora->targets == LoraTargets::Attention);
    }

    void whatIsNotSaidStays()
    {
        const auto read = readSpaceText("max_num_seqs: [32]", "x", *m_catalog);
        VERIFY_OK(read);
        SearchSpace expected;
        expected.maxNumSeqs = { 32 };
        QVERIFY(read->value == expected);
        const auto nothing = readSpaceText("  \n", "x", *m_catalog);
        VERIFY_OK(nothing);
        QVERIFY(nothing->value == SearchSpace {});
        // A second document changes what the first one says.
        const auto two = readSpaceText(
            "max_num_seqs: [32]\ntensor_parallel: [2]\n---\nmax_num_seqs: 64", "x", *m_catalog);
        VERIFY_OK(two);
        QCOMPARE(two->value.maxNumSeqs, std::vector<int> { 64 });
        QCOMPARE(two->value.tensorParallel, std::vector<int> { 2 });
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("no mapping") << "- 1"
                                    << "mapping";
        QTest::newRow("zero") << "tensor_parallel: [0]"
                              << "whole number";
        QTest::newRow("too large") << "block_size: 100000"
                                   << "whole number";
        QTest::newRow("share") << "gpu_memory_utilization: [1.2]"
                               << "up to 1";
        QTest::newRow("type") << "kv_cache_dtype: [fp4]"
                              << "fp8";
        QTest::newRow("method") << "speculative: [medusa]"
                                << "no way to speculate";
        QTest::newRow("draft") << "speculative: [draft=nobody/nothing]"
                               << "nobody/nothing";
        QTest::newRow("size") << "kv_offload_cpu: [lots]"
                              << "lots";
        QTest::newRow("flag") << "prefix_caching: [maybe]"
                              << "true";
        QTest::newRow("two rates") << "speculative: mtp\nacceptance: [0.5, 0.6]"
                                   << "one value";
        QTest::newRow("lora") << "lora: 8"
                              << "adapters";
        QTest::newRow("targets") << "lora: {targets: all}"
                                 << "attention";
        QTest::newRow("syntax") << "tensor_parallel: [1"
                                << "";
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto read = readSpaceText(text.toStdString(), "space.yaml", *m_catalog);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(describe(read.error())).contains(part),
                 describe(read.error()).c_str());
    }

    void unknownKeysAreToldAbout()
    {
        const auto read = readSpaceText("tensor_paralel: [1]", "space.yaml", *m_catalog);
        VERIFY_OK(read);
        QCOMPARE(read->issues.size(), std::size_t(1));
    }

    void statedAcceptanceIsNoPrior()
    {
        const auto read =
            readSpaceText("speculative: [mtp]\nacceptance: 0.6", "space.yaml", *m_catalog);
        VERIFY_OK(read);
        QVERIFY(read->value.speculative.front()->stated);
        QCOMPARE(read->value.speculative.front()->acceptance, 0.6);
    }

    void damagedFilesAreRefusedOrRead()
    {
        testing::Mutator mutator({ sample },
                                 { "[", "]", "{", "draft=", "none", "-1", "1e999", "\"", "&a", "*a",
                                   "~", "64GiB", "\n---\n" });
        int good = 0;
        for (int i = 0; i < 3000; ++i) {
            const auto read = readSpaceText(mutator.next(), "space.yaml", *m_catalog);
            if (!read)
                continue;
            ++good;
            for (const int value : read->value.tensorParallel)
                QVERIFY(value >= 1);
        }
        QVERIFY(good > 0 && good < 3000);
    }

    /** Every combination has a name of its own, and those that compare stand together. */
    void spelledOut()
    {
        const auto read = readSpaceText(sample, "space.yaml", *m_catalog);
        VERIFY_OK(read);
        SearchProblem problem;
        problem.space = read->value;
        problem.requirements.models = { "Qwen/Qwen3-30B-A3B" };
        problem.requirements.gpusIncluded = { "h100_sxm" };
        const auto space = SpelledSpace::make(problem, *m_catalog);
        VERIFY_OK(space);
        QCOMPARE(space->settings().size(), std::size_t(2 * 2 * 5 * 2));
        // 2 x 1 x 2 shapes, of which only TP1 has nothing to spread experts over.
        QCOMPARE(space->shapes().size(), std::size_t(4 + 3));
        std::set<std::string> ids;
        std::set<std::pair<std::optional<Precision>, std::string>> groups;
        std::size_t changes = 0;
        const EngineSettings plain;
        for (std::size_t i = 0; i < space->settings().size(); ++i) {
            const SettingsVariant& variant = space->settings()[i];
            Candidate candidate;
            variant.applyTo(candidate.engine);
            ids.insert(optionId("x", candidate, plain));
            groups.insert(
                { variant.keyValueCache, variant.speculative ? variant.speculative->label() : "" });
            changes += i == 0 || !variant.comparable(space->settings()[i - 1]);
        }
        QCOMPARE(ids.size(), space->settings().size());
        QCOMPARE(groups.size(), changes);
    }

    /** The usual space has the names that projects and scripts know. */
    void usualIdsStay()
    {
        Candidate candidate;
        candidate.topology.pool.parallelism.tensor = 2;
        candidate.engine.maxNumBatchedTokens = 2048;
        QCOMPARE(optionId("llama-3.1-8b-instruct.h100_sxm", candidate, EngineSettings()),
                 std::string("llama-3.1-8b-instruct.h100_sxm.tp2.s256.b2048"));
    }

private:
    std::shared_ptr<const Catalog> m_catalog;
};

QTEST_APPLESS_MAIN(TestSpaceYaml)
#include "tst_spaceyaml.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/candidate/speculationtext.h>
#include <core/search/search.h>
#include <tests/core/search/exhaustivesearch.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <random>

using namespace llmd;

namespace {

template <class T> T pick(std::mt19937& random, std::vector<T> values)
{
    return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random)];
}

/** Between one and `most` of the values, in any order. */
template <class T>
std::vector<T> some(std::mt19937& random, std::vector<T> values, std::size_t most)
{
    std::shuffle(values.begin(), values.end(), random);
    values.resize(
        std::uniform_int_distribution<std::size_t>(1, std::min(most, values.size()))(random));
    return values;
}

SearchProblem randomProblem(std::mt19937& random, const Catalog& catalog)
{
    SearchProblem problem;
    Requirements& need = problem.requirements;
    need.useCase = pick<std::string>(
        random, { "chatbot_conversational", "code_completion", "document_analysis_rag" });
    need.ttft = LatencyTarget { pick<double>(random, { 50, 95, 99 }),
                                Seconds(pick<double>(random, { 0.5, 2, 6 })) };
    need.itl = LatencyTarget { 95, milliseconds(pick<double>(random, { 25, 50, 120 })) };
    need.users = pick<double>(random, { 40, 300, 2000, 9000 });
    need.models = some<std::string>(random,
                                    { "meta-llama/Llama-3.1-8B-Instruct", "Qwen/Qwen3-14B",
                                      "Qwen/Qwen3-30B-A3B", "openai/gpt-oss-20b",
                                      "zai-org/GLM-4.5-Air-FP8", "Qwen/Qwen3-32B-FP8" },
                                    2);
    std::erase_if(need.models, [&](const std::string& id) { return !catalog.findModel(id); });
    need.gpusIncluded =
        some<std::string>(random, { "h100_sxm", "l40s", "a100_80_sxm", "b200_sxm" }, 2);
    if (pick<int>(random, { 0, 0, 1 }))
        need.inventory = { { "h100_sxm", 16, 8 }, { "l40s", 8, 4 } };
    if (pick<int>(random, { 0, 0, 1 }))
        need.budgetPerMonth = 30'000;
    SearchSpace& space = problem.space;
    space.disaggregated = false; // matched by another search
    space.tensorParallel = some<int>(random, { 1, 2, 4, 8 }, 3);
    space.pipelineParallel = { pick<int>(random, { 1, 1, 1, 2 }) };
    space.dataParallel = some<int>(random, { 1, 2 }, 1);
    space.expertParallel = pick<std::optional<bool>>(random, { false, true });
    space.maxNumSeqs = some<int>(random, { 8, 32, 64, 128, 256, 512 }, 3);
    space.maxNumBatchedTokens = some<int>(random, { 1024, 2048, 4096, 8192 }, 2);
    space.gpuMemoryUtilization = some<double>(random, { 0.8, 0.9, 0.95 }, 2);
    space.blockSize = some<int>(random, { 16, 64 }, 1);
    space.keyValueCache =
        some<std::optional<Precision>>(random, { std::nullopt, Precision::Fp8 }, 2);
    space.prefixCaching = some<bool>(random, { true, false }, 2);
    space.speculative.emplace_back(); // without is always among them
    for (const std::string& method :
         some<std::string>(random, { "mtp", "ngram", "eagle3=head" }, 2))
        space.speculative.push_back(parseSpeculation(method, catalog)->settings);
    space.offload = some<KvOffload>(random, { {}, { gibibytes(64), {} } }, 1);
    if (pick<int>(random, { 0, 0, 1 }))
        space.lora = LoraServing { 12, 16, 4, LoraTargets::Linear };
    return problem;
}

std::vector<test::PlainOption> plain(const SearchReport& report)
{
    std::vector<test::PlainOption> options;
    for (const Option& option : report.options)
        options.push_back({ option.id, option.candidate.topology.pool.replicas,
                            rategrid::stepBelow(option.capacityPerReplica),
                            option.atPeak.e2e.p95.value() });
    std::sort(options.begin(), options.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    return options;
}

std::string printed(const std::vector<test::PlainOption>& options)
{
    std::string text;
    for (const auto& option : options)
        text += "\n  " + option.id + " x" + std::to_string(option.replicas) + " step "
            + std::to_string(option.step) + " e2e " + std::to_string(option.e2e);
    return text;
}

} // namespace

/** Short cuts may cost nothing but time: the search finds what comparing everything with everything finds. */
class TestExhaustiveSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void prunedEqualsExhaustive_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 50; ++seed)
            QTest::addRow("space %u", seed) << seed;
    }

    void prunedEqualsExhaustive()
    {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        const SearchProblem problem = randomProblem(random, *m_catalog);
        const EngineRegistry engines(m_catalog);
        const auto expected = test::ExhaustiveSearch(problem, *m_catalog, engines.standard()).run();
        m_found += expected.size();
        for (const unsigned threads : { 1u, 2u, 7u }) {
            RunContext context;
            context.threads = threads;
            const auto report = search(problem, m_catalog, engines.standard(), context);
            VERIFY_OK(report);
            std::uint64_t refused = 0;
            for (const Refusal& refusal : (*report)->refusals)
                refused += refusal.count;
            QCOMPARE((*report)->searched, refused + (*report)->options.size());
            const auto actual = plain(**report);
            QVERIFY2(actual == expected,
                     ("pruned:" + printed(actual) + "\nexhaustive:" + printed(expected)).c_str());
        }
    }

    /** The comparison means nothing over spaces in which nothing is feasible. */
    void theSpacesHaveSolutions()
    {
        qInfo("%zu options in all spaces", m_found);
        QVERIFY(m_found > 100);
    }

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::size_t m_found = 0;
};

QTEST_APPLESS_MAIN(TestExhaustiveSearch)
#include "tst_exhaustivesearch.moc"

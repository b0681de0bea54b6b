// SPDX-License-Identifier: Apache-2.0
#include <core/candidate/speculationtext.h>
#include <core/performance/engine.h>
#include <core/search/search.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace llmd;

/** How fast a search screens candidates; reports and promises nothing. */
class BenchScreening : public QObject
{
    Q_OBJECT

private:
    struct Run
    {
        double seconds = 0;
        std::uint64_t searched = 0;
        std::size_t options = 0;
    };

    Run fastest(const SearchProblem& problem, unsigned threads, int runs) const
    {
        const EngineRegistry engines(m_catalog);
        Run best;
        for (int i = 0; i < runs; ++i) {
            RunContext context;
            context.threads = threads;
            QElapsedTimer timer;
            timer.start();
            const auto found = search(problem, m_catalog, engines.standard(), context);
            const double seconds = static_cast<double>(timer.nsecsElapsed()) * 1e-9;
            if (found && (best.seconds == 0 || seconds < best.seconds))
                best = { seconds, (*found)->searched, (*found)->options.size() };
        }
        return best;
    }

    void report(const char* what, const SearchProblem& problem) const
    {
        for (const unsigned threads : { 1u, 2u }) {
            const Run run = fastest(problem, threads, 3);
            qInfo("%s, %u thread(s): %llu candidates in %.0f ms, %.0f per second and core, %zu "
                  "options",
                  what, threads, static_cast<unsigned long long>(run.searched), run.seconds * 1e3,
                  static_cast<double>(run.searched) / run.seconds / threads, run.options);
        }
    }

    /** 8 models on all priced GPUs that vLLM serves, at most 12 of them. */
    SearchProblem eightByTwelve() const
    {
        SearchProblem problem;
        problem.requirements.users = 5000;
        problem.requirements.models = { "meta-llama/Llama-3.1-8B-Instruct",
                                        "meta-llama/Llama-3.3-70B-Instruct",
                                        "Qwen/Qwen3-14B",
                                        "Qwen/Qwen3-32B",
                                        "Qwen/Qwen3-30B-A3B",
                                        "openai/gpt-oss-120b",
                                        "mistralai/Mistral-Small-24B-Instruct-2501",
                                        "deepseek-ai/DeepSeek-V3.1" };
        std::erase_if(problem.requirements.models,
                      [&](const std::string& id) { return !m_catalog->findModel(id); });
        for (const Gpu& gpu : m_catalog->gpus) {
            if (gpu.servedByVllm && problem.requirements.gpusIncluded.size() < 12
                && !m_catalog->priceLists.empty() && m_catalog->priceLists.front().price(gpu.id))
                problem.requirements.gpusIncluded.push_back(gpu.id);
        }
        return problem;
    }

private slots:
    void initTestCase()
    {
        auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void wholeCatalog()
    {
        SearchProblem problem;
        problem.requirements.users = 5000;
        report("whole catalog, usual space", problem);
        problem.space.disaggregated = false;
        report("whole catalog, aggregated alone", problem);
    }

    void eightModelsOnTwelveGpus()
    {
        const SearchProblem problem = eightByTwelve();
        qInfo("%zu models, %zu GPUs", problem.requirements.models.size(),
              problem.requirements.gpusIncluded.size());
        report("8 x 12, usual space", problem);
        SearchProblem aggregated = problem;
        aggregated.space.disaggregated = false;
        report("8 x 12, aggregated alone", aggregated);
    }

    void eightModelsOnTwelveGpusWithAllSettings()
    {
        SearchProblem problem = eightByTwelve();
        SearchSpace& space = problem.space;
        space.dataParallel = { 1, 8 };
        space.expertParallel = true;
        space.gpuMemoryUtilization = { 0.9, 0.95 };
        space.blockSize = { 16, 64 };
        space.keyValueCache = { std::nullopt, Precision::Fp8 };
        space.prefixCaching = { true, false };
        for (const char* method : { "none", "mtp", "eagle3=head", "ngram" })
            space.speculative.push_back(parseSpeculation(method, *m_catalog)->settings);
        space.offload = { {}, { gibibytes(128), {} } };
        report("8 x 12, all settings", problem);
    }

private:
    std::shared_ptr<const Catalog> m_catalog;
};

QTEST_APPLESS_MAIN(BenchScreening)
#include "bench_screening.moc"

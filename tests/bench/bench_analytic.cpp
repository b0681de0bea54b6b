// SPDX-License-Identifier: Apache-2.0
//
// How many operating points the analytic engine predicts in a second on one thread, beside the other built-in engines.
#include <core/catalog/catalog.h>
#include <core/performance/engine.h>

#include <QTest>

#include <chrono>
#include <cstdio>

using namespace llmd;

class BenchAnalytic : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;

    Candidate candidate(const char* model, const char* gpu, int tensor) const
    {
        Candidate c;
        c.model = m_catalog->findModel(model);
        c.gpu = m_catalog->findGpu(gpu);
        c.topology.pool.parallelism.tensor = tensor;
        return c;
    }

    static Workload chat()
    {
        Workload w;
        w.prompt = { LengthDistribution::Shape::LogNormal, 1200, 0.7 };
        w.output = { LengthDistribution::Shape::LogNormal, 250, 0.7 };
        w.prefix.sharedTokens = 200;
        w.load = Load::open(RequestsPerSecond(5));
        return w;
    }

private slots:
    void initTestCase()
    {
        const auto catalog = loadCatalog({});
        QVERIFY(catalog.has_value());
        m_catalog = catalog->value;
    }

    void points_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<bool>("closed");
        QTest::newRow("dense, open loop") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << false;
        QTest::newRow("dense, closed loop") << "meta-llama/Llama-3.1-8B-Instruct" << 1 << true;
        QTest::newRow("experts, open loop") << "openai/gpt-oss-120b" << 2 << false;
        QTest::newRow("latent attention, open loop") << "deepseek-ai/DeepSeek-V3" << 8 << false;
    }

    void points()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(bool, closed);
        const EngineRegistry engines(m_catalog);
        const Candidate c = candidate(model.toUtf8().constData(), "h200_sxm", tensor);
        QVERIFY(c.model != nullptr && c.gpu != nullptr);
        RunContext context;
        const auto predictor = engines.standard().predictor(c, chat());
        QVERIFY(predictor.has_value());
        constexpr int count = 20'000;
        double sum = 0;
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i) {
            const double x = 0.5 + 10.0 * i / count;
            const auto estimate = (*predictor)->at(
                closed ? Load::closed(4 * x) : Load::open(RequestsPerSecond(x)), context);
            sum += estimate->e2e.p95.value();
        }
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
        QVERIFY(sum > 0);
        std::printf("%-30s %8.0f points/s, %.1f us each\n", QTest::currentDataTag(),
                    count / elapsed.count(), 1e6 * elapsed.count() / count);
    }

    void wholeEstimates()
    {
        const EngineRegistry engines(m_catalog);
        const Candidate c = candidate("meta-llama/Llama-3.1-8B-Instruct", "h200_sxm", 1);
        RunContext context;
        constexpr int count = 5'000;
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i)
            QVERIFY(engines.standard().estimate(c, chat(), context).has_value());
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
        std::printf("with a new candidate each time %8.0f estimates/s, %.1f us each\n",
                    count / elapsed.count(), 1e6 * elapsed.count() / count);
    }
};

QTEST_APPLESS_MAIN(BenchAnalytic)
#include "bench_analytic.moc"

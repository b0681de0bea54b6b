// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/ranking.h>

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace llmd;

/** A moved target line has to re-rank 10 000 stored options within one frame of 16 ms. */
class BenchRanking : public QObject
{
    Q_OBJECT

private slots:
    void rankTenThousand()
    {
        std::mt19937_64 random(1);
        const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
        std::vector<RankingInput> inputs;
        for (int i = 0; i < 10000; ++i) {
            RankingInput input { 1 + 200 * uniform(), 20 * uniform(), uniform(), 0.1 * uniform() };
            if (random() % 3)
                input.quality = 100 * uniform();
            input.complexity = 12 * uniform();
            input.outputTokensPerSecond = 1000 * uniform();
            inputs.push_back(input);
        }
        Slo slo;
        slo.ttft = LatencyTarget { 95, Seconds(0.8) };
        slo.itl = LatencyTarget { 95, Seconds(0.09) };
        slo.e2e = LatencyTarget { 95, Seconds(18) };
        std::size_t kept = 0;
        QElapsedTimer timer;
        timer.start();
        int runs = 0;
        QBENCHMARK
        {
            const Ranking ranking = rank(inputs, { 0.4, 0.3, 0.2, 0.1 }, slo);
            kept = ranking.of(View::Balanced).size();
            ++runs;
        }
        QVERIFY(kept > 5000 && kept < 10000);
#ifdef NDEBUG
        QVERIFY2(timer.nsecsElapsed() / runs < 16'000'000, "slower than a frame");
#endif
    }
};

QTEST_APPLESS_MAIN(BenchRanking)
#include "bench_ranking.moc"

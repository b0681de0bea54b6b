// SPDX-License-Identifier: Apache-2.0
#include <core/performance/simulation/traffic.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <set>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::vector<double> gapsOf(const ArrivalProcess& process, double rate, double duration)
{
    ArrivalStream stream(process, RequestsPerSecond(rate), Seconds(duration), Random(7));
    std::vector<double> gaps;
    double last = 0;
    for (double time = stream.next(); std::isfinite(time); time = stream.next()) {
        gaps.push_back(time - last);
        last = time;
    }
    return gaps;
}

double mean(const std::vector<double>& values)
{
    double sum = 0;
    for (const double v : values)
        sum += v;
    return sum / static_cast<double>(values.size());
}

double squaredVariation(const std::vector<double>& values)
{
    const double m = mean(values);
    double sum = 0;
    for (const double v : values)
        sum += (v - m) * (v - m);
    return sum / static_cast<double>(values.size()) / (m * m);
}

Traffic plain(double rate, std::uint64_t requests)
{
    Traffic traffic;
    TrafficStage stage;
    stage.load = Load::open(RequestsPerSecond(rate));
    stage.requests = requests;
    traffic.stages = { stage };
    traffic.prompt = { LengthDistribution::Shape::Constant, 100, 0 };
    traffic.output = { LengthDistribution::Shape::Constant, 50, 0 };
    return traffic;
}

} // namespace

class TestSimTraffic : public QObject
{
    Q_OBJECT

private slots:
    void randomNumbersAreThoseOfTheAlgorithm()
    {
        // SplitMix64 from seed 0, first output, as published with the algorithm.
        QCOMPARE(scrambled(0), 0xe220a8397b1dcdafu);
        Random a(1, 2);
        Random b(1, 2);
        Random other(1, 3);
        QCOMPARE(a.next(), b.next());
        QVERIFY(a.next() != other.next());
    }

    void drawsHaveTheirMoments()
    {
        Random random(5);
        const int count = 400'000;
        double sums[6] {};
        for (int i = 0; i < count; ++i) {
            sums[0] += random.exponential();
            const double n = random.normal();
            sums[1] += n;
            sums[2] += n * n;
            sums[3] += random.gamma(0.25);
            sums[4] += random.gamma(4);
            sums[5] += random.below(7);
        }
        const double expected[6] { 1, 0, 1, 0.25, 4, 3 };
        for (int i = 0; i < 6; ++i)
            QVERIFY2(std::abs(sums[i] / count - expected[i]) < 0.02, QByteArray::number(i));
    }

    void processesKeepRateAndVariation_data()
    {
        using Kind = ArrivalProcess::Kind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("parameter");
        QTest::addColumn<double>("variation");
        QTest::newRow("constant") << int(Kind::Constant) << 1.0 << 0.0;
        QTest::newRow("poisson") << int(Kind::Poisson) << 1.0 << 1.0;
        QTest::newRow("bursty") << int(Kind::Gamma) << 4.0 << 4.0;
        QTest::newRow("smooth") << int(Kind::Gamma) << 0.2 << 0.2;
        QTest::newRow("rescaled") << int(Kind::RescaledPoisson) << 1.0 << 1.0;
    }

    void processesKeepRateAndVariation()
    {
        QFETCH(int, kind);
        QFETCH(double, parameter);
        QFETCH(double, variation);
        ArrivalProcess process;
        process.kind = static_cast<ArrivalProcess::Kind>(kind);
        process.variation = parameter;
        const auto gaps = gapsOf(process, 20, 20'000);
        COMPARE_NEAR(static_cast<double>(gaps.size()), 400'000.0, 0.01);
        QVERIFY(std::abs(squaredVariation(gaps) - variation) < 0.05 * std::max(1.0, variation));
    }

    void rescaledArrivalsAreExactInNumber()
    {
        ArrivalProcess process;
        process.kind = ArrivalProcess::Kind::RescaledPoisson;
        const auto gaps = gapsOf(process, 7.5, 120);
        QCOMPARE(gaps.size(), 900u);
        COMPARE_NEAR(mean(gaps) * 900, 120.0, 1e-9);
    }

    void diurnalRatesFollowTheDay()
    {
        ArrivalProcess process;
        process.kind = ArrivalProcess::Kind::Diurnal;
        process.period = Seconds(1000);
        process.amplitude = 0.8;
        ArrivalStream stream(process, RequestsPerSecond(100), Seconds(10'000), Random(3));
        double counts[4] {};
        double all = 0;
        for (double t = stream.next(); std::isfinite(t); t = stream.next(), ++all)
            ++counts[static_cast<int>(std::fmod(t, 1000) / 250)];
        COMPARE_NEAR(all, 1e6, 0.01);
        // The mean of 1 - 0.8 cos over the first quarter is 1 - 0.8 x 2 / pi, over the second 1 + the same.
        COMPARE_NEAR(counts[0] / all * 4, 1 - 0.8 * 2 / 3.14159265, 0.03);
        COMPARE_NEAR(counts[1] / all * 4, 1 + 0.8 * 2 / 3.14159265, 0.03);
        process.table = { 0, 1, 3 };
        ArrivalStream table(process, RequestsPerSecond(30), Seconds(30'000), Random(3));
        double thirds[3] {};
        for (double t = table.next(); std::isfinite(t); t = table.next())
            ++thirds[static_cast<int>(std::fmod(t, 1000) * 3 / 1000)];
        QCOMPARE(thirds[0], 0.0);
        COMPARE_NEAR(thirds[2] / thirds[1], 3.0, 0.02);
        COMPARE_NEAR(thirds[1] + thirds[2], 900'000.0, 0.01);
    }

    void promptsComeInTurnWithTheirLength()
    {
        Traffic traffic = plain(10, 300);
        traffic.prompt = { LengthDistribution::Shape::LogNormal, 500, 0.5 };
        traffic.prefix = { 64, 3, 10 };
        VERIFY_OK(checkTraffic(traffic));
        RequestSource source(traffic, 1);
        std::vector<RequestSpec> specs;
        while (std::isfinite(source.nextTime()))
            specs.push_back(source.take());
        QCOMPARE(specs.size(), 300u);
        std::set<std::uint64_t> keys;
        for (std::size_t i = 10; i < specs.size(); ++i) {
            QCOMPARE(specs[i].prompt, specs[i - 10].prompt);
            QVERIFY(specs[i].own == specs[i - 10].own);
            keys.insert(specs[i].own[1].key);
        }
        QCOMPARE(keys.size(), 10u);
        QVERIFY(specs[0].own[0].key == specs[3].own[0].key
                && specs[0].own[0].key != specs[1].own[0].key);
    }

    void theSameRequestsAtAnyRate()
    {
        Traffic slow = plain(1, 100);
        Traffic fast = plain(100, 100);
        slow.output = fast.output = { LengthDistribution::Shape::LogNormal, 200, 1 };
        RequestSource a(slow, 9);
        RequestSource b(fast, 9);
        for (int i = 0; i < 100; ++i) {
            const auto x = a.take();
            const auto y = b.take();
            QCOMPARE(x.output, y.output);
            COMPARE_NEAR(x.arrival, 100 * y.arrival, 1e-9);
        }
    }

    void conversationsGrow()
    {
        Traffic traffic = plain(1, 1000);
        traffic.prefix.sharedTokens = 32;
        traffic.conversations = Conversations { { LengthDistribution::Shape::Constant, 3, 0 },
                                                { LengthDistribution::Shape::Constant, 20, 0 },
                                                Seconds(0) };
        VERIFY_OK(checkTraffic(traffic));
        RequestSource source(traffic, 1);
        auto first = source.take();
        QCOMPARE(first.prompt, 100u);
        source.answered(first, first.arrival, false);
        auto second = source.take(); // at once
        QCOMPARE(second.sessionKey, first.sessionKey);
        QCOMPARE(second.prompt, 100u + 50u + 20u);
        source.answered(second, second.arrival, false);
        auto third = source.take();
        QCOMPARE(third.prompt, 170u + 50u + 20u);
        source.answered(third, third.arrival, false);
        QVERIFY(source.take().sessionKey != first.sessionKey);
    }

    void stagesFollowEachOther()
    {
        Traffic traffic = plain(10, 0);
        traffic.stages[0].duration = Seconds(100);
        traffic.stages.push_back(traffic.stages[0]);
        traffic.stages[1].load = Load::open(RequestsPerSecond(50));
        RequestSource source(traffic, 2);
        double counts[2] {};
        while (std::isfinite(source.nextTime())) {
            const auto spec = source.take();
            QCOMPARE(spec.stage, spec.arrival < 100 ? 0 : 1);
            ++counts[spec.stage];
        }
        COMPARE_NEAR(counts[0], 1000.0, 0.15);
        COMPARE_NEAR(counts[1], 5000.0, 0.08);
    }

    void badTrafficIsRefused()
    {
        VERIFY_ERROR(checkTraffic(Traffic {}), "stages");
        Traffic traffic = plain(10, 10);
        traffic.prompt.mean = 0;
        VERIFY_ERROR(checkTraffic(traffic), "prompt");
        traffic = plain(0, 10);
        VERIFY_ERROR(checkTraffic(traffic), "rate");
        traffic = plain(1, 0);
        VERIFY_ERROR(checkTraffic(traffic), "duration or a number of requests");
        traffic = plain(1, 10);
        traffic.stages[0].arrivals.kind = ArrivalProcess::Kind::Gamma;
        traffic.stages[0].arrivals.variation = 0;
        VERIFY_ERROR(checkTraffic(traffic), "variation");
        traffic = plain(1, 10);
        traffic.priorities = { 0, 0 };
        VERIFY_ERROR(checkTraffic(traffic), "priorities");
    }

    void mooncakeTracesAreRead()
    {
        const auto trace =
            parseTrace("{\"timestamp\": 1000, \"input_length\": 1100, \"output_length\": 20, "
                       "\"hash_ids\": [5, 6, 7]}\n\n"
                       "{\"timestamp\": 500, \"input_length\": 600, \"output_length\": 0, "
                       "\"hash_ids\": [5, 9]}\n",
                       "t.jsonl");
        VERIFY_OK(trace);
        QCOMPARE(trace->entries.size(), 2u);
        QCOMPARE(trace->entries[0].arrival, 0.0);
        QCOMPARE(trace->entries[1].arrival, 0.5);
        QCOMPARE(trace->entries[0].output, 1u);
        const auto segments = [&](std::size_t i) {
            return trace->segments.data() + trace->entries[i].firstSegment;
        };
        QCOMPARE(trace->entries[1].segments, 3u);
        QVERIFY(segments(0)[0] == segments(1)[0]);
        QCOMPARE(segments(1)[2].end, 1100u);
        QVERIFY(segments(0)[1].key != segments(1)[1].key);
    }

    void tablesAreRead()
    {
        const auto own = parseTrace("arrival_s,prompt_tokens,output_tokens,priority\n0.5,100,20,2\n"
                                    "0.25,50,10,0\n",
                                    "t.csv");
        VERIFY_OK(own);
        QCOMPARE(own->entries[1].prompt, 100u);
        QCOMPARE(own->entries[1].arrival, 0.25);
        QCOMPARE(own->levels, 3);
        const auto azure = parseTrace("TIMESTAMP,ContextTokens,GeneratedTokens\n"
                                      "2023-11-16 18:17:03.9799600,4808,10\n"
                                      "2023-11-16 18:18:04.0319600,3180,8\n",
                                      "azure.csv");
        VERIFY_OK(azure);
        COMPARE_NEAR(azure->entries[1].arrival, 60.052, 1e-6);
    }

    void badTracesNameTheLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const QByteArray good = "{\"timestamp\": 1, \"input_length\": 5, \"output_length\": 2}\n";
        QTest::newRow("syntax") << good + "{\"timestamp\": 1,\n" << QByteArray("t:2");
        QTest::newRow("no length") << good + "{\"timestamp\": 1}\n" << QByteArray("t:2");
        QTest::newRow("no time") << good + good + "{\"input_length\": 5, \"output_length\": 2}\n"
                                 << QByteArray("t:3");
        QTest::newRow("negative") << QByteArray(
            "{\"timestamp\": 1, \"input_length\": -5, \"output_length\": 2}")
                                  << QByteArray("prompt length");
        QTest::newRow("hashes") << QByteArray("{\"timestamp\": 1, \"input_length\": 5, "
                                              "\"output_length\": 2, \"hash_ids\": [1, 2]}")
                                << QByteArray("more hash_ids");
        QTest::newRow("text") << QByteArray("{\"timestamp\": \"x\", \"input_length\": 5, "
                                            "\"output_length\": 2}")
                              << QByteArray("must be a number");
        QTest::newRow("empty") << QByteArray("{}") << QByteArray("no time");
        QTest::newRow("columns") << QByteArray("a,b\n1,2\n") << QByteArray("expected columns");
        QTest::newRow("cell") << QByteArray("arrival_s,input_length,output_length\n1,x,2\n")
                              << QByteArray("t:2");
        QTest::newRow("nothing") << QByteArray("arrival_s,input_length,output_length\n")
                                 << QByteArray("no requests");
    }

    void badTracesNameTheLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        VERIFY_ERROR(parseTrace(text.toStdString(), "t"), message.toStdString());
    }

    void limitsHold()
    {
        const std::string line = "{\"timestamp\": 1, \"input_length\": 5, \"output_length\": 2}\n";
        VERIFY_ERROR(parseTrace(line + line + line, "t", { .entries = 2 }), "more than 2 requests");
        VERIFY_ERROR(parseTrace(line, "t", { .bytes = 10 }), "larger than");
    }

    void damagedTracesDoNoHarm()
    {
        Mutator mutator(
            { "{\"timestamp\": 1000, \"input_length\": 1100, \"output_length\": 20, "
              "\"hash_ids\": [5, 6, 7], \"priority\": 1}\n{\"arrival_s\": 1e3, \"prompt_tokens\": "
              "1, "
              "\"output_tokens\": 3}\n",
              "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n",
              "arrival_s,input_length,output_length,priority\n1,2,3,4\n5,6,7,8\n" },
            { "{", "}", "[", "]", "1e999", "-1", "NaN", "null", "\"", ",",
              "18446744073709551616" });
        int good = 0;
        for (int i = 0; i < 20'000; ++i) {
            const auto trace = parseTrace(mutator.next(), "t");
            if (!trace)
                continue;
            ++good;
            double last = 0;
            for (const auto& entry : trace->entries) {
                QVERIFY(entry.prompt >= 1 && entry.output >= 1 && entry.arrival >= last);
                QVERIFY(entry.firstSegment + entry.segments <= trace->segments.size());
                last = entry.arrival;
            }
        }
        QVERIFY(good > 100);
    }
};

QTEST_APPLESS_MAIN(TestSimTraffic)
#include "tst_simtraffic.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/observation/histogram.h>
#include <core/observation/labelselector.h>
#include <core/observation/observation.h>
#include <core/observation/servingmetrics.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;

namespace {

/** Not a raw string: moc takes the number signs at line starts for directives. */
const std::string page =
    "# HELP vllm:num_requests_running Number of requests in model execution batches.\n"
    "# TYPE vllm:num_requests_running gauge\n"
    "vllm:num_requests_running{engine=\"0\",model_name=\"org/model\"} 3.0\n"
    "# TYPE vllm:time_to_first_token_seconds histogram\n"
    "vllm:time_to_first_token_seconds_bucket{le=\"0.1\",model_name=\"a\\\"b\\\\c\\nd\"} 5 "
    "1700000000000\n"
    "vllm:time_to_first_token_seconds_bucket{le=\"+Inf\",model_name=\"x\"} 7 # {trace_id=\"1\"} "
    "0.4\n"
    "vllm:time_to_first_token_seconds_sum{ model_name = \"x\" , } 1.5e-3\n"
    "process_start_time_seconds 1.7e9\n"
    "nothing NaN\n"
    "# EOF\n";

SeriesHistory historyOf(const std::string& name, const std::vector<double>& values)
{
    SeriesHistory history;
    for (std::size_t i = 0; i < values.size(); ++i)
        history.add(name, {}, { 10.0 * static_cast<double>(i), values[i] });
    return history;
}

} // namespace

class TestExposition : public QObject
{
    Q_OBJECT

private slots:
    void reads()
    {
        const auto loaded = parseExposition(page, "page");
        QVERIFY(loaded.issues.empty());
        QCOMPARE(loaded.value.size(), std::size_t(6));
        QCOMPARE(loaded.value[0].labels.at("model_name"), std::string("org/model"));
        QCOMPARE(loaded.value[0].value, 3.0);
        QCOMPARE(loaded.value[1].labels.at("model_name"), std::string("a\"b\\c\nd"));
        QCOMPARE(loaded.value[1].time.value_or(0), 1.7e9);
        QCOMPARE(loaded.value[2].labels.at("le"), std::string("+Inf"));
        QCOMPARE(loaded.value[2].value, 7.0);
        QVERIFY(!loaded.value[2].time);
        QCOMPARE(loaded.value[3].value, 1.5e-3);
        QVERIFY(std::isnan(loaded.value[5].value));
    }

    void findings_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no value") << "vllm:x{a=\"b\"}"
                                  << "a number as the value";
        QTest::newRow("word") << "vllm:x seven"
                              << "a number as the value";
        QTest::newRow("open") << "vllm:x{a=\"b 3"
                              << "a label value in double quotes";
        QTest::newRow("unquoted") << "vllm:x{a=b} 3"
                                  << "a label value in double quotes";
        QTest::newRow("no comma") << "vllm:x{a=\"b\"c=\"d\"} 3"
                                  << "a comma or a closing brace";
        QTest::newRow("no name") << "{a=\"b\"} 3"
                                 << "a metric name";
        QTest::newRow("trailing") << "vllm:x 3 4 5"
                                  << "the end of the line";
    }

    void findings()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        const auto loaded =
            parseExposition("good 1\n" + line.toStdString() + "\nalso_good 2\n", "page");
        QCOMPARE(loaded.value.size(), std::size_t(2));
        QCOMPARE(loaded.issues.size(), std::size_t(1));
        QVERIFY2(loaded.issues[0].text.find(expected.toStdString()) != std::string::npos,
                 loaded.issues[0].text.c_str());
        QCOMPARE(loaded.issues[0].where->line, 2);
        QVERIFY(!loaded.hasErrors());
    }

    void noMetricsIsAnError()
    {
        QVERIFY(parseExposition("<html><body>Not Found</body></html>", "page").hasErrors());
        QVERIFY(parseExposition("", "page").hasErrors());
    }

    /** Ten thousand damaged pages: no crash, no hang, and never more samples than lines. */
    void fuzz()
    {
        testing::Mutator mutator({ page, "a{b=\"c\"} 1 2\n", "x 1\r\ny 2\r\n" },
                                 { "\"", "\\", "{", "}", "{{{{", ",", "=", "NaN", "+Inf",
                                   "1e999999", "-", "\n", "#", "\t", "le=\"", "_bucket", "0x1p3" });
        std::size_t read = 0;
        for (int i = 0; i < 10'000; ++i) {
            const auto text = mutator.next();
            const auto loaded = parseExposition(text, "fuzz");
            const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
            QVERIFY(static_cast<long>(loaded.value.size()) <= lines);
            QVERIFY(loaded.issues.size() <= 23);
            for (const MetricSample& sample : loaded.value)
                QVERIFY(isMetricName(sample.name));
            read += loaded.value.size();
        }
        QVERIFY2(read > 10'000, "the mutations left nothing to read");
    }

    void selectors()
    {
        const auto parsed =
            parseSelector(" { namespace = \"a\\\"b\\\\\" , model_name=~\"org/.*\",pod!=x } ");
        VERIFY_OK(parsed);
        QCOMPARE(parsed->size(), std::size_t(3));
        QCOMPARE(parsed->at(0).value, std::string("a\"b\\"));
        QCOMPARE(selectorText(*parsed),
                 std::string("namespace=\"a\\\"b\\\\\",model_name=~\"org/.*\",pod!=\"x\""));
        const auto again = parseSelector(selectorText(*parsed));
        VERIFY_OK(again);
        QVERIFY(*again == *parsed);
        QVERIFY(matches(*parsed, { { "namespace", "a\"b\\" }, { "model_name", "org/m" } }));
        QVERIFY(!matches(*parsed, { { "namespace", "a\"b\\" }, { "model_name", "other/m" } }));
        QVERIFY(!matches(*parsed,
                         { { "namespace", "a\"b\\" }, { "model_name", "org/m" }, { "pod", "x" } }));
        for (const char* bad : { "namespace", "a=\"b", "9a=\"b\"", "a=\"b\" c=\"d\"", "{a=\"b\"",
                                 "a=~\"(\"", "__name__=\"up\"", "a>\"b\"", "a=\"\\q\"" })
            QVERIFY2(!parseSelector(bad), bad);
    }

    /** Whatever a value contains, it cannot leave its quotes. */
    void hostileSelectors()
    {
        testing::Mutator mutator({ "x" }, {});
        for (int i = 0; i < 2000; ++i) {
            const std::vector<LabelMatcher> matchers { { "a", LabelMatcher::Kind::Equal,
                                                         mutator.hostileString() } };
            const auto again = parseSelector(selectorText(matchers));
            VERIFY_OK(again);
            QVERIFY(*again == matchers);
        }
    }

    void growthWithRestart()
    {
        // 100 -> 130 -> restart: 20 -> 50
        const auto history = historyOf("vllm:prompt_tokens_total", { 100, 130, 20, 50 });
        const auto* series = history.named("vllm:prompt_tokens_total").front();
        const auto all = growth(*series, { 0, 30 });
        QVERIFY(all);
        QCOMPARE(all->amount, 30.0 + 20 + 30);
        QCOMPARE(all->seconds, 30.0);
        QVERIFY(all->restarted);
        const auto last = growth(*series, { 20, 30 });
        QVERIFY(last && !last->restarted);
        QCOMPARE(last->amount, 30.0);
        QVERIFY(!growth(*series, { 30, 40 })); // no sample in it
        QVERIFY(!growth(*series, { -10, 5 })); // only one
    }

    void historyIsBounded()
    {
        SeriesHistory history;
        for (int i = 0; i < 5000; ++i)
            history.add("vllm:num_requests_running", {}, { double(i), 1 });
        QCOMPARE(history.named("vllm:num_requests_running").front()->points.size(),
                 SeriesHistory::mostPoints);
        history.add("go_goroutines", {}, { 1, 1 });
        QCOMPARE(history.size(), std::size_t(1));
        history.forgetBefore(4999.5);
        QCOMPARE(history.size(), std::size_t(0));
    }

    void quantiles()
    {
        BucketCounts counts;
        counts.add({ { 0.1, 50 }, { 0.2, 90 }, { 0.4, 100 }, { INFINITY, 100 } }, 13, 100);
        COMPARE_NEAR(counts.mean()->value, 0.13, 1e-12);
        COMPARE_NEAR(counts.quantile(0.5)->value, 0.1, 1e-9);
        COMPARE_NEAR(counts.quantile(0.9)->value, 0.2, 1e-9);
        COMPARE_NEAR(counts.quantile(0.95)->value, 0.3, 1e-9); // half of the third bucket
        const auto median = *counts.quantile(0.5);
        QVERIFY(median.low <= 0.1 && median.high >= 0.1);
        const auto p90 = *counts.quantile(0.9);
        QCOMPARE(p90.low, 0.1); // may lie in either bucket by chance
        QCOMPARE(p90.high, 0.4);
        QVERIFY(!counts.quantile(0.99)); // one of a hundred lies beyond it: not enough to tell
    }

    void quantileBeyondTheLastBorder()
    {
        BucketCounts counts;
        counts.add({ { 1, 100 }, { INFINITY, 1000 } }, 5000, 1000);
        const auto p90 = counts.quantile(0.9);
        QVERIFY(p90);
        QCOMPARE(p90->low, 1.0);
        QVERIFY(std::isinf(p90->high));
        QVERIFY(!BucketCounts().mean());
        QVERIFY(!BucketCounts().quantile(0.5));
    }

    /** The sampling interval of a mean holds it about nine times of ten. */
    void meanInterval()
    {
        std::mt19937 random(3);
        int held = 0;
        constexpr int rounds = 400;
        for (int round = 0; round < rounds; ++round) {
            std::map<double, double> cumulative;
            for (int step = 1; step <= 60; ++step)
                cumulative[0.1 * step] = 0;
            cumulative[INFINITY] = 0;
            double sum = 0;
            for (int i = 0; i < 200; ++i) {
                const double value = -std::log(1 - static_cast<double>(random()) / 4294967296.0);
                sum += value;
                for (auto& [bound, count] : cumulative) {
                    if (value <= bound)
                        ++count;
                }
            }
            BucketCounts counts;
            counts.add(cumulative, sum, 200);
            const auto mean = *counts.mean();
            held += mean.low <= 1 && mean.high >= 1 ? 1 : 0;
        }
        QVERIFY2(held > 0.85 * rounds && held < 0.95 * rounds, std::to_string(held).c_str());
    }

    /** Old and new names of one server are one figure; of two versions each server counts by its own. */
    void namesOfVersions()
    {
        SeriesHistory history;
        for (const double time : { 0.0, 10.0 }) {
            history.add("vllm:gpu_cache_usage_perc", { { "instance", "old" } }, { time, 0.2 });
            history.add("vllm:gpu_cache_usage_perc", { { "instance", "both" } }, { time, 0.9 });
            history.add("vllm:kv_cache_usage_perc", { { "instance", "both" } }, { time, 0.4 });
            for (const char* name :
                 { "vllm:time_per_output_token_seconds", "vllm:inter_token_latency_seconds" }) {
                history.add(std::string(name) + "_count", { { "instance", "both" } },
                            { time, 10 * time });
                history.add(std::string(name) + "_sum", { { "instance", "both" } },
                            { time, 0.2 * time });
            }
            history.add("vllm:time_per_output_token_seconds_count", { { "instance", "old" } },
                        { time, 10 * time });
            history.add("vllm:time_per_output_token_seconds_sum", { { "instance", "old" } },
                        { time, 0.4 * time });
        }
        const auto observation = observe(history, { 0, 10 });
        COMPARE_NEAR(observation.cacheUsage.value_or(0), 0.3, 1e-9);
        COMPARE_NEAR(observation.itl.mean->value, 0.03, 1e-9);
        COMPARE_NEAR(observation.itl.count, 200.0, 1e-9);
    }

    void prefillServersAreApart()
    {
        SeriesHistory history;
        for (const double time : { 0.0, 10.0 }) {
            for (const auto& [pod, e2e, ttft] :
                 { std::tuple("m-decode-0", 3.0, 0.05), std::tuple("m-prefill-0", 0.2, 0.19) }) {
                const MetricLabels labels { { "pod", pod } };
                history.add("vllm:request_success_total", labels, { time, 5 * time });
                history.add("vllm:e2e_request_latency_seconds_count", labels, { time, 5 * time });
                history.add("vllm:e2e_request_latency_seconds_sum", labels,
                            { time, 5 * time * e2e });
                history.add("vllm:time_to_first_token_seconds_count", labels, { time, 5 * time });
                history.add("vllm:time_to_first_token_seconds_sum", labels,
                            { time, 5 * time * ttft });
            }
        }
        const auto observation = observe(history, { 0, 10 });
        QCOMPARE(observation.servers, 1);
        QCOMPARE(observation.prefillServers, 1);
        COMPARE_NEAR(observation.rate->value, 5.0, 1e-9); // not counted twice
        COMPARE_NEAR(observation.ttft.mean->value, 0.25, 1e-9);
        COMPARE_NEAR(observation.e2e.mean->value, 3.2, 1e-9);
        QVERIFY(!observation.notes.empty());
    }
};

QTEST_APPLESS_MAIN(TestExposition)
#include "tst_exposition.moc"

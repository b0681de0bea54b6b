// SPDX-License-Identifier: Apache-2.0
#include <core/base/file.h>
#include <core/calibration/memoryevaluation.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;

namespace {

const Catalog& catalog()
{
    static const auto loaded = loadCatalog();
    return *loaded->value;
}

constexpr std::size_t at(MemoryMetric metric)
{
    return static_cast<std::size_t>(metric);
}

Result<MemoryEvaluation> evaluate(const std::string& csv)
{
    RunContext context;
    return evaluateMemory(csv, "runs.csv", catalog(), { 0, 19, 0 }, context);
}

} // namespace

class TestMemoryEvaluation : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
    }

    void predictsAndCompares()
    {
        const auto evaluation = evaluate(
            "# origin\n"
            "model,gpu,tp,pp,max_model_len,dtype,quantization,kv_cache_dtype,gpu_memory_"
            "utilization,"
            "init_total_memory_gib,weight_memory_gib,non_torch_forward_gib,kv_cache_memory_gib,kv_"
            "cache_tokens\n"
            "meta-llama/"
            "Llama-3.1-8B-Instruct,H100-80GB,1,1,8192,torch.bfloat16,None,auto,0.95,79.19,14.99,0."
            "25,58.11,476016\n"
            "meta-llama/"
            "Llama-3.1-8B-Instruct,H100-80GB,1,1,8192,torch.bfloat16,None,fp8,0.95,79.19,,,,\n"
            "meta-llama/"
            "Llama-3.1-8B-Instruct,H100-80GB,1,1,8192,torch.bfloat16,fp8,auto,0.95,79.19,8.49,0.5,"
            "64.61,529248\n"
            "meta-llama/"
            "Llama-3.1-8B-Instruct,H100-80GB,1,2,8192,torch.bfloat16,None,auto,0.95,79.19,7.51,0."
            "07,66.54,1075312\n");
        VERIFY_OK(evaluation);
        QCOMPARE(evaluation->rows.size(), std::size_t(4));
        QVERIFY(evaluation->versionProfile.find("0.18") != std::string::npos);
        const MemoryEvaluationRow& first = evaluation->rows[0];
        QCOMPARE(first.line, 3);
        QVERIFY(first.unsupported.empty());
        QCOMPARE(first.input.size(), std::size_t(10));
        QCOMPARE(first.input[0].second, std::string("meta-llama/Llama-3.1-8B-Instruct"));
        COMPARE_NEAR(first.predicted[at(MemoryMetric::KvCacheTokens)], 476016.0, 0.002);
        QVERIFY(!first.measured[at(MemoryMetric::Activation)]);
        QVERIFY(!evaluation->rows[1].measured[at(MemoryMetric::KvCache)]);
        COMPARE_NEAR(evaluation->rows[1].predicted[at(MemoryMetric::KvCacheTokens)], 2 * 476016.0,
                     0.002);
        COMPARE_NEAR(evaluation->rows[2].predicted[at(MemoryMetric::Weights)], 8.49, 0.005);
        // The pool of the first stage, the tokens of the last.
        COMPARE_NEAR(evaluation->rows[3].predicted[at(MemoryMetric::KvCache)], 66.54, 0.002);
        COMPARE_NEAR(evaluation->rows[3].predicted[at(MemoryMetric::KvCacheTokens)], 1075312.0,
                     0.002);
        const auto& nonTorch = evaluation->errors[at(MemoryMetric::NonTorch)];
        QCOMPARE(nonTorch.count, std::size_t(3));
        COMPARE_NEAR(nonTorch.largest, 0.5, 1e-9); // 0.25 predicted, 0.5 measured
        COMPARE_NEAR(nonTorch.mean, 0.5 / 3, 1e-6);
        QCOMPARE(evaluation->errors[at(MemoryMetric::Activation)].count, std::size_t(0));
    }

    void runsThatCannotBePredictedSayWhy_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("reason");
        QTest::newRow("model") << "acme/None-1B,H100,1,,,0.9"
                               << "not in the catalog";
        QTest::newRow("gpu") << "Qwen/Qwen3-14B,H1000X,1,,,0.9"
                             << "not in the catalog";
        QTest::newRow("tp") << "Qwen/Qwen3-14B,H100,5,,,0.9"
                            << "tensor parallel size 5";
        QTest::newRow("tp 0") << "Qwen/Qwen3-14B,H100,0,,,0.9"
                              << "at least 1";
        QTest::newRow("utilization") << "Qwen/Qwen3-14B,H100,1,,,1.5"
                                     << "gpu_memory_utilization";
        QTest::newRow("dtype") << "Qwen/Qwen3-14B,H100,1,float5,,0.9"
                               << "float5";
        QTest::newRow("quantization") << "Qwen/Qwen3-14B,H100,1,,awq,0.9"
                                      << "not quantised";
    }
    void runsThatCannotBePredictedSayWhy()
    {
        QFETCH(QString, row);
        QFETCH(QString, reason);
        const auto evaluation = evaluate("model,gpu,tp,dtype,quantization,gpu_memory_utilization\n"
                                         + row.toStdString() + "\nQwen/Qwen3-14B,H100,1,,,0.9\n");
        VERIFY_OK(evaluation);
        const std::string& why = evaluation->rows[0].unsupported;
        QVERIFY2(why.find(reason.toStdString()) != std::string::npos, why.c_str());
        QVERIFY(evaluation->rows[1].unsupported.empty());
    }

    void badTablesAreRefusedWithLine()
    {
        VERIFY_ERROR(evaluate("model,gpu\nm,g\n"), "tp");
        VERIFY_ERROR(evaluate("model,gpu,tp\nQwen/Qwen3-14B,H100,two\n"), "runs.csv:2");
        VERIFY_ERROR(evaluate("model,gpu,tp,weight_memory_gib\nQwen/Qwen3-14B,H100,1,nan\n"),
                     "runs.csv:2");
        VERIFY_ERROR(evaluate("model,gpu,tp,max_model_len\nQwen/Qwen3-14B,H100,1,8k\n"), "8k");
        VERIFY_ERROR(evaluate(""), "header");
    }

    void concurrencyIsComparedToo()
    {
        const auto evaluation =
            evaluate("model,gpu,tp,max_model_len,gpu_memory_utilization,init_total_memory_gib,max_"
                     "concurrency\n"
                     "meta-llama/Llama-3.1-8B-Instruct,H100-80GB,1,8192,0.95,79.19,58.11\n"
                     "meta-llama/Llama-3.1-8B-Instruct,H100-80GB,1,16384,0.95,79.19,29.05\n");
        VERIFY_OK(evaluation);
        const auto& errors = evaluation->errors[at(MemoryMetric::MaxConcurrency)];
        QCOMPARE(errors.metric, std::string("max_concurrency"));
        QCOMPARE(errors.count, std::size_t(2));
        QVERIFY(errors.largest < 0.005);
        QCOMPARE(errors.intervals, std::size_t(0));
    }

    /** What "fits" is worth: it may not be said of a run that failed. */
    void outcomesAreCounted()
    {
        const auto evaluation = evaluate("model,gpu,tp,max_model_len,status,kv_cache_memory_gib\n"
                                         "Qwen/Qwen3-14B,H100,1,8192,ok,\n"
                                         "Qwen/Qwen3-14B,H100,1,8192,,40\n"
                                         "Qwen/Qwen3-14B,H100,1,8192,,\n"
                                         "meta-llama/Llama-3.3-70B-Instruct,H100,1,8192,OOM,\n"
                                         "meta-llama/Llama-3.3-70B-Instruct,H100,1,8192,,-61.5\n"
                                         "Qwen/Qwen3-14B,H100,1,8192,failed,\n");
        VERIFY_OK(evaluation);
        const FitOutcomes expected {
            .started = 2, .startedAndFits = 2, .failed = 3, .failedButFits = 1
        };
        QVERIFY(evaluation->fits == expected);
        QVERIFY(!evaluation->rows[2].started);
        QVERIFY(!evaluation->rows[3].fits && evaluation->rows[3].shortfall.value() > 0);
        const auto json = toJson(*evaluation);
        QCOMPARE(json["fits"]["failed_predicted_to_fit"].get<int>(), 1);
        QCOMPARE(json["rows"][3]["started"].get<bool>(), false);
        QVERIFY(!json["rows"][3].contains("status"));
        QVERIFY(!json["rows"][3]["predicted"]["fits"].get<bool>());
        QVERIFY(!json["rows"][2].contains("started"));
        VERIFY_ERROR(evaluate("model,gpu,tp,status\nQwen/Qwen3-14B,H100,1,perhaps\n"),
                     "runs.csv:2");
        VERIFY_ERROR(evaluate("model,gpu,tp,weight_memory_gib\nQwen/Qwen3-14B,H100,1,-3\n"),
                     "not negative");
    }

    void rowsAndGroupsAsJson()
    {
        const auto evaluation = evaluate("model,gpu,tp,weight_memory_gib\n"
                                         "Qwen/Qwen3-14B,H100,1,27.6\n"
                                         "acme/None-1B,H100,1,3\n"
                                         "Qwen/Qwen3-32B,H100,2,30.7\n");
        VERIFY_OK(evaluation);
        const auto json = toJson(*evaluation, { GroupKey::TensorParallel });
        QCOMPARE(json["groups"]["by"].get<std::string>(), std::string("tp"));
        QCOMPARE(json["groups"]["list"].size(), std::size_t(2));
        QCOMPARE(json["groups"]["list"][1]["group"].get<std::string>(), std::string("TP2"));
        const auto& compared = json["rows"][2]["compared"]["weight_memory_gib"];
        QCOMPARE(compared["measured"].get<double>(), 30.7);
        QVERIFY(std::abs(compared["error"].get<double>()) < 0.02);
        QVERIFY(!json["rows"][1].contains("compared"));
        QCOMPARE(json["worst"]["weight_memory_gib"].size(), std::size_t(2));
    }

    void settingsOfARowCount()
    {
        const auto evaluation =
            evaluate("model,gpu,tp,max_num_seqs,enforce_eager,init_total_memory_gib\n"
                     "Qwen/Qwen3-14B,H100,1,,,\n"
                     "Qwen/Qwen3-14B,H100,1,64,,\n"
                     "Qwen/Qwen3-14B,H100,1,,True,\n"
                     "Qwen/Qwen3-14B,H100,1,,,75\n");
        VERIFY_OK(evaluation);
        const auto value = [&](std::size_t row, MemoryMetric metric) {
            return evaluation->rows[row].predicted[at(metric)];
        };
        QVERIFY(value(1, MemoryMetric::Activation) < value(0, MemoryMetric::Activation));
        QCOMPARE(value(2, MemoryMetric::CudaGraphs), 0.0);
        COMPARE_NEAR(value(0, MemoryMetric::KvCache) - value(3, MemoryMetric::KvCache),
                     (79.19 - 75) * 0.9, 1e-6);
    }

    void errorsOfAMetric()
    {
        ErrorCollector collector;
        for (const double predicted : { 1.4, 0.9, 1.2, 0.7 })
            collector.add(predicted, 1);
        collector.add(1, 0); // nothing was measured
        const MetricErrors errors = collector.errors("x");
        QCOMPARE(errors.count, std::size_t(4));
        COMPARE_NEAR(errors.mean, 0.25, 1e-12);
        COMPARE_NEAR(errors.median, 0.25, 1e-12);
        COMPARE_NEAR(errors.largest, 0.4, 1e-12);
        COMPARE_NEAR(errors.meanSigned, 0.05, 1e-12);
    }

    /** All measured start-ups, where they are at hand: what the README states about accuracy. */
    void measuredStartUps()
    {
        const auto csv =
            readFile(std::filesystem::path(LLMD_SHARED_DIR) / "ground_truth" / "vllm_memory.csv");
        if (!csv)
            QSKIP("did not run: the shared measurements are not here");
        const auto evaluation = evaluate(*csv);
        VERIFY_OK(evaluation);
        QCOMPARE(evaluation->rows.size(), std::size_t(41));
        for (const MemoryEvaluationRow& row : evaluation->rows)
            QVERIFY2(row.unsupported.empty(), row.unsupported.c_str());
        const auto& errors = evaluation->errors;
        QVERIFY(errors[at(MemoryMetric::Weights)].mean <= 0.005);
        QVERIFY(errors[at(MemoryMetric::Activation)].mean <= 0.015);
        QVERIFY(errors[at(MemoryMetric::KvCache)].mean <= 0.005);
        QVERIFY(errors[at(MemoryMetric::KvCache)].largest <= 0.06);
        QVERIFY(errors[at(MemoryMetric::KvCacheTokens)].mean <= 0.005);
        QVERIFY(errors[at(MemoryMetric::KvCacheTokens)].largest <= 0.06);
        QVERIFY(errors[at(MemoryMetric::MaxConcurrency)].mean <= 0.015);
        const FitOutcomes expected {
            .started = 41, .startedAndFits = 41, .failed = 0, .failedButFits = 0
        };
        QVERIFY(evaluation->fits == expected);
    }
};

QTEST_APPLESS_MAIN(TestMemoryEvaluation)
#include "tst_memoryevaluation.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/plan/names.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace llmd;
using namespace llmd::testing;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Change
{
    std::function<void(PlanFixture&)> apply;
};

Change change(std::function<void(PlanFixture&)> apply)
{
    return { std::move(apply) };
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestDeploymentPlan : public QObject
{
    Q_OBJECT

private slots:
    void figuresOfAPlainPlan()
    {
        const auto fixture = planFixture();
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QCOMPARE(plan->name, std::string("plain-8b"));
        QCOMPARE(plan->modelLabel, std::string("example-Plain-8B"));
        QCOMPARE(plan->versions->id, std::string("2026-08"));
        QCOMPARE(plan->engineImage, std::string("docker.io/vllm/vllm-openai:v0.26.0"));
        // 8e9 in the layers and twice 128256 x 4096 for embedding and output, 2 bytes each.
        COMPARE_NEAR(plan->checkpointSize.value(), 2 * (8e9 + 2 * 128256.0 * 4096), 1e-6);
        const double gigabyte = plan->checkpointSize.value() / 1e9;
        COMPARE_NEAR(plan->autoscaling.coldStart.value(), gigabyte / 0.5 + gigabyte / 2 + 90, 1e-9);
        QCOMPARE(plan->autoscaling.minReplicas, 2);
        QCOMPARE(plan->autoscaling.maxReplicas, 4);
        QCOMPARE(plan->autoscaling.targetRunningPerReplica, 48.0);
        QCOMPARE(plan->host.cpu, 6);
        QCOMPARE(plan->host.sharedMemory, Bytes(0));
        QCOMPARE(plan->host.memory, gibibytes(28)); // 4 + 4 + 16.9 rounded up to 4
        QCOMPARE(plan->requestTimeout, Seconds(300));
        QCOMPARE(plan->shutdown.drain, 30);
        QVERIFY(plan->shutdown.gracePeriod > plan->shutdown.delay + plan->shutdown.drain);
        QVERIFY(plan->warnings.empty());
        QVERIFY(plan->requirements == fixture.requirements);
    }

    void refusals_data()
    {
        QTest::addColumn<Change>("what");
        QTest::addColumn<std::string>("message");
        const auto row = [](const char* name, auto apply, std::string message) {
            QTest::newRow(name) << change(apply) << std::move(message);
        };
        using F = PlanFixture;
        row(
            "no model", [](F& f) { f.option.candidate.model = nullptr; }, "no model or no GPU");
        row(
            "no GPU", [](F& f) { f.option.candidate.gpu = nullptr; }, "no model or no GPU");
        row(
            "no versions", [](F& f) { f.catalog.versionRows.clear(); }, "no version row");
        row(
            "unknown versions", [](F& f) { f.requirements.versionRow = "2031-01"; },
            "no version row '2031-01'; known are 2026-08");
        row(
            "TPU", [](F& f) { f.catalog.gpus[0].vendor = GpuVendor::Google; }, "NVIDIA and AMD");
        row(
            "not served", [](F& f) { f.catalog.gpus[0].servedByVllm = false; }, "NVIDIA and AMD");
        row(
            "attention replicas beyond the node",
            [](F& f) {
                f.option.candidate.topology.pool.parallelism = { 8, 2, 2, true };
            },
            "needs 32 GPUs, which do not divide");
        row(
            "tensor group beyond the node",
            [](F& f) {
                f.option.candidate.topology.pool.parallelism = { 16, 1, 1, false };
            },
            "a tensor group of 16 GPUs would leave its node");
        row(
            "nodes with an engine that cannot span them",
            [](F& f) {
                f.catalog.versionRows[0].vllm = { 0, 11, 0 };
                f.option.candidate.topology.pool.parallelism = { 8, 2, 1, false };
            },
            "spans 2 nodes, for which vLLM 0.11.0 has no --nnodes");
        row(
            "beyond the inventory's node",
            [](F& f) {
                f.requirements.inventory = { { "h100_sxm", 16, 2 } };
                f.option.candidate.topology.pool.parallelism.tensor = 4;
            },
            "has 2");
        row(
            "no replicas", [](F& f) { f.option.candidate.topology.pool.replicas = 0; },
            "at least 1");
        row(
            "no tensor", [](F& f) { f.option.candidate.topology.pool.parallelism.tensor = 0; },
            "at least 1");
        row(
            "old engine",
            [](F& f) {
                f.catalog.versionRows[0].vllm = { 0, 8, 5 };
            },
            "0.8.5 is not known");
        row(
            "no context", [](F& f) { f.option.candidate.engine.maxModelLen = 0; }, "at least 1");
        row(
            "negative sequences", [](F& f) { f.option.candidate.engine.maxNumSeqs = -1; },
            "at least 1");
        row(
            "memory share", [](F& f) { f.option.candidate.engine.gpuMemoryUtilization = 1.1; },
            "not within");
        row(
            "memory share NaN",
            [](F& f) { f.option.candidate.engine.gpuMemoryUtilization = notANumber; },
            "not within");
        row(
            "budget below sequences",
            [](F& f) { f.option.candidate.engine.maxNumBatchedTokens = 128; },
            "fewer than 256 sequences");
        row(
            "long context", [](F& f) { f.option.candidate.engine.maxModelLen = 200000; },
            "beyond the model's 131072");
        row(
            "no chunks",
            [](F& f) {
                f.option.candidate.engine.chunkedPrefill = false;
                f.option.candidate.engine.maxModelLen = 16384;
            },
            "at least 16384 batched tokens");
        row(
            "FP16 refused by the engine",
            [](F& f) {
                f.catalog.gpus[0].bf16 = {};
                f.catalog.models[0].architecture.modelType = "gemma3_text";
            },
            "does not run this model in FP16");
        row(
            "KV type", [](F& f) { f.option.candidate.engine.keyValueCache = Precision::Int4; },
            "int4");
        row(
            "quantised to INT4",
            [](F& f) {
                auto& quantization = f.catalog.models[0].architecture.quantization;
                quantization.atLoad = true;
                quantization.of(ParameterGroup::DenseFfn).values = Precision::Int4;
            },
            "while loading");
        row(
            "empty id", [](F& f) { f.catalog.models[0].id = " "; }, "it is empty");
        row(
            "option as id", [](F& f) { f.catalog.models[0].id = "--trust-remote-code"; },
            "leading dash");
        row(
            "NUL in id", [](F& f) { f.catalog.models[0].id = std::string("a\0b", 3); },
            "not plain UTF-8");
        row(
            "id not UTF-8", [](F& f) { f.catalog.models[0].id = "a\xC3("; }, "not plain UTF-8");
        row(
            "endless id", [](F& f) { f.catalog.models[0].id = std::string(5000, 'a'); },
            "at most 512");
    }

    void refusals()
    {
        QFETCH(Change, what);
        QFETCH(std::string, message);
        auto fixture = planFixture();
        what.apply(fixture);
        const auto plan = fixture.plan();
        VERIFY_ERROR(plan, message);
        QVERIFY(plan.error().detail.size() < 400);
    }

    void largestNumberOfReplicas_data()
    {
        QTest::addColumn<Change>("what");
        QTest::addColumn<int>("expected");
        QTest::addColumn<std::string>("why");
        const auto row = [](const char* name, auto apply, int expected, std::string why) {
            QTest::newRow(name) << change(apply) << expected << std::move(why);
        };
        using F = PlanFixture; // two replicas of one GPU, $5 per hour
        row(
            "nothing stated", [](F&) {}, 4, "twice the planned");
        row(
            "GPU limit", [](F& f) { f.requirements.maxGpus = 7; }, 7, "limit of 7 GPUs");
        row(
            "GPU limit over replicas of four",
            [](F& f) {
                f.requirements.maxGpus = 15;
                f.option.candidate.topology.pool.parallelism.tensor = 4;
            },
            3, "limit of 15 GPUs");
        row(
            "inventory",
            [](F& f) {
                f.requirements.inventory = { { "h100_sxm", 5, 0 } };
            },
            5, "inventory of 5");
        row(
            "inventory of another GPU",
            [](F& f) {
                f.requirements.inventory = { { "l4", 5, 0 } };
            },
            4, "twice");
        row(
            "budget", [](F& f) { f.requirements.budgetPerMonth = 2.5 * 730 * 3; }, 3,
            "budget of $5475");
        row(
            "smallest wins",
            [](F& f) {
                f.requirements.maxGpus = 7;
                f.requirements.inventory = { { "h100_sxm", 5, 0 } };
                f.requirements.budgetPerMonth = 1e9;
            },
            5, "inventory of 5");
        row(
            "never below the plan", [](F& f) { f.requirements.maxGpus = 1; }, 2, "limit of 1 GPUs");
        row(
            "endless budget", [](F& f) { f.requirements.budgetPerMonth = 1e300; }, 4, "twice");
    }

    void largestNumberOfReplicas()
    {
        QFETCH(Change, what);
        QFETCH(int, expected);
        QFETCH(std::string, why);
        auto fixture = planFixture();
        what.apply(fixture);
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QCOMPARE(plan->autoscaling.minReplicas, 2);
        QCOMPARE(plan->autoscaling.maxReplicas, expected);
        QVERIFY2(plan->autoscaling.maxReplicasWhy.find(why) != std::string::npos,
                 plan->autoscaling.maxReplicasWhy.c_str());
    }

    void nodes_data()
    {
        QTest::addColumn<int>("tensor");
        QTest::addColumn<int>("pipeline");
        QTest::addColumn<int>("data");
        QTest::addColumn<int>("perNode");
        QTest::addColumn<int>("domain");
        QTest::addColumn<int>("pods");
        QTest::addColumn<int>("local");
        QTest::newRow("within a node") << 4 << 2 << 1 << 8 << 1 << 1 << 1;
        QTest::newRow("two stages, two nodes") << 8 << 2 << 1 << 8 << 1 << 2 << 1;
        QTest::newRow("stages of half a node") << 4 << 4 << 1 << 8 << 1 << 2 << 1;
        QTest::newRow("attention replicas") << 1 << 1 << 16 << 8 << 1 << 2 << 8;
        QTest::newRow("attention replicas of two GPUs") << 2 << 1 << 8 << 8 << 1 << 2 << 4;
        QTest::newRow("NVLink between nodes") << 8 << 1 << 1 << 4 << 72 << 2 << 1;
        QTest::newRow("smaller nodes") << 2 << 2 << 1 << 2 << 1 << 2 << 1;
    }

    void nodes()
    {
        QFETCH(int, tensor);
        QFETCH(int, pipeline);
        QFETCH(int, data);
        QFETCH(int, perNode);
        QFETCH(int, domain);
        QFETCH(int, pods);
        QFETCH(int, local);
        auto fixture = planFixture(PlanShape { "example/Experts",
                                               30e9,
                                               Precision::Bf16,
                                               true,
                                               0,
                                               { tensor, pipeline, data, data > 1 },
                                               1 });
        fixture.catalog.gpus[0].gpusPerNode = perNode;
        fixture.catalog.gpus[0].scaleUpDomain = domain;
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QCOMPARE(plan->pods, pods);
        QCOMPARE(plan->gpusPerPod() * pods, tensor * pipeline * data);
        QVERIFY(plan->gpusPerPod() <= perNode);
        QCOMPARE(plan->dataLocal(), local);
        QCOMPARE(plan->everyPodServes(), pods == 1 || data > 1);
        const auto size =
            std::ranges::find(plan->arguments, "--data-parallel-size-local", &EngineArgument::flag);
        QCOMPARE(size != plan->arguments.end(), data > 1);
        if (data > 1)
            QCOMPARE(size->value, std::to_string(local));
    }

    void whatDoesNotFitIsSaid()
    {
        auto fixture = planFixture(PlanShape {
            "example/Plain-70B", 70e9, Precision::Bf16, false, 0, { 1, 1, 1, false }, 1 });
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QVERIFY2(plan->unfit.find("is short of") != std::string::npos, plan->unfit.c_str());
        QVERIFY(planFixture().plan()->unfit.empty());
    }

    void disaggregated()
    {
        auto fixture = disaggregatedFixture();
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QVERIFY(plan->role == ServerRole::Decode);
        QVERIFY(plan->prefill && plan->prefill->role == ServerRole::Prefill);
        QCOMPARE(plan->servers().size(), std::size_t(2));
        QCOMPARE(plan->servers().front(), &*plan->prefill);
        QCOMPARE(plan->pool.parallelism.tensor, 4);
        QCOMPARE(plan->prefill->pool.replicas, 2);
        for (const auto* server : plan->servers())
            QVERIFY(
                std::ranges::find(server->arguments, "--kv-transfer-config", &EngineArgument::flag)
                != server->arguments.end());
        // 6 requests/s of all prefill servers, prompts of 512 tokens, two servers; 300 ms for the first token.
        QCOMPARE(plan->prefill->autoscaling.promptRate.value(), 6.0 * 512 / 2);
        COMPARE_NEAR(plan->prefill->autoscaling.promptBacklog.value(),
                     0.3 - 512 / 1536.0 > 0.075 ? 0.3 - 512 / 1536.0 : 0.075, 1e-9);
        QCOMPARE(plan->prefill->scorers.front().type, std::string("prefix-cache-scorer"));
        // The quota is for both kinds together: 12 GPUs are 1.5 times 8.
        fixture.requirements.maxGpus = 12;
        const auto limited = fixture.plan();
        VERIFY_OK(limited);
        QCOMPARE(limited->prefill->autoscaling.maxReplicas, 3);
        QCOMPARE(limited->autoscaling.maxReplicas, 1);
    }

    void disaggregatedRefusals()
    {
        auto storage = disaggregatedFixture();
        storage.option.candidate.topology.disaggregation->transfer.path =
            TransferPath::SharedStorage;
        VERIFY_ERROR(storage.plan(), "not by way of shared storage");
        auto vendors = disaggregatedFixture();
        vendors.option.candidate.topology.disaggregation->gpu = &vendors.catalog.gpus[2];
        VERIFY_ERROR(vendors.plan(), "GPUs of one vendor");
        auto sizes = disaggregatedFixture();
        sizes.option.candidate.topology.disaggregation->prefill.parallelism.tensor = 8;
        QVERIFY(!sizes.plan());
    }

    void oddEstimatesDoNotBreakThePlan_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("NaN") << notANumber;
        QTest::newRow("infinity") << infinite;
        QTest::newRow("negative") << -1.0;
        QTest::newRow("zero") << 0.0;
        QTest::newRow("huge") << 1e300;
    }

    void oddEstimatesDoNotBreakThePlan()
    {
        QFETCH(double, value);
        auto fixture = planFixture();
        auto& option = fixture.option;
        option.maxConcurrency = value;
        option.cost = DollarsPerSecond(value);
        for (auto* latency : { &option.atPeak.ttft, &option.atPeak.itl, &option.atPeak.e2e })
            latency->mean = latency->p50 = latency->p90 = latency->p95 = latency->p99 =
                Seconds(value);
        fixture.need.peakLoad.load.rate = RequestsPerSecond(value);
        fixture.requirements.budgetPerMonth = value;
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QVERIFY(plan->autoscaling.targetRunningPerReplica >= 1
                && plan->autoscaling.targetRunningPerReplica <= 256);
        QVERIFY(plan->autoscaling.maxReplicas >= 2 && plan->autoscaling.maxReplicas <= 1000000);
        QVERIFY(plan->requestTimeout >= Seconds(300) && plan->requestTimeout <= Seconds(7200));
        QVERIFY(plan->shutdown.gracePeriod <= 130);
        QVERIFY(plan->eppCpu >= 2 && plan->eppCpu <= 64);
    }

    void longAnswersGetTime()
    {
        auto fixture = planFixture();
        fixture.option.candidate.engine.maxModelLen = 65536;
        fixture.option.atPeak.itl = plainLatency(50); // p95 90 ms
        fixture.option.atPeak.e2e = plainLatency(300000);
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QVERIFY(plan->requestTimeout.value() >= 65536 * 0.09);
        QCOMPARE(plan->shutdown.drain, 100);
        QCOMPARE(plan->shutdown.gracePeriod, 130);
    }

    void quantisedAtLoadDownloadsTheWholeCheckpoint()
    {
        auto fixture = planFixture();
        const auto whole = fixture.plan();
        VERIFY_OK(whole);
        fixture.variant = std::make_unique<Model>(fixture.catalog.models.front());
        fixture.variant->architecture =
            quantizedAtLoad(fixture.variant->architecture, Precision::Fp8);
        fixture.option.candidate.model = fixture.variant.get();
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QCOMPARE(plan->checkpointSize, whole->checkpointSize);
        QCOMPARE(plan->model->id, whole->model->id);
        QVERIFY(std::ranges::any_of(
            plan->arguments, [](const auto& a) { return a.text() == "--quantization=fp8"; }));
        fixture.catalog.models.clear(); // a model that the catalog does not have: BF16 is assumed
        fixture.variant->id = "user/own";
        const auto own = fixture.plan();
        VERIFY_OK(own);
        COMPARE_NEAR(own->checkpointSize.value(), whole->checkpointSize.value(), 0.01);
    }

    void amdGetsItsImageAndLabel()
    {
        PlanShape shape;
        shape.gpu = 2;
        const auto fixture = planFixture(shape);
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QCOMPARE(plan->engineImage, std::string("docker.io/vllm/vllm-openai-rocm:v0.26.0"));
        QCOMPARE(plan->gpuLabelKey, std::string("amd.com/gpu.product-name"));
    }

    void warnings()
    {
        auto fixture = planFixture();
        fixture.option.candidate.engine.version = { 0, 19, 0 };
        fixture.catalog.gpus[0].kubernetesProduct = {};
        fixture.catalog.versionRows[0].vllm = { 0, 18, 0 };
        fixture.option.meetsTargets = false;
        fixture.option.atPeak.saturated = true;
        fixture.catalog.models[0].architecture.approximations = { "an unknown\nmixer" };
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        std::string all;
        for (const auto& text : plan->warnings)
            all += text + "\n";
        for (const char* part :
             { "predicted for vLLM 0.19.0, the image runs vLLM 0.18.0", "node label",
               "--shutdown-timeout", "does not meet", "saturated", "an unknown mixer" })
            QVERIFY2(all.find(part) != std::string::npos, all.c_str());
        QCOMPARE(plan->shutdown.drain, 0);
        QVERIFY(plan->gpuLabelKey.empty());
    }

    void withoutPrefixCachingNoPrefixScorer()
    {
        auto fixture = planFixture();
        QCOMPARE(fixture.plan()->scorers.front(), (RouterScorer { "prefix-cache-scorer", 3 }));
        fixture.option.candidate.engine.prefixCaching = false;
        QCOMPARE(fixture.plan()->scorers.size(), std::size_t(2));
        QCOMPARE(fixture.plan()->scorers.front().type, std::string("queue-scorer"));
    }
};

QTEST_APPLESS_MAIN(TestDeploymentPlan)
#include "tst_deploymentplan.moc"

// SPDX-License-Identifier: Apache-2.0
#include "specfixture.h"

#include <core/spec/plandiff.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <set>

using namespace llmd;
using namespace llmd::testing;

class TestSpecCompile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<SpecFixture>(); }

    void examples_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "minimal", "chat", "batch", "speculative", "everything" })
            QTest::newRow(name) << name;
    }
    /** Limits, counts and figures of the plan hold together. */
    void examples()
    {
        QFETCH(QString, name);
        const SpecCompilation result = m_fixture->compile(specText(name.toStdString()));
        QVERIFY2(result.compiled, fieldsOf(result.findings).c_str());
        const CompiledSpec& compiled = *result.compiled;
        const InferenceService& service = compiled.analysis.service;
        const ExecutionPlan& plan = compiled.plan;
        const Option& option = *compiled.resources.option;
        QVERIFY(option.atPeak.ttft.p99 <= *service.serving.latency.ttftP99);
        QVERIFY(option.atPeak.itl.p99 <= *service.serving.latency.tpotP99);
        if (service.serving.latency.ttftP50)
            QVERIFY(option.atPeak.ttft.p50 <= *service.serving.latency.ttftP50);
        QVERIFY(option.atPeak.outputThroughput.value()
                >= *service.serving.throughput.minTokensPerSecond * 0.999);
        QVERIFY(plan.parallelism.totalGpus <= *service.resources.maxGpus);
        QCOMPARE(plan.parallelism.totalGpus,
                 plan.parallelism.tensorParallel * plan.parallelism.pipelineParallel
                     * plan.parallelism.replicas);
        QVERIFY(plan.parallelism.replicas >= *service.serving.scaling.minReplicas);
        QVERIFY(plan.parallelism.replicas <= *service.serving.scaling.maxReplicas);
        QCOMPARE(plan.autoscaling.minReplicas, *service.serving.scaling.minReplicas);
        QVERIFY(plan.autoscaling.maxReplicas <= *service.serving.scaling.maxReplicas);
        QVERIFY(plan.kvCache.gpuCacheBlocks > 0);
        QVERIFY(plan.scheduler.maxTokensInBatch
                <= plan.kvCache.gpuCacheBlocks * plan.kvCache.blockSize);
        for (const PlanField& field : planFields(plan))
            QVERIFY2(field.path == "model.name" || !plan.why.at(field.path).empty(),
                     field.path.c_str());
    }

    void golden_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("minimal") << "minimal";
        QTest::newRow("everything") << "everything";
    }
    void golden()
    {
        QFETCH(QString, name);
        const SpecCompilation result = m_fixture->compile(specText(name.toStdString()));
        QVERIFY(result.compiled);
        COMPARE_GOLDEN(writeExecutionPlan(result.compiled->plan),
                       "execution-plan-" + name.toStdString() + ".yaml");
    }

    /** Without a stated use case requests have one length; what usual lengths would do to the limits is said, and can be asked for. */
    void lengthsThatVary()
    {
        const SpecCompilation result = m_fixture->compile(specText("chat"));
        QVERIFY2(result.compiled, fieldsOf(result.findings).c_str());
        const SpecFinding* finding = findingAt(result.findings, "spec.workload.promptVariation",
                                               SpecFinding::Level::Warning);
        QVERIFY2(finding, fieldsOf(result.findings).c_str());
        QVERIFY(finding->figure && finding->figure->value > finding->figure->limit);
        const auto varied = withEdits(result.compiled->analysis.service, finding->edits);
        VERIFY_OK(varied);
        const SpecCompilation again = m_fixture->compile(*varied);
        QVERIFY(!findingAt(again.findings, "spec.workload.promptVariation",
                           SpecFinding::Level::Warning));
        // The first token of long prompts is later than the limit then, on any layout.
        QVERIFY(again.infeasible());
        QVERIFY(findingAt(again.findings, "spec.serving.latency.ttftP99"));
        const SpecCompilation named = m_fixture->compile(
            specText("chat") + "  workload: {useCase: chatbot_conversational}\n");
        QVERIFY(named.infeasible());
        // A window that is not stated holds the long requests that come in practice.
        const SpecCompilation open =
            m_fixture->compile(with(specText("chat"), "    maxContextLength: 4096\n", ""));
        QVERIFY(open.compiled);
        QVERIFY(open.compiled->plan.model.maxContextLength > 2 * (512 + 256));
    }

    void errors_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QStringList>("changes");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("part");
        QTest::addColumn<bool>("constraint");
        const auto row = [](const char* name, const char* base, QStringList changes,
                            const char* field, const char* part, bool constraint = false) {
            QTest::newRow(name) << base << changes << field << part << constraint;
        };
        row("unknown model", "minimal", { "70B-Instruct", "70B-Instrukt" }, "spec.model.name",
            "not in the catalog");
        row("missing AWQ weights", "minimal", { "Llama-3.1-70B", "Llama-3.3-70B" },
            "spec.model.quantization", "no awq-int4 weights");
        row("stored otherwise", "minimal",
            { "meta-llama/Llama-3.1-70B-Instruct", "nvidia/Llama-3.1-70B-Instruct-FP8" },
            "spec.model.quantization", "is stored as fp8");
        row("unknown GPU", "minimal", { "H100-SXM", "H100-SXN" }, "spec.resources.gpuType",
            "unknown GPU");
        row("other memory", "minimal", { "80GB", "40GB" }, "spec.resources.gpuMemory", "has 80GB");
        row("no NVLink", "minimal", { "H100-SXM", "L40S", "80GB", "48GB" },
            "spec.resources.interconnect", "no NVLink");
        row("weights over memory", "minimal", { "awq-int4", "none", "maxGPUs: 32", "maxGPUs: 1" },
            "spec.resources.maxGPUs", "for its memory", true);
        row("weights over a node", "minimal",
            { "H100-SXM", "L4", "80GB", "24GB", "NVLink", "PCIe", "awq-int4", "none" },
            "spec.resources.gpuType", "does not fit", true);
        row("impossible TTFT", "minimal", { "ttftP99: 200ms", "ttftP99: 50ms" },
            "spec.serving.latency.ttftP99", "cannot be met", true);
        row("impossible TPOT", "minimal", { "tpotP99: 30ms", "tpotP99: 1ms" },
            "spec.serving.latency.tpotP99", "cannot be met", true);
        row("impossible median", "minimal",
            { "tpotP99: 30ms", "tpotP99: 30ms\n      tpotP50: 1ms" },
            "spec.serving.latency.tpotP50", "p50", true);
        row("impossible E2E", "minimal", { "tpotP99: 30ms", "tpotP99: 30ms\n      e2eP99: 1s" },
            "spec.serving.latency.e2eP99", "cannot be met", true);
        row("throughput over GPUs", "minimal",
            { "minTokensPerSecond: 5000", "minTokensPerSecond: 50000" }, "spec.resources.maxGPUs",
            "32 may be used", true);
        row("throughput over replicas", "minimal", { "maxReplicas: 8", "maxReplicas: 1" },
            "spec.serving.scaling.maxReplicas", "need 3 replicas", true);
        row("requests in flight", "minimal",
            { "minTokensPerSecond: 5000",
              "minTokensPerSecond: 5000\n      maxConcurrentRequests: 20" },
            "spec.serving.throughput.maxConcurrentRequests", "at the same time", true);
        row("quality", "minimal",
            { "scaling:", "quality: {maxQualityDegradation: 0.01}\n    scaling:" },
            "spec.serving.quality.maxQualityDegradation", "1.07 %", true);
        row("context", "minimal", { "maxContextLength: 8192", "maxContextLength: 200000" },
            "spec.model.maxContextLength", "supports 131072", true);
        row("short context", "minimal", { "maxContextLength: 8192", "maxContextLength: 500" },
            "spec.model.maxContextLength", "mean length");
        row("median above tail", "minimal",
            { "tpotP99: 30ms", "tpotP99: 30ms\n      tpotP50: 40ms" },
            "spec.serving.latency.tpotP50", "never above");
        row("first token after the whole", "minimal",
            { "tpotP99: 30ms", "tpotP99: 30ms\n      e2eP99: 100ms" },
            "spec.serving.latency.ttftP99", "whole response");
        row("replicas crossed", "minimal", { "minReplicas: 1", "minReplicas: 9" },
            "spec.serving.scaling.maxReplicas", "contradict");
        row("thresholds crossed", "minimal",
            { "targetUtilization: 0.80",
              "targetUtilization: 0.80\n      scaleDownThreshold: 0.95" },
            "spec.serving.scaling.scaleDownThreshold", "asks for both");
        row("target above threshold", "minimal",
            { "targetUtilization: 0.80", "targetUtilization: 0.80\n      scaleUpThreshold: 0.7" },
            "spec.serving.scaling.targetUtilization", "above the threshold");
        row("rank", "everything", { "maxAdapterRank: 16", "maxAdapterRank: 20" },
            "spec.model.adapters.maxAdapterRank", "rank 20");
        row("static batches", "everything", { "strategy: continuous", "strategy: static" },
            "spec.serving.batching.strategy", "continuously");
        row("foreign draft", "everything",
            { "meta-llama/Llama-3.2-1B-Instruct", "Qwen/Qwen3-0.6B" },
            "spec.model.speculative.draftModel", "vocabulary", true);
        row("prefix longer than prompt", "everything",
            { "sharedPrefixTokens: 1500", "sharedPrefixTokens: 9000" },
            "spec.workload.sharedPrefixTokens", "longer than");
        row("use case", "everything", { "useCase: chatbot", "useCase: chatbott" },
            "spec.workload.useCase", "no use case");
        row("illegal name", "minimal", { "name: llama-70b-prod", "name: Llama_70B" },
            "metadata.name", "Kubernetes");
        row("P/D", "minimal", { "interconnect: NVLink", "disaggregation: true" },
            "spec.resources.disaggregation", "not planned yet", true);
    }
    /** Each fault is found where it is, and what is suggested for a program takes that very fault away. */
    void errors()
    {
        QFETCH(QString, base);
        QFETCH(QStringList, changes);
        QFETCH(QString, field);
        QFETCH(QString, part);
        QFETCH(bool, constraint);
        std::string text = specText(base.toStdString());
        for (int i = 0; i + 1 < changes.size(); i += 2)
            text = with(text, changes[i].toStdString(), changes[i + 1].toStdString());
        QVERIFY(!text.empty());
        const SpecCompilation result = m_fixture->compile(text);
        QVERIFY(!result.compiled);
        QCOMPARE(result.infeasible(), constraint);
        const SpecFinding* finding = findingAt(result.findings, field.toStdString());
        QVERIFY2(finding, fieldsOf(result.findings).c_str());
        QVERIFY2(QString::fromStdString(finding->text).contains(part), finding->text.c_str());
        QVERIFY(!finding->suggestion.empty());
        QVERIFY(finding->where && finding->where->line > 3);
        if (finding->edits.empty()) {
            // Nothing that a program could set: the sentence says what to do.
            QVERIFY2(field.contains("draftModel") || field.contains("disaggregation"),
                     finding->suggestion.c_str());
            return;
        }
        const auto edited = withEdits(readSpecs(text, "t.yaml")->front().service, finding->edits);
        VERIFY_OK(edited);
        const SpecCompilation after = m_fixture->compile(*edited);
        const SpecFinding* still = findingAt(after.findings, field.toStdString());
        QVERIFY2(!still || still->text != finding->text, fieldsOf(after.findings).c_str());
        if (constraint)
            QVERIFY2(after.compiled, fieldsOf(after.findings).c_str());
    }

    void nearTheLimit()
    {
        const SpecCompilation result =
            m_fixture->compile(with(specText("minimal"), "maxGPUs: 32", "maxGPUs: 13"));
        QVERIFY(result.compiled);
        const SpecFinding* finding =
            findingAt(result.findings, "spec.resources.maxGPUs", SpecFinding::Level::Warning);
        QVERIFY(finding);
        const auto edited =
            withEdits(readSpecs(specText("minimal"), "t.yaml")->front().service, finding->edits);
        VERIFY_OK(edited);
        QVERIFY(!findingAt(m_fixture->compile(*edited).findings, "spec.resources.maxGPUs",
                           SpecFinding::Level::Warning));
    }

    /** A revision that belongs to other weights than those that are served. */
    void foreignRevision()
    {
        const std::string text = with(specText("minimal"), "revision: main", "revision: v3");
        const SpecCompilation result = m_fixture->compile(text);
        QVERIFY(result.compiled);
        const auto* finding =
            findingAt(result.findings, "spec.model.revision", SpecFinding::Level::Warning);
        QVERIFY(finding && finding->where && finding->where->line == 10);
        const SpecCompilation named =
            m_fixture->compile(with(text, "meta-llama/Llama-3.1-70B-Instruct",
                                    "hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4"));
        QVERIFY2(named.compiled, fieldsOf(named.findings).c_str());
        QCOMPARE(named.compiled->plan.model.revision, std::string("v3"));
        QVERIFY(!findingAt(named.findings, "spec.model.revision", SpecFinding::Level::Warning));
    }

    /** Replicas that no GPUs are there for. */
    void moreReplicasThanGpus()
    {
        const SpecCompilation result =
            m_fixture->compile(with(specText("minimal"), "maxReplicas: 8", "maxReplicas: 50"));
        QVERIFY(result.compiled);
        const char* field = "spec.serving.scaling.maxReplicas";
        const SpecFinding* finding = findingAt(result.findings, field, SpecFinding::Level::Warning);
        QVERIFY2(finding, fieldsOf(result.findings).c_str());
        QCOMPARE(result.compiled->plan.autoscaling.maxReplicas, 8);
        const auto edited = withEdits(result.compiled->analysis.service, finding->edits);
        VERIFY_OK(edited);
        const SpecCompilation again = m_fixture->compile(*edited);
        QVERIFY(again.compiled);
        QVERIFY(!findingAt(again.findings, field, SpecFinding::Level::Warning));
    }

    /** Looser limits never take more GPUs, higher loads never fewer. */
    void monotonic()
    {
        const auto gpus = [&](const std::string& ttft, int tokens) {
            const std::string text =
                with(with(specText("minimal"), "ttftP99: 200ms", "ttftP99: " + ttft),
                     "minTokensPerSecond: 5000", "minTokensPerSecond: " + std::to_string(tokens));
            const SpecCompilation result = m_fixture->compile(with(
                with(text, "maxGPUs: 32", "maxGPUs: 512"), "maxReplicas: 8", "maxReplicas: 512"));
            return result.compiled ? result.compiled->plan.parallelism.totalGpus : 1'000'000;
        };
        int before = 0;
        for (const int tokens : { 1000, 3000, 10000, 30000 }) {
            const int now = gpus("200ms", tokens);
            QVERIFY(now >= before);
            before = now;
        }
        before = 1'000'000;
        for (const char* ttft : { "160ms", "200ms", "400ms", "1s", "5s" }) {
            const int now = gpus(ttft, 5000);
            QVERIFY(now <= before);
            before = now;
        }
    }

    /** Adapters, draft model, revision and host cache reach the command line and the plan. */
    void everythingHasEffect()
    {
        const SpecCompilation result = m_fixture->compile(specText("everything"));
        QVERIFY(result.compiled);
        std::set<std::string> flags;
        for (const EngineArgument& argument : result.compiled->deployment.arguments)
            flags.insert(argument.flag);
        for (const char* flag :
             { "--revision", "--enable-lora", "--max-loras", "--max-lora-rank", "--max-cpu-loras",
               "--speculative-config", "--kv-offloading-size" })
            QVERIFY2(flags.contains(flag), flag);
        const ExecutionPlan& plan = result.compiled->plan;
        QVERIFY(plan.kvCache.tier1Enabled);
        QVERIFY(plan.kvCache.cpuSwapBlocks > 0);
        QCOMPARE(plan.autoscaling.scaleDownCooldown.value(), 600.0);
        const auto files = writeSpecFiles(*result.compiled, {});
        VERIFY_OK(files);
        std::string all;
        for (const ManifestFile& file : *files)
            all += file.content;
        QVERIFY(all.find("stabilizationWindowSeconds: 600") != std::string::npos);
        QVERIFY(all.find("minReplicaCount: 2") != std::string::npos);
        // Without the draft model and the adapters there is more room.
        auto plain = withEdits(result.compiled->analysis.service,
                               { { "spec.model.speculative", "" }, { "spec.model.adapters", "" } });
        VERIFY_OK(plain);
        const SpecCompilation lighter = m_fixture->compile(*plain);
        QVERIFY(lighter.compiled);
        QVERIFY(lighter.compiled->plan.kvCache.gpuCacheBlocks > plan.kvCache.gpuCacheBlocks);
    }

    /** Plan to YAML and back is the same, for plans with any text and number in them. */
    void planRoundTrip()
    {
        Mutator mutator({ "x" }, {}, 3);
        ExecutionPlan plan = m_fixture->compile(specText("everything")).compiled->plan;
        for (int i = 0; i < 300; ++i) {
            plan.model.name = mutator.hostileString();
            plan.runtime.engineImage = mutator.hostileString();
            plan.routing.policy = mutator.hostileString();
            plan.parallelism.replicas = static_cast<int>(mutator.below(100000));
            plan.kvCache.gpuCacheBlocks = static_cast<std::int64_t>(mutator.below(1u << 31)) * 4096;
            plan.kvCache.gpuUtilization = static_cast<double>(mutator.below(1000)) / 997;
            plan.scheduler.maxWaitTimeMs = static_cast<double>(mutator.below(1000)) / 7;
            plan.runtime.coldStart = Seconds(static_cast<double>(mutator.below(100000)) / 3);
            plan.routing.sessionAffinity = mutator.below(2) == 1;
            for (std::string* text :
                 { &plan.runtime.service, &plan.runtime.nameSpace, &plan.runtime.routerImage,
                   &plan.model.checkpoint, &plan.model.revision, &plan.model.quantization,
                   &plan.model.draftModel, &plan.parallelism.gpuType, &plan.kvCache.offloadPolicy,
                   &plan.autoscaling.metric })
                *text = mutator.hostileString();
            for (int* number :
                 { &plan.model.maxContextLength, &plan.model.maxActiveAdapters,
                   &plan.model.maxAdapterRank, &plan.model.cpuAdapters,
                   &plan.model.numSpeculativeTokens, &plan.parallelism.tensorParallel,
                   &plan.parallelism.pipelineParallel, &plan.parallelism.totalGpus,
                   &plan.scheduler.maxBatchSize, &plan.scheduler.maxChunkedPrefillTokens,
                   &plan.scheduler.schedulerSteps, &plan.kvCache.blockSize,
                   &plan.routing.loadBalancingWindow, &plan.autoscaling.minReplicas,
                   &plan.autoscaling.maxReplicas })
                *number = static_cast<int>(mutator.below(1u << 30));
            for (bool* flag : { &plan.model.quantizedAtLoad, &plan.scheduler.chunkedPrefill,
                                &plan.kvCache.tier1Enabled, &plan.kvCache.tier2Enabled,
                                &plan.routing.kvAwareRouting })
                *flag = mutator.below(2) == 1;
            plan.scheduler.maxTokensInBatch =
                static_cast<std::int64_t>(mutator.below(1u << 31)) * 64;
            plan.kvCache.cpuSwapBlocks = static_cast<std::int64_t>(mutator.below(1u << 31)) * 64;
            plan.autoscaling.scaleUpThreshold = static_cast<double>(mutator.below(1000)) / 991;
            plan.autoscaling.scaleDownThreshold = static_cast<double>(mutator.below(1000)) / 983;
            plan.autoscaling.targetRunningPerReplica = static_cast<double>(mutator.below(1000)) / 3;
            plan.autoscaling.scaleUpCooldown =
                Seconds(static_cast<double>(mutator.below(5000)) / 7);
            plan.autoscaling.scaleDownCooldown = Seconds(static_cast<double>(mutator.below(5000)));
            plan.routing.sessionAffinityTimeout =
                Seconds(static_cast<double>(mutator.below(5000)) / 9);
            plan.why["model.name"] = mutator.hostileString();
            plan.header = { mutator.hostileString() };
            const auto again = readExecutionPlan(writeExecutionPlan(plan));
            VERIFY_OK(again);
            QVERIFY(again->sameDecisions(plan));
            QCOMPARE(comparePlans(plan, *again).level, ReloadLevel::None);
        }
    }

    void damagedPlans()
    {
        const std::string text =
            writeExecutionPlan(m_fixture->compile(specText("minimal")).compiled->plan);
        VERIFY_ERROR(readExecutionPlan(with(text, "blockSize:", "blockSise:"), "p.yaml"),
                     "p.yaml:");
        VERIFY_ERROR(readExecutionPlan(with(text, "replicas: 3", "replicas: three"), "p.yaml"),
                     "replicas");
        VERIFY_ERROR(
            readExecutionPlan(with(text, "replicas: 3", "replicas: 99999999999"), "p.yaml"),
            "range");
        VERIFY_ERROR(readExecutionPlan("a: 1\n", "p.yaml"), "executionPlan");
        Mutator mutator({ text }, { ": ", "[", "{", "- ", "\"", "*a", "1e999" }, 7);
        for (int i = 0; i < 1000; ++i)
            (void)readExecutionPlan(mutator.next(), "fuzz.yaml");
    }

    void equalInputEqualBytes()
    {
        const auto files = [&] {
            const auto written =
                writeSpecFiles(*m_fixture->compile(specText("everything")).compiled, {});
            return written ? *written : std::vector<ManifestFile> {};
        };
        const auto first = files();
        QVERIFY(!first.empty());
        QVERIFY(files() == first);
    }

    void levels_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("level");
        const auto row = [](const char* path, int level) { QTest::newRow(path) << path << level; };
        row("parallelism.replicas", 0);
        row("routing.policy", 0);
        row("autoscaling.maxReplicas", 0);
        row("autoscaling.scaleUpThreshold", 0);
        row("kvCache.gpuCacheBlocks", 0);
        row("scheduler.maxBatchSize", 1);
        row("scheduler.maxChunkedPrefillTokens", 1);
        row("parallelism.tensorParallel", 2);
        row("parallelism.pipelineParallel", 2);
        row("model.quantization", 2);
        row("model.maxContextLength", 2);
        row("kvCache.blockSize", 2);
        row("runtime.engineImage", 2);
        row("model.name", 3);
        row("model.revision", 3);
        row("parallelism.gpuType", 3);
        row("runtime.service", 3);
    }
    void levels()
    {
        QFETCH(QString, path);
        QFETCH(int, level);
        QCOMPARE(static_cast<int>(reloadLevel(path.toStdString())), level);
    }

    void diffs_data()
    {
        QTest::addColumn<QStringList>("changes");
        QTest::addColumn<int>("level");
        QTest::newRow("nothing") << QStringList { "name: llama", "name:  llama" } << -1;
        QTest::newRow("more load")
            << QStringList { "minTokensPerSecond: 5000", "minTokensPerSecond: 10000" } << 0;
        QTest::newRow("traffic that triples")
            << QStringList { "minTokensPerSecond: 5000", "minTokensPerSecond: 15000",
                             "minReplicas: 1",           "minReplicas: 4",
                             "maxReplicas: 8",           "maxReplicas: 16" }
            << 0;
        QTest::newRow("limits") << QStringList { "maxReplicas: 8", "maxReplicas: 3" } << 0;
        QTest::newRow("smaller batches")
            << QStringList { "minTokensPerSecond: 5000",
                             "minTokensPerSecond: 5000\n      maxConcurrentRequests: 64" }
            << 1;
        QTest::newRow("weight format") << QStringList { "awq-int4", "fp8" } << 2;
        QTest::newRow("slower first token") << QStringList { "ttftP99: 200ms", "ttftP99: 2s" } << 2;
        QTest::newRow("another model")
            << QStringList { "Llama-3.1-70B-Instruct", "Llama-3.3-70B-Instruct", "awq-int4",
                             "gptq-int4" }
            << 3;
        QTest::newRow("another name") << QStringList { "name: llama-70b-prod", "name: other" } << 3;
    }
    void diffs()
    {
        QFETCH(QStringList, changes);
        QFETCH(int, level);
        std::string text = specText("minimal");
        for (int i = 0; i + 1 < changes.size(); i += 2)
            text = with(text, changes[i].toStdString(), changes[i + 1].toStdString());
        const SpecCompilation before = m_fixture->compile(specText("minimal"));
        const SpecCompilation after = m_fixture->compile(text);
        QVERIFY2(after.compiled, fieldsOf(after.findings).c_str());
        const PlanDiff diff = comparePlans(before.compiled->plan, after.compiled->plan);
        QCOMPARE(static_cast<int>(diff.level), level);
        QCOMPARE(diff.changes.empty(), level < 0);
        QCOMPARE(diff.apply.empty(), level < 0);
        QCOMPARE(diff.rollBack.empty(), level < 0);
        // Two replicas run, so one serves while the other restarts.
        QCOMPARE(diff.downtime.value(), 0.0);
        const int more = after.compiled->plan.parallelism.totalGpus
            - before.compiled->plan.parallelism.totalGpus;
        QCOMPARE(diff.extraGpus,
                 level == 3 ? after.compiled->plan.parallelism.totalGpus : std::max(0, more));
        // What is updated in place keeps the selectors, which a Deployment cannot change.
        if (level < 3)
            QCOMPARE(after.compiled->deployment.modelLabel, before.compiled->deployment.modelLabel);
        QCOMPARE(after.compiled->deployment.servedName, after.compiled->plan.model.name);
        const PlanDiff back = comparePlans(after.compiled->plan, before.compiled->plan);
        QCOMPARE(static_cast<int>(back.level), level);
    }

    /** Plans of the workbench may have servers for prefill: their number is scaled, their coming and going renames all. */
    void prefillServers()
    {
        const ExecutionPlan together = m_fixture->compile(specText("minimal")).compiled->plan;
        QCOMPARE(together.parallelism.prefillTensorParallel, 0);
        ExecutionPlan apart = together;
        apart.parallelism.prefillTensorParallel = 4;
        apart.parallelism.prefillReplicas = 2;
        QCOMPARE(comparePlans(together, apart).level, ReloadLevel::Redeploy);
        ExecutionPlan more = apart;
        more.parallelism.prefillReplicas = 3;
        QCOMPARE(comparePlans(apart, more).level, ReloadLevel::Live);
        ExecutionPlan wider = apart;
        wider.parallelism.prefillTensorParallel = 8;
        const PlanDiff diff = comparePlans(apart, wider);
        QCOMPARE(diff.level, ReloadLevel::Worker);
        QVERIFY(std::any_of(diff.apply.begin(), diff.apply.end(), [](const std::string& step) {
            return step.find("deployment/llama-70b-prod-prefill") != std::string::npos
                && step.find("deployment/llama-70b-prod-decode") != std::string::npos;
        }));
    }

    void onlyReplica()
    {
        ExecutionPlan before = m_fixture->compile(specText("minimal")).compiled->plan;
        before.parallelism.replicas = 1;
        ExecutionPlan after = before;
        after.scheduler.maxBatchSize /= 2;
        const PlanDiff diff = comparePlans(before, after);
        QCOMPARE(diff.level, ReloadLevel::Scheduler);
        QCOMPARE(diff.downtime.value(), after.runtime.coldStart.value());
    }

    /** Extra: an independent program checks the manifests of specs. */
    void validator()
    {
        const QString script = QStringLiteral(LLMD_SHARED_DIR "/tools/validate_manifests.py");
        if (!QFileInfo::exists(script))
            QSKIP("did not run: there is no shared folder with the manifest validator");
        for (const char* name : { "minimal", "chat", "batch", "speculative", "everything" }) {
            TemporaryFolder folder;
            // The validator takes two seconds each time; the other autoscalers are checked once.
            std::vector<Autoscaler> autoscalers { Autoscaler::Keda };
            if (name == std::string_view("minimal"))
                autoscalers.insert(autoscalers.end(), { Autoscaler::Hpa, Autoscaler::None });
            for (const Autoscaler autoscaler : autoscalers) {
                ManifestOptions options;
                options.autoscaler = autoscaler;
                const auto files =
                    writeSpecFiles(*m_fixture->compile(specText(name)).compiled, options);
                VERIFY_OK(files);
                VERIFY_OK(saveManifests(*files, folder.path()));
                QProcess python;
                python.start("python3", { script, QString::fromStdString(folder.path().string()) });
                QVERIFY(python.waitForFinished(60000));
                QVERIFY2(python.exitCode() == 0, python.readAllStandardOutput().constData());
            }
        }
    }

private:
    std::unique_ptr<SpecFixture> m_fixture;
};

QTEST_APPLESS_MAIN(TestSpecCompile)
#include "tst_speccompile.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/base/yamlreader.h>
#include <core/manifests/manifests.h>
#include <core/plan/names.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::string contentOf(const std::vector<ManifestFile>& files, std::string_view path)
{
    for (const auto& file : files) {
        if (file.path == path)
            return file.content;
    }
    return {};
}

/** All files as one text, so that one golden file shows a whole export. */
std::string joined(const std::vector<ManifestFile>& files)
{
    std::string text;
    for (const auto& file : files)
        text += "=== " + file.path + "\n" + file.content;
    return text;
}

YamlNode deploymentOf(const std::string& content, const char* name)
{
    const auto documents = parseYamlDocuments(content);
    if (!documents)
        return {};
    for (const auto& document : *documents) {
        if (document["kind"].asString().value_or("") == "Deployment"
            && document["metadata"]["name"].asString().value_or("") == name)
            return document;
    }
    return {};
}

ManifestOptions withAutoscaler(Autoscaler autoscaler, const std::string& gateway = {})
{
    ManifestOptions options;
    options.autoscaler = autoscaler;
    options.gateway = gateway;
    return options;
}

Result<std::vector<ManifestFile>> written(const PlanFixture& fixture,
                                          const ManifestOptions& options = {})
{
    const auto plan = fixture.plan();
    if (!plan)
        return tl::unexpected(plan.error());
    return writeManifests(*plan, options);
}

} // namespace

class TestManifests : public QObject
{
    Q_OBJECT

private slots:
    void golden_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("dense on one GPU, KEDA") << 0;
        QTest::newRow("experts over a node, HPA, route") << 1;
        QTest::newRow("AMD, tensor and pipeline, no autoscaler") << 2;
    }

    void golden()
    {
        QFETCH(int, which);
        if (which == 0) {
            const auto files = written(planFixture());
            VERIFY_OK(files);
            COMPARE_GOLDEN(joined(*files), "manifests-dense-keda.txt");
        } else if (which == 1) {
            auto fixture = planFixture(PlanShape {
                "example/Experts-100B-FP8", 100e9, Precision::Fp8, true, 0, { 8, 1, 1, true }, 3 });
            fixture.requirements.maxGpus = 48;
            const auto files =
                written(fixture, withAutoscaler(Autoscaler::Hpa, "infra/llm-gateway"));
            VERIFY_OK(files);
            COMPARE_GOLDEN(joined(*files), "manifests-experts-hpa.txt");
        } else {
            auto fixture = planFixture(PlanShape {
                "example/Plain-70B", 70e9, Precision::Bf16, false, 2, { 2, 2, 1, false }, 1 });
            fixture.option.candidate.engine.prefixCaching = false;
            fixture.option.candidate.engine.keyValueCache = Precision::Fp8;
            const auto files = written(fixture, withAutoscaler(Autoscaler::None));
            VERIFY_OK(files);
            COMPARE_GOLDEN(joined(*files), "manifests-amd-none.txt");
        }
    }

    void equalInputGivesEqualBytes()
    {
        const auto first = written(planFixture());
        const auto second = written(planFixture());
        VERIFY_OK(first);
        VERIFY_OK(second);
        QVERIFY(*first == *second);
    }

    void hostileTexts_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("title");
        const auto row = [](const char* name, std::string id, std::string title) {
            QTest::newRow(name) << std::move(id) << std::move(title);
        };
        row("quotes", R"(org/"quoted' `name`)", R"(say "yes", don't)");
        row("line breaks", "org/two\nlines: 1", "need\n---\nkind: Secret\n");
        row("YAML 1.1 line breaks", "org/x\xC2\x85y",
            "a\xE2\x80\xA8kind: Secret\xE2\x80\xA9\xC2\x85z\r\nq");
        row("slashes", "a/b/c//d/", "///");
        row("unicode", "机构/模型-七十亿", "Ausgezeichnet: größer — 日本語");
        row("300 characters", std::string(300, 'x'), std::string(3000, 'y'));
        row("looks like YAML", "yes", "key: [value, {x: &a *a}] # no");
        row("number", "123", "0x1F");
        row("variable", "org/$(HF_TOKEN)", "$(HF_TOKEN)");
        row("spaces", "org/a model with spaces #1", "  ");
        row("markdown", "org/](javascript:x)|<b>", "<script>alert(1)</script> | x | `rm -rf`");
        row("leading digits", "01-ai/01-Yi-34B", "1");
        row("upper case and dots", "Org/Model-3.1_v2.FINAL", "T");
        row("emoji only", "\xF0\x9F\xA6\x99", "\xF0\x9F\xA6\x99");
    }

    void hostileTexts()
    {
        QFETCH(std::string, id);
        QFETCH(std::string, title);
        auto fixture = planFixture(id);
        fixture.requirements.title = title;
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        QVERIFY2(isServiceName(plan->name) && plan->name.size() <= maxPlanNameLength,
                 plan->name.c_str());
        QVERIFY2(isLabelValue(plan->modelLabel) && !plan->modelLabel.empty(),
                 plan->modelLabel.c_str());
        for (const auto autoscaler : { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::None }) {
            const auto files = writeManifests(*plan, withAutoscaler(autoscaler, "g"));
            VERIFY_OK(files);
            QVERIFY(checkManifests(*files).empty());
            const auto server = deploymentOf(contentOf(*files, "manifests/10-model-server.yaml"),
                                             (plan->name + "-vllm").c_str());
            QVERIFY(server.exists());
            const auto pod = server["spec"]["template"];
            // The engine gets the id byte for byte; only $( is escaped for the kubelet.
            auto expected = id;
            if (const auto at = expected.find("$("); at != std::string::npos)
                expected.insert(at, "$");
            QCOMPARE(pod["spec"]["containers"][0]["args"][0].asString().value_or("?"), expected);
            QCOMPARE(pod["spec"]["containers"][0]["args"][1].asString().value_or("?"),
                     "--served-model-name=" + expected);
            QCOMPARE(pod["metadata"]["annotations"]["llm-d-planner/model"].asString().value_or("?"),
                     id);
            const auto json =
                nlohmann::json::parse(contentOf(*files, "planner.json"), nullptr, false);
            QVERIFY(!json.is_discarded());
            QCOMPARE(json["model"]["id"].get<std::string>(), id);
            QCOMPARE(json["title"].get<std::string>(), title);
        }
    }

    void noTextOfTheUserBecomesAnObject()
    {
        auto fixture = planFixture("org/x\nkind: Secret");
        fixture.requirements.title = "t\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n";
        const auto files = written(fixture);
        VERIFY_OK(files);
        for (const auto& file : *files) {
            if (!file.path.ends_with(".yaml"))
                continue;
            const auto documents = parseYamlDocuments(file.content, file.path);
            VERIFY_OK(documents);
            for (const auto& document : *documents) {
                const auto kind = document["kind"].asString().value_or("");
                QVERIFY(kind != "Secret"
                        || document["metadata"]["name"].asString().value_or("") != "x");
            }
        }
    }

    void gpusPerPodFollowTheParallelSizes_data()
    {
        QTest::addColumn<int>("tensor");
        QTest::addColumn<int>("pipeline");
        QTest::addColumn<int>("data");
        QTest::newRow("one") << 1 << 1 << 1;
        QTest::newRow("tensor") << 4 << 1 << 1;
        QTest::newRow("pipeline") << 1 << 2 << 1;
        QTest::newRow("both") << 4 << 2 << 1;
        QTest::newRow("attention replicas") << 1 << 1 << 8;
    }

    void gpusPerPodFollowTheParallelSizes()
    {
        QFETCH(int, tensor);
        QFETCH(int, pipeline);
        QFETCH(int, data);
        const int gpus = tensor * pipeline * data;
        const auto files = written(planFixture(PlanShape { "example/Experts",
                                                           30e9,
                                                           Precision::Bf16,
                                                           true,
                                                           0,
                                                           { tensor, pipeline, data, data > 1 },
                                                           1 }));
        VERIFY_OK(files);
        const auto server =
            deploymentOf(contentOf(*files, "manifests/10-model-server.yaml"), "experts-vllm");
        const auto container = server["spec"]["template"]["spec"]["containers"][0];
        const auto limit = container["resources"]["limits"]["nvidia.com/gpu"];
        QVERIFY(limit.wasQuoted());
        QCOMPARE(limit.asString().value_or("?"), std::to_string(gpus));
        const bool shared = contentOf(*files, "manifests/10-model-server.yaml").find("/dev/shm")
            != std::string::npos;
        QCOMPARE(shared, gpus > 1);
    }

    void oneSelectorEverywhere()
    {
        const auto files = written(planFixture());
        VERIFY_OK(files);
        std::vector<std::string> selectors;
        for (const auto& file : *files) {
            if (!file.path.starts_with("manifests/"))
                continue;
            const auto documents = parseYamlDocuments(file.content, file.path);
            VERIFY_OK(documents);
            for (const auto& document : *documents) {
                const auto selector = document["spec"]["selector"];
                const auto labels =
                    selector["matchLabels"].exists() ? selector["matchLabels"] : selector;
                if (!labels["llm-d.ai/model"].exists())
                    continue;
                std::string text;
                for (const auto& key : labels.keys())
                    text += key + "=" + labels[key].asString().value_or("?") + ";";
                selectors.push_back(text);
            }
        }
        QCOMPARE(selectors.size(), std::size_t(5)); // Service, Deployment, budget, pool, PodMonitor
        QVERIFY(
            std::ranges::all_of(selectors, [&](const auto& text) { return text == selectors[0]; }));
    }

    void theTokenIsOnlyReferred()
    {
        const auto files = written(planFixture());
        VERIFY_OK(files);
        const auto text = joined(*files);
        QVERIFY(text.find("secretKeyRef") != std::string::npos);
        QVERIFY(text.find("stringData") == std::string::npos);
        QVERIFY(text.find("hf_") == std::string::npos);
    }

    void autoscalersDiffer()
    {
        const auto replicas = [](Autoscaler autoscaler) {
            const auto files = written(planFixture(), withAutoscaler(autoscaler));
            return files ? deploymentOf(contentOf(*files, "manifests/10-model-server.yaml"),
                                        "plain-8b-vllm")["spec"]["replicas"]
                         : YamlNode();
        };
        QVERIFY(!replicas(Autoscaler::Keda).exists());
        QVERIFY(!replicas(Autoscaler::Hpa).exists());
        QCOMPARE(replicas(Autoscaler::None).asInteger().value_or(0), 2);
        const auto none = written(planFixture(), withAutoscaler(Autoscaler::None));
        VERIFY_OK(none);
        QVERIFY(contentOf(*none, "manifests/60-autoscaling.yaml").empty());
        QVERIFY(joined(*none).find("flowControl") == std::string::npos);
        const auto keda = contentOf(*written(planFixture()), "manifests/60-autoscaling.yaml");
        QVERIFY(keda.find("or vector(0)") != std::string::npos);
        QVERIFY(keda.find("threshold: \"48\"") != std::string::npos);
    }

    void bytesOfMemoryCoverSharedMemory()
    {
        const auto plan =
            planFixture(
                PlanShape {
                    "example/Plain-8B", 8e9, Precision::Bf16, false, 0, { 8, 1, 1, false }, 1 })
                .plan();
        VERIFY_OK(plan);
        QVERIFY(plan->host.sharedMemory >= gibibytes(8));
        QVERIFY(plan->host.memory > plan->host.sharedMemory + gibibytes(8));
    }

    void badOptionsAreRefused_data()
    {
        QTest::addColumn<std::string>("field");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<std::string>("message");
        const auto row = [](const char* field, std::string value, const char* message) {
            QTest::addRow("%s %s", field, value.substr(0, 20).c_str())
                << std::string(field) << std::move(value) << std::string(message);
        };
        row("target", "nomad", "no export target 'nomad'; known are kubernetes, kustomize");
        row("toleration", "a b", "is not a toleration");
        row("toleration", "key:Never", "is not a toleration");
        row("topology", "Bad Key", "not the key of a node label");
        row("rdma", "infiniband", "not the name of a resource");
        row("claim", "Bad_Claim", "not the name of a PersistentVolumeClaim");
        row("pull", "Bad_Secret", "not the name of a Secret");
        row("class", "istio", "needs the name of the Gateway");
        row("url", "javascript:alert(1)", "not a Prometheus address");
        row("url", "http://x\ny", "not a Prometheus address");
        row("url", "", "not a Prometheus address");
        row("gateway", "Bad_Name", "not the name of a Gateway");
        row("gateway", "a/b/c", "not the name of a Gateway");
        row("gateway", "a/", "not the name of a Gateway");
        row("secret", "", "not the name of a Secret");
        row("namespace", "Bad Space", "not a namespace name");
        row("namespace", std::string(64, 'a'), "not a namespace name");
        row("name", "UPPER", "not a name for Kubernetes objects");
        row("name", std::string(41, 'a'), "not a name for Kubernetes objects");
        row("name", "1abc", "not a name for Kubernetes objects");
    }

    void badOptionsAreRefused()
    {
        QFETCH(std::string, field);
        QFETCH(std::string, value);
        QFETCH(std::string, message);
        const auto fixture = planFixture();
        auto plan = fixture.plan();
        VERIFY_OK(plan);
        ManifestOptions options;
        (field == "target"           ? options.target
             : field == "url"        ? options.prometheusUrl
             : field == "gateway"    ? options.gateway
             : field == "secret"     ? options.tokenSecret
             : field == "topology"   ? options.topologyKey
             : field == "rdma"       ? options.rdmaResource
             : field == "claim"      ? options.modelClaim
             : field == "pull"       ? options.pullSecret
             : field == "class"      ? options.gatewayClass
             : field == "toleration" ? options.tolerations.emplace_back()
             : field == "namespace"  ? plan->nameSpace
                                     : plan->name) = value;
        VERIFY_ERROR(writeManifests(*plan, options), message);
    }

    void anEmptyPlanIsRefused()
    {
        VERIFY_ERROR(writeManifests({}, {}), "no model, GPU or version row");
    }

    void autoscalerNames()
    {
        for (const auto autoscaler :
             { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::Wva, Autoscaler::None })
            QVERIFY(parseAutoscaler(toString(autoscaler)) == autoscaler);
        QVERIFY(!parseAutoscaler("vpa"));
    }
};

QTEST_APPLESS_MAIN(TestManifests)
#include "tst_manifests.moc"

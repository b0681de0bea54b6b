// SPDX-License-Identifier: Apache-2.0
#include <core/base/file.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QProcess>
#include <QTest>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

using namespace llmd;
using namespace llmd::testing;

namespace {

using Files = std::vector<ManifestFile>;

std::string contentOf(const Files& files, std::string_view path)
{
    const auto it = std::ranges::find(files, path, &ManifestFile::path);
    return it == files.end() ? std::string() : it->content;
}

std::string joined(const Files& files)
{
    std::string text;
    for (const auto& file : files)
        text += "=== " + file.path + "\n" + file.content;
    return text;
}

std::vector<YamlNode> documentsOf(const Files& files, std::string_view path)
{
    return parseYamlDocuments(contentOf(files, path), std::string(path))
        .value_or(std::vector<YamlNode>());
}

YamlNode documentOf(const Files& files, std::string_view path, const char* kind)
{
    for (const auto& document : documentsOf(files, path)) {
        if (document["kind"].asString().value_or("") == kind)
            return document;
    }
    return {};
}

std::string str(const YamlNode& node)
{
    return node.isScalar() ? node.asString().value_or("?") : "?";
}

ManifestOptions optionsFor(const std::string& target, Autoscaler autoscaler = Autoscaler::Keda)
{
    ManifestOptions options;
    options.target = target;
    options.autoscaler = autoscaler;
    options.gateway = "infra/gateway";
    options.gatewayClass = "istio";
    return options;
}

Result<Files> written(const PlanFixture& fixture, const ManifestOptions& options)
{
    return fixture.plan().and_then(
        [&](const DeploymentPlan& plan) { return writeManifests(plan, options); });
}

/** Two nodes of eight GPUs: attention replicas on each, or pipeline stages. */
PlanFixture nodesFixture(bool stages)
{
    // Data-parallel ranks keep what is no expert whole.
    return planFixture(
        stages ? PlanShape { "example/Experts-400B",
                             400e9,
                             Precision::Fp8,
                             true,
                             0,
                             { 8, 2, 1, true },
                             2 }
               : PlanShape {
                   "example/Experts-200B", 200e9, Precision::Fp8, true, 0, { 1, 1, 16, true }, 2 });
}

std::vector<std::string> targetIds()
{
    std::vector<std::string> ids;
    for (const auto& [id, sentence] : manifestTargets())
        ids.push_back(id);
    return ids;
}

/** Kinds of all objects and the shape of every document, so that two exports can be compared. */
std::multimap<std::string, std::string> shapeOf(const Files& files)
{
    std::multimap<std::string, std::string> shape;
    for (const auto& file : files) {
        if (!file.path.ends_with(".yaml"))
            continue;
        for (const auto& document : documentsOf(files, file.path)) {
            std::string keys = str(document["kind"]) + ":";
            for (const auto& key : document.keys())
                keys += " " + key;
            shape.emplace(file.path, keys);
        }
    }
    return shape;
}

} // namespace

class TestManifestTargets : public QObject
{
    Q_OBJECT

private slots:
    void golden_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<int>("which");
        for (const auto& id : targetIds()) {
            if (id == "commands")
                continue; // its scripts are run, see scriptsPassTheTextsOn
            QTest::addRow("%s, one group", id.c_str()) << id << 0;
            QTest::addRow("%s, prefill and decode", id.c_str()) << id << 1;
        }
        QTest::newRow("kubernetes, nodes") << std::string("kubernetes") << 2;
    }

    void golden()
    {
        QFETCH(std::string, target);
        QFETCH(int, which);
        const char* names[] = { "one", "pd", "nodes" };
        const auto fixture = which == 0 ? planFixture()
            : which == 1                ? disaggregatedFixture()
                                        : nodesFixture(true);
        const auto files = written(fixture, optionsFor(target));
        VERIFY_OK(files);
        COMPARE_GOLDEN(joined(*files),
                       fmt::format("manifests-{}-{}.txt", target, names[which]).c_str());
    }

    void everyTargetIsComplete_data()
    {
        QTest::addColumn<std::string>("target");
        for (const auto& id : targetIds())
            QTest::newRow(id.c_str()) << id;
    }

    void everyTargetIsComplete()
    {
        QFETCH(std::string, target);
        for (const auto& fixture : { planFixture(), disaggregatedFixture() }) {
            for (const auto autoscaler :
                 { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::Wva, Autoscaler::None }) {
                const auto files = written(fixture, optionsFor(target, autoscaler));
                VERIFY_OK(files);
                QVERIFY(checkManifests(*files).empty());
                QCOMPARE(files->front().path, std::string("APPLY.md"));
                QCOMPARE(files->back().path, std::string("planner.json"));
                const auto json = nlohmann::json::parse(files->back().content, nullptr, false);
                QCOMPARE(json["target"].get<std::string>(), target);
                // Every engine argument of the plan is explained, and the list of files is the true one.
                const auto plan = fixture.plan();
                for (const auto* server : plan->servers()) {
                    for (const auto& argument : server->arguments)
                        QVERIFY(files->front().content.find(argument.flag) != std::string::npos);
                }
                QCOMPARE(json["files"].size(), files->size() - 1);
                QVERIFY(written(fixture, optionsFor(target, autoscaler)) == files); // equal bytes
            }
        }
    }

    void hostileTexts_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("title");
        const auto row = [](const char* name, std::string id, std::string title) {
            QTest::newRow(name) << std::move(id) << std::move(title);
        };
        row("quotes", "org/\"quoted' `name`", "say \"yes\", don't");
        row("line breaks", "org/two\nlines: 1", "need\n---\nkind: Secret\n");
        row("YAML 1.1 line breaks", "org/x\xC2\x85y",
            "a\xE2\x80\xA8kind: Secret\xE2\x80\xA9\xC2\x85z\r\nq");
        row("shell", "org/$(touch /tmp/x)`id`;rm -rf ~|&><*?[]!{}\\",
            "$(id) `id` ; exit 1\n exit 2");
        row("single quotes", "org/'; exit 7 #'", "'");
        row("templates", "org/{{ .Values.secret }}{{- \"x\" }}", "{{ fail \"no\" }}");
        row("looks like YAML", "yes", "key: [value, {x: &a *a}] # no");
        row("number", "123", "0x1F");
        row("variable", "org/$(HF_TOKEN)", "$(HF_TOKEN)");
        row("unicode", "机构/模型-七十亿", "Ausgezeichnet: größer — 日本語");
        row("300 characters", std::string(300, 'x'), std::string(3000, 'y'));
        row("spaces", " org/a model with spaces #1 ", "  ");
    }

    void hostileTexts()
    {
        QFETCH(std::string, id);
        QFETCH(std::string, title);
        for (const bool split : { false, true }) {
            auto fixture = split ? disaggregatedFixture(id) : planFixture(id);
            fixture.requirements.title = title;
            const auto plain = split ? disaggregatedFixture("org/plain") : planFixture("org/plain");
            for (const auto& target : targetIds()) {
                const auto files = written(fixture, optionsFor(target));
                VERIFY_OK(files);
                QVERIFY(checkManifests(*files).empty());
                const auto expected = written(plain, optionsFor(target));
                VERIFY_OK(expected);
                QVERIFY2(shapeOf(*files) == shapeOf(*expected), target.c_str());
                checkModelId(*files, target, id, split);
            }
        }
    }

    void scriptsPassTheTextsOn_data() { hostileTexts_data(); }

    /** The script is run with a `vllm` of our own that writes down its arguments. */
    void scriptsPassTheTextsOn()
    {
        QFETCH(std::string, id);
        QFETCH(std::string, title);
        auto fixture = planFixture(id);
        fixture.requirements.title = title;
        const auto files = written(fixture, optionsFor("commands"));
        VERIFY_OK(files);
        const TemporaryFolder folder;
        VERIFY_OK(saveManifests(*files, folder / "export"));
        for (const char* name : { "vllm", "guidellm" }) {
            const auto path = folder / name;
            std::ofstream(path) << "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$OUT\"\n";
            std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        }
        const auto run = [&](const char* script) {
            QProcess shell;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert("PATH",
                               QString::fromStdString(folder.path().string()) + ":"
                                   + environment.value("PATH"));
            environment.insert("OUT", QString::fromStdString((folder / "out").string()));
            environment.insert("REPLICA", "1");
            shell.setProcessEnvironment(environment);
            shell.start("/bin/sh",
                        { QString::fromStdString((folder / "export" / script).string()) });
            QTest::qVerify(shell.waitForFinished(30000) && shell.exitCode() == 0, script,
                           shell.readAllStandardError().constData(), __FILE__, __LINE__);
            const auto content = readFile(folder / "out").value_or(std::string());
            std::vector<std::string> words;
            for (const auto word : split(content, '\0'))
                words.emplace_back(word);
            words.pop_back(); // after the last NUL
            return words;
        };
        const auto serve = run("serve.sh");
        const auto plan = fixture.plan();
        QVERIFY(serve.size() == plan->arguments.size() + 4);
        QCOMPARE(serve[0], std::string("serve"));
        QCOMPARE(serve[1], id);
        QCOMPARE(serve[2], "--served-model-name=" + id);
        QCOMPARE(serve[3], std::string("--port=8001"));
        for (std::size_t i = 0; i < plan->arguments.size(); ++i)
            QCOMPARE(serve[i + 4], plan->arguments[i].text());
        const auto measure = run("benchmark.sh");
        QVERIFY(std::ranges::find(measure, id) != measure.end());
        QVERIFY(std::ranges::find(measure, "http://localhost:8000") != measure.end());
    }

    void sidecarFlagsFollowTheRouter()
    {
        auto fixture = disaggregatedFixture();
        const auto args = [&] {
            const auto files = written(fixture, optionsFor("kubernetes"));
            const auto documents = documentsOf(*files, "manifests/10-model-server.yaml");
            for (const auto& document : documents) {
                const auto sidecar = document["spec"]["template"]["spec"]["initContainers"][0];
                if (sidecar.exists())
                    return sidecar["args"];
            }
            return YamlNode();
        };
        QCOMPARE(str(args()[1]), std::string("--model-server-port=8200"));
        QCOMPARE(str(args()[2]), std::string("--kv-connector=nixlv2"));
        fixture.catalog.versionRows[0].routerVersion = "v0.9.0";
        QCOMPARE(str(args()[1]), std::string("--vllm-port=8200"));
        QCOMPARE(str(args()[2]), std::string("--connector=nixlv2"));
        fixture.catalog.versionRows[0].routerVersion = "v0"; // its main branch
        QCOMPARE(str(args()[1]), std::string("--model-server-port=8200"));
    }

    void pickerFollowsTheRouter()
    {
        auto fixture = disaggregatedFixture();
        const auto config = [&] {
            const auto files = written(fixture, optionsFor("kubernetes"));
            const auto map = documentOf(*files, "manifests/20-endpoint-picker.yaml", "ConfigMap");
            return str(map["data"]["endpoint-picker.yaml"]);
        };
        QVERIFY(config().find("deciders:") != std::string::npos);
        QVERIFY(config().find("active-request-scorer") != std::string::npos);
        QVERIFY(config().find("nonCachedTokens: 256") != std::string::npos);
        fixture.catalog.versionRows[0].routerVersion = "v0.9.0";
        QVERIFY(config().find("deciderPluginName: prefix-based-pd-decider") != std::string::npos);
        QVERIFY(config().find("active-request-scorer") == std::string::npos);
        fixture.option.candidate.topology.disaggregation->localPromptTokens = 0;
        QVERIFY(config().find("always-disagg-pd-decider") != std::string::npos);
    }

    void rayArgumentsFollowItsEngine()
    {
        auto fixture = planFixture();
        const auto parameters = [&] {
            const auto files = written(fixture, optionsFor("ray"));
            const auto service = documentOf(*files, "manifests/rayservice.yaml", "RayService");
            const auto config = parseYaml(str(service["spec"]["serveConfigV2"]));
            return (*config)["applications"][0]["args"]["llm_configs"][0]["engine_kwargs"];
        };
        QCOMPARE(parameters()["max_num_seqs"].asInteger().value_or(0), 256);
        QCOMPARE(str(parameters()["enable_prefix_caching"]), std::string("true"));
        QVERIFY(!parameters()["shutdown_timeout"].exists());
        fixture.option.candidate.engine.prefixCaching = false;
        QCOMPARE(str(parameters()["enable_prefix_caching"]), std::string("false"));
    }

    void platformsWithoutAVersionAreRefused()
    {
        auto fixture = planFixture();
        auto& row = fixture.catalog.versionRows[0];
        row.ray = {};
        row.dynamo = {};
        row.kserve.clear();
        VERIFY_ERROR(written(fixture, optionsFor("ray")), "names no version of Ray");
        VERIFY_ERROR(written(fixture, optionsFor("dynamo")), "names no version of Dynamo");
        VERIFY_ERROR(written(fixture, optionsFor("kserve")), "names no version of KServe");
        auto amd = planFixture(PlanShape {});
        amd.option.candidate.gpu = &amd.catalog.gpus[2];
        VERIFY_ERROR(written(amd, optionsFor("ray")), "are for NVIDIA GPUs");
        VERIFY_ERROR(written(nodesFixture(true), optionsFor("helm")),
                     "choose the target kubernetes");
        VERIFY_OK(written(nodesFixture(false), optionsFor("helm")));
    }

    void whatDoesNotFitIsWrittenOnRequestOnly()
    {
        const auto fixture = planFixture(PlanShape {
            "example/Plain-70B", 70e9, Precision::Bf16, false, 0, { 1, 1, 1, false }, 1 });
        for (const auto& target : targetIds()) {
            auto options = optionsFor(target);
            VERIFY_ERROR(written(fixture, options), "does not fit into the GPUs' memory");
            options.allowUnfit = true;
            const auto files = written(fixture, options);
            VERIFY_OK(files);
            int said = 0;
            for (const auto& file : *files)
                said += file.content.find("DOES NOT FIT, written on request") != std::string::npos;
            QVERIFY2(said >= 1, target.c_str());
            QVERIFY(contentOf(*files, "APPLY.md").find("does not fit") != std::string::npos);
            const auto json =
                nlohmann::json::parse(contentOf(*files, "planner.json"), nullptr, false);
            QVERIFY(json["does_not_fit"].get<std::string>().find("short of") != std::string::npos);
        }
    }

    void optionsReachThePods()
    {
        auto options = optionsFor("kubernetes");
        options.modelClaim = "models";
        options.pullSecret = "registry";
        options.tolerations = { "dedicated=llm:NoSchedule", "spot" };
        options.topologyKey = "topology.kubernetes.io/zone";
        options.rdmaResource = "rdma/hca";
        const auto files = written(disaggregatedFixture(), options);
        VERIFY_OK(files);
        int deployments = 0;
        for (const auto& document : documentsOf(*files, "manifests/10-model-server.yaml")) {
            if (str(document["kind"]) != "Deployment")
                continue;
            ++deployments;
            const auto pod = document["spec"]["template"]["spec"];
            QCOMPARE(str(pod["imagePullSecrets"][0]["name"]), std::string("registry"));
            QCOMPARE(str(pod["volumes"][0]["persistentVolumeClaim"]["claimName"]),
                     std::string("models"));
            QCOMPARE(str(pod["tolerations"][1]["value"]), std::string("llm"));
            QCOMPARE(str(pod["tolerations"][2]["operator"]), std::string("Exists"));
            const auto near =
                pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][0];
            QCOMPARE(str(near["topologyKey"]), options.topologyKey);
            const auto container = pod["containers"][0];
            QCOMPARE(str(container["resources"]["limits"]["rdma/hca"]), std::string("1"));
            QCOMPARE(str(container["securityContext"]["capabilities"]["add"][0]),
                     std::string("IPC_LOCK"));
        }
        QCOMPARE(deployments, 2);
        const auto gateway = documentOf(*files, "prerequisites/gateway.yaml", "Gateway");
        QCOMPARE(str(gateway["metadata"]["namespace"]), std::string("infra"));
        QCOMPARE(str(gateway["spec"]["gatewayClassName"]), std::string("istio"));
    }

    void nodesOfOneReplica()
    {
        const auto spread = written(nodesFixture(false), optionsFor("kubernetes"));
        VERIFY_OK(spread);
        const auto balanced =
            documentOf(*spread, "manifests/10-model-server.yaml", "LeaderWorkerSet");
        const auto group = balanced["spec"]["leaderWorkerTemplate"];
        QCOMPARE(group["size"].asInteger().value_or(0), 2);
        QVERIFY(!group["leaderTemplate"].exists()); // all pods are alike
        QVERIFY(str(group["workerTemplate"]["spec"]["containers"][0]["command"][2])
                    .find("$((LWS_WORKER_INDEX * 8))")
                != std::string::npos);
        const auto staged = written(nodesFixture(true), optionsFor("kubernetes"));
        VERIFY_OK(staged);
        const auto stages = documentOf(*staged, "manifests/10-model-server.yaml",
                                       "LeaderWorkerSet")["spec"]["leaderWorkerTemplate"];
        const auto label = [](const YamlNode& pod) {
            return pod["metadata"]["labels"]["llm-d.ai/inference-serving"];
        };
        QCOMPARE(str(label(stages["leaderTemplate"])), std::string("true"));
        QVERIFY(!label(stages["workerTemplate"]).exists());
        QVERIFY(!stages["workerTemplate"]["spec"]["containers"][0]["readinessProbe"].exists());
        const auto scaler = documentOf(*staged, "manifests/60-autoscaling.yaml", "ScaledObject");
        QCOMPARE(str(scaler["spec"]["scaleTargetRef"]["kind"]), std::string("LeaderWorkerSet"));
    }

    void archives_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("tar") << std::string("plan.tar.gz") << "tar" << QStringList { "-xzf" };
        QTest::newRow("zip") << std::string("plan.zip") << "python3"
                             << QStringList { "-m", "zipfile", "-e" };
    }

    void archives()
    {
        QFETCH(std::string, name);
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        const auto files = written(planFixture(), optionsFor("kustomize"));
        VERIFY_OK(files);
        const TemporaryFolder folder;
        const auto path = folder / name;
        const auto format = archiveFormat(path);
        QVERIFY(format.has_value());
        VERIFY_OK(archiveManifests(*files, "plan", *format, path));
        const auto first = readFile(path);
        VERIFY_OK(archiveManifests(*files, "plan", *format, path));
        QVERIFY(first == readFile(path)); // equal bytes for equal files
        QProcess extract;
        extract.setWorkingDirectory(QString::fromStdString(folder.path().string()));
        arguments << QString::fromStdString(path.string());
        if (program == "python3")
            arguments << ".";
        extract.start(program, arguments);
        QVERIFY(extract.waitForFinished(30000));
        QVERIFY2(extract.exitCode() == 0, extract.readAllStandardError().constData());
        for (const auto& file : *files)
            QCOMPARE(readFile(folder / "plan" / file.path).value_or("?"), file.content);
    }

    void badArchives()
    {
        const TemporaryFolder folder;
        QVERIFY(!archiveFormat("plan.rar"));
        QVERIFY(archiveFormat("PLAN.TGZ") == ArchiveFormat::TarGzip);
        VERIFY_ERROR(
            archiveManifests({ { "../x", "y" } }, "plan", ArchiveFormat::Zip, folder / "a.zip"),
            "not a path inside the export folder");
        VERIFY_ERROR(archiveManifests({ { "x", "y" } }, "plan", ArchiveFormat::Zip,
                                      folder / "no" / "such" / "a.zip"),
                     "a.zip");
    }

    void platformMutations_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* target, const char* file,
                            const char* from, const char* to, const char* message) {
            QTest::newRow(name) << std::string(target) << QString(file) << QString(from)
                                << QString(to) << QString(message);
        };
        constexpr const char* server = "manifests/10-model-server.yaml";
        constexpr const char* picker = "manifests/20-endpoint-picker.yaml";
        row("unknown plugin", "kubernetes", picker, "- type: queue-scorer", "- type: quick-scorer",
            "no plugin 'quick-scorer'");
        row("unknown parameter", "kubernetes", picker,
            "maxPrefixTokensToMatch:", "maxPrefixTokens:", "which the router does not know");
        row("unknown key", "kubernetes", picker,
            "defaultRequestTTL:", "requestTTL:", "flowControl has the key 'requestTTL'");
        row("no feature gate", "kubernetes", picker, "      - flowControl\n", "      - other\n",
            "without its feature gate");
        row("decider", "kubernetes", picker, "prefill: prefix-based-pd-decider",
            "prefill: other-decider", "refers to the plugin 'other-decider'");
        row("block sizes differ", "kubernetes", server, "- --max-num-seqs=32",
            "- --max-num-seqs=32\n            - --block-size=64", "--block-size must be equal");
        row("no transfer", "kubernetes", server,
            "--kv-transfer-config=", "--kv-transfer=", "--kv-transfer-config is missing");
        row("tensor sizes", "kubernetes", server, "--tensor-parallel-size=2",
            "--tensor-parallel-size=3", "no multiples of each other");
        row("one side only", "kubernetes", server, "llm-d.ai/role: prefill", "llm-d.ai/role: other",
            "need each other");
        row("pool and servers", "helm", "helm/router-values.yaml",
            "llm-d.ai/model: example-Plain-70B", "llm-d.ai/model: other", "must select the labels");
        row("pool port", "helm", "helm/router-values.yaml", "- number: 8000", "- number: 8001",
            "port of the model servers");
        row("chart GPUs", "helm", "helm/modelservice-values.yaml", "tensor: 4", "tensor: 2",
            "the parallel sizes need 2 GPUs");
        row("chart name", "helm", "manifests/60-autoscaling.yaml",
            "    name: plain-70b-decode\n  minReplicaCount", "    name: other\n  minReplicaCount",
            "the chart makes no workload");
        row("nested configuration", "helm", "helm/router-values.yaml",
            "pluginsConfigFile: endpoint-picker.yaml", "pluginsConfigFile: other.yaml",
            "configuration file of the endpoint picker");
        row("kustomization", "kustomize", "base/kustomization.yaml", "- 10-model-server.yaml",
            "- 10-model-servers.yaml", "is not a file of this export");
        row("KServe GPUs", "kserve", "manifests/llm-inference-service.yaml", "tensor: 4",
            "tensor: 8", "the parallel sizes need 8");
        row("KServe container", "kserve", "manifests/llm-inference-service.yaml", "- name: main",
            "- name: vllm", "a container named main");
        row("Ray placement", "ray", "manifests/rayservice.yaml", "tensor_parallel_size: 4",
            "tensor_parallel_size: 8", "the parallel sizes need 8");
        row("Ray GPUs", "ray", "manifests/rayservice.yaml", "num-gpus: \"4\"", "num-gpus: \"2\"",
            "num-gpus must be");
        row("Dynamo GPUs", "dynamo", "manifests/dynamo-graph.yaml", "--tensor-parallel-size=4",
            "--tensor-parallel-size=8", "the parallel sizes need 8");
        row("Dynamo names", "dynamo", "manifests/dynamo-graph.yaml", "name: plain-70b\n",
            "name: a-name-of-thirty-eight-characters-and-m\n", "longer than 45 together");
    }

    void platformMutations()
    {
        QFETCH(std::string, target);
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        auto result = written(disaggregatedFixture(), optionsFor(target));
        VERIFY_OK(result);
        auto& files = *result;
        const auto it = std::ranges::find(files, file.toStdString(), &ManifestFile::path);
        QVERIFY(it != files.end());
        const auto mutated = QString::fromStdString(it->content).replace(from, to).toStdString();
        QVERIFY2(mutated != it->content, "the mutation does not apply: the export has changed");
        it->content = mutated;
        std::string found;
        for (const auto& issue : checkManifests(files))
            found += describe(issue) + "\n";
        QVERIFY2(QString::fromStdString(found).contains(message), ("found: " + found).c_str());
    }

private:
    /** The id arrives byte for byte where the target passes it to the engine. */
    static void checkModelId(const Files& files, const std::string& target, const std::string& id,
                             bool split)
    {
        auto literal = id;
        for (auto at = literal.find("$("); at != std::string::npos; at = literal.find("$(", at + 3))
            literal.insert(at, "$");
        if (target == "helm") {
            const auto values = documentsOf(files, "helm/modelservice-values.yaml").front();
            QCOMPARE(str(values["modelArtifacts"]["name"]), id);
            QCOMPARE(str(values["decode"]["containers"][0]["args"][0]), literal);
            // The chart runs the address through its templates.
            const auto uri = str(values["modelArtifacts"]["uri"]);
            const auto opening = uri.find("{{");
            QVERIFY(opening == std::string::npos || uri.compare(opening, 7, "{{\"{{\"}") == 0);
        } else if (target == "kserve") {
            const auto service =
                documentOf(files, "manifests/llm-inference-service.yaml", "LLMInferenceService");
            QCOMPARE(str(service["spec"]["model"]["name"]), id);
        } else if (target == "ray") {
            const auto service = documentOf(files, "manifests/rayservice.yaml", "RayService");
            const auto config = parseYaml(str(service["spec"]["serveConfigV2"]));
            VERIFY_OK(config);
            const auto arguments = (*config)["applications"][0]["args"];
            const auto model = split ? arguments["decode_config"] : arguments["llm_configs"][0];
            QCOMPARE(str(model["model_loading_config"]["model_id"]), id);
        } else if (target == "dynamo") {
            const auto graph =
                documentOf(files, "manifests/dynamo-graph.yaml", "DynamoGraphDeployment");
            const auto worker = graph["spec"]["services"][split ? "Decode" : "Worker"];
            QCOMPARE(str(worker["extraPodSpec"]["mainContainer"]["args"][1]), literal);
        }
        const auto job = documentOf(files, "benchmark/guidellm-job.yaml", "Job");
        if (target != "commands")
            QVERIFY(job.exists());
    }
};

QTEST_APPLESS_MAIN(TestManifestTargets)
#include "tst_manifesttargets.moc"

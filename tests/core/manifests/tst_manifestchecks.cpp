// SPDX-License-Identifier: Apache-2.0
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;

namespace {

constexpr const char* server = "manifests/10-model-server.yaml";
constexpr const char* picker = "manifests/20-endpoint-picker.yaml";
constexpr const char* pool = "manifests/30-inference-pool.yaml";
constexpr const char* route = "manifests/40-http-route.yaml";
constexpr const char* monitoring = "manifests/50-monitoring.yaml";
constexpr const char* scaling = "manifests/60-autoscaling.yaml";

std::vector<ManifestFile> sound(Autoscaler autoscaler)
{
    const auto fixture = planFixture(
        PlanShape { "example/Plain-70B", 70e9, Precision::Bf16, false, 0, { 4, 2, 1, false }, 2 });
    const auto plan = fixture.plan();
    if (!plan)
        return {};
    ManifestOptions options;
    options.autoscaler = autoscaler;
    options.gateway = "gateway";
    return writeManifests(*plan, options).value_or(std::vector<ManifestFile>());
}

std::string messages(const std::vector<Issue>& issues)
{
    std::string text;
    for (const auto& issue : issues)
        text += describe(issue) + "\n";
    return text;
}

} // namespace

/** Every rule of checkManifests has a mutation of a sound export that only this rule can see. */
class TestManifestChecks : public QObject
{
    Q_OBJECT

private slots:
    void soundExportsPass()
    {
        for (const auto autoscaler : { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::None }) {
            const auto files = sound(autoscaler);
            QVERIFY(files.size() >= 7);
            const auto issues = checkManifests(files);
            QVERIFY2(issues.empty(), messages(issues).c_str());
        }
    }

    void mutations_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* file, const char* from, const char* to,
                            const char* message) {
            QTest::newRow(name) << QString(file) << QString(from) << QString(to)
                                << QString(message);
        };
        row("not YAML", server, "kind: Service\n", "kind: [Service\n", "not valid YAML");
        row("duplicate key", pool, "  appProtocol: http\n",
            "  appProtocol: http\n  appProtocol: http\n", "not valid YAML");
        row("no kind", pool, "kind: InferencePool\n", "",
            "needs apiVersion, kind and metadata.name");
        row("no name", pool, "  name: plain-70b\n", "", "needs apiVersion, kind and metadata.name");
        row("twice", server, "kind: ServiceAccount\nmetadata:\n  name: plain-70b-vllm\n",
            "kind: Service\nmetadata:\n  name: plain-70b-vllm\n", "already in");
        row("illegal name", pool, "  name: plain-70b\n  namespace",
            "  name: Plain_70B\n  namespace", "not a legal name");
        row("service name with a digit first", picker,
            "kind: Service\nmetadata:\n  name: plain-70b-epp\n",
            "kind: Service\nmetadata:\n  name: 1plain-70b-epp\n", "not a legal name for a Service");
        row("no namespace", pool, "  namespace: llm-serving\n", "", "no namespace");
        row("label not quoted", server, "inference-serving: \"true\"", "inference-serving: true",
            "must be a quoted string");
        row("label is a number", pool, "llm-d.ai/model: example-Plain-70B", "llm-d.ai/model: 70",
            "must be a quoted string");
        row("label with a slash", pool, "llm-d.ai/model: example-Plain-70B",
            "llm-d.ai/model: example/Plain-70B", "not a legal label value");
        row("label key", monitoring, "app.kubernetes.io/managed-by:",
            "app.kubernetes.io/managed/by:", "not a legal label key");
        row("annotation key", picker, "llm-d-planner/config-hash:", "llm-d planner/config-hash:",
            "not a legal annotation key");
        row("annotation not quoted", server, "llm-d-planner/model: example/Plain-70B",
            "llm-d-planner/model: 70", "annotation 'llm-d-planner/model' must be");
        row("credentials", monitoring, "type: kubernetes.io/service-account-token",
            "stringData: {token: abc}", "must not hold secret values");
        row("environment not quoted", server, "value: /model-cache\n", "value: 1\n",
            "must be a quoted string");
        row("environment twice", server, "- name: VLLM_CACHE_ROOT", "- name: HF_HOME",
            "is set twice");
        row("argument is a number", server, "- \"15\"", "- 15", "argument must be a string");
        row("selector", server, "    matchLabels:\n      app.kubernetes.io/instance: plain-70b",
            "    matchLabels:\n      app.kubernetes.io/instance: other",
            "which the pods do not carry");
        row("GPUs below TP x PP", server, "nvidia.com/gpu: \"8\"", "nvidia.com/gpu: \"4\"",
            "4 GPUs are limited and the parallel sizes need 8");
        row("parallel size", server, "--pipeline-parallel-size=2", "--pipeline-parallel-size=1",
            "8 GPUs are limited and the parallel sizes need 4");
        row("parallel size is text", server, "--tensor-parallel-size=4",
            "--tensor-parallel-size=four", "the parallel sizes need 0");
        row("request is not the limit", server, "nvidia.com/gpu: \"8\"\n            limits",
            "nvidia.com/gpu: \"2\"\n            limits", "requests and limits must be equal");
        row("no GPU", server, "nvidia.com/gpu: \"8\"", "pods: \"8\"", "exactly one kind of GPU");
        row("no shared memory", server, "mountPath: /dev/shm", "mountPath: /shm", "/dev/shm");
        row("volume", server, "- name: shared-memory\n          emptyDir",
            "- name: shared\n          emptyDir", "'shared-memory' is not declared");
        row("probe port", server, "path: /health\n              port: http",
            "path: /health\n              port: https", "livenessProbe asks port 'https'");
        row("engine port", server, "--port=8000", "--port=8001", "listens on port 8001");
        row("grace period", server, "terminationGracePeriodSeconds: 60",
            "terminationGracePeriodSeconds: 45", "grace period of 45 s");
        row("service account", server, "serviceAccountName: plain-70b-vllm",
            "serviceAccountName: default-account", "service account is not in this export");
        row("config map", picker, "configMap:\n            name: plain-70b-epp",
            "configMap:\n            name: other", "ConfigMap is not in this export");
        row("service selects nothing", server,
            "  selector:\n    app.kubernetes.io/instance: plain-70b",
            "  selector:\n    app.kubernetes.io/instance: other", "Service selects no Deployment");
        row("service port", server, "targetPort: http", "targetPort: grpc",
            "is not a port of Deployment");
        row("budget", server,
            "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/instance: "
            "plain-70b",
            "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/instance: "
            "other",
            "budget selects no Deployment");
        row("pool selects nothing", pool,
            "    matchLabels:\n      app.kubernetes.io/instance: plain-70b",
            "    matchLabels:\n      app.kubernetes.io/instance: other",
            "InferencePool selects no Deployment");
        row("pool port", pool, "- number: 8000", "- number: 8200", "target port 8200");
        row("pool without port", pool, "  targetPorts:\n    - number: 8000\n",
            "  targetPorts: []\n", "no target port");
        row("picker service", pool, "name: plain-70b-epp", "name: other-epp",
            "Service is not in this export");
        row("picker port", pool, "number: 9002", "number: 9003", "has no such port");
        row("failure mode", pool, "FailOpen", "FailClosed", "FailOpen or FailClose");
        row("route", route, "          name: plain-70b", "          name: other",
            "backend is not in this export");
        row("role", picker, "kind: Role\n  name: plain-70b-epp", "kind: Role\n  name: other",
            "bound role is not in this export");
        row("cluster role", picker, "kind: ClusterRole\n  name: plain-70b-llm-serving-epp",
            "kind: ClusterRole\n  name: other", "bound role is not in this export");
        row("subject", picker, "- kind: ServiceAccount\n    name: plain-70b-epp",
            "- kind: ServiceAccount\n    name: other", "account that gets the role");
        row("pod monitor", monitoring, "      llm-d.ai/model: example-Plain-70B",
            "      llm-d.ai/model: other", "PodMonitor selects no Deployment");
        row("pod monitor port", monitoring, "- port: http\n", "- port: metrics\n",
            "port that the pods do not name");
        row("service monitor", monitoring,
            "      app.kubernetes.io/component: endpoint-picker\n  endpoints",
            "      app.kubernetes.io/component: picker\n  endpoints",
            "ServiceMonitor selects no Service");
        row("service monitor port", monitoring, "- port: http-metrics", "- port: metrics",
            "port that the Service does not name");
        row("service monitor token", monitoring,
            "credentials:\n          name: plain-70b-epp-metrics",
            "credentials:\n          name: other", "Secret with the token");
        row("scale target", scaling, "    name: plain-70b-vllm\n  minReplicaCount",
            "    name: plain-70b-decode\n  minReplicaCount", "scale target is not in this export");
        row("replicas", scaling, "maxReplicaCount: 4", "maxReplicaCount: 1",
            "smallest number of replicas");
        row("no replicas", scaling, "minReplicaCount: 2", "minReplicaCount: 0",
            "smallest number of replicas");
        row("trigger not quoted", scaling, "threshold: \"1\"", "threshold: 1",
            "'threshold' must be a quoted string");
        row("average", scaling, "sum(llm_d_epp_request_running", "avg(llm_d_epp_request_running",
            "query that sums");
        row("fixed replicas", server, "  strategy:\n    type: RollingUpdate",
            "  replicas: 2\n  strategy:\n    type: RollingUpdate", "left to the autoscaler");
        row("dangling plugin", picker, "- pluginRef: queue-scorer", "- pluginRef: queu-scorer",
            "refers to the plugin 'queu-scorer'");
        row("dangling detector", picker, "pluginRef: utilization-detector",
            "pluginRef: concurrency-detector", "refers to the plugin 'concurrency-detector'");
        row("plugin twice", picker, "- type: queue-scorer", "- type: prefix-cache-scorer",
            "occurs twice");
        row("no profile", picker, "schedulingProfiles:", "profiles:", "no scheduling profile");
        row("router configuration", picker, "      - flowControl\n", "      - [flowControl\n",
            "not valid YAML");
        row("configuration file", picker, "  endpoint-picker.yaml: |", "  picker.yaml: |",
            "no mounted ConfigMap has the configuration file");
        row("pool of the picker", picker, "--pool-name=plain-70b", "--pool-name=other",
            "InferencePool of the endpoint picker");
    }

    void mutations()
    {
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        auto files = sound(Autoscaler::Keda);
        const auto it = std::ranges::find(files, file.toStdString(), &ManifestFile::path);
        QVERIFY(it != files.end());
        const auto mutated = QString::fromStdString(it->content).replace(from, to).toStdString();
        QVERIFY2(mutated != it->content, "the mutation does not apply: the export has changed");
        it->content = mutated;
        const auto issues = checkManifests(files);
        const auto found = messages(issues);
        QVERIFY2(QString::fromStdString(found).contains(message), ("found: " + found).c_str());
        // A finding says where: the mutated file, or an object that refers to what went missing there.
        for (const auto& issue : issues) {
            QVERIFY(issue.severity == Severity::Error);
            QVERIFY(!issue.subject.empty());
            QVERIFY(issue.where && issue.where->line > 0 && !issue.where->file.empty());
        }
    }

    void twoAutoscalers()
    {
        auto files = sound(Autoscaler::Keda);
        for (const auto& file : sound(Autoscaler::Hpa)) {
            if (file.path == scaling)
                files.push_back({ "manifests/61-autoscaling.yaml", file.content });
        }
        QVERIFY(messages(checkManifests(files)).find("second autoscaler") != std::string::npos);
    }

    void sameObjectInTwoFiles()
    {
        auto files = sound(Autoscaler::None);
        files.push_back({ "manifests/copy.yaml",
                          std::ranges::find(files, pool, &ManifestFile::path)->content });
        const auto found = messages(checkManifests(files));
        QVERIFY2(found.find("manifests/copy.yaml:") != std::string::npos, found.c_str());
        QVERIFY2(found.find("already in manifests/30-inference-pool.yaml") != std::string::npos,
                 found.c_str());
    }

    void otherFilesAreLeftAlone()
    {
        QVERIFY(
            checkManifests({ { "notes.txt", "kind: [" }, { "my-values.yaml", "replicas: 1\n" } })
                .empty());
        QVERIFY(checkManifests({}).empty());
        QVERIFY(!checkManifests({ { "x.yaml", "- a list\n" } }).empty());
        QVERIFY(!checkManifests({ { "x.yaml", "just text\n" } }).empty());
    }
};

QTEST_APPLESS_MAIN(TestManifestChecks)
#include "tst_manifestchecks.moc"

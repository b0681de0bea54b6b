// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** One plan of the matrix; `change` edits the candidate further. */
struct PlanRow
{
    const char* model;
    const char* gpu;
    Pool pool;
    ManifestOptions options;
    std::function<void(Candidate&)> change = {};
    std::function<void(DeploymentPlan&)> edit = {};
};

/** Prompts computed by servers of their own, with settings like those that decode. */
std::function<void(Candidate&)> split(Pool prefill, TransferPath path, double localTokens = 0)
{
    return [=](Candidate& candidate) {
        Disaggregation disaggregation;
        disaggregation.prefill = prefill;
        disaggregation.engine = candidate.engine;
        disaggregation.engine.maxNumSeqs = 32;
        disaggregation.transfer.path = path;
        disaggregation.localPromptTokens = localTokens;
        candidate.topology.disaggregation = disaggregation;
    };
}

ManifestOptions with(Autoscaler autoscaler, const std::string& gateway = {},
                     const std::string& gatewayClass = {})
{
    ManifestOptions options;
    options.autoscaler = autoscaler;
    options.gateway = gateway;
    options.gatewayClass = gatewayClass;
    return options;
}

ManifestOptions withEverything()
{
    auto options = with(Autoscaler::Wva, "infra/gateway", "istio");
    options.pullSecret = "registry";
    options.modelClaim = "models";
    options.tolerations = { "dedicated=llm:NoSchedule", "spot" };
    options.topologyKey = "topology.kubernetes.io/zone";
    return options;
}

constexpr const char* dense = "Qwen/Qwen3-32B";
constexpr const char* small = "Qwen/Qwen3-8B";
constexpr const char* experts = "Qwen/Qwen3-235B-A22B-FP8";
constexpr const char* fp8 = "nvidia/Llama-3.1-70B-Instruct-FP8";
// Not raw strings: moc loses its place in those with quotes.
constexpr const char* adapterJson = "{\"name\":\"sql\",\"path\":\"org/sql's adapter\"}";
constexpr const char* draftJson =
    "{\"method\":\"eagle3\",\"model\":\"org/draft \\\"x\\\"\",\"num_speculative_tokens\":3}";
constexpr const char* latent = "deepseek-ai/DeepSeek-V3";

std::vector<PlanRow> planRows()
{
    const auto keda = with(Autoscaler::Keda);
    const auto routed = with(Autoscaler::Keda, "gateway");
    const auto hpa = with(Autoscaler::Hpa, "infra/gateway", "gke-l7");
    const auto wva = with(Autoscaler::Wva);
    const auto fixed = with(Autoscaler::None);
    std::vector<PlanRow> rows {
        { dense, "h100_sxm", { { 2, 1, 1, false }, 2 }, keda },
        { dense, "h100_sxm", { { 4, 1, 1, false }, 1 }, hpa },
        { dense, "h200_sxm", { { 1, 1, 1, false }, 8 }, wva },
        { dense, "a100_80_sxm", { { 2, 1, 1, false }, 3 }, routed },
        { dense, "l40s", { { 4, 1, 1, false }, 6 }, hpa },
        { dense, "l40s", { { 4, 1, 1, false }, 1 }, fixed },
        { dense, "mi300x", { { 1, 2, 1, false }, 1 }, fixed },
        { dense, "mi300x", { { 2, 1, 1, false }, 4 }, keda },
        { small, "l4", { { 2, 1, 1, false }, 5 }, wva },
        { small, "h100_sxm", { { 1, 1, 1, false }, 1 }, withEverything() },
        { experts, "h100_sxm", { { 4, 1, 1, true }, 3 }, hpa },
        { experts, "h100_sxm", { { 8, 1, 1, true }, 1 }, withEverything() },
        { experts, "mi300x", { { 4, 2, 1, true }, 1 }, routed },
        { experts, "b200_sxm", { { 1, 1, 8, true }, 2 }, keda },
        { experts, "h200_sxm", { { 2, 1, 4, true }, 1 }, fixed },
        { fp8, "h100_sxm", { { 4, 1, 1, false }, 2 }, routed },
        { fp8, "l40s", { { 4, 2, 1, false }, 2 }, hpa },
        { fp8, "mi300x", { { 1, 1, 1, false }, 4 }, fixed },
        { fp8, "gb200_nvl72", { { 4, 1, 1, false }, 2 }, keda },
        { latent, "h200_sxm", { { 8, 1, 1, true }, 2 }, keda },
        { latent, "h100_sxm", { { 1, 1, 16, true }, 2 }, hpa }, // two nodes, each takes requests
        { latent, "h100_sxm", { { 8, 1, 4, true }, 1 }, fixed }, // four nodes
        { latent, "h100_sxm", { { 8, 2, 1, false }, 1 }, keda }, // two nodes, one takes requests
        { latent,
          "gb200_nvl72",
          { { 8, 1, 1, true }, 2 },
          withEverything() }, // NVLink between nodes
    };
    rows.push_back({ small, "h100_sxm", { { 1, 1, 1, false }, 2 }, keda, [](Candidate& candidate) {
                        candidate.engine.prefixCaching = false;
                        candidate.engine.enforceEager = true;
                        candidate.engine.blockSize = 32;
                    } });
    const auto rdma = TransferPath::Rdma;
    rows.push_back({ fp8,
                     "h100_sxm",
                     { { 4, 1, 1, false }, 1 },
                     keda,
                     split({ { 2, 1, 1, false }, 2 }, rdma, 256) });
    rows.push_back({ fp8,
                     "h100_sxm",
                     { { 4, 1, 1, false }, 2 },
                     hpa,
                     split({ { 4, 1, 1, false }, 1 }, rdma) });
    rows.push_back({ dense,
                     "l40s",
                     { { 4, 1, 1, false }, 2 },
                     wva,
                     split({ { 4, 1, 1, false }, 3 }, TransferPath::Tcp, 64) });
    rows.push_back({ dense,
                     "mi300x",
                     { { 2, 1, 1, false }, 1 },
                     fixed,
                     split({ { 1, 1, 1, false }, 2 }, rdma) });
    rows.push_back({ latent,
                     "h200_sxm",
                     { { 8, 1, 1, true }, 2 },
                     withEverything(),
                     split({ { 8, 1, 1, true }, 1 }, rdma) });
    rows.push_back({ latent,
                     "h100_sxm",
                     { { 1, 1, 16, true }, 1 },
                     keda,
                     split({ { 1, 1, 16, true }, 2 }, rdma) });
    rows.push_back({ fp8,
                     "gb200_nvl72",
                     { { 4, 1, 1, false }, 2 },
                     routed,
                     split({ { 4, 1, 1, false }, 2 }, TransferPath::ScaleUp) });
    rows.push_back(
        { small, "h100_sxm", { { 1, 1, 1, false }, 2 }, routed, [](Candidate& candidate) {
             candidate.engine.lora = LoraServing { 12, 32, 4, LoraTargets::Attention };
             candidate.engine.offload.cpu = gibibytes(64);
         } });
    rows.push_back({ dense, "h100_sxm", { { 4, 1, 1, false }, 2 }, keda, [](Candidate& candidate) {
                        candidate.engine.speculative = SpeculativeDecoding {};
                        candidate.engine.speculative->method = DraftMethod::NGram;
                        candidate.engine.speculative->tokens = 3;
                    } });
    rows.push_back({ latent, "h200_sxm", { { 8, 1, 1, true }, 1 }, fixed, [](Candidate& candidate) {
                        candidate.engine.speculative = SpeculativeDecoding {};
                    } });
    // Arguments with JSON and paths, as compiled specs add them.
    rows.push_back(
        { small, "h100_sxm", { { 1, 1, 1, false }, 2 }, routed, {}, [](DeploymentPlan& plan) {
             plan.arguments.push_back({ "--enable-lora", "", "adapters" });
             plan.arguments.push_back({ "--max-loras", "4", "adapters at once" });
             plan.arguments.push_back({ "--lora-modules", adapterJson, "an adapter" });
         } });
    rows.push_back(
        { dense, "h100_sxm", { { 4, 1, 1, false }, 2 }, keda, {}, [](DeploymentPlan& plan) {
             plan.arguments.push_back({ "--speculative-config", draftJson, "a draft model" });
         } });
    return rows;
}

} // namespace

/**
 * Extra test: an independent program checks exports against the custom resource definitions of the projects and
 * against rules of its own. It lies outside the repository; without it the test says so and checks nothing.
 */
class TestManifestsValidator : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        for (const auto& [id, sentence] : manifestTargets())
            m_targets.push_back(id);
        QCOMPARE(m_targets.size(), std::size_t(7));
    }

    void exports_data()
    {
        QTest::addColumn<int>("index");
        const auto rows = planRows();
        QVERIFY(rows.size() >= 24);
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::addRow("%zu: %s on %s, %d x %s, %s%s", i, rows[i].model, rows[i].gpu,
                          rows[i].pool.replicas, rows[i].pool.parallelism.label().c_str(),
                          std::string(toString(rows[i].options.autoscaler)).c_str(),
                          rows[i].change ? ", changed" : "")
                << int(i);
    }

    void exports()
    {
        QFETCH(int, index);
        const auto row = planRows()[static_cast<std::size_t>(index)];
        auto fixture = planFixture();
        auto& candidate = fixture.option.candidate;
        const auto foundModel = m_catalog->model(row.model);
        VERIFY_OK(foundModel);
        const auto foundGpu = m_catalog->gpu(row.gpu);
        VERIFY_OK(foundGpu);
        candidate.model = *foundModel;
        candidate.gpu = *foundGpu;
        candidate.topology.pool = row.pool;
        candidate.engine.keyValueCache = Precision::Fp8;
        if (row.change)
            row.change(candidate);
        auto plan = planDeployment(fixture.option, fixture.need, fixture.requirements, *m_catalog);
        if (plan && row.edit)
            row.edit(*plan);
        write(plan, row.options, fmt::format("{}", index));
    }

    void versionRows()
    {
        for (const auto& row : m_catalog->versionRows) {
            auto fixture = planFixture();
            fixture.option.candidate.model = *m_catalog->model(dense);
            fixture.option.candidate.gpu = *m_catalog->gpu("h100_sxm");
            fixture.option.candidate.topology.pool = { { 2, 1, 1, false }, 2 };
            fixture.requirements.versionRow = row.id;
            // The validator knows the configuration of router 0.10, whose apiVersion a later one replaces.
            if (row.eppConfigApiVersion == "llm-d.ai/v1alpha1")
                write(
                    planDeployment(fixture.option, fixture.need, fixture.requirements, *m_catalog),
                    with(Autoscaler::Keda, "gateway"), "row-" + row.id);
        }
    }

    void hostileId()
    {
        auto fixture = planFixture("机构/\"x\"\n: yes{{ .Values }}" + std::string(300, 'z'));
        fixture.requirements.title = "a\n---\nkind: Secret";
        fixture.catalog.versionRows = m_catalog->versionRows;
        write(fixture.plan(), with(Autoscaler::Keda, "gateway"), "hostile");
    }

    void schemas()
    {
        const auto script = QStringLiteral(LLMD_SHARED_DIR "/tools/validate_manifests.py");
        if (!QFileInfo::exists(script))
            QSKIP("did not run: there is no shared folder with the manifest validator");
        const QString output = run("python3", "validate_exports.py", { script });
        if (output.contains("ModuleNotFoundError"))
            QSKIP("did not run: python3 with yaml and jsonschema is needed");
        const auto parts = output.split("== ", Qt::SkipEmptyParts);
        QCOMPARE(parts.size(), m_folders.size());
        for (const auto& part : parts) {
            // The validator looks for Deployments behind a pool and finds the endpoint picker's only: the servers
            // of a replica that spans nodes are a LeaderWorkerSet, which our own checks follow.
            const int allowed = m_groups.contains(part.section('\n', 0, 0)) ? 1 : 0;
            QVERIFY2(part.count("FAIL") == allowed
                         && part.count("selects at least one Deployment of this folder") == allowed,
                     qPrintable(part));
            const auto line = part.trimmed().split('\n').last();
            QVERIFY2(line.endsWith(QString(" passed, %1 failed").arg(allowed)), qPrintable(part));
        }
    }

    /** Kubernetes' own kinds against its API; the package is optional. */
    void coreKinds()
    {
        const auto interpreter = qEnvironmentVariable("LLMD_KUBERNETES_VALIDATE_PYTHON", "python3");
        const QString output = run(interpreter, "validate_core_kinds.py", {});
        if (output.contains("is not installed"))
            QSKIP("did not run: the package kubernetes-validate is not installed");
        const auto line = output.trimmed().split('\n').last();
        QVERIFY2(line.endsWith(", 0 failed"), qPrintable(output));
        QVERIFY2(line.section(' ', 0, 0).toInt() > 500,
                 qPrintable(line)); // it has seen the objects
    }

    /** The overlay gives the objects of the base. */
    void kustomizations()
    {
        if (QStandardPaths::findExecutable("kubectl").isEmpty())
            QSKIP("did not run: kubectl is not installed");
        for (const auto& folder : m_folders.filter("/kustomize")) {
            QProcess kubectl;
            kubectl.start("kubectl", { "kustomize", folder + "/overlays/site" });
            QVERIFY(kubectl.waitForFinished(60000));
            QVERIFY2(kubectl.exitCode() == 0, kubectl.readAllStandardError().constData());
            const QString built = QString::fromUtf8(kubectl.readAllStandardOutput());
            for (const char* kind : { "InferencePool", "Deployment", "ConfigMap", "PodMonitor" })
                QVERIFY2(built.contains(QRegularExpression(QString("^kind: %1$").arg(kind),
                                                           QRegularExpression::MultilineOption)),
                         qPrintable(built.left(2000)));
        }
    }

private:
    /** Writes every target that can express the plan; the programs look at all of them at once. */
    void write(const Result<DeploymentPlan>& plan, ManifestOptions options, const std::string& name)
    {
        VERIFY_OK(plan);
        for (const auto& target : m_targets) {
            options.target = target;
            const auto files = writeManifests(*plan, options);
            if (!files && files.error().code == ErrorCode::Unsupported) {
                QVERIFY2(mayRefuse(*plan, target), files.error().detail.c_str());
                continue;
            }
            VERIFY_OK(files);
            const auto folder = m_folder.path() / name / target;
            VERIFY_OK(saveManifests(*files, folder));
            m_folders << QString::fromStdString(folder.string());
            if (plan->pods > 1 && (target == "kubernetes" || target == "kustomize"))
                m_groups << m_folders.last();
        }
    }

    /** Ray and Dynamo have images for NVIDIA only; the chart cannot tell leaders from workers. */
    static bool mayRefuse(const DeploymentPlan& plan, const std::string& target)
    {
        if (target == "ray" || target == "dynamo")
            return plan.gpu->vendor != GpuVendor::Nvidia;
        const auto servers = plan.servers();
        return target == "helm" && !std::ranges::all_of(servers, &ServerPlan::everyPodServes);
    }

    /** All output of a script beside this file, run with the exported folders. */
    [[nodiscard]] QString run(const QString& interpreter, const char* script,
                              const QStringList& arguments) const
    {
        QProcess python;
        python.setProcessChannelMode(QProcess::MergedChannels);
        python.start(
            interpreter,
            QStringList { QStringLiteral(LLMD_SOURCE_DIR "/tests/core/manifests/") + script }
                + arguments + m_folders);
        return python.waitForFinished(240000) ? QString::fromUtf8(python.readAll()) : QString();
    }

    TemporaryFolder m_folder;
    QStringList m_folders;
    QStringList m_groups; ///< folders with a LeaderWorkerSet as model servers
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<std::string> m_targets;
};

QTEST_APPLESS_MAIN(TestManifestsValidator)
#include "tst_manifestsvalidator.moc"

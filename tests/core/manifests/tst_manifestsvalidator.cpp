// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <fmt/format.h>

using namespace llmd;
using namespace llmd::testing;

Q_DECLARE_METATYPE(Pool)

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
        m_script = QStringLiteral(LLMD_SHARED_DIR "/tools/validate_manifests.py");
        if (!QFileInfo::exists(m_script))
            QSKIP("did not run: there is no shared folder with the manifest validator");
        QProcess python;
        python.start("python3", { "-c", "import yaml, jsonschema" });
        if (!python.waitForFinished() || python.exitCode() != 0)
            QSKIP("did not run: python3 with yaml and jsonschema is needed");
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void exports_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("gpu");
        QTest::addColumn<Pool>("pool");
        QTest::addColumn<int>("autoscaler");
        QTest::addColumn<QString>("gateway");
        const auto row = [](const char* model, const char* gpu, Pool pool, Autoscaler autoscaler,
                            const char* gateway = "") {
            const auto name = fmt::format("{} on {}: {} x {}, {}, {}", model, gpu, pool.replicas,
                                          pool.parallelism.label(), toString(autoscaler), gateway);
            QTest::newRow(name.c_str()) << QString(model) << QString(gpu) << pool
                                        << static_cast<int>(autoscaler) << QString(gateway);
        };
        const char* dense = "Qwen/Qwen3-32B";
        const char* experts = "Qwen/Qwen3-235B-A22B-FP8";
        const char* fp8 = "nvidia/Llama-3.1-70B-Instruct-FP8";
        row(dense, "h100_sxm", { { 2, 1, 1, false }, 2 }, Autoscaler::Keda);
        row(dense, "l40s", { { 4, 1, 1, false }, 6 }, Autoscaler::Hpa, "gateway");
        row(dense, "mi300x", { { 1, 2, 1, false }, 1 }, Autoscaler::None);
        row(experts, "h100_sxm", { { 4, 1, 1, true }, 3 }, Autoscaler::Hpa);
        row(experts, "mi300x", { { 4, 2, 1, true }, 1 }, Autoscaler::Keda, "infra/gateway");
        row(experts, "l40s", { { 1, 1, 8, true }, 2 }, Autoscaler::None, "gateway");
        row(fp8, "h100_sxm", { { 4, 1, 1, false }, 2 }, Autoscaler::Keda, "gateway");
        row(fp8, "l40s", { { 4, 2, 1, false }, 2 }, Autoscaler::Hpa);
        row(fp8, "mi300x", { { 1, 1, 1, false }, 4 }, Autoscaler::None);
    }

    void exports()
    {
        QFETCH(QString, model);
        QFETCH(QString, gpu);
        QFETCH(Pool, pool);
        QFETCH(int, autoscaler);
        QFETCH(QString, gateway);
        auto fixture = planFixture();
        auto& candidate = fixture.option.candidate;
        const auto foundModel = m_catalog->model(model.toStdString());
        VERIFY_OK(foundModel);
        const auto foundGpu = m_catalog->gpu(gpu.toStdString());
        VERIFY_OK(foundGpu);
        candidate.model = *foundModel;
        candidate.gpu = *foundGpu;
        candidate.topology.pool = pool;
        candidate.engine.keyValueCache = Precision::Fp8;
        ManifestOptions options;
        options.autoscaler = static_cast<Autoscaler>(autoscaler);
        options.gateway = gateway.toStdString();
        validate(planDeployment(fixture.option, fixture.need, fixture.requirements, *m_catalog),
                 options);
    }

    void hostileId()
    {
        auto fixture = planFixture("机构/\"x\"\n: yes" + std::string(300, 'z'));
        fixture.requirements.title = "a\n---\nkind: Secret";
        ManifestOptions options;
        options.gateway = "gateway";
        validate(fixture.plan(), options);
    }

private:
    void validate(const Result<DeploymentPlan>& plan, const ManifestOptions& options)
    {
        VERIFY_OK(plan);
        const auto files = writeManifests(*plan, options);
        VERIFY_OK(files);
        const TemporaryFolder folder;
        VERIFY_OK(saveManifests(*files, folder / "export"));
        QProcess validator;
        validator.setProcessChannelMode(QProcess::MergedChannels);
        validator.start("python3",
                        { m_script, QString::fromStdString((folder / "export").string()) });
        QVERIFY(validator.waitForFinished(120000));
        const auto output = validator.readAll();
        QVERIFY2(validator.exitCode() == 0 && output.contains(" passed, 0 failed"),
                 output.constData());
        const auto passed =
            output.left(output.indexOf(" passed")).trimmed().split('\n').last().toInt();
        QVERIFY2(passed >= 10, output.constData()); // it has seen the objects
    }

    std::shared_ptr<const Catalog> m_catalog;
    QString m_script;
};

QTEST_APPLESS_MAIN(TestManifestsValidator)
#include "tst_manifestsvalidator.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/manifests/manifests.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace llmd;
using namespace llmd::testing;

Q_DECLARE_METATYPE(llmd::testing::PlanShape)

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
    }

    void exports_data()
    {
        QTest::addColumn<PlanShape>("shape");
        QTest::addColumn<int>("autoscaler");
        QTest::addColumn<QString>("gateway");
        const auto row = [](PlanShape shape, Autoscaler autoscaler, const char* gateway = "") {
            QTest::addRow("%s gpu%d tp%d pp%d dp%d x%d %s %s", shape.modelId.c_str(),
                          int(shape.gpu), shape.parallelism.tensor, shape.parallelism.pipeline,
                          shape.parallelism.data, shape.replicas,
                          std::string(toString(autoscaler)).c_str(), gateway)
                << shape << static_cast<int>(autoscaler) << QString(gateway);
        };
        const PlanShape dense { "example/Plain-8B", 8e9, Precision::Bf16, false, 0, {}, 1 };
        const PlanShape experts {
            "example/Experts-235B-A22B", 235e9, Precision::Fp8, true, 0, {}, 1
        };
        const PlanShape fp8 {
            "example/Plain-70B-FP8-dynamic", 70e9, Precision::Fp8, false, 0, {}, 1
        };
        const auto with = [](PlanShape shape, std::size_t gpu, Parallelism parallelism,
                             int replicas) {
            shape.gpu = gpu;
            shape.parallelism = parallelism;
            shape.replicas = replicas;
            return shape;
        };
        row(with(dense, 0, { 1, 1, 1, false }, 2), Autoscaler::Keda);
        row(with(dense, 1, { 2, 1, 1, false }, 6), Autoscaler::Hpa, "gateway");
        row(with(dense, 2, { 1, 2, 1, false }, 1), Autoscaler::None);
        row(with(experts, 0, { 8, 1, 1, true }, 3), Autoscaler::Hpa);
        row(with(experts, 2, { 4, 2, 1, true }, 1), Autoscaler::Keda, "infra/gateway");
        row(with(experts, 0, { 1, 1, 8, true }, 2), Autoscaler::None, "gateway");
        row(with(fp8, 0, { 4, 1, 1, false }, 2), Autoscaler::Keda, "gateway");
        row(with(fp8, 1, { 4, 2, 1, false }, 2), Autoscaler::Hpa);
        row(with(fp8, 2, { 1, 1, 1, false }, 4), Autoscaler::None);
        auto hostile = dense;
        hostile.modelId = "机构/\"x\"\n: yes" + std::string(300, 'z');
        row(hostile, Autoscaler::Keda, "gateway");
    }

    void exports()
    {
        QFETCH(PlanShape, shape);
        QFETCH(int, autoscaler);
        QFETCH(QString, gateway);
        const auto fixture = planFixture(shape);
        const auto plan = fixture.plan();
        VERIFY_OK(plan);
        ManifestOptions options;
        options.autoscaler = static_cast<Autoscaler>(autoscaler);
        options.gateway = gateway.toStdString();
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
    }

private:
    QString m_script;
};

QTEST_APPLESS_MAIN(TestManifestsValidator)
#include "tst_manifestsvalidator.moc"

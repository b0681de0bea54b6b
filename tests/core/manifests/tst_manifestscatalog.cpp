// SPDX-License-Identifier: Apache-2.0
#include <core/manifests/manifests.h>
#include <core/plan/names.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;

/** The shipped catalog: each model, GPU and version row of it can be written, or is refused with a reason. */
class TestManifestsCatalog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        QVERIFY(m_catalog->models.size() >= 30);
    }

    void gpus()
    {
        int written = 0;
        for (const auto& gpu : m_catalog->gpus) {
            for (const auto& row : m_catalog->versionRows) {
                auto fixture = base();
                fixture.option.candidate.gpu = &gpu;
                fixture.requirements.versionRow = row.id;
                const auto plan =
                    planDeployment(fixture.option, fixture.need, fixture.requirements, *m_catalog);
                const bool supported = gpu.servedByVllm
                    && (gpu.vendor == GpuVendor::Nvidia || gpu.vendor == GpuVendor::Amd);
                QVERIFY2(plan.has_value() == supported, gpu.id.c_str());
                if (!plan)
                    continue;
                VERIFY_OK(writeManifests(*plan, anything()));
                QCOMPARE(writeManifests(*plan, {}).has_value(), plan->unfit.empty());
                ++written;
            }
        }
        QVERIFY(written >= 20);
    }

    void models()
    {
        std::vector<std::string> names;
        for (const auto& model : m_catalog->models) {
            auto fixture = base();
            fixture.option.candidate.model = &model;
            fixture.option.candidate.engine.maxModelLen = model.architecture.maxPositions > 0
                ? std::min(model.architecture.maxPositions, 8192)
                : 8192;
            const auto plan =
                planDeployment(fixture.option, fixture.need, fixture.requirements, *m_catalog);
            VERIFY_OK(plan);
            QVERIFY2(plan->checkpointSize > Bytes(1e8), model.id.c_str());
            VERIFY_OK(writeManifests(*plan, anything()));
            names.push_back(plan->modelLabel);
        }
        std::ranges::sort(names);
        QVERIFY(std::ranges::adjacent_find(names) == names.end()); // pools of two models never mix
    }

private:
    /** On one GPU, many models do not fit; here only names and arguments count. */
    [[nodiscard]] static ManifestOptions anything()
    {
        ManifestOptions options;
        options.allowUnfit = true;
        return options;
    }
    [[nodiscard]] PlanFixture base() const
    {
        auto fixture = planFixture();
        fixture.option.candidate.model = &m_catalog->models.front();
        fixture.option.candidate.gpu = m_catalog->findGpu("h100_sxm");
        fixture.option.candidate.engine.maxModelLen = 2048;
        return fixture;
    }

    std::shared_ptr<const Catalog> m_catalog;
};

QTEST_APPLESS_MAIN(TestManifestsCatalog)
#include "tst_manifestscatalog.moc"

// SPDX-License-Identifier: Apache-2.0
//
// How long the refit of resources/performance/coefficients.yaml takes, and whether the shipped values are those of the
// fit. `llmd evaluate fit` prints the errors and writes a new file, see resources/performance/README.md.
#include <core/base/file.h>
#include <core/calibration/refit.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;

class BenchCoefficientFit : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<FitCase> m_cases;

private slots:
    void initTestCase()
    {
        const std::string folder = std::string(LLMD_SHARED_DIR) + "/ground_truth";
        const auto latency = readFile(folder + "/vllm_latency.json");
        const auto serving = readFile(folder + "/gpu_serving_points.csv");
        if (!latency || !serving)
            QSKIP("the measurement files are not there; the refit did not run");
        CatalogOptions options;
        options.modelFolders.push_back(std::string(LLMD_SHARED_DIR) + "/model_configs");
        const auto catalog = loadCatalog(options);
        VERIFY_OK(catalog);
        m_catalog = catalog->value;
        auto data = readFitData({ { "latency", *latency }, { "serving", *serving } }, *m_catalog);
        VERIFY_OK(data);
        m_cases = std::move(data->cases);
        qInfo("%zu cases", m_cases.size());
    }

    void refit()
    {
        RunContext context;
        Result<FitResult> fit;
        QBENCHMARK_ONCE
        {
            fit = fitCoefficients(m_cases, m_catalog, standardCoefficients(), standardFitOptions(),
                                  context);
        }
        VERIFY_OK(fit);
        // The shipped file is the result of this fit: starting from it, nothing may move far.
        for (const auto& field : coefficientFields()) {
            const double before = standardCoefficients().*field.member;
            const double after = fit->coefficients.*field.member;
            QVERIFY2(std::abs(after - before) <= 0.15 * before, std::string(field.id).c_str());
        }
    }

    void leaveOneModelOut()
    {
        RunContext context;
        QBENCHMARK_ONCE
        {
            VERIFY_OK(fitLeavingOut(m_cases, m_catalog, LeaveOut::Model, context));
        }
    }
};

QTEST_APPLESS_MAIN(BenchCoefficientFit)
#include "bench_coefficientfit.moc"

// SPDX-License-Identifier: Apache-2.0
//
// The refit of resources/performance/coefficients.yaml from measurement files, see README.md there. Prints the table of
// fitted values and, with LLMD_LEAVE_ONE_OUT=1, the errors on models that were left out of the fit.
#include <core/base/file.h>
#include <core/calibration/coefficientfit.h>
#include <core/performance/analyticengine.h>

#include <QTest>

#include <cstdio>
#include <set>

using namespace llmd;

namespace {

void print(const char* title, const std::vector<MetricErrors>& errors)
{
    for (const auto& e : errors) {
        std::printf("%-12s %-10s n %4zu  mean %6.2f %%  median %6.2f %%  largest %7.1f %%  signed "
                    "%+6.2f %%\n",
                    title, e.metric.c_str(), e.count, 100 * e.mean, 100 * e.median, 100 * e.largest,
                    100 * e.meanSigned);
    }
}

} // namespace

class BenchCoefficientFit : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<LatencyCase> m_stages;
    std::vector<FitCase> m_cases;
    std::string m_latency;
    std::string m_serving;

    void printErrors(const char* title, const Coefficients& coefficients) const
    {
        RunContext context;
        const AnalyticEngine engine(m_catalog, coefficients);
        if (const auto latency = evaluateLatency(m_latency, "latency", *m_catalog, engine, context))
            print(title, latency->errors);
        if (const auto serving = evaluateServing(m_serving, "serving", *m_catalog, engine, context))
            print(title, serving->errors);
    }

private slots:
    void initTestCase()
    {
        const std::string folder = std::string(LLMD_SHARED_DIR) + "/ground_truth";
        const auto latency = readFile(folder + "/vllm_latency.json");
        const auto serving = readFile(folder + "/gpu_serving_points.csv");
        if (!latency || !serving)
            QSKIP("the measurement files are not there; the refit did not run");
        m_latency = *latency;
        m_serving = *serving;
        CatalogOptions options;
        options.modelFolders.push_back(std::string(LLMD_SHARED_DIR) + "/model_configs");
        const auto catalog = loadCatalog(options);
        QVERIFY(catalog.has_value());
        m_catalog = catalog->value;
        const auto stages = latencyCases(m_latency, "latency", *m_catalog);
        const auto rows = readServingRows(m_serving, "serving", *m_catalog);
        QVERIFY(stages.has_value() && rows.has_value());
        m_stages = *stages;
        m_cases = fitCases(m_stages, *rows);
        std::printf("%zu stages, %zu points in all\n", m_stages.size(), m_cases.size());
    }

    void refit()
    {
        RunContext context;
        const auto fit = fitCoefficients(m_cases, m_catalog, standardCoefficients(),
                                         standardFitOptions(), context);
        QVERIFY(fit.has_value());
        printErrors("shipped", standardCoefficients());
        printErrors("refitted", fit->coefficients);
        for (const auto& field : coefficientFields()) {
            const double scale = unitScale(field.unit);
            std::printf("%-40s %10.4g -> %10.4g %s\n", std::string(field.id).c_str(),
                        standardCoefficients().*field.member / scale,
                        fit->coefficients.*field.member / scale, std::string(field.unit).c_str());
        }
        for (const auto& a : fit->coefficients.architectures) {
            std::printf("%-20s weights %.3f kv %.3f compute %.3f\n", a.architecture.c_str(),
                        a.weightBandwidth, a.kvBandwidth, a.compute);
        }
        // The shipped file is the result of this fit: starting from it, nothing may move far.
        for (const auto& field : coefficientFields()) {
            const double before = standardCoefficients().*field.member;
            const double after = fit->coefficients.*field.member;
            QVERIFY2(std::abs(after - before) <= 0.15 * before, std::string(field.id).c_str());
        }
    }

    void leaveOneModelOut()
    {
        if (qEnvironmentVariableIntValue("LLMD_LEAVE_ONE_OUT") != 1)
            QSKIP("set LLMD_LEAVE_ONE_OUT=1 to run it; it takes a minute");
        std::set<const Model*> models;
        for (const auto& stage : m_stages)
            models.insert(stage.candidate.model);
        ErrorCollector e2e;
        ErrorCollector ttft;
        RunContext context;
        for (const Model* left : models) {
            std::vector<FitCase> rest;
            for (const auto& each : m_cases) {
                if (each.candidate.model != left)
                    rest.push_back(each);
            }
            const auto fit = fitCoefficients(rest, m_catalog, standardCoefficients(),
                                             standardFitOptions(), context);
            QVERIFY(fit.has_value());
            const AnalyticEngine engine(m_catalog, fit->coefficients);
            for (const auto& stage : m_stages) {
                const auto estimate = stage.candidate.model == left
                    ? engine.estimate(stage.candidate, stage.workload, context)
                    : failure(ErrorCode::NotFound, {});
                if (!estimate)
                    continue;
                ttft.add(estimate->ttft.mean.value(),
                         stage.measured.values[0].value_or(Seconds()).value());
                e2e.add(estimate->e2e.mean.value(),
                        stage.measured.values[4].value_or(Seconds()).value());
            }
        }
        print("left out", { ttft.errors("ttft_mean"), e2e.errors("e2e_mean") });
        QVERIFY(e2e.errors("e2e_mean").mean < 0.03);
        QVERIFY(ttft.errors("ttft_mean").mean < 0.08);
    }
};

QTEST_APPLESS_MAIN(BenchCoefficientFit)
#include "bench_coefficientfit.moc"

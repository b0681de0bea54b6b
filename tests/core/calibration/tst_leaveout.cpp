// SPDX-License-Identifier: Apache-2.0
#include "measuredruns.h"

#include <core/calibration/leaveout.h>
#include <core/calibration/measuredmodel.h>
#include <core/calibration/measurements.h>
#include <core/performance/analyticengine.h>
#include <core/performance/enginefactory.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** Coefficients that differ from the shipped ones in what the sample runs can tell. */
Coefficients otherCoefficients()
{
    Coefficients other = standardCoefficients();
    other.weightBandwidth *= 0.9;
    other.layerOverhead *= 1.25;
    other.requestOverhead *= 0.8;
    other.prefillCompute *= 0.85;
    return other;
}

} // namespace

class TestLeaveOut : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    RunContext m_context;

    std::string fileOf(const std::vector<MeasuredRun>& runs, const Coefficients& coefficients) const
    {
        const AnalyticEngine engine(m_catalog, coefficients);
        return latencyFile(runs, *m_catalog, engine);
    }

    std::vector<FitCase> casesOf(const std::string& text) const
    {
        return readFitData({ { "runs.json", text } }, *m_catalog).value_or(FitData {}).cases;
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    /** Measurements made with known coefficients lead back to them. */
    void fitRecoversKnownCoefficients()
    {
        const Coefficients truth = otherCoefficients();
        const auto cases = casesOf(fileOf(sampleRuns(), truth));
        QCOMPARE(cases.size(), std::size_t(12));
        FitOptions options;
        for (const char* id :
             { "weight_bandwidth", "layer_overhead", "request_overhead", "prefill_compute" })
            options.free.push_back({ id, 1, 100 }); // priors that say nothing
        for (auto& free : options.free) {
            for (const auto& field : coefficientFields()) {
                if (field.id == free.id)
                    free.expected = standardCoefficients().*field.member / unitScale(field.unit);
            }
        }
        const auto fit =
            fitCoefficients(cases, m_catalog, standardCoefficients(), options, m_context);
        VERIFY_OK(fit);
        for (const auto& field : coefficientFields())
            COMPARE_NEAR(fit->coefficients.*field.member, truth.*field.member, 2e-3);
    }

    /** The fit for a group does not see its measurements, however wrong they are. */
    void aGroupIsReallyLeftOut()
    {
        auto runs = sampleRuns();
        const auto honest = fitLeavingOut(casesOf(fileOf(runs, standardCoefficients())), m_catalog,
                                          LeaveOut::Model, m_context);
        VERIFY_OK(honest);
        QCOMPARE(honest->size(), std::size_t(5)); // all, and four models
        QCOMPARE(honest->front().group, std::string());
        QCOMPARE(honest->front().leftOut, std::size_t(0));
        for (auto& run : runs) {
            if (run.model == "Qwen/Qwen3-14B")
                run.slower = 1.8;
        }
        const auto distorted = fitLeavingOut(casesOf(fileOf(runs, standardCoefficients())),
                                             m_catalog, LeaveOut::Model, m_context);
        VERIFY_OK(distorted);
        for (std::size_t i = 0; i < honest->size(); ++i) {
            const LeftOutFit& fit = (*distorted)[i];
            QCOMPARE(fit.group, (*honest)[i].group);
            const bool unaffected = fit.coefficients == (*honest)[i].coefficients;
            QCOMPARE(unaffected, fit.group == "qwen3-14b");
            if (fit.group == "qwen3-14b")
                QCOMPARE(fit.leftOut, std::size_t(4)); // two runs of two stages
        }
    }

    void predictionsComeFromTheFitWithoutTheirGroup()
    {
        auto runs = sampleRuns();
        runs[0].slower = runs[3].slower = 1.8; // both of Qwen3-14B
        const std::string text = fileOf(runs, standardCoefficients());
        const auto fits = fitLeavingOut(casesOf(text), m_catalog, LeaveOut::Model, m_context);
        VERIFY_OK(fits);
        const auto engines = LeftOutEngines::make("analytic", m_catalog, LeaveOut::Model, *fits);
        VERIFY_OK(engines);
        const auto leftOut =
            evaluateLatency(text, "runs.json", *m_catalog, engines->choice(), m_context);
        VERIFY_OK(leftOut);
        QCOMPARE(leftOut->engine, std::string("analytic"));
        const auto e2e = *leftOut->comparison.metric("e2e_mean");
        for (const auto& entry : leftOut->comparison.cases) {
            if (entry.traits.model != "Qwen/Qwen3-14B")
                continue;
            // Without it the shipped values are near, so that it is off by its factor.
            COMPARE_NEAR(entry.figures[e2e]->predicted * 1.8, entry.figures[e2e]->measured, 0.08);
        }
    }

    void gpusAndGenerations()
    {
        const auto cases = casesOf(fileOf(sampleRuns(), standardCoefficients()));
        const auto gpus = fitLeavingOut(cases, m_catalog, LeaveOut::Gpu, m_context);
        VERIFY_OK(gpus);
        QCOMPARE(gpus->size(), std::size_t(4));
        QCOMPARE((*gpus)[1].group, std::string("a100_80_sxm"));
        QCOMPARE((*gpus)[1].leftOut, std::size_t(4));
        // What a fit has not seen counts as unmeasured there, so that its intervals are as wide.
        QVERIFY(!(*gpus)[1].coefficients.factors("Ampere").measured);
        QVERIFY((*gpus)[1].coefficients.factors("Hopper").measured);
        QVERIFY(!(*gpus)[1].coefficients.factors("Blackwell").measured);
        const auto generations = fitLeavingOut(cases, m_catalog, LeaveOut::Generation, m_context);
        VERIFY_OK(generations);
        QCOMPARE((*generations)[1].group, std::string("Ada"));
    }

    void resultsDoNotDependOnThreads()
    {
        const auto cases = casesOf(fileOf(sampleRuns(), otherCoefficients()));
        RunContext one;
        one.threads = 1;
        RunContext four;
        four.threads = 4;
        const auto a = fitLeavingOut(cases, m_catalog, LeaveOut::Gpu, one);
        const auto b = fitLeavingOut(cases, m_catalog, LeaveOut::Gpu, four);
        VERIFY_OK(a);
        VERIFY_OK(b);
        for (std::size_t i = 0; i < a->size(); ++i)
            QVERIFY((*a)[i].coefficients == (*b)[i].coefficients);
    }

    void whatCannotBeLeftOut()
    {
        const auto cases =
            casesOf(fileOf({ { "Qwen/Qwen3-14B" }, { "Qwen/Qwen3-8B" } }, standardCoefficients()));
        VERIFY_ERROR(fitLeavingOut(cases, m_catalog, LeaveOut::Gpu, m_context), "one gpu");
        VERIFY_ERROR(fitLeavingOut({}, m_catalog, LeaveOut::Model, m_context), "nothing");
        std::stop_source stop;
        RunContext stopped;
        stopped.stop = stop.get_token();
        stop.request_stop();
        const auto result = fitLeavingOut(cases, m_catalog, LeaveOut::Model, stopped);
        QVERIFY(!result && result.error().code == ErrorCode::Cancelled);
        const auto fits = fitLeavingOut(cases, m_catalog, LeaveOut::Model, m_context);
        VERIFY_OK(fits);
        VERIFY_ERROR(LeftOutEngines::make("roofline", m_catalog, LeaveOut::Model, *fits),
                     "cannot be refitted");
        VERIFY_ERROR(LeftOutEngines::make("analytic", m_catalog, LeaveOut::Model, {}), "missing");
    }

    void names()
    {
        for (const char* name : { "none", "model", "gpu", "generation" }) {
            const auto by = parseLeaveOut(name);
            VERIFY_OK(by);
            QCOMPARE(toString(*by), std::string_view(name));
        }
        VERIFY_ERROR(parseLeaveOut("colour"), "generation");
        QVERIFY(canRefit("analytic") && !canRefit("roofline"));
    }

    void families()
    {
        QCOMPARE(modelFamily("nvidia/Llama-3.1-8B-Instruct-FP8"), std::string("llama-3.1-8b"));
        QCOMPARE(modelFamily("RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16"),
                 std::string("llama-3.1-8b"));
        QCOMPARE(modelFamily("RedHatAI/Llama-3.3-70B-Instruct-fp8-dynamic"),
                 std::string("llama-3.3-70b"));
        QCOMPARE(modelFamily("Qwen/Qwen3-14B"), std::string("qwen3-14b"));
        QVERIFY(modelFamily("meta-llama/Llama-2-7b-hf")
                != modelFamily("meta-llama/Llama-2-70b-hf"));
        QCOMPARE(modelFamily("-fp8"), std::string("-fp8"));
    }
};

QTEST_APPLESS_MAIN(TestLeaveOut)
#include "tst_leaveout.moc"

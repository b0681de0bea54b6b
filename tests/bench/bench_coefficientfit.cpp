// SPDX-License-Identifier: Apache-2.0
#include <core/base/file.h>
#include <core/calibration/coefficientfit.h>
#include <core/calibration/latencyevaluation.h>
#include <core/calibration/servingevaluation.h>
#include <core/performance/analyticengine.h>

#include <QTest>

#include <cstdio>
#include <set>

using namespace llmd;

class BenchCoefficientFit : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<LatencyCase> m_cases;

private slots:
    void initTestCase()
    {
        CatalogOptions options;
        options.modelFolders.push_back(std::string(LLMD_SHARED_DIR) + "/model_configs");
        auto loaded = loadCatalog(options);
        QVERIFY(loaded.has_value());
        auto catalog = std::make_shared<Catalog>(*loaded->value);
        for (auto& m : catalog->models) if (m.sampling.topPOrTopK || m.sampling.repetitionPenalty) std::printf("sampling %s %d\n", m.id.c_str(), m.sampling.repetitionPenalty);
        m_catalog = catalog;
        const auto text = readFile(std::string(LLMD_SHARED_DIR) + "/ground_truth/vllm_latency.json");
        QVERIFY(text.has_value());
        auto cases = latencyCases(*text, "x", *m_catalog);
        if (!cases) qFatal("%s", describe(cases.error()).c_str());
        m_cases = *cases;
        RunContext context;
        const AnalyticEngine engine(m_catalog);
        const auto e = evaluateLatency(*text, "x", *m_catalog, engine, context);
        if (!e) qFatal("%s", describe(e.error()).c_str());
        for (auto& m : e->errors) std::printf("%-10s n %zu mean %.2f median %.2f max %.1f signed %+.2f\n", m.metric.c_str(), m.count, 100*m.mean, 100*m.median, 100*m.largest, 100*m.meanSigned);
        for (auto& x : e->experiments) { if (!x.unsupported.empty()) std::printf("%s unsupported: %s\n", x.id.c_str(), x.unsupported.c_str());
            else for (auto& s : x.stages) { std::printf("%-45s %5.1f ", x.id.c_str(), s.load.rate.value()); for (std::size_t i=0;i<7;++i) std::printf(" %8.1f %+6.1f%%", inMilliseconds(*s.predicted.values[i]), 100*(*s.predicted.values[i]/s.measured.values[i].value_or(Seconds(1))-1)); std::printf(" %s\n", s.nearSaturation?"near":""); } }
    }
    void serving()
    {
        RunContext context;
        const AnalyticEngine engine(m_catalog);
        const auto text = readFile(std::string(LLMD_SHARED_DIR) + "/ground_truth/gpu_serving_points.csv");
        const auto e = evaluateServing(*text, "x", *m_catalog, engine, context);
        if (!e) qFatal("%s", describe(e.error()).c_str());
        for (auto& m : e->errors) std::printf("serving vllm %-10s n %zu mean %.2f median %.2f max %.1f signed %+.2f\n", m.metric.c_str(), m.count, 100*m.mean, 100*m.median, 100*m.largest, 100*m.meanSigned);
        for (auto& [n, es] : e->otherEngines) for (auto& m : es) std::printf("serving %s %-10s n %zu mean %.2f median %.2f max %.1f signed %+.2f\n", n.c_str(), m.metric.c_str(), m.count, 100*m.mean, 100*m.median, 100*m.largest, 100*m.meanSigned);
        FILE* f = fopen("/tmp/perf_serving.csv", "w");
        std::fprintf(f, "model,gpu,engine,precision,par,ver,in,out,conc,ttft,pttft,tpot,ptpot,near,unsupported\n");
        for (auto& r : e->rows) { auto c = r.columns; std::fprintf(f, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%.2f,%s,%.3f,%d,%s\n", c["model"].c_str(), c["gpu"].c_str(), r.engine.c_str(), c["precision"].c_str(), c["parallelism"].c_str(), c["engine_version"].c_str(), c["input_tokens_nominal"].c_str(), c["output_tokens_nominal"].c_str(), c["concurrency"].c_str(), c["ttft_mean_ms"].c_str(), inMilliseconds(r.predictedTtft), c["tpot_mean_ms"].c_str(), inMilliseconds(r.predictedTpot), int(r.nearSaturation), r.unsupported.c_str()); }
        fclose(f);
    }
    void fit()
    {
        RunContext context;
        std::vector<FitCase> cases;
        for (const auto& c : m_cases)
            cases.push_back({ 2.0, c.candidate.model->id + c.candidate.gpu->id, c.candidate, c.workload, c.measured.values[0], c.measured.values[3], c.measured.values[4] });
        const auto stext = readFile(std::string(LLMD_SHARED_DIR) + "/ground_truth/gpu_serving_points.csv");
        const auto rows = *readServingRows(*stext, "x", *m_catalog);
        for (const auto& r : rows) if (r.unsupported.empty() && r.engine == "vllm") {
            auto c = r.columns; if (c["model"].find("8B-Instruct-FP8") != std::string::npos || c["parallelism"].find("moe_tp0") != std::string::npos) continue;
            cases.push_back({ .4, c["model"] + c["gpu"] + c["precision"] + c["parallelism"], r.candidate, r.workload, r.measuredTtft, r.measuredTpot, {} });
        }
        FitOptions options;
        options.free = { {"weight_bandwidth",.05},{"kv_bandwidth",.04},{"expert_bandwidth",.03},{"prefill_compute",.1},{"layer_overhead",.15},{"expert_layer_overhead",.3},{"tensor_parallel_layer_overhead",.5},{"step_overhead",.4},{"mixed_layer_overhead",.5},{"sampler_overhead",.3},{"sampler_sort_passes",.2},{"penalty_overhead",.5},{"request_overhead",.15},{"steps_to_first_token",.05}, {"expert_independence", .5}, {"four_bit_bandwidth",.2},{"quantized_layer_overhead",.5},{"Ampere.weight_bandwidth",.06},{"Ampere.kv_bandwidth",.15},{"Blackwell.weight_bandwidth",.1},{"Blackwell.compute",.1},{"Blackwell.kv_bandwidth",.1},{"Blackwell Ultra.weight_bandwidth",.1},{"Blackwell Ultra.compute",.1},{"Blackwell Ultra.kv_bandwidth",.1} };
        const auto r = fitCoefficients(cases, m_catalog, standardCoefficients(), options, context);
        QVERIFY(r.has_value());
        std::printf("cost %.3f after %d\n", r->cost, r->iterations);
        for (auto& a : r->coefficients.architectures) std::printf("arch %s w %.3f kv %.3f c %.3f\n", a.architecture.c_str(), a.weightBandwidth, a.kvBandwidth, a.compute);
        { const AnalyticEngine engine(m_catalog, r->coefficients); const auto text = readFile(std::string(LLMD_SHARED_DIR) + "/ground_truth/vllm_latency.json");
        const auto e = evaluateLatency(*text, "x", *m_catalog, engine, context);
        for (auto& m : e->errors) std::printf("after %-10s n %zu mean %.2f median %.2f max %.1f signed %+.2f\n", m.metric.c_str(), m.count, 100*m.mean, 100*m.median, 100*m.largest, 100*m.meanSigned);
        const auto es = evaluateServing(*stext, "x", *m_catalog, engine, context);
        for (auto& m : es->errors) std::printf("after serving %-10s n %zu mean %.2f median %.2f max %.1f signed %+.2f\n", m.metric.c_str(), m.count, 100*m.mean, 100*m.median, 100*m.largest, 100*m.meanSigned); }
        for (auto& f : coefficientFields()) std::printf("%-30s %.4g -> %.4g %s\n", std::string(f.id).c_str(), standardCoefficients().*f.member/unitScale(f.unit), r->coefficients.*f.member/unitScale(f.unit), std::string(f.unit).c_str());
    }
};

QTEST_APPLESS_MAIN(BenchCoefficientFit)
#include "bench_coefficientfit.moc"

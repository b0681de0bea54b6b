// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/record.h>
#include <core/benchmarks/store.h>
#include <core/observation/acceptance.h>
#include <core/observation/adaptation.h>
#include <core/observation/validation.h>
#include <tests/testsupport/metricsexporter.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>

using namespace llmd;

namespace {

const std::shared_ptr<const Catalog>& catalog()
{
    static const auto loaded = loadCatalog()->value;
    return loaded;
}

/** Two replicas of an 8B model on an H100 each, for 8 requests per second at the peak. */
ObservedPlan samplePlan()
{
    ObservedPlan plan;
    plan.catalog = catalog();
    plan.requirements.title = "Help desk";
    plan.requirements.rate = RequestsPerSecond(8);
    plan.requirements.peakFactor = 1;
    plan.requirements.promptTokens = 512;
    plan.requirements.outputTokens = 256;
    plan.requirements.sharedPrefixTokens = 256;
    plan.requirements.prefixGroups = 1;
    plan.requirements.models = { "Qwen/Qwen3-8B" };
    plan.requirements.gpusIncluded = { "h100_sxm" };
    plan.requirements.ttft = LatencyTarget { 95, Seconds(0.5) };
    plan.requirements.itl = LatencyTarget { 95, Seconds(0.03) };
    plan.need = resolve(plan.requirements, *catalog()).value();
    for (const Model& model : catalog()->models) {
        if (model.id == "Qwen/Qwen3-8B")
            plan.candidate.model = &model;
    }
    plan.candidate.gpu = catalog()->findGpu("h100_sxm");
    plan.candidate.topology.pool.replicas = 2;
    plan.candidate.engine.maxNumSeqs = 128;
    return plan;
}

/** An observation that is just what the engine predicts for this load. */
Observation asPredicted(const ObservedPlan& plan, const Engine& engine, double rate,
                        double factor = 1)
{
    Observation observation;
    observation.source = "test";
    observation.window = { 1.7e9, 1.7e9 + 300 };
    observation.servers = plan.candidate.topology.pool.replicas;
    observation.requests = 300 * rate;
    observation.rate = ObservedFigure { rate, rate, rate };
    observation.promptTokens = ObservedFigure { 512, 512, 512 };
    observation.outputTokens = ObservedFigure { 256, 256, 256 };
    RunContext context;
    const auto estimate =
        SlowedEngine(engine, factor)
            .estimate(plan.candidate, observedWorkload(plan, observation, false), context);
    const auto mean = [](Seconds value) {
        return ObservedFigure { value.value(), 0.97 * value.value(), 1.03 * value.value() };
    };
    for (const auto& [observed, predicted] : { std::pair(&observation.ttft, &estimate->ttft),
                                               std::pair(&observation.itl, &estimate->itl),
                                               std::pair(&observation.e2e, &estimate->e2e) }) {
        observed->mean = mean(predicted->mean);
        observed->p50 = mean(predicted->p50);
        observed->p90 = mean(predicted->p90);
        observed->count = observation.requests;
    }
    observation.prefixHitShare = estimate->prefixHitRate;
    observation.queueing = estimate->queueing;
    const double tokens = 256 * rate;
    observation.outputRate = ObservedFigure { tokens, 0.97 * tokens, 1.03 * tokens };
    return observation;
}

std::string causesOf(const Validation& validation)
{
    std::string text;
    for (const LikelyCause& cause : validation.causes)
        text += std::string(toString(cause.kind)) + ": " + cause.text + "\n";
    return text + validation.summary;
}

} // namespace

class TestValidation : public QObject
{
    Q_OBJECT

private:
    Result<Validation> check(const Observation& observation)
    {
        RunContext context;
        return validate(m_plan, observation, engine(), context);
    }
    [[nodiscard]] const Engine& engine() const { return m_engines.standard(); }

    ObservedPlan m_plan = samplePlan();
    EngineRegistry m_engines { catalog() };

private slots:
    void initTestCase()
    {
        QVERIFY(m_plan.candidate.model);
        QVERIFY(m_plan.candidate.gpu);
    }

    /** The prediction is for the load that is there, not for the one that was planned. */
    void withinAtAnyLoad_data()
    {
        QTest::addColumn<double>("rate");
        for (const double rate : { 1.0, 4.0, 8.0, 16.0 })
            QTest::addRow("%g requests/s", rate) << rate;
    }

    void withinAtAnyLoad()
    {
        QFETCH(double, rate);
        const auto validation = check(asPredicted(m_plan, engine(), rate));
        VERIFY_OK(validation);
        QVERIFY2(validation->confirms(), causesOf(*validation).c_str());
        QVERIFY(validation->judged >= 9);
        QVERIFY(validation->causes.empty());
        QVERIFY(validation->figure("ttft_p99")->verdict == Verdict::NoData);
        QVERIFY(validation->figure("itl_mean")->planned);
    }

    void slowSteps()
    {
        const auto validation = check(asPredicted(m_plan, engine(), 8, 1.5));
        VERIFY_OK(validation);
        QVERIFY(validation->deviating >= 3);
        QVERIFY(validation->figure("itl_mean")->verdict == Verdict::Above);
        QVERIFY2(!validation->causes.empty()
                     && validation->causes.front().kind == LikelyCause::Kind::StepTime,
                 causesOf(*validation).c_str());
        COMPARE_NEAR(validation->stepFactor.value_or(0), 1.5, 0.03);
        QCOMPARE(validation->causes.front().explains, validation->deviating);
    }

    void queueing()
    {
        auto observation = asPredicted(m_plan, engine(), 8);
        const double more = 5 * observation.ttft.mean->value;
        for (auto* figure : { &observation.ttft.mean, &observation.ttft.p50, &observation.ttft.p90,
                              &observation.e2e.mean, &observation.e2e.p50, &observation.e2e.p90 })
            *figure = ObservedFigure { (*figure)->value + more, (*figure)->low + more,
                                       (*figure)->high + more };
        observation.queueing = *observation.queueing + Seconds(more);
        observation.imbalance = 1.9;
        const auto validation = check(observation);
        VERIFY_OK(validation);
        QVERIFY(validation->figure("ttft_mean")->verdict == Verdict::Above);
        QVERIFY(validation->figure("itl_mean")->verdict == Verdict::Within);
        QVERIFY2(!validation->causes.empty()
                     && validation->causes.front().kind == LikelyCause::Kind::Queueing,
                 causesOf(*validation).c_str());
        QVERIFY(validation->causes.front().text.find("busiest") != std::string::npos);
        QVERIFY(!validation->stepFactor);
    }

    void coldPrefixCache()
    {
        // Prompts of 4000 tokens of which most were expected in the cache.
        auto plan = m_plan;
        plan.need.peakLoad.prefix.sharedTokens = 3800;
        Observation observation = asPredicted(plan, engine(), 8);
        const ObservedFigure length { 4000, 4000, 4000 };
        observation.promptTokens = length;
        RunContext context;
        observation.prefixHitShare = 0.0;
        const auto cold =
            engine().estimate(plan.candidate, observedWorkload(plan, observation, true), context);
        VERIFY_OK(cold);
        const auto figure = [](Seconds value) {
            return ObservedFigure { value.value(), 0.98 * value.value(), 1.02 * value.value() };
        };
        observation.ttft.mean = figure(cold->ttft.mean);
        observation.ttft.p50 = figure(cold->ttft.p50);
        observation.ttft.p90 = figure(cold->ttft.p90);
        observation.itl.mean = figure(cold->itl.mean);
        observation.e2e.mean = figure(cold->e2e.mean);
        observation.e2e.p50 = figure(cold->e2e.p50);
        observation.e2e.p90 = figure(cold->e2e.p90);
        const auto validation = validate(plan, observation, engine(), context);
        VERIFY_OK(validation);
        QVERIFY(validation->figure("prefix_hit_share")->verdict == Verdict::Below);
        QVERIFY(validation->figure("ttft_mean")->verdict == Verdict::Above);
        QVERIFY2(!validation->causes.empty()
                     && validation->causes.front().kind == LikelyCause::Kind::PrefixCache,
                 causesOf(*validation).c_str());
    }

    /** One of two replicas is down: the other carries all, and that explains it. */
    void missingReplica()
    {
        auto half = m_plan;
        half.candidate.topology.pool.replicas = 1;
        Observation observation = asPredicted(half, engine(), 36);
        observation.servers = 1;
        const auto validation = check(observation);
        VERIFY_OK(validation);
        QVERIFY2(validation->deviating > 0, causesOf(*validation).c_str());
        QVERIFY2(validation->causes.front().kind == LikelyCause::Kind::Configuration,
                 causesOf(*validation).c_str());
        QCOMPARE(validation->differences.front().setting, std::string("replicas"));
        // Whoever reads the page of one server only does not miss the other.
        observation.allServers = false;
        observation.rate = ObservedFigure { 12, 12, 12 };
        const auto one = check(observation);
        VERIFY_OK(one);
        QVERIFY(one->differences.empty());
    }

    void configurationDrift()
    {
        Observation observation = asPredicted(m_plan, engine(), 4);
        auto& configuration = observation.configuration;
        configuration.versions = { "0.9.1" };
        configuration.settings = { { "block_size", { "32" } },
                                   { "cache_dtype", { "fp8_e4m3" } },
                                   { "enable_prefix_caching", { "False" } },
                                   { "gpu_memory_utilization", { "0.8" } },
                                   { "max_model_len", { "4096" } },
                                   { "model_root", { "other/Model-9B" } } };
        observation.mostRunning = 200;
        Candidate running = m_plan.candidate;
        const auto differences = configurationDifferences(m_plan, observation, running);
        QStringList names;
        for (const auto& difference : differences)
            names << QString::fromStdString(difference.setting);
        for (const char* name :
             { "vLLM version", "model", "block_size", "gpu_memory_utilization",
               "enable_prefix_caching", "cache_dtype", "max_model_len", "max_num_seqs" })
            QVERIFY2(names.contains(QLatin1String(name)), name);
        QCOMPARE(running.engine.blockSize, 32);
        QCOMPARE(running.engine.maxNumSeqs, 200);
        QVERIFY(!running.engine.prefixCaching);
        QVERIFY(running.engine.keyValueCache == Precision::Fp8);
        observation.configuration = {};
        observation.mostRunning = 20;
        running = m_plan.candidate;
        QVERIFY(configurationDifferences(m_plan, observation, running).empty());
    }

    void noTraffic()
    {
        Observation observation;
        observation.servers = 2;
        const auto validation = check(observation);
        VERIFY_OK(validation);
        QVERIFY(!validation->hasData());
        QVERIFY(validation->summary.find("No request") != std::string::npos);
        QVERIFY(check({})->summary.find("label selector") != std::string::npos);
    }

    /** What is accepted from live metrics becomes a record that gives the same verdicts, by the same code. */
    void acceptanceAndBenchmarks()
    {
        const testing::TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto observation = asPredicted(m_plan, engine(), 8, 1.5);
        const auto saved = acceptObservation(m_plan, observation, *store);
        VERIFY_OK(saved);
        QCOMPARE(saved->recordIds.size(), std::size_t(1));
        const auto records = store->load();
        VERIFY_OK(records);
        QCOMPARE(records->size(), std::size_t(1));
        const BenchmarkRecord& record = records->front().record;
        QCOMPARE(record.tool, std::string("llmd monitor"));
        QVERIFY(std::ranges::any_of(record.notes, [](const std::string& note) {
            return note.find("Provenance: observed") != std::string::npos;
        }));
        const auto live = check(observation);
        const auto imported = check(observationOf(record));
        VERIFY_OK(imported);
        QVERIFY(imported->deviating >= 3);
        QVERIFY(imported->causes.front().kind == LikelyCause::Kind::StepTime);
        COMPARE_NEAR(imported->stepFactor.value_or(0), live->stepFactor.value_or(1), 1e-3);
        QVERIFY(imported->figure("ttft_mean")->verdict == live->figure("ttft_mean")->verdict);
        // Once more is nothing new.
        QVERIFY(acceptObservation(m_plan, observation, *store)->outcome
                == SavedReport::Outcome::AlreadyThere);
    }

    void whatIsNotAccepted()
    {
        auto observation = asPredicted(m_plan, engine(), 8);
        observation.requests = 20;
        VERIFY_ERROR(acceptedRecord(m_plan, observation), "20 requests");
        observation = asPredicted(m_plan, engine(), 8);
        observation.live = false;
        VERIFY_ERROR(acceptedRecord(m_plan, observation), "benchmark already");
        observation = asPredicted(m_plan, engine(), 8);
        observation.configuration.versions = { "0.9.1" };
        VERIFY_ERROR(acceptedRecord(m_plan, observation), "not what was planned");
        observation = asPredicted(m_plan, engine(), 8);
        observation.itl.mean.reset();
        VERIFY_ERROR(acceptedRecord(m_plan, observation), "ITL is missing");
    }

    /** More of the same traffic: more replicas, without a restart. */
    void adaptsToRate()
    {
        Shift shift;
        shift.peakRate = 200;
        RunContext context;
        const auto adaptation =
            adapt(m_plan, shift, engine(), standardCoefficients(), { .tune = false }, context);
        VERIFY_OK(adaptation);
        QVERIFY(!adaptation->current.meetsTargets);
        QVERIFY(!adaptation->proposals.empty());
        for (const Proposal& proposal : adaptation->proposals) {
            QVERIFY(proposal.option.meetsTargets);
            QVERIFY(!proposal.diff.changes.empty());
            QVERIFY(!proposal.gain.empty());
        }
        const Proposal& first = adaptation->proposals.front();
        QCOMPARE(int(first.diff.level), int(ReloadLevel::Live));
        QVERIFY(first.option.candidate.topology.pool.replicas > 2);
        QVERIFY(adaptation->recommended);
        QVERIFY(adaptation->verdict.find("no longer meets") != std::string::npos);
    }

    /** Slower steps than predicted are what the new search counts with. */
    void adaptsToSlowSteps()
    {
        RunContext context;
        Shift shift;
        shift.stepFactor = 1.0;
        shift.peakRate = 30;
        const auto fast =
            adapt(m_plan, shift, engine(), standardCoefficients(), { .tune = false }, context);
        shift.stepFactor = 1.6;
        const auto slow =
            adapt(m_plan, shift, engine(), standardCoefficients(), { .tune = false }, context);
        VERIFY_OK(fast);
        VERIFY_OK(slow);
        QVERIFY(slow->current.capacityPerReplica < fast->current.capacityPerReplica * 0.8);
    }

    void schedulerIsTunedBySimulation()
    {
        Shift shift;
        shift.promptTokens = 3000;
        RunContext context;
        AdaptationOptions options;
        options.requests = 300;
        options.confirmingSeeds = 3;
        const auto adaptation =
            adapt(m_plan, shift, engine(), standardCoefficients(), options, context);
        VERIFY_OK(adaptation);
        QVERIFY(adaptation->scheduler);
        QVERIFY(adaptation->scheduler->trials.size() > 5);
        QVERIFY(adaptation->scheduler->trials.front().gain);
        QVERIFY(adaptation->router);
        std::stop_source stop;
        stop.request_stop();
        context.stop = stop.get_token();
        QVERIFY(
            adapt(m_plan, shift, engine(), standardCoefficients(), options, context).error().code
            == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestValidation)
#include "tst_validation.moc"

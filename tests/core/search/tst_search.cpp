// SPDX-License-Identifier: Apache-2.0
#include <core/search/search.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace llmd;
using test::FakeEngine;

namespace {

using Report = std::shared_ptr<const SearchReport>;

SearchProblem chatProblem()
{
    SearchProblem problem;
    problem.requirements.users = 5000; // 13.3 requests/s at the peak
    return problem;
}

Report found(const SearchProblem& problem, std::shared_ptr<const Catalog> catalog,
             const Engine& engine, unsigned threads = 2)
{
    RunContext context;
    context.threads = threads;
    auto report = search(problem, std::move(catalog), engine, context);
    if (!report)
        qFatal("%s", describe(report.error()).c_str());
    return *report;
}

const Option* optionOf(const Report& report, const std::string& id)
{
    for (const Option& option : report->options) {
        if (option.id == id)
            return &option;
    }
    return nullptr;
}

const Refusal* refusalOf(const Report& report, Constraint constraint)
{
    for (const Refusal& refusal : report->refusals) {
        if (refusal.constraint == constraint)
            return &refusal;
    }
    return nullptr;
}

std::uint64_t refused(const Report& report)
{
    std::uint64_t sum = 0;
    for (const Refusal& refusal : report->refusals)
        sum += refusal.count;
    return sum;
}

double cheapest(const Report& report)
{
    return report->options.empty() ? std::numeric_limits<double>::infinity()
                                   : report->options.front().cost.value();
}

/** Everything of a report as text, to compare bit by bit. */
std::string printed(const Report& report)
{
    std::string text;
    const auto number = [&](double value) {
        text += QByteArray::number(value, 'g', 17).data() + std::string(" ");
    };
    for (const Option& option : report->options) {
        text += option.id + " " + option.candidate.topology.label() + " ";
        for (const double value :
             { option.cost.value(), option.capacityPerReplica.value(), option.maxConcurrency,
               option.atPeak.ttft.p95.value(), option.atPeak.e2e.p99.value(),
               option.atMean.itl.mean.value(), option.atPeak.requestRate.value() })
            number(value);
        text += "\n";
    }
    for (const Refusal& refusal : report->refusals)
        text += std::string(toString(refusal.constraint)) + " " + std::to_string(refusal.count)
            + " " + refusal.nearest + "\n";
    for (const std::size_t index : report->pareto)
        number(static_cast<double>(index));
    return text + report->infeasibility;
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT

private slots:
    void sizesByHand()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.models = { "acme/small-8b" };
        problem.requirements.gpusIncluded = { "big" };
        problem.space = { { 1 }, { 1 }, { 256 }, { 8192 }, false };
        const FakeEngine engine;
        const auto catalog = test::smallCatalog();
        const Report report = found(problem, catalog, engine);
        QCOMPARE(report->options.size(), std::size_t(1));
        const Option& option = report->options.front();
        QCOMPARE(text(option.id), "small-8b.big.tp1.s256.b8192");
        // TTFT p95 = 100 ms x F / (1 - u) <= 400 ms gives u = 1 - F / 4; ITL p95 = 20 ms x F (1 + u) <= 41.25 ms holds.
        const double factor = FakeEngine::factor(option.candidate);
        QVERIFY(factor > 0.9 && factor < 1.1);
        const double share = std::min(1 - factor / 4, 41.25 / 20 / factor - 1);
        const double capacity = 10 / factor * share;
        QVERIFY(option.capacityPerReplica.value() <= capacity);
        QVERIFY(option.capacityPerReplica.value() > capacity * std::exp2(-1.0 / 128));
        const double peak = 800.0 / 60;
        const int replicas =
            static_cast<int>(std::ceil(peak / (option.capacityPerReplica.value() * 0.8)));
        QCOMPARE(replicas, 3);
        QCOMPARE(option.candidate.topology.pool.replicas, replicas);
        QCOMPARE(option.totalGpus, 3);
        COMPARE_NEAR(inDollarsPerHour(option.cost), 6.0, 1e-12);
        COMPARE_NEAR(option.atPeak.requestRate.value(), peak, 1e-12);
        COMPARE_NEAR(option.atMean.requestRate.value(), peak / 2, 1e-12);
        const double atPeak = peak / 3 / (10 / factor);
        COMPARE_NEAR(option.atPeak.ttft.p95.value(), 0.1 * factor / (1 - atPeak), 1e-9);
        // The autoscaler aims at the sequences that run at 80 % of the capacity.
        const double aimed = option.capacityPerReplica.value() * 0.8;
        const double itl = 0.01 * factor * (1 + aimed / (10 / factor));
        const double ttft = 0.05 * factor / (1 - aimed / (10 / factor));
        COMPARE_NEAR(option.maxConcurrency, aimed * (ttft + 255 * itl), 1e-9);
        QVERIFY(report->catalog == catalog);
    }

    void minReplicasHold()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.users = 1;
        problem.requirements.minReplicas = 2;
        for (const Option& option : found(problem, test::smallCatalog(), FakeEngine())->options)
            QVERIFY(option.candidate.topology.pool.replicas >= 2);
    }

    void everyCombinationIsCounted()
    {
        const SearchProblem problem = chatProblem();
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        // 2 models x 3 GPUs, and FP8 at load of both on the two GPUs that have FP8; 4 x 2 x 4 x 2 settings.
        QCOMPARE(report->searched, std::uint64_t((2 * 3 + 2 * 2) * 64));
        QCOMPARE(refused(report) + report->options.size(), report->searched);
        QCOMPARE(refusalOf(report, Constraint::NoPrice)->count, std::uint64_t(4 * 64));
        for (const Refusal& refusal : report->refusals) {
            QVERIFY2(!refusal.nearest.empty(), toString(refusal.constraint).data());
            QVERIFY(std::isfinite(refusal.nearestMiss) && refusal.nearestMiss >= 0);
        }
    }

    void idsAreUniqueAndStable()
    {
        const auto catalog = test::smallCatalog();
        catalog->models.push_back(test::denseModel("other/small-8b"));
        SearchProblem problem = chatProblem();
        const Report all = found(problem, catalog, FakeEngine());
        std::set<std::string> ids;
        for (const Option& option : all->options)
            QVERIFY2(ids.insert(option.id).second, option.id.c_str());
        // Two models share the last part of their name, so both are told apart, even when only one is searched.
        problem.requirements.models = { "acme/small-8b" };
        const Report one = found(problem, catalog, FakeEngine());
        QVERIFY(!one->options.empty());
        for (const Option& option : one->options) {
            QVERIFY2(text(option.id).startsWith("acme-small-8b"), option.id.c_str());
            QVERIFY(ids.contains(option.id));
        }
    }

    void threadsLeaveNoTrace()
    {
        const auto catalog = test::smallCatalog();
        const std::string one = printed(found(chatProblem(), catalog, FakeEngine(), 1));
        QVERIFY(!one.empty());
        for (const unsigned threads : { 2u, 5u })
            QCOMPARE(text(printed(found(chatProblem(), catalog, FakeEngine(), threads))),
                     text(one));
    }

    void optionsAreSortedAndMeetTheTargets()
    {
        const Report report = found(chatProblem(), test::smallCatalog(), FakeEngine());
        QVERIFY(report->options.size() > 4);
        for (std::size_t i = 0; i < report->options.size(); ++i) {
            const Option& option = report->options[i];
            QVERIFY(option.atPeak.ttft.p95 <= report->need.slo.ttft->limit);
            QVERIFY(option.atPeak.itl.p95 <= report->need.slo.itl->limit);
            QVERIFY(option.meetsTargets);
            QCOMPARE(option.totalGpus, option.candidate.topology.gpus());
            if (i > 0)
                QVERIFY(report->options[i - 1].cost <= option.cost);
        }
    }

    void paretoFrontIsTheFront()
    {
        const Report report = found(chatProblem(), test::smallCatalog(), FakeEngine());
        std::vector<std::size_t> expected;
        const auto& options = report->options;
        for (std::size_t i = 0; i < options.size(); ++i) {
            const auto beats = [&](const Option& other) {
                const auto& a = other.atPeak.e2e.p95;
                const auto& b = options[i].atPeak.e2e.p95;
                return other.cost <= options[i].cost && a <= b
                    && (other.cost < options[i].cost || a < b || &other < &options[i]);
            };
            if (std::none_of(options.begin(), options.end(), beats))
                expected.push_back(i);
        }
        QVERIFY(!expected.empty());
        QVERIFY(report->pareto == expected);
    }

    void dominatedSettingsAreDropped()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.models = { "acme/small-8b" };
        problem.requirements.gpusIncluded = { "big" };
        problem.space = { { 1 }, { 1 }, { 4, 8, 16, 128, 256 }, { 2048, 8192 }, false };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        // 26 sequences are enough for the GPU; fewer carry less and are slower at the same load.
        QCOMPARE(report->options.size(), std::size_t(1));
        QCOMPARE(text(report->options[0].id), "small-8b.big.tp1.s256.b8192");
        const Refusal* refusal = refusalOf(report, Constraint::Dominated);
        QVERIFY(refusal);
        QCOMPARE(refusal->count, std::uint64_t(9));
        QVERIFY2(text(refusal->nearest).contains("max_num_seqs 256"), refusal->nearest.c_str());
    }

    void limitsThatAreNotReachedAreJudgedOnce()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.models = { "acme/small-8b" };
        problem.requirements.gpusIncluded = { "big" };
        problem.space = { { 1 }, { 1 }, { 1024 }, { 8192 }, false };
        const FakeEngine one;
        const Report alone = found(problem, test::smallCatalog(), one);
        problem.space.maxNumSeqs = { 128, 256, 512, 1024 };
        const FakeEngine four;
        const Report all = found(problem, test::smallCatalog(), four);
        QCOMPARE(four.predictions.load(), one.predictions.load());
        QCOMPARE(all->searched, std::uint64_t(4));
        QCOMPARE(text(all->options.at(0).id), text(alone->options.at(0).id));
        // Sixteen at a time over the 2.6 s of one alone are less than the best carries: that needs no prediction.
        problem.space.maxNumSeqs = { 16, 1024 };
        const FakeEngine hopeless;
        QVERIFY(!found(problem, test::smallCatalog(), hopeless)->options.empty());
        QCOMPARE(hopeless.predictions.load(), one.predictions.load());
        // What may be reached is looked at.
        problem.space.maxNumSeqs = { 24, 1024 };
        const FakeEngine close;
        QVERIFY(!found(problem, test::smallCatalog(), close)->options.empty());
        QVERIFY(close.predictions.load() > one.predictions.load());
    }

    void looserTargetsNeverCostMore()
    {
        const auto catalog = test::smallCatalog();
        double last = std::numeric_limits<double>::infinity();
        for (double limit = 0.02; limit < 2; limit *= 1.17) {
            SearchProblem problem = chatProblem();
            problem.requirements.users = 200000;
            problem.requirements.ttft = LatencyTarget { 95, Seconds(limit) };
            const double cost = cheapest(found(problem, catalog, FakeEngine()));
            QVERIFY2(cost <= last, QByteArray::number(limit));
            last = cost;
        }
        QVERIFY(std::isfinite(last));
    }

    void moreBudgetNeverGivesFewerOptions()
    {
        const auto catalog = test::smallCatalog();
        std::set<std::string> last;
        for (double budget = 500; budget < 100000; budget *= 1.6) {
            SearchProblem problem = chatProblem();
            problem.requirements.budgetPerMonth = budget;
            const Report report = found(problem, catalog, FakeEngine());
            std::set<std::string> ids;
            for (const Option& option : report->options) {
                QVERIFY(inDollarsPerMonth(option.cost) <= budget * (1 + 1e-12));
                ids.insert(option.id);
            }
            QVERIFY(std::includes(ids.begin(), ids.end(), last.begin(), last.end()));
            QCOMPARE(refused(report) + report->options.size(), report->searched);
            last = std::move(ids);
        }
        QVERIFY(last.size() > 4);
    }

    void anotherGpuNeverMakesTheBestWorse()
    {
        const auto catalog = test::smallCatalog();
        SearchProblem problem = chatProblem();
        problem.requirements.gpusIncluded = { "big" };
        const double before = cheapest(found(problem, catalog, FakeEngine()));
        problem.requirements.gpusIncluded = { "big", "old" };
        const double after = cheapest(found(problem, catalog, FakeEngine()));
        QVERIFY(after <= before);
        QVERIFY(std::isfinite(before));
    }

    void moreUsersNeverCostLess()
    {
        const auto catalog = test::smallCatalog();
        double last = 0;
        for (double users = 10; users < 1e7; users *= 3.3) {
            SearchProblem problem = chatProblem();
            problem.requirements.users = users;
            const double cost = cheapest(found(problem, catalog, FakeEngine()));
            QVERIFY(cost >= last);
            last = cost;
        }
    }

    void memoryRefusalSaysWhatIsMissing()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.models = { "acme/large-70b" };
        problem.requirements.gpusIncluded = { "big" };
        problem.requirements.quantizations = { "bf16" };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        const Refusal* refusal = refusalOf(report, Constraint::MemoryTooSmall);
        QVERIFY(refusal);
        QVERIFY2(text(refusal->nearest).contains("GiB more per GPU"), refusal->nearest.c_str());
        QVERIFY2(text(refusal->nearest).contains("TP2 would fit"), refusal->nearest.c_str());
        QVERIFY(refusal->nearestMiss > 0);
        for (const Option& option : report->options)
            QVERIFY(option.candidate.topology.pool.parallelism.gpus() > 1);
    }

    void quantisedVariantsFollowTheFilter()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.quantizations = { "FP8" };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        QVERIFY(!report->options.empty());
        for (const Option& option : report->options) {
            const Model& model = *option.candidate.model;
            QVERIFY(model.architecture.quantization.atLoad);
            QCOMPARE(text(option.candidate.gpu->id), "big"); // the only one with FP8 and a price
            QVERIFY2(text(option.id).contains("-fp8-at-load.big"), option.id.c_str());
            QVERIFY(text(model.id).startsWith("acme/")); // still the id that the engine loads
        }
        problem.requirements.quantizations = { "bf16" };
        for (const Option& option : found(problem, test::smallCatalog(), FakeEngine())->options)
            QVERIFY(!option.candidate.model->architecture.quantization.atLoad);
    }

    void gpusWithoutBf16RunFp16()
    {
        const auto catalog = test::smallCatalog();
        catalog->gpus[1].bf16 = FlopsPerSecond();
        catalog->gpus[1].architecture = "Turing";
        SearchProblem problem = chatProblem();
        problem.requirements.gpusIncluded = { "old" };
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(!report->options.empty());
        for (const Option& option : report->options)
            QVERIFY(option.candidate.model->architecture.dtype == Precision::Fp16);
        QCOMPARE(report->searched, std::uint64_t(2 * 64));
    }

    void gpusThatCannotRunTheWeights()
    {
        const auto catalog = test::smallCatalog();
        catalog->gpus[0].servedByVllm = false;
        Model& model = catalog->models[0];
        model.architecture = quantizedAtLoad(model.architecture, Precision::Fp8);
        model.architecture.quantization.atLoad = false;
        catalog->gpus[1].vendor = GpuVendor::Amd;
        const Report report = found(chatProblem(), catalog, FakeEngine());
        const Refusal* refusal = refusalOf(report, Constraint::GpuUnsupported);
        QVERIFY(refusal);
        // Both models (and one at load) on the first GPU, the FP8 checkpoint on an AMD GPU without FP8.
        QCOMPARE(refusal->count, std::uint64_t(4 * 64));
    }

    void baseCheckpointsAreForThoseWhoNameThem()
    {
        const auto catalog = test::smallCatalog();
        catalog->models[1].baseCheckpoint = true;
        SearchProblem problem = chatProblem();
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(refusalOf(report, Constraint::NotInstructionTuned));
        for (const Option& option : report->options)
            QVERIFY(!option.candidate.model->baseCheckpoint);
        problem.requirements.models = { "acme/small-8b" };
        QVERIFY(!found(problem, catalog, FakeEngine())->options.empty());
    }

    void illegalParallelism()
    {
        const auto catalog = test::smallCatalog();
        catalog->models = { test::denseModel("acme/odd", 3, 4096, 32, 8, 14336) };
        catalog->gpus[0].gpusPerNode = 4;
        catalog->gpus[0].scaleUpDomain = 4;
        SearchProblem problem = chatProblem();
        problem.requirements.gpusIncluded = { "big" };
        problem.space = { { 1, 3, 8 }, { 1, 4 }, { 256 }, { 8192 }, false };
        const Report report = found(problem, catalog, FakeEngine());
        const Refusal* refusal = refusalOf(report, Constraint::ParallelismIllegal);
        QVERIFY(refusal);
        // TP 8 needs a bigger server, 32 heads do not divide by 3, 3 layers make no 4 stages: 5 of 6.
        QCOMPARE(refusal->count, std::uint64_t(5));
        QCOMPARE(report->options.size(), std::size_t(1));
    }

    void rackScaleLinksCarryLargeGroups()
    {
        const auto catalog = test::smallCatalog();
        catalog->gpus[0].gpusPerNode = 4;
        catalog->gpus[0].scaleUpDomain = 72;
        SearchProblem problem = chatProblem();
        problem.requirements.gpusIncluded = { "big" };
        problem.space.tensorParallel = { 8 };
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(!report->options.empty());
        QVERIFY(!refusalOf(report, Constraint::ParallelismIllegal));
    }

    void contextBeyondTheModel()
    {
        const auto catalog = test::smallCatalog();
        for (Model& model : catalog->models)
            model.architecture.maxPositions = 4096;
        SearchProblem problem = chatProblem();
        problem.requirements.contextTokens = 32768;
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(report->options.empty());
        QVERIFY(text(report->infeasibility).contains("4096"));
        const Relaxation& way = report->relaxations.front();
        QCOMPARE(*way.requirements.contextTokens, 4096);
        QVERIFY(
            !found({ way.requirements, problem.space }, catalog, FakeEngine())->options.empty());
    }

    void inventoryKeepsGroupsInServers()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.models = { "acme/small-8b" };
        problem.requirements.users = 30000; // 80 requests/s at the peak
        problem.requirements.quantizations = { "bf16" };
        problem.space = { { 4 }, { 1 }, { 512 }, { 8192 }, false };
        // Twelve GPUs in servers of six hold one group of four each: two replicas, not three.
        problem.requirements.inventory = { { "big", 12, 6 } };
        const Report packed = found(problem, test::smallCatalog(), FakeEngine());
        problem.requirements.inventory = { { "big", 12, 8 } };
        const Report loose = found(problem, test::smallCatalog(), FakeEngine());
        QCOMPARE(loose->options.size(), std::size_t(1));
        QCOMPARE(loose->options[0].totalGpus, 12);
        QVERIFY(packed->options.empty());
        const Refusal* refusal = refusalOf(packed, Constraint::ReplicasBeyondLimit);
        QVERIFY(refusal);
        QVERIFY2(text(refusal->nearest)
                     .contains("needs 12 GPUs; 8 may be used in groups of 4 within servers of 6"),
                 refusal->nearest.c_str());
        problem.requirements.maxGpus = 2;
        const Report few = found(problem, test::smallCatalog(), FakeEngine());
        QVERIFY2(text(refusalOf(few, Constraint::ReplicasBeyondLimit)->nearest)
                     .contains("needs 4 GPUs; 2 may be used."),
                 refusalOf(few, Constraint::ReplicasBeyondLimit)->nearest.c_str());
    }

    void onlyTheInventoryIsSearched()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.inventory = { { "BIG-80GB", 64, 0 } };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        QVERIFY(!report->options.empty());
        for (const Option& option : report->options)
            QCOMPARE(text(option.candidate.gpu->id), "big");
    }

    void ownPricesReplaceTheList()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.priceOverrides = { { "unpriced", 0.5 } };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        QVERIFY(!refusalOf(report, Constraint::NoPrice));
        QCOMPARE(text(report->options.front().candidate.gpu->id), "unpriced");
        const Option& option = report->options.front();
        COMPARE_NEAR(inDollarsPerHour(option.cost), 0.5 * option.totalGpus, 1e-12);
    }

    void tooSmallABudgetSaysWhichWouldDo()
    {
        const auto catalog = test::smallCatalog();
        SearchProblem problem = chatProblem();
        const double needed = std::ceil(
            inDollarsPerMonth(found(problem, catalog, FakeEngine())->options.front().cost));
        problem.requirements.budgetPerMonth = needed - 1;
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(report->options.empty());
        QVERIFY(text(report->infeasibility).contains("Over budget"));
        QCOMPARE(report->relaxations.size(), std::size_t(1));
        QCOMPARE(*report->relaxations[0].requirements.budgetPerMonth, needed);
        problem.requirements = report->relaxations[0].requirements;
        QVERIFY(!found(problem, catalog, FakeEngine())->options.empty());
    }

    void waysOutAreFeasible_data()
    {
        QTest::addColumn<double>("ttftMs");
        QTest::addColumn<double>("itlMs");
        QTest::addColumn<double>("budget");
        QTest::addColumn<int>("maxGpus");
        QTest::addColumn<bool>("inventory");
        QTest::newRow("TTFT") << 2.0 << 50.0 << 0.0 << 0 << false;
        QTest::newRow("ITL") << 500.0 << 0.5 << 0.0 << 0 << false;
        QTest::newRow("TTFT and ITL") << 1.0 << 0.5 << 0.0 << 0 << false;
        QTest::newRow("budget") << 500.0 << 50.0 << 700.0 << 0 << false;
        QTest::newRow("GPUs") << 500.0 << 50.0 << 0.0 << 1 << false;
        QTest::newRow("inventory") << 500.0 << 50.0 << 0.0 << 0 << true;
        QTest::newRow("budget and GPUs") << 500.0 << 50.0 << 700.0 << 1 << false;
        QTest::newRow("TTFT within four GPUs") << 5.0 << 50.0 << 0.0 << 4 << false;
    }

    void waysOutAreFeasible()
    {
        QFETCH(double, ttftMs);
        QFETCH(double, itlMs);
        QFETCH(double, budget);
        QFETCH(int, maxGpus);
        QFETCH(bool, inventory);
        const auto catalog = test::smallCatalog();
        SearchProblem problem = chatProblem();
        Requirements& need = problem.requirements;
        need.ttft = LatencyTarget { 95, milliseconds(ttftMs) };
        need.itl = LatencyTarget { 95, milliseconds(itlMs) };
        if (budget > 0)
            need.budgetPerMonth = budget;
        if (maxGpus > 0)
            need.maxGpus = maxGpus;
        if (inventory)
            need.inventory = { { "big", 1, 0 } };
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(report->options.empty());
        QVERIFY(!report->infeasibility.empty());
        QVERIFY(!report->relaxations.empty());
        QVERIFY(text(report->infeasibility).contains(text(report->relaxations.front().text)));
        for (const Relaxation& way : report->relaxations) {
            QVERIFY2(
                !found({ way.requirements, problem.space }, catalog, FakeEngine())->options.empty(),
                way.text.c_str());
            QVERIFY(way.relative > 0);
        }
    }

    void latencyWayOutIsTight()
    {
        const auto catalog = test::smallCatalog();
        SearchProblem problem = chatProblem();
        problem.requirements.ttft = LatencyTarget { 95, milliseconds(2) };
        const Report report = found(problem, catalog, FakeEngine());
        QVERIFY(report->options.empty());
        const Relaxation& way = report->relaxations.front();
        QVERIFY2(text(way.text).contains("TTFT p95 would have to be"), way.text.c_str());
        // 20 % less than what is asked for must not be feasible: the figure is computed, not padded.
        problem.requirements.ttft->limit = way.requirements.ttft->limit * 0.8;
        QVERIFY(found(problem, catalog, FakeEngine())->options.empty());
    }

    void emptySelectionExplainsItself()
    {
        SearchProblem problem = chatProblem();
        problem.requirements.gpusExcluded = { "big", "old", "unpriced" };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        QVERIFY(report->options.empty());
        QCOMPARE(report->searched, std::uint64_t(0));
        QVERIFY(text(report->infeasibility).contains("no combination"));
        QVERIFY(!report->relaxations.empty());
    }

    void enginesMayRefuse()
    {
        FakeEngine engine;
        engine.refusedModel = "acme/small-8b";
        const Report report = found(chatProblem(), test::smallCatalog(), engine);
        const Refusal* refusal = refusalOf(report, Constraint::EngineRefused);
        QVERIFY(refusal);
        QVERIFY2(text(refusal->nearest).contains("not understood"), refusal->nearest.c_str());
        QVERIFY(!report->options.empty());
        QCOMPARE(refused(report) + report->options.size(), report->searched);
    }

    void badInputFails()
    {
        RunContext context;
        SearchProblem problem = chatProblem();
        problem.requirements.useCase = "nothing";
        VERIFY_ERROR(search(problem, test::smallCatalog(), FakeEngine(), context), "use_case");
        problem = chatProblem();
        problem.space.maxNumSeqs = { 64, 0 };
        VERIFY_ERROR(search(problem, test::smallCatalog(), FakeEngine(), context), "max_num_seqs");
        VERIFY_ERROR(search(chatProblem(), nullptr, FakeEngine(), context), "catalog");
        const auto bare = test::smallCatalog();
        bare->engineVersions.clear();
        VERIFY_ERROR(search(chatProblem(), bare, FakeEngine(), context), "version profile");
    }

    void emptyListsMeanAllThatIsLegal()
    {
        SearchProblem problem = chatProblem();
        problem.space = { {}, {}, {}, {}, false };
        const Report report = found(problem, test::smallCatalog(), FakeEngine());
        QCOMPARE(report->searched, std::uint64_t(2 * 3 * 7 * 4 * 6 * 4));
        QVERIFY(!report->options.empty());
    }

    void cancellingKeepsWhatWasFound()
    {
        const auto catalog = test::smallCatalog();
        const FakeEngine counting;
        const Report complete = found(chatProblem(), catalog, counting, 1);
        std::stop_source stop;
        FakeEngine engine;
        engine.onPrediction = [&](int count) {
            if (count == counting.predictions / 2)
                stop.request_stop();
        };
        RunContext context;
        context.threads = 1;
        context.stop = stop.get_token();
        const auto report = search(chatProblem(), catalog, engine, context);
        VERIFY_OK(report);
        QVERIFY((*report)->cancelled);
        QVERIFY(!(*report)->options.empty());
        QVERIFY((*report)->options.size() < complete->options.size());
        QVERIFY((*report)->infeasibility.empty());
        for (const Option& option : (*report)->options)
            QVERIFY2(optionOf(complete, option.id), option.id.c_str());

        std::stop_source early;
        early.request_stop();
        context.stop = early.get_token();
        const auto nothing = search(chatProblem(), catalog, FakeEngine(), context);
        VERIFY_OK(nothing);
        QVERIFY((*nothing)->cancelled && (*nothing)->options.empty());
    }

    void progressIsTrue()
    {
        struct Sink : ProgressSink
        {
            std::uint64_t done = 0;
            std::uint64_t total = 0;
            void update(std::uint64_t d, std::uint64_t t, std::string_view) override
            {
                done = d;
                total = t;
            }
        } sink;
        RunContext context;
        context.progress = &sink;
        VERIFY_OK(search(chatProblem(), test::smallCatalog(), FakeEngine(), context));
        QCOMPARE(sink.total, std::uint64_t(10)); // models, also quantised at load, x GPUs
        QCOMPARE(sink.done, sink.total);
    }

    void constraintsHaveNames()
    {
        std::set<std::string_view> names;
        for (int i = 0; i <= static_cast<int>(Constraint::Dominated); ++i) {
            const auto constraint = static_cast<Constraint>(i);
            QVERIFY(!toString(constraint).empty() && !describe(constraint).empty());
            QVERIFY(names.insert(toString(constraint)).second);
        }
    }
};

QTEST_APPLESS_MAIN(TestSearch)
#include "tst_search.moc"

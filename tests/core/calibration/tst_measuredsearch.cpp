// SPDX-License-Identifier: Apache-2.0
// Searches that know what was measured: nothing is used that is not there, and what is there is used.
#include <core/calibration/corrections.h>
#include <core/calibration/measuredsearch.h>
#include <core/performance/engine.h>
#include <core/project/project.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/core/benchmarks/measuredfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using namespace llmd::testing;

namespace {

const Engine& analytic()
{
    static const EngineRegistry engines(shippedCatalog(), {});
    return **engines.find("analytic");
}

SearchProblem problem()
{
    SearchProblem problem;
    problem.requirements.useCase = "chatbot_conversational";
    problem.requirements.users = 5000;
    problem.requirements.models = { "Qwen/Qwen3-14B" };
    // The record of the test says nothing of a spread of lengths.
    problem.requirements.promptVariation = 0;
    problem.requirements.outputVariation = 0;
    return problem;
}

InformedSearch informed(const std::filesystem::path& store)
{
    RunContext context;
    return searchInformed(problem(), shippedCatalog(), analytic(), store, context).value();
}

QByteArray textOf(const Estimate& estimate)
{
    return QByteArray::fromStdString(toJson(estimate).dump());
}

bool isMeasured(const Option& option)
{
    return option.atPeak.provenance.label == Provenance::Label::Benchmarked;
}

} // namespace

class TestMeasuredSearch : public QObject
{
    Q_OBJECT

private slots:
    void withoutAStoreItIsTheSearch()
    {
        const TemporaryFolder folder;
        const auto found = informed(folder / "none.db");
        QVERIFY(found.obstacle.empty());
        QCOMPARE(found.correctionRuns, std::size_t(0));
        QVERIFY(!std::filesystem::exists(folder / "none.db"));
        RunContext context;
        const auto plain = search(problem(), shippedCatalog(), analytic(), context);
        VERIFY_OK(plain);
        QCOMPARE(found.found.report->options.size(), (*plain)->options.size());
        for (std::size_t i = 0; i < (*plain)->options.size(); ++i) {
            const auto& option = found.found.report->options[i];
            QCOMPARE(option.id, (*plain)->options[i].id);
            QVERIFY(isMeasured(option)
                    || textOf(option.atPeak) == textOf((*plain)->options[i].atPeak));
        }
    }

    void aMeasuredOptionIsBenchmarked()
    {
        const TemporaryFolder folder;
        const auto before = informed({});
        const auto& report = *before.found.report;
        const auto option =
            std::find_if(report.options.begin(), report.options.end(), [](const Option& each) {
                return !each.candidate.topology.disaggregation && !isMeasured(each);
            });
        QVERIFY(option != report.options.end());
        {
            auto store = BenchmarkStore::open(folder / "store.db");
            VERIFY_OK(store);
            auto record = measuredRecord(option->candidate, report.need.peakLoad,
                                         option->atPeak.ttft.mean.value() * 1.2,
                                         option->atPeak.itl.mean.value() * 1.2);
            QVERIFY(isOk(saveRecord(*store, record, "mine.yaml")));
        }
        const auto after = informed(folder / "store.db");
        const auto& options = after.found.report->options;
        const auto same = std::find_if(options.begin(), options.end(),
                                       [&](const Option& each) { return each.id == option->id; });
        QVERIFY(same != options.end());
        auto measurement = std::make_shared<Measurement>();
        measurement->gpu = option->candidate.gpu;
        measurement->record =
            BenchmarkStore::open(folder / "store.db").value().load().value().front().record;
        std::string differences;
        const auto match = compareWithPlan(
            measurement, { option->candidate, report.need.peakLoad, option->atPeak },
            *shippedCatalog());
        for (const auto& difference : match.differences)
            differences += describe(difference) + "; ";
        QVERIFY2(after.found.applied.contains(option->id), differences.c_str());
        QVERIFY(isMeasured(*same));
        COMPARE_NEAR(same->atPeak.itl.mean.value(), option->atPeak.itl.mean.value() * 1.2, 1e-6);
        QCOMPARE(textOf(after.found.estimated.at(option->id)), textOf(option->atPeak));
    }

    void aBrokenStoreDoesNotStopIt()
    {
        const TemporaryFolder folder;
        writeText(folder / "store.db", "this is not a database, and long enough to be looked at");
        const auto found = informed(folder / "store.db");
        QVERIFY2(found.obstacle.find("your measurements are not used") == 0,
                 found.obstacle.c_str());
        QVERIFY(!found.found.report->options.empty());
    }

    void correctionsCountOnlyWhenSwitchedOn()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        const auto candidate = servedCandidate("Qwen/Qwen3-14B", "l40s");
        RunContext context;
        for (int i = 0; i < 6; ++i) {
            const auto load =
                servedWorkload(Load::open(RequestsPerSecond(0.2 + 0.03 * i)), 700, 200);
            const auto estimate = analytic().estimate(candidate, load, context);
            VERIFY_OK(estimate);
            QVERIFY(
                isOk(saveRecord(*store,
                                measuredRecord(candidate, load, estimate->ttft.mean.value() * 1.3,
                                               estimate->itl.mean.value() * 1.3),
                                std::to_string(i))));
        }
        QCOMPARE(informed(folder / "store.db").correctionRuns, std::size_t(0));
        QVERIFY(isOk(setCorrectionsActive(*store, true)));
        QCOMPARE(informed(folder / "store.db").correctionRuns, std::size_t(6));
    }
};

QTEST_APPLESS_MAIN(TestMeasuredSearch)
#include "tst_measuredsearch.moc"

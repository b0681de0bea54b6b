// SPDX-License-Identifier: Apache-2.0
#include <core/calibration/comparison.h>
#include <core/catalog/catalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;

namespace {

/** A case of one metric: predicted 10 % below to above what was measured, with an interval of +-20 %. */
void add(Comparison& comparison, const std::string& model, double measured, double predicted,
         bool nearSaturation = false)
{
    CaseTraits traits;
    traits.model = model;
    traits.gpu = "h100_sxm";
    traits.generation = "Hopper";
    traits.modelClass = "dense, Hopper, BF16";
    auto& entry = comparison.add("case " + std::to_string(comparison.cases.size()), traits);
    entry.nearSaturation = nearSaturation;
    entry.figures[0] = ComparedValue { .measured = measured,
                                       .predicted = predicted,
                                       .low = predicted * 0.8,
                                       .high = predicted * 1.2 };
}

Comparison sample()
{
    Comparison comparison { .metrics = { "e2e_mean", "ttft_mean" }, .unit = "ms", .cases = {} };
    add(comparison, "a", 100, 110); // inside
    add(comparison, "a", 100, 150); // outside: 120 to 180
    add(comparison, "b", 100, 90); // inside
    add(comparison, "b", 100, 300, true); // near saturation: an error, no interval
    return comparison;
}

} // namespace

class TestComparison : public QObject
{
    Q_OBJECT

private slots:
    void totalsAndCoverage()
    {
        const auto errors = errorsOf(sample());
        QCOMPARE(errors.size(), std::size_t(2));
        QCOMPARE(errors[0].count, std::size_t(4));
        QCOMPARE(errors[0].intervals, std::size_t(3));
        QCOMPARE(errors[0].inside, std::size_t(2));
        COMPARE_NEAR(errors[0].coverage(), 2.0 / 3, 1e-12);
        COMPARE_NEAR(errors[0].mean, (0.1 + 0.5 + 0.1 + 2) / 4, 1e-12);
        COMPARE_NEAR(errors[0].median, 0.3, 1e-12);
        COMPARE_NEAR(errors[0].p90, 0.5 + 0.7 * 1.5, 1e-12); // rank 2.7 of 0.1, 0.1, 0.5, 2
        // Nothing was measured of the other metric.
        QCOMPARE(errors[1].count, std::size_t(0));
        QVERIFY(std::isnan(errors[1].coverage()));
        QCOMPARE(nearSaturationCount(sample()), std::size_t(1));
    }

    void belowSaturation()
    {
        const auto errors = errorsOf(sample(), CaseFilter::BelowSaturation);
        QCOMPARE(errors[0].count, std::size_t(3));
        COMPARE_NEAR(errors[0].largest, 0.5, 1e-12);
    }

    void valuesWithoutIntervals()
    {
        Comparison comparison = sample();
        comparison.cases[1].figures[0]->low.reset();
        const auto errors = errorsOf(comparison);
        QCOMPARE(errors[0].count, std::size_t(4));
        QCOMPARE(errors[0].intervals, std::size_t(2));
        QCOMPARE(errors[0].coverage(), 1.0);
        QVERIFY(!comparedJson(*comparison.cases[1].figures[0]).contains("inside"));
    }

    void groups()
    {
        const auto groups = errorsByGroup(sample(), { GroupKey::Model });
        QCOMPARE(groups.size(), std::size_t(2));
        QCOMPARE(groups[0].name, std::string("a"));
        QCOMPARE(groups[0].cases, std::size_t(2));
        COMPARE_NEAR(groups[0].errors[0].mean, 0.3, 1e-12);
        COMPARE_NEAR(groups[0].errors[0].coverage(), 0.5, 1e-12);
        COMPARE_NEAR(groups[1].errors[0].coverage(), 1.0, 1e-12);
    }

    void groupings()
    {
        const auto grouping = parseGrouping("model+ GPU");
        VERIFY_OK(grouping);
        QCOMPARE(toString(*grouping), std::string("model+gpu"));
        QCOMPARE(groupOf(sample().cases[0].traits, *grouping), std::string("a, h100_sxm"));
        for (const char* key :
             { "generation", "precision", "tp", "layout", "class", "engine", "engine_version" })
            VERIFY_OK(parseGrouping(key));
        VERIFY_ERROR(parseGrouping("colour"), "engine_version");
        VERIFY_ERROR(parseGrouping("model+"), "cannot group by ''");
        VERIFY_ERROR(parseGrouping(""), "known");
    }

    void worst()
    {
        const Comparison comparison = sample();
        const auto worst = worstCases(comparison, 0, 2);
        QCOMPARE(worst.size(), std::size_t(2));
        QCOMPARE(worst[0]->name, std::string("case 3"));
        QCOMPARE(worst[1]->name, std::string("case 1"));
        QCOMPARE(worstCases(comparison, 0, 9).size(), std::size_t(4));
        QVERIFY(worstCases(comparison, 1, 9).empty());
        const auto json = worstJson(comparison);
        QCOMPARE(json["e2e_mean"][0]["case"].get<std::string>(), std::string("case 3"));
        QVERIFY(json["e2e_mean"][0]["near_saturation"].get<bool>());
        QVERIFY(!json.contains("ttft_mean"));
    }

    void traitsOfACandidate()
    {
        const auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        Candidate candidate;
        candidate.model = *catalog->value->model("Qwen/Qwen3-32B-FP8");
        candidate.gpu = *catalog->value->gpu("H100");
        candidate.topology.pool.parallelism = { .tensor = 2, .pipeline = 2 };
        candidate.engine.version = { 0, 15, 1 };
        const CaseTraits traits = traitsOf(candidate);
        QCOMPARE(groupOf(traits,
                         { GroupKey::Generation, GroupKey::Precision, GroupKey::TensorParallel,
                           GroupKey::Layout, GroupKey::EngineVersion }),
                 std::string("Hopper, fp8, TP2, TP2 PP2, 0.15.1"));
        QCOMPARE(traits.modelClass, std::string("dense, Hopper, FP8"));
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"

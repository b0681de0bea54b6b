// SPDX-License-Identifier: Apache-2.0
#include <core/workload/requirements.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

using namespace llmd;

namespace {

Requirements chatNeed()
{
    Requirements need;
    need.users = 5000;
    return need;
}

const Derivation* derivation(const ResolvedNeed& need, std::string_view field)
{
    for (const Derivation& entry : need.derivations) {
        if (entry.field == field)
            return &entry;
    }
    return nullptr;
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Requirements&)>)

class TestRequirements : public QObject
{
    Q_OBJECT

private slots:
    void rateFollowsFromUsers()
    {
        const auto need = resolve(chatNeed(), *test::smallCatalog());
        QVERIFY2(need, need ? "" : need.error().detail.c_str());
        // 5000 x 0.2 x 0.4 / 60
        QCOMPARE(need->meanLoad.load.rate.value(), 400.0 / 60);
        QCOMPARE(need->peakLoad.load.rate.value(), 800.0 / 60);
        QVERIFY(need->peakLoad.load.kind == Load::Kind::OpenLoop);
        QCOMPARE(need->peakLoad.prompt.mean, 512.0);
        QVERIFY(need->peakLoad.prompt.shape == LengthDistribution::Shape::LogNormal);
        const Derivation* rate = derivation(*need, "workload.rate");
        QVERIFY(rate);
        QVERIFY(rate->origin == Derivation::Origin::Computed);
        QCOMPARE(text(rate->text),
                 "5000 users x 20 % active x 0.4 requests/min / 60 = 6.67 requests/s");
    }

    void fewUsersAreNotRounded()
    {
        Requirements need = chatNeed();
        need.users = 3;
        const auto resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved);
        QCOMPARE(resolved->meanLoad.load.rate.value(), 3 * 0.2 * 0.4 / 60);
    }

    void statedRateReplacesUsers()
    {
        Requirements need = chatNeed();
        need.rate = RequestsPerSecond(12.5);
        need.peakFactor = 3;
        const auto resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved);
        QCOMPARE(resolved->meanLoad.load.rate.value(), 12.5);
        QCOMPARE(resolved->peakLoad.load.rate.value(), 37.5);
        QVERIFY(derivation(*resolved, "workload.rate")->origin == Derivation::Origin::Stated);
        QVERIFY(text(derivation(*resolved, "workload.rate")->text).contains("users is not used"));
    }

    void defaultTargetsAreThreeQuartersOfTheWay()
    {
        const auto need = resolve(chatNeed(), *test::smallCatalog());
        QVERIFY(need);
        QCOMPARE(need->slo.ttft->limit.value(), 0.4);
        QCOMPARE(need->slo.ttft->percentile, 95.0);
        QCOMPARE(need->slo.itl->limit.value(), 0.04125);
        QVERIFY(!need->slo.e2e);
        QVERIFY(derivation(*need, "slo.ttft")->origin == Derivation::Origin::UseCase);
        // 0.4 + 0.04125 x 255 = 10.9 s
        QVERIFY(text(derivation(*need, "slo.e2e")->text).contains("10.9 s"));
        QVERIFY(need->issues.empty());
    }

    void statedEndToEndIsATarget()
    {
        Requirements need = chatNeed();
        need.e2e = LatencyTarget { 99, Seconds(20) };
        const auto loose = resolve(need, *test::smallCatalog());
        QVERIFY(loose && loose->slo.e2e == need.e2e);
        QVERIFY(loose->issues.empty());

        need.e2e->limit = Seconds(5);
        const auto tight = resolve(need, *test::smallCatalog());
        QVERIFY(tight);
        QCOMPARE(tight->issues.size(), std::size_t(1));
        QVERIFY(tight->issues[0].severity == Severity::Warning);
        QVERIFY2(text(tight->issues[0].text).contains("10.9 s"), tight->issues[0].text.c_str());

        need.e2e->limit = milliseconds(300);
        QCOMPARE(resolve(need, *test::smallCatalog())->issues.size(), std::size_t(2));
    }

    void contextCoversTheLongRequests()
    {
        const auto need = resolve(chatNeed(), *test::smallCatalog());
        QVERIFY(need);
        // Log-normal with variation 0.6: 99.9 % = mean x exp(3.0902 x 0.55451 - 0.15374) = 4.758 x
        // mean.
        QVERIFY(std::abs(need->meanLoad.prompt.quantile(0.999) / 512 - 4.758) < 0.002);
        QCOMPARE(need->contextTokens, 4096);

        Requirements longer = chatNeed();
        longer.promptTokens = 10240;
        longer.outputTokens = 1536;
        const auto big = resolve(longer, *test::smallCatalog());
        QVERIFY(big);
        QCOMPARE(big->contextTokens % 8192, 0);
        const double needed =
            big->meanLoad.prompt.quantile(0.999) + big->meanLoad.output.quantile(0.999);
        QVERIFY(big->contextTokens >= needed && big->contextTokens < needed + 8192 + 2);
    }

    void shortContextWarns()
    {
        Requirements need = chatNeed();
        need.contextTokens = 2000;
        auto resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved);
        QCOMPARE(resolved->contextTokens, 2000);
        QCOMPARE(resolved->issues.size(), std::size_t(1));
        need.contextTokens = 700; // below a mean request of 768 tokens
        resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved && text(resolved->issues.at(0).text).contains("mean length"));
    }

    void constantLengthsHaveNoTail()
    {
        Requirements need = chatNeed();
        need.promptVariation = 0;
        const auto resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved);
        QVERIFY(resolved->meanLoad.prompt.shape == LengthDistribution::Shape::Constant);
        QCOMPARE(resolved->meanLoad.prompt.quantile(0.999), 512.0);
    }

    void prioritiesAreFractions()
    {
        Requirements need = chatNeed();
        need.priorities = Priorities { 3, 1, 0, 0 };
        const auto resolved = resolve(need, *test::smallCatalog());
        QVERIFY(resolved);
        QCOMPARE(resolved->priorities.cost, 0.75);
        QCOMPARE(resolved->priorities.latency, 0.25);
        QCOMPARE(resolve(chatNeed(), *test::smallCatalog())->priorities.cost, 0.4);
    }

    void everyValueHasAnOrigin()
    {
        const auto need = resolve(chatNeed(), *test::smallCatalog());
        QVERIFY(need);
        for (const char* field : { "workload.users",
                                   "workload.rate",
                                   "workload.peak_factor",
                                   "workload.peak_rate",
                                   "workload.arrivals",
                                   "workload.prompt_tokens",
                                   "workload.prompt_variation",
                                   "workload.output_tokens",
                                   "workload.output_variation",
                                   "workload.shared_prefix_tokens",
                                   "workload.prefix_groups",
                                   "workload.unique_prompts",
                                   "slo.ttft",
                                   "slo.itl",
                                   "slo.e2e",
                                   "context_tokens",
                                   "priorities",
                                   "headroom",
                                   "min_replicas",
                                   "price_list",
                                   "version_row" }) {
            const Derivation* entry = derivation(*need, field);
            QVERIFY2(entry, field);
            QVERIFY2(!entry->text.empty(), field);
        }
    }

    void badValuesNameTheirField_data()
    {
        using Change = std::function<void(Requirements&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("mention");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double inf = std::numeric_limits<double>::infinity();
        const auto row = [](const char* name, const char* field, const char* mention,
                            Change change) {
            QTest::newRow(name) << change << QString(field) << QString(mention);
        };
        row("unknown use case", "use_case", "chatbot_conversational",
            [](Requirements& n) { n.useCase = "chatbot_conversationl"; });
        row("no load", "users", "request rate", [](Requirements& n) { n.users.reset(); });
        row("zero users", "users", "above 0", [](Requirements& n) { n.users = 0; });
        row("negative users", "users", "-5", [](Requirements& n) { n.users = -5; });
        row("NaN users", "users", "finite", [=](Requirements& n) { n.users = nan; });
        row("infinite rate", "rate", "finite",
            [=](Requirements& n) { n.rate = RequestsPerSecond(inf); });
        row("absurd rate", "rate", "at most",
            [](Requirements& n) { n.rate = RequestsPerSecond(1e9); });
        row("peak below mean", "peak_factor", "at least 1",
            [](Requirements& n) { n.peakFactor = 0.5; });
        row("no prompt", "prompt_tokens", "at least 1",
            [](Requirements& n) { n.promptTokens = 0; });
        row("negative output", "output_tokens", "-1", [](Requirements& n) { n.outputTokens = -1; });
        row("NaN variation", "prompt_variation", "finite",
            [=](Requirements& n) { n.promptVariation = nan; });
        row("prefix longer than prompt", "shared_prefix_tokens", "longer than",
            [](Requirements& n) { n.sharedPrefixTokens = 600; });
        row("no prefix group", "prefix_groups", "at least 1",
            [](Requirements& n) { n.prefixGroups = 0; });
        row("negative unique prompts", "unique_prompts", "at least 0",
            [](Requirements& n) { n.uniquePrompts = -1; });
        row("percentile 100", "ttft.percentile", "99.99", [](Requirements& n) {
            n.ttft = LatencyTarget { 100, Seconds(1) };
        });
        row("percentile as fraction", "itl.percentile", "between 1", [](Requirements& n) {
            n.itl = LatencyTarget { 0.95, Seconds(1) };
        });
        row("zero limit", "ttft.max", "above 0", [](Requirements& n) {
            n.ttft = LatencyTarget { 95, Seconds(0) };
        });
        row("NaN limit", "e2e.max", "finite", [=](Requirements& n) {
            n.e2e = LatencyTarget { 95, Seconds(nan) };
        });
        row("unknown model", "models[1]", "acme/small-8b", [](Requirements& n) {
            n.models = { "acme/large-70b", "acme/smal-8b" };
        });
        row("unknown quantisation", "quantizations[0]", "fp8",
            [](Requirements& n) { n.quantizations = { "fp9" }; });
        row("unknown GPU", "gpus.include[0]", "bigg",
            [](Requirements& n) { n.gpusIncluded = { "bigg" }; });
        row("included and excluded", "gpus.include[0]", "both", [](Requirements& n) {
            n.gpusIncluded = { "big" };
            n.gpusExcluded = { "BIG-80GB" };
        });
        row("empty inventory item", "gpus.inventory[0].count", "at least 1", [](Requirements& n) {
            n.inventory = { { "big", 0, 0 } };
        });
        row("twice in the inventory", "gpus.inventory[1].gpu", "twice", [](Requirements& n) {
            n.inventory = { { "big", 4, 0 }, { "big", 8, 0 } };
        });
        row("no GPUs at all", "max_gpus", "at least 1", [](Requirements& n) { n.maxGpus = 0; });
        row("no budget", "budget_per_month", "above 0",
            [](Requirements& n) { n.budgetPerMonth = 0; });
        row("unknown price list", "prices.list", "did you mean list",
            [](Requirements& n) { n.priceList = "lst"; });
        row("negative price", "prices.per_hour.big", "at least 0",
            [](Requirements& n) { n.priceOverrides["big"] = -1; });
        row("headroom of all", "headroom", "at most 0.9", [](Requirements& n) { n.headroom = 1; });
        row("no replicas", "min_replicas", "at least 1",
            [](Requirements& n) { n.minReplicas = 0; });
        row("weights of nothing", "priorities", "All weights", [](Requirements& n) {
            n.priorities = Priorities { 0, 0, 0, 0 };
        });
        row("negative weight", "priorities.cost", "at least 0", [](Requirements& n) {
            n.priorities = Priorities { -1, 1, 1, 1 };
        });
        row("unknown version row", "version_row", "2026-08",
            [](Requirements& n) { n.versionRow = "2026-09"; });
        row("tiny context", "context_tokens", "at least 2",
            [](Requirements& n) { n.contextTokens = 0; });
    }

    void badValuesNameTheirField()
    {
        QFETCH(std::function<void(Requirements&)>, change);
        QFETCH(QString, field);
        QFETCH(QString, mention);
        Requirements need = chatNeed();
        change(need);
        const auto catalog = test::smallCatalog();
        const auto issues = checkRequirements(need, *catalog);
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(text(issues[0].subject), field);
        QVERIFY2(text(issues[0].text).contains(mention), issues[0].text.c_str());
        const auto resolved = resolve(need, *catalog);
        QVERIFY(!resolved);
        QVERIFY(text(resolved.error().detail).startsWith(field + ": "));
    }

    void allFindingsAreReported()
    {
        Requirements need;
        need.useCase = "nothing";
        need.headroom = 7;
        need.models = { "nobody/nothing" };
        QCOMPARE(checkRequirements(need, *test::smallCatalog()).size(), std::size_t(4));
    }

    void quantilesAreExact()
    {
        // Standard normal quantiles to ten digits, through a log-normal with sigma = 1.
        const LengthDistribution lengths { LengthDistribution::Shape::LogNormal, 1,
                                           std::sqrt(std::exp(1.0) - 1) };
        const auto sigma = [&](double p) { return std::log(lengths.quantile(p)) + 0.5; };
        QVERIFY(std::abs(sigma(0.5)) < 1e-12);
        QVERIFY(std::abs(sigma(0.95) - 1.6448536270) < 1e-9);
        QVERIFY(std::abs(sigma(0.05) + 1.6448536270) < 1e-9);
        QVERIFY(std::abs(sigma(0.999) - 3.0902323062) < 1e-9);
        QVERIFY(std::isfinite(lengths.quantile(0)) && std::isfinite(lengths.quantile(1)));
        QCOMPARE(lengths.secondMoment(), std::exp(1.0));
        const LengthDistribution uniform { LengthDistribution::Shape::Uniform, 10, 0.5 };
        QCOMPARE(uniform.quantile(0.25), 7.5);
        QVERIFY(std::abs(uniform.secondMoment() - (100 + 25.0 / 3)) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestRequirements)
#include "tst_requirements.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/workload/requirements.h>

#include <QTest>

#include <random>

using namespace llmd;

namespace {

Loaded<Requirements> read(const std::string& yaml)
{
    const auto root = parseYaml(yaml, "need.yaml");
    if (!root)
        qFatal("%s", describe(root.error()).c_str());
    return readRequirements(*root);
}

/** Numbers of every size and sign of awkwardness: short decimals, full mantissas, tiny and large.
 */
double awkward(std::mt19937_64& random)
{
    switch (random() % 4) {
    case 0:
        return static_cast<double>(random() % 100000);
    case 1:
        return static_cast<double>(random() % 100000) / 1000;
    case 2:
        return std::ldexp(static_cast<double>(random() >> 11),
                          -60 + static_cast<int>(random() % 60));
    default:
        return 1.0 / static_cast<double>(1 + random() % 1000);
    }
}

std::string hostile(std::mt19937_64& random)
{
    static const std::vector<std::string> texts {
        "yes",         "0123",   "1e3",        "~",           "null",
        "a: b",        "- x",    "#no",        "line\nbreak", "\ttab",
        "\"quoted\"",  "it's",   "größe 模型", "{a: b}",      "[x]",
        " lead",       "trail ", "@at",        "%p",          "&a",
        "*a",          "!t",     "|",          ">",           "multi\n\nline\n",
        "back\\slash", ":",      "org/name",   "=",           "2026-08-01",
        "0x1F",        "1_000",  ".inf",
    };
    return texts[random() % texts.size()];
}

template <class T> std::optional<T> maybe(std::mt19937_64& random, T value)
{
    return random() % 2 ? std::optional<T>(value) : std::nullopt;
}

LatencyTarget target(std::mt19937_64& random)
{
    const double percentiles[] = { 0, 50, 90, 95, 99, 99.9, 97.25 };
    return { percentiles[random() % 7], Seconds(awkward(random)) };
}

Requirements randomNeed(std::mt19937_64& random)
{
    Requirements need;
    if (random() % 2)
        need.title = hostile(random);
    need.useCase = hostile(random);
    need.users = maybe(random, awkward(random));
    need.rate = maybe(random, RequestsPerSecond(awkward(random)));
    need.peakFactor = maybe(random, awkward(random));
    need.promptTokens = maybe(random, awkward(random));
    need.outputTokens = maybe(random, awkward(random));
    need.promptVariation = maybe(random, awkward(random));
    need.outputVariation = maybe(random, awkward(random));
    need.sharedPrefixTokens = maybe(random, awkward(random));
    need.prefixGroups = maybe(random, static_cast<int>(random() % 100000));
    need.uniquePrompts = maybe(random, static_cast<int>(random() % 100000));
    need.ttft = maybe(random, target(random));
    need.itl = maybe(random, target(random));
    need.e2e = maybe(random, target(random));
    for (auto count = random() % 3; count > 0; --count) {
        need.models.push_back(hostile(random));
        need.gpusIncluded.push_back(hostile(random));
        need.quantizations.push_back(hostile(random));
        need.inventory.push_back(
            { hostile(random), static_cast<int>(random() % 100), static_cast<int>(random() % 9) });
        need.priceOverrides[hostile(random)] = awkward(random);
    }
    if (random() % 2)
        need.gpusExcluded = { hostile(random), hostile(random) };
    need.maxGpus = maybe(random, static_cast<int>(random() % 1000));
    need.budgetPerMonth = maybe(random, awkward(random));
    need.contextTokens = maybe(random, static_cast<int>(random() % 1000000));
    if (random() % 2)
        need.priceList = hostile(random);
    if (random() % 2)
        need.priorities =
            Priorities { awkward(random), awkward(random), awkward(random), awkward(random) };
    need.headroom = static_cast<double>(random() % 1000) / 1000;
    need.minReplicas = 1 + static_cast<int>(random() % 5);
    if (random() % 2)
        need.versionRow = hostile(random);
    if (random() % 2)
        need.notes = hostile(random);
    return need;
}

} // namespace

class TestRequirementsYaml : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryField()
    {
        const auto loaded = read(R"(
title: Support chat
use_case: chatbot_conversational
users: 5k
rate: 120/min
peak_factor: 2.5
prompt_tokens: 1.5k
output_tokens: 256
prompt_variation: 0.5
output_variation: 0.25
shared_prefix_tokens: 200
prefix_groups: 3
unique_prompts: 100
ttft: 300ms
itl: {percentile: p99, max: 40ms}
e2e: {percentile: mean, max: 10s}
models: [org/one, org/two]
quantizations: fp8
gpus:
  include: [h100_sxm]
  exclude: [t4]
  inventory:
    - {gpu: h100_sxm, count: 16, per_node: 8}
    - {gpu: l40s, count: 4}
max_gpus: 32
budget_per_month: $40k
context_tokens: 8192
prices: {list: neocloud, per_hour: {h100_sxm: $2.10}}
priorities: {cost: 0.5, latency: 0.5}
headroom: 25%
min_replicas: 2
version_row: 2026-08
notes: none
)");
        for (const Issue& issue : loaded.issues)
            QFAIL(describe(issue).c_str());
        const Requirements& need = loaded.value;
        QCOMPARE(QString::fromStdString(need.title), "Support chat");
        QCOMPARE(*need.users, 5000.0);
        QCOMPARE(need.rate->value(), 2.0);
        QCOMPARE(*need.promptTokens, 1500.0);
        QCOMPARE(*need.outputVariation, 0.25);
        QCOMPARE(*need.prefixGroups, 3);
        QVERIFY((need.ttft == LatencyTarget { 95, milliseconds(300) }));
        QVERIFY((need.itl == LatencyTarget { 99, milliseconds(40) }));
        QVERIFY((need.e2e == LatencyTarget { 0, Seconds(10) }));
        QCOMPARE(need.models.size(), std::size_t(2));
        QVERIFY(need.quantizations == std::vector<std::string> { "fp8" });
        QVERIFY((need.inventory[0] == InventoryItem { "h100_sxm", 16, 8 }));
        QVERIFY((need.inventory[1] == InventoryItem { "l40s", 4, 0 }));
        QCOMPARE(*need.budgetPerMonth, 40000.0);
        QCOMPARE(need.priceOverrides.at("h100_sxm"), 2.1);
        QVERIFY((need.priorities == Priorities { 0.5, 0.5, 0, 0 }));
        QCOMPARE(need.headroom, 0.25);
        QCOMPARE(QString::fromStdString(need.versionRow), "2026-08");
    }

    void shortForms()
    {
        const auto loaded = read("gpus: [h100_sxm, l40s]\nprices: neocloud\nmodels: org/one\n");
        QVERIFY(loaded.issues.empty());
        QCOMPARE(loaded.value.gpusIncluded.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(loaded.value.priceList), "neocloud");
        QCOMPARE(loaded.value.models.size(), std::size_t(1));
        const auto inventory = read("gpus: {inventory: {h100_sxm: 16, l40s: 4}}\n");
        QVERIFY(inventory.issues.empty());
        QCOMPARE(inventory.value.inventory.size(), std::size_t(2));
    }

    void findingsHaveTheirPosition_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("mention");
        QTest::newRow("unknown key") << "users: 5\nprompt_token: 7\n" << 2 << "prompt_tokens";
        QTest::newRow("unknown inner key") << "ttft: {max: 1s, precentile: 9}\n"
                                           << 1 << "percentile";
        QTest::newRow("no unit") << "users: 5\nttft: 300\n" << 2 << "300";
        QTest::newRow("negative duration") << "itl: -3ms\n" << 1 << "-3ms";
        QTest::newRow("word as number") << "users: many\n" << 1 << "many";
        QTest::newRow("fraction of a GPU") << "max_gpus: 2.5\n" << 1 << "whole number";
        QTest::newRow("limit missing") << "ttft: {percentile: 95}\n" << 1 << "limit is missing";
        QTest::newRow("bad percentile") << "ttft: {percentile: most, max: 1s}\n" << 1 << "p95";
        QTest::newRow("headroom above all") << "headroom: 120%\n" << 1 << "120%";
        QTest::newRow("priorities as text") << "priorities: cost\n" << 1 << "weights";
        QTest::newRow("list as mapping") << "models: {a: b}\n" << 1 << "";
        QTest::newRow("incomplete inventory") << "gpus: {inventory: [{gpu: x}]}\n" << 1 << "both";
        QTest::newRow("not a mapping") << "- users\n" << 1 << "mapping";
    }

    void findingsHaveTheirPosition()
    {
        QFETCH(QString, yaml);
        QFETCH(int, line);
        QFETCH(QString, mention);
        const auto loaded = read(yaml.toStdString());
        QCOMPARE(loaded.issues.size(), std::size_t(1));
        const Issue& issue = loaded.issues[0];
        QVERIFY(issue.where);
        QCOMPARE(issue.where->line, line);
        QVERIFY2(QString::fromStdString(issue.text).contains(mention), issue.text.c_str());
    }

    void theRestIsStillRead()
    {
        const auto loaded = read("users: many\nrate: 5\nttft: soon\nheadroom: 0.3\n");
        QCOMPARE(loaded.issues.size(), std::size_t(2));
        QCOMPARE(loaded.value.rate->value(), 5.0);
        QCOMPARE(loaded.value.headroom, 0.3);
    }

    void writtenNeedsReadBackTheSame()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 2000; ++i) {
            const Requirements need = randomNeed(random);
            const std::string yaml = writeRequirements(need);
            const auto loaded = read(yaml);
            for (const Issue& issue : loaded.issues)
                QFAIL((describe(issue) + "\n" + yaml).c_str());
            QVERIFY2(loaded.value == need, yaml.c_str());
        }
    }

    void emptyNeedIsEmpty() { QVERIFY(read(writeRequirements({})).value == Requirements {}); }
};

QTEST_APPLESS_MAIN(TestRequirementsYaml)
#include "tst_requirementsyaml.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/search/disaggregatedsearch.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <random>

using namespace llmd;

namespace {

using Report = std::shared_ptr<const SearchReport>;

/** Packs groups one by one, largest first; the truth for few of them. */
bool packs(int available, int node, std::vector<int> groups)
{
    std::vector<int> free;
    for (int left = available; left > 0; left -= node)
        free.push_back(std::min(left, node));
    std::sort(groups.rbegin(), groups.rend());
    const std::function<bool(std::size_t)> place = [&](std::size_t index) {
        if (index == groups.size())
            return true;
        for (int& room : free) {
            if (room < groups[index])
                continue;
            room -= groups[index];
            if (place(index + 1))
                return true;
            room += groups[index];
        }
        return false;
    };
    return place(0);
}

/** Long prompts, short answers, and readers who notice every pause. */
Requirements longPrompts()
{
    Requirements need;
    need.useCase = "document_analysis_rag";
    need.models = { "meta-llama/Llama-3.3-70B-Instruct" };
    need.gpusIncluded = { "h100_sxm" };
    need.rate = RequestsPerSecond(6);
    need.promptTokens = 8000;
    need.promptVariation = 0.3;
    need.outputTokens = 250;
    need.sharedPrefixTokens = 0;
    need.ttft = LatencyTarget { 95, Seconds(4) };
    need.itl = LatencyTarget { 95, milliseconds(30) };
    return need;
}

Requirements shortChat()
{
    Requirements need;
    need.models = { "Qwen/Qwen3-14B" };
    need.gpusIncluded = { "h100_sxm" };
    need.rate = RequestsPerSecond(20);
    need.promptTokens = 200;
    need.outputTokens = 300;
    return need;
}

double cheapest(const Report& report, bool disaggregated)
{
    for (const Option& option : report->options) { // by cost
        if (option.candidate.topology.disaggregation.has_value() == disaggregated)
            return option.cost.value();
    }
    return std::numeric_limits<double>::infinity();
}

} // namespace

class TestDisaggregatedSearch : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    Report found(const Requirements& need, unsigned threads = 2) const
    {
        RunContext context;
        context.threads = threads;
        auto report = search({ need, {} }, m_catalog, m_engines->standard(), context);
        if (!report)
            qFatal("%s", describe(report.error()).c_str());
        return *report;
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        QVERIFY(loaded.has_value());
        m_catalog = loaded->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void roomIsThatOfPacking()
    {
        std::mt19937 random(7);
        const auto any = [&](int low, int high) {
            return std::uniform_int_distribution(low, high)(random);
        };
        int fits = 0;
        for (int round = 0; round < 3000; ++round) {
            Gpu gpu;
            gpu.gpusPerNode = 8;
            gpu.scaleUpDomain = 8;
            GpuOffer offer { &gpu, {}, 8, any(1, 28) };
            const Pool a { { 1 << any(0, 3), 1, 1, false }, any(0, 4) };
            const Pool b { { 1 << any(0, 3), 1, 1, false }, any(0, 4) };
            std::vector<int> groups(static_cast<std::size_t>(a.replicas), a.parallelism.tensor);
            groups.insert(groups.end(), static_cast<std::size_t>(b.replicas), b.parallelism.tensor);
            const bool expected = packs(*offer.available, 8, groups);
            QCOMPARE(haveRoom(offer, a, b), expected);
            fits += expected;
        }
        QVERIFY(fits > 300 && fits < 2700);
    }

    void everyCombinationIsAccountedFor()
    {
        const Report report = found(longPrompts());
        std::uint64_t sum = report->options.size();
        for (const Refusal& refusal : report->refusals)
            sum += refusal.count;
        QCOMPARE(report->searched, sum);
        QVERIFY(std::isfinite(cheapest(report, true)));
    }

    /** Re-predicted by themselves: as many servers as are needed, and none more. */
    void optionsAreSizedForThePeak()
    {
        const Report report = found(longPrompts());
        const double headroom = report->need.derivations.empty() ? 0 : longPrompts().headroom;
        const RequestsPerSecond planned = report->need.peakLoad.load.rate / (1 - headroom);
        int checked = 0;
        RunContext context;
        for (const Option& option : report->options) {
            if (!option.candidate.topology.disaggregation)
                continue;
            const auto meets = [&](int prefillLess, int decodeLess) {
                Candidate candidate = option.candidate;
                int& prefill = candidate.topology.disaggregation->prefill.replicas;
                int& decode = candidate.topology.pool.replicas;
                prefill -= prefillLess;
                decode -= decodeLess;
                if (prefill < 1 || decode < 1)
                    return false;
                Workload workload = report->need.peakLoad;
                workload.load = Load::open(planned);
                const auto estimate = m_engines->standard().estimate(candidate, workload, context);
                return estimate && targetRatios(*estimate, report->need.slo).met();
            };
            QVERIFY2(meets(0, 0), option.id.c_str());
            QVERIFY2(!meets(1, 0), option.id.c_str());
            QVERIFY2(!meets(0, 1), option.id.c_str());
            QVERIFY(option.capacityPerReplica * option.candidate.topology.pool.replicas
                    >= planned * 0.994);
            ++checked;
        }
        QVERIFY(checked > 0);
    }

    void longPromptsWithTightItlWantItAndShortChatsDoNot()
    {
        const Report prompts = found(longPrompts());
        QVERIFY2(cheapest(prompts, true) < cheapest(prompts, false),
                 qPrintable(QString("%1 $/s against %2")
                                .arg(cheapest(prompts, true))
                                .arg(cheapest(prompts, false))));
        const Report chat = found(shortChat());
        QVERIFY(cheapest(chat, false) <= cheapest(chat, true));
        const auto firstToken = [&](bool disaggregated) { // of those at the lowest price
            Seconds best(std::numeric_limits<double>::infinity());
            for (const Option& option : chat->options) {
                if (option.candidate.topology.disaggregation.has_value() == disaggregated
                    && option.cost.value() <= cheapest(chat, disaggregated))
                    best = std::min(best, option.atPeak.ttft.p95);
            }
            return best;
        };
        QVERIFY(firstToken(false) < firstToken(true));
    }

    void slowLinksMoveTheAnswer()
    {
        Requirements need = longPrompts();
        need.topology = "disaggregated";
        const Report fast = found(need);
        need.kvTransfer = "tcp";
        const Report slow = found(need);
        QVERIFY(!fast->options.empty());
        const bool moved = slow->options.empty()
            || slow->options.front().cost > fast->options.front().cost
            || slow->options.front().atPeak.ttft.mean
                > 1.2 * fast->options.front().atPeak.ttft.mean;
        QVERIFY(moved);
    }

    void theNeedChoosesTheTopology()
    {
        Requirements need = longPrompts();
        need.topology = "aggregated";
        QVERIFY(!std::isfinite(cheapest(found(need), true)));
        need.topology = "disaggregated";
        QVERIFY(!std::isfinite(cheapest(found(need), false)));
    }

    void threadsLeaveNoTrace()
    {
        const auto printed = [](const Report& report) {
            QByteArray text;
            for (const Option& option : report->options)
                text += QByteArray(option.id.c_str()) + ' '
                    + option.candidate.topology.label().c_str() + ' '
                    + QByteArray::number(option.atPeak.e2e.p95.value(), 'g', 17) + '\n';
            return text;
        };
        Requirements need = longPrompts();
        need.gpusIncluded = { "h100_sxm", "h200_sxm", "l40s" };
        const QByteArray one = printed(found(need, 1));
        QCOMPARE(printed(found(need, 2)), one);
        QCOMPARE(printed(found(need, 7)), one);
    }

    void mixedPoolsStayWithinTheInventory()
    {
        Requirements need = longPrompts();
        need.models = { "Qwen/Qwen3-14B" };
        need.rate = RequestsPerSecond(3);
        need.gpusIncluded.clear();
        need.inventory = { { "h100_sxm", 16, 8 }, { "l40s", 8, 4 } };
        const Report report = found(need);
        int mixed = 0;
        for (const Option& option : report->options) {
            const auto& split = option.candidate.topology.disaggregation;
            if (!split)
                continue;
            const bool two = split->gpu && split->gpu != option.candidate.gpu;
            mixed += two;
            std::map<std::string, int> used;
            used[option.candidate.gpu->id] += option.candidate.topology.pool.gpus();
            used[two ? split->gpu->id : option.candidate.gpu->id] += split->prefill.gpus();
            QVERIFY(used["h100_sxm"] <= 16);
            QVERIFY(used["l40s"] <= 8);
        }
        QVERIFY(mixed > 0);
    }
};

QTEST_GUILESS_MAIN(TestDisaggregatedSearch)
#include "tst_disaggregatedsearch.moc"

// SPDX-License-Identifier: Apache-2.0
// Prefill and decode on servers of their own: the rules, the transfer, and the prediction's limits.
#include <core/candidate/disaggregationrules.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <core/performance/enginechecks.h>
#include <core/performance/transfer.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace llmd;
using namespace llmd::testing;

namespace {

using Rule = DisaggregationFinding::Rule;

constexpr const char* llama = "meta-llama/Llama-3.3-70B-Instruct";
constexpr const char* deepSeek = "deepseek-ai/DeepSeek-V3";

Workload prompts(double input, double output, double rate)
{
    Workload w;
    w.prompt = { LengthDistribution::Shape::Constant, input, 0 };
    w.output = { LengthDistribution::Shape::Constant, output, 0 };
    w.load = Load::open(RequestsPerSecond(rate));
    return w;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

bool breaks(const Candidate& candidate, Rule rule)
{
    for (const auto& finding : disaggregationFindings(candidate)) {
        if (finding.hard && finding.rule == rule)
            return true;
    }
    return false;
}

} // namespace

class TestDisaggregation : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    Candidate aggregated(const char* model, int tensor, int replicas) const
    {
        Candidate c;
        c.model = m_catalog->findModel(model);
        c.gpu = m_catalog->findGpu("h100_sxm");
        const SemanticVersion version { 0, 19, 0 };
        c.engine =
            defaultEngineSettings(*c.model, *c.gpu, m_catalog->engineVersion(version), version);
        c.engine.maxModelLen = 16384;
        c.topology.pool = { { .tensor = tensor }, replicas };
        return c;
    }

    Candidate split(const char* model, Pool prefill, Pool decode) const
    {
        Candidate c = aggregated(model, 1, 1);
        Disaggregation d;
        d.prefill = prefill;
        d.engine = c.engine;
        c.topology = { decode, d };
        return c;
    }

    Candidate standard() const
    {
        return split(llama, { { .tensor = 4 }, 2 }, { { .tensor = 4 }, 1 });
    }

    Result<Estimate> predict(const Candidate& c, const Workload& w,
                             const char* engine = "analytic") const
    {
        RunContext context;
        const auto found = m_engines->find(engine);
        return found ? (*found)->estimate(c, w, context) : tl::unexpected(found.error());
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void tensorParallelRules()
    {
        struct Case
        {
            const char* model;
            int prefill;
            int decode;
            SemanticVersion version;
            bool legal;
        };
        // Llama 3.3 70B has 8 KV heads.
        const Case cases[] = {
            { llama, 4, 4, { 0, 19, 0 }, true },    { llama, 2, 4, { 0, 19, 0 }, true },
            { llama, 4, 2, { 0, 19, 0 }, false },   { llama, 4, 6, { 0, 19, 0 }, false },
            { llama, 8, 16, { 0, 19, 0 }, false },  { llama, 8, 16, { 0, 22, 0 }, true },
            { llama, 16, 16, { 0, 19, 0 }, true },  { deepSeek, 8, 4, { 0, 19, 0 }, true },
            { deepSeek, 4, 8, { 0, 19, 0 }, true }, { deepSeek, 4, 6, { 0, 19, 0 }, false },
        };
        for (const auto& each : cases) {
            Candidate c = split(each.model, { { .tensor = each.prefill }, 1 },
                                { { .tensor = each.decode }, 1 });
            c.engine.version = c.topology.disaggregation->engine.version = each.version;
            QVERIFY2(breaks(c, Rule::TensorParallel) != each.legal,
                     qPrintable(QStringLiteral("%1 P%2 D%3")
                                    .arg(QLatin1String(each.model))
                                    .arg(each.prefill)
                                    .arg(each.decode)));
        }
        // Unequal sizes that are legal are still pointed out, with a source.
        const auto findings =
            disaggregationFindings(split(llama, { { .tensor = 2 }, 1 }, { { .tensor = 4 }, 1 }));
        QCOMPARE(findings.size(), std::size_t(1));
        QVERIFY(!findings[0].hard && !findings[0].source.empty());
    }

    void equalityAndLinkRules()
    {
        QVERIFY(disaggregationFindings(standard()).empty());
        QVERIFY(disaggregationFindings(aggregated(llama, 4, 1)).empty());
        const auto changed = [&](auto&& change) {
            Candidate c = standard();
            change(c, *c.topology.disaggregation);
            return c;
        };
        QVERIFY(breaks(changed([](auto&, auto& d) { d.engine.blockSize = 32; }), Rule::BlockSize));
        QVERIFY(breaks(changed([](auto&, auto& d) { d.engine.keyValueCache = Precision::Fp8; }),
                       Rule::KeyValueType));
        QVERIFY(breaks(changed([](auto&, auto& d) { d.engine.version.minor = 18; }),
                       Rule::EngineVersion));
        QVERIFY(breaks(changed([&](auto&, auto& d) { d.gpu = m_catalog->findGpu("mi300x"); }),
                       Rule::Attention));
        // What may differ.
        VERIFY_OK(checkDisaggregation(changed([](auto&, auto& d) {
            d.engine.maxNumSeqs = 7;
            d.engine.maxNumBatchedTokens = 32768;
            d.engine.gpuMemoryUtilization = 0.8;
        })));
        // 12 GPUs are more than the 8 that NVLink joins.
        const auto nvlink =
            changed([](auto&, auto& d) { d.transfer.path = TransferPath::ScaleUp; });
        QVERIFY(breaks(nvlink, Rule::Link));
        Candidate small = split(llama, { { .tensor = 4 }, 1 }, { { .tensor = 4 }, 1 });
        small.topology.disaggregation->transfer.path = TransferPath::ScaleUp;
        VERIFY_OK(checkDisaggregation(small));
        small.topology.disaggregation->gpu = m_catalog->findGpu("h200_sxm");
        QVERIFY(breaks(small, Rule::Link));
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(breaks(changed([&](auto&, auto& d) { d.transfer.bandwidth = BytesPerSecond(nan); }),
                       Rule::Transfer));
        QVERIFY(breaks(changed([&](auto&, auto& d) { d.transfer.overlap = 1.5; }), Rule::Transfer));
        QVERIFY(breaks(changed([&](auto&, auto& d) { d.prefillDerate = 0; }), Rule::Settings));
        const auto refused = checkDisaggregation(nvlink);
        QVERIFY(!refused && refused.error().code == ErrorCode::Unsupported);
        QVERIFY(refused.error().detail.find("reaches 8 GPUs") != std::string::npos);
    }

    void transferBytesFollowTheCache()
    {
        const Candidate c = standard();
        const auto link = transferLink(c, 4096);
        VERIFY_OK(link);
        // 80 layers x 8 heads x 2 x 128 values x 2 B.
        QVERIFY(near(link->bytes, 4096.0 * 80 * 8 * 2 * 128 * 2, 1e-9));
        QVERIFY(near(link->receiveBytes, link->bytes / 4, 1e-9));
        QVERIFY(near(link->sendBytes, link->bytes / 4, 1e-9));
        // A prefill rank serves two decode ranks.
        const auto wider =
            transferLink(split(llama, { { .tensor = 2 }, 1 }, { { .tensor = 4 }, 1 }), 4096);
        VERIFY_OK(wider);
        QVERIFY(near(wider->sendBytes, 2 * wider->receiveBytes, 1e-9));
        // MLA: every decode rank fetches the whole latent vector.
        const auto latent =
            transferLink(split(deepSeek, { { .tensor = 8 }, 1 }, { { .tensor = 4 }, 1 }), 4096);
        VERIFY_OK(latent);
        QVERIFY(near(latent->receiveBytes, 4096.0 * 61 * 576 * 2, 1e-9));
        QVERIFY(near(latent->bytes, 4 * latent->receiveBytes, 1e-9));
        QVERIFY(near(latent->sendBytes, latent->receiveBytes, 1e-9));
        // Storage has no bandwidth of its own, and is passed twice.
        Candidate stored = c;
        stored.topology.disaggregation->transfer.path = TransferPath::SharedStorage;
        QVERIFY(!transferLink(stored, 4096));
        stored.topology.disaggregation->transfer.bandwidth = gigabytesPerSecond(10);
        const auto storage = transferLink(stored, 4096);
        VERIFY_OK(storage);
        QVERIFY(near(storage->wire, 2 * storage->receiveBytes / 10e9, 1e-9));
    }

    void partsAddUpAndRatesAreKept()
    {
        const auto e = predict(standard(), prompts(4096, 300, 3));
        VERIFY_OK(e);
        QVERIFY(!e->saturated && e->disaggregated.has_value());
        const auto& d = *e->disaggregated;
        double sum = 0;
        for (const auto& part : firstTokenParts(d)) {
            QVERIFY(part.time.value() >= 0);
            sum += part.time.value();
        }
        QVERIFY(near(sum, e->ttft.mean.value(), 1e-9));
        QVERIFY(near(e->e2e.mean.value(), e->ttft.mean.value() + 299 * e->itl.mean.value(), 1e-9));
        QVERIFY(near(e->requestRate.value(), 3, 1e-9));
        QVERIFY(near(e->outputThroughput.value(), 900, 1e-9));
        QVERIFY(near(d.prefillLoad.utilization * d.prefillLoad.capacity.value(), 3, 1e-9));
        QVERIFY(near(d.decodeLoad.utilization * d.decodeLoad.capacity.value(), 3, 1e-9));
        // Little's law on the decode server: the batch is what the rate brings while it decodes.
        QVERIFY(near(d.decodeLoad.running, 3 * 300 * e->itl.mean.value(), 1e-6));
        QVERIFY(d.limit == DisaggregatedEstimate::Limit::Prefill);
        for (const auto* l : { &e->ttft, &e->itl, &e->e2e })
            QVERIFY(l->p50 <= l->p90 && l->p90 <= l->p95 && l->p95 <= l->p99
                    && l->meanInterval.low < 1 && l->meanInterval.high > 1);
        QVERIFY2(e->ttft.meanInterval.high > 2, "nothing disaggregated is in the fit");
    }

    void closedLoopKeepsItsRequests()
    {
        for (const double count : { 1.0, 16.0, 200.0, 3000.0 }) {
            Workload w = prompts(4096, 300, 0);
            w.load = Load::closed(count);
            const auto e = predict(standard(), w);
            VERIFY_OK(e);
            QVERIFY2(near(e->requestRate.value() * e->e2e.mean.value(), count, 1e-3),
                     qPrintable(QString::number(count)));
            QVERIFY(e->requestRate <= e->disaggregated->prefillLoad.capacity * (1 + 1e-6));
        }
    }

    void bandwidthNeverHurtsAndInfinityCostsNothing()
    {
        const Workload w = prompts(8192, 200, 2);
        Candidate c = standard();
        auto& transfer = c.topology.disaggregation->transfer;
        transfer.latency = Seconds();
        double before = std::numeric_limits<double>::infinity();
        for (const double gbps : { 0.5, 1.0, 3.0, 10.0, 40.0, 400.0, 1e12 }) {
            transfer.bandwidth = gigabytesPerSecond(gbps);
            const auto e = predict(c, w);
            VERIFY_OK(e);
            QVERIFY2(e->ttft.mean.value() <= before, qPrintable(QString::number(gbps)));
            before = e->ttft.mean.value();
        }
        const auto free = predict(c, w);
        QVERIFY(free->disaggregated->transfer.total.value() < 1e-9);
        QVERIFY(free->disaggregated->transfer.linkUtilization < 1e-9);
        // Bytes that hide behind the last chunk cost nothing either.
        transfer.bandwidth = gigabytesPerSecond(40);
        const double exposed = predict(c, w)->ttft.mean.value();
        transfer.overlap = 1;
        const auto hidden = predict(c, w);
        QVERIFY(hidden->ttft.mean.value() < exposed);
        QVERIFY(hidden->disaggregated->transfer.hidden.value() > 0);
    }

    void slowLinkLimits()
    {
        Candidate c = standard();
        c.topology.disaggregation->transfer.path = TransferPath::Tcp;
        c.topology.disaggregation->transfer.bandwidth = gigabytesPerSecond(0.5);
        const Workload w = prompts(4096, 100, 1);
        const auto link = transferLink(c, 4096);
        const auto slow = predict(c, w);
        VERIFY_OK(slow);
        QVERIFY(slow->disaggregated->limit == DisaggregatedEstimate::Limit::Transfer);
        QVERIFY(near(slow->disaggregated->transfer.capacity.value(), link->capacity(), 1e-9));
        const auto over = predict(c, prompts(4096, 100, 1.2 * link->capacity()));
        VERIFY_OK(over);
        QVERIFY(over->saturated);
        QVERIFY(near(over->requestRate.value(), link->capacity(), 1e-6));
        Candidate fast = standard();
        QVERIFY(predict(fast, prompts(4096, 100, 1.2 * link->capacity()))->saturated == false);
    }

    void oneOutputTokenAndIdleServers()
    {
        const auto one = predict(standard(), prompts(1000, 1, 1));
        VERIFY_OK(one);
        QVERIFY(near(one->e2e.mean.value(), one->ttft.mean.value(), 1e-9));
        const auto idle = predict(standard(), prompts(1000, 100, 0));
        VERIFY_OK(idle);
        QVERIFY(idle->disaggregated->prefillQueue.value() < 1e-9);
        QVERIFY(idle->ttft.mean < predict(standard(), prompts(1000, 100, 8))->ttft.mean);
    }

    void roleLimitsMatchTheSuggestedRatio()
    {
        const Workload w = prompts(4096, 300, 3);
        Candidate c = standard();
        auto& d = *c.topology.disaggregation;
        const double ratio = predict(c, w)->disaggregated->prefillPerDecode;
        d.prefillDerate = 0.45;
        QVERIFY2(near(predict(c, w)->disaggregated->prefillPerDecode, 2 * ratio, 1e-9),
                 "half the prefill capacity to plan with needs twice the servers");
        d.prefillDerate = d.decodeDerate = 1;
        const auto even = predict(c, w);
        const double exact = even->disaggregated->prefillPerDecode;
        const double prefill = even->disaggregated->prefillLoad.capacity.value() / 2;
        QVERIFY(near(exact * prefill, even->disaggregated->decodeLoad.capacity.value(), 1e-9));
        // More prefill servers than that and the decode server is what fills up.
        d.prefill.replicas = static_cast<int>(std::ceil(exact)) + 1;
        QVERIFY(predict(c, w)->disaggregated->limit == DisaggregatedEstimate::Limit::Decode);
    }

    void decodeIsFreeOfPrompts()
    {
        // Equal GPUs, long prompts: tokens come faster and more evenly than where prompts interrupt.
        const Workload w = prompts(8192, 300, 2.0);
        const auto both = predict(aggregated(llama, 4, 3), w);
        const auto apart = predict(standard(), w);
        VERIFY_OK(both);
        VERIFY_OK(apart);
        QCOMPARE(standard().topology.gpus(), aggregated(llama, 4, 3).topology.gpus());
        QVERIFY(!both->saturated && !apart->saturated);
        QVERIFY(apart->itl.mean < both->itl.mean * 0.9);
        QVERIFY(apart->itl.p99 / apart->itl.mean < both->itl.p99 / both->itl.mean);
        // Short prompts: sharing all GPUs serves more, and the first token comes without the second hop.
        const Workload chat = prompts(256, 300, 4.0);
        QVERIFY(predict(aggregated(llama, 4, 3), chat)->ttft.mean
                < predict(standard(), chat)->ttft.mean);
        QVERIFY(predict(aggregated(llama, 4, 3), chat)->itl.mean
                < predict(standard(), chat)->itl.mean);
    }

    void shortPromptsMayStay()
    {
        Workload w = prompts(2000, 200, 2);
        w.prompt = { LengthDistribution::Shape::Uniform, 2000, 0.9 };
        Candidate c = standard();
        auto& threshold = c.topology.disaggregation->localPromptTokens;
        QCOMPARE(predict(c, w)->disaggregated->localShare, 0.0);
        threshold = 2000;
        const auto half = predict(c, w);
        VERIFY_OK(half);
        QVERIFY(near(half->disaggregated->localShare, 0.5, 0.01));
        QVERIFY(half->prefillShare > 0);
        threshold = 1e6;
        const auto none = predict(c, w);
        VERIFY_OK(none);
        QCOMPARE(none->disaggregated->localShare, 1.0);
        QVERIFY(none->disaggregated->prefillLoad.utilization < 1e-9);
        // Then the decode servers are an aggregated deployment.
        const auto same = predict(decodeRole(c), w);
        QVERIFY(near(none->ttft.mean.value(), same->ttft.mean.value(), 1e-6));
        QVERIFY(near(none->itl.mean.value(), same->itl.mean.value(), 1e-6));
    }

    void cachedPrefixesAreNeitherComputedNorSent()
    {
        Workload w = prompts(4096, 200, 2);
        const auto all = predict(standard(), w);
        w.prefix.sharedTokens = 3072;
        const auto shared = predict(standard(), w);
        VERIFY_OK(shared);
        QVERIFY(near(shared->prefixHitRate, 0.75, 0.01));
        QVERIFY(shared->disaggregated->prefill < all->disaggregated->prefill * 0.5);
        QVERIFY(near(shared->disaggregated->transfer.bytes.value(),
                     all->disaggregated->transfer.bytes.value() / 4, 0.01));
    }

    void rolesOnDifferentGpus()
    {
        Candidate c = standard();
        c.topology.disaggregation->gpu = m_catalog->findGpu("h200_sxm");
        QCOMPARE(prefillRole(c).gpu->id, std::string("h200_sxm"));
        QCOMPARE(decodeRole(c).gpu->id, std::string("h100_sxm"));
        const auto e = predict(c, prompts(4096, 300, 2));
        VERIFY_OK(e);
        QVERIFY(e->disaggregated->prefillLoad.kvUtilization > 0);
    }

    void whoCannotSaysSo()
    {
        // Engines that describe one kind of server, such as external programs, ask this first.
        const Candidate c = standard();
        const auto e =
            checkedMemory(c, m_catalog->engineVersion(c.engine.version), prompts(1000, 100, 1));
        QVERIFY(!e && e.error().code == ErrorCode::Unsupported);
        QVERIFY(e.error().detail.find("disaggregated") != std::string::npos);
        const auto roofline = predict(standard(), prompts(1000, 100, 1), "roofline");
        VERIFY_OK(roofline);
        QCOMPARE(roofline->provenance.engine, std::string("roofline"));
        Candidate tooSmall = split(llama, { { .tensor = 1 }, 1 }, { { .tensor = 4 }, 1 });
        const auto refused = predict(tooSmall, prompts(1000, 100, 1));
        QVERIFY(!refused && describe(refused.error()).find("prefill role") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestDisaggregation)
#include "tst_disaggregation.moc"

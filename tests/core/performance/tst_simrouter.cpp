// SPDX-License-Identifier: Apache-2.0
#include <core/performance/simulation/router.h>
#include <core/performance/steptime.h>
#include <tests/core/performance/handmade.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;
using namespace llmd::testing;

namespace {

RequestSpec spec(std::uint64_t key, std::uint32_t prompt = 100, std::uint64_t session = 0)
{
    RequestSpec s;
    s.prompt = prompt;
    s.output = 1000;
    s.sessionKey = session;
    if (key != 0)
        s.own[s.ownSegments++] = { key, prompt };
    return s;
}

/** Replicas that the test fills by hand, and a router in front of them. */
class Fleet final : public ReplicaObserver
{
public:
    Fleet(const StepModel& model, const std::string& router, std::size_t count,
          Seconds interval = Seconds(0))
        : m_timer(model, 1, 1)
    {
        ReplicaSettings settings;
        settings.rank = { .seats = 4, .budget = 2048, .chunk = 2048, .blocks = 1000 };
        for (std::size_t i = 0; i < count; ++i)
            replicas.push_back(std::make_unique<Replica>(pool, m_timer, settings, *this));
        auto parsed = parseRouter(router);
        parsed->metricsInterval = interval;
        m_router = std::make_unique<Router>(*parsed, replicas, Random(1));
    }

    std::uint32_t choose(const RequestSpec& s, double now) { return m_router->choose(s, now); }

    /** Sends a request to a replica past the router. */
    void load(std::uint32_t replica, double now, const RequestSpec& s = spec(0))
    {
        const RequestId id = pool.add(s);
        m_router->beforeChange(replica, now);
        replicas[replica]->submit(id, now);
        m_router->loadChanged(replica);
    }

    /** Lets the time pass. */
    void runUntil(double time)
    {
        for (std::uint32_t i = 0; i < replicas.size(); ++i) {
            while (replicas[i]->nextEvent() <= time) {
                m_router->beforeChange(i, replicas[i]->nextEvent());
                replicas[i]->advance();
            }
        }
    }

    void firstToken(RequestId, double) override { }
    void completed(RequestId id, double) override { pool.remove(id); }
    void passed(double, double, const ReplicaUsage&) override { }

    RequestPool pool;
    std::vector<std::unique_ptr<Replica>> replicas;

private:
    StepTimer m_timer;
    std::unique_ptr<Router> m_router;
};

} // namespace

class TestSimRouter : public QObject
{
    Q_OBJECT

private:
    Model m_model = denseModel();
    Gpu m_gpu = hopper();
    std::unique_ptr<StepModel> m_step;

private slots:
    void initTestCase()
    {
        m_step = std::make_unique<StepModel>(candidateOf(m_model, m_gpu), sortingProfile(),
                                             StepOptions {}, standardCoefficients());
    }

    void textIsReadAndPrinted()
    {
        for (const char* text : { "round-robin", "least-loaded", "random", "prefix-affinity",
                                  "prefix-cache=3,queue=2,kv-cache-utilization=2", "queue=0.5" }) {
            const auto settings = parseRouter(text);
            VERIFY_OK(settings);
            QCOMPARE(toString(*settings), std::string(text));
        }
        QVERIFY(parseRouter("prefix-cache=3,queue=2,kv-cache-utilization=2").value()
                == recommendedRouter());
        VERIFY_ERROR(parseRouter("nearest"), "round-robin");
        VERIFY_ERROR(parseRouter("queue=-1"), "negative");
        VERIFY_ERROR(parseRouter("queue=much"), "queue");
        RouterSettings settings;
        settings.policy = RouterSettings::Policy::Weighted;
        VERIFY_ERROR(checkRouter(settings), "at least one scorer");
    }

    void roundRobinTakesTurns()
    {
        Fleet fleet(*m_step, "round-robin", 3);
        for (std::uint32_t i = 0; i < 9; ++i)
            QCOMPARE(fleet.choose(spec(0), 0), i % 3);
    }

    void leastLoadedFollowsTheLoad()
    {
        Fleet fleet(*m_step, "least-loaded", 3);
        fleet.load(0, 0);
        fleet.load(0, 0);
        fleet.load(2, 0);
        QCOMPARE(fleet.choose(spec(0), 0), 1u);
        fleet.load(1, 0);
        fleet.load(1, 0);
        QCOMPARE(fleet.choose(spec(0), 0), 2u);
    }

    void queuesAndRunningRequestsCount()
    {
        Fleet queue(*m_step, "queue", 2);
        for (int i = 0; i < 8; ++i)
            queue.load(0, 0);
        QCOMPARE(queue.choose(spec(0), 0), 1u);
        Fleet running(*m_step, "running-requests", 2);
        running.load(1, 0);
        running.runUntil(0.01);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(running.choose(spec(0), 0.01), 0u);
        Fleet cache(*m_step, "kv-cache-utilization", 2);
        cache.load(1, 0, spec(0, 2000));
        cache.runUntil(0.2);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(cache.choose(spec(0), 0.2), 0u);
    }

    void oldFiguresMislead()
    {
        Fleet fleet(*m_step, "queue", 2, milliseconds(50));
        QVERIFY(fleet.choose(spec(0), 0.001) < 2); // both are read at 0
        for (int i = 0; i < 8; ++i)
            fleet.load(0, 0.002);
        // Until the next reading both queues look empty; then the first one is full.
        bool firstChosen = false;
        for (int i = 0; i < 20; ++i)
            firstChosen |= fleet.choose(spec(0), 0.049) == 0;
        QVERIFY(firstChosen);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(fleet.choose(spec(0), 0.051), 1u);
    }

    void prefixesComeBackToWhereTheyWere()
    {
        Fleet fleet(*m_step, "prefix-cache", 4);
        std::uint32_t homes[20];
        for (std::uint64_t key = 1; key <= 20; ++key)
            homes[key - 1] = fleet.choose(spec(key), 0);
        for (std::uint64_t key = 1; key <= 20; ++key)
            QCOMPARE(fleet.choose(spec(key), 0), homes[key - 1]);
    }

    void theTrueCacheIsKnownToThePreciseScorer()
    {
        Fleet fleet(*m_step, "precise-prefix-cache", 3);
        auto first = spec(77, 200);
        first.output = 1;
        fleet.load(2, 0, first);
        fleet.runUntil(1);
        QCOMPARE(fleet.choose(spec(77, 200), 1), 2u);
    }

    void conversationsStay()
    {
        Fleet fleet(*m_step, "session-affinity", 5);
        const std::uint32_t home = fleet.choose(spec(0, 100, 42), 0);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(fleet.choose(spec(0, 100, 42), 0), home);
    }

    void coldRequestsAreSpread()
    {
        Fleet fleet(*m_step, "no-hit-lru", 4);
        bool taken[4] {};
        for (std::uint64_t key = 1; key <= 4; ++key)
            taken[fleet.choose(spec(key), 0)] = true;
        QVERIFY(taken[0] && taken[1] && taken[2] && taken[3]);
    }

    void tiesAreDrawn()
    {
        Fleet fleet(*m_step, "queue", 4);
        int counts[4] {};
        for (int i = 0; i < 4000; ++i)
            ++counts[fleet.choose(spec(0), 0)];
        for (const int count : counts)
            QVERIFY(count > 850 && count < 1150);
    }

    void theIndexForgetsTheOldest()
    {
        PrefixIndex index(1000);
        for (std::uint64_t key = 1; key <= 10; ++key)
            index.add(spec(key));
        QCOMPARE(index.matchedTokens(spec(1)), 100u);
        index.add(spec(1)); // fresh again
        index.add(spec(11));
        QCOMPARE(index.matchedTokens(spec(1)), 100u);
        QCOMPARE(index.matchedTokens(spec(2)), 0u);
        for (int i = 0; i < 9; ++i)
            index.add(spec(0)); // prompts that nobody else has take their place too
        QCOMPARE(index.matchedTokens(spec(11)), 100u);
        QCOMPARE(index.matchedTokens(spec(10)), 0u);
        QVERIFY(index.size() < 10);
    }
};

QTEST_APPLESS_MAIN(TestSimRouter)
#include "tst_simrouter.moc"

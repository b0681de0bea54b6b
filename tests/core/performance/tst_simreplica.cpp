// SPDX-License-Identifier: Apache-2.0
#include <core/performance/simulation/random.h>
#include <core/performance/simulation/replica.h>
#include <core/performance/steptime.h>
#include <tests/core/performance/handmade.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>

using namespace llmd;
using namespace llmd::testing;

namespace {

struct Event
{
    enum class Kind { FirstToken, Completed, GaveUp };
    Kind kind = Kind::FirstToken;
    std::size_t request = 0;
    double time = 0;
    std::uint32_t preemptions = 0;
    std::uint32_t hit = 0;
};

/** Feeds one replica with given requests and writes down what happens. */
class Bench final : public ReplicaObserver
{
public:
    Bench(const StepModel& model, const ReplicaSettings& settings, int pipelineStages = 1)
        : m_timer(model, settings.dataRanks, pipelineStages)
        , m_replica(m_pool, m_timer, settings, *this)
    { }

    /** Requests in the order of arrival; `patience` of 0 never gives up. */
    void run(const std::vector<RequestSpec>& specs, double patience = 0)
    {
        std::size_t next = 0;
        std::multimap<double, std::size_t> deadlines;
        while (true) {
            const double arrival = next < specs.size() ? specs[next].arrival : never;
            const double deadline = deadlines.empty() ? never : deadlines.begin()->first;
            const double event = m_replica.nextEvent();
            if (arrival == never && event == never)
                break;
            if (arrival <= event && arrival <= deadline) {
                const RequestId id = m_pool.add(specs[next]);
                m_numbers[id] = next;
                m_places[next] = id;
                m_replica.submit(id, arrival);
                if (patience > 0)
                    deadlines.emplace(arrival + patience, next);
                ++next;
            } else if (deadline < event) {
                const std::size_t number = deadlines.begin()->second;
                deadlines.erase(deadlines.begin());
                if (const auto place = m_places.find(number); place != m_places.end()) {
                    events.push_back({ Event::Kind::GaveUp, number, deadline, 0, 0 });
                    const RequestId id = place->second;
                    m_places.erase(place);
                    m_replica.abandon(id, deadline);
                }
            } else {
                m_replica.advance();
                checkInvariants();
                ++advances;
            }
        }
    }

    void firstToken(RequestId id, double time) override
    {
        events.push_back({ Event::Kind::FirstToken, m_numbers[id], time, 0, m_pool[id].hit });
    }
    void completed(RequestId id, double time) override
    {
        events.push_back(
            { Event::Kind::Completed, m_numbers[id], time, m_pool[id].preemptions, 0 });
        m_places.erase(m_numbers[id]);
        m_pool.remove(id);
    }
    void passed(double, double, const ReplicaUsage&) override { }

    [[nodiscard]] const Replica& replica() const { return m_replica; }
    [[nodiscard]] std::uint64_t outputTokens() const
    {
        std::uint64_t sum = 0;
        for (const auto& rank : m_replica.ranks())
            sum += rank.outputTokens();
        return sum;
    }
    [[nodiscard]] std::size_t left() const { return m_pool.used(); }

    std::vector<Event> events;
    std::uint64_t advances = 0;
    bool consistent = true;

private:
    void checkInvariants()
    {
        for (const auto& rank : m_replica.ranks()) {
            const BlockCache& cache = rank.cache();
            consistent &=
                cache.free() == cache.countedFree() && cache.free() >= 0 && cache.used() >= 0;
        }
    }

    RequestPool m_pool;
    StepTimer m_timer;
    Replica m_replica;
    std::map<RequestId, std::size_t> m_numbers;
    std::map<std::size_t, RequestId> m_places;
};

RequestSpec request(double arrival, std::uint32_t prompt, std::uint32_t output)
{
    RequestSpec spec;
    spec.arrival = arrival;
    spec.prompt = prompt;
    spec.output = output;
    return spec;
}

double timeOf(const Bench& bench, Event::Kind kind, std::size_t number)
{
    for (const auto& event : bench.events) {
        if (event.kind == kind && event.request == number)
            return event.time;
    }
    return -1;
}

/** Settings and requests drawn at random, from easy to hopelessly overloaded. */
struct Case
{
    ReplicaSettings settings;
    std::vector<RequestSpec> specs;
    double patience = 0;
};

Case randomCase(std::uint64_t seed)
{
    Random random(seed);
    Case result;
    RankLimits& limits = result.settings.rank;
    const std::int64_t blockSizes[] = { 1, 4, 16, 32 };
    limits.blockSize = blockSizes[random.below(4)];
    limits.seats = 1 + random.below(40);
    limits.budget = limits.chunk = std::max<std::int64_t>(limits.seats, 64 + random.below(1000));
    limits.prefixCaching = random.below(3) > 0;
    limits.chunkedPrefill = random.below(5) > 0;
    limits.levels = random.below(3) == 0 ? 3 : 1;
    result.settings.dataRanks = random.below(6) == 0 ? 3 : 1;
    result.settings.asynchronous = random.below(4) > 0;
    const std::uint32_t longest = limits.chunkedPrefill ? 600 : 60;
    // From a pool that just holds the longest request to one that holds all that may run.
    const std::int64_t least = (2 * longest) / limits.blockSize + 3;
    limits.blocks =
        least + random.below(static_cast<std::uint32_t>(least * (1 + random.below(12))));
    if (!limits.chunkedPrefill)
        limits.budget = limits.chunk = std::max<std::int64_t>(limits.budget, 2 * longest);
    const double gap = 0.003 * std::exp(5 * random.uniform());
    double time = 0;
    for (std::uint32_t i = 0; i < 60; ++i) {
        time += random.below(8) == 0 ? 0 : gap * random.exponential();
        RequestSpec spec = request(time, 1 + random.below(longest), 1 + random.below(longest));
        spec.level =
            static_cast<std::uint8_t>(random.below(static_cast<std::uint32_t>(limits.levels)));
        const std::uint32_t kind = random.below(4);
        const std::uint32_t group = random.below(3);
        // A system prompt of its group, then a prompt that comes again; equal keys mean equal lengths up to there.
        const std::uint32_t shared = 40 + 30 * group;
        if (kind > 0 && spec.prompt >= shared)
            spec.own[spec.ownSegments++] = { 100 + group, shared };
        if (kind > 1) {
            const std::uint32_t unique = random.below(10);
            spec.prompt = std::min(longest, shared + 25 * unique);
            if (spec.ownSegments == 0)
                spec.own[spec.ownSegments++] = { 100 + group, std::min(shared, spec.prompt) };
            spec.own[0].end = std::min(shared, spec.prompt);
            spec.own[spec.ownSegments++] = { 1000 + 100 * group + unique, spec.prompt };
        }
        result.specs.push_back(spec);
    }
    result.patience = random.below(4) == 0 ? 0.2 + random.uniform() : 0;
    return result;
}

} // namespace

class TestSimReplica : public QObject
{
    Q_OBJECT

private:
    Model m_model = denseModel();
    Gpu m_gpu = hopper();
    std::unique_ptr<StepModel> m_step;
    std::unique_ptr<StepModel> m_windowed;

    double decodeTime(double sequences, double context) const
    {
        return m_step->time({ .sequences = sequences, .context = context }).value();
    }
    double mixedTime(double sequences, double context, double tokens, double prompts = 1) const
    {
        return m_step
            ->time({ .sequences = sequences,
                     .context = context,
                     .prefillTokens = tokens,
                     .prefillSequences = prompts })
            .value();
    }
    static ReplicaSettings roomy()
    {
        ReplicaSettings settings;
        settings.rank = { .seats = 64, .budget = 2048, .chunk = 2048, .blocks = 10'000 };
        return settings;
    }

private slots:
    void initTestCase()
    {
        m_step = std::make_unique<StepModel>(candidateOf(m_model, m_gpu), sortingProfile(),
                                             StepOptions {}, standardCoefficients());
        Model windowed = m_model;
        windowed.architecture.groups[0].mixer.kind = MixerKind::SlidingWindow;
        windowed.architecture.groups[0].mixer.window = 200;
        m_windowed = std::make_unique<StepModel>(candidateOf(windowed, m_gpu), sortingProfile(),
                                                 StepOptions {}, standardCoefficients());
    }

    void aLoneRequestTakesItsSteps()
    {
        Bench bench(*m_step, roomy());
        bench.run({ request(1, 100, 4) });
        double expected = 1 + mixedTime(0, 0, 100);
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 0), expected, 1e-12);
        for (int i = 1; i < 4; ++i)
            expected += decodeTime(1, 100 + i);
        COMPARE_NEAR(timeOf(bench, Event::Kind::Completed, 0), expected, 1e-9);
        QCOMPARE(bench.left(), 0u);
    }

    void oneOutputTokenEndsWithThePrefill()
    {
        Bench bench(*m_step, roomy());
        bench.run({ request(0, 100, 1) });
        COMPARE_NEAR(timeOf(bench, Event::Kind::Completed, 0), mixedTime(0, 0, 100), 1e-12);
        QCOMPARE(bench.left(), 0u);
        QCOMPARE(bench.replica().ranks()[0].cache().used(), 0);
    }

    void anArrivalWaitsForTheRunningAndTheQueuedStep()
    {
        // Asynchronous scheduling: the step after the running one is composed already when the request comes.
        Bench bench(*m_step, roomy());
        const double first = mixedTime(0, 0, 100);
        const double arrival = first + 3.5 * decodeTime(1, 103);
        bench.run({ request(0, 100, 50), request(arrival, 80, 2) });
        double step = first;
        int done = 1;
        while (step < arrival)
            step += decodeTime(1, 100 + done++);
        step += decodeTime(1, 100 + done++); // queued
        step += mixedTime(1, 100 + done, 80); // its own
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 1), step, 1e-9);
    }

    void withoutAsynchronousSchedulingNothingIsQueued()
    {
        ReplicaSettings settings = roomy();
        settings.asynchronous = false;
        Bench bench(*m_step, settings);
        const double first = mixedTime(0, 0, 100);
        const double arrival = first + 3.5 * decodeTime(1, 103);
        bench.run({ request(0, 100, 50), request(arrival, 80, 2) });
        double step = first;
        int done = 1;
        while (step < arrival)
            step += decodeTime(1, 100 + done++);
        step += mixedTime(1, 100 + done, 80); // its own
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 1), step, 1e-9);
    }

    void longPromptsAreCutIntoChunks()
    {
        ReplicaSettings settings = roomy();
        settings.rank.budget = settings.rank.chunk = 128;
        Bench bench(*m_step, settings);
        bench.run({ request(0, 300, 1) });
        const auto chunk = [&](double tokens, double prefix) {
            return m_step
                ->time({ .prefillTokens = tokens, .prefillPrefix = prefix, .prefillSequences = 1 })
                .value();
        };
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 0),
                     chunk(128, 0) + chunk(128, 128) + chunk(44, 256), 1e-9);
    }

    void withoutChunksAPromptWaitsForAWholeStep()
    {
        ReplicaSettings settings = roomy();
        settings.rank.budget = settings.rank.chunk = 128;
        settings.rank.chunkedPrefill = false;
        Bench bench(*m_step, settings);
        bench.run({ request(0, 100, 1), request(0, 100, 1) });
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 0), mixedTime(0, 0, 100), 1e-9);
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 1), 2 * mixedTime(0, 0, 100), 1e-9);
    }

    void aSeatIsFreeAStepAfterItsLastToken()
    {
        ReplicaSettings settings = roomy();
        settings.rank.seats = 1;
        Bench bench(*m_step, settings);
        bench.run({ request(0, 100, 3), request(0, 100, 1) });
        // With one seat nothing is queued behind the last step, so the next request starts at once.
        const double end = timeOf(bench, Event::Kind::Completed, 0);
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 1), end + mixedTime(0, 0, 100), 1e-9);

        settings.rank.seats = 2;
        Bench two(*m_step, settings);
        two.run({ request(0, 100, 3), request(0, 100, 40), request(0, 100, 1) });
        const double freed = timeOf(two, Event::Kind::Completed, 0);
        const double alone = decodeTime(1, 103);
        QVERIFY(timeOf(two, Event::Kind::FirstToken, 2) > freed + 1.5 * alone);
    }

    void preemptionRecomputesPromptAndOutput()
    {
        ReplicaSettings settings = roomy();
        settings.rank.blocks = 20; // 320 tokens
        settings.rank.prefixCaching = false;
        Bench bench(*m_step, settings);
        bench.run({ request(0, 100, 100), request(0, 100, 100) });
        std::uint32_t preemptions[2] {};
        for (const auto& event : bench.events) {
            if (event.kind == Event::Kind::Completed)
                preemptions[event.request] = event.preemptions;
        }
        // The last one admitted gives way, and only it.
        QCOMPARE(preemptions[0], 0u);
        QCOMPARE(preemptions[1], 1u);
        QCOMPARE(bench.outputTokens(), 200u); // nothing is generated twice
        QVERIFY(timeOf(bench, Event::Kind::FirstToken, 1)
                < timeOf(bench, Event::Kind::Completed, 0));
        QVERIFY(timeOf(bench, Event::Kind::Completed, 1)
                > timeOf(bench, Event::Kind::Completed, 0));
        // 200 prompt tokens, and the second request again with the 60 tokens that it had when 320 were full.
        QCOMPARE(bench.replica().usage().prefillTokens, 200u + 160u + 1u);
        QVERIFY(bench.consistent);
    }

    void whatIsLeftAfterAPreemptionIsFoundAgain()
    {
        ReplicaSettings settings = roomy();
        settings.rank.blocks = 20;
        Bench with(*m_step, settings);
        const std::vector<RequestSpec> specs { request(0, 100, 100), request(0, 100, 100) };
        with.run(specs);
        settings.rank.prefixCaching = false;
        Bench without(*m_step, settings);
        without.run(specs);
        QVERIFY(with.replica().usage().prefillTokens < without.replica().usage().prefillTokens);
        QVERIFY(with.consistent);
    }

    void urgentRequestsGoFirst()
    {
        ReplicaSettings settings = roomy();
        settings.rank.seats = 1;
        settings.rank.levels = 2;
        Bench bench(*m_step, settings);
        auto relaxed = request(0.001, 100, 20);
        relaxed.level = 1;
        auto urgent = request(0.002, 100, 20);
        bench.run({ request(0, 100, 20), relaxed, urgent });
        QVERIFY(timeOf(bench, Event::Kind::FirstToken, 2)
                < timeOf(bench, Event::Kind::FirstToken, 1));
    }

    void theLeastUrgentIsPreempted()
    {
        ReplicaSettings settings = roomy();
        settings.rank.blocks = 20;
        settings.rank.levels = 2;
        Bench bench(*m_step, settings);
        auto relaxed = request(0, 100, 100);
        relaxed.level = 1;
        bench.run({ relaxed, request(0, 100, 100) });
        for (const auto& event : bench.events) {
            if (event.kind == Event::Kind::Completed)
                QCOMPARE(event.preemptions > 0, event.request == 0);
        }
    }

    void whoGivesUpLeavesNothingBehind()
    {
        ReplicaSettings settings = roomy();
        settings.rank.seats = 2;
        Bench bench(*m_step, settings);
        std::vector<RequestSpec> specs;
        for (int i = 0; i < 10; ++i)
            specs.push_back(request(0.001 * i, 100, 100));
        bench.run(specs, 0.9);
        const auto count = [&](Event::Kind kind) {
            return std::count_if(bench.events.begin(), bench.events.end(),
                                 [&](const Event& e) { return e.kind == kind; });
        };
        QVERIFY(count(Event::Kind::GaveUp) > 0);
        QCOMPARE(count(Event::Kind::GaveUp) + count(Event::Kind::Completed), 10);
        QCOMPARE(bench.left(), 0u);
        QCOMPARE(bench.replica().ranks()[0].cache().used(), 0);
    }

    void ranksShareTheWork()
    {
        ReplicaSettings settings = roomy();
        settings.dataRanks = 4;
        Candidate candidate = candidateOf(m_model, m_gpu);
        candidate.topology.pool.parallelism.data = 4;
        const StepModel step(candidate, sortingProfile(), {}, standardCoefficients());
        Bench bench(step, settings);
        std::vector<RequestSpec> specs;
        for (int i = 0; i < 8; ++i)
            specs.push_back(request(0, 64, 32));
        bench.run(specs);
        // Two on each rank: all of them decode side by side.
        const double expected =
            step.time({ .prefillTokens = 8 * 64.0, .prefillSequences = 8 }).value();
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 7), expected, 1e-9);
    }

    void pipelinePromptsHoldUpOneBatch()
    {
        Candidate candidate = candidateOf(m_model, m_gpu);
        candidate.topology.pool.parallelism.pipeline = 2;
        const StepModel step(candidate, sortingProfile(), {}, standardCoefficients());
        ReplicaSettings settings = roomy();
        settings.rank.budget = 4096;
        Bench bench(step, settings, 2);
        bench.run({ request(0, 2000, 2) });
        const double full = step.time({ .prefillTokens = 2000, .prefillSequences = 1 }).value();
        COMPARE_NEAR(timeOf(bench, Event::Kind::FirstToken, 0), full, 1e-9);
    }

    /** Jumping over steps gives the very same run as taking each: the same events in the same order, times to rounding. */
    void fastForwardAgreesWithEveryStep()
    {
        int preempted = 0;
        int abandoned = 0;
        int hits = 0;
        std::uint64_t slowAdvances = 0;
        std::uint64_t fastAdvances = 0;
        for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
            Case c = randomCase(seed);
            const StepModel& step = seed % 3 == 0 ? *m_windowed : *m_step;
            Bench fast(step, c.settings);
            fast.run(c.specs, c.patience);
            c.settings.fastForward = false;
            Bench slow(step, c.settings);
            slow.run(c.specs, c.patience);
            const auto where = "seed " + std::to_string(seed);
            QVERIFY2(fast.events.size() == slow.events.size(), where.c_str());
            for (std::size_t i = 0; i < fast.events.size(); ++i) {
                const Event& a = fast.events[i];
                const Event& b = slow.events[i];
                const bool same = a.kind == b.kind && a.request == b.request
                    && a.preemptions == b.preemptions && a.hit == b.hit
                    && isNear(a.time, b.time, 1e-9);
                QVERIFY2(same, (where + " event " + std::to_string(i)).c_str());
                preempted += a.kind == Event::Kind::Completed && a.preemptions > 0;
                abandoned += a.kind == Event::Kind::GaveUp;
                hits += a.hit > 0;
            }
            QVERIFY2(fast.replica().usage().steps == slow.replica().usage().steps, where.c_str());
            QVERIFY2(fast.consistent && slow.consistent, where.c_str());
            QVERIFY2(fast.left() == 0 && slow.left() == 0, where.c_str());
            for (const auto& rank : fast.replica().ranks())
                QVERIFY2(rank.cache().used() == 0 && rank.seatsTaken() == 0, where.c_str());
            fastAdvances += fast.advances;
            slowAdvances += slow.advances;
        }
        qInfo("%d preempted, %d gave up, %d hits, %.1f times fewer events", preempted, abandoned,
              hits, static_cast<double>(slowAdvances) / static_cast<double>(fastAdvances));
        QVERIFY(preempted > 1000 && abandoned > 1000 && hits > 1000);
        QVERIFY(slowAdvances > 2 * fastAdvances);
    }

    void tokensAreConserved()
    {
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            Case c = randomCase(seed);
            Bench bench(*m_step, c.settings);
            bench.run(c.specs);
            std::uint64_t wanted = 0;
            for (const auto& spec : c.specs)
                wanted += spec.output;
            QCOMPARE(bench.outputTokens(), wanted);
        }
    }
};

QTEST_APPLESS_MAIN(TestSimReplica)
#include "tst_simreplica.moc"

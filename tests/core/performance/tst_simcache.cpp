// SPDX-License-Identifier: Apache-2.0
#include <core/performance/simulation/blockcache.h>
#include <core/performance/simulation/random.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <deque>

using namespace llmd;

namespace {

/** A request with a system prompt of a group and a prompt of its own set. */
Request prompt(std::uint64_t group, std::uint32_t shared, std::uint64_t unique,
               std::uint32_t tokens)
{
    Request request;
    request.spec.prompt = request.target = tokens;
    if (shared > 0)
        request.spec.own[request.spec.ownSegments++] = { 1000 + group, shared };
    if (unique > 0)
        request.spec.own[request.spec.ownSegments++] = { 1'000'000 + unique, tokens };
    return request;
}

/** Computes a prompt as a whole and gives how many tokens of it were found. */
std::uint32_t serve(BlockCache& cache, Request& request, RequestId id)
{
    const auto hit = cache.find(request);
    cache.acquire(request, id, hit);
    const std::uint32_t found = request.computed;
    cache.grow(request, id, request.target);
    return found;
}

} // namespace

class TestSimCache : public QObject
{
    Q_OBJECT

private slots:
    void aPromptIsFoundAgainButForItsLastBlock()
    {
        BlockCache cache(100, 16, true);
        Request first = prompt(0, 0, 1, 100);
        QCOMPARE(serve(cache, first, 1), 0u);
        QCOMPARE(cache.used(), 7); // 100 tokens
        cache.release(first, 1, 100, BlockCache::Keep::Nothing);
        QCOMPARE(cache.used(), 0);
        Request again = prompt(0, 0, 1, 100);
        QCOMPARE(serve(cache, again, 2), 96u); // six whole blocks; the seventh was not full
        cache.release(again, 2, 100, BlockCache::Keep::Nothing);
        // Of a prompt that ends with a block the last one is computed again, for its output.
        Request even = prompt(0, 0, 2, 96);
        (void)serve(cache, even, 3);
        cache.release(even, 3, 96, BlockCache::Keep::Nothing);
        Request evenAgain = prompt(0, 0, 2, 96);
        QCOMPARE(serve(cache, evenAgain, 4), 80u);
        cache.release(evenAgain, 4, 96, BlockCache::Keep::Nothing);
        QCOMPARE(cache.free(), 100);
        QCOMPARE(cache.countedFree(), 100);
    }

    void groupsShareTheirSystemPrompt()
    {
        BlockCache cache(100, 16, true);
        Request first = prompt(1, 64, 1, 200);
        Request second = prompt(1, 64, 2, 200);
        Request other = prompt(2, 64, 3, 200);
        (void)serve(cache, first, 1);
        QCOMPARE(serve(cache, second, 2), 64u); // while the first one runs
        QCOMPARE(serve(cache, other, 3), 0u);
        QCOMPARE(cache.used(), 13 + 13 - 4 + 13);
    }

    void switchedOffNothingIsFound()
    {
        BlockCache cache(100, 16, false);
        for (RequestId id = 1; id < 5; ++id) {
            Request request = prompt(1, 64, 1, 200);
            QCOMPARE(serve(cache, request, id), 0u);
            cache.release(request, id, 200, BlockCache::Keep::Nothing);
        }
        QCOMPARE(cache.nodes(), 0u);
    }

    void theLastBlocksGoFirst()
    {
        BlockCache cache(10, 16, true);
        Request request = prompt(0, 0, 1, 128); // eight of ten blocks
        (void)serve(cache, request, 1);
        cache.release(request, 1, 128, BlockCache::Keep::Nothing);
        cache.take(5); // two that were never used, then three of the end
        Request again = prompt(0, 0, 1, 128);
        QCOMPARE(cache.find(again).blocks, 5);
    }

    /** Prompts in turn: with room for all of them every one hits, with one block less in the end none does. */
    void cyclingPromptsHitAllOrNothing()
    {
        const auto hits = [](std::int64_t blocks) {
            BlockCache cache(blocks, 16, true);
            std::uint64_t found = 0;
            for (RequestId i = 0; i < 200; ++i) {
                Request request = prompt(0, 0, 1 + i % 10, 168); // ten blocks and half a one
                const auto tokens = serve(cache, request, i);
                found += i >= 100 ? tokens : 0;
                cache.take(1); // output
                cache.release(request, i, 168 + 16, BlockCache::Keep::Nothing);
            }
            return found;
        };
        QCOMPARE(hits(10 * 12), std::uint64_t { 100 * 160 });
        QCOMPARE(hits(9 * 12), std::uint64_t { 0 });
    }

    void aConversationFindsItsAnswer()
    {
        BlockCache cache(100, 16, true);
        Request first = prompt(0, 0, 1, 100);
        first.spec.sessionKey = 1;
        (void)serve(cache, first, 1);
        cache.take(cache.blocksFor(180) - cache.blocksFor(100));
        cache.release(first, 1, 180, BlockCache::Keep::Conversation);
        Request second = prompt(0, 0, 1, 230);
        QCOMPARE(serve(cache, second, 2), 176u); // prompt and answer, in whole blocks
        cache.release(second, 2, 230, BlockCache::Keep::Conversation);
        QCOMPARE(cache.free(), cache.countedFree());
        QCOMPARE(cache.free(), 100);
    }

    void whoComputesTheSameAtTheSameTimeSharesNothing()
    {
        BlockCache cache(100, 16, true);
        Request first = prompt(0, 0, 1, 160);
        Request second = prompt(0, 0, 1, 160);
        cache.acquire(first, 1, cache.find(first));
        cache.grow(first, 1, 64); // a chunk
        const auto hit = cache.find(second);
        QCOMPARE(hit.blocks, 4);
        cache.acquire(second, 2, hit);
        cache.grow(second, 2, 160);
        cache.grow(first, 1, 160);
        QCOMPARE(cache.used(), 10 + 6);
        cache.release(second, 2, 160, BlockCache::Keep::Nothing);
        cache.release(first, 1, 160, BlockCache::Keep::Nothing);
        QCOMPARE(cache.free(), 100);
        QCOMPARE(cache.countedFree(), 100);
        Request third = prompt(0, 0, 1, 170);
        QCOMPARE(cache.find(third).blocks, 10);
    }

    /** The nodes against a cache of single blocks with the same rules, request after request. */
    void agreesWithACacheOfSingleBlocks()
    {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            Random random(seed);
            const std::int64_t size = 60 + random.below(200);
            BlockCache cache(size, 16, true);
            // Free blocks by content, next to be taken first; content 0 is none.
            std::deque<std::uint64_t> freeBlocks(static_cast<std::size_t>(size), 0);
            for (RequestId i = 0; i < 300; ++i) {
                const std::uint64_t group = random.below(3);
                const auto shared = static_cast<std::uint32_t>(20 + 30 * group);
                const std::uint64_t unique = 1 + random.below(12);
                const auto tokens = static_cast<std::uint32_t>(shared + 17 * unique + group);
                const std::uint32_t output = random.below(60);
                Request request = prompt(group, shared, 100 * group + unique, tokens);

                std::vector<std::uint64_t> names; // of the full blocks of the prompt
                for (std::uint32_t end = 16; end <= tokens; end += 16)
                    names.push_back(end <= shared ? 1 + group * 1000 + end
                                                  : (100 * group + unique) * 1'000'000 + end);
                std::size_t known = 0;
                const auto place = [&](std::uint64_t name) {
                    return std::find(freeBlocks.begin(), freeBlocks.end(), name);
                };
                while (known < names.size() && known < (tokens - 1) / 16
                       && place(names[known]) != freeBlocks.end())
                    ++known;
                QCOMPARE(serve(cache, request, i), static_cast<std::uint32_t>(known * 16));
                cache.take(cache.blocksFor(tokens + output) - cache.blocksFor(tokens));
                cache.release(request, i, tokens + output, BlockCache::Keep::Nothing);

                // All blocks of the prompt's content that are free are taken up, the rest comes from the front.
                std::vector<std::uint64_t> held;
                for (const auto name : names) {
                    if (const auto at = place(name); at != freeBlocks.end())
                        freeBlocks.erase(at);
                    held.push_back(name);
                }
                // A prompt that was there as a whole has computed its last block a second time.
                const bool twice = tokens % 16 == 0 && known + 1 == names.size()
                    && held.size() + freeBlocks.size() == static_cast<std::size_t>(size);
                const std::size_t all = (tokens + output + 15) / 16 + (twice ? 1 : 0);
                while (held.size() < all)
                    held.push_back(0);
                while (freeBlocks.size() + held.size() > static_cast<std::size_t>(size))
                    freeBlocks.pop_front();
                for (auto block = held.rbegin(); block != held.rend(); ++block)
                    freeBlocks.push_back(*block);
                QCOMPARE(cache.free(), size);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSimCache)
#include "tst_simcache.moc"

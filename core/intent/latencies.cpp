// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd::intent {

namespace {

constexpr double farthest = 14;
constexpr double farthestWeak = 9;
constexpr double longestLatency = 3600; // seconds; more is a deadline, not a latency

class LatencyReader
{
public:
    LatencyReader(const Scene& scene, Draft& draft, std::pair<std::size_t, std::size_t> sentence)
        : m_scene(scene)
        , m_draft(draft)
        , m_first(sentence.first)
        , m_last(sentence.second)
    { }

    void run()
    {
        collect();
        auto pairs = pairCues(m_scene, m_numbers, m_cues, farthest);
        drop(pairs);
        const auto weak = pairCues(m_scene, m_numbers, m_weakCues, farthestWeak);
        for (const CuedNumber& pair : weak) {
            if (isLimit(pair.number))
                pairs.push_back(pair);
        }
        drop(pairs);
        for (const CuedNumber& pair : pairs)
            state(pair, pairs);
        for (const CuedNumber& pair : pairCues(m_scene, m_numbers, m_generalCues, farthest))
            askWhich(pair.number);
        if (pairs.empty())
            askPercentiles();
        readBare();
    }

private:
    void collect()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            if (item.kind == Item::Kind::Number && item.quantity.unit == Unit::Time
                && !item.quantity.vague && !item.quantity.identifier
                && item.quantity.high * item.quantity.seconds <= longestLatency)
                m_numbers.push_back(i);
            for (const Concept cue : { Concept::Ttft, Concept::Itl, Concept::EndToEnd }) {
                if (item.means(cue))
                    m_cues.push_back({ i, cue, 0 });
            }
            if (item.means(Concept::WeakEndToEnd))
                m_weakCues.push_back({ i, Concept::WeakEndToEnd, 0 });
            if (item.means(Concept::Latency))
                m_generalCues.push_back({ i, Concept::Latency, 0 });
            if (item.kind == Item::Kind::Percentile || item.means(Concept::Median)
                || item.means(Concept::Mean) || isShareOfRequests(i))
                m_percentiles.push_back(i);
        }
    }

    /** "TTFT 95% < 700 ms", "the 95 percent must have …": not "99.9 % uptime". */
    [[nodiscard]] bool isShareOfRequests(std::size_t i) const
    {
        const Item& item = m_scene.items[i];
        if (item.kind != Item::Kind::Number || item.quantity.unit != Unit::Percent
            || item.quantity.bound != Bound::Exactly || item.quantity.isRange()
            || item.quantity.high < 50 || item.quantity.high >= 100)
            return false;
        std::size_t next = i + 1;
        while (next < m_last && m_scene.items[next].used)
            ++next;
        const bool plainBefore = i == m_first || m_scene.items[i - 1].kind != Item::Kind::Word;
        const bool plainAfter = next >= m_last || m_scene.items[next].kind != Item::Kind::Word;
        return plainBefore && plainAfter;
    }

    void drop(const std::vector<CuedNumber>& pairs)
    {
        std::erase_if(m_numbers, [&](std::size_t number) {
            return std::any_of(pairs.begin(), pairs.end(),
                               [&](const auto& pair) { return pair.number == number; });
        });
    }

    /** "within 2 s", "in 2 s", "2 s max". */
    [[nodiscard]] bool isLimit(std::size_t number) const
    {
        if (m_scene.items[number].quantity.bound != Bound::Exactly
            || m_scene.tokens[m_scene.items[number].first].is("sub"))
            return true;
        for (std::size_t back = 1; back <= 2 && number >= m_first + back; ++back) {
            const std::string& text = m_scene.tokens[m_scene.items[number - back].first].text;
            if (text == "in" || text == "after" || text == "<" || text == "innerhalb"
                || text == "nach" || text == ":" || text == "=" || text == "在" || text == "of"
                || text == "von")
                return true;
        }
        return false;
    }

    [[nodiscard]] double percentileValue(std::size_t i) const
    {
        const Item& item = m_scene.items[i];
        constexpr double leastAsked = 40;
        if (item.kind == Item::Kind::Percentile) // "at most 5 % of the requests may exceed 2 s"
            return item.percentile < leastAsked ? 100 - item.percentile : item.percentile;
        if (item.kind == Item::Kind::Number)
            return item.quantity.high;
        return item.means(Concept::Median) ? 50 : 0;
    }

    /** So far away that it belongs to another target for sure. */
    [[nodiscard]] static bool isFar(std::size_t p, const CuedNumber& pair)
    {
        constexpr std::size_t reach = 10;
        const auto away = [p](std::size_t item) { return item > p ? item - p : p - item; };
        return away(pair.number) > reach && away(pair.cue) > reach;
    }

    /** "TTFT 300 ms, ITL 30 ms, all at p95" */
    [[nodiscard]] bool isOfAll(std::size_t p) const
    {
        static constexpr std::array<std::string_view, 7> words { "all",  "both",    "everything",
                                                                 "each", "jeweils", "alle",
                                                                 "均" };
        for (std::size_t back = 1; back <= 3 && p >= m_first + back; ++back) {
            const Item& item = m_scene.items[p - back];
            if (item.isBreak() || item.kind == Item::Kind::Number)
                return false;
            if (std::find(words.begin(), words.end(), m_scene.tokens[item.first].text)
                != words.end())
                return true;
        }
        return false;
    }

    /** The percentile that is nearest to this target and to no other one. */
    [[nodiscard]] std::optional<std::pair<double, std::size_t>>
    percentileOf(const CuedNumber& pair, const std::vector<CuedNumber>& pairs) const
    {
        const auto distance = [&](std::size_t p, const CuedNumber& to) {
            // Beside the cue it belongs to the cue, whatever the number is.
            return std::min(cueDistance(m_scene, p, to.number) + 0.5,
                            cueDistance(m_scene, p, to.cue));
        };
        std::optional<std::pair<double, std::size_t>> best;
        double nearest = 9;
        for (const std::size_t p : m_percentiles) {
            if (isFar(p, pair))
                continue;
            const bool word = m_scene.items[p].kind == Item::Kind::Phrase;
            const double own = distance(p, pair);
            const bool share = m_scene.items[p].kind == Item::Kind::Number;
            if (own > (share ? 5.0 : word ? 3.0 : nearest) || own >= nearest)
                continue;
            const bool closer = std::any_of(pairs.begin(), pairs.end(), [&](const auto& other) {
                return other.number != pair.number && !isFar(p, other) && distance(p, other) < own;
            });
            if (closer)
                continue;
            nearest = own;
            best = { percentileValue(p), p };
        }
        if (best)
            return best;
        const auto shared = std::find_if(m_percentiles.begin(), m_percentiles.end(),
                                         [&](std::size_t p) { return isOfAll(p); });
        if (shared != m_percentiles.end())
            return std::pair { percentileValue(*shared), *shared };
        return best;
    }

    void state(const CuedNumber& pair, const std::vector<CuedNumber>& pairs)
    {
        const Item& cue = m_scene.items[pair.cue];
        const Quantity& quantity = m_scene.items[pair.number].quantity;
        StatedLatency target { std::nullopt, Seconds(quantity.high * quantity.seconds) };
        std::size_t first = std::min(pair.cue, pair.number);
        std::size_t last = std::max(pair.cue, pair.number);
        if (const auto percentile = percentileOf(pair, pairs)) {
            target.percentile = percentile->first;
            first = std::min(first, percentile->second);
            last = std::max(last, percentile->second);
        }
        if (last + 1 < m_last && last == pair.number && m_scene.items[last + 1].used)
            ++last;
        store(cue.means(Concept::Ttft)      ? field::ttft
                  : cue.means(Concept::Itl) ? field::itl
                                            : field::e2e,
              target, first, last);
    }

    void store(std::string_view name, StatedLatency target, std::size_t first, std::size_t last)
    {
        if (!(target.limit.value() > 0))
            return;
        auto& stated = name == field::ttft ? m_draft.intent.ttft
            : name == field::itl           ? m_draft.intent.itl
                                           : m_draft.intent.e2e;
        // "TTFT can be 800 ms" after "p95 TTFT 500 ms" moves the limit only.
        if (!target.percentile && stated && !m_draft.statedHere(name))
            target.percentile = stated->percentile;
        stated = target;
        m_draft.note(name, first, last);
        m_draft.forgetQuestions(field::someLatency);
    }

    /** "a p95 of 500 ms": of what? */
    void askPercentiles()
    {
        constexpr double beside = 3;
        for (const std::size_t number : m_numbers) {
            const bool any =
                std::any_of(m_percentiles.begin(), m_percentiles.end(), [&](std::size_t p) {
                    return m_scene.items[p].kind == Item::Kind::Percentile
                        && cueDistance(m_scene, p, number) <= beside;
                });
            if (any)
                return askWhich(number);
        }
    }

    void askWhich(std::size_t number)
    {
        m_draft.ask(field::someLatency,
                    "Is this the time to the first token, between tokens, or of the whole request?",
                    { std::string(field::ttft), std::string(field::itl), std::string(field::e2e) },
                    number);
    }

    /** "TTFT: 300, ITL: 30": nobody means seconds. */
    void readBare()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            if (item.kind != Item::Kind::Number || item.quantity.unit != Unit::None
                || item.quantity.identifier || item.quantity.vague || item.quantity.suffixed)
                continue;
            struct Named
            {
                Concept cue;
                std::string_view name;
                double least;
            };
            for (const Named& each :
                 { Named { Concept::Ttft, field::ttft, 20 }, Named { Concept::Itl, field::itl, 2 },
                   Named { Concept::EndToEnd, field::e2e, 100 } }) {
                const std::size_t cue = cueBeside(m_scene, i, each.cue);
                if (cue == none || cue > i)
                    continue;
                if (item.quantity.high >= each.least)
                    store(each.name, { std::nullopt, milliseconds(item.quantity.high) }, cue, i);
                else
                    m_draft.ask(each.name, "Seconds or milliseconds?", { "s", "ms" }, i);
            }
        }
    }

    const Scene& m_scene;
    Draft& m_draft;
    std::size_t m_first;
    std::size_t m_last;
    std::vector<std::size_t> m_numbers;
    std::vector<Cue> m_cues;
    std::vector<Cue> m_weakCues;
    std::vector<Cue> m_generalCues;
    std::vector<std::size_t> m_percentiles;
};

} // namespace

void readLatencies(const Reading& reading, Draft& draft)
{
    for (const auto& sentence : reading.scene.sentences)
        LatencyReader(reading.scene, draft, sentence).run();
}

} // namespace llmd::intent

// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

namespace llmd::intent {

namespace {

using Gap = Token::Gap;

/** Numbers that stand side by side as a range become one item. */
class RangeJoiner
{
public:
    explicit RangeJoiner(Scene& scene)
        : m_scene(scene)
        , m_items(scene.items)
    { }

    void run()
    {
        std::vector<Item> joined;
        joined.reserve(m_items.size());
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            joined.push_back(m_items[i]);
            Item& item = joined.back();
            if (!isNumber(i))
                continue;
            // "6k ± 2k": the mean is what counts.
            if (i + 2 < m_items.size() && isNumber(i + 2)
                && m_scene.tokens[m_items[i + 1].first].is("±")) {
                i += 2;
                continue;
            }
            const std::size_t other = partner(i);
            if (other != 0 && isGrowth(i)) {
                item.quantity.identifier = true; // "grow from 400 users to 900 users"
                continue;
            }
            if (other == 0 || !merge(item, m_items[other]))
                continue;
            if (const std::size_t money = moneyBetween(i, other); money > 0)
                item.quantity.unit = Unit::Money;
            i = other;
        }
        m_items = std::move(joined);
    }

private:
    [[nodiscard]] bool isNumber(std::size_t i) const
    {
        return i < m_items.size() && m_items[i].kind == Item::Kind::Number
            && !m_items[i].quantity.identifier && !m_items[i].quantity.vague;
    }
    [[nodiscard]] bool means(std::size_t i, Concept what) const
    {
        return i < m_items.size() && m_items[i].means(what);
    }
    [[nodiscard]] bool afterBetween(std::size_t i) const
    {
        for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
            if (m_items[i - back].means(Concept::Between))
                return true;
        }
        return false;
    }
    [[nodiscard]] std::size_t moneyBetween(std::size_t i, std::size_t other) const
    {
        for (std::size_t k = i + 1; k < other; ++k) {
            if (m_items[k].means(Concept::Dollars))
                return k;
        }
        return 0;
    }

    /** "scale from 400 to 900 users": the first number is what was so far. */
    [[nodiscard]] bool isGrowth(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 27> words {
            "scale",    "scaling",   "scaled",    "grow",       "grows",  "growing",  "grown",
            "increase", "increases", "increased", "increasing", "raise",  "raised",   "raising",
            "change",   "changed",   "changes",   "going",      "went",   "move",     "moves",
            "reduce",   "reduced",   "bump",      "lower",      "expand", "expanding"
        };
        if (i == 0 || !m_scene.tokens[m_items[i - 1].first].is("from"))
            return false;
        constexpr std::size_t reach = 7;
        for (std::size_t back = 2; back <= reach && back <= i; ++back) {
            const Item& item = m_items[i - back];
            if (item.kind == Item::Kind::Stop)
                return false;
            const std::string& text = m_scene.tokens[item.first].text;
            if (std::find(words.begin(), words.end(), text) != words.end())
                return true;
        }
        return false;
    }

    /** The number that ends a range which begins at `i`; 0 = none. */
    [[nodiscard]] std::size_t partner(std::size_t i) const
    {
        if (isNumber(i + 1) && m_scene.tokens[m_items[i + 1].first].gap == Gap::Hyphen)
            return i + 1;
        std::size_t next = i + 1;
        // "300 ms to 500 ms": the unit stands twice.
        const bool unit = next < m_items.size() && m_items[next].kind == Item::Kind::Phrase
            && next + 3 < m_items.size() && m_items[next].meaning == m_items[next + 3].meaning;
        next += unit ? 1 : 0;
        const bool minimum =
            i > 0 && means(i - 1, Concept::AtLeast) && means(next, Concept::AtMost);
        const bool range = means(next, Concept::RangeTo)
            || (means(next, Concept::And) && afterBetween(i)) || minimum;
        if (!range)
            return 0;
        ++next;
        if (means(next, Concept::Dollars))
            ++next;
        return isNumber(next) ? next : 0;
    }

    static bool merge(Item& item, const Item& other)
    {
        Quantity& low = item.quantity;
        const Quantity& high = other.quantity;
        double from = low.low;
        // "5-10k": the suffix holds for both.
        if (!low.suffixed && high.suffixed) {
            for (const double factor : { 1e3, 1e6, 1e9 }) {
                if (high.high >= factor && from * factor < high.high && high.high < factor * 1000)
                    from *= factor;
            }
        }
        if (!(high.high > from))
            return false;
        const bool vague = low.vague;
        low = high;
        low.low = from;
        low.high = high.high;
        low.grouped.reset();
        low.vague = vague;
        item.last = other.last;
        return true;
    }

    Scene& m_scene;
    std::vector<Item>& m_items;
};

} // namespace

void joinRanges(Scene& scene)
{
    RangeJoiner(scene).run();
}

} // namespace llmd::intent

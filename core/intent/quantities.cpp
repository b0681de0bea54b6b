// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include <algorithm>
#include <array>

namespace llmd::intent {

namespace {

using Gap = Token::Gap;

constexpr double minuteSeconds = 60;
constexpr double hourSeconds = 3600;
constexpr double daySeconds = 86400;
constexpr double yearSeconds = 365 * daySeconds;
constexpr double monthSeconds = yearSeconds / 12;

/** Seconds of a word for a time or for a period ("second", "daily"); 0 = neither. */
double secondsOf(const Item& item, bool adverb)
{
    struct Named
    {
        Concept unit;
        Concept adverb;
        double seconds;
    };
    static constexpr std::array<Named, 7> named {
        { { Concept::Millisecond, Concept::Millisecond, 1e-3 },
          { Concept::Second, Concept::Second, 1 },
          { Concept::Hour, Concept::Hourly, hourSeconds },
          { Concept::Day, Concept::Daily, daySeconds },
          { Concept::Week, Concept::Weekly, 7 * daySeconds },
          { Concept::Month, Concept::Monthly, monthSeconds },
          { Concept::Year, Concept::Yearly, yearSeconds } }
    };
    for (const Named& each : named) {
        const bool plain = each.adverb == each.unit;
        if (item.means(adverb ? each.adverb : each.unit) && !(adverb && plain))
            return each.seconds;
    }
    return !adverb && item.means(Concept::Minute) ? minuteSeconds : 0;
}

bool isCounted(Unit unit)
{
    switch (unit) {
    case Unit::Tokens:
    case Unit::People:
    case Unit::Requests:
    case Unit::WorkItems:
    case Unit::Gpus:
    case Unit::Nodes:
    case Unit::Rate:
    case Unit::Money:
    case Unit::OtherMoney:
        return true;
    default:
        return false;
    }
}

/** Gives the numbers of one sentence their units. */
class UnitReader
{
public:
    UnitReader(Scene& scene, std::size_t first, std::size_t last)
        : m_scene(scene)
        , m_items(scene.items)
        , m_first(first)
        , m_last(last)
    { }

    void run()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            if (m_items[i].kind == Item::Kind::Number && !m_items[i].quantity.identifier)
                read(i);
        }
    }

private:
    [[nodiscard]] bool means(std::size_t i, Concept what) const
    {
        return i >= m_first && i < m_last && m_items[i].means(what);
    }
    [[nodiscard]] bool isNumber(std::size_t i) const
    {
        return i < m_last && m_items[i].kind == Item::Kind::Number;
    }

    void read(std::size_t i)
    {
        Quantity& quantity = m_items[i].quantity;
        if (namesSomething(i)) {
            quantity.identifier = true;
            return;
        }
        readBoundBefore(i);
        std::size_t end = i + 1;
        readUnit(i, end);
        settle(quantity);
        readPeriod(i, end);
        readOwner(i, end);
        readBoundAfter(i, end);
        if (quantity.grouped && isCounted(quantity.unit))
            quantity.low = quantity.high = *quantity.grouped;
    }

    /** "since 2019", "in 2027": 2000 and 2048 are rather counts. */
    [[nodiscard]] bool isYear(std::size_t i) const
    {
        const Quantity& quantity = m_items[i].quantity;
        const bool like = quantity.high >= 1950 && quantity.high < 2100 && !quantity.suffixed
            && !quantity.isRange() && m_scene.tokens[m_items[i].first].text.size() == 4
            && quantity.high != 2000 && quantity.high != 2048;
        if (!like || i == m_first)
            return false;
        static constexpr std::array<std::string_view, 13> words {
            "in",     "since", "by",   "until", "from", "before", "after",
            "during", "im",    "seit", "bis",   "ab",   "year"
        };
        const std::string& before = m_scene.tokens[m_items[i - 1].last - 1].text;
        const bool counted = i + 1 < m_last && m_items[i + 1].kind == Item::Kind::Phrase
            && !m_items[i + 1].means(Concept::Copula) && !m_items[i + 1].means(Concept::And);
        return !counted && std::find(words.begin(), words.end(), before) != words.end();
    }

    /** "port 8000", "version: 1.2". */
    [[nodiscard]] bool namesSomething(std::size_t i) const
    {
        if (isYear(i))
            return true;
        for (std::size_t back = 1; back <= 2 && i >= m_first + back; ++back) {
            if (means(i - back, Concept::NotQuantity))
                return true;
            if (!means(i - back, Concept::Copula))
                return false;
        }
        return false;
    }

    void readBoundBefore(std::size_t i)
    {
        if (m_items[i].quantity.isRange())
            return;
        std::size_t at = i;
        for (int steps = 0; at > m_first && steps < 4; ++steps) {
            const Item& item = m_items[--at];
            if (item.means(Concept::AtMost)) {
                m_items[i].quantity.bound = Bound::AtMost;
                return;
            }
            if (item.means(Concept::AtLeast)) {
                m_items[i].quantity.bound = isDenied(at) ? Bound::AtMost : Bound::AtLeast;
                return;
            }
            if (item.means(Concept::Approximately)) {
                m_items[i].quantity.bound = Bound::About;
            } else if (!item.means(Concept::Copula) && !item.means(Concept::Dollars)
                       && !item.means(Concept::Determiner) && !item.means(Concept::GpuLimit)) {
                return;
            }
        }
    }

    /** "not spend more than" */
    [[nodiscard]] bool isDenied(std::size_t bound) const
    {
        for (std::size_t back = 1; back <= 3 && bound >= m_first + back; ++back) {
            const Item& item = m_items[bound - back];
            if (item.isBreak() || item.kind == Item::Kind::Number)
                return false;
            if (item.means(Concept::Not))
                return true;
        }
        return false;
    }

    void readBoundAfter(std::size_t i, std::size_t end)
    {
        if (m_items[i].quantity.bound != Bound::Exactly || end >= m_last)
            return;
        if (isNumber(end + 1) || isNumber(end + 2))
            return;
        if (means(end, Concept::AtMost))
            m_items[i].quantity.bound = Bound::AtMost;
        else if (means(end, Concept::AtLeast))
            m_items[i].quantity.bound = Bound::AtLeast;
    }

    /** Takes the unit of one item, if it is one. */
    bool takeUnit(Quantity& quantity, Item& item)
    {
        if (item.kind == Item::Kind::Gpu) {
            quantity.unit = Unit::Gpus;
            return true;
        }
        if (item.people) {
            quantity.unit = Unit::People;
            item.used = true;
            return true;
        }
        struct Named
        {
            Concept meaning;
            Unit unit;
        };
        static constexpr std::array<Named, 17> named { { { Concept::TokensPerSecond,
                                                           Unit::TokensPerSecond },
                                                         { Concept::PerSecond, Unit::Rate },
                                                         { Concept::PerMinute, Unit::Rate },
                                                         { Concept::Tokens, Unit::Tokens },
                                                         { Concept::People, Unit::People },
                                                         { Concept::Requests, Unit::Requests },
                                                         { Concept::WorkItems, Unit::WorkItems },
                                                         { Concept::Gpus, Unit::Gpus },
                                                         { Concept::Nodes, Unit::Nodes },
                                                         { Concept::HostingNode, Unit::Nodes },
                                                         { Concept::MemorySize, Unit::Memory },
                                                         { Concept::Percent, Unit::Percent },
                                                         { Concept::Dollars, Unit::Money },
                                                         { Concept::OtherMoney, Unit::OtherMoney },
                                                         { Concept::Replicas, Unit::Replicas },
                                                         { Concept::OtherUnit, Unit::Other },
                                                         { Concept::Percentile, Unit::Percent } } };
        if (const double seconds = secondsOf(item, false); seconds > 0) {
            quantity.unit = Unit::Time;
            quantity.seconds = seconds;
            item.used = true;
            return true;
        }
        for (const Named& each : named) {
            if (!item.means(each.meaning))
                continue;
            quantity.unit = each.unit;
            if (each.unit == Unit::Rate) {
                quantity.seconds = each.meaning == Concept::PerMinute ? minuteSeconds : 1;
                quantity.hasPeriod = true;
            }
            item.used = true;
            return true;
        }
        return false;
    }

    void readUnit(std::size_t i, std::size_t& end)
    {
        Quantity& quantity = m_items[i].quantity;
        if (readMoneyBefore(i))
            return;
        if (isGluedPlus(end)) {
            quantity.bound = Bound::AtLeast;
            ++end;
        }
        while (means(end, Concept::Measure) && !means(end, Concept::Gpus))
            ++end;
        if (means(end, Concept::Times) && end + 1 < m_last && !isNumber(end + 1))
            ++end;
        if (isConcurrent(end)) { // "1000-1500 concurrent, …"
            quantity.unit = Unit::People;
            m_items[end++].used = true;
            return;
        }
        if (end < m_last && takeUnit(quantity, m_items[end])) {
            readUnitOfUnit(quantity, end);
            return;
        }
        if (takeUnitBefore(i) || takeUnitOfThem(i, end))
            return;
        readUnitBehindAdjectives(quantity, end);
    }

    /** "concurrent" that no noun follows: of users. */
    [[nodiscard]] bool isConcurrent(std::size_t at) const
    {
        static constexpr std::array<std::string_view, 4> words { "concurrent", "simultaneous",
                                                                 "gleichzeitig", "parallel" };
        if (at >= m_last || (at + 1 < m_last && !m_items[at + 1].isBreak()))
            return false;
        return std::find(words.begin(), words.end(), m_scene.tokens[m_items[at].first].text)
            != words.end();
    }

    /** "1.2 million of them", ", sixteen of them": the unit of the nearest noun before. */
    bool takeUnitOfThem(std::size_t i, std::size_t& end)
    {
        Quantity& quantity = m_items[i].quantity;
        const bool ofThem = means(end, Concept::OfThem);
        // "L4 or L40S, four at most."
        const bool aside = i > m_first && m_items[i - 1].isBreak() && means(end, Concept::AtMost)
            && (end + 1 >= m_last || m_items[end + 1].isBreak());
        if (!ofThem && !aside)
            return false;
        constexpr std::size_t farthest = 40;
        for (std::size_t back = isUsing(end) ? farthest + 1 : 1; back <= std::min(i, farthest);
             ++back) {
            const Item& item = m_items[i - back];
            const Unit unit = nounOf(item);
            if (unit == Unit::None || (aside && unit != Unit::Gpus))
                continue;
            quantity.unit = unit;
            quantity.backward = true;
            break;
        }
        if (quantity.unit == Unit::None && ofThem)
            quantity.unit = Unit::People;
        if (ofThem)
            m_items[end++].used = true;
        return quantity.unit != Unit::None;
    }

    /** "600 of them would use it": only people use. */
    [[nodiscard]] bool isUsing(std::size_t end) const
    {
        for (std::size_t at = end; at < std::min(end + 4, m_last); ++at) {
            const std::string& text = m_scene.tokens[m_items[at].first].text;
            if (text == "use" || text == "using" || text == "uses")
                return true;
        }
        return false;
    }

    /** What a noun counts, whether or not a number has taken it. */
    [[nodiscard]] static Unit nounOf(const Item& item)
    {
        if (item.kind == Item::Kind::Gpu)
            return Unit::Gpus;
        if (item.kind != Item::Kind::Phrase)
            return Unit::None;
        const auto has = [&](Concept what) {
            return item.meaning->conceptSet[static_cast<std::size_t>(what)];
        };
        return has(Concept::Nodes)                           ? Unit::Nodes
            : has(Concept::Gpus)                             ? Unit::Gpus
            : has(Concept::People) && !has(Concept::PerUser) ? Unit::People
            : has(Concept::Requests)                         ? Unit::Requests
            : has(Concept::WorkItems)                        ? Unit::WorkItems
                                                             : Unit::None;
    }

    /** "200 H100 GPUs", "40k us dollars", "two dozen of the users". */
    void readUnitOfUnit(Quantity& quantity, std::size_t& end)
    {
        ++end;
        if (quantity.unit != Unit::Gpus)
            return;
        if (means(end, Concept::MemorySize))
            return;
        if (means(end, Concept::Gpus))
            m_items[end++].used = true;
        if (means(end, Concept::Nodes) || means(end, Concept::HostingNode))
            return;
    }

    [[nodiscard]] bool isGluedPlus(std::size_t i) const
    {
        return i < m_last && m_scene.tokens[m_items[i].first].is("+")
            && m_scene.tokens[m_items[i].first].gap == Gap::None;
    }

    bool readMoneyBefore(std::size_t i)
    {
        Quantity& quantity = m_items[i].quantity;
        if (quantity.unit == Unit::Money)
            return true;
        for (const auto& [meaning, unit] :
             { std::pair { Concept::Dollars, Unit::Money },
               std::pair { Concept::OtherMoney, Unit::OtherMoney } }) {
            if (i > m_first && means(i - 1, meaning)) {
                quantity.unit = unit;
                m_items[i - 1].used = true;
                return true;
            }
        }
        return false;
    }

    /** "tokens: 600", "users = 1500", "QPS 50". */
    bool takeUnitBefore(std::size_t i)
    {
        Quantity& quantity = m_items[i].quantity;
        std::size_t at = i;
        bool place = false; // "doctors in 3 hospitals" counts no doctors
        bool form = false; // "GPUs: max 6"
        for (int steps = 0; at > m_first && steps < 4; ++steps) {
            Item& item = m_items[--at];
            const std::string& text = m_scene.tokens[item.first].text;
            form = form || text == ":" || text == "=" || item.means(Concept::AtMost);
            if (place && (item.means(Concept::People) || item.means(Concept::UserCount)))
                return false;
            place = place || m_scene.tokens[item.first].text == "in";
            const bool unit = item.means(Concept::Tokens) || item.means(Concept::PerSecond)
                || (form && item.means(Concept::Gpus)) || item.means(Concept::PerMinute)
                || item.means(Concept::UserCount)
                || (item.means(Concept::People) && !item.means(Concept::PerUser));
            if (unit) {
                if ((item.means(Concept::People) || item.means(Concept::UserCount))
                    && countsOthers(i))
                    return false;
                if (item.means(Concept::UserCount)) {
                    quantity.unit = Unit::People;
                    quantity.unitBefore = true;
                    return true;
                }
                quantity.unitBefore = takeUnit(quantity, item);
                return quantity.unitBefore;
            }
            const bool passes = item.means(Concept::Copula) || item.means(Concept::AtMost)
                || item.means(Concept::AtLeast) || item.means(Concept::Approximately)
                || item.means(Concept::Between) || item.means(Concept::Prompt)
                || (text == "(" && i + 1 < m_last && m_items[i + 1].kind == Item::Kind::Comma
                    && m_scene.tokens[m_items[i + 1].first].is(")")) // "our lawyers (about 60)"
                || item.means(Concept::Output) || text == "number" || text == "count"
                || text == "total" || text == "anzahl";
            if (!passes)
                return false;
        }
        return false;
    }

    /** "guests of our 38 hotels": the plural after the number is what it counts. */
    [[nodiscard]] bool countsOthers(std::size_t i) const
    {
        if (i + 1 >= m_last || m_items[i + 1].kind != Item::Kind::Word)
            return false;
        const std::string& text = m_scene.tokens[m_items[i + 1].first].text;
        return text.size() > 3 && text.back() == 's';
    }

    /** "300 daily active users", "512 input tokens": words may stand between. */
    void readUnitBehindAdjectives(Quantity& quantity, std::size_t& end)
    {
        constexpr std::size_t farthest = 3;
        for (std::size_t at = end; at < m_last && at < end + farthest; ++at) {
            Item& item = m_items[at];
            if (item.isBreak() || item.kind == Item::Kind::Number || item.means(Concept::Per)
                || item.means(Concept::And) || item.means(Concept::RangeTo)
                || item.means(Concept::Or))
                return;
            const bool far = item.means(Concept::People) || item.people
                || item.means(Concept::Requests) || item.means(Concept::WorkItems)
                || item.means(Concept::Gpus) || item.means(Concept::Nodes)
                || item.means(Concept::HostingNode) || item.means(Concept::Tokens)
                || item.means(Concept::TokensPerSecond) || item.kind == Item::Kind::Gpu;
            if (at > end && far && takeUnit(quantity, item)) {
                end = at + 1;
                return;
            }
            // "500 usrs h100": a plural noun is what is counted, whatever it means.
            const bool plural = item.kind == Item::Kind::Word && at + 1 < m_last
                && m_items[at + 1].kind == Item::Kind::Gpu
                && m_scene.tokens[item.first].text.size() > 3
                && m_scene.tokens[item.first].text.back() == 's'
                && m_scene.tokens[item.first].text != "pieces"
                && m_scene.tokens[item.first].text != "units";
            if (plural)
                return;
            if (item.means(Concept::Output) && periodAt(at + 1).first > 0
                && m_scene.tokens[item.last - 1].text.starts_with("tok")) {
                quantity.unit = Unit::Tokens; // "4000 output tokens/s"
                item.used = true;
                end = at + 1;
                return;
            }
            const bool adjective = item.kind == Item::Kind::Word || isPossessive(at)
                || item.means(Concept::Prompt) || item.means(Concept::Output)
                || item.means(Concept::Context) || item.means(Concept::Daily)
                || item.means(Concept::Monthly) || item.means(Concept::Weekly)
                || (item.kind == Item::Kind::Phrase && item.meaning->concepts.empty());
            if (!adjective)
                return;
        }
    }

    /** "3 of our H100s" */
    [[nodiscard]] bool isPossessive(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 10> words {
            "of", "our", "the", "my", "your", "these", "their", "unserer", "der", "的"
        };
        const Item& item = m_items[i];
        return item.last == item.first + 1
            && std::find(words.begin(), words.end(), m_scene.tokens[item.first].text)
            != words.end();
    }

    /** What depends on the unit: "5m" and "7b". */
    static void settle(Quantity& quantity)
    {
        double factor = 1;
        if (quantity.million && isCounted(quantity.unit))
            factor = 1e6;
        if (quantity.billion && isCounted(quantity.unit) && quantity.unit != Unit::Gpus)
            factor = 1e9;
        if (quantity.million && quantity.unit == Unit::None) {
            quantity.unit = Unit::Time;
            quantity.seconds = minuteSeconds;
        }
        if (quantity.billion && factor == 1)
            quantity.unit = Unit::ModelSize;
        quantity.low *= factor;
        quantity.high *= factor;
        quantity.suffixed = quantity.suffixed || factor > 1;
    }

    /** Length of the period that begins with item `at` ("per day", "monthly"), and its items. */
    std::pair<double, std::size_t> periodAt(std::size_t at) const
    {
        if (at >= m_last || at < m_first)
            return { 0, 0 };
        if (const double seconds = secondsOf(m_items[at], true); seconds > 0)
            return { seconds, 1 };
        const bool per = means(at, Concept::Per) || means(at, Concept::Each);
        if (per && at + 1 < m_last) {
            if (const double seconds = secondsOf(m_items[at + 1], false); seconds > 0)
                return { seconds, 2 };
        }
        return numberedPeriodAt(at);
    }

    /** "every 5 seconds", "in one minute". */
    [[nodiscard]] std::pair<double, std::size_t> numberedPeriodAt(std::size_t at) const
    {
        if (at + 2 >= m_last || !isNumber(at + 1))
            return { 0, 0 };
        const Quantity& count = m_items[at + 1].quantity;
        const bool per = means(at, Concept::Per) || means(at, Concept::Each);
        const bool in = m_scene.tokens[m_items[at].first].is("in") && count.high == 1;
        const double seconds = secondsOf(m_items[at + 2], false);
        if ((!per && !in) || seconds == 0 || !(count.high > 0) || count.isRange() || count.vague)
            return { 0, 0 };
        return { seconds * count.high, 3 };
    }

    /** "10k per month" is money in a sentence about money. */
    [[nodiscard]] bool isBudget(std::size_t i) const
    {
        constexpr std::size_t reach = 5;
        for (std::size_t at = i - std::min(i - m_first, reach); at < std::min(i + reach, m_last);
             ++at) {
            if ((means(at, Concept::Budget) && !means(at, Concept::Rate))
                || (at < i && means(at, Concept::Dollars)))
                return true;
        }
        return false;
    }

    /** "12k a month at most": who means requests says so, and says it per day. */
    [[nodiscard]] bool isMonthlyLimit(std::size_t i, std::size_t end) const
    {
        const auto [seconds, length] = periodAt(end);
        if (seconds < monthSeconds)
            return false;
        return m_items[i].quantity.bound == Bound::AtMost || means(end + length, Concept::AtMost);
    }

    void readPeriod(std::size_t i, std::size_t& end)
    {
        Quantity& quantity = m_items[i].quantity;
        const bool money = quantity.unit == Unit::Money || quantity.unit == Unit::OtherMoney;
        const bool work = quantity.unit == Unit::Requests || quantity.unit == Unit::WorkItems;
        const bool tokens = quantity.unit == Unit::Tokens;
        // "60 users per second" come and go; they are not the users of the service.
        if (quantity.unit == Unit::People) {
            const double seconds = periodAt(end).first;
            if (seconds > 0 && seconds <= hourSeconds)
                quantity.unit = Unit::Other;
            return;
        }
        if (!money && !work && !tokens && quantity.unit != Unit::None)
            return;
        if (quantity.unit == Unit::None
            && (isBudget(i) || isMonthlyLimit(i, end) || periodAt(end).first >= monthSeconds))
            return; // who means requests says so, and says it per day
        const std::size_t reach = money ? 5 : work ? 3 : 1;
        for (std::size_t at = end; at < m_last && at < end + reach; ++at) {
            if (isNumber(at) || m_items[at].isBreak())
                break;
            const auto [seconds, length] = periodAt(at);
            if (seconds == 0 || (money && length == 3))
                continue;
            takePeriod(quantity, seconds, at, length);
            end = at + length;
            return;
        }
        if (money && readSpan(quantity, end))
            return;
        if (money || work)
            readPeriodBefore(i, 8);
        else if (tokens)
            readPeriodBefore(i, 3);
    }

    /** "$1.5M for three years", "over the next 18 months": the span that the money is for. */
    bool readSpan(Quantity& quantity, std::size_t end)
    {
        for (std::size_t at = end; at + 1 < m_last && at < end + 5; ++at) {
            if (m_items[at].isBreak())
                return false;
            if (m_items[at].kind != Item::Kind::Number)
                continue;
            const double seconds = secondsOf(m_items[at + 1], false);
            const double count = m_items[at].quantity.high;
            const std::string& word = m_scene.tokens[m_items[at - 1].last - 1].text;
            const bool over = word == "for" || word == "over" || word == "next" || word == "für"
                || word == "the" || word == "über";
            if (seconds < monthSeconds || !(count > 0) || !over)
                return false;
            quantity.seconds = seconds * count;
            quantity.hasPeriod = true;
            return true;
        }
        return false;
    }

    /** "each day we process 250,000 prompts", "per month we can pay 28k dollars". */
    void readPeriodBefore(std::size_t i, std::size_t reach)
    {
        for (std::size_t back = 1; back <= reach && i >= m_first + back; ++back) {
            const std::size_t at = i - back;
            if (isNumber(at))
                return;
            const auto [seconds, length] = periodAt(at);
            if (seconds == 0)
                continue;
            takePeriod(m_items[i].quantity, seconds, at, length);
            return;
        }
    }

    void takePeriod(Quantity& quantity, double seconds, std::size_t at, std::size_t length)
    {
        if (quantity.unit == Unit::Tokens) {
            if (seconds > minuteSeconds) {
                quantity.unit = Unit::Other; // "2M tokens per day" is no length
                return;
            }
            quantity.low /= seconds;
            quantity.high /= seconds;
            quantity.unit = Unit::TokensPerSecond;
        } else if (quantity.unit == Unit::Money || quantity.unit == Unit::OtherMoney) {
            quantity.seconds = seconds;
            quantity.hasPeriod = true;
        } else {
            quantity.unit = Unit::Rate;
            quantity.seconds = seconds;
            quantity.hasPeriod = true;
        }
        for (std::size_t k = at; k < at + length; ++k) {
            m_items[k].used = true;
            if (isNumber(k))
                m_items[k].quantity.identifier = true; // the five of "every five seconds"
        }
    }

    /** "per user", "per GPU": figures that are not those of the whole. */
    void readOwner(std::size_t i, std::size_t end)
    {
        Quantity& quantity = m_items[i].quantity;
        for (std::size_t at = i + 1; at < m_last && at < end + 3; ++at) {
            if (m_items[at].isBreak() || isNumber(at))
                break;
            quantity.perUser = quantity.perUser || means(at, Concept::PerUser)
                || ((means(at, Concept::Per) || means(at, Concept::Each))
                    && nounAt(at + 1) == Unit::People);
            quantity.perGpu = quantity.perGpu || means(at, Concept::PerGpu)
                || ((means(at, Concept::Per) || means(at, Concept::Each)) && at + 1 < m_last
                    && m_items[at + 1].kind == Item::Kind::Gpu);
        }
        for (std::size_t back = 1; back <= 6 && i >= m_first + back; ++back) {
            if (isNumber(i - back) && back > 1)
                break;
            quantity.perUser = quantity.perUser || means(i - back, Concept::PerUser);
        }
        quantity.perUser = quantity.perUser || isOfEachPerson(i);
    }

    [[nodiscard]] Unit nounAt(std::size_t at) const
    {
        return at < m_last && at >= m_first ? nounOf(m_items[at]) : Unit::None;
    }

    /** "900 agents, each about 6 listings a day": each of those who were just counted. */
    [[nodiscard]] bool isOfEachPerson(std::size_t i) const
    {
        if (m_items[i].quantity.unit != Unit::Rate)
            return false;
        constexpr std::size_t farthest = 6;
        bool each = false;
        for (std::size_t back = 1; back <= farthest && i >= m_first + back; ++back) {
            const Item& item = m_items[i - back];
            if (item.kind == Item::Kind::Number)
                return each && item.quantity.unit == Unit::People;
            if (!item.used && item.kind == Item::Kind::Phrase && nounOf(item) != Unit::None)
                return false;
            each = each || item.means(Concept::Each);
        }
        return false;
    }

    Scene& m_scene;
    std::vector<Item>& m_items;
    std::size_t m_first;
    std::size_t m_last;
};

} // namespace

void formQuantities(Scene& scene)
{
    joinRanges(scene);
    std::size_t first = 0;
    for (std::size_t i = 0; i < scene.items.size(); ++i) {
        const bool stop = scene.items[i].kind == Item::Kind::Stop;
        if (!stop && i - first < longestSentence)
            continue;
        scene.sentences.emplace_back(first, i);
        first = stop ? i + 1 : i;
    }
    scene.sentences.emplace_back(first, scene.items.size());
    for (const auto& [begin, end] : scene.sentences)
        UnitReader(scene, begin, end).run();
}

} // namespace llmd::intent

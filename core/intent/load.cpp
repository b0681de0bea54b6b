// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>

namespace llmd::intent {

namespace {

constexpr double monthSeconds = 365.0 / 12 * 86400;

StatedNumber stated(const Quantity& quantity, double factor)
{
    StatedNumber number;
    number.value = quantity.high * factor;
    if (quantity.bound != Bound::AtMost)
        number.min = quantity.low * factor;
    if (quantity.bound != Bound::AtLeast)
        number.max = quantity.high * factor;
    return number;
}

/** Around a vague number: "a few hundred" may be 200, 300 or 500. */
std::vector<std::string> choicesAround(double value, double factor)
{
    std::vector<std::string> choices;
    for (const double share : { 2.0 / 3, 1.0, 5.0 / 3 })
        choices.push_back(printRounded(value * share * factor, 3));
    return choices;
}

class LoadReader
{
public:
    LoadReader(const Reading& reading, Draft& draft)
        : m_scene(reading.scene)
        , m_draft(draft)
    { }

    void run()
    {
        for (std::size_t i = 0; i < m_scene.items.size(); ++i) {
            const Item& item = m_scene.items[i];
            if (item.kind != Item::Kind::Number || item.quantity.identifier)
                continue;
            if (peopleOfGroups(i) && !item.quantity.vague) {
                m_groups = item.quantity.high;
                m_groupsAt = i;
            }
            read(i, item.quantity);
        }
        if (m_peakFactor && m_draft.intent.rate && !m_rateIsPeak && !m_draft.intent.peakRate) {
            m_draft.intent.peakRate = m_draft.intent.rate->value * m_peakFactor->first;
            m_draft.note(field::peakRate, m_peakFactor->second, m_peakFactor->second + 1);
        }
    }

private:
    void read(std::size_t i, const Quantity& quantity)
    {
        switch (quantity.unit) {
        case Unit::People:
            return readUsers(i, quantity);
        case Unit::Rate:
            return readRate(i, quantity);
        case Unit::TokensPerSecond:
            return readThroughput(i, quantity);
        case Unit::Money:
        case Unit::OtherMoney:
            return readMoney(i, quantity);
        case Unit::None:
            return readBare(i, quantity);
        default:
            return;
        }
    }

    /** The last item that belongs to a number: its unit and period. */
    [[nodiscard]] std::size_t endOf(std::size_t i) const
    {
        std::size_t end = i;
        for (std::size_t at = i + 1; at < m_scene.items.size() && at < i + 6; ++at) {
            if (m_scene.items[at].kind == Item::Kind::Number || m_scene.items[at].isBreak())
                break;
            if (m_scene.items[at].used)
                end = at;
        }
        return end;
    }
    [[nodiscard]] std::size_t beginOf(std::size_t i) const
    {
        std::size_t begin = i;
        while (begin > 0 && i - begin < 4) {
            const Item& before = m_scene.items[begin - 1];
            if (before.isBreak() || before.kind == Item::Kind::Number)
                break;
            if (!before.used && !before.means(Concept::AtMost) && !before.means(Concept::AtLeast)
                && !before.means(Concept::Approximately) && !before.means(Concept::Between))
                break;
            --begin;
        }
        return begin;
    }

    [[nodiscard]] bool saysUsers(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 8> words { "user",    "users",    "nutzer",
                                                                 "nutzern", "benutzer", "anwender",
                                                                 "户",      "用" };
        for (std::size_t at = i; at <= endOf(i); ++at) {
            for (std::size_t t = m_scene.items[at].first; t < m_scene.items[at].last; ++t) {
                if (std::find(words.begin(), words.end(), m_scene.tokens[t].text) != words.end())
                    return true;
            }
        }
        return false;
    }

    /** "of which 500 are active at a time", "10k registered users" */
    [[nodiscard]] bool isShare(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 13> words {
            "concurrent", "active",       "simultaneous",   "registered",   "total",
            "peak",       "concurrently", "simultaneously", "gleichzeitig", "aktiv",
            "daily",      "monthly",      "which"
        };
        const std::size_t first = i - std::min<std::size_t>(i, 3);
        const std::size_t last = std::min(i + 6, m_scene.items.size());
        for (std::size_t at = first; at < last; ++at) {
            const std::string& text = m_scene.tokens[m_scene.items[at].first].text;
            if (std::find(words.begin(), words.end(), text) != words.end())
                return true;
        }
        return false;
    }

    /** "70 doctors and 200 nurses" are 270 people. */
    [[nodiscard]] bool isJoined(std::size_t a, std::size_t b) const
    {
        if (b < a + 3 || b - a > 5 || m_scene.items[a].quantity.bound != Bound::Exactly
            || m_scene.items[b].quantity.bound != Bound::Exactly)
            return false;
        const auto noun = [&](std::size_t number) -> const std::string& {
            return m_scene.tokens[m_scene.items[endOf(number)].first].text;
        };
        const bool joint = m_scene.items[b - 1].means(Concept::And) && endOf(a) == b - 2;
        return joint && endOf(b) > b && noun(a) != noun(b) && !isShare(b);
    }

    /** "100 users each", "each has 250 people" */
    [[nodiscard]] bool isOfEach(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 5> words { "each", "apiece", "je", "jeweils",
                                                                 "jede" };
        const std::size_t first = i - std::min<std::size_t>(i, 3);
        const std::size_t last = std::min(endOf(i) + 3, m_scene.items.size());
        for (std::size_t at = first; at < last; ++at) {
            const Item& item = m_scene.items[at];
            if (at > i && item.isBreak())
                return false;
            for (std::size_t t = item.first; t < item.last; ++t) {
                if (std::find(words.begin(), words.end(), m_scene.tokens[t].text) != words.end())
                    return true;
            }
        }
        return false;
    }

    /** The number of people in each of the groups that this number counts: "12 offices with 50 employees each". */
    [[nodiscard]] std::optional<std::size_t> peopleOfGroups(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 40> groups {
            "offices",   "teams",     "tenants",      "sites",     "branches",     "schools",
            "locations", "stores",    "departments",  "countries", "regions",      "customers",
            "clients",   "companies", "hospitals",    "clinics",   "universities", "shops",
            "plants",    "factories", "groups",       "cities",    "campuses",     "classes",
            "courses",   "squads",    "subsidiaries", "business",  "hotels",       "warehouses",
            "büros",     "standorte", "standorten",   "filialen",  "abteilungen",  "schulen",
            "mandanten", "kunden",    "firmen",       "klassen"
        };
        constexpr std::size_t reach = 8;
        bool named = false;
        for (std::size_t at = i + 1; at < std::min(i + reach, m_scene.items.size()); ++at) {
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Stop)
                return std::nullopt;
            if (item.kind == Item::Kind::Number)
                return named && item.quantity.unit == Unit::People && isOfEach(at)
                    ? std::optional(at)
                    : std::nullopt;
            const std::string& text = m_scene.tokens[item.first].text;
            named = named || std::find(groups.begin(), groups.end(), text) != groups.end();
        }
        return std::nullopt;
    }

    void readUsers(std::size_t i, const Quantity& quantity)
    {
        if (isNear(m_scene, i, Concept::NotUsers, 5) && !saysUsers(i))
            return;
        if (quantity.vague) {
            m_draft.ask(field::users, "How many users are there, about?",
                        choicesAround(quantity.high, 1), i);
            return;
        }
        if (peopleOfGroups(i))
            return; // "4 tenants with 100 users each"
        const bool grouped = isOfEach(i);
        const StatedNumber value = stated(quantity, grouped ? m_groups : 1);
        auto& users = m_draft.intent.users;
        if (m_draft.statedHere(field::users) && users && users->value != value.value
            && !correctsBefore(m_scene, i) && !isPlanned(i)) {
            if (!m_usersSaid && !saysUsers(i) && isJoined(m_usersAt, i)) {
                users = StatedNumber { value.value + users->value, value.value + users->value,
                                       value.value + users->value };
                m_draft.noteMore(field::users, beginOf(i), endOf(i));
                m_usersAt = i;
                return;
            }
            // "10k registered users, 500 concurrent" plans for the 10k; "users" say more than other people.
            if (m_usersSaid && !saysUsers(i))
                return;
            if (m_usersSaid && saysUsers(i) && !isShare(i) && !isShare(m_usersAt)) {
                m_draft.ask(field::users, "Which of these numbers of users is to be planned for?",
                            { printRounded(users->value, 6), printRounded(value.value, 6) }, i);
                users.reset();
                std::erase_if(m_draft.intent.evidence,
                              [](const auto& e) { return e.field == field::users; });
                return;
            }
            if (m_usersSaid && value.value < users->value)
                return;
        }
        m_usersSaid = saysUsers(i);
        m_usersAt = i;
        users = value;
        m_draft.note(field::users, grouped && m_groups > 1 ? m_groupsAt : beginOf(i), endOf(i));
    }

    /** "today 12 per second, expected to double to 24": what is planned counts. */
    [[nodiscard]] bool isPlanned(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 16> words {
            "double", "doubles",  "doubling", "triple", "tripling", "grow",   "grows",    "growing",
            "growth", "increase", "rise",     "rising", "reach",    "expect", "expected", "planned"
        };
        constexpr std::size_t reach = 6;
        for (std::size_t back = 1; back <= reach && back <= i; ++back) {
            const Item& item = m_scene.items[i - back];
            if (item.kind == Item::Kind::Stop || item.kind == Item::Kind::Number)
                return false;
            if (std::find(words.begin(), words.end(), m_scene.tokens[item.first].text)
                != words.end())
                return true;
        }
        return false;
    }

    [[nodiscard]] bool isPeak(std::size_t i) const
    {
        for (std::size_t back = 0; back <= 5 && back <= i; ++back) {
            const Item& item = m_scene.items[i - back];
            if (back > 0 && (item.isBreak() || item.kind == Item::Kind::Number))
                break;
            if (item.means(Concept::Peak))
                return true;
        }
        const std::size_t next = endOf(i) + 1;
        for (std::size_t at = next; at < std::min(next + 4, m_scene.items.size()); ++at) {
            if (m_scene.items[at].isBreak() || m_scene.items[at].kind == Item::Kind::Number)
                break;
            if (m_scene.items[at].means(Concept::Peak))
                return true;
        }
        return false;
    }

    void readRate(std::size_t i, const Quantity& quantity)
    {
        if (quantity.perGpu)
            return;
        const double factor = 1 / quantity.seconds;
        if (quantity.vague) {
            m_draft.ask(field::rate, "How many requests per second are there, about?",
                        choicesAround(quantity.high, factor), i);
            return;
        }
        if (quantity.perUser) {
            m_draft.intent.ratePerUser = quantity.high * factor;
            m_draft.note(field::ratePerUser, beginOf(i), endOf(i));
            return;
        }
        const StatedNumber value = stated(quantity, factor);
        const bool peak = isPeak(i);
        if (peak) {
            m_draft.intent.peakRate = value.value;
            m_draft.note(field::peakRate, beginOf(i), endOf(i));
            if (m_draft.statedHere(field::rate) && !m_rateIsPeak)
                return;
        } else if (m_draft.statedHere(field::rate) && !m_rateIsPeak && m_draft.intent.rate
                   && m_draft.intent.rate->value != value.value && !correctsBefore(m_scene, i)
                   && !isPlanned(i)) {
            m_draft.ask(field::rate, "Which of these rates is the mean of the service?",
                        { printRounded(m_draft.intent.rate->value), printRounded(value.value) }, i);
            m_draft.intent.rate.reset();
            return;
        }
        m_rateIsPeak = peak;
        m_rateSeconds = quantity.seconds;
        m_rateAt = i;
        m_draft.intent.rate = value;
        m_draft.note(field::rate, beginOf(i), endOf(i));
    }

    void readThroughput(std::size_t i, const Quantity& quantity)
    {
        if (quantity.perGpu || quantity.vague || quantity.low <= 0)
            return;
        if (quantity.perUser) {
            // What one user sees is the time between tokens.
            m_draft.intent.itl = StatedLatency { std::nullopt, Seconds(1 / quantity.low) };
            m_draft.note(field::itl, beginOf(i), endOf(i));
            return;
        }
        constexpr double onlyTotal = 400; // tokens/s: no single user reads or gets that many
        if (quantity.high >= onlyTotal || isNear(m_scene, i, Concept::Rate, 4)
            || isNear(m_scene, i, Concept::WeakEndToEnd, 3)) {
            m_draft.intent.throughput = quantity.high;
            m_draft.note(field::throughput, beginOf(i), endOf(i));
            return;
        }
        m_draft.ask(field::throughput,
                    "Are these tokens per second of one user, or of all together?",
                    { "one user", "all users" }, i);
    }

    void setBudget(std::size_t first, std::size_t last, double perMonth)
    {
        m_draft.intent.budgetPerMonth = perMonth;
        m_draft.note(field::budget, first, last);
    }

    void readMoney(std::size_t i, const Quantity& quantity)
    {
        const bool cue = isNear(m_scene, i, Concept::Budget, 8);
        const bool limit = quantity.bound == Bound::AtMost;
        if (isPartOf(i))
            return;
        const auto& users = m_draft.intent.users;
        if (quantity.perUser && quantity.hasPeriod && limit && users
            && quantity.unit == Unit::Money)
            return setBudget(beginOf(i), endOf(i),
                             quantity.high / quantity.seconds * monthSeconds * users->value);
        if (quantity.perGpu || quantity.perUser || isNotBudget(i)
            || quantity.bound == Bound::AtLeast)
            return;
        if (quantity.unit == Unit::OtherMoney) {
            if (cue || limit || quantity.hasPeriod)
                m_draft.ask(field::budget, "How many US dollars per month are these?", {}, i);
            return;
        }
        if (quantity.hasPeriod) {
            // "below $12,500 a month; today it is $31,000 a month": the limit is what is asked for.
            const bool second = m_budgetIsLimit && m_draft.statedHere(field::budget) && !limit
                && !correctsBefore(m_scene, i);
            if (second)
                return;
            m_budgetIsLimit = limit;
            return setBudget(beginOf(i), endOf(i), quantity.high / quantity.seconds * monthSeconds);
        }
        if (cue || limit)
            askPeriod(i, quantity.high);
    }

    /** "2% of $900k a month" is another amount. */
    [[nodiscard]] bool isPartOf(std::size_t i) const
    {
        for (std::size_t back = 1; back <= 5 && back <= i; ++back) {
            const Item& item = m_scene.items[i - back];
            if (item.isBreak())
                return false;
            if (item.kind == Item::Kind::Number)
                return item.quantity.unit == Unit::Percent;
        }
        return false;
    }

    void askPeriod(std::size_t i, double amount)
    {
        if (m_draft.statedHere(field::budget))
            return;
        if (m_draft.intent.budgetPerMonth) // a correction of a monthly budget
            return setBudget(i, i, amount);
        m_draft.ask(field::budget, "Is this budget per month, per year, or for everything?",
                    { printRounded(amount), printRounded(amount / 12, 6) }, i);
    }

    /** Numbers without a unit, beside a word that says what they are. */
    void readBare(std::size_t i, const Quantity& quantity)
    {
        if (quantity.vague)
            return;
        if (const auto cue = cueBeside(m_scene, i, Concept::Budget); cue != none)
            return readBareBudget(i, quantity);
        if (isMonthly(i) && (quantity.bound == Bound::AtMost || isMoneySpokenOf(i)))
            return readBareBudget(i, quantity);
        if (i + 1 < m_scene.items.size() && m_scene.items[i + 1].means(Concept::Times)
            && quantity.high >= 1 && isPeak(i)) { // "the peak is 3x the average"
            m_peakFactor = { quantity.high, i };
            return;
        }
        if (m_rateIsPeak && i - m_rateAt < 16 && cueBeside(m_scene, i, Concept::Mean) != none) {
            // "15 requests per second at peak and 5 on average"
            m_rateIsPeak = false;
            m_draft.intent.rate = stated(quantity, 1 / m_rateSeconds);
            m_draft.note(field::rate, i, cueBeside(m_scene, i, Concept::Mean));
            return;
        }
        if (m_rateSeconds > 0 && i - m_rateAt < 16 && !m_rateIsPeak
            && cueBeside(m_scene, i, Concept::Peak)
                != none) { // "14 requests per second and 41 at peak"
            m_draft.intent.peakRate = quantity.high / m_rateSeconds;
            m_draft.note(field::peakRate, i, cueBeside(m_scene, i, Concept::Peak));
            return;
        }
        if (const auto cue = cueBeside(m_scene, i, Concept::UserCount); cue != none) {
            m_draft.intent.users = stated(quantity, 1);
            m_draft.note(field::users, cue, i);
        }
    }

    /** "12k a month" that no recogniser of rates has taken. */
    [[nodiscard]] bool isMonthly(std::size_t i) const
    {
        const std::size_t last = std::min(i + 3, m_scene.items.size());
        for (std::size_t at = i + 1; at < last; ++at) {
            const Item& item = m_scene.items[at];
            if (item.means(Concept::Monthly) || item.means(Concept::Month)
                || item.means(Concept::Yearly) || item.means(Concept::Year))
                return true;
        }
        return false;
    }
    [[nodiscard]] bool isMoneySpokenOf(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 7> words { "cent",  "cents", "stretch",
                                                                 "spend", "money", "cash",
                                                                 "invest" };
        const std::size_t first = i - std::min<std::size_t>(i, 6);
        for (std::size_t at = first; at < std::min(i + 8, m_scene.items.size()); ++at) {
            if (std::find(words.begin(), words.end(), m_scene.tokens[m_scene.items[at].first].text)
                != words.end())
                return true;
        }
        return isNear(m_scene, i, Concept::Dollars, 6) || isNear(m_scene, i, Concept::Budget, 6);
    }

    /** Words nearby say that the money is something else; "10 ms per token" says nothing of money. */
    [[nodiscard]] bool isNotBudget(std::size_t i) const
    {
        const auto& items = m_scene.items;
        const auto says = [&](std::size_t at) {
            // A unit may stand between the number and the words.
            const std::size_t back = at > 1 && items[at - 1].used ? 2 : 1;
            const bool ofTime = at >= back && items[at].means(Concept::Itl)
                && items[at - back].kind == Item::Kind::Number
                && items[at - back].quantity.unit == Unit::Time;
            return items[at].means(Concept::NotMoney) && !ofTime;
        };
        constexpr std::size_t reach = 8;
        for (std::size_t at = i; at > 0 && i - at < reach && items[at - 1].kind != Item::Kind::Stop;
             --at) {
            if (says(at - 1))
                return true;
        }
        for (std::size_t at = i + 1;
             at < items.size() && at - i <= reach && items[at].kind != Item::Kind::Stop; ++at) {
            if (says(at))
                return true;
        }
        return false;
    }

    void readBareBudget(std::size_t i, const Quantity& quantity)
    {
        if (isNear(m_scene, i, Concept::Context, 2) || isNotBudget(i)
            || !(quantity.suffixed || quantity.high >= 100))
            return;
        for (std::size_t at = i + 1; at < std::min(i + 5, m_scene.items.size()); ++at) {
            const Item& item = m_scene.items[at];
            if (item.isBreak() || item.kind == Item::Kind::Number)
                break;
            if (item.means(Concept::Monthly) || item.means(Concept::Month))
                return setBudget(i, at, quantity.high);
            if (item.means(Concept::Yearly) || item.means(Concept::Year))
                return setBudget(i, at, quantity.high / 12);
        }
        if (isNear(m_scene, i, Concept::Monthly, 4))
            return setBudget(i, i, quantity.high);
        askPeriod(i, quantity.high);
    }

    const Scene& m_scene;
    Draft& m_draft;
    std::size_t m_usersAt = 0;
    double m_groups = 1; ///< "4 tenants", of which each has as many users
    std::size_t m_groupsAt = 0;
    bool m_usersSaid = false; ///< the users came from the word "users"
    bool m_budgetIsLimit = false; ///< the budget of this message is an upper limit
    bool m_rateIsPeak = false;
    double m_rateSeconds = 0; ///< the period of the rate that was said last
    std::size_t m_rateAt = 0;
    std::optional<std::pair<double, std::size_t>> m_peakFactor; ///< and its item
};

} // namespace

void readLoad(const Reading& reading, Draft& draft)
{
    LoadReader(reading, draft).run();
}

} // namespace llmd::intent

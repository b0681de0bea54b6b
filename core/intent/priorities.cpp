// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>

namespace llmd::intent {

namespace {

constexpr double farthest = 7;

enum class Topic { Cost, Speed, Quality };

struct TopicItem
{
    std::size_t item = 0;
    Topic topic {};
};

class PriorityReader
{
public:
    PriorityReader(const Reading& reading, Draft& draft,
                   std::pair<std::size_t, std::size_t> sentence)
        : m_scene(reading.scene)
        , m_draft(draft)
        , m_first(sentence.first)
        , m_last(sentence.second)
    { }

    void run()
    {
        collect();
        if (m_balanced != none && m_topics.size() > 1) {
            for (const TopicItem& each : m_topics)
                store(each.topic, Importance::Medium, each.item, m_balanced);
            return;
        }
        readDirect();
        readComparison();
        readLevels();
    }

private:
    void collect()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            if (item.kind != Item::Kind::Phrase)
                continue;
            if (item.means(Concept::Cost))
                m_topics.push_back({ i, Topic::Cost });
            else if (item.means(Concept::Speed))
                m_topics.push_back({ i, Topic::Speed });
            else if (item.means(Concept::Quality))
                m_topics.push_back({ i, Topic::Quality });
            if (item.means(Concept::Cost) || item.means(Concept::CostHigh))
                m_comparable.push_back({ i, Topic::Cost });
            else if (item.means(Concept::Speed) || item.means(Concept::SpeedHigh))
                m_comparable.push_back({ i, Topic::Speed });
            else if (item.means(Concept::Quality) || item.means(Concept::QualityHigh))
                m_comparable.push_back({ i, Topic::Quality });
            if (item.means(Concept::Balanced))
                m_balanced = i;
        }
    }

    [[nodiscard]] bool negated(std::size_t i) const
    {
        for (std::size_t back = 1; back <= 2 && i >= m_first + back; ++back) {
            const Item& item = m_scene.items[i - back];
            if (item.isBreak())
                return false;
            if (item.means(Concept::Not))
                return true;
        }
        return false;
    }

    /** "does not need to be fast" */
    [[nodiscard]] bool isNotNeeded(std::size_t i) const
    {
        constexpr std::size_t reach = 5;
        bool need = false;
        for (std::size_t back = 1; back <= reach && i >= m_first + back; ++back) {
            const Item& item = m_scene.items[i - back];
            if (item.isBreak() || item.kind == Item::Kind::Number)
                return false;
            const std::string& text = m_scene.tokens[item.first].text;
            need = need || text == "need" || text == "have" || text == "must" || text == "muss"
                || text == "require";
            if (item.means(Concept::Not))
                return need;
        }
        return false;
    }

    /** "not latency sensitive" denies a wish; "not cheap", "not fast enough" judge something. */
    [[nodiscard]] bool isDeniedNeed(std::size_t i) const
    {
        static constexpr std::array<std::string_view, 10> ends {
            "sensitive", "critical", "conscious", "driven", "time",
            "realtime",  "urgent",   "focused",   "aware",  "bound"
        };
        const bool enough =
            i + 1 < m_last && m_scene.tokens[m_scene.items[i + 1].first].is("enough");
        const std::string& last = m_scene.tokens[m_scene.items[i].last - 1].text;
        return !enough
            && (isNotNeeded(i) || std::find(ends.begin(), ends.end(), last) != ends.end());
    }

    void store(Topic topic, Importance level, std::size_t first, std::size_t last)
    {
        auto& intent = m_draft.intent;
        switch (topic) {
        case Topic::Cost:
            intent.cost = level;
            return m_draft.note(field::cost, first, last);
        case Topic::Speed:
            intent.latency = level;
            return m_draft.note(field::latency, first, last);
        case Topic::Quality:
            intent.quality = level;
            return m_draft.note(field::quality, first, last);
        }
    }

    /** "cheap", "low latency", "best quality", "batch job". */
    void readDirect()
    {
        struct Named
        {
            Concept meaning;
            Topic topic;
            Importance level;
        };
        static constexpr std::array<Named, 6> named {
            { { Concept::CostHigh, Topic::Cost, Importance::High },
              { Concept::CostLow, Topic::Cost, Importance::Low },
              { Concept::SpeedHigh, Topic::Speed, Importance::High },
              { Concept::SpeedLow, Topic::Speed, Importance::Low },
              { Concept::Batch, Topic::Speed, Importance::Low },
              { Concept::QualityHigh, Topic::Quality, Importance::High } }
        };
        for (std::size_t i = m_first; i < m_last; ++i) {
            for (const Named& each : named) {
                if (!m_scene.items[i].means(each.meaning))
                    continue;
                if (negated(i) || isNotNeeded(i)) {
                    if (each.level == Importance::High && isDeniedNeed(i))
                        store(each.topic, Importance::Low, i, i);
                    continue;
                }
                store(each.topic, each.level, i, i);
                m_denied = m_denied || each.level == Importance::Low;
            }
        }
    }

    /** "quality over cost", "latency is less important than cost". */
    void readComparison()
    {
        for (std::size_t k = 0; k + 1 < m_comparable.size(); ++k) {
            const TopicItem& a = m_comparable[k];
            const TopicItem& b = m_comparable[k + 1];
            if (a.topic == b.topic || b.item - a.item > 6)
                continue;
            for (std::size_t i = a.item + 1; i < b.item; ++i) {
                const Item& between = m_scene.items[i];
                if (between.isBreak())
                    break;
                const std::string& sign = m_scene.tokens[between.first].text;
                if (!between.means(Concept::Over) && sign != ">" && sign != "≫")
                    continue;
                const bool less =
                    between.last > between.first
                    && std::any_of(
                        m_scene.tokens.begin() + static_cast<std::ptrdiff_t>(between.first),
                        m_scene.tokens.begin() + static_cast<std::ptrdiff_t>(between.last),
                        [](const Token& t) { return t.is("less"); });
                store(a.topic, less ? Importance::Low : Importance::High, a.item, b.item);
                store(b.topic, less ? Importance::High : Importance::Low, a.item, b.item);
                m_compared.push_back(a.item);
                m_compared.push_back(b.item);
            }
        }
    }

    [[nodiscard]] bool isCompared(std::size_t item) const
    {
        return std::find(m_compared.begin(), m_compared.end(), item) != m_compared.end();
    }

    /** A word for a level, the topic nearest to it, and those that "and" joins with it. */
    void readLevels()
    {
        std::vector<Cue> levels;
        std::vector<std::size_t> topics;
        for (std::size_t i = m_first; i < m_last; ++i) {
            for (const Concept level : { Concept::Low, Concept::Medium, Concept::High }) {
                if (m_scene.items[i].means(level) && !isWithinTopic(i)
                    && !(level == Concept::Medium && isStatistic(i))) {
                    levels.push_back({ i, level, 0 });
                    break;
                }
            }
            if (m_scene.items[i].means(Concept::First))
                levels.push_back({ i, Concept::High, 0 });
            else if (m_scene.items[i].means(Concept::Then))
                levels.push_back({ i, Concept::Medium, 0 });
        }
        for (const TopicItem& each : m_topics) {
            if (!isCompared(each.item))
                topics.push_back(each.item);
        }
        const auto pairs = pairCues(m_scene, topics, levels, farthest);
        for (const CuedNumber& pair : pairs) {
            const auto level = std::find_if(levels.begin(), levels.end(),
                                            [&](const Cue& cue) { return cue.item == pair.cue; });
            apply(pair.number, level->meaning, pair.cue);
        }
        readEllipsis(pairs);
        readLast();
        readDenied(pairs);
    }

    /** "speed first, then quality, cost last". */
    void readLast()
    {
        for (const TopicItem& each : m_topics) {
            const std::size_t next = each.item + 1;
            if (next < m_last && m_scene.tokens[m_scene.items[next].first].is("last")
                && (next + 1 >= m_last || m_scene.items[next + 1].isBreak()))
                store(each.topic, Importance::Low, each.item, next);
        }
    }

    /** "privacy is the reason, not speed". */
    void readDenied(const std::vector<CuedNumber>& pairs)
    {
        for (const TopicItem& each : m_topics) {
            const bool paired = std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
                return pair.number == each.item;
            });
            const bool ends = each.item + 1 >= m_last || m_scene.items[each.item + 1].isBreak();
            if (paired || isCompared(each.item) || !ends || each.item < m_first + 2)
                continue;
            const Item& no = m_scene.items[each.item - 1];
            if (no.means(Concept::OnlyThis) && m_scene.items[each.item - 2].isBreak())
                store(each.topic, Importance::High, each.item - 1, each.item); // ", only quality"
            if (no.means(Concept::Not) && m_scene.tokens[no.first].is("not")
                && m_scene.items[each.item - 2].isBreak())
                store(each.topic, Importance::Low, each.item - 1, each.item);
        }
    }

    /** "average response time" is a figure, not a level. */
    [[nodiscard]] bool isStatistic(std::size_t i) const
    {
        return m_scene.items[i].means(Concept::Mean) && isWithinTopic(i + 1);
    }

    [[nodiscard]] bool isWithinTopic(std::size_t i) const
    {
        return std::any_of(m_topics.begin(), m_topics.end(),
                           [&](const TopicItem& each) { return each.item == i; });
    }

    void apply(std::size_t topicItem, Concept level, std::size_t levelItem)
    {
        Importance importance = level == Concept::High ? Importance::High
            : level == Concept::Medium                 ? Importance::Medium
                                                       : Importance::Low;
        if (importance == Importance::High && (negated(levelItem) || isNeither(topicItem)))
            importance = Importance::Low;
        if (importance == Importance::Low && isLowFigure(topicItem, levelItem))
            importance = Importance::High;
        for (std::size_t k = 0; k < m_topics.size(); ++k) {
            if (m_topics[k].item != topicItem)
                continue;
            store(m_topics[k].topic, importance, std::min(topicItem, levelItem),
                  std::max(topicItem, levelItem));
            // "cost and quality are important"
            for (std::size_t other = k; other-- > 0;) {
                if (!joined(m_topics[other].item, m_topics[other + 1].item))
                    break;
                store(m_topics[other].topic, importance, m_topics[other].item, levelItem);
            }
        }
    }

    /** "neither latency nor cost matters" */
    [[nodiscard]] bool isNeither(std::size_t topic) const
    {
        constexpr std::size_t reach = 6;
        for (std::size_t back = 1; back <= reach && topic >= m_first + back; ++back) {
            const Item& item = m_scene.items[topic - back];
            if (item.isBreak() || item.kind == Item::Kind::Number)
                return false;
            if (m_scene.tokens[item.first].is("neither") || m_scene.tokens[item.first].is("weder"))
                return true;
        }
        return false;
    }

    /** "latency must be low", "keep costs low": the figure is to be low, not its importance. */
    [[nodiscard]] bool isLowFigure(std::size_t topic, std::size_t level) const
    {
        static constexpr std::array<std::string_view, 6> lows { "low",     "lower",   "lowest",
                                                                "minimal", "niedrig", "gering" };
        static constexpr std::array<std::string_view, 13> verbs {
            "must", "should", "needs", "need",   "keep",   "kept",  "stay",
            "muss", "müssen", "soll",  "sollte", "sollen", "remain"
        };
        const Item& item = m_scene.items[level];
        const auto isOneOf = [](const auto& list, const std::string& text) {
            return std::find(list.begin(), list.end(), text) != list.end();
        };
        const bool quality = m_scene.items[topic].means(Concept::Quality);
        if (quality || item.last != item.first + 1
            || !isOneOf(lows, m_scene.tokens[item.first].text))
            return false;
        const std::size_t first = std::min(topic, level);
        for (std::size_t i = first - std::min<std::size_t>(first - m_first, 3);
             i < std::max(topic, level); ++i) {
            for (std::size_t t = m_scene.items[i].first; t < m_scene.items[i].last; ++t) {
                if (isOneOf(verbs, m_scene.tokens[t].text))
                    return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool joined(std::size_t a, std::size_t b) const
    {
        if (b - a > 3)
            return false;
        bool joint = false;
        for (std::size_t i = a + 1; i < b; ++i) {
            const Item& item = m_scene.items[i];
            if (item.means(Concept::And) || item.kind == Item::Kind::Comma
                || m_scene.tokens[item.first].is("nor"))
                joint = true;
            else if (!item.means(Concept::Determiner))
                return false;
        }
        return joint;
    }

    /** "cost is not important, quality is". */
    void readEllipsis(const std::vector<CuedNumber>& pairs)
    {
        if ((pairs.empty() && !m_denied) || m_topics.empty())
            return;
        const TopicItem& last = m_topics.back();
        const bool open = std::none_of(pairs.begin(), pairs.end(),
                                       [&](const auto& p) { return p.number == last.item; });
        const bool is = last.item + 1 < m_last
            && m_scene.items[last.item + 1].means(Concept::Copula)
            && (last.item + 2 >= m_last || m_scene.items[last.item + 2].isBreak());
        if (open && is && !isCompared(last.item))
            store(last.topic, Importance::High, last.item, last.item + 1);
    }

    const Scene& m_scene;
    Draft& m_draft;
    std::size_t m_first;
    std::size_t m_last;
    std::vector<TopicItem> m_topics;
    std::vector<TopicItem> m_comparable; ///< topics, and words that state one with its level
    std::vector<std::size_t> m_compared;
    std::size_t m_balanced = none;
    bool m_denied = false; ///< "money is no object"
};

} // namespace

void readPriorities(const Reading& reading, Draft& draft)
{
    for (const auto& sentence : reading.scene.sentences)
        PriorityReader(reading, draft, sentence).run();
}

} // namespace llmd::intent

// SPDX-License-Identifier: Apache-2.0
#include "polarity.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace llmd::intent {

namespace {

/** Words that may stand between a negation and what it rules out. */
constexpr std::size_t reach = 5;

bool isName(const Item& item)
{
    return item.kind == Item::Kind::Gpu || item.kind == Item::Kind::Model
        || (item.kind == Item::Kind::Phrase
            && (!item.meaning->precisions.empty() || !item.meaning->aspects.empty()));
}

class PolarityReader
{
public:
    PolarityReader(const Scene& scene, std::vector<Polarity>& result)
        : m_scene(scene)
        , m_items(scene.items)
        , m_result(result)
        , m_firm(result.size(), false)
    { }

    void run(std::size_t first, std::size_t last)
    {
        m_first = first;
        m_last = last;
        m_open = false;
        for (std::size_t i = first; i < last; ++i)
            step(i);
        readVerdicts();
    }

private:
    [[nodiscard]] const Item* item(std::size_t i) const
    {
        return i >= m_first && i < m_last ? &m_items[i] : nullptr;
    }

    void open(Polarity kind)
    {
        m_open = true;
        m_kind = kind;
        m_isFirm = false;
        m_listed = false;
        m_joined = false;
        m_distance = 0;
    }

    void step(std::size_t i)
    {
        const Item& self = m_items[i];
        if (self.kind == Item::Kind::Phrase && opens(i, self))
            return;
        if (!m_open)
            return;
        if (m_kind == Polarity::Mentioned && isReplacement(self)) {
            m_open = false;
            return;
        }
        if (isName(self)) {
            if (m_listed && ((!m_joined && !follows(i)) || correctsItself(i))) {
                m_open = false;
                return;
            }
            m_result[i] = m_kind;
            m_firm[i] = m_isFirm;
            m_listed = true;
            m_joined = false;
            return;
        }
        if (closes(self)) {
            m_open = false;
            return;
        }
        if (self.kind == Item::Kind::Comma || self.means(Concept::And) || self.means(Concept::Or)) {
            m_open = m_listed || self.kind != Item::Kind::Comma;
            m_joined = true;
            return;
        }
        if (self.means(Concept::Determiner) || self.means(Concept::Gpus))
            return;
        if (m_listed || ++m_distance > reach)
            m_open = false;
    }

    /** "replace it with Llama", "migrate from X to Y": what follows is what is wanted. */
    [[nodiscard]] bool isReplacement(const Item& self) const
    {
        static constexpr std::array<std::string_view, 5> words { "with", "by", "to", "durch",
                                                                 "zu" };
        return std::find(words.begin(), words.end(), m_scene.tokens[self.first].text)
            != words.end();
    }

    /** Names that touch: "AMD MI300X", "A100 80GB". */
    [[nodiscard]] bool follows(std::size_t i) const
    {
        return i > m_first && isName(m_items[i - 1]);
    }

    /** "not a chatbot, a translator": the article begins what is meant instead. */
    [[nodiscard]] bool correctsItself(std::size_t i) const
    {
        if (!m_plainNot || i < m_first + 2 || m_items[i - 2].kind != Item::Kind::Comma)
            return false;
        const std::string& article = m_scene.tokens[m_items[i - 1].first].text;
        return article == "a" || article == "an" || article == "the" || article == "but"
            || article == "ein" || article == "eine";
    }

    bool opens(std::size_t i, const Item& self)
    {
        if (self.means(Concept::OnlyThis)) {
            m_open = false;
            return true;
        }
        if (self.means(Concept::Except) || self.means(Concept::Instead)) {
            open(Polarity::Refused);
            m_isFirm = self.means(Concept::Except);
            return true;
        }
        if (self.means(Concept::Replaced)) {
            open(Polarity::Mentioned);
            return true;
        }
        if (self.means(Concept::Not)) {
            // "no, code completion" answers; it does not rule out.
            const Item* next = item(i + 1);
            const bool answer = self.means(Concept::Correction) && next && next->isBreak();
            if (!answer && !m_scene.tokens[self.first].text.empty())
                open(Polarity::Refused);
            const std::string& word = m_scene.tokens[self.first].text;
            m_plainNot = self.last == self.first + 1
                && (word == "not" || word == "isnt" || word == "kein" || word == "keine");
            return true;
        }
        return false;
    }

    [[nodiscard]] bool closes(const Item& self) const
    {
        if (self.kind == Item::Kind::Stop || self.means(Concept::Contrast))
            return true;
        return (m_listed || m_joined) && self.means(Concept::Include);
    }

    /** What is said after a name: "A100 is too expensive", "L4 is fine", "NVIDIA only", "A100 no". */
    void readVerdicts()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            if (!isName(m_items[i]))
                continue;
            std::size_t at = i + 1;
            for (int steps = 0; steps < 4; ++steps, ++at) {
                const Item* next = item(at);
                if (!next)
                    break;
                if (next->means(Concept::Refused) && isVerdict(at)) {
                    refuseList(i);
                    break;
                }
                if ((next->means(Concept::Accepted) && !m_firm[i])
                    || (next->means(Concept::OnlyThis) && at == i + 1 && !nameFollows(at))) {
                    m_result[i] = Polarity::Wanted;
                    break;
                }
                const bool passes = (next->means(Concept::Copula) || next->means(Concept::Gpus)
                                     || next->means(Concept::Determiner))
                    && !next->means(Concept::Include);
                if (!passes && !(next->kind == Item::Kind::Phrase && next->used))
                    break;
            }
            if (endsWithNo(i) || isRefusedAsWell(i))
                m_result[i] = Polarity::Refused;
        }
    }

    /** "L4 is too slow, A10G as well." */
    [[nodiscard]] bool isRefusedAsWell(std::size_t i) const
    {
        const Item* also = item(i + 1);
        const Item* after = item(i + 2);
        const bool ends = also && (!after || after->isBreak());
        if (!ends || also->isBreak())
            return false;
        const std::string& text = m_scene.tokens[also->first].text;
        if (!also->means(Concept::Also) && text != "likewise" && text != "auch")
            return false;
        for (std::size_t at = i; at-- > m_first;) {
            if (isName(m_items[at]))
                return m_result[at] == Polarity::Refused;
        }
        return false;
    }

    [[nodiscard]] bool nameFollows(std::size_t at) const
    {
        const Item* next = item(at + 1);
        return next && isName(*next);
    }

    /** "is not" is a verdict only where nothing follows it. */
    [[nodiscard]] bool isVerdict(std::size_t at) const
    {
        if (!m_items[at].means(Concept::Not))
            return true;
        const Item* next = item(at + 1);
        return !next || next->isBreak();
    }

    [[nodiscard]] bool endsWithNo(std::size_t i) const
    {
        const Item* no = item(i + 1);
        const Item* after = item(i + 2);
        return no && no->means(Concept::Not) && no->means(Concept::Correction)
            && no->last == no->first + 1 && (!after || after->isBreak());
    }

    /** The name and those that are joined with it: "A100 and A30 are excluded". */
    void refuseList(std::size_t i)
    {
        m_result[i] = Polarity::Refused;
        std::size_t at = i;
        while (at >= m_first + 2) {
            const Item& joint = m_items[at - 1];
            const bool joins = joint.means(Concept::And) || joint.means(Concept::Or)
                || joint.kind == Item::Kind::Comma;
            if (!joins || !isName(m_items[at - 2]))
                break;
            at -= 2;
            m_result[at] = Polarity::Refused;
        }
    }

    const Scene& m_scene;
    const std::vector<Item>& m_items;
    std::vector<Polarity>& m_result;
    std::size_t m_first = 0;
    std::size_t m_last = 0;
    bool m_open = false;
    Polarity m_kind = Polarity::Refused;
    bool m_listed = false; ///< a name was ruled out
    bool m_joined = false; ///< a comma or "and" came after it
    std::size_t m_distance = 0;
    bool m_plainNot = false; ///< opened by "not", which may correct rather than list
    bool m_isFirm = false; ///< opened by "except": "all but A100 are fine" accepts the others
    std::vector<bool> m_firm;
};

} // namespace

std::vector<Polarity> readPolarity(const Scene& scene)
{
    std::vector<Polarity> result(scene.items.size(), Polarity::Wanted);
    PolarityReader reader(scene, result);
    for (const auto& [first, last] : scene.sentences)
        reader.run(first, last);
    return result;
}

} // namespace llmd::intent

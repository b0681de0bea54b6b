// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>

namespace llmd::intent {

namespace {

constexpr double farthest = 9;
constexpr double mostTokens = 2e7; // more are a corpus, not a request

class LengthReader
{
public:
    LengthReader(const Scene& scene, Draft& draft, std::pair<std::size_t, std::size_t> sentence)
        : m_scene(scene)
        , m_draft(draft)
        , m_first(sentence.first)
        , m_last(sentence.second)
    { }

    void run()
    {
        if (readPair())
            return;
        collect();
        auto numbers = m_tokens;
        numbers.insert(numbers.end(), m_bare.begin(), m_bare.end());
        std::sort(numbers.begin(), numbers.end());
        std::vector<std::size_t> left = m_tokens;
        for (const CuedNumber& pair : pairCues(m_scene, numbers, m_cues, farthest)) {
            const bool bare = m_scene.items[pair.number].quantity.unit == Unit::None;
            if (bare && !isBeside(m_scene, pair.number, pair.cue) && !isAside(pair))
                continue;
            if (bare && !isLength(pair))
                continue;
            state(pair.number, pair.cue);
            std::erase(left, pair.number);
        }
        readSecondContext();
        for (const std::size_t number : left) {
            if (isOfEachRequest(number)) {
                store(field::prompt, countOf(m_scene.items[number].quantity), number, number);
                continue;
            }
            m_draft.ask(field::someTokens,
                        "Are these the tokens of the prompt, of the output, or of both?",
                        { std::string(field::prompt), std::string(field::output),
                          std::string(field::context) },
                        number);
        }
    }

private:
    [[nodiscard]] bool isUsable(const Quantity& quantity) const
    {
        return !quantity.identifier && !quantity.vague && quantity.high >= 1
            && quantity.high <= mostTokens;
    }

    /** A bare number is a length only beside a word that means nothing else. */
    [[nodiscard]] bool isLength(const CuedNumber& pair) const
    {
        const Item& cue = m_scene.items[pair.cue];
        const Quantity& quantity = m_scene.items[pair.number].quantity;
        const bool firm = !cue.means(Concept::WorkItems)
            && (!cue.means(Concept::Requests) || pair.cue < pair.number);
        return firm && (quantity.suffixed || quantity.high >= 16);
    }

    /** "long context, 256k" */
    [[nodiscard]] bool isAside(const CuedNumber& pair) const
    {
        const std::size_t next = pair.number + 1;
        return m_scene.items[pair.cue].means(Concept::Context) && pair.cue + 2 == pair.number
            && m_scene.items[pair.cue + 1].kind == Item::Kind::Comma
            && m_scene.items[pair.number].quantity.suffixed
            && (next >= m_last || m_scene.items[next].isBreak());
    }

    /** "2,000 claims per day, 6k tokens each": what comes in, of the work that was counted. */
    [[nodiscard]] bool isOfEachRequest(std::size_t number) const
    {
        bool each = false;
        for (std::size_t at = number + 1; at < std::min(number + 3, m_last); ++at)
            each = each || m_scene.items[at].means(Concept::Each);
        for (std::size_t back = 1; back <= 2 && number >= m_first + back; ++back)
            each = each || m_scene.items[number - back].means(Concept::Each);
        if (!each)
            return false;
        for (std::size_t at = m_first; at < number; ++at) {
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Number
                && (item.quantity.unit == Unit::Rate || item.quantity.unit == Unit::WorkItems
                    || item.quantity.unit == Unit::Requests))
                return true;
        }
        return false;
    }

    /** "has 128k context but we only need 16k". */
    void readSecondContext()
    {
        if (!m_draft.statedHere(field::context))
            return;
        bool contrast = false;
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            contrast = contrast || item.means(Concept::Contrast);
            const bool bare = item.kind == Item::Kind::Number && isUsable(item.quantity)
                && item.quantity.unit == Unit::None && item.quantity.suffixed;
            const bool ends = i + 1 >= m_last || m_scene.items[i + 1].isBreak();
            if (contrast && bare && ends && i > m_first
                && m_scene.items[i - 1].means(Concept::Include)) {
                store(field::context, item.quantity.high, i, i);
                return;
            }
        }
    }

    void collect()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            if (item.kind == Item::Kind::Number && isUsable(item.quantity)) {
                if (item.quantity.unit == Unit::Tokens)
                    m_tokens.push_back(i);
                else if (item.quantity.unit == Unit::None)
                    m_bare.push_back(i);
            }
            for (const Concept cue : { Concept::Prompt, Concept::Output, Concept::Context }) {
                if (item.means(cue)) {
                    m_cues.push_back({ i, cue, 0 });
                    break;
                }
            }
            if (item.means(Concept::WeakContext))
                m_cues.push_back({ i, Concept::Context, 1 });
            if (isPreposition(i))
                m_cues.push_back({ i, Concept::Prompt, 0 });
        }
    }

    /** "4k in, 500 out": a preposition that nothing follows is none. */
    [[nodiscard]] bool isPreposition(std::size_t i) const
    {
        const std::string& text = m_scene.tokens[m_scene.items[i].first].text;
        if (text != "in" && text != "out" && text != "rein" && text != "raus")
            return false;
        // "4k in 500 out": the number after it has a word of its own.
        const bool pair = i + 2 < m_last && m_scene.items[i + 1].kind == Item::Kind::Number
            && (m_scene.tokens[m_scene.items[i + 2].first].is("out")
                || m_scene.tokens[m_scene.items[i + 2].first].is("raus")
                || m_scene.items[i + 2].used);
        const bool last = pair || i + 1 >= m_last || m_scene.items[i + 1].isBreak()
            || m_scene.items[i + 1].means(Concept::And) || m_scene.items[i + 1].means(Concept::Or)
            || m_scene.items[i + 1].means(Concept::Per);
        const bool number = i > m_first
            && (m_scene.items[i - 1].kind == Item::Kind::Number || m_scene.items[i - 1].used);
        return number && (last || text == "out" || text == "raus");
    }

    /** "2048/512 tokens in/out". */
    bool readPair()
    {
        std::size_t cue = none;
        for (std::size_t i = m_first; i < m_last; ++i) {
            if (m_scene.items[i].means(Concept::InOut))
                cue = i;
        }
        if (cue == none)
            return false;
        for (std::size_t i = m_first; i + 2 < m_last; ++i) {
            const Item& a = m_scene.items[i];
            const Item& b = m_scene.items[i + 2];
            if (a.kind != Item::Kind::Number || b.kind != Item::Kind::Number
                || !m_scene.tokens[m_scene.items[i + 1].first].is("/") || !isUsable(a.quantity)
                || !isUsable(b.quantity))
                continue;
            store(field::prompt, countOf(a.quantity), i, cue);
            store(field::output, countOf(b.quantity), i + 2, cue);
            return true;
        }
        return false;
    }

    [[nodiscard]] static double countOf(const Quantity& quantity)
    {
        if (quantity.grouped)
            return *quantity.grouped;
        // The length that is asked for is a mean.
        return quantity.isRange() ? (quantity.low + quantity.high) / 2 : quantity.high;
    }

    void state(std::size_t number, std::size_t cue)
    {
        const Item& item = m_scene.items[cue];
        const Quantity& quantity = m_scene.items[number].quantity;
        const std::string& text = m_scene.tokens[item.first].text;
        const bool output = item.means(Concept::Output) || text == "out" || text == "raus";
        const bool context = item.means(Concept::Context)
            || (item.means(Concept::WeakContext) && !item.means(Concept::Prompt));
        if (context)
            store(field::context, quantity.grouped.value_or(quantity.high), number, cue);
        else
            store(output ? field::output : field::prompt, countOf(quantity), number, cue);
    }

    void store(std::string_view name, double value, std::size_t number, std::size_t cue)
    {
        auto& stated = name == field::prompt ? m_draft.intent.promptTokens
            : name == field::output          ? m_draft.intent.outputTokens
                                             : m_draft.intent.contextTokens;
        stated = value;
        m_draft.note(name, std::min(number, cue), std::max(number, cue));
        m_draft.forgetQuestions(field::someTokens);
    }

    const Scene& m_scene;
    Draft& m_draft;
    std::size_t m_first;
    std::size_t m_last;
    std::vector<std::size_t> m_tokens;
    std::vector<std::size_t> m_bare;
    std::vector<Cue> m_cues;
};

} // namespace

void readLengths(const Reading& reading, Draft& draft)
{
    for (const auto& sentence : reading.scene.sentences)
        LengthReader(reading.scene, draft, sentence).run();
}

} // namespace llmd::intent

// SPDX-License-Identifier: Apache-2.0
#include "modulepattern.h"

#include <string>

namespace llmd::hf {

namespace {

constexpr std::size_t longestPattern = 512;
constexpr int deepestGroup = 16;

std::bitset<256> characterRange(unsigned char from, unsigned char to)
{
    std::bitset<256> set;
    for (int c = from; c <= to; ++c)
        set.set(static_cast<std::size_t>(c));
    return set;
}

std::bitset<256> single(char c)
{
    return characterRange(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
}

std::optional<std::bitset<256>> escaped(char c)
{
    const auto digits = characterRange('0', '9');
    const auto words = digits | characterRange('a', 'z') | characterRange('A', 'Z') | single('_');
    switch (c) {
    case 'd':
        return digits;
    case 'D':
        return ~digits;
    case 'w':
        return words;
    case 'W':
        return ~words;
    default:
        break;
    }
    // Other letters mean anchors, references and the like.
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return std::nullopt;
    return single(c);
}

} // namespace

/** Builds the automaton from back to front: every part is compiled with the state that follows it. */
class PatternCompiler
{
public:
    PatternCompiler(std::string_view expression, ModulePattern& pattern)
        : m_text(expression)
        , m_pattern(pattern)
    { }

    bool compile()
    {
        const auto fragment = alternatives(0);
        if (!fragment || m_position != m_text.size())
            return false;
        const int match = add({ ModulePattern::Kind::Match, -1, -1, -1 });
        connect(*fragment, match);
        m_pattern.m_start = fragment->start;
        return true;
    }

private:
    using State = ModulePattern::State;
    /** A piece with one entry; its exit is a Split state whose `next` is still open. */
    struct Fragment
    {
        int start = -1;
        int exit = -1;
    };

    int add(State state)
    {
        m_pattern.m_states.push_back(state);
        return static_cast<int>(m_pattern.m_states.size()) - 1;
    }
    State& at(int index) { return m_pattern.m_states[static_cast<std::size_t>(index)]; }
    int addOpen() { return add({ ModulePattern::Kind::Split, -1, -1, -1 }); }
    void connect(const Fragment& fragment, int target) { at(fragment.exit).next = target; }
    [[nodiscard]] bool atEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] char peek() const { return m_text[m_position]; }

    Fragment characters(const std::bitset<256>& set)
    {
        m_pattern.m_sets.push_back(set);
        const int exit = addOpen();
        return { add({ ModulePattern::Kind::Set, static_cast<int>(m_pattern.m_sets.size()) - 1,
                       exit, -1 }),
                 exit };
    }

    std::optional<Fragment> alternatives(int depth)
    {
        if (depth > deepestGroup)
            return std::nullopt;
        auto result = sequence(depth);
        while (result && !atEnd() && peek() == '|') {
            ++m_position;
            const auto right = sequence(depth);
            if (!right)
                return std::nullopt;
            const int exit = addOpen();
            connect(*result, exit);
            connect(*right, exit);
            result =
                Fragment { add({ ModulePattern::Kind::Split, -1, result->start, right->start }),
                           exit };
        }
        return result;
    }

    std::optional<Fragment> sequence(int depth)
    {
        const int empty = addOpen();
        Fragment result { empty, empty };
        while (!atEnd() && peek() != '|' && peek() != ')') {
            const auto part = repeated(depth);
            if (!part)
                return std::nullopt;
            connect(result, part->start);
            result.exit = part->exit;
        }
        return result;
    }

    std::optional<Fragment> repeated(int depth)
    {
        const auto part = atom(depth);
        if (!part || atEnd())
            return part;
        const char sign = peek();
        if (sign == '{')
            return std::nullopt;
        if (sign != '*' && sign != '+' && sign != '?')
            return part;
        ++m_position;
        if (!atEnd() && peek() == '?') // lazy: the same set of matches
            ++m_position;
        const int exit = addOpen();
        const int loop = add({ ModulePattern::Kind::Split, -1, part->start, exit });
        connect(*part, sign == '?' ? exit : loop);
        return Fragment { sign == '+' ? part->start : loop, exit };
    }

    std::optional<Fragment> atom(int depth)
    {
        const char c = m_text[m_position++];
        switch (c) {
        case '.':
            return characters(~std::bitset<256>());
        case '^': {
            const int open = addOpen();
            // Only useful at the start, where matching begins anyway.
            return m_position == 1 ? std::optional(Fragment { open, open }) : std::nullopt;
        }
        case '$': {
            const int exit = addOpen();
            return Fragment { add({ ModulePattern::Kind::End, -1, exit, -1 }), exit };
        }
        case '[':
            return characterClass();
        case '(':
            return group(depth);
        case '\\': {
            if (atEnd())
                return std::nullopt;
            const auto set = escaped(m_text[m_position++]);
            return set ? std::optional(characters(*set)) : std::nullopt;
        }
        case '*':
        case '+':
        case '?':
        case '{':
            return std::nullopt;
        default:
            return characters(single(c));
        }
    }

    std::optional<Fragment> group(int depth)
    {
        if (m_text.substr(m_position).starts_with("?:"))
            m_position += 2;
        else if (!atEnd() && peek() == '?')
            return std::nullopt; // look-ahead and named groups
        const auto inner = alternatives(depth + 1);
        if (!inner || atEnd() || peek() != ')')
            return std::nullopt;
        ++m_position;
        return inner;
    }

    std::optional<Fragment> characterClass()
    {
        std::bitset<256> set;
        const bool negated = !atEnd() && peek() == '^';
        if (negated)
            ++m_position;
        bool first = true;
        while (!atEnd() && (first || peek() != ']')) {
            first = false;
            const char c = m_text[m_position++];
            if (c == '\\') {
                if (atEnd())
                    return std::nullopt;
                const auto inner = escaped(m_text[m_position++]);
                if (!inner)
                    return std::nullopt;
                set |= *inner;
            } else if (m_position + 1 < m_text.size() && peek() == '-'
                       && m_text[m_position + 1] != ']') {
                set |= characterRange(static_cast<unsigned char>(c),
                                      static_cast<unsigned char>(m_text[m_position + 1]));
                m_position += 2;
            } else {
                set |= single(c);
            }
        }
        if (atEnd())
            return std::nullopt;
        ++m_position;
        return characters(negated ? ~set : set);
    }

    std::string_view m_text;
    std::size_t m_position = 0;
    ModulePattern& m_pattern;
};

std::optional<ModulePattern> ModulePattern::fromRegex(std::string_view expression)
{
    ModulePattern pattern;
    if (expression.size() > longestPattern || !PatternCompiler(expression, pattern).compile())
        return std::nullopt;
    return pattern;
}

std::optional<ModulePattern> ModulePattern::fromGlob(std::string_view pattern)
{
    std::string expression;
    for (const char c : pattern) {
        if (c == '*')
            expression += ".*";
        else if (c == '?')
            expression += '.';
        else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            expression += c;
        else
            expression += std::string("\\") + c;
    }
    return fromRegex(expression);
}

void ModulePattern::follow(int state, bool atEnd, std::vector<int>& active,
                           std::vector<char>& seen) const
{
    std::vector<int> open { state };
    while (!open.empty()) {
        const int index = open.back();
        open.pop_back();
        if (index < 0 || seen[static_cast<std::size_t>(index)])
            continue;
        seen[static_cast<std::size_t>(index)] = 1;
        const State& current = m_states[static_cast<std::size_t>(index)];
        if (current.kind == Kind::Split) {
            open.push_back(current.next);
            open.push_back(current.other);
        } else if (current.kind == Kind::End) {
            if (atEnd)
                open.push_back(current.next);
        } else {
            active.push_back(index);
        }
    }
}

template <class Accept> bool ModulePattern::run(std::string_view name, Accept accept) const
{
    std::vector<int> active;
    std::vector<int> following;
    std::vector<char> seen(m_states.size());
    follow(m_start, name.empty(), active, seen);
    for (std::size_t i = 0;; ++i) {
        for (const int index : active) {
            if (m_states[static_cast<std::size_t>(index)].kind == Kind::Match && accept(i))
                return true;
        }
        if (i == name.size() || active.empty())
            return false;
        following.clear();
        seen.assign(seen.size(), 0);
        const auto c = static_cast<unsigned char>(name[i]);
        for (const int index : active) {
            const State& state = m_states[static_cast<std::size_t>(index)];
            if (state.kind == Kind::Set && m_sets[static_cast<std::size_t>(state.set)].test(c))
                follow(state.next, i + 1 == name.size(), following, seen);
        }
        active.swap(following);
    }
}

bool ModulePattern::matchesStart(std::string_view name) const
{
    return run(name, [](std::size_t) { return true; });
}

bool ModulePattern::matchesModule(std::string_view name) const
{
    return run(name, [&](std::size_t end) { return end == name.size() || name[end] == '.'; });
}

} // namespace llmd::hf

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <optional>
#include <string_view>
#include <vector>

namespace llmd::hf {

/**
 * A pattern over the names of a model's modules, as quantisation configs use them: a Python regular expression
 * ("re:.*self_attn.*") or a shell pattern ("model.layers.*.self_attn"). Matches in time proportional to the length
 * of the name times that of the pattern, whatever the pattern is: it comes from files that we do not trust.
 */
class ModulePattern
{
public:
    /** Nullopt if the expression is malformed, very long or uses more than . [] () | * + ? and escapes. */
    [[nodiscard]] static std::optional<ModulePattern> fromRegex(std::string_view expression);
    /** Every text is a shell pattern; `*` and `?` are special. */
    [[nodiscard]] static std::optional<ModulePattern> fromGlob(std::string_view pattern);

    /** Python's `re.match`: from the start of the name, not necessarily to its end. */
    [[nodiscard]] bool matchesStart(std::string_view name) const;
    /** The whole name, or one of the modules that contain it. */
    [[nodiscard]] bool matchesModule(std::string_view name) const;

private:
    friend class PatternCompiler;
    enum class Kind { Set, Split, Match, End };
    struct State
    {
        Kind kind = Kind::Match;
        int set = -1;
        int next = -1;
        int other = -1;
    };
    void follow(int state, bool atEnd, std::vector<int>& active, std::vector<char>& seen) const;
    /** The lengths at which a match may end are given to `accept` until it says yes. */
    template <class Accept> bool run(std::string_view name, Accept accept) const;

    std::vector<State> m_states;
    std::vector<std::bitset<256>> m_sets;
    int m_start = -1;
};

} // namespace llmd::hf

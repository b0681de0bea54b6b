// SPDX-License-Identifier: Apache-2.0
#include "lexicon.h"

#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <algorithm>

namespace llmd::intent {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Concept::Count)> conceptNames {
    "millisecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
    "daily",
    "hourly",
    "weekly",
    "monthly",
    "yearly",
    "tokens",
    "people",
    "requests",
    "work_items",
    "gpus",
    "nodes",
    "memory_size",
    "percent",
    "other_unit",
    "replicas",
    "measure",
    "per_second",
    "per_minute",
    "tokens_per_second",
    "dollars",
    "other_money",
    "per",
    "each",
    "at_most",
    "at_least",
    "approximately",
    "between",
    "range_to",
    "and",
    "or",
    "few",
    "half",
    "times",
    "more",
    "ttft",
    "itl",
    "end_to_end",
    "weak_end_to_end",
    "latency",
    "prompt",
    "output",
    "in_out",
    "context",
    "weak_context",
    "user_count",
    "rate",
    "budget",
    "gpu_limit",
    "not_users",
    "not_money",
    "per_user",
    "per_gpu",
    "median",
    "mean",
    "percentile",
    "not_quantity",
    "batch",
    "peak",
    "training",
    "of_them",
    "not",
    "except",
    "contrast",
    "only",
    "refused",
    "accepted",
    "include",
    "instead",
    "replaced",
    "correction",
    "also",
    "determiner",
    "copula",
    "base",
    "hosting_node",
    "cost",
    "speed",
    "quality",
    "cost_high",
    "speed_high",
    "speed_low",
    "quality_high",
    "cost_low",
    "high",
    "medium",
    "low",
    "over",
    "first",
    "then",
    "balanced",
    "unquantized",
    "quantized",
};

constexpr std::size_t longestPhrase = 8;
constexpr std::size_t shortestPlural = 4;

template <class T> void addOnce(std::vector<T>& list, const T& item)
{
    if (std::find(list.begin(), list.end(), item) == list.end())
        list.push_back(item);
}

} // namespace

std::string_view toString(Language language)
{
    switch (language) {
    case Language::German:
        return "de";
    case Language::Chinese:
        return "zh";
    case Language::English:
        break;
    }
    return "en";
}

/** Fills a lexicon from the YAML files; the first thing that is wrong stops it. */
class LexiconReader
{
public:
    Result<Lexicon> run()
    {
        constexpr std::array<std::pair<const char*, Language>, 3> files {
            { { "intent/en.yaml", Language::English },
              { "intent/de.yaml", Language::German },
              { "intent/zh.yaml", Language::Chinese } }
        };
        for (const auto& [path, language] : files) {
            m_language = language;
            if (auto read = readFile(path); !read)
                return tl::unexpected(read.error());
        }
        if (auto read = readTask(); !read)
            return tl::unexpected(read.error());
        return std::move(m_lexicon);
    }

private:
    Result<> readFile(const char* path)
    {
        const auto root = parseYaml(builtinResource(path), path);
        if (!root)
            return tl::unexpected(root.error());
        const YamlNode concepts = (*root)["concepts"];
        for (const std::string& name : concepts.keys()) {
            const auto at = std::find(conceptNames.begin(), conceptNames.end(), name);
            if (at == conceptNames.end())
                return unknown("concept", name, concepts);
            const auto meant = static_cast<Concept>(at - conceptNames.begin());
            auto read = phrases(concepts[name], [&](PhraseMeaning& m) {
                addOnce(m.concepts, meant);
                m.conceptSet.set(static_cast<std::size_t>(meant));
            });
            if (!read)
                return read;
        }
        const YamlNode aspects = (*root)["aspects"];
        for (const std::string& name : aspects.keys()) {
            const auto index = aspect(name);
            auto read =
                phrases(aspects[name], [&](PhraseMeaning& m) { addOnce(m.aspects, index); });
            if (!read)
                return read;
        }
        const YamlNode precisions = (*root)["precisions"];
        for (const std::string& name : precisions.keys()) {
            auto read =
                phrases(precisions[name], [&](PhraseMeaning& m) { addOnce(m.precisions, name); });
            if (!read)
                return read;
        }
        if (auto read = numbers((*root)["numbers"], false); !read)
            return read;
        return numbers((*root)["multipliers"], true);
    }

    /** Values by word, "twelve: 12". */
    Result<> numbers(const YamlNode& node, bool multiplier)
    {
        for (const std::string& word : node.keys()) {
            const auto value = node[word].asNumber();
            if (!value)
                return tl::unexpected(value.error());
            PhraseMeaning& meaning = meaningOf(word);
            if (multiplier)
                meaning.multiplier = *value;
            else
                meaning.number = *value;
        }
        return {};
    }

    /** The files that hold for all languages: rules of use cases, names of GPUs. */
    Result<> readTask()
    {
        const auto root = parseYaml(builtinResource("intent/task.yaml"), "intent/task.yaml");
        if (!root)
            return tl::unexpected(root.error());
        const YamlNode rules = (*root)["rules"];
        for (std::size_t i = 0; i < rules.size(); ++i) {
            UseCaseRule rule;
            const auto useCase = rules[i]["use_case"].asString();
            const auto weight = rules[i]["weight"].asNumber();
            if (!useCase)
                return tl::unexpected(useCase.error());
            if (!weight)
                return tl::unexpected(weight.error());
            rule.useCase = *useCase;
            rule.weight = *weight;
            for (const auto& [key, target] :
                 { std::pair { "all", &rule.all }, std::pair { "none", &rule.none } }) {
                const auto names = strings(rules[i][key]);
                if (!names)
                    return tl::unexpected(names.error());
                for (const std::string& name : *names)
                    target->push_back(aspect(name));
            }
            m_lexicon.m_rules.push_back(std::move(rule));
        }
        const YamlNode gpus = (*root)["gpu_names"];
        for (const std::string& name : gpus.keys()) {
            const auto known = gpus[name].asString();
            if (!known)
                return tl::unexpected(known.error());
            m_lexicon.m_gpuNames.emplace(name, *known);
        }
        for (const auto& [key, target] :
             { std::pair { "abbreviations", &m_lexicon.m_abbreviations },
               std::pair { "common_model_words", &m_lexicon.m_commonWords },
               std::pair { "other_model_families", &m_lexicon.m_otherFamilies },
               std::pair { "other_gpus", &m_lexicon.m_otherGpus },
               std::pair { "people_endings", &m_lexicon.m_peopleEndings },
               std::pair { "not_people", &m_lexicon.m_notPeople } }) {
            auto list = strings((*root)[key]);
            if (!list)
                return tl::unexpected(list.error());
            *target = std::move(*list);
        }
        return {};
    }

    static Result<std::vector<std::string>> strings(const YamlNode& node)
    {
        if (!node.exists())
            return std::vector<std::string> {};
        return node.asStrings();
    }

    static Result<> unknown(const char* what, const std::string& name, const YamlNode& where)
    {
        return tl::unexpected<Error>(Error { ErrorCode::InvalidArgument,
                                             std::string("unknown ") + what + " '" + name + "'",
                                             {},
                                             where.location() });
    }

    template <class Add> Result<> phrases(const YamlNode& node, Add add)
    {
        const auto list = node.asStrings();
        if (!list)
            return tl::unexpected(list.error());
        for (const std::string& phrase : *list)
            add(meaningOf(phrase));
        return {};
    }

    std::uint16_t aspect(const std::string& name)
    {
        auto& all = m_lexicon.m_aspects;
        addOnce(all, name);
        return static_cast<std::uint16_t>(std::find(all.begin(), all.end(), name) - all.begin());
    }

    PhraseMeaning& meaningOf(const std::string& phrase)
    {
        const bool prefix = phrase.ends_with('*');
        const auto tokens =
            tokenize(prefix ? std::string_view(phrase).substr(0, phrase.size() - 1) : phrase);
        std::uint32_t node = 0;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            node = step(node, tokens[i].text, prefix && i + 1 == tokens.size());
        auto& index = m_lexicon.m_nodes[node].meaning;
        if (index < 0) {
            index = static_cast<std::int32_t>(m_lexicon.m_meanings.size());
            m_lexicon.m_meanings.emplace_back();
            m_lexicon.m_meanings.back().language = m_language;
            m_lexicon.m_meanings.back().onlyIn = true;
        } else if (m_lexicon.m_meanings[static_cast<std::size_t>(index)].language != m_language) {
            m_lexicon.m_meanings[static_cast<std::size_t>(index)].onlyIn = false;
        }
        return m_lexicon.m_meanings[static_cast<std::size_t>(index)];
    }

    std::uint32_t step(std::uint32_t from, const std::string& text, bool prefix)
    {
        const auto fresh = static_cast<std::uint32_t>(m_lexicon.m_nodes.size());
        if (prefix) {
            auto& list = m_lexicon.m_nodes[from].prefixes;
            for (const auto& [known, node] : list) {
                if (known == text)
                    return node;
            }
            list.emplace_back(text, fresh);
        } else {
            auto& next = m_lexicon.m_nodes[from].next;
            if (const auto known = next.find(text); known != next.end())
                return known->second;
            next.emplace(text, fresh);
        }
        m_lexicon.m_nodes.emplace_back();
        return fresh;
    }

    Lexicon m_lexicon;
    Language m_language = Language::English;
};

Result<Lexicon> Lexicon::load()
{
    return LexiconReader().run();
}

std::int32_t Lexicon::follow(std::uint32_t node, const Token& token) const
{
    const Node& from = m_nodes[node];
    if (const auto exact = from.next.find(token.text); exact != from.next.end())
        return static_cast<std::int32_t>(exact->second);
    if (token.kind != Token::Kind::Word)
        return -1;
    if (token.text.size() >= shortestPlural && token.text.back() == 's') {
        const auto singular = from.next.find(token.text.substr(0, token.text.size() - 1));
        if (singular != from.next.end())
            return static_cast<std::int32_t>(singular->second);
    }
    std::int32_t best = -1;
    std::size_t longest = 0;
    for (const auto& [prefix, target] : from.prefixes) {
        if (prefix.size() > longest && token.text.starts_with(prefix)) {
            longest = prefix.size();
            best = static_cast<std::int32_t>(target);
        }
    }
    return best;
}

Lexicon::Match Lexicon::match(std::span<const Token> tokens, std::size_t at) const
{
    Match best;
    std::uint32_t node = 0;
    const std::size_t end = std::min(tokens.size(), at + longestPhrase);
    for (std::size_t i = at; i < end; ++i) {
        const std::int32_t next = follow(node, tokens[i]);
        if (next < 0)
            break;
        node = static_cast<std::uint32_t>(next);
        const std::int32_t meaning = m_nodes[node].meaning;
        if (meaning >= 0)
            best = { &m_meanings[static_cast<std::size_t>(meaning)], i - at + 1 };
    }
    return best;
}

bool Lexicon::namesPeople(std::string_view word) const
{
    constexpr std::size_t shortest = 6;
    return word.size() >= shortest
        && std::any_of(m_peopleEndings.begin(), m_peopleEndings.end(),
                       [&](const std::string& ending) { return word.ends_with(ending); })
        && std::find(m_notPeople.begin(), m_notPeople.end(), word) == m_notPeople.end();
}

bool Lexicon::isAbbreviation(const std::string& word) const
{
    return std::find(m_abbreviations.begin(), m_abbreviations.end(), word) != m_abbreviations.end();
}

} // namespace llmd::intent

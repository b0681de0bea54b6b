// SPDX-License-Identifier: Apache-2.0
#include "entities.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd::intent {

namespace {

using Kind = Token::Kind;
using Gap = Token::Gap;

constexpr std::size_t longestName = 20; // tokens of an id
constexpr double gibibyte = 1024.0 * 1024 * 1024;

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isFreeWord(std::string_view word)
{
    // What publishers add to a name and people leave out.
    constexpr std::array<std::string_view, 12> words { "instruct", "it",   "chat",   "hf",
                                                       "meta",     "v0.1", "v0.3",   "v01",
                                                       "c4ai",     "bf16", "nvidia", "moe" };
    return isOneOf(word, words);
}

bool isQuantizationWord(std::string_view word)
{
    constexpr std::array<std::string_view, 11> words { "fp8",  "nvfp4",     "awq",     "gptq",
                                                       "int4", "quantized", "dynamic", "w8",
                                                       "w4",   "int8",      "mxfp4" };
    return isOneOf(word, words);
}

bool isAlphabetic(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view nameOf(std::string_view id)
{
    const auto slash = id.find('/');
    return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

/** Letters and digits only: how ids are compared. */
std::string compact(std::span<const Token> tokens)
{
    std::string text;
    for (const Token& token : tokens) {
        if (token.kind != Kind::Symbol)
            text += token.text;
    }
    return text;
}

/** "h100" of "h100_sxm"; the whole id where the part before the underscore names no chip. */
std::string chipOf(const std::string& id)
{
    const auto at = id.find('_');
    const std::string head = id.substr(0, at);
    return head.find_first_of("0123456789") == std::string::npos ? id : head;
}

bool namesFormFactor(std::string_view name)
{
    return name.find("sxm") != std::string_view::npos || name.find("pcie") != std::string_view::npos
        || name.find("nvl") != std::string_view::npos;
}

/** Whether one name may end before `next`. "a100x" and "A100-X" are other things than an A100. */
bool endsBefore(std::span<const Token> tokens, std::size_t next)
{
    if (next >= tokens.size())
        return true;
    const Token& token = tokens[next];
    if (token.gap == Gap::Space || token.gap == Gap::Newline || token.kind == Kind::Han
        || token.kind == Kind::Symbol)
        return true;
    if (token.kind == Kind::Number)
        return token.gap == Gap::Hyphen;
    if (token.is("x"))
        return next + 1 < tokens.size() && tokens[next + 1].kind == Kind::Number;
    return token.gap == Gap::Hyphen && token.text.size() > 1;
}

} // namespace

Entities::Entities(std::shared_ptr<const Catalog> catalog, const Lexicon& lexicon)
    : m_catalog(std::move(catalog))
{
    addGpus();
    addGpuGroups();
    for (const auto& [text, known] : lexicon.gpuNames()) {
        const Gpu* gpu = m_catalog->findGpu(known);
        if (!gpu) {
            const auto tokens = tokenize(known);
            if (const GpuMention group = gpuAt(tokens, 0); group.group)
                addGpuName(text, { group.meant, group.family, true });
            continue;
        }
        const auto index = static_cast<std::size_t>(gpu - m_catalog->gpus.data());
        addGpuName(text, { { static_cast<std::uint16_t>(index) }, variants(index, text), false });
    }
    // What the catalog knows, perhaps from a file of the user, comes first.
    for (const std::string& name : lexicon.otherGpus())
        addGpuName(name, {});
    addModels();
    m_otherFamilies = lexicon.otherModelFamilies();
    for (const std::string& word : lexicon.commonModelWords()) {
        if (const auto head = m_heads.find(word); head != m_heads.end())
            head->second = false;
    }
}

std::vector<std::uint16_t> Entities::variants(std::size_t gpu, const std::string& name) const
{
    const auto self = static_cast<std::uint16_t>(gpu);
    const std::string lower = toLower(name);
    if (namesFormFactor(lower))
        return { self };
    const Gpu& known = m_catalog->gpus[gpu];
    const std::string chip = chipOf(known.id);
    const auto at = lower.find(chip);
    const bool memory = at != std::string::npos
        && lower.find_first_of("0123456789", at + chip.size()) != std::string::npos;
    std::vector<std::uint16_t> family;
    for (std::size_t i = 0; i < m_catalog->gpus.size(); ++i) {
        const Gpu& other = m_catalog->gpus[i];
        if (chipOf(other.id) == chip && (!memory || other.memory == known.memory))
            family.push_back(static_cast<std::uint16_t>(i));
    }
    return family;
}

void Entities::addGpuName(const std::string& text, GpuName name)
{
    const auto tokens = tokenize(text);
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto& next = m_gpuNodes[node].next;
        const auto known = next.find(tokens[i].text);
        const auto target =
            known != next.end() ? known->second : static_cast<std::uint32_t>(m_gpuNodes.size());
        if (known == next.end()) {
            next.emplace(tokens[i].text, target);
            m_gpuNodes.emplace_back();
        }
        // "80GB" may be written "80 GB", but an "a 100" is no A100.
        const bool unit =
            i > 0 && tokens[i - 1].kind == Kind::Number && tokens[i].text.starts_with('g');
        if (tokens[i].gap != Gap::None || unit)
            m_gpuNodes[target].blankBefore = true;
        node = target;
    }
    if (node == 0 || m_gpuNodes[node].name >= 0)
        return; // the first name wins: the catalog's own before the vendor's groups
    m_gpuNodes[node].name = static_cast<std::int32_t>(m_gpuNames.size());
    m_gpuNames.push_back(std::move(name));
}

void Entities::addGpus()
{
    for (std::size_t i = 0; i < m_catalog->gpus.size(); ++i) {
        const Gpu& gpu = m_catalog->gpus[i];
        const std::string vendor = std::string(toString(gpu.vendor)) + " ";
        std::vector<std::string> names = gpu.aliases;
        names.push_back(gpu.id);
        names.push_back(gpu.name);
        if (toLower(gpu.name).starts_with(toLower(vendor)))
            names.push_back(gpu.name.substr(vendor.size()));
        for (const std::string& name : names) {
            const GpuName meant { { static_cast<std::uint16_t>(i) }, variants(i, name), false };
            addGpuName(name, meant);
            addGpuName(vendor + name, meant);
        }
    }
}

void Entities::addGpuGroups()
{
    std::map<std::string, std::vector<std::uint16_t>> groups;
    for (std::size_t i = 0; i < m_catalog->gpus.size(); ++i) {
        const Gpu& gpu = m_catalog->gpus[i];
        const auto index = static_cast<std::uint16_t>(i);
        groups[toLower(toString(gpu.vendor))].push_back(index);
        const std::string architecture = toLower(gpu.architecture);
        const std::string word = architecture.substr(0, architecture.find(' '));
        // "Ada" and "Turing" are people; Gaudi and TPU are named by the chip.
        if (word == "hopper" || word == "ampere" || word == "blackwell" || word.starts_with("cdna"))
            groups[word].push_back(index);
        if (gpu.id.starts_with("tpu"))
            groups["tpu"].push_back(index);
        if (gpu.id.starts_with("gaudi"))
            groups["gaudi"].push_back(index);
    }
    groups.erase("google");
    for (const auto& [name, members] : groups)
        addGpuName(name, { members, members, true });
}

GpuMention Entities::gpuAt(std::span<const Token> tokens, std::size_t at) const
{
    if (at > 0 && tokens[at].gap == Gap::None && tokens[at - 1].kind == Kind::Number)
        return {};
    GpuMention best;
    std::uint32_t node = 0;
    const std::size_t end = std::min(tokens.size(), at + longestName);
    for (std::size_t i = at; i < end; ++i) {
        auto next = m_gpuNodes[node].next.find(tokens[i].text);
        // "A10Gs", "MI300Xs": the plural of a name that ends with a letter
        const bool manyOfLetter = next == m_gpuNodes[node].next.end() && i > at
            && tokens[i].gap == Gap::None && tokens[i].text.size() > 1
            && tokens[i].text.ends_with('s');
        if (manyOfLetter)
            next = m_gpuNodes[node].next.find(tokens[i].text.substr(0, tokens[i].text.size() - 1));
        if (next == m_gpuNodes[node].next.end())
            break;
        const bool blank = tokens[i].gap == Gap::Space || tokens[i].gap == Gap::Newline;
        if (i > at && blank && !m_gpuNodes[next->second].blankBefore)
            break;
        node = next->second;
        if (m_gpuNodes[node].name < 0)
            continue;
        const GpuName& name = m_gpuNames[static_cast<std::size_t>(m_gpuNodes[node].name)];
        std::size_t length = i - at + 1;
        const bool plural =
            i + 1 < tokens.size() && tokens[i + 1].is("s") && tokens[i + 1].gap == Gap::None;
        if (plural)
            ++length;
        if (endsBefore(tokens, at + length) || (plural && endsBefore(tokens, i + 1)))
            best = { length, name.meant, name.family, name.group };
        if (manyOfLetter)
            break;
    }
    if (best.length == 0 && tokens[at].text.size() > 3 && tokens[at].text.back() == 's') {
        // "TPUs": a plural of a name that is one word.
        const auto next =
            m_gpuNodes[0].next.find(tokens[at].text.substr(0, tokens[at].text.size() - 1));
        if (next != m_gpuNodes[0].next.end() && m_gpuNodes[next->second].name >= 0) {
            const auto& name = m_gpuNames[static_cast<std::size_t>(m_gpuNodes[next->second].name)];
            best = { 1, name.meant, name.family, name.group };
        }
    }
    return best;
}

GpuMention Entities::withMemory(const GpuMention& mention, double gigabytes) const
{
    GpuMention chosen = mention;
    chosen.family.clear();
    const auto fits = [&](std::uint16_t index) {
        return std::abs(m_catalog->gpus[index].memory.value() / gibibyte - gigabytes) < 1.5;
    };
    std::copy_if(mention.family.begin(), mention.family.end(), std::back_inserter(chosen.family),
                 fits);
    if (mention.group || chosen.family.empty())
        return mention;
    if (!std::all_of(mention.meant.begin(), mention.meant.end(), fits)) {
        // Of the variants with this memory the socketed one, as for a name without a form factor.
        auto socketed =
            std::find_if(chosen.family.begin(), chosen.family.end(), [&](std::uint16_t index) {
                return m_catalog->gpus[index].id.find("sxm") != std::string::npos;
            });
        chosen.meant = { socketed != chosen.family.end() ? *socketed : chosen.family.front() };
    }
    return chosen;
}

/** The word of a model name that begins here, "70b", "v3.1", "8x7b", and its number of tokens. */
std::pair<std::string, std::size_t> Entities::modelWord(std::span<const Token> tokens,
                                                        std::size_t at) const
{
    const auto text = [&](std::size_t i, bool glued) -> std::string_view {
        if (i >= tokens.size() || (glued && tokens[i].gap != Gap::None))
            return {};
        return tokens[i].text;
    };
    const Token& first = tokens[at];
    const bool numberNext = at + 1 < tokens.size() && tokens[at + 1].kind == Kind::Number
        && tokens[at + 1].gap == Gap::None;
    if (first.kind == Kind::Word) {
        constexpr std::array<std::string_view, 5> joined { "fp", "int", "nvfp", "mxfp", "bf" };
        if (!numberNext || (first.text.size() > 1 && !isOneOf(first.text, joined)))
            return { first.text == "distilled" ? "distill" : first.text, 1 };
        const std::string word = first.text + tokens[at + 1].text;
        const auto unit = text(at + 2, true);
        if (unit == "b" || unit == "m")
            return { word + std::string(unit), 3 };
        return { word, 2 };
    }
    if (first.kind != Kind::Number)
        return { {}, 0 };
    if (text(at + 1, true) == "x" && at + 3 < tokens.size() && text(at + 3, true) == "b")
        return { first.text + "x" + tokens[at + 2].text + "b", 4 };
    if (text(at + 1, false) == "b" || text(at + 1, false) == "billion"
        || text(at + 1, false) == "billions")
        return { first.text + "b", 2 };
    const auto unit = text(at + 1, true);
    if (unit == "e" || unit == "m")
        return { first.text + std::string(unit), 2 };
    return { first.text, 1 };
}

void Entities::addModels()
{
    const std::size_t blocks = m_catalog->models.size() / 64 + 1;
    for (std::size_t i = 0; i < m_catalog->models.size(); ++i) {
        const Model& model = m_catalog->models[i];
        const auto index = static_cast<std::uint16_t>(i);
        std::string name(nameOf(model.id));
        std::replace(name.begin(), name.end(), '_', '.');
        ModelName entry;
        for (const bool isId : { true, false }) {
            const auto tokens = tokenize(isId ? name : model.displayName);
            bool headKnown = false;
            for (std::size_t at = 0; at < tokens.size();) {
                const auto [word, length] = modelWord(tokens, at);
                at += std::max<std::size_t>(length, 1);
                if (length == 0)
                    continue;
                auto& set = m_modelsByWord[word];
                set.resize(blocks);
                set[i / 64] |= std::uint64_t { 1 } << (i % 64);
                if (isId) {
                    entry.words.push_back(word);
                    entry.quantized = entry.quantized || isQuantizationWord(word);
                }
                if (!headKnown && isAlphabetic(word) && word.size() > 1 && !isFreeWord(word)) {
                    m_heads.emplace(word, true);
                    headKnown = true;
                }
            }
        }
        m_models.push_back(std::move(entry));
        m_modelsByName.emplace(compact(tokenize(name)), index);
        m_modelsByName.emplace(compact(tokenize(model.id)), index);
    }
    m_heads.emplace("nemotron", true);
    for (const auto& [head, distinctive] : m_heads) {
        if (const auto set = m_modelsByWord.find(head); set != m_modelsByWord.end())
            m_families.emplace(head, resolve(set->second, { head }));
    }
}

/** The longest run of tokens that is a whole id or name of the catalog. */
ModelMention Entities::exactModel(std::span<const Token> tokens, std::size_t at) const
{
    ModelMention best;
    std::string text;
    const std::size_t end = std::min(tokens.size(), at + longestName);
    for (std::size_t i = at; i < end; ++i) {
        const Token& token = tokens[i];
        if (token.kind == Kind::Symbol) {
            if (!token.is("/") && !token.is(".") && !token.is(":"))
                break;
            continue;
        }
        if (token.kind == Kind::Han || token.gap == Gap::Newline)
            break;
        text += token.text;
        const auto known = m_modelsByName.find(text);
        if (known != m_modelsByName.end() && endsBefore(tokens, i + 1)
            && !(i + 1 < tokens.size() && tokens[i + 1].is("/")))
            best = { i - at + 1, { known->second }, { known->second }, false };
    }
    return best;
}

ModelMention Entities::modelAt(std::span<const Token> tokens, std::size_t at) const
{
    const bool glued = tokens[at].gap == Gap::None && at > 0 && tokens[at - 1].kind != Kind::Han
        && tokens[at - 1].kind != Kind::Symbol;
    if (glued || tokens[at].kind != Kind::Word)
        return {};
    ModelMention exact;
    const bool hasSlash = [&] {
        for (std::size_t i = at + 1; i < std::min(tokens.size(), at + 5); ++i) {
            if (tokens[i].gap == Gap::Space || tokens[i].gap == Gap::Newline)
                return false;
            if (tokens[i].is("/"))
                return true;
        }
        return false;
    }();
    const auto head = m_heads.find(tokens[at].text);
    if (head == m_heads.end() && !hasSlash)
        return unknownModelAt(tokens, at);
    exact = exactModel(tokens, at);
    if (head == m_heads.end())
        return exact.length > 0 ? exact : unknownModelAt(tokens, at);

    const auto known = m_modelsByWord.find(tokens[at].text);
    if (known == m_modelsByWord.end())
        return exact; // a head word that the catalog has no model of
    ModelSet candidates = known->second;
    std::vector<std::string> words { tokens[at].text };
    std::size_t end = at + 1;
    for (std::size_t next = end; next < tokens.size();) {
        std::size_t skip = 0;
        if ((tokens[next].is("/") || tokens[next].is(":") || tokens[next].is("("))
            && next + 1 < tokens.size())
            skip = 1;
        const auto [word, length] = modelWord(tokens, next + skip);
        const auto set = m_modelsByWord.find(word);
        if (length == 0 || set == m_modelsByWord.end() || isQuantizationWord(word))
            break;
        ModelSet narrowed = candidates;
        bool any = false;
        for (std::size_t i = 0; i < narrowed.size(); ++i) {
            narrowed[i] &= set->second[i];
            any = any || narrowed[i] != 0;
        }
        if (!any)
            break;
        candidates = std::move(narrowed);
        words.push_back(word);
        end = next + skip + length;
        if (tokens[next].is("(") && end < tokens.size() && tokens[end].is(")"))
            ++end;
        next = end;
    }
    // "Llama 3.1 70B" is the name of a pretrained model, but who says it means the tuned one.
    const bool pretrained = exact.length > 0 && exact.length == end - at && !hasSlash
        && m_catalog->models[exact.models.front()].baseCheckpoint
        && std::none_of(words.begin(), words.end(), [](const std::string& word) {
                                return word == "hf" || word == "v0.1" || word == "base";
                            });
    if (exact.length >= end - at && !pretrained)
        return exact;
    if (words.size() == 1 && !head->second)
        return exact;
    const auto family = m_families.find(words.front());
    ModelMention mention = words.size() == 1 && family != m_families.end()
        ? family->second
        : resolve(candidates, words);
    mention.length = end - at;
    mention.familyOnly = words.size() == 1;
    return mention;
}

/** "Falcon 180B", "tiiuae/falcon-40b-instruct": a family with a version or a size. */
ModelMention Entities::unknownModelAt(std::span<const Token> tokens, std::size_t at) const
{
    std::size_t name = at;
    if (at + 2 < tokens.size() && tokens[at + 1].is("/") && tokens[at + 1].gap == Gap::None
        && tokens[at + 2].gap == Gap::None)
        name = at + 2; // a publisher
    const auto& families = m_otherFamilies;
    if (std::find(families.begin(), families.end(), tokens[name].text) == families.end())
        return {};
    std::size_t end = name + 1;
    bool versioned = false;
    while (end < tokens.size() && end < at + longestName) {
        const bool glued = tokens[end].gap == Gap::None || tokens[end].gap == Gap::Hyphen;
        const bool size = tokens[end].kind == Kind::Word && tokens[end].is("b");
        const bool number = tokens[end].kind == Kind::Number;
        if (!(number || size || (glued && tokens[end].kind == Kind::Word)))
            break;
        versioned = versioned || number;
        ++end;
    }
    if (!versioned)
        return {};
    ModelMention mention;
    mention.length = end - at;
    mention.unknown = true;
    return mention;
}

/** The models with the fewest words more than were said; tuned ones before pretrained ones. */
ModelMention Entities::resolve(const ModelSet& candidates,
                               const std::vector<std::string>& words) const
{
    ModelMention mention;
    std::size_t fewest = longestName;
    const bool wantsBase = std::find(words.begin(), words.end(), "base") != words.end();
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        if ((candidates[i / 64] >> (i % 64) & 1) == 0)
            continue;
        const auto index = static_cast<std::uint16_t>(i);
        mention.all.push_back(index);
        if (m_models[i].quantized)
            continue;
        std::size_t extra = 0;
        for (const std::string& word : m_models[i].words) {
            const bool said = std::find(words.begin(), words.end(), word) != words.end();
            extra += !said && !isFreeWord(word) ? 1 : 0;
        }
        if (extra < fewest) {
            fewest = extra;
            mention.models.clear();
        }
        if (extra == fewest)
            mention.models.push_back(index);
    }
    auto& models = mention.models;
    const auto isBase = [&](std::uint16_t i) { return m_catalog->models[i].baseCheckpoint; };
    if (!wantsBase && !std::all_of(models.begin(), models.end(), isBase))
        models.erase(std::remove_if(models.begin(), models.end(), isBase), models.end());
    // The same name from two publishers is one model.
    for (std::size_t i = 0; i < models.size(); ++i) {
        for (std::size_t j = models.size(); j-- > i + 1;) {
            if (nameOf(m_catalog->models[models[j]].id) == nameOf(m_catalog->models[models[i]].id))
                models.erase(models.begin() + static_cast<std::ptrdiff_t>(j));
        }
    }
    return mention;
}

} // namespace llmd::intent

// SPDX-License-Identifier: Apache-2.0
#include "modelanswer.h"

#include "draft.h"
#include "intentfields.h"
#include "scene.h"

#include <core/base/text.h>
#include <core/catalog/qualityfile.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace llmd {

namespace {

namespace field = intent::field;
using Json = nlohmann::json;

constexpr std::size_t mostCitations = 200;
constexpr std::size_t longestCitation = 400; // bytes
constexpr std::size_t longestList = 64;
constexpr std::size_t mostDropped = 100;
constexpr int deepestAnswer = 12; // brackets within brackets

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/** Lower case and single blanks, with the byte that each character came from. */
struct Folded
{
    std::string text;
    std::vector<std::size_t> from;

    explicit Folded(std::string_view original)
    {
        const std::string lower = toLower(original);
        for (std::size_t i = 0; i < lower.size(); ++i) {
            const bool blank =
                lower[i] == ' ' || lower[i] == '\t' || lower[i] == '\n' || lower[i] == '\r';
            if (blank && (text.empty() || text.back() == ' '))
                continue;
            text += blank ? ' ' : lower[i];
            from.push_back(i);
        }
        from.push_back(lower.size());
        if (!text.empty() && text.back() == ' ') {
            text.pop_back();
            from.pop_back();
        }
    }
};

/** Where cited words stand in a message, as whole words; nothing if they do not. */
std::optional<std::pair<std::size_t, std::size_t>> placeOf(const Folded& words,
                                                           const Folded& message)
{
    if (words.text.empty())
        return std::nullopt;
    for (std::size_t at = message.text.find(words.text); at != std::string::npos;
         at = message.text.find(words.text, at + 1)) {
        const std::size_t end = at + words.text.size();
        const bool cutBefore =
            at > 0 && isWordCharacter(message.text[at - 1]) && isWordCharacter(words.text.front());
        const bool cutAfter = end < message.text.size() && isWordCharacter(message.text[end])
            && isWordCharacter(words.text.back());
        if (!cutBefore && !cutAfter)
            return std::pair { message.from[at], message.from[end - 1] + 1 };
    }
    return std::nullopt;
}

std::size_t charactersIn(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

bool isNumeric(std::string_view name)
{
    return name.ends_with("_ms") || name.ends_with("_tokens") || name.ends_with("_rps")
        || name == field::users || name == field::throughput || name == field::budget
        || name == field::maxGpus || name == field::inventory;
}

/** Fields whose number has to be the very one of the words; the others may be converted from another unit. */
std::optional<double> literalNumber(const Intent& intent, std::string_view name)
{
    if (name == field::users && intent.users)
        return intent.users->value;
    if (name == field::prompt)
        return intent.promptTokens;
    if (name == field::output)
        return intent.outputTokens;
    return name == field::context ? intent.contextTokens : std::nullopt;
}

class Reader
{
public:
    Reader(const std::vector<std::string>& messages, std::shared_ptr<const Catalog> catalog,
           intent::Knowledge knowledge)
        : m_messages(messages)
        , m_catalog(std::move(catalog))
        , m_knowledge(std::move(knowledge))
    {
        for (const std::string& message : messages)
            m_folded.emplace_back(message);
    }

    ModelReading run(const Json& answer)
    {
        readCitations(answer);
        for (const auto& [key, value] : answer.items()) {
            if (value.is_null() || key == "evidence" || key == "language" || key == "questions")
                continue;
            if (key == "priorities") {
                readPriorities(value);
                continue;
            }
            readField(key, value);
        }
        return std::move(m_reading);
    }

private:
    void drop(const std::string& name, std::string why)
    {
        if (m_reading.dropped.size() < mostDropped)
            m_reading.dropped.push_back({ Severity::Warning,
                                          ErrorCode::InvalidArgument,
                                          std::move(why),
                                          printableLine(name, 60),
                                          {} });
    }

    void readCitations(const Json& answer)
    {
        const auto list = answer.find("evidence");
        if (list == answer.end() || !list->is_array())
            return;
        std::size_t count = 0;
        for (const Json& each : *list) {
            if (!each.is_object() || ++count > mostCitations)
                continue;
            const auto name = each.find("field");
            const auto text = each.find("text");
            if (name == each.end() || text == each.end() || !name->is_string()
                || !text->is_string())
                continue;
            m_citations[name->get<std::string>()].push_back(text->get<std::string>());
        }
    }

    void readPriorities(const Json& value)
    {
        if (!value.is_object()) {
            drop("priorities", "is no object with cost, latency and quality");
            return;
        }
        for (const auto& [key, level] : value.items()) {
            if (!level.is_null())
                readField("priorities." + key, level);
        }
    }

    void readField(const std::string& name, const Json& value)
    {
        const auto names = intentFields();
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            drop(name, "is not a field of a need");
            return;
        }
        Intent one;
        if (const std::string why = parse(name, value, one); !why.empty()) {
            drop(name, why);
            return;
        }
        if (!states(one, name))
            return; // an empty list says nothing
        if (const std::string why = impossible(one); !why.empty()) {
            drop(name, why);
            return;
        }
        if (cite(name, one))
            takeField(name, one, m_reading.intent);
    }

    // Each of these returns why a value cannot be used, or an empty text.

    std::string parse(std::string_view name, const Json& value, Intent& one) const
    {
        if (name == field::useCase)
            return parseUseCase(value, one);
        if (name == field::users)
            return parseStated(value, one.users);
        if (name == field::rate)
            return parseStated(value, one.rate);
        if (name == field::ttft)
            return parseLatency(value, one.ttft);
        if (name == field::itl)
            return parseLatency(value, one.itl);
        if (name == field::e2e)
            return parseLatency(value, one.e2e);
        if (name == field::gpusIncluded)
            return parseGpus(value, one.gpusIncluded);
        if (name == field::gpusExcluded)
            return parseGpus(value, one.gpusExcluded);
        if (name == field::inventory)
            return parseInventory(value, one.inventory);
        if (name == field::modelsIncluded)
            return parseModels(value, one.modelsIncluded);
        if (name == field::modelsExcluded)
            return parseModels(value, one.modelsExcluded);
        if (name == field::quantization)
            return parseLabels(value, one.quantizations);
        if (name == field::quantizationExcluded)
            return parseLabels(value, one.quantizationsExcluded);
        if (name.starts_with("priorities."))
            return parseImportance(name, value, one);
        return parseNumberField(name, value, one);
    }

    static std::string parseNumberField(std::string_view name, const Json& value, Intent& one)
    {
        std::optional<double> number;
        if (const std::string why = parsePositive(value, number); !why.empty())
            return why;
        if (name == field::maxGpus) {
            if (*number > 1e6 || *number != std::floor(*number))
                return "is no whole number of GPUs";
            one.maxGpus = static_cast<int>(*number);
        } else if (name == field::peakRate) {
            one.peakRate = number;
        } else if (name == field::ratePerUser) {
            one.ratePerUser = number;
        } else if (name == field::prompt) {
            one.promptTokens = number;
        } else if (name == field::output) {
            one.outputTokens = number;
        } else if (name == field::context) {
            one.contextTokens = number;
        } else if (name == field::throughput) {
            one.throughput = number;
        } else if (name == field::budget) {
            one.budgetPerMonth = number;
        } else {
            return "is not a field of a need";
        }
        return {};
    }

    static std::string parsePositive(const Json& value, std::optional<double>& target)
    {
        if (!value.is_number())
            return "is no number";
        const auto number = value.get<double>();
        if (!std::isfinite(number) || number <= 0 || number > 1e12)
            return "is no possible number";
        target = number;
        return {};
    }

    std::string parseUseCase(const Json& value, Intent& one) const
    {
        if (!value.is_string())
            return "is no text";
        const auto useCase = m_catalog->useCase(value.get<std::string>());
        if (!useCase)
            return printableLine(useCase.error().detail, 200);
        one.useCase = (*useCase)->id;
        return {};
    }

    static std::string parseStated(const Json& value, std::optional<StatedNumber>& target)
    {
        StatedNumber stated;
        if (value.is_number()) {
            std::optional<double> number;
            if (const std::string why = parsePositive(value, number); !why.empty())
                return why;
            target = StatedNumber { number, number, *number };
            return {};
        }
        if (!value.is_object())
            return "is neither a number nor a range";
        std::optional<double> planned;
        for (const auto& [key, part] :
             { std::pair { "min", &stated.min }, std::pair { "max", &stated.max },
               std::pair { "value", &planned } }) {
            const auto found = value.find(key);
            if (found == value.end() || found->is_null())
                continue;
            if (const std::string why = parsePositive(*found, *part); !why.empty())
                return fmt::format("{} {}", key, why);
        }
        if (!planned)
            planned = stated.max ? stated.max : stated.min;
        if (!planned)
            return "has no value";
        stated.value = *planned;
        if (stated.min && stated.max && *stated.min > *stated.max)
            return "has a least value above the greatest";
        target = stated;
        return {};
    }

    static std::string parseLatency(const Json& value, std::optional<StatedLatency>& target)
    {
        const Json* limit = &value;
        StatedLatency stated;
        if (value.is_object()) {
            const auto max = value.find("max");
            if (max == value.end())
                return "has no limit";
            limit = &*max;
            const auto percentile = value.find("percentile");
            if (percentile != value.end() && !percentile->is_null()) {
                if (percentile->is_string() && *percentile == "mean")
                    stated.percentile = 0;
                else if (percentile->is_number() && percentile->get<double>() > 0
                         && percentile->get<double>() < 100)
                    stated.percentile = percentile->get<double>();
                else
                    return "has no possible percentile";
            }
        }
        std::optional<double> milliseconds;
        if (const std::string why = parsePositive(*limit, milliseconds); !why.empty())
            return why;
        stated.limit = Seconds(*milliseconds / 1000);
        target = stated;
        return {};
    }

    static std::string texts(const Json& value, std::vector<std::string>& list)
    {
        if (value.is_string()) {
            list.push_back(value.get<std::string>());
            return {};
        }
        if (!value.is_array() || value.size() > longestList)
            return "is no list of names";
        for (const Json& each : value) {
            if (!each.is_string())
                return "is no list of names";
            list.push_back(each.get<std::string>());
        }
        return {};
    }

    std::string parseGpus(const Json& value, std::vector<std::string>& target) const
    {
        std::vector<std::string> names;
        if (std::string why = texts(value, names); !why.empty())
            return why;
        for (const std::string& name : names) {
            const Gpu* gpu = m_catalog->findGpu(name);
            if (!gpu)
                return fmt::format("names the unknown GPU \"{}\"", printableLine(name, 60));
            target.push_back(gpu->id);
        }
        return {};
    }

    std::string parseInventory(const Json& value, std::vector<InventoryItem>& target) const
    {
        if (!value.is_array() || value.size() > longestList)
            return "is no list of GPUs";
        for (const Json& each : value) {
            if (!each.is_object() || !each.contains("gpu") || !each["gpu"].is_string())
                return "has an entry without a GPU";
            const auto name = each["gpu"].get<std::string>();
            const Gpu* gpu = m_catalog->findGpu(name);
            if (!gpu)
                return fmt::format("names the unknown GPU \"{}\"", printableLine(name, 60));
            const auto whole = [&](const char* key) -> int {
                const auto part = each.find(key);
                return part != each.end() && part->is_number_integer() && part->get<double>() >= 1
                        && part->get<double>() <= 1e6
                    ? part->get<int>()
                    : 0;
            };
            if (whole("count") < 1)
                return "has an entry without a number of GPUs";
            target.push_back({ gpu->id, whole("count"), whole("per_node") });
        }
        return {};
    }

    std::string parseModels(const Json& value, std::vector<std::string>& target) const
    {
        std::vector<std::string> names;
        if (std::string why = texts(value, names); !why.empty())
            return why;
        for (const std::string& name : names) {
            const auto match = matchModelName(name, *m_catalog);
            if (!match)
                return printableLine(match.error().detail, 200);
            target.push_back(match->model->id);
        }
        return {};
    }

    std::string parseLabels(const Json& value, std::vector<std::string>& target) const
    {
        std::vector<std::string> names;
        if (std::string why = texts(value, names); !why.empty())
            return why;
        for (const std::string& name : names) {
            const std::string label = toLower(trimmed(name));
            const bool known = label == "fp16"
                || std::any_of(m_catalog->models.begin(), m_catalog->models.end(),
                               [&](const Model& model) {
                                   return model.architecture.quantization.label() == label;
                               });
            if (!known)
                return fmt::format("names the unknown weights \"{}\"", printableLine(name, 60));
            target.push_back(label);
        }
        return {};
    }

    static std::string parseImportance(std::string_view name, const Json& value, Intent& one)
    {
        for (const auto level : { Importance::Low, Importance::Medium, Importance::High }) {
            if (!value.is_string() || value != toString(level))
                continue;
            (name == field::cost          ? one.cost
                 : name == field::latency ? one.latency
                                          : one.quality) = level;
            return {};
        }
        return "is neither low, medium nor high";
    }

    /** Why a plan could not have such a need. */
    std::string impossible(const Intent& one) const
    {
        Requirements otherwise; // a need has a load, which most fields do not state
        otherwise.users = 1;
        const Requirements need = applyIntent(one, *m_catalog, otherwise).requirements;
        for (const Issue& issue : checkRequirements(need, *m_catalog)) {
            if (issue.severity == Severity::Error)
                return printableLine(issue.text, 200);
        }
        return {};
    }

    /** Finds the words that the answer gives for a field; false, and dropped, if they are missing or made up. */
    bool cite(const std::string& name, Intent& one)
    {
        std::vector<std::string> cited = m_citations[name];
        if (cited.empty() && name.starts_with("priorities."))
            cited = m_citations["priorities"];
        if (cited.empty()) {
            drop(name, "cites no words of the text");
            return false;
        }
        std::string found;
        for (const std::string& words : cited) {
            if (words.size() <= longestCitation && addEvidence(name, words, one))
                found += words + " ";
        }
        if (found.empty()) {
            drop(name,
                 fmt::format("is invented: \"{}\" does not occur in the text",
                             printableLine(cited.front(), 80)));
            return false;
        }
        return !isNumeric(name) || hasNumber(name, found, one);
    }

    bool addEvidence(const std::string& name, const std::string& words, Intent& one) const
    {
        const Folded folded(words);
        for (std::size_t i = m_messages.size(); i-- > 0;) { // what was said last counts
            const auto place = placeOf(folded, m_folded[i]);
            if (!place)
                continue;
            const std::string_view message = m_messages[i];
            const auto [begin, end] = *place;
            const std::size_t first = charactersIn(message.substr(0, begin));
            const std::string_view text = message.substr(begin, end - begin);
            one.evidence.push_back(
                { name, std::string(text), i, begin, end, first, first + charactersIn(text) });
            return true;
        }
        return false;
    }

    bool hasNumber(const std::string& name, const std::string& words, const Intent& one)
    {
        const intent::Scene scene = intent::readScene(words, m_knowledge);
        const auto wanted = literalNumber(one, name);
        bool any = false;
        for (const intent::Item& item : scene.items) {
            if (item.kind != intent::Item::Kind::Number)
                continue;
            any = true;
            const auto& quantity = item.quantity;
            const auto is = [&](double value) {
                return std::abs(value - *wanted) <= 1e-6 * *wanted;
            };
            if (!wanted || quantity.vague || is(quantity.low) || is(quantity.high)
                || (quantity.grouped && is(*quantity.grouped)))
                return true;
        }
        const std::string cited = printableLine(trimmed(words), 80);
        drop(name,
             any ? fmt::format("is not the number of the words \"{}\"", cited)
                 : fmt::format("is invented: the words \"{}\" hold no number", cited));
        return false;
    }

    const std::vector<std::string>& m_messages;
    std::vector<Folded> m_folded;
    std::shared_ptr<const Catalog> m_catalog;
    intent::Knowledge m_knowledge;
    std::map<std::string, std::vector<std::string>> m_citations;
    ModelReading m_reading;
};

/** The end of the JSON object that begins at `begin`, or npos; counts brackets outside of strings. */
std::size_t endOfObject(std::string_view text, std::size_t begin)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"')
            inString = true;
        else if (c == '{' || c == '[') {
            if (++depth > deepestAnswer)
                return std::string_view::npos;
        } else if ((c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}

/** The first JSON object of a text: models wrap it into fences, prose or a chain of thought. */
std::optional<Json> firstObject(std::string_view text)
{
    constexpr std::string_view thoughtEnd = "</think>";
    if (const auto thought = text.rfind(thoughtEnd); thought != std::string_view::npos)
        text.remove_prefix(thought + thoughtEnd.size());
    constexpr int mostTries = 20;
    std::size_t at = text.find('{');
    for (int i = 0; i < mostTries && at != std::string_view::npos; ++i) {
        const std::size_t end = endOfObject(text, at);
        if (end != std::string_view::npos) {
            Json json = Json::parse(text.substr(at, end - at), nullptr, false);
            if (json.is_object())
                return json;
        }
        at = text.find('{', at + 1);
    }
    return std::nullopt;
}

template <class T> bool nearlyEqual(T a, T b)
{
    return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b));
}

bool sameLatency(const std::optional<StatedLatency>& a, const std::optional<StatedLatency>& b)
{
    return a && b && nearlyEqual(a->limit.value(), b->limit.value())
        && (!a->percentile || !b->percentile || *a->percentile == *b->percentile);
}

bool agree(const Intent& a, const Intent& b, std::string_view name)
{
    const auto sameNumber = [](const auto& x, const auto& y) {
        return x && y && nearlyEqual(x->value, y->value);
    };
    if (name == field::users)
        return sameNumber(a.users, b.users);
    if (name == field::rate)
        return sameNumber(a.rate, b.rate);
    if (name == field::ttft)
        return sameLatency(a.ttft, b.ttft);
    if (name == field::itl)
        return sameLatency(a.itl, b.itl);
    if (name == field::e2e)
        return sameLatency(a.e2e, b.e2e);
    return sayTheSame(a, b, name);
}

} // namespace

Result<ModelReading> readModelAnswer(std::string_view content,
                                     const std::vector<std::string>& messages,
                                     const std::shared_ptr<const Catalog>& catalog)
{
    const auto answer = firstObject(content);
    if (!answer)
        return failure(
            ErrorCode::Syntax,
            fmt::format("the language model answered without the JSON object that it was "
                        "asked for: \"{}\"",
                        printableLine(content, 120)));
    auto lexicon = intent::Lexicon::load();
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    intent::Entities entities(catalog, *lexicon);
    Reader reader(messages, catalog, { std::move(*lexicon), std::move(entities) });
    return reader.run(*answer);
}

std::vector<FieldComparison> compareReadings(const Intent& own, const Intent& model)
{
    std::vector<FieldComparison> comparisons;
    for (const std::string_view name : intentFields()) {
        if (!states(model, name))
            continue;
        const Agreement agreement = !states(own, name) ? Agreement::Proposed
            : agree(own, model, name)                  ? Agreement::Same
                                                       : Agreement::Different;
        comparisons.push_back({ std::string(name), agreement });
    }
    return comparisons;
}

} // namespace llmd

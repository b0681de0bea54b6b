// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>
#include <cmath>

namespace llmd::intent {

namespace {

constexpr std::size_t shortMessage = 7; ///< items; so short that a number alone is an answer

bool isOneOf(const std::string& name, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

class CorrectionReader
{
public:
    CorrectionReader(const Reading& reading, Draft& draft)
        : m_scene(reading.scene)
        , m_draft(draft)
    { }

    void run()
    {
        const auto candidates = m_draft.latestNumbers();
        if (candidates.empty() || m_scene.items.empty())
            return;
        const bool corrects =
            std::any_of(m_scene.items.begin(), m_scene.items.end(),
                        [](const Item& i) { return i.means(Concept::Correction); });
        if (!corrects && m_scene.items.size() > shortMessage)
            return;
        for (std::size_t i = m_scene.items.size(); i-- > 0;) {
            const Item& item = m_scene.items[i];
            if (item.kind == Item::Kind::Percentile)
                return correctPercentile(i, candidates);
            if (item.kind != Item::Kind::Number || item.quantity.identifier || item.quantity.vague)
                continue;
            correct(i, candidates);
            return;
        }
    }

private:
    /** "p95 instead". */
    void correctPercentile(std::size_t i, const std::vector<std::string>& candidates)
    {
        for (auto name = candidates.rbegin(); name != candidates.rend(); ++name) {
            auto* target = latency(*name);
            if (!target || m_draft.statedHere(*name))
                continue;
            (*target)->percentile = m_scene.items[i].percentile;
            m_draft.noteMore(*name, i, i);
            return;
        }
    }

    std::optional<StatedLatency>* latency(const std::string& name)
    {
        auto& intent = m_draft.intent;
        auto* target = name == field::ttft ? &intent.ttft
            : name == field::itl           ? &intent.itl
            : name == field::e2e           ? &intent.e2e
                                           : nullptr;
        return target && target->has_value() ? target : nullptr;
    }

    /** The fields of earlier messages that a number with this unit can replace. */
    [[nodiscard]] std::vector<std::string> fitting(const Quantity& quantity,
                                                   const std::vector<std::string>& candidates) const
    {
        std::vector<std::string> fits;
        for (const std::string& name : candidates) {
            bool fit = false;
            if (quantity.unit == Unit::Time)
                fit = isOneOf(name, { field::ttft, field::itl, field::e2e });
            else if (quantity.unit == Unit::Tokens)
                fit = isOneOf(name, { field::prompt, field::output, field::context });
            else if (quantity.unit == Unit::Money)
                fit = name == field::budget;
            else if (quantity.unit == Unit::None)
                fit = !isOneOf(name, { field::ttft, field::itl, field::e2e });
            if (fit && std::find(fits.begin(), fits.end(), name) == fits.end())
                fits.push_back(name);
        }
        return fits;
    }

    void correct(std::size_t i, const std::vector<std::string>& candidates)
    {
        const Quantity& quantity = m_scene.items[i].quantity;
        const auto fits = fitting(quantity, candidates);
        if (isTaken(i))
            return;
        if (fits.empty())
            return correctBareLatency(i, candidates);
        if (fits.size() > 1) {
            m_draft.ask("correction", "Which of these does the new number replace?", fits, i);
            return;
        }
        replace(fits.front(), i, quantity);
        for (const auto open : { field::someLatency, field::someTokens })
            m_draft.forgetQuestions(open);
    }

    /** "Make that 150" after a single latency: in the unit that is nearer to what was said before. */
    void correctBareLatency(std::size_t i, const std::vector<std::string>& candidates)
    {
        const Quantity& quantity = m_scene.items[i].quantity;
        std::vector<std::string> latencies;
        for (const std::string& name : candidates) {
            if (isOneOf(name, { field::ttft, field::itl, field::e2e })
                && std::find(latencies.begin(), latencies.end(), name) == latencies.end())
                latencies.push_back(name);
        }
        if (quantity.unit != Unit::None || latencies.size() != 1 || !(quantity.high > 0))
            return;
        auto* target = latency(latencies.front());
        if (!target)
            return;
        const double old = (*target)->limit.value();
        const auto away = [&](double seconds) { return std::abs(std::log(seconds / old)); };
        const double seconds =
            away(quantity.high) < away(quantity.high * 1e-3) ? quantity.high : quantity.high * 1e-3;
        (*target)->limit = Seconds(seconds);
        m_draft.noteMore(latencies.front(), i, i);
    }

    /** Whether a recogniser has understood this number. */
    [[nodiscard]] bool isTaken(std::size_t i) const
    {
        const std::size_t begin = m_scene.beginOf(i);
        return std::any_of(m_draft.intent.evidence.begin(), m_draft.intent.evidence.end(),
                           [&](const auto& e) {
                               return m_draft.statedHere(e.field) && e.begin <= begin
                                   && begin < e.end && e.message == message();
                           });
    }
    [[nodiscard]] std::size_t message() const
    {
        std::size_t latest = 0;
        for (const auto& e : m_draft.intent.evidence)
            latest = std::max(latest, e.message);
        return latest;
    }

    void replace(const std::string& name, std::size_t i, const Quantity& quantity)
    {
        auto& intent = m_draft.intent;
        const double value = quantity.high;
        if (auto* target = latency(name)) {
            (*target)->limit = Seconds(value * quantity.seconds);
            m_draft.noteMore(name, i, i + (i + 1 < m_scene.items.size() ? 1 : 0));
            return;
        }
        const StatedNumber number { quantity.low, value, value };
        if (name == field::users)
            intent.users = number;
        else if (name == field::rate && intent.rate)
            intent.rate = number;
        else if (name == field::prompt)
            intent.promptTokens = value;
        else if (name == field::output)
            intent.outputTokens = value;
        else if (name == field::context)
            intent.contextTokens = value;
        else if (name == field::budget)
            intent.budgetPerMonth = value;
        else if (name == field::maxGpus && value >= 1 && value < 1e6)
            intent.maxGpus = static_cast<int>(value);
        else
            return;
        m_draft.note(name, i, i);
    }

    const Scene& m_scene;
    Draft& m_draft;
};

/** The field that a word names, of those that can be taken back. */
std::string_view fieldNamed(const Item& item)
{
    struct Named
    {
        Concept meaning;
        std::string_view name;
    };
    static constexpr std::array<Named, 8> named { { { Concept::Ttft, field::ttft },
                                                    { Concept::Itl, field::itl },
                                                    { Concept::EndToEnd, field::e2e },
                                                    { Concept::Context, field::context },
                                                    { Concept::GpuLimit, field::maxGpus },
                                                    { Concept::Rate, field::rate },
                                                    { Concept::UserCount, field::users },
                                                    { Concept::Budget, field::budget } } };
    for (const Named& each : named) {
        if (item.means(each.meaning))
            return each.name;
    }
    return {};
}

void takeBack(std::string_view name, Draft& draft)
{
    Intent& intent = draft.intent;
    if (name == field::ttft)
        intent.ttft.reset();
    else if (name == field::itl)
        intent.itl.reset();
    else if (name == field::e2e)
        intent.e2e.reset();
    else if (name == field::context)
        intent.contextTokens.reset();
    else if (name == field::maxGpus)
        intent.maxGpus.reset();
    else if (name == field::rate)
        intent.rate.reset();
    else if (name == field::users)
        intent.users.reset();
    else if (name == field::budget)
        intent.budgetPerMonth.reset();
    draft.forget(name);
}

/** Whether a word takes back what follows: not every negation does ("no p99 TTFT above 2 s"). */
bool takesBack(const Scene& scene, std::size_t i)
{
    static constexpr std::array<std::string_view, 15> words {
        "forget", "ignore", "drop",      "remove",    "skip",    "no",       "without", "cancel",
        "delete", "scrap",  "disregard", "vergessen", "vergiss", "streiche", "ohne"
    };
    return std::find(words.begin(), words.end(), scene.tokens[scene.items[i].first].text)
        != words.end();
}

} // namespace

void readRetraction(const Reading& reading, Draft& draft)
{
    const Scene& scene = reading.scene;
    constexpr std::size_t reach = 4;
    for (const auto& [first, last] : scene.sentences) {
        const bool numbers = std::any_of(
            scene.items.begin() + static_cast<std::ptrdiff_t>(first),
            scene.items.begin() + static_cast<std::ptrdiff_t>(last), [](const Item& item) {
                return item.kind == Item::Kind::Number || item.kind == Item::Kind::Percentile;
            });
        if (numbers)
            continue;
        for (std::size_t i = first; i < last; ++i) {
            if (!takesBack(scene, i))
                continue;
            for (std::size_t at = i + 1; at < std::min(i + reach, last); ++at) {
                if (scene.items[at].isBreak())
                    break;
                if (const auto name = fieldNamed(scene.items[at]);
                    !name.empty() && !draft.statedHere(name))
                    takeBack(name, draft);
            }
        }
    }
}

void readBareCorrection(const Reading& reading, Draft& draft)
{
    CorrectionReader(reading, draft).run();
}

} // namespace llmd::intent

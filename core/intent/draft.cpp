// SPDX-License-Identifier: Apache-2.0
#include "draft.h"

#include <algorithm>
#include <array>

namespace llmd::intent {

namespace {

constexpr std::size_t stride = 64;
constexpr std::size_t mostFindings = 400; // of a text that only repeats itself
constexpr std::size_t longestEvidence = 240; // bytes

bool startsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u;
}

} // namespace

void Draft::startMessage(const Scene& scene, std::size_t message)
{
    m_scene = &scene;
    m_message = message;
    m_characters.clear();
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < scene.text.size(); ++i) {
        if (i % stride == 0)
            m_characters.push_back(count);
        count += startsCharacter(scene.text[i]) ? 1 : 0;
    }
    intent.language = toString(scene.language);
}

bool Draft::statedHere(std::string_view field) const
{
    return std::any_of(intent.evidence.begin(), intent.evidence.end(),
                       [&](const auto& e) { return e.field == field && e.message == m_message; });
}

IntentEvidence Draft::evidence(std::string_view field, std::size_t firstItem,
                               std::size_t lastItem) const
{
    IntentEvidence result;
    result.field = field;
    result.message = m_message;
    result.begin = m_scene->beginOf(std::min(firstItem, lastItem));
    result.end = m_scene->endOf(std::max(firstItem, lastItem));
    if (result.end - result.begin > longestEvidence) {
        result.end = result.begin + longestEvidence;
        while (result.end > result.begin && !startsCharacter(m_scene->text[result.end]))
            --result.end;
    }
    result.text = m_scene->text.substr(result.begin, result.end - result.begin);
    const auto characters = [this](std::size_t at) {
        std::size_t count = at / stride < m_characters.size() ? m_characters[at / stride] : 0;
        std::size_t from = at - at % stride;
        if (at / stride >= m_characters.size() && !m_characters.empty()) {
            count = m_characters.back();
            from = (m_characters.size() - 1) * stride;
        }
        for (; from < at; ++from)
            count += startsCharacter(m_scene->text[from]) ? 1 : 0;
        return count;
    };
    result.beginCharacter = characters(result.begin);
    result.endCharacter = characters(result.end);
    return result;
}

void Draft::forget(std::string_view field)
{
    std::erase_if(intent.evidence, [&](const auto& e) { return e.field == field; });
    forgetQuestions(field);
}

void Draft::forgetQuestions(std::string_view field)
{
    std::erase_if(intent.questions, [&](const auto& q) { return q.field == field; });
}

void Draft::note(std::string_view field, std::size_t firstItem, std::size_t lastItem)
{
    forget(field);
    noteMore(field, firstItem, lastItem);
}

void Draft::noteMore(std::string_view field, std::size_t firstItem, std::size_t lastItem)
{
    forgetQuestions(field);
    if (intent.evidence.size() < mostFindings)
        intent.evidence.push_back(evidence(field, firstItem, lastItem));
}

void Draft::ask(std::string_view field, std::string question, std::vector<std::string> choices,
                std::size_t item)
{
    forgetQuestions(field);
    if (intent.questions.size() < mostFindings) {
        intent.questions.push_back({ std::string(field), std::move(question), std::move(choices),
                                     evidence(field, item, item) });
    }
}

std::vector<std::string> Draft::latestNumbers() const
{
    static constexpr std::array<std::string_view, 10> numeric {
        field::users, field::rate, field::prompt, field::output, field::context,
        field::ttft,  field::itl,  field::e2e,    field::budget, field::maxGpus
    };
    std::vector<std::string> fields;
    std::size_t latest = 0;
    for (const IntentEvidence& each : intent.evidence) {
        if (each.message >= m_message
            || std::find(numeric.begin(), numeric.end(), each.field) == numeric.end())
            continue;
        if (fields.empty() || each.message > latest) {
            fields.clear();
            latest = each.message;
        }
        if (each.message == latest)
            fields.push_back(each.field);
    }
    return fields;
}

} // namespace llmd::intent

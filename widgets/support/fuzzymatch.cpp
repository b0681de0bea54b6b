// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzzymatch.h"

#include <QStringList>

#include <algorithm>

namespace llmd {

namespace {

constexpr int noFit = -1;

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

bool endsWord(QStringView text, qsizetype end)
{
    return end == text.size() || !text.at(end).isLetterOrNumber();
}

/** The best place at which the word stands as it is. */
int exactScore(QStringView text, QStringView word)
{
    int best = noFit;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        int score = 400;
        if (startsWord(text, at))
            score += endsWord(text, at + word.size()) ? 500 : 300;
        score += at == 0 ? 100 : 0;
        best = std::max(best, score);
    }
    return best;
}

/**
 * Its letters in order with others between; a word of one or two letters would fit nearly everything, and one with a figure is a name
 * such as A100 that must not find H100.
 */
int scatteredScore(QStringView text, QStringView word)
{
    if (word.size() < 3
        || std::any_of(word.begin(), word.end(), [](QChar letter) { return letter.isDigit(); }))
        return noFit;
    int score = 0;
    qsizetype at = 0;
    qsizetype first = -1;
    bool together = false;
    for (const QChar letter : word) {
        const auto found = text.indexOf(letter, at);
        if (found < 0)
            return noFit;
        together = first >= 0 && found == at;
        if (first < 0)
            first = found;
        score += startsWord(text, found) ? 30 : (together ? 20 : 0);
        at = found + 1;
    }
    // Letters that are spread over the whole text are a coincidence.
    const auto gaps = (at - first) - word.size();
    if (gaps > 2 * word.size() + 4)
        return noFit;
    return std::max(1, score - static_cast<int>(gaps) * 4);
}

} // namespace

FuzzyPattern::FuzzyPattern(const QString& typed)
{
    const auto words = typed.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_words.assign(words.begin(), words.end());
}

int FuzzyPattern::score(QStringView text) const
{
    int total = 0;
    for (const QString& word : m_words) {
        int score = exactScore(text, word);
        if (score < 0)
            score = scatteredScore(text, word);
        if (score < 0)
            return noFit;
        total += score;
    }
    return total * 4 + std::max<int>(0, 200 - static_cast<int>(text.size()));
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace llmd {

/**
 * Words that are looked for as people type them: in any order, letters may be left out ("h1 tp4", "xport"). Made once for a
 * line that was typed and asked for many texts.
 */
class FuzzyPattern
{
public:
    explicit FuzzyPattern(const QString& typed);

    [[nodiscard]] bool isEmpty() const { return m_words.empty(); }
    /**
     * How well a text in lower case fits; below 0 if it does not. Whole words count most, then beginnings of words, then letters
     * that stand together; of equal fits the shorter text is better.
     */
    [[nodiscard]] int score(QStringView lowerCaseText) const;

private:
    std::vector<QString> m_words;
};

} // namespace llmd

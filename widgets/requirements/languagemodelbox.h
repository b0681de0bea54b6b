// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "messageeditor.h"

#include <core/intent/modelanswer.h>

#include <QWidget>

#include <optional>
#include <set>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace llmd {

class Document;
class Settings;
class StatusBanner;

/**
 * What a language model reads in the same description, on request only. Where it has something to add or to object, the user
 * accepts or refuses; a change of the text forgets all of it.
 */
class LanguageModelBox final : public QWidget
{
    Q_OBJECT

public:
    LanguageModelBox(Document& document, Settings& settings, QWidget* parent);
    ~LanguageModelBox() override;

    /** The description and our own reading of it. */
    void setReading(const std::vector<std::string>& messages, const Intent& own);
    /** Puts what the user accepted into an intent. */
    void applyTo(Intent& intent) const;
    [[nodiscard]] bool isAccepted(const std::string& field) const
    {
        return m_accepted.count(field) > 0;
    }
    /** Words of proposals that wait for a decision, with the number of their mark. */
    [[nodiscard]] std::vector<std::pair<IntentEvidence, int>> openWords() const;

signals:
    void proposalsChanged();
    void revealRequested(int number); ///< of a `TextMark`

private:
    void showState();
    void ask();
    void showAnswer(Result<ModelReading> answer);
    void showProposals();
    void addProposal(const FieldComparison& comparison);
    void addNote(const QString& text);
    void decide(const std::string& field, bool accept);
    void openSettings();
    [[nodiscard]] QString wordsOf(const std::string& field) const;

    Document& m_document;
    Settings& m_settings;
    std::vector<std::string> m_messages;
    Intent m_own;
    std::optional<ModelReading> m_answer;
    std::vector<FieldComparison> m_comparisons;
    std::set<std::string> m_accepted;
    std::set<std::string> m_refused;
    QLabel* m_state;
    QPushButton* m_ask;
    QPushButton* m_cancel;
    StatusBanner* m_banner;
    QVBoxLayout* m_proposals;
};

} // namespace llmd

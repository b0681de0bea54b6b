// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"

#include <core/intent/intent.h>

#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QGridLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace llmd {

class LanguageModelBox;
class MessageEditor;
class Settings;
class StatusBanner;

/** What a description was read as. */
struct DescriptionReading
{
    std::shared_ptr<const IntentParser> parser; ///< for the next time
    std::shared_ptr<const Catalog> catalog; ///< that it was read with
    std::vector<std::string> messages;
    Intent intent;
};

/**
 * Step 1: the need in plain words. What is read is shown as it is typed, each field with the words that it came from; nothing
 * enters the plan before Apply, which is one undo step. The text itself is not part of the plan.
 */
class DescribeStep final : public Step
{
    Q_OBJECT

public:
    DescribeStep(Document& document, Settings& settings, QWidget* parent);
    ~DescribeStep() override;

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    void dropUnusedText() override;

    /** Replaces all messages by one. */
    void setText(const QString& text);
    /** Adds a message that corrects or completes what was said before. */
    void addFollowUp(const QString& text);

    /** What is read at present with the proposals that were accepted, fields that are not to be used left out. */
    [[nodiscard]] Intent intentToApply() const;

signals:
    void summaryChanged();
    void useCaseRequested();

private:
    /** A question by its place, to know it again in a longer conversation. */
    struct Answered
    {
        std::string field;
        std::size_t message = 0;
        std::size_t begin = 0;
    };
    struct FollowUp
    {
        QWidget* row = nullptr;
        MessageEditor* editor = nullptr;
        std::optional<Answered> answers;
    };
    struct FieldRow;

    void addEditor();
    void addExamples();
    void addConversation();
    void addResult();
    void addLanguageModel();
    void addActions();
    void removeFollowUp(QWidget* row);
    [[nodiscard]] std::vector<std::string> messages() const;
    [[nodiscard]] std::vector<MessageEditor*> editors() const;
    void textEdited();
    void read();
    void showReading(Result<DescriptionReading> reading);
    void showIntent();
    void showFields();
    void showQuestions();
    void addQuestionRow(const IntentQuestion& question);
    void showMarks();
    void showDifferences();
    void answer(const IntentQuestion& question, std::size_t choice);
    void revealWords(int number);
    void apply();
    [[nodiscard]] int numberOf(const std::string& field) const; ///< from 1; 0 if it is not shown
    [[nodiscard]] std::vector<IntentQuestion> openQuestions() const;
    [[nodiscard]] QString wordsOf(const std::string& field) const;

    Settings& m_settings;
    MessageEditor* m_editor = nullptr;
    QVBoxLayout* m_followUpArea = nullptr;
    QLineEdit* m_followUp = nullptr;
    QToolButton* m_addFollowUp = nullptr;
    std::vector<FollowUp> m_followUps;
    QLabel* m_questionHeading = nullptr;
    QVBoxLayout* m_questionArea = nullptr;
    QLabel* m_resultNote = nullptr;
    QGridLayout* m_fields = nullptr;
    std::vector<FieldRow> m_rows;
    LanguageModelBox* m_model = nullptr;
    QPushButton* m_apply = nullptr;
    QToolButton* m_clear = nullptr;
    StatusBanner* m_banner = nullptr;
    QTimer m_timer; // waits for a pause in typing
    DescriptionReading m_reading;
    Intent m_intent; // of the reading, with the proposals that were accepted
    bool m_applyWhenRead = false; ///< asked for while the text was still being read
    std::set<std::string> m_leftOut; // fields that are not to be used
};

} // namespace llmd

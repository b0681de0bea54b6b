// SPDX-License-Identifier: GPL-3.0-or-later
#include "describestep.h"

#include "fieldchip.h"
#include "intenttext.h"
#include "languagemodelbox.h"
#include "messageeditor.h"
#include "plaintext.h"
#include "valuefield.h"

#include <core/intent/intentfields.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString readSlot = u"describe.read"_s;
const QString answerSlot = u"describe.answer"_s;
constexpr int pauseInTyping = 150; // ms
constexpr std::size_t longestText = 1u << 20; // bytes of all messages

struct Example
{
    QString name;
    QString text;
};

// The texts themselves are not translated: they show which languages are read.
std::array<Example, 4> examples()
{
    return {
        Example { DescribeStep::tr("Support chat"),
                  u"A chatbot for customer support with 5k users. First token within 500 ms at "
                  "p95, at most $20k a month, only H100 or H200, no quantization below FP8."_s },
        Example { DescribeStep::tr("Search in documents"),
                  u"RAG over contracts for 800 lawyers, prompts of about 6k tokens, answers of "
                  "400. We own two nodes of 8 x H100. Quality matters most."_s },
        Example { DescribeStep::tr("In German"),
                  u"Code-Vervollständigung für 300 Entwickler, erstes Token unter 150 ms, maximal "
                  "4 GPUs, keine A100, Kosten sind wichtig."_s },
        Example { DescribeStep::tr("In Chinese"),
                  u"为两千名员工提供翻译服务，首token延迟300毫秒以内，预算每月一万美元。"_s },
    };
}

void clearLayout(QLayout& layout)
{
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be what sent the signal
        } else if (QLayout* inner = item->layout()) {
            clearLayout(*inner);
        }
        delete item;
    }
}

/** UTF-16 units before a byte of a message. */
int unitsBefore(const std::string& message, std::size_t byte)
{
    return static_cast<int>(
        toQString(std::string_view(message).substr(0, std::min(byte, message.size()))).size());
}

} // namespace

struct DescribeStep::FieldRow
{
    std::string field;
    FieldChip* chip = nullptr;
    QCheckBox* use = nullptr;
    QLabel* note = nullptr;
};

DescribeStep::DescribeStep(Document& document, Settings& settings, QWidget* parent)
    : Step(document, tr("Describe"),
           tr("Say in your own words what is needed: who uses it and how many, how fast it has to "
              "be, what may be spent, which hardware and models. English, German and Chinese are "
              "read on this computer."),
           parent)
    , m_settings(settings)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pauseInTyping);
    connect(&m_timer, &QTimer::timeout, this, &DescribeStep::read);
    addEditor();
    addExamples();
    addConversation();
    addResult();
    addLanguageModel();
    addActions();
    content()->addStretch(1);
    connect(&document, &Document::catalogChanged, this, [this] {
        m_reading.parser.reset();
        read();
    });
    showReading(DescriptionReading {});
}

DescribeStep::~DescribeStep()
{
    document().jobs().discard(readSlot);
    document().jobs().discard(answerSlot);
}

void DescribeStep::addEditor()
{
    auto* label = new QLabel(tr("Your &need"), this);
    m_editor = new MessageEditor(4, this);
    m_editor->setObjectName(u"describe.text"_s);
    m_editor->setAccessibleName(tr("Your need in plain words"));
    m_editor->setPlaceholderText(
        tr("For example: a support chatbot for 5k users, first token within 500 ms, $20k a month"));
    label->setBuddy(m_editor);
    content()->addWidget(label);
    content()->addWidget(m_editor);
    connect(m_editor, &QTextEdit::textChanged, this, &DescribeStep::textEdited);
    connect(m_editor, &MessageEditor::submitted, this, &DescribeStep::apply);
}

void DescribeStep::addExamples()
{
    auto* row = new QHBoxLayout;
    row->addWidget(makeHeading(tr("Try an example:"), TextStyle::Caption, this));
    int number = 0;
    for (const Example& example : examples()) {
        auto* button = new QToolButton(this);
        button->setObjectName(u"describe.example%1"_s.arg(++number));
        button->setText(example.name);
        button->setToolTip(example.text);
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this,
                [this, text = example.text] { setText(text); });
        row->addWidget(button);
    }
    row->addStretch(1);
    auto* cards = new QToolButton(this);
    cards->setObjectName(u"describe.useCases"_s);
    cards->setText(tr("Choose a Use Case Instead"));
    cards->setFocusPolicy(Qt::StrongFocus);
    connect(cards, &QToolButton::clicked, this, &DescribeStep::useCaseRequested);
    row->addWidget(cards);
    content()->addLayout(row);
}

void DescribeStep::addConversation()
{
    m_followUpArea = new QVBoxLayout;
    content()->addLayout(m_followUpArea);
    auto* label = new QLabel(tr("Add or &correct"), this);
    m_followUp = new QLineEdit(this);
    m_followUp->setObjectName(u"describe.followUp"_s);
    m_followUp->setPlaceholderText(tr("For example: make it 300 ms, and no A100"));
    m_followUp->setMaxLength(20'000);
    label->setBuddy(m_followUp);
    m_addFollowUp = new QToolButton(this);
    m_addFollowUp->setObjectName(u"describe.addFollowUp"_s);
    m_addFollowUp->setText(tr("Add"));
    m_addFollowUp->setFocusPolicy(Qt::StrongFocus);
    m_addFollowUp->setToolTip(tr("What is said later replaces what was said of the same before."));
    const auto add = [this] {
        const QString text = m_followUp->text().trimmed();
        if (text.isEmpty())
            return;
        m_followUp->clear();
        if (m_editor->text().trimmed().isEmpty())
            setText(text);
        else
            addFollowUp(text);
    };
    connect(m_followUp, &QLineEdit::returnPressed, this, add);
    connect(m_addFollowUp, &QToolButton::clicked, this, add);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_followUp, 1);
    row->addWidget(m_addFollowUp);
    content()->addLayout(row);
}

void DescribeStep::addResult()
{
    m_questionHeading = addSection(tr("To be cleared up"));
    m_questionArea = new QVBoxLayout;
    content()->addLayout(m_questionArea);
    addSection(tr("What was read"));
    m_resultNote = makeNote({}, this);
    m_resultNote->setObjectName(u"describe.note"_s);
    content()->addWidget(m_resultNote);
    m_fields = new QGridLayout;
    m_fields->setHorizontalSpacing(fontMetrics().height() / 2);
    m_fields->setVerticalSpacing(fontMetrics().height() / 3);
    m_fields->setColumnStretch(2, 1);
    content()->addLayout(m_fields);
}

void DescribeStep::addLanguageModel()
{
    addSection(tr("Second opinion of a language model"));
    m_model = new LanguageModelBox(document(), m_settings, this);
    content()->addWidget(m_model);
    connect(m_model, &LanguageModelBox::proposalsChanged, this, &DescribeStep::showIntent);
    connect(m_model, &LanguageModelBox::revealRequested, this, &DescribeStep::revealWords);
}

void DescribeStep::addActions()
{
    m_banner = new StatusBanner(this);
    m_banner->setObjectName(u"describe.banner"_s);
    m_apply = new QPushButton(themedIcon(u"check"_s), tr("&Apply to the Plan"), this);
    m_apply->setObjectName(u"describe.apply"_s);
    m_apply->setToolTip(
        tr("Ctrl+Return in the text does the same. Undo takes it back in one step."));
    connect(m_apply, &QPushButton::clicked, this, &DescribeStep::apply);
    m_clear = new QToolButton(this);
    m_clear->setObjectName(u"describe.clear"_s);
    m_clear->setText(tr("Clear the Text"));
    m_clear->setFocusPolicy(Qt::StrongFocus);
    connect(m_clear, &QToolButton::clicked, this, [this] { setText({}); });
    auto* row = new QHBoxLayout;
    row->addWidget(m_apply);
    row->addWidget(m_clear);
    row->addStretch(1);
    content()->addSpacing(fontMetrics().height() / 2);
    content()->addLayout(row);
    content()->addWidget(m_banner);
}

void DescribeStep::setText(const QString& text)
{
    while (!m_followUps.empty())
        removeFollowUp(m_followUps.back().row);
    m_leftOut.clear();
    m_editor->replaceText(text);
}

void DescribeStep::addFollowUp(const QString& text)
{
    FollowUp followUp;
    followUp.row = new QWidget(this);
    auto* layout = new QHBoxLayout(followUp.row);
    layout->setContentsMargins(0, 0, 0, 0);
    followUp.editor = new MessageEditor(1, followUp.row);
    followUp.editor->setObjectName(u"describe.followUp%1"_s.arg(m_followUps.size() + 1));
    followUp.editor->setAccessibleName(tr("Addition or correction %1").arg(m_followUps.size() + 1));
    followUp.editor->replaceText(text);
    auto* remove = new QToolButton(followUp.row);
    remove->setIcon(themedIcon(u"remove"_s));
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setAccessibleName(tr("Remove this message"));
    remove->setToolTip(remove->accessibleName());
    layout->addWidget(followUp.editor, 1);
    layout->addWidget(remove);
    connect(followUp.editor, &QTextEdit::textChanged, this, &DescribeStep::textEdited);
    connect(followUp.editor, &MessageEditor::submitted, this, &DescribeStep::apply);
    connect(remove, &QToolButton::clicked, this, [this, row = followUp.row] {
        removeFollowUp(row);
        m_followUp->setFocus(Qt::OtherFocusReason);
    });
    m_followUpArea->addWidget(followUp.row);
    m_followUps.push_back(std::move(followUp));
    textEdited();
}

void DescribeStep::removeFollowUp(QWidget* row)
{
    const auto gone = std::find_if(m_followUps.begin(), m_followUps.end(),
                                   [&](const FollowUp& each) { return each.row == row; });
    if (gone == m_followUps.end())
        return;
    row->hide();
    row->deleteLater();
    m_followUps.erase(gone);
    textEdited();
}

std::vector<MessageEditor*> DescribeStep::editors() const
{
    std::vector<MessageEditor*> all { m_editor };
    for (const FollowUp& followUp : m_followUps)
        all.push_back(followUp.editor);
    return all;
}

/** All messages, empty ones too, so that each stands at the place of its editor. */
std::vector<std::string> DescribeStep::messages() const
{
    std::vector<std::string> texts;
    for (const MessageEditor* editor : editors())
        texts.push_back(fromQString(editor->text()));
    return texts;
}

void DescribeStep::textEdited()
{
    m_timer.start();
    emit summaryChanged();
}

void DescribeStep::read()
{
    m_timer.stop();
    auto texts = messages();
    std::size_t bytes = 0;
    for (const std::string& text : texts)
        bytes += text.size();
    if (bytes > longestText) {
        m_banner->showMessage(StatusBanner::Kind::Warning,
                              tr("The description is longer than 1 MiB and is not read; shorten it "
                                 "to what the service needs."));
        return;
    }
    document().jobs().run<DescriptionReading>(
        readSlot, tr("Reading the description"),
        [parser = m_reading.parser, catalog = document().catalog(),
         texts = std::move(texts)](RunContext&) -> Result<DescriptionReading> {
            DescriptionReading reading { parser, catalog, texts, {} };
            if (!reading.parser) {
                auto created = IntentParser::create(catalog);
                if (!created)
                    return tl::unexpected(created.error());
                reading.parser = std::make_shared<const IntentParser>(std::move(*created));
            }
            reading.intent = reading.parser->parse(reading.messages);
            return reading;
        },
        this, [this](Result<DescriptionReading> reading) { showReading(std::move(reading)); });
}

void DescribeStep::showReading(Result<DescriptionReading> reading)
{
    if (!reading) {
        m_banner->showError(reading.error());
        return;
    }
    m_reading = std::move(*reading);
    m_banner->dismiss();
    m_model->setReading(m_reading.messages, m_reading.intent);
    showIntent();
    if (std::exchange(m_applyWhenRead, false))
        apply();
}

void DescribeStep::showIntent()
{
    m_intent = m_reading.intent;
    m_model->applyTo(m_intent);
    showQuestions();
    showFields();
    showMarks();
    emit summaryChanged();
}

void DescribeStep::showFields()
{
    clearLayout(*m_fields);
    m_rows.clear();
    const Catalog& catalog = *document().catalog();
    for (const std::string_view name : intentFields()) {
        if (!states(m_intent, name))
            continue;
        FieldRow row;
        row.field = std::string(name);
        const int number = static_cast<int>(m_rows.size()) + 1;
        const QString title = intentFieldName(name);
        row.use = new QCheckBox(this);
        row.use->setObjectName(u"describe.use."_s + toQString(name));
        row.use->setAccessibleName(tr("Use %1").arg(title));
        row.use->setToolTip(tr("Whether Apply puts this into the plan"));
        row.use->setChecked(m_leftOut.count(row.field) == 0);
        row.chip = new FieldChip(number, title, intentValue(m_intent, name, catalog), this);
        row.chip->setObjectName(u"describe.field."_s + toQString(name));
        row.note = makeNote({}, this);
        row.note->setObjectName(u"describe.note."_s + toQString(name));
        connect(row.use, &QCheckBox::toggled, this, [this, field = row.field](bool use) {
            if (use)
                m_leftOut.erase(field);
            else
                m_leftOut.insert(field);
            showDifferences();
        });
        connect(row.chip, &FieldChip::clicked, this, [this, number] { revealWords(number); });
        const int at = static_cast<int>(m_rows.size());
        m_fields->addWidget(row.use, at, 0);
        m_fields->addWidget(row.chip, at, 1);
        m_fields->addWidget(row.note, at, 2);
        m_rows.push_back(row);
    }
    showDifferences();
}

// What Apply would change, field by field: what is in the plan already, what is new, and what it would replace.
void DescribeStep::showDifferences()
{
    const Catalog& catalog = *document().catalog();
    const Requirements& before = document().requirements();
    const Requirements after = applyIntent(intentToApply(), catalog, before).requirements;
    int changes = 0;
    for (const FieldRow& row : m_rows) {
        const QString was = planValue(before, row.field, catalog);
        const QString becomes = planValue(after, row.field, catalog);
        const QString words = wordsOf(row.field);
        QString text;
        if (m_leftOut.count(row.field) > 0) {
            text = was.isEmpty() ? tr("Left out.") : tr("Left out; the plan keeps %1.").arg(was);
        } else if (was == becomes) {
            text = tr("In the plan. From %1").arg(words);
        } else if (was.isEmpty()) {
            text = tr("New. From %1").arg(words);
        } else {
            text = tr("Differs from the plan: replaces %1 by %2. From %3").arg(was, becomes, words);
        }
        changes += was == becomes ? 0 : 1;
        row.note->setText(text);
    }
    m_apply->setEnabled(after != before);
    QString note;
    if (m_rows.empty())
        note = m_reading.messages.empty()
                || std::all_of(m_reading.messages.begin(), m_reading.messages.end(),
                               [](const std::string& text) { return text.empty(); })
            ? tr("Nothing is described yet.")
            : tr(
                "The text states nothing that a plan could use yet. Say for example how many users "
                "there are, or what the service is for.");
    else
        note = changes == 0
            ? tr("The plan says all of this already.")
            : counted(static_cast<std::size_t>(changes),
                      tr("Apply would change 1 of these. What is not stated stays as it is."),
                      tr("Apply would change %1 of these. What is not stated stays as it is."));
    m_resultNote->setText(note);
}

std::vector<IntentQuestion> DescribeStep::openQuestions() const
{
    std::vector<IntentQuestion> open;
    for (const IntentQuestion& question : m_intent.questions) {
        const bool answered =
            std::any_of(m_followUps.begin(), m_followUps.end(), [&](const FollowUp& followUp) {
                return followUp.answers && followUp.answers->field == question.field
                    && followUp.answers->message == question.evidence.message
                    && followUp.answers->begin == question.evidence.begin;
            });
        if (!answered)
            open.push_back(question);
    }
    return open;
}

void DescribeStep::showQuestions()
{
    clearLayout(*m_questionArea);
    const auto questions = openQuestions();
    m_questionHeading->setVisible(!questions.empty());
    for (const IntentQuestion& question : questions)
        addQuestionRow(question);
}

void DescribeStep::addQuestionRow(const IntentQuestion& question)
{
    auto* chip = new FieldChip(0, intentFieldName(question.field),
                               tr("“%1”").arg(toQString(question.evidence.text)), this);
    chip->setObjectName(u"describe.question."_s + toQString(question.field));
    connect(chip, &FieldChip::clicked, this, [this] { revealWords(TextMark::question); });
    auto* text = new QLabel(questionText(question), this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto* first = new QHBoxLayout;
    first->addWidget(chip);
    first->addWidget(text, 1);
    m_questionArea->addLayout(first);
    auto* grid = new QGridLayout;
    grid->setContentsMargins(fontMetrics().height() * 2, 0, 0, 0);
    constexpr int columns = 3;
    int at = 0;
    for (std::size_t i = 0; i < question.choices.size(); ++i, ++at) {
        auto* button =
            new QPushButton(choiceText(question, question.choices[i], *document().catalog()), this);
        button->setObjectName(u"describe.answer.%1.%2"_s.arg(toQString(question.field)).arg(i));
        button->setAccessibleDescription(text->text());
        connect(button, &QPushButton::clicked, this, [this, question, i] { answer(question, i); });
        grid->addWidget(button, at / columns, at % columns);
    }
    auto* other = new QPushButton(
        question.choices.empty() ? tr("Answer in Words…") : tr("Something Else…"), this);
    connect(other, &QPushButton::clicked, m_followUp,
            [this] { m_followUp->setFocus(Qt::OtherFocusReason); });
    grid->addWidget(other, at / columns, at % columns);
    grid->setColumnStretch(columns, 1);
    m_questionArea->addLayout(grid);
}

void DescribeStep::answer(const IntentQuestion& question, std::size_t choice)
{
    document().jobs().run<std::optional<std::string>>(
        answerSlot, tr("Reading the answer"),
        [reading = m_reading, question, choice](RunContext&) -> Result<std::optional<std::string>> {
            return answerMessage(*reading.parser, *reading.catalog, reading.messages, question,
                                 choice);
        },
        this,
        [this, question](const Result<std::optional<std::string>>& message) {
            if (!message || !*message) {
                m_banner->showMessage(StatusBanner::Kind::Warning,
                                      tr("Say this in words below, please."));
                m_followUp->setFocus(Qt::OtherFocusReason);
                return;
            }
            addFollowUp(toQString(**message));
            m_followUps.back().answers =
                Answered { question.field, question.evidence.message, question.evidence.begin };
        });
}

int DescribeStep::numberOf(const std::string& field) const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&](const FieldRow& each) { return each.field == field; });
    return row == m_rows.end() ? 0 : static_cast<int>(row - m_rows.begin()) + 1;
}

QString DescribeStep::wordsOf(const std::string& field) const
{
    QStringList words;
    for (const IntentEvidence& evidence : m_intent.evidence) {
        if (evidence.field == field && words.size() < 4)
            words << tr("“%1”").arg(toQString(evidence.text));
    }
    const QString all = words.join(u", "_s);
    return m_model->isAccepted(field) ? tr("the language model, which cites %1").arg(all) : all;
}

void DescribeStep::showMarks()
{
    const auto all = editors();
    std::vector<std::vector<TextMark>> marks(all.size());
    const auto add = [&](const IntentEvidence& evidence, int number) {
        if (evidence.message >= marks.size() || evidence.message >= m_reading.messages.size())
            return;
        const std::string& message = m_reading.messages[evidence.message];
        marks[evidence.message].push_back(
            { unitsBefore(message, evidence.begin), unitsBefore(message, evidence.end), number });
    };
    for (const IntentEvidence& evidence : m_intent.evidence) {
        if (const int number = numberOf(evidence.field); number > 0)
            add(evidence, number);
    }
    for (const IntentQuestion& question : openQuestions())
        add(question.evidence, TextMark::question);
    for (const auto& [evidence, number] : m_model->openWords())
        add(evidence, number);
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::stable_sort(marks[i].begin(), marks[i].end(),
                         [](const TextMark& a, const TextMark& b) { return a.begin < b.begin; });
        all[i]->setMarks(std::move(marks[i]));
    }
}

void DescribeStep::revealWords(int number)
{
    for (MessageEditor* editor : editors()) {
        if (editor->revealMark(number))
            return;
    }
}

Intent DescribeStep::intentToApply() const
{
    Intent intent = m_intent;
    for (const std::string& field : m_leftOut)
        dropField(field, intent);
    return intent;
}

void DescribeStep::apply()
{
    if (m_timer.isActive() || document().jobs().isRunning(readSlot)) {
        m_applyWhenRead = true; // what would be applied now is not what is written
        if (m_timer.isActive())
            read();
        return;
    }
    if (!m_apply->isEnabled())
        return;
    const StatedNeed stated =
        applyIntent(intentToApply(), *document().catalog(), document().requirements());
    // A name of its own: two applications within a second stay two steps.
    edit(u"requirements.describe.%1"_s.arg(document().undoStack()->index()),
         tr("Apply the description"),
         [&](Requirements& requirements) { requirements = stated.requirements; });
    const auto open = openQuestions().size();
    QString text = tr("The plan now says what was read; the next steps show it.");
    if (open > 0)
        text += u'\n'
            + counted(open, tr("One question is still open; its words changed nothing."),
                      tr("%1 questions are still open; their words changed nothing."));
    if (const auto& error = document().needError())
        text += u'\n' + toQString(error->detail);
    m_banner->showMessage(
        document().needError() ? StatusBanner::Kind::Warning : StatusBanner::Kind::Success, text);
}

void DescribeStep::refresh()
{
    Step::refresh();
    showDifferences();
}

StepSummary DescribeStep::summary() const
{
    const auto open = openQuestions().size();
    if (open > 0)
        return { counted(open, tr("1 question"), tr("%1 questions")), StepButton::State::Warning };
    if (m_rows.empty())
        return { tr("In your own words"), StepButton::State::Normal };
    return { counted(m_rows.size(), tr("1 field read"), tr("%1 fields read")),
             StepButton::State::Normal };
}

void DescribeStep::dropUnusedText()
{
    Step::dropUnusedText();
    setText({});
}

} // namespace llmd

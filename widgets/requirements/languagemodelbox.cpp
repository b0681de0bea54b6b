// SPDX-License-Identifier: GPL-3.0-or-later
#include "languagemodelbox.h"

#include "endpointpanel.h"
#include "fieldchip.h"
#include "intenttext.h"
#include "step.h"
#include "valuefield.h"

#include <core/base/http.h>
#include <core/intent/intentfields.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString askSlot = u"describe.model"_s;
constexpr std::size_t mostDroppedShown = 8;

} // namespace

LanguageModelBox::LanguageModelBox(Document& document, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_settings(settings)
    , m_state(makeNote({}, this))
    , m_ask(new QPushButton(tr("As&k the Language Model"), this))
    , m_cancel(new QPushButton(tr("Stop"), this))
    , m_banner(new StatusBanner(this))
    , m_proposals(new QVBoxLayout)
{
    m_state->setObjectName(u"model.state"_s);
    m_ask->setObjectName(u"model.ask"_s);
    m_cancel->setObjectName(u"model.cancel"_s);
    m_cancel->setAccessibleName(tr("Stop asking the language model"));
    m_banner->setObjectName(u"model.banner"_s);
    auto* settingsButton = new QToolButton(this);
    settingsButton->setObjectName(u"model.settings"_s);
    settingsButton->setText(tr("Settings…"));
    settingsButton->setAccessibleName(tr("Settings of the language model"));
    settingsButton->setFocusPolicy(Qt::StrongFocus);
    auto* row = new QHBoxLayout;
    row->addWidget(m_ask);
    row->addWidget(m_cancel);
    row->addWidget(settingsButton);
    row->addWidget(m_state, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_banner);
    layout->addLayout(m_proposals);
    connect(m_ask, &QPushButton::clicked, this, &LanguageModelBox::ask);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_document.jobs().cancel(askSlot); });
    connect(settingsButton, &QToolButton::clicked, this, &LanguageModelBox::openSettings);
    connect(&settings, &Settings::endpointChanged, this, &LanguageModelBox::showState);
    showState();
}

LanguageModelBox::~LanguageModelBox()
{
    m_document.jobs().discard(askSlot);
}

void LanguageModelBox::openSettings()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Language Model"));
    auto* layout = new QVBoxLayout(&dialog);
    layout->addWidget(
        new EndpointPanel(m_settings, m_document.jobs(), m_document.catalog(), &dialog));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog.exec();
}

void LanguageModelBox::showState()
{
    const bool running = m_document.jobs().isRunning(askSlot);
    const EndpointSettings endpoint = m_settings.endpoint();
    const auto good = checkEndpoint(endpointOptions(endpoint));
    const bool anyText = std::any_of(m_messages.begin(), m_messages.end(),
                                     [](const std::string& text) { return !text.empty(); });
    m_ask->setEnabled(endpoint.enabled && good.has_value() && anyText && !running);
    m_cancel->setVisible(running);
    if (!endpoint.enabled)
        m_state->setText(tr("Off. The rules above need no language model."));
    else if (!good)
        m_state->setText(toQString(good.error().detail));
    else if (running)
        m_state->setText(tr("Waiting for %1…").arg(endpoint.model));
    else
        m_state->setText(tr("Sends the text to %1 at %2.")
                             .arg(endpoint.model, toQString(originOf(fromQString(endpoint.url)))));
}

void LanguageModelBox::setReading(const std::vector<std::string>& messages, const Intent& own)
{
    m_own = own;
    if (messages != m_messages) {
        m_messages = messages;
        m_document.jobs().discard(askSlot);
        m_answer.reset();
        m_accepted.clear();
        m_refused.clear();
        m_banner->dismiss();
    }
    if (m_answer)
        m_comparisons = compareReadings(m_own, m_answer->intent);
    showState();
    showProposals();
}

void LanguageModelBox::ask()
{
    m_banner->dismiss();
    m_document.jobs().run<ModelReading>(
        askSlot, tr("Asking the language model"),
        [options = endpointOptions(m_settings.endpoint()), messages = m_messages,
         catalog = m_document.catalog()](RunContext& context) {
            return askEndpoint(options, messages, catalog, context.stop);
        },
        this, [this](Result<ModelReading> answer) { showAnswer(std::move(answer)); });
    showState();
}

void LanguageModelBox::showAnswer(Result<ModelReading> answer)
{
    showState();
    if (!answer) {
        if (answer.error().code != ErrorCode::Cancelled)
            m_banner->showMessage(
                StatusBanner::Kind::Warning,
                tr("The language model could not be used; what the rules read stays as it is.")
                    + u'\n' + toQString(answer.error().detail));
        return;
    }
    m_answer = std::move(*answer);
    m_accepted.clear();
    m_refused.clear();
    m_comparisons = compareReadings(m_own, m_answer->intent);
    showProposals();
    emit proposalsChanged();
}

QString LanguageModelBox::wordsOf(const std::string& field) const
{
    QStringList words;
    for (const IntentEvidence& evidence : m_answer->intent.evidence) {
        if (evidence.field == field && words.size() < 3)
            words << tr("“%1”").arg(toQString(evidence.text));
    }
    return words.join(u", "_s);
}

void LanguageModelBox::addNote(const QString& text)
{
    m_proposals->addWidget(makeNote(text, this));
}

void LanguageModelBox::showProposals()
{
    while (QLayoutItem* item = m_proposals->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    if (!m_answer)
        return;
    QStringList same;
    bool any = false;
    for (const FieldComparison& each : m_comparisons) {
        if (each.agreement == Agreement::Same) {
            same << intentFieldName(each.field);
        } else {
            any = true;
            addProposal(each);
        }
    }
    if (!same.isEmpty())
        addNote(tr("The language model agrees on: %1.").arg(same.join(u", "_s)));
    if (!any)
        addNote(tr("The language model adds nothing."));
    std::size_t shown = 0;
    for (const Issue& issue : m_answer->dropped) {
        if (++shown > mostDroppedShown)
            break;
        //: %1 is a field, %2 an English reason such as "is invented: …"
        addNote(tr("Dropped: %1 %2.").arg(intentFieldName(issue.subject), toQString(issue.text)));
    }
}

void LanguageModelBox::addProposal(const FieldComparison& comparison)
{
    const Catalog& catalog = *m_document.catalog();
    const std::string& field = comparison.field;
    const bool differs = comparison.agreement == Agreement::Different;
    const int mark = differs ? TextMark::difference : TextMark::proposal;
    const QString name = intentFieldName(field);
    auto* row = new QWidget(this);
    row->setObjectName(u"model.proposal."_s + toQString(field));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* chip = new FieldChip(mark, name, intentValue(m_answer->intent, field, catalog), row);
    connect(chip, &FieldChip::clicked, this, [this, mark] { emit revealRequested(mark); });
    QString text = differs ? tr("From the language model, citing %1. The rules read %2.")
                                 .arg(wordsOf(field), intentValue(m_own, field, catalog))
                           : tr("From the language model, citing %1.").arg(wordsOf(field));
    const bool accepted = isAccepted(field);
    const bool refused = m_refused.count(field) > 0;
    if (accepted)
        text = tr("Accepted. %1").arg(text);
    else if (refused)
        text = tr("Refused. %1").arg(text);
    layout->addWidget(chip);
    layout->addWidget(makeNote(text, row), 1);
    auto* accept = new QPushButton(differs ? tr("Use This Instead") : tr("Accept"), row);
    accept->setObjectName(u"model.accept."_s + toQString(field));
    accept->setAccessibleDescription(chip->accessibleName());
    accept->setEnabled(!accepted);
    auto* refuse = new QPushButton(accepted ? tr("Take Back") : tr("Refuse"), row);
    refuse->setObjectName(u"model.refuse."_s + toQString(field));
    refuse->setAccessibleDescription(chip->accessibleName());
    refuse->setEnabled(!refused);
    layout->addWidget(accept);
    layout->addWidget(refuse);
    connect(accept, &QPushButton::clicked, this, [this, field] { decide(field, true); });
    connect(refuse, &QPushButton::clicked, this, [this, field] { decide(field, false); });
    m_proposals->addWidget(row);
}

void LanguageModelBox::decide(const std::string& field, bool accept)
{
    if (accept) {
        m_accepted.insert(field);
        m_refused.erase(field);
    } else {
        m_accepted.erase(field);
        m_refused.insert(field);
    }
    showProposals();
    emit proposalsChanged();
    // The row is another one now; the keyboard stays in it.
    for (auto* button : findChildren<QPushButton*>(
             (accept ? u"model.refuse."_s : u"model.accept."_s) + toQString(field))) {
        if (button->isEnabled() && !button->isHidden() && !button->parentWidget()->isHidden())
            button->setFocus(Qt::OtherFocusReason);
    }
}

void LanguageModelBox::applyTo(Intent& intent) const
{
    if (!m_answer)
        return;
    for (const std::string& field : m_accepted)
        takeField(field, m_answer->intent, intent);
}

std::vector<std::pair<IntentEvidence, int>> LanguageModelBox::openWords() const
{
    std::vector<std::pair<IntentEvidence, int>> words;
    if (!m_answer)
        return words;
    for (const FieldComparison& each : m_comparisons) {
        if (each.agreement == Agreement::Same || isAccepted(each.field)
            || m_refused.count(each.field) > 0)
            continue;
        for (const IntentEvidence& evidence : m_answer->intent.evidence) {
            if (evidence.field == each.field)
                words.emplace_back(evidence,
                                   each.agreement == Agreement::Different ? TextMark::difference
                                                                          : TextMark::proposal);
        }
    }
    return words;
}

} // namespace llmd

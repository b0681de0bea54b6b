// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpointpanel.h"

#include "plaintext.h"
#include "valuefield.h"

#include <core/base/http.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QElapsedTimer>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString testSlot = u"endpoint.test"_s;
constexpr const char* sampleText = "A chatbot for 5000 users, first token within 300 ms at p95, "
                                   "$20k a month."; // all that a test sends

} // namespace

EndpointOptions endpointOptions(const EndpointSettings& settings)
{
    return { fromQString(settings.url.trimmed()), fromQString(settings.model.trimmed()),
             fromQString(settings.keyVariable.trimmed()), Seconds(settings.timeLimit) };
}

EndpointPanel::EndpointPanel(Settings& settings, JobRunner& jobs,
                             std::shared_ptr<const Catalog> catalog, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_jobs(jobs)
    , m_catalog(std::move(catalog))
    , m_enabled(new QCheckBox(tr("Let a &language model propose fields of a description"), this))
    , m_form(new QFormLayout)
    , m_url(new QLineEdit(this))
    , m_model(new QLineEdit(this))
    , m_key(new QLineEdit(this))
    , m_limit(new QSpinBox(this))
    , m_state(makeNote({}, this))
    , m_test(new QPushButton(tr("&Test"), this))
    , m_banner(new StatusBanner(this))
{
    setObjectName(u"endpointPanel"_s);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeNote(
        tr("Any server with an OpenAI-compatible API, for example Ollama or vLLM. The words of a "
           "description are sent there when you press “Ask”, and at no other time. What it "
           "proposes "
           "is checked and never used without your consent."),
        this));
    layout->addWidget(m_enabled);
    layout->addLayout(m_form);
    addFields();
    layout->addWidget(m_state);
    auto* row = new QHBoxLayout;
    row->addWidget(m_test);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(m_banner);
    layout->addStretch(1);
    connect(m_test, &QPushButton::clicked, this, &EndpointPanel::test);
    showState();
}

EndpointPanel::~EndpointPanel()
{
    m_jobs.discard(testSlot);
}

void EndpointPanel::addFields()
{
    const EndpointSettings now = m_settings.endpoint();
    m_enabled->setObjectName(u"endpoint.enabled"_s);
    m_enabled->setChecked(now.enabled);
    m_url->setObjectName(u"endpoint.url"_s);
    m_url->setText(now.url);
    m_url->setPlaceholderText(u"http://127.0.0.1:11434/v1"_s);
    m_url->setMinimumWidth(charactersWide(*this, 44));
    m_model->setObjectName(u"endpoint.model"_s);
    m_model->setText(now.model);
    m_model->setPlaceholderText(tr("as the server names it, for example qwen3:8b"));
    m_key->setObjectName(u"endpoint.keyVariable"_s);
    m_key->setText(now.keyVariable);
    m_key->setPlaceholderText(tr("none; for example OPENAI_API_KEY, never the key itself"));
    m_limit->setObjectName(u"endpoint.timeLimit"_s);
    m_limit->setRange(1, 600);
    m_limit->setSuffix(tr(" s"));
    m_limit->setValue(now.timeLimit);
    m_test->setObjectName(u"endpoint.test"_s);
    m_test->setToolTip(tr("Sends this sentence: %1").arg(QString::fromLatin1(sampleText)));
    m_form->addRow(tr("&URL"), m_url);
    m_form->addRow(tr("&Model"), m_model);
    m_form->addRow(tr("Variable with the &key"), m_key);
    m_form->addRow(tr("Time &limit"), m_limit);
    connect(m_enabled, &QCheckBox::toggled, this, &EndpointPanel::store);
    for (QLineEdit* editor : { m_url, m_model, m_key })
        connect(editor, &QLineEdit::textChanged, this, &EndpointPanel::store);
    connect(m_limit, &QSpinBox::valueChanged, this, &EndpointPanel::store);
}

EndpointSettings EndpointPanel::entered() const
{
    return { m_enabled->isChecked(), m_url->text().trimmed(), m_model->text().trimmed(),
             m_key->text().trimmed(), m_limit->value() };
}

// A URL with a password or a key in the place of a variable's name is not kept: that would store a secret.
void EndpointPanel::store()
{
    EndpointSettings now = entered();
    const EndpointSettings before = m_settings.endpoint();
    if (!now.url.isEmpty() && !completionsUrl(fromQString(now.url)))
        now.url = before.url;
    EndpointOptions probe { "http://127.0.0.1", "model", fromQString(now.keyVariable), Seconds(1) };
    if (!checkEndpoint(probe))
        now.keyVariable = before.keyVariable;
    m_settings.setEndpoint(now);
    showState();
}

void EndpointPanel::showState()
{
    const EndpointOptions options = endpointOptions(entered());
    const auto good = checkEndpoint(options);
    m_test->setEnabled(good.has_value());
    if (!good)
        m_state->setText(m_enabled->isChecked() || !options.url.empty()
                             ? toQString(good.error().detail)
                             : QString());
    else if (!options.keyVariable.empty()
             && !qEnvironmentVariableIsSet(options.keyVariable.c_str()))
        m_state->setText(
            tr("The variable %1 is not set in this session.").arg(toQString(options.keyVariable)));
    else
        m_state->setText(
            tr("Descriptions would be sent to %1.").arg(toQString(*completionsUrl(options.url))));
}

void EndpointPanel::test()
{
    m_test->setEnabled(false);
    m_banner->showMessage(
        StatusBanner::Kind::Information,
        tr("Asking %1…").arg(toQString(originOf(endpointOptions(entered()).url))));
    QElapsedTimer timer;
    timer.start();
    m_jobs.run<ModelReading>(
        testSlot, tr("Testing the language model"),
        [options = endpointOptions(entered()), catalog = m_catalog](RunContext& context) {
            return askEndpoint(options, { sampleText }, catalog, context.stop);
        },
        this,
        [this, timer](const Result<ModelReading>& reading) {
            showState();
            if (!reading) {
                m_banner->showError(reading.error());
                return;
            }
            const QString time = plainDuration(Seconds(double(timer.elapsed()) / 1000));
            const bool good = reading->intent.users && reading->intent.users->value == 5000;
            m_banner->showMessage(
                good ? StatusBanner::Kind::Success : StatusBanner::Kind::Warning,
                good ? tr("It answered after %1 and read the sample sentence.").arg(time)
                     : tr("It answered after %1 but did not find the users of the sample sentence; "
                          "another model may do better.")
                           .arg(time));
        });
}

} // namespace llmd

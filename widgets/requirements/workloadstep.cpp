// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadstep.h"

#include "choicecard.h"
#include "fieldspecs.h"
#include "lengthpreview.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace llmd {

using namespace Qt::StringLiterals;

WorkloadStep::WorkloadStep(Document& document, QWidget* parent)
    : Step(document, tr("Workload"),
           tr("How much arrives and how long it is. Leave a field empty to keep the figure shown "
              "in grey; “5k” and “1.2M” are "
              "understood."),
           parent)
{
    addLoad();
    addLengths();
    addSection(tr("What requests have in common"),
               tr("A prefix that many prompts share is computed once and then found in the cache, "
                  "which saves prefill."));
    FieldGrid* prefix = addFields();
    prefix->add(fields::sharedPrefixTokens());
    prefix->add(fields::prefixGroups());
    prefix->add(fields::uniquePrompts());
    content()->addStretch(1);
    WorkloadStep::refresh();
}

void WorkloadStep::addLoad()
{
    addSection(tr("How many requests"));
    auto* choice = new QHBoxLayout;
    m_byUsers = new QRadioButton(tr("From the number of &users"), this);
    m_byUsers->setObjectName(u"requirements.byUsers"_s);
    m_byRate = new QRadioButton(tr("I know the &request rate"), this);
    m_byRate->setObjectName(u"requirements.byRate"_s);
    auto* group = new QButtonGroup(this);
    group->addButton(m_byUsers);
    group->addButton(m_byRate);
    choice->addWidget(m_byUsers);
    choice->addSpacing(fontMetrics().height());
    choice->addWidget(m_byRate);
    choice->addStretch(1);
    content()->addLayout(choice);
    connect(m_byUsers, &QRadioButton::clicked, this, &WorkloadStep::stateUsers);
    connect(m_byRate, &QRadioButton::clicked, this, &WorkloadStep::stateRate);

    FieldGrid* load = addFields();
    m_users = load->add(fields::users());
    m_rate = load->add(fields::rate());
    load->add(fields::peakFactor());
    addRateFigures();
}

void WorkloadStep::addRateFigures()
{
    auto* panel = new Panel(this);
    auto* grid = new QGridLayout(panel);
    grid->setContentsMargins({});
    grid->setVerticalSpacing(fontMetrics().height() / 5);
    grid->setHorizontalSpacing(fontMetrics().height() * 2);
    const auto figure = [&](const QString& caption, int column, QLabel*& value,
                            QLabel*& derivation) {
        grid->addWidget(makeNote(caption, panel), 0, column);
        value = makeHeading({}, TextStyle::Title, panel);
        value->setAccessibleName(caption);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(value, 1, column);
        derivation = makeNote({}, panel);
        grid->addWidget(derivation, 2, column);
        grid->setColumnStretch(column, 1);
    };
    figure(tr("Mean rate"), 0, m_meanRate, m_meanDerivation);
    figure(tr("Peak rate, which plans are sized for"), 1, m_peakRate, m_peakDerivation);
    m_meanRate->setObjectName(u"meanRate"_s);
    m_peakRate->setObjectName(u"peakRate"_s);
    content()->addWidget(panel);
}

void WorkloadStep::addLengths()
{
    addSection(tr("How long requests are"));
    FieldGrid* lengths = addFields();
    lengths->add(fields::promptTokens());
    lengths->add(fields::promptVariation());
    lengths->add(fields::outputTokens());
    lengths->add(fields::outputVariation());
    lengths->add(fields::contextTokens());
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins({});
    m_preview = new LengthPreview(panel);
    layout->addWidget(m_preview);
    content()->addWidget(panel);
}

// The rate that held so far becomes the stated one, so that the switch alone changes no figure.
void WorkloadStep::stateRate()
{
    const auto& need = document().need();
    const RequestsPerSecond rate = need ? need->meanLoad.load.rate : RequestsPerSecond(1);
    if (!document().requirements().rate) {
        edit(u"requirements.loadKind"_s, tr("State the request rate"),
             [&](Requirements& requirements) { requirements.rate = rate; });
    }
    m_rate->editor()->setFocus(Qt::OtherFocusReason);
    m_rate->editor()->selectAll();
}

void WorkloadStep::stateUsers()
{
    m_showsRate = false;
    edit(u"requirements.loadKind"_s, tr("State the number of users"),
         [](Requirements& requirements) {
             requirements.rate.reset();
             if (!requirements.users)
                 requirements.users = 1000;
         });
    m_users->editor()->setFocus(Qt::OtherFocusReason);
    m_users->editor()->selectAll();
}

void WorkloadStep::showRates()
{
    const auto& need = document().need();
    const auto show = [&](QLabel* value, QLabel* derivation, const Workload* load,
                          std::string_view field) {
        value->setText(load ? format::rate(load->load.rate) : format::noData());
        const Derivation* found = need ? findDerivation(*need, field) : nullptr;
        derivation->setText(found ? toQString(found->text) : QString());
    };
    show(m_meanRate, m_meanDerivation, need ? &need->meanLoad : nullptr, "workload.rate");
    show(m_peakRate, m_peakDerivation, need ? &need->peakLoad : nullptr, "workload.peak_rate");
}

void WorkloadStep::refresh()
{
    Step::refresh();
    // A rate field that is being emptied stays in place while the cursor is in it.
    m_showsRate =
        document().requirements().rate.has_value() || (m_showsRate && m_rate->editor()->hasFocus());
    const bool byRate = m_showsRate;
    (byRate ? m_byRate : m_byUsers)->setChecked(true);
    m_rate->setVisible(byRate);
    m_users->setVisible(!byRate);
    showRates();
    if (const auto& need = document().need())
        m_preview->setLengths(need->meanLoad.prompt, need->meanLoad.output);
}

StepSummary WorkloadStep::summary() const
{
    const auto& need = document().need();
    if (!need) {
        const Requirements& requirements = document().requirements();
        if (!requirements.users && !requirements.rate)
            return { tr("Users or rate needed"), StepButton::State::Error };
        return { format::noData(), StepButton::State::Normal };
    }
    return { tr("Peak %1").arg(format::rate(need->peakLoad.load.rate)), StepButton::State::Normal };
}

bool WorkloadStep::reveal(const QString& field)
{
    if (fieldName(field) == u"users" && document().requirements().rate)
        return Step::reveal(u"rate"_s);
    if (fieldName(field) == u"rate" && !document().requirements().rate)
        return Step::reveal(u"users"_s);
    if (fieldName(field) == u"peak_rate" || fieldName(field) == u"arrivals")
        return Step::reveal(u"peak_factor"_s);
    return Step::reveal(field);
}

} // namespace llmd

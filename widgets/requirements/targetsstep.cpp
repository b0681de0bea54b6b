// SPDX-License-Identifier: GPL-3.0-or-later
#include "targetsstep.h"

#include "choicecard.h"
#include "plaintext.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array offeredPercentiles { 0.0, 50.0, 90.0, 95.0, 99.0, 99.9 };

QString className(const std::string& id)
{
    if (id == "instant")
        return TargetsStep::tr("Instant");
    if (id == "conversational")
        return TargetsStep::tr("Conversational");
    if (id == "interactive")
        return TargetsStep::tr("Interactive");
    if (id == "deferred")
        return TargetsStep::tr("Deferred");
    if (id == "batch")
        return TargetsStep::tr("Batch");
    return toQString(id);
}

QString limitsText(Seconds ttft, Seconds itl)
{
    return TargetsStep::tr("first token %1, then %2 each")
        .arg(plainDuration(ttft), plainDuration(itl));
}

bool isLatencyField(const std::string& subject)
{
    const QString name = fieldName(toQString(subject));
    return name == u"ttft" || name == u"itl" || name == u"e2e";
}

} // namespace

TargetsStep::TargetsStep(Document& document, QWidget* parent)
    : Step(document, tr("Latency targets"),
           tr("How fast the service has to feel. A plan counts only if its predicted latency stays "
              "within every limit at the "
              "peak rate. Times are written as “200ms” or “0.2s”."),
           parent)
{
    addClasses();
    addLimits();
    m_warnings = new StatusBanner(this);
    m_warnings->setClosable(false);
    content()->addWidget(m_warnings);
    content()->addStretch(1);
    TargetsStep::refresh();
}

void TargetsStep::addClasses()
{
    addSection(tr("Experience class"),
               tr("A class sets the first two limits at once, both at p95."));
    auto* grid = new QGridLayout;
    grid->setSpacing(fontMetrics().height() / 2);
    const auto addCard = [&](const QString& name, const QStringList& figures, int position) {
        auto* card = new ChoiceCard(name, {}, figures, this);
        grid->addWidget(card, position / 3, position % 3);
        return card;
    };
    m_fromUseCase = addCard(tr("As the use case says"), { QString() }, 0);
    m_fromUseCase->setObjectName(u"class.useCase"_s);
    connect(m_fromUseCase, &ChoiceCard::clicked, this, &TargetsStep::applyUseCase);
    int position = 1;
    for (const ExperienceClass& experience : document().catalog()->experienceClasses) {
        auto* card = addCard(className(experience.id),
                             { limitsText(experience.ttft, experience.itl) }, position++);
        card->setObjectName(u"class."_s + toQString(experience.id));
        connect(card, &ChoiceCard::clicked, this, [this, experience] { applyClass(experience); });
        m_classes.push_back(card);
    }
    for (int i = 0; i < 3; ++i)
        grid->setColumnStretch(i, 1);
    content()->addLayout(grid);
}

void TargetsStep::addLimits()
{
    addSection(tr("Limits"));
    FieldGrid* limits = addFields();
    for (const auto latency :
         { fields::Latency::Ttft, fields::Latency::Itl, fields::Latency::E2e }) {
        FieldSpec spec = fields::latencyLimit(latency);
        QComboBox* percentile = makePercentileBox(latency, spec.label);
        ValueField* field = limits->add(std::move(spec), percentile);
        m_rows.push_back({ latency, field, percentile });
    }
    for (const Row& row : m_rows)
        connect(row.percentile, &QComboBox::activated, this,
                [this, row] { changePercentile(row); });
}

QComboBox* TargetsStep::makePercentileBox(fields::Latency latency, const QString& name)
{
    auto* box = new QComboBox(this);
    box->setObjectName(fields::latencyLimit(latency).id + u".percentile"_s);
    box->setAccessibleName(tr("Percentile of %1").arg(name));
    box->setToolTip(tr("Which requests have to stay within the limit: p95 means 95 of 100."));
    for (const double percentile : offeredPercentiles)
        box->addItem(format::percentile(percentile), percentile);
    return box;
}

void TargetsStep::applyClass(const ExperienceClass& experience)
{
    edit(u"requirements.experienceClass"_s, tr("Choose class %1").arg(className(experience.id)),
         [&](Requirements& requirements) {
             requirements.ttft = LatencyTarget { 95, experience.ttft };
             requirements.itl = LatencyTarget { 95, experience.itl };
         });
    refreshClasses(); // a button that was on stays on
}

void TargetsStep::applyUseCase()
{
    edit(u"requirements.experienceClass"_s, tr("Use the targets of the use case"),
         [](Requirements& requirements) {
             requirements.ttft.reset();
             requirements.itl.reset();
         });
    refreshClasses();
}

void TargetsStep::changePercentile(const Row& row)
{
    const double percentile = row.percentile->currentData().toDouble();
    const auto& need = document().need();
    const auto& derived = need ? fields::targetOf(need->slo, row.latency) : std::nullopt;
    edit(row.percentile->objectName(),
         tr("Change the percentile of %1").arg(row.field->spec().label),
         [&](Requirements& requirements) {
             auto& target = fields::targetOf(requirements, row.latency);
             if (!target && derived)
                 target = derived;
             if (target)
                 target->percentile = percentile;
         });
}

void TargetsStep::refreshPercentile(const Row& row)
{
    const auto& need = document().need();
    const auto& stated = fields::targetOf(document().requirements(), row.latency);
    const auto& target = stated || !need ? stated : fields::targetOf(need->slo, row.latency);
    row.percentile->setEnabled(target.has_value());
    const double percentile = target ? target->percentile : 95;
    int index = row.percentile->findData(percentile);
    if (index < 0) { // a percentile from a file that is not among ours
        row.percentile->addItem(format::percentile(percentile), percentile);
        index = row.percentile->count() - 1;
    }
    row.percentile->setCurrentIndex(index);
}

void TargetsStep::refreshClasses()
{
    const Requirements& requirements = document().requirements();
    const auto& all = document().catalog()->experienceClasses;
    const bool derived = !requirements.ttft && !requirements.itl;
    m_fromUseCase->setChecked(derived);
    for (std::size_t i = 0; i < all.size(); ++i) {
        m_classes[i]->setChecked(requirements.ttft == LatencyTarget { 95, all[i].ttft }
                                 && requirements.itl == LatencyTarget { 95, all[i].itl });
    }
    const UseCase* useCase = document().catalog()->findUseCase(requirements.useCase);
    if (!useCase)
        return;
    m_fromUseCase->setFigures(
        { limitsText(defaultLimit(useCase->ttft), defaultLimit(useCase->itl)) });
}

void TargetsStep::refreshWarnings()
{
    QStringList texts;
    if (const auto& need = document().need()) {
        for (const Issue& issue : need->issues) {
            if (isLatencyField(issue.subject))
                texts << toQString(issue.text);
        }
    }
    if (texts.isEmpty())
        m_warnings->dismiss();
    else if (m_warnings->isHidden() || m_warnings->text() != texts.join(u'\n'))
        m_warnings->showMessage(StatusBanner::Kind::Warning, texts.join(u'\n'));
}

void TargetsStep::refresh()
{
    Step::refresh();
    for (const Row& row : m_rows)
        refreshPercentile(row);
    refreshClasses();
    refreshWarnings();
}

StepSummary TargetsStep::summary() const
{
    const auto& need = document().need();
    if (!need || !need->slo.ttft || !need->slo.itl)
        return { format::noData(), StepButton::State::Normal };
    const bool warned =
        std::any_of(need->issues.begin(), need->issues.end(),
                    [](const Issue& issue) { return isLatencyField(issue.subject); });
    return { tr("%1, then %2")
                 .arg(plainDuration(need->slo.ttft->limit), plainDuration(need->slo.itl->limit)),
             warned ? StepButton::State::Warning : StepButton::State::Normal };
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "requirementspage.h"

#include "describestep.h"
#include "hardwarestep.h"
#include "modelsstep.h"
#include "plaintext.h"
#include "prioritiesstep.h"
#include "reviewstep.h"
#include "stepbar.h"
#include "targetsstep.h"
#include "usecasestep.h"
#include "workloadstep.h"

#include <core/base/text.h>
#include <widgets/document/document.h>
#include <widgets/support/errortext.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace llmd {

using namespace Qt::StringLiterals;

PageInfo RequirementsPage::pageInfo()
{
    return { .id = u"requirements"_s,
             .title = tr("Requirements"),
             .iconName = u"requirements"_s,
             .toolTip =
                 tr("State what is needed: load, latency, models, hardware and priorities.") };
}

RequirementsPage::RequirementsPage(Document& document, Settings& settings, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
    , m_bar(new StepBar(this))
    , m_stack(new QStackedWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    addSteps();
    addFooter();
    connect(m_bar, &StepBar::currentChanged, this, &RequirementsPage::showStep);
    connect(&m_document, &Document::needChanged, this, &RequirementsPage::refresh);
    connect(&m_document, &Document::reportChanged, this, &RequirementsPage::refreshFooter);
    connect(&m_document, &Document::rankingChanged, this, &RequirementsPage::refreshFooter);
    connect(&m_document, &Document::searchingChanged, this, &RequirementsPage::refreshFooter);
    connect(&m_document, &Document::filePathChanged, this, [this] {
        if (m_document.filePath() == m_shownFile)
            return;
        m_shownFile = m_document.filePath();
        for (Step* step : m_steps)
            step->dropUnusedText();
        refresh();
    });
    m_bar->setCurrent(0);
    refresh();
}

void RequirementsPage::addSteps()
{
    auto* review = new ReviewStep(m_document, m_stack);
    auto* describe = new DescribeStep(m_document, m_settings, m_stack);
    m_steps = { describe,
                new UseCaseStep(m_document, m_stack),
                new WorkloadStep(m_document, m_stack),
                new TargetsStep(m_document, m_stack),
                new ModelsStep(m_document, m_stack),
                new HardwareStep(m_document, m_stack),
                new PrioritiesStep(m_document, m_stack),
                review };
    for (Step* step : m_steps) {
        m_stack->addWidget(step);
        m_bar->addStep(step->title());
    }
    connect(describe, &DescribeStep::summaryChanged, this, &RequirementsPage::refreshSummaries);
    connect(describe, &DescribeStep::useCaseRequested, this, [this] { showStep(1); });
    connect(review, &ReviewStep::fieldRequested, this,
            [this](const QString& field) { (void)revealField(field); });
    connect(review, &ReviewStep::optionsRequested, this,
            [this] { emit pageRequested(u"explore"_s); });
}

void RequirementsPage::addFooter()
{
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    auto* footer = new QHBoxLayout;
    const int margin = fontMetrics().height() / 2;
    footer->setContentsMargins(margin * 3, margin, margin * 3, margin);
    footer->setSpacing(margin);
    m_outcome = new QLabel(this);
    m_outcome->setObjectName(u"requirements.outcome"_s);
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setWordWrap(true);
    m_back = new QPushButton(tr("&Back"), this);
    m_back->setObjectName(u"requirements.back"_s);
    m_next = new QPushButton(this);
    m_next->setObjectName(u"requirements.next"_s);
    m_next->setDefault(true);
    footer->addWidget(m_outcome, 1);
    footer->addWidget(m_back);
    footer->addWidget(m_next);
    static_cast<QVBoxLayout*>(layout())->addWidget(line);
    static_cast<QVBoxLayout*>(layout())->addLayout(footer);
    connect(m_back, &QPushButton::clicked, this,
            [this] { m_bar->setCurrent(std::max(0, currentStep() - 1)); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (currentStep() + 1 < stepCount())
            m_bar->setCurrent(currentStep() + 1);
        else
            emit pageRequested(u"explore"_s);
    });
}

void RequirementsPage::activate()
{
    refresh();
}

int RequirementsPage::currentStep() const
{
    return m_stack->currentIndex();
}

void RequirementsPage::showStep(int index)
{
    m_bar->setCurrent(index);
    m_stack->setCurrentIndex(index);
    refresh();
}

bool RequirementsPage::revealField(const QString& fieldId)
{
    for (int i = 0; i < stepCount(); ++i) {
        const int before = currentStep();
        m_stack->setCurrentIndex(i); // focus needs a visible widget
        if (step(i)->reveal(fieldId)) {
            m_bar->setCurrent(i);
            refresh();
            return true;
        }
        m_stack->setCurrentIndex(before);
    }
    return false;
}

void RequirementsPage::refresh()
{
    const int current = currentStep();
    if (current >= 0)
        step(current)->refresh();
    refreshSummaries();
    refreshFooter();
}

void RequirementsPage::refreshSummaries()
{
    for (int i = 0; i < stepCount(); ++i) {
        const StepSummary summary = step(i)->summary();
        m_bar->step(i)->setSummary(summary.text, summary.state);
    }
}

void RequirementsPage::refreshFooter()
{
    const int current = currentStep();
    m_back->setEnabled(current > 0);
    m_next->setText(current + 1 < stepCount() ? tr("&Next: %1").arg(step(current + 1)->title())
                                              : tr("&Explore the options"));
    QString text;
    const auto& report = m_document.report();
    const auto& order = m_document.ranking().order[static_cast<std::size_t>(View::LowestCost)];
    if (const auto& error = m_document.needError()) {
        text = toQString(error->detail);
    } else if (m_document.isSearching()) {
        text = tr("Searching…");
    } else if (report && !order.empty()) {
        const Option& cheapest = report->options[order.front()];
        text = tr("%1, the cheapest for %2 per month.")
                   .arg(counted(order.size(), tr("1 option meets the targets"),
                                tr("%1 options meet the targets")),
                        format::dollars(inDollarsPerMonth(cheapest.cost)));
    } else if (report) {
        text = report->infeasibility.empty() ? tr("No option meets the targets.")
                                             : toQString(report->infeasibility);
    }
    m_outcome->setText(text);
}

} // namespace llmd

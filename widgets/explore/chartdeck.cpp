// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartdeck.h"

#include "gpucostchart.h"
#include "loadchart.h"
#include "optionsmodel.h"
#include "optiontext.h"
#include "paretochart.h"
#include "rolecapacitychart.h"
#include "splitchart.h"
#include "splitsampler.h"
#include "throughputchart.h"
#include "timemodel.h"

#include <widgets/charts/stackedbarschart.h>
#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** Bars of step times side by side: the selected option and the best others. */
constexpr std::size_t comparedSteps = 6;
constexpr std::chrono::milliseconds settled { 60 };

} // namespace

ChartDeck::ChartDeck(Document& document, OptionsModel& model, QWidget* parent)
    : QTabWidget(parent)
    , m_document(document)
    , m_pareto(new ParetoChart(this))
    , m_throughput(new ThroughputChart(this))
    , m_gpuCost(new GpuCostChart(this))
    , m_optionCharts { m_pareto, m_throughput, m_gpuCost }
    , m_steps(new StackedBarsChart(tr("Decode step of the best options"), this))
    , m_loads(new LoadSampler(document, this))
    , m_load(new LoadChart(this))
    , m_splits(new SplitSampler(document, this))
    , m_splitMap(new SplitChart(this))
    , m_roles(new RoleCapacityChart(this))
{
    setObjectName(u"chartDeck"_s);
    setAccessibleName(tr("Charts of the options"));
    setDocumentMode(true);
    add(*m_pareto, tr("Cost and Latency"));
    add(*m_throughput, tr("Throughput"));
    add(*m_gpuCost, tr("GPU Types"));
    add(*m_load, tr("Under Load"));
    add(*m_steps, tr("Step Time"));
    add(*m_splitMap, tr("P/D Split"));
    add(*m_roles, tr("P/D Capacity"));
    for (OptionsChart* chart : m_optionCharts) {
        chart->setOptionsModel(model);
        connect(chart, &OptionsChart::optionClicked, this, &ChartDeck::optionClicked);
        connect(chart, &OptionsChart::selectionCleared, this, &ChartDeck::selectionCleared);
    }
    connect(m_pareto, &ParetoChart::targetDragged, this, &ChartDeck::targetDragged);
    connect(m_pareto, &ParetoChart::targetCommitted, this, &ChartDeck::targetCommitted);
    connect(m_pareto, &ParetoChart::targetDragCancelled, this, &ChartDeck::targetDragCancelled);
    m_later.setSingleShot(true);
    m_later.setInterval(settled);
    connect(&m_later, &QTimer::timeout, this, &ChartDeck::showLater);
    connect(this, &QTabWidget::currentChanged, this, &ChartDeck::showLater);
    connectSteps();
    connectSamplers();
}

ChartDeck::~ChartDeck() = default;

void ChartDeck::add(ChartView& chart, const QString& name)
{
    chart.setTitleShown(false);
    connect(&chart, &ChartView::hintChanged, this, &ChartDeck::hintChanged);
    connect(&chart, &ChartView::failed, this, &ChartDeck::failed);
    addTab(&chart, name);
}

void ChartDeck::connectSteps()
{
    connect(m_steps, &StackedBarsChart::barClicked, this, [this](std::size_t bar) {
        if (bar < m_stepOptions.size())
            emit optionClicked(m_stepOptions[bar]);
    });
}

void ChartDeck::connectSamplers()
{
    connect(m_loads, &LoadSampler::changed, this, [this] {
        m_load->setCurve(m_loads->curve(), m_loads->reason());
        m_throughput->setCurve(m_loads->curve());
    });
    connect(m_splits, &SplitSampler::changed, this, [this] {
        m_splitMap->setGrid(m_splits->grid(), m_splits->reason());
        m_roles->setGrid(m_splits->grid(), m_splits->reason());
    });
}

void ChartDeck::showLater()
{
    const QWidget* front = currentWidget();
    if (front == m_steps)
        showSteps();
    else if (front == m_load || front == m_throughput)
        m_loads->request(m_selected);
    else if (front == m_splitMap || front == m_roles)
        m_splits->request(m_selected);
}

void ChartDeck::showReport()
{
    m_selected.reset();
    m_pareto->setResults(m_document.report(), m_document.ranking(), m_document.rankedSlo());
    m_pareto->setBudget(m_document.requirements().budgetPerMonth);
    m_throughput->setResults(m_document.report(), m_document.ranking(), m_document.rankedSlo());
    m_gpuCost->setResults(m_document.report(), m_document.ranking(), m_document.rankedSlo());
    m_later.start();
}

void ChartDeck::showRanking()
{
    for (OptionsChart* chart : m_optionCharts)
        chart->setRanking(m_document.ranking(), m_document.rankedSlo());
    m_later.start();
}

void ChartDeck::setShown(std::vector<char> shown)
{
    m_shown = std::move(shown);
    for (OptionsChart* chart : m_optionCharts)
        chart->setShown(m_shown);
    m_later.start();
}

void ChartDeck::setSelected(std::optional<std::size_t> option)
{
    m_selected = option;
    for (OptionsChart* chart : m_optionCharts)
        chart->setSelected(option);
    m_later.start();
}

std::vector<std::size_t> ChartDeck::stepOptions() const
{
    std::vector<std::size_t> options;
    if (!m_document.report())
        return options;
    const std::size_t count = m_document.report()->options.size();
    if (m_selected && *m_selected < count)
        options.push_back(*m_selected);
    for (const std::size_t option : m_document.ranking().of(m_document.view())) {
        if (options.size() == comparedSteps)
            break;
        const bool shown = m_shown.empty() || m_shown[option];
        if (shown && std::find(options.begin(), options.end(), option) == options.end())
            options.push_back(option);
    }
    return options;
}

void ChartDeck::showSteps()
{
    m_stepOptions = stepOptions();
    StackedBars bars { .unit = u"ms"_s };
    std::vector<std::string> ids;
    for (const std::size_t index : m_stepOptions) {
        const Option& option = m_document.report()->options[index];
        const Candidate& candidate = option.candidate;
        const TimeExplanation explanation = explainTimes(
            candidate, m_document.report()->catalog->engineVersion(candidate.engine.version),
            m_document.report()->need.peakLoad, option.atPeak);
        const QString mark = index == m_selected ? u"▸ "_s : QString();
        StackedBars::Bar bar { mark
                                   + tr("%1\n%2 · %3")
                                         .arg(modelText(*candidate.model), gpuText(*candidate.gpu),
                                              topologyText(candidate.topology)),
                               std::vector<double>(ids.size()) };
        for (const TimeTerm* term : explanation.partsOfStep()) {
            const auto it = std::find(ids.begin(), ids.end(), term->id);
            const auto segment = static_cast<std::size_t>(it - ids.begin());
            if (it == ids.end()) {
                ids.push_back(term->id);
                bars.segments.push_back(timeTermName(*term));
                bar.values.push_back(0);
            }
            bar.values[segment] = inMilliseconds(term->time);
        }
        bars.bars.push_back(std::move(bar));
    }
    for (StackedBars::Bar& bar : bars.bars)
        bar.values.resize(ids.size());
    m_steps->setMessage(bars.bars.empty() ? tr("No option to show.")
                            : ids.empty()
                            ? tr("This engine does not say where the time of a step goes.")
                            : QString());
    m_steps->setSummary(
        tr("Where the time of a decode step goes, for %1 options.").arg(bars.bars.size()));
    m_steps->setBars(std::move(bars));
}

} // namespace llmd

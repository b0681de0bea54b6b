// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpucostchart.h"

#include "optiontext.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

// No legend: the rows name the GPUs.
GpuCostChart::GpuCostChart(QWidget* parent)
    : OptionsChart(tr("Cost by GPU type"),
                   { Aim::Low, Aim::Low, tr("Cheapest of a type"), false, false }, parent)
    , m_labels(new PointLabels(plot()))
{
    plot().xAxis->setLabel(tr("Cost [$/month]"));
    plot().yAxis->setTickLength(0);
    plot().yAxis->setSubTickLength(0);
    plot().axisRect()->setRangeDrag(Qt::Horizontal);
    applyCurrentTheme();
}

GpuCostChart::~GpuCostChart() = default;

void GpuCostChart::prepare()
{
    // Options come by cost, so types come by their cheapest option.
    std::vector<const Gpu*> gpus;
    m_places.clear();
    m_rows.clear();
    if (report()) {
        for (const Option& option : report()->options) {
            if (m_places.emplace(option.candidate.gpu, 0).second)
                gpus.push_back(option.candidate.gpu);
        }
    }
    auto ticker = QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText);
    for (std::size_t i = 0; i < gpus.size(); ++i) {
        const auto place = static_cast<double>(gpus.size() - i);
        m_places[gpus[i]] = place;
        m_rows.append(gpuText(*gpus[i]));
        ticker->addTick(place, m_rows.back());
    }
    plot().yAxis->setTicker(ticker);
}

OptionsChart::Place GpuCostChart::placeOf(const Option& option) const
{
    return { inDollarsPerMonth(option.cost), m_places.at(option.candidate.gpu) };
}

OptionsChart::Whiskers GpuCostChart::whiskersOf(const Option& /*option*/) const
{
    return {};
}

QString GpuCostChart::describe(const Option& option) const
{
    return tr("%1\n%2 per month, %3 per GPU and hour")
        .arg(optionText(option), format::dollars(inDollarsPerMonth(option.cost)),
             format::dollars(inDollarsPerHour(option.cost) / std::max(1, option.totalGpus)));
}

QString GpuCostChart::summary() const
{
    if (frontier().empty())
        return tr("No option on any GPU type meets the targets.");
    const Option& cheapest = report()->options[frontier().front()];
    return tr("%1 of %2 GPU types meet the targets; the cheapest is %3 with %4 per month.")
        .arg(frontier().size())
        .arg(m_rows.size())
        .arg(gpuText(*cheapest.candidate.gpu), format::dollars(inDollarsPerMonth(cheapest.cost)));
}

std::vector<std::size_t> GpuCostChart::findFrontier() const
{
    std::map<double, std::size_t> cheapest;
    for (std::size_t i = 0; i < points().size(); ++i) {
        const Point& point = points()[i];
        if (!point.inTarget || !point.drawn())
            continue;
        const auto [it, first] = cheapest.emplace(point.y, i);
        if (!first && point.x < points()[it->second].x)
            it->second = i;
    }
    std::vector<std::size_t> options;
    for (const auto& [row, option] : cheapest)
        options.push_back(option);
    std::stable_sort(options.begin(), options.end(), [this](std::size_t a, std::size_t b) {
        return points()[a].x < points()[b].x;
    });
    return options;
}

QStringList GpuCostChart::axisColumns() const
{
    return { u"gpu"_s, u"cost_per_month"_s };
}

void GpuCostChart::decorate()
{
    std::vector<PointLabels::Label> labels;
    for (const std::size_t index : frontier()) {
        const Option& option = report()->options[index];
        labels.push_back({ points()[index].x, points()[index].y,
                           tr("%1 · %2").arg(format::dollars(inDollarsPerMonth(option.cost)),
                                             topologyText(option.candidate.topology)) });
    }
    m_labels->setLabels(std::move(labels));
}

QStringList GpuCostChart::shownLabels() const
{
    return m_labels->shownTexts();
}

std::vector<ChartView::Gesture> GpuCostChart::ownGestures() const
{
    return { { tr("Click a point"), tr("select the option") } };
}

void GpuCostChart::applyTheme(const ChartTheme& theme)
{
    OptionsChart::applyTheme(theme);
    m_labels->applyTheme(theme);
}

void GpuCostChart::fitRanges()
{
    double left = std::numeric_limits<double>::infinity();
    double right = 0;
    for (const Point& point : points()) {
        if (!point.placed())
            continue;
        left = std::min(left, point.x);
        right = std::max(right, point.x);
    }
    if (left > right)
        return;
    const bool logarithmic = left > 0 && right / left > logarithmicRatio;
    setAxisLogarithmic(*plot().xAxis, logarithmic);
    plot().xAxis->setRange(paddedRange(left, right, logarithmic));
    plot().yAxis->setRange(0.3, static_cast<double>(m_rows.size()) + 0.7);
}

} // namespace llmd

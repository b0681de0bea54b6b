// SPDX-License-Identifier: GPL-3.0-or-later
#include "throughputchart.h"

#include "enginetext.h"
#include "optiontext.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/qcp.h>
#include <widgets/support/numberformat.h>

using namespace Qt::StringLiterals;

namespace llmd {

ThroughputChart::ThroughputChart(QWidget* parent)
    : OptionsChart(tr("Throughput and interactivity"),
                   { Aim::High, Aim::High, tr("Frontier with 90 % interval"), true }, parent)
    , m_labels(new PointLabels(plot()))
    , m_path(new QCPCurve(plot().xAxis, plot().yAxis))
{
    m_path->setName(tr("Selected option under load"));
    plot().xAxis->setLabel(tr("Output per user [tokens/s]"));
    plot().yAxis->setLabel(tr("Output per GPU [tokens/s]"));
    applyCurrentTheme();
}

ThroughputChart::~ThroughputChart() = default;

OptionsChart::Place ThroughputChart::placeOf(const Option& option) const
{
    return { outputPerUser(option.atPeak), outputPerGpu(option) };
}

OptionsChart::Whiskers ThroughputChart::whiskersOf(const Option& option) const
{
    // Per user it is the inverse of a time: the long end of the time is the low end of the rate.
    const IntervalFactors time = drawnInterval(option.atPeak, option.atPeak.itl.meanInterval);
    const double perUser = outputPerUser(option.atPeak);
    // What the deployment puts out is what arrives, as long as it keeps up.
    return { perUser * (1 - 1 / time.high), perUser * (1 / time.low - 1), 0, 0 };
}

QString ThroughputChart::describe(const Option& option) const
{
    return tr("%1\n%2 per GPU\n%3 per user (%4)")
        .arg(optionText(option), format::tokenRate(TokensPerSecond(outputPerGpu(option))),
             format::tokenRate(TokensPerSecond(outputPerUser(option.atPeak))),
             intervalText(option.atPeak, option.atPeak.itl.meanInterval));
}

QString ThroughputChart::summary() const
{
    return tr("%1 of %2 options meet the targets; %3 of them are on the frontier of output per GPU "
              "and output per user.")
        .arg(countInTarget())
        .arg(pointCount())
        .arg(frontier().size());
}

QStringList ThroughputChart::axisColumns() const
{
    return { u"output_per_user"_s, u"output_per_gpu"_s };
}

void ThroughputChart::decorate()
{
    // The ends first: they are what a frontier is read from.
    std::vector<std::size_t> order = frontier();
    if (order.size() > 2)
        std::swap(order[1], order.back());
    std::vector<PointLabels::Label> labels;
    for (const std::size_t index : order) {
        const Candidate& candidate = report()->options[index].candidate;
        labels.push_back(
            { points()[index].x, points()[index].y, parallelismText(candidate.topology) });
    }
    m_labels->setLabels(std::move(labels));
}

QStringList ThroughputChart::shownLabels() const
{
    return m_labels->shownTexts();
}

void ThroughputChart::setCurve(const std::shared_ptr<const DeploymentCurve>& curve)
{
    QVector<QCPCurveData> path;
    for (std::size_t i = 0; curve && i < curve->curve.points.size(); ++i) {
        const Estimate& part = curve->curve.points[i].estimate;
        path.append({ static_cast<double>(i), outputPerUser(part),
                      part.outputThroughput.value() * curve->parts / curve->gpus });
    }
    m_path->data()->set(path, true);
    plot().replot(QCustomPlot::rpQueuedReplot);
}

std::vector<ChartView::Gesture> ThroughputChart::ownGestures() const
{
    return { { tr("Click a point"), tr("select the option") } };
}

void ThroughputChart::applyTheme(const ChartTheme& theme)
{
    OptionsChart::applyTheme(theme);
    m_labels->applyTheme(theme);
    m_path->setPen(QPen(theme.accent, 1.8, Qt::DashLine));
}

} // namespace llmd

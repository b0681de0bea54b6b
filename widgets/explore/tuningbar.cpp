// SPDX-License-Identifier: GPL-3.0-or-later
#include "tuningbar.h"

#include <core/ranking/comparison.h>
#include <core/ranking/sensitivity.h>
#include <widgets/document/document.h>
#include <widgets/support/durationspinbox.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr int sliderSteps = 100;

double sumOf(const Priorities& priorities)
{
    return priorities.cost + priorities.latency + priorities.quality + priorities.simplicity;
}

} // namespace

void editTarget(Document& document, LatencyMetric metric, std::optional<Seconds> limit)
{
    if (!document.need())
        return;
    const auto& present = targetOf(document.need()->slo, metric);
    const double percentile = present ? present->percentile : 95;
    const QString field = u"requirements."_s + metricName(metric).toLower();
    document.edit(
        field, TuningBar::tr("Change %1 Target").arg(metricName(metric)), [&](Project& project) {
            auto& stated = metric == LatencyMetric::Ttft ? project.requirements.ttft
                : metric == LatencyMetric::Itl           ? project.requirements.itl
                                                         : project.requirements.e2e;
            stated = limit ? std::optional(LatencyTarget { percentile, *limit }) : std::nullopt;
        });
}

TuningBar::TuningBar(Document& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
{
    setObjectName(u"tuningBar"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() * 2);
    layout->addWidget(buildWeights(), 3);
    layout->addWidget(buildTargets(), 2);
    connect(&document, &Document::needChanged, this, &TuningBar::refresh);
    connect(&document, &Document::reportChanged, this, &TuningBar::showFirmness);
    connect(&document, &Document::rankingChanged, this, &TuningBar::showFirmness);
    refresh();
}

QWidget* TuningBar::buildWeights()
{
    auto* group = new QWidget(this);
    auto* row = new QGridLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setHorizontalSpacing(fontMetrics().height());
    row->setVerticalSpacing(fontMetrics().height() / 6);
    const std::array<std::pair<QString, double Priorities::*>, 4> entries { {
        { tr("Cost"), &Priorities::cost },
        { tr("Latency"), &Priorities::latency },
        { tr("Quality"), &Priorities::quality },
        { tr("Simplicity"), &Priorities::simplicity },
    } };
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& [name, member] = entries[i];
        auto* slider = new QSlider(Qt::Horizontal, group);
        slider->setObjectName(u"weight%1"_s.arg(i));
        slider->setRange(0, sliderSteps);
        slider->setPageStep(10);
        slider->setToolTip(tr("How much %1 counts in the balanced score").arg(name.toLower()));
        auto* label = new QLabel(name, group);
        label->setBuddy(slider);
        auto* share = new QLabel(group);
        share->setAlignment(Qt::AlignRight);
        setTextStyle(*share, TextStyle::Caption);
        auto* firmness = new QLabel(group);
        firmness->setObjectName(u"firmness%1"_s.arg(i));
        setTextStyle(*firmness, TextStyle::Caption);
        m_weights[i] = { member, slider, share, firmness };
        const int column = static_cast<int>(i) * 2;
        row->addWidget(label, 0, column);
        row->addWidget(share, 0, column + 1);
        row->addWidget(slider, 1, column, 1, 2);
        row->addWidget(firmness, 2, column, 1, 2);
        connect(slider, &QSlider::valueChanged, this, &TuningBar::weightMoved);
        connect(slider, &QSlider::sliderReleased, this, &TuningBar::commitWeights);
    }
    m_reset = new QToolButton(group);
    m_reset->setIcon(themedIcon(u"reset"_s));
    m_reset->setAutoRaise(true);
    m_reset->setToolTip(tr("Back to the priorities of the use case"));
    m_reset->setAccessibleName(m_reset->toolTip());
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_document.edit(u"requirements.priorities.reset"_s, tr("Reset Priorities"),
                        [](Project& project) { project.requirements.priorities.reset(); });
    });
    row->addWidget(m_reset, 0, 8, 2, 1, Qt::AlignVCenter);
    showFirmness();
    return group;
}

QWidget* TuningBar::buildTargets()
{
    auto* group = new QWidget(this);
    auto* row = new QGridLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setHorizontalSpacing(fontMetrics().height());
    row->setVerticalSpacing(fontMetrics().height() / 6);
    int column = 0;
    for (const LatencyMetric metric :
         { LatencyMetric::Ttft, LatencyMetric::Itl, LatencyMetric::E2e }) {
        auto* box = new DurationSpinBox(group);
        box->setObjectName(u"target"_s + metricName(metric));
        box->setNoneText(tr("none"));
        box->setToolTip(
            tr("Limit of %1; enter for example 300 ms or 1.5 s").arg(metricName(metric)));
        auto* label = new QLabel(tr("%1 target").arg(metricName(metric)), group);
        label->setBuddy(box);
        auto& target = m_targets[static_cast<std::size_t>(column)];
        target = { metric, box, label };
        row->addWidget(label, 0, column);
        row->addWidget(box, 1, column);
        connect(box, &QDoubleSpinBox::valueChanged, this,
                [this, &target] { commitTarget(target); });
        ++column;
    }
    return group;
}

void TuningBar::refresh()
{
    const auto& need = m_document.need();
    setEnabled(need.has_value());
    m_reset->setEnabled(m_document.requirements().priorities.has_value());
    if (!need)
        return;
    // As stated, if they are: normalised ones would make the sliders jump under the hand that moves them.
    const Priorities priorities = m_document.requirements().priorities.value_or(need->priorities);
    const double scale = std::max(
        { priorities.cost, priorities.latency, priorities.quality, priorities.simplicity, 1.0 });
    for (const Weight& weight : m_weights) {
        const QSignalBlocker blocker(weight.slider);
        weight.slider->setValue(
            static_cast<int>(std::lround(priorities.*weight.member / scale * sliderSteps)));
    }
    showShares();
    showSlo(need->slo);
}

void TuningBar::showPreview(const Slo& slo)
{
    showSlo(slo);
}

void TuningBar::showSlo(const Slo& slo)
{
    for (const Target& target : m_targets) {
        const auto& limit = targetOf(slo, target.metric);
        const QSignalBlocker blocker(target.box);
        target.box->setDuration(limit ? std::optional(limit->limit) : std::nullopt);
        target.percentile->setText(
            limit ? tr("%1 target, %2")
                        .arg(metricName(target.metric), format::percentile(limit->percentile))
                  : tr("%1 target").arg(metricName(target.metric)));
    }
}

Priorities TuningBar::chosenPriorities() const
{
    Priorities priorities;
    for (const Weight& weight : m_weights)
        priorities.*weight.member = static_cast<double>(weight.slider->value()) / sliderSteps;
    return priorities;
}

void TuningBar::showShares()
{
    const Priorities priorities = chosenPriorities();
    const double sum = sumOf(priorities);
    for (const Weight& weight : m_weights)
        weight.share->setText(
            sum > 0 ? format::percent(std::round(priorities.*weight.member / sum * 100) / 100)
                    : QString());
}

void TuningBar::showFirmness()
{
    const auto& report = m_document.report();
    const RankedOptions ranked = m_document.ranked();
    const auto all = report ? sensitivity(ranked) : std::vector<WeightSensitivity>();
    for (std::size_t i = 0; i < m_weights.size(); ++i) {
        QLabel* label = m_weights[i].firmness;
        if (all.empty()) {
            label->clear();
            label->setToolTip({});
            continue;
        }
        const auto& [priority, share, below, above] = all[i];
        const auto percent = [](const Turn& turn) { return format::percent(turn.share); };
        label->setText(below && above
                           ? tr("best holds %1 – %2").arg(percent(*below), percent(*above))
                           : below ? tr("best holds above %1").arg(percent(*below))
                           : above ? tr("best holds below %1").arg(percent(*above))
                                   : tr("best holds at any weight"));
        QStringList lines;
        const std::size_t best = ranked.ranking.of(View::Balanced).front();
        const auto name = [&](const Turn& turn) {
            return toQString(shortNames(*report, { turn.option, best }).front());
        };
        if (below)
            lines.append(tr("Below %1 the best is %2").arg(percent(*below), name(*below)));
        if (above)
            lines.append(tr("Above %1 the best is %2").arg(percent(*above), name(*above)));
        if (lines.isEmpty())
            lines.append(tr("No weight of this one makes another option the best"));
        label->setToolTip(lines.join(u'\n'));
        m_weights[i].slider->setAccessibleDescription(lines.join(u". "_s));
    }
}

void TuningBar::weightMoved()
{
    showShares();
    const Priorities priorities = chosenPriorities();
    // With nothing to weigh there is no order: wait for a weight above zero.
    if (sumOf(priorities) <= 0)
        return;
    const bool dragging = std::any_of(m_weights.begin(), m_weights.end(), [](const Weight& weight) {
        return weight.slider->isSliderDown();
    });
    if (dragging)
        m_document.previewPriorities(priorities);
    else
        commitWeights();
}

void TuningBar::commitWeights()
{
    const Priorities priorities = chosenPriorities();
    if (sumOf(priorities) <= 0) {
        refresh();
        return;
    }
    m_document.edit(
        u"requirements.priorities"_s, tr("Change Priorities"),
        [&priorities](Project& project) { project.requirements.priorities = priorities; });
}

void TuningBar::commitTarget(const Target& target)
{
    editTarget(m_document, target.metric, target.box->duration());
}

} // namespace llmd

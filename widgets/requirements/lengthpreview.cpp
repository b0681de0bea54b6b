// SPDX-License-Identifier: GPL-3.0-or-later
#include "lengthpreview.h"

#include <widgets/support/theme.h>

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

/** A point of a density over the logarithm of the length; the highest of a curve is 1. */
struct DensityPoint
{
    double tokens = 0;
    double height = 0;
};

/** From differences of the quantiles, so that any shape can be drawn; empty for a constant length. */
std::vector<DensityPoint> density(const LengthDistribution& lengths)
{
    constexpr int steps = 120;
    std::vector<DensityPoint> points;
    double peak = 0;
    double before = std::log(std::max(1e-9, lengths.quantile(0.002)));
    for (int i = 1; i <= steps; ++i) {
        const double probability = 0.002 + 0.996 * i / steps;
        const double here = std::log(std::max(1e-9, lengths.quantile(probability)));
        if (here - before > 1e-9) {
            points.push_back({ std::exp((here + before) / 2), 1 / (here - before) });
            peak = std::max(peak, points.back().height);
        }
        before = here;
    }
    for (DensityPoint& point : points)
        point.height /= peak;
    return points;
}

// Blue and orange of Okabe and Ito, which people with any colour vision tell apart.
QColor promptColor(const QPalette& palette)
{
    return isDark(palette) ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x72, 0xb2);
}
QColor outputColor(const QPalette& palette)
{
    return isDark(palette) ? QColor(0xe6, 0x9f, 0x00) : QColor(0xb3, 0x5a, 0x00);
}

QString tokenText(double tokens)
{
    return QLocale().toString(std::round(tokens), 'f', 0);
}

} // namespace

struct LengthPreview::Axis
{
    QRectF area;
    double low = 1;
    double high = 10;

    [[nodiscard]] double x(double tokens) const
    {
        const double share = (std::log(tokens) - std::log(low)) / (std::log(high) - std::log(low));
        return area.left() + std::clamp(share, 0.0, 1.0) * area.width();
    }
};

LengthPreview::LengthPreview(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Distribution of prompt and output lengths"));
}

void LengthPreview::setLengths(const LengthDistribution& prompt, const LengthDistribution& output)
{
    m_prompt = prompt;
    m_output = output;
    setAccessibleDescription(tr("Prompts: mean %1, 95 of 100 up to %2 tokens. Outputs: mean %3, 95 "
                                "of 100 up to %4 tokens.")
                                 .arg(tokenText(prompt.mean), tokenText(prompt.quantile(0.95)),
                                      tokenText(output.mean), tokenText(output.quantile(0.95))));
    update();
}

QSize LengthPreview::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 9 };
}

QSize LengthPreview::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 40, sizeHint().height() };
}

LengthPreview::Axis LengthPreview::axis() const
{
    const double line = fontMetrics().height();
    Axis axis;
    axis.area = QRectF(rect()).adjusted(line / 2, line * 2.2, -line / 2, -line * 1.4);
    double low = 1e9;
    double high = 1;
    for (const LengthDistribution* lengths : { &m_prompt, &m_output }) {
        low = std::min({ low, lengths->quantile(0.004), lengths->mean / 2 });
        high = std::max({ high, lengths->quantile(0.996), lengths->mean * 2 });
    }
    axis.low = std::max(0.5, low);
    axis.high = std::max(axis.low * 4, high);
    return axis;
}

void LengthPreview::paintAxis(QPainter& painter, const Axis& axis) const
{
    QColor line = palette().color(QPalette::WindowText);
    line.setAlphaF(0.25F);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    double lastRight = -1e9;
    const bool wide = axis.high / axis.low > 300;
    for (double decade = std::pow(10, std::floor(std::log10(axis.low))); decade <= axis.high;
         decade *= 10) {
        for (const double factor :
             wide ? std::vector<double> { 1 } : std::vector<double> { 1, 2, 5 }) {
            const double tokens = decade * factor;
            if (tokens < axis.low || tokens > axis.high)
                continue;
            const double x = axis.x(tokens);
            const QString label = tokenText(tokens);
            const double width = metrics.horizontalAdvance(label);
            painter.setPen(QPen(line, 1));
            painter.drawLine(QPointF(x, axis.area.top()), QPointF(x, axis.area.bottom() + 3));
            if (x - width / 2 < lastRight + metrics.averageCharWidth()
                || x + width / 2 > rect().right())
                continue;
            lastRight = x + width / 2;
            painter.setPen(tones(palette()).subtleText);
            painter.drawText(QRectF(x - width, axis.area.bottom() + 4, width * 2, metrics.height()),
                             Qt::AlignCenter, label);
        }
    }
    painter.setPen(QPen(line, 1));
    painter.drawLine(axis.area.bottomLeft(), axis.area.bottomRight());
}

void LengthPreview::paintCurve(QPainter& painter, const Axis& axis,
                               const LengthDistribution& lengths, const QColor& color,
                               Qt::PenStyle line) const
{
    const auto points = density(lengths);
    QPolygonF curve;
    for (const DensityPoint& point : points)
        curve << QPointF(axis.x(point.tokens),
                         axis.area.bottom() - point.height * (axis.area.height() - 2));
    if (curve.size() > 2) {
        QPolygonF area = curve;
        area << QPointF(curve.last().x(), axis.area.bottom())
             << QPointF(curve.first().x(), axis.area.bottom());
        QColor fill = color;
        fill.setAlphaF(0.18F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(area);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 2, line));
        painter.drawPolyline(curve);
    }
    const double mean = axis.x(std::max(axis.low, lengths.mean));
    painter.setPen(QPen(color, curve.size() > 2 ? 1.5 : 3, line));
    painter.drawLine(QPointF(mean, axis.area.bottom()), QPointF(mean, axis.area.top()));
}

void LengthPreview::paintLegend(QPainter& painter, const QRectF& area) const
{
    painter.setFont(font());
    double x = area.left();
    const double line = fontMetrics().height();
    const auto entry = [&](const QString& name, const LengthDistribution& lengths,
                           const QColor& color, Qt::PenStyle style) {
        painter.setPen(QPen(color, 3, style));
        painter.drawLine(QPointF(x, area.top() + line / 2),
                         QPointF(x + line * 1.6, area.top() + line / 2));
        x += line * 2;
        const QString text =
            tr("%1: mean %2, p95 %3 tokens")
                .arg(name, tokenText(lengths.mean), tokenText(lengths.quantile(0.95)));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(x, area.top(), area.right() - x, line),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        x += fontMetrics().horizontalAdvance(text) + line * 1.5;
    };
    entry(tr("Prompts"), m_prompt, promptColor(palette()), Qt::SolidLine);
    entry(tr("Outputs"), m_output, outputColor(palette()), Qt::DashLine);
}

void LengthPreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_prompt.mean <= 0 || m_output.mean <= 0) {
        painter.setPen(tones(palette()).subtleText);
        painter.drawText(rect(), Qt::AlignCenter, tr("No lengths to show yet."));
        return;
    }
    const Axis axis = this->axis();
    paintAxis(painter, axis);
    paintCurve(painter, axis, m_prompt, promptColor(palette()), Qt::SolidLine);
    paintCurve(painter, axis, m_output, outputColor(palette()), Qt::DashLine);
    paintLegend(painter, QRectF(rect()).adjusted(fontMetrics().height() / 2.0, 0, 0, 0));
}

void LengthPreview::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace llmd

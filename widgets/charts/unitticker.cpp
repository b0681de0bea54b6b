// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitticker.h"

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr double air = 0.07; // share of the span on each side
constexpr double wideDecades = 3.2;

/** A tick's value without the noise of repeated addition and without trailing zeros. */
QString plainLabel(double tick)
{
    // Not the plot's own locale: QCustomPlot takes the group separators out of it.
    const QLocale locale;
    if (std::abs(tick) < 1e-12)
        return locale.toString(0);
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(tick)) + 1e-9));
    QString text = locale.toString(tick, 'f', std::clamp(3 - magnitude, 0, 9));
    if (text.contains(locale.decimalPoint())) {
        while (text.endsWith(locale.zeroDigit()))
            text.chop(1);
        if (text.endsWith(locale.decimalPoint()))
            text.chop(1);
    }
    return text;
}

} // namespace

QString UnitTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/,
                                 int /*precision*/)
{
    return plainLabel(tick);
}

double LogTicker::getTickStep(const QCPRange& /*range*/)
{
    return 1;
}

QVector<double> LogTicker::createTickVector(double /*tickStep*/, const QCPRange& range)
{
    QVector<double> ticks;
    if (range.lower <= 0 || range.upper <= range.lower)
        return ticks;
    const double decades = std::log10(range.upper / range.lower);
    // Zoomed in below a factor of about three, 1-2-5 leaves too few: fall back to an even step.
    if (decades < 0.5) {
        const double raw = range.size() / 5;
        const double unit = std::pow(10.0, std::floor(std::log10(raw)));
        const double step = unit
            * (raw / unit < 1.5       ? 1
                   : raw / unit < 3.5 ? 2
                   : raw / unit < 7.5 ? 5
                                      : 10);
        for (double tick = std::ceil(range.lower / step) * step; tick <= range.upper; tick += step)
            ticks.append(tick);
        return ticks;
    }
    for (int decade = static_cast<int>(std::floor(std::log10(range.lower)));
         decade <= std::ceil(std::log10(range.upper)); ++decade) {
        for (const int digit : { 1, 2, 5 }) {
            if (digit == 1 || decades < wideDecades)
                ticks.append(digit * std::pow(10.0, decade));
        }
    }
    return ticks;
}

QVector<double> LogTicker::createSubTickVector(int /*subTickCount*/, const QVector<double>& ticks)
{
    QVector<double> subTicks;
    if (ticks.size() < 2)
        return subTicks;
    for (int decade = static_cast<int>(std::floor(std::log10(ticks.first())));
         decade <= std::ceil(std::log10(ticks.last())); ++decade) {
        for (int digit = 2; digit < 10; ++digit)
            subTicks.append(digit * std::pow(10.0, decade));
    }
    return subTicks;
}

QString LogTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*formatChar*/,
                                int /*precision*/)
{
    return plainLabel(tick);
}

void setAxisLogarithmic(QCPAxis& axis, bool logarithmic)
{
    axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (logarithmic)
        axis.setTicker(QSharedPointer<QCPAxisTicker>(new LogTicker));
    else
        axis.setTicker(QSharedPointer<QCPAxisTicker>(new UnitTicker));
}

QCPRange paddedRange(double low, double high, bool logarithmic)
{
    if (logarithmic && low > 0) {
        const double factor = std::pow(std::max(high / low, 1.5), air);
        return { low / factor, high * factor };
    }
    const double pad = std::max((high - low) * air, std::abs(high) * 0.02);
    return { std::max(0.0, low - pad), high + pad };
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qcp.h"

namespace llmd {

/** Ticks of a linear axis with labels in the user's locale: "12,000". */
class UnitTicker final : public QCPAxisTicker
{
protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;
};

/** Ticks of a logarithmic axis at 1, 2 and 5 of each decade, or at 1 only when many decades are in view. */
class LogTicker final : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange& range) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QVector<double> createSubTickVector(int subTickCount, const QVector<double>& ticks) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;
};

/** Linear or logarithmic, with the ticker that belongs to it. */
void setAxisLogarithmic(QCPAxis& axis, bool logarithmic);
/** Range of positive values with some air at both ends, on the axis' scale. */
[[nodiscard]] QCPRange paddedRange(double low, double high, bool logarithmic);

} // namespace llmd

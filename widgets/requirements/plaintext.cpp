// SPDX-License-Identifier: GPL-3.0-or-later
#include "plaintext.h"

#include <core/base/text.h>
#include <widgets/support/numberformat.h>

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace llmd {

using namespace Qt::StringLiterals;

QString plainNumber(double value, int digits)
{
    if (!std::isfinite(value))
        return format::noData();
    // Rounding goes through core's text, so that the figure is the one that its sentences show.
    const auto rounded = parseNumber(printRounded(value, digits));
    return QLocale().toString(rounded ? *rounded : value, 'f', QLocale::FloatingPointShortest);
}

QString plainDuration(Seconds value)
{
    if (value.value() < 1)
        return QCoreApplication::translate("llmd::plaintext", "%1 ms")
            .arg(plainNumber(inMilliseconds(value)));
    return QCoreApplication::translate("llmd::plaintext", "%1 s").arg(plainNumber(value.value()));
}

QString plainPercent(double fraction)
{
    return QCoreApplication::translate("llmd::plaintext", "%1 %")
        .arg(plainNumber(fraction * 100, 3));
}

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(QLocale().toString(static_cast<qulonglong>(count)));
}

} // namespace llmd

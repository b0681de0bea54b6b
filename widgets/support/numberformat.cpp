// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberformat.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd::format {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("NumberFormat", text);
}

QString dash()
{
    return u"–"_s;
}

/** "12.4 ms" with a no-break space, so that a value is never torn from its unit. */
QString withUnit(const QString& value, const QString& unit)
{
    return value + QChar(QChar::Nbsp) + unit;
}

} // namespace

QString number(double value, int digits)
{
    if (!std::isfinite(value))
        return dash();
    const QLocale locale;
    if (value == 0)
        return locale.toString(0);
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    int decimals = std::clamp(digits - magnitude, 0, 9);
    // Rounding may carry into one more digit before the point: 9.996 is "10.0", not "10.00".
    const double scale = std::pow(10.0, decimals);
    if (decimals > 0 && std::round(std::abs(value) * scale) / scale >= std::pow(10.0, magnitude))
        --decimals;
    return locale.toString(value, 'f', decimals);
}

QString integer(qint64 value)
{
    return QLocale().toString(value);
}

QString fixed(double value, int decimals)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', decimals) : dash();
}

QString milliseconds(Seconds value)
{
    return number(inMilliseconds(value));
}

QString duration(Seconds value)
{
    const double seconds = value.value();
    if (!std::isfinite(seconds))
        return dash();
    const double size = std::abs(seconds);
    if (size == 0)
        return withUnit(number(0), tr("ms"));
    if (size < 0.9995e-3)
        return withUnit(number(seconds * 1e6), tr("µs"));
    if (size < 0.9995)
        return withUnit(number(seconds * 1e3), tr("ms"));
    if (size < 119.5)
        return withUnit(number(seconds), tr("s"));
    if (size < 7170)
        return withUnit(number(seconds / 60), tr("min"));
    return withUnit(number(seconds / 3600), tr("h"));
}

QString gibibytes(Bytes value)
{
    return withUnit(number(inGibibytes(value)), u"GiB"_s);
}

QString bytes(Bytes value)
{
    const double size = std::abs(value.value());
    if (size < kibi)
        return withUnit(number(value.value()), tr("bytes"));
    if (size < mebi)
        return withUnit(number(value.value() / kibi), u"KiB"_s);
    if (size < gibi)
        return withUnit(number(value.value() / mebi), u"MiB"_s);
    return gibibytes(value);
}

QString dollars(double value)
{
    if (!std::isfinite(value))
        return dash();
    const QString amount =
        QLocale().toString(std::abs(value), 'f', std::abs(value) < 99.995 ? 2 : 0);
    return (value < 0 ? u"−$"_s : u"$"_s) + amount;
}

QString percent(double fraction)
{
    if (!std::isfinite(fraction))
        return dash();
    const double value = fraction * 100;
    const bool fine =
        value != 0 && std::abs(value) < 9.95 && std::abs(value - std::round(value)) > 0.05;
    return withUnit(QLocale().toString(value, 'f', fine ? 1 : 0), u"%"_s);
}

QString rate(RequestsPerSecond value)
{
    return withUnit(number(value.value()), tr("requests/s"));
}

QString tokenRate(TokensPerSecond value)
{
    return withUnit(number(value.value()), tr("tokens/s"));
}

QString percentile(double percentile)
{
    if (percentile <= 0)
        return tr("mean");
    return u"p"_s + QLocale::c().toString(percentile, 'g', 6);
}

QString interval(double lowFactor, double highFactor)
{
    const auto signedPercent = [](double factor) -> QString {
        const double change = factor - 1;
        return (change < 0 ? u"−"_s : u"+"_s) + percent(std::abs(change));
    };
    return tr("%1 … %2").arg(signedPercent(lowFactor), signedPercent(highFactor));
}

QString noData()
{
    return tr("no data");
}

} // namespace llmd::format

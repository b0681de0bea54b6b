// SPDX-License-Identifier: GPL-3.0-or-later
#include "durationspinbox.h"

#include "numberformat.h"
#include "qtbridge.h"

#include <core/base/text.h>

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double longestMilliseconds = 24.0 * 3600 * 1000;
constexpr double stepFactor = 1.05;

/** Milliseconds of what was typed, in the user's locale; nothing if it is not a duration (yet). */
std::optional<double> parsedMilliseconds(const QString& text, bool bareIsSeconds)
{
    QString number = text.trimmed();
    qsizetype end = 0;
    while (end < number.size() && !number[end].isLetter() && number[end] != QChar(0xb5))
        ++end;
    QString unit = number.mid(end).trimmed();
    unit.replace(QChar(0xb5), u'u');
    bool ok = false;
    const double value = QLocale().toDouble(number.left(end).trimmed(), &ok);
    if (!ok)
        return std::nullopt;
    if (unit.isEmpty())
        unit = bareIsSeconds ? u"s"_s : u"ms"_s;
    if (unit == u"min")
        unit = u"m"_s;
    const auto seconds = parseDuration(printNumber(value) + fromQString(unit));
    return seconds ? std::optional(inMilliseconds(*seconds)) : std::nullopt;
}

} // namespace

DurationSpinBox::DurationSpinBox(QWidget* parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(3);
    setRange(0, longestMilliseconds);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setAccelerated(true);
}

void DurationSpinBox::setNoneText(const QString& text)
{
    setSpecialValueText(text);
}

std::optional<Seconds> DurationSpinBox::duration() const
{
    if (value() <= minimum() && !specialValueText().isEmpty())
        return std::nullopt;
    return llmd::milliseconds(value());
}

void DurationSpinBox::setDuration(std::optional<Seconds> duration)
{
    setValue(duration ? inMilliseconds(*duration) : minimum());
}

QString DurationSpinBox::textFromValue(double milliseconds) const
{
    return format::duration(llmd::milliseconds(milliseconds));
}

double DurationSpinBox::valueFromText(const QString& text) const
{
    if (!specialValueText().isEmpty() && text.trimmed() == specialValueText())
        return minimum();
    return parsedMilliseconds(text, value() >= 1000).value_or(value());
}

QValidator::State DurationSpinBox::validate(QString& text, int& /*position*/) const
{
    if (text.trimmed() == specialValueText() || parsedMilliseconds(text, value() >= 1000))
        return QValidator::Acceptable;
    return QValidator::Intermediate;
}

void DurationSpinBox::stepBy(int steps)
{
    if (value() <= minimum() && !specialValueText().isEmpty() && steps > 0) {
        setValue(100);
        return;
    }
    // Rounded to three digits, so that stepping does not fill the field with decimals.
    const double raw = value() * std::pow(stepFactor, steps);
    const double unit = std::pow(10.0, std::floor(std::log10(std::max(raw, 1e-3))) - 2);
    setValue(std::round(raw / unit) * unit);
}

} // namespace llmd

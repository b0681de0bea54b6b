// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/units.h>

#include <QDoubleSpinBox>

#include <optional>

namespace llmd {

/**
 * Enters a latency limit: "300 ms", "1.5 s"; a bare number is in the unit that is shown. Its lowest value can stand for
 * "none". Steps are about 5 % of the value.
 */
class DurationSpinBox final : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit DurationSpinBox(QWidget* parent = nullptr);

    /** Makes the lowest value mean "no limit" under this text. */
    void setNoneText(const QString& text);
    [[nodiscard]] std::optional<Seconds> duration() const; ///< nothing at "none"
    void setDuration(std::optional<Seconds> duration); ///< emits valueChanged like the base

    [[nodiscard]] QString textFromValue(double milliseconds) const override;
    [[nodiscard]] double valueFromText(const QString& text) const override;
    [[nodiscard]] QValidator::State validate(QString& text, int& position) const override;
    void stepBy(int steps) override;
};

} // namespace llmd

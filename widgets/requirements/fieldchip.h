// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace llmd {

/** A field that was read, as a pill: its number in the text, its name and its value. A click shows the words. */
class FieldChip final : public QAbstractButton
{
    Q_OBJECT

public:
    /** `number` as of a `TextMark`. */
    FieldChip(int number, const QString& name, const QString& value, QWidget* parent);

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont valueFont() const;
    [[nodiscard]] int gap() const { return fontMetrics().averageCharWidth(); }

    int m_number;
    QString m_value;
};

} // namespace llmd

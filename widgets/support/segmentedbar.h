// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QButtonGroup>
#include <QStringList>
#include <QWidget>

namespace llmd {

/** A row of joined buttons of which one is down: a choice of few that is worth seeing whole. Arrow keys move it. */
class SegmentedBar final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedBar(const QStringList& texts, QWidget* parent = nullptr);

    void setCurrent(int index); ///< without a signal
    [[nodiscard]] int current() const;
    void setSegmentToolTip(int index, const QString& text);

signals:
    void chosen(int index); ///< by the user

private:
    QButtonGroup m_buttons;
};

} // namespace llmd

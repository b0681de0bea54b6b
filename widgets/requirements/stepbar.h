// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QString>
#include <QWidget>

#include <vector>

class QButtonGroup;

namespace llmd {

/** One step of the bar: number, title and a live summary of what the step holds. */
class StepButton final : public QAbstractButton
{
    Q_OBJECT

public:
    enum class State { Normal, Warning, Error };

    StepButton(int number, const QString& title, QWidget* parent);

    void setSummary(const QString& summary, State state);
    [[nodiscard]] QString summary() const { return m_summary; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int discDiameter() const;
    void paintDisc(QPainter& painter, const QRect& area) const;

    int m_number;
    QString m_summary;
    State m_state = State::Normal;
};

/** The steps side by side; all can be entered at any time. Arrow keys move along the bar. */
class StepBar final : public QWidget
{
    Q_OBJECT

public:
    explicit StepBar(QWidget* parent = nullptr);

    void addStep(const QString& title);
    void setCurrent(int index);
    [[nodiscard]] int current() const;
    [[nodiscard]] StepButton* step(int index) const
    {
        return m_buttons[static_cast<std::size_t>(index)];
    }

signals:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group;
    std::vector<StepButton*> m_buttons;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QPushButton;

namespace llmd {

/** One stop of the tour. */
struct TourStop
{
    QString target; ///< object name of what is pointed at; empty for the whole window
    QString title;
    QString text;
};

/**
 * Shows somebody around: dims the window, leaves the thing that is spoken of bright and says in a panel beside it what it is
 * for. Arrow keys and Enter go on and back, Escape leaves. Deletes itself at the end.
 */
class Tour final : public QWidget
{
    Q_OBJECT

public:
    Tour(std::vector<TourStop> stops, QWidget& window);

    /** The stops for the workbench; those whose target does not exist are left out when it starts. */
    [[nodiscard]] static std::vector<TourStop> workbenchStops();
    void start();
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] int count() const { return static_cast<int>(m_stops.size()); }

signals:
    void finished(); ///< seen to the end or skipped

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void show(int stop);
    void arrange();
    void finish();
    [[nodiscard]] QRect targetArea() const;

    std::vector<TourStop> m_stops;
    QWidget& m_window;
    int m_current = 0;
    QWidget* m_panel;
    QLabel* m_count;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_skip;
    QPointer<QWidget> m_focusBefore;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

namespace llmd::testing {

/**
 * Watches the event loop from inside: a timer of 5 ms whose largest gap is how long a user would have waited for anything.
 */
class LoopWatch : public QObject
{
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        connect(&m_timer, &QTimer::timeout, this, [this] { note(); });
        m_clock.start();
        m_timer.start();
    }

    /** Lets `step` run every 16 ms, `count` times, as input does that comes with the frames of a screen. */
    void run(int count, const std::function<void(int)>& step)
    {
        QEventLoop loop;
        QTimer frames;
        frames.setTimerType(Qt::PreciseTimer);
        frames.setInterval(16);
        int done = 0;
        connect(&frames, &QTimer::timeout, this, [&] {
            if (done == count) {
                loop.quit();
                return;
            }
            step(done++);
        });
        m_gaps.clear();
        m_clock.restart();
        frames.start();
        loop.exec();
        note();
    }

    [[nodiscard]] double longest() const ///< milliseconds
    {
        return m_gaps.empty() ? 0 : *std::max_element(m_gaps.begin(), m_gaps.end());
    }
    [[nodiscard]] double median()
    {
        if (m_gaps.empty())
            return 0;
        auto middle = m_gaps.begin() + static_cast<std::ptrdiff_t>(m_gaps.size() / 2);
        std::nth_element(m_gaps.begin(), middle, m_gaps.end());
        return *middle;
    }
    /** Gaps longer than this many milliseconds. */
    [[nodiscard]] int countAbove(double milliseconds) const
    {
        return static_cast<int>(std::count_if(m_gaps.begin(), m_gaps.end(),
                                              [=](double gap) { return gap > milliseconds; }));
    }

private:
    void note()
    {
        m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) * 1e-6);
        m_clock.restart();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

} // namespace llmd::testing

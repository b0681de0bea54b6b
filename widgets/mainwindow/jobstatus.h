// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace llmd {

class JobRunner;

/**
 * The running job in the status bar: what it does, how far it is, and a button to stop it. Of several the one that started
 * last. Hidden while idle.
 */
class JobStatus final : public QWidget
{
    Q_OBJECT

public:
    explicit JobStatus(JobRunner& jobs, QWidget* parent = nullptr);

private:
    void showJob(const QString& slot);
    void jobStarted(const QString& slot, const QString& title);
    void jobProgressed(const QString& slot, double fraction, const QString& phase);
    void jobFinished(const QString& slot);

    JobRunner& m_jobs;
    QLabel* m_title;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QTimer m_showTimer; // jobs that end within a moment would only flicker
    QStringList m_running; ///< slots, the one shown last
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobstatus.h"

#include <widgets/support/jobrunner.h>
#include <widgets/support/theme.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {
constexpr std::chrono::milliseconds showDelay { 200 };
constexpr int barSteps = 1000;
} // namespace

JobStatus::JobStatus(JobRunner& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_title(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
{
    setObjectName(u"jobStatus"_s);
    m_bar->setMaximumWidth(charactersWide(*this, 24));
    m_bar->setMaximumHeight(fontMetrics().height());
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the running job"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop the running job and keep what it found"));
    m_cancel->setAutoRaise(true);
    m_cancel->setObjectName(u"cancelJob"_s);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (!m_running.isEmpty())
            m_jobs.cancel(m_running.last());
    });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    m_showTimer.setSingleShot(true);
    m_showTimer.setInterval(showDelay);
    connect(&m_showTimer, &QTimer::timeout, this, &QWidget::show);
    connect(&jobs, &JobRunner::started, this, &JobStatus::jobStarted);
    connect(&jobs, &JobRunner::progressChanged, this, &JobStatus::jobProgressed);
    connect(&jobs, &JobRunner::finished, this, &JobStatus::jobFinished);
    hide();
}

void JobStatus::jobStarted(const QString& slot, const QString& /*title*/)
{
    m_running.removeAll(slot);
    m_running.append(slot);
    showJob(slot);
    if (!isVisible())
        m_showTimer.start();
}

void JobStatus::showJob(const QString& slot)
{
    m_title->setText(m_jobs.title(slot));
    m_bar->setRange(0, 0);
}

void JobStatus::jobProgressed(const QString& slot, double fraction, const QString& /*phase*/)
{
    if (m_running.isEmpty() || slot != m_running.last())
        return;
    m_bar->setRange(0, fraction < 0 ? 0 : barSteps);
    m_bar->setValue(static_cast<int>(fraction * barSteps));
}

void JobStatus::jobFinished(const QString& slot)
{
    m_running.removeAll(slot);
    if (!m_running.isEmpty()) {
        showJob(m_running.last());
        return;
    }
    m_showTimer.stop();
    hide();
}

} // namespace llmd

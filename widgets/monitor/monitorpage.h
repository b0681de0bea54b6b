// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitormodels.h"

#include <core/observation/adaptation.h>
#include <core/observation/monitor.h>
#include <widgets/support/page.h>

#include <QTimer>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTextBrowser;

namespace llmd {

class CopyTableView;
class Document;
class MonitorChart;
class Settings;
class StatusBanner;

/**
 * Watches a running deployment of the chosen option: observed against predicted over time, deviations with their likely causes,
 * drift of the traffic and what to change. All reading happens off the GUI thread; it goes on while another page is in front.
 */
class MonitorPage final : public Page
{
    Q_OBJECT

public:
    MonitorPage(Document& document, Settings& settings, QWidget* parent = nullptr);
    ~MonitorPage() override;

    [[nodiscard]] static PageInfo pageInfo();
    void activate() override;

    [[nodiscard]] bool isWatching() const { return m_monitor != nullptr; }
    /** The newest reading since Start. */
    [[nodiscard]] const std::optional<MonitorUpdate>& update() const { return m_update; }
    /** Replaces the user's store of benchmarks, for tests. */
    void setStorePath(const QString& path) { m_storePath = path; }

public slots:
    void start();
    void stop();

signals:
    void updated();
    void suggested(); ///< a suggestion was found
    void accepted(); ///< an observation was stored

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeConnection();
    QWidget* makeContent();
    QWidget* makeFindings();
    [[nodiscard]] Result<MonitorSettings> settingsFromFields() const;
    void loadConnection();
    void storeConnection();
    void poll();
    void take(Result<MonitorUpdate> result);
    void showState();
    void showFindings();
    void showPlan();
    void refreshActions();
    void planChanged();
    void suggest();
    void accept();
    [[nodiscard]] Shift shift() const;

    Document& m_document;
    Settings& m_settings;
    QString m_storePath;
    std::shared_ptr<Monitor> m_monitor; ///< null while nothing is watched
    std::shared_ptr<const EngineRegistry> m_engines; ///< of the monitor
    std::string m_watchedOption; ///< id
    bool m_planChanged = false;
    std::optional<MonitorUpdate> m_update;
    std::optional<Adaptation> m_adaptation;
    Shift m_adaptedShift; ///< that the suggestion is for
    QTimer m_timer;
    std::unique_ptr<FiguresModel> m_figures;
    std::unique_ptr<DriftModel> m_drift;
    QComboBox* m_kind = nullptr;
    QLabel* m_addressLabel = nullptr;
    QLineEdit* m_address = nullptr;
    QLineEdit* m_selector = nullptr;
    QLineEdit* m_token = nullptr;
    QSpinBox* m_interval = nullptr;
    QPushButton* m_toggle = nullptr;
    QLabel* m_plan = nullptr;
    StatusBanner* m_state = nullptr;
    StatusBanner* m_banner = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    MonitorChart* m_chart = nullptr;
    CopyTableView* m_figuresView = nullptr;
    CopyTableView* m_driftView = nullptr;
    QTextBrowser* m_findings = nullptr;
    QPushButton* m_suggest = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace llmd

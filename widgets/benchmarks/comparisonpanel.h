// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedruns.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QTextBrowser;
class QVBoxLayout;

namespace llmd {

class BenchmarkLibrary;
class Document;
class ReportChartView;
class Settings;
class StatusBanner;

/**
 * Runs beside each other and beside what an engine predicts for them: tables against a baseline, warnings, what differs in the
 * configuration, and charts. Saves the same as a report.
 */
class ComparisonPanel final : public QWidget
{
    Q_OBJECT

public:
    ComparisonPanel(BenchmarkLibrary& library, Document& document, Settings& settings,
                    QWidget* parent = nullptr);
    ~ComparisonPanel() override;

    void compare(std::vector<RecordKey> keys);
    /** What is shown; nullptr while it is made. */
    [[nodiscard]] const std::shared_ptr<const ComparedRuns>& runs() const { return m_runs; }
    /** In the format of the suffix; the outcome shows in the banner. */
    void saveTo(const QString& path);

signals:
    void backRequested();
    void hintChanged(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void start();
    void finish(const Result<std::shared_ptr<const ComparedRuns>>& result);
    void showBaselines();
    void showTables();
    void showCharts();
    void askSave();

    BenchmarkLibrary& m_library;
    Document& m_document;
    Settings& m_settings;
    std::vector<RecordKey> m_keys;
    std::shared_ptr<const ComparedRuns> m_runs;
    StatusBanner* m_banner;
    QLabel* m_title;
    QComboBox* m_baseline;
    QCheckBox* m_grouped;
    QCheckBox* m_predicted;
    QTextBrowser* m_tables;
    QWidget* m_chartArea;
    std::vector<ReportChartView*> m_charts;
};

} // namespace llmd

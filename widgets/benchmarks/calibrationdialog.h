// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/calibration/correctiongroups.h>
#include <widgets/tables/recordmodel.h>

#include <QDialog>

#include <memory>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace llmd {

class BenchmarkLibrary;
class CopyTableView;
class Document;
class Settings;
class StatusBanner;

/** One run beside what the engine says without and with what the runs teach. */
struct CalibratedRun
{
    QString id;
    QString model;
    QString gpu;
    double measuredItl = 0; ///< ms
    double rawItl = 0;
    std::optional<double> calibratedItl;
    std::optional<double> measuredTtft;
    double rawTtft = 0;
    std::optional<double> calibratedTtft;
};

class CalibratedRunModel final : public RecordModel<CalibratedRun>
{
    Q_OBJECT

public:
    explicit CalibratedRunModel(QObject* parent = nullptr);
};

/**
 * What the user's runs teach about the engine of the plan: errors and coverage before and after by cross-validation, the factors
 * by group, each run raw and calibrated. Corrections are switched on and off here, and the runs behind them shared.
 */
class CalibrationDialog final : public QDialog
{
    Q_OBJECT

public:
    CalibrationDialog(BenchmarkLibrary& library, Document& document, Settings& settings,
                      QWidget* parent = nullptr);
    ~CalibrationDialog() override;

    void exportTo(const QString& path);
    void importFrom(const QString& path);

private:
    struct Found;
    void buildLayout();
    void start();
    void finish(const Result<std::shared_ptr<const Found>>& result);
    void setActive(bool active);

    BenchmarkLibrary& m_library;
    Document& m_document;
    Settings& m_settings;
    std::shared_ptr<const Found> m_found;
    std::unique_ptr<CalibratedRunModel> m_model;
    StatusBanner* m_banner;
    QLabel* m_headline;
    QProgressBar* m_progress;
    QTextBrowser* m_errors;
    CopyTableView* m_table;
    QCheckBox* m_active;
    QPushButton* m_export;
};

} // namespace llmd

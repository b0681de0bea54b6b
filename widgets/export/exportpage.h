// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exportjob.h"

#include <widgets/support/page.h>
#include <widgets/tables/recordmodel.h>

#include <QTimer>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QVBoxLayout;

namespace llmd {

class ApplyGuide;
class CopyTableView;
class Document;
class ExportOptions;
class FilePreview;
class PlanDiffPanel;
class PlanSummary;
class Settings;
class StatusBanner;

/** Turns an option into deployment files: choose, look at them, see why and what was checked, save. */
class ExportPage final : public Page
{
    Q_OBJECT

public:
    ExportPage(Document& document, Settings& settings, QWidget* parent = nullptr);
    ~ExportPage() override;

    [[nodiscard]] static PageInfo pageInfo();
    void activate() override;
    [[nodiscard]] bool revealField(const QString& fieldId) override;

    /** The files of the present settings; nothing before the first are ready or if they cannot be written. */
    [[nodiscard]] const std::optional<ExportResult>& result() const { return m_result; }
    /** Writes the files there; asks in the banner first if files with another content would be replaced. */
    void saveTo(const QString& folder);
    /** Writes one .tar.gz, .tgz or .zip with all files. */
    void saveArchive(const QString& path);

signals:
    void resultChanged();
    void saved(const QString& folder);

private:
    using IssueModel = RecordModel<Issue>;

    QWidget* makeHeader();
    QWidget* makeSettings();
    QWidget* makeResults();
    QWidget* makeChecks();
    void addRow(QVBoxLayout& form, QWidget& caption, QWidget& input);
    QComboBox* addChoice(QVBoxLayout& form, const QString& label, const QString& objectName);
    QLineEdit* addText(QVBoxLayout& form, const QString& label, const QString& objectName,
                       const QString& placeholder);
    void scheduleRefresh();
    void refresh();
    void refreshOptions();
    void refreshVersions();
    void chooseOption(int index);
    void generate();
    void take(Result<ExportResult> result);
    void showNothing(const QString& why, bool failed);
    void showChecks();
    [[nodiscard]] QString nameSpaceProblem() const;
    void showFinding(const QModelIndex& index);
    void describeVersions();
    void askForFolder();
    void askForArchive();
    void askForExport();
    void showChanges();
    void write(const QString& folder);
    void copyAll();

    Document& m_document;
    Settings& m_settings;
    QTimer m_timer; // coalesces changes
    std::optional<ExportResult> m_result;
    StatusBanner* m_banner = nullptr;
    QLabel* m_headline = nullptr;
    QComboBox* m_option = nullptr;
    QComboBox* m_target = nullptr;
    QLabel* m_targetNote = nullptr;
    QComboBox* m_autoscaler = nullptr;
    QLineEdit* m_nameSpace = nullptr;
    QLabel* m_nameSpaceError = nullptr;
    QLineEdit* m_gateway = nullptr;
    QLineEdit* m_prometheus = nullptr;
    QLineEdit* m_secret = nullptr;
    QComboBox* m_versions = nullptr;
    QLabel* m_versionNote = nullptr;
    ExportOptions* m_more = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_saveArchive = nullptr;
    QPushButton* m_copyAll = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_nothing = nullptr;
    QTabWidget* m_tabs = nullptr;
    FilePreview* m_preview = nullptr;
    PlanSummary* m_plan = nullptr;
    ApplyGuide* m_guide = nullptr;
    PlanDiffPanel* m_changes = nullptr;
    StatusBanner* m_checkBanner = nullptr;
    IssueModel* m_findings = nullptr;
    CopyTableView* m_findingsView = nullptr;
};

} // namespace llmd

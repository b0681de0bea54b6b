// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/importfiles.h>
#include <widgets/tables/recordmodel.h>

#include <QDialog>
#include <QStringList>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace llmd {

class BenchmarkLibrary;
class CopyTableView;
class ManualFieldsForm;
class StatusBanner;

/** A file of an import and what is known of it. */
struct PreviewedFile
{
    QString name;
    ImportedFile::Outcome outcome = ImportedFile::Outcome::Failed;
    QString format;
    qlonglong records = 0;
    QString model;
    QString gpu;
    QString version;
    std::vector<Issue> issues;
};

class PreviewModel final : public RecordModel<PreviewedFile>
{
    Q_OBJECT

public:
    explicit PreviewModel(QObject* parent = nullptr);
};

/**
 * Shows what files, folders and archives hold before anything is stored, lets the user fill what the reports do not say, and
 * imports them with progress. Cancelling leaves whole files only.
 */
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(BenchmarkLibrary& library, QStringList paths, QWidget* parent = nullptr);
    ~ImportDialog() override;

    void reject() override;

signals:
    void imported(const llmd::ImportSummary& summary);

private:
    enum class State { Reading, Ready, Importing, Done };
    struct Read;
    void buildLayout();
    void startPreview();
    void startImport();
    void finishPreview(const Result<std::shared_ptr<Read>>& result);
    void finishImport(const Result<std::shared_ptr<Read>>& result);
    void showFindings();
    void showProgress(const QString& slot, double fraction);
    void setState(State state);
    [[nodiscard]] QString summaryText(const ImportSummary& summary) const;

    BenchmarkLibrary& m_library;
    QStringList m_paths;
    State m_state = State::Reading;
    std::unique_ptr<PreviewModel> m_model;
    StatusBanner* m_banner;
    QLabel* m_headline;
    CopyTableView* m_table;
    QTextBrowser* m_findings;
    ManualFieldsForm* m_byHand;
    QProgressBar* m_progress;
    QPushButton* m_import;
    QPushButton* m_close;
};

} // namespace llmd

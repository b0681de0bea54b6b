// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmarklibrary.h"

#include <widgets/support/page.h>

#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace llmd {

class ComparisonPanel;
class CopyTableView;
class Document;
class LibraryModel;
class RecordDetails;
class Settings;
class StatusBanner;

/** The library of measurements: import, search, details, what fits the plan, comparison, calibration. */
class BenchmarksPage final : public Page
{
    Q_OBJECT

public:
    [[nodiscard]] static PageInfo pageInfo();
    /** `store` is the file of the measurements; the user's own if empty. */
    BenchmarksPage(Document& document, Settings& settings, QWidget* parent = nullptr,
                   const std::filesystem::path& store = {});
    ~BenchmarksPage() override;

    void activate() override;

    /** Shows what files, folders and archives hold, to be imported; takes over whole stores. */
    void importPaths(const QStringList& paths);
    void compareSelected();
    void removeSelected();
    void exportStore(const QString& path);
    void importStore(const QString& path);

    [[nodiscard]] BenchmarkLibrary& library() { return *m_library; }
    [[nodiscard]] const LibraryModel& model() const { return *m_model; }
    /** Until it is over: a listing is under way or about to start. */
    [[nodiscard]] bool isListing() const { return m_listing; }

private:
    void buildActions();
    [[nodiscard]] QWidget* buildFilters();
    [[nodiscard]] QWidget* buildLibrary();
    QAction* addAction(const char* name, const QString& text, const QString& icon,
                       void (BenchmarksPage::*run)());
    void scheduleListing();
    void list();
    void showListing(Result<LibraryListing> listing);
    void updateSelection();
    void select(const std::vector<RecordKey>& keys);
    void showRecord(const RecordKey& key);
    [[nodiscard]] std::vector<RecordKey> selectedKeys() const;
    [[nodiscard]] std::vector<std::int64_t> selectedIds() const; ///< of the store only
    void askImportFiles();
    void askImportFolder();
    void askExportStore();
    void askImportStore();
    void askAnnotate();
    void restoreSelected();
    void undoRemove();
    void restore(const std::vector<std::int64_t>& ids);
    void purgeRemoved();
    void deleteRemoved();
    void checkStore();
    void calibrate();
    /** Runs a change and says in the banner what came of it. */
    void change(const QString& title, BenchmarkLibrary::Change work,
                const QList<QAction*>& actions = {});

    Document& m_document;
    Settings& m_settings;
    std::unique_ptr<BenchmarkLibrary> m_library;
    std::unique_ptr<LibraryModel> m_model;
    LibraryQuery m_query;
    QTimer m_listTimer; // coalesces typing
    bool m_listing = false;
    bool m_columnsFitted = false;
    std::vector<std::int64_t> m_lastRemoved;
    StatusBanner* m_banner;
    QStackedWidget* m_stack;
    CopyTableView* m_table;
    RecordDetails* m_details;
    ComparisonPanel* m_comparison;
    QLineEdit* m_search;
    QComboBox* m_modelFilter;
    QComboBox* m_gpuFilter;
    QComboBox* m_show;
    QLabel* m_count;
    QToolButton* m_importButton = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_annotate = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_restore = nullptr;
    QAction* m_undoRemove = nullptr;
    QAction* m_purge = nullptr;
};

} // namespace llmd

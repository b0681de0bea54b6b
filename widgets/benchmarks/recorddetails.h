// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/match.h>
#include <core/benchmarks/store.h>

#include <QTabWidget>

#include <memory>
#include <optional>

class QPlainTextEdit;
class QTextBrowser;

namespace llmd {

class BenchmarkLibrary;
class CopyTableView;
class DistributionModel;
class Document;

/** All about one measurement: what was served, distributions, findings, the report itself, and whether it fits the plan. */
class RecordDetails final : public QTabWidget
{
    Q_OBJECT

public:
    RecordDetails(BenchmarkLibrary& library, Document& document, QWidget* parent = nullptr);
    ~RecordDetails() override;

    /** Nothing shows what the panel is for. */
    void setRecord(const std::optional<RecordKey>& key);
    [[nodiscard]] const std::optional<RecordKey>& key() const { return m_key; }
    /** Asks again after the library or the plan has changed. */
    void refresh();

signals:
    void recordRequested(const llmd::RecordKey& key); ///< a link to another measurement

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QTextBrowser* addText(const QString& name, const QString& title);
    void showRecord();
    void showRaw();
    void showMatch();
    void fillMatch(const Result<MatchOutcome>& outcome);

    struct Planned;
    BenchmarkLibrary& m_library;
    Document& m_document;
    std::optional<RecordKey> m_key;
    std::optional<StoredRecord> m_stored;
    std::shared_ptr<const Planned> m_planned;
    std::optional<MatchOutcome> m_outcome;
    std::unique_ptr<DistributionModel> m_distributions;
    QTextBrowser* m_summary;
    CopyTableView* m_table;
    QTextBrowser* m_findings;
    QPlainTextEdit* m_raw;
    QTextBrowser* m_match;
    bool m_rawStale = true;
    bool m_matchStale = true;
};

} // namespace llmd

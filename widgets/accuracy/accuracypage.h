// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/calibration/accuracysummary.h>
#include <widgets/support/page.h>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QTextBrowser;

namespace llmd {

class AccuracyChart;
class AccuracyModel;
class CopyTableView;
class Document;
struct Option;

/**
 * How far the predictions were from measurements, by engine and class of model and GPU, and in plain words where not to
 * trust them. The class of the option that is selected under Explore is marked.
 */
class AccuracyPage final : public Page
{
    Q_OBJECT

public:
    [[nodiscard]] static PageInfo pageInfo();
    /** `summary` must outlive the page; the shipped one if not given. */
    explicit AccuracyPage(Document& document, QWidget* parent = nullptr,
                          const AccuracySummary& summary = standardAccuracySummary());
    ~AccuracyPage() override;

    void activate() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    [[nodiscard]] QWidget* buildTable();
    void refresh();
    void showComparison();
    void showWords();
    /** The one selected under Explore, or else the one that would be exported. */
    [[nodiscard]] const Option* option() const;

    Document& m_document;
    const AccuracySummary& m_summary;
    std::unique_ptr<AccuracyModel> m_model;
    QComboBox* m_data;
    QLabel* m_about;
    QLineEdit* m_filter;
    CopyTableView* m_table;
    AccuracyChart* m_chart;
    QTextBrowser* m_words;
};

} // namespace llmd

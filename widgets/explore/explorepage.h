// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "optionfilter.h"

#include <core/search/operatingpoint.h>
#include <widgets/support/page.h>

#include <QTimer>

#include <memory>
#include <optional>

class QAction;
class QLabel;

namespace llmd {

class ChartDeck;
class CopyTableView;
class DetailsPanel;
class Document;
class FilterBar;
class FilterProxy;
class OptionsModel;
class SegmentedBar;
class StatusBanner;
class TuningBar;

/** Ranked options, their trade-off of cost and latency, and everything about the selected one; all linked. */
class ExplorePage final : public Page
{
    Q_OBJECT

public:
    [[nodiscard]] static PageInfo pageInfo();
    explicit ExplorePage(Document& document, QWidget* parent = nullptr);
    ~ExplorePage() override;

    [[nodiscard]] bool revealField(const QString& fieldId) override;

private:
    [[nodiscard]] QWidget* buildTop();
    [[nodiscard]] QWidget* buildTablePanel();
    void buildLayout();
    void connectDocument();
    void connectCharts();
    void dragTarget(LatencyMetric metric, Seconds limit);

    void showReport();
    void showRanking();
    void showState();
    void applyFilter();
    void computeShown();
    void showBanner();
    void buildActions();
    void refreshEngine();
    void select(std::optional<std::size_t> option);
    void remember(std::optional<std::size_t> option);
    void selectInTable();
    void currentRowChanged(const QModelIndex& current);
    void chooseView(int index);

    Document& m_document;
    std::unique_ptr<OptionsModel> m_model;
    FilterProxy* m_proxy = nullptr;
    StatusBanner* m_banner = nullptr;
    SegmentedBar* m_views = nullptr;
    QLabel* m_count = nullptr;
    FilterBar* m_filters;
    OptionFacets m_facets; ///< of the report
    std::vector<char> m_shown; ///< per option: passes the filters; empty = all
    TuningBar* m_tuning = nullptr;
    CopyTableView* m_table = nullptr;
    ChartDeck* m_charts;
    DetailsPanel* m_details = nullptr;
    /** What is said about engines, kept because asking for it may look at files. */
    struct EngineTexts
    {
        QString name; ///< of the plan's engine
        QString ofReport; ///< of the one that made the figures
        QString problem; ///< why the plan's engine cannot be used; empty if it can
    };
    EngineTexts m_engine;
    QAction* m_changeNeed = nullptr;
    QAction* m_showReasons = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_useStandard = nullptr;
    std::optional<std::size_t> m_selected; ///< option of the report
    QString m_selectedId; ///< to find it again in the next report
    QTimer m_patience; ///< how long a search may take without a word
    QTimer m_settle; ///< until the details follow a drag: nobody reads them meanwhile
    bool m_slow = false; ///< the present search takes longer than that
    bool m_syncing = false; ///< the selection is being moved by the program
};

} // namespace llmd

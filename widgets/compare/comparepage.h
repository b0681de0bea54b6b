// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <widgets/support/page.h>

#include <memory>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QModelIndex;
class QStackedWidget;
class QTextBrowser;
class QToolButton;

namespace llmd {

class CompareModel;
class CopyTableView;
class Document;
class ParallelChart;
class Settings;
class StatusBanner;

/** The options of the shortlist side by side: what differs, as lines across axes, and why one is in front of another. */
class ComparePage final : public Page
{
    Q_OBJECT

public:
    [[nodiscard]] static PageInfo pageInfo();
    ComparePage(Document& document, Settings& settings, QWidget* parent = nullptr);
    ~ComparePage() override;

    void activate() override;
    [[nodiscard]] const ComparedOptions& compared() const { return m_options; }
    /** As PDF; a failure shows in the banner. */
    bool savePdf(const QString& path);
    /** Opens the presentation in a window of its own. */
    void present();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildLayout();
    [[nodiscard]] QWidget* buildTop();
    [[nodiscard]] QWidget* buildEmpty();
    [[nodiscard]] QWidget* buildContent();
    [[nodiscard]] QWidget* buildWhy();
    void connectDocument();

    /** Shows the present shortlist and ranking, now or when the page is next seen. */
    void refresh();
    void showState();
    void showChips();
    void showTable();
    void showPair();
    void askAboutSelected();
    void showWhy();
    void fillAddMenu(QMenu& menu);
    void fillChipMenu(QMenu& menu, std::size_t option);
    void toggleFold(const QModelIndex& index);
    void swapPlaces(const QString& first, const QString& second); ///< option ids
    void compareSuggested();
    void dropMissing();
    void askPdf();
    void askPrint();

    Document& m_document;
    Settings& m_settings;
    ComparedOptions m_options;
    QString m_askedAbout; ///< id of the selected option that the question was put for
    std::vector<std::size_t> m_shown; ///< options of the pair that was last offered
    std::unique_ptr<CompareModel> m_model;
    bool m_unfolded = false;
    bool m_stale = true;
    StatusBanner* m_banner;
    QAction* m_drop; ///< takes off what is not among the results
    QHBoxLayout* m_chips = nullptr;
    QToolButton* m_add = nullptr;
    std::vector<QToolButton*> m_outputs; ///< present, print, PDF
    QStackedWidget* m_stack = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QToolButton* m_suggest = nullptr;
    CopyTableView* m_table = nullptr;
    ParallelChart* m_chart = nullptr;
    QComboBox* m_first = nullptr;
    QComboBox* m_second = nullptr;
    QTextBrowser* m_why = nullptr;
};

} // namespace llmd

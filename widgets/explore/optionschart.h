// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <widgets/charts/chartview.h>

#include <QPointF>

#include <cmath>
#include <memory>
#include <optional>
#include <vector>

class QCPErrorBars;
class QCPGraph;

namespace llmd {

class MarkGraph;
class OptionsModel;
struct AxisFrame;

/**
 * Base of the charts in which every option of a search is a point: the GPUs as series, what lies outside the targets faint,
 * the best ones as a frontier with intervals, the selected one ringed. A subclass says where an option stands and what is
 * read out. Nothing is computed while the chart is not seen.
 */
class OptionsChart : public ChartView
{
    Q_OBJECT

public:
    /** New options: rebuilds everything and shows all of it. */
    void setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                    const Slo& slo);
    /** Same options under other targets or weights: fast enough to follow a drag. */
    void setRanking(const Ranking& ranking, const Slo& slo);
    /** One flag per option: those that pass the filters; empty = all. The others are not drawn. */
    void setShown(std::vector<char> shown);
    void setSelected(std::optional<std::size_t> option);
    [[nodiscard]] std::optional<std::size_t> selected() const { return m_selected; }
    /** The rows of the table form, with the columns (ids) that this chart is about. Kept by the caller. */
    void setOptionsModel(OptionsModel& model);

    /** The best options, from left to right. */
    [[nodiscard]] const std::vector<std::size_t>& frontier() const { return m_frontier; }
    /** Where an option is drawn in the plot, in pixels. */
    [[nodiscard]] QPointF pixelOf(std::size_t option) const;
    /** Options that are drawn, some of them on top of each other. */
    [[nodiscard]] std::size_t pointCount() const;

signals:
    void optionClicked(std::size_t option);
    void selectionCleared();

protected:
    enum class Aim { Low, High };
    /** Axes whose values spread over more than this factor are logarithmic. */
    static constexpr double logarithmicRatio = 12;
    struct Look
    {
        Aim x = Aim::Low; ///< which end of the axis is better
        Aim y = Aim::Low;
        QString frontierName; ///< in the legend
        bool frontierIsLine = true;
        bool legend = true;
    };
    OptionsChart(const QString& title, Look look, QWidget* parent);
    ~OptionsChart() override;

    struct Place
    {
        double x = 0;
        double y = 0;
    };
    /** How far whiskers reach from a point, in units of the axes. */
    struct Whiskers
    {
        double left = 0;
        double right = 0;
        double down = 0;
        double up = 0;
    };
    /** Before places are asked for: axes and whatever they depend on. */
    virtual void prepare() { }
    /** In units of the axes; not finite = this chart has no place for the option. */
    [[nodiscard]] virtual Place placeOf(const Option& option) const = 0;
    [[nodiscard]] virtual Whiskers whiskersOf(const Option& option) const = 0;
    /** What the read-out says of an option, without whether it meets the targets. */
    [[nodiscard]] virtual QString describe(const Option& option) const = 0;
    [[nodiscard]] virtual QString summary() const = 0;
    /** Whether places have to be asked for again when targets change. */
    [[nodiscard]] virtual bool placesDiffer(const Slo& /*before*/, const Slo& /*after*/) const
    {
        return false;
    }
    /** The best of the points that are within the targets and shown. */
    [[nodiscard]] virtual std::vector<std::size_t> findFrontier() const;
    /** Columns of the options table that belong to the axes. */
    [[nodiscard]] virtual QStringList axisColumns() const = 0;
    /** After the frontier or the targets changed: labels and lines. */
    virtual void decorate() { }

    struct Point
    {
        double x = 0;
        double y = 0;
        std::size_t series = 0;
        bool inTarget = false;
        bool shown = true;
        [[nodiscard]] bool placed() const { return std::isfinite(x) && std::isfinite(y); }
        [[nodiscard]] bool drawn() const { return shown && placed(); }
    };
    [[nodiscard]] const std::vector<Point>& points() const { return m_points; }
    [[nodiscard]] const SearchReport* report() const { return m_report.get(); }
    [[nodiscard]] const Slo& slo() const { return m_slo; }
    [[nodiscard]] std::size_t countInTarget() const;
    /** Asks for all places again, after the subclass shows something else. */
    void replaceAll();
    /** Both axes with air around what is drawn; logarithmic where the values spread widely. */
    void fitAround(double left, double right, double bottom, double top);

    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    [[nodiscard]] bool rowShown(int row) const override;
    [[nodiscard]] bool rowInView(int row) const override;
    void clearSelection() override;
    void stepSelection(int direction) override;
    void clicked(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Work { Nothing, Targets, Places, Everything };
    void buildPlot();
    void schedule(Work work);
    void catchUp();
    void rebuildPoints();
    void assignSeries();
    void markPoints();
    void drawPoints();
    void orderPoints();
    void computePixels();
    void drawFrontier();
    void drawSelection();
    [[nodiscard]] std::optional<std::size_t> optionAt(const QPointF& position) const;
    [[nodiscard]] std::optional<Readout> readoutOf(std::size_t option) const;

    Look m_look;
    std::unique_ptr<AxisFrame> m_frame; ///< that the pixels hold for
    std::shared_ptr<const SearchReport> m_report;
    std::vector<std::size_t> m_inTarget; ///< options within the targets
    std::vector<char> m_shown;
    Slo m_slo;
    Work m_work = Work::Nothing;
    std::vector<Point> m_points; ///< one per option
    std::vector<QString> m_seriesNames;
    std::vector<std::size_t> m_frontier;
    std::vector<std::size_t>
        m_order; ///< of the placed points: the best along x first, then along y
    std::vector<QPointF> m_pixels; ///< of each point, from the corner of the axis rectangle
    std::optional<std::size_t> m_selected;
    OptionsModel* m_table = nullptr;
    bool m_stale = false; ///< the marks have to be chosen anew before they are painted

    MarkGraph* m_outside = nullptr;
    std::vector<MarkGraph*> m_series;
    QCPGraph* m_frontierLine = nullptr;
    QCPGraph* m_highlight = nullptr;
    std::vector<QCPErrorBars*> m_frontierBars; ///< along x, along y
    std::vector<QCPErrorBars*> m_highlightBars;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charttheme.h"

#include <QPixmap>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QAbstractItemModel;
class QCustomPlot;
class QCPLayoutGrid;
class QHBoxLayout;
class QLabel;
class QMenu;
class QMouseEvent;
class QPrinter;
class QStackedWidget;
class QToolButton;

namespace llmd {

class CopyTableView;
class FilterProxy;
struct TablePart;

/**
 * Base of all charts: a plot with a title line, a legend, the gestures and a list of them, a read-out under the pointer, the
 * same data as a table, export and print. A subclass fills the plot from rows and says what lies under a point. Wheel zooms
 * x, Ctrl+wheel y, Shift+drag a rectangle, drag pans, double click or Home resets, which a button offers as long as not
 * everything is in view; arrows pan and + and - zoom; Page Up and Down walk along the points; Esc clears the selection. A
 * plot may have several axis rects on top of each other: they share the range of their x axes.
 */
class ChartView : public QWidget
{
    Q_OBJECT

public:
    enum class DataRange { All, Visible };

    explicit ChartView(const QString& title, QWidget* parent = nullptr);
    ~ChartView() override;

    [[nodiscard]] QString title() const;
    void setTitle(const QString& title);
    /** One sentence that says what the chart shows at present; read to those who cannot see it. */
    void setSummary(const QString& summary);

    /** For charts in tabs that are named after them: the title then is for exports and for screen readers only. */
    void setTitleShown(bool shown);
    /** Said in the middle of an empty plot; empty text takes it away. */
    void setMessage(const QString& text);
    [[nodiscard]] QString message() const;

    void resetView();
    /** The user moved or zoomed the view, so that it may not show everything. */
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;

    /** The plot at `scale` times its size; `light` uses the light theme whatever the window has. */
    [[nodiscard]] QPixmap renderImage(double scale, bool light);
    /** PNG (twice the size on screen), SVG or PDF by suffix, light background; false with a reason on failure. */
    [[nodiscard]] bool saveImage(const QString& path, QString& error);
    [[nodiscard]] bool saveData(const QString& path, DataRange range, QString& error) const;
    void copyImage();
    void copyData() const;
    /** On one page, light; false if the printer cannot be used. */
    [[nodiscard]] bool print(QPrinter& printer);
    /** The list of gestures on top of the plot. */
    void setHelpShown(bool shown);
    [[nodiscard]] bool isHelpShown() const;

    /** The gestures in one line, for the status bar. */
    [[nodiscard]] static QString gestureHint();
    /** The plot itself: for tests and for screenshots. */
    [[nodiscard]] QCustomPlot& plot() const { return *m_plot; }
    [[nodiscard]] const ChartTheme& theme() const { return m_theme; }

signals:
    void hintChanged(const QString& text);
    void failed(const QString& message); ///< an export did not work

protected:
    /** What the pointer is at: shown next to `anchor` (pixels of the plot). */
    struct Readout
    {
        QPointF anchor;
        QString text; ///< lines with units
    };

    /** How something is done in a chart, for the list of gestures. */
    struct Gesture
    {
        QString input; ///< "Shift+drag"
        QString effect;
    };
    enum class LegendPlace {
        Beside, ///< right of the plot while that leaves it wide enough, else below
        Below, ///< in as many columns as fit
    };

    /** Called with new colours; the base has themed axes and legend before. */
    virtual void applyTheme(const ChartTheme& theme) = 0;
    /** Sets the axis ranges that show everything. */
    virtual void fitRanges() = 0;
    [[nodiscard]] virtual std::optional<Readout> readoutAt(const QPointF& position) const;
    /** Whether the record of a row of the table model is in the chart at all, and so in its table and in exports. */
    [[nodiscard]] virtual bool rowShown(int row) const;
    /** For "export visible range": whether the record of a row of the table model is in view. */
    [[nodiscard]] virtual bool rowInView(int row) const;
    virtual void clearSelection() { }
    /** Keyboard: selects the next (+1) or previous (-1) point. */
    virtual void stepSelection(int /*direction*/) { }
    /** Mouse events of the plot before its own handling; true takes the event away from it. */
    virtual bool handleMouse(QMouseEvent& event);
    /** Key presses before the chart's own keys; true if done. */
    virtual bool handleKey(QKeyEvent& event);
    /** A click that was not a drag. */
    virtual void clicked(const QPointF& /*position*/, Qt::KeyboardModifiers /*modifiers*/) { }

    /** Gestures beyond those of the base, such as a line that can be dragged. */
    [[nodiscard]] virtual std::vector<Gesture> ownGestures() const { return {}; }

    /** Shows the legend outside the axes, where it covers nothing. */
    void placeLegend(LegendPlace place);
    /** After entries of the legend changed: finds the columns that fit. */
    void arrangeLegend();
    /** Sets the x axes of all axis rects to one range from now on. */
    void linkAxes();
    /** After new data: shows everything, unless the user looks at a part of it. */
    void refit();
    /** The same records as in the plot. Kept by the caller. `columns` (ids) are shown even if the model hides them. */
    void setTableModel(QAbstractItemModel* model, const QStringList& columns = {});
    /** After `rowShown` has changed its mind. */
    void refreshTable();
    /** A widget in the title line, left of the buttons. */
    void addHeaderWidget(QWidget* widget);
    /**
     * Colours everything anew. Subclasses call it at the end of their constructor: before, a change of palette must not
     * reach them.
     */
    void applyCurrentTheme();
    void showReadout(const std::optional<Readout>& readout);
    /** Shows a read-out that was reached by keyboard, and has it read out. */
    void announce(const std::optional<Readout>& readout);

    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class ExportLook;
    void attachTable();
    void detachTable();
    [[nodiscard]] TablePart dataPart(DataRange range) const;
    void buildHeader(const QString& title);
    void buildOverlays();
    void putLegend();
    void placeOverlays();
    void setZoomed(bool zoomed);
    void askPrint();
    void fillMenu(QMenu& menu);
    void askSaveImage();
    void askSaveData(DataRange range);
    bool handleKeyPress(QKeyEvent& event);
    bool handlePlotMouse(QMouseEvent& event);
    void zoom(double factor);
    void pan(double x, double y);

    ChartTheme m_theme;
    QCustomPlot* m_plot;
    QStackedWidget* m_stack;
    CopyTableView* m_table;
    QLabel* m_title = nullptr;
    QLabel* m_readout;
    QHBoxLayout* m_header = nullptr;
    QToolButton* m_tableButton = nullptr;
    QToolButton* m_resetButton = nullptr;
    QToolButton* m_helpButton = nullptr;
    QLabel* m_help; ///< the list of gestures
    QLabel* m_message; ///< why there is nothing
    QCPLayoutGrid* m_legendArea = nullptr;
    LegendPlace m_legendPlace = LegendPlace::Beside;
    QString m_summary;
    QAbstractItemModel* m_model = nullptr;
    QStringList m_tableColumns;
    FilterProxy* m_proxy = nullptr; ///< while the table is shown: hidden ones must not cost time
    QPointF m_pressPosition;
    bool m_pressed = false;
    bool m_themed = false; // the subclass is complete
    bool m_zoomed = false;
    bool m_legendBelow = false;
};

} // namespace llmd

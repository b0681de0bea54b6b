// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charttheme.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

class QAbstractItemModel;
class QCustomPlot;
class QHBoxLayout;
class QLabel;
class QMenu;
class QMouseEvent;
class QStackedWidget;
class QToolButton;

namespace llmd {

class CopyTableView;

/**
 * Base of all charts: a plot with a title line, the gestures, a read-out under the pointer, the same data as a table, and
 * export. A subclass fills the plot from rows and says what lies under a point. Wheel zooms x, Ctrl+wheel y, Shift+drag a
 * rectangle, drag pans, double click or Home resets; arrows pan and + and - zoom; Esc clears the selection.
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

    void resetView();
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;

    /** The plot at `scale` times its size; `light` uses the light theme whatever the window has. */
    [[nodiscard]] QPixmap renderImage(double scale, bool light);
    /** PNG (twice the size on screen), SVG or PDF by suffix, light background; false with a reason on failure. */
    [[nodiscard]] bool saveImage(const QString& path, QString& error);
    [[nodiscard]] bool saveData(const QString& path, DataRange range, QString& error) const;
    void copyImage();
    void copyData() const;

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

    /** Called with new colours; the base has themed axes and legend before. */
    virtual void applyTheme(const ChartTheme& theme) = 0;
    /** Sets the axis ranges that show everything. */
    virtual void fitRanges() = 0;
    [[nodiscard]] virtual std::optional<Readout> readoutAt(const QPointF& position) const;
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

    /** The same records as in the plot. Kept by the caller. */
    void setTableModel(QAbstractItemModel* model);
    /** A widget in the title line, left of the buttons. */
    void addHeaderWidget(QWidget* widget);
    /**
     * Colours everything anew. Subclasses call it at the end of their constructor: before, a change of palette must not
     * reach them.
     */
    void applyCurrentTheme();
    void showReadout(const std::optional<Readout>& readout);

    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHeader(const QString& title);
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
    QAbstractItemModel* m_model = nullptr;
    QPointF m_pressPosition;
    bool m_pressed = false;
    bool m_themed = false; // the subclass is complete
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartview.h"

#include "chartexport.h"
#include "qcp.h"

#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>
#include <widgets/tables/tabletext.h>

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPrintDialog>
#include <QPrinter>
#include <QStackedWidget>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double copyScale = 2;
constexpr double keyZoom = 0.8;
constexpr double keyPan = 0.1;
// A legend beside the plot leaves it at least this width, in average characters.
constexpr double leastPlotWidth = 75;

QToolButton* headerButton(QWidget* parent, const QString& icon, const QString& text)
{
    auto* button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

/** While it lives the plot looks as on paper: light, and with its title. */
class ChartView::ExportLook
{
public:
    explicit ExportLook(ChartView& view)
        : m_view(view)
    {
        const ChartTheme light = chartTheme(lightPalette(), view.font());
        applyChartTheme(*view.m_plot, light);
        view.applyTheme(light);
        QFont bold = light.font;
        bold.setBold(true);
        m_title = new QCPTextElement(view.m_plot, view.title(), bold);
        m_title->setTextColor(light.text);
        m_title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        view.m_plot->plotLayout()->insertRow(0);
        view.m_plot->plotLayout()->addElement(0, 0, m_title);
    }
    ExportLook(const ExportLook&) = delete;
    ExportLook& operator=(const ExportLook&) = delete;
    ~ExportLook()
    {
        m_view.m_plot->plotLayout()->remove(m_title);
        m_view.m_plot->plotLayout()->simplify();
        m_view.applyCurrentTheme();
    }

private:
    ChartView& m_view;
    QCPTextElement* m_title;
};

ChartView::ChartView(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot)
    , m_stack(new QStackedWidget(this))
    , m_table(new CopyTableView)
    , m_readout(new QLabel(m_plot))
    , m_help(new QLabel(m_plot))
    , m_message(new QLabel(m_plot))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildHeader(title);
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_table);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_header);
    layout->addWidget(m_stack, 1);

    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal | Qt::Vertical);
    m_plot->setNoAntialiasingOnDrag(false);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMouseTracking(true);
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    m_plot->setMinimumSize(charactersWide(*this, 30), fontMetrics().height() * 8);
    m_plot->setAccessibleName(title);
    m_plot->installEventFilter(this);
    connect(m_plot, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        QMenu menu(this);
        fillMenu(menu);
        menu.exec(m_plot->mapToGlobal(position));
    });

    buildOverlays();
    m_table->setAccessibleName(tr("%1 as a table").arg(title));
    m_theme = chartTheme(palette(), font());
    applyChartTheme(*m_plot, m_theme);
}

ChartView::~ChartView() = default;

void ChartView::buildOverlays()
{
    for (QLabel* label : { m_readout, m_help }) {
        label->setAutoFillBackground(true);
        label->setBackgroundRole(QPalette::ToolTipBase);
        label->setForegroundRole(QPalette::ToolTipText);
        label->setFrameShape(QFrame::Box);
        label->setMargin(fontMetrics().height() / 3);
        label->hide();
    }
    m_readout->setObjectName(u"chartReadout"_s);
    m_readout->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_readout->setTextFormat(Qt::PlainText);
    m_help->setObjectName(u"chartHelp"_s);
    m_help->setTextFormat(Qt::RichText);
    m_message->setObjectName(u"chartMessage"_s);
    m_message->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->hide();
}

void ChartView::placeOverlays()
{
    m_message->setGeometry(
        m_plot->rect().adjusted(fontMetrics().height() * 2, 0, -fontMetrics().height() * 2, 0));
    m_help->adjustSize();
    m_help->move(std::max(0, (m_plot->width() - m_help->width()) / 2),
                 std::max(0, (m_plot->height() - m_help->height()) / 2));
}

void ChartView::buildHeader(const QString& title)
{
    m_header = new QHBoxLayout;
    m_header->setContentsMargins(fontMetrics().height() / 2, 0, 0, 0);
    m_title = new QLabel(title, this);
    setTextStyle(*m_title, TextStyle::Heading);
    m_header->addWidget(m_title);
    m_header->addStretch(1);

    m_tableButton = headerButton(this, u"table"_s, tr("Show as table"));
    m_tableButton->setCheckable(true);
    connect(m_tableButton, &QToolButton::toggled, this, &ChartView::setTableShown);
    m_resetButton = headerButton(this, u"reset"_s, tr("Show everything (Home)"));
    m_resetButton->setObjectName(u"chartReset"_s);
    m_resetButton->setText(tr("Show All"));
    m_resetButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_resetButton->hide(); // until there is something to go back to
    connect(m_resetButton, &QToolButton::clicked, this, &ChartView::resetView);
    m_helpButton = headerButton(this, u"help"_s, tr("How to move in this chart"));
    m_helpButton->setObjectName(u"chartHelpButton"_s);
    m_helpButton->setCheckable(true);
    connect(m_helpButton, &QToolButton::toggled, this, &ChartView::setHelpShown);
    auto* more = headerButton(this, u"export"_s, tr("Copy, save and export"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenu(*menu);
    });
    more->setMenu(menu);
    for (QToolButton* button : { m_resetButton, m_tableButton, m_helpButton, more })
        m_header->addWidget(button);
}

QString ChartView::title() const
{
    return m_title->text();
}

void ChartView::setTitle(const QString& title)
{
    m_title->setText(title);
    m_plot->setAccessibleName(title);
}

void ChartView::setTitleShown(bool shown)
{
    m_title->setVisible(shown);
}

void ChartView::setMessage(const QString& text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    placeOverlays();
}

QString ChartView::message() const
{
    return m_message->text();
}

void ChartView::setHelpShown(bool shown)
{
    if (shown) {
        std::vector<Gesture> gestures = ownGestures();
        const std::vector<Gesture> common {
            { tr("Wheel"), tr("zoom along x") },
            { tr("Ctrl+wheel"), tr("zoom along y") },
            { tr("Shift+drag"), tr("zoom to a rectangle") },
            { tr("Drag, arrow keys"), tr("move the view") },
            { tr("+ and −"), tr("zoom") },
            { tr("Double click, Home"), tr("show everything") },
            { tr("Page Up, Page Down"), tr("walk along the points") },
            { tr("Ctrl+C"), tr("copy the data") },
            { tr("Esc"), tr("clear the selection, close this list") },
        };
        gestures.insert(gestures.end(), common.begin(), common.end());
        QString rows;
        QStringList spoken;
        for (const Gesture& gesture : gestures) {
            rows += u"<tr><td><b>%1</b></td><td style='padding-left:12px'>%2</td></tr>"_s.arg(
                gesture.input.toHtmlEscaped(), gesture.effect.toHtmlEscaped());
            spoken.append(u"%1: %2"_s.arg(gesture.input, gesture.effect));
        }
        m_help->setText(u"<table cellspacing='0' cellpadding='2'>%1</table>"_s.arg(rows));
        m_help->setAccessibleName(spoken.join(u"; "_s));
        setTableShown(false);
        placeOverlays();
        m_help->raise();
    }
    m_help->setVisible(shown);
    const QSignalBlocker blocker(m_helpButton);
    m_helpButton->setChecked(shown);
}

bool ChartView::isHelpShown() const
{
    return !m_help->isHidden();
}

void ChartView::setSummary(const QString& summary)
{
    m_summary = summary;
    m_plot->setAccessibleDescription(summary);
    setAccessibleDescription(summary);
}

void ChartView::setTableModel(QAbstractItemModel* model, const QStringList& columns)
{
    detachTable();
    m_model = model;
    m_tableColumns = columns;
    if (isTableShown())
        attachTable();
}

void ChartView::attachTable()
{
    if (!m_model || m_proxy)
        return;
    m_proxy = setUpTable(*m_table, *m_model);
    refreshTable();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_tableColumns.contains(
                m_model->headerData(column, Qt::Horizontal, ColumnIdRole).toString()))
            m_table->setColumnHidden(column, false);
    }
    fitColumns(*m_table);
}

void ChartView::detachTable()
{
    m_table->setModel(nullptr);
    delete std::exchange(m_proxy, nullptr);
}

void ChartView::refreshTable()
{
    if (m_proxy)
        m_proxy->setRowCondition([this](int row) { return rowShown(row); });
}

void ChartView::addHeaderWidget(QWidget* widget)
{
    // Before the buttons of the base.
    m_header->insertWidget(m_header->indexOf(m_resetButton), widget);
}

void ChartView::resetView()
{
    fitRanges();
    setZoomed(false);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::refit()
{
    if (!m_zoomed)
        fitRanges();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::setZoomed(bool zoomed)
{
    m_zoomed = zoomed;
    // Taken away under the focus, it would take the keyboard with it.
    if (!zoomed && m_resetButton->hasFocus())
        m_plot->setFocus(Qt::OtherFocusReason);
    m_resetButton->setVisible(zoomed);
}

void ChartView::linkAxes()
{
    const auto rects = m_plot->axisRects();
    for (QCPAxisRect* from : rects) {
        for (QCPAxisRect* to : rects) {
            if (from != to)
                connect(from->axis(QCPAxis::atBottom),
                        qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
                        to->axis(QCPAxis::atBottom),
                        qOverload<const QCPRange&>(&QCPAxis::setRange));
        }
    }
}

void ChartView::placeLegend(LegendPlace place)
{
    m_legendPlace = place;
    m_legendArea = new QCPLayoutGrid;
    m_legendBelow = place == LegendPlace::Below;
    putLegend();
    m_legendArea->addElement(0, 0, m_plot->legend);
    m_plot->legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    m_plot->legend->setVisible(true);
    arrangeLegend();
}

void ChartView::putLegend()
{
    QCPLayoutGrid& layout = *m_plot->plotLayout();
    const int rows = layout.rowCount();
    const int columns = layout.columnCount();
    layout.addElement(m_legendBelow ? rows : 0, m_legendBelow ? 0 : columns, m_legendArea);
    if (m_legendBelow)
        layout.setRowStretchFactor(rows, 0.001);
    else
        layout.setColumnStretchFactor(columns, 0.001);
}

void ChartView::arrangeLegend()
{
    if (!m_legendArea)
        return;
    QCPLegend& legend = *m_plot->legend;
    const QFontMetrics metrics(m_theme.font);
    int widest = 1;
    for (int i = 0; i < legend.itemCount(); ++i) {
        if (auto* item = qobject_cast<QCPPlottableLegendItem*>(legend.item(i)))
            widest = std::max(widest, metrics.horizontalAdvance(item->plottable()->name()));
    }
    const int item = widest + legend.iconSize().width() + metrics.height() * 2;
    const bool below = m_legendPlace == LegendPlace::Below
        || width() - item < charactersWide(*this, leastPlotWidth);
    if (below != m_legendBelow) {
        m_plot->plotLayout()->take(m_legendArea);
        m_plot->plotLayout()->simplify();
        m_legendBelow = below;
        putLegend();
    }
    // Beside the plot all of it stands at the top: the rest of that column stays empty.
    if (!below && m_legendArea->rowCount() == 1) {
        m_legendArea->addElement(1, 0, new QCPLayoutElement);
        m_legendArea->setRowStretchFactor(0, 0.001);
    } else if (below && m_legendArea->rowCount() == 2) {
        m_legendArea->removeAt(m_legendArea->rowColToIndex(1, 0));
        m_legendArea->simplify();
    }
    legend.setWrap(below ? std::clamp(width() / item, 1, 8) : 1);
    // Only that moves what is there.
    legend.setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
}

void ChartView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrangeLegend();
}

void ChartView::setTableShown(bool shown)
{
    m_stack->setCurrentIndex(shown ? 1 : 0);
    const QSignalBlocker blocker(m_tableButton);
    m_tableButton->setChecked(shown);
    if (shown) {
        setHelpShown(false);
        attachTable();
    } else {
        detachTable();
    }
}

bool ChartView::isTableShown() const
{
    return m_stack->currentIndex() == 1;
}

QString ChartView::gestureHint()
{
    return tr("Wheel: zoom x · Ctrl+wheel: zoom y · Shift+drag: zoom to rectangle · Drag: pan · "
              "Double click or Home: "
              "show all");
}

std::optional<ChartView::Readout> ChartView::readoutAt(const QPointF& /*position*/) const
{
    return std::nullopt;
}

bool ChartView::rowShown(int /*row*/) const
{
    return true;
}

bool ChartView::rowInView(int /*row*/) const
{
    return true;
}

bool ChartView::handleMouse(QMouseEvent& /*event*/)
{
    return false;
}

bool ChartView::handleKey(QKeyEvent& /*event*/)
{
    return false;
}

void ChartView::applyCurrentTheme()
{
    m_themed = true;
    m_theme = chartTheme(palette(), font());
    applyChartTheme(*m_plot, m_theme);
    applyTheme(m_theme);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (m_themed && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange))
        applyCurrentTheme();
}

bool ChartView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_plot)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Wheel: {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        const bool vertical = wheel->modifiers().testFlag(Qt::ControlModifier);
        for (QCPAxisRect* rect : m_plot->axisRects()) {
            rect->setRangeZoom(vertical ? Qt::Vertical : Qt::Horizontal);
            if (rect->rect().contains(wheel->position().toPoint()))
                setZoomed(true);
        }
        break;
    }
    case QEvent::Resize:
        placeOverlays();
        break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
        return handlePlotMouse(*static_cast<QMouseEvent*>(event));
    case QEvent::KeyPress:
        return handleKeyPress(*static_cast<QKeyEvent*>(event));
    case QEvent::Enter:
    case QEvent::FocusIn:
        emit hintChanged(gestureHint());
        break;
    case QEvent::Leave:
        showReadout(std::nullopt);
        emit hintChanged({});
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

bool ChartView::handlePlotMouse(QMouseEvent& event)
{
    if (handleMouse(event)) {
        m_pressed = false;
        return true;
    }
    switch (event.type()) {
    case QEvent::MouseButtonPress:
        setHelpShown(false);
        m_pressPosition = event.position();
        m_pressed = event.button() == Qt::LeftButton;
        m_plot->setSelectionRectMode(event.modifiers().testFlag(Qt::ShiftModifier) ? QCP::srmZoom
                                                                                   : QCP::srmNone);
        break;
    case QEvent::MouseMove:
        showReadout(event.buttons() == Qt::NoButton ? readoutAt(event.position()) : std::nullopt);
        break;
    case QEvent::MouseButtonRelease:
        if (m_pressed
            && (event.position() - m_pressPosition).manhattanLength()
                < QApplication::startDragDistance())
            clicked(event.position(), event.modifiers());
        else if (m_pressed && m_plot->axisRectAt(m_pressPosition))
            setZoomed(true);
        m_pressed = false;
        break;
    case QEvent::MouseButtonDblClick:
        resetView();
        return true;
    default:
        break;
    }
    return false;
}

bool ChartView::handleKeyPress(QKeyEvent& event)
{
    if (handleKey(event))
        return true;
    switch (event.key()) {
    case Qt::Key_Home:
        resetView();
        return true;
    case Qt::Key_Escape:
        isHelpShown() ? setHelpShown(false) : clearSelection();
        return true;
    case Qt::Key_Question:
        setHelpShown(!isHelpShown());
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(keyZoom);
        return true;
    case Qt::Key_Minus:
        zoom(1 / keyZoom);
        return true;
    case Qt::Key_Left:
        pan(-keyPan, 0);
        return true;
    case Qt::Key_Right:
        pan(keyPan, 0);
        return true;
    case Qt::Key_Up:
        pan(0, keyPan);
        return true;
    case Qt::Key_Down:
        pan(0, -keyPan);
        return true;
    case Qt::Key_PageDown:
        stepSelection(1);
        return true;
    case Qt::Key_PageUp:
        stepSelection(-1);
        return true;
    case Qt::Key_Menu:
        emit m_plot->customContextMenuRequested(m_plot->rect().center());
        return true;
    default:
        break;
    }
    if (event.matches(QKeySequence::Copy)) {
        copyData();
        return true;
    }
    return false;
}

void ChartView::zoom(double factor)
{
    m_plot->xAxis->scaleRange(factor);
    for (QCPAxisRect* rect : m_plot->axisRects())
        rect->axis(QCPAxis::atLeft)->scaleRange(factor);
    setZoomed(true);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::pan(double x, double y)
{
    const auto move = [](QCPAxis& axis, double share) {
        if (share == 0)
            return;
        if (axis.scaleType() == QCPAxis::stLogarithmic)
            axis.moveRange(std::pow(axis.range().upper / axis.range().lower, share));
        else
            axis.moveRange(axis.range().size() * share);
    };
    move(*m_plot->xAxis, x);
    for (QCPAxisRect* rect : m_plot->axisRects())
        move(*rect->axis(QCPAxis::atLeft), y);
    setZoomed(true);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::announce(const std::optional<Readout>& readout)
{
    showReadout(readout);
    if (readout)
        m_plot->setAccessibleDescription(readout->text + u'\n' + m_summary);
}

void ChartView::showReadout(const std::optional<Readout>& readout)
{
    if (!readout || readout->text.isEmpty()) {
        m_readout->hide();
        return;
    }
    m_readout->setText(readout->text);
    m_readout->adjustSize();
    // Right of the point and above it, moved so far that all of it is inside the plot.
    const int gap = fontMetrics().height() / 2;
    QPoint position = readout->anchor.toPoint() + QPoint(gap, -gap - m_readout->height());
    if (position.x() + m_readout->width() > m_plot->width())
        position.setX(static_cast<int>(readout->anchor.x()) - gap - m_readout->width());
    position.setX(std::max(0, position.x()));
    position.setY(std::clamp(position.y(), 0, std::max(0, m_plot->height() - m_readout->height())));
    m_readout->move(position);
    m_readout->show();
    m_readout->raise();
}

void ChartView::fillMenu(QMenu& menu)
{
    menu.addAction(tr("Copy Image"), this, &ChartView::copyImage);
    menu.addAction(tr("Save Image…"), this, &ChartView::askSaveImage);
    menu.addAction(tr("Print…"), this, &ChartView::askPrint);
    menu.addSeparator();
    QAction* copy = menu.addAction(tr("Copy Data"), this, &ChartView::copyData);
    QAction* all =
        menu.addAction(tr("Export Data…"), this, [this] { askSaveData(DataRange::All); });
    QAction* visible = menu.addAction(tr("Export Data in View…"), this,
                                      [this] { askSaveData(DataRange::Visible); });
    for (QAction* action : { copy, all, visible })
        action->setEnabled(m_model != nullptr);
    menu.addSeparator();
    QAction* table = menu.addAction(tr("Show as Table"), this, &ChartView::setTableShown);
    table->setCheckable(true);
    table->setChecked(isTableShown());
    menu.addAction(tr("Show Everything"), this, &ChartView::resetView)->setEnabled(m_zoomed);
    menu.addAction(tr("How to Move in This Chart"), this, [this] { setHelpShown(true); });
}

QPixmap ChartView::renderImage(double scale, bool light)
{
    std::optional<ExportLook> look;
    if (light)
        look.emplace(*this);
    return m_plot->toPixmap(m_plot->width(), m_plot->height(), scale);
}

bool ChartView::saveImage(const QString& path, QString& error)
{
    const ExportLook look(*this);
    return savePlot(*m_plot, path, title(), error);
}

bool ChartView::print(QPrinter& printer)
{
    const ExportLook look(*this);
    return printPlot(*m_plot, printer);
}

bool ChartView::saveData(const QString& path, DataRange range, QString& error) const
{
    if (!m_model) {
        error = tr("This chart has no data.");
        return false;
    }
    return saveCsv(dataPart(range), path, error);
}

TablePart ChartView::dataPart(DataRange range) const
{
    TablePart part = wholeTable(*m_model);
    std::erase_if(part.rows, [this, range](int row) {
        return !rowShown(row) || (range == DataRange::Visible && !rowInView(row));
    });
    return part;
}

void ChartView::copyImage()
{
    QApplication::clipboard()->setPixmap(renderImage(copyScale, true));
}

void ChartView::copyData() const
{
    if (m_model)
        copyToClipboard(dataPart(DataRange::All));
}

void ChartView::askSaveImage()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save Image"), title() + u".png"_s,
        tr("PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"));
    QString error;
    if (!path.isEmpty() && !saveImage(path, error))
        emit failed(tr("The image was not saved: %1").arg(error));
}

void ChartView::askPrint()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    printer.setDocName(title());
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() == QDialog::Accepted && !print(printer))
        emit failed(tr("The chart was not printed."));
}

void ChartView::askSaveData(DataRange range)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Data"), title() + u".csv"_s,
                                                      tr("CSV table (*.csv)"));
    QString error;
    if (!path.isEmpty() && !saveData(path, range, error))
        emit failed(tr("The data was not exported: %1").arg(error));
}

} // namespace llmd

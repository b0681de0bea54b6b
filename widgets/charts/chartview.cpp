// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartview.h"

#include "qcp.h"

#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
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
#include <QSaveFile>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double exportScale = 2;
constexpr double keyZoom = 0.8;
constexpr double keyPan = 0.1;

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

ChartView::ChartView(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot)
    , m_stack(new QStackedWidget(this))
    , m_table(new CopyTableView)
    , m_readout(new QLabel(m_plot))
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

    m_readout->setObjectName(u"chartReadout"_s);
    m_readout->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_readout->setTextFormat(Qt::PlainText);
    m_readout->setAutoFillBackground(true);
    m_readout->setBackgroundRole(QPalette::ToolTipBase);
    m_readout->setForegroundRole(QPalette::ToolTipText);
    m_readout->setFrameShape(QFrame::Box);
    m_readout->setMargin(fontMetrics().height() / 3);
    m_readout->hide();

    m_table->setAccessibleName(tr("%1 as a table").arg(title));
    m_theme = chartTheme(palette(), font());
    applyChartTheme(*m_plot, m_theme);
}

ChartView::~ChartView() = default;

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
    auto* reset = headerButton(this, u"reset"_s, tr("Show everything (Home)"));
    connect(reset, &QToolButton::clicked, this, &ChartView::resetView);
    auto* more = headerButton(this, u"export"_s, tr("Copy, save and export"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenu(*menu);
    });
    more->setMenu(menu);
    for (QToolButton* button : { m_tableButton, reset, more })
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

void ChartView::setSummary(const QString& summary)
{
    m_plot->setAccessibleDescription(summary);
    setAccessibleDescription(summary);
}

void ChartView::setTableModel(QAbstractItemModel* model)
{
    m_model = model;
    setUpTable(*m_table, *model);
}

void ChartView::addHeaderWidget(QWidget* widget)
{
    // Before the three buttons of the base.
    m_header->insertWidget(m_header->count() - 3, widget);
}

void ChartView::resetView()
{
    fitRanges();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::setTableShown(bool shown)
{
    m_stack->setCurrentIndex(shown ? 1 : 0);
    const QSignalBlocker blocker(m_tableButton);
    m_tableButton->setChecked(shown);
    if (shown)
        fitColumns(*m_table);
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
        const bool vertical =
            static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ControlModifier);
        for (QCPAxisRect* rect : m_plot->axisRects())
            rect->setRangeZoom(vertical ? Qt::Vertical : Qt::Horizontal);
        break;
    }
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
        clearSelection();
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
    for (QCPAxis* axis : { m_plot->xAxis, m_plot->yAxis })
        axis->scaleRange(factor);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::pan(double x, double y)
{
    for (const auto& [axis, share] : { std::pair(m_plot->xAxis, x), std::pair(m_plot->yAxis, y) }) {
        if (share == 0)
            continue;
        if (axis->scaleType() == QCPAxis::stLogarithmic)
            axis->moveRange(std::pow(axis->range().upper / axis->range().lower, share));
        else
            axis->moveRange(axis->range().size() * share);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
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
    menu.addAction(tr("Show Everything"), this, &ChartView::resetView);
}

QPixmap ChartView::renderImage(double scale, bool light)
{
    if (light) {
        const ChartTheme lightTheme = chartTheme(lightPalette(), font());
        applyChartTheme(*m_plot, lightTheme);
        applyTheme(lightTheme);
    }
    const QPixmap pixmap = m_plot->toPixmap(m_plot->width(), m_plot->height(), scale);
    if (light)
        applyCurrentTheme();
    return pixmap;
}

bool ChartView::saveImage(const QString& path, QString& error)
{
    const ChartTheme lightTheme = chartTheme(lightPalette(), font());
    applyChartTheme(*m_plot, lightTheme);
    applyTheme(lightTheme);
    bool saved = false;
    if (path.endsWith(u".pdf", Qt::CaseInsensitive)) {
        saved = m_plot->savePdf(path, 0, 0, QCP::epAllowCosmetic,
                                QApplication::applicationDisplayName(), title());
        error = tr("The file %1 cannot be written.").arg(path);
    } else {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            if (path.endsWith(u".svg", Qt::CaseInsensitive)) {
                QSvgGenerator generator;
                generator.setOutputDevice(&file);
                generator.setTitle(title());
                generator.setSize(m_plot->size());
                generator.setViewBox(m_plot->rect());
                QCPPainter painter;
                saved = painter.begin(&generator);
                painter.setMode(QCPPainter::pmVectorized);
                painter.setMode(QCPPainter::pmNoCaching);
                m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
                painter.end();
            } else {
                saved = m_plot->toPixmap(m_plot->width(), m_plot->height(), exportScale)
                            .save(&file, "PNG");
            }
            saved = saved && file.commit();
        }
        error = file.errorString();
    }
    applyCurrentTheme();
    return saved;
}

bool ChartView::saveData(const QString& path, DataRange range, QString& error) const
{
    if (!m_model) {
        error = tr("This chart has no data.");
        return false;
    }
    TablePart part = wholeTable(*m_model);
    if (range == DataRange::Visible)
        std::erase_if(part.rows, [this](int row) { return !rowInView(row); });
    return saveCsv(part, path, error);
}

void ChartView::copyImage()
{
    QApplication::clipboard()->setPixmap(renderImage(exportScale, true));
}

void ChartView::copyData() const
{
    if (m_model)
        copyToClipboard(wholeTable(*m_model));
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

void ChartView::askSaveData(DataRange range)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Data"), title() + u".csv"_s,
                                                      tr("CSV table (*.csv)"));
    QString error;
    if (!path.isEmpty() && !saveData(path, range, error))
        emit failed(tr("The data was not exported: %1").arg(error));
}

} // namespace llmd

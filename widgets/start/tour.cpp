// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include <widgets/support/theme.h>

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** The panel of the tour: a card that stands out from what is dimmed. */
class TourPanel final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        const Tones tone = tones(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(palette().color(QPalette::Base));
        painter.setPen(QPen(tone.accent, 1.5));
        const double radius = fontMetrics().height() / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    }
};

} // namespace

Tour::Tour(std::vector<TourStop> stops, QWidget& window)
    : QWidget(&window)
    , m_stops(std::move(stops))
    , m_window(window)
    , m_panel(new TourPanel(this))
    , m_count(new QLabel(m_panel))
    , m_title(new QLabel(m_panel))
    , m_text(new QLabel(m_panel))
    , m_back(new QPushButton(tr("&Back"), m_panel))
    , m_next(new QPushButton(m_panel))
    , m_skip(new QPushButton(tr("&Skip"), m_panel))
{
    setObjectName(u"tour"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_stops.erase(std::remove_if(m_stops.begin(), m_stops.end(),
                                 [&window](const TourStop& stop) {
                                     return !stop.target.isEmpty()
                                         && !window.findChild<QWidget*>(stop.target);
                                 }),
                  m_stops.end());
    const int line = fontMetrics().height();
    m_panel->setFixedWidth(charactersWide(*this, 48));
    m_text->setWordWrap(true);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    setTextStyle(*m_title, TextStyle::Heading);
    m_skip->setFlat(true);
    m_skip->setObjectName(u"tour.skip"_s);
    m_back->setObjectName(u"tour.back"_s);
    m_next->setObjectName(u"tour.next"_s);
    m_next->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_skip);
    buttons->addStretch(1);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* column = new QVBoxLayout(m_panel);
    column->setContentsMargins(line, line, line, line);
    column->addWidget(m_count);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(line / 2);
    column->addLayout(buttons);
    for (QPushButton* button : { m_skip, m_back, m_next })
        button->installEventFilter(this);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_current - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_current + 1 < count())
            show(m_current + 1);
        else
            finish();
    });
    connect(m_skip, &QPushButton::clicked, this, &Tour::finish);
    hide();
}

std::vector<TourStop> Tour::workbenchStops()
{
    return {
        { u"pageRail"_s, tr("From a need to manifests"),
          tr("The pages follow the work from top to bottom. All show the same plan; Ctrl with a "
             "figure goes to a page.") },
        { u"rail.requirements"_s, tr("State the need"),
          tr("Use case, load, latency targets, models and hardware. What you leave open is "
             "derived, "
             "and each derived value says where it comes from.") },
        { u"rail.explore"_s, tr("See every option"),
          tr("All configurations that meet the targets, ranked, with charts. Drag a target line "
             "and the ranking follows. What was refused says why.") },
        { u"rail.compare"_s, tr("Decide"),
          tr("Put two to five options side by side: differences first, ready to print or to "
             "present.") },
        { u"rail.export"_s, tr("Take it to the cluster"),
          tr("Manifests for several targets, checked before they are written, with what changed "
             "since the last export.") },
        { u"searchSummary"_s, tr("What the search found"),
          tr("The search runs whenever the need changes. Here you see its result; problems of the "
             "plan are counted beside it.") },
        { {},
          tr("Two keys to remember"),
          tr("Ctrl+K finds every page, command, field, model and option by a few letters. F1 "
             "explains the page that you are on and where its numbers come from.") },
    };
}

void Tour::start()
{
    if (m_stops.empty()) {
        finish();
        return;
    }
    m_focusBefore = QApplication::focusWidget();
    m_window.installEventFilter(this);
    show(0);
    arrange();
    QWidget::show();
    raise();
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::show(int stop)
{
    m_current = std::clamp(stop, 0, count() - 1);
    const TourStop& shown = m_stops[static_cast<std::size_t>(m_current)];
    m_count->setText(tr("%1 of %2").arg(m_current + 1).arg(count()));
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_back->setEnabled(m_current > 0);
    const bool last = m_current + 1 == count();
    m_next->setText(last ? tr("&Done") : tr("&Next"));
    m_skip->setVisible(!last);
    m_panel->setAccessibleName(shown.title);
    m_panel->setAccessibleDescription(shown.text);
    m_next->setAccessibleDescription(tr("%1: %2").arg(shown.title, shown.text));
    arrange();
    update();
}

QRect Tour::targetArea() const
{
    const QString& name = m_stops[static_cast<std::size_t>(m_current)].target;
    const auto* target = name.isEmpty() ? nullptr : m_window.findChild<QWidget*>(name);
    if (!target || !target->isVisible())
        return {};
    return QRect(target->mapTo(&m_window, QPoint()), target->size()).adjusted(-4, -4, 4, 4);
}

void Tour::arrange()
{
    setGeometry(m_window.rect());
    m_panel->resize(m_panel->width(),
                    m_panel->heightForWidth(m_panel->width()) > 0
                        ? m_panel->heightForWidth(m_panel->width())
                        : m_panel->sizeHint().height());
    const QRect target = targetArea();
    const int gap = fontMetrics().height();
    QPoint corner;
    if (target.isNull()) {
        corner = rect().center() - m_panel->rect().center();
    } else if (target.right() + gap + m_panel->width() < width()) {
        corner = { target.right() + gap, target.top() };
    } else {
        corner = { target.right() - m_panel->width(), target.top() - m_panel->height() - gap };
    }
    corner.setX(std::clamp(corner.x(), 0, std::max(0, width() - m_panel->width())));
    corner.setY(std::clamp(corner.y(), 0, std::max(0, height() - m_panel->height())));
    m_panel->move(corner);
}

void Tour::finish()
{
    m_window.removeEventFilter(this);
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    emit finished();
    deleteLater();
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Resize)
        arrange();
    // Buttons would take the arrow keys to move between each other.
    if (watched != &m_window && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            (key == Qt::Key_Right ? m_next : m_back)->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        finish();
        break;
    case Qt::Key_Right:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_next->click();
        break;
    case Qt::Key_Left:
        m_back->click();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Tour::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shade;
    shade.addRect(rect());
    const QRect target = targetArea();
    if (!target.isNull()) {
        const double radius = fontMetrics().height() / 3.0;
        QPainterPath hole;
        hole.addRoundedRect(target, radius, radius);
        shade = shade.subtracted(hole);
        painter.fillPath(shade, QColor(0, 0, 0, 130));
        painter.setPen(QPen(tones(palette()).accent, 2));
        painter.drawPath(hole);
        return;
    }
    painter.fillPath(shade, QColor(0, 0, 0, 130));
}

} // namespace llmd

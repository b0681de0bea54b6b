// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation.h"

#include "comparetext.h"

#include <core/ranking/comparison.h>
#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

// Heights of letters as shares of the height of the window: readable from the last row.
constexpr double titleSize = 0.055;
constexpr double figureSize = 0.062;
constexpr double textSize = 0.026;
constexpr double captionSize = 0.022;
constexpr std::size_t mostPoints = 4;

/** A figure without its interval: "412 ms" of "412 ms (380 ms – 450 ms)". */
QString withoutInterval(const QString& text)
{
    return text.section(u" ("_s, 0, 0);
}

QString interval(const QString& text)
{
    const qsizetype bracket = text.indexOf(u" ("_s);
    return bracket < 0 ? QString() : text.mid(bracket + 2).chopped(1);
}

} // namespace

Presentation::Presentation(const Document& document, ComparedOptions options, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_options(std::move(options))
    , m_slides(new QStackedWidget(this))
{
    m_place = newLabel({}, captionSize, false, this); // once the list of labels exists
    setObjectName(u"presentation"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 – comparison").arg(document.displayName()));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::StrongFocus);
    for (std::size_t i = 0; i < m_options.size(); ++i)
        m_slides->addWidget(optionSlide(document, i));
    m_slides->addWidget(decisionSlide(document));
    m_place->setObjectName(u"place"_s);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_slides, 1);
    layout->addWidget(m_place, 0, Qt::AlignRight);
    goTo(0);
}

QLabel* Presentation::newLabel(const QString& text, double size, bool bold, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setBold(bold);
    label->setFont(font);
    m_labels.push_back({ label, size });
    return label;
}

QWidget* Presentation::bigFigure(const MeasureRow& row, std::size_t option, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* caption =
        newLabel(row.id == u"cost" ? tr("Cost per month") : row.title, captionSize, false, box);
    caption->setForegroundRole(QPalette::PlaceholderText);
    auto* figure = newLabel(withoutInterval(row.texts[option]), figureSize, true, box);
    figure->setWordWrap(false);
    QStringList below;
    if (const QString range = interval(row.texts[option]); !range.isEmpty())
        below.append(range);
    if (row.limit)
        below.append(tr("limit %1").arg(format::duration(milliseconds(*row.limit))));
    if (row.isBest(option))
        below.append(tr("best of these"));
    auto* note = newLabel(below.join(u'\n'), captionSize, false, box);
    note->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(caption);
    layout->addWidget(figure);
    layout->addWidget(note);
    layout->addStretch(1);
    return box;
}

QWidget* Presentation::optionSlide(const Document& document, std::size_t option)
{
    auto* slide = new QWidget(m_slides);
    auto* layout = new QVBoxLayout(slide);
    const QString name = m_options.names[static_cast<qsizetype>(option)];
    layout->addStretch(1);
    layout->addWidget(newLabel(letterOf(option) + u"   "_s + name.section(u", "_s, 0, 0), titleSize,
                               true, slide));
    auto* below = newLabel(name.section(u", "_s, 1), textSize, false, slide);
    below->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(below);
    layout->addStretch(1);
    auto* figures = new QHBoxLayout;
    for (const char* id : { "cost", "ttft", "itl", "quality", "balanced" }) {
        if (const MeasureRow* row = m_options.measure(QString::fromLatin1(id)))
            figures->addWidget(bigFigure(*row, option, slide), 1);
    }
    layout->addLayout(figures);
    layout->addStretch(1);
    // Seen from this option: what speaks for it and against it, beside the best or the next best.
    std::size_t other = m_options.best;
    if (option == m_options.best) {
        const auto& scores = document.ranking().scores;
        other = option == 0 ? 1 : 0;
        for (std::size_t i = 0; i < m_options.size(); ++i) {
            if (i != option
                && scores[m_options.indices[i]].balanced
                    > scores[m_options.indices[other]].balanced)
                other = i;
        }
    }
    if (other < m_options.size()) {
        const OptionComparison why =
            compareOptions(*m_options.report, document.ranked(), m_options.indices[option],
                           m_options.indices[other]);
        layout->addWidget(newLabel(tr("Beside %1").arg(letterOf(other)), textSize, true, slide));
        for (std::size_t i = 0; i < std::min(mostPoints, why.points.size()); ++i) {
            const ComparisonPoint& point = why.points[i];
            // The first sentence: the rest is for reading, not for a screen.
            const QString text = toQString(point.text).section(u". "_s, 0, 0);
            layout->addWidget(newLabel(
                u"%1   %2: %3"_s.arg(standingText(point.standing), subjectText(point.subject),
                                     text.endsWith(u'.') ? text : text + u'.'),
                textSize, false, slide));
        }
    }
    layout->addStretch(2);
    return slide;
}

QWidget* Presentation::decisionSlide(const Document& document)
{
    auto* slide = new QWidget(m_slides);
    auto* layout = new QVBoxLayout(slide);
    layout->addStretch(1);
    layout->addWidget(newLabel(tr("Why %1").arg(letterOf(m_options.best)), titleSize, true, slide));
    layout->addStretch(1);
    const RankedOptions ranked = document.ranked();
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        if (i == m_options.best)
            continue;
        const OptionComparison why = compareOptions(
            *m_options.report, ranked, m_options.indices[m_options.best], m_options.indices[i]);
        layout->addWidget(
            newLabel(letterOf(i) + u":  "_s + toQString(why.verdict), textSize, false, slide));
        if (!why.turns.empty()) {
            auto* turn = newLabel(toQString(why.turns.front()), captionSize, false, slide);
            turn->setForegroundRole(QPalette::PlaceholderText);
            layout->addWidget(turn);
        }
        layout->addStretch(1);
    }
    if (const std::string ties = tieSentence(*m_options.report, ranked, View::Balanced);
        !ties.empty())
        layout->addWidget(newLabel(toQString(ties), textSize, false, slide));
    layout->addStretch(2);
    return slide;
}

void Presentation::goTo(int slide)
{
    m_slides->setCurrentIndex(std::clamp(slide, 0, slideCount() - 1));
    m_place->setText(tr("%1 / %2").arg(currentSlide() + 1).arg(slideCount()));
}

int Presentation::currentSlide() const
{
    return m_slides->currentIndex();
}

int Presentation::slideCount() const
{
    return m_slides->count();
}

void Presentation::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
    case Qt::Key_Return:
        return goTo(currentSlide() + 1);
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Backspace:
    case Qt::Key_PageUp:
        return goTo(currentSlide() - 1);
    case Qt::Key_Home:
        return goTo(0);
    case Qt::Key_End:
        return goTo(slideCount() - 1);
    case Qt::Key_F:
    case Qt::Key_F11:
        return setWindowState(windowState() ^ Qt::WindowFullScreen);
    case Qt::Key_Escape:
        close();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Presentation::mousePressEvent(QMouseEvent* event)
{
    // As in any slide show: a click goes on, the right button back.
    goTo(currentSlide() + (event->button() == Qt::RightButton ? -1 : 1));
}

void Presentation::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    scaleTexts();
}

void Presentation::scaleTexts()
{
    // Narrow screens would wrap what a wide one of that height shows in a line.
    const double extent = std::min(static_cast<double>(height()), width() * 0.6);
    for (const ScaledLabel& scaled : m_labels) {
        QFont font = scaled.label->font();
        font.setPixelSize(std::max(8, static_cast<int>(extent * scaled.size)));
        scaled.label->setFont(font);
    }
    const int margin = static_cast<int>(extent * 0.06);
    layout()->setContentsMargins(margin, margin, margin, margin / 2);
}

} // namespace llmd

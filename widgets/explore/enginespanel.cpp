// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginespanel.h"

#include "engineschart.h"
#include "enginetext.h"

#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/segmentedbar.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr std::chrono::milliseconds startDelay { 150 };

QString slotOf(const std::string& engine)
{
    return u"engines/"_s + toQString(engine);
}

/** A prediction and how long it took. */
struct TimedEstimate
{
    Estimate estimate;
    Seconds elapsed;
};

} // namespace

EnginesPanel::EnginesPanel(Document& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_model(std::make_unique<EnginesModel>())
    , m_load(new SegmentedBar({ tr("Peak load"), tr("Mean load") }, this))
    , m_again(new QToolButton(this))
    , m_stop(new QToolButton(this))
    , m_note(new QLabel(this))
    , m_table(new CopyTableView(this))
    , m_chart(new EnginesChart(this))
{
    setObjectName(u"enginesPanel"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildLayout();
    m_delay.setSingleShot(true);
    m_delay.setInterval(startDelay);
    connect(&m_delay, &QTimer::timeout, this, &EnginesPanel::start);
    connect(m_load, &SegmentedBar::chosen, this, [this] { start(); });
    connect(m_again, &QToolButton::clicked, this, [this] {
        m_shown.reset();
        start();
    });
    connect(m_stop, &QToolButton::clicked, this, &EnginesPanel::stop);
    connect(&document, &Document::catalogChanged, this, [this] {
        discard();
        m_model->setEngines({});
    });
    connect(m_chart, &ChartView::hintChanged, this, &EnginesPanel::hintChanged);
    connect(m_chart, &ChartView::failed, this, &EnginesPanel::failed);
    showState();
}

EnginesPanel::~EnginesPanel()
{
    discard();
}

void EnginesPanel::buildLayout()
{
    m_load->setObjectName(u"engineLoad"_s);
    m_load->setAccessibleName(tr("Load that the engines predict"));
    m_load->setCurrent(0);
    m_again->setObjectName(u"askEngines"_s);
    m_again->setText(tr("Ask Again"));
    m_again->setToolTip(tr("Let all engines predict this option once more"));
    m_stop->setObjectName(u"stopEngines"_s);
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop the engines that are still at work"));
    m_note->setObjectName(u"engineNote"_s);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    setTextStyle(*m_note, TextStyle::Caption);

    m_table->setObjectName(u"enginesTable"_s);
    m_table->setAccessibleName(tr("Predictions of every engine"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(true);
    m_table->setPlaceholderText(tr("Select an option in the table or in the chart."));
    setUpTable(*m_table, *m_model);
    connect(m_table->model(), &QAbstractItemModel::layoutChanged, this,
            &EnginesPanel::arrangeTable);
    m_chart->setEnginesModel(*m_model);

    const int gap = fontMetrics().height() / 2;
    auto* top = new QHBoxLayout;
    top->setContentsMargins(gap, gap, gap, 0);
    top->addWidget(m_load);
    top->addStretch(1);
    top->addWidget(m_stop);
    top->addWidget(m_again);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(u"enginesSplit"_s);
    splitter->addWidget(m_table);
    splitter->addWidget(m_chart);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* noteRow = new QHBoxLayout;
    noteRow->setContentsMargins(gap, 0, gap, gap);
    noteRow->addWidget(m_note);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(splitter, 1);
    layout->addLayout(noteRow);
}

std::optional<EnginesPanel::Subject> EnginesPanel::subject() const
{
    const auto& report = m_document.report();
    if (!report || !m_option || *m_option >= report->options.size())
        return std::nullopt;
    return Subject { report, *m_option, m_load->current() == 0 };
}

void EnginesPanel::showOption(std::optional<std::size_t> option)
{
    m_option = option;
    const auto present = subject();
    if (present == m_shown)
        return;
    discard();
    m_model->setEngines({});
    showState();
    if (present && isVisible())
        m_delay.start();
}

void EnginesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (subject() != m_shown)
        start();
}

void EnginesPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    // Nobody looks: what is not done by now is asked again when the panel comes back.
    if (m_delay.isActive() || isRunning())
        discard();
}

void EnginesPanel::start()
{
    discard();
    m_shown = subject();
    std::vector<EngineRow> rows;
    const std::vector<EngineInfo> engines =
        m_shown ? m_document.engines()->list() : std::vector<EngineInfo>();
    for (const EngineInfo& info : engines)
        rows.push_back({ .info = info,
                         .state = EngineRow::State::Running,
                         .searches = info.id == m_document.reportEngine() });
    m_model->setEngines(std::move(rows));
    for (const EngineInfo& info : engines)
        ask(info);
    showState();
}

void EnginesPanel::ask(const EngineInfo& info)
{
    const auto work = [subject = *m_shown, engines = m_document.engines(),
                       id = info.id](RunContext& context) -> Result<TimedEstimate> {
        const auto engine = engines->find(id);
        if (!engine)
            return tl::unexpected(engine.error());
        const ResolvedNeed& need = subject.report->need;
        const Candidate& candidate = subject.report->options[subject.option].candidate;
        const auto begin = std::chrono::steady_clock::now();
        auto estimate =
            (*engine)->estimate(candidate, subject.peak ? need.peakLoad : need.meanLoad, context);
        if (!estimate)
            return tl::unexpected(std::move(estimate.error()));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        return TimedEstimate { std::move(*estimate), Seconds(taken.count()) };
    };
    m_document.jobs().run<TimedEstimate>(
        slotOf(info.id), tr("Asking engine “%1”").arg(engineName(info)), work, this,
        [this, id = info.id](Result<TimedEstimate> result) {
            m_model->update(id, [&result](EngineRow& row) {
                if (result) {
                    row.state = EngineRow::State::Done;
                    row.estimate = std::move(result->estimate);
                    row.elapsed = result->elapsed;
                } else {
                    const bool stopped = result.error().code == ErrorCode::Cancelled;
                    row.state = stopped ? EngineRow::State::Stopped : EngineRow::State::Failed;
                    row.problem = toQString(result.error().detail);
                }
            });
            showState();
        });
}

void EnginesPanel::stop()
{
    for (const EngineRow& row : m_model->rows())
        m_document.jobs().cancel(slotOf(row.info.id));
}

void EnginesPanel::discard()
{
    m_delay.stop();
    for (const EngineRow& row : m_model->rows())
        m_document.jobs().discard(slotOf(row.info.id));
    m_shown.reset();
}

bool EnginesPanel::isRunning() const
{
    const auto& rows = m_model->rows();
    return std::any_of(rows.begin(), rows.end(),
                       [](const EngineRow& row) { return row.state == EngineRow::State::Running; });
}

void EnginesPanel::showState()
{
    m_stop->setVisible(isRunning());
    m_again->setEnabled(subject().has_value() && !isRunning());
    m_chart->setVisible(m_model->rowCount() > 0);
    QString note = tr("The check mark is at the engine of the search; small figures below are the "
                      "differences to it.");
    for (const EngineRow& row : m_model->rows()) {
        const QString advice = row.done() ? saturationAdvice(row.estimate) : QString();
        if (!advice.isEmpty())
            note = tr("%1: %2").arg(engineName(row.info), advice);
        if (row.searches && !advice.isEmpty())
            break;
    }
    m_note->setText(note);
    arrangeTable();
}

void EnginesPanel::arrangeTable()
{
    m_table->clearSpans();
    fitColumns(*m_table, 24);
    const int from = m_model->stateColumn();
    // Two lines per cell and per header need less width than their longest text in one line, and the sentences of rows
    // without figures get their room below.
    const int narrow = charactersWide(*m_table, 12.5);
    for (int column = from; column < from + static_cast<int>(allEngineFigures.size()); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), narrow));
    m_table->resizeRowsToContents();
    spanSentences();
}

void EnginesPanel::spanSentences()
{
    // A sentence in place of figures has the room of all that are in view.
    m_table->clearSpans();
    const auto* proxy = static_cast<const FilterProxy*>(m_table->model());
    const int from = m_model->stateColumn();
    int columns = 0;
    int width = 0;
    for (int column = from; column < proxy->columnCount(); ++column) {
        const int right = m_table->columnViewportPosition(column) + m_table->columnWidth(column);
        if (columns > 0 && right > m_table->viewport()->width())
            break;
        ++columns;
        width += m_table->columnWidth(column);
    }
    const int margin = m_table->fontMetrics().height() / 2;
    for (int row = 0; row < proxy->rowCount(); ++row) {
        const EngineRow& engine = m_model->record(proxy->mapToSource(proxy->index(row, 0)).row());
        if (engine.done())
            continue;
        if (columns > 1)
            m_table->setSpan(row, from, 1, columns);
        const QRect text =
            m_table->fontMetrics().boundingRect(QRect(0, 0, width - 2 * margin, 10000),
                                                Qt::TextWordWrap, EnginesModel::stateText(engine));
        m_table->setRowHeight(row, text.height() + margin);
    }
}

void EnginesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    spanSentences();
}

} // namespace llmd

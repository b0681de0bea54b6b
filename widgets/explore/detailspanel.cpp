// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailspanel.h"

#include "detailstext.h"
#include "enginespanel.h"
#include "refusalspanel.h"
#include "timepanel.h"

#include <core/ranking/quality.h>
#include <widgets/charts/stackedbarschart.h>
#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QDesktopServices>
#include <QEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

StackedBars memoryBars(const MemoryLedger& ledger)
{
    StackedBars bars;
    bars.unit = u"GiB"_s;
    bars.segments = { DetailsPanel::tr("Weights"),   DetailsPanel::tr("Activations"),
                      DetailsPanel::tr("Non-torch"), DetailsPanel::tr("CUDA graphs"),
                      DetailsPanel::tr("KV cache"),  DetailsPanel::tr("(free)") };
    const Bytes used =
        ledger.weights + ledger.activation + ledger.nonTorch + ledger.cudaGraphs + ledger.kvCache;
    bars.bars.push_back(
        { DetailsPanel::tr("per GPU"),
          { inGibibytes(ledger.weights), inGibibytes(ledger.activation),
            inGibibytes(ledger.nonTorch), inGibibytes(ledger.cudaGraphs),
            inGibibytes(ledger.kvCache), std::max(0.0, inGibibytes(ledger.usable - used)) } });
    bars.limits = { { inGibibytes(ledger.budget), DetailsPanel::tr("budget") } };
    return bars;
}

/** New text without losing the place that the user scrolled to. */
void replaceHtml(QTextBrowser& browser, const QString& html)
{
    const int position = browser.verticalScrollBar()->value();
    browser.setHtml(html);
    browser.verticalScrollBar()->setValue(position);
}

} // namespace

DetailsPanel::DetailsPanel(Document& document, QWidget* parent)
    : QTabWidget(parent)
    , m_document(document)
{
    setObjectName(u"detailsPanel"_s);
    setAccessibleName(tr("Details of the selected option"));
    setDocumentMode(true);
    m_memoryChart = new StackedBarsChart(tr("Memory of the fullest GPU"), this);
    m_memoryText = newText(tr("Derivation of the memory"));
    m_time = new TimePanel(newText(tr("Derivation of the time")), this);
    m_needText = newText(tr("Derivation of the need"));
    m_engines = new EnginesPanel(document, this);
    m_refusals = new RefusalsPanel(this);
    addTab(buildOverview(), tr("Details"));
    addTab(buildChartTab(m_memoryChart, m_memoryText), tr("Memory"));
    addTab(m_time, tr("Time"));
    addTab(m_engines, tr("Engines"));
    addTab(m_needText, tr("Need"));
    addTab(m_refusals, tr("Refused"));
    connect(m_memoryChart, &ChartView::hintChanged, this, &DetailsPanel::hintChanged);
    connect(m_memoryChart, &ChartView::failed, this, &DetailsPanel::failed);
    connect(m_time, &TimePanel::hintChanged, this, &DetailsPanel::hintChanged);
    connect(m_time, &TimePanel::failed, this, &DetailsPanel::failed);
    connect(m_engines, &EnginesPanel::hintChanged, this, &DetailsPanel::hintChanged);
    connect(m_engines, &EnginesPanel::failed, this, &DetailsPanel::failed);
    connect(&document, &Document::reportChanged, this, &DetailsPanel::refreshRefusals);
    connect(&document, &Document::needChanged, this, &DetailsPanel::refresh);
    connect(&document, &Document::projectChanged, this, &DetailsPanel::updateChosenButton);
    connect(this, &QTabWidget::currentChanged, this, &DetailsPanel::refresh);
    refreshRefusals();
    refresh();
}

QTextBrowser* DetailsPanel::newText(const QString& name)
{
    auto* browser = new QTextBrowser(this);
    browser->setAccessibleName(name);
    browser->setOpenLinks(false);
    browser->setFrameShape(QFrame::NoFrame);
    // Addresses of sources are longer than the panel is wide.
    browser->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    browser->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    browser->document()->setDocumentMargin(fontMetrics().height() * 0.75);
    return browser;
}

QWidget* DetailsPanel::buildOverview()
{
    auto* page = new QWidget(this);
    m_overview = newText(tr("Details of the selected option"));
    connect(m_overview, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == u"page")
            emit pageRequested(link.path());
        else if (link.scheme() == u"https" || link.scheme() == u"http")
            QDesktopServices::openUrl(link); // the source of a score
    });
    m_choose = new QPushButton(page);
    m_choose->setObjectName(u"chooseOption"_s);
    connect(m_choose, &QPushButton::clicked, this, &DetailsPanel::toggleChosen);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_overview, 1);
    auto* row = new QHBoxLayout;
    const int gap = fontMetrics().height() / 2;
    row->setContentsMargins(gap, 0, gap, gap);
    row->addWidget(m_choose);
    layout->addLayout(row);
    return page;
}

QWidget* DetailsPanel::buildChartTab(StackedBarsChart* chart, QTextBrowser* text)
{
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(chart);
    splitter->addWidget(text);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

void DetailsPanel::showOption(std::optional<std::size_t> option)
{
    m_option = option;
    m_engines->showOption(option);
    refresh();
}

void DetailsPanel::showRefusals()
{
    setCurrentWidget(m_refusals);
}

void DetailsPanel::refresh()
{
    const auto& report = m_document.report();
    const Tones colors = tones(palette());
    if (m_document.need() && currentWidget() == m_needText)
        replaceHtml(*m_needText, detailstext::need(*m_document.need(), colors));
    const bool valid = report && m_option && *m_option < report->options.size();
    updateChosenButton();
    if (!valid) {
        const QString nothing = tr("<p>Select an option in the table or in the chart.</p>");
        for (QTextBrowser* text : { m_overview, m_memoryText })
            text->setHtml(nothing);
        m_time->clear(nothing);
        return;
    }
    const Option& option = report->options[*m_option];
    // Only the tab that is seen: the others follow when they come to the front.
    switch (currentIndex()) {
    case 0: {
        const auto quality = qualityOf(*option.candidate.model, m_document.requirements().useCase,
                                       *m_document.catalog());
        replaceHtml(*m_overview,
                    detailstext::overview(
                        option, m_document.ranking().scores[*m_option], report->need,
                        quality ? describe(*quality) : std::vector<std::string>(), colors));
        break;
    }
    case 1:
        refreshMemory();
        break;
    case 2:
        m_time->showOption(option, report->need, *report->catalog);
        break;
    default:
        break;
    }
}

void DetailsPanel::refreshMemory()
{
    const Candidate& candidate = m_document.report()->options[*m_option].candidate;
    const auto ledger =
        memoryLedger(candidate, m_document.catalog()->engineVersion(candidate.engine.version));
    if (!ledger) {
        m_memoryText->setPlainText(toQString(describe(ledger.error())));
        return;
    }
    m_memoryChart->setBars(memoryBars(*ledger));
    m_memoryChart->setSummary(tr("Of %1 usable memory, weights take %2 and the KV cache %3.")
                                  .arg(format::gibibytes(ledger->usable),
                                       format::gibibytes(ledger->weights),
                                       format::gibibytes(ledger->kvCache)));
    replaceHtml(*m_memoryText, detailstext::memory(*ledger, tones(palette())));
}

void DetailsPanel::refreshRefusals()
{
    const auto& report = m_document.report();
    m_refusals->setReport(report);
}

void DetailsPanel::toggleChosen()
{
    const auto& report = m_document.report();
    if (!report || !m_option || *m_option >= report->options.size())
        return;
    const std::string id = report->options[*m_option].id;
    const bool chosen = m_document.project().chosen == id;
    m_document.edit(u"chosen"_s, chosen ? tr("Clear Chosen Plan") : tr("Choose Plan"),
                    [&](Project& project) { project.chosen = chosen ? std::string() : id; });
}

void DetailsPanel::updateChosenButton()
{
    const auto& report = m_document.report();
    const bool valid = report && m_option && *m_option < report->options.size();
    const bool chosen = valid && report->options[*m_option].id == m_document.project().chosen;
    m_choose->setEnabled(valid);
    m_choose->setIcon(themedIcon(u"star"_s));
    m_choose->setText(chosen ? tr("Chosen for Export – Clear") : tr("Choose for Export"));
    m_choose->setToolTip(tr("Without a choice the best option of the current view is exported"));
}

void DetailsPanel::changeEvent(QEvent* event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_overview)
        refresh();
}

} // namespace llmd

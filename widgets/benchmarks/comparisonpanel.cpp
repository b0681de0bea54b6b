// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparisonpanel.h"

#include "benchmarklibrary.h"

#include <widgets/charts/reportchartview.h>
#include <widgets/document/document.h>
#include <widgets/support/card.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/reportdocument.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString compareSlot = u"benchmarks.compare"_s;
const QString saveSlot = u"benchmarks.report"_s;

} // namespace

ComparisonPanel::ComparisonPanel(BenchmarkLibrary& library, Document& document, Settings& settings,
                                 QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_document(document)
    , m_settings(settings)
    , m_banner(new StatusBanner(this))
    , m_title(new QLabel(this))
    , m_baseline(new QComboBox(this))
    , m_grouped(new QCheckBox(tr("&Group load points of one deployment"), this))
    , m_predicted(new QCheckBox(tr("With &predictions"), this))
    , m_tables(new QTextBrowser(this))
    , m_chartArea(new QWidget(this))
{
    setObjectName(u"comparisonPanel"_s);
    buildLayout();
    connect(m_baseline, &QComboBox::activated, this, &ComparisonPanel::start);
    connect(m_grouped, &QCheckBox::clicked, this, [this] {
        m_baseline->clear();
        start();
    });
    connect(m_predicted, &QCheckBox::clicked, this, [this] {
        m_baseline->clear();
        start();
    });
}

ComparisonPanel::~ComparisonPanel()
{
    m_document.jobs().discard(compareSlot);
}

void ComparisonPanel::buildLayout()
{
    const int gap = fontMetrics().height() * 2 / 3;
    auto* back = new QToolButton(this);
    back->setObjectName(u"comparisonBack"_s);
    back->setText(tr("← &Library"));
    back->setToolTip(tr("Back to the library (Esc)"));
    back->setShortcut(Qt::Key_Escape);
    connect(back, &QToolButton::clicked, this, &ComparisonPanel::backRequested);
    setTextStyle(*m_title, TextStyle::Heading);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_baseline->setObjectName(u"comparisonBaseline"_s);
    m_baseline->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_baseline->setMinimumContentsLength(24);
    m_baseline->setToolTip(tr("The side that percentages are against"));
    auto* baselineLabel = new QLabel(tr("&Baseline"), this);
    baselineLabel->setBuddy(m_baseline);
    m_grouped->setObjectName(u"comparisonGrouped"_s);
    m_grouped->setChecked(true);
    m_grouped->setToolTip(tr("Points of equal model, GPU, topology, version, load generator and "
                             "folder become one curve"));
    m_predicted->setObjectName(u"comparisonPredicted"_s);
    m_predicted->setToolTip(tr("Beside each run what the engine of the plan predicts for it"));
    auto* save = new QPushButton(themedIcon(u"save"_s), tr("&Save Report…"), this);
    save->setObjectName(u"comparisonSave"_s);
    save->setToolTip(tr("As web page, PDF, Markdown or table"));
    connect(save, &QPushButton::clicked, this, &ComparisonPanel::askSave);
    auto* top = new QHBoxLayout;
    top->setSpacing(gap);
    top->addWidget(back);
    top->addWidget(m_title, 1);
    top->addWidget(baselineLabel);
    top->addWidget(m_baseline);
    top->addWidget(m_grouped);
    top->addWidget(m_predicted);
    top->addWidget(save);

    m_tables->setObjectName(u"comparisonTables"_s);
    m_tables->setAccessibleName(tr("Tables and warnings of the comparison"));
    m_tables->setFrameShape(QFrame::NoFrame);
    m_tables->setOpenLinks(false);
    m_tables->document()->setDocumentMargin(gap);
    m_chartArea->setLayout(new QVBoxLayout);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(u"comparisonCharts"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_chartArea);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(u"comparisonSplit"_s);
    split->addWidget(new Card(m_tables, this));
    split->addWidget(scroll);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(gap);
    split->setSizes({ 1000, 1000 }); // halves, whatever the tables would like

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(top);
    layout->addWidget(m_banner);
    layout->addWidget(split, 1);
}

void ComparisonPanel::compare(std::vector<RecordKey> keys)
{
    m_keys = std::move(keys);
    m_baseline->clear();
    m_banner->dismiss();
    start();
}

void ComparisonPanel::start()
{
    m_runs.reset();
    m_title->setText(tr("Comparing …"));
    ComparisonRequest request {
        .keys = m_keys,
        .file = m_library.file(),
        .builtin = m_library.sharedBuiltin(),
        .catalog = m_document.catalog(),
        .engines = m_document.engines(),
        .engine = m_predicted->isChecked() ? m_document.project().engine : "",
        .grouped = m_grouped->isChecked(),
        .baseline = static_cast<std::size_t>(std::max(0, m_baseline->currentIndex())),
        .targets = m_document.need() ? m_document.need()->slo : Slo {},
        .date = fromQString(QDate::currentDate().toString(Qt::ISODate))
    };
    m_document.jobs().run<std::shared_ptr<const ComparedRuns>>(
        compareSlot, tr("Comparing runs"),
        [request = std::move(request)](RunContext& context) {
            return compareRuns(request, context);
        },
        this,
        [this](const Result<std::shared_ptr<const ComparedRuns>>& result) { finish(result); });
}

void ComparisonPanel::finish(const Result<std::shared_ptr<const ComparedRuns>>& result)
{
    if (!result) {
        m_title->clear();
        if (result.error().code != ErrorCode::Cancelled)
            m_banner->showError(result.error());
        return;
    }
    m_runs = *result;
    m_title->setText(toQString(m_runs->report.title));
    if (m_runs->unpredicted > 0)
        m_banner->showMessage(StatusBanner::Kind::Information,
                              tr("%1 load points cannot be predicted: %2")
                                  .arg(m_runs->unpredicted)
                                  .arg(toQString(m_runs->reason)));
    showBaselines();
    showTables();
    showCharts();
}

void ComparisonPanel::showBaselines()
{
    const int before = std::max(0, m_baseline->currentIndex());
    const QSignalBlocker blocker(m_baseline);
    m_baseline->clear();
    for (const ComparedSide& side : m_runs->sides)
        m_baseline->addItem(toQString(side.name));
    m_baseline->setCurrentIndex(std::min(before, m_baseline->count() - 1));
}

void ComparisonPanel::showTables()
{
    if (m_runs)
        fillReport(*m_tables->document(), m_runs->report, reportLook(palette(), font()));
    m_tables->moveCursor(QTextCursor::Start);
}

void ComparisonPanel::showCharts()
{
    std::vector<const ReportChart*> shown;
    for (const ReportBlock& block : m_runs->report.blocks) {
        if (const auto* chart = std::get_if<ReportChart>(&block))
            shown.push_back(chart);
    }
    while (m_charts.size() > shown.size()) {
        delete m_charts.back()->parentWidget();
        m_charts.pop_back();
    }
    while (m_charts.size() < shown.size()) {
        auto* view = new ReportChartView(m_chartArea);
        connect(view, &ChartView::hintChanged, this, &ComparisonPanel::hintChanged);
        connect(view, &ChartView::failed, this, &ComparisonPanel::hintChanged);
        auto* card = new Card(view, m_chartArea);
        card->setMinimumHeight(fontMetrics().height() * 20);
        m_chartArea->layout()->addWidget(card);
        card->show();
        m_charts.push_back(view);
    }
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_charts[i]->setChart(*shown[i]);
}

void ComparisonPanel::askSave()
{
    if (!m_runs)
        return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save Comparison"), QDir(m_settings.lastFolder()).filePath(tr("comparison.html")),
        reportFileFilters());
    if (!path.isEmpty())
        saveTo(path);
}

void ComparisonPanel::saveTo(const QString& path)
{
    if (!m_runs)
        return;
    m_document.jobs().run<QString>(
        saveSlot, tr("Writing the report"),
        [runs = m_runs, path](RunContext& context) -> Result<QString> {
            if (const auto saved = saveReport(runs->report, path, context); !saved)
                return tl::unexpected(saved.error());
            return path;
        },
        this,
        [this](const Result<QString>& saved) {
            if (!saved) {
                m_banner->showError(saved.error());
                return;
            }
            m_settings.setLastFolder(QFileInfo(*saved).absolutePath());
            m_banner->showMessage(StatusBanner::Kind::Success, tr("Saved %1").arg(*saved));
        });
}

void ComparisonPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_tables)
        showTables();
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "accuracypage.h"

#include "accuracychart.h"
#include "accuracymodel.h"
#include "accuracytext.h"

#include <widgets/document/document.h>
#include <widgets/support/card.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBrowser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

PageInfo AccuracyPage::pageInfo()
{
    return { u"accuracy"_s, tr("Accuracy"), u"accuracy"_s,
             tr("How far the predictions are from measurements, and where not to trust them"),
             true };
}

AccuracyPage::AccuracyPage(Document& document, QWidget* parent, const AccuracySummary& summary)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_summary(summary)
    , m_model(std::make_unique<AccuracyModel>())
    , m_data(new QComboBox(this))
    , m_about(new QLabel(this))
    , m_filter(new QLineEdit(this))
    , m_table(new CopyTableView(this))
    , m_chart(new AccuracyChart(this))
    , m_words(new QTextBrowser(this))
{
    for (const AccuracyRow& row : summary.rows) {
        const QString comparison = toQString(row.data);
        if (m_data->findData(comparison) < 0)
            m_data->addItem(accuracyDataName(row.data), comparison);
    }
    buildLayout();
    connect(m_data, &QComboBox::currentIndexChanged, this, &AccuracyPage::showComparison);
    // While another page is in front, `activate` makes up for what has changed.
    const auto refreshIfSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&document, &Document::selectedOptionChanged, this, refreshIfSeen);
    connect(&document, &Document::reportChanged, this, refreshIfSeen);
    connect(&document, &Document::rankingChanged, this, refreshIfSeen);
    connect(&document, &Document::catalogChanged, this, refreshIfSeen);
    connect(m_chart, &ChartView::hintChanged, this, &Page::hintChanged);
    connect(m_chart, &ChartView::failed, this, &Page::hintChanged);
    refresh();
}

AccuracyPage::~AccuracyPage() = default;

QWidget* AccuracyPage::buildTable()
{
    m_table->setObjectName(u"accuracyTable"_s);
    m_table->setAccessibleName(tr("Errors by class"));
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setPlaceholderText(tr("No measurements match."));
    FilterProxy* proxy = setUpTable(*m_table, *m_model);
    m_filter->setObjectName(u"accuracyFilter"_s);
    m_filter->setPlaceholderText(tr("Filter, e.g. hopper ttft"));
    m_filter->setMinimumWidth(charactersWide(*this, 28));
    connectFilterLine(*m_filter, *proxy);
    return new Card(m_table, this);
}

void AccuracyPage::buildLayout()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_data->setObjectName(u"accuracyData"_s);
    auto* label = new QLabel(tr("&Compared with"), this);
    label->setBuddy(m_data);
    m_about->setObjectName(u"accuracyAbout"_s);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    setTextStyle(*m_about, TextStyle::Caption);
    auto* top = new QHBoxLayout;
    top->setSpacing(gap);
    top->addWidget(label);
    top->addWidget(m_data);
    top->addWidget(m_about, 1);
    top->addWidget(m_filter);

    m_words->setObjectName(u"accuracyWords"_s);
    m_words->setAccessibleName(tr("What the errors mean"));
    m_words->setFrameShape(QFrame::NoFrame);
    m_words->setOpenLinks(false);
    m_words->document()->setDocumentMargin(fontMetrics().height() * 0.75);

    auto* left = new QSplitter(Qt::Vertical, this);
    left->setObjectName(u"accuracyLeft"_s);
    left->addWidget(buildTable());
    left->addWidget(new Card(m_chart, this));
    left->setChildrenCollapsible(false);
    left->setHandleWidth(gap);
    auto* main = new QSplitter(Qt::Horizontal, this);
    main->setObjectName(u"accuracyMain"_s);
    main->addWidget(left);
    main->addWidget(new Card(m_words, this));
    main->setStretchFactor(0, 3);
    main->setStretchFactor(1, 2);
    main->setChildrenCollapsible(false);
    main->setHandleWidth(gap);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(top);
    layout->addWidget(main, 1);
}

const Option* AccuracyPage::option() const
{
    const Option* selected = m_document.selectedOption();
    return selected ? selected : m_document.chosenOption();
}

void AccuracyPage::activate()
{
    refresh();
}

void AccuracyPage::refresh()
{
    showComparison();
    showWords();
}

void AccuracyPage::showComparison()
{
    const std::string comparison = fromQString(m_data->currentData().toString());
    const Option* shown = option();
    const std::string group = accuracytext::classOf(shown);
    std::vector<AccuracyLine> lines;
    for (const AccuracyRow& row : m_summary.rows) {
        if (row.data != comparison)
            continue;
        const bool engine =
            row.engine == "memory" || (shown && row.engine == shown->atPeak.provenance.engine);
        lines.push_back({ row, shown && engine && row.group == group });
    }
    m_about->setText(accuracyDataDescription(comparison));
    m_chart->setLines(lines);
    m_model->setRows(std::move(lines));
    fitColumns(*m_table, 34);
    // Short figures under a title and a unit: what a header asks for would push the last column out of view.
    const int narrow = charactersWide(*m_table, 11);
    for (int column = m_model->columnOf(u"mean"_s); column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), narrow));
}

void AccuracyPage::showWords()
{
    const Tones colors = tones(palette());
    const Option* shown = option();
    const std::string engine =
        shown ? shown->atPeak.provenance.engine : m_document.project().engine;
    const int position = m_words->verticalScrollBar()->value();
    m_words->setHtml(accuracytext::selected(m_summary, shown, colors)
                     + accuracytext::limits(m_summary, engine, *m_document.catalog(), colors)
                     + accuracytext::sources(m_summary, colors));
    m_words->verticalScrollBar()->setValue(position);
}

void AccuracyPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_words)
        showWords();
}

} // namespace llmd

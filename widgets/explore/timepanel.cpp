// SPDX-License-Identifier: GPL-3.0-or-later
#include "timepanel.h"

#include "detailstext.h"
#include "timemodel.h"

#include <widgets/charts/stackedbarschart.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QHeaderView>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** Read-outs are small: a sentence in lines of this many characters. */
constexpr qsizetype noteWidth = 48;

QString folded(const QString& text)
{
    QString lines;
    qsizetype length = 0;
    const QStringList words = text.split(u' ');
    for (const QString& word : words) {
        if (length > 0 && length + word.size() >= noteWidth) {
            lines += u'\n';
            length = 0;
        } else if (length > 0) {
            lines += u' ';
            ++length;
        }
        lines += word;
        length += word.size();
    }
    return lines;
}

} // namespace

TimePanel::TimePanel(QTextBrowser* text, QWidget* parent)
    : QWidget(parent)
    , m_model(std::make_unique<TimeModel>())
    , m_chart(new StackedBarsChart(tr("One decode step"), this))
    , m_table(new CopyTableView(this))
    , m_text(text)
{
    setObjectName(u"timePanel"_s);
    buildLayout();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                m_current = toQString(m_model->record(m_proxy->mapToSource(current).row()).id);
                showTerm();
            });
    connect(m_chart, &ChartView::hintChanged, this, &TimePanel::hintChanged);
    connect(m_chart, &ChartView::failed, this, &TimePanel::failed);
}

TimePanel::~TimePanel() = default;

void TimePanel::buildLayout()
{
    m_table->setObjectName(u"timeTable"_s);
    m_table->setAccessibleName(tr("Parts of the time"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_proxy = setUpTable(*m_table, *m_model);
    m_table->verticalHeader()->hide();
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(u"timeSplit"_s);
    splitter->addWidget(m_chart);
    splitter->addWidget(m_table);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 5);
    splitter->setStretchFactor(2, 4);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

void TimePanel::showOption(const Option& option, const ResolvedNeed& need, const Catalog& catalog)
{
    m_explanation =
        explainTimes(option.candidate, catalog.engineVersion(option.candidate.engine.version),
                     need.peakLoad, option.atPeak);
    const QString wanted = m_current;
    m_model->setRows(m_explanation.terms);
    fitColumns(*m_table, 29);
    showBars();
    const auto& rows = m_model->rows();
    const auto it = std::find_if(rows.begin(), rows.end(), [&wanted](const TimeTerm& term) {
        return toQString(term.id) == wanted;
    });
    // The same line as before, or else the whole: what most people want to read first.
    const int row = it == rows.end() ? 0 : static_cast<int>(it - rows.begin());
    const QModelIndex index = m_proxy->mapFromSource(m_model->index(row, 0));
    m_table->setCurrentIndex(index);
    m_current = rows.empty() ? QString() : toQString(rows[static_cast<std::size_t>(row)].id);
    showTerm();
}

void TimePanel::clear(const QString& html)
{
    m_explanation = {};
    m_model->setRows({});
    m_chart->setBars({ .unit = u"ms"_s });
    m_text->setHtml(html);
}

void TimePanel::showBars()
{
    StackedBars bars { .unit = u"ms"_s };
    StackedBars::Bar bar { tr("decode step"), {} };
    for (const TimeTerm* term : m_explanation.partsOfStep()) {
        bars.segments.push_back(timeTermName(*term));
        bars.notes.push_back(folded(toQString(term->derivation)));
        bar.values.push_back(inMilliseconds(term->time));
    }
    bars.bars.push_back(std::move(bar));
    m_chart->setBars(std::move(bars));
    const auto parts = m_explanation.partsOfStep();
    const auto largest =
        std::max_element(parts.begin(), parts.end(),
                         [](const TimeTerm* a, const TimeTerm* b) { return a->time < b->time; });
    m_chart->setSummary(largest == parts.end()
                            ? toQString(m_explanation.remark)
                            : tr("A decode step takes %1; the largest part is “%2” with %3.")
                                  .arg(format::duration(m_explanation.terms.front().time),
                                       timeTermName(**largest),
                                       format::percent((*largest)->share)));
}

void TimePanel::showTerm()
{
    const auto& terms = m_explanation.terms;
    const auto it = std::find_if(terms.begin(), terms.end(), [this](const TimeTerm& term) {
        return toQString(term.id) == m_current;
    });
    if (it != terms.end())
        m_text->setHtml(detailstext::timeTerm(*it, m_explanation, tones(palette())));
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "explorepage.h"

#include "chartdeck.h"
#include "columnpresets.h"
#include "detailspanel.h"
#include "enginechooser.h"
#include "enginetext.h"
#include "filterbar.h"
#include "optionsmodel.h"
#include "tuningbar.h"

#include <widgets/document/document.h>
#include <widgets/document/shortlist.h>
#include <widgets/support/card.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/segmentedbar.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/badgedelegate.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {
constexpr std::chrono::seconds patience { 3 };
constexpr std::chrono::milliseconds settled { 80 };
} // namespace

PageInfo ExplorePage::pageInfo()
{
    return { u"explore"_s, tr("Explore"), u"explore"_s,
             tr("Ranked configurations and their trade-offs") };
}

ExplorePage::ExplorePage(Document& document, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_model(std::make_unique<OptionsModel>())
    , m_banner(new StatusBanner(this))
    , m_filters(new FilterBar(this))
    , m_tuning(new TuningBar(document, this))
    , m_charts(new ChartDeck(document, *m_model, this))
    , m_details(new DetailsPanel(document, this))
{
    buildLayout();
    buildActions();
    refreshEngine();
    connectDocument();
    connectCharts();
    showReport();
    showState();
}

ExplorePage::~ExplorePage() = default;

QWidget* ExplorePage::buildTop()
{
    auto* top = new QWidget(this);
    m_views = new SegmentedBar({ tr("Balanced"), tr("Lowest cost"), tr("Lowest latency"),
                                 tr("Best quality"), tr("Simplest") },
                               top);
    m_views->setObjectName(u"views"_s);
    m_views->setAccessibleName(tr("Order of the options"));
    connect(m_views, &SegmentedBar::chosen, this, &ExplorePage::chooseView);
    m_count = new QLabel(top);
    setTextStyle(*m_count, TextStyle::Caption);
    auto* columns = new QToolButton(top);
    columns->setIcon(themedIcon(u"columns"_s));
    columns->setToolTip(tr("Choose the columns of the table"));
    columns->setAccessibleName(columns->toolTip());
    columns->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(columns);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        addColumnPresets(*menu, *m_table, *m_model);
        fillColumnMenu(*menu, *m_table);
    });
    columns->setMenu(menu);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() * 2 / 3);
    row->addWidget(m_views);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(new EngineChooser(m_document, top));
    row->addWidget(columns);
    return top;
}

QWidget* ExplorePage::buildTablePanel()
{
    m_table = new CopyTableView(this);
    m_table->setObjectName(u"optionsTable"_s);
    m_table->setAccessibleName(tr("Ranked options"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_proxy = setUpTable(*m_table, *m_model);
    m_table->setItemDelegateForColumn(m_model->columnOf(u"label"_s), new BadgeDelegate(m_table));
    m_table->setItemDelegateForColumn(m_model->columnOf(u"balanced"_s), new BarDelegate(m_table));
    addAction(makeCompareAction(m_document, this)); // the shortcut is the whole page's
    auto* whyNot = makeWhyNotAction(m_document, this);
    addAction(whyNot);
    connect(whyNot, &QAction::triggered, this, [this] { emit pageRequested(u"compare"_s); });
    m_table->addActions(actions());
    connect(m_model.get(), &OptionsModel::compareToggled, this,
            [this](const QString& id, bool compared) {
                if (!setCompared(m_document, id, compared))
                    m_banner->showMessage(
                        StatusBanner::Kind::Information,
                        tr("Five options are compared already; take one out first."));
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ExplorePage::currentRowChanged);
    return new Card(m_table, this);
}

void ExplorePage::buildLayout()
{
    const int gap = fontMetrics().height() * 2 / 3;
    QWidget* top = buildTop();
    QWidget* table = buildTablePanel();
    auto* left = new QSplitter(Qt::Vertical, this);
    left->setObjectName(u"exploreLeft"_s);
    left->addWidget(table);
    left->addWidget(new Card(m_charts, this));
    left->setChildrenCollapsible(false);
    left->setHandleWidth(gap);
    auto* main = new QSplitter(Qt::Horizontal, this);
    main->setObjectName(u"exploreMain"_s);
    main->addWidget(left);
    main->addWidget(new Card(m_details, this));
    main->setSizes({ 5000, 2200 });
    main->setStretchFactor(0, 5);
    main->setStretchFactor(1, 2);
    main->setChildrenCollapsible(false);
    main->setHandleWidth(gap);
    m_details->setMinimumWidth(charactersWide(*this, 65));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_banner);
    layout->addWidget(m_tuning);
    layout->addWidget(top);
    layout->addWidget(m_filters);
    layout->addWidget(main, 1);
}

void ExplorePage::connectDocument()
{
    // Before the slots that show it.
    const auto engineMayDiffer = [this, last = std::string()]() mutable {
        if (std::exchange(last, m_document.project().engine) != m_document.project().engine)
            refreshEngine();
    };
    connect(&m_document, &Document::projectChanged, this, engineMayDiffer);
    connect(&m_document, &Document::catalogChanged, this, &ExplorePage::refreshEngine);
    connect(&m_document, &Document::reportChanged, this, &ExplorePage::refreshEngine);
    connect(&m_document, &Document::reportChanged, this, &ExplorePage::showReport);
    connect(&m_document, &Document::rankingChanged, this, &ExplorePage::showRanking);
    connect(&m_document, &Document::needChanged, this, &ExplorePage::showState);
    connect(&m_document, &Document::searchingChanged, this, [this](bool searching) {
        m_slow = false;
        searching ? m_patience.start() : m_patience.stop();
        showState();
    });
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_slow = m_document.isSearching();
        showState();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(settled);
    connect(&m_settle, &QTimer::timeout, this, [this] { m_details->showOption(m_selected); });
    connect(&m_document, &Document::projectChanged, this, [this] {
        m_model->setChosen(toQString(m_document.project().chosen));
        m_model->setCompared(m_document.project().shortlist);
    });
    // Another page may ask to look at an option here.
    connect(&m_document, &Document::selectedOptionChanged, this, [this] {
        const Option* option = m_document.selectedOption();
        if (option && toQString(option->id) != m_selectedId)
            select(m_document.optionIndex(toQString(option->id)));
    });
    connect(m_details, &DetailsPanel::hintChanged, this, &Page::hintChanged);
    connect(m_details, &DetailsPanel::pageRequested, this, &Page::pageRequested);
    connect(m_details, &DetailsPanel::failed, this, [this](const QString& message) {
        m_banner->showMessage(StatusBanner::Kind::Error, message);
    });
}

void ExplorePage::connectCharts()
{
    connect(m_charts, &ChartDeck::hintChanged, this, &Page::hintChanged);
    connect(m_charts, &ChartDeck::failed, this, [this](const QString& message) {
        m_banner->showMessage(StatusBanner::Kind::Error, message);
    });
    connect(m_charts, &ChartDeck::optionClicked, this, &ExplorePage::select);
    connect(m_charts, &ChartDeck::selectionCleared, this, [this] { select(std::nullopt); });
    connect(m_charts, &ChartDeck::targetDragged, this, &ExplorePage::dragTarget);
    connect(m_charts, &ChartDeck::targetCommitted, this,
            [this](LatencyMetric metric, Seconds limit) { editTarget(m_document, metric, limit); });
    connect(m_charts, &ChartDeck::targetDragCancelled, this, [this] {
        m_document.cancelPreview();
        m_tuning->showPreview(m_document.rankedSlo());
    });
    connect(m_filters, &FilterBar::filterChanged, this, &ExplorePage::applyFilter);
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_filters, &FilterBar::focusWords);
}

void ExplorePage::dragTarget(LatencyMetric metric, Seconds limit)
{
    Slo slo = m_document.rankedSlo();
    if (auto& target = targetOf(slo, metric))
        target->limit = limit;
    m_document.previewSlo(slo);
    m_tuning->showPreview(slo);
}

void ExplorePage::computeShown()
{
    const OptionFilter& filter = m_filters->filter();
    m_shown.clear();
    if (filter.isEmpty()) {
        m_proxy->setRowCondition({});
        return;
    }
    m_shown = m_facets.matching(filter, m_document.ranking().scores);
    m_proxy->setRowCondition([this](int row) { return m_shown[m_model->record(row).index] != 0; });
}

void ExplorePage::applyFilter()
{
    // The table moves its current row when that row goes; the selection stays what it was.
    m_syncing = true;
    computeShown();
    m_syncing = false;
    m_charts->setShown(m_shown);
    selectInTable();
    showState();
}

void ExplorePage::showReport()
{
    const auto& report = m_document.report();
    m_syncing = true;
    m_model->setResults(nullptr, {}, m_document.view());
    m_facets = OptionFacets(report);
    m_filters->setFacets(m_facets);
    computeShown();
    m_model->setChosen(toQString(m_document.project().chosen));
    m_model->setCompared(m_document.project().shortlist);
    m_model->setResults(report, m_document.ranking(), m_document.view(),
                        tiedWithBest(m_document.ranked(), m_document.view()));
    m_syncing = false;
    m_charts->showReport();
    m_charts->setShown(m_shown);
    fitColumns(*m_table, 27);
    m_selected = m_selectedId.isEmpty() ? std::nullopt : m_document.optionIndex(m_selectedId);
    if (!m_selected && m_model->rowCount() > 0)
        m_selected = m_model->record(0).index;
    select(m_selected);
    showState();
}

void ExplorePage::showRanking()
{
    m_syncing = true;
    m_model->setResults(m_document.report(), m_document.ranking(), m_document.view(),
                        tiedWithBest(m_document.ranked(), m_document.view()));
    m_syncing = false;
    m_charts->showRanking();
    selectInTable();
    if (m_selected)
        m_settle.start();
    showState();
}

void ExplorePage::showState()
{
    const QSignalBlocker blocker(m_views);
    m_views->setCurrent(static_cast<int>(m_document.view()));
    const auto& report = m_document.report();
    m_count->setText(report ? tr("%1 of %2 options, predicted by “%3”")
                                  .arg(format::integer(m_proxy->rowCount()),
                                       format::integer(static_cast<qint64>(report->options.size())),
                                       m_engine.ofReport)
                            : QString());
    m_table->setPlaceholderText(
        m_document.isSearching()      ? tr("Searching configurations…")
            : m_model->rowCount() > 0 ? tr("No option passes the filters.")
            : m_document.needError()
            ? tr("The options appear here when it is stated what is needed.")
            : tr("No configuration meets the targets. See why under "
                 "“Refused”."));
    showBanner();
}

void ExplorePage::showBanner()
{
    const auto& report = m_document.report();
    const bool done = report && !m_document.isSearching();
    if (const auto& error = m_document.needError()) {
        // A plan that is not complete yet is no mistake.
        const bool incomplete = error->code == ErrorCode::MissingField;
        m_banner->showMessage(incomplete ? StatusBanner::Kind::Information
                                         : StatusBanner::Kind::Error,
                              toQString(error->detail), { m_changeNeed });
    } else if (!m_engine.problem.isEmpty()) {
        m_banner->showMessage(StatusBanner::Kind::Error, m_engine.problem, { m_useStandard });
    } else if (m_slow) {
        m_banner->showMessage(
            StatusBanner::Kind::Information,
            tr("The engine “%1” is asked about every configuration, and that takes a while. Stop "
               "to keep what was found so far; fewer models or GPUs make it shorter.")
                .arg(m_engine.name),
            { m_stop });
    } else if (done && report->options.empty()) {
        m_banner->showMessage(StatusBanner::Kind::Warning, toQString(report->infeasibility),
                              { m_showReasons, m_changeNeed });
    } else if (done && report->cancelled) {
        m_banner->showMessage(
            StatusBanner::Kind::Information,
            tr("The search was stopped early: these are the best options so far."));
    } else if (done && m_model->rowCount() == 0) {
        m_banner->showMessage(StatusBanner::Kind::Warning,
                              tr("None of the options meets these targets."),
                              { m_showReasons, m_changeNeed });
    } else {
        m_banner->dismiss();
    }
}

void ExplorePage::buildActions()
{
    const auto make = [this](const QString& text, const std::function<void()>& run) {
        auto* action = new QAction(text, this);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    const EngineInfo standard = m_document.engines()->standard().info();
    m_changeNeed =
        make(tr("Change Requirements"), [this] { emit pageRequested(u"requirements"_s); });
    m_showReasons = make(tr("Show Reasons"), [this] { m_details->showRefusals(); });
    m_stop = make(tr("Stop"), [this] { m_document.cancelSearch(); });
    m_useStandard = make(tr("Use “%1”").arg(engineName(standard)), [this, id = standard.id] {
        m_document.edit(u"engine"_s, tr("Change Engine"),
                        [&id](Project& project) { project.engine = id; });
    });
}

void ExplorePage::refreshEngine()
{
    // Once per change of engine and not per frame of a drag: external engines look for their program to answer.
    const std::vector<EngineInfo> engines = m_document.engines()->list();
    const auto known = m_document.engines()->find(m_document.project().engine);
    m_engine = { engineName(engines, m_document.project().engine),
                 engineName(engines, m_document.reportEngine()),
                 known ? QString() : toQString(known.error().detail) };
}

void ExplorePage::chooseView(int index)
{
    const std::string name(toString(allViews[static_cast<std::size_t>(index)]));
    m_document.edit(u"view"_s, tr("Change View"),
                    [&name](Project& project) { project.view = name; });
}

void ExplorePage::select(std::optional<std::size_t> option)
{
    remember(option);
    m_charts->setSelected(option);
    m_details->showOption(option);
    selectInTable();
}

void ExplorePage::remember(std::optional<std::size_t> option)
{
    m_selected = option;
    const auto& report = m_document.report();
    m_selectedId = report && option ? toQString(report->options[*option].id) : QString();
    m_document.selectOption(m_selectedId);
}

void ExplorePage::selectInTable()
{
    m_syncing = true;
    const int row = m_selected ? m_model->rowOfOption(*m_selected) : -1;
    const QModelIndex index = m_proxy->mapFromSource(m_model->index(row, 0));
    if (index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    } else {
        m_table->clearSelection();
    }
    m_syncing = false;
}

void ExplorePage::currentRowChanged(const QModelIndex& current)
{
    if (m_syncing || !current.isValid())
        return;
    const std::size_t option = m_model->record(m_proxy->mapToSource(current).row()).index;
    if (m_selected == option)
        return;
    remember(option);
    m_charts->setSelected(option);
    // At once for one step; while a key is held down the details follow when it is let go.
    if (m_settle.isActive())
        m_settle.start();
    else
        m_details->showOption(option);
    m_settle.start();
}

bool ExplorePage::revealField(const QString& fieldId)
{
    if (fieldId.startsWith(u"option:")) {
        const auto option = m_document.optionIndex(fieldId.section(u':', 1));
        if (!option)
            return false;
        if (!m_shown.empty() && !m_shown[*option])
            m_filters->setFilter({});
        select(option);
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (fieldId.startsWith(u"options-with:")) {
        OptionFilter filter;
        filter.text = fieldId.section(u':', 1);
        m_filters->setFilter(filter);
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    const QString metric = fieldId.section(u'.', -1);
    if (auto* box = m_tuning->findChild<QWidget*>(u"target"_s + metric.toUpper())) {
        box->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

} // namespace llmd

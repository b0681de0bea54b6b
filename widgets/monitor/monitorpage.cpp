// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitorpage.h"

#include "monitorchart.h"
#include "monitortext.h"

#include <core/base/file.h>
#include <core/observation/acceptance.h>
#include <core/performance/coefficients.h>
#include <widgets/document/document.h>
#include <widgets/support/card.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/badgedelegate.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QAbstractProxyModel>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString pollSlot = u"monitor"_s;
const QString adaptSlot = u"monitorAdapt"_s;
const QString acceptSlot = u"monitorAccept"_s;
constexpr int longestInterval = 3600; // s

StatusBanner::Kind kindOf(const MonitorUpdate& update)
{
    switch (update.state) {
    case MonitorState::Waiting:
        return StatusBanner::Kind::Information;
    case MonitorState::Unreachable:
        return StatusBanner::Kind::Error;
    case MonitorState::NoSeries:
    case MonitorState::Stale:
        return StatusBanner::Kind::Warning;
    case MonitorState::Watching:
        break;
    }
    if (!update.validation || !update.validation->hasData())
        return StatusBanner::Kind::Information;
    return update.validation->confirms() ? StatusBanner::Kind::Success
                                         : StatusBanner::Kind::Warning;
}

} // namespace

PageInfo MonitorPage::pageInfo()
{
    return { u"monitor"_s, tr("Monitor"), u"monitor"_s,
             tr("Hold a running deployment against its plan: deviation, causes and drift") };
}

MonitorPage::MonitorPage(Document& document, Settings& settings, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
    , m_storePath(toQString((userDataFolder() / "benchmarks.db").string()))
    , m_figures(std::make_unique<FiguresModel>())
    , m_drift(std::make_unique<DriftModel>())
    , m_plan(new QLabel(this))
    , m_state(new StatusBanner(this))
    , m_banner(new StatusBanner(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new QLabel(this))
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_plan->setObjectName(u"monitorPlan"_s);
    m_plan->setTextFormat(Qt::PlainText);
    m_plan->setWordWrap(true);
    setTextStyle(*m_plan, TextStyle::Caption);
    m_state->setObjectName(u"monitorState"_s);
    m_state->setClosable(false);
    m_banner->setObjectName(u"monitorBanner"_s);
    m_empty->setObjectName(u"monitorEmpty"_s);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(makeConnection());
    layout->addWidget(m_plan);
    layout->addWidget(m_state);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);

    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MonitorPage::poll);
    connect(&document, &Document::reportChanged, this, &MonitorPage::planChanged);
    connect(&document, &Document::rankingChanged, this, &MonitorPage::planChanged);
    connect(&document, &Document::projectChanged, this, &MonitorPage::planChanged);
    loadConnection();
    showPlan();
    refreshActions();
}

MonitorPage::~MonitorPage()
{
    for (const QString& slot : { pollSlot, adaptSlot, acceptSlot })
        m_document.jobs().discard(slot);
}

QWidget* MonitorPage::makeConnection()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& text, QWidget* input, int stretch) {
        auto* label = new QLabel(text, row);
        label->setBuddy(input);
        // An underlined letter breaks the kerning that the size hint counts on.
        label->setMinimumWidth(label->sizeHint().width() + label->fontMetrics().averageCharWidth());
        layout->addWidget(label);
        layout->addWidget(input, stretch);
        return label;
    };
    m_kind = new QComboBox(row);
    m_kind->setObjectName(u"monitorKind"_s);
    m_kind->addItem(tr("Prometheus"), int(MetricsEndpoint::Kind::Prometheus));
    m_kind->addItem(tr("Servers' /metrics"), int(MetricsEndpoint::Kind::Direct));
    add(tr("&Read from"), m_kind, 0);
    m_address = new QLineEdit(row);
    m_address->setObjectName(u"monitorAddress"_s);
    m_addressLabel = add(tr("&Address"), m_address, 3);
    m_selector = new QLineEdit(row);
    m_selector->setObjectName(u"monitorSelector"_s);
    m_selector->setPlaceholderText(u"namespace=\"llm-serving\""_s);
    m_selector->setToolTip(tr("Conditions on labels, separated by commas; empty reads all"));
    add(tr("&Labels"), m_selector, 2);
    m_token = new QLineEdit(row);
    m_token->setObjectName(u"monitorToken"_s);
    m_token->setPlaceholderText(tr("variable, if needed"));
    m_token->setToolTip(tr("Name of the environment variable that holds a bearer token. The token "
                           "itself is never stored."));
    m_token->setMaximumWidth(charactersWide(*this, 20));
    add(tr("&Token from"), m_token, 0);
    m_interval = new QSpinBox(row);
    m_interval->setObjectName(u"monitorInterval"_s);
    m_interval->setRange(1, longestInterval);
    m_interval->setValue(15);
    m_interval->setSuffix(tr(" s"));
    add(tr("&Every"), m_interval, 0);
    m_toggle = new QPushButton(tr("&Start"), row);
    m_toggle->setObjectName(u"monitorToggle"_s);
    layout->addWidget(m_toggle);
    connect(m_toggle, &QPushButton::clicked, this, [this] { isWatching() ? stop() : start(); });
    connect(m_address, &QLineEdit::returnPressed, this, [this] {
        if (!isWatching())
            start();
    });
    const auto describeAddress = [this] {
        const bool prometheus =
            m_kind->currentData().toInt() == int(MetricsEndpoint::Kind::Prometheus);
        m_address->setPlaceholderText(prometheus ? u"http://prometheus.example:9090"_s
                                                 : u"http://server-1:8000 http://server-2:8000"_s);
        m_address->setToolTip(prometheus
                                  ? tr("Address of Prometheus")
                                  : tr("Addresses of the model servers, separated by spaces"));
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, describeAddress);
    describeAddress();
    return row;
}

QWidget* MonitorPage::makeContent()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_chart = new MonitorChart(this);
    m_figuresView = new CopyTableView(this);
    m_figuresView->setObjectName(u"monitorFigures"_s);
    m_figuresView->setAccessibleName(tr("Figures as observed and as predicted"));
    m_figuresView->setAlternatingRowColors(true);
    m_figuresView->setFrameShape(QFrame::NoFrame);
    m_figuresView->setPlaceholderText(tr("Nothing was compared yet."));
    setUpTable(*m_figuresView, *m_figures);
    m_figuresView->setItemDelegateForColumn(m_figures->columnOf(u"verdict"_s),
                                            new BadgeDelegate(m_figuresView));
    connect(m_figuresView, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        const auto* proxy = qobject_cast<const QAbstractProxyModel*>(m_figuresView->model());
        const QModelIndex source = proxy ? proxy->mapToSource(index) : index;
        m_chart->setFigure(toQString(m_figures->record(source.row()).id));
    });
    connect(m_chart, &ChartView::hintChanged, this, &Page::hintChanged);
    connect(m_chart, &ChartView::failed, this, &Page::hintChanged);
    auto* left = new QSplitter(Qt::Vertical, this);
    left->setObjectName(u"monitorLeft"_s);
    left->addWidget(new Card(m_chart, this));
    left->addWidget(new Card(m_figuresView, this));
    auto* main = new QSplitter(Qt::Horizontal, this);
    main->setObjectName(u"monitorMain"_s);
    main->addWidget(left);
    main->addWidget(makeFindings());
    main->setStretchFactor(0, 3);
    main->setStretchFactor(1, 2);
    for (QSplitter* splitter : { left, main }) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(gap);
    }
    return main;
}

QWidget* MonitorPage::makeFindings()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_driftView = new CopyTableView(this);
    m_driftView->setObjectName(u"monitorDrift"_s);
    m_driftView->setAccessibleName(tr("Traffic against the plan"));
    m_driftView->setFrameShape(QFrame::NoFrame);
    m_driftView->setPlaceholderText(tr("The traffic is judged from the second reading on."));
    setUpTable(*m_driftView, *m_drift);
    m_findings = new QTextBrowser(this);
    m_findings->setObjectName(u"monitorFindings"_s);
    m_findings->setAccessibleName(tr("Causes and suggestions"));
    m_findings->setFrameShape(QFrame::NoFrame);
    m_findings->setOpenLinks(false);
    m_findings->document()->setDocumentMargin(fontMetrics().height() * 0.75);
    m_suggest = new QPushButton(tr("S&uggest a Change"), this);
    m_suggest->setObjectName(u"monitorSuggest"_s);
    m_accept = new QPushButton(tr("Accept as &Validated Benchmark"), this);
    m_accept->setObjectName(u"monitorAccept"_s);
    connect(m_suggest, &QPushButton::clicked, this, &MonitorPage::suggest);
    connect(m_accept, &QPushButton::clicked, this, &MonitorPage::accept);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_suggest);
    buttons->addWidget(m_accept);
    buttons->addStretch();
    auto* right = new QSplitter(Qt::Vertical, this);
    right->setObjectName(u"monitorRight"_s);
    right->addWidget(new Card(m_driftView, this));
    right->addWidget(new Card(m_findings, this));
    right->setStretchFactor(0, 2);
    right->setStretchFactor(1, 3);
    right->setChildrenCollapsible(false);
    right->setHandleWidth(gap);
    auto* panel = new QWidget(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(right, 1);
    layout->addLayout(buttons);
    return panel;
}

void MonitorPage::activate()
{
    showPlan();
}

void MonitorPage::loadConnection()
{
    const MonitorConnection stored = m_settings.monitorConnection();
    m_kind->setCurrentIndex(stored.direct ? 1 : 0);
    m_address->setText(stored.address);
    m_selector->setText(stored.selector);
    m_token->setText(stored.tokenVariable);
    m_interval->setValue(stored.interval);
}

void MonitorPage::storeConnection()
{
    m_settings.setMonitorConnection({ m_kind->currentIndex() == 1, m_address->text().trimmed(),
                                      m_selector->text().trimmed(), m_token->text().trimmed(),
                                      m_interval->value() });
}

Result<MonitorSettings> MonitorPage::settingsFromFields() const
{
    MonitorSettings settings;
    settings.interval = Seconds(m_interval->value());
    auto& endpoint = settings.endpoint;
    endpoint.kind = static_cast<MetricsEndpoint::Kind>(m_kind->currentData().toInt());
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    for (const QString& url : m_address->text().split(separators, Qt::SkipEmptyParts))
        endpoint.urls.push_back(fromQString(url));
    endpoint.tokenVariable = fromQString(m_token->text().trimmed());
    auto selector = parseSelector(fromQString(m_selector->text()));
    if (!selector)
        return tl::unexpected(selector.error());
    endpoint.selector = std::move(*selector);
    if (auto good = checkSettings(settings); !good)
        return tl::unexpected(good.error());
    return settings;
}

void MonitorPage::start()
{
    m_banner->dismiss();
    const auto settings = settingsFromFields();
    if (!settings) {
        m_banner->showError(settings.error());
        return;
    }
    const Option* option = m_document.chosenOption();
    if (!option || !m_document.need()) {
        m_banner->showMessage(
            StatusBanner::Kind::Warning,
            tr("There is no plan to compare with yet: wait for the search, or change the "
               "requirements until something is feasible."));
        return;
    }
    storeConnection();
    m_engines = m_document.engines();
    ObservedPlan plan { option->candidate, m_document.requirements(), *m_document.need(),
                        m_document.catalog(), m_document.report() };
    m_monitor = std::make_shared<Monitor>(std::move(plan), *settings, m_engines->standard());
    m_watchedOption = option->id;
    m_planChanged = false;
    m_update.reset();
    m_adaptation.reset();
    m_chart->clear();
    m_figures->setRows({});
    m_drift->setRows({});
    m_findings->clear();
    m_state->showMessage(StatusBanner::Kind::Information, tr("Connecting…"));
    showPlan();
    refreshActions();
    poll();
}

void MonitorPage::stop()
{
    m_timer.stop();
    m_document.jobs().discard(pollSlot);
    m_monitor.reset();
    m_state->showMessage(StatusBanner::Kind::Information,
                         m_update ? tr("Stopped. The last reading stays in view.")
                                  : tr("Stopped."));
    showPlan();
    refreshActions();
}

void MonitorPage::poll()
{
    if (!m_monitor)
        return;
    // The worker keeps what it uses: the page may have been stopped when it ends.
    const auto work = [monitor = m_monitor, engines = m_engines](RunContext& context) {
        return monitor->poll(context);
    };
    m_document.jobs().run<MonitorUpdate>(
        pollSlot, tr("Reading metrics"), work, this,
        [this](Result<MonitorUpdate> result) { take(std::move(result)); });
}

void MonitorPage::take(Result<MonitorUpdate> result)
{
    if (!m_monitor)
        return;
    if (!result && result.error().code != ErrorCode::Cancelled) {
        stop();
        m_banner->showError(result.error());
        return;
    }
    if (result) {
        const bool seen = result->validation.has_value() || !m_update;
        if (result->state == MonitorState::Watching && result->validation)
            m_chart->addSample({ result->time, result->validation->figures });
        // What was seen before stays in view while nothing can be read.
        if (!seen && m_update) {
            result->validation = m_update->validation;
            result->observation = m_update->observation;
        }
        m_update = std::move(*result);
        m_figures->setRows(m_update->validation ? m_update->validation->figures
                                                : std::vector<ComparedFigure>());
        m_drift->setRows(m_update->drift);
        fitColumns(*m_figuresView, 28);
        fitColumns(*m_driftView, 28);
        showState();
        showFindings();
        refreshActions();
    }
    m_timer.start(m_interval->value() * 1000);
    emit updated();
}

void MonitorPage::showState()
{
    const MonitorUpdate& update = *m_update;
    const QString message = toQString(update.message);
    m_state->showMessage(
        kindOf(update),
        update.state == MonitorState::Watching
            ? tr("Connected, newest sample %1. %2").arg(monitorformat::clock(update.time), message)
            : message);
}

Shift MonitorPage::shift() const
{
    if (!m_update)
        return {};
    return shiftOf(m_update->drift,
                   m_update->validation ? m_update->validation->stepFactor : std::nullopt);
}

void MonitorPage::showFindings()
{
    if (!m_update)
        return;
    const Tones colors = tones(palette());
    const int position = m_findings->verticalScrollBar()->value();
    QString html;
    if (m_adaptation && m_document.need())
        html = monitortext::suggestion(*m_adaptation, colors)
            + monitortext::shift(m_adaptedShift, *m_document.need(), colors);
    html += monitortext::findings(*m_update, colors);
    m_findings->setHtml(html);
    m_findings->verticalScrollBar()->setValue(position);
}

void MonitorPage::showPlan()
{
    const Option* option = isWatching() ? m_document.findOption(toQString(m_watchedOption))
                                        : m_document.chosenOption();
    const bool content = isWatching() || m_update.has_value();
    m_stack->setCurrentIndex(content ? 1 : 0);
    m_plan->setVisible(option != nullptr);
    if (option)
        m_plan->setText(tr("Compared with the plan: %1 as %2 on %3, %4 at the peak.")
                            .arg(toQString(option->candidate.model->displayName),
                                 toQString(option->candidate.topology.label()),
                                 toQString(option->candidate.gpu->name),
                                 m_document.need()
                                     ? format::rate(m_document.need()->peakLoad.load.rate)
                                     : format::noData()));
    m_empty->setText(
        option ? tr("Nothing is watched.\n\nGive the address of the Prometheus that scrapes the "
                    "deployment, or of its model servers, and press Start. The planner then "
                    "compares what it observes with what it predicts for that load.")
               : tr("There is no plan to compare with yet.\n\nState what is needed under "
                    "Requirements and choose an option under Explore."));
}

void MonitorPage::planChanged()
{
    const Option* option = m_document.chosenOption();
    if (isWatching() && !m_planChanged && (!option || option->id != m_watchedOption)) {
        m_planChanged = true;
        m_banner->showMessage(StatusBanner::Kind::Information,
                              tr("The plan has changed. The comparison is still with the plan from "
                                 "when it was started; stop and start to compare with the new "
                                 "one."));
    }
    if (!isWatching())
        showPlan();
    refreshActions();
}

void MonitorPage::refreshActions()
{
    const bool watching = isWatching();
    for (QWidget* input : { static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_address),
                            static_cast<QWidget*>(m_selector), static_cast<QWidget*>(m_token),
                            static_cast<QWidget*>(m_interval) })
        input->setEnabled(!watching);
    m_toggle->setText(watching ? tr("&Stop") : tr("&Start"));
    const bool shifted = watching && shift().any();
    m_suggest->setEnabled(shifted && !m_document.jobs().isRunning(adaptSlot));
    m_suggest->setToolTip(
        shifted ? tr("Plan again for what is observed, and say what to change")
                : tr("Enabled when the traffic has drifted or steps take another time than "
                     "predicted"));
    const bool enough = watching && m_update && m_update->observation
        && m_update->observation->requests >= fewestAcceptedRequests;
    m_accept->setEnabled(enough && !m_document.jobs().isRunning(acceptSlot));
    m_accept->setToolTip(enough ? tr("Keep what is observed as a measurement of this plan")
                                : tr("Enabled when %1 requests or more ended in the window")
                                      .arg(format::integer(qint64(fewestAcceptedRequests))));
}

void MonitorPage::suggest()
{
    if (!m_monitor)
        return;
    const Shift found = shift();
    const auto work = [monitor = m_monitor, engines = m_engines, found](RunContext& context) {
        return adapt(monitor->plan(), found, engines->standard(), standardCoefficients(), {},
                     context);
    };
    m_document.jobs().run<Adaptation>(adaptSlot, tr("Planning for what is observed"), work, this,
                                      [this, found](Result<Adaptation> result) {
                                          if (!result) {
                                              if (result.error().code != ErrorCode::Cancelled)
                                                  m_banner->showError(result.error());
                                          } else {
                                              m_adaptation = std::move(*result);
                                              m_adaptedShift = found;
                                              showFindings();
                                              emit suggested();
                                          }
                                          QTimer::singleShot(0, this, &MonitorPage::refreshActions);
                                      });
    refreshActions();
}

void MonitorPage::accept()
{
    if (!m_monitor || !m_update || !m_update->observation)
        return;
    const auto work = [monitor = m_monitor, observation = *m_update->observation,
                       path = fromQString(m_storePath)](RunContext&) {
        return acceptObservation(monitor->plan(), observation, std::filesystem::path(path));
    };
    m_document.jobs().run<std::int64_t>(
        acceptSlot, tr("Storing the observation"), work, this, [this](Result<std::int64_t> result) {
            if (!result)
                m_banner->showError(result.error());
            else
                m_banner->showMessage(
                    StatusBanner::Kind::Success,
                    tr("Stored as a validated benchmark of this plan, marked as observed in "
                       "operation."));
            if (result) {
                m_document.measurementsChanged(); // it may stand for an estimate from now on
                emit accepted();
            }
            QTimer::singleShot(0, this, &MonitorPage::refreshActions);
        });
    refreshActions();
}

void MonitorPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_findings)
        showFindings();
}

} // namespace llmd

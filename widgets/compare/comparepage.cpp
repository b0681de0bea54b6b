// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparepage.h"

#include "candidatemark.h"
#include "comparemodel.h"
#include "comparetext.h"
#include "comparisonprint.h"
#include "parallelchart.h"
#include "presentation.h"

#include <widgets/document/document.h>
#include <widgets/document/shortlist.h>
#include <widgets/support/card.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPrintDialog>
#include <QPrinter>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr std::size_t fewestCompared = 2;
constexpr std::size_t offeredOptions = 12;
constexpr double chartScale = 3; // for paper

QToolButton* textButton(QWidget* parent, const QString& name, const QString& icon,
                        const QString& text)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setIcon(themedIcon(icon));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

PageInfo ComparePage::pageInfo()
{
    return { u"compare"_s, tr("Compare"), u"compare"_s,
             tr("Two to five options side by side, and why one is in front") };
}

ComparePage::ComparePage(Document& document, Settings& settings, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
    , m_banner(new StatusBanner(this))
    , m_drop(new QAction(tr("Take Off"), this))
{
    connect(m_drop, &QAction::triggered, this, &ComparePage::dropMissing);
    buildLayout();
    connectDocument();
    refresh();
}

ComparePage::~ComparePage() = default;

void ComparePage::buildLayout()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_banner);
    layout->addWidget(buildTop());
    layout->addWidget(m_stack, 1);
}

QWidget* ComparePage::buildTop()
{
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    auto* chips = new QWidget(top);
    m_chips = new QHBoxLayout(chips);
    m_chips->setContentsMargins(0, 0, 0, 0);
    m_add = textButton(top, u"addToComparison"_s, u"add"_s, tr("Add"));
    m_add->setToolTip(tr("Add one of the best options of the present view"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_add);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillAddMenu(*menu);
    });
    m_add->setMenu(menu);
    row->addWidget(chips);
    row->addWidget(m_add);
    row->addStretch(1);
    auto* present = textButton(top, u"presentComparison"_s, u"present"_s, tr("Present"));
    present->setShortcut(Qt::Key_F5);
    present->setToolTip(tr("Large type, one option per screen (F5)"));
    connect(present, &QToolButton::clicked, this, &ComparePage::present);
    auto* print = textButton(top, u"printComparison"_s, u"print"_s, tr("Print…"));
    print->setShortcut(QKeySequence::Print);
    connect(print, &QToolButton::clicked, this, &ComparePage::askPrint);
    auto* pdf = textButton(top, u"savePdf"_s, u"save"_s, tr("Save PDF…"));
    connect(pdf, &QToolButton::clicked, this, &ComparePage::askPdf);
    m_outputs = { present, print, pdf };
    for (QToolButton* button : m_outputs)
        row->addWidget(button);
    return top;
}

QWidget* ComparePage::buildEmpty()
{
    auto* empty = new QWidget(this);
    auto* layout = new QVBoxLayout(empty);
    m_emptyTitle = new QLabel(empty);
    setTextStyle(*m_emptyTitle, TextStyle::Title);
    auto* text = new QLabel(
        tr("Mark two to five options in Explore: the box in front of a row, “Compare” in its menu, "
           "or Ctrl+D. Here they stand side by side: what differs first, their trade-offs in one "
           "chart, and why one is in front of the other."),
        empty);
    text->setWordWrap(true);
    text->setMaximumWidth(charactersWide(*this, 75));
    m_suggest =
        textButton(empty, u"compareBest"_s, u"compare"_s, tr("Compare the Best of Each View"));
    connect(m_suggest, &QToolButton::clicked, this, &ComparePage::compareSuggested);
    auto* explore = textButton(empty, u"goToExplore"_s, u"explore"_s, tr("Choose in Explore"));
    connect(explore, &QToolButton::clicked, this, [this] { emit pageRequested(u"explore"_s); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_suggest);
    buttons->addWidget(explore);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout;
    column->setSpacing(fontMetrics().height());
    column->addStretch(2);
    column->addWidget(m_emptyTitle);
    column->addWidget(text);
    column->addLayout(buttons);
    column->addStretch(3);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(column);
    row->addStretch(1);
    layout->addLayout(row);
    return empty;
}

QWidget* ComparePage::buildContent()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_table = new CopyTableView(this);
    m_table->setObjectName(u"compareTable"_s);
    m_table->setAccessibleName(tr("Properties of the compared options, those that differ first"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(true);
    m_table->setSortingEnabled(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table, &QAbstractItemView::clicked, this, &ComparePage::toggleFold);
    connect(m_table, &QAbstractItemView::activated, this, &ComparePage::toggleFold);

    m_chart = new ParallelChart(this);
    connect(m_chart, &ChartView::hintChanged, this, &Page::hintChanged);
    connect(m_chart, &ChartView::failed, this, [this](const QString& message) {
        m_banner->showMessage(StatusBanner::Kind::Error, message);
    });
    auto* right = new QSplitter(Qt::Vertical, this);
    right->setObjectName(u"compareRight"_s);
    right->addWidget(new Card(m_chart, this));
    right->addWidget(new Card(buildWhy(), this));
    right->setStretchFactor(0, 5);
    right->setStretchFactor(1, 6);
    right->setChildrenCollapsible(false);
    right->setHandleWidth(gap);
    auto* main = new QSplitter(Qt::Horizontal, this);
    main->setObjectName(u"compareMain"_s);
    main->addWidget(new Card(m_table, this));
    main->addWidget(right);
    main->setStretchFactor(0, 1);
    main->setStretchFactor(1, 1);
    main->setChildrenCollapsible(false);
    main->setHandleWidth(gap);
    return main;
}

QWidget* ComparePage::buildWhy()
{
    auto* panel = new QWidget(this);
    auto* row = new QHBoxLayout;
    const int gap = fontMetrics().height() / 2;
    row->setContentsMargins(gap, gap, gap, 0);
    const auto addBox = [&](const QString& name, const QString& text) {
        auto* box = new QComboBox(panel);
        box->setObjectName(name);
        box->setMinimumContentsLength(10);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        auto* label = new QLabel(text, panel);
        label->setBuddy(box);
        row->addWidget(label);
        row->addWidget(box, 1);
        connect(box, &QComboBox::activated, this, &ComparePage::showWhy);
        return box;
    };
    m_first = addBox(u"whyFirst"_s, tr("Why"));
    m_second = addBox(u"whySecond"_s, tr("and not"));
    m_why = new QTextBrowser(panel);
    m_why->setObjectName(u"whyText"_s);
    m_why->setAccessibleName(tr("Why the one and not the other"));
    m_why->setOpenLinks(false);
    m_why->setFrameShape(QFrame::NoFrame);
    m_why->document()->setDocumentMargin(fontMetrics().height() * 0.75);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_why, 1);
    return panel;
}

void ComparePage::connectDocument()
{
    connect(&m_document, &Document::projectChanged, this, &ComparePage::refresh);
    connect(&m_document, &Document::reportChanged, this, &ComparePage::refresh);
    connect(&m_document, &Document::rankingChanged, this, &ComparePage::refresh);
    connect(&m_document, &Document::searchingChanged, this, &ComparePage::showState);
}

void ComparePage::activate()
{
    if (m_stale)
        refresh();
    if (m_options.size() < fewestCompared)
        return;
    askAboutSelected();
    showWhy();
}

void ComparePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    activate();
}

void ComparePage::refresh()
{
    // Sliders on other pages rank anew at every step.
    m_stale = !isVisible();
    if (m_stale)
        return;
    const auto before = m_options.indices;
    const auto reportBefore = m_options.report;
    m_options = gatherCompared(m_document);
    const bool changed = before != m_options.indices || reportBefore != m_options.report;
    if (changed)
        showChips(); // only then: a new chip has not the cursor of the old one
    showState();
    if (m_options.size() < fewestCompared) {
        m_model.reset();
        return;
    }
    showTable();
    m_chart->setOptions(m_options);
    if (changed)
        showPair();
    showWhy();
}

void ComparePage::showState()
{
    const bool enough = m_options.size() >= fewestCompared;
    m_stack->setCurrentIndex(enough ? 1 : 0);
    const bool ready = m_document.report() && !m_document.report()->options.empty();
    m_emptyTitle->setText(m_document.isSearching() && !ready ? tr("Searching configurations…")
                              : !ready                ? tr("There are no options to compare yet")
                              : m_options.size() == 1 ? tr("One more to compare it with")
                                                      : tr("Nothing is compared yet"));
    m_suggest->setEnabled(ready);
    m_add->setEnabled(ready && m_document.project().shortlist.size() < mostCompared);
    for (QToolButton* button : m_outputs)
        button->setEnabled(enough);
    if (!m_options.missing.isEmpty() && ready && !m_document.isSearching()) {
        m_banner->showMessage(
            StatusBanner::Kind::Information,
            m_options.missing.size() == 1
                ? tr("The option %1 is not among the present results.")
                      .arg(m_options.missing.constFirst())
                : tr("%1 of the compared options are not among the present results.")
                      .arg(format::integer(m_options.missing.size())),
            { m_drop });
    } else {
        m_banner->dismiss();
    }
}

void ComparePage::showChips()
{
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        // Later: the menu of a chip may be what leads here.
        item->widget()->hide();
        item->widget()->setParent(nullptr);
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        auto* chip = new QToolButton(this);
        const QString name = m_options.names[static_cast<qsizetype>(i)];
        chip->setObjectName(u"chip%1"_s.arg(i));
        chip->setIcon(candidateMark(i, palette()));
        chip->setText(
            u"%1  %2"_s.arg(letterOf(i),
                            fontMetrics().elidedText(name.section(u", "_s, 0, 0), Qt::ElideRight,
                                                     charactersWide(*this, 18))));
        chip->setToolTip(name);
        chip->setAccessibleName(u"%1: %2"_s.arg(letterOf(i), name));
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setPopupMode(QToolButton::InstantPopup);
        auto* menu = new QMenu(chip);
        fillChipMenu(*menu, i);
        chip->setMenu(menu);
        m_chips->addWidget(chip);
    }
}

void ComparePage::fillChipMenu(QMenu& menu, std::size_t option)
{
    const QString id = toQString(m_options.option(option).id);
    menu.addAction(themedIcon(u"star"_s), tr("Choose for Export"), this, [this, id] {
        m_document.edit(u"chosen"_s, tr("Choose Plan"),
                        [&id](Project& project) { project.chosen = fromQString(id); });
    });
    menu.addAction(themedIcon(u"explore"_s), tr("Show in Explore"), this, [this, id] {
        m_document.selectOption(id);
        emit pageRequested(u"explore"_s);
    });
    menu.addSeparator();
    // By id: a search may end, or the plan may go, while the menu is open.
    const QString before = option > 0 ? toQString(m_options.option(option - 1).id) : QString();
    const QString after =
        option + 1 < m_options.size() ? toQString(m_options.option(option + 1).id) : QString();
    QAction* left =
        menu.addAction(tr("Move Left"), this, [this, id, before] { swapPlaces(id, before); });
    left->setEnabled(!before.isEmpty());
    QAction* right =
        menu.addAction(tr("Move Right"), this, [this, id, after] { swapPlaces(id, after); });
    right->setEnabled(!after.isEmpty());
    menu.addSeparator();
    menu.addAction(themedIcon(u"remove"_s), tr("Remove From Comparison"), this,
                   [this, id] { setCompared(m_document, id, false); });
}

void ComparePage::fillAddMenu(QMenu& menu)
{
    const auto& report = m_document.report();
    if (report) {
        std::vector<std::size_t> offered;
        for (const std::size_t option : m_document.ranking().of(m_document.view())) {
            if (offered.size() == offeredOptions)
                break;
            if (!isCompared(m_document, toQString(report->options[option].id)))
                offered.push_back(option);
        }
        const auto names = shortNames(*report, offered);
        for (std::size_t i = 0; i < offered.size(); ++i) {
            const Option& option = report->options[offered[i]];
            menu.addAction(
                u"%1  ·  %2"_s.arg(toQString(names[i]).replace(u" x "_s, u" × "_s),
                                   format::dollars(inDollarsPerMonth(option.cost))),
                this, [this, id = toQString(option.id)] { setCompared(m_document, id, true); });
        }
    }
    menu.addSeparator();
    menu.addAction(themedIcon(u"explore"_s), tr("Choose in Explore"), this,
                   [this] { emit pageRequested(u"explore"_s); });
}

void ComparePage::swapPlaces(const QString& first, const QString& second)
{
    m_document.edit(u"shortlist.order"_s, tr("Reorder Comparison"), [&](Project& project) {
        auto& list = project.shortlist;
        const auto one = std::find(list.begin(), list.end(), fromQString(first));
        const auto other = std::find(list.begin(), list.end(), fromQString(second));
        if (one != list.end() && other != list.end())
            std::iter_swap(one, other);
    });
}

void ComparePage::compareSuggested()
{
    auto ids = suggestedComparison(m_document);
    m_document.edit(u"shortlist.suggested"_s, tr("Compare the Best"), [&](Project& project) {
        // What was marked by hand stays.
        for (std::string& id : ids) {
            auto& list = project.shortlist;
            if (list.size() < mostCompared && std::find(list.begin(), list.end(), id) == list.end())
                list.push_back(std::move(id));
        }
    });
}

void ComparePage::dropMissing()
{
    m_document.edit(u"shortlist.missing"_s, tr("Remove From Comparison"), [this](Project& project) {
        auto& list = project.shortlist;
        list.erase(std::remove_if(list.begin(), list.end(),
                                  [this](const std::string& id) {
                                      return !m_document.findOption(toQString(id));
                                  }),
                   list.end());
    });
}

void ComparePage::showTable()
{
    const int position = m_table->verticalScrollBar()->value();
    auto model = std::make_unique<CompareModel>(m_options, m_unfolded);
    m_table->setModel(model.get());
    m_model = std::move(model);
    m_table->clearSpans();
    if (const int fold = m_model->foldRow(); fold >= 0)
        m_table->setSpan(fold, 0, 1, m_model->columnCount());
    auto* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header->setMinimumHeight(fontMetrics().height() * 3);
    m_table->resizeRowsToContents();
    m_table->verticalScrollBar()->setValue(position);
}

void ComparePage::toggleFold(const QModelIndex& index)
{
    if (!index.isValid() || index.row() != m_model->foldRow())
        return;
    const int row = index.row();
    m_unfolded = !m_unfolded;
    showTable();
    m_table->setCurrentIndex(m_model->index(row, 0));
    if (m_unfolded)
        m_table->scrollTo(m_model->index(m_model->rowCount() - 1, 0));
}

void ComparePage::showPair()
{
    for (QComboBox* box : { m_first, m_second }) {
        box->clear();
        for (std::size_t i = 0; i < m_options.size(); ++i)
            box->addItem(candidateMark(i, palette()),
                         u"%1  %2"_s.arg(letterOf(i), m_options.names[static_cast<qsizetype>(i)]));
    }
    m_first->setCurrentIndex(static_cast<int>(m_options.best));
    m_second->setCurrentIndex(m_options.best == 0 ? 1 : 0);
    m_askedAbout.clear();
    askAboutSelected();
}

// Whoever comes from an option in Explore asks about that one, once: what is chosen here later stays.
void ComparePage::askAboutSelected()
{
    const Option* selected = m_document.selectedOption();
    const QString id = selected ? toQString(selected->id) : QString();
    if (id == m_askedAbout)
        return;
    m_askedAbout = id;
    const auto index = m_document.optionIndex(id);
    const auto found = index ? std::find(m_options.indices.begin(), m_options.indices.end(), *index)
                             : m_options.indices.end();
    if (found == m_options.indices.end())
        return;
    const auto column = static_cast<int>(found - m_options.indices.begin());
    if (column == m_first->currentIndex())
        return;
    m_second->setCurrentIndex(column);
}

void ComparePage::showWhy()
{
    const auto first = static_cast<std::size_t>(m_first->currentIndex());
    const auto second = static_cast<std::size_t>(m_second->currentIndex());
    const Tones colors = tones(palette());
    const RankedOptions ranked = m_document.ranked();
    QString html;
    if (first >= m_options.size() || second >= m_options.size() || first == second)
        html = u"<p>%1</p>"_s.arg(tr("Choose two different options."));
    else
        html = comparisonHtml(compareOptions(*m_options.report, ranked, m_options.indices[first],
                                             m_options.indices[second]),
                              colors);
    m_why->setHtml(html + firmnessHtml(*m_options.report, ranked, colors));
}

void ComparePage::present()
{
    if (m_options.size() < fewestCompared)
        return;
    auto* window = new Presentation(m_document, m_options, this);
    window->resize(this->window()->size());
    window->showFullScreen();
}

bool ComparePage::savePdf(const QString& path)
{
    const auto document =
        comparisonDocument(m_document, m_options, m_chart->renderImage(chartScale, true));
    QString error;
    if (llmd::savePdf(*document, path, tr("Comparison: %1").arg(m_document.displayName()), error)) {
        m_banner->showMessage(StatusBanner::Kind::Success,
                              tr("Saved %1.").arg(QDir::toNativeSeparators(path)));
        return true;
    }
    m_banner->showMessage(StatusBanner::Kind::Error, error);
    return false;
}

void ComparePage::askPdf()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save Comparison"),
        QDir(m_settings.lastFolder()).filePath(tr("comparison") + u".pdf"_s), tr("PDF (*.pdf)"));
    if (path.isEmpty())
        return;
    m_settings.setLastFolder(QFileInfo(path).absolutePath());
    savePdf(path);
}

void ComparePage::askPrint()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    printer.setDocName(tr("Comparison: %1").arg(m_document.displayName()));
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    comparisonDocument(m_document, m_options, m_chart->renderImage(chartScale, true))
        ->print(&printer);
}

void ComparePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_why && m_stale) {
        // What is kept may be of a plan that is gone; all is shown anew, in the new colours, when the page is seen.
        m_options = {};
        return;
    }
    if (event->type() == QEvent::PaletteChange && m_why && m_options.size() >= fewestCompared) {
        showChips();
        showPair();
        showWhy();
    }
}

} // namespace llmd

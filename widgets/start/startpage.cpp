// SPDX-License-Identifier: GPL-3.0-or-later
#include "startpage.h"

#include "recentfiles.h"
#include "startcard.h"

#include <core/base/resources.h>
#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr int columnsOfCards = 3;
constexpr int readableWidth = 190; // characters

/** What a sample says of itself. */
struct Sample
{
    QString path;
    QString title;
    QString notes;
};

std::vector<Sample> samples()
{
    std::vector<Sample> found;
    for (const Resource& resource : builtinResources()) {
        const QString path = toQString(resource.path);
        if (!path.startsWith(u"samples/") || !path.endsWith(u".llmdplan"))
            continue;
        const auto loaded = parseProject(resource.content, std::string(resource.path));
        if (!loaded)
            continue; // a test reads every sample
        const Requirements& requirements = loaded->value.requirements;
        found.push_back({ path, toQString(requirements.title), toQString(requirements.notes) });
    }
    return found;
}

} // namespace

StartPage::StartPage(Document& document, Settings& settings, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
{
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(u"start.scroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&document, &Document::catalogChanged, this, &StartPage::fillUseCases);
}

PageInfo StartPage::pageInfo()
{
    return { u"start"_s, tr("Start"), u"start"_s, tr("Begin a plan or open one") };
}

void StartPage::activate()
{
    m_recent->refresh();
}

QWidget* StartPage::buildContent()
{
    auto* outer = new QWidget;
    auto* inner = new QWidget(outer);
    inner->setMaximumWidth(charactersWide(*this, readableWidth));
    auto* row = new QHBoxLayout(outer);
    row->addStretch(1);
    row->addWidget(inner, 100);
    row->addStretch(1);

    const int line = fontMetrics().height();
    auto* all = new QVBoxLayout(inner);
    all->setContentsMargins(line, line * 2, line, line);
    all->setSpacing(line / 2);
    auto* title = new QLabel(tr("How do you want to serve a model?"), inner);
    setTextStyle(*title, TextStyle::Title);
    auto* explanation = new QLabel(
        tr("State what is needed, compare what can do it, export the manifests. Everything is "
           "computed on this machine; nothing is sent anywhere."),
        inner);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    explanation->setWordWrap(true);
    all->addWidget(title);
    all->addWidget(explanation);
    all->addSpacing(line / 2);
    addWays(*all);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(line * 2);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    // Otherwise they would take over the wide gap between the columns.
    left->setSpacing(line / 2);
    right->setSpacing(line / 2);
    addUseCases(*left);
    left->addStretch(1);
    addRecent(*right);
    addSamples(*right);
    right->addStretch(1);
    columns->addLayout(left, 3);
    columns->addLayout(right, 2);
    all->addLayout(columns);
    all->addStretch(1);
    return outer;
}

QLabel* StartPage::addHeading(QVBoxLayout& column, const QString& text)
{
    auto* heading = new QLabel(text, this);
    setTextStyle(*heading, TextStyle::Heading);
    column.addSpacing(fontMetrics().height());
    column.addWidget(heading);
    return heading;
}

void StartPage::addWays(QVBoxLayout& column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(fontMetrics().height() * 2 / 3);
    const auto add = [&](const char* name, const QString& icon, const QString& title,
                         const QString& description, auto&& run) {
        auto* card = new StartCard(icon, title, description, this);
        card->setObjectName(QLatin1StringView(name));
        connect(card, &QAbstractButton::clicked, this, run);
        row->addWidget(card, 1);
    };
    add("start.new", u"new"_s, tr("New plan, step by step"),
        tr("A guide asks for use case, load, targets and hardware."),
        [this] { emit newPlanRequested({}); });
    add("start.describe", u"describe"_s, tr("New plan from words"),
        tr("Say in a sentence or two what you need; it is turned into figures."),
        [this] { emit describeRequested(); });
    add("start.open", u"open"_s, tr("Open a plan or a spec…"),
        tr("A saved plan, requirements or an InferenceService in YAML, the result of a sweep."),
        [this] { emit openRequested({}); });
    column.addLayout(row);
    auto* hint = new QLabel(tr("You can also drop files anywhere on this window."), this);
    hint->setObjectName(u"start.dropHint"_s);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* tour = new QPushButton(tr("Show me around"), this);
    tour->setObjectName(u"start.tour"_s);
    tour->setIcon(themedIcon(u"help"_s));
    tour->setFlat(true);
    connect(tour, &QPushButton::clicked, this, &StartPage::tourRequested);
    auto* below = new QHBoxLayout;
    below->addWidget(hint);
    below->addStretch(1);
    below->addWidget(tour);
    column.addLayout(below);
}

void StartPage::addUseCases(QVBoxLayout& column)
{
    addHeading(column, tr("Begin with a use case"));
    m_useCases = new QGridLayout;
    m_useCases->setSpacing(fontMetrics().height() / 2);
    column.addLayout(m_useCases);
    fillUseCases();
}

void StartPage::fillUseCases()
{
    while (QLayoutItem* item = m_useCases->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int position = 0;
    for (const UseCase& useCase : m_document.catalog()->useCases) {
        auto* card =
            new StartCard({}, toQString(useCase.name), toQString(useCase.description), this);
        const QString id = toQString(useCase.id);
        card->setObjectName(u"start.useCase."_s + id);
        connect(card, &QAbstractButton::clicked, this, [this, id] { emit newPlanRequested(id); });
        m_useCases->addWidget(card, position / columnsOfCards, position % columnsOfCards);
        ++position;
    }
}

void StartPage::addRecent(QVBoxLayout& column)
{
    QLabel* heading = addHeading(column, tr("Recent &plans"));
    m_recent = new RecentFiles(m_settings, this);
    heading->setBuddy(m_recent->view());
    connect(m_recent, &RecentFiles::openRequested, this, &StartPage::openRequested);
    column.addWidget(m_recent);
}

void StartPage::addSamples(QVBoxLayout& column)
{
    addHeading(column, tr("Look at a sample"));
    for (const Sample& sample : samples()) {
        auto* card = new StartCard({}, sample.title, sample.notes, this);
        card->setObjectName(u"start."_s + QFileInfo(sample.path).completeBaseName());
        connect(card, &QAbstractButton::clicked, this,
                [this, path = sample.path] { emit sampleRequested(path); });
        column.addWidget(card);
    }
}

} // namespace llmd

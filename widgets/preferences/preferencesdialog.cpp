// SPDX-License-Identifier: GPL-3.0-or-later
#include "preferencesdialog.h"

#include "foldersettings.h"
#include "generalsettings.h"
#include "shortcutspage.h"

#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

PreferencesDialog::PreferencesDialog(const Document& document, Settings& settings,
                                     const LanguageSupport& languages,
                                     std::vector<ActionShortcut> shortcuts, QWidget* parent)
    : QDialog(parent)
    , m_titles(new QStringListModel(this))
    , m_list(new QListView(this))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(u"preferences"_s);
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(u"preferences.pages"_s);
    m_list->setAccessibleName(tr("Groups of preferences"));
    m_list->setModel(m_titles);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setSpacing(fontMetrics().height() / 4);
    m_list->setFixedWidth(charactersWide(*this, 24));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    row->addWidget(m_list);
    row->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_pages->setCurrentIndex(index.row()); });

    addPage(tr("Appearance"), new AppearanceSettings(settings, languages));
    addPage(tr("Planning"), new PlanningSettings(document, settings));
    addPage(tr("Engines and data"), new FolderSettings(document, settings));
    addPage(tr("Shortcuts"), new ShortcutsPage(std::move(shortcuts), settings));
    resize(charactersWide(*this, 120), fontMetrics().height() * 36);
    showPage(0);
}

void PreferencesDialog::addPage(const QString& title, QWidget* page)
{
    auto* scroll = new QScrollArea(m_pages);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    const int line = fontMetrics().height();
    column->setContentsMargins(line, 0, line, 0);
    auto* heading = new QLabel(title, content);
    setTextStyle(*heading, TextStyle::Title);
    column->addWidget(heading);
    column->addWidget(page, 1);
    scroll->setWidget(content);
    m_pages->addWidget(scroll);
    QStringList titles = m_titles->stringList();
    titles.append(title);
    const int current = currentPage();
    m_titles->setStringList(titles);
    showPage(std::max(0, current));
}

void PreferencesDialog::showPage(int index)
{
    m_list->setCurrentIndex(m_titles->index(index));
    m_pages->setCurrentIndex(index);
}

int PreferencesDialog::pageCount() const
{
    return m_pages->count();
}

int PreferencesDialog::currentPage() const
{
    return m_pages->currentIndex();
}

} // namespace llmd

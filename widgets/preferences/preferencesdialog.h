// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "languagesupport.h"

#include <widgets/support/actionshortcuts.h>

#include <QDialog>

class QListView;
class QStackedWidget;
class QStringListModel;

namespace llmd {

class Document;
class Settings;

/**
 * The preferences of the user. There is nothing to apply: each change is kept and has its effect at once; what follows from it is
 * done by those who listen to `Settings`.
 */
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    PreferencesDialog(const Document& document, Settings& settings,
                      const LanguageSupport& languages, std::vector<ActionShortcut> shortcuts,
                      QWidget* parent = nullptr);

    /** Adds a page that somebody else provides, such as the one of the language model; the dialog owns it. */
    void addPage(const QString& title, QWidget* page);
    void showPage(int index);
    [[nodiscard]] int pageCount() const;
    [[nodiscard]] int currentPage() const;

private:
    QStringListModel* m_titles;
    QListView* m_list;
    QStackedWidget* m_pages;
};

} // namespace llmd

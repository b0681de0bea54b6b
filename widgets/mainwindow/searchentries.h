// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages.h"

#include <core/search/search.h>
#include <widgets/support/fuzzymatch.h>

#include <QPointer>
#include <QString>

#include <memory>
#include <vector>

class QAction;
class QWidget;

namespace llmd {

class Document;

/** Something that the search of the whole program (Ctrl+K) can lead to. */
struct SearchEntry
{
    enum class Kind { Page, Command, Field, Option, Model, Gpu };

    Kind kind = Kind::Page;
    QString title;
    QString detail; ///< second, quieter part of the line
    QString keys; ///< shortcut, if there is one
    QString target; ///< page, field, option, model or GPU id; unused for commands
    QPointer<QAction> action; ///< of a command
    QString searchText; ///< lower case
};

/** What kind of thing an entry is, for people. */
[[nodiscard]] QString kindText(SearchEntry::Kind kind);

/** Pages, the commands of the menus that can be used now, the fields of a need, models and GPUs. */
[[nodiscard]] std::vector<SearchEntry> programEntries(const std::vector<PageEntry>& pages,
                                                      const QWidget& window,
                                                      const Document& document);
/** One entry for each option of a report; for tens of thousands it takes some tens of milliseconds. */
[[nodiscard]] std::vector<SearchEntry> optionEntries(const SearchReport& report);

/** The best `limit` entries of both lists for what was typed, best first; without words the first ones of `program`. */
[[nodiscard]] std::vector<const SearchEntry*> bestEntries(const std::vector<SearchEntry>& program,
                                                          const std::vector<SearchEntry>& options,
                                                          const FuzzyPattern& pattern,
                                                          std::size_t limit);

} // namespace llmd

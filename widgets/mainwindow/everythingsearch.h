// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "searchentries.h"

#include <QObject>

#include <memory>
#include <vector>

namespace llmd {

/** Opens the search of the whole program and turns what was chosen into what the window can do: show a page, reveal a field. */
class EverythingSearch final : public QObject
{
    Q_OBJECT

public:
    EverythingSearch(const Document& document, QWidget& window);

    void open(const std::vector<PageEntry>& pages);

signals:
    void pageRequested(const QString& id);
    /** A field of the need; "option:ID" and "options-with:WORDS" are about options. */
    void fieldRequested(const QString& field);

private:
    void follow(const SearchEntry& entry);

    const Document& m_document;
    QWidget& m_window;
    std::shared_ptr<const SearchReport> m_report; ///< that the entries are of
    std::shared_ptr<const std::vector<SearchEntry>> m_options;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "everythingsearch.h"

#include "actionsearch.h"

#include <widgets/document/document.h>

#include <QAction>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

EverythingSearch::EverythingSearch(const Document& document, QWidget& window)
    : QObject(&window)
    , m_document(document)
    , m_window(window)
{ }

void EverythingSearch::open(const std::vector<PageEntry>& pages)
{
    const auto& report = m_document.report();
    if (report != m_report) {
        m_report = report;
        m_options = report
            ? std::make_shared<const std::vector<SearchEntry>>(optionEntries(*report))
            : nullptr;
    }
    auto* search =
        new ActionSearch(programEntries(pages, m_window, m_document), m_options, &m_window);
    connect(search, &ActionSearch::chosen, this, &EverythingSearch::follow);
    search->open();
}

void EverythingSearch::follow(const SearchEntry& entry)
{
    switch (entry.kind) {
    case SearchEntry::Kind::Page:
        emit pageRequested(entry.target);
        break;
    case SearchEntry::Kind::Command:
        if (entry.action)
            entry.action->trigger();
        break;
    case SearchEntry::Kind::Field:
        emit fieldRequested(entry.target);
        break;
    case SearchEntry::Kind::Option:
        emit fieldRequested(u"option:"_s + entry.target);
        break;
    case SearchEntry::Kind::Model:
    case SearchEntry::Kind::Gpu: {
        // Its options if it has any, or else where it is chosen.
        const bool model = entry.kind == SearchEntry::Kind::Model;
        const std::string id = entry.target.toStdString();
        const auto& report = m_document.report();
        const bool has =
            report
            && std::any_of(
                report->options.begin(), report->options.end(), [&](const Option& option) {
                    return (model ? option.candidate.model->id : option.candidate.gpu->id) == id;
                });
        emit fieldRequested(has         ? u"options-with:"_s + entry.title
                                : model ? u"models"_s
                                        : u"gpus"_s);
        break;
    }
    }
}

} // namespace llmd

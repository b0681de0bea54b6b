// SPDX-License-Identifier: GPL-3.0-or-later
#include "searchentries.h"

#include <widgets/document/document.h>
#include <widgets/explore/optiontext.h>
#include <widgets/support/actionshortcuts.h>
#include <widgets/support/qtbridge.h>

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::SearchEntry", text);
}

SearchEntry entry(SearchEntry::Kind kind, const QString& title, const QString& detail,
                  const QString& target)
{
    SearchEntry made;
    made.kind = kind;
    made.title = title;
    made.detail = detail;
    made.target = target;
    made.searchText = (title + u' ' + detail).toLower();
    return made;
}

/** The fields of a need as people call them, with the id by which issues know them. */
std::vector<SearchEntry> fieldEntries()
{
    const struct
    {
        const char* id;
        QString title;
    } fields[] = {
        { "description", tr("Description in words") },
        { "title", tr("Title of the plan") },
        { "use_case", tr("Use case") },
        { "users", tr("Users") },
        { "rate", tr("Request rate") },
        { "peak_factor", tr("Peak factor") },
        { "prompt_tokens", tr("Prompt length") },
        { "output_tokens", tr("Output length") },
        { "prompt_variation", tr("Variation of the prompt length") },
        { "output_variation", tr("Variation of the output length") },
        { "shared_prefix_tokens", tr("Shared prefix") },
        { "prefix_groups", tr("Prefix groups") },
        { "unique_prompts", tr("Unique prompts") },
        { "context_tokens", tr("Context window") },
        { "ttft", tr("Time to first token (TTFT) limit") },
        { "itl", tr("Time between tokens (ITL, TPOT) limit") },
        { "e2e", tr("End-to-end latency limit") },
        { "models", tr("Models to consider") },
        { "quantizations", tr("Weight formats, quantisation") },
        { "gpus", tr("GPUs to consider, inventory") },
        { "max_gpus", tr("Most GPUs") },
        { "prices", tr("Price list and prices") },
        { "budget_per_month", tr("Budget per month") },
        { "headroom", tr("Headroom at the peak") },
        { "min_replicas", tr("Least replicas") },
        { "priorities", tr("Priorities: cost, latency, quality, simplicity") },
    };
    std::vector<SearchEntry> entries;
    for (const auto& field : fields)
        entries.push_back(
            entry(SearchEntry::Kind::Field, field.title, {}, QLatin1StringView(field.id)));
    return entries;
}

void addCommands(std::vector<SearchEntry>& entries, const QList<QAction*>& actions,
                 const QString& menu)
{
    for (QAction* action : actions) {
        if (action->isSeparator() || !action->isEnabled() || !action->isVisible())
            continue;
        if (const QMenu* below = action->menu()) {
            addCommands(entries, below->actions(), plainText(*action));
            continue;
        }
        SearchEntry made = entry(SearchEntry::Kind::Command, plainText(*action), menu, {});
        made.action = action;
        made.keys = action->shortcut().toString(QKeySequence::NativeText);
        entries.push_back(std::move(made));
    }
}

} // namespace

QString kindText(SearchEntry::Kind kind)
{
    switch (kind) {
    case SearchEntry::Kind::Page:
        return tr("Page");
    case SearchEntry::Kind::Command:
        return tr("Command");
    case SearchEntry::Kind::Field:
        return tr("Field");
    case SearchEntry::Kind::Option:
        return tr("Option");
    case SearchEntry::Kind::Model:
        return tr("Model");
    case SearchEntry::Kind::Gpu:
        return tr("GPU");
    }
    return {};
}

std::vector<SearchEntry> programEntries(const std::vector<PageEntry>& pages, const QWidget& window,
                                        const Document& document)
{
    std::vector<SearchEntry> entries;
    for (const PageEntry& page : pages) {
        SearchEntry made =
            entry(SearchEntry::Kind::Page, page.info.title, page.info.toolTip, page.info.id);
        if (const auto* action = window.findChild<QAction*>(u"page."_s + page.info.id))
            made.keys = action->shortcut().toString(QKeySequence::NativeText);
        entries.push_back(std::move(made));
    }
    if (const auto* bar = window.findChild<QMenuBar*>())
        addCommands(entries, bar->actions(), {});
    auto fields = fieldEntries();
    std::move(fields.begin(), fields.end(), std::back_inserter(entries));
    for (const Model& model : document.catalog()->models)
        entries.push_back(entry(SearchEntry::Kind::Model, modelText(model), toQString(model.id),
                                toQString(model.id)));
    for (const Gpu& gpu : document.catalog()->gpus)
        entries.push_back(entry(SearchEntry::Kind::Gpu, toQString(gpu.name), toQString(gpu.id),
                                toQString(gpu.id)));
    return entries;
}

std::vector<SearchEntry> optionEntries(const SearchReport& report)
{
    std::vector<SearchEntry> entries;
    entries.reserve(report.options.size());
    for (const Option& option : report.options) {
        const Candidate& candidate = option.candidate;
        entries.push_back(
            entry(SearchEntry::Kind::Option,
                  tr("%1 on %2").arg(modelText(*candidate.model), gpuText(*candidate.gpu)),
                  tr("%1 · %2").arg(topologyText(candidate.topology), toQString(option.id)),
                  toQString(option.id)));
    }
    return entries;
}

std::vector<const SearchEntry*> bestEntries(const std::vector<SearchEntry>& program,
                                            const std::vector<SearchEntry>& options,
                                            const FuzzyPattern& pattern, std::size_t limit)
{
    struct Hit
    {
        int score = 0;
        const SearchEntry* entry = nullptr;
    };
    std::vector<Hit> hits;
    const auto look = [&](const std::vector<SearchEntry>& entries, int bonus) {
        for (const SearchEntry& entry : entries) {
            const int score = pattern.isEmpty() ? 0 : pattern.score(entry.searchText);
            if (score >= 0)
                hits.push_back({ score + bonus, &entry });
        }
    };
    // Of equal fits the few pages and commands come before the many options.
    look(program, 150);
    if (!pattern.isEmpty())
        look(options, 0);
    if (!pattern.isEmpty()) {
        const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(limit, hits.size()));
        std::partial_sort(hits.begin(), end, hits.end(), [](const Hit& a, const Hit& b) {
            return a.score != b.score ? a.score > b.score : a.entry < b.entry;
        });
    }
    std::vector<const SearchEntry*> best;
    for (std::size_t i = 0; i < std::min(limit, hits.size()); ++i)
        best.push_back(hits[i].entry);
    return best;
}

} // namespace llmd

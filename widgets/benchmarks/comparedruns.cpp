// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparedruns.h"

#include "benchmarklibrary.h"

#include <core/base/text.h>
#include <core/performance/engine.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <tuple>

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ComparedRuns", text);
}

/** Properties in the order in which people tell deployments apart. */
std::vector<std::string> properties(const StoredRecord& stored)
{
    const BenchmarkRecord& record = stored.record;
    const auto slash = record.model.rfind('/');
    std::string load;
    if (record.load.rate)
        load = printRounded(record.load.rate->value()) + "/s";
    else if (record.load.concurrency)
        load = std::to_string(*record.load.concurrency) + " at once";
    return { slash == std::string::npos ? record.model : record.model.substr(slash + 1),
             record.gpu,
             record.topology(),
             join(record.engineVersions, ", "),
             record.tool,
             record.description.substr(0, 40),
             stored.folder.substr(stored.folder.find_last_of('/') + 1),
             load };
}

/** Names by the properties in which the sides differ, numbered where even these are equal. */
void nameSides(std::vector<ComparedSide>& sides, const std::vector<StoredRecord>& first)
{
    std::vector<std::vector<std::string>> all;
    for (const auto& stored : first)
        all.push_back(properties(stored));
    std::map<std::string, int> used;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        std::vector<std::string> parts;
        for (std::size_t p = 0; p < all[i].size(); ++p) {
            const bool differs = std::any_of(
                all.begin(), all.end(), [&](const auto& other) { return other[p] != all[i][p]; });
            if (differs && !all[i][p].empty())
                parts.push_back(all[i][p]);
        }
        std::string name = parts.empty() ? all[i].front() : join(parts, ", ");
        if (name.empty())
            name = fromQString(tr("run"));
        const int number = ++used[name];
        sides[i].name = number > 1 ? name + " (" + std::to_string(number) + ")" : name;
    }
}

Result<std::vector<StoredRecord>> readRecords(const ComparisonRequest& request)
{
    std::map<std::int64_t, StoredRecord> stored;
    RecordFilter filter;
    filter.superseded = true;
    for (const auto& key : request.keys) {
        if (!key.builtin)
            filter.ids.push_back(key.id);
    }
    if (!filter.ids.empty()) {
        auto store = openStoreIfThere(request.file);
        if (!store)
            return tl::unexpected(store.error());
        auto loaded = *store ? (*store)->load(filter) : std::vector<StoredRecord>();
        if (!loaded)
            return tl::unexpected(loaded.error());
        for (auto& record : *loaded)
            stored.emplace(record.id, std::move(record));
    }
    std::vector<StoredRecord> records;
    for (const auto& key : request.keys) {
        if (const auto it = stored.find(key.id); !key.builtin && it != stored.end()) {
            records.push_back(std::move(it->second));
        } else if (key.builtin && request.builtin && key.id >= 1
                   && static_cast<std::size_t>(key.id) <= request.builtin->size()) {
            const auto& measurement = (*request.builtin)[static_cast<std::size_t>(key.id - 1)];
            records.push_back({ key.id,
                                0,
                                "built-in",
                                {},
                                measurement.sourceText,
                                measurement.set,
                                0,
                                measurement.record });
        }
    }
    return records;
}

/** Each measured side with its prediction behind it. */
void addPredictions(ComparedRuns& runs, const Catalog& catalog, const Engine& engine,
                    RunContext& context)
{
    std::vector<ComparedSide> all;
    for (auto& side : runs.sides) {
        PredictedSide predicted = predictedSide(side, catalog, engine, context);
        runs.unpredicted += predicted.missing;
        if (!predicted.reason.empty())
            runs.reason = predicted.reason;
        predicted.side.name = fromQString(tr("%1, predicted").arg(toQString(side.name)));
        all.push_back(std::move(side));
        if (!predicted.side.points.empty())
            all.push_back(std::move(predicted.side));
    }
    runs.sides = std::move(all);
}

} // namespace

std::vector<ComparedSide> comparedSides(const std::vector<StoredRecord>& records, bool grouped)
{
    using Key = std::tuple<std::string, std::string, std::string, std::string, std::string,
                           std::string, std::string, std::size_t>;
    std::map<Key, std::size_t> places;
    std::vector<ComparedSide> sides;
    std::vector<StoredRecord> first;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& record = records[i].record;
        const Key key { record.model,
                        record.precision,
                        record.gpu,
                        record.topology(),
                        join(record.engineVersions, ","),
                        record.tool,
                        records[i].folder + "\n" + record.experimentId,
                        grouped ? std::size_t { 0 } : i };
        const auto [it, added] = places.emplace(key, sides.size());
        if (added) {
            sides.push_back({ {}, records[i].file, false, {} });
            first.push_back(records[i]);
        }
        sides[it->second].points.push_back(record);
    }
    nameSides(sides, first);
    return sides;
}

Result<std::shared_ptr<const ComparedRuns>> compareRuns(const ComparisonRequest& request,
                                                        RunContext& context)
{
    const auto records = readRecords(request);
    if (!records)
        return tl::unexpected(records.error());
    if (records->empty())
        return failure(ErrorCode::NotFound,
                       "none of the selected measurements is in the library any more");
    auto runs = std::make_shared<ComparedRuns>();
    runs->sides = comparedSides(*records, request.grouped);
    std::size_t baseline = request.baseline;
    if (!request.engine.empty()) {
        const auto engine = request.engines->find(request.engine);
        if (!engine)
            return tl::unexpected(engine.error());
        addPredictions(*runs, *request.catalog, **engine, context);
    }
    if (context.cancelled())
        return failure(ErrorCode::Cancelled, "stopped on request");
    baseline = std::min(baseline, runs->sides.size() - 1);
    runs->report = comparisonReport(
        runs->sides, { .baseline = baseline, .targets = request.targets, .date = request.date });
    // The names of many sides would fill a page.
    if (runs->sides.size() > 3)
        runs->report.title =
            fromQString(tr("Comparison of %1 runs and predictions").arg(runs->sides.size()));
    return std::shared_ptr<const ComparedRuns>(std::move(runs));
}

} // namespace llmd

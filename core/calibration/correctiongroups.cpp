// SPDX-License-Identifier: Apache-2.0
#include "correctiongroups.h"

#include <map>
#include <set>

namespace llmd {

std::vector<CorrectionGroup> correctionGroups(const Corrections& corrections)
{
    std::map<CorrectionTraits, CorrectionGroup> groups;
    for (const auto& pair : corrections.pairs()) {
        auto& group = groups[pair.traits];
        if (group.runs++ == 0) {
            group.traits = pair.traits;
            group.correction = corrections.of(pair.candidate);
        }
    }
    std::vector<CorrectionGroup> list;
    for (auto& [traits, group] : groups)
        list.push_back(std::move(group));
    return list;
}

Result<Calibration> calibrationOf(BenchmarkStore& store, const Catalog& catalog,
                                  const Engine& engine, RunContext& context)
{
    const auto records = correctionRecords(store);
    if (!records)
        return tl::unexpected(records.error());
    auto pairs = correctionPairs(*records, catalog, engine, context);
    if (!pairs)
        return tl::unexpected(pairs.error());
    Calibration result;
    const auto active = correctionsActive(store);
    if (!active)
        return tl::unexpected(active.error());
    result.active = *active;
    result.pairs = std::move(*pairs);
    result.corrections = Corrections(result.pairs.pairs);
    auto errors = crossValidate(result.corrections, engine, context);
    if (!errors)
        return tl::unexpected(errors.error());
    result.errors = std::move(*errors);
    return result;
}

Result<Corrections> activeCorrections(BenchmarkStore& store, const Catalog& catalog,
                                      const Engine& engine, RunContext& context)
{
    const auto active = correctionsActive(store);
    if (!active)
        return tl::unexpected(active.error());
    if (!*active)
        return Corrections();
    const auto records = correctionRecords(store);
    if (!records)
        return tl::unexpected(records.error());
    auto pairs = correctionPairs(*records, catalog, engine, context);
    if (!pairs)
        return tl::unexpected(pairs.error());
    return Corrections(std::move(pairs->pairs));
}

Result<> exportCorrectionRuns(BenchmarkStore& store, const Corrections& corrections,
                              const std::filesystem::path& path)
{
    std::set<std::string> used;
    for (const auto& pair : corrections.pairs())
        used.insert(pair.id);
    if (const auto done = store.exportTo(path); !done)
        return done;
    auto copy = BenchmarkStore::open(path);
    if (!copy)
        return tl::unexpected(copy.error());
    RecordFilter all;
    all.superseded = true;
    const auto rows = copy->keys(all, RecordOrder::Imported);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<std::int64_t> others;
    for (const auto& row : *rows) {
        if (!used.contains(std::to_string(row.id)))
            others.push_back(row.id);
    }
    if (const auto removed = copy->remove(others); !removed)
        return tl::unexpected(removed.error());
    if (const auto purged = copy->purge(); !purged)
        return tl::unexpected(purged.error());
    return {};
}

} // namespace llmd

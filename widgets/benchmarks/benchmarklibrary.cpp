// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarklibrary.h"

#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <algorithm>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString listSlot = u"benchmarks.list"_s;
const QString changeSlot = u"benchmarks.change"_s;

using Builtin = std::shared_ptr<const std::vector<BuiltinMeasurement>>;

struct Listed
{
    Builtin builtin;
    LibraryListing listing;
};

void addNames(std::vector<std::string>& names, const std::vector<std::string>& more)
{
    names.insert(names.end(), more.begin(), more.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

Result<Builtin> loadBuiltin()
{
    auto loaded = builtinMeasurements();
    if (!loaded)
        return tl::unexpected(loaded.error());
    return std::make_shared<const std::vector<BuiltinMeasurement>>(std::move(*loaded));
}

Result<> addStored(const std::filesystem::path& file, const LibraryQuery& query,
                   LibraryListing& listing, const RunContext& context)
{
    auto store = openStoreIfThere(file);
    if (!store)
        return tl::unexpected(store.error());
    if (!*store)
        return {};
    auto models = (*store)->models();
    auto gpus = (*store)->gpus();
    if (!models || !gpus)
        return tl::unexpected((models ? gpus : models).error());
    addNames(listing.models, *models);
    addNames(listing.gpus, *gpus);
    if (query.show == LibraryQuery::Show::Builtin)
        return {};
    RecordFilter filter = query.filter;
    filter.removed = query.show == LibraryQuery::Show::Removed;
    filter.superseded = query.show == LibraryQuery::Show::AllFormats;
    auto keys = (*store)->keys(filter, query.order, context);
    if (!keys)
        return tl::unexpected(keys.error());
    listing.keys = std::move(*keys);
    filter.superseded = true;
    const auto all = (*store)->count(filter);
    if (!all)
        return tl::unexpected(all.error());
    listing.superseded = *all - static_cast<std::int64_t>(listing.keys.size());
    return {};
}

void addBuiltin(const std::vector<BuiltinMeasurement>& builtin, const LibraryQuery& query,
                LibraryListing& listing)
{
    std::vector<std::string> models;
    std::vector<std::string> gpus;
    for (const auto& measurement : builtin) {
        models.push_back(measurement.record.model);
        gpus.push_back(measurement.record.gpu);
    }
    addNames(listing.models, models);
    addNames(listing.gpus, gpus);
    if (query.show != LibraryQuery::Show::All && query.show != LibraryQuery::Show::Builtin)
        return;
    for (const auto& row : listBuiltin(builtin, query.filter))
        listing.keys.push_back(keyOf(row, query.order));
}

Result<Listed> listed(const std::filesystem::path& file, const LibraryQuery& query, Builtin builtin,
                      const RunContext& context)
{
    Listed result;
    if (!builtin) {
        auto loaded = loadBuiltin();
        if (!loaded)
            return tl::unexpected(loaded.error());
        builtin = std::move(*loaded);
    }
    result.builtin = std::move(builtin);
    if (const auto done = addStored(file, query, result.listing, context); !done)
        return tl::unexpected(done.error());
    addBuiltin(*result.builtin, query, result.listing);
    sortKeys(result.listing.keys, query.descending);
    // In the order of import the user's own come first, whichever way round.
    if (query.order == RecordOrder::Imported)
        std::stable_partition(result.listing.keys.begin(), result.listing.keys.end(),
                              [](const RecordKey& key) { return !key.builtin; });
    for (auto& key : result.listing.keys)
        key.text = {}; // served its purpose
    return result;
}

RecordSummary goneRow(const RecordKey& key)
{
    RecordSummary row;
    row.id = key.id;
    row.description = fromQString(BenchmarkLibrary::tr("no longer in the library"));
    return row;
}

} // namespace

Result<std::unique_ptr<BenchmarkStore>> openStoreIfThere(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (file.empty() || !std::filesystem::exists(file, ignored))
        return nullptr;
    auto store = BenchmarkStore::open(file);
    if (!store)
        return tl::unexpected(store.error());
    return std::make_unique<BenchmarkStore>(std::move(*store));
}

BenchmarkLibrary::BenchmarkLibrary(std::filesystem::path file, JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_jobs(jobs)
{ }

BenchmarkLibrary::~BenchmarkLibrary()
{
    m_jobs.discard(listSlot);
    // A change that has begun is carried through: the worker has a connection of its own.
    m_jobs.discard(changeSlot);
}

const std::vector<BuiltinMeasurement>& BenchmarkLibrary::builtin() const
{
    static const std::vector<BuiltinMeasurement> none;
    return m_builtin ? *m_builtin : none;
}

void BenchmarkLibrary::list(const LibraryQuery& query, QObject* receiver,
                            std::function<void(Result<LibraryListing>)> done)
{
    m_jobs.run<Listed>(
        listSlot, tr("Listing measurements"),
        [file = m_file, query, builtin = m_builtin](RunContext& context) {
            return listed(file, query, builtin, context);
        },
        receiver,
        [this, done = std::move(done)](Result<Listed> result) {
            if (!result) {
                done(tl::unexpected(result.error()));
                return;
            }
            if (!m_builtin) {
                m_builtin = result->builtin;
                m_builtinRows = listBuiltin(*m_builtin, {});
            }
            done(std::move(result->listing));
        });
}

Result<BenchmarkStore*> BenchmarkLibrary::store()
{
    if (!m_store) {
        auto opened = openStoreIfThere(m_file);
        if (!opened)
            return tl::unexpected(opened.error());
        m_store = std::move(*opened);
    }
    return m_store.get();
}

std::vector<RecordSummary> BenchmarkLibrary::rows(const std::vector<RecordKey>& keys)
{
    RecordFilter filter;
    filter.superseded = true;
    for (const auto& key : keys) {
        if (!key.builtin)
            filter.ids.push_back(key.id);
    }
    std::unordered_map<std::int64_t, RecordSummary> stored;
    const auto connection = filter.ids.empty() ? Result<BenchmarkStore*>(nullptr) : store();
    for (const bool removed : { false, true }) {
        if (!connection || !*connection)
            break;
        filter.removed = removed;
        if (auto found = (*connection)->list(filter)) {
            for (auto& row : *found)
                stored.emplace(row.id, std::move(row));
        }
        if (stored.size() == filter.ids.size())
            break; // the usual case: none of them was removed meanwhile
    }
    std::vector<RecordSummary> rows;
    rows.reserve(keys.size());
    for (const auto& key : keys) {
        const auto index = static_cast<std::size_t>(key.id - 1);
        if (key.builtin && index < m_builtinRows.size())
            rows.push_back(m_builtinRows[index]);
        else if (const auto it = stored.find(key.id); !key.builtin && it != stored.end())
            rows.push_back(std::move(it->second));
        else
            rows.push_back(goneRow(key));
    }
    return rows;
}

Result<StoredRecord> BenchmarkLibrary::record(const RecordKey& key)
{
    const auto gone = failure(ErrorCode::NotFound, "this measurement is no longer in the library");
    if (key.builtin) {
        const auto index = static_cast<std::size_t>(key.id - 1);
        if (index >= builtin().size())
            return gone;
        const BuiltinMeasurement& measurement = builtin()[index];
        return StoredRecord { key.id,          0, "built-in",        {}, measurement.sourceText,
                              measurement.set, 0, measurement.record };
    }
    const auto connection = store();
    if (!connection)
        return tl::unexpected(connection.error());
    if (!*connection)
        return gone;
    RecordFilter filter;
    filter.ids = { key.id };
    filter.superseded = true;
    for (const bool removed : { false, true }) {
        filter.removed = removed;
        auto found = (*connection)->load(filter);
        if (!found)
            return tl::unexpected(found.error());
        if (!found->empty())
            return std::move(found->front());
    }
    return gone;
}

Result<StoredDocument> BenchmarkLibrary::document(std::int64_t id)
{
    const auto connection = store();
    if (!connection)
        return tl::unexpected(connection.error());
    if (!*connection)
        return failure(ErrorCode::NotFound, "there is no store of benchmarks yet");
    return (*connection)->document(id);
}

void BenchmarkLibrary::change(const QString& title, Change work, QObject* receiver,
                              std::function<void(Result<QString>)> done)
{
    m_pending.push_back({ title, std::move(work), receiver, std::move(done) });
    startNext();
}

void BenchmarkLibrary::startNext()
{
    if (m_changing || m_pending.empty())
        return;
    m_changing = true;
    Pending next = std::move(m_pending.front());
    m_pending.pop_front();
    m_jobs.run<QString>(
        changeSlot, next.title,
        [file = m_file, work = next.work](RunContext& context) -> Result<QString> {
            auto opened = BenchmarkStore::open(file);
            if (!opened)
                return tl::unexpected(opened.error());
            return work(*opened, context);
        },
        this,
        [this, receiver = next.receiver, done = next.done](Result<QString> result) {
            m_changing = false;
            emit changed();
            if (receiver)
                done(std::move(result));
            startNext();
        });
}

void BenchmarkLibrary::noteChange()
{
    emit changed();
}

} // namespace llmd

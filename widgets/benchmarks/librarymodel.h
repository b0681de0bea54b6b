// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/store.h>

#include <QAbstractTableModel>

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

namespace llmd {

class BenchmarkLibrary;

/**
 * The rows of the library. It knows the ids of all rows and reads the rows themselves as they come into view, a page at a
 * time, so that a hundred thousand of them cost as little as fifty. Sorting is the store's: `sortRequested` asks for it.
 */
class LibraryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit LibraryModel(BenchmarkLibrary& library, QObject* parent = nullptr);
    ~LibraryModel() override;

    void setKeys(std::vector<RecordKey> keys);
    [[nodiscard]] const std::vector<RecordKey>& keys() const { return m_keys; }
    [[nodiscard]] const RecordKey& key(int row) const
    {
        return m_keys[static_cast<std::size_t>(row)];
    }
    /** The row of a key, -1 if it is not listed. */
    [[nodiscard]] int rowOf(const RecordKey& key) const;
    [[nodiscard]] const RecordSummary& summary(int row) const;
    [[nodiscard]] int columnOf(const QString& id) const;
    /** Rows that have been read and kept. */
    [[nodiscard]] std::size_t rowsInMemory() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    void sortRequested(llmd::RecordOrder order, bool descending);

private:
    using Page = std::vector<RecordSummary>;
    struct Columns;

    BenchmarkLibrary& m_library;
    std::unique_ptr<const Columns> m_columns;
    std::vector<RecordKey> m_keys;
    mutable std::unordered_map<std::size_t, Page> m_pages;
    mutable std::vector<std::size_t> m_pageAges; ///< oldest first
};

/** Where a measurement comes from, in a word. */
[[nodiscard]] QString sourceOf(const RecordSummary& row);

} // namespace llmd

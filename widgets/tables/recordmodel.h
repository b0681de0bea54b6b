// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/numberformat.h>

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>

#include <algorithm>
#include <compare>
#include <functional>
#include <numeric>
#include <vector>

namespace llmd {

/** Roles beyond Qt's that every table model of ours answers. */
enum TableRole {
    SortRole = Qt::UserRole + 1, ///< what the column is sorted by; invalid = no data, always last
    RawRole, ///< the value itself, for copy and export in the C locale
    SearchTextRole, ///< lower-case text of the row's text columns, for the filter line
    ColumnIdRole, ///< of a header: the stable id of the column
    UnitRole, ///< of a header: the unit, empty if none
    PlainTitleRole, ///< of a header: the title without unit
    HiddenRole, ///< of a header: not shown unless the user asks
};

/** One column of a record table. It drives the view, sorting, copy, export and the accessible text alike. */
template <class Row> struct Column
{
    QString id; ///< stable, for settings and CSV consumers
    QString title; ///< translated
    QString unit {}; ///< "ms", "GiB" …; shown in the header
    std::function<QVariant(const Row&)>
        value; ///< raw; an invalid QVariant means that there is no data
    std::function<QString(const QVariant&)>
        text {}; ///< for people; default: numbers by locale, text as it is
    QString toolTip {}; ///< of the header: what the figure means
    bool numeric = false; ///< right-aligned, best first when descending unless `ascendingFirst`
    bool ascendingFirst = false;
    bool hidden = false;
    QString missing {}; ///< shown where there is no value; "no data" unless set
    std::function<QString(const Row&)> cellToolTip {};
};

/** What the header of a table says of a column in each role. */
template <class Row> [[nodiscard]] QVariant columnHeader(const Column<Row>& column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return column.unit.isEmpty() ? column.title
                                     : column.title + QStringLiteral(" [%1]").arg(column.unit);
    case Qt::ToolTipRole:
        return column.toolTip.isEmpty() ? QVariant() : QVariant(column.toolTip);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft)));
    case Qt::InitialSortOrderRole:
        return QVariant::fromValue(static_cast<int>(
            column.numeric && !column.ascendingFirst ? Qt::DescendingOrder : Qt::AscendingOrder));
    case ColumnIdRole:
        return column.id;
    case UnitRole:
        return column.unit;
    case PlainTitleRole:
        return column.title;
    case HiddenRole:
        return column.hidden;
    default:
        return {};
    }
}

/**
 * Table model over a vector of value-typed rows. A subclass gives the columns; sorting is done here with keys taken
 * once per row, so that 10 000 rows sort within a frame. The natural order is the order of the rows that were set.
 */
template <class Row> class RecordModel : public QAbstractTableModel
{
public:
    using ColumnList = std::vector<Column<Row>>;

    explicit RecordModel(ColumnList columns, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
    { }

    /** Replaces all rows; keeps the sort column. */
    void setRows(std::vector<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        m_searchTexts.clear();
        arrange();
        endResetModel();
    }

    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /** The record behind a row of the model. */
    [[nodiscard]] const Row& record(int row) const { return m_rows[recordIndex(row)]; }
    [[nodiscard]] std::size_t recordIndex(int row) const
    {
        return m_order.empty() ? static_cast<std::size_t>(row)
                               : m_order[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const ColumnList& columns() const { return m_columns; }
    /** Position of a column by its id, -1 if there is none. */
    [[nodiscard]] int columnOf(const QString& id) const
    {
        const auto it = std::find_if(m_columns.begin(), m_columns.end(),
                                     [&id](const auto& column) { return column.id == id; });
        return it == m_columns.end() ? -1 : static_cast<int>(it - m_columns.begin());
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Column<Row>& column = m_columns[static_cast<std::size_t>(index.column())];
        const Row& row = record(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return displayText(column, column.value(row));
        case SortRole:
        case RawRole:
            return column.value(row);
        case SearchTextRole:
            return searchText(recordIndex(index.row()));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(
                Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft)));
        case Qt::AccessibleTextRole:
            return accessibleText(column, column.value(row));
        case Qt::ToolTipRole:
            return column.cellToolTip ? QVariant(column.cellToolTip(row)) : QVariant();
        default:
            return extraData(column, row, role);
        }
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return QAbstractTableModel::headerData(section, orientation, role);
        return columnHeader(m_columns[static_cast<std::size_t>(section)], role);
    }

    /** Column -1 gives back the natural order. Rows without data come last in either direction. */
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override
    {
        m_sortColumn = column;
        m_sortOrder = order;
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        std::vector<std::size_t> records;
        records.reserve(static_cast<std::size_t>(before.size()));
        for (const QModelIndex& index : before)
            records.push_back(recordIndex(index.row()));
        arrange();
        std::vector<int> rowOfRecord(m_rows.size());
        for (int row = 0; row < rowCount(); ++row)
            rowOfRecord[recordIndex(row)] = row;
        QModelIndexList after;
        after.reserve(before.size());
        for (qsizetype i = 0; i < before.size(); ++i)
            after.append(
                index(rowOfRecord[records[static_cast<std::size_t>(i)]], before[i].column()));
        changePersistentIndexList(before, after);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

protected:
    /** For roles that the base does not know, such as decorations. */
    [[nodiscard]] virtual QVariant extraData(const Column<Row>& /*column*/, const Row& /*row*/,
                                             int /*role*/) const
    {
        return {};
    }

private:
    static QString displayText(const Column<Row>& column, const QVariant& value)
    {
        if (!value.isValid())
            return !column.numeric         ? QString()
                : column.missing.isEmpty() ? format::noData()
                                           : column.missing;
        if (column.text)
            return column.text(value);
        if (value.typeId() == QMetaType::Double)
            return format::number(value.toDouble());
        if (column.numeric && value.canConvert<qlonglong>())
            return format::integer(value.toLongLong());
        return value.toString();
    }

    static QString accessibleText(const Column<Row>& column, const QVariant& value)
    {
        QString text = column.title + QStringLiteral(": ") + displayText(column, value);
        if (value.isValid() && !column.unit.isEmpty())
            text += QLatin1Char(' ') + column.unit;
        return text;
    }

    QString searchText(std::size_t record) const
    {
        if (m_searchTexts.empty())
            m_searchTexts.resize(m_rows.size());
        QString& text = m_searchTexts[record];
        if (text.isEmpty()) {
            for (const auto& column : m_columns) {
                if (!column.numeric)
                    text += displayText(column, column.value(m_rows[record])).toLower()
                        + QLatin1Char('\n');
            }
        }
        return text;
    }

    /** Recomputes the permutation for the present sort column. */
    void arrange()
    {
        m_order.clear();
        if (m_sortColumn < 0 || m_sortColumn >= columnCount())
            return;
        const Column<Row>& column = m_columns[static_cast<std::size_t>(m_sortColumn)];
        m_order.resize(m_rows.size());
        std::iota(m_order.begin(), m_order.end(), std::size_t { 0 });
        if (column.numeric) {
            std::vector<std::pair<bool, double>> keys(m_rows.size()); // no data?, value
            for (std::size_t i = 0; i < m_rows.size(); ++i) {
                const QVariant value = column.value(m_rows[i]);
                keys[i] = { !value.isValid(), value.toDouble() };
            }
            sortBy(keys, [](double a, double b) { return a < b; });
        } else {
            std::vector<std::pair<bool, QString>> keys(m_rows.size());
            for (std::size_t i = 0; i < m_rows.size(); ++i) {
                const QVariant value = column.value(m_rows[i]);
                keys[i] = { !value.isValid(), value.toString() };
            }
            sortBy(keys, [](const QString& a, const QString& b) {
                return QString::compare(a, b, Qt::CaseInsensitive) < 0;
            });
        }
    }

    template <class Key, class Less>
    void sortBy(const std::vector<std::pair<bool, Key>>& keys, Less less)
    {
        const bool descending = m_sortOrder == Qt::DescendingOrder;
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
            if (keys[a].first || keys[b].first)
                return keys[a].first < keys[b].first;
            return descending ? less(keys[b].second, keys[a].second)
                              : less(keys[a].second, keys[b].second);
        });
    }

    ColumnList m_columns;
    std::vector<Row> m_rows;
    std::vector<std::size_t> m_order; // record of each row; empty = natural order
    mutable std::vector<QString> m_searchTexts; // by record, filled on demand
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace llmd

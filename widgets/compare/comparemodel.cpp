// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparemodel.h"

#include "candidatemark.h"

#include <widgets/support/theme.h>

#include <QFont>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr auto optionColumn = "option";

/** Position of the option that a column is about, -1 for the column of titles. */
int optionOf(const QString& columnId)
{
    const QString prefix = QString::fromLatin1(optionColumn);
    return columnId.startsWith(prefix) ? columnId.mid(prefix.size()).toInt() : -1;
}

RecordModel<CompareRow>::ColumnList columnsFor(const ComparedOptions& options)
{
    RecordModel<CompareRow>::ColumnList columns;
    columns.push_back({ .id = u"property"_s,
                        .title = CompareModel::tr("Property"),
                        .value = [](const CompareRow& row) {
                            return QVariant(row.unit.isEmpty()
                                                ? row.title
                                                : u"%1 [%2]"_s.arg(row.title, row.unit));
                        } });
    for (std::size_t i = 0; i < options.size(); ++i) {
        columns.push_back(
            { .id = QString::fromLatin1(optionColumn) + QString::number(i),
              .title = u"%1: %2"_s.arg(letterOf(i), options.names[static_cast<qsizetype>(i)]),
              .value = [i](const CompareRow& row) {
                  return row.kind == CompareRow::Kind::Fold ? QVariant() : row.values[i];
              } });
    }
    return columns;
}

CompareRow rowOf(const MeasureRow& measure)
{
    CompareRow row {
        CompareRow::Kind::Property, measure.title, measure.unit, measure.texts, {}, {}
    };
    for (std::size_t i = 0; i < measure.values.size(); ++i) {
        row.values.push_back(measure.values[i] ? QVariant(*measure.values[i]) : QVariant());
        row.best.push_back(measure.isBest(i) ? 1 : 0);
    }
    return row;
}

CompareRow rowOf(const FactRow& fact)
{
    CompareRow row { CompareRow::Kind::Property, fact.title, {}, fact.texts, {}, {} };
    for (const QString& text : fact.texts)
        row.values.push_back(text);
    row.best.assign(fact.texts.size(), 0);
    return row;
}

} // namespace

QString brokenName(const QString& name)
{
    const qsizetype comma = name.indexOf(u", "_s);
    return comma < 0 ? name : name.left(comma) + u'\n' + name.mid(comma + 2);
}

CompareModel::CompareModel(const ComparedOptions& options, bool unfolded, QObject* parent)
    : RecordModel(columnsFor(options), parent)
{
    for (std::size_t i = 0; i < options.size(); ++i)
        m_headers.append(brokenName(options.names[static_cast<qsizetype>(i)]));
    std::vector<CompareRow> different;
    std::vector<CompareRow> same;
    for (const MeasureRow& measure : options.measures)
        (measure.differs() ? different : same).push_back(rowOf(measure));
    for (const FactRow& fact : options.facts)
        (fact.differs() ? different : same).push_back(rowOf(fact));
    m_same = same.size();
    if (!same.empty()) {
        const QString title =
            (unfolded ? tr("▾ The same in all (%1)") : tr("▸ The same in all (%1)"))
                .arg(format::integer(static_cast<qint64>(same.size())));
        different.push_back({ CompareRow::Kind::Fold, title, {}, {}, {}, {} });
        if (unfolded)
            different.insert(different.end(), same.begin(), same.end());
    }
    setRows(std::move(different));
}

int CompareModel::foldRow() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (record(row).kind == CompareRow::Kind::Fold)
            return row;
    }
    return -1;
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const int option = section - 1;
    if (orientation == Qt::Horizontal && option >= 0 && option < m_headers.size()) {
        if (role == Qt::DisplayRole)
            return u"%1  %2"_s.arg(letterOf(static_cast<std::size_t>(option)), m_headers[option]);
        if (role == Qt::DecorationRole)
            return candidateMark(static_cast<std::size_t>(option), QGuiApplication::palette());
        if (role == Qt::ToolTipRole)
            return columns()[static_cast<std::size_t>(section)].title;
    }
    return RecordModel::headerData(section, orientation, role);
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    // Rows have units of their own, so that a figure is written by its row and not by its column.
    if (role == Qt::DisplayRole && index.isValid()) {
        const int option = optionOf(columns()[static_cast<std::size_t>(index.column())].id);
        const CompareRow& row = record(index.row());
        if (option >= 0 && static_cast<std::size_t>(option) < row.texts.size())
            return row.texts[static_cast<std::size_t>(option)];
    }
    return RecordModel::data(index, role);
}

QVariant CompareModel::extraData(const Column<CompareRow>& column, const CompareRow& row,
                                 int role) const
{
    const int option = optionOf(column.id);
    if (row.kind == CompareRow::Kind::Fold)
        return {};
    if (option < 0)
        return {};
    if (role == Qt::FontRole && row.best[static_cast<std::size_t>(option)] != 0) {
        QFont font;
        font.setBold(true);
        return font;
    }
    return {};
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "librarymodel.h"

#include "benchmarklibrary.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/recordmodel.h>

#include <algorithm>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr std::size_t pageSize = 128;
constexpr std::size_t mostPages = 64;

/** A column with the order that sorts it. */
struct LibraryColumn
{
    Column<RecordSummary> column;
    RecordOrder order;
};

QVariant textValue(const std::string& text)
{
    return text.empty() ? QVariant() : QVariant(toQString(text));
}

template <class T> QVariant numberValue(const std::optional<T>& value, double scale = 1)
{
    return value ? QVariant(static_cast<double>(*value) * scale) : QVariant();
}

LibraryColumn textColumn(const QString& id, const QString& title, RecordOrder order,
                         std::string RecordSummary::*field, const QString& toolTip = {})
{
    return { { .id = id,
               .title = title,
               .value = [field](const RecordSummary& row) { return textValue(row.*field); },
               .toolTip = toolTip },
             order };
}

template <class T>
LibraryColumn numberColumn(const QString& id, const QString& title, const QString& unit,
                           RecordOrder order, std::optional<T> RecordSummary::*field, double scale,
                           const QString& toolTip)
{
    LibraryColumn result { { .id = id,
                             .title = title,
                             .unit = unit,
                             .value =
                                 [field, scale](const RecordSummary& row) {
                                     return numberValue(row.*field, scale);
                                 },
                             .toolTip = toolTip,
                             .numeric = true },
                           order };
    if constexpr (std::is_same_v<T, int>)
        result.column.text = [](const QVariant& value) {
            return format::integer(value.toLongLong());
        };
    return result;
}

std::vector<LibraryColumn> descriptiveColumns()
{
    std::vector<LibraryColumn> columns {
        textColumn(u"model"_s, LibraryModel::tr("Model"), RecordOrder::Model,
                   &RecordSummary::model),
        textColumn(u"gpu"_s, LibraryModel::tr("GPU"), RecordOrder::Gpu, &RecordSummary::gpu),
        numberColumn(u"gpus"_s, LibraryModel::tr("GPUs"), {}, RecordOrder::Gpus,
                     &RecordSummary::gpus, 1, LibraryModel::tr("GPUs of the whole deployment")),
        textColumn(u"topology"_s, LibraryModel::tr("Topology"), RecordOrder::Topology,
                   &RecordSummary::topology),
        textColumn(u"engine"_s, LibraryModel::tr("Engine"), RecordOrder::EngineVersion,
                   &RecordSummary::engineVersion,
                   LibraryModel::tr("The serving engine and its version")),
    };
    columns.back().column.value = [](const RecordSummary& row) {
        return textValue(row.engineText());
    };
    columns.front().column.cellToolTip = [](const RecordSummary& row) {
        return toQString(row.description).toHtmlEscaped();
    };
    return columns;
}

std::vector<LibraryColumn> figureColumns()
{
    const QString ms = u"ms"_s;
    std::vector<LibraryColumn> columns {
        numberColumn(u"input"_s, LibraryModel::tr("Prompt"), LibraryModel::tr("tokens"),
                     RecordOrder::Input, &RecordSummary::input, 1,
                     LibraryModel::tr("Mean length of the prompts")),
        numberColumn(u"output"_s, LibraryModel::tr("Output"), LibraryModel::tr("tokens"),
                     RecordOrder::Output, &RecordSummary::output, 1,
                     LibraryModel::tr("Mean length of the answers")),
        numberColumn(
            u"rate"_s, LibraryModel::tr("Rate"), LibraryModel::tr("1/s"), RecordOrder::Rate,
            &RecordSummary::rate, 1,
            LibraryModel::tr("Requests that were sent per second; none if the load was a number of "
                             "requests at once")),
        numberColumn(u"concurrency"_s, LibraryModel::tr("At once"), {}, RecordOrder::Concurrency,
                     &RecordSummary::concurrency, 1,
                     LibraryModel::tr("Requests that were under way at once")),
        numberColumn(u"ttft"_s, LibraryModel::tr("TTFT"), ms, RecordOrder::Ttft,
                     &RecordSummary::ttft, 1e3, LibraryModel::tr("Mean time to first token")),
        numberColumn(u"tpot"_s, LibraryModel::tr("TPOT"), ms, RecordOrder::Tpot,
                     &RecordSummary::tpot, 1e3,
                     LibraryModel::tr("Mean time per output token after the first")),
        numberColumn(u"e2e"_s, LibraryModel::tr("E2E"), ms, RecordOrder::E2e, &RecordSummary::e2e,
                     1e3, LibraryModel::tr("Mean time of a whole request")),
        numberColumn(u"output_rate"_s, LibraryModel::tr("Throughput"), LibraryModel::tr("tokens/s"),
                     RecordOrder::OutputRate, &RecordSummary::outputRate, 1,
                     LibraryModel::tr("Output tokens per second of all users")),
        numberColumn(u"success"_s, LibraryModel::tr("Answered"), u"%"_s, RecordOrder::SuccessRate,
                     &RecordSummary::successRate, 100,
                     LibraryModel::tr("Share of the requests that were answered")),
    };
    for (auto& each : columns)
        each.column.ascendingFirst = each.column.unit == ms;
    columns[6].column.hidden = true;
    return columns;
}

std::vector<LibraryColumn> originColumns()
{
    std::vector<LibraryColumn> columns {
        { { .id = u"source"_s,
            .title = LibraryModel::tr("Source"),
            .value = [](const RecordSummary& row) { return QVariant(sourceOf(row)); },
            .toolTip =
                LibraryModel::tr("The load generator of an imported report, or who published a "
                                 "measurement that the program brings along"),
            .cellToolTip =
                [](const RecordSummary& row) { return toQString(row.file).toHtmlEscaped(); } },
          RecordOrder::Tool },
        { { .id = u"date"_s,
            .title = LibraryModel::tr("Date"),
            .value =
                [](const RecordSummary& row) {
                    return textValue(row.date.substr(0, 10)); // without the time of day
                },
            .toolTip =
                LibraryModel::tr("Of the measurement if the report says, else of its import") },
          RecordOrder::Date },
        textColumn(u"precision"_s, LibraryModel::tr("Precision"), RecordOrder::Precision,
                   &RecordSummary::precision, LibraryModel::tr("Of the weights")),
        textColumn(u"file"_s, LibraryModel::tr("File"), RecordOrder::File, &RecordSummary::file),
    };
    columns[2].column.hidden = true;
    columns[3].column.hidden = true;
    return columns;
}

} // namespace

struct LibraryModel::Columns
{
    std::vector<LibraryColumn> all;

    Columns()
        : all(descriptiveColumns())
    {
        for (auto* more : { &figureColumns, &originColumns }) {
            for (auto& column : more())
                all.push_back(std::move(column));
        }
    }
    [[nodiscard]] const LibraryColumn& at(int column) const
    {
        return all[static_cast<std::size_t>(column)];
    }
};

namespace {

QString shownText(const Column<RecordSummary>& column, const QVariant& value)
{
    if (!value.isValid())
        return column.numeric ? u"–"_s : QString(); // most rows lack some figure
    if (column.text)
        return column.text(value);
    return column.numeric ? format::number(value.toDouble()) : value.toString();
}

} // namespace

QString sourceOf(const RecordSummary& row)
{
    if (!row.builtinSet.empty())
        return LibraryModel::tr("built in: %1").arg(toQString(row.builtinSet));
    const QString tool = toQString(row.tool.empty() ? row.format : row.tool);
    return row.byHand ? LibraryModel::tr("%1, completed by hand").arg(tool) : tool;
}

LibraryModel::LibraryModel(BenchmarkLibrary& library, QObject* parent)
    : QAbstractTableModel(parent)
    , m_library(library)
    , m_columns(std::make_unique<Columns>())
{ }

LibraryModel::~LibraryModel() = default;

void LibraryModel::setKeys(std::vector<RecordKey> keys)
{
    beginResetModel();
    m_keys = std::move(keys);
    m_pages.clear();
    m_pageAges.clear();
    endResetModel();
}

int LibraryModel::rowOf(const RecordKey& key) const
{
    const auto it = std::find_if(m_keys.begin(), m_keys.end(), [&key](const RecordKey& each) {
        return each.id == key.id && each.builtin == key.builtin;
    });
    return it == m_keys.end() ? -1 : static_cast<int>(it - m_keys.begin());
}

const RecordSummary& LibraryModel::summary(int row) const
{
    const auto position = static_cast<std::size_t>(row);
    const std::size_t number = position / pageSize;
    auto page = m_pages.find(number);
    if (page == m_pages.end()) {
        if (m_pages.size() >= mostPages) {
            m_pages.erase(m_pageAges.front());
            m_pageAges.erase(m_pageAges.begin());
        }
        const auto first = m_keys.begin() + static_cast<std::ptrdiff_t>(number * pageSize);
        const auto last = m_keys.begin()
            + static_cast<std::ptrdiff_t>(std::min((number + 1) * pageSize, m_keys.size()));
        page = m_pages.emplace(number, m_library.rows({ first, last })).first;
        m_pageAges.push_back(number);
    }
    return page->second[position % pageSize];
}

int LibraryModel::columnOf(const QString& id) const
{
    const auto it = std::find_if(m_columns->all.begin(), m_columns->all.end(),
                                 [&id](const auto& each) { return each.column.id == id; });
    return it == m_columns->all.end() ? -1 : static_cast<int>(it - m_columns->all.begin());
}

std::size_t LibraryModel::rowsInMemory() const
{
    std::size_t count = 0;
    for (const auto& [number, page] : m_pages)
        count += page.size();
    return count;
}

int LibraryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int LibraryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns->all.size());
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& column = m_columns->at(index.column()).column;
    switch (role) {
    case Qt::DisplayRole:
        return shownText(column, column.value(summary(index.row())));
    case SortRole:
    case RawRole:
        return column.value(summary(index.row()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft)));
    case Qt::AccessibleTextRole: {
        const QVariant value = column.value(summary(index.row()));
        const QString text = tr("%1: %2").arg(
            column.title,
            value.isValid() || !column.numeric ? shownText(column, value) : format::noData());
        return value.isValid() && !column.unit.isEmpty() ? tr("%1 %2").arg(text, column.unit)
                                                         : text;
    }
    case Qt::ToolTipRole:
        return column.cellToolTip ? QVariant(column.cellToolTip(summary(index.row()))) : QVariant();
    default:
        return {};
    }
}

QVariant LibraryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return QAbstractTableModel::headerData(section, orientation, role);
    return columnHeader(m_columns->at(section).column, role);
}

void LibraryModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        emit sortRequested(RecordOrder::Imported, true); // the newest first
    else
        emit sortRequested(m_columns->at(column).order, order == Qt::DescendingOrder);
}

} // namespace llmd

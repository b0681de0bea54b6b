// SPDX-License-Identifier: Apache-2.0
#include "csv.h"

#include "text.h"

#include <set>

namespace llmd {

namespace {

class CsvReader
{
public:
    CsvReader(std::string_view text, std::string name)
        : m_text(text)
        , m_name(std::move(name))
    {
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF")
            m_text.remove_prefix(3);
    }

    /** The next row that is neither empty nor a comment; false at the end of the text. */
    Result<bool> next(CsvRow& row, std::size_t maxCells)
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '#') {
                skipLine();
                continue;
            }
            if (takeLineEnd())
                continue;
            return readRow(row, maxCells).map([] { return true; });
        }
        return false;
    }

    [[nodiscard]] tl::unexpected<Error> error(ErrorCode code, std::string detail,
                                              int line = 0) const
    {
        return failure(code, std::move(detail), Location { m_name, line > 0 ? line : m_line, 0 });
    }

private:
    void skipLine()
    {
        while (m_at < m_text.size() && !takeLineEnd())
            ++m_at;
    }

    bool takeLineEnd()
    {
        if (m_at < m_text.size() && m_text[m_at] == '\r' && m_text.substr(m_at, 2) == "\r\n")
            ++m_at;
        if (m_at >= m_text.size() || m_text[m_at] != '\n')
            return false;
        ++m_at;
        ++m_line;
        return true;
    }

    Result<> readRow(CsvRow& row, std::size_t maxCells)
    {
        row.line = m_line;
        row.cells.clear();
        for (;;) {
            if (row.cells.size() == maxCells)
                return error(ErrorCode::LimitExceeded,
                             "the row has more cells than the " + std::to_string(maxCells)
                                 + " columns; quote cells that hold commas");
            std::string cell;
            if (auto result = readCell(cell); !result)
                return result;
            row.cells.push_back(std::move(cell));
            if (m_at >= m_text.size() || takeLineEnd())
                return {};
            ++m_at; // the comma
        }
    }

    Result<> readCell(std::string& cell)
    {
        if (m_at < m_text.size() && m_text[m_at] == '"')
            return readQuoted(cell);
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\n'
               && m_text.substr(m_at, 2) != "\r\n") {
            if (m_text[m_at] == '"')
                return error(
                    ErrorCode::Syntax,
                    "a quote inside an unquoted cell; put the whole cell in quotes and double it");
            ++m_at;
        }
        cell = m_text.substr(begin, m_at - begin);
        return {};
    }

    Result<> readQuoted(std::string& cell)
    {
        const int opened = m_line;
        ++m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"') {
                if (m_at < m_text.size() && m_text[m_at] == '"') {
                    cell += '"';
                    ++m_at;
                    continue;
                }
                const bool ends = m_at >= m_text.size() || m_text[m_at] == ','
                    || m_text[m_at] == '\n' || m_text.substr(m_at, 2) == "\r\n";
                if (!ends)
                    return error(ErrorCode::Syntax, "text after the closing quote of a cell");
                return {};
            }
            if (c == '\n')
                ++m_line;
            cell += c;
        }
        return error(ErrorCode::Syntax, "the quote that opens a cell here is never closed", opened);
    }

    std::string_view m_text;
    std::string m_name;
    std::size_t m_at = 0;
    int m_line = 1;
};

Result<> checkHeader(const CsvTable& table, int line)
{
    std::set<std::string> seen;
    for (const std::string& column : table.columns) {
        const Location where { table.name, line, 0 };
        if (column.empty())
            return failure(ErrorCode::Syntax, "a column has no name in the header row", where);
        if (!seen.insert(toLower(column)).second)
            return failure(ErrorCode::Syntax, "the column \"" + column + "\" is there twice",
                           where);
    }
    return {};
}

} // namespace

Result<CsvTable> parseCsv(std::string_view text, std::string name, CsvLimits limits)
{
    CsvTable table;
    table.name = name;
    CsvReader reader(text, std::move(name));
    if (text.size() > limits.bytes)
        return reader.error(ErrorCode::LimitExceeded,
                            "the file is larger than "
                                + printSize(Bytes(static_cast<double>(limits.bytes))));
    if (!isValidUtf8(text))
        return reader.error(ErrorCode::Syntax, "the file is not valid UTF-8; save it as UTF-8");
    CsvRow header;
    auto more = reader.next(header, limits.columns);
    if (!more)
        return tl::unexpected(more.error());
    if (!*more)
        return reader.error(ErrorCode::Syntax,
                            "there is no header row; the first line must name the columns");
    for (const std::string& cell : header.cells)
        table.columns.emplace_back(trimmed(cell));
    if (auto result = checkHeader(table, header.line); !result)
        return tl::unexpected(result.error());
    CsvRow row;
    while ((more = reader.next(row, table.columns.size())) && *more) {
        if (row.cells.size() != table.columns.size()) {
            return reader.error(ErrorCode::Syntax,
                                "the row has " + std::to_string(row.cells.size())
                                    + " cells; expected " + std::to_string(table.columns.size())
                                    + " as in the header",
                                row.line);
        }
        if (table.rows.size() == limits.rows)
            return reader.error(ErrorCode::LimitExceeded,
                                "the file has more than " + std::to_string(limits.rows) + " rows");
        table.rows.push_back(row);
    }
    if (!more)
        return tl::unexpected(more.error());
    return table;
}

std::optional<std::size_t> CsvTable::column(std::string_view columnName) const
{
    const std::string wanted = toLower(trimmed(columnName));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (toLower(columns[i]) == wanted)
            return i;
    }
    return std::nullopt;
}

Result<> CsvTable::requireColumns(const std::vector<std::string>& names) const
{
    std::vector<std::string> missing;
    for (const std::string& each : names) {
        if (!column(each))
            missing.push_back(each);
    }
    if (missing.empty())
        return {};
    return failure(ErrorCode::MissingField,
                   "these columns are missing: " + join(missing, ", ")
                       + "; found: " + join(columns, ", "),
                   Location { name, 0, 0 });
}

std::string_view CsvTable::text(const CsvRow& row, std::string_view columnName) const
{
    const auto index = column(columnName);
    return index && *index < row.cells.size() ? trimmed(row.cells[*index]) : std::string_view();
}

Result<std::optional<double>> CsvTable::number(const CsvRow& row, std::string_view columnName) const
{
    const std::string_view cell = text(row, columnName);
    if (cell.empty())
        return std::optional<double>();
    const auto value = parseNumber(cell);
    if (!value) {
        return failure(ErrorCode::WrongType,
                       "column " + std::string(columnName) + ": \"" + std::string(cell)
                           + "\" is not a number",
                       Location { name, row.line, 0 });
    }
    return std::optional(*value);
}

Result<std::optional<long long>> CsvTable::integer(const CsvRow& row,
                                                   std::string_view columnName) const
{
    const std::string_view cell = text(row, columnName);
    if (cell.empty())
        return std::optional<long long>();
    const auto value = parseInteger(cell);
    if (!value) {
        return failure(ErrorCode::WrongType,
                       "column " + std::string(columnName) + ": \"" + std::string(cell)
                           + "\" is not a whole number",
                       Location { name, row.line, 0 });
    }
    return std::optional(*value);
}

std::string csvLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (const auto& cell : cells) {
        if (&cell != &cells.front())
            line += ',';
        // A leading '#' would make the line a comment to our own reader, an empty single cell no line at all.
        const bool quote = cell.find_first_of(",\"\r\n") != std::string::npos || cell.starts_with('#')
            || (cells.size() == 1 && cell.empty());
        if (!quote) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\n";
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

struct CsvLimits
{
    std::size_t bytes = 64u << 20;
    std::size_t rows = 1'000'000;
    std::size_t columns = 1024;
};

struct CsvRow
{
    int line = 0; ///< in the file, of the first character of the row
    std::vector<std::string> cells; ///< as many as there are columns
};

/** A table with a header row; cells are text until they are asked for as something else. */
struct CsvTable
{
    std::string name; ///< file name, for messages
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;

    /** By name, ignoring case and surrounding spaces. */
    [[nodiscard]] std::optional<std::size_t> column(std::string_view columnName) const;
    /** An error that lists all of `names` that are missing. */
    [[nodiscard]] Result<> requireColumns(const std::vector<std::string>& names) const;
    /** The trimmed cell; empty if the column does not exist. */
    [[nodiscard]] std::string_view text(const CsvRow& row, std::string_view columnName) const;
    /** No value for an empty cell or an absent column; an error with the line for text that is not
     * a finite number. */
    [[nodiscard]] Result<std::optional<double>> number(const CsvRow& row,
                                                       std::string_view columnName) const;
    /** The same for whole numbers. */
    [[nodiscard]] Result<std::optional<long long>> integer(const CsvRow& row,
                                                           std::string_view columnName) const;
};

/**
 * Reads comma-separated text as RFC 4180 describes it: quoted cells may hold commas, line breaks
 * and doubled quotes; line ends may be LF or CRLF; a byte order mark is skipped. Lines that start
 * with `#` outside quotes and empty lines are left out. The first remaining line names the columns.
 * Fails, with the line, on a row of another length, a stray or open quote, an empty or doubled
 * column name, invalid UTF-8, and on anything over the limits.
 */
[[nodiscard]] Result<CsvTable> parseCsv(std::string_view text, std::string name = {},
                                        CsvLimits limits = {});

/** One row with a line break at its end; cells with commas, quotes or line breaks are quoted. */
[[nodiscard]] std::string csvLine(const std::vector<std::string>& cells);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace llmd::cli {

/** A table for terminals: columns as wide as their content, numbers to the right. */
class TextTable
{
public:
    enum class Align { Left, Right };
    struct Column
    {
        std::string title;
        Align align = Align::Left;
    };

    explicit TextTable(std::vector<Column> columns)
        : m_columns(std::move(columns))
    { }

    void addRow(std::vector<std::string> cells); ///< missing cells stay empty
    [[nodiscard]] std::string print() const; ///< with a final line break

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace llmd::cli

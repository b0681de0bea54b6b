// SPDX-License-Identifier: Apache-2.0
#include "texttable.h"

#include <algorithm>

namespace llmd::cli {

namespace {

/** Characters, not bytes: enough for the Latin text and the few symbols that we print. */
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

} // namespace

void TextTable::addRow(std::vector<std::string> cells)
{
    cells.resize(m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::string TextTable::print() const
{
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        std::size_t widest = width(m_columns[c].title);
        for (const auto& row : m_rows)
            widest = std::max(widest, width(row[c]));
        widths.push_back(widest);
    }
    const auto line = [&](const auto& cell) {
        std::string text;
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            const std::string& value = cell(c);
            const std::string padding(widths[c] - width(value), ' ');
            text += m_columns[c].align == Align::Right ? padding + value : value + padding;
            text += "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text + "\n";
    };
    std::string text =
        line([&](std::size_t c) -> const std::string& { return m_columns[c].title; });
    for (const auto& row : m_rows)
        text += line([&](std::size_t c) -> const std::string& { return row[c]; });
    return text;
}

} // namespace llmd::cli

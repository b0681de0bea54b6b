// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QString>

#include <vector>

class QAbstractItemModel;

namespace llmd {

/** A rectangular part of a model to be written as text: rows and columns in the order in which they are to appear. */
struct TablePart
{
    const QAbstractItemModel* model = nullptr;
    std::vector<int> rows;
    std::vector<int> columns;
    bool header = true;
};

[[nodiscard]] TablePart wholeTable(const QAbstractItemModel& model);

/** RFC 4180 with "\n", UTF-8, numbers in the C locale, units in the header in brackets. */
[[nodiscard]] QString toCsv(const TablePart& part);
/** Tab-separated for spreadsheets: cells with tabs, newlines or quotes are quoted. */
[[nodiscard]] QString toTsv(const TablePart& part);
/** A plain HTML table with escaped text, for word processors and mail. */
[[nodiscard]] QString toHtmlTable(const TablePart& part);
/** TSV and HTML together on the clipboard. */
void copyToClipboard(const TablePart& part);
/** Writes CSV at once or not at all; false if the file cannot be written (`error` says why). */
[[nodiscard]] bool saveCsv(const TablePart& part, const QString& path, QString& error);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemModel;
class QLineEdit;
class QMenu;
class QTableView;

namespace llmd {

class FilterProxy;

/**
 * Puts a RecordModel behind a view the way all our tables have it: filter proxy, sorting by header (a third click gives
 * back the natural order), a header menu to show, hide and reset columns, columns hidden that ask for it.
 */
FilterProxy* setUpTable(QTableView& view, QAbstractItemModel& model);
/** Connects a filter line: words typed there filter at once, Esc clears it, Ctrl+F in the window goes there. */
void connectFilterLine(QLineEdit& line, FilterProxy& proxy);
/** Fills a menu with one checkable entry per column and "Reset Columns". */
void fillColumnMenu(QMenu& menu, QTableView& view);
/** Widths to header and the rows now visible, each at most `maxCharacters` wide. */
void fitColumns(QTableView& view, int maxCharacters = 40);

} // namespace llmd

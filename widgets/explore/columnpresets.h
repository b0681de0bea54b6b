// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenu;

namespace llmd {

class CopyTableView;
class OptionsModel;

/** Adds entries to a menu that each show one set of columns of the ranked options: for costs, latency, throughput … */
void addColumnPresets(QMenu& menu, CopyTableView& view, const OptionsModel& model);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QMimeData;

namespace llmd {

/** What was dropped on the window: a plan to open, or reports to import. */
struct DroppedFiles
{
    QString plan; ///< plan, requirements, spec or sweep; empty if there is none
    QStringList reports; ///< files, folders and archives with measurements

    [[nodiscard]] bool isEmpty() const { return plan.isEmpty() && reports.isEmpty(); }
};

/** Local files that the window may take, by their names only: for as long as something is dragged over it. */
[[nodiscard]] bool canTake(const QMimeData& data);
/**
 * Tells plans from reports: by the suffix where that says it, else by what a file holds. Several files, folders, archives and large
 * files are reports. Reads at most a megabyte.
 */
[[nodiscard]] DroppedFiles sortDropped(const QStringList& paths);
[[nodiscard]] QStringList localPaths(const QMimeData& data);

} // namespace llmd

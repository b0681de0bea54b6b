// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCustomPlot;
class QPrinter;

namespace llmd {

/** A plot as PNG (twice its size on screen), SVG or PDF by the suffix of the path; false with a reason on failure. */
[[nodiscard]] bool savePlot(QCustomPlot& plot, const QString& path, const QString& title,
                            QString& error);
/** A plot on one page as lines and letters, as large as the page allows; false if the printer cannot be used. */
[[nodiscard]] bool printPlot(QCustomPlot& plot, QPrinter& printer);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/charts/qcp.h>

#include <QPalette>
#include <QPixmap>

namespace llmd {

struct ChartTheme;

/** Shape and colour of the option at a place of the comparison: the same in charts, tables and on paper. */
[[nodiscard]] QCPScatterStyle candidateStyle(std::size_t option, const ChartTheme& theme,
                                             double size);
/** The mark as a picture in the size of a line of text. */
[[nodiscard]] QPixmap candidateMark(std::size_t option, const QPalette& palette);

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "charttheme.h"

#include "qcp.h"

#include <widgets/support/theme.h>

namespace llmd {

namespace {

// Blue, vermilion, bluish green, reddish purple, orange, sky blue, yellow and a neutral. Hues as in M. Okabe and K. Ito,
// "Color Universal Design" (2008); lightness moved so that each has 3:1 on its background.
constexpr std::array<QRgb, ChartTheme::seriesCount> lightSeries { 0x0072b2, 0xd05500, 0x008a64,
                                                                  0xb5548f, 0xa87200, 0x2484bd,
                                                                  0x857a00, 0x5a6270 };
constexpr std::array<QRgb, ChartTheme::seriesCount> darkSeries { 0x3f9fe0, 0xf07b2e, 0x1fbf92,
                                                                 0xd98ab5, 0xe69f00, 0x7cc7f0,
                                                                 0xe8dc55, 0xa9b2c0 };

} // namespace

ChartTheme chartTheme(const QPalette& palette, const QFont& font)
{
    const Tones colors = tones(palette);
    ChartTheme theme;
    theme.dark = isDark(palette);
    theme.background = palette.color(QPalette::Active, QPalette::Base);
    theme.text = palette.color(QPalette::Active, QPalette::Text);
    theme.axis = mixed(theme.background, theme.text, 0.55);
    theme.grid = mixed(theme.background, theme.text, theme.dark ? 0.13 : 0.10);
    theme.accent = colors.accent;
    theme.target = colors.error;
    theme.faint = mixed(theme.background, theme.text, 0.42);
    const auto& list = theme.dark ? darkSeries : lightSeries;
    for (std::size_t i = 0; i < list.size(); ++i)
        theme.series[i] = QColor(list[i]);
    theme.shadeLow = mixed(theme.background, theme.series[0], 0.12);
    theme.shadeHigh = mixed(theme.series[0], theme.text, theme.dark ? 0.25 : 0.45);
    theme.font = font;
    return theme;
}

void applyChartTheme(QCPAxis& axis, const ChartTheme& theme)
{
    axis.setBasePen(QPen(theme.axis));
    axis.setTickPen(QPen(theme.axis));
    axis.setSubTickPen(QPen(theme.axis));
    axis.setTickLabelColor(theme.text);
    axis.setLabelColor(theme.text);
    axis.setTickLabelFont(theme.font);
    axis.setLabelFont(theme.font);
    axis.setSelectedBasePen(QPen(theme.accent));
    axis.setSelectedTickPen(QPen(theme.accent));
    axis.setSelectedSubTickPen(QPen(theme.accent));
    axis.setSelectedTickLabelColor(theme.accent);
    axis.setSelectedLabelColor(theme.accent);
    axis.grid()->setPen(QPen(theme.grid));
    axis.grid()->setSubGridPen(QPen(mixed(theme.background, theme.grid, 0.6)));
    axis.grid()->setZeroLinePen(QPen(theme.axis));
}

void applyChartTheme(QCPAxisRect& rect, const ChartTheme& theme)
{
    for (QCPAxis* axis : rect.axes())
        applyChartTheme(*axis, theme);
}

void applyChartTheme(QCustomPlot& plot, const ChartTheme& theme)
{
    plot.setBackground(QBrush(theme.background));
    for (QCPAxisRect* rect : plot.axisRects())
        applyChartTheme(*rect, theme);
    QColor legendBackground = theme.background;
    legendBackground.setAlphaF(0.85F);
    plot.legend->setBrush(legendBackground);
    plot.legend->setBorderPen(Qt::NoPen);
    plot.legend->setTextColor(theme.text);
    plot.legend->setSelectedTextColor(theme.text);
    plot.legend->setFont(theme.font);
    plot.legend->setSelectedFont(theme.font);
    QColor band = theme.accent;
    band.setAlphaF(0.15F);
    plot.selectionRect()->setPen(QPen(theme.accent));
    plot.selectionRect()->setBrush(band);
}

int markerShape(std::size_t series)
{
    constexpr std::array shapes { QCPScatterStyle::ssDisc,
                                  QCPScatterStyle::ssSquare,
                                  QCPScatterStyle::ssTriangle,
                                  QCPScatterStyle::ssDiamond,
                                  QCPScatterStyle::ssCross,
                                  QCPScatterStyle::ssPlus,
                                  QCPScatterStyle::ssTriangleInverted };
    return shapes[series % shapes.size()];
}

} // namespace llmd

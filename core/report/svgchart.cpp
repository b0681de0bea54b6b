// SPDX-License-Identifier: Apache-2.0
#include "svgchart.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double width = 680;
constexpr double height = 360;
constexpr double left = 74;
constexpr double right = 20;
constexpr double top = 14;
constexpr double bottom = 52;
constexpr std::size_t labelLimit = 60;

/** Okabe and Ito's colours, which people with any colour vision tell apart; yellow left out, too pale on white. */
constexpr std::array<const char*, 7> colours { "#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                               "#56B4E9", "#E69F00", "#000000" };
constexpr std::array<const char*, 4> dashes { "", "7 3", "2 3", "9 3 2 3" };

/** Values of one direction to places on the page. */
class Axis
{
public:
    Axis(double low, double high, bool log, double from, double to)
        : m_low(log ? std::log10(low) : low)
        , m_high(log ? std::log10(high) : high)
        , m_log(log)
        , m_from(from)
        , m_to(to)
    { }
    [[nodiscard]] double at(double value) const
    {
        const double v = m_log ? std::log10(std::max(value, 1e-300)) : value;
        const double share = std::clamp((v - m_low) / (m_high - m_low), -0.5, 1.5);
        return m_from + share * (m_to - m_from);
    }
    [[nodiscard]] bool holds(double value) const
    {
        const double place = at(value);
        return place >= std::min(m_from, m_to) - 0.5 && place <= std::max(m_from, m_to) + 0.5;
    }

private:
    double m_low;
    double m_high;
    bool m_log;
    double m_from;
    double m_to;
};

struct Range
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value, bool log)
    {
        if (!std::isfinite(value) || (log && value <= 0))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    [[nodiscard]] bool isEmpty() const { return low > high; }

    /** A little room on both sides; linear axes of rates and times begin at 0. */
    void widen(bool log)
    {
        if (log) {
            if (high / low < 1.5) {
                low /= 1.5;
                high *= 1.5;
            }
            const double room = std::pow(high / low, 0.06);
            low /= room;
            high *= room;
            return;
        }
        if (low > 0)
            low = 0;
        if (high - low <= 0)
            high = low + 1;
        high += 0.06 * (high - low);
        if (low < 0)
            low -= 0.06 * (high - low);
    }
};

bool isDrawable(const ReportChart& chart, const ChartPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y) && (!chart.xLog || point.x > 0)
        && (!chart.yLog || point.y > 0);
}

std::string number(double value)
{
    return fmt::format("{:.1f}", value);
}

std::string mark(std::size_t shape, double x, double y, const char* colour, bool hollow)
{
    const std::string style = fmt::format("fill=\"{}\" stroke=\"{}\" stroke-width=\"1.5\"",
                                          hollow ? "#fff" : colour, colour);
    switch (shape % 4) {
    case 0:
        return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"4\" {}/>", number(x), number(y), style);
    case 1:
        return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"7.5\" height=\"7.5\" {}/>",
                           number(x - 3.75), number(y - 3.75), style);
    case 2:
        return fmt::format("<path d=\"M{} {}l4.8 8.4h-9.6z\" {}/>", number(x), number(y - 5.2),
                           style);
    default:
        return fmt::format("<path d=\"M{} {}l5 5l-5 5l-5 -5z\" {}/>", number(x), number(y - 5),
                           style);
    }
}

class Drawing
{
public:
    Drawing(const ReportChart& chart, Range x, Range y)
        : m_chart(chart)
        , m_x(x.low, x.high, chart.xLog, left, width - right)
        , m_y(y.low, y.high, chart.yLog, height - bottom, top)
        , m_xRange(x)
        , m_yRange(y)
    { }

    std::string svg()
    {
        targets();
        grid();
        for (std::size_t i = 0; i < m_chart.series.size(); ++i)
            series(i);
        const double legendHeight = legend();
        return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" "
                           "width=\"{0}\" height=\"{1}\" role=\"img\" aria-label=\"{2}\">\n"
                           "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n{3}</svg>\n",
                           width, height + legendHeight, escapedMarkup(m_chart.title), m_body);
    }

private:
    void add(const std::string& element) { m_body += element + "\n"; }
    void text(double x, double y, const char* anchor, std::string_view content,
              const std::string& more = {})
    {
        add(fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\"{}>{}</text>", number(x),
                        number(y), anchor, more, escapedMarkup(content)));
    }

    void shade(double x1, double y1, double x2, double y2)
    {
        if (x2 - x1 > 0.5 && y2 - y1 > 0.5)
            add(fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#c00\" "
                            "fill-opacity=\"0.08\"/>",
                            number(x1), number(y1), number(x2 - x1), number(y2 - y1)));
    }

    void targets()
    {
        const auto line = [this](double x1, double y1, double x2, double y2) {
            add(fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#c00\" "
                            "stroke-dasharray=\"6 4\"/>",
                            number(x1), number(y1), number(x2), number(y2)));
        };
        if (m_chart.yTarget && m_y.holds(*m_chart.yTarget)) {
            const double at = m_y.at(*m_chart.yTarget);
            m_chart.yTargetIsMinimum ? shade(left, at, width - right, height - bottom)
                                     : shade(left, top, width - right, at);
            line(left, at, width - right, at);
        }
        if (m_chart.xTarget && m_x.holds(*m_chart.xTarget)) {
            const double at = m_x.at(*m_chart.xTarget);
            m_chart.xTargetIsMinimum ? shade(left, top, at, height - bottom)
                                     : shade(at, top, width - right, height - bottom);
            line(at, top, at, height - bottom);
        }
    }

    void grid()
    {
        for (const double tick : axisTicks(m_xRange.low, m_xRange.high, m_chart.xLog)) {
            const double at = m_x.at(tick);
            add(fmt::format("<line x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\" stroke=\"#ddd\"/>",
                            number(at), number(top), number(height - bottom)));
            text(at, height - bottom + 16, "middle", printRounded(tick, 4));
        }
        for (const double tick : axisTicks(m_yRange.low, m_yRange.high, m_chart.yLog)) {
            const double at = m_y.at(tick);
            add(fmt::format("<line x1=\"{1}\" y1=\"{0}\" x2=\"{2}\" y2=\"{0}\" stroke=\"#ddd\"/>",
                            number(at), number(left), number(width - right)));
            text(left - 7, at + 4, "end", printRounded(tick, 4));
        }
        add(fmt::format("<path d=\"M{0} {1}V{2}H{3}\" fill=\"none\" stroke=\"#444\"/>",
                        number(left), number(top), number(height - bottom), number(width - right)));
        text((left + width - right) / 2, height - bottom + 38, "middle", m_chart.xTitle);
        const double middle = (top + height - bottom) / 2;
        text(16, middle, "middle", m_chart.yTitle,
             fmt::format(" transform=\"rotate(-90 16 {})\"", number(middle)));
    }

    void series(std::size_t index)
    {
        const ChartSeries& shown = m_chart.series[index];
        const char* colour = colours[index % colours.size()];
        std::vector<ChartPoint> points;
        std::copy_if(shown.points.begin(), shown.points.end(), std::back_inserter(points),
                     [this](const auto& point) { return isDrawable(m_chart, point); });
        if (shown.line) {
            std::stable_sort(points.begin(), points.end(),
                             [](const auto& a, const auto& b) { return a.x < b.x; });
            std::string path;
            for (const auto& point : points)
                path += fmt::format("{}{} {}", path.empty() ? "M" : "L", number(m_x.at(point.x)),
                                    number(m_y.at(point.y)));
            const char* dash =
                shown.predicted ? "4 3" : dashes[(index / colours.size()) % dashes.size()];
            if (points.size() > 1)
                add(fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\" "
                                "stroke-dasharray=\"{}\"/>",
                                path, colour, dash));
        }
        for (const auto& point : points) {
            const double x = m_x.at(point.x);
            const double y = m_y.at(point.y);
            if (point.low && point.high && std::isfinite(*point.low) && std::isfinite(*point.high))
                add(fmt::format("<path d=\"M{0} {1}V{2}m-4 0h8M{3} {1}h8\" fill=\"none\" "
                                "stroke=\"{4}\"/>",
                                number(x), number(m_y.at(*point.low)), number(m_y.at(*point.high)),
                                number(x - 4), colour));
            add(mark(index, x, y, colour, shown.predicted));
            if (!point.label.empty())
                text(x + 7, y - 6, x > width * 0.75 ? "end" : "start",
                     printableLine(point.label, labelLimit), " fill=\"#333\"");
        }
    }

    double legend()
    {
        if (m_chart.series.size() < 2 && !m_chart.xTarget && !m_chart.yTarget)
            return 0;
        double y = height + 12;
        for (std::size_t i = 0; i < m_chart.series.size(); ++i) {
            const auto& shown = m_chart.series[i];
            add(mark(i, left + 8, y - 4, colours[i % colours.size()], shown.predicted));
            text(left + 22, y, "start", printableLine(shown.name, labelLimit + 30));
            y += 18;
        }
        if (m_chart.xTarget || m_chart.yTarget) {
            shade(left + 1, y - 10, left + 15, y);
            text(left + 22, y, "start", "outside the target");
            y += 18;
        }
        return y - height - 8;
    }

    const ReportChart& m_chart;
    Axis m_x;
    Axis m_y;
    Range m_xRange;
    Range m_yRange;
    std::string m_body;
};

} // namespace

std::string escapedMarkup(std::string_view text)
{
    std::string clean;
    for (const char c : printableLine(text, std::numeric_limits<std::size_t>::max())) {
        switch (c) {
        case '&':
            clean += "&amp;";
            break;
        case '<':
            clean += "&lt;";
            break;
        case '>':
            clean += "&gt;";
            break;
        case '"':
            clean += "&quot;";
            break;
        case '\'':
            clean += "&#39;";
            break;
        default:
            clean += c;
        }
    }
    return clean;
}

std::vector<double> axisTicks(double low, double high, bool log)
{
    std::vector<double> ticks;
    if (!std::isfinite(low) || !std::isfinite(high) || !(high > low) || (log && !(low > 0)))
        return ticks;
    if (log && high / low > 10) {
        const double decades = std::log10(high / low);
        const std::vector<double> parts = decades < 1.7 ? std::vector<double> { 1, 2, 5 }
            : decades < 3.2                             ? std::vector<double> { 1, 3 }
                                                        : std::vector<double> { 1 };
        const int every = std::max(1, static_cast<int>(std::ceil(decades / 12)));
        for (int power = static_cast<int>(std::floor(std::log10(low))); power <= 300;
             power += every) {
            for (const double part : parts) {
                const double tick = part * std::pow(10.0, power);
                if (tick > high)
                    return ticks;
                if (tick >= low)
                    ticks.push_back(tick);
            }
        }
        return ticks;
    }
    const double rough = (high - low) / 5;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
    for (double n = std::ceil(low / step - 1e-9); n * step <= high * (1 + 1e-12); ++n) {
        ticks.push_back(n * step);
        if (ticks.size() > 20)
            break;
    }
    return ticks;
}

std::string svgChart(const ReportChart& chart)
{
    Range x;
    Range y;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (!isDrawable(chart, point))
                continue;
            x.add(point.x, chart.xLog);
            y.add(point.y, chart.yLog);
            y.add(point.low.value_or(point.y), chart.yLog);
            y.add(point.high.value_or(point.y), chart.yLog);
        }
    }
    if (x.isEmpty() || y.isEmpty())
        return "<p>No figures for this chart.</p>\n";
    // A target is shown if it is anywhere near.
    if (chart.yTarget && *chart.yTarget < 3 * y.high)
        y.add(*chart.yTarget, chart.yLog);
    if (chart.xTarget && *chart.xTarget < 3 * x.high)
        x.add(*chart.xTarget, chart.xLog);
    x.widen(chart.xLog);
    y.widen(chart.yLog);
    return Drawing(chart, x, y).svg();
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/** Reports for people: built once, written as a page, as Markdown or as a table. Texts are plain; the writers escape them. */
namespace llmd {

struct ReportHeading
{
    std::string text;
    int level = 1; ///< 1 or 2
};

struct ReportParagraph
{
    std::string text;
    bool warning = false;
};

struct ReportList
{
    std::vector<std::string> items;
};

struct ReportTable
{
    struct Column
    {
        std::string title;
        bool number = false; ///< aligned to the right
    };
    std::string title;
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows; ///< missing cells stay empty
    std::string note; ///< below the table
};

struct ChartPoint
{
    double x = 0;
    double y = 0;
    std::optional<double> low; ///< 90 % interval or spread of y
    std::optional<double> high;
    std::string label; ///< shown beside the mark if not empty
};

struct ChartSeries
{
    std::string name;
    std::vector<ChartPoint> points;
    bool line = true; ///< joins the points in the order of x
    bool predicted = false; ///< dashed, hollow marks: nothing that was measured
};

struct ReportChart
{
    std::string title;
    std::string xTitle; ///< with the unit
    std::string yTitle;
    bool xLog = false;
    bool yLog = false;
    std::vector<ChartSeries> series;
    std::optional<double> xTarget; ///< a limit: what lies on the wrong side of it is shaded
    std::optional<double> yTarget;
    bool yTargetIsMinimum = false; ///< else a maximum; the same for x
    bool xTargetIsMinimum = false;
    std::string note;
};

using ReportBlock =
    std::variant<ReportHeading, ReportParagraph, ReportList, ReportTable, ReportChart>;

/** A picture above the title, such as the mark of a company. */
struct ReportLogo
{
    std::string bytes;
    std::string mediaType; ///< "image/png" or "image/jpeg"
};
/** Reads a PNG or JPEG of at most 2 MB; formats that can hold more than a picture are refused. */
[[nodiscard]] Result<ReportLogo> readLogo(const std::filesystem::path& path);

struct Report
{
    std::string title;
    std::string subtitle;
    std::optional<ReportLogo> logo; ///< in pages only
    std::vector<ReportBlock> blocks;
};

enum class ReportFormat { Html, Markdown, Csv };
/** By the end of a file name: .html, .htm, .md, .markdown, .csv; anything else is an error that names them. */
[[nodiscard]] Result<ReportFormat> reportFormatOf(const std::filesystem::path& path);

/**
 * One page without script, links and outside files, with its charts as SVG; prints in black on white. Whatever the texts
 * hold is shown as text.
 */
[[nodiscard]] std::string reportHtml(const Report& report);
/** Charts become tables of their points. */
[[nodiscard]] std::string reportMarkdown(const Report& report);
/**
 * All tables and charts one below the other, each under a line with its title. Cells that a spreadsheet would
 * compute get an apostrophe in front.
 */
[[nodiscard]] std::string reportCsv(const Report& report);

[[nodiscard]] std::string printReport(const Report& report, ReportFormat format);
/** In the format that the name asks for; replaces the file at once or not at all. */
[[nodiscard]] Result<> writeReport(const Report& report, const std::filesystem::path& path);

/** Points of a chart as a table: series, x, y, low, high, label. */
[[nodiscard]] ReportTable pointsOf(const ReportChart& chart);

} // namespace llmd

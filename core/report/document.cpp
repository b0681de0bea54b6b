// SPDX-License-Identifier: Apache-2.0
#include "document.h"

#include "svgchart.h"

#include <core/base/csv.h>
#include <core/base/file.h>
#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace llmd {

namespace {

constexpr std::size_t anyLength = std::numeric_limits<std::size_t>::max();

constexpr const char* style = R"(
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; color: #1a1a1a; background: #fff;
       max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .4rem; border-bottom: 1px solid #ccc; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
.subtitle { color: #555; margin: .2rem 0 1rem; }
.warning { border-left: 4px solid #c60; background: #fff4e5; padding: .4rem .8rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .87rem; margin: .3rem 0; }
caption, figcaption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem; text-align: left; vertical-align: top; }
th { background: #f3f4f6; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.note { color: #555; font-size: .83rem; margin: .2rem 0; }
figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; font: 12px "Liberation Sans", sans-serif; }
.logo { max-height: 4rem; max-width: 16rem; display: block; margin-bottom: .8rem; }
@page { margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3 { break-after: avoid; }
  figure, tr, .warning { break-inside: avoid; } .table { overflow: visible; } thead { display: table-header-group; }
  table { font-size: 8.5pt; } td, th { overflow-wrap: anywhere; }
}
)";

/** Each kind of block as HTML. */
struct HtmlWriter
{
    std::string text;

    void operator()(const ReportHeading& heading)
    {
        const int level = heading.level <= 1 ? 2 : 3;
        text += fmt::format("<h{0}>{1}</h{0}>\n", level, escapedMarkup(heading.text));
    }
    void operator()(const ReportParagraph& paragraph)
    {
        text += fmt::format("<p{}>{}</p>\n", paragraph.warning ? " class=\"warning\"" : "",
                            escapedMarkup(paragraph.text));
    }
    void operator()(const ReportList& list)
    {
        text += "<ul>\n";
        for (const auto& item : list.items)
            text += "<li>" + escapedMarkup(item) + "</li>\n";
        text += "</ul>\n";
    }
    void operator()(const ReportTable& table)
    {
        text += "<div class=\"table\"><table>\n";
        if (!table.title.empty())
            text += "<caption>" + escapedMarkup(table.title) + "</caption>\n";
        text += "<thead><tr>";
        const auto cell = [&table](std::size_t column, const char* tag, std::string_view content) {
            const bool number = column < table.columns.size() && table.columns[column].number;
            return fmt::format("<{0}{1}>{2}</{0}>", tag, number ? " class=\"n\"" : "",
                               escapedMarkup(content));
        };
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            text += cell(i, "th", table.columns[i].title);
        text += "</tr></thead>\n<tbody>\n";
        for (const auto& row : table.rows) {
            text += "<tr>";
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                text += cell(i, "td", i < row.size() ? row[i] : std::string());
            text += "</tr>\n";
        }
        text += "</tbody></table></div>\n";
        note(table.note);
    }
    void operator()(const ReportChart& chart)
    {
        text += "<figure><figcaption>" + escapedMarkup(chart.title) + "</figcaption>\n"
            + svgChart(chart);
        note(chart.note);
        text += "</figure>\n";
    }

private:
    void note(const std::string& content)
    {
        if (!content.empty())
            text += "<p class=\"note\">" + escapedMarkup(content) + "</p>\n";
    }
};

/** Plain text inside Markdown: what would be markup, HTML or the end of a cell is escaped. */
std::string markdownText(std::string_view text)
{
    std::string clean;
    for (const char c : printableLine(text, anyLength)) {
        if (c == '<' || c == '>' || c == '&') {
            clean += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
            continue;
        }
        if (std::string_view("\\`*_{}[]#|~!").find(c) != std::string_view::npos)
            clean += '\\';
        clean += c;
    }
    // A number or sign at the beginning would start a list.
    if (!clean.empty() && (clean.front() == '-' || clean.front() == '+'))
        clean.insert(0, "\\");
    return clean;
}

struct MarkdownWriter
{
    std::string text;

    void operator()(const ReportHeading& heading)
    {
        text +=
            fmt::format("{} {}\n\n", heading.level <= 1 ? "##" : "###", markdownText(heading.text));
    }
    void operator()(const ReportParagraph& paragraph)
    {
        text += (paragraph.warning ? "> **Note:** " : "") + markdownText(paragraph.text) + "\n\n";
    }
    void operator()(const ReportList& list)
    {
        for (const auto& item : list.items)
            text += "- " + markdownText(item) + "\n";
        text += "\n";
    }
    void operator()(const ReportTable& table)
    {
        if (!table.title.empty())
            text += "**" + markdownText(table.title) + "**\n\n";
        std::string rule = "|";
        text += "|";
        for (const auto& column : table.columns) {
            text += " " + markdownText(column.title) + " |";
            rule += column.number ? " --: |" : " --- |";
        }
        text += "\n" + rule + "\n";
        for (const auto& row : table.rows) {
            text += "|";
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                text += " " + (i < row.size() ? markdownText(row[i]) : std::string()) + " |";
            text += "\n";
        }
        text += "\n";
        if (!table.note.empty())
            text += markdownText(table.note) + "\n\n";
    }
    void operator()(const ReportChart& chart)
    {
        ReportTable table = pointsOf(chart);
        table.note = chart.note;
        (*this)(table);
    }
};

/** A cell that no spreadsheet takes for a formula. */
std::string csvCell(const std::string& text)
{
    const bool risky = !text.empty()
        && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos
        && !parseNumber(text);
    return (risky ? "'" : "") + printableLine(text, anyLength);
}

struct CsvWriter
{
    std::string text;

    void operator()(const ReportHeading&) { }
    void operator()(const ReportParagraph&) { }
    void operator()(const ReportList&) { }
    void operator()(const ReportTable& table)
    {
        if (!text.empty())
            text += "\n";
        if (!table.title.empty())
            text += csvLine({ csvCell(table.title) });
        std::vector<std::string> cells;
        for (const auto& column : table.columns)
            cells.push_back(csvCell(column.title));
        text += csvLine(cells);
        for (const auto& row : table.rows) {
            cells.assign(table.columns.size(), "");
            for (std::size_t i = 0; i < std::min(row.size(), cells.size()); ++i)
                cells[i] = csvCell(row[i]);
            text += csvLine(cells);
        }
    }
    void operator()(const ReportChart& chart) { (*this)(pointsOf(chart)); }
};

std::string base64(std::string_view bytes)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text += j <= count ? digits[group >> (18 - 6 * j) & 63U] : '=';
    }
    return text;
}

std::string logoHtml(const Report& report)
{
    return report.logo
        ? "<img class=\"logo\" alt=\"\" src=\"data:" + escapedMarkup(report.logo->mediaType)
            + ";base64," + base64(report.logo->bytes) + "\"/>\n"
        : std::string();
}

template <class Writer> std::string written(const Report& report)
{
    Writer writer;
    for (const auto& block : report.blocks)
        std::visit(writer, block);
    return std::move(writer.text);
}

} // namespace

Result<ReportFormat> reportFormatOf(const std::filesystem::path& path)
{
    const std::string extension = toLower(path.extension().string());
    if (extension == ".html" || extension == ".htm")
        return ReportFormat::Html;
    if (extension == ".md" || extension == ".markdown")
        return ReportFormat::Markdown;
    if (extension == ".csv")
        return ReportFormat::Csv;
    return failure(ErrorCode::InvalidArgument,
                   "'" + path.string()
                       + "': the end of the name says the format: .html, .md or .csv");
}

Result<ReportLogo> readLogo(const std::filesystem::path& path)
{
    constexpr std::size_t limit = 2u << 20;
    auto bytes = readFile(path, limit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    using namespace std::string_view_literals;
    if (bytes->starts_with("\x89PNG\r\n\x1a\n"sv))
        return ReportLogo { std::move(*bytes), "image/png" };
    if (bytes->starts_with("\xff\xd8\xff"sv))
        return ReportLogo { std::move(*bytes), "image/jpeg" };
    return failure(ErrorCode::WrongType,
                   "'" + path.string() + "' is neither PNG nor JPEG; a logo has to be one of them");
}

ReportTable pointsOf(const ReportChart& chart)
{
    ReportTable table { chart.title,
                        { { "series", false },
                          { chart.xTitle, true },
                          { chart.yTitle, true },
                          { "low", true },
                          { "high", true },
                          { "point", false } },
                        {},
                        {} };
    const auto optional = [](const std::optional<double>& value) {
        return value ? printRounded(*value, 5) : std::string();
    };
    for (const auto& series : chart.series) {
        for (const auto& point : series.points)
            table.rows.push_back({ series.name, printRounded(point.x, 5), printRounded(point.y, 5),
                                   optional(point.low), optional(point.high), point.label });
    }
    return table;
}

std::string reportHtml(const Report& report)
{
    // The policy forbids what a page could do if an escape were ever missing.
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src "
           "data:; "
           "style-src 'unsafe-inline'\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>"
        + escapedMarkup(report.title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n"
        + logoHtml(report) + "<h1>" + escapedMarkup(report.title) + "</h1>\n<p class=\"subtitle\">"
        + escapedMarkup(report.subtitle) + "</p>\n" + written<HtmlWriter>(report)
        + "</body>\n</html>\n";
}

std::string reportMarkdown(const Report& report)
{
    return "# " + markdownText(report.title) + "\n\n"
        + (report.subtitle.empty() ? "" : markdownText(report.subtitle) + "\n\n")
        + written<MarkdownWriter>(report);
}

std::string reportCsv(const Report& report)
{
    return written<CsvWriter>(report);
}

std::string printReport(const Report& report, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Html:
        return reportHtml(report);
    case ReportFormat::Markdown:
        return reportMarkdown(report);
    case ReportFormat::Csv:
        return reportCsv(report);
    }
    return {};
}

Result<> writeReport(const Report& report, const std::filesystem::path& path)
{
    const auto format = reportFormatOf(path);
    if (!format)
        return tl::unexpected(format.error());
    return writeFileAtomically(path, printReport(report, *format));
}

} // namespace llmd

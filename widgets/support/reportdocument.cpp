// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportdocument.h"

#include "qtbridge.h"
#include "theme.h"

#include <core/base/text.h>
#include <core/report/svgchart.h>

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QTextTable>
#include <QUrl>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr int chartObject = QTextFormat::UserObject + 1;
constexpr int chartProperty = QTextFormat::UserProperty + 1;
constexpr int chartWidthProperty = QTextFormat::UserProperty + 2;
constexpr auto logoName = "logo";
constexpr int pdfResolution = 600;
constexpr double cssResolution = 96;

QString tr(const char* text)
{
    return QCoreApplication::translate("ReportDocument", text);
}

/** The same cleaning as in pages: no control characters, nothing that reorders text. */
QString shown(const std::string& text)
{
    return toQString(printableLine(text, std::numeric_limits<std::size_t>::max()));
}

/** Draws charts inside a text document as vectors. */
class ChartObject final : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    using QObject::QObject;

    QSizeF intrinsicSize(QTextDocument*, int, const QTextFormat& format) override
    {
        const QSvgRenderer renderer(format.property(chartProperty).toByteArray());
        const QSizeF size = renderer.viewBoxF().size();
        const double width = format.property(chartWidthProperty).toDouble();
        return size.width() > 0 ? QSizeF(width, width * size.height() / size.width()) : QSizeF();
    }
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int,
                    const QTextFormat& format) override
    {
        QSvgRenderer(format.property(chartProperty).toByteArray()).render(painter, rect);
    }
};

/** A chart as SVG with the font that the page's style would give it. */
QByteArray svgOf(const ReportChart& chart)
{
    std::string svg = svgChart(chart);
    const auto begin = svg.find('>', svg.find("<svg"));
    const auto end = svg.rfind("</svg>");
    if (begin == std::string::npos || end == std::string::npos)
        return {}; // a chart without figures is a sentence
    svg.insert(end, "</g>");
    svg.insert(begin + 1, "<g font-family=\"sans-serif\" font-size=\"12\" font-weight=\"400\">");
    return QByteArray::fromStdString(svg);
}

class Filler
{
public:
    Filler(QTextDocument& document, const ReportLook& look)
        : m_look(look)
        , m_cursor(&document)
    { }

    void fill(const Report& report)
    {
        logo(report);
        block(3, 0);
        m_cursor.insertText(shown(report.title), characters(1.7, true, m_look.text));
        if (!report.subtitle.empty()) {
            block(0, 6);
            m_cursor.insertText(shown(report.subtitle), characters(1, false, m_look.subtle));
        }
        for (std::size_t i = 0; i < report.blocks.size(); ++i) {
            const auto* chart = std::get_if<ReportChart>(&report.blocks[i]);
            // A heading of nothing but charts goes where they go.
            if (m_look.chartWidth <= 0 && std::holds_alternative<ReportHeading>(report.blocks[i])
                && i + 1 < report.blocks.size()
                && std::holds_alternative<ReportChart>(report.blocks[i + 1]))
                continue;
            if (!chart) {
                std::visit([this](const auto& each) { add(each); }, report.blocks[i]);
                continue;
            }
            const auto* next = i + 1 < report.blocks.size()
                ? std::get_if<ReportChart>(&report.blocks[i + 1])
                : nullptr;
            if (m_look.chartWidth > 0)
                charts(*chart, next);
            if (next)
                ++i;
        }
    }

private:
    [[nodiscard]] double points(double relative) const
    {
        return m_look.font.pointSizeF() * relative;
    }
    [[nodiscard]] QTextCharFormat characters(double size, bool bold, const QColor& color) const
    {
        QTextCharFormat format;
        QFont font = m_look.font;
        font.setPointSizeF(points(size));
        font.setBold(bold);
        format.setFont(font);
        format.setForeground(color);
        return format;
    }
    /** Begins a paragraph with space above and below in 1/96 inch; the layout scales it to its device. */
    void block(double above, double below, const QTextBlockFormat& base = {})
    {
        QTextBlockFormat format = base;
        format.setTopMargin(above);
        format.setBottomMargin(below);
        if (m_first)
            m_cursor.setBlockFormat(format);
        else
            m_cursor.insertBlock(format);
        m_first = false;
    }

    void logo(const Report& report)
    {
        if (!report.logo || m_look.chartWidth <= 0)
            return;
        QImage image;
        if (!image.loadFromData(QByteArray::fromRawData(
                report.logo->bytes.data(), static_cast<qsizetype>(report.logo->bytes.size())))
            || image.isNull())
            return;
        m_cursor.document()->addResource(QTextDocument::ImageResource,
                                         QUrl(QLatin1StringView(logoName)), image);
        const QSizeF size = QSizeF(image.size()).scaled(QSizeF(220, 56), Qt::KeepAspectRatio);
        QTextImageFormat format;
        format.setName(QLatin1StringView(logoName));
        format.setWidth(size.width());
        format.setHeight(size.height());
        block(0, 6);
        m_cursor.insertImage(format);
    }

    void add(const ReportHeading& heading)
    {
        QTextBlockFormat format;
        format.setHeadingLevel(heading.level + 1);
        block(heading.level <= 1 ? 16 : 10, 4, format);
        m_cursor.insertText(shown(heading.text),
                            characters(heading.level <= 1 ? 1.3 : 1.1, true, m_look.text));
    }
    void add(const ReportParagraph& paragraph)
    {
        block(3, 3);
        if (paragraph.warning)
            m_cursor.insertText(u"⚠ "_s, characters(1, true, m_look.warning));
        m_cursor.insertText(shown(paragraph.text), characters(1, false, m_look.text));
    }
    void add(const ReportList& list)
    {
        for (const auto& item : list.items) {
            block(1, 1);
            m_cursor.insertText(u"•  "_s + shown(item), characters(1, false, m_look.text));
        }
    }
    void add(const ReportChart&) { } // charts stand in pairs, see `charts`
    void add(const ReportTable& table)
    {
        if (table.columns.empty())
            return;
        if (!table.title.empty()) {
            block(8, 2);
            m_cursor.insertText(shown(table.title), characters(1, true, m_look.text));
        } else {
            block(2, 2);
        }
        const int columns = static_cast<int>(table.columns.size());
        QTextTableFormat format;
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(2);
        format.setTopMargin(2);
        format.setBottomMargin(8);
        format.setBorderCollapse(true);
        format.setHeaderRowCount(1);
        QTextTable* cells =
            m_cursor.insertTable(static_cast<int>(table.rows.size()) + 1, columns, format);
        for (int column = 0; column < columns; ++column) {
            const auto& title = table.columns[static_cast<std::size_t>(column)];
            cell(*cells, 0, column, title.title, title.number, true);
        }
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            for (std::size_t column = 0; column < table.columns.size(); ++column)
                cell(*cells, static_cast<int>(row) + 1, static_cast<int>(column),
                     column < table.rows[row].size() ? table.rows[row][column] : std::string(),
                     table.columns[column].number, false);
        }
        m_cursor.movePosition(QTextCursor::End);
        m_first = true; // the paragraph behind a table is there already
        if (!table.note.empty())
            note(table.note);
    }
    void cell(QTextTable& table, int row, int column, const std::string& text, bool number,
              bool head)
    {
        QTextTableCell place = table.cellAt(row, column);
        QTextTableCellFormat format = place.format().toTableCellFormat();
        format.setLeftPadding(6);
        format.setRightPadding(6);
        format.setBottomBorder(0.6);
        format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBottomBorderBrush(m_look.line);
        if (head)
            format.setBackground(m_look.head);
        place.setFormat(format);
        QTextCursor cursor = place.firstCursorPosition();
        QTextBlockFormat alignment;
        alignment.setAlignment(number ? Qt::AlignRight : Qt::AlignLeft);
        cursor.setBlockFormat(alignment);
        cursor.insertText(shown(text), characters(0.9, head, m_look.text));
    }
    void note(const std::string& text)
    {
        block(2, 4);
        m_cursor.insertText(shown(text), characters(0.85, false, m_look.subtle));
    }

    /** Two charts side by side, each under its title. */
    void charts(const ReportChart& first, const ReportChart* second)
    {
        block(2, 2);
        QTextTableFormat format;
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(4);
        QTextTable* places = m_cursor.insertTable(1, second ? 2 : 1, format);
        chart(places->cellAt(0, 0).firstCursorPosition(), first);
        if (second)
            chart(places->cellAt(0, 1).firstCursorPosition(), *second);
        m_cursor.movePosition(QTextCursor::End);
        m_first = true;
    }
    void chart(QTextCursor cursor, const ReportChart& shownChart)
    {
        cursor.insertText(shown(shownChart.title), characters(1, true, m_look.text));
        cursor.insertBlock();
        const QByteArray svg = svgOf(shownChart);
        if (svg.isEmpty()) {
            cursor.insertText(tr("No figures for this chart."),
                              characters(1, false, m_look.subtle));
        } else {
            QTextCharFormat object;
            object.setObjectType(chartObject);
            object.setProperty(chartProperty, svg);
            object.setProperty(chartWidthProperty, m_look.chartWidth);
            cursor.insertText(QString(QChar::ObjectReplacementCharacter), object);
        }
        if (!shownChart.note.empty()) {
            cursor.insertBlock();
            cursor.insertText(shown(shownChart.note), characters(0.85, false, m_look.subtle));
        }
    }

    const ReportLook& m_look;
    QTextCursor m_cursor;
    bool m_first = true;
};

/** Draws the pages of a document that was laid out for them, each with its number. */
bool drawPages(QTextDocument& document, QPdfWriter& writer, const QString& title,
               const RunContext& context)
{
    QPainter painter;
    if (!painter.begin(&writer))
        return false;
    const QSizeF page = document.pageSize();
    QFont small(u"sans-serif"_s);
    small.setPointSizeF(7.5);
    QAbstractTextDocumentLayout::PaintContext look;
    look.palette.setColor(QPalette::Text, Qt::black);
    const int count = document.pageCount();
    for (int i = 0; i < count && !context.cancelled(); ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        look.clip = QRectF(0, i * page.height(), page.width(), page.height());
        painter.setClipRect(look.clip);
        document.documentLayout()->draw(&painter, look);
        painter.restore();
        painter.setFont(small);
        painter.setPen(Qt::darkGray);
        const QRectF foot(0, page.height(), page.width(), writer.height() - page.height());
        painter.drawText(foot, Qt::AlignBottom | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(title, Qt::ElideRight,
                                                          static_cast<int>(page.width() * 0.8)));
        painter.drawText(foot, Qt::AlignBottom | Qt::AlignRight,
                         tr("Page %1 of %2").arg(i + 1).arg(count));
    }
    return painter.end();
}

Result<> savePdf(const Report& report, const QString& path, const RunContext& context)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::Io,
                       "'" + fromQString(path)
                           + "' cannot be written: " + fromQString(file.errorString()));
    bool drawn = false;
    {
        QPdfWriter writer(&file);
        writer.setResolution(pdfResolution);
        writer.setTitle(shown(report.title));
        writer.setCreator(QCoreApplication::applicationName());
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape,
                                         QMarginsF(12, 12, 12, 10), QPageLayout::Millimeter));
        const double scale = pdfResolution / cssResolution;
        QTextDocument document;
        ChartObject charts;
        ReportLook look = reportLook(lightPalette(), QFont(u"sans-serif"_s));
        look.font.setPointSizeF(8.5);
        look.chartWidth = (writer.width() - 20 * scale) / 2;
        document.setUndoRedoEnabled(false);
        document.setDefaultFont(look.font);
        document.setDocumentMargin(0);
        document.documentLayout()->setPaintDevice(&writer);
        document.documentLayout()->registerHandler(chartObject, &charts);
        document.setPageSize(QSizeF(writer.width(), writer.height() - 18 * scale));
        fillReport(document, report, look);
        drawn = drawPages(document, writer, shown(report.title), context);
    } // the writer ends its file before that is put into place
    if (context.cancelled())
        return failure(ErrorCode::Cancelled, "stopped on request; nothing was written");
    if (!drawn || !file.commit())
        return failure(ErrorCode::Io,
                       "'" + fromQString(path)
                           + "' cannot be written: " + fromQString(file.errorString()));
    return {};
}

} // namespace

ReportLook reportLook(const QPalette& palette, const QFont& font)
{
    const Tones colors = tones(palette);
    return { palette.color(QPalette::Text),
             colors.subtleText,
             colors.border,
             mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.07),
             colors.warning,
             font,
             0 };
}

void fillReport(QTextDocument& document, const Report& report, const ReportLook& look)
{
    document.clear();
    Filler(document, look).fill(report);
}

QString reportFileFilters()
{
    return tr("Web page (*.html);;PDF (*.pdf);;Markdown (*.md);;Table (*.csv)");
}

Result<> saveReport(const Report& report, const QString& path, const RunContext& context)
{
    if (QFileInfo(path).suffix().compare(u"pdf"_s, Qt::CaseInsensitive) == 0)
        return savePdf(report, path, context);
    return writeReport(report, fromQString(path));
}

} // namespace llmd

#include "reportdocument.moc"

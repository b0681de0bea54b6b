// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartexport.h"

#include "qcp.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPrinter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double exportScale = 2;

/** Everything as lines and letters: nothing turns into a picture on the way. */
bool drawVectors(QCustomPlot& plot, QPaintDevice& device, double scale = 1)
{
    QCPPainter painter;
    if (!painter.begin(&device))
        return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(scale, scale);
    plot.toPainter(&painter, plot.width(), plot.height());
    return painter.end();
}

bool saveSvg(QCustomPlot& plot, QIODevice& file, const QString& title)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setTitle(title);
    generator.setSize(plot.size());
    generator.setViewBox(plot.rect());
    return drawVectors(plot, generator);
}

} // namespace

bool savePlot(QCustomPlot& plot, const QString& path, const QString& title, QString& error)
{
    if (path.endsWith(u".pdf", Qt::CaseInsensitive)) {
        error =
            QCoreApplication::translate("ChartView", "The file %1 cannot be written.").arg(path);
        return plot.savePdf(path, 0, 0, QCP::epAllowCosmetic,
                            QApplication::applicationDisplayName(), title);
    }
    QSaveFile file(path);
    bool saved = file.open(QIODevice::WriteOnly);
    if (saved && path.endsWith(u".svg", Qt::CaseInsensitive))
        saved = saveSvg(plot, file, title);
    else if (saved)
        saved = plot.toPixmap(plot.width(), plot.height(), exportScale).save(&file, "PNG");
    saved = saved && file.commit();
    error = file.errorString();
    return saved;
}

bool printPlot(QCustomPlot& plot, QPrinter& printer)
{
    const QRectF page = printer.pageRect(QPrinter::DevicePixel);
    return drawVectors(plot, printer,
                       std::min(page.width() / plot.width(), page.height() / plot.height()));
}

} // namespace llmd

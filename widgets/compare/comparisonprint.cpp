// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparisonprint.h"

#include "comparetext.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr auto chartName = "chart.png";
constexpr int chartWidth = 820; // at 96 dots per inch: A4 across less its margins

QString tr(const char* text)
{
    return QCoreApplication::translate("ComparisonPrint", text);
}

} // namespace

std::unique_ptr<QTextDocument>
comparisonDocument(const Document& document, const ComparedOptions& options, const QPixmap& chart)
{
    const Tones colors = tones(lightPalette());
    auto text = std::make_unique<QTextDocument>();
    text->setDefaultFont(QFont(u"sans-serif"_s, 9));
    text->addResource(QTextDocument::ImageResource, QUrl(QString::fromLatin1(chartName)),
                      chart.toImage());
    QString html = u"<h2>%1</h2>"_s.arg(
        tr("%1: comparison of %2 options")
            .arg(document.displayName().toHtmlEscaped(), QString::number(options.size())));
    html += u"<p style='color:%1'>%2</p>"_s.arg(
        colors.subtleText.name(),
        tr("%1. Figures at the peak load, predicted by engine “%2”; in brackets 90 % intervals. "
           "Bold: the best of the row.")
            .arg(QLocale().toString(QDate::currentDate(), QLocale::LongFormat),
                 toQString(document.reportEngine()).toHtmlEscaped()));
    html += comparisonTableHtml(options, colors);
    html += u"<p style='page-break-before:always'><img src='%1' width='%2'/></p>"_s
                .arg(QString::fromLatin1(chartName))
                .arg(chartWidth);
    const RankedOptions ranked = document.ranked();
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (i == options.best)
            continue;
        const OptionComparison why = compareOptions(
            *options.report, ranked, options.indices[options.best], options.indices[i]);
        html +=
            u"<h3>%1</h3>"_s.arg(tr("Why %1 and not %2").arg(letterOf(options.best), letterOf(i)));
        html += comparisonHtml(why, colors);
    }
    html += firmnessHtml(*options.report, ranked, colors);
    text->setHtml(u"<body style='color:%1'>%2</body>"_s.arg(
        lightPalette().color(QPalette::Text).name(), html));
    return text;
}

bool savePdf(QTextDocument& document, const QString& path, const QString& title, QString& error)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        error = tr("%1 cannot be written: %2").arg(path, file.errorString());
        return false;
    }
    {
        QPdfWriter writer(&file);
        writer.setTitle(title);
        writer.setCreator(QCoreApplication::applicationName());
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape,
                                         QMarginsF(12, 12, 12, 12), QPageLayout::Millimeter));
        document.print(&writer);
    } // the writer ends its file before that is put into place
    if (!file.commit()) {
        error = tr("%1 cannot be written: %2").arg(path, file.errorString());
        return false;
    }
    return true;
}

} // namespace llmd

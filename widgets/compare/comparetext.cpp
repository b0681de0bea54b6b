// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparetext.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CompareText", text);
}

QString escaped(const std::string& text)
{
    return toQString(text).replace(u" x "_s, u" × "_s).toHtmlEscaped();
}

QString heading(const QString& text)
{
    return u"<h4 style='margin:14px 0 4px 0'>%1</h4>"_s.arg(text);
}

QString paragraph(const QString& html)
{
    return u"<p style='margin:3px 0'>%1</p>"_s.arg(html);
}

QColor standingColor(Standing standing, const Tones& tones)
{
    return standing == Standing::Ahead ? tones.success
        : standing == Standing::Behind ? tones.warning
                                       : tones.subtleText;
}

QString tableRow(const QString& title, const std::vector<QString>& texts,
                 const std::vector<bool>& best, const Tones& tones)
{
    QString html =
        u"<tr><td style='color:%1'>%2</td>"_s.arg(tones.subtleText.name(), title.toHtmlEscaped());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const QString text = texts[i].toHtmlEscaped();
        html += u"<td>%1</td>"_s.arg(best[i] ? u"<b>%1</b>"_s.arg(text) : text);
    }
    return html + u"</tr>"_s;
}

} // namespace

QString standingText(Standing standing)
{
    switch (standing) {
    case Standing::Ahead:
        return tr("▲ better");
    case Standing::Behind:
        return tr("▼ worse");
    case Standing::Tied:
        return tr("= tied");
    case Standing::Unknown:
        break;
    }
    return tr("? open");
}

QString subjectText(const std::string& subject)
{
    if (subject == "cost")
        return tr("Cost");
    if (subject == "latency")
        return tr("Latency");
    if (subject == "quality")
        return tr("Quality");
    if (subject == "simplicity")
        return tr("Simplicity");
    if (subject == "capacity")
        return tr("Capacity");
    if (subject == "confidence")
        return tr("How sure");
    return toQString(subject);
}

QString comparisonHtml(const OptionComparison& comparison, const Tones& tones)
{
    QString html = paragraph(u"<b>%1</b>"_s.arg(escaped(comparison.verdict)));
    html += u"<table width='100%' cellspacing='0' cellpadding='3'>"_s;
    for (const ComparisonPoint& point : comparison.points)
        html += u"<tr><td style='white-space:nowrap'><b>%1</b><br/><span "
                u"style='color:%2'>%3</span></td><td>%4</td></tr>"_s.arg(
                    subjectText(point.subject).toHtmlEscaped(),
                    standingColor(point.standing, tones).name(),
                    standingText(point.standing).toHtmlEscaped(), escaped(point.text));
    html += u"</table>"_s;
    if (!comparison.turns.empty()) {
        html += heading(tr("What would change it"));
        for (const std::string& turn : comparison.turns)
            html += paragraph(escaped(turn));
    }
    if (!comparison.same.empty()) {
        QStringList same;
        for (const std::string& each : comparison.same)
            same.append(escaped(each));
        html += heading(tr("The same in both"));
        html += paragraph(same.join(u", "_s));
    }
    return html;
}

QString firmnessHtml(const SearchReport& report, const RankedOptions& ranked, const Tones&)
{
    QString html = heading(tr("How firm the first place is"));
    const std::string ties = tieSentence(report, ranked, View::Balanced);
    html +=
        paragraph(ties.empty() ? tr("No other option is tied with the best balanced one within the "
                                    "uncertainty of the figures.")
                               : escaped(ties));
    for (const std::string& line : sensitivitySentences(report, ranked)) {
        QString text = escaped(line);
        text[0] = text[0].toUpper();
        html += paragraph(text);
    }
    return html;
}

QString comparisonTableHtml(const ComparedOptions& options, const Tones& tones)
{
    QString different;
    QString same;
    for (const MeasureRow& row : options.measures) {
        std::vector<bool> best;
        for (std::size_t i = 0; i < row.texts.size(); ++i)
            best.push_back(row.isBest(i));
        (row.differs() ? different : same) += tableRow(row.title, row.texts, best, tones);
    }
    for (const FactRow& row : options.facts)
        (row.differs() ? different : same) +=
            tableRow(row.title, row.texts, std::vector<bool>(row.texts.size(), false), tones);
    QString header = u"<tr><th align='left'></th>"_s;
    for (std::size_t i = 0; i < options.size(); ++i)
        header += u"<th align='left'>%1<br/>%2</th>"_s.arg(
            letterOf(i), options.names[static_cast<qsizetype>(i)].toHtmlEscaped());
    header += u"</tr>"_s;
    const QString open =
        u"<table width='100%' cellspacing='0' cellpadding='3' border='1' "
        u"style='border-collapse:collapse;border-color:%1'>"_s.arg(tones.border.name());
    QString html = open + header + different + u"</table>"_s;
    if (!same.isEmpty())
        html += heading(tr("The same in all")) + open + header + same + u"</table>"_s;
    return html;
}

} // namespace llmd

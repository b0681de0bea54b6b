// SPDX-License-Identifier: GPL-3.0-or-later
#include "tabletext.h"

#include "recordmodel.h"

#include <QAbstractItemModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSaveFile>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** The value as text that programs read: numbers in the C locale with all their digits. */
QString plainText(const QAbstractItemModel& model, int row, int column)
{
    const QModelIndex index = model.index(row, column);
    const QVariant value = index.data(RawRole);
    if (value.typeId() == QMetaType::Double)
        return std::isfinite(value.toDouble()) ? QString::number(value.toDouble(), 'g', 10)
                                               : QString();
    // Models that are not RecordModels have no raw values.
    return value.isValid() ? value.toString()
                           : (model.headerData(column, Qt::Horizontal, ColumnIdRole).isValid()
                                  ? QString()
                                  : index.data(Qt::DisplayRole).toString());
}

/** "TTFT p95 [ms]", whatever the view makes of it. */
QString headerText(const QAbstractItemModel& model, int column)
{
    const QVariant title = model.headerData(column, Qt::Horizontal, PlainTitleRole);
    if (!title.isValid())
        return model.headerData(column, Qt::Horizontal).toString();
    const QString unit = model.headerData(column, Qt::Horizontal, UnitRole).toString();
    return unit.isEmpty() ? title.toString() : u"%1 [%2]"_s.arg(title.toString(), unit);
}

QString quoted(const QString& text, const QString& special)
{
    for (const QChar c : text) {
        if (special.contains(c))
            return u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"';
    }
    return text;
}

QString delimited(const TablePart& part, QChar separator)
{
    const QString special = QString(separator) + u"\"\n\r"_s;
    QString text;
    const auto appendLine = [&](auto&& cell) {
        for (std::size_t i = 0; i < part.columns.size(); ++i) {
            if (i > 0)
                text += separator;
            text += quoted(cell(part.columns[i]), special);
        }
        text += u'\n';
    };
    if (part.header)
        appendLine([&](int column) { return headerText(*part.model, column); });
    for (const int row : part.rows)
        appendLine([&](int column) { return plainText(*part.model, row, column); });
    return text;
}

} // namespace

TablePart wholeTable(const QAbstractItemModel& model)
{
    TablePart part { &model, {}, {}, true };
    part.rows.resize(static_cast<std::size_t>(model.rowCount()));
    std::iota(part.rows.begin(), part.rows.end(), 0);
    part.columns.resize(static_cast<std::size_t>(model.columnCount()));
    std::iota(part.columns.begin(), part.columns.end(), 0);
    return part;
}

QString toCsv(const TablePart& part)
{
    return delimited(part, u',');
}

QString toTsv(const TablePart& part)
{
    return delimited(part, u'\t');
}

QString toHtmlTable(const TablePart& part)
{
    QString html = u"<table>"_s;
    const auto appendRow = [&](const QString& tag, auto&& cell) {
        html += u"<tr>"_s;
        for (const int column : part.columns)
            html += u'<' + tag + u'>' + cell(column).toHtmlEscaped() + u"</"_s + tag + u'>';
        html += u"</tr>"_s;
    };
    if (part.header)
        appendRow(u"th"_s, [&](int column) { return headerText(*part.model, column); });
    for (const int row : part.rows)
        appendRow(u"td"_s,
                  [&](int column) { return part.model->index(row, column).data().toString(); });
    return html + u"</table>"_s;
}

void copyToClipboard(const TablePart& part)
{
    auto* data = new QMimeData;
    data->setText(toTsv(part));
    data->setHtml(toHtmlTable(part));
    QGuiApplication::clipboard()->setMimeData(data);
}

bool saveCsv(const TablePart& part, const QString& path, QString& error)
{
    QSaveFile file(path);
    const QByteArray content = toCsv(part).toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return true;
    error = file.errorString();
    return false;
}

} // namespace llmd

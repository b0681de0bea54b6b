// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/report/document.h>

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QTextDocument;

namespace llmd {

/** How a report is laid out as a document. */
struct ReportLook
{
    QColor text;
    QColor subtle; ///< captions and notes
    QColor line; ///< between rows
    QColor head; ///< background of header rows
    QColor warning;
    QFont font;
    double chartWidth = 0; ///< of one chart in device pixels; 0 leaves charts out
};
/** Colours of a palette, for a document on screen without charts. */
[[nodiscard]] ReportLook reportLook(const QPalette& palette, const QFont& font);

/** Replaces the content of a document. Texts are plain: nothing in them is taken for markup. */
void fillReport(QTextDocument& document, const Report& report, const ReportLook& look);

/** "HTML page (*.html);;…" of everything that `saveReport` can write, for file dialogs. */
[[nodiscard]] QString reportFileFilters();

/**
 * Writes a report in the format that the end of the name asks for: .html, .md, .csv or .pdf (A4 across, charts as lines and
 * letters, page numbers). Replaces the file at once or not at all. Callable from any thread.
 */
[[nodiscard]] Result<> saveReport(const Report& report, const QString& path,
                                  const RunContext& context = {});

} // namespace llmd

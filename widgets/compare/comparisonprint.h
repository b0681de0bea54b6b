// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <QPixmap>
#include <QTextDocument>

#include <memory>

class QPagedPaintDevice;

namespace llmd {

class Document;

/** The comparison as a document for paper: table, chart, and why the best is in front of each other one. Always light. */
[[nodiscard]] std::unique_ptr<QTextDocument>
comparisonDocument(const Document& document, const ComparedOptions& options, const QPixmap& chart);
/** Writes it as PDF, A4 across; false with a reason on failure, and then nothing is left behind. */
[[nodiscard]] bool savePdf(QTextDocument& document, const QString& path, const QString& title,
                           QString& error);

} // namespace llmd

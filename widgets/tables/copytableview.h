// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tabletext.h"

#include <QTableView>

namespace llmd {

/**
 * A table view whose selection can be copied (Ctrl+C, with the header row on Ctrl+Shift+C) as TSV and HTML, in the order
 * and with the columns that are shown. Tab leaves the table.
 */
class CopyTableView final : public QTableView
{
    Q_OBJECT

public:
    explicit CopyTableView(QWidget* parent = nullptr);

    /** Selected rows with the visible columns in their visual order. */
    [[nodiscard]] TablePart selectedPart(bool header) const;
    /** All rows that pass the filter, with the visible columns. */
    [[nodiscard]] TablePart visiblePart() const;

    /** Shown in the middle while the table has no rows. */
    void setPlaceholderText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] std::vector<int> visibleColumns() const;

    QString m_placeholder;
};

} // namespace llmd

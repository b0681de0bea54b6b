// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <functional>

namespace llmd {

/**
 * Filters the rows of a RecordModel by the words of a filter line: every word has to occur in a text column. With
 * `setRegularExpression(true)` the line is one pattern. Sorting is left to the source, which does it faster.
 */
class FilterProxy final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FilterProxy(QObject* parent = nullptr);

    void setFilterText(const QString& text);
    [[nodiscard]] QString filterText() const { return m_text; }
    void setRegularExpression(bool enabled);
    /** False while the line is not a valid pattern: then nothing is filtered. */
    [[nodiscard]] bool isPatternValid() const;
    /** One more condition on rows of the source, e.g. from a selection in a chart; empty = none. */
    void setRowCondition(std::function<bool(int sourceRow)> condition);

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /** Shows the unit on a line of its own: columns of figures are narrower than their titles. */
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow,
                                        const QModelIndex& sourceParent) const override;

private:
    void update();

    QString m_text;
    QStringList m_words;
    QRegularExpression m_pattern;
    std::function<bool(int)> m_condition;
    bool m_isPattern = false;
};

} // namespace llmd

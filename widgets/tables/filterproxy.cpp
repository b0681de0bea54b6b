// SPDX-License-Identifier: GPL-3.0-or-later
#include "filterproxy.h"

#include "recordmodel.h"

#include <algorithm>

namespace llmd {

FilterProxy::FilterProxy(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(false);
}

void FilterProxy::setFilterText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    update();
}

void FilterProxy::setRegularExpression(bool enabled)
{
    m_isPattern = enabled;
    update();
}

bool FilterProxy::isPatternValid() const
{
    return !m_isPattern || m_pattern.isValid();
}

void FilterProxy::setRowCondition(std::function<bool(int)> condition)
{
    m_condition = std::move(condition);
    // Rows that come and go one by one would keep the view busy for half a second where tens of thousands are scattered.
    invalidate();
}

void FilterProxy::update()
{
    m_words = m_isPattern
        ? QStringList()
        : m_text.toLower().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_pattern = m_isPattern
        ? QRegularExpression(
            m_text, QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption)
        : QRegularExpression();
    invalidateFilter();
}

void FilterProxy::sort(int column, Qt::SortOrder order)
{
    if (sourceModel())
        sourceModel()->sort(column, order);
}

QVariant FilterProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        const QString unit =
            QSortFilterProxyModel::headerData(section, orientation, UnitRole).toString();
        if (!unit.isEmpty())
            return QString(
                QSortFilterProxyModel::headerData(section, orientation, PlainTitleRole).toString()
                + QLatin1Char('\n') + unit);
    }
    return QSortFilterProxyModel::headerData(section, orientation, role);
}

bool FilterProxy::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    if (m_condition && !m_condition(sourceRow))
        return false;
    const bool byPattern = m_isPattern && m_pattern.isValid() && !m_text.isEmpty();
    if (m_words.isEmpty() && !byPattern)
        return true;
    const QString text =
        sourceModel()->index(sourceRow, 0, sourceParent).data(SearchTextRole).toString();
    if (byPattern)
        return m_pattern.match(text).hasMatch();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString& word) { return text.contains(word); });
}

} // namespace llmd

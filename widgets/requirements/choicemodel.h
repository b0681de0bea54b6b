// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/tables/recordmodel.h>

#include <QFont>

#include <functional>
#include <map>

namespace llmd {

/** What can be done with the cells of one column. */
template <class Row> struct CellBehavior
{
    std::function<bool(const Row&)> checked {}; ///< cells with a check box
    std::function<void(const Row&, bool)> setChecked {};
    std::function<QString(const Row&)>
        editText {}; ///< cells that can be edited: the text to start from
    std::function<void(const Row&, const QString&)> setText {};
    std::function<bool(const Row&)> stated {}; ///< bold, because the user stated it
    std::function<QIcon(const Row&)> icon {};
};

/**
 * Catalog entries in a table whose cells show and change the document: its columns read the document when they are asked,
 * so that an edit repaints cells and never loses the selection or an open editor.
 */
template <class Row> class ChoiceModel final : public RecordModel<Row>
{
public:
    using RecordModel<Row>::RecordModel;

    void setBehavior(const QString& columnId, CellBehavior<Row> behavior)
    {
        m_behaviors[columnId] = std::move(behavior);
    }

    /** Repaints every cell. */
    void refresh()
    {
        if (this->rowCount() > 0)
            emit this->dataChanged(this->index(0, 0),
                                   this->index(this->rowCount() - 1, this->columnCount() - 1));
    }

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override
    {
        Qt::ItemFlags flags = RecordModel<Row>::flags(index);
        if (const CellBehavior<Row>* behavior = behaviorAt(index)) {
            if (behavior->setChecked)
                flags |= Qt::ItemIsUserCheckable;
            if (behavior->setText)
                flags |= Qt::ItemIsEditable;
        }
        return flags;
    }

    bool setData(const QModelIndex& index, const QVariant& value, int role) override
    {
        const CellBehavior<Row>* behavior = behaviorAt(index);
        if (!behavior)
            return false;
        const Row row = this->record(index.row());
        if (role == Qt::CheckStateRole && behavior->setChecked)
            behavior->setChecked(row, value.toInt() == Qt::Checked);
        else if (role == Qt::EditRole && behavior->setText)
            behavior->setText(row, value.toString());
        else
            return false;
        return true;
    }

protected:
    [[nodiscard]] QVariant extraData(const Column<Row>& column, const Row& row,
                                     int role) const override
    {
        const auto it = m_behaviors.find(column.id);
        if (it == m_behaviors.end())
            return {};
        const CellBehavior<Row>& behavior = it->second;
        if (role == Qt::CheckStateRole && behavior.checked)
            return static_cast<int>(behavior.checked(row) ? Qt::Checked : Qt::Unchecked);
        if (role == Qt::EditRole && behavior.editText)
            return behavior.editText(row);
        if (role == Qt::DecorationRole && behavior.icon)
            return behavior.icon(row);
        if (role == Qt::FontRole && behavior.stated && behavior.stated(row)) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    }

private:
    [[nodiscard]] const CellBehavior<Row>* behaviorAt(const QModelIndex& index) const
    {
        if (!index.isValid())
            return nullptr;
        const auto it =
            m_behaviors.find(this->columns()[static_cast<std::size_t>(index.column())].id);
        return it == m_behaviors.end() ? nullptr : &it->second;
    }

    std::map<QString, CellBehavior<Row>> m_behaviors;
};

} // namespace llmd

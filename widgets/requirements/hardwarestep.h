// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "choicemodel.h"
#include "step.h"

#include <core/catalog/catalog.h>

#include <map>
#include <memory>
#include <utility>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace llmd {

class CopyTableView;
class FilterProxy;
class OriginChip;

/** Step 6: which GPUs may be used, how many exist, what an hour of each costs, and what may be spent. */
class HardwareStep final : public Step
{
    Q_OBJECT

public:
    HardwareStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;
    void dropUnusedText() override;

private:
    using Row = const Gpu*;
    using Texts = std::map<std::pair<std::string, QString>,
                           std::pair<QString, QString>>; // GPU, column → text, why not

    void addPrices();
    void addTable();
    void addTableStatus(QHBoxLayout& bar);
    [[nodiscard]] ChoiceModel<Row>::ColumnList columns() const;
    [[nodiscard]] Column<Row> choiceColumn() const;
    [[nodiscard]] Column<Row> priceColumn() const;
    [[nodiscard]] Column<Row> countColumn() const;
    void addBehaviors();
    void takeCatalog();
    void chooseGpu(Row gpu, bool chosen);
    void excludeGpu(Row gpu, bool excluded);
    void setPrice(Row gpu, const QString& text);
    void setCount(Row gpu, const QString& text);
    void rejectText(Row gpu, const QString& column, const QString& text, const QString& why);
    void refreshPrices();
    void refreshStatus();
    [[nodiscard]] const PriceList* priceList() const;
    [[nodiscard]] QString unusedText(Row gpu, const QString& column) const;

    std::shared_ptr<const Catalog> m_catalog; // the rows point into it
    Texts m_unused; // texts in cells that could not be used
    QComboBox* m_lists = nullptr;
    QToolButton* m_resetList = nullptr;
    OriginChip* m_listChip = nullptr;
    QLabel* m_listNote = nullptr;
    QLineEdit* m_filter = nullptr;
    CopyTableView* m_view = nullptr;
    ChoiceModel<Row>* m_model = nullptr;
    FilterProxy* m_proxy = nullptr;
    QLabel* m_errors = nullptr;
    QLabel* m_use = nullptr;
    QToolButton* m_resetUse = nullptr;
    QToolButton* m_resetPrices = nullptr;
    QToolButton* m_resetInventory = nullptr;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "choicemodel.h"
#include "step.h"

#include <core/catalog/catalog.h>

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QFrame;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace llmd {

class CopyTableView;
class FilterProxy;
class StatusBanner;

/** Step 5: which models and weight formats may be used, and adding a model by its `config.json`. */
class ModelsStep final : public Step
{
    Q_OBJECT

public:
    ModelsStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

    /** Reads a `config.json` and asks under which id to add it; a failure shows in the banner. */
    void openModelFile(const QString& path);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    using Row = const Model*;

    void addFormats();
    void addTable();
    void addAddingPanel();
    [[nodiscard]] ChoiceModel<Row>::ColumnList columns() const;
    [[nodiscard]] CellBehavior<Row> modelChoice();
    void takeCatalog();
    void chooseFormat(const QString& label, bool chosen);
    void chooseModel(Row model, bool chosen);
    void chooseShown();
    void askForModelFile();
    void addPendingModel();
    void removeSelectedModel();
    [[nodiscard]] Row selectedModel() const;

    std::shared_ptr<const Catalog> m_catalog; // the rows point into it
    std::vector<QCheckBox*> m_formats;
    QHBoxLayout* m_formatRow = nullptr;
    QLabel* m_count = nullptr;
    QToolButton* m_reset = nullptr;
    QPushButton* m_chooseShown = nullptr;
    QPushButton* m_remove = nullptr;
    QLineEdit* m_filter = nullptr;
    CopyTableView* m_view = nullptr;
    ChoiceModel<Row>* m_model = nullptr;
    FilterProxy* m_proxy = nullptr;
    StatusBanner* m_banner = nullptr;
    QFrame* m_addPanel = nullptr;
    QLabel* m_addText = nullptr;
    QLineEdit* m_addId = nullptr;
    QLabel* m_addError = nullptr;
    QString m_pendingPath;
};

} // namespace llmd

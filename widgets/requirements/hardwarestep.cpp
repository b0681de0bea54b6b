// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardwarestep.h"

#include "fieldspecs.h"
#include "originchip.h"
#include "plaintext.h"
#include "valuefield.h"

#include <core/base/text.h>
#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString nameColumn = u"name"_s;
const QString neverColumn = u"never"_s;
const QString priceColumnId = u"price"_s;
const QString countColumnId = u"count"_s;

/** Requirements may name a GPU by an alias. */
bool names(const std::string& id, const Gpu& gpu, const Catalog& catalog)
{
    return catalog.findGpu(id) == &gpu;
}

bool namedIn(const std::vector<std::string>& list, const Gpu& gpu, const Catalog& catalog)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& id) { return names(id, gpu, catalog); });
}

std::optional<double> ownPrice(const Requirements& requirements, const Gpu& gpu,
                               const Catalog& catalog)
{
    for (const auto& [id, price] : requirements.priceOverrides) {
        if (names(id, gpu, catalog))
            return price;
    }
    return std::nullopt;
}

const InventoryItem* ownedItem(const Requirements& requirements, const Gpu& gpu,
                               const Catalog& catalog)
{
    for (const InventoryItem& item : requirements.inventory) {
        if (names(item.gpu, gpu, catalog))
            return &item;
    }
    return nullptr;
}

QString linkText(const Gpu& gpu)
{
    const double gigabytes = gpu.scaleUpBandwidth.value() / 1e9;
    switch (gpu.scaleUp) {
    case ScaleUpKind::Switched:
        return HardwareStep::tr("switched, %1 GB/s").arg(plainNumber(gigabytes));
    case ScaleUpKind::Mesh:
        return HardwareStep::tr("mesh, %1 GB/s").arg(plainNumber(gigabytes));
    case ScaleUpKind::Pcie:
        break;
    }
    return HardwareStep::tr("PCIe, %1 GB/s").arg(plainNumber(gpu.pcieBandwidth.value() / 1e9));
}

QString dollars(double value)
{
    return u'$' + QLocale().toString(value, 'f', 2);
}

} // namespace

HardwareStep::HardwareStep(Document& document, QWidget* parent)
    : Step(document, tr("Hardware and prices"),
           tr("Which GPUs may be used and what an hour of each costs. Without a choice every GPU "
              "with a price is considered. "
              "Prices and counts can be typed into the table."),
           parent, StepWidth::Full)
{
    addPrices();
    addTable();
    addSection(tr("Limits"));
    FieldGrid* limits = addFields();
    limits->add(fields::maxGpus());
    limits->add(fields::budgetPerMonth());
    connect(&document, &Document::catalogChanged, this, &HardwareStep::takeCatalog);
    takeCatalog();
}

void HardwareStep::addPrices()
{
    addSection(tr("Prices"));
    FieldGrid* grid = addFields();
    auto* label = new QLabel(tr("Price list"), grid);
    m_lists = new QComboBox(grid);
    m_lists->setObjectName(u"requirements.priceList"_s);
    m_lists->setAccessibleName(label->text());
    label->setBuddy(m_lists);
    m_resetList = makeResetButton(label->text(), grid);
    m_resetList->setObjectName(u"requirements.priceList.reset"_s);
    m_listChip = new OriginChip(grid);
    m_listNote = makeNote({}, grid);
    grid->addRow(label, m_lists, m_resetList, m_listChip, m_listNote);
    const auto choose = [this](const std::string& id) {
        edit(u"requirements.priceList"_s, tr("Change the price list"),
             [&](Requirements& requirements) { requirements.priceList = id; });
    };
    connect(m_lists, &QComboBox::activated, this, [this, choose](int index) {
        choose(fromQString(m_lists->itemData(index).toString()));
    });
    connect(m_resetList, &QToolButton::clicked, this, [choose] { choose({}); });
}

void HardwareStep::addTable()
{
    addSection(tr("GPUs"),
               tr("Check a GPU to plan only with the checked ones; check “Never” to leave one out. "
                  "Fill in how many "
                  "you have to plan only with those."));
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"gpus.filter"_s);
    m_filter->setPlaceholderText(tr("Filter, e.g. nvidia hopper"));
    m_filter->setAccessibleName(tr("Filter the GPUs"));
    m_filter->setFixedWidth(charactersWide(*this, 40));
    auto* bar = new QHBoxLayout;
    m_use = makeNote({}, this);
    m_use->setObjectName(u"gpus.use"_s);
    bar->addWidget(m_filter);
    bar->addWidget(m_use, 1);
    addTableStatus(*bar);
    content()->addLayout(bar);
    m_view = new CopyTableView(this);
    m_view->setObjectName(u"gpus.table"_s);
    m_view->setAccessibleName(tr("GPUs of the catalog"));
    m_view->setMinimumHeight(fontMetrics().lineSpacing() * 14);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked
                            | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_view->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_view->horizontalHeader()->setStretchLastSection(true);
    content()->addWidget(m_view, 1);
    m_errors = makeNote({}, this);
    m_errors->setObjectName(u"gpus.errors"_s);
    QFont bold = m_errors->font();
    bold.setBold(true);
    m_errors->setFont(bold);
    m_errors->setForegroundRole(QPalette::WindowText);
    content()->addWidget(m_errors);
}

// What was changed in the table and how to take it back, above it where it is in sight.
void HardwareStep::addTableStatus(QHBoxLayout& bar)
{
    const auto button = [&](const QString& text, const QString& id, auto clear) {
        auto* reset = new QToolButton(this);
        reset->setText(text);
        reset->setObjectName(id);
        reset->setFocusPolicy(Qt::StrongFocus);
        bar.addWidget(reset);
        connect(reset, &QToolButton::clicked, this, [this, id, text, clear] {
            m_unused.clear();
            edit(id, text, clear);
            refresh();
        });
        return reset;
    };
    m_resetUse =
        button(tr("Consider all GPUs"), u"gpus.resetChoice"_s, [](Requirements& requirements) {
            requirements.gpusIncluded.clear();
            requirements.gpusExcluded.clear();
        });
    m_resetInventory = button(tr("Forget my counts"), u"gpus.resetInventory"_s,
                              [](Requirements& requirements) { requirements.inventory.clear(); });
    m_resetPrices = button(tr("Reset my prices"), u"gpus.resetPrices"_s,
                           [](Requirements& requirements) { requirements.priceOverrides.clear(); });
}

Column<const Gpu*> HardwareStep::choiceColumn() const
{
    return { .id = neverColumn,
             .title = tr("Never"),
             .unit = {},
             .value =
                 [this](const Row& row) {
                     return QVariant(
                         namedIn(document().requirements().gpusExcluded, *row, *m_catalog));
                 },
             .text = [](const QVariant&) { return QString(); }, // the check box says it
             .toolTip = tr("Leave this GPU out") };
}

Column<const Gpu*> HardwareStep::priceColumn() const
{
    return {
        .id = priceColumnId,
        .title = tr("Price"),
        .unit = u"$/h"_s,
        .value = [this](const Row& row) -> QVariant {
            if (const QString text = unusedText(row, priceColumnId); !text.isEmpty())
                return text;
            if (const auto own = ownPrice(document().requirements(), *row, *m_catalog))
                return *own;
            const PriceList* list = priceList();
            const auto price = list ? list->price(row->id) : std::nullopt;
            return price ? QVariant(inDollarsPerHour(*price)) : QVariant();
        },
        .text =
            [](const QVariant& value) {
                return value.typeId() == QMetaType::QString ? value.toString()
                                                            : dollars(value.toDouble());
            },
        .toolTip = tr(
            "Price of one GPU for an hour; type your own, empty the cell to go back to the list"),
        .numeric = true,
        .ascendingFirst = true
    };
}

Column<const Gpu*> HardwareStep::countColumn() const
{
    return { .id = countColumnId,
             .title = tr("You have"),
             .unit = {},
             .value = [this](const Row& row) -> QVariant {
                 if (const QString text = unusedText(row, countColumnId); !text.isEmpty())
                     return text;
                 const InventoryItem* item = ownedItem(document().requirements(), *row, *m_catalog);
                 return item ? QVariant(item->count) : QVariant(QString());
             },
             .text = [](const QVariant& value) { return value.toString(); },
             .toolTip = tr("How many of this GPU exist; empty means that any number may be bought"),
             .numeric = true };
}

ChoiceModel<const Gpu*>::ColumnList HardwareStep::columns() const
{
    const auto text = [](const QString& id, const QString& title, auto value) {
        return Column<Row> { .id = id,
                             .title = title,
                             .unit = {},
                             .value = [value](const Row& row) { return QVariant(value(*row)); } };
    };
    const auto number = [](const QString& id, const QString& title, const QString& unit,
                           auto value) {
        return Column<Row> {
            .id = id,
            .title = title,
            .unit = unit,
            .value =
                [value](const Row& row) {
                    return value(*row) > 0 ? QVariant(value(*row)) : QVariant();
                },
            .text = [](const QVariant& figure) { return plainNumber(figure.toDouble()); },
            .numeric = true
        };
    };
    Column<Row> name =
        text(nameColumn, tr("GPU"), [](const Gpu& gpu) { return toQString(gpu.name); });
    name.cellToolTip = [](const Row& row) {
        return row->servedByVllm
            ? toQString(row->notes)
            : tr("vLLM has no backend for it that we can plan for. %1").arg(toQString(row->notes));
    };
    Column<Row> source = text(u"source"_s, tr("Source"), [](const Gpu& gpu) -> QString {
        return toQString(gpu.source.text) + u' ' + toQString(gpu.source.date);
    });
    source.hidden = true;
    Column<Row> architecture = text(u"architecture"_s, tr("Architecture"),
                                    [](const Gpu& gpu) { return toQString(gpu.architecture); });
    architecture.hidden = true;
    return {
        std::move(name),
        choiceColumn(),
        text(u"link"_s, tr("Link"), [](const Gpu& gpu) { return linkText(gpu); }),
        text(u"confidence"_s, tr("Confidence"),
             [](const Gpu& gpu) { return toQString(gpu.source.confidence); }),
        priceColumn(),
        countColumn(),
        number(u"memory"_s, tr("Memory"), u"GiB"_s,
               [](const Gpu& gpu) { return std::round(inGibibytes(gpu.memory)); }),
        number(u"bandwidth"_s, tr("Bandwidth"), u"GB/s"_s,
               [](const Gpu& gpu) { return gpu.memoryBandwidth.value() / 1e9; }),
        number(u"bf16"_s, tr("BF16"), u"TFLOP/s"_s,
               [](const Gpu& gpu) { return gpu.bf16.value() / 1e12; }),
        number(u"perNode"_s, tr("Per node"), {},
               [](const Gpu& gpu) { return static_cast<double>(gpu.gpusPerNode); }),
        std::move(architecture),
        std::move(source),
    };
}

void HardwareStep::addBehaviors()
{
    const auto icon = [this](const QString& column) {
        return [this, column](const Row& row) {
            return unusedText(row, column).isEmpty() ? QIcon() : themedIcon(u"warning"_s);
        };
    };
    const auto chosen = [this](const Row& row) {
        return namedIn(document().requirements().gpusIncluded, *row, *m_catalog);
    };
    m_model->setBehavior(nameColumn,
                         { .checked = chosen,
                           .setChecked = [this](const Row& row, bool on) { chooseGpu(row, on); },
                           .stated = chosen });
    const auto excluded = [this](const Row& row) {
        return namedIn(document().requirements().gpusExcluded, *row, *m_catalog);
    };
    m_model->setBehavior(neverColumn,
                         { .checked = excluded,
                           .setChecked = [this](const Row& row, bool on) { excludeGpu(row, on); },
                           .stated = excluded });
    m_model->setBehavior(
        priceColumnId,
        { .editText =
              [this](const Row& row) {
                  if (const QString text = unusedText(row, priceColumnId); !text.isEmpty())
                      return text;
                  const auto own = ownPrice(document().requirements(), *row, *m_catalog);
                  return own ? toQString(printNumber(*own)) : QString();
              },
          .setText = [this](const Row& row, const QString& text) { setPrice(row, text); },
          .stated =
              [this](const Row& row) {
                  return ownPrice(document().requirements(), *row, *m_catalog).has_value();
              },
          .icon = icon(priceColumnId) });
    m_model->setBehavior(
        countColumnId,
        { .editText =
              [this](const Row& row) {
                  if (const QString text = unusedText(row, countColumnId); !text.isEmpty())
                      return text;
                  const InventoryItem* item =
                      ownedItem(document().requirements(), *row, *m_catalog);
                  return item ? QString::number(item->count) : QString();
              },
          .setText = [this](const Row& row, const QString& text) { setCount(row, text); },
          .stated =
              [this](const Row& row) {
                  return ownedItem(document().requirements(), *row, *m_catalog) != nullptr;
              },
          .icon = icon(countColumnId) });
}

void HardwareStep::takeCatalog()
{
    const auto catalog = document().catalog();
    auto* model = new ChoiceModel<Row>(columns(), this);
    std::vector<Row> rows;
    for (const Gpu& gpu : catalog->gpus)
        rows.push_back(&gpu);
    std::swap(m_model, model);
    m_catalog = catalog;
    m_model->setRows(std::move(rows));
    addBehaviors();
    delete m_proxy; // before the model that it shows
    delete model;
    m_proxy = setUpTable(*m_view, *m_model);
    connectFilterLine(*m_filter, *m_proxy);
    m_proxy->setFilterText(m_filter->text());
    fitColumns(*m_view, 36);
    m_view->setColumnWidth(m_model->columnOf(countColumnId), charactersWide(*this, 12));
    m_lists->clear();
    for (const PriceList& list : catalog->priceLists)
        m_lists->addItem(toQString(list.name), toQString(list.id));
    refresh();
}

const PriceList* HardwareStep::priceList() const
{
    const std::string& id = document().requirements().priceList;
    if (!id.empty())
        return m_catalog->findPriceList(id);
    return m_catalog->priceLists.empty() ? nullptr : &m_catalog->priceLists.front();
}

QString HardwareStep::unusedText(Row gpu, const QString& column) const
{
    const auto it = m_unused.find({ gpu->id, column });
    return it == m_unused.end() ? QString() : it->second.first;
}

void HardwareStep::rejectText(Row gpu, const QString& column, const QString& text,
                              const QString& why)
{
    m_unused[{ gpu->id, column }] = { text, why };
    refresh();
}

void HardwareStep::chooseGpu(Row gpu, bool chosen)
{
    edit(u"requirements.gpusIncluded."_s + toQString(gpu->id),
         chosen ? tr("Choose %1").arg(toQString(gpu->name))
                : tr("Do not insist on %1").arg(toQString(gpu->name)),
         [&](Requirements& requirements) {
             std::erase_if(requirements.gpusIncluded,
                           [&](const std::string& id) { return names(id, *gpu, *m_catalog); });
             if (!chosen)
                 return;
             requirements.gpusIncluded.push_back(gpu->id);
             std::erase_if(requirements.gpusExcluded,
                           [&](const std::string& id) { return names(id, *gpu, *m_catalog); });
         });
}

void HardwareStep::excludeGpu(Row gpu, bool excluded)
{
    edit(u"requirements.gpusExcluded."_s + toQString(gpu->id),
         excluded ? tr("Exclude %1").arg(toQString(gpu->name))
                  : tr("Allow %1").arg(toQString(gpu->name)),
         [&](Requirements& requirements) {
             std::erase_if(requirements.gpusExcluded,
                           [&](const std::string& id) { return names(id, *gpu, *m_catalog); });
             if (!excluded)
                 return;
             requirements.gpusExcluded.push_back(gpu->id);
             std::erase_if(requirements.gpusIncluded,
                           [&](const std::string& id) { return names(id, *gpu, *m_catalog); });
         });
}

void HardwareStep::setPrice(Row gpu, const QString& text)
{
    const QString trimmed = text.trimmed();
    std::optional<double> price;
    if (!trimmed.isEmpty()) {
        const auto parsed = parseMoney(fromQString(trimmed));
        if (!parsed || parsed->value() < 0) {
            rejectText(gpu, priceColumnId, text,
                       parsed ? tr("a price cannot be negative.")
                              : toQString(parsed.error().detail));
            return;
        }
        price = parsed->value();
    }
    m_unused.erase({ gpu->id, priceColumnId });
    edit(u"requirements.priceOverrides."_s + toQString(gpu->id),
         tr("Change the price of %1").arg(toQString(gpu->name)), [&](Requirements& requirements) {
             std::erase_if(requirements.priceOverrides,
                           [&](const auto& entry) { return names(entry.first, *gpu, *m_catalog); });
             if (price)
                 requirements.priceOverrides[gpu->id] = *price;
         });
    refresh();
}

void HardwareStep::setCount(Row gpu, const QString& text)
{
    const QString trimmed = text.trimmed();
    int count = 0;
    if (!trimmed.isEmpty()) {
        const auto parsed = parseCount(fromQString(trimmed));
        if (!parsed || *parsed < 1 || *parsed > 1e6 || *parsed != std::floor(*parsed)) {
            rejectText(gpu, countColumnId, text,
                       parsed ? tr("expected a whole number from 1 on, or nothing.")
                              : toQString(parsed.error().detail));
            return;
        }
        count = static_cast<int>(*parsed);
    }
    m_unused.erase({ gpu->id, countColumnId });
    edit(u"requirements.inventory."_s + toQString(gpu->id),
         tr("Change how many %1 there are").arg(toQString(gpu->name)),
         [&](Requirements& requirements) {
             const auto same = [&](const InventoryItem& item) {
                 return names(item.gpu, *gpu, *m_catalog);
             };
             const auto it =
                 std::find_if(requirements.inventory.begin(), requirements.inventory.end(), same);
             if (count == 0)
                 std::erase_if(requirements.inventory, same);
             else if (it != requirements.inventory.end())
                 it->count = count;
             else
                 requirements.inventory.push_back({ gpu->id, count, 0 });
         });
    refresh();
}

void HardwareStep::refresh()
{
    Step::refresh();
    m_model->refresh();
    refreshPrices();
    refreshStatus();
}

void HardwareStep::refreshPrices()
{
    const std::string& id = document().requirements().priceList;
    m_lists->setCurrentIndex(id.empty() ? 0 : m_lists->findData(toQString(id)));
    m_resetList->setVisible(!id.empty());
    m_listChip->setOrigin(id.empty() ? Derivation::Origin::Default : Derivation::Origin::Stated);
    const PriceList* list = priceList();
    m_listNote->setText(
        list ? tr("%1 Read on %2.").arg(toQString(list->description), toQString(list->source.date))
             : QString());
    m_listNote->setToolTip(list ? tr("Source: %1").arg(toQString(list->source.text)) : QString());
    m_resetPrices->setVisible(!document().requirements().priceOverrides.empty());
}

void HardwareStep::refreshStatus()
{
    QStringList errors;
    for (const auto& [cell, text] : m_unused) {
        const Gpu* gpu = m_catalog->findGpu(cell.first);
        errors << tr("⚠ %1: “%2” is not used: %3")
                      .arg(toQString(gpu ? gpu->name : cell.first), text.first, text.second);
    }
    m_errors->setText(errors.join(u'\n'));
    m_errors->setVisible(!errors.isEmpty());

    const Requirements& requirements = document().requirements();
    const std::size_t included = requirements.gpusIncluded.size();
    const std::size_t excluded = requirements.gpusExcluded.size();
    const PriceList* list = priceList();
    const auto priced =
        std::count_if(m_catalog->gpus.begin(), m_catalog->gpus.end(), [&](const Gpu& gpu) {
            return gpu.servedByVllm
                && (ownPrice(requirements, gpu, *m_catalog) || (list && list->price(gpu.id)));
        });
    QString use = tr("%1 of %2 GPUs have a price and are considered.")
                      .arg(priced)
                      .arg(m_catalog->gpus.size());
    if (included > 0)
        use = counted(included, tr("Only the checked GPU is considered."),
                      tr("Only the %1 checked GPUs are considered."));
    else if (excluded > 0)
        use = counted(excluded, tr("All GPUs but one are considered."),
                      tr("All GPUs but %1 are considered."));
    if (!requirements.inventory.empty()) {
        int owned = 0;
        for (const InventoryItem& item : requirements.inventory)
            owned += item.count;
        use += u' '
            + counted(static_cast<std::size_t>(owned), tr("Plans use the one that you have."),
                      tr("Plans use at most the %1 that you have."));
    }
    m_use->setText(use);
    m_resetUse->setVisible(included + excluded > 0);
    m_resetInventory->setVisible(!requirements.inventory.empty());
}

void HardwareStep::dropUnusedText()
{
    Step::dropUnusedText();
    m_unused.clear();
}

StepSummary HardwareStep::summary() const
{
    const Requirements& requirements = document().requirements();
    const auto state = m_unused.empty() ? StepButton::State::Normal : StepButton::State::Warning;
    if (!requirements.inventory.empty())
        return { tr("Own GPUs"), state };
    if (requirements.gpusIncluded.size() == 1) {
        const Gpu* gpu = m_catalog->findGpu(requirements.gpusIncluded.front());
        return { toQString(gpu ? gpu->name : requirements.gpusIncluded.front()),
                 gpu ? state : StepButton::State::Error };
    }
    if (!requirements.gpusIncluded.empty())
        return { tr("%1 GPUs").arg(requirements.gpusIncluded.size()), state };
    if (!requirements.gpusExcluded.empty())
        return { tr("All but %1").arg(requirements.gpusExcluded.size()), state };
    return { tr("All %1 GPUs").arg(m_catalog->gpus.size()), state };
}

bool HardwareStep::reveal(const QString& field)
{
    const QString name = fieldName(field);
    if (name == u"gpus" || name == u"inventory")
        m_view->setFocus(Qt::OtherFocusReason);
    else if (name == u"prices" || name == u"price_list")
        m_lists->setFocus(Qt::OtherFocusReason);
    else
        return Step::reveal(field);
    return true;
}

} // namespace llmd

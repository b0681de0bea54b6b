// SPDX-License-Identifier: GPL-3.0-or-later
#include "refusalspanel.h"

#include <widgets/support/languages.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

class RefusalsModel final : public RecordModel<Refusal>
{
public:
    RefusalsModel()
        : RecordModel({
            { .id = u"constraint"_s,
              .title = RefusalsPanel::tr("Reason"),
              .value =
                  [](const Refusal& refusal) {
                      return QVariant(localText(describe(refusal.constraint)));
                  },
              .cellToolTip =
                  [](const Refusal& refusal) { return localText(describe(refusal.constraint)); } },
            { .id = u"count"_s,
              .title = RefusalsPanel::tr("Refused"),
              .value =
                  [](const Refusal& refusal) {
                      return QVariant(static_cast<qlonglong>(refusal.count));
                  },
              .toolTip = RefusalsPanel::tr("Combinations that failed this constraint first"),
              .numeric = true },
            { .id = u"nearest_miss"_s,
              .title = RefusalsPanel::tr("Nearest miss"),
              .unit = u"%"_s,
              .value =
                  [](const Refusal& refusal) {
                      return refusal.nearestMiss > 0 ? QVariant(refusal.nearestMiss * 100)
                                                     : QVariant();
                  },
              .toolTip = RefusalsPanel::tr("How far over the limit the best of them is"),
              .numeric = true,
              .ascendingFirst = true,
              .missing = u"–"_s },
            { .id = u"nearest"_s,
              .title = RefusalsPanel::tr("Nearest candidate"),
              .value = [](const Refusal& refusal) { return QVariant(toQString(refusal.nearest)); },
              .hidden = true },
        })
    { }
};

RefusalsPanel::RefusalsPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(std::make_unique<RefusalsModel>())
    , m_summary(new QLabel(this))
    , m_view(new CopyTableView(this))
    , m_nearest(new QLabel(this))
{
    setObjectName(u"refusalsPanel"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_summary->setWordWrap(true);
    m_view->setObjectName(u"refusalsTable"_s);
    m_view->setAccessibleName(tr("Why combinations were refused"));
    m_view->setPlaceholderText(tr("Nothing was refused."));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    setUpTable(*m_view, *m_model);
    m_view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RefusalsPanel::showNearest);
    m_nearest->setWordWrap(true);
    m_nearest->setTextFormat(Qt::PlainText);
    m_nearest->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_nearest->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto* layout = new QVBoxLayout(this);
    auto* heading = new QLabel(tr("Nearest candidate"), this);
    setTextStyle(*heading, TextStyle::Heading);
    layout->addWidget(m_summary);
    layout->addWidget(m_view, 3);
    layout->addWidget(heading);
    layout->addWidget(m_nearest, 1);
}

RefusalsPanel::~RefusalsPanel() = default;

void RefusalsPanel::setReport(const std::shared_ptr<const SearchReport>& report)
{
    std::vector<Refusal> rows = report ? report->refusals : std::vector<Refusal>();
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Refusal& a, const Refusal& b) { return a.count > b.count; });
    m_model->setRows(std::move(rows));
    m_summary->setText(
        !report ? tr("No search yet.")
                : tr("Of %1 combinations %2 meet every constraint. Each of the others is counted "
                     "under the "
                     "first constraint that it failed.")
                      .arg(format::integer(static_cast<qint64>(report->searched)),
                           format::integer(static_cast<qint64>(report->options.size()))));
    for (const int column : { 1, 2 })
        m_view->setColumnWidth(column, charactersWide(*m_view, 14));
    m_view->selectRow(0);
    showNearest();
}

void RefusalsPanel::showNearest()
{
    const auto* proxy = static_cast<const FilterProxy*>(m_view->model());
    const QModelIndex current = proxy->mapToSource(m_view->currentIndex());
    m_nearest->setText(current.isValid() ? toQString(m_model->record(current.row()).nearest)
                                         : QString());
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "issuespanel.h"

#include <widgets/support/errortext.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>

#include <QCoreApplication>
#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** Equal findings are shown once with their number. */
struct IssueRow
{
    Issue issue;
    int count = 1;
};

QString tr(const char* text)
{
    return QCoreApplication::translate("IssuesPanel", text);
}

RecordModel<IssueRow>::ColumnList issueColumns()
{
    return {
        { .id = u"severity"_s,
          .title = tr("Severity"),
          .value = [](const IssueRow& row) { return QVariant(severityText(row.issue.severity)); } },
        { .id = u"text"_s,
          .title = tr("Finding"),
          .value = [](const IssueRow& row) { return QVariant(toQString(row.issue.text)); },
          .cellToolTip = [](const IssueRow& row) { return toQString(row.issue.text); } },
        { .id = u"field"_s,
          .title = tr("Field"),
          .value = [](const IssueRow& row) { return QVariant(toQString(row.issue.subject)); } },
        { .id = u"place"_s,
          .title = tr("Place"),
          .value =
              [](const IssueRow& row) {
                  return QVariant(row.issue.where ? locationText(*row.issue.where) : QString());
              } },
        { .id = u"count"_s,
          .title = tr("Times"),
          .value = [](const IssueRow& row) { return QVariant(row.count); },
          .numeric = true },
    };
}

} // namespace

class IssuesModel final : public RecordModel<IssueRow>
{
public:
    IssuesModel()
        : RecordModel(issueColumns())
    { }
};

IssuesPanel::IssuesPanel(QWidget* parent)
    : QDockWidget(QCoreApplication::translate("IssuesPanel", "Issues"), parent)
    , m_model(std::make_unique<IssuesModel>())
    , m_view(new CopyTableView(this))
{
    setObjectName(u"issuesPanel"_s);
    setAllowedAreas(Qt::BottomDockWidgetArea);
    setFeatures(DockWidgetClosable);
    m_view->setAccessibleName(tr("Issues"));
    m_view->setPlaceholderText(tr("No issues."));
    setUpTable(*m_view, *m_model);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto* proxy = static_cast<const FilterProxy*>(m_view->model());
        const Issue& issue = m_model->record(proxy->mapToSource(index).row()).issue;
        emit fieldRequested(toQString(issue.subject));
    });
    setWidget(m_view);
    hide();
}

IssuesPanel::~IssuesPanel() = default;

void IssuesPanel::setIssues(const std::vector<Issue>& issues)
{
    std::vector<IssueRow> rows;
    for (const Issue& issue : issues) {
        const auto same = std::find_if(
            rows.begin(), rows.end(), [&issue](const IssueRow& row) { return row.issue == issue; });
        if (same == rows.end())
            rows.push_back({ issue });
        else
            ++same->count;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const IssueRow& a, const IssueRow& b) {
        return a.issue.severity > b.issue.severity;
    });
    m_model->setRows(std::move(rows));
    fitColumns(*m_view, 110);
}

int IssuesPanel::count(Severity severity) const
{
    const auto& rows = m_model->rows();
    return static_cast<int>(
        std::count_if(rows.begin(), rows.end(),
                      [severity](const IssueRow& row) { return row.issue.severity == severity; }));
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginechooser.h"

#include "enginetext.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStandardItemModel>

using namespace Qt::StringLiterals;

namespace llmd {

EngineChooser::EngineChooser(Document& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_box(new QComboBox(this))
{
    m_box->setObjectName(u"searchEngine"_s);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* label = new QLabel(tr("&Engine"), this);
    label->setBuddy(m_box);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 2);
    row->addWidget(label);
    row->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this, &EngineChooser::choose);
    connect(&document, &Document::projectChanged, this, &EngineChooser::refresh);
    connect(&document, &Document::catalogChanged, this, &EngineChooser::refresh);
    refresh();
}

void EngineChooser::refresh()
{
    const std::vector<EngineInfo> engines = m_document.engines()->list();
    const QString current = toQString(m_document.project().engine);
    const QSignalBlocker blocker(m_box);
    m_box->clear();
    for (const EngineInfo& info : engines) {
        m_box->addItem(engineName(info), toQString(info.id));
        const int item = m_box->count() - 1;
        m_box->setItemData(item, engineDescription(info, *m_document.catalog()), Qt::ToolTipRole);
        // Listed, so that its tool tip says what is missing, but no search could use it.
        static_cast<QStandardItemModel*>(m_box->model())
            ->item(item)
            ->setEnabled(info.unavailable.empty());
    }
    int index = m_box->findData(current);
    if (index < 0) {
        // A plan from another machine may name an engine that is not declared on this one.
        m_box->addItem(tr("%1 (not available)").arg(current), current);
        index = m_box->count() - 1;
        m_box->setItemData(index, tr("This plan asks for an engine that is not known here."),
                           Qt::ToolTipRole);
    }
    m_box->setCurrentIndex(index);
    const QString description = m_box->itemData(index, Qt::ToolTipRole).toString();
    m_box->setToolTip(
        tr("The engine that predicts the options of the search.\n\n%1").arg(description));
    m_box->setAccessibleDescription(description);
}

void EngineChooser::choose(int index)
{
    const std::string id = fromQString(m_box->itemData(index).toString());
    m_document.edit(u"engine"_s, tr("Change Engine"),
                    [&id](Project& project) { project.engine = id; });
    // An edit that changes nothing leaves the plan as it was; the box shows what the plan says.
    refresh();
}

} // namespace llmd

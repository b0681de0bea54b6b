// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportoptions.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace llmd {

using namespace Qt::StringLiterals;

ExportOptions::ExportOptions(QWidget* parent)
    : QWidget(parent)
    , m_fold(new QToolButton(this))
    , m_fields(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_fold->setObjectName(u"export.more"_s);
    m_fold->setText(tr("&More options"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_fold);
    layout->addWidget(m_fields);

    auto* form = new QVBoxLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(fontMetrics().height() / 4);
    m_gatewayClass =
        addField(*form, tr("Gateway &class"), u"export.gatewayClass"_s, tr("the Gateway exists"),
                 tr("Write the Gateway too, of this class, for example istio."));
    m_modelClaim = addField(
        *form, tr("Model &volume claim"), u"export.modelClaim"_s, tr("a local volume per pod"),
        tr("PersistentVolumeClaim that keeps the downloaded model; all pods must be able to "
           "mount it at once."));
    m_pullSecret = addField(*form, tr("&Image pull secret"), u"export.pullSecret"_s, tr("none"),
                            tr("Secret with which the nodes pull the images."));
    m_tolerations =
        addField(*form, tr("T&olerations"), u"export.tolerations"_s, tr("that of the GPUs only"),
                 tr("Taints that the servers accept besides that of the GPUs: key, key=value or "
                    "key=value:NoSchedule, separated by spaces."));
    m_topologyKey =
        addField(*form, tr("Network &domain label"), u"export.topologyKey"_s, tr("any nodes"),
                 tr("Node label whose value all pods of one deployment share, such as "
                    "topology.kubernetes.io/zone. Used where replicas span nodes or prompts are "
                    "computed by other servers."));
    m_rdma = addField(
        *form, tr("&RDMA resource"), u"export.rdma"_s, toQString(ManifestOptions {}.rdmaResource),
        tr("Resource of the RDMA device plugin, asked for where data leaves a node by RDMA."));
    m_allowUnfit = new QCheckBox(tr("Write plans that do not &fit memory"), m_fields);
    m_allowUnfit->setObjectName(u"export.allowUnfit"_s);
    m_allowUnfit->setToolTip(tr("The files say at their top that the plan does not fit."));
    form->addSpacing(fontMetrics().height() / 2);
    form->addWidget(m_allowUnfit);
    connect(m_allowUnfit, &QCheckBox::toggled, this, &ExportOptions::changed);
    connect(m_fold, &QToolButton::toggled, this, &ExportOptions::setOpen);
    setOpen(false);
}

QLineEdit* ExportOptions::addField(QVBoxLayout& form, const QString& label, const QString& name,
                                   const QString& placeholder, const QString& toolTip)
{
    auto* edit = new QLineEdit(m_fields);
    edit->setObjectName(name);
    edit->setAccessibleName(QString(label).remove(u'&'));
    edit->setPlaceholderText(placeholder);
    edit->setToolTip(toolTip);
    auto* caption = new QLabel(label, m_fields);
    caption->setBuddy(edit);
    form.addSpacing(fontMetrics().height() / 2);
    form.addWidget(caption);
    form.addWidget(edit);
    connect(edit, &QLineEdit::textEdited, this, &ExportOptions::changed);
    return edit;
}

void ExportOptions::setOpen(bool open)
{
    m_fold->setChecked(open);
    m_fold->setIcon(themedIcon(open ? u"chevron-down"_s : u"chevron-right"_s));
    m_fields->setVisible(open);
}

void ExportOptions::apply(ManifestOptions& options) const
{
    const auto text = [](const QLineEdit& edit) { return fromQString(edit.text().trimmed()); };
    options.gatewayClass = text(*m_gatewayClass);
    options.modelClaim = text(*m_modelClaim);
    options.pullSecret = text(*m_pullSecret);
    options.topologyKey = text(*m_topologyKey);
    if (!m_rdma->text().trimmed().isEmpty())
        options.rdmaResource = text(*m_rdma);
    options.tolerations.clear();
    for (const QString& word : m_tolerations->text().split(u' ', Qt::SkipEmptyParts))
        options.tolerations.push_back(fromQString(word));
    options.allowUnfit = m_allowUnfit->isChecked();
}

} // namespace llmd

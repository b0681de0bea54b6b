// SPDX-License-Identifier: GPL-3.0-or-later
#include "presetdialog.h"

#include "plaintext.h"
#include "valuefield.h"

#include <core/workload/preset.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QDate>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString targetText(const QString& name, const std::optional<LatencyTarget>& target,
                   const LatencyRange* range)
{
    if (!target && !range)
        return {};
    const Seconds limit = target ? target->limit : defaultLimit(*range);
    return u"%1 %2"_s.arg(name, plainDuration(limit));
}

/** What a preset holds, in a few lines. */
QString contentText(const UseCase& preset)
{
    const auto percent = [](double share) { return plainPercent(share); };
    QStringList targets { targetText(u"TTFT"_s, preset.ttftTarget, &preset.ttft),
                          targetText(u"ITL"_s, preset.itlTarget, &preset.itl) };
    if (preset.e2eTarget)
        targets.append(targetText(u"E2E"_s, preset.e2eTarget, nullptr));
    return PresetDialog::tr("%1 → %2 tokens, peak %3 × the mean\nlimits: %4\npriorities: cost %5, "
                            "latency %6, quality %7, simplicity %8")
        .arg(plainNumber(preset.promptTokens), plainNumber(preset.outputTokens),
             plainNumber(preset.peakFactor), targets.join(u", "_s), percent(preset.costPriority),
             percent(preset.latencyPriority), percent(preset.qualityPriority),
             percent(preset.simplicityPriority));
}

} // namespace

PresetDialog::PresetDialog(const Requirements& requirements, const Catalog& catalog,
                           QWidget* parent)
    : QDialog(parent)
    , m_requirements(requirements)
    , m_catalog(catalog)
    , m_name(new QLineEdit(this))
    , m_content(new QLabel(this))
    , m_remark(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this))
{
    setObjectName(u"presetDialog"_s);
    setWindowTitle(tr("Save as Preset"));
    m_name->setObjectName(u"presetName"_s);
    m_name->setMaxLength(80);
    m_name->setMinimumWidth(charactersWide(*this, 50));
    m_name->setText(toQString(requirements.title));
    auto* label = new QLabel(tr("&Name of the preset"), this);
    label->setBuddy(m_name);
    m_content->setObjectName(u"presetContent"_s);
    m_remark->setObjectName(u"presetRemark"_s);
    m_remark->setWordWrap(true);
    setTextStyle(*m_remark, TextStyle::Caption);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(fontMetrics().height() / 2);
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(m_content);
    layout->addWidget(m_remark);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &PresetDialog::check);
    check();
}

void PresetDialog::check()
{
    const auto preset = presetOf(m_requirements, m_catalog, fromQString(m_name->text()),
                                 fromQString(QDate::currentDate().toString(Qt::ISODate)));
    m_buttons->button(QDialogButtonBox::Save)->setEnabled(preset.has_value());
    m_content->setVisible(preset.has_value());
    if (!preset) {
        m_remark->setText(m_name->text().isEmpty()
                              ? tr("Give it a name that others will understand.")
                              : toQString(preset.error().detail));
        return;
    }
    m_preset = *preset;
    m_content->setText(contentText(m_preset));
    m_remark->setText(
        m_catalog.findUseCase(m_preset.id)
            ? tr("It replaces the rules of the use case of that name; removing the "
                 "preset brings back what was shipped.")
            : tr("It appears as a use case of its own here and in the command line, as "
                 "“%1”.")
                  .arg(toQString(m_preset.id)));
}

} // namespace llmd

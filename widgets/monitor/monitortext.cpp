// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitortext.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd::monitortext {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::MonitorText", text);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped();
}

QString heading(const QString& text)
{
    return u"<h4 style='margin-bottom:2px'>%1</h4>"_s.arg(text.toHtmlEscaped());
}

QString paragraph(const QString& html)
{
    return u"<p style='margin-top:2px'>%1</p>"_s.arg(html);
}

QString subtle(const QString& html, const Tones& colors)
{
    return u"<span style='color:%1'>%2</span>"_s.arg(colors.subtleText.name(), html);
}

QString causeName(LikelyCause::Kind kind)
{
    switch (kind) {
    case LikelyCause::Kind::Configuration:
        return tr("Another configuration than planned");
    case LikelyCause::Kind::StepTime:
        return tr("Step time");
    case LikelyCause::Kind::Queueing:
        return tr("Queueing");
    case LikelyCause::Kind::PrefixCache:
        return tr("Prefix cache");
    case LikelyCause::Kind::Unexplained:
        break;
    }
    return tr("Unexplained");
}

QString reload(ReloadLevel level)
{
    switch (level) {
    case ReloadLevel::None:
        return tr("no change");
    case ReloadLevel::Live:
        return tr("level 0: live, nothing that serves is restarted");
    case ReloadLevel::Scheduler:
        return tr("level 1: scheduler settings");
    case ReloadLevel::Worker:
        return tr("level 2: every replica restarts in turn");
    case ReloadLevel::Redeploy:
        break;
    }
    return tr("level 3: a second deployment beside the first");
}

QString changesOf(const PlanDiff& diff, const Tones& colors)
{
    QString html;
    for (const PlanChange& change : diff.changes)
        html += u"<br>"_s
            + subtle(tr("%1: %2 → %3")
                         .arg(escaped(change.field), escaped(change.before), escaped(change.after)),
                     colors);
    return html;
}

} // namespace

QString findings(const MonitorUpdate& update, const Tones& colors)
{
    QString html;
    if (!update.validation)
        return html;
    const Validation& validation = *update.validation;
    if (!validation.causes.empty())
        html += heading(tr("Likely causes"));
    for (const LikelyCause& cause : validation.causes)
        html += paragraph(tr("<b>%1.</b> %2 %3")
                              .arg(causeName(cause.kind), escaped(cause.text),
                                   subtle(tr("Explains %1 of %2 deviations.")
                                              .arg(cause.explains)
                                              .arg(validation.deviating),
                                          colors)));
    if (!validation.differences.empty()) {
        html += heading(tr("Configuration"));
        for (const auto& difference : validation.differences)
            html += paragraph(tr("%1: planned %2, running %3")
                                  .arg(escaped(difference.setting), escaped(difference.planned),
                                       escaped(difference.observed)));
    }
    if (validation.confirms())
        html += paragraph(tr("The deployment does what the plan predicts for this load."));
    if (!validation.notes.empty() || !update.notes.empty()) {
        html += heading(tr("Notes"));
        for (const auto* notes : { &validation.notes, &update.notes }) {
            for (const std::string& note : *notes)
                html += paragraph(subtle(escaped(note), colors));
        }
    }
    return html;
}

QString shift(const Shift& shift, const ResolvedNeed& planned, const Tones& colors)
{
    const std::string text = describe(shift, planned);
    return text.empty() ? QString()
                        : paragraph(subtle(tr("Found: %1.").arg(escaped(text)), colors));
}

QString suggestion(const Adaptation& adaptation, const Tones& colors)
{
    QString html = heading(tr("Suggested change")) + paragraph(escaped(adaptation.verdict));
    for (std::size_t i = 0; i < adaptation.proposals.size(); ++i) {
        const Proposal& proposal = adaptation.proposals[i];
        const QString mark = adaptation.recommended == i ? tr("★ recommended: ") : QString();
        html += paragraph(tr("<b>%1%2</b> (%3)<br>%4%5")
                              .arg(mark, escaped(proposal.title), reload(proposal.diff.level),
                                   escaped(proposal.gain), changesOf(proposal.diff, colors)));
    }
    if (adaptation.scheduler)
        html += heading(tr("Scheduler settings, by simulation"))
            + paragraph(escaped(adaptation.scheduler->verdict));
    if (adaptation.router)
        html += heading(tr("Router weights, by simulation"))
            + paragraph(escaped(adaptation.router->verdict));
    return html;
}

} // namespace llmd::monitortext

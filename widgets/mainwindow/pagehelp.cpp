// SPDX-License-Identifier: GPL-3.0-or-later
#include "pagehelp.h"

#include <widgets/support/theme.h>

#include <QApplication>
#include <QLabel>
#include <QTextBrowser>

#include <vector>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

struct HelpText
{
    const char* page;
    QString what; ///< what the page is for and how it is used
    QString numbers; ///< where its figures come from
};

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::HelpPanel", text);
}

std::vector<HelpText> planTexts()
{
    return {
        { "start",
          tr("Begin a plan: with the guide, from words, from a use case or from a sample; or open "
             "a "
             "plan, requirements or a declarative spec. Files can be dropped anywhere on the "
             "window. "
             "Pinned plans stay at the top of the list."),
          tr("Use cases and samples are built in. Your own use cases are read from the catalog "
             "folder in your data folder; Preferences show where that is.") },
        { "requirements",
          tr("State what has to be served. Steps can be visited in any order and there is nothing "
             "to "
             "apply: each change is part of the plan at once and can be undone. A field that you "
             "leave empty is derived from the use case."),
          tr("The mark beside each field says where its value comes from: stated by you, a rule of "
             "the use case, computed from other fields, or a default. Point at the mark to see the "
             "computation. Targets are percentiles of the latency at the peak load.") },
        { "explore",
          tr("All configurations that meet the targets, ranked. Choose a view above the table, "
             "filter, "
             "and select an option to see its latencies, memory and time of a step. Drag a target "
             "line in "
             "the chart of cost and latency, or move the priorities: the ranking follows at once. "
             "Escape takes a drag back."),
          tr("Figures labelled Estimated are predictions of the engine that is named above the "
             "table, with "
             "an interval that nine of ten measurements should keep to. Figures labelled "
             "Benchmarked were "
             "measured on exactly this configuration. Costs are GPUs × price of the chosen price "
             "list.") },
        { "compare",
          tr("Two to five options side by side, differences first. Add options in Explore with the "
             "star or "
             "the compare command. The page can be presented on a projector, printed and saved as "
             "PDF."),
          tr("The same figures as in Explore. A difference that is smaller than the uncertainty of "
             "both "
             "figures is shown as no difference.") },
        { "export",
          tr("Writes the chosen option as files for a target: plain Kubernetes, Helm, KServe, Ray "
             "or "
             "Dynamo. Look at each file, at the checks and at what changed since the last export "
             "before "
             "you save."),
          tr("Arguments and images follow the version row of the plan. Nothing is written before "
             "you choose "
             "a folder, and existing files are replaced only after a question.") },
    };
}

std::vector<HelpText> evidenceTexts()
{
    return {
        { "benchmarks",
          tr("The library of measurements. Import reports or folders of them, look at what was "
             "found before it "
             "is stored, compare runs, and let the estimates learn from them."),
          tr("Every figure is the one in the report that it was imported from; the raw document "
             "and the findings "
             "of the import are kept beside it.") },
        { "monitor",
          tr("Compares what a running deployment does with what the plan predicts for the load "
             "that it has, and "
             "tells when the load has changed so much that the plan no longer fits."),
          tr("Observed figures come from the endpoint that you connect: rates and percentiles are "
             "computed from "
             "the counters and histograms of vLLM and the router. Predicted figures are the plan's "
             "engine at the "
             "observed load.") },
        { "accuracy",
          tr("How far predictions were from measurements that the engines have not seen, by metric "
             "and by kind of "
             "deployment, so that you know how much to trust a figure."),
          tr("From an evaluation over measured deployments that is made anew for every release. "
             "The command "
             "“llmd evaluate” repeats it.") },
    };
}

/** What is said about the field under the cursor; empty if there is nothing. */
QString fieldHelp(const QWidget* field)
{
    for (const QWidget* widget = field; widget && !widget->isWindow();
         widget = widget->parentWidget()) {
        const QString text =
            widget->whatsThis().isEmpty() ? widget->toolTip() : widget->whatsThis();
        if (text.isEmpty() || qobject_cast<const Page*>(widget))
            continue;
        QString name = widget->accessibleName();
        const auto labels = widget->window()->findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            if (name.isEmpty() && label->buddy() == widget)
                name = QString(label->text()).remove(u'&');
        }
        const QString shown = Qt::mightBeRichText(text) ? text : text.toHtmlEscaped();
        return name.isEmpty()
            ? u"<p>"_s + shown + u"</p>"_s
            : u"<p><b>"_s + name.toHtmlEscaped() + u"</b><br>"_s + shown + u"</p>"_s;
    }
    return {};
}

} // namespace

QString pageHelp(const PageInfo& page)
{
    QString what = page.toolTip;
    QString numbers;
    for (const auto& texts : { planTexts(), evidenceTexts() }) {
        for (const HelpText& text : texts) {
            if (page.id == QLatin1StringView(text.page)) {
                what = text.what;
                numbers = text.numbers;
            }
        }
    }
    QString html =
        u"<h3>"_s + page.title.toHtmlEscaped() + u"</h3><p>"_s + what.toHtmlEscaped() + u"</p>"_s;
    if (!numbers.isEmpty())
        html += u"<h4>"_s + tr("Where its numbers come from").toHtmlEscaped() + u"</h4><p>"_s
            + numbers.toHtmlEscaped() + u"</p>"_s;
    return html;
}

HelpPanel::HelpPanel(QWidget* parent)
    : QDockWidget(HelpPanel::tr("Help"), parent)
    , m_text(new QTextBrowser(this))
{
    setObjectName(u"helpPanel"_s);
    setAllowedAreas(Qt::RightDockWidgetArea | Qt::LeftDockWidgetArea);
    setFeatures(DockWidgetClosable | DockWidgetMovable);
    m_text->setAccessibleName(HelpPanel::tr("Help"));
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setMinimumWidth(charactersWide(*this, 34));
    m_text->document()->setDocumentMargin(fontMetrics().height());
    setWidget(m_text);
    hide();
}

void HelpPanel::toggle(const Page& page)
{
    const QWidget* focus = QApplication::focusWidget();
    const QWidget* field = focus && page.isAncestorOf(focus) ? focus : nullptr;
    if (isVisible() && (!field || field == m_field)) {
        hide();
        return;
    }
    m_field = field;
    showHelp(page.info(), field);
    show();
}

void HelpPanel::showHelp(const PageInfo& page, const QWidget* field)
{
    const QString about = fieldHelp(field);
    const QString keys = u"<p>"_s
        + HelpPanel::tr("Shift+F1 explains what you click next. Ctrl+K finds everything.")
              .toHtmlEscaped()
        + u"</p>"_s;
    m_text->setHtml((about.isEmpty() ? QString() : about + u"<hr>"_s) + pageHelp(page) + u"<hr>"_s
                    + keys);
}

} // namespace llmd

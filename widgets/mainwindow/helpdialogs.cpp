// SPDX-License-Identifier: GPL-3.0-or-later
#include "helpdialogs.h"

#include <core/base/version.h>
#include <widgets/charts/chartview.h>
#include <widgets/support/actionshortcuts.h>
#include <widgets/support/qtbridge.h>

#include <QAction>
#include <QCoreApplication>
#include <QIcon>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::MainWindow", text);
}

} // namespace

void showShortcutList(QWidget& window)
{
    QString rows;
    const auto addRow = [&rows](const QString& keys, const QString& what) {
        rows += u"<tr><td><b>"_s + keys.toHtmlEscaped() + u"</b>&nbsp;&nbsp;</td><td>"_s
            + what.toHtmlEscaped() + u"</td></tr>"_s;
    };
    const auto actions = window.findChildren<QAction*>();
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            addRow(action->shortcut().toString(QKeySequence::NativeText), plainText(*action));
    }
    const auto gestures = ChartView::gestureHint().split(u" · "_s);
    for (const QString& gesture : gestures)
        addRow(gesture.section(u": "_s, 0, 0), tr("Chart: %1").arg(gesture.section(u": "_s, 1)));
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard and Mouse"),
                                u"<table>"_s + rows + u"</table>"_s, QMessageBox::Close, &window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void showAbout(QWidget& window)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About"),
                                tr("<h3>llm-d Planner Workbench %1</h3><p>Plans how to serve a "
                                   "language model with llm-d: offline, with honest "
                                   "error bars.</p><p>Figures are estimates unless they are "
                                   "labelled as benchmarked. Core: Apache-2.0; desktop "
                                   "program: GPL-3.0-or-later.</p>")
                                    .arg(toQString(productVersion)),
                                QMessageBox::Close, &window);
    box->setIconPixmap(window.windowIcon().pixmap(window.fontMetrics().height() * 3));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace llmd

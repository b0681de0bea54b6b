// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/base/version.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/mainwindow/workspace.h>
#include <widgets/support/errortext.h>
#include <widgets/support/languages.h>
#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

namespace {

void complain(const QString& message)
{
    QTextStream(stderr) << message << '\n';
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("llmd-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("llm-d Planner Workbench"));
    QApplication::setApplicationVersion(QString::fromLatin1(llmd::productVersion));
    QApplication::setDesktopFileName(QStringLiteral("org.llm_d.PlannerWorkbench"));
    llmd::applyLanguage({}); // that of the system; also for what the options below say

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Plans how to serve a language model with llm-d."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption settingsOption(
        QStringLiteral("settings"), QCoreApplication::translate("main", "Use this settings file."),
        QStringLiteral("FILE"));
    const QCommandLineOption pageOption(
        QStringLiteral("page"), QCoreApplication::translate("main", "Show this page first."),
        QStringLiteral("ID"));
    const QCommandLineOption enginesOption(
        QStringLiteral("engines"),
        QCoreApplication::translate("main",
                                    "Folder with YAML files that declare external engines; may be "
                                    "repeated."),
        QStringLiteral("DIR"));
    parser.addOptions({ settingsOption, pageOption, enginesOption });
    parser.addPositionalArgument(
        QStringLiteral("FILE"),
        QCoreApplication::translate(
            "main", "Plans, requirements or specs to open, each in a window of its own."),
        QStringLiteral("[FILE…]"));
    parser.process(application);

    llmd::Settings settings(parser.value(settingsOption));
    llmd::applyColorScheme(settings.colorScheme());
    llmd::WorkspaceOptions options;
    options.engineFolders = parser.values(enginesOption);
    options.complain = &complain;
    options.languages.apply(settings.language());
    llmd::Workspace workspace(settings, std::move(options));
    if (const auto loaded = workspace.load(); !loaded) {
        complain(llmd::errorText(loaded.error()));
        return 1;
    }
    workspace.start(parser.positionalArguments());
    if (parser.isSet(pageOption)
        && !workspace.windows().front()->showPage(parser.value(pageOption))) {
        complain(QCoreApplication::translate("main", "There is no page “%1”.")
                     .arg(parser.value(pageOption)));
        return 2;
    }
    return QApplication::exec();
}

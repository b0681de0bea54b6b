// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/base/version.h>
#include <core/benchmarks/store.h>
#include <core/catalog/catalog.h>
#include <core/performance/enginedeclaration.h>
#include <widgets/document/document.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLibraryInfo>
#include <QStandardPaths>
#include <QTextStream>
#include <QTranslator>

namespace {

/** Where the user keeps additions to the catalog; the command line uses the same folder. */
llmd::CatalogOptions catalogOptions()
{
    llmd::CatalogOptions options;
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                      + QStringLiteral("/llmd-planner/catalog"));
    if (folder.exists())
        options.overrideFolders.push_back(llmd::fromQString(folder.path()));
    if (folder.exists(QStringLiteral("models")))
        options.modelFolders.push_back(
            llmd::fromQString(folder.filePath(QStringLiteral("models"))));
    return options;
}

void complain(const QString& message)
{
    QTextStream(stderr) << message << '\n';
}

/** The external engines of the usual folders and of those that were named; problems of their files go to stderr. */
std::vector<llmd::EngineDeclaration> enginePrograms(const QStringList& folders)
{
    auto all = llmd::usualEngineFolders();
    for (const QString& folder : folders)
        all.push_back(llmd::fromQString(folder));
    auto loaded = llmd::loadEngineDeclarations(all);
    for (const llmd::Issue& issue : loaded.issues)
        complain(llmd::toQString(llmd::describe(issue)));
    return std::move(loaded.value);
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("llmd-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("llm-d Planner Workbench"));
    QApplication::setApplicationVersion(QString::fromLatin1(llmd::productVersion));
    QApplication::setDesktopFileName(QStringLiteral("org.llm_d.PlannerWorkbench"));
    QTranslator qtTexts;
    if (qtTexts.load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                     QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qtTexts);

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
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 QCoreApplication::translate("main", "The plan to open."),
                                 QStringLiteral("[FILE]"));
    parser.process(application);

    auto catalog = llmd::loadCatalog(catalogOptions());
    if (!catalog) {
        complain(llmd::errorText(catalog.error()));
        return 1;
    }
    for (const llmd::Issue& issue : catalog->issues)
        complain(llmd::toQString(llmd::describe(issue)));

    llmd::Settings settings(parser.value(settingsOption));
    llmd::applyColorScheme(settings.colorScheme());
    llmd::JobRunner jobs;
    llmd::Document document(catalog->value, jobs, enginePrograms(parser.values(enginesOption)));
    if (const auto store = llmd::userStorePath())
        document.setMeasurements(*store);
    llmd::MainWindow window(document, settings);
    if (parser.isSet(pageOption) && !window.showPage(parser.value(pageOption))) {
        complain(QCoreApplication::translate("main", "There is no page “%1”.")
                     .arg(parser.value(pageOption)));
        return 2;
    }
    if (const QStringList files = parser.positionalArguments(); !files.isEmpty())
        window.openFile(files.constFirst());
    window.show();
    return QApplication::exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/mainwindow/mainwindow.h>
#include <widgets/preferences/preferencesdialog.h>
#include <widgets/support/actionids.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace llmd;

namespace {

struct Desk : testing::Workbench
{
    MainWindow window { document, settings };
    PreferencesDialog* dialog = nullptr;

    Desk()
    {
        window.show();
        LanguageSupport languages;
        languages.available = [] {
            return QStringList { QStringLiteral("en"), QStringLiteral("de"),
                                 QStringLiteral("zh_CN") };
        };
        dialog =
            new PreferencesDialog(document, settings, languages, actionShortcuts(window), &window);
        dialog->showPage(3);
        dialog->show();
    }

    template <class T> [[nodiscard]] T* part(const char* name) const
    {
        return dialog->findChild<T*>(QStringLiteral("preferences.") + QLatin1String(name));
    }

    void choose(const char* name, const QVariant& data) const
    {
        auto* box = part<QComboBox>(name);
        QVERIFY2(box, name);
        const int index = box->findData(data);
        QVERIFY2(index >= 0, name);
        box->setCurrentIndex(index);
        emit box->activated(index);
    }

    /** Selects the row of an action and presses keys for it. */
    void assign(const char* id, const QKeySequence& keys) const
    {
        select(id);
        auto* edit = part<QKeySequenceEdit>("keys");
        edit->setKeySequence(keys);
        emit edit->editingFinished();
    }

    void select(const char* id) const
    {
        const QString text = plainText(*window.findChild<QAction*>(QLatin1String(id)));
        auto* view = part<QTableView>("shortcuts");
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, 0).data().toString() == text)
                view->selectRow(row);
        }
        QCOMPARE(view->currentIndex().siblingAtColumn(0).data().toString(), text);
    }

    [[nodiscard]] QKeySequence keysOf(const char* id) const
    {
        return window.findChild<QAction*>(QLatin1String(id))->shortcut();
    }
};

} // namespace

class TestPreferences : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void themeChangesAtOnceAndEverywhere()
    {
        Desk desk;
        desk.choose("theme", QStringLiteral("dark"));
        QVERIFY(isDark(QApplication::palette()));
        QVERIFY(
            desk.window.findChild<QAction*>(QLatin1String(actionids::viewThemeDark))->isChecked());
        desk.window.findChild<QAction*>(QLatin1String(actionids::viewThemeLight))->trigger();
        QCOMPARE(desk.part<QComboBox>("theme")->currentData().toString(), QStringLiteral("light"));
    }

    void languagesInTheirOwnWords()
    {
        Desk desk;
        auto* box = desk.part<QComboBox>("language");
        QCOMPARE(box->count(), 4);
        QVERIFY(box->findText(QStringLiteral("Deutsch")) > 0);
        QString heard;
        connect(&desk.settings, &Settings::languageChanged, this,
                [&heard](const QString& code) { heard = code; });
        desk.choose("language", QStringLiteral("de"));
        QCOMPARE(heard, QStringLiteral("de"));
        QCOMPARE(Settings(desk.settings.fileName()).language(), QStringLiteral("de"));
    }

    void planDefaults()
    {
        Desk desk;
        const Catalog& catalog = *desk.document.catalog();
        const QString list = QString::fromStdString(catalog.priceLists.back().id);
        desk.choose("priceList", list);
        QCOMPARE(desk.settings.priceList(), list);
        const QString row = QString::fromStdString(catalog.versionRows.back().id);
        desk.choose("versionRow", row);
        QCOMPARE(desk.settings.versionRow(), row);
        desk.choose("engine", QStringLiteral("roofline"));
        QCOMPARE(desk.settings.engine(), QStringLiteral("roofline"));
    }

    void unknownValuesStayVisible()
    {
        testing::Workbench bench;
        bench.settings.setPriceList(QStringLiteral("sold out"));
        PreferencesDialog dialog(bench.document, bench.settings, {}, {});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto* box = dialog.findChild<QComboBox*>(QStringLiteral("preferences.priceList"));
        QVERIFY(box->currentText().contains(QStringLiteral("sold out")));
    }

    void startChoices()
    {
        Desk desk;
        desk.part<QCheckBox>("reopen")->setChecked(true);
        QVERIFY(desk.settings.reopensPlans());
        desk.settings.setTourDone(true);
        desk.part<QCheckBox>("tour")->setChecked(false);
        desk.part<QCheckBox>("tour")->setChecked(true);
        QVERIFY(!desk.settings.tourDone());
    }

    void foldersAreShown()
    {
        Desk desk;
        desk.settings.setEngineFolders({ desk.folder.path(), QStringLiteral("/no/such/folder") });
        auto* view = desk.part<QAbstractItemView>("engineFolders");
        QCOMPARE(view->model()->rowCount(), 2);
        QVERIFY(view->model()->index(1, 0).data().toString().contains(
            QStringLiteral("does not exist")));
        view->setCurrentIndex(view->model()->index(1, 0));
        desk.part<QPushButton>("removeEngineFolder")->click();
        QCOMPARE(desk.settings.engineFolders(), QStringList(desk.folder.path()));
        QVERIFY(desk.part<QTableView>("engines")->model()->rowCount() >= 3);
        desk.settings.setDataFolder(desk.folder.path());
        QCOMPARE(desk.part<QLineEdit>("dataFolder")->text(), desk.folder.path());
        desk.part<QPushButton>("usualDataFolder")->click();
        QVERIFY(desk.settings.dataFolder().isEmpty());
    }

    void shortcutsHoldAtOnce()
    {
        Desk desk;
        const QKeySequence standard = desk.keysOf(actionids::editSearch);
        const QKeySequence own(Qt::CTRL | Qt::ALT | Qt::Key_P);
        desk.assign(actionids::editSearch, own);
        QCOMPARE(desk.keysOf(actionids::editSearch), own);
        // A window that comes later has them too.
        MainWindow later(desk.document, desk.settings);
        QCOMPARE(later.findChild<QAction*>(QLatin1String(actionids::editSearch))->shortcut(), own);
        desk.part<QPushButton>("resetKeys")->click();
        QCOMPARE(desk.keysOf(actionids::editSearch), standard);
        QVERIFY(!desk.settings.shortcut(QLatin1String(actionids::editSearch)));
        desk.part<QPushButton>("clearKeys")->click();
        QVERIFY(desk.keysOf(actionids::editSearch).isEmpty());
        desk.part<QPushButton>("resetAllKeys")->click();
        QCOMPARE(desk.keysOf(actionids::editSearch), standard);
    }

    void conflictsAreRefusedWithAName()
    {
        Desk desk;
        const QKeySequence save = desk.keysOf(actionids::fileSave);
        const QKeySequence before = desk.keysOf(actionids::helpTour);
        desk.assign(actionids::helpTour, save);
        QCOMPARE(desk.keysOf(actionids::helpTour), before);
        auto* conflict = desk.part<QLabel>("conflict");
        QVERIFY(conflict->isVisibleTo(desk.dialog));
        QVERIFY2(conflict->text().contains(QStringLiteral("Save")), qPrintable(conflict->text()));
        QCOMPARE(desk.part<QKeySequenceEdit>("keys")->keySequence(), before);
        desk.select(actionids::fileSave);
        QVERIFY(conflict->isHidden());
        desk.part<QPushButton>("clearKeys")->click();
        desk.assign(actionids::helpTour, save);
        QCOMPARE(desk.keysOf(actionids::helpTour), save);
    }

    void looks_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }
    void looks()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        Desk desk;
        desk.dialog->addPage(QStringLiteral("Another"), new QLabel(QStringLiteral("guest")));
        QCOMPARE(desk.dialog->pageCount(), 5);
        QCOMPARE(desk.dialog->currentPage(), 3);
        for (int page = 0; page < desk.dialog->pageCount(); ++page) {
            desk.dialog->showPage(page);
            QTest::qWait(30);
            QCOMPARE(testing::namelessInputs(*desk.dialog), QStringList());
            QCOMPARE(testing::tabTraps(*desk.dialog), QStringList());
            testing::saveScreenshot(*desk.dialog,
                                    QStringLiteral("preferences-%1-%2").arg(page).arg(scheme));
        }
    }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"

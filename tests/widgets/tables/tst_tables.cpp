// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tablesetup.h>
#include <widgets/tables/tabletext.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <optional>

using namespace llmd;

namespace {

struct Planet
{
    QString name;
    std::optional<double> mass;
    int moons = 0;
};

class PlanetModel final : public RecordModel<Planet>
{
public:
    PlanetModel()
        : RecordModel({
            { .id = QStringLiteral("name"),
              .title = QStringLiteral("Name"),
              .value = [](const Planet& planet) { return QVariant(planet.name); } },
            { .id = QStringLiteral("mass"),
              .title = QStringLiteral("Mass"),
              .unit = QStringLiteral("kg"),
              .value =
                  [](const Planet& planet) {
                      return planet.mass ? QVariant(*planet.mass) : QVariant();
                  },
              .numeric = true },
            { .id = QStringLiteral("moons"),
              .title = QStringLiteral("Moons <known>"),
              .value = [](const Planet& planet) { return QVariant(planet.moons); },
              .numeric = true,
              .hidden = true },
        })
    {
        setRows({ { QStringLiteral("Earth"), 5972.4, 1 },
                  { QStringLiteral("Nine \"X\"\tfar"), std::nullopt, 0 },
                  { QStringLiteral("jupiter"), 1898000.0, 95 } });
    }

    QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < rowCount(); ++row)
            all.append(record(row).name.left(4));
        return all;
    }
};

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void modelKeepsItsPromises()
    {
        PlanetModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(1, Qt::AscendingOrder);
        model.setRows({});
        model.setRows({ { QStringLiteral("Mars"), 642.0, 2 } });
        model.sort(-1);
    }

    void rolesComeFromOneColumnTable()
    {
        const PlanetModel model;
        const QModelIndex mass = model.index(0, 1);
        QCOMPARE(mass.data().toString(),
                 QStringLiteral("5.972")); // German grouping, no decimals above 1000
        QCOMPARE(mass.data(RawRole).toDouble(), 5972.4);
        QCOMPARE(mass.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Mass: 5.972 kg"));
        QVERIFY(mass.data(Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight));
        QCOMPARE(model.index(1, 1).data().toString(), format::noData());
        QVERIFY(!model.index(1, 1).data(SortRole).isValid());
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("Mass [kg]"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, ColumnIdRole).toString(),
                 QStringLiteral("mass"));
        QCOMPARE(model.columnOf(QStringLiteral("moons")), 2);
        QCOMPARE(model.columnOf(QStringLiteral("rings")), -1);
    }

    void sortingPutsMissingDataLast()
    {
        PlanetModel model;
        model.sort(1, Qt::AscendingOrder);
        QCOMPARE(model.names(), QStringList({ "Eart", "jupi", "Nine" }));
        model.sort(1, Qt::DescendingOrder);
        QCOMPARE(model.names(), QStringList({ "jupi", "Eart", "Nine" }));
        model.sort(0, Qt::DescendingOrder);
        QCOMPARE(model.names(), QStringList({ "Nine", "jupi", "Eart" }));
        model.sort(-1);
        QCOMPARE(model.names(), QStringList({ "Eart", "Nine", "jupi" }));
    }

    void persistentIndexesFollowTheirRecord()
    {
        PlanetModel model;
        const QPersistentModelIndex jupiter = model.index(2, 0);
        model.sort(1, Qt::DescendingOrder);
        QCOMPARE(jupiter.row(), 0);
        QCOMPARE(jupiter.data().toString(), QStringLiteral("jupiter"));
    }

    void newRowsKeepTheSortColumn()
    {
        PlanetModel model;
        model.sort(2, Qt::DescendingOrder);
        model.setRows({ { QStringLiteral("a"), {}, 1 },
                        { QStringLiteral("b"), {}, 3 },
                        { QStringLiteral("c"), {}, 2 } });
        QCOMPARE(model.names(), QStringList({ "b", "c", "a" }));
    }

    void filterNeedsEveryWord()
    {
        PlanetModel model;
        FilterProxy proxy;
        proxy.setSourceModel(&model);
        QAbstractItemModelTester tester(&proxy,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setFilterText(QStringLiteral("JUP"));
        QCOMPARE(proxy.rowCount(), 1);
        proxy.setFilterText(QStringLiteral("nine far"));
        QCOMPARE(proxy.rowCount(), 1);
        proxy.setFilterText(QStringLiteral("nine earth"));
        QCOMPARE(proxy.rowCount(), 0);
        proxy.setFilterText({});
        QCOMPARE(proxy.rowCount(), 3);
        proxy.sort(1, Qt::DescendingOrder);
        QCOMPARE(proxy.index(0, 0).data().toString(), QStringLiteral("jupiter"));
        proxy.setRowCondition([&model](int row) { return model.record(row).moons > 0; });
        QCOMPARE(proxy.rowCount(), 2);
    }

    void filterTakesAPattern()
    {
        PlanetModel model;
        FilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.setRegularExpression(true);
        proxy.setFilterText(QStringLiteral("^(earth|jup)"));
        QCOMPARE(proxy.rowCount(), 2);
        proxy.setFilterText(QStringLiteral("("));
        QVERIFY(!proxy.isPatternValid());
        QCOMPARE(proxy.rowCount(), 3);
    }

    void csvIsForPrograms()
    {
        const PlanetModel model;
        QCOMPARE(toCsv(wholeTable(model)),
                 QStringLiteral("Name,Mass [kg],Moons <known>\nEarth,5972.4,1\n\"Nine "
                                "\"\"X\"\"\tfar\",,0\njupiter,1898000,95\n"));
    }

    void tsvAndHtmlForTheClipboard()
    {
        const PlanetModel model;
        TablePart part = wholeTable(model);
        part.rows = { 1 };
        part.header = false;
        QCOMPARE(toTsv(part), QStringLiteral("\"Nine \"\"X\"\"\tfar\"\t\t0\n"));
        part.header = true;
        const QString html = toHtmlTable(part);
        QVERIFY(html.contains(QStringLiteral("<th>Moons &lt;known&gt;</th>")));
        QVERIFY(html.contains(QStringLiteral("Nine &quot;X&quot;")));
    }

    void viewCopiesWhatItShows()
    {
        PlanetModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.show();
        QVERIFY(!view.tabKeyNavigation());
        QVERIFY(view.isColumnHidden(2));
        view.horizontalHeader()->moveSection(1, 0);
        view.selectRow(0);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->mimeData()->text(), QStringLiteral("5972.4\tEarth\n"));
        QVERIFY(QApplication::clipboard()->mimeData()->hasHtml());
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->mimeData()->text(),
                 QStringLiteral("Mass [kg]\tName\n5972.4\tEarth\n"));
    }

    void headerClicksCycle()
    {
        PlanetModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.resize(600, 300);
        view.show();
        QHeaderView* header = view.horizontalHeader();
        const QPoint place(header->sectionViewportPosition(1) + 5, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(model.names(), QStringList({ "jupi", "Eart", "Nine" })); // numbers: largest first
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(model.names(), QStringList({ "Eart", "jupi", "Nine" }));
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(model.names(), QStringList({ "Eart", "Nine", "jupi" })); // natural order
    }

    void columnsCanBeChosenAndReset()
    {
        PlanetModel model;
        CopyTableView view;
        setUpTable(view, model);
        QMenu menu;
        fillColumnMenu(menu, view);
        QCOMPARE(menu.actions().size(), 5); // three columns, a separator, reset
        menu.actions().at(2)->trigger();
        QVERIFY(!view.isColumnHidden(2));
        menu.actions().at(0)->trigger();
        QVERIFY(view.isColumnHidden(0));
        menu.actions().last()->trigger();
        QVERIFY(!view.isColumnHidden(0));
        QVERIFY(view.isColumnHidden(2));
    }

    void unwritableFileIsReported()
    {
        const PlanetModel model;
        QString error;
        QVERIFY(!saveCsv(wholeTable(model), QStringLiteral("/no/such/folder/x.csv"), error));
        QVERIFY(!error.isEmpty());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("planets.csv"));
        QVERIFY(saveCsv(wholeTable(model), path, error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), toCsv(wholeTable(model)));
    }
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/ranking/comparison.h>
#include <core/ranking/sensitivity.h>
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/testtools.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/compare/comparemodel.h>
#include <widgets/compare/comparepage.h>
#include <widgets/compare/parallelchart.h>
#include <widgets/compare/presentation.h>
#include <widgets/document/shortlist.h>
#include <widgets/explore/explorepage.h>
#include <widgets/explore/optionsmodel.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

/** The page with a real search behind it and, unless told otherwise, the suggested options. */
struct Compared
{
    explicit Compared(bool suggested = true)
    {
        page.resize(1400, 860);
        page.show();
        ready = bench.waitForSearch() && bench.document.report();
        if (ready && suggested)
            click(u"compareBest"_s);
    }
    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        return page.findChild<Widget*>(name);
    }
    void click(const QString& button) const
    {
        QTest::mouseClick(find<QToolButton>(button), Qt::LeftButton);
    }
    [[nodiscard]] const CompareModel& model() const
    {
        return *static_cast<const CompareModel*>(table->model());
    }
    [[nodiscard]] int rowOf(const QString& title) const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().index(row, 0).data().toString().startsWith(title))
                return row;
        }
        return -1;
    }
    [[nodiscard]] QString words() const { return why->toPlainText(); }
    [[nodiscard]] const std::vector<std::string>& shortlist() const
    {
        return bench.document.project().shortlist;
    }

    testing::Workbench bench;
    ComparePage page { bench.document, bench.settings };
    CopyTableView* table = find<CopyTableView>(u"compareTable"_s);
    ParallelChart* chart = page.findChild<ParallelChart*>();
    QTextBrowser* why = find<QTextBrowser>(u"whyText"_s);
    StatusBanner* banner = page.findChild<StatusBanner*>();
    bool ready = false;
};

} // namespace

class TestComparePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void saysWhatToDoAtFirst()
    {
        Compared compared(false);
        QVERIFY(compared.ready);
        QVERIFY(!compared.table->isVisible());
        QVERIFY(compared.find<QToolButton>(u"compareBest"_s)->isVisible());
        QVERIFY(!compared.find<QToolButton>(u"savePdf"_s)->isEnabled());
        QSignalSpy request(&compared.page, &Page::pageRequested);
        compared.click(u"goToExplore"_s);
        QCOMPARE(request.value(0).value(0).toString(), u"explore"_s);
        compared.click(u"compareBest"_s);
        QVERIFY(compared.table->isVisible());
        QVERIFY(compared.shortlist().size() >= 2 && compared.shortlist().size() <= mostCompared);
        // One undoable step of the plan.
        compared.bench.document.undoStack()->undo();
        QVERIFY(compared.shortlist().empty() && !compared.table->isVisible());
    }

    void anyOptionIsComparedWithTheBestInOneStep()
    {
        Compared compared(false);
        QVERIFY(compared.ready);
        Document& document = compared.bench.document;
        QAction* whyNot = makeWhyNotAction(document, &compared.page);
        const auto& order = document.ranking().of(View::Balanced);
        QVERIFY(order.size() > 8);
        const auto idOf = [&](std::size_t place) {
            return toQString(document.report()->options[order[place]].id);
        };
        document.selectOption(idOf(0));
        QVERIFY(!whyNot->isEnabled()); // nothing is in front of the best
        document.selectOption(idOf(7));
        QVERIFY(whyNot->isEnabled());
        whyNot->trigger();
        QCOMPARE(compared.shortlist().size(), std::size_t(2));
        QCOMPARE(document.undoStack()->count(), 1);
        const auto pair = [&] {
            return std::pair { compared.find<QComboBox>(u"whyFirst"_s)->currentIndex(),
                               compared.find<QComboBox>(u"whySecond"_s)->currentIndex() };
        };
        QVERIFY((pair() == std::pair { 0, 1 }));
        QVERIFY(!compared.words().isEmpty());
        // A full comparison makes room, and the question is about the one that was asked about.
        for (const std::size_t place : { 1, 2, 3 })
            QVERIFY(setCompared(document, idOf(place), true));
        document.selectOption(idOf(8));
        whyNot->trigger();
        QCOMPARE(compared.shortlist().size(), mostCompared);
        QCOMPARE(compared.shortlist().back(), idOf(8).toStdString());
        compared.page.activate();
        QVERIFY((pair() == std::pair { 3, 4 }));
        document.selectOption(idOf(1));
        compared.page.activate();
        const auto& list = compared.shortlist();
        const auto asked = std::find(list.begin(), list.end(), idOf(1).toStdString());
        QVERIFY(asked != list.end());
        QCOMPARE(pair().second, static_cast<int>(asked - list.begin()));
    }

    void differencesComeFirst()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const CompareModel& model = compared.model();
        const int fold = model.foldRow();
        QVERIFY(fold > 5);
        QCOMPARE(fold, model.rowCount() - 1);
        for (int row = 0; row < fold; ++row) {
            QSet<QString> texts;
            for (const QString& text : model.record(row).texts)
                texts.insert(text);
            QVERIFY2(texts.size() > 1, qPrintable(model.index(row, 0).data().toString()));
        }
        // Unfolded by key and by mouse, the rest follows and is the same in all.
        compared.table->setCurrentIndex(model.index(fold, 0));
        emit compared.table->activated(model.index(fold, 0));
        const CompareModel& unfolded = compared.model();
        QCOMPARE(unfolded.rowCount(), fold + 1 + static_cast<int>(unfolded.sameCount()));
        for (int row = fold + 1; row < unfolded.rowCount(); ++row) {
            for (const QString& text : unfolded.record(row).texts)
                QCOMPARE(text, unfolded.record(row).texts.front());
        }
        QVERIFY(compared.rowOf(u"vLLM"_s) > fold);
        QTest::mouseClick(compared.table->viewport(), Qt::LeftButton, {},
                          compared.table->visualRect(unfolded.index(fold, 0)).center());
        QCOMPARE(compared.model().rowCount(), fold + 1);
    }

    void figuresAreThoseOfTheOptions()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const ComparedOptions& options = compared.page.compared();
        const int cost = compared.rowOf(u"Cost [$/month]"_s);
        QVERIFY(cost >= 0);
        const CompareModel& model = compared.model();
        double cheapest = 1e300;
        for (std::size_t i = 0; i < options.size(); ++i)
            cheapest = std::min(cheapest, inDollarsPerMonth(options.option(i).cost));
        for (std::size_t i = 0; i < options.size(); ++i) {
            const QModelIndex index = model.index(cost, static_cast<int>(i) + 1);
            const double value = inDollarsPerMonth(options.option(i).cost);
            QCOMPARE(index.data(RawRole).toDouble(), value);
            QCOMPARE(index.data(Qt::DisplayRole).toString(), format::dollars(value));
            // The best is bold, not only coloured.
            QCOMPARE(index.data(Qt::FontRole).value<QFont>().bold(), value == cheapest);
            QVERIFY(model.headerData(static_cast<int>(i) + 1, Qt::Horizontal)
                        .toString()
                        .startsWith(letterOf(i) + u"  "_s));
        }
        // In the order in which they were chosen.
        for (std::size_t i = 0; i < options.size(); ++i)
            QCOMPARE(options.option(i).id, compared.shortlist()[i]);
    }

    void modelKeepsItsPromises()
    {
        Compared compared;
        QVERIFY(compared.ready);
        CompareModel model(compared.page.compared(), true);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.columnCount(), static_cast<int>(compared.page.compared().size()) + 1);
    }

    void axesRunFromWorstToBest()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const ComparedOptions& options = compared.page.compared();
        QVERIFY(compared.chart->axisCount() >= 6);
        std::size_t axis = 0;
        for (const MeasureRow& row : options.measures) {
            if (!row.charted
                || std::none_of(row.values.begin(), row.values.end(),
                                [](const auto& value) { return value.has_value(); }))
                continue;
            for (std::size_t i = 0; i < options.size(); ++i) {
                if (!row.values[i])
                    continue;
                const double height = compared.chart->heightOf(axis, *row.values[i]);
                QVERIFY2(height >= -1e-9 && height <= 1 + 1e-9, qPrintable(row.id));
                for (std::size_t j = 0; j < options.size(); ++j) {
                    if (!row.values[j] || *row.values[i] == *row.values[j])
                        continue;
                    const bool better = (*row.values[i] > *row.values[j]) == row.higherIsBetter;
                    QCOMPARE(height > compared.chart->heightOf(axis, *row.values[j]), better);
                }
            }
            ++axis;
        }
        QCOMPARE(axis, compared.chart->axisCount());
        QCOMPARE(compared.chart->plot().graphCount(), static_cast<int>(options.size()));
        // Colours and shapes both tell them apart.
        QSet<QRgb> colors;
        QSet<int> shapes;
        for (int i = 0; i < compared.chart->plot().graphCount(); ++i) {
            const auto style = compared.chart->plot().graph(i)->scatterStyle();
            colors.insert(style.pen().color().rgb());
            shapes.insert(style.shape());
        }
        QCOMPARE(colors.size(), static_cast<qsizetype>(options.size()));
        QCOMPARE(shapes.size(), static_cast<qsizetype>(options.size()));
    }

    void pointerReadsTheFigure()
    {
        Compared compared;
        QVERIFY(compared.ready);
        QTest::qWait(200); // the layout settles
        const QPointF mark = compared.chart->markOf(0, 0);
        QTest::mouseMove(&compared.chart->plot(), mark.toPoint());
        auto* readout = compared.chart->findChild<QLabel*>(u"chartReadout"_s);
        QTRY_VERIFY(readout->isVisible());
        const ComparedOptions& options = compared.page.compared();
        QVERIFY2(readout->text().contains(options.measures[0].title), qPrintable(readout->text()));
        compared.chart->setTableShown(true);
        QVERIFY(compared.chart->isTableShown());
    }

    void reasonsAreThoseOfCore()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const ComparedOptions& options = compared.page.compared();
        auto* first = compared.find<QComboBox>(u"whyFirst"_s);
        auto* second = compared.find<QComboBox>(u"whySecond"_s);
        QCOMPARE(first->currentIndex(), static_cast<int>(options.best));
        const auto verdict = [&](std::size_t a, std::size_t b) {
            const OptionComparison why =
                compareOptions(*options.report, compared.bench.document.ranked(),
                               options.indices[a], options.indices[b]);
            return toQString(why.verdict).replace(u" x "_s, u" × "_s);
        };
        QVERIFY2(compared.words().contains(
                     verdict(options.best, static_cast<std::size_t>(second->currentIndex()))),
                 qPrintable(compared.words()));
        QVERIFY(compared.words().contains(u"How firm the first place is"_s));
        // The other way round.
        first->setCurrentIndex(0);
        second->setCurrentIndex(1);
        emit second->activated(1);
        QVERIFY(compared.words().contains(verdict(0, 1)));
        second->setCurrentIndex(0);
        emit second->activated(0);
        QVERIFY(compared.words().contains(u"two different options"_s));
    }

    void optionsComeGoAndMove()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const auto before = compared.shortlist();
        auto* menu = compared.find<QToolButton>(u"chip0"_s)->menu();
        const auto trigger = [](QMenu& in, const QString& text) {
            for (QAction* action : in.actions()) {
                if (action->text() == text)
                    action->trigger();
            }
        };
        trigger(*menu, u"Move Right"_s);
        QCOMPARE(compared.shortlist()[0], before[1]);
        QCOMPARE(compared.shortlist()[1], before[0]);
        menu = compared.find<QToolButton>(u"chip0"_s)->menu();
        trigger(*menu, u"Choose for Export"_s);
        QCOMPARE(compared.bench.document.project().chosen, before[1]);
        while (compared.shortlist().size() > 1) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            trigger(*compared.find<QToolButton>(u"chip0"_s)->menu(), u"Remove From Comparison"_s);
        }
        QVERIFY(!compared.table->isVisible());
        // Adding from the menu brings it back.
        auto* add = compared.find<QToolButton>(u"addToComparison"_s);
        emit add->menu()->aboutToShow();
        QVERIFY(add->menu()->actions().size() > 3);
        add->menu()->actions().constFirst()->trigger();
        QCOMPARE(compared.shortlist().size(), std::size_t(2));
        QVERIFY(compared.table->isVisible());
    }

    void notMoreThanFive()
    {
        Compared compared;
        QVERIFY(compared.ready);
        Document& document = compared.bench.document;
        for (const Option& option : document.report()->options)
            setCompared(document, toQString(option.id), true);
        QCOMPARE(compared.shortlist().size(), mostCompared);
        QCOMPARE(compared.page.compared().size(), mostCompared);
        QVERIFY(!compared.find<QToolButton>(u"addToComparison"_s)->isEnabled());
        for (const Option& option : document.report()->options) {
            if (isCompared(document, toQString(option.id)))
                continue;
            QVERIFY(!setCompared(document, toQString(option.id), true));
            // The action says why, for the option that the user looks at.
            document.selectOption(toQString(option.id));
            QObject owner;
            QAction* action = makeCompareAction(document, &owner);
            QVERIFY(!action->isEnabled() && action->toolTip().contains(u"take one out"_s));
            break;
        }
    }

    void exploreMarksOptions()
    {
        testing::Workbench bench;
        ExplorePage explore(bench.document);
        explore.resize(1400, 860);
        explore.show();
        QVERIFY(bench.waitForSearch());
        auto* table = explore.findChild<CopyTableView*>(u"optionsTable"_s);
        QAbstractItemModel* model = table->model();
        // The box in front of the row.
        QVERIFY(model->setData(model->index(1, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(bench.document.project().shortlist.size(), std::size_t(1));
        QCOMPARE(model->index(1, 0).data(Qt::CheckStateRole).toInt(),
                 static_cast<int>(Qt::Checked));
        // The key, for the row that is current.
        explore.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&explore));
        table->setFocus();
        table->setCurrentIndex(model->index(0, 0));
        QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(bench.document.project().shortlist.size(), std::size_t(2));
        QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(bench.document.project().shortlist.size(), std::size_t(1));
        QVERIFY(model->setData(model->index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(bench.document.project().shortlist.empty());
        // What is tied with the first says so in its place.
        const auto tied = tiedWithBest(bench.document.ranked(), bench.document.view());
        int marked = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            marked += model->index(row, 0).data().toString().endsWith(u"="_s) ? 1 : 0;
        QCOMPARE(marked, static_cast<int>(tied.size()));
    }

    void slidersSayHowFarTheyMayMove()
    {
        testing::Workbench bench;
        ExplorePage explore(bench.document);
        explore.show();
        QVERIFY(bench.waitForSearch());
        const auto all = sensitivity(bench.document.ranked());
        QCOMPARE(all.size(), std::size_t(4));
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto* label = explore.findChild<QLabel*>(u"firmness%1"_s.arg(i));
            QVERIFY(label && !label->text().isEmpty());
            for (const auto& turn : { all[i].below, all[i].above })
                QVERIFY2(!turn || label->text().contains(format::percent(turn->share)),
                         qPrintable(label->text()));
            QVERIFY(!label->toolTip().isEmpty());
        }
        // They follow a slider that is being dragged.
        const QString before = explore.findChild<QLabel*>(u"firmness0"_s)->text();
        bench.document.previewPriorities({ 0.05, 0.9, 0.02, 0.03 });
        const auto now = sensitivity(bench.document.ranked());
        COMPARE_NEAR(now[1].share, 0.9, 1e-9);
        QVERIFY(explore.findChild<QLabel*>(u"firmness0"_s)->text() != before || now[0] == all[0]);
    }

    void missingOptionsAreTold()
    {
        Compared compared;
        QVERIFY(compared.ready);
        compared.bench.document.edit(u"shortlist.test"_s, u"test"_s, [](Project& project) {
            project.shortlist[0] = "gone.long.ago";
        });
        QVERIFY(compared.banner->isVisible());
        QVERIFY2(compared.banner->text().contains(u"gone.long.ago"_s),
                 qPrintable(compared.banner->text()));
        for (QPushButton* button : compared.banner->findChildren<QPushButton*>()) {
            if (button->text() == u"Take Off"_s)
                button->click();
        }
        QVERIFY(!compared.banner->isVisible());
        QCOMPARE(
            std::count(compared.shortlist().begin(), compared.shortlist().end(), "gone.long.ago"),
            0);
    }

    /** The theme may change while the page is hidden and the plan that it last showed is gone. */
    void themeChangesWhileHidden()
    {
        Compared compared;
        QVERIFY(compared.ready);
        compared.page.hide();
        compared.bench.document.reset(Project {});
        QVERIFY(!compared.bench.document.report());
        applyColorScheme(ColorScheme::Dark);
        QTest::qWait(20);
        applyColorScheme(ColorScheme::Light);
        QTest::qWait(20);
        compared.page.show();
        QVERIFY(compared.words().isEmpty() || !compared.why->isVisible());
    }

    void savesPdf()
    {
        Compared compared;
        QVERIFY(compared.ready);
        const QString path = compared.bench.folder.filePath(u"comparison.pdf"_s);
        QVERIFY(compared.page.savePdf(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(content.startsWith("%PDF-") && content.size() > 20'000);
        if (const QString folder = qEnvironmentVariable("LLMD_SCREENSHOT_DIR"); !folder.isEmpty())
            QFile::copy(path, folder + u"/comparison.pdf"_s);
        // What cannot be written is said, and no half file stays.
        QVERIFY(!compared.page.savePdf(u"/nowhere/at/all.pdf"_s));
        QVERIFY(compared.banner->text().contains(u"/nowhere/at/all.pdf"_s));
    }

    void presents()
    {
        Compared compared;
        QVERIFY(compared.ready);
        compared.click(u"presentComparison"_s);
        auto* window = compared.page.findChild<Presentation*>();
        QVERIFY(window && window->isVisible());
        const int count = static_cast<int>(compared.page.compared().size()) + 1;
        QCOMPARE(window->slideCount(), count);
        QTest::keyClick(window, Qt::Key_Left);
        QCOMPARE(window->currentSlide(), 0);
        for (int i = 1; i < count; ++i) {
            QTest::keyClick(window, i % 2 ? Qt::Key_Right : Qt::Key_Space);
            QCOMPARE(window->currentSlide(), i);
        }
        QTest::keyClick(window, Qt::Key_PageDown);
        QCOMPARE(window->currentSlide(), count - 1);
        QTest::keyClick(window, Qt::Key_Home);
        QCOMPARE(window->currentSlide(), 0);
        QCOMPARE(window->findChild<QLabel*>(u"place"_s)->text(), u"1 / %1"_s.arg(count));
        // Large: the figures are several times the usual letters.
        window->showNormal();
        window->resize(1600, 900);
        QTest::qWait(50);
        int largest = 0;
        for (const QLabel* label : window->findChildren<QLabel*>())
            largest = std::max(largest, label->fontMetrics().height());
        QVERIFY(largest > 3 * compared.page.fontMetrics().height());
        QPointer<Presentation> guard(window);
        QTest::keyClick(window, Qt::Key_Escape);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!guard);
    }

    void everythingHasAName()
    {
        Compared compared;
        QVERIFY(compared.ready);
        QCOMPARE(testing::namelessInputs(compared.page), QStringList());
        QCOMPARE(testing::tabTraps(compared.page), QStringList());
        QVERIFY(!compared.chart->accessibleDescription().isEmpty());
    }

    void looks_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << u"light"_s;
        QTest::newRow("dark") << u"dark"_s;
    }

    /** Pictures of every state, for those who judge the look. */
    void looks()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        Compared compared(false);
        QVERIFY(compared.ready);
        testing::saveScreenshot(compared.page, u"compare-empty-%1"_s.arg(scheme));
        compared.click(u"compareBest"_s);
        QTest::qWait(300);
        testing::saveScreenshot(compared.page, u"compare-%1"_s.arg(scheme));
        const int fold = compared.model().foldRow();
        emit compared.table->activated(compared.model().index(fold, 0));
        QTest::qWait(100);
        testing::saveScreenshot(compared.page, u"compare-unfolded-%1"_s.arg(scheme));
        compared.click(u"presentComparison"_s);
        auto* window = compared.page.findChild<Presentation*>();
        window->showNormal();
        window->resize(1600, 900);
        for (int i = 0; i < window->slideCount(); ++i) {
            window->goTo(i);
            QTest::qWait(50);
            testing::saveScreenshot(*window, u"present-%1-%2"_s.arg(i).arg(scheme));
        }
        // A window that failed to take the theme has the other one's background.
        QCOMPARE(compared.page.grab().toImage().pixelColor(2, 2).lightness() < 128,
                 scheme == u"dark");
        applyColorScheme(ColorScheme::Light);
    }
};

QTEST_MAIN(TestComparePage)
#include "tst_comparepage.moc"

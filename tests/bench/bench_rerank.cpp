// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/ranking/ranker.h>
#include <tests/testsupport/manyoptions.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/explore/explorepage.h>
#include <widgets/explore/optionsmodel.h>
#include <widgets/explore/paretochart.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace llmd;

namespace {

constexpr std::size_t optionCount = 10'000;

} // namespace

/** What happens for every step of a target line that is dragged, with the widgets that show it. */
class BenchRerank : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void rankAndTable()
    {
        const auto report = testing::manyOptions(optionCount);
        QVERIFY(report);
        OptionsModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.resize(1200, 500);
        view.show();
        const auto inputs = rankingInputs(*report);
        Ranker ranker(inputs);
        double limit = 20;
        QBENCHMARK
        {
            Slo slo;
            slo.e2e = LatencyTarget { 95, Seconds(limit) };
            limit = limit > 6 ? limit - 0.1 : 20;
            model.setResults(report, ranker.rank(Priorities {}, slo), View::Balanced);
            view.viewport()->repaint();
        }
    }

    void rankTableAndChart()
    {
        const auto report = testing::manyOptions(optionCount);
        QVERIFY(report);
        OptionsModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.resize(1200, 500);
        view.show();
        ParetoChart chart;
        chart.resize(900, 400);
        chart.show();
        const auto inputs = rankingInputs(*report);
        Ranker ranker(inputs);
        chart.setResults(report, ranker.rank(Priorities {}, {}), {});
        double limit = 20;
        QBENCHMARK
        {
            Slo slo;
            slo.e2e = LatencyTarget { 95, Seconds(limit) };
            limit = limit > 6 ? limit - 0.1 : 20;
            const Ranking ranking = ranker.rank(Priorities {}, slo);
            model.setResults(report, ranking, View::Balanced);
            chart.setRanking(ranking, slo);
        }
    }

    void dragOnThePage_data()
    {
        QTest::addColumn<std::size_t>("options");
        QTest::newRow("10 000 options") << std::size_t { 10'000 };
        QTest::newRow("20 000 options") << std::size_t { 20'000 };
    }

    /** One frame of a drag on the whole page: the mouse moves, everything follows and is painted. */
    void dragOnThePage()
    {
        QFETCH(std::size_t, options);
        testing::Workbench bench;
        ExplorePage page(bench.document);
        page.resize(1500, 900);
        page.show();
        QVERIFY(bench.waitForSearch());
        bench.document.setReport(testing::manyOptions(options), "analytic");
        QTest::qWait(200);
        auto* chart = page.findChild<ParetoChart*>();
        const auto target = chart->targetPixel();
        QVERIFY(target);
        QCustomPlot& plot = chart->plot();
        const QRect area = plot.axisRect()->rect();
        QPoint position(area.center().x(), static_cast<int>(*target));
        QTest::mousePress(&plot, Qt::LeftButton, {}, position);
        const auto frameAt = [&](int y) {
            position.setY(y);
            QElapsedTimer frame;
            frame.start();
            QTest::mouseMove(&plot, position);
            // Everything that the move queued, and the painting.
            QCoreApplication::sendPostedEvents();
            QTest::qWait(0);
            return static_cast<double>(frame.nsecsElapsed()) * 1e-6;
        };
        // A hand does not jump over half of the chart between two frames.
        const int top = area.top() + 20;
        const double jump = frameAt(top);
        int step = 0;
        std::vector<double> frames;
        QBENCHMARK
        {
            // There and back again, so that the ends are no jump either.
            const int height = area.height() - 40;
            const int way = 3 * ++step % (2 * height);
            frames.push_back(frameAt(top + std::min(way, 2 * height - way)));
        }
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, position);
        constexpr double sixtieth = 1000. / 60;
        const auto late = std::count_if(frames.begin(), frames.end(),
                                        [](double frame) { return frame > sixtieth; });
        std::sort(frames.begin(), frames.end());
        qInfo(
            "%zu frames: half below %.1f, longest %.1f ms, %td beyond a sixtieth; a jump over half "
            "the chart %.1f ms",
            frames.size(), frames[frames.size() / 2], frames.back(), late, jump);
    }

    void sortByColumn()
    {
        const auto report = testing::manyOptions(optionCount);
        QVERIFY(report);
        OptionsModel model;
        model.setResults(report, rank(rankingInputs(*report), Priorities {}), View::Balanced);
        const int column = model.columnOf(QStringLiteral("ttft_p95"));
        QBENCHMARK
        {
            model.sort(column, Qt::AscendingOrder);
            model.sort(column, Qt::DescendingOrder);
        }
    }
};

QTEST_MAIN(BenchRerank)
#include "bench_rerank.moc"

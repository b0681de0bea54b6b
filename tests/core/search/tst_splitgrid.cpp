// SPDX-License-Identifier: Apache-2.0
#include <core/search/search.h>
#include <core/search/splitgrid.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

using namespace llmd;

/** Splits into prefill and decode servers on the shipped catalog. */
class TestSplitGrid : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        m_catalog = catalog->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void cellsAreWhatTheEngineSays()
    {
        RunContext context;
        const auto grid = splitGrid(problem(), m_engines->standard(), context);
        VERIFY_OK(grid);
        QVERIFY(grid->hypothetical);
        QVERIFY(!grid->own);
        QCOMPARE(grid->cells.size(), static_cast<std::size_t>(grid->columns * grid->rows));
        QVERIFY(grid->cheapest);
        for (int row = 0; row < grid->rows; ++row) {
            for (int column = 0; column < grid->columns; ++column) {
                const SplitCell& cell = grid->at(column, row);
                QCOMPARE(cell.prefill, (column + 1) * grid->stride);
                QCOMPARE(cell.decode, (row + 1) * grid->stride);
                Candidate candidate = grid->candidate;
                candidate.topology.pool.replicas = cell.decode;
                candidate.topology.disaggregation->prefill.replicas = cell.prefill;
                const auto estimate =
                    m_engines->standard().estimate(candidate, problem().peak, context);
                VERIFY_OK(estimate);
                QCOMPARE(cell.estimate.ttft, estimate->ttft);
                QCOMPARE(cell.gpus, candidate.topology.gpus());
                COMPARE_NEAR(inDollarsPerHour(*cell.cost),
                             4.0 * (2 * cell.prefill + 3 * cell.decode), 1e-12);
                QCOMPARE(cell.meetsTargets,
                         targetRatios(*estimate, problem().slo).met() && !estimate->saturated);
            }
        }
    }

    void moreServersNeverHurt()
    {
        RunContext context;
        const auto grid = splitGrid(problem(), m_engines->standard(), context);
        VERIFY_OK(grid);
        int inside = 0;
        for (int row = 0; row < grid->rows; ++row) {
            for (int column = 0; column < grid->columns; ++column) {
                if (!grid->at(column, row).meetsTargets)
                    continue;
                ++inside;
                QVERIFY(column + 1 == grid->columns || grid->at(column + 1, row).meetsTargets);
                QVERIFY(row + 1 == grid->rows || grid->at(column, row + 1).meetsTargets);
                QVERIFY(grid->at(column, row).cost >= grid->cells[*grid->cheapest].cost);
            }
        }
        QVERIFY(inside > 0 && inside < grid->columns * grid->rows);
    }

    void rolesCarryThePeak()
    {
        RunContext context;
        const auto grid = splitGrid(problem(), m_engines->standard(), context);
        VERIFY_OK(grid);
        for (const RoleCapacity* role : { &grid->prefill, &grid->decode }) {
            const double carried = role->perServer.value() * role->derate;
            QVERIFY(role->needed >= 1);
            QVERIFY(carried * role->needed >= grid->peak.value() * (1 - 1e-9));
            QVERIFY(carried * (role->needed - 1) < grid->peak.value());
        }
        QVERIFY(grid->columns * grid->stride > grid->prefill.needed);
        QVERIFY(grid->rows * grid->stride > grid->decode.needed);
    }

    void largePeaksAreShownInSteps()
    {
        RunContext context;
        SplitGridProblem large = problem();
        large.peak.load.rate = RequestsPerSecond(900);
        large.largest = 10;
        const auto grid = splitGrid(large, m_engines->standard(), context);
        VERIFY_OK(grid);
        QVERIFY(grid->stride > 1);
        QVERIFY(grid->columns <= 10 && grid->rows <= 10);
        QVERIFY(grid->columns * grid->stride >= grid->prefill.needed);
        QVERIFY(grid->rows * grid->stride >= grid->decode.needed);
    }

    void aSplitOptionKeepsItsRoles()
    {
        RunContext context;
        SplitGridProblem split = problem();
        auto& apart = split.candidate.topology.disaggregation.emplace();
        apart.prefill = { { .tensor = 2 }, 3 };
        apart.engine = split.candidate.engine;
        apart.transfer.path = TransferPath::Tcp;
        split.candidate.topology.pool.replicas = 2;
        const auto grid = splitGrid(split, m_engines->standard(), context);
        VERIFY_OK(grid);
        QVERIFY(!grid->hypothetical);
        QCOMPARE(grid->own->prefill, 3);
        QCOMPARE(grid->own->decode, 2);
        QVERIFY(grid->candidate.topology.disaggregation->transfer.path == TransferPath::Tcp);
    }

    void threadsChangeNothing()
    {
        RunContext one;
        one.threads = 1;
        RunContext many;
        many.threads = 5;
        const auto a = splitGrid(problem(), m_engines->standard(), one);
        const auto b = splitGrid(problem(), m_engines->standard(), many);
        VERIFY_OK(a);
        VERIFY_OK(b);
        QVERIFY(a->cheapest == b->cheapest);
        for (std::size_t i = 0; i < a->cells.size(); ++i)
            QVERIFY(a->cells[i].estimate.e2e == b->cells[i].estimate.e2e);
    }

    void refusesWhatItCannotPredict()
    {
        RunContext context;
        for (const EngineInfo& info : m_engines->list()) {
            const auto engine = m_engines->find(info.id);
            VERIFY_OK(engine);
            if (!info.prefillDecodeDisaggregation)
                QVERIFY(!splitGrid(problem(), **engine, context));
        }
        std::stop_source source;
        source.request_stop();
        RunContext stopped;
        stopped.stop = source.get_token();
        QVERIFY(!splitGrid(problem(), m_engines->standard(), stopped));
    }

private:
    [[nodiscard]] SplitGridProblem problem() const
    {
        SplitGridProblem problem;
        problem.candidate.model = m_catalog->findModel("meta-llama/Llama-3.3-70B-Instruct");
        problem.candidate.gpu = m_catalog->findGpu("h100_sxm");
        problem.candidate.topology.pool = { { .tensor = 4 }, 1 };
        problem.peak.load = Load::open(RequestsPerSecond(6));
        problem.peak.prompt = { LengthDistribution::Shape::LogNormal, 6000, 0.5 };
        problem.peak.output = { LengthDistribution::Shape::LogNormal, 250, 0.5 };
        problem.slo.ttft = LatencyTarget { 95, Seconds(4) };
        problem.slo.itl = LatencyTarget { 95, milliseconds(40) };
        problem.prefillPrice = dollarsPerHour(2);
        problem.decodePrice = dollarsPerHour(3);
        return problem;
    }

    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;
};

QTEST_APPLESS_MAIN(TestSplitGrid)
#include "tst_splitgrid.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The library of measurements as its users have it: import, search, details, comparison, calibration, the whole store.
#include <core/calibration/corrections.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/core/benchmarks/measuredfixture.h>
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <widgets/benchmarks/benchmarkspage.h>
#include <widgets/benchmarks/calibrationdialog.h>
#include <widgets/benchmarks/comparisonpanel.h>
#include <widgets/benchmarks/importdialog.h>
#include <widgets/benchmarks/librarymodel.h>
#include <widgets/benchmarks/manualfieldsform.h>
#include <widgets/benchmarks/recorddetails.h>
#include <widgets/charts/reportchartview.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <random>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

constexpr auto hostile = "<script>alert(1)</script>&<b>bold</b>";

Project planned()
{
    Project project;
    project.requirements.title = "Support assistant";
    project.requirements.useCase = "chatbot_conversational";
    project.requirements.users = 5000;
    project.requirements.models = { "Qwen/Qwen3-14B" };
    return project;
}

/** A page on a store of its own. */
struct Bench
{
    QTemporaryDir folder;
    Settings settings { folder.filePath(u"settings.ini"_s) };
    JobRunner jobs;
    Document document;
    std::filesystem::path store;
    std::unique_ptr<BenchmarksPage> page;

    /** `fill` puts runs into the store before the page opens. */
    explicit Bench(const std::function<void(BenchmarkStore&)>& fill = {})
        : document(llmd::testing::shippedCatalog(), jobs)
        , store(std::filesystem::path(folder.path().toStdString()) / "library" / "benchmarks.db")
    {
        document.reset(planned());
        if (fill) {
            auto opened = BenchmarkStore::open(store);
            if (!opened)
                qFatal("%s", describe(opened.error()).c_str());
            fill(*opened);
        }
        page = std::make_unique<BenchmarksPage>(document, settings, nullptr, store);
        page->resize(1500, 900);
        page->show();
        page->activate();
    }
    [[nodiscard]] bool listed()
    {
        return QTest::qWaitFor([this] { return !page->isListing(); }, 20000);
    }
    [[nodiscard]] bool idle()
    {
        return QTest::qWaitFor([this] { return jobs.isIdle() && !page->isListing(); }, 60000);
    }
    template <class T> [[nodiscard]] T& child(const char* name) const
    {
        T* found = page->findChild<T*>(QLatin1StringView(name));
        if (!found)
            qFatal("no %s", name);
        return *found;
    }
    [[nodiscard]] const LibraryModel& model() const { return page->model(); }
    [[nodiscard]] CopyTableView& table() const { return child<CopyTableView>("benchmarksTable"); }
    [[nodiscard]] QAction& action(const char* name) const { return child<QAction>(name); }
    [[nodiscard]] QString banner() const
    {
        // The page's own banner is the first one below it.
        for (StatusBanner* each : page->findChildren<StatusBanner*>(Qt::FindDirectChildrenOnly))
            return each->text();
        return {};
    }
    void show(LibraryQuery::Show what)
    {
        auto& box = child<QComboBox>("benchmarksShow");
        box.setCurrentIndex(static_cast<int>(what));
        emit box.activated(box.currentIndex());
    }
    void selectRows(int first, int last)
    {
        table().clearSelection();
        for (int row = first; row <= last; ++row)
            table().selectionModel()->select(table().model()->index(row, 0),
                                             QItemSelectionModel::Select
                                                 | QItemSelectionModel::Rows);
    }
};

/** Runs of one server at rising loads, whose latencies are `factor` times what the engine says. */
void addServerRuns(BenchmarkStore& store, double factor, int runs = 10,
                   const std::string& folder = "mine", unsigned seed = 1)
{
    const Candidate candidate = llmd::testing::servedCandidate("Qwen/Qwen3-8B", "l40s");
    const EngineRegistry engines(llmd::testing::shippedCatalog(), {});
    const Engine& engine = **engines.find("analytic");
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, 0.02);
    RunContext context;
    for (int i = 0; i < runs; ++i) {
        const Workload workload = llmd::testing::servedWorkload(
            Load::open(RequestsPerSecond(0.3 + 0.05 * i)), 600 + 60 * i, 200);
        const auto estimate = engine.estimate(candidate, workload, context);
        if (!estimate)
            qFatal("%s", describe(estimate.error()).c_str());
        auto record = llmd::testing::measuredRecord(
            candidate, workload, estimate->ttft.mean.value() * factor,
            estimate->itl.mean.value() * factor * std::exp(noise(random)));
        record.metrics[Metric::Ttft].values.set(Statistic::P50,
                                                estimate->ttft.p50.value() * factor);
        record.metrics[Metric::E2e].values.set(Statistic::Mean,
                                               estimate->e2e.mean.value() * factor);
        record.outputRate = estimate->outputThroughput;
        record.start = "2026-10-" + std::to_string(10 + i) + "T08:00:00Z";
        if (!llmd::testing::isOk(llmd::testing::saveRecord(
                store, record, "run-" + std::to_string(i) + ".yaml", folder)))
            qFatal("not saved");
    }
}

std::vector<double> column(const LibraryModel& model, const char* id)
{
    std::vector<double> values;
    const int at = model.columnOf(QLatin1StringView(id));
    for (int row = 0; row < model.rowCount(); ++row) {
        const QVariant value = model.index(row, at).data(Qt::UserRole + 1);
        values.push_back(value.isValid() ? value.toDouble() : -1);
    }
    return values;
}

} // namespace

class TestBenchmarksPage : public QObject
{
    Q_OBJECT

private slots:
    void publicMeasurementsAreThereAtFirst()
    {
        Bench bench;
        QVERIFY(bench.listed());
        const QAbstractItemModelTester tester(
            const_cast<LibraryModel*>(&bench.model()),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(bench.model().rowCount() > 500);
        QVERIFY(bench.model().key(0).builtin);
        QVERIFY(!std::filesystem::exists(bench.store)); // looking creates nothing
        QVERIFY(sourceOf(bench.model().summary(0)).contains(u"built in"));
        // What is selected at first is explained beside it.
        QVERIFY(bench.child<QTextBrowser>("recordSummary")
                    .toPlainText()
                    .contains(QString::fromStdString(bench.model().summary(0).model)));
        bench.show(LibraryQuery::Show::Imported);
        QVERIFY(bench.listed());
        QCOMPARE(bench.model().rowCount(), 0);
    }

    void aFolderIsImportedAfterAPreview()
    {
        Bench bench;
        QVERIFY(bench.listed());
        bench.page->importPaths({ QString::fromStdString(llmd::testing::sampleFolder().string()) });
        auto* dialog = bench.page->findChild<ImportDialog*>();
        QVERIFY(dialog);
        auto* import = dialog->findChild<QPushButton*>(u"importButton"_s);
        QVERIFY(QTest::qWaitFor([import] { return import->isEnabled(); }, 30000));
        QVERIFY(!std::filesystem::exists(bench.store)); // nothing is stored by looking
        auto* files = dialog->findChild<CopyTableView*>(u"importFiles"_s);
        QVERIFY(files->model()->rowCount() > 15);
        QVERIFY(dialog->findChild<QTextBrowser*>(u"importFindings"_s)
                    ->toPlainText()
                    .contains(u"Warning"_s, Qt::CaseInsensitive));
        QCOMPARE(llmd::testing::namelessInputs(*dialog), QStringList());
        llmd::testing::saveScreenshot(*dialog, u"benchmarks-import"_s);
        dialog->findChild<QLineEdit*>(u"manualVersion"_s)->setText(u"0.19.1"_s);
        const QPointer<ImportDialog> first(dialog);
        import->click();
        QVERIFY(bench.idle());
        if (first)
            first->close(); // stays open where a file could not be read
        QTRY_VERIFY(!first);
        bench.show(LibraryQuery::Show::Imported);
        QVERIFY(bench.listed());
        const int rows = bench.model().rowCount();
        QVERIFY2(rows > 8, qPrintable(QString::number(rows)));
        bool byHand = false;
        for (int row = 0; row < rows; ++row)
            byHand = byHand || bench.model().summary(row).byHand;
        QVERIFY(byHand);
        // The samples report one measurement in many formats; the fullest report stands for it, the others are counted.
        QVERIFY(bench.child<QLabel>("benchmarksCount").text().contains(u"other formats"));
        bench.show(LibraryQuery::Show::AllFormats);
        QVERIFY(bench.listed());
        QVERIFY(bench.model().rowCount() > rows);
        bench.show(LibraryQuery::Show::Imported);
        QVERIFY(bench.listed());
        // Equal content is not stored twice.
        bench.page->importPaths({ QString::fromStdString(llmd::testing::sampleFolder().string()) });
        dialog = bench.page->findChild<ImportDialog*>();
        import = dialog->findChild<QPushButton*>(u"importButton"_s);
        QVERIFY(QTest::qWaitFor([import] { return import->isEnabled(); }, 30000));
        import->click();
        QVERIFY(bench.idle());
        QCOMPARE(bench.model().rowCount(), rows);
    }

    void nothingToImportIsSaid()
    {
        Bench bench;
        QVERIFY(bench.listed());
        const QString path = bench.folder.filePath(u"notes.yaml"_s);
        llmd::testing::writeText(path.toStdString(), "shopping: [milk, bread]\n");
        bench.page->importPaths({ path });
        auto* dialog = bench.page->findChild<ImportDialog*>();
        QVERIFY(bench.idle());
        QVERIFY(!dialog->findChild<QPushButton*>(u"importButton"_s)->isEnabled());
        QVERIFY(dialog->findChild<QLabel*>(u"importHeadline"_s)->text().contains(u"No benchmark"));
    }

    void searchFiltersAndSorting()
    {
        Bench bench([](BenchmarkStore& store) { addServerRuns(store, 1.3); });
        QVERIFY(bench.listed());
        QVERIFY(!bench.model().key(0).builtin); // one's own first
        const int all = bench.model().rowCount();
        QTest::keyClicks(&bench.child<QLineEdit>("benchmarksSearch"), u"qwen3-8b"_s);
        QVERIFY(bench.listed());
        QVERIFY(bench.model().rowCount() >= 10 && bench.model().rowCount() < all);
        for (int row = 0; row < bench.model().rowCount(); ++row)
            QVERIFY(QString::fromStdString(bench.model().summary(row).model)
                        .contains(u"qwen3-8b"_s, Qt::CaseInsensitive));
        bench.child<QLineEdit>("benchmarksSearch").clear();
        auto& gpu = bench.child<QComboBox>("benchmarksGpu");
        QVERIFY(gpu.count() > 2);
        gpu.setCurrentIndex(1);
        emit gpu.activated(1);
        QVERIFY(bench.listed());
        for (int row = 0; row < bench.model().rowCount(); ++row)
            QCOMPARE(QString::fromStdString(bench.model().summary(row).gpu),
                     gpu.currentData().toString());
        gpu.setCurrentIndex(0);
        emit gpu.activated(0);
        // By a click on the header, those without a value last in either direction.
        for (const Qt::SortOrder order : { Qt::AscendingOrder, Qt::DescendingOrder }) {
            bench.table().sortByColumn(bench.model().columnOf(u"ttft"_s), order);
            QVERIFY(bench.listed());
            QCOMPARE(bench.model().rowCount(), all);
            auto values = column(bench.model(), "ttft");
            const auto missing = std::find(values.begin(), values.end(), -1.0);
            QVERIFY(std::all_of(missing, values.end(), [](double value) { return value == -1; }));
            const std::vector<double> known(values.begin(), missing);
            QVERIFY(known.size() > 100);
            QVERIFY(order == Qt::AscendingOrder ? std::is_sorted(known.begin(), known.end())
                                                : std::is_sorted(known.rbegin(), known.rend()));
        }
    }

    void largeLibrariesAreReadInPages()
    {
        constexpr int count = 12'000;
        Bench bench([](BenchmarkStore& store) {
            for (int i = 0; i < count; ++i) {
                const std::string text = llmd::testing::generatedReport(i);
                if (!store.save(llmd::testing::reportFile(text, std::to_string(i) + ".json")))
                    qFatal("not saved");
            }
        });
        QVERIFY(bench.listed());
        QVERIFY(bench.model().rowCount() > count);
        QVERIFY(bench.model().rowsInMemory() < 1000);
        for (int row = 0; row < count; row += 40) {
            bench.table().scrollTo(bench.table().model()->index(row, 0));
            QCoreApplication::sendPostedEvents();
            bench.table().viewport()->grab();
        }
        QVERIFY(bench.model().rowsInMemory() < 10'000);
        QElapsedTimer timer;
        timer.start();
        QTest::keyClicks(&bench.child<QLineEdit>("benchmarksSearch"), u"9999"_s);
        QVERIFY(bench.listed());
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(bench.model().rowCount() >= 1 && bench.model().rowCount() < 10);
    }

    void detailsSayEverything()
    {
        Bench bench([](BenchmarkStore& store) {
            const std::string text = llmd::testing::sample("br021_milliseconds.json");
            if (!store.save(llmd::testing::reportFile(text, "report.json")))
                qFatal("not saved");
        });
        QVERIFY(bench.listed());
        const QString summary = bench.child<QTextBrowser>("recordSummary").toPlainText();
        for (const QString& part : { u"report.json"_s, u"Load generator"_s, u"Results"_s })
            QVERIFY2(summary.contains(part), qPrintable(summary));
        const auto& distributions = bench.child<CopyTableView>("recordDistributions");
        QVERIFY(distributions.model()->rowCount() >= 4);
        QVERIFY(distributions.columnWidth(3) > 0);
        bool found = false; // 210 ms on average, as the report says in its own words
        for (int row = 0; row < distributions.model()->rowCount(); ++row)
            found = found
                || std::abs(distributions.model()->index(row, 3).data(Qt::UserRole + 2).toDouble()
                            - 210)
                    < 1e-6;
        QVERIFY(found);
        QVERIFY(!bench.child<QTextBrowser>("recordFindings").toPlainText().isEmpty());
        auto& details = bench.child<RecordDetails>("recordDetails");
        auto& raw = bench.child<QPlainTextEdit>("recordRaw");
        details.setCurrentWidget(&raw);
        QVERIFY(bench.idle());
        QCOMPARE(
            raw.toPlainText().trimmed(),
            QString::fromStdString(llmd::testing::sample("br021_milliseconds.json")).trimmed());
    }

    void namesFromOutsideAreText()
    {
        Bench bench([](BenchmarkStore& store) {
            auto record = llmd::testing::measuredRecord(
                llmd::testing::servedCandidate(),
                llmd::testing::servedWorkload(Load::open(RequestsPerSecond(2))), 0.1, 0.01);
            record.model = hostile;
            record.description = hostile;
            record.notes = { hostile };
            for (int i = 0; i < 2; ++i)
                if (!llmd::testing::saveRecord(store, record, std::to_string(i) + hostile))
                    qFatal("not saved");
        });
        QVERIFY(bench.listed());
        for (const char* name : { "recordSummary", "recordFindings" })
            QVERIFY(
                bench.child<QTextBrowser>(name).toPlainText().contains(QLatin1StringView(hostile)));
        bench.selectRows(0, 1);
        bench.page->compareSelected();
        auto& panel = bench.child<ComparisonPanel>("comparisonPanel");
        QVERIFY(bench.idle() && panel.runs());
        QVERIFY(bench.child<QTextBrowser>("comparisonTables")
                    .toPlainText()
                    .contains(QLatin1StringView(hostile)));
    }

    void removedAndUndone()
    {
        Bench bench([](BenchmarkStore& store) { addServerRuns(store, 1.1, 4); });
        QVERIFY(bench.listed());
        const int all = bench.model().rowCount();
        bench.selectRows(0, 1);
        bench.action("benchmarks.remove").trigger();
        QVERIFY(bench.idle());
        QCOMPARE(bench.model().rowCount(), all - 2);
        QVERIFY(bench.banner().contains(u"2 measurements were removed"));
        bench.show(LibraryQuery::Show::Removed);
        QVERIFY(bench.listed());
        QCOMPARE(bench.model().rowCount(), 2);
        bench.show(LibraryQuery::Show::All);
        QVERIFY(bench.listed());
        bench.action("benchmarks.undo_remove").trigger();
        QVERIFY(bench.idle());
        QCOMPARE(bench.model().rowCount(), all);
        // A built-in measurement is not the user's to remove.
        bench.selectRows(all - 1, all - 1);
        QVERIFY(!bench.action("benchmarks.remove").isEnabled());
        QVERIFY(bench.action("benchmarks.compare").isEnabled());
    }

    void whatIsMissingIsAddedByHand()
    {
        Bench bench([](BenchmarkStore& store) {
            const std::string text = llmd::testing::sample("vllm_bench_defaults.json");
            if (!store.save(llmd::testing::reportFile(text, "bench.json")))
                qFatal("not saved");
        });
        QVERIFY(bench.listed());
        QVERIFY(bench.model().summary(0).gpu.empty());
        bench.selectRows(0, 0);
        bench.action("benchmarks.annotate").trigger();
        auto* dialog = bench.page->findChild<AnnotateDialog*>();
        QVERIFY(dialog);
        QCOMPARE(llmd::testing::namelessInputs(*dialog), QStringList());
        dialog->findChild<QLineEdit*>(u"manualGpu"_s)->setText(u"H100"_s);
        dialog->findChild<QSpinBox*>(u"manualGpus"_s)->setValue(2);
        dialog->accept();
        QVERIFY(bench.idle());
        QCOMPARE(bench.model().summary(0).gpu, std::string("H100"));
        QVERIFY(sourceOf(bench.model().summary(0)).contains(u"by hand"));
        QVERIFY(
            bench.child<QTextBrowser>("recordSummary").toPlainText().contains(u"added by hand"));
    }

    void runsAreCompared()
    {
        Bench bench([](BenchmarkStore& store) {
            addServerRuns(store, 1.3, 4, "before", 1);
            addServerRuns(store, 1.0, 4, "after", 2);
        });
        QVERIFY(bench.listed());
        bench.selectRows(0, 7);
        bench.action("benchmarks.compare").trigger();
        auto& panel = bench.child<ComparisonPanel>("comparisonPanel");
        QVERIFY(bench.idle());
        QVERIFY(panel.isVisible() && panel.runs());
        QCOMPARE(panel.runs()->sides.size(), std::size_t(2));
        QCOMPARE(panel.runs()->sides[0].points.size(), std::size_t(4));
        QVERIFY(panel.findChildren<ReportChartView*>().size() >= 5);
        auto& tables = bench.child<QTextBrowser>("comparisonTables");
        QVERIFY(tables.toPlainText().contains(u"(baseline)"));
        const QString before = tables.toPlainText();
        auto& baseline = bench.child<QComboBox>("comparisonBaseline");
        QCOMPARE(baseline.count(), 2);
        baseline.setCurrentIndex(1);
        emit baseline.activated(1);
        QVERIFY(bench.idle());
        QVERIFY(tables.toPlainText() != before);
        // Measured and predicted beside each other.
        bench.child<QCheckBox>("comparisonPredicted").click();
        QVERIFY(bench.idle());
        QVERIFY(panel.runs());
        QCOMPARE(panel.runs()->sides.size(), std::size_t(4));
        QCOMPARE(panel.runs()->unpredicted, std::size_t(0));
        bench.child<QCheckBox>("comparisonPredicted").click();
        bench.child<QCheckBox>("comparisonGrouped").click();
        QVERIFY(bench.idle());
        QCOMPARE(panel.runs()->sides.size(), std::size_t(8));
        bench.child<QToolButton>("comparisonBack").click();
        QVERIFY(!panel.isVisible());
    }

    void comparisonsAreSaved_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("page") << u"c.html"_s << QByteArray("<!DOCTYPE html>");
        QTest::newRow("pdf") << u"c.pdf"_s << QByteArray("%PDF-");
        QTest::newRow("markdown") << u"c.md"_s << QByteArray("# ");
        QTest::newRow("table") << u"c.csv"_s << QByteArray("side,");
    }
    void comparisonsAreSaved()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, start);
        Bench bench([](BenchmarkStore& store) {
            addServerRuns(store, 1.3, 4, "before", 1);
            addServerRuns(store, 1.0, 4, "after", 2);
        });
        QVERIFY(bench.listed());
        bench.selectRows(0, 7);
        bench.page->compareSelected();
        auto& panel = bench.child<ComparisonPanel>("comparisonPanel");
        QVERIFY(bench.idle() && panel.runs());
        const QString keep = qEnvironmentVariable("LLMD_SCREENSHOT_DIR");
        const QString path = keep.isEmpty() ? bench.folder.filePath(name)
                                            : QDir(keep).filePath(u"comparison-"_s + name);
        panel.saveTo(path);
        QVERIFY(bench.idle());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(content.startsWith(start), content.left(40).constData());
        QVERIFY(content.size() > 500);
        // A place that cannot be written is said, not ignored.
        panel.saveTo(bench.folder.filePath(u"missing/folder/"_s + name));
        QVERIFY(bench.idle());
        QVERIFY(panel.findChild<StatusBanner*>()->text().contains(u"missing"));
    }

    void theWholeLibraryTravels()
    {
        Bench bench([](BenchmarkStore& store) { addServerRuns(store, 1.1, 5); });
        QVERIFY(bench.listed());
        const QString path = bench.folder.filePath(u"copy.db"_s);
        bench.page->exportStore(path);
        QVERIFY(bench.idle());
        Bench other;
        QVERIFY(other.listed());
        other.page->importPaths({ path }); // a store among reports is taken over
        QVERIFY(other.idle());
        other.show(LibraryQuery::Show::Imported);
        QVERIFY(other.listed());
        QCOMPARE(other.model().rowCount(), 5);
        other.action("benchmarks.check").trigger();
        QVERIFY(other.idle());
        QVERIFY(other.banner().contains(u"sound"));
    }

    void thePlanIsMatched()
    {
        Bench bench;
        QVERIFY(bench.listed());
        QVERIFY(QTest::qWaitFor([&] { return !bench.document.isSearching(); }, 30000));
        auto& details = bench.child<RecordDetails>("recordDetails");
        auto& match = bench.child<QTextBrowser>("recordMatch");
        details.setCurrentWidget(&match);
        QVERIFY(bench.idle());
        QVERIFY2(match.toPlainText().contains(u"measured"), qPrintable(match.toPlainText()));
        QVERIFY(match.toPlainText().contains(u"Plan:"));
    }

    void calibrationShowsAndSwitches()
    {
        Bench bench([](BenchmarkStore& store) { addServerRuns(store, 1.3); });
        QVERIFY(bench.listed());
        bench.document.setMeasurements(bench.store);
        QVERIFY(QTest::qWaitFor([&] { return !bench.document.isSearching(); }, 30000));
        QCOMPARE(bench.document.correctionRuns(), std::size_t(0));
        bench.action("benchmarks.calibrate").trigger();
        auto* dialog = bench.page->findChild<CalibrationDialog*>();
        QVERIFY(dialog);
        auto* active = dialog->findChild<QCheckBox*>(u"calibrationActive"_s);
        QVERIFY(QTest::qWaitFor([active] { return active->isEnabled(); }, 60000));
        const QString errors =
            dialog->findChild<QTextBrowser*>(u"calibrationErrors"_s)->toPlainText();
        QVERIFY2(errors.contains(u"Before (raw)") && errors.contains(u"ITL"), qPrintable(errors));
        auto* runs = dialog->findChild<CopyTableView*>(u"calibrationRuns"_s);
        QCOMPARE(runs->model()->rowCount(), 10);
        // The engine was 30 % too fast; the corrected one is not.
        const auto value = [runs](int column) {
            return runs->model()->index(0, column).data(Qt::UserRole + 2).toDouble();
        };
        QVERIFY(std::abs(value(4) / value(3) - 1 / 1.3) < 0.06);
        QVERIFY2(std::abs(value(5) / value(3) - 1) < 0.06,
                 qPrintable(QString::number(value(5) / value(3))));
        QCOMPARE(llmd::testing::namelessInputs(*dialog), QStringList());
        llmd::testing::saveScreenshot(*dialog, u"benchmarks-calibration"_s);
        active->click();
        QVERIFY(QTest::qWaitFor([&] { return bench.document.correctionRuns() == 10; }, 60000));
        const QString shared = bench.folder.filePath(u"shared.db"_s);
        dialog->exportTo(shared);
        QVERIFY(bench.idle());
        QVERIFY(isSqliteFile(shared.toStdString()));
        active->click();
        QVERIFY(QTest::qWaitFor([&] { return bench.document.correctionRuns() == 0; }, 60000));
    }

    void bothThemes_data()
    {
        QTest::addColumn<ColorScheme>("scheme");
        QTest::newRow("light") << ColorScheme::Light;
        QTest::newRow("dark") << ColorScheme::Dark;
    }
    void bothThemes()
    {
        QFETCH(ColorScheme, scheme);
        applyColorScheme(scheme);
        Bench bench([](BenchmarkStore& store) {
            addServerRuns(store, 1.3, 6, "before", 1);
            addServerRuns(store, 1.0, 6, "after", 2);
        });
        QVERIFY(bench.listed());
        QCOMPARE(llmd::testing::namelessInputs(*bench.page), QStringList());
        QVERIFY(QTest::qWaitFor([&] { return !bench.document.isSearching(); }, 30000));
        const QString suffix = scheme == ColorScheme::Dark ? u"dark"_s : u"light"_s;
        auto& details = bench.child<RecordDetails>("recordDetails");
        for (int tab = 0; tab < details.count(); ++tab) {
            details.setCurrentIndex(tab);
            QVERIFY(bench.idle());
            QTest::qWait(50);
            llmd::testing::saveScreenshot(*bench.page, u"benchmarks-%1-%2"_s.arg(tab).arg(suffix));
        }
        bench.selectRows(0, 11);
        bench.page->compareSelected();
        QVERIFY(bench.idle());
        bench.child<QCheckBox>("comparisonPredicted").click();
        QVERIFY(bench.idle());
        QTest::qWait(200);
        QCOMPARE(llmd::testing::namelessInputs(*bench.page), QStringList());
        llmd::testing::saveScreenshot(*bench.page, u"benchmarks-compare-"_s + suffix);
    }
};

QTEST_MAIN(TestBenchmarksPage)
#include "tst_benchmarkspage.moc"

// SPDX-License-Identifier: Apache-2.0
// Reports as pages, Markdown and tables: what they say, and that nothing in them can do harm.
#include <core/performance/engine.h>
#include <core/report/comparison.h>
#include <core/report/review.h>
#include <core/report/svgchart.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/core/benchmarks/measuredfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>
#include <random>

using namespace llmd;
using namespace llmd::testing;

namespace {

constexpr const char* hostile = "<script>alert(1)</script>\"'&]]>\n<img src=x onerror=y>\x01";

BenchmarkRecord point(double rate, double ttft, double tpot)
{
    auto record = measuredRecord(servedCandidate(),
                                 servedWorkload(Load::open(RequestsPerSecond(rate))), ttft, tpot);
    record.metrics[Metric::Ttft].values.set(Statistic::P50, ttft * 0.9);
    record.outputRate = TokensPerSecond(rate * 300);
    return record;
}

std::vector<ComparedSide> twoSides()
{
    ComparedSide before {
        "before", "17,18", false, { point(4, 0.05, 0.010), point(8, 0.07, 0.012) }
    };
    ComparedSide after {
        "after", "19,20", false, { point(4, 0.06, 0.009), point(8, 0.08, 0.011) }
    };
    after.points[0].engines[0].args["max-num-seqs"] = "64";
    after.points[1].engines[0].args["max-num-seqs"] = "64";
    return { before, after };
}

/** Empty if it is well formed, without script and without anything from outside. */
QString fault(const std::string& html)
{
    QXmlStreamReader reader(QString::fromStdString(html));
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        const auto name = reader.name().toString();
        for (const char* banned : { "script", "iframe", "object", "embed", "link", "img", "a",
                                    "base", "foreignObject", "use", "form" }) {
            if (name == QLatin1String(banned))
                return "has a <" + name + ">";
        }
        for (const auto& attribute : reader.attributes()) {
            const auto key = attribute.name().toString();
            if (key.startsWith("on") || key == "href" || key == "src")
                return "has an attribute " + key;
        }
    }
    if (reader.hasError())
        return reader.errorString() + QString(" at line %1").arg(reader.lineNumber());
    return html.find("http-equiv") == std::string::npos ? "has no policy" : QString();
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

ReportChart chartWith(std::vector<ChartPoint> points, bool log)
{
    ReportChart chart;
    chart.title = "chart";
    chart.xTitle = "x";
    chart.yTitle = "y";
    chart.xLog = chart.yLog = log;
    chart.series.push_back({ "a", std::move(points), true, false });
    return chart;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void theFormatIsInTheName()
    {
        QVERIFY(*reportFormatOf("a.html") == ReportFormat::Html);
        QVERIFY(*reportFormatOf("a.HTM") == ReportFormat::Html);
        QVERIFY(*reportFormatOf("x/a.md") == ReportFormat::Markdown);
        QVERIFY(*reportFormatOf("a.csv") == ReportFormat::Csv);
        VERIFY_ERROR(reportFormatOf("a.docx"), ".html");
        VERIFY_ERROR(reportFormatOf("html"), ".html");
    }

    void differencesAndSpread()
    {
        auto sides = twoSides();
        auto text = reportMarkdown(comparisonReport(sides, {}));
        QVERIFY2(has(text, "| TTFT mean ms | 50 | 60 (+20.0 %) |"), text.c_str());
        QVERIFY2(has(text, "| TPOT mean ms | 10 | 9 (-10.0 %) |"), text.c_str());
        QVERIFY(has(text, "**At 4 requests/s**") && has(text, "**At 8 requests/s**"));
        QVERIFY(has(text, "before (baseline)") || has(text, "before \\(baseline\\)"));
        // Repeats of the baseline that scatter by more than the difference.
        sides[0].points = { point(4, 0.040, 0.0100), point(4, 0.060, 0.0101) };
        sides[1].points = { point(4, 0.052, 0.0090) };
        text = reportMarkdown(comparisonReport(sides, {}));
        QVERIFY2(has(text, "50 ± 28.3 %") && has(text, "52 (+4.0 %, within spread)"), text.c_str());
        QVERIFY2(has(text, "9 (-10.4 %)"), text.c_str());
        // The other side as the baseline.
        text = reportMarkdown(comparisonReport(twoSides(), { 1, {}, {} }));
        QVERIFY(has(text, "50 (-16.7 %) | 60 |"));
    }

    void whatDiffersInTheConfiguration()
    {
        const auto report = comparisonReport(twoSides(), {});
        const auto text = reportMarkdown(report);
        const auto differs = text.find("**What differs**");
        const auto equal = text.find("**What is equal**");
        QVERIFY(differs != std::string::npos && equal > differs);
        QVERIFY(text.find("--max-num-seqs | 1024 | 64 |") > differs);
        QVERIFY(text.find("--max-num-seqs | 1024 | 64 |") < equal);
        QVERIFY(text.find("Qwen/Qwen3-14B |", equal) != std::string::npos);
    }

    void whatIsNotLikeForLikeIsSaid()
    {
        QVERIFY(comparisonWarnings(twoSides()).empty());
        auto sides = twoSides();
        for (auto& each : sides[1].points)
            each.engineVersions = { "0.18.0" };
        auto warnings = comparisonWarnings(sides);
        QCOMPARE(warnings.size(), std::size_t(1));
        QVERIFY(has(warnings[0], "0.18.0 / 0.19.0"));
        for (auto& each : sides[1].points)
            each.engineVersions = { "unknown" };
        warnings = comparisonWarnings(sides);
        QVERIFY(has(warnings.back(), "cannot be verified"));
        sides = twoSides();
        sides[1].points[0].failures = 100;
        QVERIFY(has(comparisonWarnings(sides).front(), "90.0 %"));
        sides[1].points[0].failures = 0;
        for (auto& each : sides[1].points)
            each.tool = "vllm-benchmark";
        QVERIFY(has(comparisonWarnings(sides).front(), "load generators"));
    }

    void predictionsAreDrawnAsSuch()
    {
        auto sides = twoSides();
        const EngineRegistry engines(shippedCatalog());
        RunContext context;
        const auto estimate = engines.standard().estimate(
            servedCandidate(), servedWorkload(Load::open(RequestsPerSecond(4))), context);
        VERIFY_OK(estimate);
        sides.push_back({ "before, predicted",
                          "analytic",
                          true,
                          { predictedPoint(sides[0].points[0], *estimate) } });
        const auto& predicted = sides.back().points.front();
        COMPARE_NEAR(*predicted.mean(Metric::Tpot), estimate->itl.mean.value(), 1e-12);
        QVERIFY(!predicted.successRate());
        const auto html = reportHtml(comparisonReport(sides, {}));
        QVERIFY(has(html, ">predicted</td>"));
        QVERIFY(has(html, "fill=\"#fff\" stroke=\"#009E73\"")); // hollow mark of the third side
        QCOMPARE(fault(html), QString());
    }

    void nothingHostileGetsThrough()
    {
        auto sides = twoSides();
        sides[0].name = hostile;
        sides[0].source = "=HYPERLINK(\"http://x\")";
        for (auto& side : sides) {
            for (auto& each : side.points) {
                each.model = hostile;
                each.gpu = hostile;
                each.tool = hostile;
                each.engineVersions = { hostile };
                each.engines[0].args[hostile] = hostile;
                each.metrics[Metric::Ttft].definition = hostile;
            }
        }
        sides[1].points[0].engines[0].args[hostile] = "other";
        auto report = comparisonReport(sides, {});
        report.title = hostile;
        report.subtitle = hostile;
        report.blocks.emplace_back(ReportList { { hostile } });
        report.blocks.emplace_back(
            ReportTable { "=1+1", { { "@x", false } }, { { "+cmd" }, { "-5" } }, "" });
        ReportChart chart = chartWith({ { 1, 2, {}, {}, hostile } }, false);
        chart.title = chart.xTitle = chart.note = chart.series[0].name = hostile;
        report.blocks.emplace_back(std::move(chart));
        const auto html = reportHtml(report);
        QCOMPARE(fault(html), QString());
        QVERIFY(!has(html, "<script"));
        const auto markdown = reportMarkdown(report);
        QVERIFY(!has(markdown, "<script") && !has(markdown, "<img"));
        const auto csv = reportCsv(report);
        QVERIFY(has(csv, "'=1+1") && has(csv, "'@x") && has(csv, "'+cmd") && has(csv, "\n-5\n"));
        QVERIFY(has(csv, "\"'=HYPERLINK(\"\"http://x\"\")\""));
    }

    void chartsTakeAnyFigures()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double inf = std::numeric_limits<double>::infinity();
        QVERIFY(has(svgChart(chartWith({}, false)), "No figures"));
        QVERIFY(has(svgChart(chartWith({ { nan, 1, {}, {}, "" }, { 1, inf, {}, {}, "" } }, false)),
                    "No figures"));
        QVERIFY(has(svgChart(chartWith({ { 0, 1, {}, {}, "" }, { 2, -1, {}, {}, "" } }, true)),
                    "No figures"));
        std::mt19937 random(3);
        std::uniform_real_distribution<double> power(-12, 12);
        for (int i = 0; i < 2000; ++i) {
            std::vector<ChartPoint> points;
            for (int n = 0; n < 5; ++n) {
                const double x = std::pow(10.0, power(random));
                const double y = std::pow(10.0, power(random)) * (i % 3 == 0 ? -1 : 1);
                points.push_back({ x, y, y * 0.9, y * 1.1, "" });
            }
            auto chart = chartWith(points, i % 2 == 0);
            chart.yTarget = std::pow(10.0, power(random));
            chart.xTarget = std::pow(10.0, power(random));
            const auto svg = svgChart(chart);
            QVERIFY2(!has(svg, "nan") && !has(svg, "inf"), svg.c_str());
        }
    }

    void targetsAreShaded()
    {
        auto chart = chartWith({ { 1, 100, {}, {}, "" }, { 2, 400, {}, {}, "" } }, false);
        QVERIFY(!has(svgChart(chart), "fill-opacity"));
        chart.yTarget = 300;
        const auto svg = svgChart(chart);
        QVERIFY(has(svg, "fill-opacity") && has(svg, "outside the target"));
    }

    void ticksAreRound()
    {
        QCOMPARE(axisTicks(0, 10, false), (std::vector<double> { 0, 2, 4, 6, 8, 10 }));
        QCOMPARE(axisTicks(1, 100, true), (std::vector<double> { 1, 3, 10, 30, 100 }));
        std::mt19937 random(5);
        std::uniform_real_distribution<double> power(-9, 9);
        for (int i = 0; i < 2000; ++i) {
            const bool log = i % 2 == 0;
            const double low = std::pow(10.0, power(random));
            const double high = low * (1.01 + std::pow(10.0, std::abs(power(random)) / 2));
            const auto ticks = axisTicks(low, high, log);
            QVERIFY2(ticks.size() >= 2 && ticks.size() <= 21,
                     qPrintable(QString("%1 %2 %3").arg(low).arg(high).arg(ticks.size())));
            QVERIFY(std::is_sorted(ticks.begin(), ticks.end()));
            QVERIFY(ticks.front() >= low * 0.999 && ticks.back() <= high * 1.001);
        }
        QVERIFY(axisTicks(0, 1, true).empty() && axisTicks(2, 1, false).empty());
    }

    void theReviewOfASearch()
    {
        Requirements need;
        need.title = hostile;
        need.useCase = "chatbot_conversational";
        need.users = 500;
        need.models = { "Qwen/Qwen3-14B", "Qwen/Qwen3-8B" };
        const auto catalog = shippedCatalog();
        const EngineRegistry engines(catalog);
        RunContext context;
        const auto found = search({ need, {} }, catalog, engines.standard(), context);
        VERIFY_OK(found);
        QVERIFY(!(*found)->options.empty());
        const auto ranking =
            rank(rankingInputs(**found), (*found)->need.priorities, (*found)->need.slo);
        const auto& best = (*found)->options[ranking.of(View::Balanced).front()];
        const auto plan = planDeployment(best, (*found)->need, need, *catalog);
        VERIFY_OK(plan);
        const auto files = writeManifests(*plan, {});
        VERIFY_OK(files);
        ReviewInput input { .search = **found, .ranking = ranking };
        input.title = need.title;
        input.top = 5;
        input.plan = &*plan;
        input.files = &*files;
        const auto report = reviewReport(input);
        const auto html = reportHtml(report);
        QCOMPARE(fault(html), QString());
        for (const char* part : { "Need and assumptions", "Ranked options", "Cost against latency",
                                  "Refused", "Arguments of the engine", "Files of the export" })
            QVERIFY2(has(html, part), part);
        QVERIFY(has(html, best.id));
        QVERIFY(has(reportMarkdown(report), "Deployment"));
        QVERIFY(has(html, "Estimated") && !has(html, "<td>Benchmarked</td>"));
        for (const auto& refusal : (*found)->refusals)
            QVERIFY(has(html, escapedMarkup(describe(refusal.constraint))));
        QVERIFY(has(reportCsv(report), "Ranked by balanced"));

        // With the plan made on the way, notes of a person, and a chosen option that is not the first.
        const auto& second = (*found)->options[ranking.of(View::Balanced)[1]];
        const auto planned = reportHtml(plannedReview({ .search = **found,
                                                        .ranking = ranking,
                                                        .title = need.title,
                                                        .notes = "First.\n\n<b>Second</b>\nline.",
                                                        .chosen = second.id },
                                                      need));
        QCOMPARE(fault(planned), QString());
        QVERIFY(has(planned, "<p>First.</p>"));
        QVERIFY(has(planned, "<p>&lt;b&gt;Second&lt;/b&gt; line.</p>"));
        QVERIFY(has(planned, "Option " + second.id) && has(planned, "Files of the export"));
    }

    void logos()
    {
        const TemporaryFolder folder;
        const std::string png("\x89PNG\r\n\x1a\nrest");
        writeText(folder / "logo.png", png);
        writeText(folder / "logo.svg", "<svg onload='alert(1)'/>");
        const auto logo = readLogo(folder / "logo.png");
        VERIFY_OK(logo);
        Report report;
        report.title = "With logo";
        report.logo = *logo;
        const auto html = reportHtml(report);
        const auto start = html.find("data:image/png;base64,");
        QVERIFY(start != std::string::npos);
        const auto text = html.substr(start + 22, html.find('"', start) - start - 22);
        QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(text)).toStdString(), png);
        VERIFY_ERROR(readLogo(folder / "logo.svg"), "neither PNG nor JPEG");
        VERIFY_ERROR(readLogo(folder / "none.png"), "none.png");
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"

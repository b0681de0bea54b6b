// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/importer.h>
#include <core/benchmarks/recordjson.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::vector<std::string> tokens()
{
    return { "[",      "]",         "{",         "}",    "\"",
             ",",      ":",         "null",      "NaN",  "Infinity",
             "-",      "1e999",     "-1",        "0",    "1e308",
             "1e-320", "true",      "\\u0000",   "\xff", "\xef\xbb\xbf",
             ": ",     "- ",        "&a ",       "*a",   "units: ",
             "ms",     "s/token",   "mean: ",    "p99",  "'",
             "\n  ",   "\t",        "Run Info,", "\"\"", "99999999999999999999",
             "0.2.1",  "version: ", "{}",        "[]",   "#" };
}

/** Empty, or what is wrong with a result that no input may cause. */
std::string flaw(const Loaded<BenchmarkDocument>& report)
{
    const auto& document = report.value;
    if (document.contentHash.size() != 64)
        return "no hash";
    if (!document.isKnown() && !report.hasErrors())
        return "unknown without a finding";
    if (!document.isKnown() && !document.records.empty())
        return "records of an unknown format";
    for (const auto& issue : report.issues) {
        if (issue.text.empty() || issue.code == ErrorCode::Internal)
            return "a finding without text";
    }
    for (const auto& record : document.records) {
        for (const auto& [metric, measured] : record.metrics) {
            for (std::size_t i = 0; i < statisticCount; ++i) {
                const auto value = measured.values[static_cast<Statistic>(i)];
                if (value && !(*value >= 0 && std::isfinite(*value)))
                    return "an impossible figure";
            }
        }
    }
    (void)toInspectJson(document).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return {};
}

} // namespace

/** Damaged reports of every format never crash or hang the importers, and always leave a finding or a sane result. */
class TestBenchmarkFuzz : public QObject
{
    Q_OBJECT

private slots:
    void truncatedAnywhere_data()
    {
        QTest::addColumn<QString>("path");
        for (const auto& path : sampleFiles())
            QTest::newRow(path.filename().c_str()) << QString::fromStdString(path.string());
    }
    void truncatedAnywhere()
    {
        QFETCH(QString, path);
        const auto text = *readFile(path.toStdString());
        const std::string name = std::filesystem::path(path.toStdString()).filename().string();
        constexpr std::size_t places = 50;
        for (std::size_t i = 0; i < places; ++i) {
            const auto cut =
                readReport(std::string_view(text).substr(0, text.size() * i / places), name);
            const auto wrong = flaw(cut);
            QVERIFY2(wrong.empty(), (wrong + " at " + std::to_string(i)).c_str());
            const bool isJson = text.front() == '{' || text.front() == '[';
            // Half a JSON document is none; half a YAML document or table can be a whole one.
            if (isJson && text.find("}\n{") == std::string::npos)
                QVERIFY2(cut.hasErrors(), std::to_string(i).c_str());
        }
    }

    void mutatedReports()
    {
        std::vector<std::string> samples;
        for (const auto& path : sampleFiles())
            samples.push_back(*readFile(path));
        Mutator mutator(samples, tokens(), 20260818);
        constexpr int count = 10'000;
        int known = 0;
        int records = 0;
        int slowest = 0;
        QElapsedTimer timer;
        for (int i = 0; i < count; ++i) {
            const auto text = mutator.next();
            timer.start();
            const auto report = readReport(text, "mutated");
            slowest = std::max(slowest, static_cast<int>(timer.elapsed()));
            const auto wrong = flaw(report);
            QVERIFY2(wrong.empty(), (wrong + "\n" + text).c_str());
            known += report.value.isKnown() ? 1 : 0;
            records += static_cast<int>(report.value.records.size());
        }
        qInfo("%d of %d known, %d records, slowest %d ms", known, count, records, slowest);
        QVERIFY(known > count / 20 && known < count - count / 20);
        QVERIFY(slowest < 2000);
    }

    /** Values of every kind in every place of a document that is otherwise whole: readers meet the wrong type. */
    void wrongTypesEverywhere()
    {
        using Json = nlohmann::json;
        const std::vector<Json> strange { nullptr,
                                          true,
                                          -1,
                                          1e300,
                                          "",
                                          "text",
                                          "-inf",
                                          Json::array(),
                                          Json::object(),
                                          Json::array({ Json::object() }) };
        int tried = 0;
        for (const auto& path : sampleFiles()) {
            const auto json = Json::parse(*readFile(path), nullptr, false);
            if (json.is_discarded())
                continue;
            const auto flat = json.flatten();
            std::size_t step = 0;
            for (const auto& [pointer, value] : flat.items()) {
                auto changed = json;
                // The value itself, or the object around it.
                auto where = Json::json_pointer(pointer);
                if (step % 3 == 0 && !where.empty())
                    where = where.parent_pointer();
                if (where.empty())
                    continue;
                changed[where] = strange[step++ % strange.size()];
                const auto wrong = flaw(readReport(changed.dump(), path.filename().string()));
                QVERIFY2(wrong.empty(), (path.string() + pointer + ": " + wrong).c_str());
                ++tried;
            }
        }
        QVERIFY(tried > 1000);
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkFuzz)
#include "tst_benchmarkfuzz.moc"

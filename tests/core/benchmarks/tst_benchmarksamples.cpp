// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/importer.h>
#include <core/benchmarks/recordjson.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <filesystem>

using namespace llmd;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr double tolerance = 1e-6;

/** Empty if both are equal up to the tolerance for numbers, else where and how they differ. */
std::string difference(const Json& actual, const Json& expected, const std::string& path = {})
{
    if (actual.is_number() && expected.is_number()) {
        return testing::isNear(actual.get<double>(), expected.get<double>(), tolerance)
            ? std::string()
            : path + ": " + actual.dump() + " instead of " + expected.dump();
    }
    if (actual.type() != expected.type())
        return path + ": " + actual.dump() + " instead of " + expected.dump();
    if (expected.is_array()) {
        if (actual.size() != expected.size())
            return path + ": " + actual.dump() + " instead of " + expected.dump();
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (auto text =
                    difference(actual[i], expected[i], path + "[" + std::to_string(i) + "]");
                !text.empty())
                return text;
        }
        return {};
    }
    if (!expected.is_object())
        return actual == expected ? std::string()
                                  : path + ": " + actual.dump() + " instead of " + expected.dump();
    for (const auto& [key, value] : expected.items()) {
        if (!actual.contains(key))
            return path + "." + key + ": missing";
        if (auto text = difference(actual[key], value, path + "." + key); !text.empty())
            return text;
    }
    for (const auto& [key, value] : actual.items()) {
        if (!expected.contains(key))
            return path + "." + key + ": should not be there";
    }
    return {};
}

} // namespace

/** Reports and what must be read from them, field by field: ours, and the shared ones when they are there. */
class TestBenchmarkSamples : public QObject
{
    Q_OBJECT

private slots:
    void samples_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        const auto addAll = [](const fs::path& folder, const fs::path& expectedFile) {
            const auto text = readFile(expectedFile);
            if (!text)
                return false;
            const auto all = Json::parse(*text, nullptr, false);
            for (const auto& [name, expected] : all.items()) {
                QTest::newRow((folder.filename() / name).c_str())
                    << QString::fromStdString((folder / name).string())
                    << QString::fromStdString(expected.dump());
            }
            return !all.empty();
        };
        const fs::path own = LLMD_SOURCE_DIR "/tests/data/benchmarks";
        QVERIFY(addAll(own, own / "expected.json"));
        const fs::path shared = LLMD_SHARED_DIR "/reference";
        if (!addAll(shared / "benchmark-samples", shared / "benchmark-samples-expected.json"))
            qInfo("the shared samples are not there, so they did not run");
    }
    void samples()
    {
        QFETCH(QString, path);
        QFETCH(QString, expected);
        const auto text = readFile(path.toStdString());
        VERIFY_OK(text);
        const auto report = readReport(*text, fs::path(path.toStdString()).filename().string());
        const Json actual = Json::parse(toInspectJson(report.value).dump());
        const auto differs = difference(actual, Json::parse(expected.toStdString()));
        QVERIFY2(differs.empty(), differs.c_str());
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkSamples)
#include "tst_benchmarksamples.moc"

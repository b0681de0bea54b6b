// SPDX-License-Identifier: Apache-2.0
#include "measuredruns.h"

#include <core/base/yamlreader.h>
#include <core/calibration/coefficientsfile.h>
#include <core/calibration/refit.h>
#include <core/performance/analyticengine.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace llmd;
using namespace llmd::testing;

class TestRefit : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    RunContext m_context;

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }

    void refitsToOtherServers()
    {
        Coefficients truth = standardCoefficients();
        truth.layerOverhead *= 1.2;
        truth.requestOverhead *= 1.3;
        const AnalyticEngine engine(m_catalog, truth);
        const std::vector<MeasurementFile> files {
            { "runs.json", latencyFile(sampleRuns(), *m_catalog, engine) }
        };
        const auto report =
            refit(files, m_catalog, { .version = "fit of a test", .origin = "a test" }, m_context);
        VERIFY_OK(report);
        QCOMPARE(report->stages, std::size_t(12));
        QCOMPARE(report->points, std::size_t(0));
        const auto e2e = [](const RefitErrors& errors) { return errors.latency[4]; };
        QCOMPARE(e2e(report->before).metric, std::string("e2e_mean"));
        QVERIFY(e2e(report->after).mean < 0.5 * e2e(report->before).mean);
        QVERIFY(e2e(report->leftOut).mean > e2e(report->after).mean);
        QVERIFY(e2e(report->leftOut).mean < e2e(report->before).mean);
        QCOMPARE(report->groups, std::size_t(4));
        QCOMPARE(report->coefficients.version, std::string("fit of a test"));
        QVERIFY(report->coefficients.data.starts_with("12 stages of 6 runs of vLLM 0.15.1 on "));
        QVERIFY(report->coefficients.data.ends_with("(a test)"));
        const auto changes = changedValues(standardCoefficients(), report->coefficients);
        const auto moved = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
            return change.id == "layer_overhead";
        });
        QVERIFY(moved != changes.end() && moved->after > moved->before && moved->unit == "us");
        const auto json = toJson(*report);
        QVERIFY(json["errors_after"]["latency"].contains("e2e_mean"));
        QCOMPARE(json["left_out"]["by"].get<std::string>(), std::string("model"));
        QCOMPARE(json["changed"].size(), changes.size());

        // The file that comes of it is complete and holds what was fitted.
        const auto text = withCoefficients(standardCoefficientsFile(), report->coefficients);
        VERIFY_OK(text);
        const auto read = readCoefficients(*text, "new.yaml");
        VERIFY_OK(read);
        QCOMPARE(read->data, report->coefficients.data);
        COMPARE_NEAR(read->layerOverhead, report->coefficients.layerOverhead, 1e-3);
        QVERIFY(text->find("# Constants of the step-time physics") != std::string::npos);
        QVERIFY(text->find("norms, rotary embedding") != std::string::npos);
    }

    void withoutLeavingOut()
    {
        const AnalyticEngine engine(m_catalog);
        const std::vector<MeasurementFile> files {
            { "runs.json", latencyFile({ { "Qwen/Qwen3-14B" } }, *m_catalog, engine) }
        };
        const auto report =
            refit(files, m_catalog, { .leaveOut = LeaveOut::Nothing, .version = "v" }, m_context);
        VERIFY_OK(report);
        QVERIFY(report->leftOut.latency.empty());
        QVERIFY(!toJson(*report).contains("left_out"));
        VERIFY_ERROR(refit(files, m_catalog, { .version = "v" }, m_context), "one model");
        VERIFY_ERROR(refit(files, m_catalog, { .engine = "roofline", .version = "v" }, m_context),
                     "cannot be refitted");
    }

    void filesThatCannotBeFittedTo()
    {
        const auto refused = [&](const std::string& text) {
            return refit({ { "file", text } }, m_catalog, { .version = "v" }, m_context);
        };
        VERIFY_ERROR(refused("model,gpu,tp\nQwen/Qwen3-14B,H100,1\n"), "start-up memory");
        VERIFY_ERROR(refused("a,b\n1,2\n"), "not a file of measurements");
        VERIFY_ERROR(refused(""), "file");
        VERIFY_ERROR(refused("{\"experiments\": 3}"), "experiments");
        VERIFY_ERROR(refused("{\"experiments\": []}"), "no measurements");
        VERIFY_ERROR(refit({}, m_catalog, { .version = "v" }, m_context), "no measurements");
    }

    void coefficientFileKeepsWhatItDoesNotChange()
    {
        Coefficients same = standardCoefficients();
        const auto text = withCoefficients(standardCoefficientsFile(), same);
        VERIFY_OK(text);
        QCOMPARE(QString::fromStdString(*text),
                 QString::fromStdString(std::string(standardCoefficientsFile())));
        same.version = "with \"quotes\" and \\";
        same.weightBandwidth = 0.6543219;
        same.architectures[2].kvBandwidth = 0.501;
        same.architectures[2].measured = !same.architectures[2].measured;
        const auto changed = withCoefficients(standardCoefficientsFile(), same);
        VERIFY_OK(changed);
        const auto read = readCoefficients(*changed, "changed.yaml");
        VERIFY_OK(read);
        QCOMPARE(read->version, same.version);
        QCOMPARE(read->weightBandwidth, 0.6543);
        QVERIFY(read->architectures[2] == same.architectures[2]);
        QCOMPARE(read->architectures[1].reading, same.architectures[1].reading);
    }

    void impossibleCoefficientsAreRefused()
    {
        Coefficients bad = standardCoefficients();
        bad.weightBandwidth = 1.4;
        VERIFY_ERROR(withCoefficients(standardCoefficientsFile(), bad), "weight_bandwidth");
        Coefficients more = standardCoefficients();
        more.architectures.push_back({ .architecture = "Rubin", .weightBandwidth = 0.9 });
        VERIFY_ERROR(withCoefficients(standardCoefficientsFile(), more), "Rubin");
        VERIFY_ERROR(withCoefficients("version: \"1\"\n", standardCoefficients()), "missing");
        VERIFY_ERROR(withCoefficients("a: [", standardCoefficients()), "coefficients.yaml");
    }
};

QTEST_APPLESS_MAIN(TestRefit)
#include "tst_refit.moc"

// SPDX-License-Identifier: Apache-2.0
#include "specfixture.h"

#include <core/base/resources.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <functional>

using namespace llmd;
using namespace llmd::testing;

class TestSpecReader : public QObject
{
    Q_OBJECT

private slots:
    void everyField()
    {
        const auto documents = readSpecs(specText("everything"), "everything.yaml");
        VERIFY_OK(documents);
        const SpecDocument& document = documents->front();
        QVERIFY2(document.findings.empty(), fieldsOf(document.findings).c_str());
        const InferenceService& service = document.service;
        QCOMPARE(service.name, std::string("everything"));
        QCOMPARE(service.nameSpace.value(), std::string("lab"));
        QCOMPARE(service.model.revision.value(), std::string("v2"));
        QVERIFY(service.model.quantization == SpecQuantization::None);
        QCOMPARE(service.model.maxContextLength.value(), 8000);
        QCOMPARE(service.model.adapters.value().maxActiveAdapters.value(), 4);
        QCOMPARE(service.model.adapters.value().adapterCacheSizeMB.value(), 512);
        QCOMPARE(service.model.speculative.value().acceptanceThreshold.value(), 0.8);
        QCOMPARE(service.serving.latency.ttftP50.value().value(), 0.2);
        QCOMPARE(service.serving.latency.e2eP99.value().value(), 30.0);
        QCOMPARE(service.serving.throughput.minTokensPerSecond.value(), 4000.0);
        QCOMPARE(service.serving.scaling.scaleDownCooldown.value().value(), 600.0);
        QVERIFY(service.serving.batching.strategy == BatchStrategy::Continuous);
        QCOMPARE(service.resources.gpuMemory.value().value(), 80e9);
        QCOMPARE(service.resources.ibBandwidth.value().value(), 50e9);
        QCOMPARE(service.resources.nvlinkBandwidth.value().value(), 900e9);
        QCOMPARE(service.resources.preferColocated.value(), true);
        QCOMPARE(service.resources.maxInterNodeLinks.value(), 2);
        QCOMPARE(service.workload.requestRate.value().value(), 10.0);
        QCOMPARE(service.workload.prefixGroups.value(), 2000);
        // Positions count from 1 and name the value.
        const auto where = document.locate("spec.serving.latency.ttftP99");
        QVERIFY(where.has_value());
        QCOMPARE(where->line, 25);
        QCOMPARE(where->column, 16);
        QCOMPARE(document.locate("spec.serving.nothing")->line,
                 document.locate("spec.serving")->line);
    }

    void roundTrip_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "minimal", "chat", "batch", "speculative", "everything" })
            QTest::newRow(name) << name;
    }
    void roundTrip()
    {
        QFETCH(QString, name);
        const auto documents = readSpecs(specText(name.toStdString()), "a.yaml");
        VERIFY_OK(documents);
        QVERIFY2(documents->front().findings.empty(),
                 fieldsOf(documents->front().findings).c_str());
        const InferenceService& service = documents->front().service;
        const auto again = readSpecs(writeSpec(service), "b.yaml");
        VERIFY_OK(again);
        QVERIFY(again->front().service == service);
        QVERIFY(again->front().findings.empty());
    }

    /** Hostile text in free fields comes back as it was, whatever YAML thinks of it. */
    void hostileTexts()
    {
        Mutator mutator({ "x" }, {}, 5);
        InferenceService service = readSpecs(specText("minimal"), "a.yaml")->front().service;
        for (int i = 0; i < 300; ++i) {
            service.model.name = "m" + mutator.hostileString() + "n";
            service.resources.gpuType = "g" + mutator.hostileString() + "u";
            const auto again = readSpecs(writeSpec(service), "b.yaml");
            VERIFY_OK(again);
            QCOMPARE(again->front().service.model.name, service.model.name);
            QCOMPARE(again->front().service.resources.gpuType, service.resources.gpuType);
        }
    }

    void wrongValues_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* from, const char* to, const char* field, const char* part) {
            QTest::newRow(to) << from << to << field << part;
        };
        row("ttftP99: 1s", "ttftP99: 200", "spec.serving.latency.ttftP99", "unit");
        row("ttftP99: 1s", "ttftP99: -1s", "spec.serving.latency.ttftP99", "");
        row("ttftP99: 1s", "ttftP99: 0s", "spec.serving.latency.ttftP99", "above");
        row("ttftP99: 1s", "ttftP99: [1s]", "spec.serving.latency.ttftP99", "");
        row("ttftP99: 1s", "ttftP99: .nan", "spec.serving.latency.ttftP99", "");
        row("maxGPUs: 16", "maxGPUs: 0", "spec.resources.maxGPUs", "at least 1");
        row("maxGPUs: 16", "maxGPUs: 1.5", "spec.resources.maxGPUs", "whole");
        row("maxGPUs: 16", "maxGPUs: 99999999999", "spec.resources.maxGPUs", "at most");
        row("quantization: none", "quantization: awq-int3", "spec.model.quantization",
            "not one of");
        row("preferColocated: true", "preferColocated: yes",
            "spec.resources.topology.preferColocated", "");
        row("gpuMemory: 80GB", "gpuMemory: 80", "spec.resources.gpuMemory", "");
        row("ibBandwidth: 400Gbps", "ibBandwidth: 400GB", "spec.resources.ibBandwidth", "");
        row("targetUtilization: 0.75", "targetUtilization: 75",
            "spec.serving.scaling.targetUtilization", "");
        row("requestRate: 10/s", "requestRate: 10/parsec", "spec.workload.requestRate", "");
        row("name: everything", "name: \"\"", "metadata.name", "empty");
        row("name: everything", "title: everything", "metadata.name", "missing");
        row("kind: InferenceService", "kind: Deployment", "kind", "expected InferenceService");
        row("apiVersion: llm-d/v1", "apiVersion: llm-d/v2", "apiVersion", "expected llm-d/v1");
        row("adapters:", "adapters: 3 #", "spec.model.adapters", "group");
    }
    void wrongValues()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, field);
        QFETCH(QString, part);
        const std::string text = with(specText("everything"), from.toStdString(), to.toStdString());
        QVERIFY(!text.empty());
        const auto documents = readSpecs(
            to.startsWith("adapters") ? with(text,
                                             "\n      maxActiveAdapters: 4\n      maxAdapterRank: "
                                             "16\n      adapterCacheSizeMB: 512",
                                             "")
                                      : text,
            "test.yaml");
        VERIFY_OK(documents);
        const SpecFinding* finding = findingAt(documents->front().findings, field.toStdString());
        QVERIFY2(finding, fieldsOf(documents->front().findings).c_str());
        QVERIFY2(QString::fromStdString(finding->text).contains(part), finding->text.c_str());
        QVERIFY(finding->where && finding->where->line > 0 && finding->where->column > 0);
    }

    void unknownKeys_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("suggestion");
        const int error = static_cast<int>(SpecFinding::Level::Error);
        QTest::newRow("latency") << "ttftP99:"
                                 << "ttftP9:"
                                 << "spec.serving.latency.ttftP9" << error << "ttftP99";
        QTest::newRow("case") << "maxGPUs:"
                              << "maxGpus:"
                              << "spec.resources.maxGpus" << error << "maxGPUs";
        QTest::newRow("group") << "throughput:"
                               << "troughput:"
                               << "spec.serving.troughput" << error << "throughput";
        QTest::newRow("foreign") << "gpusPerNode: 8"
                                 << "qqqqqqqqqqqqqq: 8"
                                 << "spec.resources.qqqqqqqqqqqqqq"
                                 << static_cast<int>(SpecFinding::Level::Warning) << "Known here";
        QTest::newRow("P/D") << "gpusPerNode: 8"
                             << "prefill: {tensor: 2}"
                             << "spec.resources.prefill" << error << "aggregated";
    }
    void unknownKeys()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, field);
        QFETCH(int, level);
        QFETCH(QString, suggestion);
        const auto documents =
            readSpecs(with(specText("everything"), from.toStdString(), to.toStdString()), "t.yaml");
        VERIFY_OK(documents);
        const SpecFinding* finding = findingAt(documents->front().findings, field.toStdString(),
                                               static_cast<SpecFinding::Level>(level));
        QVERIFY2(finding, fieldsOf(documents->front().findings).c_str());
        QVERIFY2(QString::fromStdString(finding->suggestion).contains(suggestion),
                 finding->suggestion.c_str());
    }

    void severalDocuments()
    {
        const auto documents = readSpecs(
            specText("minimal") + "---\n" + specText("chat") + "---\nkind: ConfigMap\n", "a.yaml");
        VERIFY_OK(documents);
        QCOMPARE(documents->size(), std::size_t(3));
        QCOMPARE((*documents)[1].service.name, std::string("llama-70b-chat"));
        QVERIFY(findingAt((*documents)[2].findings, "kind"));
        VERIFY_ERROR(readSpecs("", "a.yaml"), "no spec");
        VERIFY_ERROR(readSpecs("a: 1\na: 2\n", "a.yaml"), "a.yaml:2");
        QVERIFY(readSpecs("- 1\n", "a.yaml")->front().findings.size() == 1);
    }

    void edits()
    {
        const InferenceService service =
            readSpecs(specText("everything"), "a.yaml")->front().service;
        const auto changed = withEdits(service,
                                       { { "spec.serving.latency.ttftP99", "250ms" },
                                         { "spec.model.speculative", "" },
                                         { "spec.resources.gpuMemory", "" } });
        VERIFY_OK(changed);
        QCOMPARE(changed->serving.latency.ttftP99.value().value(), 0.25);
        QVERIFY(!changed->model.speculative);
        QVERIFY(!changed->resources.gpuMemory);
        QCOMPARE(changed->resources.maxGpus.value(), 16);
        VERIFY_ERROR(withEdits(service, { { "spec.serving.latency.ttftP9", "250ms" } }), "ttftP9");
        VERIFY_ERROR(withEdits(service, { { "spec.serving.latency.ttftP99", "soon" } }), "ttftP99");
    }

    /** The file that editors read is the one that the fields give, and names every field of the example. */
    void schema()
    {
        QCOMPARE(std::string(builtinResource("spec/inference-service.schema.json")),
                 specJsonSchema());
        const auto json = nlohmann::json::parse(specJsonSchema());
        const auto& spec = json["properties"]["spec"];
        QVERIFY(spec["required"] == nlohmann::json({ "model", "resources" }));
        QCOMPARE(spec["properties"]["model"]["properties"]["quantization"]["enum"].size(),
                 std::size_t(5));
        int leaves = 0;
        const std::function<void(const nlohmann::json&)> walk = [&](const nlohmann::json& node) {
            for (const auto& [key, value] : node["properties"].items()) {
                if (value.contains("properties"))
                    walk(value);
                else
                    ++leaves;
            }
        };
        walk(json);
        // The positions of the example are all its fields, groups and the document itself.
        const auto document = readSpecs(specText("everything"), "a.yaml")->front();
        constexpr int groups = 14;
        QCOMPARE(static_cast<int>(document.positions.size()), leaves + groups + 1);
    }
};

QTEST_APPLESS_MAIN(TestSpecReader)
#include "tst_specreader.moc"

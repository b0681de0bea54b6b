// SPDX-License-Identifier: Apache-2.0
#include <core/base/resources.h>
#include <core/catalog/catalog.h>
#include <core/catalog/catalogreaders.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <map>
#include <set>

using namespace llmd;

namespace {

const Catalog& catalog()
{
    static const auto loaded = loadCatalog();
    return *loaded->value;
}

void write(const std::filesystem::path& path, std::string_view text)
{
    QVERIFY(writeFileAtomically(path, text).has_value());
}

bool isDay(const std::string& date)
{
    return date.size() == 10 && date[4] == '-' && date[7] == '-' && date.substr(0, 2) == "20";
}

} // namespace

class TestCatalog : public QObject
{
    Q_OBJECT

private slots:
    void shippedCatalogIsClean()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        for (const Issue& issue : loaded->issues)
            QVERIFY2(false, describe(issue).c_str());
        QVERIFY(loaded->value->gpus.size() >= 30);
        QVERIFY(loaded->value->models.size() >= 30);
        QCOMPARE(loaded->value->useCases.size(), std::size_t(9));
        QCOMPARE(loaded->value->experienceClasses.size(), std::size_t(5));
        QVERIFY(loaded->value->priceLists.size() >= 4);
        QVERIFY(!loaded->value->qualityScores.empty());
    }

    void everyFigureHasASource()
    {
        for (const Gpu& gpu : catalog().gpus) {
            QVERIFY2(!gpu.source.text.empty() && isDay(gpu.source.date), gpu.id.c_str());
            QVERIFY2(gpu.usableMemoryMeasured == !gpu.usableMemorySource.text.empty(),
                     gpu.id.c_str());
            QVERIFY2(!gpu.usableMemoryMeasured || isDay(gpu.usableMemorySource.date),
                     gpu.id.c_str());
        }
        for (const PriceList& list : catalog().priceLists)
            QVERIFY2(!list.source.text.empty() && isDay(list.source.date), list.id.c_str());
        for (const UseCase& useCase : catalog().useCases)
            QVERIFY2(!useCase.source.text.empty() && isDay(useCase.source.date),
                     useCase.id.c_str());
        for (const EngineVersionProfile& profile : catalog().engineVersions)
            QVERIFY2(!profile.source.text.empty() && isDay(profile.source.date),
                     profile.name.c_str());
        for (const VersionRow& row : catalog().versionRows)
            QVERIFY2(!row.source.text.empty() && isDay(row.source.date), row.id.c_str());
    }

    void gpuNamesAreUnambiguous()
    {
        std::map<std::string, std::string> owners;
        for (const Gpu& gpu : catalog().gpus) {
            std::set<std::string> names { foldedName(gpu.id), foldedName(gpu.name),
                                          foldedName(gpu.kubernetesProduct) };
            for (const std::string& alias : gpu.aliases)
                names.insert(foldedName(alias));
            names.erase("");
            for (const std::string& name : names) {
                const auto [it, isNew] = owners.emplace(name, gpu.id);
                QVERIFY2(isNew, (name + " names " + gpu.id + " and " + it->second).c_str());
            }
        }
    }

    void gpuFiguresAreSane()
    {
        for (const Gpu& gpu : catalog().gpus) {
            const auto check = [&](bool good) { QVERIFY2(good, gpu.id.c_str()); };
            const double usable = gpu.usableMemory / gpu.memory;
            check(usable > 0.88 && usable <= 1);
            check(gpu.memoryBandwidth > gigabytesPerSecond(250)
                  && gpu.memoryBandwidth < gigabytesPerSecond(10000));
            check(gpu.rate(Precision::Bf16) > teraflopsPerSecond(50));
            check(gpu.rate(Precision::Fp8) >= gpu.rate(Precision::Bf16));
            check(gpu.rate(Precision::Int4) == gpu.rate(Precision::Bf16));
            check((gpu.scaleUp == ScaleUpKind::Pcie) == (gpu.scaleUpBandwidth == BytesPerSecond()));
            check(gpu.pairBandwidth <= gpu.scaleUpBandwidth);
            check(gpu.gpusPerNode >= 1 && gpu.scaleUpDomain >= 1);
            check(!gpu.kubernetesResource.empty());
        }
    }

    void gpusAreFound_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        for (const auto& [name, id] : std::initializer_list<std::pair<const char*, const char*>> {
                 { "H100-80GB", "h100_sxm" },
                 { "H100-SXM-80GB", "h100_sxm" },
                 { "h100", "h100_sxm" },
                 { "NVIDIA H100 SXM5", "h100_sxm" },
                 { "NVIDIA-H100-80GB-HBM3", "h100_sxm" },
                 { "h100 sxm", "h100_sxm" },
                 { "A100-SXM-80GB", "a100_80_sxm" },
                 { "A100 80GB", "a100_80_sxm" },
                 { "L40S-48GB", "l40s" },
                 { "H200-SXM-141GB", "h200_sxm" },
                 { "B200-SXM-180GB", "b200_sxm" },
                 { "B300-SXM-268GB", "b300_sxm" },
                 { "GB200-NVL72", "gb200_nvl72" },
                 { "GB300-NVL72", "gb300_nvl72" },
                 { "mi300x", "mi300x" },
                 { "Tesla-T4", "t4" } })
            QTest::newRow(name) << QString(name) << QString(id);
    }
    void gpusAreFound()
    {
        QFETCH(QString, name);
        QFETCH(QString, id);
        const auto gpu = catalog().gpu(name.toStdString());
        VERIFY_OK(gpu);
        QCOMPARE((*gpu)->id, id.toStdString());
    }

    void unknownIdsNameTheNearest()
    {
        VERIFY_ERROR(catalog().gpu("h100_smx"), "did you mean h100_sxm?");
        VERIFY_ERROR(catalog().gpu(""), "not in the catalog");
        VERIFY_ERROR(catalog().useCase("chatbot_conversationl"),
                     "did you mean chatbot_conversational?");
        VERIFY_ERROR(catalog().model("Qwen3-14C"), "Qwen3-14B");
        QVERIFY(catalog().findGpu("-_ ") == nullptr);
        QVERIFY(catalog().findModel("") == nullptr);
    }

    void modelsAreFound()
    {
        const Model* model = catalog().findModel("meta-llama/Llama-3.1-8B-Instruct");
        QVERIFY(model != nullptr);
        QCOMPARE(catalog().findModel("META-LLAMA/llama-3.1-8b-instruct"), model);
        QCOMPARE(catalog().findModel("Llama-3.1-8B-Instruct"), model);

        Catalog twins;
        twins.models.resize(2);
        twins.models[0].id = "a/Same";
        twins.models[1].id = "b/Same";
        QVERIFY(twins.findModel("same") == nullptr);
        QCOMPARE(twins.findModel("B/same"), &twins.models[1]);
    }

    void pricesCoverTheCommonGpus()
    {
        const PriceList& standard = catalog().priceLists.front();
        for (const char* id :
             { "t4", "a10g", "l4", "l40s", "a100_80_sxm", "h100_sxm", "h200_sxm", "b200_sxm" })
            QVERIFY2(standard.price(id).has_value(), id);
        QVERIFY(!standard.price("gaudi2").has_value());
        COMPARE_NEAR(inDollarsPerHour(*standard.price("h100_sxm")), 6.88, 1e-9);
        const PriceList* planner = catalog().findPriceList("LLM_D_planner");
        QVERIFY(planner != nullptr);
        COMPARE_NEAR(inDollarsPerHour(*planner->price("mi300x")), 3.75, 1e-9);
        for (const PriceList& list : catalog().priceLists) {
            for (const auto& [gpu, price] : list.perGpu)
                QVERIFY2(catalog().findGpu(gpu) != nullptr && price > DollarsPerSecond(),
                         gpu.c_str());
        }
    }

    void useCasesAreComplete()
    {
        for (const UseCase& useCase : catalog().useCases) {
            const auto check = [&](bool good) { QVERIFY2(good, useCase.id.c_str()); };
            check(useCase.ttft.best > Seconds() && useCase.ttft.best < useCase.ttft.acceptable);
            check(useCase.itl.best < useCase.itl.acceptable
                  && useCase.e2e.best < useCase.e2e.acceptable);
            check(useCase.promptTokens > 0 && useCase.outputTokens > 0);
            check(useCase.promptVariation > 0 && useCase.outputVariation > 0);
            check(useCase.peakFactor >= 1 && useCase.activeShare > 0);
            const double sum = useCase.costPriority + useCase.latencyPriority
                + useCase.qualityPriority + useCase.simplicityPriority;
            check(std::abs(sum - 1) < 1e-12);
            check((useCase.arrivals == ArrivalShape::Bursty) == (useCase.burstiness > 1));
        }
        const UseCase* legal = catalog().findUseCase("research_legal_analysis");
        QVERIFY(legal != nullptr);
        COMPARE_NEAR(legal->e2e.acceptable.value(), 300.0, 1e-12);
        COMPARE_NEAR(legal->requestsPerActiveUserAndMinute, 0.03, 1e-12);
    }

    void versionsParse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        for (const auto& [text, expected] :
             std::initializer_list<std::pair<const char*, const char*>> {
                 { "0.19.0", "0.19.0" },
                 { "v0.19", "0.19.0" },
                 { "0.19.0rc1", "0.19.0" },
                 { "0.17.0.post1", "0.17.0" },
                 { "1", "1.0.0" },
                 { "0.21.1+cu128", "0.21.1" },
                 { "0.26.0-ubi9", "0.26.0" },
                 { "", "" },
                 { "v", "" },
                 { "latest", "" },
                 { "-1.2", "" },
                 { "0.", "" },
                 { "99999999999999.1", "" },
                 { "0.19;rm", "" } })
            QTest::newRow(text) << QString(text) << QString(expected);
    }
    void versionsParse()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto version = parseVersion(text.toStdString());
        QCOMPARE(version ? toString(*version) : std::string(), expected.toStdString());
    }

    void profilesHoldUntilTheNext()
    {
        QVERIFY(catalog().engineVersion({ 0, 7, 0 }).from == (SemanticVersion { 0, 8, 0 }));
        QVERIFY(!catalog().engineVersion({ 0, 13, 0 }).asynchronousScheduling);
        QVERIFY(catalog().engineVersion({ 0, 14, 0 }).asynchronousScheduling);
        QVERIFY(catalog().engineVersion({ 0, 16, 9 }).from == (SemanticVersion { 0, 14, 0 }));
        QVERIFY(catalog().engineVersion({ 0, 19, 1 }).from == (SemanticVersion { 0, 18, 0 }));
        QVERIFY(catalog().engineVersion({ 1, 0, 0 }).from == (SemanticVersion { 0, 21, 0 }));
        QVERIFY(catalog().engineVersion({ 0, 15, 1 }).samplerSortsVocabulary);
        COMPARE_NEAR(catalog().engineVersion({ 0, 26, 0 }).gpuMemoryUtilization, 0.92, 1e-12);
        QVERIFY(catalog().versionRows.front().vllm == (SemanticVersion { 0, 26, 0 }));
        QVERIFY(Catalog().engineVersion({ 0, 19, 0 }).name.empty());
    }

    void usersAddAndChangeEntries()
    {
        const testing::TemporaryFolder folder;
        write(folder / "gpus.yaml",
              "gpus:\n"
              "  - id: h100_sxm\n    usable_memory_gib: 78.5\n"
              "    usable_memory_source: {text: our cluster, date: \"2026-11-01\"}\n"
              "  - id: lab_card\n    name: Lab Card\n    vendor: nvidia\n    architecture: Ada\n"
              "    memory_gib: 32\n    memory_type: GDDR6\n    memory_bandwidth_gb_per_s: 600\n"
              "    fp16_tflops: 100\n    kubernetes_resource: nvidia.com/gpu\n"
              "    source: {text: our datasheet, date: \"2026-11-01\"}\n");
        write(folder / "prices.yaml",
              "price_lists:\n"
              "  - id: cloud_on_demand\n    usd_per_gpu_hour: {H100: 2.5, lab_card: 0}\n"
              "  - id: ours\n    name: Ours\n    source: {text: contract, date: \"2026-11-01\"}\n"
              "    usd_per_gpu_hour: {l4: 0.4}\n");
        write(folder / "use-cases.yaml", "use_cases:\n  - {id: translation, prompt_tokens: 900}\n");
        CatalogOptions options;
        options.overrideFolders = { folder.path() };
        const auto loaded = loadCatalog(options);
        VERIFY_OK(loaded);
        for (const Issue& issue : loaded->issues)
            QVERIFY2(false, describe(issue).c_str());
        const Catalog& changed = *loaded->value;
        COMPARE_NEAR(inGibibytes(changed.findGpu("H100")->usableMemory), 78.5, 1e-12);
        QCOMPARE(changed.findGpu("H100")->memoryBandwidth.value(), 3350e9);
        const Gpu* lab = changed.findGpu("lab card");
        QVERIFY(lab != nullptr && !lab->usableMemoryMeasured);
        COMPARE_NEAR(inGibibytes(lab->usableMemory), 32 * 0.98 * 15 / 16, 1e-12);
        COMPARE_NEAR(inDollarsPerHour(*changed.priceLists.front().price("h100_sxm")), 2.5, 1e-12);
        COMPARE_NEAR(inDollarsPerHour(*changed.priceLists.front().price("h200_sxm")), 7.912, 1e-12);
        QCOMPARE(changed.priceLists.front().price("lab_card")->value(), 0.0);
        QVERIFY(changed.findPriceList("ours") != nullptr);
        QCOMPARE(changed.findUseCase("translation")->promptTokens, 900.0);
        QCOMPARE(changed.findUseCase("translation")->outputTokens, 256.0);
        QCOMPARE(changed.gpus.size(), catalog().gpus.size() + 1);
    }

    void badUserFilesBecomeIssues_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("line");
        QTest::newRow("syntax") << "gpus.yaml" << QByteArray("gpus: [\n  {id: a\n") << "" << 0;
        QTest::newRow("no list") << "gpus.yaml" << QByteArray("gpu: 1\n") << "`gpus`" << 1;
        QTest::newRow("not a mapping")
            << "gpus.yaml" << QByteArray("gpus:\n  - h100\n") << "mapping" << 2;
        QTest::newRow("missing") << "gpus.yaml" << QByteArray("gpus:\n  - id: x\n    name: X\n")
                                 << "is missing" << 2;
        QTest::newRow("negative") << "gpus.yaml"
                                  << QByteArray("gpus:\n  - id: l4\n    memory_gib: -3\n")
                                  << "out of range" << 3;
        QTest::newRow("nan") << "gpus.yaml"
                             << QByteArray("gpus:\n  - id: l4\n    bf16_tflops: .nan\n") << "" << 3;
        QTest::newRow("word") << "gpus.yaml"
                              << QByteArray("gpus:\n  - id: l4\n    gpus_per_node: many\n") << ""
                              << 3;
        QTest::newRow("fraction") << "gpus.yaml"
                                  << QByteArray("gpus:\n  - id: l4\n    gpus_per_node: 1.5\n")
                                  << "whole" << 3;
        QTest::newRow("too much usable")
            << "gpus.yaml" << QByteArray("gpus:\n  - id: l4\n    usable_memory_gib: 90\n")
            << "larger" << 3;
        QTest::newRow("vendor") << "gpus.yaml"
                                << QByteArray("gpus:\n  - id: l4\n    vendor: acme\n")
                                << "expected one of" << 3;
        QTest::newRow("unknown key")
            << "gpus.yaml" << QByteArray("gpus:\n  - id: l4\n    memory_gb: 3\n") << "memory_g"
            << 3;
        QTest::newRow("price of unknown")
            << "prices.yaml"
            << QByteArray(
                   "price_lists:\n  - id: llm_d_planner\n    usd_per_gpu_hour: {h100_smx: 1}\n")
            << "did you mean h100_sxm" << 3;
        QTest::newRow("negative price")
            << "prices.yaml"
            << QByteArray("price_lists:\n  - id: llm_d_planner\n    usd_per_gpu_hour: {l4: -1}\n")
            << "from 0" << 3;
        QTest::newRow("range") << "use-cases.yaml"
                               << QByteArray(
                                      "use_cases:\n  - id: translation\n    ttft_ms: [800, 200]\n")
                               << "ascending" << 3;
        QTest::newRow("class")
            << "use-cases.yaml"
            << QByteArray("use_cases:\n  - id: translation\n    experience_class: quick\n")
            << "not defined" << 3;
        QTest::newRow("priority")
            << "use-cases.yaml"
            << QByteArray("use_cases:\n  - id: translation\n    priorities: {cost: huge}\n")
            << "expected one of" << 3;
    }
    void badUserFilesBecomeIssues()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, part);
        QFETCH(int, line);
        const testing::TemporaryFolder folder;
        write(folder / file.toStdString(), text.toStdString());
        CatalogOptions options;
        options.overrideFolders = { folder.path() };
        const auto loaded = loadCatalog(options);
        VERIFY_OK(loaded);
        QVERIFY(!loaded->issues.empty());
        const Issue& issue = loaded->issues.front();
        QVERIFY2(issue.text.find(part.toStdString()) != std::string::npos, describe(issue).c_str());
        QVERIFY(issue.where.has_value());
        QVERIFY(issue.where->file.find(file.toStdString()) != std::string::npos);
        if (line > 0)
            QCOMPARE(issue.where->line, line);
        // What was shipped stays as it was.
        QCOMPARE(loaded->value->gpus.size(), catalog().gpus.size());
        QCOMPARE(loaded->value->findGpu("l4")->memory, catalog().findGpu("l4")->memory);
        QCOMPARE(loaded->value->findUseCase("translation")->ttft,
                 catalog().findUseCase("translation")->ttft);
    }

    void missingFolderIsAnIssue()
    {
        CatalogOptions options;
        options.overrideFolders = { "/nonexistent/catalog" };
        const auto loaded = loadCatalog(options);
        VERIFY_OK(loaded);
        QCOMPARE(loaded->issues.size(), std::size_t(1));
        QCOMPARE(loaded->issues[0].code, ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestCatalog)
#include "tst_catalog.moc"

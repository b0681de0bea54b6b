// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/catalog.h>
#include <core/catalog/modelcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

using namespace llmd;
using llmd::testing::TemporaryFolder;

namespace {

const char* const smallConfig = R"({"model_type":"llama","hidden_size":64,"intermediate_size":128,
    "num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"vocab_size":256,
    "max_position_embeddings":2048})";

void write(const std::filesystem::path& path, std::string_view text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

const Model* find(const std::vector<Model>& models, std::string_view id)
{
    const auto it =
        std::find_if(models.begin(), models.end(), [&](const Model& m) { return m.id == id; });
    return it == models.end() ? nullptr : &*it;
}

std::string describeAll(const std::vector<Issue>& issues)
{
    std::string text;
    for (const Issue& issue : issues)
        text += describe(issue) + "\n";
    return text;
}

} // namespace

/** Shipped models, models of the user, and quality scores. */
class TestModelCatalog : public QObject
{
    Q_OBJECT

private slots:
    void shippedModelsAreSorted()
    {
        std::vector<Model> models;
        std::vector<Issue> issues;
        loadBuiltinModels(models, issues);
        QVERIFY2(issues.empty(), describeAll(issues).c_str());
        std::set<std::string> ids;
        for (const Model& model : models) {
            std::string lower = model.id;
            std::transform(lower.begin(), lower.end(), lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            QVERIFY2(ids.empty() || *ids.rbegin() < lower, model.id.c_str());
            ids.insert(lower);
        }
    }

    void idsOfFiles_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("id");
        QTest::newRow("flat") << "org--name.json"
                              << "org/name";
        QTest::newRow("later dashes") << "org--name--x.json"
                                      << "org/name--x";
        QTest::newRow("folders") << "org/name/config.json"
                                 << "org/name";
        QTest::newRow("folder with dashes") << "x/org--name/config.json"
                                            << "org/name";
        QTest::newRow("dots in the name") << "org--Model-3.1-8B.json"
                                          << "org/Model-3.1-8B";
    }

    void idsOfFiles()
    {
        QFETCH(QString, path);
        QFETCH(QString, id);
        const TemporaryFolder folder;
        write(folder / path.toStdString(), smallConfig);
        const auto model = readModelFile(folder / path.toStdString());
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(QString::fromStdString(model->id), id);
        QCOMPARE(model->family, model->id);
        QVERIFY(model->userProvided);
        QVERIFY(!model->publishedParameters);
    }

    void folderAddsAndReplaces()
    {
        const TemporaryFolder folder;
        write(folder / "mine--model.json", smallConfig);
        write(folder / "org/other/config.json", smallConfig);
        write(folder / "org/other/generation_config.json",
              R"({"top_p":0.9,"repetition_penalty":1.05})");
        write(folder / "org/plain/config.json", smallConfig);
        write(folder / "org/plain/generation_config.json", R"({"top_p":1.0,"top_k":0})");
        write(folder / "Meta-Llama--Llama-3.1-8B-Instruct.json", smallConfig);
        write(folder / "broken--model.json", "{");
        write(folder / "notes.json", "[]");
        write(folder / "models.yaml",
              "models:\n  - id: mine/model\n    name: \"My model\"\n    family: Qwen/Qwen3-8B\n"
              "    published_parameters: 1000\n    license: mit\n");

        std::vector<Model> models;
        std::vector<Issue> issues;
        loadBuiltinModels(models, issues);
        const std::size_t before = models.size();
        loadModelFolder(folder.path(), models, issues);
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(issues[0].subject, std::string("broken/model"));
        QVERIFY(issues[0].where && issues[0].where->file.ends_with("broken--model.json"));
        QCOMPARE(models.size(), before + 3);

        const Model* mine = find(models, "mine/model");
        QVERIFY(mine);
        QCOMPARE(mine->displayName, std::string("My model"));
        QCOMPARE(mine->family, std::string("Qwen/Qwen3-8B"));
        QCOMPARE(mine->publishedParameters.value_or(0), 1000.0);
        const Model* other = find(models, "org/other");
        QVERIFY(other && other->sampling.topPOrTopK && other->sampling.repetitionPenalty);
        const Model* plain = find(models, "org/plain");
        QVERIFY(plain && !plain->sampling.topPOrTopK && !plain->sampling.repetitionPenalty);
        // The same id in another case replaces the config and keeps what people know of the model.
        const Model* replaced = find(models, "Meta-Llama/Llama-3.1-8B-Instruct");
        QVERIFY(replaced);
        QVERIFY(!find(models, "meta-llama/Llama-3.1-8B-Instruct"));
        QCOMPARE(replaced->architecture.hiddenSize, 64);
        QCOMPARE(replaced->family, std::string("meta-llama/Llama-3.1-8B-Instruct"));
        QVERIFY(replaced->sampling.topPOrTopK);
        QVERIFY(replaced->userProvided);
    }

    void quantisationOfNameAndFile()
    {
        const TemporaryFolder folder;
        write(folder / "org--Model-FP8.json", smallConfig);
        const auto assumed = readModelFile(folder / "org--Model-FP8.json");
        QVERIFY(assumed);
        QCOMPARE(assumed->architecture.quantization.label(), std::string("fp8"));
        QCOMPARE(assumed->architecture.approximations.size(), std::size_t(1));

        write(folder / "org/Model-FP4/config.json", smallConfig);
        write(
            folder / "org/Model-FP4/hf_quant_config.json",
            R"({"quantization":{"quant_algo":"NVFP4","kv_cache_quant_algo":"FP8","exclude_modules":["*mlp*"]}})");
        const auto stated = readModelFile(folder / "org/Model-FP4/config.json");
        QVERIFY2(stated, stated ? "" : describe(stated.error()).c_str());
        QVERIFY(stated->architecture.approximations.empty());
        QVERIFY(stated->architecture.quantization.of(ParameterGroup::Attention).values
                == Precision::Nvfp4);
        QVERIFY(stated->architecture.quantization.of(ParameterGroup::DenseFfn).values
                == Precision::Bf16);
        QVERIFY(stated->architecture.quantization.keyValueCache == Precision::Fp8);
    }

    void badPaths()
    {
        const TemporaryFolder folder;
        QVERIFY(!readModelFile(folder / "missing.json"));
        QVERIFY(!readModelFile(folder.path()));
        QVERIFY(!readModelFile(""));
        std::vector<Model> models;
        std::vector<Issue> issues;
        loadModelFolder(folder / "missing", models, issues);
        QCOMPARE(issues.size(), std::size_t(1));
        QVERIFY(models.empty());
        write(folder / "file", "");
        issues.clear();
        loadModelFolder(folder / "file", models, issues);
        QCOMPARE(issues.size(), std::size_t(1));
    }

    void badDescriptionsAreReported()
    {
        const TemporaryFolder folder;
        write(folder / "a--b.json", smallConfig);
        write(folder / "models.yaml",
              "models:\n  - {name: x}\n  - {id: a/b, published_parameters: many}\n");
        std::vector<Model> models;
        std::vector<Issue> issues;
        loadModelFolder(folder.path(), models, issues);
        QCOMPARE(models.size(), std::size_t(1));
        QCOMPARE(issues.size(), std::size_t(2));
    }

    void qualityBelongsToShippedFamilies()
    {
        std::vector<Model> models;
        std::vector<QualityScore> scores;
        std::vector<QuantizationRecovery> recoveries;
        std::vector<Issue> issues;
        loadBuiltinModels(models, issues);
        loadBuiltinQuality(scores, recoveries, issues);
        QVERIFY2(issues.empty(), describeAll(issues).c_str());
        std::set<std::string> families;
        for (const Model& model : models)
            families.insert(model.family);
        std::set<std::tuple<std::string, std::string, std::string>> seen;
        std::map<std::string, int> perBenchmark;
        for (const QualityScore& score : scores) {
            QVERIFY2(families.contains(score.family), score.family.c_str());
            QVERIFY2(score.score >= 0 && score.score <= 100, score.benchmark.c_str());
            QVERIFY2(seen.emplace(score.family, score.benchmark, score.mode).second,
                     (score.family + " " + score.benchmark).c_str());
            QVERIFY(score.mode != "base");
            QVERIFY(score.source.text.find("http") != std::string::npos);
            QCOMPARE(score.source.date.size(), std::size_t(10));
            QVERIFY(!score.source.confidence.empty());
            ++perBenchmark[score.benchmark];
        }
        for (const char* benchmark : { "MMLU-Pro", "GPQA-Diamond", "IFEval", "MATH-500", "AIME25" })
            QVERIFY2(perBenchmark[benchmark] >= 20, benchmark);
        static const std::set<std::string> schemes { "fp8", "int8", "int4", "nvfp4", "mxfp4" };
        QVERIFY(recoveries.size() >= 20);
        for (const QuantizationRecovery& recovery : recoveries) {
            QVERIFY2(families.contains(recovery.family), recovery.family.c_str());
            QVERIFY2(schemes.contains(recovery.scheme), recovery.scheme.c_str());
            QVERIFY(recovery.percent > 80 && recovery.percent < 110);
        }
    }
};

QTEST_APPLESS_MAIN(TestModelCatalog)
#include "tst_modelcatalog.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/modelcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace llmd;

/** Parameter counts and weight bytes of the shipped models against published and measured figures. */
class TestModelParameters : public QObject
{
    Q_OBJECT

    std::vector<Model> m_models;

    const ModelArchitecture* find(const QString& id) const
    {
        const auto it = std::find_if(m_models.begin(), m_models.end(), [&](const Model& model) {
            return QString::fromStdString(model.id).compare(id, Qt::CaseInsensitive) == 0;
        });
        return it == m_models.end() ? nullptr : &it->architecture;
    }

    static double weights(const ModelArchitecture& architecture, int tensorParallel)
    {
        Bytes sum;
        for (std::size_t i = 0; i < parameterGroupCount; ++i) {
            const auto group = static_cast<ParameterGroup>(i);
            if (group != ParameterGroup::Mtp)
                sum += architecture.weightBytes(group);
        }
        return inGibibytes(sum / tensorParallel + architecture.residentBufferBytes(tensorParallel));
    }

private slots:
    void initTestCase()
    {
        std::vector<Issue> issues;
        loadBuiltinModels(m_models, issues);
        for (const Issue& issue : issues)
            QFAIL(describe(issue).c_str());
        QVERIFY(m_models.size() >= 45);
    }

    void totalsAreThePublishedOnes()
    {
        std::set<std::string> families;
        for (const Model& model : m_models) {
            if (!model.publishedParameters)
                continue;
            const auto actual = static_cast<double>(model.architecture.textParameters());
            QVERIFY2(
                testing::isNear(actual, *model.publishedParameters, 0.005),
                (model.id + ": " + testing::nearMessage(actual, *model.publishedParameters, 0.005))
                    .c_str());
            families.insert(model.family);
        }
        QVERIFY(families.size() >= 40);
    }

    void groupsOfLlama()
    {
        const ModelArchitecture* llama = find("meta-llama/Llama-3.1-8B-Instruct");
        QVERIFY(llama);
        QCOMPARE(llama->layers(), 32);
        QCOMPARE(llama->parameters(ParameterGroup::Embedding), 128256LL * 4096);
        QCOMPARE(llama->parameters(ParameterGroup::LmHead), 128256LL * 4096);
        QCOMPARE(llama->parameters(ParameterGroup::Attention),
                 32LL * (2 * 4096 * 4096 + 2 * 4096 * 1024));
        QCOMPARE(llama->parameters(ParameterGroup::DenseFfn), 32LL * 3 * 4096 * 14336);
        QCOMPARE(llama->parameters(ParameterGroup::Norms), 65LL * 4096);
        QCOMPARE(llama->parameters(ParameterGroup::RoutedExperts), 0LL);
        QCOMPARE(llama->textParameters(), 8030261248LL);
    }

    void activeParametersOfExperts_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<double>(
            "billions"); // as the publishers name them, embedding included or not
        QTest::newRow("Mixtral") << "mistralai/Mixtral-8x7B-v0.1" << 12.9;
        QTest::newRow("Qwen3 30B") << "Qwen/Qwen3-30B-A3B" << 3.3;
        QTest::newRow("Qwen3 235B") << "Qwen/Qwen3-235B-A22B" << 22.0;
        QTest::newRow("DeepSeek V3") << "deepseek-ai/DeepSeek-V3" << 37.0;
        QTest::newRow("Kimi K2") << "moonshotai/Kimi-K2-Instruct" << 32.0;
        QTest::newRow("gpt-oss 120b") << "openai/gpt-oss-120b" << 5.1;
        QTest::newRow("gpt-oss 20b") << "openai/gpt-oss-20b" << 3.6;
        QTest::newRow("Llama 4 Scout") << "meta-llama/Llama-4-Scout-17B-16E-Instruct" << 17.0;
        QTest::newRow("GLM-5") << "zai-org/GLM-5" << 40.0;
        QTest::newRow("MiniMax") << "MiniMaxAI/MiniMax-M2.5" << 10.0;
        QTest::newRow("Nemotron 3 Nano") << "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16" << 3.2;
    }

    void activeParametersOfExperts()
    {
        QFETCH(QString, id);
        QFETCH(double, billions);
        const ModelArchitecture* model = find(id);
        QVERIFY(model && model->isMoe());
        COMPARE_NEAR(static_cast<double>(model->activeParameters()) / 1e9, billions, 0.09);
    }

    /** Sizes of whole checkpoints on Hugging Face ("safetensors" figure), encoders and prediction layers included. */
    void wholeCheckpoints_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<double>("published");
        QTest::addColumn<bool>(
            "ownTables"); // the prediction layer stores the embedding and the head again
        const auto row = [](const char* id, double published, bool ownTables = false) {
            QTest::newRow(id) << QString(id) << published << ownTables;
        };
        row("google/gemma-3-4b-it", 4300079472);
        row("google/gemma-3-12b-it", 12187325040);
        row("google/gemma-3-27b-it", 27432406640);
        row("google/gemma-4-26B-A4B-it", 25.8e9);
        row("meta-llama/Llama-4-Scout-17B-16E-Instruct", 108641793536);
        row("meta-llama/Llama-4-Maverick-17B-128E-Instruct", 401583781376);
        row("mistralai/Mistral-Small-3.1-24B-Instruct-2503", 24011361280);
        row("Qwen/Qwen3-VL-8B-Instruct", 8767123696);
        row("Qwen/Qwen3-Next-80B-A3B-Instruct", 81324862720);
        row("Qwen/Qwen3.5-27B", 27781427952);
        row("Qwen/Qwen3.5-35B-A3B", 35951822704);
        row("zai-org/GLM-4.5-Air", 110468824832, true);
        row("zai-org/GLM-4.5", 358337776896, true);
        row("deepseek-ai/DeepSeek-V3", 684531386000, true);
    }

    void wholeCheckpoints()
    {
        QFETCH(QString, id);
        QFETCH(double, published);
        QFETCH(bool, ownTables);
        const ModelArchitecture* model = find(id);
        QVERIFY(model);
        std::int64_t total =
            model->textParameters() + model->visionParameters + model->mtpParameters;
        if (ownTables)
            total += 2 * model->parameters(ParameterGroup::Embedding);
        COMPARE_NEAR(static_cast<double>(total), published, 0.001);
    }

    /** Weights that vLLM 0.19 reported on H100 (llm-d-planner project, 2026), GiB per GPU. */
    void weightsAreTheMeasuredOnes()
    {
        struct Row
        {
            const char* id;
            int tensorParallel;
            double gibibytes;
        };
        static constexpr Row rows[] {
            { "codellama/CodeLlama-7b-hf", 1, 12.56 },
            { "deepseek-ai/DeepSeek-V2-Lite-Chat", 1, 29.43 },
            { "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic", 2, 33.88 },
            { "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic", 4, 16.96 },
            { "RedHatAI/Qwen2.5-7B-Instruct-FP8-dynamic", 1, 8.14 },
            { "google/gemma-2-27b-it", 1, 50.72 },
            { "google/gemma-2-2b-it", 1, 4.9 },
            { "google/gemma-3-12b-it", 1, 23.31 },
            { "google/gemma-3-4b-it", 1, 8.58 },
            { "google/gemma-7b", 1, 15.91 },
            { "ibm-granite/granite-3.1-2b-instruct", 1, 4.74 },
            { "ibm-granite/granite-3.3-8b-instruct", 1, 15.25 },
            { "ibm-granite/granite-vision-3.3-2b", 1, 5.54 },
            { "meta-llama/Llama-3.1-8B-Instruct", 1, 14.99 },
            { "meta-llama/Llama-3.1-8B-Instruct", 2, 7.51 },
            { "meta-llama/Llama-3.1-8B-Instruct", 4, 3.77 },
            { "microsoft/phi-2", 1, 5.19 },
            { "mistralai/Mixtral-8x7B-Instruct-v0.1", 2, 43.51 },
            { "Qwen/Qwen1.5-MoE-A2.7B", 1, 26.67 },
            { "Qwen/Qwen2.5-7B-Instruct", 1, 14.25 },
            { "Qwen/Qwen2.5-7B-Instruct", 2, 7.12 },
            { "Qwen/Qwen2.5-72B-Instruct", 2, 67.8 },
            { "RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16", 1, 5.38 },
            { "RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w8a8", 1, 8.49 },
        };
        double sum = 0;
        for (const Row& row : rows) {
            const ModelArchitecture* model = find(row.id);
            QVERIFY2(model, row.id);
            const double error = weights(*model, row.tensorParallel) / row.gibibytes - 1;
            QVERIFY2(std::abs(error) < 0.01,
                     (std::string(row.id) + " " + std::to_string(error)).c_str());
            sum += std::abs(error);
        }
        QVERIFY2(sum / std::size(rows) < 0.003, std::to_string(sum / std::size(rows)).c_str());
    }

    void precisionsThatTheEngineChooses()
    {
        const ModelArchitecture* llama = find("meta-llama/Llama-3.1-8B-Instruct");
        QVERIFY(llama);
        const ModelArchitecture fp8 = quantizedAtLoad(*llama, Precision::Fp8);
        COMPARE_NEAR(weights(fp8, 1), 8.49, 0.002); // measured with --quantization fp8
        QVERIFY(fp8.quantization.atLoad);
        QCOMPARE(fp8.quantization.label(), std::string("fp8"));
        QVERIFY(fp8.quantization.activations == Precision::Fp8);
        QVERIFY(fp8.quantization.of(ParameterGroup::LmHead).values == Precision::Bf16);
        QVERIFY(fp8.quantization.keyValueCache == Precision::Bf16);

        const ModelArchitecture fp32 = withDtype(*llama, Precision::Fp32);
        COMPARE_NEAR(weights(fp32, 1), 29.98, 0.002); // measured with --dtype float32
        QVERIFY(fp32.quantization.keyValueCache == Precision::Fp32);
        QVERIFY(withDtype(fp8, Precision::Fp16).quantization.of(ParameterGroup::Attention).values
                == Precision::Fp8);
        QVERIFY(withDtype(*llama, Precision::Int4).dtype == Precision::Bf16);

        // A quantised checkpoint is not quantised again.
        const ModelArchitecture* int4 = find("RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16");
        QVERIFY(int4);
        QCOMPARE(quantizedAtLoad(*int4, Precision::Fp8).quantization, int4->quantization);
    }

    void everyEntryIsDescribed()
    {
        std::set<std::string> ids;
        for (const Model& model : m_models)
            ids.insert(model.id);
        for (const Model& model : m_models) {
            QVERIFY2(!model.displayName.empty() && !model.license.empty(), model.id.c_str());
            QVERIFY2(!model.source.text.empty() && model.source.date.size() == 10,
                     model.id.c_str());
            QVERIFY2(ids.contains(model.family), (model.id + " of " + model.family).c_str());
            QVERIFY2(!model.userProvided, model.id.c_str());
            QVERIFY2(model.architecture.maxPositions >= 2048, model.id.c_str());
        }
    }

    void samplingDefaultsOfTheMeasuredModels()
    {
        const auto topPOrTopK = [&](const char* id) {
            for (const Model& model : m_models) {
                if (model.id == id)
                    return model.sampling.topPOrTopK;
            }
            return false;
        };
        for (const char* id :
             { "meta-llama/Llama-2-7b-hf", "meta-llama/Llama-2-70b-hf",
               "meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-70B-Instruct",
               "Qwen/Qwen3-14B", "Qwen/Qwen2.5-7B-Instruct",
               "RedHatAI/Llama-4-Scout-17B-16E-Instruct-FP8-dynamic" })
            QVERIFY2(topPOrTopK(id), id);
        for (const char* id :
             { "codellama/CodeLlama-34b-Instruct-hf", "mistralai/Mistral-Nemo-Instruct-2407",
               "01-ai/Yi-34B", "mistralai/Mixtral-8x7B-v0.1" })
            QVERIFY2(!topPOrTopK(id), id);
    }
};

QTEST_APPLESS_MAIN(TestModelParameters)
#include "tst_modelparameters.moc"

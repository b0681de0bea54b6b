// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/modelcatalog.h>

#include <QTest>

#include <algorithm>

using namespace llmd;

/** Which tensor parallel sizes vLLM refuses, and why. */
class TestTensorParallel : public QObject
{
    Q_OBJECT

    std::vector<Model> m_models;

    const ModelArchitecture* find(const QString& id) const
    {
        const auto it = std::find_if(m_models.begin(), m_models.end(), [&](const Model& model) {
            return model.id == id.toStdString();
        });
        return it == m_models.end() ? nullptr : &it->architecture;
    }

private slots:
    void initTestCase()
    {
        std::vector<Issue> issues;
        loadBuiltinModels(m_models, issues);
        QVERIFY(!m_models.empty());
    }

    void sizes_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("expertParallel");
        QTest::addColumn<QString>("obstacle"); // empty if legal
        const auto row = [](const char* id, int size, const char* obstacle,
                            bool expertParallel = false) {
            QTest::addRow("%s at %d%s", id, size, expertParallel ? " with EP" : "")
                << QString(id) << size << expertParallel << QString(obstacle);
        };
        for (const int size : { 1, 2, 4, 8 })
            row("meta-llama/Llama-3.1-8B-Instruct", size, "");
        row("meta-llama/Llama-3.1-8B-Instruct", 16, ""); // 8 KV heads are copied to 16 ranks
        row("meta-llama/Llama-3.1-8B-Instruct", 0, "positive");
        row("meta-llama/Llama-3.1-8B-Instruct", -4, "positive");
        row("meta-llama/Llama-3.1-8B-Instruct", 3, "heads");
        row("meta-llama/Llama-3.1-8B-Instruct", 64, "heads");
        row("Qwen/Qwen3-14B", 5, "vocabulary");
        row("Qwen/Qwen2.5-7B-Instruct", 8, "heads"); // 28 heads
        row("Qwen/Qwen2.5-7B-Instruct", 4, "");
        row("01-ai/Yi-34B", 8, "");
        row("microsoft/phi-4", 4, "KV heads"); // 40 and 10
        row("microsoft/phi-4", 2, "");
        row("meta-llama/Llama-4-Scout-17B-16E-Instruct", 8, "");
        row("meta-llama/Llama-4-Scout-17B-16E-Instruct", 16, "heads"); // 40
        // Blocks of 128 x 128 have to fit into every slice.
        row("Qwen/Qwen3-30B-A3B-FP8", 2, "");
        row("Qwen/Qwen3-30B-A3B-FP8", 4, "expert intermediate size");
        row("Qwen/Qwen3-30B-A3B-FP8", 4, "", true);
        row("Qwen/Qwen3-30B-A3B", 4, "");
        row("Qwen/Qwen3-235B-A22B-FP8", 4, "");
        row("Qwen/Qwen3-235B-A22B-FP8", 8, "expert intermediate size");
        row("Qwen/Qwen3-235B-A22B-FP8", 8, "", true);
        row("Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", 8, "expert intermediate size");
        row("Qwen/Qwen3-32B-FP8", 8, "");
        row("deepseek-ai/DeepSeek-V3", 8, "");
        row("deepseek-ai/DeepSeek-V3", 16, "");
        row("deepseek-ai/DeepSeek-V3", 32, "intermediate size");
        row("deepseek-ai/DeepSeek-V2-Lite", 16, "");
        // Groups of 128 along the input.
        row("Qwen/Qwen2.5-72B-Instruct-AWQ", 8, "");
        row("RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16", 8, "");
        row("openai/gpt-oss-120b", 8, "");
        row("openai/gpt-oss-20b", 4, "");
        // State groups of linear attention and Mamba.
        row("Qwen/Qwen3-Next-80B-A3B-Instruct", 8, "");
        row("Qwen/Qwen3-Next-80B-A3B-Instruct", 16, "");
        row("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 8, "");
        row("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 16, "state groups");
    }

    void sizes()
    {
        QFETCH(QString, id);
        QFETCH(int, size);
        QFETCH(bool, expertParallel);
        QFETCH(QString, obstacle);
        const ModelArchitecture* model = find(id);
        QVERIFY(model);
        const QString found =
            QString::fromStdString(tensorParallelObstacle(*model, size, expertParallel));
        if (obstacle.isEmpty())
            QCOMPARE(found, QString());
        else
            QVERIFY2(found.contains(obstacle), qPrintable(found));
    }

    void everyModelRunsOnOneGpu()
    {
        for (const Model& model : m_models)
            QVERIFY2(tensorParallelObstacle(model.architecture, 1).empty(), model.id.c_str());
    }
};

QTEST_APPLESS_MAIN(TestTensorParallel)
#include "tst_tensorparallel.moc"

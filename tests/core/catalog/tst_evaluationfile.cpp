// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/evaluationfile.h>
#include <core/ranking/quality.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace llmd;

namespace {

const Catalog& shipped()
{
    static const auto loaded = loadCatalog();
    static const Catalog none;
    return loaded ? *loaded->value : none;
}

/** As lm-evaluation-harness 0.4 writes it, with what is of no interest left out. */
const std::string harness = R"({
  "results": {
    "mmlu_pro": {"alias": "mmlu_pro", "exact_match,custom-extract": 0.6125, "exact_match_stderr,custom-extract": 0.004},
    "mmlu_pro_biology": {"alias": " - biology", "exact_match,custom-extract": 0.8},
    "ifeval": {"alias": "ifeval", "prompt_level_strict_acc,none": 0.842, "prompt_level_strict_acc_stderr,none": 0.01,
      "inst_level_strict_acc,none": 0.89, "prompt_level_loose_acc,none": 0.86},
    "humaneval": {"alias": "humaneval", "pass@1,create_test": 0.71},
    "arc_challenge": {"alias": "arc_challenge", "acc,none": 0.55, "acc_norm,none": 0.57}
  },
  "configs": {}, "config": {"model": "vllm", "model_args": "pretrained=Qwen/Qwen3-14B,dtype=auto"},
  "date": 1761955200.5, "model_name": "Qwen/Qwen3-14B"
})";

const std::string compass = "dataset,version,metric,mode,qwen3-14b-vllm,llama-3.1-8b-instruct-hf\n"
                            "IFEval,353ae7,Prompt-level-strict-accuracy,gen,84.1,73.5\n"
                            "openai_humaneval,8e312c,humaneval_pass@1,gen,88.41,-\n"
                            "hellaswag,6faab5,accuracy,gen,90,80\n";

Result<Loaded<std::vector<QualityScore>>> read(const std::string& text)
{
    return readEvaluation(text, "out/results_1.json", "2026-10-05", shipped());
}

QString issueTexts(const std::vector<Issue>& issues)
{
    QString text;
    for (const Issue& issue : issues)
        text += QString::fromStdString(issue.subject + " " + describe(issue)) + "\n";
    return text;
}

const QualityScore* find(const std::vector<QualityScore>& scores, const std::string& benchmark,
                         const std::string& model = "Qwen/Qwen3-14B")
{
    for (const QualityScore& score : scores) {
        if (score.benchmark == benchmark && score.family == model)
            return &score;
    }
    return nullptr;
}

} // namespace

class TestEvaluationFile : public QObject
{
    Q_OBJECT

private slots:
    void formatsAreTold()
    {
        QCOMPARE(evaluationFormat(harness), EvaluationFormat::LmEvaluationHarness);
        QCOMPARE(evaluationFormat("\xEF\xBB\xBF" + compass), EvaluationFormat::OpenCompass);
        QCOMPARE(evaluationFormat("model,benchmark,score,source,date\n"), EvaluationFormat::None);
        QCOMPARE(evaluationFormat(""), EvaluationFormat::None);
    }

    void resultsOfTheHarnessBecomeScores()
    {
        const auto loaded = read(harness);
        VERIFY_OK(loaded);
        const auto& scores = loaded->value;
        QCOMPARE(scores.size(), std::size_t(3));
        const auto* pro = find(scores, "MMLU-Pro");
        QVERIFY(pro);
        COMPARE_NEAR(pro->score, 61.25, 1e-9);
        QVERIFY(pro->userProvided);
        QCOMPARE(pro->source.date, std::string("2025-11-01")); // of the run, not of the file
        QCOMPARE(pro->source.text,
                 std::string("own evaluation (lm-evaluation-harness), results_1.json"));
        COMPARE_NEAR(find(scores, "IFEval")->score, 84.2, 1e-9); // strict, by prompt
        COMPARE_NEAR(find(scores, "HumanEval")->score, 71.0, 1e-9);
        const QString issues = issueTexts(loaded->issues);
        QVERIFY2(issues.contains("mmlu_pro "), qPrintable(issues));
        QVERIFY(issues.contains("is taken for IFEval (prompt_level_strict_acc,none)"));
        QVERIFY(issues.contains("2 tasks are no test"));
        QVERIFY(issues.contains("arc_challenge"));
        QVERIFY(!loaded->hasErrors());
    }

    void theModelIsFoundWhereverItStands_data()
    {
        QTest::addColumn<QString>("head");
        QTest::newRow("arguments")
            << R"("config": {"model": "vllm", "model_args": "dtype=auto,pretrained=Qwen/Qwen3-14B"})";
        QTest::newRow("arguments as an object")
            << R"("config": {"model_args": {"pretrained": "qwen/qwen3-14b"}})";
        QTest::newRow("folder") << R"("model_name": "/data/models/Qwen3-14B/")";
        QTest::newRow("server")
            << R"("config": {"model_args": "model=Qwen3-14B,base_url=http://x"})";
    }

    void theModelIsFoundWhereverItStands()
    {
        QFETCH(QString, head);
        const auto loaded =
            read(R"({"results": {"ifeval": {"prompt_level_strict_acc,none": 0.5}}, )"
                 + head.toStdString() + "}");
        VERIFY_OK(loaded);
        QCOMPARE(loaded->value.size(), std::size_t(1));
        QCOMPARE(loaded->value[0].family, std::string("Qwen/Qwen3-14B"));
        QCOMPARE(loaded->value[0].source.date, std::string("2026-10-05"));
    }

    void aSummaryOfOpenCompassHasAModelPerColumn()
    {
        const auto loaded = read(compass);
        VERIFY_OK(loaded);
        QCOMPARE(loaded->value.size(), std::size_t(3)); // "-" was not measured
        QCOMPARE(find(loaded->value, "HumanEval")->score, 88.41);
        QCOMPARE(find(loaded->value, "IFEval", "meta-llama/Llama-3.1-8B-Instruct")->score, 73.5);
        QVERIFY(issueTexts(loaded->issues).contains("hellaswag"));
    }

    void whatCannotBeUsedIsSaid_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said"); // by the failure or the issues
        QTest::newRow("no results") << R"({"config": {}})"
                                    << "no \"results\"";
        QTest::newRow("no model")
            << R"({"results": {"ifeval": {"prompt_level_strict_acc,none": 1}}})"
            << "which model";
        QTest::newRow("broken") << R"({"results": )"
                                << "not valid JSON";
        QTest::newRow("unknown model")
            << R"({"results": {"ifeval": {"prompt_level_strict_acc,none": 1}}, "model_name": "my/Finetune-3000"})"
            << "not in the catalog";
        QTest::newRow("percent")
            << R"({"results": {"ifeval": {"prompt_level_strict_acc,none": 84}}, "model_name": "Qwen/Qwen3-14B"})"
            << "no share from 0 to 1";
        QTest::newRow("no metric")
            << R"({"results": {"humaneval": {"bleu,none": 0.2}}, "model_name": "Qwen/Qwen3-14B"})"
            << "no figure under \"pass@1\"";
        QTest::newRow("text in place of a figure")
            << R"({"results": {"humaneval": {"pass@1,none": "N/A"}}, "model_name": "Qwen/Qwen3-14B"})"
            << "no figure";
        QTest::newRow("bad score")
            << "dataset,version,metric,mode,Qwen3-14B\nIFEval,1,acc,gen,184\n"
            << "not a score from 0 to 100";
        QTest::newRow("neither") << "hello"
                                 << "no results of";
    }

    void whatCannotBeUsedIsSaid()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto loaded = read(text.toStdString());
        const QString message =
            loaded ? issueTexts(loaded->issues) : QString::fromStdString(describe(loaded.error()));
        QVERIFY2(message.contains(said), qPrintable(message));
        if (loaded)
            QVERIFY(loaded->value.empty());
    }

    /** The way from a results file to the score in a plan: --quality and the import both read files so. */
    void anEvaluationTakesThePlaceOfPublishedScores()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath("results.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(harness.c_str());
        file.close();
        CatalogOptions options;
        options.qualityFiles = { file.fileName().toStdString() };
        const auto loaded = loadCatalog(options);
        VERIFY_OK(loaded);
        const Model* model = loaded->value->findModel("Qwen/Qwen3-14B");
        const auto evidence = qualityOf(*model, "chatbot_conversational", *loaded->value);
        QVERIFY(evidence);
        int own = 0;
        for (const QualityPart& part : evidence->parts)
            own += part.score->userProvided ? 1 : 0;
        QCOMPARE(own, 2); // following instructions and knowledge
    }

    void anyBytesAreSurvived()
    {
        std::mt19937 random(3);
        for (int i = 0; i < 1500; ++i) {
            std::string changed = i % 2 ? harness : compass;
            for (int k = 0; k < 4; ++k)
                changed[random() % changed.size()] = static_cast<char>(random() % 256);
            const auto loaded = read(changed);
            if (!loaded)
                continue;
            for (const QualityScore& score : loaded->value)
                QVERIFY(score.score >= 0 && score.score <= 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestEvaluationFile)
#include "tst_evaluationfile.moc"

// SPDX-License-Identifier: Apache-2.0
#include <tests/app/program.h>

#include <QTest>

#include <set>

using namespace clitest;
using Json = nlohmann::json;

/** Speculative decoding, LoRA, KV offload and the search space on the command line. */
class TestFeaturesCli : public QObject
{
    Q_OBJECT

private:
    static ProgramRun estimate(const QStringList& extra, const char* command = "estimate")
    {
        return runProgram(QStringList { command, "--model", "meta-llama/Llama-3.3-70B-Instruct",
                                        "--gpu", "h100_sxm", "--tp", "4", "--max-model-len",
                                        "16384", "--input-tokens", "500", "--output-tokens", "250",
                                        "--rate", "1/s", "--json" }
                          + extra);
    }

private slots:
    void speculationIsFasterWhileThereIsRoom()
    {
        const ProgramRun plain = estimate({});
        QVERIFY2(plain.exitCode == 0, plain.errors);
        const ProgramRun draft =
            estimate({ "--speculative", "draft=meta-llama/Llama-3.2-1B-Instruct",
                       "--speculative-tokens", "3", "--acceptance", "0.7" });
        QVERIFY2(draft.exitCode == 0, draft.errors);
        const Json json = draft.json();
        const auto itl = [](const Json& j) {
            return j["estimate"]["itl_ms"]["mean"].get<double>();
        };
        QVERIFY(itl(json) < 0.7 * itl(plain.json()));
        QVERIFY(std::abs(json["estimate"]["tokens_per_step"].get<double>() - 2.533) < 1e-9);
        QVERIFY(json["estimate"]["step_ms"]["draft"].get<double>() > 0);
        QCOMPARE(json["settings"]["speculative"]["draft"].get<std::string>(),
                 std::string("meta-llama/Llama-3.2-1B-Instruct"));
        QVERIFY(!plain.json()["settings"].contains("speculative"));
    }

    void memoryShowsDraftAndAdapters()
    {
        const ProgramRun run =
            runProgram({ "memory", "--model", "meta-llama/Llama-3.3-70B-Instruct", "--gpu",
                         "h100_sxm", "--tp", "4", "--max-model-len", "16384", "--speculative",
                         "eagle3=some/head", "--lora-adapters", "4", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(run.json()["draft_memory_gib"].get<double>() > 0);
        QVERIFY(run.json()["adapter_memory_gib"].get<double>() > 0);
        QVERIFY(run.json()["derivations"].contains("draft"));
    }

    void simulationLoadsFromHostMemory()
    {
        const ProgramRun run = runProgram({ "simulate",
                                            "--model",
                                            "meta-llama/Llama-3.1-8B-Instruct",
                                            "--gpu",
                                            "l40s",
                                            "--max-model-len",
                                            "16384",
                                            "--input-tokens",
                                            "6000",
                                            "--output-tokens",
                                            "50",
                                            "--rate",
                                            "1/s",
                                            "--requests",
                                            "600",
                                            "--unique-prompts",
                                            "100",
                                            "--kv-offload-cpu",
                                            "200GiB",
                                            "--json" });
        QVERIFY2(run.exitCode == 0, run.errors + run.output);
        QVERIFY(run.json()["simulation"]["total"]["tier_hit_rate"].get<double>() > 0.3);
    }

    void refusals_data()
    {
        QTest::addColumn<QStringList>("extra");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, QStringList extra, QByteArray part) {
            QTest::newRow(name) << std::move(extra) << std::move(part);
        };
        row("unknown method", { "--speculative", "medusa" }, "no way to speculate");
        row("no such layers", { "--speculative", "mtp" }, "no multi-token-prediction layers");
        row("tokens alone", { "--speculative-tokens", "3" }, "need --speculative");
        row("rank alone", { "--max-lora-rank", "8" }, "need --lora-adapters");
        row("odd rank", { "--lora-adapters", "2", "--max-lora-rank", "12" }, "LoRA rank of 12");
        row("size", { "--kv-offload-cpu", "lots" }, "--kv-offload-cpu");
        row("no cache", { "--kv-offload-cpu", "10GiB", "--no-prefix-caching" }, "prefix caching");
        row("version", { "--vllm-version", "0.13.0", "--kv-offload-cpu", "10GiB" }, "0.14.0");
        row("another vocabulary", { "--speculative", "draft=Qwen/Qwen2.5-1.5B-Instruct" },
            "vocabulary");
    }

    void refusals()
    {
        QFETCH(QStringList, extra);
        QFETCH(QByteArray, part);
        const ProgramRun run = estimate(extra);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains(part), run.errors);
        QVERIFY(run.output.isEmpty());
    }

    void recommendTriesWhatTheSpaceSays()
    {
        QTemporaryDir folder;
        const auto file = writeFile(folder, "space.yaml",
                                    "tensor_parallel: [1, 2]\npipeline_parallel: [1]\n"
                                    "max_num_seqs: [128]\nmax_num_batched_tokens: [8192]\n"
                                    "disaggregated: false\n");
        const QStringList ask { "recommend",
                                "--use-case",
                                "chatbot_conversational",
                                "--users",
                                "500",
                                "--model",
                                "Qwen/Qwen3-32B-FP8",
                                "--gpu",
                                "h100_sxm",
                                "--space",
                                QString::fromUtf8(file),
                                "--space",
                                "kv_cache_dtype=auto,fp8",
                                "--space",
                                "speculative=none,eagle3=some/head",
                                "--json" };
        const QString project = folder.filePath("plan.llmdplan");
        const ProgramRun run = runProgram(ask + QStringList { "-o", project });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["searched"].get<int>(), 2 * 2 * 2);
        std::string speculating;
        std::set<std::string> caches;
        for (const auto& [id, candidate] : json["candidates"].items()) {
            caches.insert(candidate["settings"]["kv_cache_dtype"].get<std::string>());
            if (candidate["settings"].contains("speculative"))
                speculating = id;
        }
        QCOMPARE(caches.size(), std::size_t(2));
        QVERIFY(!speculating.empty());
        // The project remembers what was tried, so that the option is found again.
        const ProgramRun written =
            runProgram({ "export", project, "--candidate", QString::fromStdString(speculating),
                         "-o", folder.filePath("manifests") });
        QVERIFY2(written.exitCode == 0, written.errors);
        const ProgramRun bad = runProgram(ask + QStringList { "--space", "tensor_parallel=0" });
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.errors.contains("whole number"), bad.errors);
    }

    void inventoryInNodes()
    {
        const QStringList ask { "recommend",
                                "--use-case",
                                "chatbot_conversational",
                                "--users",
                                "2000",
                                "--model",
                                "meta-llama/Llama-3.3-70B-Instruct",
                                "--space",
                                "disaggregated=false",
                                "--json" };
        const ProgramRun eights = runProgram(ask + QStringList { "--inventory", "h100_sxm=2x8" });
        QVERIFY2(eights.exitCode == 0, eights.errors);
        const Json item = eights.json()["requirements"]["gpus"]["inventory"][0];
        QCOMPARE(item["count"].get<int>(), 16);
        // The same number in nodes of two: no tensor parallel group of four fits into one.
        const ProgramRun pairs = runProgram(ask + QStringList { "--inventory", "h100_sxm=8x2" });
        const auto found = pairs.json();
        for (const auto& [id, candidate] : found["candidates"].items())
            QVERIFY(candidate["topology"]["tp"].get<int>() <= 2);
        const ProgramRun bad = runProgram(ask + QStringList { "--inventory", "h100_sxm" });
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.errors.contains("GPU=COUNT"), bad.errors);
    }
};

QTEST_APPLESS_MAIN(TestFeaturesCli)
#include "tst_featurescli.moc"

// SPDX-License-Identifier: Apache-2.0
// Runs the real program, without display and without the user's settings, and checks the contract
// with scripts.
#include "program.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cmath>
#include <csignal>

using Json = nlohmann::json;

namespace {

using Run = clitest::ProgramRun;

Run llmd(const QStringList& arguments, const QString& folder = QDir::tempPath())
{
    return clitest::runProgram(arguments, folder);
}

QByteArray write(const QTemporaryDir& folder, const char* name, const QByteArray& content)
{
    return clitest::writeFile(folder, name, content);
}

const QStringList smallNeed { "recommend",      "--use-case", "chatbot_conversational",
                              "--users",        "2000",       "--model",
                              "Qwen/Qwen3-14B", "--gpu",      "h100_sxm",
                              "--gpu",          "l40s" };

} // namespace

class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void recommendKeepsItsContract()
    {
        const Run run = llmd(smallNeed + QStringList { "--json" });
        QCOMPARE(run.exitCode, 0);
        const Json json = run.json();
        QVERIFY2(json.is_object(), run.errors);
        for (const char* key : { "requirements", "searched", "feasible", "elapsed_ms", "refusals",
                                 "views", "pareto", "candidates" })
            QVERIFY2(json.contains(key), key);
        for (const char* view :
             { "balanced", "lowest_cost", "lowest_latency", "best_quality", "simplest" })
            QVERIFY2(json["views"].contains(view) && json["views"][view].is_array(), view);
        QVERIFY(!json["views"]["lowest_cost"].empty());
        for (const auto& [view, ids] : json["views"].items()) {
            for (const auto& id : ids)
                QVERIFY2(json["candidates"].contains(id.get<std::string>()),
                         id.get<std::string>().c_str());
        }
        for (const auto& refusal : json["refusals"])
            QVERIFY(refusal.contains("constraint") && refusal.contains("count")
                    && refusal.contains("nearest"));
        const Json best = json["candidates"][json["views"]["lowest_cost"][0].get<std::string>()];
        for (const char* key :
             { "model", "gpu", "topology", "settings", "replicas", "total_gpus",
               "cost_per_hour_usd", "cost_per_month_usd", "estimate", "scores", "label" })
            QVERIFY2(best.contains(key), key);
        QCOMPARE(best["label"].get<std::string>(), std::string("Estimated"));
        QVERIFY(best["estimate"]["e2e_ms"]["mean_interval_90"]["lo"].get<double>()
                < best["estimate"]["e2e_ms"]["mean"].get<double>());
    }

    void estimateOfSplitServers()
    {
        const QStringList base { "estimate",
                                 "--model",
                                 "meta-llama/Llama-3.3-70B-Instruct",
                                 "--gpu",
                                 "h100_sxm",
                                 "--input-tokens",
                                 "4k",
                                 "--output-tokens",
                                 "300",
                                 "--rate",
                                 "2/s" };
        const QStringList split =
            base + QStringList { "--prefill", "tp=4,replicas=2", "--decode", "tp=4,replicas=1" };
        const Run run = llmd(split + QStringList { "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["topology"]["kind"].get<std::string>(), std::string("disaggregated"));
        QCOMPARE(json["topology"]["prefill"]["replicas"].get<int>(), 2);
        QCOMPARE(json["topology"]["total_gpus"].get<int>(), 12);
        QVERIFY(json["memory"]["prefill"]["fits"].get<bool>());
        QVERIFY(json["memory"]["decode"]["kv_cache_tokens"].get<double>() > 0);
        const Json& d = json["estimate"]["disaggregated"];
        double sum = 0;
        for (const auto& [part, ms] : d["ttft_parts_ms"].items())
            sum += ms.get<double>();
        QVERIFY(std::abs(sum - json["estimate"]["ttft_ms"]["mean"].get<double>()) < 1e-6);
        const Run tcp =
            llmd(split
                 + QStringList { "--transfer", "tcp", "--transfer-bandwidth", "10Gbps", "--json" });
        QVERIFY(tcp.json()["estimate"]["disaggregated"]["transfer"]["total_ms"].get<double>()
                > 10 * d["transfer"]["total_ms"].get<double>());
        const Run text = llmd(split + QStringList { "--explain" });
        QVERIFY2(text.output.contains("KV transfer") && text.output.contains("fills up first"),
                 text.output);
        // Rules name their reason; options that contradict each other are a matter of usage.
        const Run illegal = llmd(base + QStringList { "--prefill", "tp=8", "--decode", "tp=4" });
        QCOMPARE(illegal.exitCode, 1);
        QVERIFY2(illegal.errors.contains("decode TP must be a multiple"), illegal.errors);
        QCOMPARE(llmd(base + QStringList { "--prefill", "tp=4" }).exitCode, 2);
        QCOMPARE(llmd(split + QStringList { "--tp", "4" }).exitCode, 2);
        QCOMPARE(llmd(base + QStringList { "--transfer", "tcp" }).exitCode, 2);
        const Run unknown =
            llmd(base + QStringList { "--prefill", "tp=4,lanes=2", "--decode", "tp=4" });
        QVERIFY2(unknown.exitCode == 1 && unknown.errors.contains("lanes=2"), unknown.errors);
    }

    void simulationOfSplitServers()
    {
        const QStringList split { "simulate",
                                  "--model",
                                  "Qwen/Qwen3-14B",
                                  "--gpu",
                                  "h100_sxm",
                                  "--prefill",
                                  "tp=1,replicas=2",
                                  "--decode",
                                  "tp=1,replicas=1",
                                  "--input-tokens",
                                  "2k",
                                  "--output-tokens",
                                  "100",
                                  "--rate",
                                  "3/s",
                                  "--requests",
                                  "600",
                                  "--json" };
        const Run run = llmd(split);
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        QCOMPARE(json["router"].get<std::string>(), std::string("least-loaded"));
        const Json& simulation = json["simulation"];
        QCOMPARE(simulation["counts"]["completed"].get<int>(), 600);
        QCOMPARE(simulation["disaggregation"]["travelled"].get<int>(), 600);
        QCOMPARE(simulation["disaggregation"]["released"].get<int>(), 600);
        QCOMPARE(simulation["disaggregation"]["prefill_servers"].size(), std::size_t { 2 });
        const Json& parts = simulation["total"]["travelling_ttft_ms"];
        const Run tcp = llmd(split + QStringList { "--transfer", "tcp" });
        QVERIFY(tcp.json()["simulation"]["total"]["travelling_ttft_ms"]["transfer"].get<double>()
                > 4 * parts["transfer"].get<double>());
        // Short prompts stay: nothing travels.
        const Run local = llmd(split + QStringList { "--local-prompt-tokens", "4k" });
        QCOMPARE(local.json()["simulation"]["disaggregation"]["travelled"].get<int>(), 0);
        // Both engines side by side.
        QStringList estimate = split;
        estimate[0] = "estimate";
        estimate.removeAt(estimate.indexOf("--requests") + 1);
        estimate.removeAll("--requests");
        const Run both = llmd(estimate + QStringList { "--engine", "analytic,simulation" });
        QVERIFY2(both.exitCode == 0, both.errors);
        QCOMPARE(both.json().size(), std::size_t { 2 });
        const Run wrong = llmd(split + QStringList { "--expert-exchange", "scatter" });
        QCOMPARE(wrong.exitCode, 2);
    }

    void intentTellsWhatIsStated()
    {
        QTemporaryDir folder;
        const auto history = write(folder, "earlier.json", R"(["a chatbot for 5k users on H100"])");
        const Run run =
            llmd({ "intent", "actually make that 10k, no A100s, a few hundred requests per second",
                   "--history", QString::fromUtf8(history), "--json" });
        QCOMPARE(run.exitCode, 0);
        const Json json = run.json();
        QVERIFY2(json.is_object(), run.errors);
        QCOMPARE(json["use_case"].get<std::string>(), std::string("chatbot_conversational"));
        QCOMPARE(json["user_count"]["value"].get<int>(), 10000);
        QCOMPARE(json["gpus_include"].size(), std::size_t { 1 });
        QCOMPARE(json["gpus_exclude"].size(), std::size_t { 4 });
        QVERIFY(!json.contains("request_rate_rps"));
        QCOMPARE(json["questions"][0]["field"].get<std::string>(), std::string("request_rate_rps"));
        QCOMPARE(llmd({ "intent" }).exitCode, 2);
        QCOMPARE(llmd({ "intent", "x", "--history", "missing.json" }).exitCode, 1);
    }

    void recommendExplainsItsOrder()
    {
        const Run run = llmd(smallNeed + QStringList { "--json", "--why", "1", "2" });
        QCOMPARE(run.exitCode, 0);
        const Json json = run.json();
        QVERIFY2(json.is_object(), run.errors);
        const auto first = json["views"]["balanced"][0].get<std::string>();
        QCOMPARE(json["why"]["first"]["id"].get<std::string>(), first);
        const auto& scores = json["candidates"][first]["scores"];
        const auto second = json["why"]["second"]["id"].get<std::string>();
        // What is said of the parts multiplies to what is said of the whole.
        double product = 1;
        for (const auto& point : json["why"]["points"])
            product *= point["factor"].get<double>();
        const double ratio = scores["balanced"].get<double>()
            / json["candidates"][second]["scores"]["balanced"].get<double>();
        QVERIFY(std::abs(product / ratio - 1) < 1e-9);
        for (const char* priority : { "cost", "latency", "quality", "simplicity" }) {
            QVERIFY2(json["sensitivity"].contains(priority), priority);
            const double share = json["sensitivity"][priority]["share"].get<double>();
            const auto& below = json["sensitivity"][priority]["below"];
            const auto& above = json["sensitivity"][priority]["above"];
            QVERIFY(below.is_null() || below["share"].get<double>() <= share + 1e-12);
            QVERIFY(above.is_null() || above["share"].get<double>() >= share - 1e-12);
        }
        QVERIFY(json["ties"]["balanced"].is_array());
        // The weights shown reproduce the quality shown.
        const auto& evidence = json["candidates"][first]["quality_evidence"];
        QVERIFY(evidence.is_object());
        double sum = 0;
        double weights = 0;
        for (const auto& part : evidence["parts"]) {
            sum += part["weight"].get<double>() * part["place"].get<double>();
            weights += part["weight"].get<double>();
            QVERIFY(!part["source"]["text"].get<std::string>().empty());
            QVERIFY(!part["source"]["date"].get<std::string>().empty());
        }
        QVERIFY(std::abs(sum / weights - scores["quality"].get<double>()) < 1e-9);

        const Run text =
            llmd(smallNeed + QStringList { "--why", QString::fromStdString(first), "#2" });
        QCOMPARE(text.exitCode, 0);
        QVERIFY2(text.output.contains("\nWhy Qwen3") && text.output.contains("At a weight of"),
                 text.output);
        QVERIFY(text.output.contains("How far each weight may move"));
        for (const auto& [name, message] :
             { std::pair("99999", "there is no place"), std::pair("nonsense", "is not an option"),
               std::pair("1", "the same option") }) {
            const Run bad = llmd(smallNeed + QStringList { "--why", "1", name });
            QCOMPARE(bad.exitCode, 1);
            QVERIFY2(bad.errors.contains(message), bad.errors);
        }
    }

    void ownScoresAndPresets()
    {
        QTemporaryDir folder;
        const auto scores =
            QString::fromUtf8(write(folder, "scores.csv",
                                    "model,benchmark,score,source,date\n"
                                    "qwen3-14b,IFEval,99,our lab,2026-10-01\n"
                                    "Qwen/Qwen3-14B,IFEval,120,our lab,2026-10-01\n"));
        const Run listed = llmd({ "catalog", "quality", "--model", "qwen3 14b", "--use-case",
                                  "chatbot_conversational", "--quality", scores, "--json" });
        QCOMPARE(listed.exitCode, 0);
        QVERIFY2(listed.errors.contains("scores.csv:2") && listed.errors.contains("taken for"),
                 listed.errors);
        QVERIFY2(listed.errors.contains("scores.csv:3") && listed.errors.contains("0 to 100"),
                 listed.errors);
        bool own = false;
        const auto document = listed.json();
        for (const auto& part : document[0]["evidence"]["parts"])
            own = own || (part["own"].get<bool>() && part["score"].get<double>() == 99);
        QVERIFY2(own, listed.output);
        const Run all = llmd({ "catalog", "quality", "--json" });
        QVERIFY(all.json().size() > 500);
        const Run human = llmd({ "catalog", "quality", "--use-case", "chatbot_conversational" });
        QVERIFY(human.output.contains("no data"));

        const auto preset = QString::fromUtf8(write(
            folder, "acme.yaml",
            "use_cases:\n  - {id: acme, based_on: chatbot_conversational, name: ACME, targets: "
            "{ttft: {percentile: 99, max_ms: 250}}, priorities: {cost: 3, latency: 1, quality: "
            "0, simplicity: 0}}\n"));
        const Run run =
            llmd({ "recommend", "--use-case", "acme", "--users", "500", "--model", "Qwen/Qwen3-14B",
                   "--gpu", "h100_sxm", "--use-cases", preset, "--json" });
        QCOMPARE(run.exitCode, 0);
        bool derived = false;
        const auto printed = run.json();
        for (const auto& derivation : printed["derivations"])
            derived = derived
                || derivation["text"].get<std::string>()
                    == "TTFT p99 at most 250 ms, as use case ACME fixes it";
        QVERIFY2(derived, run.output);
        QVERIFY(std::abs(run.json()["sensitivity"]["cost"]["share"].get<double>() - 0.75) < 1e-9);
        for (const char* option : { "--use-cases", "--quality" }) {
            const Run missing = llmd(smallNeed + QStringList { option, "/nowhere/at/all" });
            QCOMPARE(missing.exitCode, 1);
            QVERIFY2(missing.errors.contains("/nowhere/at/all"), missing.errors);
        }
    }

    void recommendReadsPlainWords()
    {
        const Run run = llmd({ "recommend", "--text",
                               "translation for 300 users with Qwen3 14B on L40S, budget $20k",
                               "--users", "400", "--json" });
        QCOMPARE(run.exitCode, 0);
        const Json json = run.json();
        QVERIFY2(json.is_object(), run.errors);
        QCOMPARE(json["requirements"]["use_case"].get<std::string>(), std::string("translation"));
        QCOMPARE(json["requirements"]["users"].get<int>(), 400); // options win
        QVERIFY(!json["requirements"].contains("budget_per_month"));
        QVERIFY2(run.errors.contains("per month"), run.errors); // the question
        QVERIFY(json["stated"].size() >= 4);
    }

    void resultDoesNotDependOnThreads()
    {
        Json one = llmd(smallNeed + QStringList { "--json", "--threads", "1" }).json();
        Json many = llmd(smallNeed + QStringList { "--json", "--threads", "7" }).json();
        one.erase("elapsed_ms");
        many.erase("elapsed_ms");
        QVERIFY(one.is_object());
        QVERIFY(one == many);
    }

    void explainDerivesEveryTerm()
    {
        const QStringList arguments {
            "estimate",       "--model", "Qwen/Qwen3-14B",  "--gpu", "h100_sxm", "--tp", "2",
            "--input-tokens", "1k",      "--output-tokens", "300",   "--rate",   "8/s",  "--explain"
        };
        const Run text = llmd(arguments);
        QCOMPARE(text.exitCode, 0);
        for (const char* part : { "Reading the KV cache", "layer_overhead", "fit", "published" })
            QVERIFY2(text.output.contains(part), part);
        const Run run = llmd(arguments + QStringList { "--json" });
        QCOMPARE(run.exitCode, 0);
        const Json json = run.json();
        const double step = json["estimate"]["step_ms"]["total"].get<double>();
        double sum = 0;
        bool first = true;
        for (const auto& term : json["explanation"]["terms"]) {
            if (term["id"] == "ttft")
                break;
            QVERIFY(!term["derivation"].get<std::string>().empty());
            if (term["level"] == 1)
                sum += term["time_ms"].get<double>();
            if (first)
                QCOMPARE(term["time_ms"].get<double>(), step);
            first = false;
        }
        QVERIFY(!first);
        QVERIFY2(std::abs(sum / step - 1) < 1e-4, qPrintable(QString::number(sum)));
        QVERIFY(!llmd(arguments.mid(0, arguments.size() - 1) + QStringList { "--json" })
                     .json()
                     .contains("explanation"));
    }

    void infeasibleSaysWhatWouldHelp()
    {
        const Run run = llmd(smallNeed + QStringList { "--itl", "0.1ms", "--json" });
        QCOMPARE(run.exitCode, 3);
        const Json json = run.json();
        QCOMPARE(json["feasible"].get<int>(), 0);
        QVERIFY(!json["infeasibility"].get<std::string>().empty());
        QVERIFY(!json["refusals"].empty());
    }

    void aRecommendationBecomesManifests()
    {
        const QTemporaryDir folder;
        const QString project = folder.filePath("plan.llmdplan");
        const Run recommended = llmd(smallNeed + QStringList { "--json", "-o", project });
        QCOMPARE(recommended.exitCode, 0);
        const std::string id = recommended.json()["views"]["lowest_cost"][0].get<std::string>();
        const QString out = folder.filePath("manifests");
        const Run exported = llmd(
            { "export", project, "--candidate", QString::fromStdString(id), "-o", out, "--json" });
        QVERIFY2(exported.exitCode == 0, exported.errors);
        const Json json = exported.json();
        QCOMPARE(json["candidate"].get<std::string>(), id);
        QVERIFY(json["files"].size() >= 5);
        for (const auto& file : json["files"]) {
            const QFileInfo info(out + "/"
                                 + QString::fromStdString(file["path"].get<std::string>()));
            QCOMPARE(static_cast<std::int64_t>(info.size()), file["bytes"].get<std::int64_t>());
        }
        const Run compiled = llmd({ "compile", project, "--target", "kubernetes", "--dry-run" });
        QVERIFY2(compiled.exitCode == 0, compiled.errors);
        QVERIFY(compiled.output.contains("kind: InferencePool"));
    }

    void memoryShowsEveryTerm()
    {
        const Run run =
            llmd({ "memory", "--model", "meta-llama/Llama-3.1-8B-Instruct", "--gpu", "H100", "--tp",
                   "2", "--vllm-version", "0.19.0", "--max-model-len", "8192", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        const Json json = run.json();
        for (const char* key : { "kv_cache_tokens", "max_concurrency", "fits", "shortfall_gib",
                                 "version_profile", "derivations" })
            QVERIFY2(json.contains(key), key);
        QVERIFY(json["fits"].get<bool>());
        for (const auto& [term, text] : json["derivations"].items())
            QVERIFY2(!text.get<std::string>().empty(), term.c_str());
        const Run tooLarge = llmd({ "memory", "--model", "meta-llama/Llama-3.3-70B-Instruct",
                                    "--gpu", "l4", "--max-model-len", "8192", "--json" });
        QCOMPARE(tooLarge.exitCode, 3);
        QVERIFY(tooLarge.json()["shortfall_gib"].get<double>() > 100);
        QVERIFY(!tooLarge.json()["remedy"].get<std::string>().empty());
    }

    void simulateReportsTheRun()
    {
        const QStringList arguments {
            "simulate",       "--model", "Qwen/Qwen3-14B",  "--gpu", "h100_sxm", "--replicas", "2",
            "--input-tokens", "500",     "--output-tokens", "100",   "--json"
        };
        const QStringList load { "--rate",     "10/s",     "--requests",
                                 "2k",         "--router", "prefix-cache=3,queue=2",
                                 "--slo-ttft", "1s" };
        const Run run = llmd(arguments + load);
        QCOMPARE(run.exitCode, 0);
        const Json simulation = run.json()["simulation"];
        QVERIFY2(simulation.is_object(), run.errors);
        QCOMPARE(simulation["counts"]["arrived"].get<int>(), 2000);
        QCOMPARE(simulation["counts"]["output_tokens"].get<int>(), 200'000);
        QCOMPARE(simulation["replicas"].size(), 2u);
        QVERIFY(simulation["total"]["attainment"]["ttft"].get<double>() > 0.99);
        QVERIFY(simulation["total"]["e2e_ms"]["p99"].get<double>()
                > simulation["total"]["e2e_ms"]["p50"].get<double>());
        // The same seed gives the same run, another one does not.
        const auto mean = [](const Run& r) {
            return r.json()["simulation"]["total"]["e2e_ms"]["mean"].get<double>();
        };
        QCOMPARE(mean(llmd(arguments + load)), mean(run));
        QVERIFY(mean(llmd(arguments + load + QStringList { "--seed", "2" })) != mean(run));
        const Run flood = llmd(arguments + QStringList { "--rate", "500/s", "--requests", "20k" });
        QCOMPARE(flood.exitCode, 3);
        QVERIFY(flood.json()["simulation"]["total"]["saturated"].get<bool>());
    }

    void simulateReplaysTraces()
    {
        QTemporaryDir folder;
        const auto trace =
            write(folder, "trace.jsonl",
                  "{\"timestamp\": 0, \"input_length\": 1024, \"output_length\": 20, "
                  "\"hash_ids\": [1, 2]}\n"
                  "{\"timestamp\": 900, \"input_length\": 1300, \"output_length\": 30, "
                  "\"hash_ids\": [1, 2, 3]}\n");
        const QStringList arguments { "simulate", "--model", "Qwen/Qwen3-14B", "--gpu",
                                      "h100_sxm", "--json",  "--trace" };
        const Run run = llmd(arguments + QStringList { QString::fromUtf8(trace) });
        QCOMPARE(run.exitCode, 0);
        const Json counts = run.json()["simulation"]["counts"];
        QCOMPARE(counts["hit_tokens"].get<int>(), 1024);
        QCOMPARE(counts["output_tokens"].get<int>(), 50);
        const auto broken = write(folder, "broken.jsonl", "{\"timestamp\": 0}\n");
        const Run bad = llmd(arguments + QStringList { QString::fromUtf8(broken) });
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.errors.contains("broken.jsonl:1"), bad.errors);
        QVERIFY(bad.output.isEmpty());
    }

    void estimateGivesIntervals()
    {
        const QStringList arguments { "estimate",
                                      "--model",
                                      "meta-llama/Llama-3.1-8B-Instruct",
                                      "--gpu",
                                      "h100_sxm",
                                      "--input-tokens",
                                      "512",
                                      "--output-tokens",
                                      "256",
                                      "--max-model-len",
                                      "8192",
                                      "--json" };
        const Run open = llmd(arguments + QStringList { "--rate", "5/s" });
        QVERIFY2(open.exitCode == 0, open.errors);
        const Json itl = open.json()["estimate"]["itl_ms"];
        QVERIFY(itl["mean_interval_90"]["lo"].get<double>() < itl["mean"].get<double>());
        QVERIFY(itl["mean_interval_90"]["hi"].get<double>() > itl["mean"].get<double>());
        const Run closed = llmd(arguments + QStringList { "--concurrency", "32" });
        QVERIFY2(closed.exitCode == 0, closed.errors);
        const Run flood = llmd(arguments + QStringList { "--rate", "5000/s" });
        QCOMPARE(flood.exitCode, 3);
        QVERIFY(flood.json()["estimate"]["saturated"].get<bool>());
    }

    void externalEnginesAnswer()
    {
        const QTemporaryDir folder;
        write(folder, "half.yaml", "id: half\ncommand: [python3, half.py]\nspeed: 2\n");
        write(folder, "gone.yaml", "id: gone\ncommand: [no-such-program-here]\n");
        write(folder, "half.py",
              "import json, sys\n"
              "r = json.load(sys.stdin)\n"
              "l = {'mean_ms': 50}\n"
              "json.dump({'protocol': 1, 'ttft': l, 'itl': l, 'e2e': l,\n"
              "  'request_rate_rps': r['workload']['load']['rate_rps']}, sys.stdout)\n");
        const QStringList ask { "estimate",
                                "--model",
                                "Qwen/Qwen3-14B",
                                "--gpu",
                                "h100_sxm",
                                "--input-tokens",
                                "1k",
                                "--output-tokens",
                                "300",
                                "--rate",
                                "4/s",
                                "--json",
                                "--engines",
                                folder.path(),
                                "--engine" };

        const Run one = llmd(ask + QStringList { "process:half" });
        QVERIFY2(one.exitCode == 0, one.errors);
        QVERIFY2(one.errors.contains("half.yaml:3:8: warning: speed: unknown key"), one.errors);
        const Json single = one.json();
        QVERIFY(single.is_object());
        QCOMPARE(single["estimate"]["ttft_ms"]["mean"].get<double>(), 50.0);
        QVERIFY(single["estimate"]["ttft_ms"]["mean_interval_90"].is_null()); // none is made up
        QVERIFY(single["estimate"]["throughput_interval_90"].is_null());

        const Run several = llmd(ask + QStringList { "analytic, process:half,process:gone" });
        QVERIFY2(several.exitCode == 0, several.errors);
        const Json list = several.json();
        QCOMPARE(list.size(), std::size_t { 3 });
        QCOMPARE(list[0]["engine"].get<std::string>(), std::string("analytic"));
        QVERIFY(list[0]["estimate"]["ttft_ms"]["mean_interval_90"].is_object());
        QCOMPARE(list[1]["estimate"]["provenance"]["engine"].get<std::string>(),
                 std::string("process:half"));
        QVERIFY(list[2]["error"].get<std::string>().find("no-such-program-here")
                != std::string::npos);

        QStringList human = ask + QStringList { "process:half,roofline" };
        human.removeAll("--json");
        const Run table = llmd(human);
        QVERIFY2(table.output.contains("differences to process:half"), table.output);
        QVERIFY2(table.output.contains("it states no interval"), table.output);

        QCOMPARE(llmd(ask + QStringList { "process:gone" }).exitCode, 1);
        const Run unknown = llmd(ask + QStringList { "process:typo" });
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY2(unknown.errors.contains("--engines"), unknown.errors);

        const Json engines =
            llmd({ "catalog", "engines", "--engines", folder.path(), "--json" }).json();
        const auto listed = [&](const char* id) {
            for (const auto& engine : engines) {
                if (engine["id"] == id)
                    return engine;
            }
            return Json();
        };
        QVERIFY(listed("analytic")["available"].get<bool>());
        QCOMPARE(listed("analytic")["declared_in"].get<std::string>(), std::string("built in"));
        QVERIFY(listed("process:half")["available"].get<bool>());
        QVERIFY(!listed("process:gone")["available"].get<bool>());
        QVERIFY(listed("process:gone")["declared_in"].get<std::string>().ends_with("gone.yaml"));
    }

    void interruptingEndsExternalEnginesToo()
    {
        const QTemporaryDir folder;
        write(folder, "slow.yaml",
              "id: slow\ncommand: [sh, -c, 'echo $$ > pid; sleep 60; true']\n");
        QProcess process;
        process.start(qEnvironmentVariable("LLMD_PROGRAM"),
                      { "estimate", "--model", "Qwen/Qwen3-14B", "--gpu", "h100_sxm",
                        "--input-tokens", "1k", "--output-tokens", "300", "--rate", "4/s",
                        "--engines", folder.path(), "--engine", "process:slow" });
        QFile pid(folder.filePath("pid"));
        QTRY_VERIFY(pid.exists() && pid.size() > 1);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const QString program = "/proc/" + QString(pid.readAll().trimmed());
        QVERIFY(QFile::exists(program));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("stopped on request"));
        QVERIFY(!QFile::exists(program));
    }

    void catalogsAreListed_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("atLeast");
        QTest::newRow("models") << "models" << 30;
        QTest::newRow("gpus") << "gpus" << 20;
        QTest::newRow("use cases") << "use-cases" << 9;
        QTest::newRow("prices") << "prices" << 3;
        QTest::newRow("versions") << "versions" << 1;
        QTest::newRow("engines") << "engines" << 2;
    }

    void catalogsAreListed()
    {
        QFETCH(QString, what);
        QFETCH(int, atLeast);
        const Run run = llmd({ "catalog", what, "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QVERIFY(static_cast<int>(run.json().size()) >= atLeast);
        QVERIFY(!llmd({ "catalog", what }).output.isEmpty());
    }

    void aDroppedConfigIsAModel()
    {
        const QTemporaryDir folder;
        write(
            folder, "acme--Tiny-1B.json",
            R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 2048, "intermediate_size": 8192,
                  "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256,
                  "max_position_embeddings": 8192, "tie_word_embeddings": true, "torch_dtype": "bfloat16"})");
        const Run run = llmd({ "--model-configs", folder.path(), "memory", "--model",
                               "acme/Tiny-1B", "--gpu", "l4", "--json" });
        QVERIFY2(run.exitCode == 0, run.errors);
        QCOMPARE(run.json()["model"].get<std::string>(), std::string("acme/Tiny-1B"));
    }

    void badInputIsExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("says");
        const QStringList memory { "memory", "--gpu", "h100_sxm", "--model" };
        QTest::newRow("no command") << QStringList {} << 2 << QByteArray();
        QTest::newRow("unknown command") << QStringList { "recomend" } << 2 << QByteArray();
        QTest::newRow("unknown option")
            << QStringList { "recommend", "--speed", "9" } << 2 << QByteArray("--speed");
        QTest::newRow("unknown model")
            << memory + QStringList { "meta-llama/Llama-3.1-8B-Instrukt" } << 1
            << QByteArray("Llama-3.1-8B-Instruct");
        QTest::newRow("unknown gpu")
            << QStringList { "memory", "--model", "Qwen/Qwen3-14B", "--gpu", "h100_smx" } << 1
            << QByteArray("h100_sxm");
        QTest::newRow("unknown use case") << QStringList { "recommend", "--use-case", "chatbot" }
                                          << 1 << QByteArray("chatbot_conversational");
        QTest::newRow("negative users")
            << QStringList { "recommend", "--users=-5" } << 1 << QByteArray("users");
        QTest::newRow("NaN users")
            << QStringList { "recommend", "--users", "nan" } << 1 << QByteArray("users");
        QTest::newRow("infinite rate")
            << QStringList { "recommend", "--rate", "1e999/s" } << 1 << QByteArray("rate");
        QTest::newRow("duration without unit")
            << QStringList { "recommend", "--ttft", "200" } << 1 << QByteArray("ms");
        QTest::newRow("file that is not there") << QStringList { "recommend", "/nowhere/need.yaml" }
                                                << 1 << QByteArray("/nowhere/need.yaml");
        QTest::newRow("folder as file") << QStringList { "recommend", "/" } << 1 << QByteArray();
        QTest::newRow("illegal TP") << QStringList {
            "memory", "--model", "Qwen/Qwen3-14B", "--gpu", "h100_sxm", "--tp", "5"
        } << 1 << QByteArray("5");
        QTest::newRow("TP zero") << QStringList {
            "memory", "--model", "Qwen/Qwen3-14B", "--gpu", "h100_sxm", "--tp", "0"
        } << 2 << QByteArray("--tp");
        const QStringList estimate {
            "estimate",       "--model", "Qwen/Qwen3-14B",  "--gpu", "h100_sxm", "--rate", "2/s",
            "--input-tokens", "1k",      "--output-tokens", "300"
        };
        QTest::newRow("estimate at an illegal TP")
            << estimate + QStringList { "--tp", "3" } << 1 << QByteArray("divisible by 3");
        QTest::newRow("requests longer than the server takes")
            << estimate + QStringList { "--max-model-len", "1200" } << 1
            << QByteArray("longer than max_model_len 1200");
        QTest::newRow("context that the KV pool cannot hold")
            << estimate + QStringList { "--max-model-len", "1000000" } << 3
            << QByteArray("lower max_model_len");
        QTest::newRow("fewer tokens than sequences")
            << estimate + QStringList { "--max-num-batched-tokens", "64" } << 1
            << QByteArray("max_num_seqs");
        QTest::newRow("KV cache in 4 bits")
            << estimate + QStringList { "--kv-cache-dtype", "int4" } << 1 << QByteArray("fp8");
        QTest::newRow("experts of a dense model")
            << estimate + QStringList { "--ep" } << 1 << QByteArray("no experts");
        QTest::newRow("prefix longer than the prompts")
            << estimate + QStringList { "--shared-prefix", "2k" } << 1 << QByteArray("2000");
        QTest::newRow("variation that is no number")
            << estimate + QStringList { "--length-variation", "nan" } << 1
            << QByteArray("--length-variation");
        QTest::newRow("model larger than the GPU")
            << QStringList { "simulate",
                             "--model",
                             "meta-llama/Llama-3.3-70B-Instruct",
                             "--gpu",
                             "l4",
                             "--rate",
                             "1/s",
                             "--input-tokens",
                             "100",
                             "--output-tokens",
                             "10" }
            << 3 << QByteArray("does not fit");
        QStringList simulate = estimate;
        simulate[0] = "simulate";
        QTest::newRow("all requests too long")
            << simulate + QStringList { "--max-model-len", "800" } << 1
            << QByteArray("10000 were refused");
        QTest::newRow("warm-up longer than the run")
            << simulate + QStringList { "--requests", "100", "--warm-up", "10h" } << 1
            << QByteArray("warm-up");
        QTest::newRow("stages have their own length")
            << simulate + QStringList { "--requests", "100", "--stage", "2/s:1m" } << 2
            << QByteArray("excludes --stage");
        QTest::newRow("export without project")
            << QStringList { "export", "/nowhere/p.llmdplan", "-o", "x" } << 1
            << QByteArray("/nowhere/p.llmdplan");
        QTest::newRow("evaluate without file")
            << QStringList { "evaluate", "memory", "/nowhere/m.csv" } << 1
            << QByteArray("/nowhere/m.csv");
    }

    void badInputIsExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, says);
        const Run run = llmd(arguments);
        QVERIFY2(run.exitCode == exitCode, run.errors + run.output);
        QVERIFY2(!run.errors.isEmpty(), "nothing on stderr");
        QVERIFY2(run.errors.toLower().contains(says.toLower()), run.errors);
    }

    void badRequirementFilesAreExplained_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("duplicate key")
            << QByteArray("users: 5\nusers: 6\n") << QByteArray("need.yaml:2");
        QTest::newRow("wrong type") << QByteArray("users: [1, 2]\n") << QByteArray("need.yaml:1");
        QTest::newRow("misspelt key") << QByteArray("user_case: chatbot_conversational\nusers: x\n")
                                      << QByteArray("use_case");
        QTest::newRow("truncated") << QByteArray("models: [\"Qwen") << QByteArray("need.yaml");
        QTest::newRow("deep") << QByteArray("a: ") + QByteArray(10000, '[') + QByteArray(10000, ']')
                              << QByteArray("deep");
        QTest::newRow("binary") << QByteArray("\xff\xfe\x00\x01", 4) << QByteArray("need.yaml");
        QTest::newRow("aliases that explode")
            << QByteArray("a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c "
                          "[*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                          "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e "
                          "[*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
                          "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n")
            << QByteArray("need.yaml");
    }

    void badRequirementFilesAreExplained()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const QTemporaryDir folder;
        const QByteArray file = write(folder, "need.yaml", text);
        const Run run = llmd({ "recommend", QString::fromUtf8(file), "--json" });
        QVERIFY2(run.exitCode == 1, run.errors);
        QVERIFY2(run.output.isEmpty(), "nothing but a document belongs on stdout");
        QVERIFY2(run.errors.contains(says), run.errors);
    }

    void readOnlyFolderKeepsTheOldFile()
    {
        if (geteuid() == 0)
            QSKIP("root may write anywhere");
        const QTemporaryDir folder;
        const QByteArray file = write(folder, "plan.llmdplan", "old");
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
        const Run run = llmd(smallNeed + QStringList { "-o", QString::fromUtf8(file) });
        QFile::setPermissions(folder.path(),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QCOMPARE(run.exitCode, 1);
        QFile old(QString::fromUtf8(file));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }

    void versionsThatNobodyMeasuredAreNamed()
    {
        const QStringList memory { "memory",   "--model",        "Qwen/Qwen3-14B", "--gpu",
                                   "h100_sxm", "--vllm-version", "99.1.0" };
        const Run unknown = llmd(memory);
        QCOMPARE(unknown.exitCode, 0);
        QVERIFY2(unknown.errors.contains("99.1.0 is outside the versions that are known"),
                 unknown.errors);
        QStringList known = memory;
        known.back() = "0.19.0";
        QVERIFY(llmd(known).errors.isEmpty());
    }

    void contradictoryTargetsAreNamed()
    {
        const Run run =
            llmd(smallNeed + QStringList { "--e2e", "100ms", "--ttft", "500ms", "--json" });
        QVERIFY(run.exitCode == 3 || run.exitCode == 0);
        QVERIFY(!run.json()["notes"].empty());
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"

// SPDX-License-Identifier: Apache-2.0
#include <core/calibration/latencyevaluation.h>
#include <core/candidate/enginedefaults.h>
#include <core/performance/engine.h>
#include <core/performance/processengine.h>
#include <core/search/search.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <nlohmann/json.hpp>

#include <atomic>
#include <thread>

using namespace llmd;
using namespace llmd::testing;
using Json = nlohmann::json;

namespace {

/** Answers with what depends on the request, so that a mixed-up answer would be seen. */
constexpr const char* goodProgram = R"py(
import json, os, sys
r = json.load(sys.stdin)
load = r["workload"]["load"]
rate = load.get("rate_rps", 1)
l = lambda m: {"mean_ms": m, "p50_ms": m, "p90_ms": m, "p95_ms": m * 1.5, "p99_ms": m * 2}
out = r["workload"]["output_tokens"]["mean"]
itl = 5 + rate
json.dump({"protocol": 1, "ttft": l(20), "itl": l(itl), "e2e": l(20 + itl * (out - 1)),
           "request_rate_rps": rate, "engine_version": f"seed {r['seed']}",
           "notes": [os.environ.get("LLMD_TEST_GIVEN", "nothing given"), r["candidate"]["model"]["id"]]}, sys.stdout)
)py";

} // namespace

class TestProcessEngine : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<TemporaryFolder> m_folder;

    Candidate candidate(const char* model = "meta-llama/Llama-3.1-8B-Instruct") const
    {
        Candidate c;
        c.model = m_catalog->findModel(model);
        c.gpu = m_catalog->findGpu("h100_sxm");
        const SemanticVersion version { 0, 19, 0 };
        c.engine =
            defaultEngineSettings(*c.model, *c.gpu, m_catalog->engineVersion(version), version);
        c.engine.maxModelLen = 8192;
        return c;
    }
    static Workload chat(double rate = 2)
    {
        Workload w;
        w.prompt = { LengthDistribution::Shape::Constant, 512, 0 };
        w.output = { LengthDistribution::Shape::Constant, 101, 0 };
        w.load = Load::open(RequestsPerSecond(rate));
        return w;
    }

    EngineDeclaration declared(std::vector<std::string> command) const
    {
        EngineDeclaration d;
        d.id = d.name = "test";
        d.command = std::move(command);
        d.timeLimit = Seconds(20);
        d.mixtureOfExperts = true;
        d.validatedGpus = { "h100_sxm" };
        d.file = *m_folder / "test.yaml";
        return d;
    }
    EngineDeclaration shell(const std::string& script) const
    {
        return declared({ "sh", "-c", script });
    }
    EngineDeclaration python(const std::string& program) const
    {
        (void)writeFileAtomically(*m_folder / "program.py", program);
        return declared({ "python3", "program.py" }); // relative: found by the working folder
    }

    Result<Estimate> ask(EngineDeclaration declaration, const Workload& workload = chat(),
                         RunContext context = {}) const
    {
        const ProcessEngine engine(m_catalog, std::move(declaration));
        return engine.estimate(candidate(), workload, context);
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }
    void init() { m_folder = std::make_unique<TemporaryFolder>(); }

    void goodAnswerBecomesAnEstimate()
    {
        qputenv("LLMD_TEST_GIVEN", "given");
        auto declaration = python(goodProgram);
        declaration.environment = { "LLMD_TEST_GIVEN" };
        RunContext context;
        context.seed = 42;
        const auto e = ask(declaration, chat(), context);
        qunsetenv("LLMD_TEST_GIVEN");
        VERIFY_OK(e);
        COMPARE_NEAR(e->itl.mean.value(), 0.007, 1e-12);
        COMPARE_NEAR(e->e2e.p99.value(), 2 * 0.720, 1e-12);
        QCOMPARE(e->requestRate, RequestsPerSecond(2));
        QCOMPARE(e->provenance.engine, std::string("process:test"));
        QCOMPARE(e->provenance.engineVersion, std::string("seed 42"));
        QVERIFY(e->provenance.distance.find("states no interval") != std::string::npos);
        QCOMPARE(int(e->provenance.label), int(Provenance::Label::Estimated));
        QCOMPARE(e->provenance.caveats.front(), std::string("given"));
    }

    void variablesThatAreNotDeclaredStayHere()
    {
        qputenv("LLMD_TEST_GIVEN", "given");
        const auto e = ask(python(goodProgram));
        qunsetenv("LLMD_TEST_GIVEN");
        VERIFY_OK(e);
        QCOMPARE(e->provenance.caveats.front(), std::string("nothing given"));
    }

    void loadIsSharedByTheReplicas()
    {
        const ProcessEngine engine(m_catalog, python(goodProgram));
        Candidate c = candidate();
        c.topology.pool.replicas = 4;
        RunContext context;
        const auto e = engine.estimate(c, chat(8), context);
        VERIFY_OK(e);
        COMPARE_NEAR(e->itl.mean.value(), 0.007, 1e-12); // that of 2 requests/s
        QCOMPARE(e->requestRate, RequestsPerSecond(8));
    }

    void aGpuWithoutValidationIsRemarked()
    {
        auto declaration = python(goodProgram);
        declaration.validatedGpus.clear();
        const auto e = ask(declaration);
        VERIFY_OK(e);
        QVERIFY(e->provenance.caveats.back().find("no validation on NVIDIA H100")
                != std::string::npos);
    }

    void theExampleOfTheReadmeWorks()
    {
        const auto readme = readFile(LLMD_SOURCE_DIR "/resources/engines/README.md");
        VERIFY_OK(readme);
        const std::string fence = "```python\n";
        const auto begin = readme->find(fence);
        QVERIFY(begin != std::string::npos);
        const auto start = begin + fence.size();
        const auto program = readme->substr(start, readme->find("```", start) - start);
        VERIFY_OK(ask(python(program)));
        Workload closed = chat();
        closed.load = Load::closed(8);
        const auto e = ask(python(program), closed);
        VERIFY_OK(e);
        QVERIFY(e->requestRate.value() > 0);
    }

    void failuresSayWhatHappened_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("expected");
        QTest::newRow("status") << "echo first >&2; echo 'no licence' >&2; exit 3"
                                << "process:test: ended with status 3; its last words: no licence";
        QTest::newRow("silent status") << "exit 1"
                                       << "wrote nothing to standard error";
        QTest::newRow("crash") << "kill -SEGV $$"
                               << "was ended by signal 11 (Segmentation fault)";
        QTest::newRow("slow") << "echo thinking >&2; sleep 60"
                              << "gave no answer within 500ms and was ended";
        QTest::newRow("slow, where") << "sleep 60"
                                     << "raise `time_limit` in ";
        QTest::newRow("deaf to SIGTERM") << "trap '' TERM; while true; do sleep 1; done"
                                         << "gave no answer within 500ms";
        QTest::newRow("garbage") << "echo hello"
                                 << "process:test: the answer is not valid JSON";
        QTest::newRow("nothing") << "true"
                                 << "wrote nothing to standard output";
        QTest::newRow("closes its input") << "exec 0<&-; echo '{\"error\": \"cannot\"}'"
                                          << "process:test: cannot";
        QTest::newRow("NaN") << "echo '{\"protocol\":1,\"ttft\":{\"mean_ms\":NaN}}'"
                             << "not valid JSON";
        QTest::newRow("protocol") << "echo '{\"protocol\":9}'"
                                  << "process:test: protocol: found 9, expected 1";
    }
    void failuresSayWhatHappened()
    {
        QFETCH(QString, script);
        QFETCH(QString, expected);
        auto declaration = shell(script.toStdString());
        declaration.timeLimit = Seconds(0.5);
        VERIFY_ERROR(ask(declaration), expected.toStdString());
    }

    void endlessOutputIsCut() { VERIFY_ERROR(ask(shell("yes")), "wrote more than 16MiB"); }

    void markupOfAProgramStaysText()
    {
        const auto e = ask(shell("printf '<img src=x>\\033[31mred\\n' >&2; exit 1"));
        VERIFY_ERROR(e, "<img src=x> [31mred");
        QVERIFY(describe(e.error()).find('\x1b') == std::string::npos);
    }

    void missingProgramsSayWhereToDeclareThem()
    {
        const auto missing = ask(declared({ "no-such-program-here" }));
        VERIFY_ERROR(missing, "there is no program 'no-such-program-here' in the folders of PATH");
        VERIFY_ERROR(missing, "test.yaml");
        VERIFY_OK(writeFileAtomically(*m_folder / "tool", "#!/bin/sh\n"));
        VERIFY_ERROR(ask(declared({ "./tool" })), "is not executable");
        VERIFY_ERROR(ask(declared({ "./other" })), (*m_folder / "other").string());
        auto needs = python(goodProgram);
        needs.needsOneOf = { "$LLMD_TEST_TOOL", "no-such-tool" };
        VERIFY_ERROR(ask(needs), "needs one of the programs $LLMD_TEST_TOOL, no-such-tool");
        qputenv("LLMD_TEST_TOOL", "/bin/sh");
        const auto found = ask(needs);
        qunsetenv("LLMD_TEST_TOOL");
        VERIFY_OK(found);
    }

    void whatCannotWorkIsNotAsked()
    {
        auto declaration = shell("touch asked");
        declaration.mixtureOfExperts = false;
        const ProcessEngine engine(m_catalog, declaration);
        RunContext context;
        const auto experts = engine.estimate(candidate("Qwen/Qwen3-30B-A3B"), chat(), context);
        VERIFY_ERROR(experts, "mixture-of-experts models such as Qwen/Qwen3-30B-A3B");
        QCOMPARE(int(experts.error().code), int(ErrorCode::Unsupported));
        Candidate small = candidate("meta-llama/Llama-3.3-70B-Instruct");
        VERIFY_ERROR(engine.estimate(small, chat(), context), "KV pool");
        Workload bad = chat();
        bad.load = Load::open(RequestsPerSecond(-1));
        VERIFY_ERROR(engine.estimate(candidate(), bad, context), "not negative");
        QVERIFY(!std::filesystem::exists(*m_folder / "asked"));
    }

    void cancellingStopsARunningProgram()
    {
        std::stop_source stop;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        RunContext context;
        context.stop = stop.get_token();
        const auto e = ask(shell("sleep 60"), chat(), context);
        VERIFY_ERROR(e, "stopped on request");
        QCOMPARE(int(e.error().code), int(ErrorCode::Cancelled));
        QVERIFY(timer.elapsed() < 5000);
    }

    void cancellingStopsThoseThatWait()
    {
        const ProcessEngine engine(m_catalog, shell("sleep 60")); // one at a time
        std::stop_source stop;
        std::atomic<int> cancelled { 0 };
        QElapsedTimer timer;
        timer.start();
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&] {
                    RunContext context;
                    context.stop = stop.get_token();
                    const auto e = engine.estimate(candidate(), chat(), context);
                    cancelled += !e && e.error().code == ErrorCode::Cancelled;
                });
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.request_stop();
        }
        QCOMPARE(cancelled.load(), 4);
        QVERIFY(timer.elapsed() < 5000);
    }

    void eightThreadsShareOneEngine()
    {
        auto declaration = python(goodProgram);
        declaration.maxParallel = 3;
        const ProcessEngine engine(m_catalog, declaration);
        std::atomic<int> good { 0 };
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 4; ++i) {
                        const double rate = 1 + t * 4 + i;
                        RunContext context;
                        const auto e = engine.estimate(candidate(), chat(rate), context);
                        good += e && isNear(e->itl.mean.value(), (5 + rate) / 1000, 1e-9);
                    }
                });
            }
        }
        QCOMPARE(good.load(), 32);
    }

    void noMoreThanAllowedRunAtOnce()
    {
        // Each program leaves a mark while it runs and counts the marks that it sees.
        auto declaration = shell("touch run-$$; n=$(ls run-* | wc -l); sleep 0.1; rm run-$$; "
                                 "echo \"{\\\"error\\\": \\\"saw $n\\\"}\"");
        declaration.maxParallel = 2;
        const ProcessEngine engine(m_catalog, declaration);
        std::atomic<int> tooMany { 0 };
        std::atomic<int> answers { 0 };
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 6; ++t) {
                threads.emplace_back([&] {
                    RunContext context;
                    const auto e = engine.estimate(candidate(), chat(), context);
                    const std::string text = e ? std::string() : e.error().detail;
                    answers += text.find("saw ") != std::string::npos;
                    tooMany += text.find("saw 1") == std::string::npos
                        && text.find("saw 2") == std::string::npos;
                });
            }
        }
        QCOMPARE(answers.load(), 6);
        QCOMPARE(tooMany.load(), 0);
    }

    void registryListsPrograms()
    {
        auto broken = declared({ "no-such-program-here" });
        broken.id = "broken";
        const EngineRegistry engines(m_catalog, { python(goodProgram), broken });
        QCOMPARE(engines.standard().info().id, std::string("analytic"));
        VERIFY_OK(engines.find("process:test"));
        VERIFY_ERROR(engines.find("process:other"), "--engines");
        std::vector<EngineInfo> programs;
        for (const auto& info : engines.list()) {
            if (!info.declaredIn.empty())
                programs.push_back(info);
        }
        QCOMPARE(programs.size(), std::size_t { 2 });
        QVERIFY(programs[0].unavailable.empty() && programs[0].mixtureOfExperts);
        QCOMPARE(programs[0].declaredIn, (*m_folder / "test.yaml").string());
        QVERIFY(programs[1].unavailable.find("no-such-program-here") != std::string::npos);
    }

    void evaluationsStateNoIntervalThatIsNotThere()
    {
        const std::string file = R"({"experiments": [
            {"id": "one", "model": "meta-llama/Llama-3.1-8B-Instruct", "gpu": "h100_sxm",
             "workload": {"prompt_tokens_mean": 512, "output_tokens": 101,
                          "stages": [{"rate_rps": 2, "duration_s": 60}]}}]})";
        const ProcessEngine engine(m_catalog, python(goodProgram));
        RunContext context;
        const auto evaluation = evaluateLatency(file, "file.json", *m_catalog, engine, context);
        VERIFY_OK(evaluation);
        const Json predicted = toJson(*evaluation)["experiments"][0]["predicted"];
        for (const char* part : { "summary", "stage_0" }) {
            QVERIFY2(predicted[part].contains("e2e_mean_ms"), predicted.dump().c_str());
            QVERIFY2(!predicted[part].contains("e2e_mean_lo_ms")
                         && !predicted[part].contains("e2e_mean_hi_ms"),
                     predicted.dump().c_str());
        }
    }

    void searchesWithAProgram()
    {
        auto declaration = python(goodProgram);
        declaration.maxParallel = 2;
        const EngineRegistry engines(m_catalog, { declaration });
        SearchProblem problem;
        problem.requirements.useCase = "chatbot_conversational";
        problem.requirements.users = 200;
        problem.requirements.models = { "Qwen/Qwen2.5-7B-Instruct" };
        problem.requirements.gpusIncluded = { "h100_sxm" };
        problem.space = { { 1 }, { 1 }, { 256 }, { 8192 }, false };
        RunContext context;
        const auto engine = engines.find("process:test");
        VERIFY_OK(engine);
        const auto report = search(problem, m_catalog, **engine, context);
        VERIFY_OK(report);
        QVERIFY2(!(*report)->options.empty(), (*report)->infeasibility.c_str());
        QCOMPARE((*report)->options.front().atPeak.provenance.engine, std::string("process:test"));
    }
};

QTEST_GUILESS_MAIN(TestProcessEngine)
#include "tst_processengine.moc"

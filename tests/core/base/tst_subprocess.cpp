// SPDX-License-Identifier: Apache-2.0
#include <core/base/subprocess.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace llmd;
using namespace llmd::testing;

namespace {

using End = SubprocessResult::End;

SubprocessSpec shell(const std::string& script)
{
    SubprocessSpec spec;
    spec.program = "/bin/sh";
    spec.arguments = { "-c", script };
    spec.environment = { "PATH=/usr/local/bin:/usr/bin:/bin" };
    spec.timeLimit = Seconds(20);
    return spec;
}

/** Whether a process still runs; a zombie of somebody else's child does not count as running. */
bool isRunning(const std::string& pid)
{
    const auto stat = readFile("/proc/" + pid + "/stat");
    if (!stat)
        return false;
    const auto name = stat->rfind(')');
    return name != std::string::npos && stat->substr(name, 3) != ") Z";
}

} // namespace

class TestSubprocess : public QObject
{
    Q_OBJECT

private slots:
    void cleanup()
    {
        // Whatever a test did: no child is left, not even a zombie.
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
        QCOMPARE(errno, ECHILD);
    }

    void passesInputAndCollectsBothOutputs()
    {
        const auto result = runSubprocess(shell("cat; echo problem >&2; exit 3"), "hello\n");
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Exited));
        QCOMPARE(result->status, 3);
        QCOMPARE(result->output, std::string("hello\n"));
        QCOMPARE(result->errorTail, std::string("problem\n"));
    }

    void largeInputAndOutputAtOnceDoNotDeadlock()
    {
        const std::string input(5'000'000, 'x');
        auto spec = shell("echo much >&2; cat");
        const auto result = runSubprocess(spec, input);
        VERIFY_OK(result);
        QVERIFY(result->output == input);
    }

    void argumentsAreNotSeenByAShell()
    {
        SubprocessSpec spec;
        spec.program = "/usr/bin/printf";
        spec.arguments = { "%s", "$(id) `id` ; * 'x'" };
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(result->output, std::string("$(id) `id` ; * 'x'"));
    }

    void environmentIsOnlyWhatIsDeclared()
    {
        ::setenv("LLMD_TEST_SECRET", "hidden", 1);
        auto spec = shell("/usr/bin/env");
        spec.environment.emplace_back("LLMD_TEST_GIVEN=yes");
        const auto result = runSubprocess(spec, {});
        ::unsetenv("LLMD_TEST_SECRET");
        VERIFY_OK(result);
        QVERIFY(result->output.find("LLMD_TEST_GIVEN=yes") != std::string::npos);
        QVERIFY(result->output.find("hidden") == std::string::npos);
    }

    void fileDescriptorsStayOurs()
    {
        const int fd = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC
        QVERIFY(fd >= 0);
        const auto result = runSubprocess(shell("ls /proc/self/fd"), {});
        ::close(fd);
        VERIFY_OK(result);
        // ls itself opens the folder as 3.
        QCOMPARE(result->output, std::string("0\n1\n2\n3\n"));
    }

    void runsInItsFolder()
    {
        const TemporaryFolder folder;
        auto spec = shell("pwd -P");
        spec.workingFolder = folder.path();
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(result->output, std::filesystem::canonical(folder.path()).string() + "\n");
        spec.workingFolder = folder / "missing";
        VERIFY_ERROR(runSubprocess(spec, {}), "no folder");
    }

    void aProgramThatDoesNotReadIsNoFailure_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("closes its input") << "exec 0<&-; sleep 0.1; echo done";
        QTest::newRow("ends at once") << "echo done";
    }
    void aProgramThatDoesNotReadIsNoFailure()
    {
        QFETCH(QString, script);
        const auto result = runSubprocess(shell(script.toStdString()), std::string(1'000'000, 'x'));
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Exited));
        QCOMPARE(result->output, std::string("done\n"));
        sigset_t pending;
        QCOMPARE(::sigpending(&pending), 0);
        QCOMPARE(sigismember(&pending, SIGPIPE), 0);
    }

    void timeLimitEndsIt()
    {
        auto spec = shell("echo begun; echo why >&2; sleep 60");
        spec.timeLimit = Seconds(0.2);
        QElapsedTimer timer;
        timer.start();
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::TimedOut));
        QCOMPARE(result->output, std::string("begun\n"));
        QCOMPARE(result->errorTail, std::string("why\n"));
        QVERIFY(timer.elapsed() < 5000);
    }

    void aGroupThatIgnoresSigtermIsKilled()
    {
        const TemporaryFolder folder;
        auto spec = shell("trap '' TERM; sleep 60 & echo $! > child; echo $$ > self; "
                          "while true; do sleep 1; done");
        spec.workingFolder = folder.path();
        spec.timeLimit = Seconds(0.5);
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::TimedOut));
        for (const char* name : { "child", "self" }) {
            const auto pid = readFile(folder / name);
            VERIFY_OK(pid);
            QTRY_VERIFY(!isRunning(pid->substr(0, pid->find('\n'))));
        }
    }

    void sigtermIsAskedFirst()
    {
        auto spec = shell("trap 'echo cleaning >&2; exit 0' TERM; while true; do sleep 0.05; done");
        spec.timeLimit = Seconds(0.3);
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::TimedOut));
        QVERIFY(result->errorTail.ends_with("cleaning\n")); // the shell may also report its sleep
    }

    void whatItLeavesRunningIsKilled()
    {
        const TemporaryFolder folder;
        auto spec = shell("sleep 60 & echo $! > child; echo done");
        spec.workingFolder = folder.path();
        QElapsedTimer timer;
        timer.start();
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Exited));
        QCOMPARE(result->output, std::string("done\n"));
        QVERIFY(timer.elapsed() < 5000); // although the child holds the pipe open
        const auto pid = readFile(folder / "child");
        VERIFY_OK(pid);
        QTRY_VERIFY(!isRunning(pid->substr(0, pid->find('\n'))));
    }

    void endlessOutputIsCut()
    {
        auto spec = shell("yes");
        spec.outputLimit = 1'000'000;
        const auto result = runSubprocess(spec, {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::TooMuchOutput));
        QCOMPARE(result->output.size(), std::size_t { 1'000'000 });
    }

    void ofStandardErrorTheEndIsKept()
    {
        const auto result = runSubprocess(
            shell("i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done"), {});
        VERIFY_OK(result);
        QVERIFY(result->errorTail.size() <= 16u << 10);
        QVERIFY(result->errorTail.ends_with("line 19999\n"));
    }

    void aSignalIsReported()
    {
        const auto result = runSubprocess(shell("kill -SEGV $$"), {});
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Signalled));
        QCOMPARE(result->status, SIGSEGV);
    }

    void cancellingEndsIt()
    {
        std::stop_source stop;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto result = runSubprocess(shell("sleep 60"), {}, stop.get_token());
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Cancelled));
        QVERIFY(timer.elapsed() < 5000);
        const auto again = runSubprocess(shell("touch /nonexistent"), {}, stop.get_token());
        VERIFY_OK(again);
        QCOMPARE(int(again->end), int(End::Cancelled));
    }

    void signalsThatWeIgnoreWorkInTheProgram()
    {
        const auto before = std::signal(SIGPIPE, SIG_IGN);
        const auto result = runSubprocess(shell("kill -PIPE $$; echo alive"), {});
        std::signal(SIGPIPE, before);
        VERIFY_OK(result);
        QCOMPARE(int(result->end), int(End::Signalled));
        QCOMPARE(result->status, SIGPIPE);
    }

    void manyThreadsAtOnce()
    {
        std::atomic<int> good { 0 };
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 20; ++i) {
                        const std::string text = std::to_string(t * 1000 + i);
                        const auto result = runSubprocess(shell("cat"), text);
                        good += result && result->output == text;
                    }
                });
            }
        }
        QCOMPARE(good.load(), 160);
    }

    void whatCannotStartSaysWhy()
    {
        const TemporaryFolder folder;
        SubprocessSpec spec;
        spec.program = folder / "missing";
        VERIFY_ERROR(runSubprocess(spec, {}), "no such program");
        VERIFY_OK(writeFileAtomically(folder / "text", "hello"));
        spec.program = folder / "text";
        VERIFY_ERROR(runSubprocess(spec, {}), "cannot be executed");
        VERIFY_OK(writeFileAtomically(folder / "script", "#!/no/such/interpreter\n"));
        std::filesystem::permissions(folder / "script", std::filesystem::perms::owner_all);
        spec.program = folder / "script";
        VERIFY_ERROR(runSubprocess(spec, {}), "interpreter");
    }

    void programsAreFound()
    {
        const auto shell = findProgram("sh", "/");
        VERIFY_OK(shell);
        QVERIFY(shell->is_absolute());
        VERIFY_ERROR(findProgram("no-such-program-here", "/"), "PATH");
        const TemporaryFolder folder;
        VERIFY_OK(writeFileAtomically(folder / "tool", "#!/bin/sh\n"));
        VERIFY_ERROR(findProgram("./tool", folder.path()), "not executable");
        std::filesystem::permissions(folder / "tool", std::filesystem::perms::owner_all);
        const auto tool = findProgram("./tool", folder.path());
        VERIFY_OK(tool);
        QCOMPARE(tool->string(), (folder / "tool").string());
        VERIFY_ERROR(findProgram("./other", folder.path()), "there is no file");
    }
};

QTEST_GUILESS_MAIN(TestSubprocess)
#include "tst_subprocess.moc"

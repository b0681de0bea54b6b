// SPDX-License-Identifier: Apache-2.0
#include "subprocess.h"

#include "text.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t errorTailLimit = 16u << 10;
/** How often the stop token, the time limit and the end of the program are looked at while nothing is written. */
constexpr milliseconds tick { 20 };
/** Time between asking a program to end and killing it. */
constexpr milliseconds grace { 500 };

std::string systemText(int error)
{
    return std::generic_category().message(error);
}

/** A file descriptor that closes itself. */
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int fd)
        : m_fd(fd)
    { }
    Descriptor(Descriptor&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    { }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor() { close(); }

    void close()
    {
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

struct Pipe
{
    Descriptor read;
    Descriptor write;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> fds {};
    if (::pipe2(fds.data(), O_CLOEXEC) != 0)
        return failure(ErrorCode::Io, "no pipe for a program: " + systemText(errno));
    Pipe pipe { Descriptor(fds[0]), Descriptor(fds[1]) };
    // Above the standard ones, so that moving it onto one of them can never overwrite another pipe.
    for (Descriptor* end : { &pipe.read, &pipe.write }) {
        if (end->get() <= STDERR_FILENO)
            *end = Descriptor(::fcntl(end->get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
        if (!end->isOpen())
            return failure(ErrorCode::Io, "no pipe for a program: " + systemText(errno));
    }
    return pipe;
}

/** Keeps signals from this thread for as long as it lives. */
class BlockedSignals
{
public:
    explicit BlockedSignals(const sigset_t& signals)
    {
        ::pthread_sigmask(SIG_BLOCK, &signals, &m_before);
    }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

private:
    sigset_t m_before {};
};

sigset_t allSignals()
{
    sigset_t signals;
    sigfillset(&signals);
    return signals;
}

/** Swallows the SIGPIPE that a write of this thread may raise, without a handler that others would see. */
class QuietPipe
{
public:
    QuietPipe()
        : m_wasPending(isPending())
        , m_blocked(pipeSignal())
    { }
    QuietPipe(const QuietPipe&) = delete;
    QuietPipe& operator=(const QuietPipe&) = delete;
    ~QuietPipe()
    {
        const sigset_t signals = pipeSignal();
        const timespec now {};
        if (!m_wasPending && isPending())
            ::sigtimedwait(&signals, nullptr, &now);
    }

private:
    static sigset_t pipeSignal()
    {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        return signals;
    }
    static bool isPending()
    {
        sigset_t signals;
        return ::sigpending(&signals) == 0 && sigismember(&signals, SIGPIPE) == 1;
    }

    bool m_wasPending;
    BlockedSignals m_blocked; // restored after the destructor's body
};

/** What the child needs between fork and exec, made before: there, memory must not be allocated. */
class Launch
{
public:
    explicit Launch(const SubprocessSpec& spec)
        : m_program(spec.program.string())
        , m_folder(spec.workingFolder.string())
        , m_arguments(spec.arguments)
        , m_environment(spec.environment)
        , m_parent(::getpid())
    {
        m_argv.push_back(m_program.data());
        for (auto& argument : m_arguments)
            m_argv.push_back(argument.data());
        m_argv.push_back(nullptr);
        for (auto& variable : m_environment)
            m_envp.push_back(variable.data());
        m_envp.push_back(nullptr);
    }
    Launch(const Launch&) = delete;
    Launch& operator=(const Launch&) = delete;

    /** In the child, with all signals blocked: async-signal-safe calls only. Returns the error if exec fails. */
    [[nodiscard]] int exec(int in, int out, int err) const
    {
        if (::setpgid(0, 0) != 0)
            return errno;
        // A crash of the planner takes the program with it. The parent may have died before this line.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != m_parent)
            return ECHILD;
        for (int signal = 1; signal < NSIG; ++signal) // what the parent ignores would stay ignored
            ::signal(signal, SIG_DFL);
        if (::dup2(in, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0
            || ::dup2(err, STDERR_FILENO) < 0)
            return errno;
        closeOthersOnExec();
        if (!m_folder.empty() && ::chdir(m_folder.c_str()) != 0)
            return errno;
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execve(m_program.c_str(), m_argv.data(), m_envp.data());
        return errno;
    }

private:
    static void closeOthersOnExec()
    {
        if (::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
            return;
        constexpr int most = 65'536; // kernels before 5.11
        for (int fd = STDERR_FILENO + 1; fd < most; ++fd)
            ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    }

    std::string m_program;
    std::string m_folder;
    std::vector<std::string> m_arguments;
    std::vector<std::string> m_environment;
    std::vector<char*> m_argv;
    std::vector<char*> m_envp;
    pid_t m_parent;
};

/** A running program with our ends of its pipes. Ended and reaped at the latest by the destructor. */
class Child
{
public:
    Child(pid_t pid, Descriptor in, Descriptor out, Descriptor err)
        : m_pid(pid)
        , m_in(std::move(in))
        , m_out(std::move(out))
        , m_err(std::move(err))
    { }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { reap(); }

    SubprocessResult run(const SubprocessSpec& spec, std::string_view input,
                         const std::stop_token& stop)
    {
        SubprocessResult result;
        const auto deadline = Clock::now()
            + std::chrono::duration_cast<Clock::duration>(
                                  std::chrono::duration<double>(spec.timeLimit.value()));
        for (int fd : { m_in.get(), m_out.get(), m_err.get() })
            ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
        if (input.empty())
            m_in.close();
        using End = SubprocessResult::End;
        while (true) {
            // Asked before the pipes are read: all that it wrote is in them then.
            const bool ended = hasEnded(m_out.isOpen() || m_err.isOpen() ? tick : milliseconds(1));
            transfer(input, result);
            if (result.output.size() > spec.outputLimit) {
                result.output.resize(spec.outputLimit);
                return endBy(End::TooMuchOutput, result);
            }
            if (ended)
                return finish(result);
            if (stop.stop_requested())
                return endBy(End::Cancelled, result);
            if (Clock::now() >= deadline)
                return endBy(End::TimedOut, result);
        }
    }

private:
    /** Waits up to `wait` for something to read or write; then whether the program has ended (still unreaped). */
    [[nodiscard]] bool hasEnded(milliseconds wait) const
    {
        // Negative descriptors are ignored.
        std::array<pollfd, 3> fds { pollfd { m_in.get(), POLLOUT, 0 },
                                    pollfd { m_out.get(), POLLIN, 0 },
                                    pollfd { m_err.get(), POLLIN, 0 } };
        ::poll(fds.data(), fds.size(), static_cast<int>(wait.count()));
        siginfo_t info {};
        const int status =
            ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG | WNOWAIT);
        return status != 0 || info.si_pid == m_pid;
    }

    /** Moves what can be moved without waiting. */
    void transfer(std::string_view& input, SubprocessResult& result)
    {
        if (m_in.isOpen()) {
            const QuietPipe quiet;
            const auto written = ::write(m_in.get(), input.data(), input.size());
            if (written > 0)
                input.remove_prefix(static_cast<std::size_t>(written));
            const bool gone = written < 0 && errno != EAGAIN && errno != EINTR;
            if (gone || input.empty())
                m_in.close(); // so that it sees the end of its input
        }
        readInto(m_out, result.output);
        readInto(m_err, result.errorTail);
        if (result.errorTail.size() > errorTailLimit)
            result.errorTail.erase(0, result.errorTail.size() - errorTailLimit);
    }

    static void readInto(Descriptor& from, std::string& text)
    {
        // Bounded per call, so that an endless writer cannot keep us from looking at limits.
        std::array<char, 65'536> buffer {};
        for (int round = 0; from.isOpen() && round < 16; ++round) {
            const auto count = ::read(from.get(), buffer.data(), buffer.size());
            if (count > 0)
                text.append(buffer.data(), static_cast<std::size_t>(count));
            else if (count == 0 || (errno != EAGAIN && errno != EINTR))
                from.close();
            else
                return;
        }
    }

    SubprocessResult finish(SubprocessResult& result)
    {
        const int status = reap();
        const bool signalled = WIFSIGNALED(status);
        result.end = signalled ? SubprocessResult::End::Signalled : SubprocessResult::End::Exited;
        result.status = signalled ? WTERMSIG(status) : WEXITSTATUS(status);
        return std::move(result);
    }

    SubprocessResult endBy(SubprocessResult::End end, SubprocessResult& result)
    {
        m_in.close();
        m_out.close();
        ::kill(-m_pid, SIGTERM);
        const auto deadline = Clock::now() + grace;
        std::string_view nothing;
        while (!hasEnded(milliseconds(5)) && Clock::now() < deadline)
            transfer(nothing, result);
        transfer(nothing, result); // its last words
        reap();
        result.end = end;
        return std::move(result);
    }

    /** Kills what is left of the group and collects the status. The group's id is ours until the leader is reaped. */
    int reap()
    {
        if (m_pid <= 0)
            return 0;
        ::kill(-m_pid, SIGKILL);
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
        m_pid = 0;
        return status;
    }

    pid_t m_pid;
    Descriptor m_in;
    Descriptor m_out;
    Descriptor m_err;
};

tl::unexpected<Error> cannotStart(const SubprocessSpec& spec, int error)
{
    const std::string program = spec.program.string();
    std::error_code ignored;
    if (!spec.workingFolder.empty() && !std::filesystem::is_directory(spec.workingFolder, ignored))
        return failure(ErrorCode::NotFound, "no folder " + spec.workingFolder.string());
    switch (error) {
    case ENOENT: // also a script whose interpreter is missing
        return failure(ErrorCode::NotFound,
                       std::filesystem::exists(spec.program, ignored)
                           ? program + ": the interpreter that its first line names is missing"
                           : program + ": no such program");
    case EACCES:
    case ENOEXEC:
    case EISDIR:
        return failure(ErrorCode::InvalidArgument,
                       program + ": cannot be executed (" + systemText(error) + ")");
    default:
        return failure(ErrorCode::Io, program + ": cannot be started: " + systemText(error));
    }
}

struct Pipes
{
    Pipe in;
    Pipe out;
    Pipe err;
    Pipe failure; ///< closed by a successful exec, else carries errno
};

Result<Pipes> makePipes()
{
    Pipes pipes;
    for (Pipe* pipe : { &pipes.in, &pipes.out, &pipes.err, &pipes.failure }) {
        auto made = makePipe();
        if (!made)
            return tl::unexpected(made.error());
        *pipe = std::move(*made);
    }
    return pipes;
}

/** Forks and waits until exec has succeeded (0) or failed (its errno). */
int spawn(const Launch& launch, Pipes& pipes, pid_t& pid)
{
    {
        const BlockedSignals blocked(allSignals()); // no handler of ours may run in the child
        pid = ::fork();
        if (pid == 0) {
            const int error =
                launch.exec(pipes.in.read.get(), pipes.out.write.get(), pipes.err.write.get());
            [[maybe_unused]] const auto written =
                ::write(pipes.failure.write.get(), &error, sizeof error);
            ::_exit(127);
        }
    }
    if (pid < 0)
        return errno;
    pipes.failure.write.close();
    int error = 0;
    ssize_t count = 0;
    do
        count = ::read(pipes.failure.read.get(), &error, sizeof error);
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return 0;
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
    return error;
}

} // namespace

Result<std::filesystem::path> findProgram(const std::string& name,
                                          const std::filesystem::path& folder)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    if (name.find('/') != std::string::npos) {
        const fs::path path = fs::absolute(folder / name, ignored).lexically_normal();
        if (!fs::exists(path, ignored))
            return failure(ErrorCode::NotFound, "there is no file " + path.string());
        if (fs::is_directory(path, ignored) || ::access(path.c_str(), X_OK) != 0)
            return failure(ErrorCode::InvalidArgument,
                           path.string() + " is not executable; chmod +x it");
        return path;
    }
    const char* searched = std::getenv("PATH");
    const std::string folders = searched ? searched : "/usr/local/bin:/usr/bin:/bin";
    for (const auto part : split(folders, ':')) {
        if (part.empty())
            continue; // would be the current folder: never run what happens to lie there
        const fs::path path = fs::path(part) / name;
        if (fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0)
            return fs::absolute(path, ignored);
    }
    return failure(ErrorCode::NotFound,
                   "there is no program '" + name + "' in the folders of PATH (" + folders + ")");
}

Result<SubprocessResult> runSubprocess(const SubprocessSpec& spec, std::string_view input,
                                       std::stop_token stop)
{
    if (stop.stop_requested())
        return SubprocessResult { .end = SubprocessResult::End::Cancelled };
    auto pipes = makePipes();
    if (!pipes)
        return tl::unexpected(pipes.error());
    const Launch launch(spec);
    pid_t pid = 0;
    if (const int error = spawn(launch, *pipes, pid); error != 0)
        return cannotStart(spec, error);
    pipes->in.read.close();
    pipes->out.write.close();
    pipes->err.write.close();
    Child child(pid, std::move(pipes->in.write), std::move(pipes->out.read),
                std::move(pipes->err.read));
    return child.run(spec, input, stop);
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "file.h"

#include "datafolder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <random>
#include <system_error>

namespace llmd {

namespace fs = std::filesystem;

namespace {

/** A file descriptor that is closed at the end of its scope. */
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    { }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    /** Closing can be the moment at which a network file system reports that writing failed. */
    [[nodiscard]] bool close()
    {
        const int fd = m_fd;
        m_fd = -1;
        return ::close(fd) == 0;
    }

private:
    int m_fd;
};

/** Removes a file at the end of its scope unless told to keep it. */
class TemporaryName
{
public:
    explicit TemporaryName(fs::path path)
        : m_path(std::move(path))
    { }
    TemporaryName(const TemporaryName&) = delete;
    TemporaryName& operator=(const TemporaryName&) = delete;
    ~TemporaryName()
    {
        if (!m_path.empty())
            ::unlink(m_path.c_str());
    }

    [[nodiscard]] const fs::path& path() const { return m_path; }
    void keep() { m_path.clear(); }

private:
    fs::path m_path;
};

std::string reason(int error)
{
    switch (error) {
    case ENOENT:
        return "it does not exist";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EROFS:
        return "the file system is read-only";
    case EISDIR:
        return "it is a folder";
    case ENOTDIR:
        return "a part of the path is a file, not a folder";
    case ENAMETOOLONG:
        return "the path or a name in it is too long";
    case ENOSPC:
    case EDQUOT:
        return "no space is left on the device";
    case ELOOP:
        return "its symbolic links form a loop";
    default:
        return std::generic_category().message(error);
    }
}

tl::unexpected<Error> ioFailure(std::string_view what, const fs::path& path, std::string_view why,
                                ErrorCode code = ErrorCode::Io)
{
    std::string detail = std::string(what) + " '" + path.string() + "': " + std::string(why);
    return tl::unexpected<Error>(
        Error { code, std::move(detail), { path.string() }, Location { path.string(), 0, 0 } });
}

tl::unexpected<Error> ioFailure(std::string_view what, const fs::path& path, int error)
{
    return ioFailure(what, path, reason(error),
                     error == ENOENT ? ErrorCode::NotFound : ErrorCode::Io);
}

constexpr std::string_view cannotRead = "cannot read";
constexpr std::string_view cannotWrite = "cannot write";

/** What no file system call would survive: an empty name, or a NUL that would cut the name short.
 */
std::string_view unusableName(const fs::path& path)
{
    if (path.empty())
        return "the name is empty";
    if (path.native().find('\0') != std::string::npos)
        return "the name contains a NUL character";
    return {};
}

int openFile(const fs::path& path, int flags, mode_t mode = 0)
{
    int fd = -1;
    do {
        fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

Result<> writeAll(int fd, std::string_view content, const fs::path& path)
{
    while (!content.empty()) {
        const auto written = ::write(fd, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return ioFailure(cannotWrite, path, errno);
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/** A new name in `folder` that is short enough for every file system, whatever the name of the
 * target is. */
fs::path temporaryPath(const fs::path& folder)
{
    static std::atomic<unsigned> counter { 0 };
    std::random_device random;
    return folder
        / (".llmd-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + "-"
           + std::to_string(random()));
}

/** Where a chain of symbolic links ends, existing or not. */
Result<fs::path> linkTarget(fs::path path)
{
    constexpr int longestChain = 40;
    for (int i = 0; i < longestChain; ++i) {
        std::error_code error;
        if (!fs::is_symlink(path, error))
            return path;
        const auto target = fs::read_symlink(path, error);
        if (error)
            return ioFailure(cannotWrite, path, error.value());
        path = target.is_absolute() ? target : path.parent_path() / target;
    }
    return ioFailure(cannotWrite, path, ELOOP);
}

/** Pipes and devices such as /dev/stdout cannot be replaced; they take the bytes as they come. */
Result<> writeToDevice(const fs::path& path, std::string_view content)
{
    const Descriptor file(openFile(path, O_WRONLY | O_NOCTTY));
    if (!file.isOpen())
        return ioFailure(cannotWrite, path, errno);
    return writeAll(file.get(), content, path);
}

/** Owner and permission bits of the file that is about to be replaced. */
Result<> takeOverRights(int fd, const struct stat& old, const fs::path& path)
{
    struct stat now
    {
    };
    if (::fstat(fd, &now) != 0)
        return ioFailure(cannotWrite, path, errno);
    // Only the superuser may give a file away; for everyone else the new file is simply theirs.
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid)
        && ::fchown(fd, old.st_uid, old.st_gid) != 0 && errno != EPERM)
        return ioFailure(cannotWrite, path, errno);
    if (::fchmod(fd, old.st_mode & 07777) != 0)
        return ioFailure(cannotWrite, path, errno);
    return {};
}

/** Makes the rename itself survive a power failure; some file systems do not know how, which is no
 * failure. */
void syncFolder(const fs::path& folder)
{
    const Descriptor directory(openFile(folder, O_RDONLY | O_DIRECTORY));
    if (directory.isOpen())
        ::fsync(directory.get());
}

Result<> replaceFile(const fs::path& target, const struct stat* old, std::string_view content)
{
    const auto folder = target.parent_path().empty() ? fs::path(".") : target.parent_path();
    TemporaryName temporary(temporaryPath(folder));
    Descriptor file(openFile(temporary.path(), O_WRONLY | O_CREAT | O_EXCL, 0666));
    if (!file.isOpen()) {
        if (errno == ENOENT) {
            return ioFailure(cannotWrite, target,
                             "the folder '" + folder.string() + "' does not exist",
                             ErrorCode::NotFound);
        }
        return ioFailure(cannotWrite, target, errno);
    }
    if (old) {
        if (auto kept = takeOverRights(file.get(), *old, target); !kept)
            return kept;
    }
    if (auto written = writeAll(file.get(), content, target); !written)
        return written;
    if (::fsync(file.get()) != 0 || !file.close())
        return ioFailure(cannotWrite, target, errno);
    if (::rename(temporary.path().c_str(), target.c_str()) != 0)
        return ioFailure(cannotWrite, target, errno);
    temporary.keep();
    syncFolder(folder);
    return {};
}

} // namespace

Result<std::string> readFile(const fs::path& path, std::uintmax_t limit)
{
    if (const auto why = unusableName(path); !why.empty())
        return ioFailure(cannotRead, path, why, ErrorCode::InvalidArgument);
    // Non-blocking only for the opening: a FIFO without a writer must not hang the program.
    const Descriptor file(openFile(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen())
        return ioFailure(cannotRead, path, errno);
    struct stat info
    {
    };
    if (::fstat(file.get(), &info) != 0)
        return ioFailure(cannotRead, path, errno);
    if (S_ISDIR(info.st_mode))
        return ioFailure(cannotRead, path, "it is a folder, expected a file");
    ::fcntl(file.get(), F_SETFL, O_RDONLY);

    std::string content;
    if (S_ISREG(info.st_mode) && static_cast<std::uintmax_t>(info.st_size) <= limit)
        content.reserve(static_cast<std::size_t>(info.st_size));
    std::array<char, 65536> buffer;
    while (content.size() <= limit) {
        const auto count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return ioFailure(cannotRead, path, errno);
        if (count == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return ioFailure(cannotRead, path,
                     "it is larger than the limit of " + std::to_string(limit) + " bytes",
                     ErrorCode::LimitExceeded);
}

Result<> writeFileAtomically(const fs::path& path, std::string_view content)
{
    if (const auto why = unusableName(path); !why.empty())
        return ioFailure(cannotWrite, path, why, ErrorCode::InvalidArgument);
    struct stat old
    {
    };
    const bool exists = ::stat(path.c_str(), &old) == 0;
    if (!exists && errno != ENOENT)
        return ioFailure(cannotWrite, path, errno);
    if (exists && S_ISDIR(old.st_mode))
        return ioFailure(cannotWrite, path, "it is a folder, expected the name of a file");
    if (exists && !S_ISREG(old.st_mode))
        return writeToDevice(path, content);
    // Renaming only needs rights on the folder; a write-protected file must not be replaced through
    // that door.
    if (exists && ((old.st_mode & 0222) == 0 || ::access(path.c_str(), W_OK) != 0))
        return ioFailure(cannotWrite, path, "the file is write-protected");
    if (!path.has_filename())
        return ioFailure(cannotWrite, path, "the name of the file is missing",
                         ErrorCode::InvalidArgument);
    auto target = linkTarget(path);
    if (!target)
        return tl::unexpected(target.error());
    return replaceFile(*target, exists ? &old : nullptr, content);
}

namespace {

std::mutex chosenFolderMutex;
std::filesystem::path chosenFolder; // empty = the usual one

} // namespace

void setUserDataFolder(const std::filesystem::path& folder)
{
    const std::lock_guard lock(chosenFolderMutex);
    chosenFolder = folder;
}

std::filesystem::path userDataFolder()
{
    const std::lock_guard lock(chosenFolderMutex);
    return chosenFolder.empty() ? usualDataFolder() : chosenFolder;
}

std::filesystem::path usualDataFolder()
{
    const std::filesystem::path name = "llmd-planner";
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return data / name;
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".local" / "share" / name;
    return {};
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "archivereader.h"

#include <core/base/text.h>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <optional>

namespace llmd {

namespace fs = std::filesystem;

namespace {

struct FreeArchive
{
    void operator()(struct archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<struct archive, FreeArchive>;

Reader makeReader()
{
    Reader reader(archive_read_new());
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_raw(
        reader.get()); // one compressed file without an archive around it
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
    return reader;
}

/** The path with single slashes and without "."; nothing if it is absolute or leaves the archive. */
std::optional<std::string> safePath(std::string path, std::size_t maxParts)
{
    std::replace(path.begin(), path.end(), '\\', '/');
    const bool hasDrive = path.size() > 1 && path[1] == ':';
    if (path.empty() || path.front() == '/' || hasDrive || path.find('\0') != std::string::npos)
        return std::nullopt;
    std::vector<std::string> parts;
    for (const auto part : split(path, '/')) {
        if (part == "..")
            return std::nullopt;
        if (!part.empty() && part != ".")
            parts.emplace_back(part);
    }
    if (parts.empty() || parts.size() > maxParts)
        return std::nullopt;
    return join(parts, "/");
}

/** Reads one archive and keeps account of its limits. */
class ArchiveWalk
{
public:
    ArchiveWalk(const fs::path& path, ArchiveLimits limits, std::vector<ArchiveRefusal>& refusals)
        : m_path(path)
        , m_limits(limits)
        , m_refusals(refusals)
        , m_reader(makeReader())
    { }

    Result<> run(const std::function<bool(ArchiveEntry)>& visit)
    {
        constexpr std::size_t blockSize = 64 << 10;
        if (archive_read_open_filename(m_reader.get(), m_path.c_str(), blockSize) != ARCHIVE_OK)
            return damaged();
        for (std::size_t count = 0;; ++count) {
            struct archive_entry* entry = nullptr;
            const int code = archive_read_next_header(m_reader.get(), &entry);
            if (code == ARCHIVE_EOF)
                return {};
            if (code < ARCHIVE_WARN)
                return damaged();
            if (count >= m_limits.entries)
                return overLimit(fmt::format("it holds more than {} files", m_limits.entries));
            const auto path = acceptedPath(entry);
            if (!path)
                continue;
            ArchiveEntry file { *path, {} };
            const auto whole = readContent(file);
            if (!whole)
                return tl::unexpected(whole.error());
            if (*whole && !visit(std::move(file)))
                return {};
        }
    }

private:
    /** Nothing for folders, and for what is left out. */
    std::optional<std::string> acceptedPath(struct archive_entry* entry)
    {
        const char* utf8 = archive_entry_pathname_utf8(entry);
        const char* name = utf8 ? utf8 : archive_entry_pathname(entry);
        std::string path = name ? name : "";
        const auto type = archive_entry_filetype(entry);
        if (type == AE_IFDIR)
            return std::nullopt;
        const auto refuse = [&](std::string why) {
            m_refusals.push_back({ path, std::move(why) });
            return std::nullopt;
        };
        if (archive_format(m_reader.get()) == ARCHIVE_FORMAT_RAW)
            return m_path.stem().string(); // "report.json" of "report.json.gz"
        if (archive_entry_hardlink(entry) || archive_entry_symlink(entry)
            || (type != AE_IFREG && type != 0))
            return refuse("it is a link or a device, not a file");
        if (archive_entry_is_encrypted(entry))
            return refuse("it is encrypted");
        auto safe = safePath(path, m_limits.pathParts);
        if (!safe)
            return refuse("its path is absolute, leaves the archive or is too deep");
        if (archive_entry_size_is_set(entry)
            && static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)))
                > m_limits.entryBytes)
            return refuse("it is larger than "
                          + printSize(Bytes(static_cast<double>(m_limits.entryBytes))));
        return safe;
    }

    /** False if the file turned out to be too large and was left out. */
    Result<bool> readContent(ArchiveEntry& file)
    {
        std::array<char, 64 << 10> buffer;
        while (true) {
            const auto count = archive_read_data(m_reader.get(), buffer.data(), buffer.size());
            if (count < 0)
                return tl::unexpected(damaged().error());
            if (count == 0)
                return true;
            m_unpacked += static_cast<std::uint64_t>(count);
            if (const auto within = checkTotals(); !within)
                return tl::unexpected(within.error());
            if (file.content.size() + static_cast<std::size_t>(count) > m_limits.entryBytes) {
                m_refusals.push_back(
                    { file.path,
                      "it is larger than "
                          + printSize(Bytes(static_cast<double>(m_limits.entryBytes))) });
                return false; // the size in its header was not true
            }
            file.content.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

    Result<> checkTotals()
    {
        constexpr std::uint64_t harmless = 64u << 20;
        if (m_unpacked > m_limits.totalBytes)
            return overLimit("it unpacks to more than "
                             + printSize(Bytes(static_cast<double>(m_limits.totalBytes))));
        const auto packed = static_cast<std::uint64_t>(
            std::max<la_int64_t>(1, archive_filter_bytes(m_reader.get(), -1)));
        if (m_unpacked > harmless && m_unpacked / packed > m_limits.ratio)
            return overLimit(fmt::format(
                "it unpacks to more than {} times its size, as a bomb does", m_limits.ratio));
        return {};
    }

    Result<> overLimit(const std::string& why) const
    {
        return failure(ErrorCode::LimitExceeded,
                       "the archive '" + m_path.string() + "' was not read to its end: " + why,
                       Location { m_path.string(), 0, 0 });
    }

    Result<> damaged() const
    {
        const char* text = archive_error_string(m_reader.get());
        return failure(ErrorCode::Syntax,
                       "the archive '" + m_path.string()
                           + "' cannot be read: " + (text ? text : "unknown format"),
                       Location { m_path.string(), 0, 0 });
    }

    fs::path m_path;
    ArchiveLimits m_limits;
    std::vector<ArchiveRefusal>& m_refusals;
    Reader m_reader;
    std::uint64_t m_unpacked = 0;
};

} // namespace

bool isArchive(const fs::path& path)
{
    std::array<char, 512> start {};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    const std::string_view head(start.data(), static_cast<std::size_t>(file.gcount()));
    for (const std::string_view magic :
         { std::string_view("PK\x03\x04"), std::string_view("PK\x05\x06"),
           std::string_view("\x1f\x8b"), std::string_view("BZh"),
           std::string_view("\xFD"
                            "7zXZ"),
           std::string_view("\x28\xB5\x2F\xFD") }) {
        if (head.starts_with(magic))
            return true;
    }
    constexpr std::size_t tarMagicAt = 257;
    return head.size() == start.size() && head.substr(tarMagicAt, 5) == "ustar";
}

Result<> readArchive(const fs::path& path, const std::function<bool(ArchiveEntry)>& visit,
                     std::vector<ArchiveRefusal>& refusals, ArchiveLimits limits)
{
    return ArchiveWalk(path, limits, refusals).run(visit);
}

} // namespace llmd

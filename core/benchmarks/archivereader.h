// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace llmd {

struct ArchiveLimits
{
    std::size_t entries = 100'000;
    std::uint64_t entryBytes = 64u << 20; ///< of one file, unpacked; larger ones are left out
    std::uint64_t totalBytes = 4ull << 30; ///< of all files, unpacked
    /** Unpacked to packed size beyond the first 64 MiB; JSON of real runs stays below 50. */
    std::uint64_t ratio = 200;
    std::size_t pathParts = 32;
};

struct ArchiveEntry
{
    std::string path; ///< relative, with `/`, without `.` and `..`
    std::string content;
};

/** What `readArchive` left out and why, for people. */
struct ArchiveRefusal
{
    std::string path;
    std::string why;
};

/** True for zip, tar and files compressed with gzip, bzip2, xz or zstd, by their first bytes. */
[[nodiscard]] bool isArchive(const std::filesystem::path& path);

/**
 * Unpacks an archive in memory, one file after another; nothing is written to disk. Files whose path is absolute or
 * leaves the archive, links and devices, encrypted and too large files are left out and told in `refusals`. Archives
 * inside are handed over as they are. Fails on damage and on anything over the limits; what was visited before stays
 * visited. Stops when `visit` returns false.
 */
[[nodiscard]] Result<> readArchive(const std::filesystem::path& path,
                                   const std::function<bool(ArchiveEntry)>& visit,
                                   std::vector<ArchiveRefusal>& refusals,
                                   ArchiveLimits limits = {});

} // namespace llmd

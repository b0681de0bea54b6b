// SPDX-License-Identifier: Apache-2.0
#include "manifestpaths.h"
#include "manifests.h"

#include <core/base/file.h>
#include <core/base/text.h>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <set>

namespace llmd {

namespace {

struct FreeWriter
{
    void operator()(struct archive* writer) const { archive_write_free(writer); }
};
using Writer = std::unique_ptr<struct archive, FreeWriter>;

struct FreeEntry
{
    void operator()(struct archive_entry* entry) const { archive_entry_free(entry); }
};

tl::unexpected<Error> archiveFailure(struct archive* writer)
{
    const auto* text = archive_error_string(writer);
    return failure(ErrorCode::Io,
                   fmt::format("the archive cannot be made: {}", text ? text : "unknown error"));
}

la_ssize_t append(struct archive* writer, void* data, const void* buffer, size_t length)
{
    (void)writer;
    static_cast<std::string*>(data)->append(static_cast<const char*>(buffer), length);
    return static_cast<la_ssize_t>(length);
}

Result<> open(struct archive* writer, ArchiveFormat format, std::string& bytes)
{
    int code = ARCHIVE_OK;
    if (format == ArchiveFormat::Zip) {
        code = archive_write_set_format_zip(writer);
    } else {
        code = archive_write_set_format_ustar(writer);
        if (code == ARCHIVE_OK)
            code = archive_write_add_filter_gzip(writer);
        // The time of writing would make equal exports differ.
        if (code == ARCHIVE_OK)
            code = archive_write_set_filter_option(writer, "gzip", "timestamp", nullptr);
    }
    if (code == ARCHIVE_OK)
        code = archive_write_open(writer, &bytes, nullptr, append, nullptr);
    if (code != ARCHIVE_OK)
        return archiveFailure(writer);
    return {};
}

Result<> addEntry(struct archive* writer, const std::string& path, const std::string& content)
{
    constexpr std::int64_t firstZipDay = 315532800; // 1980-01-01: zip knows no earlier one
    const std::unique_ptr<struct archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), path.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), path.ends_with(".sh") ? 0755 : 0644);
    archive_entry_set_mtime(entry.get(), firstZipDay, 0);
    if (archive_write_header(writer, entry.get()) != ARCHIVE_OK)
        return archiveFailure(writer);
    if (archive_write_data(writer, content.data(), content.size())
        != static_cast<la_ssize_t>(content.size()))
        return archiveFailure(writer);
    return {};
}

} // namespace

std::optional<ArchiveFormat> archiveFormat(const std::filesystem::path& path)
{
    const auto name = toLower(path.filename().string());
    if (name.ends_with(".tar.gz") || name.ends_with(".tgz"))
        return ArchiveFormat::TarGzip;
    if (name.ends_with(".zip"))
        return ArchiveFormat::Zip;
    return std::nullopt;
}

Result<> archiveManifests(const std::vector<ManifestFile>& files, const std::string& root,
                          ArchiveFormat format, const std::filesystem::path& path)
{
    if (auto checked = checkManifestPaths(files); !checked)
        return checked;
    std::string bytes; // the writer flushes into it until it is freed
    {
        const Writer writer(archive_write_new());
        if (auto opened = open(writer.get(), format, bytes); !opened)
            return opened;
        for (const auto& file : files) {
            const auto name = root.empty() ? file.path : root + "/" + file.path;
            if (auto added = addEntry(writer.get(), name, file.content); !added)
                return added;
        }
        if (archive_write_close(writer.get()) != ARCHIVE_OK)
            return archiveFailure(writer.get());
    }
    return writeFileAtomically(path, bytes);
}

} // namespace llmd

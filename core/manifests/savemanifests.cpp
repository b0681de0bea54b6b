// SPDX-License-Identifier: Apache-2.0
#include "manifestpaths.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace llmd {

namespace {

tl::unexpected<Error> ioFailure(const fs::path& path, std::string_view what,
                                const std::error_code& error)
{
    return failure(ErrorCode::Io, fmt::format("{} {}: {}", path.string(), what, error.message()),
                   Location { path.string() });
}

Result<> checkPath(const std::string& path)
{
    const auto refuse = [&](std::string_view why) {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("'{}' is not a path inside the export folder: {}",
                                   oneLine(path, 120), why));
    };
    if (path.empty() || !isValidUtf8(path) || path.find('\0') != std::string::npos)
        return refuse("it is empty or not UTF-8 text");
    if (path.front() == '/' || path.find('\\') != std::string::npos
        || path.find(':') != std::string::npos)
        return refuse("it must be relative, with / between folders");
    for (const auto part : split(path, '/')) {
        if (part.empty() || part == "." || part == "..")
            return refuse("empty parts, '.' and '..' are not allowed");
        if (part.size() > 200)
            return refuse("a part is longer than 200 bytes");
    }
    return {};
}

/** Refuses links and files where a folder of the export has to be; what does not exist yet is fine.
 */
Result<> checkTarget(const fs::path& folder, const std::string& path)
{
    fs::path current = folder;
    const auto parts = split(path, '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        current /= fs::path(std::string(parts[i]));
        std::error_code error;
        const auto status = fs::symlink_status(current, error);
        if (status.type() == fs::file_type::not_found)
            return {};
        if (error)
            return ioFailure(current, "cannot be examined", error);
        const bool last = i + 1 == parts.size();
        if (status.type() == fs::file_type::symlink)
            return failure(
                ErrorCode::InvalidArgument,
                fmt::format(
                    "{} is a symbolic link; exports are not written through links. Remove it or "
                    "choose another folder",
                    current.string()));
        const auto expected = last ? fs::file_type::regular : fs::file_type::directory;
        if (status.type() != expected)
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("{} is in the way: expected {}", current.string(),
                                       last ? "a file that may be replaced" : "a folder"));
    }
    return {};
}

Result<> makeFolder(const fs::path& folder)
{
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status))
        return failure(
            ErrorCode::InvalidArgument,
            fmt::format("{} is a file; expected a folder to export into", folder.string()));
    error.clear();
    fs::create_directories(folder, error);
    if (error)
        return ioFailure(folder, "cannot be created", error);
    return {};
}

/** Paths that an earlier export into this folder lists as its own; none if there is no readable list. */
std::vector<std::string> listedFiles(const fs::path& folder)
{
    constexpr std::uintmax_t listLimit = 4u << 20;
    const auto content = readFile(folder / plannerFileName, listLimit);
    const auto json = content ? nlohmann::json::parse(*content, nullptr, false) : nlohmann::json();
    if (!json.is_object() || json.value("kind", nlohmann::json()) != plannerFileKind)
        return {};
    std::vector<std::string> paths;
    for (const auto& path : json.value("files", nlohmann::json::array())) {
        if (path.is_string())
            paths.push_back(path.get<std::string>());
    }
    return paths;
}

/** Removes what an earlier export wrote and this one does not: `kubectl apply -f` would still apply it. */
void removeStale(const fs::path& folder, const std::vector<std::string>& listed,
                 const std::set<std::string>& current)
{
    for (const auto& path : listed) {
        if (current.contains(path) || !checkPath(path) || !checkTarget(folder, path))
            continue;
        std::error_code ignored;
        fs::remove(folder / path, ignored);
        const auto parent = (folder / path).parent_path();
        if (parent != folder && fs::is_empty(parent, ignored))
            fs::remove(parent, ignored);
    }
}

} // namespace

Result<> checkManifestPaths(const std::vector<ManifestFile>& files)
{
    std::set<std::string> seen;
    for (const auto& file : files) {
        if (auto checked = checkPath(file.path); !checked)
            return checked;
        if (!seen.insert(file.path).second)
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("'{}' is written twice", file.path));
    }
    return {};
}

Result<> saveManifests(const std::vector<ManifestFile>& files, const fs::path& folder)
{
    if (folder.empty())
        return failure(ErrorCode::InvalidArgument, "no export folder was given");
    if (auto checked = checkManifestPaths(files); !checked)
        return checked;
    std::set<std::string> seen;
    for (const auto& file : files) {
        seen.insert(file.path);
        if (auto checked = checkTarget(folder, file.path); !checked)
            return checked;
    }
    if (auto made = makeFolder(folder); !made)
        return made;
    const auto listed = listedFiles(folder);
    for (const auto& file : files) {
        const auto path = folder / fs::path(file.path);
        if (auto made = makeFolder(path.parent_path()); !made)
            return made;
        if (auto written = writeFileAtomically(path, file.content); !written)
            return written;
    }
    removeStale(folder, listed, seen);
    return {};
}

} // namespace llmd

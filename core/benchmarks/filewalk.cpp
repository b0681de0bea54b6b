// SPDX-License-Identifier: Apache-2.0
#include "filewalk.h"

#include "archivereader.h"
#include "reporttext.h"
#include "store.h"

#include <core/base/file.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace llmd {

namespace fs = std::filesystem;

namespace {

constexpr int deepestFolder = 32;
constexpr std::size_t mostFiles = 1'000'000;

Issue issueOf(Error error, const std::string& name)
{
    return { Severity::Error,
             error.code,
             std::move(error.detail),
             {},
             error.where ? error.where : std::optional(Location { name, 0, 0 }) };
}

std::string folderOf(const std::string& name)
{
    return fs::path(name).parent_path().string();
}

/** The beginning of a file, or all of it. */
Result<std::string> readStart(const fs::path& path, std::uintmax_t limit)
{
    if (limit >= reportTextLimit)
        return readFile(path, limit);
    std::ifstream file(path, std::ios::binary);
    std::string content(static_cast<std::size_t>(limit), '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return content;
}

} // namespace

FileWalk FileWalk::below(const std::vector<fs::path>& paths)
{
    FileWalk walk;
    for (const auto& path : paths) {
        std::error_code ignored;
        if (fs::is_directory(path, ignored))
            walk.list(path, 0);
        else
            walk.m_files.push_back({ path, true });
    }
    return walk;
}

void FileWalk::list(const fs::path& folder, int depth)
{
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator();
         it.increment(error))
        entries.push_back(*it);
    if (error && entries.empty())
        m_files.push_back({ folder, true }); // reading it says why nothing of it is there
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
        if (m_files.size() >= mostFiles)
            return;
        std::error_code ignored;
        const bool hidden = entry.path().filename().string().starts_with('.');
        if (entry.is_directory(ignored)) {
            if (!entry.is_symlink(ignored) && !hidden && depth < deepestFolder)
                list(entry.path(), depth + 1);
        } else if (entry.is_regular_file(ignored) && !hidden) {
            m_files.push_back({ entry.path(), false });
        }
    }
}

bool FileWalk::visitArchive(const Entry& entry, const std::function<bool(WalkedFile)>& visit)
{
    std::vector<ArchiveRefusal> refusals;
    bool goOn = true;
    const auto base = entry.path.string();
    const auto read = readArchive(
        entry.path,
        [&](ArchiveEntry file) {
            const auto name = base + "/" + file.path;
            goOn = visit({ name, folderOf(name), std::move(file.content), false, {} });
            return goOn;
        },
        refusals);
    if (!goOn)
        return false;
    WalkedFile rest { base, folderOf(base), {}, entry.named, {} };
    for (const auto& refusal : refusals) {
        rest.issues.push_back({ Severity::Warning,
                                ErrorCode::Unsupported,
                                "'" + refusal.path + "' was left out: " + refusal.why,
                                {},
                                Location { base, 0, 0 } });
    }
    if (!read)
        rest.issues.push_back(issueOf(read.error(), base));
    return rest.issues.empty() || visit(std::move(rest));
}

void FileWalk::visit(const std::function<bool(WalkedFile)>& visit, std::uintmax_t limit,
                     const RunContext& context) const
{
    for (const auto& entry : m_files) {
        if (context.cancelled())
            return;
        if (isArchive(entry.path)) {
            const auto checked = [&](WalkedFile file) {
                return !context.cancelled() && visit(std::move(file));
            };
            if (!visitArchive(entry, checked))
                return;
            continue;
        }
        const auto name = entry.path.string();
        WalkedFile file { name, folderOf(name), {}, entry.named, {} };
        if (auto content = readStart(entry.path, limit); content)
            file.content = std::move(*content);
        else
            file.issues.push_back(issueOf(content.error(), name));
        if (!visit(std::move(file)))
            return;
    }
}

} // namespace llmd

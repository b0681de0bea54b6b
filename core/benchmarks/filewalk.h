// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/base/runcontext.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace llmd {

/** A file to be imported: on disk, or inside an archive. */
struct WalkedFile
{
    std::string name; ///< path as given; inside an archive "runs.zip/a/report.json"
    std::string folder; ///< of the name
    std::string content;
    bool named = false; ///< the user gave exactly this file, so it is meant to be a report
    std::vector<Issue> issues; ///< why it has no content
};

/** The files below the given paths, in the order of the paths and sorted by name within a folder. */
class FileWalk
{
public:
    /** Lists folders; links to folders and hidden folders are not entered. */
    [[nodiscard]] static FileWalk below(const std::vector<std::filesystem::path>& paths);

    /** Files on disk; an archive is one. */
    [[nodiscard]] std::size_t size() const { return m_files.size(); }
    /**
     * Reads one file after another, with those in archives one by one, until `visit` returns false or the run is
     * cancelled; of files on disk at most `limit` bytes (a whole report if it is the largest allowed). What cannot be
     * read is visited with its issue and no content.
     */
    void visit(const std::function<bool(WalkedFile)>& visit, std::uintmax_t limit,
               const RunContext& context) const;

private:
    struct Entry
    {
        std::filesystem::path path;
        bool named = false;
    };
    void list(const std::filesystem::path& folder, int depth);
    [[nodiscard]] static bool visitArchive(const Entry& entry,
                                           const std::function<bool(WalkedFile)>& visit);

    std::vector<Entry> m_files;
};

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"
#include "store.h"

#include <core/base/runcontext.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace llmd {

/** What became of one file. */
struct ImportedFile
{
    enum class Outcome {
        Added,
        AlreadyThere,
        Restored, ///< its records had been removed
        LeftOut, ///< on purpose: the summary of a run whose stages are there, a file that is no report in a folder
        Failed,
    };
    std::string name; ///< path as given, with the path inside an archive behind it
    Outcome outcome = Outcome::Failed;
    std::string format;
    std::size_t records = 0;
    std::vector<std::int64_t> recordIds; ///< in the store
    const BenchmarkDocument* document = nullptr; ///< what was read; only while `onFile` runs
    std::vector<Issue> issues;
};
[[nodiscard]] std::string_view toString(ImportedFile::Outcome outcome);

struct ImportSummary
{
    std::size_t files = 0;
    std::size_t added = 0;
    std::size_t alreadyThere = 0;
    std::size_t leftOut = 0;
    std::size_t failed = 0;
    std::size_t records = 0; ///< added
    bool cancelled = false;
};

struct ImportOptions
{
    ManualFields byHand; ///< for what the reports do not say
    /** Called for each file in order, on the calling thread. */
    std::function<void(const ImportedFile&)> onFile;
};

/**
 * Imports files, folders (with all below; links to folders are not followed) and archives. Files of a folder are
 * completed from the configuration and the run metadata beside them. Parses on several threads and stores each
 * file in one transaction, in the order of the paths, so that a run that is cancelled or killed leaves whole files
 * only. Fails only if the store does; a file that cannot be read is one of the summary.
 */
[[nodiscard]] Result<ImportSummary> importFiles(const std::vector<std::filesystem::path>& paths,
                                                BenchmarkStore& store, const ImportOptions& options,
                                                RunContext& context);

/** Reads without storing; the preview of an import. Files that are no reports are left out of folders and archives. */
[[nodiscard]] Result<ImportSummary> previewFiles(const std::vector<std::filesystem::path>& paths,
                                                 const ImportOptions& options, RunContext& context);

} // namespace llmd

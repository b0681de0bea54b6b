// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/workload/workload.h>

#include <string>

namespace llmd::cli {

/** The options that say what arrives: a requirements file, or lengths and a load. */
struct WorkloadOptions
{
    std::string file;
    std::string inputTokens;
    std::string outputTokens;
    std::string rate;
    double concurrency = 0;
    double variation = 0;
    std::string sharedPrefix;
    int prefixGroups = 1;
    int uniquePrompts = 0;

    void addTo(CLI::App& command);
    /** What is given beside a file replaces the file's. Fails if lengths are missing. */
    [[nodiscard]] Result<Workload> readLengths(const Session& session,
                                               const Catalog& catalog) const;
    /** The same with the load, which must be given one way or the other. */
    [[nodiscard]] Result<Workload> read(const Session& session, const Catalog& catalog) const;
    [[nodiscard]] bool hasLoad() const { return concurrency > 0 || !rate.empty() || !file.empty(); }
};

} // namespace llmd::cli

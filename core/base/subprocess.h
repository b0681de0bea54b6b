// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"
#include "units.h"

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What to run, without a shell, and within which bounds. */
struct SubprocessSpec
{
    std::filesystem::path program; ///< absolute, see `findProgram`
    std::vector<std::string> arguments; ///< without the program's own name
    std::vector<std::string> environment; ///< "NAME=value"; nothing else is passed on
    std::filesystem::path workingFolder; ///< empty = that of the caller
    Seconds timeLimit = Seconds(60);
    std::size_t outputLimit = 16u << 20; ///< bytes of standard output; more ends the program
};

/** How a program ended and what it wrote. */
struct SubprocessResult
{
    enum class End {
        Exited, ///< by itself; `status` is its exit status
        Signalled, ///< by signal `status`, which we did not send
        TimedOut, ///< ended by us after the time limit
        TooMuchOutput, ///< ended by us at the output limit; `output` is the part up to it
        Cancelled, ///< ended by us because the caller was asked to stop
    };
    End end = End::Exited;
    int status = 0;
    std::string output; ///< standard output
    std::string errorTail; ///< the last 16 KiB of standard error
};

/**
 * The program that `name` stands for: a path with a slash is taken relative to `folder`, a bare name is looked for in
 * the folders of PATH. `NotFound` says where was looked, `InvalidArgument` that the file is not executable.
 */
[[nodiscard]] Result<std::filesystem::path> findProgram(const std::string& name,
                                                        const std::filesystem::path& folder);

/**
 * Runs a program, feeds it `input` and collects what it writes; blocks until it has ended. A program that does not
 * read its input is no failure. It runs in a process group of its own, which is ended as a whole: asked to (SIGTERM)
 * and, half a second later, made to (SIGKILL); what it left running when it ended by itself is killed too. It gets no
 * file descriptors but the three standard ones and default signal handling. Safe from several threads at once; leaves
 * no zombie and does not touch the signal handling of the caller. Fails only if the program cannot be started: `NotFound`,
 * `InvalidArgument` (cannot be executed) or `Io`.
 */
[[nodiscard]] Result<SubprocessResult>
runSubprocess(const SubprocessSpec& spec, std::string_view input, std::stop_token stop = {});

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"
#include "units.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace llmd {

/**
 * Waits for changes of one file's content. Looks at it in short intervals instead of asking the kernel for events, because
 * those do not come from network file systems and get lost when an editor replaces the file. One thread at a time.
 */
class FileWatcher
{
public:
    struct Settings
    {
        std::chrono::milliseconds interval { 200 };
        std::chrono::milliseconds settle {
            500
        }; ///< without a further change before one is reported
        std::uintmax_t limit = 4u << 20; ///< bytes
    };

    explicit FileWatcher(std::filesystem::path path)
        : FileWatcher(std::move(path), Settings {})
    { }
    FileWatcher(std::filesystem::path path, Settings settings)
        : m_path(std::move(path))
        , m_settings(settings)
    { }

    /**
     * The content when it differs from that of the last call, at once the first time. A file that is gone or cannot be read is
     * waited for; what was written and taken back meanwhile is no change. Nothing once `stop` is requested.
     */
    [[nodiscard]] std::optional<std::string> next(const std::stop_token& stop);

private:
    std::filesystem::path m_path;
    Settings m_settings;
    std::optional<std::string> m_last;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/error.h>
#include <core/base/issue.h>

#include <QString>

namespace llmd {

/** What kind of failure it is, as a short translated headline: "The file cannot be read or written". */
[[nodiscard]] QString errorHeadline(ErrorCode code);
/** Headline, place and detail as plain text for a banner. */
[[nodiscard]] QString errorText(const Error& error);
/** "requirements.yaml, line 12, column 4", empty if nothing is known. */
[[nodiscard]] QString locationText(const Location& location);
[[nodiscard]] QString severityText(Severity severity);

} // namespace llmd

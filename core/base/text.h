// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"
#include "units.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/**
 * Parsing and printing of what people write: "200ms", "80GB" (decimal) and "80GiB" (binary), "400Gbps" (bits),
 * "900GBs" or "900GB/s" (bytes), "5k", "12.5/s", "$2.50". The C locale always. Every parser refuses an empty text,
 * NaN, infinities, a missing or unknown unit and trailing text, and says which units it knows.
 */
namespace llmd {

/** "250us", "200ms", "1.5s", "2m" (minutes), "1h", "3d". Negative durations are refused. */
[[nodiscard]] Result<Seconds> parseDuration(std::string_view text);
/** "80GB" = 80e9, "80GiB" = 80 x 2^30, also B, kB/KB, KiB, MB, MiB, TB, TiB, and Kubernetes' Gi, Mi, Ki, Ti. */
[[nodiscard]] Result<Bytes> parseSize(std::string_view text);
/** "400Gbps", "400Gb/s" (bits) and "900GBs", "900GB/s", "900GBps" (bytes). The case of b and B decides. */
[[nodiscard]] Result<BytesPerSecond> parseBandwidth(std::string_view text);
/** "12.5/s", "12.5rps", "12.5 req/s", "300/min", "1M/day", "40k/h"; a bare number is per second. */
[[nodiscard]] Result<RequestsPerSecond> parseRate(std::string_view text);
/** "$2.50", "2.5", "1.2k", "$40,000"; US dollars. */
[[nodiscard]] Result<Dollars> parseMoney(std::string_view text);
/** "5k" = 5000, "2,500", "1.2M", "0.5"; k and K are both 1000 here. */
[[nodiscard]] Result<double> parseCount(std::string_view text);
/** A plain finite decimal number of the C locale, the whole text. */
[[nodiscard]] Result<double> parseNumber(std::string_view text);
[[nodiscard]] Result<long long> parseInteger(std::string_view text);
/** "95%" or "0.95" to 0.95; outside 0..1 is refused. */
[[nodiscard]] Result<double> parseFraction(std::string_view text);

/**
 * Texts that the parser of the same kind reads back to the very same value: the shortest among the units in which the
 * value is at least 1, the larger unit if two are equally short ("200ms", "90s", "90m", "1d", "80GB", "1.5GiB").
 */
[[nodiscard]] std::string printDuration(Seconds value);
[[nodiscard]] std::string printSize(Bytes value);
[[nodiscard]] std::string printBandwidth(BytesPerSecond value); ///< in bytes per second
[[nodiscard]] std::string printRate(RequestsPerSecond value);   ///< "12.5/s"
/** Shortest decimal text that reads back to the same double; plain from 1e-7 to 1e16, "1.5e+20" beyond; "nan", "inf". */
[[nodiscard]] std::string printNumber(double value);
/** For people: `digits` significant digits, no exponent below 1e15, trailing zeros dropped. */
[[nodiscard]] std::string printRounded(double value, int digits = 3);

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string toLower(std::string_view text); ///< ASCII only
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/**
 * Text from outside as one line that is safe to show: control characters, line breaks and what reorders or hides text
 * (bidirectional marks, zero-width characters) become single spaces, bytes that are no UTF-8 become "?". Longer texts are cut
 * after `limit` bytes, at a character, and end in "...". Markup stays as it is: show it as plain text.
 */
[[nodiscard]] std::string printableLine(std::string_view text, std::size_t limit = 300);
/**
 * The known word nearest to `word` by edit distance, if it is near enough to be a typing error; else the shortest one
 * that contains it.
 */
[[nodiscard]] std::optional<std::string> nearestWord(std::string_view word,
                                                     const std::vector<std::string>& known);

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace llmd {

/** Longest name that a plan may have; writers append suffixes such as "-epp". */
constexpr std::size_t maxPlanNameLength = 40;
/** Longest DNS label and longest label value that Kubernetes accepts. */
constexpr std::size_t maxLabelLength = 63;

/**
 * A name for Kubernetes objects made from any text, usually a model id: the part after the last
 * slash in lower case, everything else than letters and digits as single dashes, starting with a
 * letter (Services demand it). A text that had to be cut, or that has no usable character, gets a
 * hash of the whole text so that two models stay apart.
 */
[[nodiscard]] std::string kubernetesName(std::string_view text,
                                         std::size_t maxLength = maxPlanNameLength);

/** A legal label value from any text: other characters become dashes, a cut text ends in a hash.
 * Never empty. */
[[nodiscard]] std::string labelValue(std::string_view text);

/** RFC 1035 label: lower-case letters, digits and dashes, starting with a letter; at most 63
 * characters. */
[[nodiscard]] bool isServiceName(std::string_view text);
/** RFC 1123 label: as above, and may start with a digit. Namespaces and most names. */
[[nodiscard]] bool isDnsLabel(std::string_view text);
/** RFC 1123 subdomain: labels joined by dots, at most 253 characters. */
[[nodiscard]] bool isDnsSubdomain(std::string_view text);
/** Empty, or at most 63 of letters, digits, `-`, `_`, `.`, with a letter or digit at both ends. */
[[nodiscard]] bool isLabelValue(std::string_view text);
/** "prefix/name" or "name": key of a label or annotation. */
[[nodiscard]] bool isLabelKey(std::string_view text);

/** 64-bit FNV-1a in hexadecimal; for names and change markers, not for security. */
[[nodiscard]] std::string contentHash(std::string_view text);

/**
 * The text on one line: line breaks of any YAML version and control characters become spaces,
 * invalid UTF-8 question marks, and what is longer than `maxBytes` is cut at a character.
 */
[[nodiscard]] std::string oneLine(std::string_view text, std::size_t maxBytes = 400);

} // namespace llmd

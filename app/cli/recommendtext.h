// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/ranking/comparison.h>
#include <core/search/search.h>
#include <core/workload/requirements.h>

#include <string>
#include <vector>

namespace llmd::cli {

/** What was found, in the order that was asked for. */
struct Found
{
    const SearchReport& report;
    const RankedOptions& options;
    View view;

    [[nodiscard]] const std::vector<std::size_t>& order() const { return options.ranking.of(view); }
};

// Parts of what `recommend` prints for people.
[[nodiscard]] std::string
statedText(const std::vector<Derivation>& derivations); ///< of a text in plain words
[[nodiscard]] std::string needText(const SearchReport& report);
[[nodiscard]] std::string rankedTable(const Found& found, std::size_t top);
[[nodiscard]] std::string
intervalText(const Found& found); ///< of the first option, with its caveats
[[nodiscard]] std::string nothingText(const SearchReport& report); ///< why, and the ways out
[[nodiscard]] std::string refusalText(const SearchReport& report);

} // namespace llmd::cli

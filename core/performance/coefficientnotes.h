// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What a coefficient file says about one of its values: the figure as written there, and where it is from. */
struct CoefficientNote
{
    std::string id; ///< "weight_bandwidth"; "Ampere" for the factors of a GPU generation
    double value = 0; ///< in `unit`
    std::string unit; ///< "1", "us", "ms", "tokens" …
    std::string origin; ///< "fit", "published", "assumed"
    std::string reading; ///< what it stands for, one phrase

    bool operator==(const CoefficientNote&) const = default;
};

/** The notes of one coefficient file, for showing beside figures; the values that engines use are `Coefficients`. */
struct CoefficientNotes
{
    std::string version;
    std::string data; ///< what was fitted to
    std::vector<CoefficientNote> values;

    /** nullptr if the file has no such entry. */
    [[nodiscard]] const CoefficientNote* find(std::string_view id) const;
};

/** Reads the notes beside the values that `readCoefficients` reads. Every entry needs value, unit, origin and reading. */
[[nodiscard]] Result<CoefficientNotes> readCoefficientNotes(std::string_view yaml,
                                                            const std::string& fileName);
/** Those of the file that is compiled in. A test reads it, so that it cannot fail at run time. */
[[nodiscard]] const CoefficientNotes& standardCoefficientNotes();

} // namespace llmd

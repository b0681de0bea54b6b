// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/error.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** Sets one field of a spec; an empty value removes it. */
struct SpecEdit
{
    std::string field; ///< "spec.serving.latency.ttftP99"
    std::string value; ///< as it is written in the file

    bool operator==(const SpecEdit&) const = default;
};

/** What was computed, against the limit that it was compared with. */
struct SpecFigure
{
    double value = 0;
    double limit = 0;
    std::string unit; ///< "ms", "GiB", "GPUs", "tokens/s" …

    bool operator==(const SpecFigure&) const = default;
};

/** One result of a check of a spec. */
struct SpecFinding
{
    enum class Level { Ok, Warning, Error };
    enum class Kind {
        Form, ///< of the text or of one value: a validation error
        Reference, ///< names something that is not known: a validation error
        Constraint, ///< what is asked for cannot be met
    };

    Level level = Level::Error;
    Kind kind = Kind::Form;
    std::string field; ///< path; empty for the document as a whole
    std::string text; ///< what was found and why that is good or bad; English
    std::string suggestion; ///< what to do, empty if nothing has to be done
    std::vector<SpecEdit> edits; ///< the same for programs: one value per field; may be empty
    std::optional<SpecFigure> figure;
    std::optional<Location> where;

    bool operator==(const SpecFinding&) const = default;
};

[[nodiscard]] inline bool hasErrors(const std::vector<SpecFinding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const SpecFinding& finding) {
        return finding.level == SpecFinding::Level::Error;
    });
}

/** Errors that are not about a constraint: the text is wrong or names what does not exist. */
[[nodiscard]] inline bool hasValidationErrors(const std::vector<SpecFinding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const SpecFinding& finding) {
        return finding.level == SpecFinding::Level::Error
            && finding.kind != SpecFinding::Kind::Constraint;
    });
}

} // namespace llmd

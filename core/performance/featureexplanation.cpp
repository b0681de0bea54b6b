// SPDX-License-Identifier: Apache-2.0
#include "featureexplanation.h"

#include <core/base/text.h>
#include <core/candidate/draft.h>
#include <core/candidate/featurefigures.h>

#include <fmt/format.h>

namespace llmd {

namespace {

CoefficientNote note(std::string_view id, double value, std::string_view unit, std::string reading)
{
    CoefficientNote result;
    result.id = id;
    result.value = value;
    result.unit = unit;
    result.origin = "assumed";
    result.reading = std::move(reading);
    return result;
}

TimeTerm draftTerm(const SpeculativeDecoding& speculative, Seconds time)
{
    TimeTerm term;
    term.id = "draft";
    term.name = "Guessing tokens";
    term.level = 1;
    term.time = time;
    term.derivation = fmt::format(
        "{} {} of the draft one after another; with the model's own token a step gives {} tokens "
        "per sequence on average, at {} % for the first guess.",
        speculative.tokens, speculative.tokens == 1 ? "pass" : "passes",
        printRounded(speculative.tokensPerStep()), printRounded(100 * speculative.acceptance));
    term.sources = { note("draft_pass", inMilliseconds(standardFeatureFigures().draftPass), "ms",
                          "fixed cost of a pass of the draft"),
                     note("acceptance", speculative.acceptance, "1",
                          speculative.stated
                              ? "as stated"
                              : standardFeatureFigures().prior(speculative.method).source.text) };
    return term;
}

TimeTerm adapterTerm(const Candidate& candidate, Seconds time, double sequences)
{
    const LoraServing& lora = *candidate.engine.lora;
    const AdapterSize size = adapterSize(candidate);
    TimeTerm term;
    term.id = "adapters";
    term.name = "LoRA adapters";
    term.level = 1;
    term.time = time;
    term.derivation = fmt::format("Two products of rank {} beside each of {} matrices", lora.rank,
                                  printRounded(size.matrices));
    if (sequences > 0)
        term.derivation += fmt::format("; the batch meets {} different adapters, each read once",
                                       printRounded(lora.distinct(sequences)));
    term.derivation += ".";
    term.sources = { note("lora_matrix", standardFeatureFigures().loraMatrix.value() * 1e6, "us",
                          "launches of the products of one matrix") };
    return term;
}

} // namespace

std::vector<TimeTerm> featureTerms(const Candidate& candidate, const StepBreakdown& step,
                                   double sequences)
{
    std::vector<TimeTerm> terms;
    if (candidate.engine.speculative && step.draft > Seconds())
        terms.push_back(draftTerm(*candidate.engine.speculative, step.draft));
    if (candidate.engine.lora && step.adapters > Seconds())
        terms.push_back(adapterTerm(candidate, step.adapters, sequences));
    return terms;
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "enginefeatures.h"

#include <core/catalog/model.h>

#include <algorithm>
#include <cmath>

namespace llmd {

std::string_view toString(DraftMethod method)
{
    switch (method) {
    case DraftMethod::DraftModel:
        return "draft_model";
    case DraftMethod::Mtp:
        return "mtp";
    case DraftMethod::Eagle3:
        return "eagle3";
    case DraftMethod::NGram:
        break;
    }
    return "ngram";
}

double SpeculativeDecoding::acceptanceAt(int index) const
{
    return std::clamp(acceptance * std::pow(decay, index), 0.0, 1.0);
}

double SpeculativeDecoding::tokensPerStep() const
{
    double mean = 1;
    double all = 1; // probability that all guesses so far are right
    for (int i = 0; i < tokens; ++i) {
        all *= acceptanceAt(i);
        mean += all;
    }
    return mean;
}

std::string SpeculativeDecoding::label() const
{
    std::string text(toString(method));
    if (draft)
        text += " " + draft->id;
    return text + " x" + std::to_string(tokens);
}

double LoraServing::distinct(double sequences) const
{
    if (sequences <= 0)
        return 0;
    const double many = adapters;
    const double met = many > 1 ? -many * std::expm1(sequences * std::log1p(-1 / many)) : 1;
    // Fewer than one request meet one adapter as often as they are there.
    return std::min({ met, static_cast<double>(slotCount), std::max(sequences, 0.0) });
}

} // namespace llmd

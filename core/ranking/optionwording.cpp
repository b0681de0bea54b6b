// SPDX-License-Identifier: Apache-2.0
#include "optionwording.h"

#include "comparison.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace llmd {

namespace {

/** "H100 SXM5" of "NVIDIA H100 SXM5". */
std::string shortGpu(const Gpu& gpu)
{
    const std::string vendor = std::string(toString(gpu.vendor)) + " ";
    const std::string& name = gpu.name.empty() ? gpu.id : gpu.name;
    return toLower(name).starts_with(toLower(vendor)) ? name.substr(vendor.size()) : name;
}

std::string modelName(const Model& model)
{
    return model.displayName.empty() ? model.id : model.displayName;
}

/** What can tell apart two options of one model, GPU and topology, from the most to the least telling. */
const std::vector<std::function<std::string(const Candidate&)>>& distinctions()
{
    static const std::vector<std::function<std::string(const Candidate&)>> all {
        [](const Candidate& candidate) {
            const Quantization& quantization = candidate.model->architecture.quantization;
            return quantization.label() + (quantization.atLoad ? " at load" : "");
        },
        [](const Candidate& candidate) {
            return fmt::format("{} sequences", candidate.engine.maxNumSeqs);
        },
        [](const Candidate& candidate) {
            return fmt::format("{} tokens per step", candidate.engine.maxNumBatchedTokens);
        },
        [](const Candidate& candidate) {
            return fmt::format("context {}", candidate.engine.maxModelLen);
        },
        [](const Candidate& candidate) { return candidate.model->id; },
    };
    return all;
}

std::size_t different(const std::vector<std::string>& names)
{
    return std::set<std::string>(names.begin(), names.end()).size();
}

} // namespace

std::string dollarText(double value)
{
    if (value < 100)
        return fmt::format("${:.2f}", value);
    std::string digits = fmt::format("{:.0f}", value);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return "$" + digits;
}

std::string percentText(double fraction)
{
    return printRounded(fraction * 100, std::abs(fraction) < 0.1 ? 2 : 3) + " %";
}

std::string durationText(Seconds value)
{
    return value.value() < 1 ? printRounded(inMilliseconds(value)) + " ms"
                             : printRounded(value.value()) + " s";
}

std::string percentileText(double percentile)
{
    return percentile == 0 ? "mean" : "p" + printNumber(percentile);
}

std::string countText(int count, const char* one, const char* many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::vector<std::string> commonText(const Candidate& a, const Candidate& b)
{
    std::vector<std::string> same;
    const auto add = [&](const char* name, const std::string& first, const std::string& second) {
        if (first == second)
            same.push_back(fmt::format("{}: {}", name, first));
    };
    add("model", modelName(*a.model), modelName(*b.model));
    add("weights", a.model->architecture.quantization.label(),
        b.model->architecture.quantization.label());
    add("GPU", shortGpu(*a.gpu), shortGpu(*b.gpu));
    add("topology", a.topology.label(), b.topology.label());
    if (a.engine == b.engine)
        same.emplace_back("engine settings");
    return same;
}

std::vector<std::string> shortNames(const SearchReport& report,
                                    const std::vector<std::size_t>& options)
{
    std::vector<std::string> names;
    std::vector<const Candidate*> candidates;
    for (const std::size_t option : options) {
        const Candidate& candidate = report.options[option].candidate;
        candidates.push_back(&candidate);
        names.push_back(fmt::format("{}, {} on {}", modelName(*candidate.model),
                                    candidate.topology.label(), shortGpu(*candidate.gpu)));
    }
    for (const auto& distinction : distinctions()) {
        const std::size_t before = different(names);
        if (before == names.size())
            break;
        std::vector<std::string> longer;
        for (std::size_t i = 0; i < names.size(); ++i) {
            // Names that stand for one option only stay short.
            const bool ambiguous = std::count(names.begin(), names.end(), names[i]) > 1;
            longer.push_back(ambiguous ? names[i] + ", " + distinction(*candidates[i]) : names[i]);
        }
        if (different(longer) > before)
            names = std::move(longer);
    }
    return names;
}

} // namespace llmd

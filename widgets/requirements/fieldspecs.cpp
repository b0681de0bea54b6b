// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldspecs.h"

#include <core/base/text.h>
#include <widgets/support/qtbridge.h>

#include <QCoreApplication>

#include <cmath>

namespace llmd::fields {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::fields", text);
}

/** What a plain number may be. */
struct Range
{
    double low = 0;
    double high = 1e15;
    bool whole = false;
    const char* expected = ""; ///< "a number above 0", for the message
};

Result<double> readCount(std::string_view text, const Range& range)
{
    auto value = parseCount(text);
    if (!value)
        return value;
    if (*value < range.low || *value > range.high
        || (range.whole && *value != std::floor(*value))) {
        return failure(ErrorCode::InvalidArgument,
                       "'" + std::string(text) + "' is out of range: expected " + range.expected
                           + ".");
    }
    return value;
}

/** "p95 below" belongs to the target: a new limit keeps the percentile that holds now. */
double percentileNow(const ResolvedNeed* need, const Requirements& requirements, Latency latency)
{
    if (const auto& stated = targetOf(requirements, latency))
        return stated->percentile;
    if (need) {
        if (const auto& derived = targetOf(need->slo, latency))
            return derived->percentile;
    }
    return LatencyTarget {}.percentile;
}

template <class T>
FieldSpec optionalNumber(FieldSpec spec, std::optional<T> Requirements::*member, Range range)
{
    spec.stated = [member](const Requirements& requirements) -> std::optional<QString> {
        const auto& value = requirements.*member;
        return value ? std::optional(toQString(printNumber(static_cast<double>(*value))))
                     : std::nullopt;
    };
    spec.parse = [member, range](std::string_view text, const ResolvedNeed*,
                                 Requirements& requirements) -> Result<> {
        const auto value = readCount(text, range);
        if (!value)
            return tl::unexpected(value.error());
        requirements.*member = static_cast<T>(*value);
        return {};
    };
    spec.clear = [member](Requirements& requirements) { (requirements.*member).reset(); };
    return spec;
}

/** Rounded, because a derived value such as 682.67 tokens is not what somebody typed. */
QString rounded(double value)
{
    return toQString(printRounded(value, 4));
}

constexpr Range positive { 1e-9, 1e12, false, "a number above 0, such as 512 or 5k" };
constexpr Range tokens { 1, 1e7, false, "1 to 10M tokens" };
constexpr Range variation { 0, 10, false, "0 (all the same) to 10" };
constexpr Range wholeFromOne { 1, 1e6, true, "a whole number from 1 on" };
constexpr Range wholeFromZero { 0, 1e6, true, "a whole number from 0 on" };

} // namespace

std::optional<LatencyTarget>& targetOf(Requirements& requirements, Latency latency)
{
    return latency == Latency::Ttft ? requirements.ttft
        : latency == Latency::Itl   ? requirements.itl
                                    : requirements.e2e;
}

const std::optional<LatencyTarget>& targetOf(const Requirements& requirements, Latency latency)
{
    return latency == Latency::Ttft ? requirements.ttft
        : latency == Latency::Itl   ? requirements.itl
                                    : requirements.e2e;
}

const std::optional<LatencyTarget>& targetOf(const Slo& slo, Latency latency)
{
    return latency == Latency::Ttft ? slo.ttft : latency == Latency::Itl ? slo.itl : slo.e2e;
}

FieldSpec users()
{
    FieldSpec spec;
    spec.id = u"requirements.users"_s;
    spec.label = tr("Users");
    spec.example = u"5k"_s;
    spec.help = tr("People who use the service, whether active at the moment or not. “5k” and "
                   "“1.2M” are understood.");
    spec.derivation = "workload.users";
    spec.resolved = [](const ResolvedNeed&) -> QString { return QString(); };
    return optionalNumber(std::move(spec), &Requirements::users, positive);
}

FieldSpec rate()
{
    FieldSpec spec;
    spec.id = u"requirements.rate"_s;
    spec.label = tr("Mean request rate");
    spec.example = u"12.5/s"_s;
    spec.help =
        tr("Requests of all users together, averaged over the day: “12.5/s”, “300/min”, “1M/day”.");
    spec.derivation = "workload.rate";
    spec.stated = [](const Requirements& requirements) -> std::optional<QString> {
        return requirements.rate ? std::optional(toQString(printRate(*requirements.rate)))
                                 : std::nullopt;
    };
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.load.rate.value()) + u"/s"_s;
    };
    spec.parse = [](std::string_view text, const ResolvedNeed*,
                    Requirements& requirements) -> Result<> {
        const auto value = parseRate(text);
        if (!value)
            return tl::unexpected(value.error());
        if (value->value() <= 0)
            return failure(ErrorCode::InvalidArgument,
                           "'" + std::string(text)
                               + "' is out of range: expected more than 0 requests.");
        requirements.rate = *value;
        return {};
    };
    spec.clear = [](Requirements& requirements) { requirements.rate.reset(); };
    return spec;
}

FieldSpec peakFactor()
{
    FieldSpec spec;
    spec.id = u"requirements.peakFactor"_s;
    spec.label = tr("Peak factor");
    spec.unit = tr("× mean");
    spec.example = u"2"_s;
    spec.help =
        tr("How much busier the busiest minutes are than the mean. Plans are sized for the peak.");
    spec.derivation = "workload.peak_factor";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        const double mean = need.meanLoad.load.rate.value();
        return mean > 0 ? rounded(need.peakLoad.load.rate.value() / mean) : QString();
    };
    return optionalNumber(std::move(spec), &Requirements::peakFactor,
                          Range { 1, 1000, false, "1 to 1000" });
}

FieldSpec promptTokens()
{
    FieldSpec spec;
    spec.id = u"requirements.promptTokens"_s;
    spec.label = tr("Prompt length");
    spec.unit = tr("tokens, mean");
    spec.example = u"512, 4k"_s;
    spec.help = tr("Mean tokens of a prompt, with system prompt, history and retrieved text.");
    spec.derivation = "workload.prompt_tokens";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.prompt.mean);
    };
    return optionalNumber(std::move(spec), &Requirements::promptTokens, tokens);
}

FieldSpec outputTokens()
{
    FieldSpec spec;
    spec.id = u"requirements.outputTokens"_s;
    spec.label = tr("Output length");
    spec.unit = tr("tokens, mean");
    spec.example = u"256, 1k"_s;
    spec.help = tr("Mean tokens of an answer, with reasoning tokens if the model thinks aloud.");
    spec.derivation = "workload.output_tokens";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.output.mean);
    };
    return optionalNumber(std::move(spec), &Requirements::outputTokens, tokens);
}

FieldSpec promptVariation()
{
    FieldSpec spec;
    spec.id = u"requirements.promptVariation"_s;
    spec.label = tr("Prompt variation");
    spec.unit = tr("× mean");
    spec.example = u"0.5"_s;
    spec.help = tr("Standard deviation of the prompt length as a share of its mean; 0 means that "
                   "all are equally long.");
    spec.derivation = "workload.prompt_variation";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.prompt.variation);
    };
    return optionalNumber(std::move(spec), &Requirements::promptVariation, variation);
}

FieldSpec outputVariation()
{
    FieldSpec spec;
    spec.id = u"requirements.outputVariation"_s;
    spec.label = tr("Output variation");
    spec.unit = tr("× mean");
    spec.example = u"0.5"_s;
    spec.help = tr("Standard deviation of the output length as a share of its mean; 0 means that "
                   "all are equally long.");
    spec.derivation = "workload.output_variation";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.output.variation);
    };
    return optionalNumber(std::move(spec), &Requirements::outputVariation, variation);
}

FieldSpec sharedPrefixTokens()
{
    FieldSpec spec;
    spec.id = u"requirements.sharedPrefixTokens"_s;
    spec.label = tr("Shared prefix");
    spec.unit = tr("tokens");
    spec.example = u"0, 1k"_s;
    spec.help = tr("Tokens at the start of a prompt that many prompts have in common, such as a "
                   "system prompt. "
                   "They are computed once and then found in the prefix cache.");
    spec.derivation = "workload.shared_prefix_tokens";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.prefix.sharedTokens);
    };
    return optionalNumber(std::move(spec), &Requirements::sharedPrefixTokens,
                          Range { 0, 1e7, false, "0 to 10M tokens" });
}

FieldSpec prefixGroups()
{
    FieldSpec spec;
    spec.id = u"requirements.prefixGroups"_s;
    spec.label = tr("Different prefixes");
    spec.example = u"1"_s;
    spec.help =
        tr("How many different shared prefixes there are, for example one per tenant or agent.");
    spec.derivation = "workload.prefix_groups";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.prefix.groups);
    };
    return optionalNumber(std::move(spec), &Requirements::prefixGroups, wholeFromOne);
}

FieldSpec uniquePrompts()
{
    FieldSpec spec;
    spec.id = u"requirements.uniquePrompts"_s;
    spec.label = tr("Repeating prompts");
    spec.unit = tr("0 = none");
    spec.example = u"0"_s;
    spec.help = tr("If whole prompts come again: the size of the set that they repeat from. 0 "
                   "means that every prompt is new.");
    spec.derivation = "workload.unique_prompts";
    spec.resolved = [](const ResolvedNeed& need) -> QString {
        return rounded(need.meanLoad.prefix.uniquePrompts);
    };
    return optionalNumber(std::move(spec), &Requirements::uniquePrompts, wholeFromZero);
}

FieldSpec contextTokens()
{
    FieldSpec spec;
    spec.id = u"requirements.contextTokens"_s;
    spec.label = tr("Longest request");
    spec.unit = tr("tokens");
    spec.example = u"8192, 32k"_s;
    spec.help = tr("Longest prompt and output together that must be served (vLLM's max_model_len). "
                   "Memory is planned for it.");
    spec.derivation = "context_tokens";
    spec.resolved = [](const ResolvedNeed& need) -> QString { return rounded(need.contextTokens); };
    return optionalNumber(std::move(spec), &Requirements::contextTokens,
                          Range { 1, 1e8, true, "a whole number of tokens from 1 on" });
}

FieldSpec latencyLimit(Latency latency)
{
    FieldSpec spec;
    switch (latency) {
    case Latency::Ttft:
        spec.id = u"requirements.ttft"_s;
        spec.label = tr("Time to first token");
        spec.help =
            tr("From the request's arrival until the first token is out: waiting and prefill.");
        spec.derivation = "slo.ttft";
        break;
    case Latency::Itl:
        spec.id = u"requirements.itl"_s;
        spec.label = tr("Time per output token");
        spec.help = tr(
            "Mean gap between two tokens of one answer (ITL, TPOT): how smoothly the text flows.");
        spec.derivation = "slo.itl";
        break;
    case Latency::E2e:
        spec.id = u"requirements.e2e"_s;
        spec.label = tr("Whole answer");
        spec.help = tr("From the request's arrival until its last token (end to end).");
        spec.derivation = "slo.e2e";
        break;
    }
    spec.example = u"200ms, 0.2s"_s;
    spec.stated = [latency](const Requirements& requirements) -> std::optional<QString> {
        const auto& target = targetOf(requirements, latency);
        return target ? std::optional(toQString(printDuration(target->limit))) : std::nullopt;
    };
    spec.resolved = [latency](const ResolvedNeed& need) -> QString {
        const auto& target = targetOf(need.slo, latency);
        return target ? toQString(printDuration(target->limit)) : tr("no own limit");
    };
    spec.parse = [latency](std::string_view text, const ResolvedNeed* need,
                           Requirements& requirements) -> Result<> {
        const auto value = parseDuration(text);
        if (!value)
            return tl::unexpected(value.error());
        if (value->value() <= 0)
            return failure(ErrorCode::InvalidArgument,
                           "A latency limit has to be above 0, for example 200ms.");
        targetOf(requirements, latency) =
            LatencyTarget { percentileNow(need, requirements, latency), *value };
        return {};
    };
    spec.clear = [latency](Requirements& requirements) { targetOf(requirements, latency).reset(); };
    return spec;
}

FieldSpec maxGpus()
{
    FieldSpec spec;
    spec.id = u"requirements.maxGpus"_s;
    spec.label = tr("At most");
    spec.unit = tr("GPUs");
    spec.example = u"16"_s;
    spec.help = tr("Plans with more GPUs are refused. Empty means no limit.");
    spec.derivation = "max_gpus";
    spec.resolved = [](const ResolvedNeed&) -> QString { return tr("no limit"); };
    return optionalNumber(std::move(spec), &Requirements::maxGpus, wholeFromOne);
}

FieldSpec budgetPerMonth()
{
    FieldSpec spec;
    spec.id = u"requirements.budgetPerMonth"_s;
    spec.label = tr("Budget");
    spec.unit = tr("US$ per month");
    spec.example = u"$40,000, 40k"_s;
    spec.help =
        tr("Plans that cost more in a month of 730 hours are refused. Empty means no limit.");
    spec.derivation = "budget_per_month";
    spec.stated = [](const Requirements& requirements) -> std::optional<QString> {
        return requirements.budgetPerMonth
            ? std::optional(u'$' + toQString(printNumber(*requirements.budgetPerMonth)))
            : std::nullopt;
    };
    spec.resolved = [](const ResolvedNeed&) -> QString { return tr("no limit"); };
    spec.parse = [](std::string_view text, const ResolvedNeed*,
                    Requirements& requirements) -> Result<> {
        const auto value = parseMoney(text);
        if (!value)
            return tl::unexpected(value.error());
        if (value->value() <= 0)
            return failure(ErrorCode::InvalidArgument,
                           "A budget has to be above $0; leave it empty for no limit.");
        requirements.budgetPerMonth = value->value();
        return {};
    };
    spec.clear = [](Requirements& requirements) { requirements.budgetPerMonth.reset(); };
    return spec;
}

FieldSpec headroom()
{
    FieldSpec spec;
    spec.id = u"requirements.headroom"_s;
    spec.label = tr("Head-room");
    spec.unit = tr("of the capacity");
    spec.example = u"20%, 0.2"_s;
    spec.help = tr("Share of the capacity that stays free at the peak, for growth, retries and "
                   "uneven routing.");
    spec.derivation = "headroom";
    spec.stated = [](const Requirements& requirements) -> std::optional<QString> {
        if (requirements.headroom == Requirements {}.headroom)
            return std::nullopt;
        return toQString(printRounded(requirements.headroom * 100, 6)) + u'%';
    };
    spec.resolved = [](const ResolvedNeed&) -> QString {
        return toQString(printRounded(Requirements {}.headroom * 100, 6)) + u'%';
    };
    spec.parse = [](std::string_view text, const ResolvedNeed*,
                    Requirements& requirements) -> Result<> {
        const auto value = parseFraction(text);
        if (!value)
            return tl::unexpected(value.error());
        requirements.headroom = *value;
        return {};
    };
    spec.clear = [](Requirements& requirements) {
        requirements.headroom = Requirements {}.headroom;
    };
    return spec;
}

FieldSpec minReplicas()
{
    FieldSpec spec;
    spec.id = u"requirements.minReplicas"_s;
    spec.label = tr("Minimum replicas");
    spec.example = u"2"_s;
    spec.help = tr("Servers that run even without load. 2 or more survive the loss of one.");
    spec.derivation = "min_replicas";
    spec.stated = [](const Requirements& requirements) -> std::optional<QString> {
        if (requirements.minReplicas == Requirements {}.minReplicas)
            return std::nullopt;
        return QString::number(requirements.minReplicas);
    };
    spec.resolved = [](const ResolvedNeed&) -> QString {
        return QString::number(Requirements {}.minReplicas);
    };
    spec.parse = [](std::string_view text, const ResolvedNeed*,
                    Requirements& requirements) -> Result<> {
        const auto value =
            readCount(text, Range { 1, 1000, true, "a whole number from 1 to 1000" });
        if (!value)
            return tl::unexpected(value.error());
        requirements.minReplicas = static_cast<int>(*value);
        return {};
    };
    spec.clear = [](Requirements& requirements) {
        requirements.minReplicas = Requirements {}.minReplicas;
    };
    return spec;
}

} // namespace llmd::fields

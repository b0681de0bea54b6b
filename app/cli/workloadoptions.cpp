// SPDX-License-Identifier: Apache-2.0
#include "workloadoptions.h"

#include "needfile.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <cmath>

namespace llmd::cli {

namespace {

Result<Workload> workloadFromFile(const Session& session, const std::string& file,
                                  const Catalog& catalog)
{
    const auto need = readNeedFile(session, file);
    if (!need)
        return tl::unexpected(need.error());
    return resolve(*need, catalog).map([](const ResolvedNeed& resolved) {
        return resolved.peakLoad;
    });
}

Result<LengthDistribution> length(const std::string& text, const char* option, double variation)
{
    const auto tokens = parseCount(text);
    if (!tokens)
        return tl::unexpected(withContext(option)(tokens.error()));
    if (*tokens < 1)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("{}: at least one token is needed, not {}", option, text));
    const auto shape =
        variation > 0 ? LengthDistribution::Shape::LogNormal : LengthDistribution::Shape::Constant;
    return LengthDistribution { shape, *tokens, variation };
}

} // namespace

void WorkloadOptions::addTo(CLI::App& command)
{
    command.add_option("--workload", file, "Requirements or project file whose workload at the peak is used")
        ->type_name("FILE");
    command.add_option("--input-tokens", inputTokens, "Mean prompt length");
    command.add_option("--output-tokens", outputTokens, "Mean output length");
    command
        .add_option("--length-variation", variation,
                    "Coefficient of variation of both lengths (log-normal); 0 = constant")
        ->check(CLI::Range(0.0, 5.0));
    command.add_option("--shared-prefix", sharedPrefix, "Prompt tokens that all requests share");
    command.add_option("--prefix-groups", prefixGroups, "Different shared prefixes")
        ->check(CLI::Range(1, 1'000'000'000));
    command
        .add_option("--unique-prompts", uniquePrompts,
                    "Prompts come in turn from a set of this size")
        ->check(CLI::Range(1, 1'000'000'000));
    auto* rateOption =
        command.add_option("--rate", rate, "Requests per second from outside (open loop)");
    command.add_option("--concurrency", concurrency, "Requests kept in flight (closed loop)")
        ->check(CLI::Range(1.0, 1e7))
        ->excludes(rateOption);
}

Result<Workload> WorkloadOptions::readLengths(const Session& session, const Catalog& catalog) const
{
    // A range check lets NaN pass.
    if (std::isnan(variation) || std::isnan(concurrency))
        return failure(ErrorCode::InvalidArgument,
                       "--length-variation and --concurrency must be numbers");
    Workload workload;
    if (!file.empty()) {
        auto fromFile = workloadFromFile(session, file, catalog);
        if (!fromFile)
            return fromFile;
        workload = *fromFile;
    } else if (inputTokens.empty() || outputTokens.empty()) {
        return failure(ErrorCode::MissingField,
                       "say what arrives: --workload FILE, or --input-tokens and --output-tokens");
    }
    if (!inputTokens.empty()) {
        auto prompt = length(inputTokens, "--input-tokens", variation);
        if (!prompt)
            return tl::unexpected(prompt.error());
        workload.prompt = *prompt;
    }
    if (!outputTokens.empty()) {
        auto output = length(outputTokens, "--output-tokens", variation);
        if (!output)
            return tl::unexpected(output.error());
        workload.output = *output;
    }
    if (!sharedPrefix.empty()) {
        const auto shared = parseCount(sharedPrefix);
        if (!shared)
            return tl::unexpected(withContext("--shared-prefix")(shared.error()));
        if (*shared > workload.prompt.mean)
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("--shared-prefix: {} tokens cannot be shared by prompts of "
                                       "{} tokens",
                                       printRounded(*shared), printRounded(workload.prompt.mean)));
        workload.prefix.sharedTokens = *shared;
    }
    if (prefixGroups > 1)
        workload.prefix.groups = prefixGroups;
    if (uniquePrompts > 0)
        workload.prefix.uniquePrompts = uniquePrompts;
    return workload;
}

Result<Workload> WorkloadOptions::read(const Session& session, const Catalog& catalog) const
{
    auto workload = readLengths(session, catalog);
    if (!workload)
        return workload;
    if (concurrency > 0) {
        workload->load = Load::closed(concurrency);
    } else if (!rate.empty()) {
        const auto parsed = parseRate(rate);
        if (!parsed)
            return tl::unexpected(withContext("--rate")(parsed.error()));
        if (parsed->value() <= 0)
            return failure(ErrorCode::InvalidArgument, "--rate: must be more than zero");
        workload->load = Load::open(*parsed);
    } else if (file.empty()) {
        return failure(ErrorCode::MissingField,
                       "say how much arrives: --rate RPS or --concurrency N");
    }
    return workload;
}

} // namespace llmd::cli

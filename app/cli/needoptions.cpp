// SPDX-License-Identifier: Apache-2.0
#include "needoptions.h"

#include "needfile.h"

#include <core/base/text.h>

#include <fmt/format.h>

namespace llmd::cli {

namespace {

/** Sets `target` from the text of option `name` unless it was not given. */
template <class T, class Parser>
Result<> take(T& target, const std::string& text, const char* name, Parser parse)
{
    if (text.empty())
        return {};
    auto value = parse(text);
    if (!value)
        return tl::unexpected(withContext(name)(value.error()));
    target = *value;
    return {};
}

} // namespace

Result<LatencyTarget> parseTarget(const std::string& text)
{
    LatencyTarget target;
    std::string limit = text;
    if (const auto equals = text.find('='); equals != std::string::npos) {
        const std::string which = toLower(trimmed(std::string_view(text).substr(0, equals)));
        limit = text.substr(equals + 1);
        if (which == "mean") {
            target.percentile = 0;
        } else {
            const auto percentile =
                which.starts_with('p') ? parseNumber(which.substr(1)) : parseNumber(which);
            if (!percentile || *percentile <= 0 || *percentile >= 100) {
                return failure(
                    ErrorCode::InvalidArgument,
                    fmt::format(
                        "'{}' is no percentile; write for example p95=300ms, p99=1s or mean=250ms",
                        which));
            }
            target.percentile = *percentile;
        }
    }
    const auto duration = parseDuration(limit);
    if (!duration)
        return tl::unexpected(duration.error());
    if (duration->value() <= 0)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("the limit '{}' must be more than zero", limit));
    target.limit = *duration;
    return target;
}

Result<InventoryItem> parseInventory(const std::string& text)
{
    const auto equals = text.find('=');
    const auto times = text.find_first_of("xX", equals == std::string::npos ? 0 : equals);
    const auto count = [](const std::string& number) -> int {
        const auto value = parseCount(number);
        return value && *value >= 1 && *value <= 1e6 ? static_cast<int>(*value) : 0;
    };
    if (equals != std::string::npos && equals > 0) {
        const bool byNode = times != std::string::npos;
        const int nodes = byNode ? count(text.substr(equals + 1, times - equals - 1)) : 1;
        const int gpus = count(text.substr((byNode ? times : equals) + 1));
        if (nodes > 0 && gpus > 0 && nodes <= 1'000'000 / gpus)
            return InventoryItem { text.substr(0, equals), nodes * gpus, byNode ? gpus : 0 };
    }
    return failure(
        ErrorCode::InvalidArgument,
        fmt::format("'{}' is no inventory; write GPU=COUNT or GPU=NODESxGPUS, for example "
                    "h100_sxm=2x8",
                    text));
}

namespace {

/** Puts what a text in plain words states on top of a need, and says on stderr what it leaves open. */
Result<StatedNeed> readPlainWords(const std::string& words, const EndpointArguments& endpoint,
                                  Requirements base, Session& session)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto parser = IntentParser::create(*catalog);
    if (!parser)
        return tl::unexpected(parser.error());
    const Intent own = parser->parse(words);
    const auto reading = endpoint.read(session, own, { words });
    if (!reading)
        return tl::unexpected(reading.error());
    const Intent& intent = reading->intent;
    if (reading->asked)
        fmt::print(stderr, "{}", describeProposals(*reading, own));
    std::vector<Issue> open;
    for (const IntentQuestion& question : intent.questions) {
        std::string choices =
            question.choices.empty() ? "" : " (" + join(question.choices, ", ") + ")";
        open.push_back({ Severity::Warning,
                         ErrorCode::InvalidArgument,
                         fmt::format("\"{}\" is not clear and was left out. {}{}",
                                     question.evidence.text, question.question, choices),
                         question.field,
                         {} });
    }
    session.report(open);
    return applyIntent(intent, **catalog, std::move(base));
}

} // namespace

void NeedOptions::addTo(CLI::App& command)
{
    command
        .add_option("requirements", file,
                    "YAML or project file that states the need; options win over it")
        ->type_name("FILE");
    auto* words = command.add_option(
        "--text", text,
        "The need in plain words (see: llmd intent); wins over the file, options win "
        "over it");
    endpoint.addTo(command);
    command.get_option("--endpoint")->needs(words);
    command.add_option(
        "--use-case", useCase,
        "Use case whose rules fill what is not stated (see: llmd catalog use-cases)");
    command.add_option("--users", users, "Users of the service, e.g. 5000 or 5k");
    command.add_option("--rate", rate, "Mean request rate instead of users, e.g. 12/s or 300/min");
    command.add_option("--input-tokens", promptTokens, "Mean prompt length, e.g. 512 or 4k");
    command.add_option("--output-tokens", outputTokens, "Mean output length");
    command.add_option("--ttft", ttft, "Time to first token, e.g. 300ms (p95) or p99=500ms");
    command.add_option("--itl", itl, "Time between tokens (TPOT), e.g. 30ms or p99=40ms");
    command.add_option("--e2e", e2e, "Whole request, e.g. 10s");
    command.add_option("--model", models, "Only this model (repeatable)");
    command.add_option("--gpu", gpus, "Only this GPU (repeatable)");
    command.add_option("--exclude-gpu", excludedGpus, "Never this GPU (repeatable)");
    command.add_option("--inventory", inventory,
                       "GPUs that there are, e.g. h100_sxm=16 or h100_sxm=2x8 for two nodes of "
                       "eight (repeatable)");
    command.add_option("--quantization", quantizations,
                       "Only these weights: bf16, fp8, int8, int4, mxfp4, nvfp4 (repeatable)");
    command.add_option("--budget", budget, "Most US dollars per month, e.g. 40000 or 40k");
    command.add_option("--max-gpus", maxGpus, "Most GPUs in all");
    command.add_option("--context", contextTokens,
                       "Longest prompt plus output in tokens (max_model_len)");
    command.add_option("--min-replicas", minReplicas,
                       "Fewest replicas; 2 survives the loss of one");
    command.add_option("--headroom", headroom, "Share of capacity kept free at the peak, e.g. 20%");
    command.add_option("--prices", priceList, "Price list (see: llmd catalog prices)");
    command.add_option("--versions", versionRow, "Component versions (see: llmd catalog versions)");
    command
        .add_option("--topology", topology,
                    "aggregated, disaggregated (prefill and decode apart) or any")
        ->check(CLI::IsMember({ "any", "aggregated", "disaggregated" }));
    command
        .add_option("--kv-transfer", kvTransfer,
                    "How KV caches travel between prefill and decode servers: rdma, tcp or nvlink")
        ->check(CLI::IsMember({ "rdma", "tcp", "nvlink" }));
}

Result<StatedNeed> NeedOptions::read(Session& session) const
{
    StatedNeed stated;
    Requirements& need = stated.requirements;
    if (!file.empty()) {
        auto loaded = readNeedFile(session, file);
        if (!loaded)
            return tl::unexpected(loaded.error());
        need = std::move(*loaded);
    }
    if (!text.empty()) {
        auto read = readPlainWords(text, endpoint, std::move(need), session);
        if (!read)
            return tl::unexpected(read.error());
        stated = std::move(*read);
    }
    if (!useCase.empty())
        need.useCase = useCase;
    if (auto r = take(need.users, users, "--users", parseCount); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.rate, rate, "--rate", parseRate); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.promptTokens, promptTokens, "--input-tokens", parseCount); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.outputTokens, outputTokens, "--output-tokens", parseCount); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.ttft, ttft, "--ttft", parseTarget); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.itl, itl, "--itl", parseTarget); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.e2e, e2e, "--e2e", parseTarget); !r)
        return tl::unexpected(r.error());
    if (auto r = take(need.headroom, headroom, "--headroom", parseFraction); !r)
        return tl::unexpected(r.error());
    const auto parseBudget = [](std::string_view amount) {
        return parseMoney(amount).map([](Dollars dollars) { return dollars.value(); });
    };
    if (auto r = take(need.budgetPerMonth, budget, "--budget", parseBudget); !r)
        return tl::unexpected(r.error());
    if (!models.empty())
        need.models = models;
    if (!gpus.empty())
        need.gpusIncluded = gpus;
    if (!excludedGpus.empty())
        need.gpusExcluded = excludedGpus;
    if (!inventory.empty())
        need.inventory.clear();
    for (const std::string& entry : inventory) {
        const auto item = parseInventory(entry);
        if (!item)
            return tl::unexpected(withContext("--inventory")(item.error()));
        need.inventory.push_back(*item);
    }
    if (!quantizations.empty())
        need.quantizations = quantizations;
    if (maxGpus)
        need.maxGpus = maxGpus;
    if (contextTokens)
        need.contextTokens = contextTokens;
    if (minReplicas)
        need.minReplicas = *minReplicas;
    if (!priceList.empty())
        need.priceList = priceList;
    if (!versionRow.empty())
        need.versionRow = versionRow;
    if (!topology.empty())
        need.topology = topology;
    if (!kvTransfer.empty())
        need.kvTransfer = kvTransfer;
    return stated;
}

} // namespace llmd::cli

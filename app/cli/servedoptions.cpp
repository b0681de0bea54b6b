// SPDX-License-Identifier: Apache-2.0
#include "servedoptions.h"

#include "needfile.h"
#include "needoptions.h"

#include <core/base/text.h>
#include <core/performance/engine.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::cli {

namespace {

/** The configuration that a search for the need names so. */
Result<OwnedCandidate> searched(Session& session, const Requirements& need, const std::string& id,
                                std::shared_ptr<const Catalog> catalog)
{
    const EngineRegistry engines(catalog);
    RunContext context = session.runContext();
    auto report = search({ need, {} }, catalog, engines.standard(), context);
    if (!report)
        return tl::unexpected(report.error());
    const auto& options = (*report)->options;
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const Option& option) { return option.id == id; });
    if (found == options.end())
        return failure(
            ErrorCode::NotFound,
            fmt::format(
                "--candidate: no feasible configuration has the id '{}'; 'llmd recommend' lists "
                "the ids",
                id));
    OwnedCandidate owned;
    owned.catalog = std::move(catalog);
    owned.candidate = found->candidate;
    owned.model = std::shared_ptr<const Model>(*report, found->candidate.model);
    return owned;
}

Result<> takeTarget(std::optional<LatencyTarget>& target, const std::string& text,
                    const char* option)
{
    if (text.empty())
        return {};
    const auto parsed = parseTarget(text);
    if (!parsed)
        return tl::unexpected(withContext(option)(parsed.error()));
    target = *parsed;
    return {};
}

Result<> takePrice(ServedNeed& served, const Requirements& need, const ServedOptions& options)
{
    const Gpu& gpu = *served.owned.candidate.gpu;
    if (!options.gpuPrice.empty()) {
        const auto price = parseMoney(options.gpuPrice);
        if (!price)
            return tl::unexpected(withContext("--gpu-price")(price.error()));
        served.gpuPrice = dollarsPerHour(price->value());
        served.priceSource = "--gpu-price";
        return {};
    }
    if (const auto own = need.priceOverrides.find(gpu.id); own != need.priceOverrides.end()) {
        served.gpuPrice = dollarsPerHour(own->second);
        served.priceSource = "prices of the need";
        return {};
    }
    const Catalog& catalog = *served.owned.catalog;
    const std::string& id = options.prices.empty() ? need.priceList : options.prices;
    const PriceList* list = !id.empty() ? catalog.findPriceList(id)
        : catalog.priceLists.empty()    ? nullptr
                                        : &catalog.priceLists.front();
    if (!id.empty() && list == nullptr)
        return failure(
            ErrorCode::NotFound,
            fmt::format("--prices: there is no price list '{}'; see: llmd catalog prices", id));
    if (list != nullptr) {
        served.prices = list;
        served.gpuPrice = list->price(gpu.id);
        served.priceSource = fmt::format("{}, {}", list->name, list->source.date);
    }
    return {};
}

/** What the need in the file says beside its lengths. */
Result<> takeNeed(ServedNeed& served, const Requirements& need, const Catalog& catalog)
{
    const auto resolved = resolve(need, catalog);
    if (!resolved)
        return tl::unexpected(resolved.error());
    served.slo = resolved->slo;
    served.mean = resolved->meanLoad.load.rate;
    served.peak = resolved->peakLoad.load.rate;
    served.headroom = need.headroom;
    served.minReplicas = need.minReplicas;
    for (const InventoryItem& item : need.inventory) {
        if (catalog.findGpu(item.gpu) == served.owned.candidate.gpu)
            served.gpusPerNode = item.perNode;
    }
    return {};
}

} // namespace

std::optional<DollarsPerSecond> priceOf(const ServedNeed& served, const Gpu& gpu)
{
    if (&gpu == served.owned.candidate.gpu)
        return served.gpuPrice;
    return served.prices ? served.prices->price(gpu.id) : std::nullopt;
}

void ServedOptions::addTo(CLI::App& command)
{
    candidate.addTo(command, true);
    auto* id = command.add_option(
        "--candidate", candidateId,
        "Instead of --model and --gpu: the id of a configuration that the search finds for the "
        "need of --workload");
    for (const char* name : { "--model", "--gpu" })
        command.get_option(name)->required(false)->excludes(id);
    workload.addTo(command);
    command.add_option("--ttft", ttft, "Target for the time to first token, e.g. 300ms (p95)");
    command.add_option("--itl", itl, "Target for the time between tokens, e.g. p99=40ms");
    command.add_option("--e2e", e2e, "Target for the whole request");
    command.add_option("--headroom", headroom, "Share of capacity kept free at the peak, e.g. 20%");
    command.add_option("--prices", prices, "Price list (see: llmd catalog prices)");
    command.add_option("--gpu-price", gpuPrice, "US dollars per GPU and hour instead");
}

Result<ServedNeed> ServedOptions::read(Session& session) const
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    Requirements need;
    if (!workload.file.empty()) {
        auto read = readNeedFile(session, workload.file);
        if (!read)
            return tl::unexpected(read.error());
        need = std::move(*read);
    }
    if (candidateId.empty() && (candidate.model.empty() || candidate.gpu.empty()))
        return failure(ErrorCode::MissingField,
                       "say which configuration: --model and --gpu, or --workload FILE and "
                       "--candidate ID");
    if (!candidateId.empty() && workload.file.empty())
        return failure(ErrorCode::MissingField, "--candidate needs the need: --workload FILE");
    auto owned = candidateId.empty() ? candidate.read(session)
                                     : searched(session, need, candidateId, *catalog);
    if (!owned)
        return tl::unexpected(owned.error());
    ServedNeed served;
    served.owned = std::move(*owned);
    auto lengths = workload.hasLoad() ? workload.read(session, **catalog)
                                      : workload.readLengths(session, **catalog);
    if (!lengths)
        return tl::unexpected(lengths.error());
    served.workload = *lengths;
    if (!workload.file.empty()) {
        if (auto taken = takeNeed(served, need, **catalog); !taken)
            return tl::unexpected(taken.error());
    }
    if (served.workload.load.kind == Load::Kind::OpenLoop && served.workload.load.rate.value() > 0)
        served.peak = served.workload.load.rate;
    for (const auto& [target, text, name] : { std::tuple(&served.slo.ttft, &ttft, "--ttft"),
                                              std::tuple(&served.slo.itl, &itl, "--itl"),
                                              std::tuple(&served.slo.e2e, &e2e, "--e2e") }) {
        if (auto taken = takeTarget(*target, *text, name); !taken)
            return tl::unexpected(taken.error());
    }
    if (!headroom.empty()) {
        const auto share = parseFraction(headroom);
        if (!share)
            return tl::unexpected(withContext("--headroom")(share.error()));
        served.headroom = *share;
    }
    return takePrice(served, need, *this).map([&] { return std::move(served); });
}

} // namespace llmd::cli

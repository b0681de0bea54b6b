// SPDX-License-Identifier: Apache-2.0
#include "space.h"

#include "gpusupport.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace llmd {

namespace {

/** Beyond this nobody plans; it also keeps GPU counts in an int. */
constexpr int absoluteGpuLimit = 1'000'000;

/** Sorted, without repetitions; `legal` where nothing is asked for. */
Result<std::vector<int>> cleaned(std::vector<int> values, std::vector<int> legal, const char* what)
{
    if (values.empty())
        values = std::move(legal);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.front() < 1)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("The search space has {} = {}; it must be at least 1.", what,
                                   values.front()));
    return values;
}

std::string slug(std::string_view text)
{
    std::string result = toLower(text);
    for (char& c : result) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        if (!kept)
            c = '-';
    }
    return result;
}

bool contains(const std::vector<std::string>& labels, std::string_view label)
{
    return labels.empty()
        || std::any_of(labels.begin(), labels.end(),
                       [&](const std::string& entry) { return toLower(entry) == label; });
}

/** Two kinds of the same checkpoint that are made when some GPU needs them. */
struct Variants
{
    const Model* native = nullptr;
    std::optional<std::size_t> fp8 {}; ///< index into the store
    std::optional<std::size_t> fp16 {};
};

} // namespace

int GpuOffer::largestTensorParallel() const
{
    // Only rack-scale links reach beyond a server; a switch inside the server does not grow with an inventory entry.
    return gpu->scaleUpDomain > gpu->gpusPerNode ? std::max(perNode, gpu->scaleUpDomain) : perNode;
}

int GpuOffer::allowed(std::optional<int> maxGpus) const
{
    return std::min({ maxGpus.value_or(absoluteGpuLimit), available.value_or(absoluteGpuLimit),
                      absoluteGpuLimit });
}

int GpuOffer::largestReplicas(const Parallelism& shape, std::optional<int> maxGpus) const
{
    int replicas = std::min(maxGpus.value_or(absoluteGpuLimit), absoluteGpuLimit) / shape.gpus();
    if (available) {
        const int group = shape.tensor * shape.data;
        const int slots = group > perNode
            ? *available / group
            : *available / perNode * (perNode / group) + *available % perNode / group;
        replicas = std::min(replicas, slots / shape.pipeline);
    }
    return replicas;
}

std::string shapeObstacle(const ModelArchitecture& architecture, const GpuOffer& offer,
                          const Parallelism& shape)
{
    const int linked = offer.largestTensorParallel();
    if (shape.tensor > linked)
        return fmt::format("only {} GPUs are linked within a server or scale-up domain", linked);
    if ((shape.data > 1 || shape.expert) && !architecture.isMoe())
        return "the model has no experts to share";
    if (std::string obstacle = tensorParallelObstacle(architecture, shape.tensor, shape.expert);
        !obstacle.empty())
        return obstacle;
    if (shape.pipeline > architecture.layers())
        return fmt::format("the model has only {} layers", architecture.layers());
    return {};
}

Result<SpelledSpace> SpelledSpace::make(const SearchProblem& problem, const Catalog& catalog)
{
    SpelledSpace space;
    space.m_values = problem.space;
    struct List
    {
        std::vector<int>* values;
        std::vector<int> legal;
        const char* what;
    };
    for (List& list : std::vector<List> {
             { &space.m_values.tensorParallel, { 1, 2, 4, 8, 16, 32, 64 }, "tensor parallel size" },
             { &space.m_values.pipelineParallel, { 1, 2, 4, 8 }, "pipeline parallel size" },
             { &space.m_values.dataParallel, { 1 }, "data parallel size" },
             { &space.m_values.blockSize, { EngineSettings().blockSize }, "block size" },
             { &space.m_values.maxNumSeqs, { 32, 64, 128, 256, 512, 1024 }, "max_num_seqs" },
             { &space.m_values.maxNumBatchedTokens,
               { 2048, 4096, 8192, 16384 },
               "max_num_batched_tokens" } }) {
        auto values = cleaned(std::move(*list.values), std::move(list.legal), list.what);
        if (!values)
            return tl::unexpected(values.error());
        *list.values = std::move(*values);
    }
    if (const auto made = space.makeSettings(); !made)
        return tl::unexpected(made.error());
    space.makeShapes();
    space.makeOffers(problem.requirements, catalog);
    space.makeUnits(problem.requirements, catalog);
    return space;
}

void SettingsVariant::applyTo(EngineSettings& engine) const
{
    engine.gpuMemoryUtilization = gpuMemoryUtilization.value_or(engine.gpuMemoryUtilization);
    engine.blockSize = blockSize;
    engine.keyValueCache = keyValueCache;
    engine.prefixCaching = prefixCaching;
    engine.speculative = speculative;
    engine.offload = offload;
}

/** All combinations; the settings that decide what is comparable vary slowest. */
Result<void> SpelledSpace::makeSettings()
{
    const auto orDefault = [](auto values, auto value) {
        if (values.empty())
            values.push_back(value);
        return values;
    };
    for (const double share : m_values.gpuMemoryUtilization) {
        if (!(share > 0 && share <= 1))
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("The search space has gpu_memory_utilization = {}; it must "
                                       "be above 0 and at most 1.",
                                       share));
    }
    std::vector<std::optional<double>> shares(m_values.gpuMemoryUtilization.begin(),
                                              m_values.gpuMemoryUtilization.end());
    shares = orDefault(shares, std::optional<double>());
    m_values.keyValueCache = orDefault(m_values.keyValueCache, std::optional<Precision>());
    m_values.prefixCaching = orDefault(m_values.prefixCaching, true);
    m_values.speculative = orDefault(m_values.speculative, std::optional<SpeculativeDecoding>());
    m_values.offload = orDefault(m_values.offload, KvOffload());
    for (const auto& speculative : m_values.speculative) {
        for (const auto& keyValueCache : m_values.keyValueCache) {
            for (const KvOffload& offload : m_values.offload) {
                for (const bool prefixCaching : m_values.prefixCaching) {
                    for (const int blockSize : m_values.blockSize) {
                        for (const auto& share : shares)
                            m_settings.push_back({ share, blockSize, keyValueCache, prefixCaching,
                                                   speculative, offload });
                    }
                }
            }
        }
    }
    return {};
}

void SpelledSpace::makeShapes()
{
    for (const int tensor : m_values.tensorParallel) {
        for (const int pipeline : m_values.pipelineParallel) {
            for (const int data : m_values.dataParallel) {
                const auto& whole = m_values.expertParallel;
                if (whole || data == 1)
                    m_shapes.push_back({ tensor, pipeline, data, false });
                if (whole.value_or(data > 1) && tensor * data > 1)
                    m_shapes.push_back({ tensor, pipeline, data, true });
            }
        }
    }
}

void SpelledSpace::makeOffers(const Requirements& requirements, const Catalog& catalog)
{
    const auto find = [&](const std::vector<std::string>& ids) {
        std::set<const Gpu*> found;
        for (const std::string& id : ids)
            found.insert(catalog.findGpu(id));
        return found;
    };
    const std::set<const Gpu*> included = find(requirements.gpusIncluded);
    const std::set<const Gpu*> excluded = find(requirements.gpusExcluded);
    for (const Gpu& gpu : catalog.gpus) {
        if (excluded.contains(&gpu) || (!included.empty() && !included.contains(&gpu)))
            continue;
        GpuOffer offer { &gpu, priceOf(gpu, requirements, catalog), gpu.gpusPerNode, {} };
        if (!requirements.inventory.empty()) {
            const auto item = std::find_if(
                requirements.inventory.begin(), requirements.inventory.end(),
                [&](const InventoryItem& entry) { return catalog.findGpu(entry.gpu) == &gpu; });
            if (item == requirements.inventory.end())
                continue;
            offer.available = item->count;
            if (item->perNode > 0)
                offer.perNode = item->perNode;
        }
        offer.perNode = std::max(offer.perNode, 1);
        m_offers->push_back(std::move(offer));
    }
}

void SpelledSpace::makeUnits(const Requirements& requirements, const Catalog& catalog)
{
    const auto names = shortNames(catalog);
    std::set<const Model*> wanted;
    for (const std::string& id : requirements.models)
        wanted.insert(catalog.findModel(id));
    const auto any = [&](auto predicate) {
        return std::any_of(m_offers->begin(), m_offers->end(),
                           [&](const GpuOffer& offer) { return predicate(*offer.gpu); });
    };
    const bool fp8Wanted = m_values.quantizeAtLoad && contains(requirements.quantizations, "fp8");

    // First all variants, then the units: the store may move its models only until somebody points to them.
    std::vector<Variants> all;
    const auto add = [&](const Model& base, ModelArchitecture architecture, const char* form) {
        Model model = base;
        model.architecture = std::move(architecture);
        model.displayName += form;
        m_variants->push_back(std::move(model));
        return m_variants->size() - 1;
    };
    for (const Model& model : catalog.models) {
        if (!wanted.empty() && !wanted.contains(&model))
            continue;
        Variants variants { .native = &model };
        if (any([&](const Gpu& gpu) { return needsFp16(model, gpu); }))
            variants.fp16 = add(model, withDtype(model.architecture, Precision::Fp16), " (FP16)");
        if (fp8Wanted && any([&](const Gpu& gpu) { return canQuantizeAtLoad(model, gpu); }))
            variants.fp8 =
                add(model, quantizedAtLoad(model.architecture, Precision::Fp8), " (FP8 at load)");
        all.push_back(variants);
    }

    for (const Variants& variants : all) {
        const Model& native = *variants.native;
        const bool wantedAsIs =
            contains(requirements.quantizations, native.architecture.quantization.label());
        for (const GpuOffer& offer : *m_offers) {
            const std::string& name = names.at(&native);
            if (wantedAsIs) {
                const bool fp16 = variants.fp16 && needsFp16(native, *offer.gpu);
                m_units.push_back({ fp16 ? &(*m_variants)[*variants.fp16] : &native, &offer,
                                    name + "." + offer.gpu->id });
            }
            if (variants.fp8 && canQuantizeAtLoad(native, *offer.gpu)) {
                m_units.push_back({ &(*m_variants)[*variants.fp8], &offer,
                                    name + "-fp8-at-load." + offer.gpu->id });
            }
        }
    }
}

std::vector<const SearchUnit*> SpelledSpace::prefillUnits(const SearchUnit& decode) const
{
    constexpr std::size_t fewGpus = 6;
    const bool mixed = m_values.mixedGpus && m_offers->size() <= fewGpus;
    std::vector<const SearchUnit*> found;
    for (const SearchUnit& unit : m_units) {
        if (unit.model == decode.model && (&unit == &decode || mixed))
            found.push_back(&unit);
    }
    return found;
}

std::optional<DollarsPerSecond> priceOf(const Gpu& gpu, const Requirements& requirements,
                                        const Catalog& catalog)
{
    for (const auto& [id, price] : requirements.priceOverrides) {
        if (catalog.findGpu(id) == &gpu)
            return dollarsPerHour(price);
    }
    const PriceList* list = requirements.priceList.empty()
        ? (catalog.priceLists.empty() ? nullptr : &catalog.priceLists.front())
        : catalog.findPriceList(requirements.priceList);
    return list ? list->price(gpu.id) : std::nullopt;
}

std::map<const Model*, std::string> shortNames(const Catalog& catalog)
{
    const auto last = [](const Model& model) {
        return slug(std::string_view(model.id).substr(model.id.rfind('/') + 1));
    };
    std::map<std::string, int> uses;
    for (const Model& model : catalog.models)
        ++uses[last(model)];
    std::map<const Model*, std::string> names;
    for (const Model& model : catalog.models) {
        const std::string name = last(model);
        names[&model] = uses[name] == 1 ? name : slug(model.id);
    }
    return names;
}

namespace {

/** "tp8.dp2.ep", or with another mark between the parts. */
std::string shapeId(const Parallelism& shape, char mark)
{
    std::string id = fmt::format("tp{}", shape.tensor);
    if (shape.pipeline > 1)
        id += fmt::format("{}pp{}", mark, shape.pipeline);
    if (shape.data > 1)
        id += fmt::format("{}dp{}", mark, shape.data);
    if (shape.expert)
        id += fmt::format("{}ep", mark);
    return id;
}

} // namespace

std::string optionId(const std::string& prefix, const Candidate& candidate,
                     const EngineSettings& plain)
{
    const EngineSettings& engine = candidate.engine;
    std::string id = prefix + "." + shapeId(candidate.topology.pool.parallelism, '.');
    if (const auto& split = candidate.topology.disaggregation) {
        id += ".prefill-" + shapeId(split->prefill.parallelism, '-');
        if (split->gpu)
            id += "." + split->gpu->id;
    }
    id += fmt::format(".s{}.b{}", engine.maxNumSeqs, engine.maxNumBatchedTokens);
    if (engine.gpuMemoryUtilization != plain.gpuMemoryUtilization)
        id += ".u" + printNumber(engine.gpuMemoryUtilization);
    if (engine.blockSize != plain.blockSize)
        id += fmt::format(".block{}", engine.blockSize);
    if (engine.keyValueCache != plain.keyValueCache)
        id += fmt::format(".kv{}", engine.keyValueCache ? toString(*engine.keyValueCache) : "auto");
    if (!engine.prefixCaching)
        id += ".nocache";
    if (engine.speculative) {
        id +=
            fmt::format(".{}x{}", toString(engine.speculative->method), engine.speculative->tokens);
        if (engine.speculative->draft)
            id += "-" + slug(engine.speculative->draft->id);
    }
    if (engine.offload.cpu > Bytes())
        id += ".cpu" + slug(printSize(engine.offload.cpu));
    if (engine.offload.disk > Bytes())
        id += ".disk" + slug(printSize(engine.offload.disk));
    return id;
}

} // namespace llmd

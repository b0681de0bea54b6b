// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "search.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** One kind of GPU that may be used: at what price, how many there are and how many sit in one server. */
struct GpuOffer
{
    const Gpu* gpu = nullptr;
    std::optional<DollarsPerSecond> price; ///< of one GPU
    int perNode = 8;
    std::optional<int> available; ///< of the inventory; absent = as many as wanted

    /** GPUs that one tensor parallel group can span: a server, or the scale-up domain where that reaches further. */
    [[nodiscard]] int largestTensorParallel() const;
    /** GPUs that the inventory and `maxGpus` allow, however they are arranged. */
    [[nodiscard]] int allowed(std::optional<int> maxGpus) const;
    /** Replicas of this shape that the inventory and `maxGpus` leave room for; tensor groups stay in one server. */
    [[nodiscard]] int largestReplicas(const Parallelism& shape, std::optional<int> maxGpus) const;
};

/** Why a server of this shape cannot run the model on these GPUs; empty if it can. */
[[nodiscard]] std::string shapeObstacle(const ModelArchitecture& architecture,
                                        const GpuOffer& offer, const Parallelism& shape);

/** A checkpoint, in the form in which one GPU runs it, on that GPU: everything below is searched on one thread. */
struct SearchUnit
{
    const Model* model = nullptr;
    const GpuOffer* offer = nullptr;
    std::string idPrefix; ///< "llama-3.1-8b-instruct.h100_sxm"
};

/** Settings beside max_num_seqs and max_num_batched_tokens: one value of each list of the space. */
struct SettingsVariant
{
    std::optional<double> gpuMemoryUtilization; ///< nothing = the version's default
    int blockSize = 16;
    std::optional<Precision> keyValueCache;
    bool prefixCaching = true;
    std::optional<SpeculativeDecoding> speculative;
    KvOffload offload;

    void applyTo(EngineSettings& engine) const;
    /**
     * Only settings that agree in these are weighed against each other: a cache in fewer bits may cost quality, and how far guesses
     * are right is a prior, which must not hide the option that does without.
     */
    [[nodiscard]] bool comparable(const SettingsVariant& other) const
    {
        return keyValueCache == other.keyValueCache && speculative == other.speculative;
    }
};

/** The space of one problem, spelled out. Immutable; keeps the models that it made. */
class SpelledSpace
{
public:
    /** Fails on space values below 1. Requirements must have been resolved. */
    [[nodiscard]] static Result<SpelledSpace> make(const SearchProblem& problem,
                                                   const Catalog& catalog);

    [[nodiscard]] const std::vector<SearchUnit>& units() const { return m_units; }
    /** Units whose GPU may compute the prompts for servers of this one: the same model in the same form. */
    [[nodiscard]] std::vector<const SearchUnit*> prefillUnits(const SearchUnit& decode) const;
    [[nodiscard]] const SearchSpace& values() const { return m_values; }
    /** Those that can be compared stand together, what needs no flag first. */
    [[nodiscard]] const std::vector<SettingsVariant>& settings() const { return m_settings; }
    [[nodiscard]] const std::vector<Parallelism>& shapes() const { return m_shapes; }
    [[nodiscard]] std::shared_ptr<const std::vector<Model>> variants() const { return m_variants; }

private:
    void makeOffers(const Requirements& requirements, const Catalog& catalog);
    void makeUnits(const Requirements& requirements, const Catalog& catalog);
    [[nodiscard]] Result<void> makeSettings();
    void makeShapes();

    SearchSpace m_values;
    std::vector<SettingsVariant> m_settings;
    std::vector<Parallelism> m_shapes;
    std::unique_ptr<std::vector<GpuOffer>> m_offers = std::make_unique<std::vector<GpuOffer>>();
    std::shared_ptr<std::vector<Model>> m_variants = std::make_shared<std::vector<Model>>();
    std::vector<SearchUnit> m_units;
};

/** What one GPU costs: stated for this need, else of its price list; nothing if neither knows it. */
[[nodiscard]] std::optional<DollarsPerSecond>
priceOf(const Gpu& gpu, const Requirements& requirements, const Catalog& catalog);

/**
 * Short lower-case name of each model of the catalog for option ids: the part after the slash, or the whole id where two
 * models share that part.
 */
[[nodiscard]] std::map<const Model*, std::string> shortNames(const Catalog& catalog);

/**
 * Readable id of a configuration: "llama-3.1-8b-instruct.h100_sxm.tp2.s256.b8192", and what is not the default of `plain`:
 * ".u0.95.kvfp8.mtpx1".
 */
[[nodiscard]] std::string optionId(const std::string& prefix, const Candidate& candidate,
                                   const EngineSettings& plain);

} // namespace llmd

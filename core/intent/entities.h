// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lexicon.h"
#include "token.h"

#include <core/catalog/catalog.h>

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace llmd::intent {

/** GPUs that a text names. */
struct GpuMention
{
    std::size_t length = 0; ///< tokens; 0 = none
    std::vector<std::uint16_t> meant; ///< what a wish for it means: indices into the catalog
    std::vector<std::uint16_t> family; ///< what ruling it out means: all variants of the chip
    bool group = false; ///< a vendor or an architecture

    [[nodiscard]] bool unknown() const
    {
        return meant.empty() && family.empty();
    } ///< to the catalog
};

/** A model, or models, that a text names. */
struct ModelMention
{
    std::size_t length = 0; ///< tokens; 0 = none
    std::vector<std::uint16_t> models; ///< one if it is clear; else the choices
    std::vector<std::uint16_t> all; ///< every model that the words fit
    bool familyOnly = false; ///< "Llama", without version or size
    bool unknown = false; ///< looks like a model, but the catalog has none like it
};

/** Finds names of the catalog's GPUs and models in tokens, in any spelling. Keeps the catalog. */
class Entities
{
public:
    Entities(std::shared_ptr<const Catalog> catalog, const Lexicon& lexicon);

    [[nodiscard]] GpuMention gpuAt(std::span<const Token> tokens, std::size_t at) const;
    [[nodiscard]] ModelMention modelAt(std::span<const Token> tokens, std::size_t at) const;
    /** Of the variants of what is named, the one with so much memory ("80 GB A100"); the same if none has. */
    [[nodiscard]] GpuMention withMemory(const GpuMention& mention, double gigabytes) const;
    [[nodiscard]] const Catalog& catalog() const { return *m_catalog; }

private:
    struct GpuNode
    {
        std::unordered_map<std::string, std::uint32_t> next;
        bool blankBefore = false; ///< a blank may stand before this token
        std::int32_t name = -1;
    };
    struct GpuName
    {
        std::vector<std::uint16_t> meant;
        std::vector<std::uint16_t> family;
        bool group = false;
    };
    using ModelSet = std::vector<std::uint64_t>;
    struct ModelName
    {
        std::vector<std::string> words;
        bool quantized = false;
    };

    void addGpuName(const std::string& text, GpuName name);
    void addGpus();
    void addGpuGroups();
    void addModels();
    [[nodiscard]] std::vector<std::uint16_t> variants(std::size_t gpu,
                                                      const std::string& name) const;
    [[nodiscard]] std::pair<std::string, std::size_t> modelWord(std::span<const Token> tokens,
                                                                std::size_t at) const;
    [[nodiscard]] ModelMention unknownModelAt(std::span<const Token> tokens, std::size_t at) const;
    [[nodiscard]] ModelMention exactModel(std::span<const Token> tokens, std::size_t at) const;
    [[nodiscard]] ModelMention resolve(const ModelSet& candidates,
                                       const std::vector<std::string>& words) const;

    std::shared_ptr<const Catalog> m_catalog;
    std::vector<GpuNode> m_gpuNodes { GpuNode {} };
    std::vector<GpuName> m_gpuNames;
    std::vector<ModelName> m_models;
    std::unordered_map<std::string, ModelSet> m_modelsByWord;
    std::unordered_map<std::string, std::uint16_t>
        m_modelsByName; ///< letters and digits of id and name
    std::unordered_map<std::string, ModelMention> m_families; ///< what a head alone means
    std::vector<std::string> m_otherFamilies; ///< of models that the catalog has none of
    std::unordered_map<std::string, bool>
        m_heads; ///< words that may begin a model name; true = distinctive
};

} // namespace llmd::intent

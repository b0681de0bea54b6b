// SPDX-License-Identifier: Apache-2.0
#include "stepexplanation.h"

#include "coefficients.h"
#include "featureexplanation.h"
#include "steadystate.h"
#include "steptime.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace llmd {

namespace {

/** A breakdown that the model gives back this closely is the model's. */
constexpr double reproduced = 0.01;
/** Parts below this share of the step are not worth a line. */
constexpr double negligible = 1e-6;
/** An efficiency so large that what it divides vanishes. */
constexpr double unlimited = 1e9;

std::string bytesText(double bytes)
{
    return bytes >= 1e9 ? printRounded(bytes / 1e9) + " GB"
        : bytes >= 1e6  ? printRounded(bytes / 1e6) + " MB"
                        : printRounded(bytes / 1e3) + " kB";
}

std::string percentText(double fraction)
{
    return printRounded(fraction * 100) + " %";
}

std::string plural(double count, const std::string& one, const std::string& many)
{
    return printRounded(count) + " " + (std::abs(count - 1) < 1e-9 ? one : many);
}

/** What a model without measurements is called in the lists: nothing was fitted. */
bool isTextbook(const Coefficients& c)
{
    return c.version == rooflineCoefficients().version;
}

/** How the names of the parts read, by the coefficient that causes them. */
std::string partName(std::string_view coefficient)
{
    static constexpr std::pair<std::string_view, std::string_view> names[] {
        { "layer_overhead", "Norms, cache, launches" },
        { "expert_layer_overhead", "Expert routing" },
        { "tensor_parallel_layer_overhead", "Waiting for the slowest" },
        { "quantized_layer_overhead", "Quantising activations" },
        { "block_scale_layer_overhead", "Scales per block" },
        { "step_overhead", "Input preparation" },
        { "synchronous_step_overhead", "CPU work between steps" },
        { "synchronous_sequence_overhead", "CPU work per sequence" },
        { "sequence_overhead", "Per sequence" },
        { "sampler_overhead", "Sampling, constant part" },
        { "sampler_sort_passes", "Sorting the vocabulary" },
        { "sampler_fused_passes", "Sorting-free sampling" },
        { "penalty_overhead", "Repetition penalty" },
        { "pipeline_hop_latency", "Start of each hand-over" },
    };
    for (const auto& [id, name] : names) {
        if (id == coefficient)
            return std::string(name);
    }
    std::string text(coefficient);
    std::replace(text.begin(), text.end(), '_', ' ');
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/** Writes the lines of one candidate; holds what all of them need. */
class Explainer
{
public:
    Explainer(const Candidate& candidate, const EngineVersionProfile& profile,
              const Workload& workload, const Estimate& estimate)
        : m_candidate(candidate)
        , m_profile(profile)
        , m_options { workload.greedy }
        , m_estimate(estimate)
        , m_coefficients(estimate.provenance.engineVersion == rooflineCoefficients().version
                             ? rooflineCoefficients()
                             : standardCoefficients())
        , m_prompt(workload.prompt.mean)
        , m_total(estimate.step.total.value())
    {
        findBatch(workload);
    }

    TimeExplanation explain()
    {
        if (!(m_total > 0)) {
            m_result.remark = "The engine “" + m_estimate.provenance.engine
                + "” gives no breakdown of its step time.";
        } else {
            addStep();
        }
        addFirstToken();
        return std::move(m_result);
    }

private:
    using Part = Seconds StepBreakdown::*;
    using Change = std::function<void(Coefficients&)>;

    /** The batch at which the model gives the estimate's step: engines report the step, not its batch. */
    void findBatch(const Workload& workload)
    {
        const StepModel model(m_candidate, m_profile, m_options, m_coefficients);
        const double pool = memoryFigures(m_candidate, m_profile).kvCacheTokens;
        const SteadyState state(
            model, m_coefficients, workload, m_candidate.engine,
            { .kvPoolTokens = pool,
              .pipelineStages = static_cast<double>(m_candidate.topology.pool.parallelism.pipeline),
              .asynchronousScheduling = m_profile.asynchronousScheduling });
        m_batch.context = state.meanContext();
        double low = 1;
        double high = std::max(1.0, model.maxSequences());
        for (int i = 0; i < 60; ++i) {
            m_batch.sequences = 0.5 * (low + high);
            (model.time(m_batch).value() < m_total ? low : high) = m_batch.sequences;
        }
        m_base = model.breakdown(m_batch);
        m_detailed = m_total > 0 && std::abs(m_base.total.value() / m_total - 1) < reproduced;
        if (m_detailed) {
            m_result.sequences = m_batch.sequences;
            m_result.context = m_batch.context;
        } else if (m_total > 0) {
            m_result.remark = "The engine “" + m_estimate.provenance.engine
                + "” has step times of its own: the parts are its figures, what is inside them is "
                  "not known.";
        }
    }

    [[nodiscard]] StepBreakdown stepWith(const Candidate& candidate, const Coefficients& c) const
    {
        return StepModel(candidate, m_profile, m_options, c).breakdown(m_batch);
    }
    [[nodiscard]] StepBreakdown stepWith(const Change& change) const
    {
        Coefficients changed = m_coefficients;
        change(changed);
        return stepWith(m_candidate, changed);
    }
    /** The step of a model of which something was taken away. */
    [[nodiscard]] StepBreakdown stepOf(const std::function<void(ModelArchitecture&)>& change,
                                       const Coefficients& c) const
    {
        Model model = *m_candidate.model;
        change(model.architecture);
        Candidate candidate = m_candidate;
        candidate.model = &model;
        return stepWith(candidate, c);
    }

    [[nodiscard]] CoefficientNote source(std::string_view id) const
    {
        CoefficientNote note;
        note.id = id;
        if (const CoefficientNote* known = standardCoefficientNotes().find(id))
            note = *known;
        for (const CoefficientField& field : coefficientFields()) {
            if (field.id != id)
                continue;
            note.value = m_coefficients.*field.member / unitScale(field.unit);
            note.unit = field.unit;
        }
        if (isTextbook(m_coefficients)) {
            note.origin = "assumed";
            note.reading = "textbook roofline: datasheet figures at 100 %, no overheads";
        }
        return note;
    }
    [[nodiscard]] std::vector<CoefficientNote>
    sources(std::initializer_list<std::string_view> ids) const
    {
        std::vector<CoefficientNote> notes;
        for (const std::string_view id : ids)
            notes.push_back(source(id));
        return notes;
    }
    /** With the factors of the GPU's generation, where it has any. */
    [[nodiscard]] std::vector<CoefficientNote>
    bandwidthSources(std::initializer_list<std::string_view> ids) const
    {
        auto notes = sources(ids);
        const ArchitectureFactors& factors = m_coefficients.factors(m_candidate.gpu->architecture);
        const CoefficientNote* generation =
            standardCoefficientNotes().find(m_candidate.gpu->architecture);
        if (generation && (factors.weightBandwidth != 1 || factors.kvBandwidth != 1))
            notes.push_back(*generation);
        return notes;
    }

    void add(TimeTerm term)
    {
        term.share = m_whole > 0 ? term.time.value() / m_whole : 0;
        m_result.terms.push_back(std::move(term));
    }

    [[nodiscard]] bool counts(double seconds) const { return seconds > negligible * m_total; }

    void addStep()
    {
        m_whole = m_total;
        const StepBreakdown& step = m_estimate.step;
        const std::string bound = step.compute > step.weights
            ? "arithmetic takes longer than reading the weights"
            : "reading the weights takes longer than the arithmetic";
        const std::string given = m_estimate.tokensPerStep > 1
            ? printRounded(m_estimate.tokensPerStep) + " tokens"
            : "one token";
        add({ .id = "step",
              .name = "One decode step",
              .time = step.total,
              .derivation = m_detailed ? "Gives " + given + " to each of "
                      + plural(m_batch.sequences, "sequence", "sequences") + " of "
                      + printRounded(m_batch.context) + " tokens on average; " + bound + "."
                                       : "The average decode step at this load; " + bound + "." });
        addLinear();
        addExpertTokens();
        addKeyValueRead();
        addOverheads("layers", "Overhead of the layers", &StepBreakdown::layerOverhead);
        addOverheads("step_overhead", "Overhead of the step", &StepBreakdown::stepOverhead);
        addCollectives();
        addOverheads("sampler", "Sampler", &StepBreakdown::sampler);
        addPipeline();
        for (TimeTerm& term : featureTerms(m_candidate, m_estimate.step, m_result.sequences))
            add(std::move(term));
    }

    void addLinear()
    {
        const StepBreakdown& step = m_estimate.step;
        const std::string law = m_coefficients.smoothMaximum
            ? "They overlap: per kind of matrix the cube root of the sum of both cubes, a smooth "
              "maximum"
            : "They overlap: the larger of the two, per kind of matrix";
        add({ .id = "linear",
              .name = "Weights and arithmetic",
              .level = 1,
              .time = step.weightsAndCompute,
              .derivation = law + ", of " + timeText(step.weights) + " for reading and "
                  + timeText(step.compute) + " for computing." });
        if (!m_detailed) {
            add({ .id = "linear.weights",
                  .name = "Reading all weights",
                  .level = 2,
                  .adds = false,
                  .time = step.weights });
        } else {
            addWeights();
        }
        auto compute = sources({ "decode_compute", "graph_padding" });
        if (bitsPerValue(m_candidate.model->architecture.quantization.activations) < 16)
            compute.push_back(source("low_precision_compute"));
        add({ .id = "linear.compute",
              .name = "Matrix arithmetic",
              .level = 2,
              .adds = false,
              .time = step.compute,
              .derivation = "Two operations per weight that a token passes through and per token "
                            "of the batch, CUDA-graph padding included, at "
                  + percentText(m_coefficients.decodeCompute) + " of the GPU's dense matrix rate.",
              .sources = m_detailed ? std::move(compute) : std::vector<CoefficientNote>() });
    }

    /** Reading times add up, so each group's is what is missing without it. */
    void addWeights()
    {
        const auto everyGroup = [](const std::function<void(LayerGroup&)>& remove) {
            return [remove](ModelArchitecture& architecture) {
                for (LayerGroup& group : architecture.groups)
                    remove(group);
            };
        };
        const ModelArchitecture& architecture = m_candidate.model->architecture;
        addWeight("attention", "Reading the attention matrices", ParameterGroup::Attention,
                  everyGroup([](LayerGroup& g) { g.mixer.linearParameters = 0; }));
        addWeight("dense", "Reading the feed-forward matrices", ParameterGroup::DenseFfn,
                  everyGroup([](LayerGroup& g) { g.feedForward.denseParameters = 0; }));
        addWeight("shared_experts", "Reading shared experts and router",
                  ParameterGroup::SharedExperts, everyGroup([](LayerGroup& g) {
                      g.feedForward.sharedExpertParameters = g.feedForward.routerParameters = 0;
                  }));
        addExperts((m_base.weights
                    - stepOf(everyGroup([](LayerGroup& g) { g.feedForward.expertParameters = 0; }),
                             m_coefficients)
                          .weights)
                       .value());
        addWeight("head", "Reading the output head",
                  architecture.tiedEmbeddings ? ParameterGroup::Embedding : ParameterGroup::LmHead,
                  [](ModelArchitecture& a) { a.vocabularySize = 0; });
    }

    void addWeight(const std::string& id, const std::string& name, ParameterGroup group,
                   const std::function<void(ModelArchitecture&)>& remove)
    {
        const double seconds = (m_base.weights - stepOf(remove, m_coefficients).weights).value();
        if (!counts(seconds))
            return;
        // The same at the bandwidth of the datasheet: what the achieved share is of.
        Coefficients ideal = m_coefficients;
        ideal.weightBandwidth = ideal.nativeFourBitBandwidth = 1;
        ideal.unpackRate = 0;
        ideal.architectures.clear();
        const double least =
            (stepWith(m_candidate, ideal).weights - stepOf(remove, ideal).weights).value();
        const double bandwidth = m_candidate.gpu->memoryBandwidth.value();
        auto notes = bandwidthSources({ "weight_bandwidth" });
        addFourBitSource(group, notes);
        add({ .id = "linear.weights." + id,
              .name = name,
              .level = 2,
              .adds = false,
              .time = Seconds(seconds),
              .derivation = bytesText(least * bandwidth) + " on each GPU, read once per step at "
                  + percentText(least / seconds) + " of " + bytesText(bandwidth) + "/s.",
              .sources = std::move(notes) });
    }

    /** What 4-bit weights add to the sources: tiles of native kernels, or unpacking before 16-bit ones. */
    void addFourBitSource(ParameterGroup group, std::vector<CoefficientNote>& notes) const
    {
        const Precision stored = m_candidate.model->architecture.quantization.of(group).values;
        if (bitsPerValue(stored) >= 8)
            return;
        const bool native = m_candidate.gpu->supportsNatively(stored);
        if (!native)
            notes.push_back(source("unpack_rate"));
        else if (group != ParameterGroup::RoutedExperts)
            notes.push_back(source("native_four_bit_bandwidth"));
    }

    void addExperts(double seconds)
    {
        if (!counts(seconds))
            return;
        // With a batch without end every expert is read: the ratio is the share that this batch touches.
        StepBatch all = m_batch;
        all.padding = 1e9;
        Model model = *m_candidate.model;
        for (LayerGroup& group : model.architecture.groups)
            group.feedForward.expertParameters = 0;
        Candidate without = m_candidate;
        without.model = &model;
        const auto weights = [&](const Candidate& candidate) {
            return StepModel(candidate, m_profile, m_options, m_coefficients)
                .breakdown(all)
                .weights.value();
        };
        const double touched = seconds / (weights(m_candidate) - weights(without));
        const auto& groups = m_candidate.model->architecture.groups;
        const auto moe = std::find_if(groups.begin(), groups.end(), [](const LayerGroup& group) {
            return group.feedForward.isMoe();
        });
        const FeedForward& ffn = moe->feedForward;
        auto notes = bandwidthSources({ "expert_bandwidth", "expert_popularity_shape" });
        addFourBitSource(ParameterGroup::RoutedExperts, notes);
        if (m_candidate.topology.pool.parallelism.expert)
            notes.push_back(source("expert_imbalance"));
        add({ .id = "linear.weights.experts",
              .name = "Reading the routed experts",
              .level = 2,
              .adds = false,
              .time = Seconds(seconds),
              .derivation = "Each token picks " + std::to_string(ffn.expertsPerToken) + " of "
                  + std::to_string(ffn.experts) + " experts; together the batch touches "
                  + percentText(std::clamp(touched, 0.0, 1.0)) + " of them, which are read once.",
              .sources = std::move(notes) });
    }

    void addExpertTokens()
    {
        const double time = m_estimate.step.expertTokens.value();
        if (!counts(time))
            return;
        add({ .id = "expert_tokens",
              .name = "Moving tokens to their experts",
              .level = 1,
              .time = Seconds(time),
              .derivation =
                  std::string(m_candidate.engine.expertExchange == ExpertExchange::Dispatch
                                  ? "Of each token the copies for the rank's own experts"
                                  : "The copies of each token for its experts")
                  + " are gathered, moved and summed again in every layer with experts.",
              .sources = m_detailed ? sources({ "expert_token_passes" })
                                    : std::vector<CoefficientNote>() });
    }

    void addKeyValueRead()
    {
        const double time = m_estimate.step.keyValueRead.value();
        if (!counts(time))
            return;
        TimeTerm term {
            .id = "kv_read", .name = "Reading the KV cache", .level = 1, .time = Seconds(time)
        };
        if (m_detailed) {
            // Bytes: the time with the bandwidth of the datasheet and nothing to compute.
            const StepBreakdown ideal = stepWith([](Coefficients& c) {
                c.kvBandwidth = 1;
                c.decodeCompute = unlimited;
                c.architectures.clear();
            });
            const double bandwidth = m_candidate.gpu->memoryBandwidth.value();
            const double reading =
                stepWith([](Coefficients& c) { c.decodeCompute = unlimited; }).keyValueRead.value();
            term.derivation = "Attention reads " + bytesText(ideal.keyValueRead.value() * bandwidth)
                + " of keys and values on each GPU for "
                + plural(m_batch.sequences, "sequence", "sequences") + " of "
                + printRounded(m_batch.context) + " tokens, at "
                + percentText(ideal.keyValueRead.value() / reading) + " of " + bytesText(bandwidth)
                + "/s.";
            if (time > reading * 1.02)
                term.derivation +=
                    " Its arithmetic overlaps and adds " + timeText(Seconds(time - reading)) + ".";
            term.sources = bandwidthSources({ "kv_bandwidth" });
        }
        add(std::move(term));
        if (m_detailed)
            addMixers();
    }

    /** One line per kind of attention where a model has several. */
    void addMixers()
    {
        static constexpr std::pair<MixerKind, std::string_view> kinds[] {
            { MixerKind::FullAttention, "full attention" },
            { MixerKind::SlidingWindow, "sliding window" },
            { MixerKind::ChunkedAttention, "chunked attention" },
            { MixerKind::Mla, "latent attention" },
            { MixerKind::Recurrent, "recurrent state" },
        };
        std::vector<TimeTerm> parts;
        for (const auto& [kind, name] : kinds) {
            int layers = 0;
            for (const LayerGroup& group : m_candidate.model->architecture.groups)
                layers += group.mixer.kind == kind ? group.count : 0;
            const auto others = [kind = kind](ModelArchitecture& architecture) {
                for (LayerGroup& group : architecture.groups) {
                    if (group.mixer.kind != kind)
                        group.mixer.kind = MixerKind::None;
                }
            };
            const double time =
                layers > 0 ? stepOf(others, m_coefficients).keyValueRead.value() : 0;
            if (counts(time))
                parts.push_back({ .id = "kv_read." + std::string(name),
                                  .name = "of it " + std::string(name),
                                  .level = 2,
                                  .time = Seconds(time),
                                  .derivation = plural(layers, "layer", "layers") + " with "
                                      + std::string(name) + ".",
                                  .sources = bandwidthSources({ "kv_bandwidth" }) });
        }
        if (parts.size() < 2)
            return;
        for (TimeTerm& part : parts)
            add(std::move(part));
    }

    /** What one of the plain sums consists of: for every coefficient, what is missing when it is zero. */
    void addOverheads(const std::string& id, const std::string& name, Part part)
    {
        const double time = (m_estimate.step.*part).value();
        if (!counts(time))
            return;
        std::vector<TimeTerm> parts;
        double explained = 0;
        if (m_detailed) {
            // The floor without CUDA graphs would fill up whatever is taken away.
            const StepBreakdown before =
                stepWith([](Coefficients& c) { c.eagerLayerOverhead = 0; });
            for (const CoefficientField& field : coefficientFields())
                addOverhead(id, field, before, part, parts);
            addGenerationOverhead(id, part, parts);
            for (const TimeTerm& term : parts)
                explained += term.time.value();
        }
        TimeTerm whole { .id = id, .name = name, .level = 1, .time = Seconds(time) };
        if (parts.size() == 1) {
            whole.derivation = parts.front().derivation;
            whole.sources = parts.front().sources;
            parts.clear();
        } else if (!parts.empty()) {
            whole.derivation = "The sum of the lines below.";
        }
        add(std::move(whole));
        for (TimeTerm& term : parts)
            add(std::move(term));
        if (!parts.empty() && time - explained > 0.005 * m_total)
            add({ .id = id + ".rest",
                  .name = "Launches that nothing hides",
                  .level = 2,
                  .time = Seconds(time - explained),
                  .derivation = "Without CUDA graphs a layer takes at least its launches.",
                  .sources = sources({ "eager_layer_overhead" }) });
    }

    void addOverhead(const std::string& id, const CoefficientField& field,
                     const StepBreakdown& before, Part part, std::vector<TimeTerm>& parts) const
    {
        const StepBreakdown without = stepWith([&field](Coefficients& c) {
            c.eagerLayerOverhead = 0;
            c.*field.member = 0;
        });
        const double time = (before.*part - without.*part).value();
        if (!std::isfinite(time) || !counts(time))
            return;
        const CoefficientNote note = source(field.id);
        const bool isTime = field.unit == "us" || field.unit == "ms";
        const double count = time / (m_coefficients.*field.member);
        std::string text = printRounded(note.value);
        if (isTime) {
            text += " " + note.unit;
            if (std::abs(count - 1) > 1e-6)
                text += ", " + printRounded(count) + " times";
            text += ": " + note.reading + ".";
        } else {
            text += id == "sampler"
                ? " passes over the fp32 logits of every sequence at the GPU's full bandwidth."
                : ": " + note.reading + ".";
        }
        parts.push_back({ .id = id + "." + std::string(field.id),
                          .name = partName(field.id),
                          .level = 2,
                          .time = Seconds(time),
                          .derivation = std::move(text),
                          .sources = { note } });
    }

    void addGenerationOverhead(const std::string& id, Part part, std::vector<TimeTerm>& parts) const
    {
        const auto zero = [](Coefficients& c) {
            for (ArchitectureFactors& factors : c.architectures)
                factors.layerOverhead = Seconds();
        };
        const double time = (m_base.*part - stepWith(zero).*part).value();
        const CoefficientNote* note =
            standardCoefficientNotes().find(m_candidate.gpu->architecture);
        if (!counts(time) || !note)
            return;
        parts.push_back({ .id = id + ".generation",
                          .name = m_candidate.gpu->architecture + " takes longer",
                          .level = 2,
                          .time = Seconds(time),
                          .derivation = "More per layer than Hopper: " + note->reading + ".",
                          .sources = { *note } });
    }

    void addCollectives()
    {
        const double time = m_estimate.step.collectives.value();
        if (!counts(time))
            return;
        const Parallelism& parallelism = m_candidate.topology.pool.parallelism;
        const Gpu& gpu = *m_candidate.gpu;
        const bool linked = gpu.scaleUp != ScaleUpKind::Pcie && gpu.scaleUpBandwidth.value() > 0;
        const bool inDomain = linked && parallelism.tensor * parallelism.data <= gpu.scaleUpDomain;
        const std::string link = inDomain
            ? bytesText(gpu.scaleUpBandwidth.value()) + "/s between the GPUs of a node"
            : "PCIe or the network";
        const std::string_view latency = inDomain   ? "one_shot_latency"
            : parallelism.tensor <= gpu.gpusPerNode ? "pcie_hop_latency"
                                                    : "inter_node_latency";
        TimeTerm term { .id = "collectives",
                        .name = "Collectives",
                        .level = 1,
                        .time = Seconds(time),
                        .derivation =
                            std::string(parallelism.data > 1
                                                && m_candidate.engine.expertExchange
                                                    == ExpertExchange::Dispatch
                                            ? "Tokens are sent to their experts and back among "
                                            : "The outputs of attention and feed-forward are "
                                              "summed over ")
                            + std::to_string(parallelism.tensor * parallelism.data)
                            + " GPUs in every layer, over " + link + "." };
        if (m_detailed) {
            const bool sent = parallelism.data > 1
                && m_candidate.engine.expertExchange == ExpertExchange::Dispatch;
            term.sources = sources({ latency, "link_efficiency" });
            if (sent)
                term.sources.push_back(source("all_to_all_latency"));
            if (inDomain)
                term.sources.push_back(source("two_shot_latency"));
            const double bytes = stepWith([](Coefficients& c) {
                                     c.oneShotLatency = c.twoShotLatency = 0;
                                     c.pcieHopLatency = c.interNodeLatency = 0;
                                     c.allToAllLatency = 0;
                                 }).collectives.value();
            term.derivation += " The start of each takes " + timeText(Seconds(time - bytes))
                + " of the time, moving the bytes " + timeText(Seconds(bytes)) + ".";
        }
        add(std::move(term));
    }

    void addPipeline()
    {
        const double time = m_estimate.step.pipeline.value();
        if (!counts(time))
            return;
        add({ .id = "pipeline",
              .name = "Pipeline hand-over",
              .level = 1,
              .time = Seconds(time),
              .derivation = "Hidden states pass through "
                  + std::to_string(m_candidate.topology.pool.parallelism.pipeline)
                  + " stages, and the other stages wait for the output head and the sampler of the "
                    "last one.",
              .sources = m_detailed ? sources({ "pipeline_hop_latency", "link_efficiency" })
                                    : std::vector<CoefficientNote>() });
    }

    /** What an engine reports of the way to the first token; the rest is the wait for steps. */
    void addFirstToken()
    {
        const double ttft = m_estimate.ttft.mean.value();
        if (!(ttft > 0) || !std::isfinite(ttft))
            return;
        m_whole = ttft;
        if (m_estimate.disaggregated) {
            addDisaggregatedFirstToken(*m_estimate.disaggregated);
            return;
        }
        const double tokens = m_coefficients.promptTokenOverhead * m_prompt;
        const double request = std::min(ttft, m_coefficients.requestOverhead + tokens);
        const double queueing =
            std::clamp(m_estimate.queueing.value(), 0.0, std::max(0.0, ttft - request));
        const double prefill =
            std::clamp(m_estimate.prefill.value(), 0.0, std::max(0.0, ttft - request - queueing));
        const double steps = ttft - request - queueing - prefill;
        add({ .id = "ttft",
              .name = "First token (TTFT, mean)",
              .time = m_estimate.ttft.mean,
              .derivation = "From the request to its first token, on average." });
        const auto part = [this](const std::string& id, const std::string& name, double time,
                                 std::string text, std::vector<CoefficientNote> notes) {
            if (time > 1e-4 * m_whole)
                add({ "ttft." + id, name, 1, true, Seconds(time), 0, std::move(text),
                      std::move(notes) });
        };
        part("queueing", "Waiting for a seat", queueing,
             "Until a sequence of the batch or room in the KV cache is free, or other prompts are "
             "done.",
             {});
        part("steps", "Steps until the first token", steps,
             m_total > 0 ? printRounded(steps / m_total)
                     + " decode steps: the rest of the running one, what is already queued behind "
                       "it, and the one that computes the token."
                         : "The rest of the running step and the one that computes the token.",
             sources({ "steps_to_first_token" }));
        part("prefill", "Computing the prompt", prefill,
             "Prompt tokens that are not in the prefix cache, beyond the time of a decode step.",
             sources({ "prefill_compute", "mixed_layer_overhead" }));
        part("request", "HTTP, tokenizer, first chunk", request,
             timeText(Seconds(m_coefficients.requestOverhead)) + " for every request and "
                 + timeText(Seconds(tokens)) + " for the " + printRounded(m_prompt)
                 + " tokens of a prompt.",
             sources({ "request_overhead", "prompt_token_overhead" }));
    }

    /** The way of a prompt through both servers. */
    void addDisaggregatedFirstToken(const DisaggregatedEstimate& d)
    {
        add({ .id = "ttft",
              .name = "First token (TTFT, mean)",
              .time = m_estimate.ttft.mean,
              .derivation = d.localShare > 0
                  ? "The parts are of prompts that travel; " + printRounded(100 * d.localShare)
                      + " % are computed by the decode server."
                  : "From the request to its first token, on average." });
        for (const auto& part : firstTokenParts(d))
            add({ .id = "ttft." + std::string(part.id),
                  .name = std::string(part.name),
                  .level = 1,
                  .time = part.time,
                  .derivation = part.derivation });
    }

    const Candidate& m_candidate;
    const EngineVersionProfile& m_profile;
    StepOptions m_options;
    const Estimate& m_estimate;
    Coefficients m_coefficients;
    double m_prompt = 0; ///< mean tokens of a prompt
    double m_total = 0; ///< s, of the step
    double m_whole = 0; ///< s, what shares are of
    StepBatch m_batch;
    StepBreakdown m_base;
    bool m_detailed = false;
    TimeExplanation m_result;
};

} // namespace

std::vector<const TimeTerm*> TimeExplanation::partsOfStep() const
{
    std::vector<const TimeTerm*> parts;
    for (const TimeTerm& term : terms) {
        if (term.id == "ttft")
            break;
        if (term.level == 1)
            parts.push_back(&term);
    }
    return parts;
}

TimeExplanation explainTimes(const Candidate& candidate, const EngineVersionProfile& profile,
                             const Workload& workload, const Estimate& estimate)
{
    return Explainer(candidate, profile, workload, estimate).explain();
}

std::string timeText(Seconds value)
{
    const double seconds = value.value();
    return seconds >= 1   ? printRounded(seconds) + " s"
        : seconds >= 1e-3 ? printRounded(seconds * 1e3) + " ms"
                          : printRounded(seconds * 1e6) + " us";
}

std::string sourceText(const CoefficientNote& note)
{
    const std::string unit = note.unit == "1" || note.unit.empty() ? "" : " " + note.unit;
    return note.id + " = " + printRounded(note.value) + unit + " (" + note.origin + ")";
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "draft.h"
#include "intent.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

namespace field = intent::field;

/** Weights of the three levels, as the use-case rules have them. */
double weightOf(const std::optional<Importance>& importance, double otherwise)
{
    if (!importance)
        return otherwise;
    return *importance == Importance::High ? 3 : *importance == Importance::Medium ? 2 : 1;
}

void addOnce(std::vector<std::string>& list, const std::string& value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

class Applier
{
public:
    Applier(const Intent& intent, const Catalog& catalog, Requirements base)
        : m_intent(intent)
        , m_catalog(catalog)
        , m_result { std::move(base), {} }
    { }

    StatedNeed run()
    {
        if (m_intent.useCase) {
            m_need.useCase = *m_intent.useCase;
            derive("use_case", *m_intent.useCase, field::useCase);
        }
        applyLengths();
        applyLoad();
        applyLatency("slo.ttft", m_intent.ttft, m_need.ttft, field::ttft);
        applyLatency("slo.itl", m_intent.itl, m_need.itl, field::itl);
        applyLatency("slo.e2e", m_intent.e2e, m_need.e2e, field::e2e);
        applyHardware();
        applyQuantization();
        applyModels();
        applyPriorities();
        return std::move(m_result);
    }

private:
    /** "5000, from “5k users”". */
    void derive(std::string name, const std::string& value, std::string_view source)
    {
        std::string words;
        for (const IntentEvidence& each : m_intent.evidence) {
            if (each.field == source && words.size() < 200)
                words += (words.empty() ? "" : ", ") + fmt::format("\"{}\"", each.text);
        }
        m_result.derivations.push_back({ std::move(name), Derivation::Origin::Stated,
                                         fmt::format("{}, from {}", value, words) });
    }

    void applyNumber(const char* name, const std::optional<double>& stated,
                     std::optional<double>& target, std::string_view source)
    {
        if (!stated)
            return;
        target = *stated;
        derive(name, printNumber(*stated), source);
    }

    void applyLengths()
    {
        applyNumber("workload.prompt_tokens", m_intent.promptTokens, m_need.promptTokens,
                    field::prompt);
        applyNumber("workload.output_tokens", m_intent.outputTokens, m_need.outputTokens,
                    field::output);
        if (m_intent.contextTokens && *m_intent.contextTokens <= 2e9) {
            m_need.contextTokens = static_cast<int>(std::lround(*m_intent.contextTokens));
            derive("context_tokens", printNumber(*m_intent.contextTokens), field::context);
        }
    }

    void applyLoad()
    {
        if (m_intent.users) {
            m_need.users = m_intent.users->value;
            derive("workload.users", printNumber(m_intent.users->value), field::users);
        }
        const bool onlyPeak =
            m_intent.peakRate && m_intent.rate && m_intent.rate->value == *m_intent.peakRate;
        if (m_intent.rate) {
            setRate(m_intent.rate->value, printNumber(m_intent.rate->value) + " requests/s",
                    field::rate);
        } else if (m_intent.ratePerUser && m_need.users) {
            setRate(*m_intent.ratePerUser * *m_need.users,
                    fmt::format("{} users x {} requests/s", printNumber(*m_need.users),
                                printRounded(*m_intent.ratePerUser)),
                    field::ratePerUser);
        } else if (m_intent.throughput) {
            const UseCase* useCase = m_catalog.findUseCase(m_need.useCase);
            const double tokens = m_need.outputTokens.value_or(useCase ? useCase->outputTokens : 0);
            if (tokens > 0)
                setRate(*m_intent.throughput / tokens,
                        fmt::format("{} tokens/s / {} output tokens",
                                    printNumber(*m_intent.throughput), printNumber(tokens)),
                        field::throughput);
        }
        if (m_intent.peakRate && m_need.rate && m_need.rate->value() > 0) {
            m_need.peakFactor = std::max(1.0, *m_intent.peakRate / m_need.rate->value());
            derive("workload.peak_factor",
                   onlyPeak ? std::string("1: the stated rate is the peak")
                            : printRounded(*m_need.peakFactor),
                   field::peakRate);
        }
        if (m_intent.budgetPerMonth) {
            m_need.budgetPerMonth = *m_intent.budgetPerMonth;
            derive("budget_per_month", "$" + printRounded(*m_intent.budgetPerMonth, 6),
                   field::budget);
        }
    }

    void setRate(double perSecond, const std::string& value, std::string_view source)
    {
        m_need.rate = RequestsPerSecond(perSecond);
        derive("workload.rate", value, source);
    }

    void applyLatency(const char* name, const std::optional<StatedLatency>& stated,
                      std::optional<LatencyTarget>& target, std::string_view source)
    {
        if (!stated)
            return;
        const LatencyTarget plain;
        target = LatencyTarget { stated->percentile.value_or(plain.percentile), stated->limit };
        derive(name,
               stated->percentile ? printDuration(stated->limit)
                                  : printDuration(stated->limit) + " at the usual p95",
               source);
    }

    void applyHardware()
    {
        if (!m_intent.gpusIncluded.empty()) {
            m_need.gpusIncluded = m_intent.gpusIncluded;
            derive("gpus.include", join(m_intent.gpusIncluded, ", "), field::gpusIncluded);
        }
        if (!m_intent.gpusExcluded.empty()) {
            for (const std::string& id : m_intent.gpusExcluded)
                addOnce(m_need.gpusExcluded, id);
            derive("gpus.exclude", join(m_intent.gpusExcluded, ", "), field::gpusExcluded);
        }
        if (!m_intent.inventory.empty()) {
            m_need.inventory = m_intent.inventory;
            derive("gpus.inventory", "what there is", field::inventory);
        }
        if (m_intent.maxGpus) {
            m_need.maxGpus = *m_intent.maxGpus;
            derive("max_gpus", std::to_string(*m_intent.maxGpus), field::maxGpus);
        }
    }

    void applyQuantization()
    {
        std::vector<std::string> labels = m_intent.quantizations;
        // People say FP16 for whatever is not quantised; most checkpoints of 16 bits are BF16.
        if (contains(labels, "fp16"))
            addOnce(labels, "bf16");
        if (labels.empty() && !m_intent.quantizationsExcluded.empty()) {
            for (const Model& model : m_catalog.models)
                addOnce(labels, model.architecture.quantization.label());
        }
        std::erase_if(labels, [&](const std::string& label) {
            return contains(m_intent.quantizationsExcluded, label);
        });
        if (labels.empty())
            return;
        m_need.quantizations = labels;
        derive("quantizations", join(labels, ", "),
               m_intent.quantizations.empty() ? field::quantizationExcluded : field::quantization);
    }

    [[nodiscard]] std::string familyOf(const std::string& id) const
    {
        const Model* model = m_catalog.findModel(id);
        return model && !model->family.empty() ? model->family : id;
    }

    /** A model that is named, and its checkpoints with the weights that are asked for. */
    void applyModels()
    {
        const bool included = !m_intent.modelsIncluded.empty();
        if (!included && m_intent.modelsExcluded.empty())
            return;
        std::vector<std::string> families;
        for (const std::string& id : m_intent.modelsExcluded)
            addOnce(families, familyOf(id));
        const auto isExcluded = [&](const Model& model) {
            return contains(m_intent.modelsExcluded, model.id)
                || contains(families, familyOf(model.id));
        };
        std::vector<std::string> models;
        if (included) {
            for (const std::string& id : m_intent.modelsIncluded)
                addCheckpoints(id, models);
        } else {
            for (const Model& model : m_catalog.models) {
                if (!model.baseCheckpoint && !isExcluded(model))
                    models.push_back(model.id);
            }
        }
        m_need.models = std::move(models);
        derive("models",
               included ? join(m_intent.modelsIncluded, ", ")
                        : "all but " + join(m_intent.modelsExcluded, ", "),
               included ? field::modelsIncluded : field::modelsExcluded);
    }

    void addCheckpoints(const std::string& id, std::vector<std::string>& models) const
    {
        addOnce(models, id);
        for (const Model& model : m_catalog.models) {
            const bool same = model.family == id && model.id != id;
            if (same && contains(m_intent.quantizations, model.architecture.quantization.label()))
                addOnce(models, model.id);
        }
    }

    void applyPriorities()
    {
        if (!m_intent.cost && !m_intent.latency && !m_intent.quality)
            return;
        const UseCase* useCase = m_catalog.findUseCase(m_need.useCase);
        const Priorities plain = m_need.priorities.value_or(
            useCase ? Priorities { useCase->costPriority, useCase->latencyPriority,
                                   useCase->qualityPriority, useCase->simplicityPriority }
                    : Priorities {});
        // Levels weigh 1 to 3; what is not stated keeps its share, on the scale of four medium ones (8).
        const double sum =
            std::max(1e-9, plain.cost + plain.latency + plain.quality + plain.simplicity);
        const double scale = 8 / sum;
        m_need.priorities = Priorities { weightOf(m_intent.cost, plain.cost * scale),
                                         weightOf(m_intent.latency, plain.latency * scale),
                                         weightOf(m_intent.quality, plain.quality * scale),
                                         plain.simplicity * scale };
        for (const auto& [name, level] : { std::pair { field::cost, m_intent.cost },
                                           std::pair { field::latency, m_intent.latency },
                                           std::pair { field::quality, m_intent.quality } }) {
            if (level)
                derive(std::string(name), std::string(toString(*level)), name);
        }
    }

    const Intent& m_intent;
    const Catalog& m_catalog;
    StatedNeed m_result;
    Requirements& m_need = m_result.requirements;
};

} // namespace

StatedNeed applyIntent(const Intent& intent, const Catalog& catalog, Requirements base)
{
    return Applier(intent, catalog, std::move(base)).run();
}

} // namespace llmd

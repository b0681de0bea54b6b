// SPDX-License-Identifier: Apache-2.0
#include "specanalysis.h"

#include "checkpointchoice.h"
#include "speccontradictions.h"
#include "specdocument.h"
#include "specproblem.h"

#include <core/base/text.h>
#include <core/plan/names.h>
#include <core/search/gpusupport.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

using Level = SpecFinding::Level;
using Kind = SpecFinding::Kind;

/** Bandwidths and memory sizes that differ by less are the same figure, rounded in another way. */
constexpr double sameFigure = 0.05;

bool near(double a, double b)
{
    return std::abs(a / b - 1) <= sameFigure;
}

/** Whether a stated size is that of the datasheet, which counts in GiB and prints GB. */
bool isMemoryOf(Bytes stated, const Gpu& gpu)
{
    return near(stated.value(), gpu.memory.value())
        || near(stated.value(), inGibibytes(gpu.memory) * 1e9);
}

std::string nominalMemory(const Gpu& gpu)
{
    return printRounded(inGibibytes(gpu.memory), 3) + "GB";
}

class Analyser
{
public:
    Analyser(const InferenceService& service, std::shared_ptr<const Catalog> catalog)
    {
        m_result.service = service;
        m_result.catalog = std::move(catalog);
    }

    SpecAnalysis run()
    {
        checkNames();
        findGpu();
        findModel();
        findDraft();
        auto contradictions = specContradictions(m_spec);
        std::move(contradictions.begin(), contradictions.end(),
                  std::back_inserter(m_result.findings));
        completeSpecProblem(m_result);
        return std::move(m_result);
    }

private:
    SpecFinding& add(Level level, Kind kind, std::string field, std::string text)
    {
        SpecFinding finding;
        finding.level = level;
        finding.kind = kind;
        finding.field = std::move(field);
        finding.text = std::move(text);
        m_result.findings.push_back(std::move(finding));
        return m_result.findings.back();
    }
    void ok(std::string field, std::string text)
    {
        add(Level::Ok, Kind::Form, std::move(field), std::move(text));
    }

    void checkNames()
    {
        const auto check = [&](const char* field, const std::string& name, bool legal) {
            if (name.empty() || legal)
                return;
            auto& finding =
                add(Level::Error, Kind::Form, field,
                    fmt::format("'{}' is not a name that Kubernetes accepts: lower-case "
                                "letters, digits and dashes, starting with a letter, at "
                                "most {} characters",
                                printableLine(name, 60), maxPlanNameLength));
            const std::string legalName = kubernetesName(name);
            finding.suggestion = fmt::format("Write {}.", legalName);
            finding.edits = { { field, legalName } };
        };
        check("metadata.name", m_spec.name,
              isServiceName(m_spec.name) && m_spec.name.size() <= maxPlanNameLength);
        const std::string space = m_spec.nameSpace.value_or("");
        check("metadata.namespace", space, isDnsLabel(space));
    }

    void findGpu()
    {
        const std::string& type = m_spec.resources.gpuType;
        if (type.empty())
            return; // said by the reader
        const auto found = m_result.catalog->gpu(type);
        if (!found)
            return unknownGpu(type, found.error());
        m_result.gpu = *found;
        m_result.gpusPerNode = m_spec.resources.gpusPerNode.value_or((*found)->gpusPerNode);
        checkMemory(**found);
        describeLinks(**found);
        ok("spec.resources.gpuType",
           fmt::format("{}: {} of memory, {} in a node", m_result.gpu->name,
                       nominalMemory(*m_result.gpu), m_result.gpusPerNode));
    }

    void unknownGpu(const std::string& type, const Error& error)
    {
        std::vector<std::string> ids;
        for (const Gpu& gpu : m_result.catalog->gpus) {
            if (gpu.servedByVllm)
                ids.push_back(gpu.id);
        }
        auto& finding = add(Level::Error, Kind::Reference, "spec.resources.gpuType",
                            fmt::format("unknown GPU type '{}'", printableLine(type, 60)));
        std::string nearest = nearestWord(toLower(type), ids).value_or("");
        // Aliases are known to the error's hint; their GPU is what can be written.
        if (nearest.empty() && !error.args.empty()) {
            if (const Gpu* hinted = m_result.catalog->findGpu(error.args.front()))
                nearest = hinted->id;
        }
        finding.suggestion =
            fmt::format("{}Supported: {}", nearest.empty() ? "" : "Did you mean " + nearest + "? ",
                        join(ids, ", "));
        if (!nearest.empty())
            finding.edits = { { finding.field, nearest } };
    }

    void checkMemory(const Gpu& gpu)
    {
        const auto& stated = m_spec.resources.gpuMemory;
        if (!stated || isMemoryOf(*stated, gpu))
            return;
        auto& finding =
            add(Level::Error, Kind::Reference, "spec.resources.gpuMemory",
                fmt::format("{} has {}, not {}", gpu.name, nominalMemory(gpu), printSize(*stated)));
        finding.figure = { inGibibytes(gpu.memory), inGibibytes(*stated), "GiB" };
        std::vector<std::string> others;
        for (const Gpu& other : m_result.catalog->gpus) {
            if (other.architecture == gpu.architecture && isMemoryOf(*stated, other))
                others.push_back(other.id);
        }
        finding.suggestion = fmt::format("Write gpuMemory: {}", nominalMemory(gpu));
        if (!others.empty())
            finding.suggestion += fmt::format(", or gpuType: {}", join(others, " or "));
        finding.edits = { { finding.field, nominalMemory(gpu) } };
    }

    /** The GPU with the links that the spec states, in a catalog of its own if they differ from the datasheet. */
    void describeLinks(const Gpu& gpu)
    {
        Gpu changed = gpu;
        const ResourceSpec& resources = m_spec.resources;
        if (resources.interconnect)
            applyInterconnect(*resources.interconnect, changed);
        applyBandwidth("spec.resources.nvlinkBandwidth", resources.nvlinkBandwidth, 0.5,
                       changed.scaleUpBandwidth, changed.scaleUp != ScaleUpKind::Pcie);
        if (changed.scaleUp == ScaleUpKind::Switched)
            changed.pairBandwidth = changed.scaleUpBandwidth;
        applyBandwidth("spec.resources.pcieBandwidth", resources.pcieBandwidth, 1,
                       changed.pcieBandwidth, true);
        applyBandwidth("spec.resources.ibBandwidth", resources.ibBandwidth, 1,
                       changed.scaleOutBandwidth, true);
        if (changed.scaleUp == gpu.scaleUp && changed.scaleUpBandwidth == gpu.scaleUpBandwidth
            && changed.pcieBandwidth == gpu.pcieBandwidth
            && changed.scaleOutBandwidth == gpu.scaleOutBandwidth)
            return;
        auto catalog = std::make_shared<Catalog>(*m_result.catalog);
        const auto index = static_cast<std::size_t>(&gpu - m_result.catalog->gpus.data());
        catalog->gpus[index] = changed;
        m_result.gpu = &catalog->gpus[index];
        m_result.catalog = std::move(catalog);
    }

    void applyInterconnect(SpecInterconnect stated, Gpu& gpu)
    {
        const char* field = "spec.resources.interconnect";
        if (stated == SpecInterconnect::NvLink && gpu.scaleUp == ScaleUpKind::Pcie) {
            auto& finding = add(Level::Error, Kind::Reference, field,
                                fmt::format("{} has no NVLink, only PCIe", gpu.name));
            finding.suggestion = "Write interconnect: PCIe";
            finding.edits = { { field, "PCIe" } };
        } else if (stated == SpecInterconnect::NvLink && gpu.scaleUp == ScaleUpKind::Mesh) {
            add(Level::Warning, Kind::Reference, field,
                fmt::format("{} has Infinity Fabric or links of its own, not NVLink; those are "
                            "planned with",
                            gpu.name))
                .suggestion = "Leave interconnect out.";
        } else if (stated == SpecInterconnect::Pcie && gpu.scaleUp != ScaleUpKind::Pcie) {
            add(Level::Warning, Kind::Reference, field,
                fmt::format("{} GPUs have faster links than PCIe; planned with PCIe, as stated",
                            gpu.name))
                .suggestion = "Leave interconnect out unless the links are disabled.";
            gpu.scaleUp = ScaleUpKind::Pcie;
            gpu.scaleUpBandwidth = gpu.pairBandwidth = BytesPerSecond();
            gpu.scaleUpDomain = 1;
        } else if (stated == SpecInterconnect::InfiniBand) {
            ok(field, "InfiniBand joins nodes; a replica stays inside one node and uses its links");
        }
    }

    void applyBandwidth(const char* field, const std::optional<BytesPerSecond>& stated,
                        double factor, BytesPerSecond& value, bool hasLink)
    {
        if (!stated)
            return;
        if (!hasLink) {
            add(Level::Warning, Kind::Reference, field,
                "the GPUs have no such link, it has no effect")
                .suggestion = "Remove it.";
            return;
        }
        const BytesPerSecond perDirection = *stated * factor;
        if (near(perDirection.value(), value.value()))
            return;
        auto& finding =
            add(Level::Warning, Kind::Reference, field,
                fmt::format("{} is not the {} of the catalog; planned with the stated figure",
                            printBandwidth(*stated), printBandwidth(value / factor)));
        finding.suggestion = fmt::format("Write {} if it was meant to be the datasheet's.",
                                         printBandwidth(value / factor));
        value = perDirection;
    }

    void findModel()
    {
        const std::string& name = m_spec.model.name;
        if (name.empty())
            return;
        const auto found = m_result.catalog->model(name);
        if (!found)
            return unknownModel(name);
        const Model& named = **found;
        const auto checkpoint =
            findCheckpoint(named, m_spec.model.quantization, m_result.gpu, *m_result.catalog);
        if (!checkpoint)
            return missingFormat(named);
        if (m_result.gpu) {
            if (const std::string obstacle = gpuObstacle(*checkpoint->model, *m_result.gpu);
                !obstacle.empty())
                return cannotRun(named, *checkpoint->model, obstacle);
        }
        m_result.model = checkpoint->model;
        m_result.quantizedAtLoad = checkpoint->atLoad;
        describeModel(named, *checkpoint);
        checkQuality(named, *checkpoint);
        checkContext(named);
    }

    void unknownModel(const std::string& name)
    {
        std::vector<std::string> ids;
        for (const Model& model : m_result.catalog->models)
            ids.push_back(model.id);
        const auto nearest = nearestWord(name, ids);
        auto& finding =
            add(Level::Error, Kind::Reference, "spec.model.name",
                fmt::format("model '{}' is not in the catalog", printableLine(name, 100)));
        finding.suggestion = fmt::format(
            "{}Add its config.json with --model-configs DIR, or see 'llmd catalog models'.",
            nearest ? fmt::format("Did you mean {}? ", *nearest) : "Check the Hugging Face id. ");
        if (nearest)
            finding.edits = { { finding.field, *nearest } };
    }

    void missingFormat(const Model& named)
    {
        const std::string wanted = nameOf(*m_spec.model.quantization);
        const Quantization& stored = named.architecture.quantization;
        auto& finding = add(
            Level::Error, Kind::Reference, "spec.model.quantization",
            stored.method == "none"
                ? fmt::format("no {} weights of {} are known", wanted, named.id)
                : fmt::format("{} is stored as {}, not as {}", named.id, stored.label(), wanted));
        suggestFormat(finding, named);
        if (stored.method != "none") {
            finding.suggestion = "Leave quantization out: the checkpoint decides.";
            finding.edits = { { finding.field, "" } };
        }
    }

    void cannotRun(const Model& named, const Model& checkpoint, const std::string& obstacle)
    {
        auto& finding = add(
            Level::Error, Kind::Constraint, "spec.resources.gpuType",
            fmt::format("{} {}, so it cannot run {}", m_result.gpu->name, obstacle, checkpoint.id));
        finding.field = "spec.model.quantization";
        suggestFormat(finding, named);
    }

    /** Formats that exist and run on the GPU, the one nearest to what was asked for first. */
    void suggestFormat(SpecFinding& finding, const Model& named)
    {
        const auto formats = availableFormats(named, m_result.gpu, *m_result.catalog);
        std::vector<std::string> names;
        for (const SpecQuantization format : formats)
            names.push_back(nameOf(format));
        finding.suggestion = names.empty()
            ? std::string("Choose another model or GPU.")
            : fmt::format(
                "Use {}, or add the config.json of such weights with --model-configs DIR.",
                join(names, " or "));
        if (!names.empty())
            finding.edits = { { "spec.model.quantization", names.front() } };
    }

    void describeModel(const Model& named, const Checkpoint& checkpoint)
    {
        const ModelArchitecture& architecture = checkpoint.model->architecture;
        ok("spec.model.name",
           fmt::format("{}: {}B parameters in {} layers, {} attention and {} key-value heads",
                       named.displayName,
                       printRounded(static_cast<double>(architecture.textParameters()) / 1e9, 4),
                       architecture.layers(), architecture.queryHeads(),
                       architecture.keyValueHeads()));
        const std::string format = m_spec.model.quantization ? nameOf(*m_spec.model.quantization)
                                                             : architecture.quantization.label();
        ok("spec.model.quantization",
           checkpoint.atLoad ? fmt::format("{} weights are made by the engine while it loads {}",
                                           format, named.id)
                             : fmt::format("{} weights: {}", format, checkpoint.model->id));
        for (const std::string& text : architecture.approximations)
            add(Level::Warning, Kind::Reference, "spec.model.name", "approximated: " + text)
                .suggestion = "Allow for it when you read the figures.";
    }

    void checkQuality(const Model& named, const Checkpoint& checkpoint)
    {
        const bool quantised =
            checkpoint.atLoad || checkpoint.model->architecture.quantization.method != "none";
        const auto& limit = m_spec.serving.maxQualityDegradation;
        const char* field = "spec.serving.quality.maxQualityDegradation";
        const auto kept = keptQuality(checkpoint, *m_result.catalog);
        if (!quantised || (!limit && !kept))
            return;
        if (!kept) {
            auto& finding = add(Level::Warning, Kind::Constraint, field,
                                fmt::format("no measurement of what {} loses to its 16-bit form is "
                                            "known, so the limit is not checked",
                                            checkpoint.model->id));
            finding.suggestion = "Measure it, or use a format whose loss is published.";
            return;
        }
        const double loss = 1 - *kept;
        const std::string text = fmt::format("quantisation costs {} % of accuracy as published",
                                             printRounded(loss * 100, 3));
        if (!limit || loss <= *limit)
            return ok(limit ? field : "spec.model.quantization", text);
        auto& finding =
            add(Level::Error, Kind::Constraint, field,
                fmt::format("{}, the limit is {} %", text, printRounded(*limit * 100, 3)));
        finding.figure = { loss * 100, *limit * 100, "%" };
        suggestQuality(finding, named, loss);
    }

    void suggestQuality(SpecFinding& finding, const Model& named, double loss)
    {
        const double limit = *m_spec.serving.maxQualityDegradation;
        for (const SpecQuantization format :
             availableFormats(named, m_result.gpu, *m_result.catalog)) {
            const auto other = findCheckpoint(named, format, m_result.gpu, *m_result.catalog);
            const auto kept = keptQuality(*other, *m_result.catalog);
            if (format != SpecQuantization::None && (!kept || 1 - *kept > limit))
                continue;
            finding.suggestion = fmt::format("Use quantization: {}", nameOf(format));
            finding.edits = { { "spec.model.quantization", nameOf(format) } };
            return;
        }
        const std::string raised = printNumber(std::ceil(loss * 1000) / 1000);
        finding.suggestion = fmt::format("Raise the limit to {}", raised);
        finding.edits = { { finding.field, raised } };
    }

    void checkContext(const Model& named)
    {
        const int most = named.architecture.maxPositions;
        const auto& asked = m_spec.model.maxContextLength;
        if (!asked || most <= 0 || *asked <= most)
            return;
        auto& finding = add(Level::Error, Kind::Constraint, "spec.model.maxContextLength",
                            fmt::format("{} supports {} tokens, {} are asked for",
                                        named.displayName, most, *asked));
        finding.figure = { static_cast<double>(most), static_cast<double>(*asked), "tokens" };
        finding.suggestion = fmt::format("Lower maxContextLength to {}", most);
        finding.edits = { { finding.field, std::to_string(most) } };
    }

    void findDraft()
    {
        if (!m_spec.model.speculative || m_spec.model.speculative->draftModel.empty())
            return;
        const std::string& name = m_spec.model.speculative->draftModel;
        const char* field = "spec.model.speculative.draftModel";
        const Model* draft = m_result.catalog->findModel(name);
        if (!draft) {
            const auto nearest = nearestDraft(name);
            auto& finding = add(Level::Warning, Kind::Reference, field,
                                fmt::format("draft model '{}' is not in the catalog: its memory "
                                            "cannot be counted and it may not exist",
                                            printableLine(name, 100)));
            finding.suggestion = nearest
                ? fmt::format("Did you mean {}?", *nearest)
                : std::string("Add its config.json with --model-configs DIR.");
            if (nearest)
                finding.edits = { { field, *nearest } };
            return;
        }
        if (m_result.model)
            checkDraft(field, *draft);
    }

    /** A model that could draft: by name, else the smallest. */
    std::optional<std::string> nearestDraft(const std::string& name) const
    {
        if (!m_result.model)
            return std::nullopt;
        const ModelArchitecture& target = m_result.model->architecture;
        std::vector<std::string> ids;
        const Model* smallest = nullptr;
        for (const Model& model : m_result.catalog->models) {
            const ModelArchitecture& architecture = model.architecture;
            if (architecture.vocabularySize != target.vocabularySize
                || architecture.modelType != target.modelType
                || architecture.textParameters() * 2 > target.textParameters())
                continue;
            ids.push_back(model.id);
            if (!smallest
                || architecture.textParameters() < smallest->architecture.textParameters())
                smallest = &model;
        }
        if (!smallest)
            return std::nullopt;
        return nearestWord(name, ids).value_or(smallest->id);
    }

    void checkDraft(const char* field, const Model& draft)
    {
        const ModelArchitecture& target = m_result.model->architecture;
        const char* leave = "Choose a small model of the same family, or remove speculative.";
        if (draft.architecture.vocabularySize != target.vocabularySize) {
            add(Level::Error, Kind::Constraint, field,
                fmt::format("{} has a vocabulary of {} tokens, {} one of {}: drafts cannot be "
                            "verified",
                            draft.id, draft.architecture.vocabularySize, m_result.model->id,
                            target.vocabularySize))
                .suggestion = leave;
            return;
        }
        if (draft.architecture.textParameters() * 2 > target.textParameters()) {
            add(Level::Error, Kind::Constraint, field,
                fmt::format("{} is more than half as large as the model, drafting would be slower "
                            "than decoding",
                            draft.id))
                .suggestion = leave;
            return;
        }
        m_result.draft = &draft;
        ok(field, fmt::format("{} drafts, {} verifies", draft.id, m_result.model->id));
    }

    SpecAnalysis m_result;
    const InferenceService& m_spec = m_result.service;
};

} // namespace

SpecAnalysis analyseSpec(const InferenceService& service, std::shared_ptr<const Catalog> catalog)
{
    return Analyser(service, std::move(catalog)).run();
}

} // namespace llmd

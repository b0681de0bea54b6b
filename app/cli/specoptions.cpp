// SPDX-License-Identifier: Apache-2.0
#include "specoptions.h"

#include <core/base/text.h>
#include <core/performance/engine.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

namespace {

const char* labelOf(SpecFinding::Level level)
{
    switch (level) {
    case SpecFinding::Level::Ok:
        return "OK";
    case SpecFinding::Level::Warning:
        return "WARNING";
    case SpecFinding::Level::Error:
        break;
    }
    return "ERROR";
}

const char* nameOf(SpecFinding::Kind kind)
{
    switch (kind) {
    case SpecFinding::Kind::Form:
        return "form";
    case SpecFinding::Kind::Reference:
        return "reference";
    case SpecFinding::Kind::Constraint:
        break;
    }
    return "constraint";
}

} // namespace

void ManifestChoice::add(CLI::App& command)
{
    std::vector<std::string> targets;
    for (const auto& [id, text] : manifestTargets())
        targets.push_back(id);
    command.add_option("--target", manifests.target, "Kind of manifests")
        ->capture_default_str()
        ->check(CLI::IsMember(targets));
    command.add_option("--autoscaler,--autoscaling", autoscaler, "keda, hpa, wva or none")
        ->capture_default_str()
        ->check(CLI::IsMember({ "keda", "hpa", "wva", "none" }));
    command.add_option("--prometheus", manifests.prometheusUrl, "Prometheus that KEDA asks")
        ->capture_default_str();
    command.add_option("--gateway", manifests.gateway,
                       "Gateway to attach a route to: name or namespace/name");
    command.add_option("--gateway-class", manifests.gatewayClass,
                       "Write that Gateway too, of this class, for example istio");
    command.add_option("--token-secret", manifests.tokenSecret, "Secret with the key HF_TOKEN")
        ->capture_default_str();
    command.add_option("--pull-secret", manifests.pullSecret, "Secret to pull images with");
    command.add_option("--model-claim", manifests.modelClaim,
                       "PersistentVolumeClaim that keeps the downloaded model");
    command.add_option("--toleration", manifests.tolerations,
                       "Taint to accept: key, key=value or key=value:NoSchedule; repeatable");
    command.add_option("--topology-key", manifests.topologyKey,
                       "Node label whose value the pods of one deployment share");
    command.add_option("--rdma-resource", manifests.rdmaResource, "Resource of the RDMA devices")
        ->capture_default_str();
    command.add_flag("--allow-unfit", manifests.allowUnfit,
                     "Write a plan that does not fit the GPUs' memory; the files say so");
}

ManifestOptions ManifestChoice::options() const
{
    ManifestOptions chosen = manifests;
    chosen.autoscaler = parseAutoscaler(autoscaler).value_or(Autoscaler::Keda);
    return chosen;
}

Result<std::vector<SpecDocument>> readSpecFiles(const std::vector<std::string>& files)
{
    std::vector<SpecDocument> documents;
    for (const std::string& file : files) {
        auto read = readSpecFile(file);
        if (!read)
            return tl::unexpected(read.error());
        std::move(read->begin(), read->end(), std::back_inserter(documents));
    }
    return documents;
}

Result<std::vector<SpecCompilation>> compileFiles(Session& session,
                                                  const std::vector<std::string>& files)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto documents = readSpecFiles(files);
    if (!documents)
        return tl::unexpected(documents.error());
    const EngineRegistry engines(*catalog);
    RunContext context = session.runContext();
    return compileSpecs(*documents, *catalog, { engines.standard(), context });
}

std::string findingsText(const std::vector<SpecFinding>& findings)
{
    std::string text;
    for (const SpecFinding& finding : findings) {
        const std::string where = finding.where && finding.where->line > 0
            ? fmt::format(" ({}:{}:{})", finding.where->file, finding.where->line,
                          finding.where->column)
            : std::string();
        if (finding.level == SpecFinding::Level::Ok) {
            text += fmt::format("[OK] {}: {}\n", finding.field, finding.text);
            continue;
        }
        text +=
            fmt::format("[{}] {}{}:\n  {}\n", labelOf(finding.level),
                        finding.field.empty() ? "document" : finding.field, where, finding.text);
        if (!finding.suggestion.empty())
            text += fmt::format("  Suggestion: {}\n", finding.suggestion);
    }
    return text;
}

nlohmann::ordered_json findingsJson(const std::vector<SpecFinding>& findings)
{
    auto list = nlohmann::ordered_json::array();
    for (const SpecFinding& finding : findings) {
        nlohmann::ordered_json json { { "level", toLower(labelOf(finding.level)) },
                                      { "kind", nameOf(finding.kind) },
                                      { "field", finding.field },
                                      { "text", finding.text } };
        if (finding.where && finding.where->line > 0) {
            json["file"] = finding.where->file;
            json["line"] = finding.where->line;
            json["column"] = finding.where->column;
        }
        if (finding.figure)
            json["figure"] = { { "value", finding.figure->value },
                               { "limit", finding.figure->limit },
                               { "unit", finding.figure->unit } };
        if (!finding.suggestion.empty())
            json["suggestion"] = finding.suggestion;
        if (!finding.edits.empty()) {
            json["edits"] = nlohmann::ordered_json::array();
            for (const SpecEdit& edit : finding.edits)
                json["edits"].push_back({ { "field", edit.field }, { "value", edit.value } });
        }
        list.push_back(std::move(json));
    }
    return list;
}

ExitCode exitCodeOf(const std::vector<SpecCompilation>& compilations)
{
    ExitCode code = ExitCode::Done;
    for (const SpecCompilation& each : compilations) {
        if (hasValidationErrors(each.findings))
            return ExitCode::ValidationErrors;
        if (hasErrors(each.findings))
            code = ExitCode::Infeasible;
    }
    return code;
}

std::string folderNameOf(const SpecCompilation& compilation)
{
    return compilation.compiled
        ? compilation.compiled->deployment.nameSpace + "-" + compilation.compiled->deployment.name
        : compilation.name;
}

} // namespace llmd::cli

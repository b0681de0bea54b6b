// SPDX-License-Identifier: Apache-2.0
#include "modelcatalog.h"

#include "catalog.h"
#include "fieldreader.h"
#include "hfconfig.h"

#include <core/base/file.h>
#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <system_error>

namespace llmd {

namespace {

constexpr std::string_view modelFolder = "catalog/models/";
constexpr std::string_view configName = "config.json";
constexpr std::size_t smallFile = 1u << 20;
constexpr std::size_t mostFiles = 10'000;

/** What `models.yaml` says of a model besides its config. */
struct Description
{
    std::string name;
    std::string family;
    std::optional<double> publishedParameters;
    SamplingDefaults sampling;
    std::string license;
    Source source;
    bool base = false;
};

/** By lower-case id. */
using Descriptions = std::map<std::string, Description>;

void addIssue(std::vector<Issue>& issues, const Error& error, std::string subject)
{
    issues.push_back(
        { Severity::Error, error.code, error.detail, std::move(subject), error.where });
}

bool readDescription(const YamlNode& node, std::string& id, Description& description,
                     std::vector<Issue>& issues)
{
    FieldReader fields(node, issues);
    fields.setRequired(true);
    fields.text("id", id);
    fields.setRequired(false);
    fields.text("name", description.name);
    fields.text("family", description.family);
    double published = 0;
    fields.number("published_parameters", published, { 1, 1e15 });
    if (published > 0)
        description.publishedParameters = published;
    fields.boolean("top_p_or_top_k", description.sampling.topPOrTopK);
    fields.boolean("repetition_penalty", description.sampling.repetitionPenalty);
    fields.text("license", description.license);
    fields.boolean("base", description.base);
    fields.source("source", description.source);
    fields.reportUnknown({ "id", "name", "family", "published_parameters", "top_p_or_top_k",
                           "repetition_penalty", "license", "base", "source" });
    return fields.ok();
}

Descriptions readDescriptions(std::string_view text, const std::string& name,
                              std::vector<Issue>& issues)
{
    Descriptions descriptions;
    const auto root = parseYaml(text, name);
    if (!root) {
        addIssue(issues, root.error(), {});
        return descriptions;
    }
    const YamlNode list = (*root)["models"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string id;
        Description description;
        if (!readDescription(list[i], id, description, issues))
            continue;
        if (!descriptions.emplace(toLower(id), std::move(description)).second)
            issues.push_back(
                list[i].issue(Severity::Warning, fmt::format("'{}' is described twice", id)));
    }
    return descriptions;
}

std::string afterSlash(const std::string& id)
{
    const auto slash = id.rfind('/');
    return slash == std::string::npos ? id : id.substr(slash + 1);
}

/** "org--name" to "org/name". */
std::string idOfStem(std::string stem)
{
    if (const auto at = stem.find("--"); at != std::string::npos)
        stem.replace(at, 2, "/");
    return stem;
}

std::string idOfPath(const std::filesystem::path& path)
{
    if (path.filename() != configName)
        return idOfStem(path.stem().string());
    std::error_code ignored;
    const auto absolute = std::filesystem::absolute(path, ignored).lexically_normal();
    const std::string name = absolute.parent_path().filename().string();
    const std::string organisation = absolute.parent_path().parent_path().filename().string();
    if (name.find("--") != std::string::npos || organisation.empty())
        return idOfStem(name);
    return organisation + "/" + name;
}

void describe(Model& model, const Descriptions& descriptions)
{
    model.displayName = afterSlash(model.id);
    model.family = model.id;
    const auto it = descriptions.find(toLower(model.id));
    if (it == descriptions.end())
        return;
    const Description& description = it->second;
    if (!description.name.empty())
        model.displayName = description.name;
    if (!description.family.empty())
        model.family = description.family;
    model.publishedParameters = description.publishedParameters;
    model.sampling = description.sampling;
    model.license = description.license;
    model.baseCheckpoint = description.base;
    model.source = description.source;
}

/**
 * A scheme that the name of a checkpoint tells and its config does not: ModelOpt's older exports keep it in
 * `hf_quant_config.json` only. Empty if the name tells nothing.
 */
std::string schemeOfName(const std::string& id)
{
    const std::string name = toLower(id);
    const auto says = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    const auto modelOpt = [](std::string_view algorithm) {
        return fmt::format(R"({{"quant_method":"modelopt","quant_algo":"{}"}})", algorithm);
    };
    if (says("nvfp4") || name.ends_with("-fp4"))
        return modelOpt("NVFP4");
    if (says("fp8"))
        return modelOpt("FP8");
    if (says("awq") || says("gptq") || says("w4a16") || says("int4"))
        return modelOpt("W4A16_AWQ");
    return {};
}

/** What the engine takes from a `generation_config.json` beside the config; a bad one is as none. */
SamplingDefaults readSampling(const std::filesystem::path& path)
{
    SamplingDefaults sampling;
    const auto text = readFile(path, smallFile);
    if (!text)
        return sampling;
    const auto document = nlohmann::json::parse(*text, nullptr, false);
    const auto number = [&](const char* key, double neutral) {
        if (!document.is_object())
            return neutral;
        const auto it = document.find(key);
        return it != document.end() && it->is_number() ? it->get<double>() : neutral;
    };
    sampling.topPOrTopK = number("top_p", 1) < 1 || number("top_k", 0) > 0;
    sampling.repetitionPenalty = number("repetition_penalty", 1) != 1;
    return sampling;
}

void replaceOrAdd(Model model, std::vector<Model>& models)
{
    const std::string id = toLower(model.id);
    const auto it = std::find_if(models.begin(), models.end(),
                                 [&](const Model& each) { return toLower(each.id) == id; });
    if (it == models.end()) {
        models.push_back(std::move(model));
        return;
    }
    // The file replaces what the config says; what only people know of the model stays.
    if (model.family == model.id)
        model.family = it->family;
    if (model.displayName == afterSlash(model.id))
        model.displayName = it->displayName;
    if (!model.publishedParameters)
        model.publishedParameters = it->publishedParameters;
    if (model.license.empty())
        model.license = it->license;
    model.baseCheckpoint = it->baseCheckpoint;
    if (model.sampling == SamplingDefaults {})
        model.sampling = it->sampling;
    *it = std::move(model);
}

bool isConfigFile(const std::filesystem::path& path)
{
    const std::string name = path.filename().string();
    return name == configName || (name.ends_with(".json") && name.find("--") != std::string::npos);
}

/** Config files at most three levels below the folder, in the order of their names. */
std::vector<std::filesystem::path> findConfigs(const std::filesystem::path& folder,
                                               std::vector<Issue>& issues)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> found;
    std::error_code error;
    fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied,
                                        error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        std::error_code ignored;
        if (it.depth() >= 3)
            it.disable_recursion_pending();
        if (it->is_regular_file(ignored) && isConfigFile(it->path()))
            found.push_back(it->path());
        if (found.size() > mostFiles)
            break;
    }
    if (error)
        issues.push_back({ Severity::Error,
                           ErrorCode::Io,
                           fmt::format("the model folder '{}' cannot be read: {}", folder.string(),
                                       error.message()),
                           {},
                           Location { folder.string(), 0, 0 } });
    std::sort(found.begin(), found.end());
    return found;
}

Result<Model> readDescribedModel(const std::filesystem::path& path,
                                 const Descriptions& descriptions)
{
    Model model;
    model.id = idOfPath(path);
    auto architecture = readHfConfig(path);
    if (!architecture)
        return tl::unexpected(architecture.error());
    const std::string scheme = schemeOfName(model.id);
    if (architecture->quantization.method == "none" && !scheme.empty()) {
        const auto text = readFile(path);
        auto assumed = text ? parseHfConfig(*text, path.string(), scheme)
                            : Result<ModelArchitecture>(tl::unexpected(text.error()));
        if (assumed) {
            architecture = std::move(assumed);
            architecture->approximations.push_back(fmt::format(
                "the name says '{}', but the config describes no quantisation; all linear weights "
                "but the head are taken as {} (put hf_quant_config.json beside config.json)",
                afterSlash(model.id), architecture->quantization.label()));
        }
    }
    model.architecture = std::move(*architecture);
    describe(model, descriptions);
    if (path.filename() == configName && model.sampling == SamplingDefaults {})
        model.sampling = readSampling(path.parent_path() / "generation_config.json");
    if (model.source.text.empty())
        model.source.text = path.string();
    model.userProvided = true;
    return model;
}

/** Names the shipped sources that rows refer to. */
std::map<std::string, Source> readSources(const YamlNode& node, std::vector<Issue>& issues)
{
    std::map<std::string, Source> sources;
    for (const std::string& key : node.keys()) {
        Source source;
        FieldReader fields(node, issues);
        fields.source(key, source);
        if (fields.ok())
            sources.emplace(key, std::move(source));
    }
    return sources;
}

/** Fields that scores and recoveries share; false if one is bad. */
bool readQualityRow(const YamlNode& row, const std::map<std::string, Source>& sources,
                    FieldReader& fields, std::string& family, Source& source)
{
    fields.setRequired(true);
    fields.text("family", family);
    std::string key;
    fields.text("source", key);
    const auto it = sources.find(key);
    if (it == sources.end())
        fields.fail(row["source"], fmt::format("the source '{}' is not described", key));
    else
        source = it->second;
    return fields.ok();
}

} // namespace

Result<Model> readModelFile(const std::filesystem::path& path)
{
    return readDescribedModel(path, {});
}

void loadBuiltinModels(std::vector<Model>& models, std::vector<Issue>& issues)
{
    const Descriptions descriptions =
        readDescriptions(builtinResource("catalog/models.yaml"), "models.yaml", issues);
    const std::size_t first = models.size();
    for (const Resource& resource : builtinResources()) {
        if (!resource.path.starts_with(modelFolder) || !resource.path.ends_with(".json"))
            continue;
        const std::string file(resource.path.substr(modelFolder.size()));
        Model model;
        model.id = idOfStem(file.substr(0, file.size() - std::string_view(".json").size()));
        auto architecture = parseHfConfig(resource.content, file);
        if (!architecture) {
            addIssue(issues, architecture.error(), model.id);
            continue;
        }
        model.architecture = std::move(*architecture);
        describe(model, descriptions);
        models.push_back(std::move(model));
    }
    std::sort(models.begin() + static_cast<std::ptrdiff_t>(first), models.end(),
              [](const Model& a, const Model& b) { return toLower(a.id) < toLower(b.id); });
}

void loadModelFolder(const std::filesystem::path& folder, std::vector<Model>& models,
                     std::vector<Issue>& issues)
{
    Descriptions descriptions;
    std::error_code ignored;
    const auto descriptionFile = folder / "models.yaml";
    if (std::filesystem::exists(descriptionFile, ignored)) {
        if (const auto text = readFile(descriptionFile))
            descriptions = readDescriptions(*text, descriptionFile.string(), issues);
        else
            addIssue(issues, text.error(), {});
    }
    for (const auto& path : findConfigs(folder, issues)) {
        auto model = readDescribedModel(path, descriptions);
        if (model)
            replaceOrAdd(std::move(*model), models);
        else
            addIssue(issues, model.error(), idOfPath(path));
    }
}

void loadBuiltinQuality(std::vector<QualityScore>& scores,
                        std::vector<QuantizationRecovery>& recoveries, std::vector<Issue>& issues)
{
    const auto root = parseYaml(builtinResource("catalog/quality.yaml"), "quality.yaml");
    if (!root)
        return addIssue(issues, root.error(), {});
    const auto sources = readSources((*root)["sources"], issues);
    const YamlNode scoreRows = (*root)["scores"];
    for (std::size_t i = 0; i < scoreRows.size(); ++i) {
        QualityScore score;
        FieldReader fields(scoreRows[i], issues);
        if (!readQualityRow(scoreRows[i], sources, fields, score.family, score.source))
            continue;
        fields.text("benchmark", score.benchmark);
        fields.text("mode", score.mode);
        fields.number("score", score.score, { 0, 100 });
        if (fields.ok())
            scores.push_back(std::move(score));
    }
    const YamlNode recoveryRows = (*root)["recoveries"];
    for (std::size_t i = 0; i < recoveryRows.size(); ++i) {
        QuantizationRecovery recovery;
        FieldReader fields(recoveryRows[i], issues);
        if (!readQualityRow(recoveryRows[i], sources, fields, recovery.family, recovery.source))
            continue;
        fields.text("scheme", recovery.scheme);
        fields.number("percent", recovery.percent, { 0, 200 });
        if (fields.ok())
            recoveries.push_back(std::move(recovery));
    }
}

} // namespace llmd

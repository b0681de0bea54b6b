// SPDX-License-Identifier: Apache-2.0
#include "enginedeclaration.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/catalog/fieldreader.h>

#include <algorithm>

namespace llmd {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestId = 64;
constexpr std::size_t fileLimit = 1u << 20;
constexpr std::size_t filesPerFolder = 1000;
constexpr Seconds longestTimeLimit = Seconds(24 * 3600);

bool isId(std::string_view id)
{
    const auto isLetterOrDigit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    return !id.empty() && id.size() <= longestId && isLetterOrDigit(id.front())
        && std::all_of(id.begin(), id.end(), [&](char c) {
               return isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
           });
}

bool isVariableName(std::string_view name)
{
    return !name.empty() && name.find_first_of(std::string_view("=\0", 2)) == std::string::npos;
}

void readCapabilities(const YamlNode& node, EngineDeclaration& declaration,
                      std::vector<Issue>& issues)
{
    if (!node.exists())
        return;
    FieldReader reader(node, issues);
    if (!node.isMapping())
        return reader.fail(node, "expected a mapping, for example {percentiles: true}");
    reader.boolean("percentiles", declaration.percentiles);
    reader.boolean("mixture_of_experts", declaration.mixtureOfExperts);
    reader.boolean("prefill_decode", declaration.prefillDecodeDisaggregation);
    reader.texts("validated_gpus", declaration.validatedGpus);
    reader.reportUnknown(
        { "percentiles", "mixture_of_experts", "prefill_decode", "validated_gpus" });
}

void readTimeLimit(const YamlNode& node, FieldReader& reader, Seconds& value)
{
    if (!node.exists())
        return;
    const auto limit =
        node.asString().and_then([](const std::string& s) { return parseDuration(s); });
    if (!limit)
        return reader.fail(node, limit.error().detail);
    if (*limit <= Seconds() || *limit > longestTimeLimit)
        return reader.fail(node, "expected a duration of more than 0 and at most 1d");
    value = *limit;
}

void readDeclaration(const YamlNode& root, EngineDeclaration& declaration,
                     std::vector<Issue>& issues)
{
    FieldReader reader(root, issues);
    if (!root.isMapping())
        return reader.fail(root, "expected a mapping with at least `id` and `command`");
    reader.setRequired(true);
    reader.text("id", declaration.id);
    reader.texts("command", declaration.command);
    reader.setRequired(false);
    reader.text("name", declaration.name);
    reader.text("description", declaration.description);
    reader.texts("needs_one_of", declaration.needsOneOf);
    reader.texts("environment", declaration.environment);
    reader.integer("max_parallel", declaration.maxParallel, { 1, 256 });
    readTimeLimit(root["time_limit"], reader, declaration.timeLimit);
    readCapabilities(root["capabilities"], declaration, issues);
    reader.reportUnknown({ "id", "name", "description", "command", "needs_one_of", "environment",
                           "time_limit", "max_parallel", "capabilities" });
    if (root["id"].exists() && !isId(declaration.id))
        reader.fail(root["id"],
                    "expected up to 64 lower case letters, digits, '.', '_' and '-', starting "
                    "with a letter or digit");
    if (root["command"].isSequence()
        && (declaration.command.empty() || declaration.command.front().empty()))
        reader.fail(root["command"], "expected a program and its arguments, at least the program");
    for (std::size_t i = 0; i < declaration.environment.size(); ++i) {
        if (!isVariableName(declaration.environment[i]))
            reader.fail(root["environment"][i],
                        "expected the name of a variable; its value is that of the planner");
    }
    declaration.name = printableLine(declaration.name.empty() ? declaration.id : declaration.name);
    declaration.description = printableLine(declaration.description, 1000);
}

/** The `*.yaml` files of a folder and of those directly in it, sorted. */
Result<std::vector<fs::path>> declarationFiles(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    const auto add = [&](const fs::directory_entry& entry) {
        std::error_code ignored;
        if (entry.path().extension() == ".yaml" && entry.is_regular_file(ignored))
            files.push_back(entry.path());
    };
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        add(*it);
        std::error_code ignored;
        if (!it->is_directory(ignored))
            continue;
        for (fs::directory_iterator inner(it->path(), ignored); !ignored && inner != end;
             inner.increment(ignored))
            add(*inner);
        if (files.size() > filesPerFolder)
            return failure(ErrorCode::LimitExceeded,
                           folder.string() + ": more than 1000 YAML files; is this the folder?");
    }
    if (error)
        return failure(ErrorCode::Io, folder.string() + ": cannot be read: " + error.message());
    std::sort(files.begin(), files.end());
    return files;
}

Issue toIssue(const Error& error)
{
    return { Severity::Error, error.code, error.detail, {}, error.where };
}

void loadFolder(const fs::path& folder, Loaded<std::vector<EngineDeclaration>>& all)
{
    const auto files = declarationFiles(folder);
    if (!files) {
        all.issues.push_back(toIssue(files.error()));
        return;
    }
    std::vector<EngineDeclaration> found;
    const auto find = [](auto& list, const std::string& id) {
        return std::find_if(list.begin(), list.end(),
                            [&](const EngineDeclaration& d) { return d.id == id; });
    };
    for (const auto& file : *files) {
        const auto text = readFile(file, fileLimit);
        if (!text) {
            all.issues.push_back(toIssue(text.error()));
            continue;
        }
        auto read = parseEngineDeclaration(*text, file);
        all.issues.insert(all.issues.end(), read.issues.begin(), read.issues.end());
        if (read.hasErrors())
            continue;
        if (const auto twin = find(found, read.value.id); twin != found.end()) {
            all.issues.push_back({ Severity::Error, ErrorCode::InvalidArgument,
                                   "engine '" + read.value.id + "' is also declared in "
                                       + twin->file.string() + "; that one is used",
                                   "id", Location { file.string(), 0, 0 } });
            continue;
        }
        found.push_back(std::move(read.value));
    }
    for (auto& declaration : found) {
        const auto known = find(all.value, declaration.id);
        if (known != all.value.end())
            *known = std::move(declaration);
        else
            all.value.push_back(std::move(declaration));
    }
}

} // namespace

Loaded<EngineDeclaration> parseEngineDeclaration(std::string_view text, const fs::path& file)
{
    Loaded<EngineDeclaration> loaded;
    loaded.value.file = file;
    const auto root = parseYaml(text, file.string(), { .bytes = fileLimit });
    if (root)
        readDeclaration(*root, loaded.value, loaded.issues);
    else
        loaded.issues.push_back(toIssue(root.error()));
    return loaded;
}

Loaded<std::vector<EngineDeclaration>> loadEngineDeclarations(const std::vector<fs::path>& folders)
{
    Loaded<std::vector<EngineDeclaration>> all;
    for (const auto& folder : folders)
        loadFolder(folder, all);
    std::sort(all.value.begin(), all.value.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    return all;
}

std::vector<fs::path> usualEngineFolders()
{
    std::vector<fs::path> folders;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path installed =
        program.parent_path().parent_path() / "share" / "llmd-planner" / "engines";
    for (const fs::path& folder :
         { error ? fs::path() : installed, userDataFolder() / "engines" }) {
        if (folder.is_absolute() && fs::is_directory(folder, error))
            folders.push_back(folder);
    }
    return folders;
}

} // namespace llmd

// SPDX-License-Identifier: Apache-2.0
#include "../specoptions.h"
#include "export.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace llmd::cli {

namespace {

struct Options
{
    std::vector<std::string> files;
    std::string candidate;
    std::string folder;
    bool dryRun = false;
    ManifestChoice manifests;
};

/** Project files are JSON without an apiVersion; a spec may be JSON too. */
bool isProject(const std::string& file)
{
    if (std::filesystem::path(file).extension() == ".llmdplan")
        return true;
    const auto text = readFile(file);
    if (!text || !trimmed(*text).starts_with('{'))
        return false;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    return json.is_object() && !json.contains("apiVersion");
}

ExitCode compileProject(Session& session, const Options& options)
{
    ExportRequest request { .project = options.files.front(),
                            .candidate = options.candidate,
                            .output = options.folder,
                            .dryRun = options.dryRun,
                            .manifests = options.manifests.options() };
    return exportPlan(session, request);
}

std::string resourcesText(const CompiledSpec& compiled)
{
    std::string text = "Resources:\n";
    for (const auto& [name, value] : compiled.deployment.summary)
        text += fmt::format("  {}: {}\n", name, value);
    const HostResources& host = compiled.deployment.host;
    text +=
        fmt::format("  per replica: {} GiB of host memory ({}), {} cores, {} GiB of disk\n",
                    inGibibytes(host.memory), host.memoryWhy, host.cpu, inGibibytes(host.storage));
    for (const SpecAssumption& each : compiled.analysis.assumptions)
        text += fmt::format("  assumed {}: {}\n", each.field, each.text);
    for (const std::string& warning : compiled.deployment.warnings)
        text += fmt::format("  warning: {}\n", warning);
    return text;
}

nlohmann::ordered_json compiledJson(const CompiledSpec& compiled)
{
    nlohmann::ordered_json json;
    for (const PlanField& field : planFields(compiled.plan)) {
        const auto dot = field.path.find('.');
        auto& value = json["plan"][field.path.substr(0, dot)][field.path.substr(dot + 1)];
        // What is no text was printed as JSON prints it.
        value = field.kind == PlanField::Kind::Text
            ? nlohmann::ordered_json(field.value)
            : nlohmann::ordered_json::parse(field.value, nullptr, false);
    }
    json["resources"] = nlohmann::ordered_json::object();
    for (const auto& [name, value] : compiled.deployment.summary)
        json["resources"][name] = value;
    json["total_gpus"] = compiled.resources.option->totalGpus;
    json["cost_per_hour_usd"] = inDollarsPerHour(compiled.resources.option->cost);
    json["assumptions"] = nlohmann::ordered_json::array();
    for (const SpecAssumption& each : compiled.analysis.assumptions)
        json["assumptions"].push_back({ { "field", each.field }, { "text", each.text } });
    json["warnings"] = compiled.deployment.warnings;
    return json;
}

/** Everything is written before anything is, so that one bad spec leaves no half of the others. */
class SpecWriter
{
public:
    SpecWriter(const Session& session, const Options& options, bool several)
        : m_session(session)
        , m_options(options)
        , m_several(several)
    { }

    Result<> add(const SpecCompilation& compilation)
    {
        Entry entry { &compilation, {}, m_options.folder };
        if (m_several && !m_options.folder.empty())
            entry.folder =
                (std::filesystem::path(m_options.folder) / folderNameOf(compilation)).string();
        if (!m_folders.insert(entry.folder).second && !m_options.dryRun)
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("two specs would be written to {}; give them different "
                                       "names or namespaces",
                                       entry.folder));
        auto files = writeSpecFiles(*compilation.compiled, m_options.manifests.options());
        if (!files)
            return tl::unexpected(files.error());
        entry.files = std::move(*files);
        m_entries.push_back(std::move(entry));
        return {};
    }

    Result<> save() const
    {
        for (const Entry& entry : m_entries) {
            if (m_options.dryRun)
                continue;
            if (const auto saved = saveManifests(entry.files, entry.folder); !saved)
                return saved;
        }
        return {};
    }

    /** What was compiled, by compilation; empty for those that were not. */
    [[nodiscard]] nlohmann::ordered_json json(const SpecCompilation& compilation) const
    {
        nlohmann::ordered_json json { { "file", compilation.file },
                                      { "name", compilation.name },
                                      { "feasible", compilation.compiled.has_value() },
                                      { "findings", findingsJson(compilation.findings) } };
        for (const Entry& entry : m_entries) {
            if (entry.compilation != &compilation)
                continue;
            json.update(compiledJson(*compilation.compiled));
            json["written"] = !m_options.dryRun;
            json["folder"] = entry.folder;
            json["files"] = nlohmann::ordered_json::array();
            for (const ManifestFile& file : entry.files)
                json["files"].push_back(
                    { { "path", file.path }, { "bytes", file.content.size() } });
        }
        return json;
    }

    [[nodiscard]] std::string text(const SpecCompilation& compilation) const
    {
        std::string text = fmt::format("{} ({}):\n", compilation.name, compilation.file);
        if (!compilation.compiled)
            return text + findingsText(compilation.findings);
        std::vector<SpecFinding> notable;
        for (const SpecFinding& finding : compilation.findings) {
            if (finding.level != SpecFinding::Level::Ok)
                notable.push_back(finding);
        }
        text += findingsText(notable) + resourcesText(*compilation.compiled);
        for (const Entry& entry : m_entries) {
            if (entry.compilation != &compilation)
                continue;
            if (m_options.dryRun)
                text += "\n" + writeExecutionPlan(compilation.compiled->plan);
            text += m_options.dryRun ? "\nNothing was written; these would be:\n" : "Written:\n";
            for (const ManifestFile& file : entry.files)
                text += fmt::format("  {}\n",
                                    (std::filesystem::path(entry.folder) / file.path).string());
        }
        return text;
    }

private:
    struct Entry
    {
        const SpecCompilation* compilation;
        std::vector<ManifestFile> files;
        std::string folder;
    };

    const Session& m_session;
    const Options& m_options;
    bool m_several;
    std::vector<Entry> m_entries;
    std::set<std::string> m_folders;
};

ExitCode compileSpecs(Session& session, const Options& options)
{
    const auto compilations = compileFiles(session, options.files);
    if (!compilations)
        return session.fail(compilations.error());
    SpecWriter writer(session, options, compilations->size() > 1);
    const ExitCode code = exitCodeOf(*compilations);
    // One that fails keeps the others from being written: a set of services belongs together.
    if (code == ExitCode::Done) {
        for (const SpecCompilation& each : *compilations) {
            if (const auto added = writer.add(each); !added)
                return session.fail(added.error());
        }
        if (const auto saved = writer.save(); !saved)
            return session.fail(saved.error());
    }
    auto list = nlohmann::ordered_json::array();
    for (const SpecCompilation& each : *compilations) {
        if (session.json)
            list.push_back(writer.json(each));
        else
            session.print(writer.text(each));
    }
    if (session.json)
        session.printJson(
            { { "target", options.manifests.manifests.target }, { "specs", std::move(list) } });
    return code;
}

ExitCode compile(Session& session, const Options& options)
{
    if (options.files.size() == 1 && isProject(options.files.front()))
        return compileProject(session, options);
    if (!options.candidate.empty()) {
        fmt::print(stderr, "llmd: --candidate chooses from a project; a spec has one plan\n");
        return ExitCode::Usage;
    }
    if (options.folder.empty() && !options.dryRun) {
        fmt::print(stderr, "llmd: say where to write with -o DIR, or look first with --dry-run\n");
        return ExitCode::Usage;
    }
    return compileSpecs(session, options);
}

} // namespace

void addCompile(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "compile", "Compile declarative specs, or a project, to an execution plan and manifests");
    auto options = std::make_shared<Options>();
    command
        ->add_option("specs", options->files,
                     "Spec files (llm-d/v1 InferenceService), or one project file")
        ->required()
        ->type_name("SPEC.yaml");
    command->add_option("--candidate", options->candidate,
                        "Of a project: id of the configuration; default is the chosen or best one");
    command
        ->add_option("-o,--output", options->folder,
                     "Folder to write to; several specs get a folder each below it")
        ->type_name("DIR");
    command->add_flag("--dry-run", options->dryRun,
                      "Print plan, resources and warnings, write nothing");
    options->manifests.add(*command);
    command->callback([&session, options] {
        session.command = [&session, options] { return compile(session, *options); };
    });
}

} // namespace llmd::cli

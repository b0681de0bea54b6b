// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../needoptions.h"
#include "../terminalprogress.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/performance/engine.h>
#include <core/sweep/sweepexport.h>
#include <core/sweep/sweepfile.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace llmd::cli {

namespace {

struct SweepOptions
{
    NeedOptions need;
    std::string engine = "analytic";
    std::string shard;
    std::optional<std::size_t> shardIndex;
    int shards = 1;
    std::string output;
    std::string target;
    SweepExportOptions exported;
};

struct MergeOptions
{
    std::vector<std::string> files;
    std::string output;
};

/** "3/8", or index and count as a Kubernetes Job gives them. */
Result<Shard> shardOf(const SweepOptions& options)
{
    if (options.shard.empty()) {
        if (options.shards > 1 && !options.shardIndex)
            return failure(ErrorCode::MissingField,
                           "say which of the --shards to search: --shard-index, from 0");
        return Shard { options.shardIndex.value_or(0), static_cast<std::size_t>(options.shards) };
    }
    const auto parts = split(options.shard, '/');
    if (parts.size() == 2) {
        const auto index = parseInteger(parts[0]);
        const auto count = parseInteger(parts[1]);
        if (index && count && *index >= 1 && *index <= *count && *count <= 1'000'000)
            return Shard { static_cast<std::size_t>(*index - 1), static_cast<std::size_t>(*count) };
    }
    return failure(ErrorCode::InvalidArgument,
                   fmt::format("--shard: '{}' is no part; write for example 3/8", options.shard));
}

ExitCode exportShards(const Session& session, const SweepOptions& options, const Requirements& need)
{
    SweepExportOptions exported = options.exported;
    exported.engine = options.engine;
    exported.shards = options.shards;
    exported.target = options.target == "ray-job" ? SweepExportOptions::Target::RayJob
                                                  : SweepExportOptions::Target::KubernetesJob;
    const auto files = exportSweep(need, exported);
    if (!files)
        return session.fail(files.error());
    if (const auto saved = saveSweepExport(*files, options.output); !saved)
        return session.fail(saved.error());
    if (session.json) {
        nlohmann::ordered_json json { { "target", options.target }, { "folder", options.output } };
        for (const auto& file : *files)
            json["files"].push_back({ { "path", file.path }, { "bytes", file.content.size() } });
        session.printJson(json);
        return ExitCode::Done;
    }
    std::string text;
    for (const auto& file : *files)
        text += fmt::format("{}/{}\n", options.output, file.path);
    session.print(text);
    return ExitCode::Done;
}

/** Says on stdout what is in a document, which went to a file; without one the document itself is printed. */
ExitCode deliver(const Session& session, const std::string& document, const std::string& output)
{
    const auto json = nlohmann::json::parse(document);
    if (output.empty()) {
        session.print(document);
    } else {
        if (const auto saved = writeFileAtomically(output, document); !saved)
            return session.fail(saved.error());
        const nlohmann::ordered_json summary { { "file", output },
                                               { "shard", json["shard"] },
                                               { "searched", json["searched"] },
                                               { "feasible", json["options"].size() },
                                               { "cancelled", json["cancelled"] } };
        if (session.json)
            session.printJson(summary);
        else
            session.print(fmt::format("{}: shard {} of {}, {} configurations searched, {} meet the "
                                      "targets{}\n",
                                      output, json["shard"]["index"].get<int>(),
                                      json["shard"]["count"].get<int>(),
                                      json["searched"].get<std::uint64_t>(), json["options"].size(),
                                      json["cancelled"].get<bool>() ? "; stopped on request" : ""));
    }
    // A shard without an option is no failure of the whole.
    const bool whole = json["shard"]["count"] == 1;
    if (json["cancelled"].get<bool>())
        return ExitCode::Failed;
    return whole && json["options"].empty() ? ExitCode::Infeasible : ExitCode::Done;
}

ExitCode sweep(Session& session, const SweepOptions& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto stated = options.need.read(session);
    if (!stated)
        return session.fail(stated.error());
    const EngineRegistry engines(*catalog, session.enginePrograms());
    const auto engine = engines.find(options.engine);
    if (!engine)
        return session.fail(engine.error());
    if (!options.target.empty()) {
        if (options.output.empty()) {
            fmt::print(stderr, "llmd: say where to write with -o DIR\n");
            return ExitCode::Usage;
        }
        return exportShards(session, options, stated->requirements);
    }
    const auto shard = shardOf(options);
    if (!shard)
        return session.fail(shard.error());
    TerminalProgress terminal(session.runContext());
    const auto report =
        searchShard({ stated->requirements, {} }, *shard, *catalog, **engine, terminal.context());
    terminal.clear();
    if (!report)
        return session.fail(report.error());
    const auto document = sweepDocument(*report, *shard, stated->requirements, options.engine);
    if (!document)
        return session.fail(document.error());
    return deliver(session, *document, options.output);
}

ExitCode merge(Session& session, const MergeOptions& options)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    std::vector<std::pair<std::string, std::string>> texts;
    for (const std::string& file : options.files) {
        auto text = readFile(file);
        if (!text)
            return session.fail(text.error());
        texts.emplace_back(file, std::move(*text));
    }
    const auto document = mergeSweeps(texts, **catalog);
    if (!document)
        return session.fail(document.error());
    return deliver(session, *document, options.output);
}

void addExportOptions(CLI::App& command, SweepOptions& options)
{
    command
        .add_option("--export", options.target,
                    "Instead of searching: write manifests that run all shards in a cluster")
        ->check(CLI::IsMember({ "kubernetes-job", "ray-job" }));
    command
        .add_option("--image", options.exported.image, "Image made with packaging/Containerfile")
        ->capture_default_str();
    command.add_option("--name", options.exported.name, "Name of the exported objects")
        ->capture_default_str();
    command
        .add_option("--namespace", options.exported.nameSpace, "Namespace of the exported objects")
        ->capture_default_str();
    command.add_option("--parallel", options.exported.parallel, "Shards at a time; 0 = all")
        ->check(CLI::Range(0, 10'000));
    command.add_option("--cpu", options.exported.cpu, "Cores of an exported shard")
        ->capture_default_str()
        ->check(CLI::Range(1, 1024));
    command.add_option("--memory-gib", options.exported.memoryGib, "GiB of an exported shard")
        ->capture_default_str()
        ->check(CLI::Range(1, 65'536));
}

void addMerge(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("merge", "Join the results of all shards of a sweep into one");
    auto options = std::make_shared<MergeOptions>();
    command->add_option("files", options->files, "Results of 'llmd sweep', one per shard")
        ->required()
        ->type_name("FILE");
    command
        ->add_option("-o,--output", options->output, "Write the result here instead of to stdout")
        ->type_name("RESULT");
    command->callback([&session, options] {
        session.command = [&session, options] { return merge(session, *options); };
    });
}

} // namespace

void addSweep(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "sweep",
        "Search the whole space, or one of several parts of it on each of several machines");
    auto options = std::make_shared<SweepOptions>();
    options->need.addTo(*command);
    command
        ->add_option("--engine", options->engine, "Prediction engine (see: llmd catalog engines)")
        ->capture_default_str();
    auto* shard = command->add_option("--shard", options->shard, "Only this part, e.g. 3/8")
                      ->type_name("I/N");
    auto* shards = command->add_option("--shards", options->shards, "Number of parts")
                       ->capture_default_str()
                       ->check(CLI::Range(1, 10'000))
                       ->excludes(shard);
    command
        ->add_option("--shard-index", options->shardIndex,
                     "Only this part of --shards, from 0, as JOB_COMPLETION_INDEX counts")
        ->excludes(shard)
        ->needs(shards);
    command
        ->add_option("-o,--output", options->output,
                     "Write the result (or the manifests) here instead of to stdout")
        ->type_name("FILE");
    addExportOptions(*command, *options);
    command->callback([&session, options] {
        session.command = [&session, options] { return sweep(session, *options); };
    });
    addMerge(app, session);
}

} // namespace llmd::cli

// SPDX-License-Identifier: Apache-2.0
#include "../specoptions.h"

#include <core/spec/specdocument.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

struct Options
{
    std::vector<std::string> files;
    bool schema = false;
};

ExitCode validate(Session& session, const Options& options)
{
    if (options.schema) {
        session.print(specJsonSchema());
        return ExitCode::Done;
    }
    if (options.files.empty()) {
        fmt::print(stderr, "llmd: name the specs to check, or ask for --schema\n");
        return ExitCode::Usage;
    }
    const auto compilations = compileFiles(session, options.files);
    if (!compilations)
        return session.fail(compilations.error());
    bool valid = true;
    auto list = nlohmann::ordered_json::array();
    for (const SpecCompilation& each : *compilations) {
        const bool good = !hasErrors(each.findings);
        valid = valid && good;
        if (session.json)
            list.push_back({ { "file", each.file },
                             { "name", each.name },
                             { "valid", good },
                             { "findings", findingsJson(each.findings) } });
        else
            session.print(fmt::format("{} ({}):\n{}", each.name.empty() ? "spec" : each.name,
                                      each.file, findingsText(each.findings)));
    }
    if (session.json)
        session.printJson({ { "valid", valid }, { "specs", std::move(list) } });
    return valid ? ExitCode::Done : ExitCode::ValidationErrors;
}

} // namespace

void addValidate(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "validate",
        "Check declarative specs (llm-d/v1 InferenceService) against model, hardware "
        "and predicted figures");
    auto options = std::make_shared<Options>();
    command->add_option("specs", options->files, "Spec files, each with one or more documents")
        ->type_name("SPEC.yaml");
    command->add_flag("--schema", options->schema, "Print the JSON Schema of a spec for editors");
    command->callback([&session, options] {
        session.command = [&session, options] { return validate(session, *options); };
    });
}

} // namespace llmd::cli

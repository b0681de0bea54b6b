// SPDX-License-Identifier: Apache-2.0
#include "needfile.h"

#include <core/base/yamlreader.h>
#include <core/project/project.h>

#include <fmt/format.h>

namespace llmd::cli {

Result<Requirements> readNeedFile(const Session& session, const std::string& file)
{
    const auto bad = [&] {
        return failure(ErrorCode::InvalidArgument, fmt::format("{}: see the errors above", file));
    };
    if (file.ends_with(".llmdplan")) {
        auto project = readProject(file);
        if (!project)
            return tl::unexpected(project.error());
        session.report(project->issues);
        if (project->hasErrors())
            return bad();
        return std::move(project->value.requirements);
    }
    const auto root = readYamlFile(file);
    if (!root)
        return tl::unexpected(root.error());
    auto need = readRequirements(*root);
    session.report(need.issues);
    if (need.hasErrors())
        return bad();
    return std::move(need.value);
}

} // namespace llmd::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "userrules.h"

#include <core/base/file.h>
#include <core/catalog/qualityfile.h>
#include <core/catalog/usecasefile.h>
#include <widgets/support/qtbridge.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <filesystem>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(path.toStdU16String());
}

QString presetFile(const QString& folder)
{
    return QDir(folder).filePath(QString::fromLatin1(presetFileName));
}

QString scoresFile(const QString& folder)
{
    return QDir(folder).filePath(QString::fromLatin1(importedScoresFileName));
}

Result<> writeText(const QString& folder, const QString& path, const std::string& text)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io,
                       "The folder " + fromQString(folder)
                           + " cannot be created; check its permissions.");
    return writeFileAtomically(toPath(path), text);
}

std::vector<UseCase> presetsOf(const Catalog& catalog, const std::vector<std::string>& ids)
{
    std::vector<UseCase> presets;
    for (const std::string& id : ids) {
        if (const UseCase* useCase = catalog.findUseCase(id))
            presets.push_back(*useCase);
    }
    return presets;
}

/** Writes the presets with these ids as they are in the catalog, and gives the catalog. */
Result<ChangedCatalog> keepPresets(std::shared_ptr<Catalog> catalog,
                                   const std::vector<std::string>& ids, const QString& folder)
{
    const std::string text = writeUseCases(presetsOf(*catalog, ids), catalog->qualityKinds);
    if (auto written = writeText(folder, presetFile(folder), text); !written)
        return tl::unexpected(written.error());
    return ChangedCatalog { std::move(catalog), {} };
}

void addId(std::vector<std::string>& ids, const std::string& id)
{
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
        ids.push_back(id);
}

/** The first error of several findings, for when nothing was good. */
Error firstError(const std::vector<Issue>& issues, const std::string& otherwise)
{
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error)
            return { issue.code, issue.text, {}, issue.where };
    }
    return { ErrorCode::InvalidArgument, otherwise, {}, std::nullopt };
}

} // namespace

QString userCatalogFolder()
{
    return QDir(QString::fromStdString(userDataFolder().string())).filePath(u"catalog"_s);
}

Result<ChangedCatalog> savePreset(const Catalog& catalog, const UseCase& preset,
                                  const QString& folder)
{
    auto changed = std::make_shared<Catalog>(catalog);
    const auto known =
        std::find_if(changed->useCases.begin(), changed->useCases.end(),
                     [&](const UseCase& useCase) { return useCase.id == preset.id; });
    if (known == changed->useCases.end())
        changed->useCases.push_back(preset);
    else
        *known = preset;
    auto ids = useCaseIdsOf(toPath(presetFile(folder)));
    addId(ids, preset.id);
    return keepPresets(std::move(changed), ids, folder);
}

Result<ChangedCatalog> loadPresets(const Catalog& catalog, const QString& path,
                                   const QString& folder)
{
    auto changed = std::make_shared<Catalog>(catalog);
    auto issues = addUseCaseFile(toPath(path), *changed);
    if (!issues)
        return tl::unexpected(issues.error());
    auto ids = useCaseIdsOf(toPath(presetFile(folder)));
    bool any = false;
    for (const std::string& id : useCaseIdsOf(toPath(path))) {
        const UseCase* before = catalog.findUseCase(id);
        const UseCase* after = changed->findUseCase(id);
        if (!after || (before && *before == *after))
            continue; // left out for its faults, or nothing new
        addId(ids, after->id);
        any = true;
    }
    if (!any)
        return tl::unexpected(firstError(*issues,
                                         "The file holds no rules that differ from the "
                                         "present ones."));
    auto kept = keepPresets(std::move(changed), ids, folder);
    if (kept)
        kept->issues = std::move(*issues);
    return kept;
}

Result<> sharePresets(const Catalog& catalog, const QString& path, const QString& folder)
{
    const auto presets = presetsOf(catalog, useCaseIdsOf(toPath(presetFile(folder))));
    if (presets.empty())
        return failure(ErrorCode::NotFound, "There are no presets to save.");
    return writeFileAtomically(toPath(path), writeUseCases(presets, catalog.qualityKinds));
}

Result<ChangedCatalog> removePreset(const Catalog& catalog, const std::string& id,
                                    const QString& folder)
{
    auto ids = useCaseIdsOf(toPath(presetFile(folder)));
    const auto kept = std::remove(ids.begin(), ids.end(), id);
    auto changed = std::make_shared<Catalog>(catalog);
    if (kept == ids.end() || !resetUseCase(id, *changed))
        return failure(ErrorCode::NotFound, "'" + id + "' is not one of your presets.");
    ids.erase(kept, ids.end());
    return keepPresets(std::move(changed), ids, folder);
}

bool isPreset(const std::string& id, const QString& folder)
{
    const auto ids = useCaseIdsOf(toPath(presetFile(folder)));
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Result<Loaded<std::vector<QualityScore>>> readScores(const Catalog& catalog, const QString& path)
{
    auto read = readQualityFile(toPath(path), catalog);
    if (read && read->value.empty())
        return tl::unexpected(
            firstError(read->issues, "The file holds no scores that could be used."));
    return read;
}

Result<ChangedCatalog> keepScores(const Catalog& catalog,
                                  const Loaded<std::vector<QualityScore>>& scores,
                                  const QString& folder)
{
    // What was imported before stays, as far as the new scores do not say otherwise.
    Catalog imported;
    if (QFile::exists(scoresFile(folder))) {
        auto before = readQualityFile(toPath(scoresFile(folder)), catalog);
        if (!before)
            return tl::unexpected(before.error());
        addQualityScores(std::move(before->value), imported);
    }
    addQualityScores(scores.value, imported);
    if (auto written =
            writeText(folder, scoresFile(folder), writeQualityScores(imported.qualityScores));
        !written)
        return tl::unexpected(written.error());
    auto changed = std::make_shared<Catalog>(catalog);
    addQualityScores(scores.value, *changed);
    return ChangedCatalog { std::move(changed), scores.issues };
}

Result<ChangedCatalog> forgetScores(const Catalog& catalog, const QString& folder)
{
    auto before = readQualityFile(toPath(scoresFile(folder)), catalog);
    if (!before)
        return tl::unexpected(before.error());
    if (!QFile::remove(scoresFile(folder)))
        return failure(ErrorCode::Io,
                       fromQString(scoresFile(folder))
                           + " cannot be deleted; check its permissions.");
    auto changed = std::make_shared<Catalog>(catalog);
    auto& scores = changed->qualityScores;
    const auto wasImported = [&](const QualityScore& score) {
        return std::any_of(
            before->value.begin(), before->value.end(), [&](const QualityScore& other) {
                return score.userProvided && other.family == score.family
                    && other.benchmark == score.benchmark && other.mode == score.mode;
            });
    };
    scores.erase(std::remove_if(scores.begin(), scores.end(), wasImported), scores.end());
    return ChangedCatalog { std::move(changed), {} };
}

QString issueLines(const std::vector<Issue>& issues)
{
    QString text;
    for (const Issue& issue : issues)
        text += toQString(describe(issue)) + u'\n';
    return text;
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "usermodels.h"

#include <core/base/file.h>
#include <widgets/support/qtbridge.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <filesystem>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

/** "org/name" is stored as "org--name.json", the form in which the catalog reads a folder of models. */
QString storedPath(const QString& folder, const QString& id)
{
    QString name = id;
    name.replace(u'/', u"--"_s);
    return QDir(folder).filePath(name + u".json"_s);
}

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(path.toStdU16String());
}

} // namespace

QString userModelFolder()
{
    return QDir(QString::fromStdString(userDataFolder().string())).filePath(u"catalog/models"_s);
}

Result<> checkModelId(const QString& id)
{
    static const QRegularExpression pattern(
        u"\\A[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?\\z"_s);
    if (pattern.match(id).hasMatch() && id.size() <= 200 && !id.contains(u"--"_s))
        return {};
    return failure(ErrorCode::InvalidArgument,
                   "'" + fromQString(id)
                       + "' is not a model id; expected \"organisation/name\" of letters, digits, "
                         "'.', '_' and '-'.");
}

Result<std::shared_ptr<const Catalog>> addUserModel(const Catalog& catalog, const QString& path,
                                                    const QString& id, const QString& folder)
{
    if (auto valid = checkModelId(id); !valid)
        return tl::unexpected(valid.error());
    auto model = readModelFile(toPath(path));
    if (!model)
        return tl::unexpected(model.error());
    const auto content = readFile(toPath(path));
    if (!content)
        return tl::unexpected(content.error());
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io,
                       "The folder " + fromQString(folder)
                           + " for added models cannot be created; check its permissions.");
    if (auto written = writeFileAtomically(toPath(storedPath(folder, id)), *content); !written)
        return tl::unexpected(written.error());

    const std::string key = fromQString(id);
    model->id = key;
    model->displayName = key.substr(key.find('/') == std::string::npos ? 0 : key.find('/') + 1);
    model->family = key;
    model->userProvided = true;
    auto changed = std::make_shared<Catalog>(catalog);
    const auto same = std::find_if(changed->models.begin(), changed->models.end(),
                                   [&](const Model& other) { return other.id == key; });
    if (same != changed->models.end())
        *same = std::move(*model);
    else
        changed->models.push_back(std::move(*model));
    return std::shared_ptr<const Catalog>(std::move(changed));
}

Result<std::shared_ptr<const Catalog>> removeUserModel(const Catalog& catalog, const QString& id,
                                                       const QString& folder)
{
    const std::string key = fromQString(id);
    auto changed = std::make_shared<Catalog>(catalog);
    const auto found =
        std::find_if(changed->models.begin(), changed->models.end(),
                     [&](const Model& model) { return model.id == key && model.userProvided; });
    if (found == changed->models.end())
        return failure(
            ErrorCode::NotFound,
            "'" + key + "' is not a model that you added; shipped models stay in the catalog.");
    const QString path = storedPath(folder, id);
    if (QFile::exists(path) && !QFile::remove(path))
        return failure(ErrorCode::Io,
                       fromQString(path) + " cannot be deleted; check its permissions.");
    changed->models.erase(found);
    return std::shared_ptr<const Catalog>(std::move(changed));
}

} // namespace llmd

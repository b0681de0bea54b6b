// SPDX-License-Identifier: GPL-3.0-or-later
#include "droppedfiles.h"

#include <core/base/file.h>
#include <core/benchmarks/importer.h>
#include <core/benchmarks/store.h>
#include <widgets/support/qtbridge.h>

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QStringList reportSuffixes { u"csv"_s, u"zip"_s, u"tar"_s, u"gz"_s, u"tgz"_s,
                                   u"zst"_s, u"xz"_s,  u"bz2"_s, u"db"_s, u"log"_s };
// What people write is small; a document of more than this is a report of per-request figures.
constexpr qint64 planLimit = 1 << 20;

/** YAML or JSON may be either: a plan, or a report that one of the importers knows. */
bool isReport(const QFileInfo& file)
{
    if (file.isDir() || reportSuffixes.contains(file.suffix(), Qt::CaseInsensitive)
        || file.size() > planLimit)
        return true;
    const std::string path = fromQString(file.absoluteFilePath());
    if (isSqliteFile(path))
        return true;
    const auto text = readFile(path, static_cast<std::size_t>(planLimit));
    return text && readReport(*text, path).value.isKnown();
}

} // namespace

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    const auto urls = data.urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

bool canTake(const QMimeData& data)
{
    return !localPaths(data).isEmpty();
}

DroppedFiles sortDropped(const QStringList& paths)
{
    DroppedFiles dropped;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (file.suffix().compare(u"llmdplan"_s, Qt::CaseInsensitive) == 0) {
            if (dropped.plan.isEmpty())
                dropped.plan = path;
        } else if (paths.size() > 1 || isReport(file)) {
            dropped.reports << path;
        } else {
            dropped.plan = path;
        }
    }
    return dropped;
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "layoutstore.h"

#include <widgets/support/settings.h>

#include <QHeaderView>
#include <QSplitter>
#include <QTableView>

namespace llmd {

namespace {

QString keyOf(const QWidget& page, const QWidget& part)
{
    return page.objectName() + QLatin1Char('.') + part.objectName();
}

template <class Visitor> void forEachPart(const QWidget& page, Visitor&& visit)
{
    const auto splitters = page.findChildren<QSplitter*>();
    for (QSplitter* splitter : splitters) {
        if (!splitter->objectName().isEmpty())
            visit(keyOf(page, *splitter), splitter);
    }
    const auto tables = page.findChildren<QTableView*>();
    for (QTableView* table : tables) {
        if (!table->objectName().isEmpty())
            visit(keyOf(page, *table), table->horizontalHeader());
    }
}

} // namespace

void LayoutStore::adopt(QWidget& page, const Settings& settings)
{
    forEachPart(page, [&](const QString& key, auto* part) {
        m_defaults.insert(key, part->saveState());
        if (const QByteArray state = settings.layoutState(key); !state.isEmpty())
            part->restoreState(state);
    });
}

void LayoutStore::save(const QWidget& page, Settings& settings) const
{
    forEachPart(page, [&](const QString& key, auto* part) {
        settings.setLayoutState(key, part->saveState());
    });
}

void LayoutStore::reset(QWidget& page) const
{
    forEachPart(page,
                [&](const QString& key, auto* part) { part->restoreState(m_defaults.value(key)); });
}

} // namespace llmd

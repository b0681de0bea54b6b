// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

class QWidget;

namespace llmd {

class Settings;

/**
 * Splitters and table headers of a page under their object names: remembered between runs, and as they were when the page
 * was built, so that a layout that went wrong can be reset.
 */
class LayoutStore
{
public:
    /** Notes the built-in layout of a page and then applies the remembered one. */
    void adopt(QWidget& page, const Settings& settings);
    void save(const QWidget& page, Settings& settings) const;
    void reset(QWidget& page) const;

private:
    QHash<QString, QByteArray> m_defaults;
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace llmd {

/** How the program gets at its translations; given by whoever starts it, so that nothing here depends on how they are stored. */
struct LanguageSupport
{
    /** Codes of the languages that there are ("en", "de", "zh_CN"). */
    std::function<QStringList()> available = [] { return QStringList { QStringLiteral("en") }; };
    /** Makes texts from now on of this language; empty for that of the system. Windows are built anew after it. */
    std::function<void(const QString& code)> apply = [](const QString&) {};
};

} // namespace llmd

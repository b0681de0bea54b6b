// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/languages.h>

#include <functional>

namespace llmd {

/** How windows get at the translations: those that are compiled in, unless somebody says otherwise. */
struct LanguageSupport
{
    /** Codes of the languages that there are ("en", "de", "zh_CN"). */
    std::function<QStringList()> available = &availableLanguages;
    /** Makes texts from now on of this language; empty for that of the system. Windows are built anew after it. */
    std::function<void(const QString& code)> apply = [](const QString& code) {
        applyLanguage(code);
    };
};

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <string_view>

/**
 * The languages of the program. Translations are compiled in (`:/translations/llmd_<code>.qm`, made from `translations/`);
 * those of Qt's own texts are looked for where Qt is installed. All of this belongs to the GUI thread.
 */
namespace llmd {

/** Codes of the languages that are there, as `QLocale` names them: "en" first, then "de", "zh_CN" … */
[[nodiscard]] QStringList availableLanguages();

/** The language by its own name: "Deutsch", "简体中文"; the code itself where it has no name. */
[[nodiscard]] QString languageName(const QString& code);

/** The one of availableLanguages() that the system asks for; "en" if none of those that it names is there. */
[[nodiscard]] QString systemLanguage();

/**
 * From now on texts are in this language and numbers in its form; an empty code means the system's. Where the system's
 * own language is chosen, numbers and dates keep the form that the system has set for them. Widgets get a LanguageChange
 * event; texts that they have already asked for stay as they are until they ask again. Returns false, and changes nothing,
 * if there is no such language.
 */
bool applyLanguage(const QString& code);

/**
 * A fixed English text of the core or the catalog, such as the name of a use case, in the present language; one without a
 * translation (the user's own, or one that core composed) as it is. The texts that are known are collected by
 * translations/update_translations.py.
 */
[[nodiscard]] QString localText(std::string_view text);

/** What was applied last, never empty; "en" before that. */
[[nodiscard]] QString currentLanguage();

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "languages.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <algorithm>
#include <memory>
#include <string>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString english = u"en"_s;
const QString folder = u":/translations"_s;
const QString prefix = u"llmd_"_s;
const QString suffix = u".qm"_s;

/**
 * Looks for every text in one context. Many of our texts come from free functions, for which lupdate and the running program
 * would name different contexts; and equal texts need one translation only. See translations/update_translations.py.
 */
class Translator final : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char* /*context*/, const char* text,
                                    const char* disambiguation, int count) const override
    {
        return QTranslator::translate("llmd", text, disambiguation, count);
    }
};

/** What is installed now; empty for English. */
struct Installed
{
    QString code = english;
    std::unique_ptr<Translator> ours;
    std::unique_ptr<QTranslator> qt;
};

Installed& installed()
{
    static Installed state;
    return state;
}

/** Chinese names need the script: "zh_Hans_CN" and "zh_CN" are the same to us, "zh_TW" is not. */
bool isSame(const QLocale& wanted, const QLocale& there)
{
    return wanted.language() == there.language() && wanted.script() == there.script();
}

/** The numbers and dates of a language, with the system's own habits where it speaks that language. */
QLocale localeOf(const QString& code)
{
    const QLocale system = QLocale::system();
    // "C" as the system's locale says nothing of what people like; numbers without groups are hard to read.
    if (system.language() != QLocale::C && isSame(system, QLocale(code)))
        return system;
    return code == english ? QLocale(QLocale::English, QLocale::UnitedStates) : QLocale(code);
}

} // namespace

QStringList availableLanguages()
{
    QStringList codes;
    for (const QString& file : QDir(folder).entryList({ prefix + u'*' + suffix }, QDir::Files))
        codes += file.sliced(prefix.size()).chopped(suffix.size());
    std::sort(codes.begin(), codes.end());
    codes.prepend(english);
    return codes;
}

QString languageName(const QString& code)
{
    if (code == english)
        return u"English"_s;
    QString name = QLocale(code).nativeLanguageName();
    if (name.isEmpty())
        return code;
    name.front() = name.front().toUpper();
    return name;
}

QString systemLanguage()
{
    const QStringList there = availableLanguages();
    for (const QString& wanted : QLocale::system().uiLanguages()) {
        const QLocale locale(wanted);
        if (locale.language() == QLocale::C)
            continue; // "C" is English, but a later entry may be what is really read
        const auto found = std::find_if(there.begin(), there.end(), [&](const QString& code) {
            return isSame(locale, QLocale(code));
        });
        if (found != there.end())
            return *found;
    }
    return english;
}

bool applyLanguage(const QString& code)
{
    const QString chosen = code.isEmpty() ? systemLanguage() : code;
    Installed next { .code = chosen, .ours = nullptr, .qt = nullptr };
    if (chosen != english) {
        next.ours = std::make_unique<Translator>();
        if (!availableLanguages().contains(chosen)
            || !next.ours->load(folder + u'/' + prefix + chosen + suffix))
            return false;
        next.qt = std::make_unique<QTranslator>();
        if (!next.qt->load(QLocale(chosen), u"qtbase"_s, u"_"_s,
                           QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            next.qt
                .reset(); // Qt's own dialogs stay in English where its translations are not installed
    }
    QLocale::setDefault(localeOf(chosen));
    installed() = std::move(next); // a translator that is destroyed takes itself out
    if (installed().ours)
        QCoreApplication::installTranslator(installed().ours.get());
    // Asked first, as it came last: so "Cancel" of Qt's own dialogs is Qt's.
    if (installed().qt)
        QCoreApplication::installTranslator(installed().qt.get());
    return true;
}

QString localText(std::string_view text)
{
    return text.empty() ? QString()
                        : QCoreApplication::translate("llmd", std::string(text).c_str());
}

QString currentLanguage()
{
    return installed().code;
}

} // namespace llmd

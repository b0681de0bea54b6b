// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "languagesupport.h"

#include <QWidget>

class QComboBox;
class QFormLayout;

namespace llmd {

class Document;
class Settings;

/** Theme, language and how the program begins. */
class AppearanceSettings final : public QWidget
{
    Q_OBJECT

public:
    AppearanceSettings(Settings& settings, const LanguageSupport& languages,
                       QWidget* parent = nullptr);

private:
    void addTheme(QFormLayout& form);
    void addLanguage(QFormLayout& form, const LanguageSupport& languages);
    void addStart(QFormLayout& form);

    Settings& m_settings;
};

/** What plans follow that say nothing themselves: price list, version row; and the engine of new plans. */
class PlanningSettings final : public QWidget
{
    Q_OBJECT

public:
    PlanningSettings(const Document& document, Settings& settings, QWidget* parent = nullptr);

private:
    void fillEngines();

    const Document& m_document;
    Settings& m_settings;
    QComboBox* m_engine;
};

} // namespace llmd

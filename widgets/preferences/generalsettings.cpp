// SPDX-License-Identifier: GPL-3.0-or-later
#include "generalsettings.h"

#include <widgets/document/document.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QFormLayout* makeForm(QWidget& page)
{
    auto* form = new QFormLayout(&page);
    form->setContentsMargins(0, page.fontMetrics().height() / 2, 0, 0);
    form->setVerticalSpacing(page.fontMetrics().height() / 2);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

/** A sentence under an input that says what it does. */
void addNote(QFormLayout& form, const QString& text)
{
    auto* note = new QLabel(text, form.parentWidget());
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    form.addRow(QString(), note);
}

/** Shows an id; one that is not known here stays visible as what it is. */
void showId(QComboBox& box, const QString& id, const QString& unknownText)
{
    int index = box.findData(id);
    if (index < 0) {
        box.addItem(unknownText.arg(id), id);
        index = box.count() - 1;
    }
    box.setCurrentIndex(index);
}

} // namespace

AppearanceSettings::AppearanceSettings(Settings& settings, const LanguageSupport& languages,
                                       QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
{
    QFormLayout* form = makeForm(*this);
    addTheme(*form);
    addLanguage(*form, languages);
    addStart(*form);
}

void AppearanceSettings::addTheme(QFormLayout& form)
{
    auto* theme = new QComboBox(this);
    theme->setObjectName(u"preferences.theme"_s);
    theme->addItem(tr("As the desktop has it"), toString(ColorScheme::System));
    theme->addItem(tr("Light"), toString(ColorScheme::Light));
    theme->addItem(tr("Dark"), toString(ColorScheme::Dark));
    theme->setCurrentIndex(theme->findData(toString(m_settings.colorScheme())));
    form.addRow(tr("&Theme:"), theme);
    connect(theme, &QComboBox::activated, this, [this, theme] {
        const ColorScheme scheme = colorSchemeFromString(theme->currentData().toString());
        m_settings.setColorScheme(scheme);
        applyColorScheme(scheme);
    });
    connect(&m_settings, &Settings::colorSchemeChanged, theme, [theme](ColorScheme scheme) {
        theme->setCurrentIndex(theme->findData(toString(scheme)));
    });
}

void AppearanceSettings::addLanguage(QFormLayout& form, const LanguageSupport& languages)
{
    auto* language = new QComboBox(this);
    language->setObjectName(u"preferences.language"_s);
    language->addItem(tr("As the system has it"), QString());
    const QStringList codes = languages.available();
    for (const QString& code : codes)
        language->addItem(languageName(code), code);
    showId(*language, m_settings.language(), tr("%1 (not available)"));
    form.addRow(tr("&Language:"), language);
    connect(language, &QComboBox::activated, this,
            [this, language] { m_settings.setLanguage(language->currentData().toString()); });
}

void AppearanceSettings::addStart(QFormLayout& form)
{
    auto* reopen = new QCheckBox(tr("&Open the plans of last time"), this);
    reopen->setObjectName(u"preferences.reopen"_s);
    reopen->setChecked(m_settings.reopensPlans());
    form.addRow(tr("At the start:"), reopen);
    connect(reopen, &QCheckBox::toggled, &m_settings, &Settings::setReopensPlans);
    auto* tour = new QCheckBox(tr("Show the to&ur"), this);
    tour->setObjectName(u"preferences.tour"_s);
    tour->setChecked(!m_settings.tourDone());
    form.addRow(QString(), tour);
    connect(tour, &QCheckBox::toggled, this, [this](bool show) { m_settings.setTourDone(!show); });
}

PlanningSettings::PlanningSettings(const Document& document, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_settings(settings)
    , m_engine(new QComboBox(this))
{
    QFormLayout* form = makeForm(*this);
    const Catalog& catalog = *document.catalog();
    const auto add = [&](const char* name, const QString& label, const auto& entries,
                         const QString& current) {
        auto* box = new QComboBox(this);
        box->setObjectName(QLatin1StringView(name));
        box->addItem(tr("As the catalog has it"), QString());
        for (const auto& entry : entries)
            box->addItem(toQString(entry.name.empty() ? entry.id : entry.name),
                         toQString(entry.id));
        showId(*box, current, tr("%1 (not in the catalog)"));
        form->addRow(label, box);
        return box;
    };
    auto* prices =
        add("preferences.priceList", tr("&Price list:"), catalog.priceLists, settings.priceList());
    connect(prices, &QComboBox::activated, this,
            [this, prices] { m_settings.setPriceList(prices->currentData().toString()); });
    auto* versions =
        add("preferences.versionRow", tr("&Versions:"), catalog.versionRows, settings.versionRow());
    connect(versions, &QComboBox::activated, this,
            [this, versions] { m_settings.setVersionRow(versions->currentData().toString()); });
    addNote(
        *form,
        tr("Plans that state no price list or no versions of their own follow these, at once."));
    m_engine->setObjectName(u"preferences.engine"_s);
    form->addRow(tr("&Engine of new plans:"), m_engine);
    connect(m_engine, &QComboBox::activated, this,
            [this] { m_settings.setEngine(m_engine->currentData().toString()); });
    connect(&document, &Document::catalogChanged, this, &PlanningSettings::fillEngines);
    fillEngines();
}

void PlanningSettings::fillEngines()
{
    const QSignalBlocker blocker(m_engine);
    m_engine->clear();
    for (const EngineInfo& info : m_document.engines()->list()) {
        if (info.unavailable.empty())
            m_engine->addItem(toQString(info.name), toQString(info.id));
    }
    showId(*m_engine, m_settings.engine(), tr("%1 (not available)"));
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#include "filterbar.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/theme.h>

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

/** A menu that stays open while its entries are ticked. */
class FilterBar::TickMenu final : public QMenu
{
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        if (!tick(actionAt(event->position().toPoint())))
            QMenu::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        const bool chooses = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return
            || event->key() == Qt::Key_Enter;
        if (!chooses || !tick(activeAction()))
            QMenu::keyPressEvent(event);
    }

private:
    static bool tick(QAction* action)
    {
        if (!action || !action->isCheckable() || !action->isEnabled())
            return false;
        action->trigger();
        return true;
    }
};

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_quality(new QDoubleSpinBox(this))
    , m_text(new QLineEdit(this))
    , m_clear(new QToolButton(this))
{
    setObjectName(u"filterBar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 2);
    addFacet(Facet::Model, tr("Model"), tr("Filter by model"));
    addFacet(Facet::Gpu, tr("GPU"), tr("Filter by GPU type"));
    addFacet(Facet::Weights, tr("Precision"), tr("Filter by the precision of the weights"));
    addFacet(Facet::Parallelism, tr("Topology"), tr("Filter by the parallelism of a replica"));

    auto* label = new QLabel(tr("&Quality from"), this);
    label->setBuddy(m_quality);
    m_quality->setObjectName(u"leastQuality"_s);
    m_quality->setRange(0, 100);
    m_quality->setDecimals(0);
    m_quality->setSingleStep(5);
    m_quality->setSpecialValueText(tr("any"));
    m_quality->setToolTip(
        tr("Least quality, 0 to 100; models without published scores are left out"));
    connect(m_quality, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_filter.leastQuality = value > 0 ? std::optional(value) : std::nullopt;
        changed();
    });
    row->addWidget(label);
    row->addWidget(m_quality);

    m_text->setObjectName(u"filter"_s);
    m_text->setClearButtonEnabled(true);
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_text->setPlaceholderText(tr("Filter, e.g. h100 fp8 tp4"));
    m_text->setAccessibleName(tr("Filter the options by words"));
    m_text->setMinimumWidth(charactersWide(*this, 22));
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.text = text;
        changed();
    });
    auto* clear = new QShortcut(Qt::Key_Escape, m_text);
    clear->setContext(Qt::WidgetShortcut);
    connect(clear, &QShortcut::activated, m_text, &QLineEdit::clear);
    row->addWidget(m_text, 1);

    m_clear->setObjectName(u"clearFilters"_s);
    m_clear->setText(tr("Clear Filters"));
    m_clear->setAutoRaise(true);
    connect(m_clear, &QToolButton::clicked, this, [this] { setFilter({}); });
    row->addWidget(m_clear);
    refresh();
}

FilterBar::~FilterBar() = default;

void FilterBar::addFacet(Facet facet, const QString& name, const QString& accessibleName)
{
    auto* button = new QPushButton(this);
    button->setObjectName(u"facet%1"_s.arg(static_cast<int>(facet)));
    button->setAutoDefault(false);
    button->setToolTip(accessibleName);
    auto* menu = new TickMenu(button);
    connect(menu, &QMenu::aboutToShow, this, [this, facet] { fillMenu(facet); });
    button->setMenu(menu);
    layout()->addWidget(button);
    m_buttons[static_cast<std::size_t>(facet)] = { name, button, menu };
}

void FilterBar::setFacets(const OptionFacets& facets)
{
    m_facets = &facets;
}

void FilterBar::fillMenu(Facet facet)
{
    QMenu& menu = *m_buttons[static_cast<std::size_t>(facet)].menu;
    menu.clear();
    std::vector<OptionFacets::Value> values;
    if (m_facets)
        values = m_facets->values(facet);
    for (const QString& chosen : m_filter.of(facet)) {
        if (std::none_of(values.begin(), values.end(),
                         [&chosen](const auto& value) { return value.name == chosen; }))
            values.push_back({ chosen, 0 });
    }
    for (const auto& [name, count] : values) {
        QAction* action = menu.addAction(
            tr("%1 (%2)").arg(QString(name).replace(u'&', u"&&"_s), format::integer(count)));
        action->setCheckable(true);
        action->setChecked(m_filter.of(facet).contains(name));
        connect(action, &QAction::toggled, this,
                [this, facet, name = name](bool on) { toggleValue(facet, name, on); });
    }
    menu.addSeparator();
    QAction* all = menu.addAction(tr("Show All"), this, [this, facet] {
        m_filter.of(facet).clear();
        changed();
    });
    all->setEnabled(!m_filter.of(facet).isEmpty());
}

void FilterBar::toggleValue(Facet facet, const QString& value, bool chosen)
{
    if (chosen)
        m_filter.of(facet).insert(value);
    else
        m_filter.of(facet).remove(value);
    changed();
}

void FilterBar::setFilter(const OptionFilter& filter)
{
    m_filter = filter;
    const QSignalBlocker quality(m_quality);
    const QSignalBlocker text(m_text);
    m_quality->setValue(filter.leastQuality.value_or(0));
    m_text->setText(filter.text);
    changed();
}

void FilterBar::focusWords()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::changed()
{
    refresh();
    emit filterChanged();
}

void FilterBar::refresh()
{
    for (const Facet facet : allFacets) {
        const FacetButton& facetButton = m_buttons[static_cast<std::size_t>(facet)];
        const QSet<QString>& chosen = m_filter.of(facet);
        // One value by its name, several by their number: the bar keeps its length.
        const QString value = chosen.size() == 1
            ? fontMetrics().elidedText(*chosen.begin(), Qt::ElideRight, charactersWide(*this, 18))
            : format::integer(chosen.size());
        facetButton.button->setText(chosen.isEmpty() ? facetButton.name
                                                     : tr("%1: %2").arg(facetButton.name, value));
        QFont font = this->font();
        font.setBold(!chosen.isEmpty());
        facetButton.button->setFont(font);
    }
    m_clear->setVisible(!m_filter.isEmpty());
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "optionfilter.h"

#include <QWidget>

class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace llmd {

/** The filters of the Explore page: a list of values to tick per facet, the least quality, and words. */
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    ~FilterBar() override;

    /** The values to choose from. What is chosen stays, even if no option has it at present. Kept by the caller. */
    void setFacets(const OptionFacets& facets);
    [[nodiscard]] const OptionFilter& filter() const { return m_filter; }
    void setFilter(const OptionFilter& filter);
    void focusWords(); ///< puts the cursor into the line for words

signals:
    void filterChanged();

private:
    class TickMenu;
    void addFacet(Facet facet, const QString& name, const QString& accessibleName);
    void fillMenu(Facet facet);
    void toggleValue(Facet facet, const QString& value, bool chosen);
    void changed();
    void refresh();

    OptionFilter m_filter;
    const OptionFacets* m_facets = nullptr;
    struct FacetButton
    {
        QString name;
        QPushButton* button = nullptr;
        TickMenu* menu = nullptr;
    };
    std::array<FacetButton, allFacets.size()> m_buttons;
    QDoubleSpinBox* m_quality;
    QLineEdit* m_text;
    QToolButton* m_clear;
};

} // namespace llmd

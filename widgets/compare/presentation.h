// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <QWidget>

#include <vector>

class QLabel;
class QStackedWidget;

namespace llmd {

class Document;

/**
 * The compared options in large type, one per screen, and at the end why the best of them is in front. Right, space and
 * Page Down go on, left and Page Up back, Home and End to the ends; F toggles the full screen, Esc ends it.
 */
class Presentation final : public QWidget
{
    Q_OBJECT

public:
    Presentation(const Document& document, ComparedOptions options, QWidget* parent = nullptr);

    void goTo(int slide);
    [[nodiscard]] int currentSlide() const;
    [[nodiscard]] int slideCount() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* optionSlide(const Document& document, std::size_t option);
    [[nodiscard]] QWidget* decisionSlide(const Document& document);
    [[nodiscard]] QLabel* newLabel(const QString& text, double size, bool bold, QWidget* parent);
    [[nodiscard]] QWidget* bigFigure(const MeasureRow& row, std::size_t option, QWidget* parent);
    void scaleTexts();

    ComparedOptions m_options;
    QStackedWidget* m_slides;
    QLabel* m_place = nullptr;
    struct ScaledLabel
    {
        QLabel* label;
        double size; ///< of the letters as a share of the window's height
    };
    std::vector<ScaledLabel> m_labels;
};

} // namespace llmd

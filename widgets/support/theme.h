// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QWidget;

namespace llmd {

enum class ColorScheme { System, Light, Dark };
[[nodiscard]] QString toString(ColorScheme scheme); ///< "system", "light", "dark"
[[nodiscard]] ColorScheme colorSchemeFromString(const QString& text); ///< anything else is System

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
/** Sets style and palette of the application; System gives back what the desktop asked for. Every widget gets a PaletteChange. */
void applyColorScheme(ColorScheme scheme);
[[nodiscard]] bool isDark(const QPalette& palette);

/** Colours that follow from a palette, so that nothing else in the program names a colour. */
struct Tones
{
    QColor accent; ///< the one colour that says "selected" or "active"
    QColor accentSoft; ///< background tint of the accent
    QColor border; ///< hair lines around cards and between rows
    QColor subtleText; ///< captions and secondary figures, at least 4.5:1 on the window
    QColor card; ///< background of a raised panel
    QColor information;
    QColor success;
    QColor warning;
    QColor error;
};
[[nodiscard]] Tones tones(const QPalette& palette);
/** `a` and `b` mixed, `share` of b. */
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);
/** WCAG 2 contrast ratio, 1 to 21. */
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

/**
 * An icon of `resources/icons` by file name without suffix. It is drawn in the text colour of the application palette
 * at the moment of painting, so it follows a change of theme and is sharp at any scale.
 */
[[nodiscard]] QIcon themedIcon(const QString& name);

/** Larger and bold for headings of cards and pages; follows the application font. */
enum class TextStyle { Body, Caption, Heading, Title };
void setTextStyle(QWidget& widget, TextStyle style);
/** Width of `characters` average characters in a widget's font: sizes without pixel constants. */
[[nodiscard]] int charactersWide(const QWidget& widget, double characters);

} // namespace llmd

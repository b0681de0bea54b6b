// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme.h"

#include "themestyle.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QToolTip>
#include <QWidget>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** The few colours that a palette is built from. */
struct PaletteSeed
{
    QColor window;
    QColor base;
    QColor text;
    QColor button;
    QColor border;
    QColor accent;
    QColor accentText;
    QColor toolTip;
};

QPalette buildPalette(const PaletteSeed& seed)
{
    QPalette palette;
    palette.setColor(QPalette::Window, seed.window);
    palette.setColor(QPalette::WindowText, seed.text);
    palette.setColor(QPalette::Base, seed.base);
    palette.setColor(QPalette::AlternateBase, mixed(seed.base, seed.window, 0.6));
    palette.setColor(QPalette::Text, seed.text);
    palette.setColor(QPalette::PlaceholderText, mixed(seed.text, seed.base, 0.36));
    palette.setColor(QPalette::Button, seed.button);
    palette.setColor(QPalette::ButtonText, seed.text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, seed.accent);
    palette.setColor(QPalette::HighlightedText, seed.accentText);
    palette.setColor(QPalette::Link, seed.accent);
    palette.setColor(QPalette::LinkVisited, mixed(seed.accent, seed.text, 0.4));
    palette.setColor(QPalette::ToolTipBase, seed.toolTip);
    palette.setColor(QPalette::ToolTipText, seed.text);
    palette.setColor(QPalette::Light, mixed(seed.button, Qt::white, isDark(palette) ? 0.12 : 0.8));
    palette.setColor(QPalette::Midlight, mixed(seed.button, seed.border, 0.4));
    palette.setColor(QPalette::Mid, seed.border);
    palette.setColor(QPalette::Dark, mixed(seed.border, seed.text, 0.3));
    palette.setColor(QPalette::Shadow, mixed(seed.window, Qt::black, 0.6));
    const QColor faint = mixed(seed.text, seed.window, 0.55);
    for (const auto role :
         { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText })
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Base, seed.window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, seed.border);
    palette.setColor(QPalette::Disabled, QPalette::PlaceholderText, faint);
    return palette;
}

double channelLuminance(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * channelLuminance(color.redF()) + 0.7152 * channelLuminance(color.greenF())
        + 0.0722 * channelLuminance(color.blueF());
}

/** What the desktop gave us before the first change of scheme, to be able to go back. */
struct SystemLook
{
    QString style;
    QPalette palette;
};
const SystemLook& systemLook()
{
    static const SystemLook look { QApplication::style()->objectName(), QApplication::palette() };
    return look;
}

/** Draws an SVG whose strokes are `currentColor` in the palette's colours of the moment. */
class ThemedIconEngine final : public QIconEngine
{
public:
    explicit ThemedIconEngine(QString name)
        : m_name(std::move(name))
    {
        QFile file(u":/icons/"_s + m_name + u".svg"_s);
        if (file.open(QIODevice::ReadOnly))
            m_svg = file.readAll();
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State /*state*/) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", colorOf(mode).name().toLatin1());
        QSvgRenderer renderer(svg);
        if (renderer.isValid())
            renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = u"llmd-%1-%2-%3x%4"_s.arg(m_name, colorOf(mode).name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }
    bool isNull() override { return m_svg.isEmpty(); }

private:
    static QColor colorOf(QIcon::Mode mode)
    {
        const QPalette palette = QApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        case QIcon::Active:
        case QIcon::Normal:
            break;
        }
        return palette.color(QPalette::ButtonText);
    }

    QString m_name;
    QByteArray m_svg;
};

} // namespace

QString toString(ColorScheme scheme)
{
    switch (scheme) {
    case ColorScheme::System:
        break;
    case ColorScheme::Light:
        return u"light"_s;
    case ColorScheme::Dark:
        return u"dark"_s;
    }
    return u"system"_s;
}

ColorScheme colorSchemeFromString(const QString& text)
{
    if (text == u"light")
        return ColorScheme::Light;
    return text == u"dark" ? ColorScheme::Dark : ColorScheme::System;
}

QPalette lightPalette()
{
    return buildPalette({ .window = QColor(0xf3, 0xf4, 0xf6),
                          .base = QColor(0xff, 0xff, 0xff),
                          .text = QColor(0x1c, 0x21, 0x28),
                          .button = QColor(0xfa, 0xfb, 0xfc),
                          .border = QColor(0xcd, 0xd2, 0xd9),
                          .accent = QColor(0x0b, 0x5c, 0xad),
                          .accentText = Qt::white,
                          .toolTip = QColor(0xff, 0xff, 0xff) });
}

QPalette darkPalette()
{
    return buildPalette({ .window = QColor(0x17, 0x1a, 0x1f),
                          .base = QColor(0x1e, 0x22, 0x28),
                          .text = QColor(0xe4, 0xe7, 0xec),
                          .button = QColor(0x2a, 0x2f, 0x37),
                          .border = QColor(0x40, 0x47, 0x52),
                          .accent = QColor(0x4f, 0xa3, 0xf0),
                          .accentText = QColor(0x0a, 0x14, 0x20),
                          .toolTip = QColor(0x2c, 0x32, 0x3b) });
}

void applyColorScheme(ColorScheme scheme)
{
    const SystemLook& system = systemLook();
    if (scheme == ColorScheme::System) {
        if (QApplication::style()->objectName() != system.style)
            QApplication::setStyle(QStyleFactory::create(system.style));
        QApplication::setPalette(system.palette);
    } else {
        if (QApplication::style()->objectName() != QLatin1StringView(ThemeStyle::name))
            QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(scheme == ColorScheme::Dark ? darkPalette() : lightPalette());
    }
    QToolTip::setPalette(QApplication::palette());
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Tones tones(const QPalette& palette)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::WindowText);
    const bool dark = isDark(palette);
    Tones tones;
    tones.accent = palette.color(QPalette::Active, QPalette::Highlight);
    tones.accentSoft = mixed(base, tones.accent, dark ? 0.22 : 0.12);
    tones.border = mixed(window, text, dark ? 0.2 : 0.16);
    tones.subtleText = mixed(text, window, 0.32);
    tones.card = base;
    tones.information = tones.accent;
    tones.success = dark ? QColor(0x3d, 0xc0, 0x8c) : QColor(0x00, 0x7a, 0x55);
    tones.warning = dark ? QColor(0xf0, 0xb4, 0x3c) : QColor(0x96, 0x5a, 0x00);
    tones.error = dark ? QColor(0xff, 0x8a, 0x6b) : QColor(0xb8, 0x32, 0x12);
    return tones;
}

QIcon themedIcon(const QString& name)
{
    return QIcon(new ThemedIconEngine(name));
}

void setTextStyle(QWidget& widget, TextStyle style)
{
    QFont font = QApplication::font(&widget);
    const double size = font.pointSizeF() > 0 ? font.pointSizeF() : 10;
    switch (style) {
    case TextStyle::Body:
        break;
    case TextStyle::Caption:
        font.setPointSizeF(size * 0.9);
        break;
    case TextStyle::Heading:
        font.setPointSizeF(size * 1.1);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Title:
        font.setPointSizeF(size * 1.5);
        font.setWeight(QFont::DemiBold);
        break;
    }
    widget.setFont(font);
    if (style == TextStyle::Caption)
        widget.setForegroundRole(QPalette::PlaceholderText);
}

int charactersWide(const QWidget& widget, double characters)
{
    // The average of a Chinese font is that of its ideographs, which are twice as wide as letters and figures.
    const QFontMetrics metrics = widget.fontMetrics();
    const int wide = std::min(metrics.averageCharWidth(), metrics.horizontalAdvance(u'0'));
    return static_cast<int>(std::ceil(wide * characters));
}

} // namespace llmd

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace llmd {

/**
 * Fusion with outlines that can be seen: it derives the frames of inputs and check boxes from a darkened window colour, which
 * vanishes on a dark window. Here they keep at least 3:1 to what is around them.
 */
class ThemeStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    static constexpr auto name = "planner-fusion"; ///< object name of the style while it is in use

    ThemeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
};

} // namespace llmd

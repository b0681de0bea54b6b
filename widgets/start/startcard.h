// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace llmd {

/** A way to begin: an icon, a title and a sentence under it that wraps. */
class StartCard final : public QAbstractButton
{
    Q_OBJECT

public:
    StartCard(const QString& iconName, const QString& title, const QString& description,
              QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /** As many whole lines as there is room for; the last one ends in dots if there is more. */
    void drawDescription(QPainter& painter, const QRect& area) const;

    QString m_description;
};

} // namespace llmd

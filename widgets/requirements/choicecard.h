// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QFrame>
#include <QStringList>

namespace llmd {

/** A choice as a card: a title, a description of up to two lines if there is one, and figures under it. */
class ChoiceCard final : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceCard(const QString& title, const QString& description, const QStringList& figures,
               QWidget* parent);

    void setFigures(const QStringList& figures);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintFrame(QPainter& painter) const;
    void paintTick(QPainter& painter, const QRectF& disc) const;
    void paintFigures(QPainter& painter, const QRect& area) const;

    QString m_description;
    QStringList m_figures;
};

/** A frame with a hair line and the colour of a raised panel, to hold derived figures together. */
class Panel final : public QFrame
{
    Q_OBJECT

public:
    explicit Panel(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace llmd

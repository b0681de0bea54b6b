// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/workload/requirements.h>

#include <QString>
#include <QWidget>

namespace llmd {

/** Short name of where a value comes from: "Stated", "Use case", "Computed" or "Default". */
[[nodiscard]] QString originName(Derivation::Origin origin);
/** One sentence that explains the origin, for tool tips and screen readers. */
[[nodiscard]] QString originExplanation(Derivation::Origin origin);

/**
 * Small pill that shows where a value comes from. The four origins differ in shape (filled, outlined, dashed, plain) and
 * in their word, so that colour is never the only sign.
 */
class OriginChip final : public QWidget
{
    Q_OBJECT

public:
    explicit OriginChip(QWidget* parent = nullptr);

    void setOrigin(Derivation::Origin origin);
    [[nodiscard]] Derivation::Origin origin() const { return m_origin; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QFont chipFont() const;

    Derivation::Origin m_origin = Derivation::Origin::Default;
};

} // namespace llmd

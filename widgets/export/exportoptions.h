// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/manifests/manifests.h>

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace llmd {

/** What most exports leave alone: storage, secrets, taints, networks. Folded until it is asked for or something is set. */
class ExportOptions final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportOptions(QWidget* parent = nullptr);

    /** Writes the fields that are filled in; the others keep their defaults. */
    void apply(ManifestOptions& options) const;
    void setOpen(bool open);

signals:
    void changed();

private:
    [[nodiscard]] QLineEdit* addField(QVBoxLayout& form, const QString& label, const QString& name,
                                      const QString& placeholder, const QString& toolTip);

    QToolButton* m_fold;
    QWidget* m_fields;
    QLineEdit* m_gatewayClass = nullptr;
    QLineEdit* m_modelClaim = nullptr;
    QLineEdit* m_pullSecret = nullptr;
    QLineEdit* m_tolerations = nullptr;
    QLineEdit* m_topologyKey = nullptr;
    QLineEdit* m_rdma = nullptr;
    QCheckBox* m_allowUnfit = nullptr;
};

} // namespace llmd

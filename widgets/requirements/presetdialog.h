// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/usecase.h>
#include <core/workload/requirements.h>

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace llmd {

/** Asks for the name of a preset and shows what it will hold; what cannot be a preset is said at once. */
class PresetDialog final : public QDialog
{
    Q_OBJECT

public:
    PresetDialog(const Requirements& requirements, const Catalog& catalog, QWidget* parent);

    /** The preset under the name that was entered; only after `accept`. */
    [[nodiscard]] const UseCase& preset() const { return m_preset; }

private:
    void check();

    const Requirements& m_requirements;
    const Catalog& m_catalog;
    UseCase m_preset;
    QLineEdit* m_name;
    QLabel* m_content;
    QLabel* m_remark;
    QDialogButtonBox* m_buttons;
};

} // namespace llmd

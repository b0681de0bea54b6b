// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/record.h>

#include <QDialog>
#include <QWidget>

class QLineEdit;
class QSpinBox;

namespace llmd {

/** Fields that a person may add to reports that lack them. */
class ManualFieldsForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ManualFieldsForm(QWidget* parent = nullptr);
    [[nodiscard]] ManualFields fields() const;

signals:
    void changed();

private:
    QLineEdit* m_model;
    QLineEdit* m_precision;
    QLineEdit* m_gpu;
    QSpinBox* m_gpus;
    QLineEdit* m_version;
};

/** Asks for them, for measurements that are stored already. */
class AnnotateDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AnnotateDialog(int measurements, QWidget* parent = nullptr);
    [[nodiscard]] ManualFields fields() const;

private:
    ManualFieldsForm* m_form;
};

} // namespace llmd

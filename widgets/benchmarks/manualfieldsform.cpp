// SPDX-License-Identifier: GPL-3.0-or-later
#include "manualfieldsform.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr int mostGpus = 1'000'000;

std::string text(const QLineEdit& line)
{
    return fromQString(line.text().trimmed());
}

} // namespace

ManualFieldsForm::ManualFieldsForm(QWidget* parent)
    : QWidget(parent)
    , m_model(new QLineEdit(this))
    , m_precision(new QLineEdit(this))
    , m_gpu(new QLineEdit(this))
    , m_gpus(new QSpinBox(this))
    , m_version(new QLineEdit(this))
{
    m_model->setObjectName(u"manualModel"_s);
    m_model->setPlaceholderText(tr("e.g. Qwen/Qwen3-14B"));
    m_precision->setObjectName(u"manualPrecision"_s);
    m_precision->setPlaceholderText(tr("e.g. fp8"));
    m_gpu->setObjectName(u"manualGpu"_s);
    m_gpu->setPlaceholderText(tr("e.g. H100"));
    m_gpus->setObjectName(u"manualGpus"_s);
    m_gpus->setRange(0, mostGpus);
    m_gpus->setSpecialValueText(tr("not stated"));
    m_version->setObjectName(u"manualVersion"_s);
    m_version->setPlaceholderText(tr("e.g. 0.19.1"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    int column = 0;
    const auto add = [&](const QString& title, QWidget* field, int stretch) {
        auto* label = new QLabel(title, this);
        label->setBuddy(field);
        layout->addWidget(label, 0, column);
        layout->addWidget(field, 1, column);
        layout->setColumnStretch(column++, stretch);
    };
    add(tr("&Model"), m_model, 3);
    add(tr("&Precision of the weights"), m_precision, 1);
    add(tr("&GPU"), m_gpu, 2);
    add(tr("&Number of GPUs"), m_gpus, 1);
    add(tr("&Engine version"), m_version, 1);
    for (QLineEdit* line : { m_model, m_precision, m_gpu, m_version })
        connect(line, &QLineEdit::textChanged, this, &ManualFieldsForm::changed);
    connect(m_gpus, &QSpinBox::valueChanged, this, &ManualFieldsForm::changed);
}

ManualFields ManualFieldsForm::fields() const
{
    ManualFields fields { text(*m_model), text(*m_precision), text(*m_gpu), {}, text(*m_version) };
    if (m_gpus->value() > 0)
        fields.gpus = m_gpus->value();
    return fields;
}

AnnotateDialog::AnnotateDialog(int measurements, QWidget* parent)
    : QDialog(parent)
    , m_form(new ManualFieldsForm(this))
{
    setObjectName(u"annotateDialog"_s);
    setWindowTitle(tr("Add What the Report Does Not Say"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* about = new QLabel(tr("Selected measurements: %1. What a report states itself is "
                                "not changed; what you add "
                                "is marked as added by hand.")
                                 .arg(format::integer(measurements)),
                             this);
    about->setWordWrap(true);
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, Qt::Horizontal, this);
    QPushButton* add = buttons->button(QDialogButtonBox::Ok);
    add->setText(tr("&Add"));
    add->setEnabled(false);
    connect(m_form, &ManualFieldsForm::changed, this,
            [this, add] { add->setEnabled(!m_form->fields().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_form);
    layout->addWidget(buttons);
    resize(charactersWide(*this, 110), sizeHint().height());
}

ManualFields AnnotateDialog::fields() const
{
    return m_form->fields();
}

} // namespace llmd

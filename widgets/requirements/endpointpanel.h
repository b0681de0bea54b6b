// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/catalog.h>
#include <core/intent/endpoint.h>
#include <widgets/support/settings.h>

#include <QWidget>

#include <memory>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace llmd {

class JobRunner;
class StatusBanner;

/** The settings as core wants them. */
[[nodiscard]] EndpointOptions endpointOptions(const EndpointSettings& settings);

/**
 * Whether and which language model may read descriptions. Each edit is kept in the settings at once; the key is taken from an
 * environment variable and never seen here. Can stand in any dialog.
 */
class EndpointPanel final : public QWidget
{
    Q_OBJECT

public:
    EndpointPanel(Settings& settings, JobRunner& jobs, std::shared_ptr<const Catalog> catalog,
                  QWidget* parent = nullptr);
    ~EndpointPanel() override;

private:
    void addFields();
    [[nodiscard]] EndpointSettings entered() const;
    void store();
    void showState();
    void test();

    Settings& m_settings;
    JobRunner& m_jobs;
    std::shared_ptr<const Catalog> m_catalog;
    QCheckBox* m_enabled;
    QFormLayout* m_form;
    QLineEdit* m_url;
    QLineEdit* m_model;
    QLineEdit* m_key;
    QSpinBox* m_limit;
    QLabel* m_state;
    QPushButton* m_test;
    StatusBanner* m_banner;
};

} // namespace llmd
